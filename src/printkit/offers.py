"""Offers: what a build holds for whoever prints it at home, by language and by region."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from printkit.built import Built, Sheet
from printkit.compose import sheet_language
from printkit.impose import imposition_for
from printkit.lengths import Size
from printkit.outputs.packing_list import paper_words
from printkit.pieces import MANY_LANGUAGES
from printkit.project import Project

WIDEST = ("state", "census-region", "county")
"""Kinds of regions: sheets of the widest one serve everybody who speaks a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that is offered, under a name that people can sort by."""

    name: str
    """Such as "Spanish_es_card_v1.0_3pmgcj.pdf": no folder, plain letters."""
    source: Path
    sheet: Sheet
    piece: str
    """The piece's English name."""
    paper: str
    """How an office file goes onto paper, in words; empty where it is a plain sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One language's sheets, or one region's."""

    slug: str
    """The language's tag, or the region's slug."""
    name: str
    """In English."""
    printable: tuple[File, ...]
    """Copier files."""
    readable: tuple[File, ...]
    """Screen files."""

    @property
    def draft(self) -> bool:
        """Whether some sheet of it is a draft."""
        return any(file.sheet.draft for file in (*self.printable, *self.readable))


def languages_offered(project: Project, built: Built) -> tuple[Offer, ...]:
    """Return each language's sheets, in the campaign's order; those in many languages come last.

    A piece stands in it once: the sheet of the widest region that ordered it.
    """
    best: dict[tuple[str, str, str], Sheet] = {}
    for sheet in sorted(built.sheets, key=lambda one: _width(project, one)):
        if not sheet.is_withheld:
            best.setdefault((sheet.language, sheet.piece, sheet.edition), sheet)
    offers = []
    for tag in dict.fromkeys((*project.campaign.languages, MANY_LANGUAGES)):
        ours = [sheet for (language, _, _), sheet in best.items() if language == tag]
        if ours:
            offers.append(_offer(tag, sheet_language(tag).english, ours, project, built))
    return tuple(offers)


def regions_offered(project: Project, built: Built) -> tuple[Offer, ...]:
    """Return each region's sheets in all its languages, in the project's order of regions."""
    found: dict[str, list[Sheet]] = {}
    for sheet in built.sheets:
        if not sheet.is_withheld:
            found.setdefault(sheet.region, []).append(sheet)
    return tuple(
        _offer(slug, region.full_name, found[slug], project, built)
        for slug, region in project.regions.items()
        if slug in found
    )


def _width(project: Project, sheet: Sheet) -> int:
    return WIDEST.index(project.regions[sheet.region].kind)


def _offer(slug: str, name: str, sheets: Iterable[Sheet], project: Project, built: Built) -> Offer:
    tags, pieces = [*project.campaign.languages, MANY_LANGUAGES], list(project.pieces)
    ranked = sorted(
        sheets, key=lambda sheet: (tags.index(sheet.language), pieces.index(sheet.piece))
    )
    by_edition: Mapping[str, tuple[File, ...]] = {
        edition: tuple(_file(sheet, project, built) for sheet in ranked if sheet.edition == edition)
        for edition in ("copier", "screen")
    }
    return Offer(
        slug=slug, name=name, printable=by_edition["copier"], readable=by_edition["screen"]
    )


def _file(sheet: Sheet, project: Project, built: Built) -> File:
    source = built.path(sheet)
    assert source is not None  # what was withheld is in no offer
    parts = (named(sheet.language), sheet.piece, f"v{sheet.version}", sheet.digest.lower())
    return File(
        name=plain("_".join(parts)) + ".pdf",
        source=source,
        sheet=sheet,
        piece=project.pieces[sheet.piece].name,
        paper=_paper(sheet, project) if sheet.edition == "copier" else "",
    )


def named(tag: str) -> str:
    """Return a language by its English name and its tag, as file names have it: "Spanish_es"."""
    return plain(f"{sheet_language(tag).english}_{tag}")


def plain(text: str) -> str:
    """Return text as every disk and every web server takes it in a name."""
    return re.sub(r"[^A-Za-z0-9._]+", "-", text).strip("-.").replace("-_", "_")


def _paper(sheet: Sheet, project: Project) -> str:
    """Return how an office file goes onto paper, from the piece's size and pages."""
    width, height = sheet.trim
    way = imposition_for(Size(width_pt=width * 72, height_pt=height * 72))
    pages = project.pieces[sheet.piece].pages
    sides = sheet.pages if not way.tiled else pages
    return paper_words(
        up=way.up,
        sheets=len(way.cells) if way.tiled else 1,
        flip=way.flip if sides > 1 else None,
    )
