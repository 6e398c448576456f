"""An order.csv that was edited and given back: whether it still adds up, by row and column."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from printkit.errors import Problems, did_you_mean, listed, quoted
from printkit.lots import in_lots, with_spares
from printkit.ordering.cells import (
    count_of,
    is_made_over,
    money_of,
    places_of,
    trim_of,
)
from printkit.ordering.lines import DRAFT, MISSING_PRICE
from printkit.ordering.tables import HEADER, NOT_HERE, SUMS, TOTAL
from printkit.pieces import MANY_LANGUAGES
from printkit.project import Project
from printkit.reading import Row, read_csv
from printkit.shops import Shop

NEEDED = ("file", "piece", "tag", "trim", "ship_to", *SUMS, "price")
"""Columns without which nothing can be added up."""
OTHERS = tuple(name for name in HEADER if name not in NEEDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What an edited order comes to."""

    files: int
    copies: int
    price: Decimal
    unpriced: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One row's numbers; None where a cell is no number."""

    row: Row
    counts: Mapping[str, int | None]
    price: Decimal | None
    is_unpriced: bool


def check_edited(path: Path, project: Project, shop: Shop) -> Edited:
    """Return what an edited order.csv comes to.

    Raises UserError with every row and column that names what is not there or adds up wrong. Read
    as spreadsheets save it: semicolons, a byte order mark, "1,000" and "1.000,50" as text.
    """
    problems = Problems()
    rows = read_csv(path, NEEDED, root=path.parent, problems=problems, optional=OTHERS)
    totals = [row for row in rows if row.text("file", "") == TOTAL]
    lines = [row for row in rows if row.text("file", "") not in (TOTAL, NOT_HERE)]
    read = [_read(row) for row in lines]
    for one in read:
        _check_names(one.row, project)
        _check_sums(one, project, shop)
        _check_price(one, project, shop)
    _check_files(lines)
    if rows and len(totals) != 1:
        what = f"There {'is no row' if not totals else f'are {len(totals)} rows'} {TOTAL}."
        problems.add(what, f"Keep one row whose file is {TOTAL}.", path.name)
    for row in totals[:1]:
        _check_totals(row, read)
    problems.raise_if_any()
    return Edited(
        files=len(read),
        copies=sum(one.counts["copies"] or 0 for one in read),
        price=sum((one.price or Decimal(0) for one in read), Decimal(0)),
        unpriced=sum(one.is_unpriced for one in read),
    )


def _read(row: Row) -> _Read:
    said = row.text("price", "")
    is_unpriced = said in ("", MISSING_PRICE)
    return _Read(
        row=row,
        counts={name: _count(row, name) for name in SUMS},
        price=None if is_unpriced else _money(row, said),
        is_unpriced=is_unpriced,
    )


def _count(row: Row, name: str) -> int | None:
    said = row.text(name, "0" if name == "spares" else "")
    found = count_of(said)
    if found is None:
        shown = (
            f"{name}: {quoted(said)} is not a number of copies." if said else f"{name} is blank."
        )
        row.problem(shown, "Write a whole number with digits only, such as 1000.", name)
    return found


def _money(row: Row, said: str) -> Decimal | None:
    found = money_of(said)
    if found is None:
        fix = f"Write it as 1234.50, or {MISSING_PRICE}."
        row.problem(f"price: {quoted(said)} is not an amount of money.", fix, "price")
    return found


def _check_names(row: Row, project: Project) -> None:
    """Refuse pieces, languages and codes that are not those of the project and of the file."""
    names = [piece.name for piece in project.pieces.values()]
    tags = (*project.campaign.languages, MANY_LANGUAGES)
    for key, known, noun in (("piece", names, "piece"), ("tag", tags, "language")):
        said = row.text(key)
        if said and said not in known:
            what = f"{key}: there is no {noun} {quoted(said)} in this project."
            row.problem(what, did_you_mean(said, known), key)
    code, file = row.text("code", ""), row.text("file")
    if code and file and code.casefold() not in file.casefold() and not is_made_over(code):
        row.problem(
            f"code: {quoted(code)} is not the code in the file's name.",
            "Put back the code that stands at the end of the file's name.",
            "code",
        )


