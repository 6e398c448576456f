"""PACKING-LIST.pdf: in English, for whoever opens the box: what is in it, and how many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from printkit.batches import PRINTED, Batch
from printkit.compose import sheet_language
from printkit.latin import footer_face
from printkit.lengths import Size
from printkit.outputs.office_paper import office_papers
from printkit.press import Made
from printkit.project import Project
from printkit.regions import Order
from printkit.stamp import Content, Finished, Words
from printkit.stamp.contents import LEADING

NAME = "PACKING-LIST.pdf"
LETTER = Size(width_pt=612, height_pt=792)
_SIZE_PT = 10.0
_MOST_ROWS = 12
"""In a group, which is not broken by a page."""
_MOST_LISTS = 100
"""Laid out together: thousands at once would all be in memory."""
_MOST_GROUPS = 120
"""A layout has room for so many slots, two in a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the list: one order."""

    english: str
    autonym: str
    tag: str
    direction: str
    piece: str
    copies: int
    codes: tuple[tuple[str, str], ...]
    """Edition and short code of each sheet that was made."""
    withheld: tuple[str, ...]
    """Editions that were not made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackingList:
    """Everything the list prints; pickles, so that lists are laid out by the workers."""

    campaign: str
    version: str
    created: date
    region: str
    rows: tuple[Row, ...]
    copier: tuple[tuple[str, str], ...]
    """Piece, and how its copier file goes onto paper, where that needs words."""
    draft: bool
    fonts: Path
    profiles: Path


def packing_list_for(batch: Batch, project: Project) -> PackingList:
    """Return a batch's packing list, its rows in the order's line order."""
    by_order: dict[Order, list[Made]] = {}
    for line in batch.lines:
        by_order.setdefault(line.order, []).append(line.made)
    return PackingList(
        campaign=project.campaign.name,
        version=project.campaign.version,
        created=project.campaign.version_date,
        region=batch.region.full_name,
        rows=tuple(_row(order, made, project) for order, made in by_order.items()),
        copier=_at_the_copier(batch, project),
        draft=any(line.made.draft for line in batch.lines),
        fonts=project.fonts,
        profiles=project.profiles,
    )


def _row(order: Order, made: Iterable[Made], project: Project) -> Row:
    language = sheet_language(order.language)
    # What is read on a screen lies in no box.
    printed = [one for one in made if one.edition in PRINTED]
    return Row(
        english=language.english,
        autonym=language.autonym,
        tag=language.tag,
        direction=language.direction,
        piece=project.pieces[order.piece].name,
        copies=order.copies,
        codes=tuple((one.edition, one.code) for one in printed if not one.is_withheld),
        withheld=tuple(one.edition for one in printed if one.is_withheld),
    )


def _at_the_copier(batch: Batch, project: Project) -> tuple[tuple[str, str], ...]:
    """Return each piece, in their order, whose copier file is no plain sheet."""
    words = {
        line.made.piece: copier_words(line.made)
        for line in batch.lines
        if line.made.edition == "copier" and not line.made.is_withheld
    }
    return tuple(
        (piece.name, words[slug]) for slug, piece in project.pieces.items() if words.get(slug)
    )


def copier_words(made: Made) -> str:
    """Return how a copier file goes onto paper: "4 to a sheet; print both sides, …"."""
    return paper_words(up=made.up, sheets=made.sheets, flip=made.flip)


def paper_words(*, up: int, sheets: int, flip: str | None) -> str:
    """Return how pages go onto paper; nothing where they are plain sheets, printed on one side.

    `flip` is the edge to turn sheets on, such as "long edge"; `sheets` is how many make a copy.
    """
    words = []
    if up > 1:
        words.append(f"{up} to a sheet, to be cut at the ticks")
    if sheets > 1:
        words.append(f"{sheets} sheets to a copy, to be joined at the ticks")
    if flip is not None:
        words.append(f"print both sides, flip on the {flip}")
    return "; ".join(words)


