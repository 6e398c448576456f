"""Lots hold what is needed, and never a whole lot more."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.lots import in_lots, with_spares

LOTS = st.lists(st.integers(1, 20_000), min_size=1, max_size=8, unique=True).map(sorted)


@pytest.mark.parametrize(
    ("wanted", "printed"),
    [(0, 0), (1, 50), (50, 50), (51, 100), (600, 1000), (1000, 1000), (1001, 2000), (3400, 4000)],
)
def test_a_lot_is_the_next_quantity_that_the_shop_prints(wanted: int, printed: int) -> None:
    assert in_lots(wanted, (50, 100, 250, 500, 1000)) == printed


def test_a_shop_without_lots_prints_any_quantity() -> None:
    assert in_lots(137, ()) == 137


def test_spares_are_rounded_up() -> None:
    assert with_spares(100, Decimal(0)) == 100
    assert with_spares(101, Decimal("3")) == 105
    assert with_spares(1, Decimal("0.1")) == 2


@given(wanted=st.integers(1, 5_000_000), lots=LOTS)
def test_lots_hold_what_is_needed_and_less_than_one_lot_more(wanted: int, lots: list[int]) -> None:
    copies = in_lots(wanted, lots)
    before = [0, *lots, *((copies - lots[-1],) if copies > lots[-1] else ())]
    assert copies >= wanted
    assert copies in lots or copies % lots[-1] == 0
    assert wanted > max(quantity for quantity in before if quantity < copies)


@given(
    need=st.integers(1, 5_000_000),
    percent=st.decimals(0, 100, places=2, allow_nan=False),
    lots=LOTS,
)
def test_copies_are_what_is_needed_and_spares(need: int, percent: Decimal, lots: list[int]) -> None:
    copies = in_lots(with_spares(need, percent), lots)
    assert copies - need >= need * percent / 100
