"""PACKING-LIST.pdf: in English, for whoever opens the box: what is in it, and how many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from printkit.batches import PRINTED, Batch
from printkit.compose import sheet_language
from printkit.lengths import Size
from printkit.outputs.office_paper import office_paper
from printkit.press import Made
from printkit.project import Project
from printkit.regions import Order

NAME = "PACKING-LIST.pdf"
LETTER = Size(width_pt=612, height_pt=792)


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


def packing_list_pdf(listed: PackingList) -> bytes:
    """Return the packing list as a PDF for any office printer."""
    return office_paper(
        "packing_list.html",
        title=f"Packing list: {listed.region}",
        size=LETTER,
        languages=(row.tag for row in listed.rows),
        created=listed.created,
        fonts=listed.fonts,
        profiles=listed.profiles,
        listed=listed,
        total=sum(row.copies for row in listed.rows),
    )