def by_shape(lists: Sequence[PackingList], *, most: int) -> list[tuple[int, ...]]:
    """Return the numbers of lists that differ in nothing but region, copies and codes, together:
    so many at most, and never more than go into memory.
    """
    most = max(1, min(most, _MOST_LISTS))
    shapes: dict[object, list[int]] = {}
    for number, one in enumerate(lists):
        rows = tuple(replace(row, copies=0, codes=(), withheld=()) for row in one.rows)
        told = replace(one, region="", rows=rows) if _slots(one) else number
        shapes.setdefault(told, []).append(number)
    return [
        tuple(numbers[start : start + most])
        for numbers in shapes.values()
        for start in range(0, len(numbers), most)
    ]


def finished_lists(lists: Sequence[PackingList]) -> list[Finished]:
    """Return some packing lists of one shape as PDFs for any office printer, laid out once.

    What they have in common is one object, which travels from a worker once.
    """
    listed = lists[0]
    slots = _slots(listed)
    return office_papers(
        "packing_list.html",
        [_contents(one, slots) for one in lists],
        title=f"Packing list: {listed.campaign}, version {listed.version}",
        size=LETTER,
        languages=(row.tag for row in listed.rows),
        created=listed.created,
        fonts=listed.fonts,
        profiles=listed.profiles,
        listed=listed,
        groups=_groups(listed),
        slots=slots,
        total=sum(row.copies for row in listed.rows),
        size_pt=_SIZE_PT,
        line_pt=_SIZE_PT * LEADING,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Rows of one language, set as one, so that a list of a hundred rows is laid out quickly."""

    number: int
    rows: tuple[Row, ...]

    @property
    def copies_slot(self) -> str:
        return f"copies {self.number}"

    @property
    def codes_slot(self) -> str:
        return f"codes {self.number}"

    @property
    def copies(self) -> tuple[str, ...]:
        return tuple(f"{row.copies:,}" for row in self.rows)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(_codes(row) for row in self.rows)


def _codes(row: Row) -> str:
    made = ", ".join(f"{edition} {code}" for edition, code in row.codes)
    not_made = f"not made: {', '.join(row.withheld)}" if row.withheld else ""
    return "; ".join(part for part in (made, not_made) if part)


def _groups(listed: PackingList) -> list[_Group]:
    """Return a list's rows in their order, a group for each run of a language."""
    groups: list[list[Row]] = []
    for row in listed.rows:
        if groups and groups[-1][0].tag == row.tag and len(groups[-1]) < _MOST_ROWS:
            groups[-1].append(row)
        else:
            groups.append([row])
    return [_Group(number=number, rows=tuple(rows)) for number, rows in enumerate(groups)]


def _slots(listed: PackingList) -> frozenset[str]:
    """Return the names of what is stamped; none where the footers' face or the slots don't do."""
    groups = _groups(listed)
    face = footer_face(listed.fonts)
    if len(groups) > _MOST_GROUPS or face.lacks(listed.region):
        return frozenset()
    words = {name for group in groups for name in (group.copies_slot, group.codes_slot)}
    return frozenset({"region", "place", "total", *words})


def _contents(listed: PackingList, slots: frozenset[str]) -> dict[str, Content]:
    """Return what is stamped into one region's list."""
    if not slots:
        return {}
    total = f"{sum(row.copies for row in listed.rows):,}"
    told: dict[str, Content] = {
        "region": Words(lines=(listed.region,), size_pt=24, weight="Bold"),
        "place": Words(lines=(listed.region,), size_pt=9, weight="Bold"),
        "total": Words(lines=(total,), size_pt=_SIZE_PT, align="end", weight="Bold"),
    }
    for group in _groups(listed):
        copies, codes = "; ".join(group.copies), "; ".join(group.codes)
        told[group.copies_slot] = Words(
            lines=group.copies, size_pt=_SIZE_PT, align="end", alt=copies
        )
        told[group.codes_slot] = Words(lines=group.codes, size_pt=_SIZE_PT, alt=codes)
    return told
