"""What copies weigh: the stock's weight, the sheet's size, two pages to a leaf."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.lengths import Size
from printkit.paper import MG_A_POUND, STOCKS, TEXT, carton_mg, copy_mg, stock_of
from printkit.shops import load_shop

LETTER = Size(width_pt=612, height_pt=792)
CARD = Size(width_pt=306, height_pt=396)


def test_a_ream_of_basis_sheets_weighs_its_pounds() -> None:
    """80 lb text: 500 sheets of 25 × 38 in weigh 80 lb, within what 1.48 is rounded by."""
    mg = copy_mg(Size(width_pt=25 * 72, height_pt=38 * 72), 2, TEXT)
    assert abs(500 * mg / float(MG_A_POUND) - 80) < 0.1


def test_a_card_weighs_less_than_five_grams() -> None:
    assert copy_mg(CARD, 2, STOCKS["card"]) == 4084


@given(pages=st.integers(1, 64))
def test_two_pages_stand_on_a_leaf(pages: int) -> None:
    one = copy_mg(LETTER, 2, TEXT)
    many = copy_mg(LETTER, pages, TEXT)
    leaves = (pages + 1) // 2
    assert (one - 1) * leaves < many <= one * leaves


def test_the_shops_stock_and_carton_come_before_the_usual_ones(project: Path) -> None:
    shop = load_shop(project, "example")
    assert stock_of("poster", LETTER, shop).pounds == 80
    assert stock_of("poster", LETTER).pounds == 100
    assert stock_of("poster", Size(width_pt=100, height_pt=100), shop).pounds == 100
    assert stock_of("anything", LETTER) == TEXT
    assert carton_mg(shop) == carton_mg() == int(Decimal(35) * MG_A_POUND)


@pytest.mark.parametrize("piece", STOCKS)
def test_each_usual_stock_is_of_a_piece_that_there_is(piece: str, project: Path) -> None:
    assert any((project / kind / piece).is_dir() for kind in ("flyers", "letters"))
