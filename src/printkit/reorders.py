"""What a newer build makes of an older one's copies: order anew, order more, hand out, recycle."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from printkit.built import Built, Sheet
from printkit.changes import Change, change_between
from printkit.ledger import Entry

Kind = Literal["anew", "more", "first", "keep", "gone", "withheld"]
Prices = Callable[[Sheet, int], Decimal | None]
"""From a sheet and its copies to what they cost; None where nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sheet of one region, in the two builds."""

    kind: Kind
    old: Sheet | None
    """None where the older build has not got it, or withheld it."""
    new: Sheet | None
    """None where the newer build has not got it, or withheld it."""
    change: Change | None
    """None where both have the same sheet, or one has none."""
    order: int
    """Copies to order, before lots and spares."""
    keep: int
    """Older copies that can still be handed out."""
    recycle: int
    """Older copies that cannot, or that nobody orders any more."""

    @property
    def sheet(self) -> Sheet:
        """The newer sheet, or the older where that is gone."""
        found = self.new or self.old
        assert found is not None  # a row is about a sheet
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The rows of a piece in a language that want the same done, for the same reason."""

    kind: Kind
    piece: str
    language: str
    change: Change | None
    rows: tuple[Row, ...]
    order: int
    keep: int
    recycle: int
    price: Decimal | None
    """Of what is to order; None where nobody knows it, or nothing is."""


def rows_between(old: Built, new: Built, *, edition: str = "press") -> tuple[Row, ...]:
    """Return what becomes of every sheet that is printed, in the newer build's order.

    Copies are made of one edition: of `edition`, or of the one that a piece has.
    """
    before, after = _printed(old, edition), _printed(new, edition)
    rows = [_row(before.get(key), sheet) for key, sheet in after.items()]
    gone = [sheet for key, sheet in before.items() if key not in after and not sheet.is_withheld]
    return (*rows, *(_gone(sheet) for sheet in gone))


def _printed(built: Built, edition: str) -> dict[tuple[str, str, str], Sheet]:
    """Return the sheet that copies are made of, for each region, language and piece."""
    found: dict[tuple[str, str, str], Sheet] = {}
    for sheet in built.sheets:
        key = sheet.region, sheet.language, sheet.piece
        if sheet.is_printed and (key not in found or sheet.edition == edition):
            found[key] = sheet
    return found


def _row(old: Sheet | None, new: Sheet) -> Row:
    if old is not None and old.is_withheld:
        old = None
    had = old.copies if old is not None else 0
    if new.is_withheld:
        return Row(kind="withheld", old=old, new=new, change=None, order=0, keep=0, recycle=0)
    if old is None:
        return Row(
            kind="first", old=None, new=new, change=None, order=new.copies, keep=0, recycle=0
        )
    change = None
    if old.digest != new.digest:
        change = change_between(
            old.parts,
            new.parts,
            versions=(old.version, new.version),
            drafts=(old.draft, new.draft),
        )
    if change is not None and change.matters:
        return Row(
            kind="anew", old=old, new=new, change=change, order=new.copies, keep=0, recycle=had
        )
    more = max(0, new.copies - had)
    kind: Kind = "more" if more else "keep"
    return Row(kind=kind, old=old, new=new, change=change, order=more, keep=had, recycle=0)


def _gone(old: Sheet) -> Row:
    return Row(kind="gone", old=old, new=None, change=None, order=0, keep=0, recycle=old.copies)


def grouped(rows: Iterable[Row], prices: Prices) -> tuple[Group, ...]:
    """Return rows by what is to do, piece, language and reason, each in the order first met."""
    found: dict[tuple[Kind, str, str, Change | None], list[Row]] = {}
    for row in rows:
        key = row.kind, row.sheet.piece, row.sheet.language, row.change
        found.setdefault(key, []).append(row)
    return tuple(
        Group(
            kind=kind,
            piece=piece,
            language=language,
            change=change,
            rows=tuple(members),
            order=sum(row.order for row in members),
            keep=sum(row.keep for row in members),
            recycle=sum(row.recycle for row in members),
            price=_price(members, prices),
        )
        for (kind, piece, language, change), members in found.items()
    )


def _price(rows: Sequence[Row], prices: Prices) -> Decimal | None:
    """Return what rows cost, by the file: copies of one sheet for many regions are one order."""
    files: dict[str, tuple[Sheet, int]] = {}
    for row in rows:
        if row.order:
            _, copies = files.get(row.sheet.digest, (row.sheet, 0))
            files[row.sheet.digest] = row.sheet, copies + row.order
    costs = [prices(sheet, copies) for sheet, copies in files.values()]
    known = [cost for cost in costs if cost is not None]
    return sum(known, Decimal(0)) if costs and len(known) == len(costs) else None


def ledger_prices(entries: Iterable[Entry]) -> Prices:
    """Return prices by what a copy of a piece last cost, in the language asked for if it was."""
    each: dict[tuple[str, str, str], Decimal] = {}
    for entry in entries:
        if entry.price is not None and entry.copies > 0:
            for language in (entry.language, ""):
                each[entry.piece, entry.edition, language] = entry.price / entry.copies

    def price(sheet: Sheet, copies: int) -> Decimal | None:
        name = sheet.piece, sheet.edition
        cost = each.get((*name, sheet.language), each.get((*name, "")))
        return None if cost is None else (cost * copies).quantize(Decimal("0.01"))

    return price
