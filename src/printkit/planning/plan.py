"""Plan the orders by a budget: hand edits first, then floors, fixed numbers and a fair share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from printkit.planning.edits import MARK, Edits
from printkit.planning.rates import Rates
from printkit.planning.rule import ProposedOrder
from printkit.planning.sharing import FLOOR, Claim, Key, Step, steps

_Place = tuple[str, str]
"""Region and language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """A budget, and what copies take of it."""

    limit: int
    """In the budget's smallest unit: copies, sheets or cents."""
    cost: Callable[[str, int], int]
    """A piece and how many copies of one sheet of it: what they take, lots and spares too."""
    alike: frozenset[str] = frozenset()
    """Pieces whose sheets are the same in all regions, and are bought together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an organizer asks of a plan besides its budget."""

    floor: int = 0
    """Copies of a language in a region that come before any larger claim gets more."""
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    """By region, how much sooner its turn comes; 1 where nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of planned orders."""

    key: Key
    copies: int
    claim: int
    """What the row would get if there were enough for all; 0 where no rule asks for it."""
    note: str
    kept: bool
    """Whether somebody wrote it by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What a budget comes to."""

    rows: tuple[Row, ...]
    """Every row that gets copies or has a claim to some."""
    spent: int
    spent_on_kept: int
    next_step: Step | None
    """What did not fit any more; None where every claim is met."""
    short: tuple[_Place, ...]
    """Languages of regions whose floor the budget does not reach."""


class _Open:
    """What is spent so far, while a plan is made."""

    def __init__(self, purse: Purse) -> None:
        self.purse = purse
        self.bought: dict[Key, int] = {}
        self.spent = 0

    def after(self, key: Key, copies: int) -> int:
        """Return what is spent once these copies are bought, too."""
        sheet = self._sheet(key)
        had = self.bought.get(sheet, 0)
        cost, piece = self.purse.cost, key[2]
        before = cost(piece, had) if had else 0
        return self.spent - before + cost(piece, had + copies)

    def take(self, key: Key, copies: int) -> None:
        """Buy copies."""
        self.spent = self.after(key, copies)
        sheet = self._sheet(key)
        self.bought[sheet] = self.bought.get(sheet, 0) + copies

    def _sheet(self, key: Key) -> Key:
        return ("", *key[1:]) if key[2] in self.purse.alike else key


def share_out(
    rule: Sequence[ProposedOrder], edits: Edits, purse: Purse, terms: Terms, rates: Rates
) -> Shares:
    """Return what each row gets of a budget; what hand edits take may be more than it.

    Steps are taken while they fit, up to the first that does not: so the total never exceeds
    the budget, and a larger one takes the same steps first. What lots and spares make of the
    copies is part of the cost, so they are inside the budget and not on top of it.
    """
    paid = _Open(purse)
    for key, order in sorted(edits.kept.items()):
        paid.take(key, order.copies)
    spent_on_kept = paid.spent
    given: dict[Key, int] = {}
    next_step = None
    claims, fixed = _claims(rule, edits, terms, rates)
    pieces = dict.fromkeys((*rates.each_region, *rates.fixed, *rates.fixed_desk))
    for step in steps(claims, fixed, pieces, rates.lot):
        if paid.after(step.key, step.copies) > purse.limit:
            next_step = step
            break
        paid.take(step.key, step.copies)
        given[step.key] = given.get(step.key, 0) + step.copies
    return Shares(
        rows=_rows(rule, edits, given),
        spent=paid.spent,
        spent_on_kept=spent_on_kept,
        next_step=next_step,
        short=_short(claims, given) if next_step and next_step.tier == FLOOR else (),
    )


def _claims(
    rule: Sequence[ProposedOrder], edits: Edits, terms: Terms, rates: Rates
) -> tuple[list[Claim], dict[Key, int]]:
    """Return what is shared out, by region and language, and the rows of fixed numbers."""
    fixed: dict[Key, int] = {}
    shared: dict[_Place, dict[str, int]] = {}
    for order in rule:
        key = (order.region, order.language, order.piece)
        if key in edits.kept or key in edits.out:
            continue
        if order.piece in rates.copies:
            shared.setdefault(key[:2], {})[order.piece] = order.copies
        else:
            fixed[key] = order.copies
    by_hand: dict[_Place, int] = {}
    for key, kept in edits.kept.items():
        if key[2] in rates.copies:
            by_hand[key[:2]] = by_hand.get(key[:2], 0) + kept.copies
    claims = [
        Claim(
            region=region,
            language=language,
            copies=copies,
            floor=max(0, terms.floor - by_hand.get((region, language), 0)),
            weight=terms.weights.get(region, Fraction(1)),
        )
        for (region, language), copies in shared.items()
    ]
    return claims, fixed


def _rows(rule: Sequence[ProposedOrder], edits: Edits, given: Mapping[Key, int]) -> tuple[Row, ...]:
    asked = {(order.region, order.language, order.piece): order for order in rule}
    rows = [
        Row(key=key, copies=given.get(key, 0), claim=one.copies, note=_note(one, given), kept=False)
        for key, one in asked.items()
        if key not in edits.kept and key not in edits.out
    ]
    rows += [
        Row(
            key=key,
            copies=order.copies,
            claim=asked[key].copies if key in asked else 0,
            note=order.note,
            kept=True,
        )
        for key, order in edits.kept.items()
    ]
    return tuple(sorted(rows, key=lambda row: row.key))


def _note(order: ProposedOrder, given: Mapping[Key, int]) -> str:
    copies = given.get((order.region, order.language, order.piece), 0)
    of = f" of {order.copies}" if copies != order.copies else ""
    return f"{MARK} {copies}{of}: {order.reason}{', exact count' if order.exact else ''}"


def _short(claims: Sequence[Claim], given: Mapping[Key, int]) -> tuple[_Place, ...]:
    got: dict[_Place, int] = {}
    for (region, language, _), copies in given.items():
        got[region, language] = got.get((region, language), 0) + copies
    return tuple(
        (claim.region, claim.language)
        for claim in sorted(claims, key=lambda claim: (claim.region, claim.language))
        if got.get((claim.region, claim.language), 0) < claim.floor
    )