def _check_sums(one: _Read, project: Project, shop: Shop) -> None:
    row, counts = one.row, one.counts
    need, spares, copies = (counts[name] for name in SUMS)
    if None not in (need, spares, copies) and (need or 0) + (spares or 0) != copies:
        row.problem(
            f"copies: {copies:,} are not the {need:,} needed and {spares:,} spares.",
            f"Write {(need or 0) + (spares or 0)}, or change need or spares.",
            "copies",
        )
    _check_places(row, need, project)
    if need is not None and copies is not None:
        _check_lots(row, need, copies, shop)


def _check_places(row: Row, need: int | None, project: Project) -> None:
    """Hold the places' copies to what is needed of the file."""
    places = places_of(row.text("ship_to"))
    if places is None:
        fix = "Write each place and its copies: Fresno County: 300; Kern County: 100"
        row.problem("ship_to: not every place has its copies.", fix, "ship_to")
        return
    known = {region.full_name for region in project.regions.values()}
    if not row.text("file").startswith(DRAFT):
        for name, _ in places:
            if name not in known:
                what = f"ship_to: there is no region {quoted(name)}."
                row.problem(what, did_you_mean(name, known), "ship_to")
    total = sum(many for _, many in places)
    if need is not None and total != need:
        what = f"need: the places get {total:,} copies, and {need:,} stand here."
        row.problem(what, f"Write {total}, or change ship_to.", "need")


def _check_lots(row: Row, need: int, copies: int, shop: Shop) -> None:
    if row.text("file").startswith(DRAFT):
        if copies > shop.proof_copies:
            fix = f"Write {shop.proof_copies} or less, or sign the language off first."
            row.problem(f"copies: {copies:,} are too many for a proof run.", fix, "copies")
        return
    trim = trim_of(row.text("trim"))
    format = shop.format_of(trim) if trim is not None else None
    if format is None:
        what = f"trim: {shop.name} does not print {quoted(row.text('trim'))}."
        row.problem(what, f"Write a size of {shop.file}, such as 8.5 x 11 in.", "trim")
        return
    wanted = in_lots(with_spares(need, shop.spares_percent), format.lots)
    if copies < wanted or in_lots(copies, format.lots) != copies:
        lots = listed(map(str, format.lots))
        what = f"copies: {copies:,} are no lot of {shop.name} that holds {need:,} and spares."
        enough = max(wanted, in_lots(copies, format.lots))
        row.problem(what, f"Write {enough}; lots: {lots}.", "copies")


def _check_price(one: _Read, project: Project, shop: Shop) -> None:
    """Hold a price to the shop's table, where both are there."""
    copies, trim = one.counts["copies"], trim_of(one.row.text("trim", ""))
    slugs = {piece.name: slug for slug, piece in project.pieces.items()}
    piece = slugs.get(one.row.text("piece", ""), "")
    price = shop.price_of(piece, trim) if trim is not None else None
    if price is None or copies is None or one.price is None:
        return
    if price.of(copies) != one.price:
        one.row.problem(
            f"price: {one.price:,} is not the table's {price.of(copies):,} for {copies:,} copies.",
            f"Write {price.of(copies)}, or change [[prices]] in {shop.file}.",
            "price",
        )


def _check_files(lines: Sequence[Row]) -> None:
    many = Counter(row.text("file", "") for row in lines)
    seen: set[str] = set()
    for row in lines:
        file = row.text("file", "")
        if file in seen:
            row.problem(
                f"file: {quoted(file, 200)} stands {many[file]} times.", "Keep one row.", "file"
            )
        seen.add(file)


def _check_totals(row: Row, read: Sequence[_Read]) -> None:
    for name in SUMS:
        said = _count(row, name)
        total = sum(one.counts[name] or 0 for one in read)
        if said is not None and said != total and None not in (one.counts[name] for one in read):
            what = f"{name}: the rows come to {total:,}, and {said:,} stand here."
            row.problem(what, f"Write {total}, or mend a row.", name)
    said_price = row.text("price", "")
    if said_price in ("", MISSING_PRICE):
        return
    price = sum((one.price or Decimal(0) for one in read), Decimal(0))
    told = _money(row, said_price)
    if told is not None and told != price:
        what = f"price: the rows come to {price:,}, and {told:,} stand here."
        row.problem(what, f"Write {price}, or mend a row.", "price")
