"""Lots: how many copies a shop prints of what is needed, with spares on top."""

import bisect
from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal


def with_spares(need: int, percent: Decimal) -> int:
    """Return what is needed and its spares, which are a percentage of it, rounded up."""
    return need + int((need * percent / 100).to_integral_value(rounding=ROUND_CEILING))


def in_lots(wanted: int, lots: Sequence[int]) -> int:
    """Return the smallest quantity that a shop prints of at least `wanted` copies.

    `lots` rise; above the last come its multiples. Without lots any quantity is printed.
    """
    if wanted <= 0 or not lots:
        return max(wanted, 0)
    if wanted <= lots[-1]:
        return lots[bisect.bisect_left(lots, wanted)]
    return -(-wanted // lots[-1]) * lots[-1]
