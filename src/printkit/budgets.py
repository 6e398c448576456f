"""Budgets: what was typed as copies, sheets of paper or dollars, and what copies take of it."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from printkit.errors import Problem, Problems, UserError, listed, quoted
from printkit.impose import imposition_for
from printkit.lots import in_lots, with_spares
from printkit.pieces import Piece
from printkit.planning import Purse
from printkit.shops import Shop

COPIES, SHEETS, DOLLARS = "copies", "sheets", "dollars"
ONE = {COPIES: "copy", SHEETS: "sheet of paper"}
MOST = 1_000_000_000
_AMOUNT = r"(?P<whole>[0-9]{1,3}(,[0-9]{3})+|[0-9]{1,12})(\.(?P<cents>[0-9]{2}))?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """So many copies, sheets of US Letter, or cents."""

    limit: int
    unit: str
    """One of COPIES, SHEETS and DOLLARS."""

    @property
    def words(self) -> str:
        """The budget as people write it."""
        return told(self.limit, self.unit)


def told(amount: int, unit: str) -> str:
    """Return an amount of a unit in words, such as "40,000 copies" or "$2,000.00"."""
    if unit == DOLLARS:
        return f"${amount // 100:,}.{amount % 100:02}"
    return f"{amount:,} {unit if amount != 1 else ONE[unit]}"


def budget_of(text: str) -> Budget:
    """Return what a budget's words mean; raises UserError, since no number is guessed."""
    plain = " ".join(text.split()).casefold()
    sign = plain.startswith("$")
    found = re.fullmatch(rf"{_AMOUNT}( ?(?P<unit>[a-z]+))?", plain.removeprefix("$").strip())
    unit = _unit(found["unit"] or "", sign=sign) if found else None
    if found is None or unit is None or (found["cents"] and unit != DOLLARS):
        raise UserError(
            Problem(
                what=f"--budget: {quoted(text)} is no budget.",
                fix=(
                    'Write copies, sheets or dollars: 40000, "8,000 sheets" or "2,000 dollars". '
                    "In double quotes a shell takes $2 away: '$2,000' needs single ones."
                ),
            )
        )
    amount = int(found["whole"].replace(",", ""))
    if not 1 <= amount <= MOST:
        raise UserError(
            Problem(
                what=f"--budget: {quoted(text)} is not between 1 and {MOST:,}.",
                fix="Write what there is to spend.",
            )
        )
    cents = int(found["cents"] or 0)
    return Budget(limit=100 * amount + cents if unit == DOLLARS else amount, unit=unit)


def _unit(word: str, *, sign: bool) -> str | None:
    if sign:
        return DOLLARS if word in ("", "usd", "dollars") else None
    units = {"": COPIES, "copy": COPIES, "sheet": SHEETS, "dollar": DOLLARS, "usd": DOLLARS}
    return units.get(word, word if word in (COPIES, SHEETS, DOLLARS) else None)


def purse_for(
    budget: Budget, shop: Shop | None, pieces: Mapping[str, Piece], used: Collection[str]
) -> Purse:
    """Return a budget with what the copies of each used piece take of it.

    With a shop, copies are first brought up to its spares and its lots. Sheets are of US Letter
    and printed on both sides, as the copier edition is set out. Everything that has no size or
    no price at the shop is told at once, as UserError.
    """
    problems = Problems()
    if budget.unit == DOLLARS and shop is None:
        problems.add(
            "--budget: dollars need a shop's prices.",
            "Name the shop with --shop, or give the budget in copies or sheets.",
        )
    if shop is not None:
        _refuse_shop(shop, budget, [pieces[slug] for slug in sorted(used)], problems)
    problems.raise_if_any()
    costs = {slug: _cost(pieces[slug], budget.unit, shop) for slug in used}
    return Purse(
        limit=budget.limit,
        cost=lambda piece, copies: costs[piece](copies),
        alike=frozenset(slug for slug in used if not pieces[slug].by_region),
    )


def _refuse_shop(shop: Shop, budget: Budget, used: Collection[Piece], problems: Problems) -> None:
    without = [piece for piece in used if shop.format_of(piece.trim) is None]
    for piece in without:
        problems.add(
            f"{shop.name} prints no {piece.trim.words}, the size of {piece.slug}.",
            f"Add it as [[formats]] if it does, or plan with --without {piece.slug}.",
            shop.file,
        )
    if budget.unit != DOLLARS:
        return
    if shop.currency != "USD":
        fix = "Give the budget in copies or sheets."
        problems.add(f"The shop's prices are in {shop.currency}, not in dollars.", fix, shop.file)
    unpriced = [piece.slug for piece in used if shop.price_of(piece.slug, piece.trim) is None]
    if unpriced:
        problems.add(
            f"{shop.name} has no price for {listed(unpriced)}.",
            "Ask the shop and write them as [[prices]], or give the budget in copies or sheets.",
            shop.file,
        )


def _cost(piece: Piece, unit: str, shop: Shop | None) -> Callable[[int], int]:
    bought = _bought(piece, shop)
    if unit == COPIES:
        return bought
    if unit == SHEETS:
        way = imposition_for(piece.trim)
        leaves = -(-piece.pages // 2) * (len(way.cells) if way.tiled else 1)
        return lambda copies: -(-bought(copies) * leaves // way.up)
    assert shop is not None  # dollars without a shop are refused
    price = shop.price_of(piece.slug, piece.trim)
    assert price is not None  # so is a piece without a price
    return lambda copies: int(price.of(bought(copies)) * 100)


def _bought(piece: Piece, shop: Shop | None) -> Callable[[int], int]:
    """Return how many copies a shop prints of what is needed; without a shop, just so many."""
    if shop is None:
        return lambda copies: copies
    format = shop.format_of(piece.trim)
    assert format is not None  # a size that it does not print is refused
    return lambda copies: in_lots(with_spares(copies, shop.spares_percent), format.lots)
