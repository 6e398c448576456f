"""Write an order into the ledger: each place's copies of each file, and the spares."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from printkit.ledger import Entry, append
from printkit.ordering.lines import Line, ShopOrder

SPARES = "spares"
"""In place of a region: copies that lie with whoever ordered them."""


def note_order(order: ShopOrder, path: Path, *, on: datetime.date, again: bool = False) -> None:
    """Add an order's lines to the ledger, all of them or none.

    `on` is the day on which it was ordered. Raises UserError where they are there already.
    """
    append(
        path, [entry for line in order.lines for entry in _entries(order, line, on)], again=again
    )


def _entries(order: ShopOrder, line: Line, on: datetime.date) -> Iterator[Entry]:
    copies = [(share.region or SPARES, share.copies) for share in line.shares]
    if line.spares:
        copies.append((SPARES, line.spares))
    prices = _parted(line.price, [many for _, many in copies])
    for (region, many), price in zip(copies, prices, strict=True):
        yield Entry(
            on=on,
            shop=order.shop.slug,
            version=line.sheet.version,
            code=line.code,
            sha256=line.sheet.sha256,
            piece=line.sheet.piece,
            language=line.tag,
            region=region,
            edition=line.sheet.edition,
            copies=many,
            price=price,
            currency=order.shop.currency,
            parts=line.sheet.parts,
        )


def _parted(price: Decimal | None, copies: list[int]) -> list[Decimal | None]:
    """Return a price's parts for some copies each, to the cent, which add up to it."""
    if price is None:
        return [None] * len(copies)
    total, so_far, cent = sum(copies), [0], Decimal("0.01")
    for many in copies:
        so_far.append(so_far[-1] + many)
    until = [(price * many / total).quantize(cent) for many in so_far]
    return [later - earlier for earlier, later in pairwise(until)]
