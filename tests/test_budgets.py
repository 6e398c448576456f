"""What people type as a budget, and what copies take of it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from printkit.budgets import Budget, budget_of, purse_for, told
from printkit.errors import UserError
from printkit.lengths import Size
from printkit.project import Project
from printkit.shops import Format, Price, Shop

LEAF, HANDBILL = Size(width_pt=306, height_pt=396), Size(width_pt=396, height_pt=612)
SHOP = Shop(
    slug="own",
    name="Own shop",
    edition="press",
    standard="pdf/x-4",
    condition=None,
    lots=(100,),
    spares_percent=Decimal(5),
    overs_percent=Decimal(0),
    unders_percent=Decimal(0),
    formats=tuple(Format(trim=trim, stock=None, lots=(100,)) for trim in (LEAF, HANDBILL)),
    prices=(Price(piece="leaf", trim=None, setup=Decimal(3), each=Decimal("2.5"), per=100),),
    currency="USD",
    carton_pounds=Decimal(35),
    names="{code}",
    proof_copies=25,
    union_label=False,
    file="shops/own.toml",
)


@pytest.mark.parametrize(
    ("text", "limit", "unit"),
    [
        ("40000", 40_000, "copies"),
        ("40,000 copies", 40_000, "copies"),
        (" 8000  Sheets ", 8000, "sheets"),
        ("1 sheet", 1, "sheets"),
        ("$2,000", 200_000, "dollars"),
        ("$ 2000.50", 200_050, "dollars"),
        ("2000 dollars", 200_000, "dollars"),
    ],
)
def test_a_budget_is_read_as_people_write_it(text: str, limit: int, unit: str) -> None:
    assert budget_of(text) == Budget(limit=limit, unit=unit)


@pytest.mark.parametrize(
    "text",
    ["", "many", "-5", "4e4", "40.000", "4,0000", "12.5 sheets", "€50", "$5 sheets", "$1.234",
     "5 boxes", ",000", "٤٠٠", "1\n2", "9" * 5000],
)  # fmt: skip
def test_what_is_no_budget_is_told_and_never_guessed(text: str) -> None:
    with pytest.raises(UserError, match="is no budget") as told_:
        budget_of(text)
    assert str(told_.value).endswith(
        'Write copies, sheets or dollars: 40000, "8,000 sheets" or "2,000 dollars". '
        "In double quotes a shell takes $2 away: '$2,000' needs single ones."
    )


@pytest.mark.parametrize("text", ["0", "$0.99", "1000000001"])
def test_a_budget_of_nothing_or_of_too_much_is_told(text: str) -> None:
    with pytest.raises(UserError, match="is not between 1 and 1,000,000,000"):
        budget_of(text)


def test_amounts_are_told_in_words() -> None:
    assert [told(1, "copies"), told(1, "sheets"), told(2, "sheets")] == [
        "1 copy",
        "1 sheet of paper",
        "2 sheets",
    ]
    assert told(200_005, "dollars") == "$2,000.05"


def test_copies_and_sheets_of_paper(tiny_read: Project) -> None:
    pieces = tiny_read.pieces
    copies = purse_for(Budget(limit=9, unit="copies"), None, pieces, ["leaf", "handbill"])
    sheets = purse_for(Budget(limit=9, unit="sheets"), None, pieces, ["leaf", "handbill"])

    assert copies.cost("leaf", 50) == 50
    assert sheets.cost("leaf", 50) == 13  # four to a sheet
    assert sheets.cost("handbill", 50) == 25  # two to a sheet
    assert copies.alike == {"leaf"}


def test_a_poster_takes_two_sheets_and_a_kit_twelve(shipped: Project) -> None:
    budget = Budget(limit=9, unit="sheets")
    purse = purse_for(budget, None, shipped.pieces, ["poster", "kit", "data-flow"])
    assert [purse.cost(slug, 5) for slug in ("poster", "kit", "data-flow")] == [10, 60, 5]


def test_a_shops_spares_and_lots_are_inside_the_budget(tiny_read: Project) -> None:
    pieces = tiny_read.pieces
    copies = purse_for(Budget(limit=9, unit="copies"), SHOP, pieces, ["leaf"])
    dollars = purse_for(Budget(limit=9, unit="dollars"), SHOP, pieces, ["leaf"])

    assert [copies.cost("leaf", need) for need in (95, 96, 190)] == [100, 200, 200]
    assert dollars.cost("leaf", 96) == 800  # $3 and two hundred at $2.50


def test_a_shop_without_prices_or_sizes_is_refused_all_at_once(tiny_read: Project) -> None:
    shop = replace(SHOP, formats=SHOP.formats[:1])
    budget = Budget(limit=9, unit="dollars")
    with pytest.raises(UserError) as error:
        purse_for(budget, shop, tiny_read.pieces, ["leaf", "handbill", "finder"])
    assert str(error.value).splitlines() == [
        "shops/own.toml: Own shop prints no 8.5 × 11 in, the size of finder. "
        "Add it as [[formats]] if it does, or plan with --without finder.",
        "shops/own.toml: Own shop prints no 5.5 × 8.5 in, the size of handbill. "
        "Add it as [[formats]] if it does, or plan with --without handbill.",
        "shops/own.toml: Own shop has no price for finder, handbill. "
        "Ask the shop and write them as [[prices]], or give the budget in copies or sheets.",
    ]


def test_dollars_need_a_shop_of_the_same_money(tiny_read: Project) -> None:
    budget = Budget(limit=9, unit="dollars")
    with pytest.raises(UserError, match="dollars need a shop's prices"):
        purse_for(budget, None, tiny_read.pieces, ["leaf"])
    with pytest.raises(UserError, match="The shop's prices are in EUR, not in dollars"):
        purse_for(budget, replace(SHOP, currency="EUR"), tiny_read.pieces, ["leaf"])
