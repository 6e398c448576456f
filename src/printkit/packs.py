"""Packs: a finished build's copies dealt out to boxes, with labels and packing lists, by region."""

import csv
import io
import shutil
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from printkit import sums
from printkit.boxes import Box, Row, boxes_for
from printkit.built import Built, Sheet
from printkit.compose import sheet_language
from printkit.errors import Problem, Problems, UserError, quoted
from printkit.executors import executor_for, run_all
from printkit.findings import Severity
from printkit.languages import LANGUAGES
from printkit.lengths import Size
from printkit.outputs import labels, packing_list
from printkit.paper import MG_A_POUND, carton_mg, copy_mg, stock_of
from printkit.pieces import MANY_LANGUAGES
from printkit.placing import beside, swap_in
from printkit.pressing import Progress
from printkit.project import Project
from printkit.shops import Shop

BOXES = "BOXES.csv"
_COLUMNS = ("region", "box", "boxes", "language", "piece", "copies", "bundles", "box_pounds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a batch: so many copies of one piece in one language."""

    sheet: Sheet
    """The one that is printed, a press file where there is one."""
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """One region's boxes."""

    region: str
    """Its slug."""
    lines: tuple[Line, ...]
    """In the order's own line order."""
    boxes: tuple[Box, ...]

    @property
    def copies(self) -> int:
        """How many copies are packed."""
        return sum(portion.copies for box in self.boxes for portion in box.portions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What packing came to."""

    out: Path
    packs: tuple[Pack, ...]
    missing: tuple[str, ...]
    """Rows that are in no box, since a FAIL kept their sheets back."""


def told(done: Packed) -> Iterator[tuple[str, Severity | None]]:
    """Tell what packing came to: how many boxes, and what is in none."""
    for words in done.missing:
        yield f"Not made, so in no box: {words}.", Severity.FAIL
    copies = sum(one.copies for one in done.packs)
    boxes = sum(len(one.boxes) for one in done.packs)
    regions = f"{len(done.packs):,} region{'' if len(done.packs) == 1 else 's'}"
    yield f"{regions}: {boxes:,} box{'' if boxes == 1 else 'es'}, {copies:,} copies.", None
    yield f"Put {packing_list.NAME} into box 1, and a label of {labels.NAME} on each.", None


def pack(
    project: Project,
    built: Built,
    *,
    shop: Shop | None,
    stock: str,
    regions: Collection[str],
    out: Path,
    workers: int,
    progress: Progress,
) -> Packed:
    """Write labels and packing lists for a build's regions, all of them where none is named.

    `stock` is one of labels.STOCKS. The folder is replaced as a whole, and only where it holds
    nothing else. Raises UserError with all that is wrong.
    """
    sums.refuse_foreign(out, option="--out")
    packs, missing = packs_for(project, built, shop=shop, regions=regions)
    _refuse_unlisted(built, [one.region for one in packs])
    with beside(out) as staging:
        fresh = staging / "packs"
        fresh.mkdir()
        every = [labels_of(one, project, built, stock) for one in packs]
        with executor_for(workers, fonts=project.fonts, scratch=staging / "scratch") as executor:
            progress("Labels", 0, len(every))
            finished = run_all(executor, labels.labels_pdf, every, workers=workers)
            for done, (number, pdf) in enumerate(finished, 1):
                folder = fresh / packs[number].region
                folder.mkdir()
                (folder / labels.NAME).write_bytes(pdf)
                source = built.folder / packs[number].region / packing_list.NAME
                shutil.copyfile(source, folder / packing_list.NAME)
                progress("Labels", done, len(every))
        (fresh / BOXES).write_text(boxes_csv(packs), encoding="utf-8")
        sums.write_sums(fresh)
        swap_in([(fresh, out)], aside=staging)
    return Packed(out=out, packs=packs, missing=missing)


def packs_for(
    project: Project, built: Built, *, shop: Shop | None = None, regions: Collection[str] = ()
) -> tuple[tuple[Pack, ...], tuple[str, ...]]:
    """Return each region's boxes, and the rows that are in none: no sheet of theirs was made."""
    by_region: dict[str, dict[tuple[str, str], list[Sheet]]] = {}
    for sheet in built.sheets:
        if sheet.is_printed and (not regions or sheet.region in regions):
            rows = by_region.setdefault(sheet.region, {})
            rows.setdefault((sheet.language, sheet.piece), []).append(sheet)
    if not by_region:
        what = "The build holds nothing to be packed."
        raise UserError(Problem(what=what, fix="Build what is asked for first."))
    refuse_unknown(project, built, by_region)
    packs, missing = [], []
    for region, rows in by_region.items():
        lines = []
        for sheets in rows.values():
            made = [sheet for sheet in sheets if not sheet.is_withheld]
            if made:
                best = max(made, key=lambda sheet: sheet.edition == "press")
                lines.append(_line(project, best, shop))
            else:
                missing.append(f"{project.regions[region].full_name}: {_name(project, sheets[0])}")
        boxes = boxes_for([line.row for line in lines], carton_mg(shop))
        packs.append(Pack(region=region, lines=tuple(lines), boxes=boxes))
    return tuple(packs), tuple(missing)


def _line(project: Project, sheet: Sheet, shop: Shop | None) -> Line:
    width, height = sheet.trim
    trim = Size(width_pt=width * 72, height_pt=height * 72)
    # An office file may tell a large page in tiles: what it tells is no number of leaves.
    pages = sheet.pages if sheet.edition == "press" else project.pieces[sheet.piece].pages
    mg = copy_mg(trim, pages, stock_of(sheet.piece, trim, shop))
    return Line(sheet=sheet, row=Row(name=_name(project, sheet), copies=sheet.copies, copy_mg=mg))


def _name(project: Project, sheet: Sheet) -> str:
    language = sheet_language(sheet.language)
    return f"{project.pieces[sheet.piece].name} in {language.english} ({sheet.language})"


def refuse_unknown(project: Project, built: Built, regions: Iterable[str] = ()) -> None:
    """Raise UserError with everything that a build names and its project does not.

    Only these regions are looked at, or all of them where none is named.
    """
    problems = Problems()
    only = set(regions)
    asked = [sheet for sheet in built.sheets if not only or sheet.region in only]
    if not asked:
        problems.add("The build holds nothing.", "Build what is asked for first.")
    kinds = (
        ("region", project.regions, (sheet.region for sheet in asked)),
        ("piece", project.pieces, (sheet.piece for sheet in asked)),
        ("language", {*LANGUAGES, MANY_LANGUAGES}, (sheet.language for sheet in asked)),
    )
    for kind, known, names in kinds:
        for name in dict.fromkeys(names):
            if name not in known:
                what = f"The build has a {kind} {quoted(name)} that the project does not have."
                problems.add(what, "Build again.")
    problems.raise_if_any()


def _refuse_unlisted(built: Built, regions: Iterable[str]) -> None:
    problems = Problems()
    for region in regions:
        if not (built.folder / region / packing_list.NAME).is_file():
            what = f"{region}/{packing_list.NAME} is not in the build."
            problems.add(what, "Build again.")
    problems.raise_if_any()


def labels_of(one: Pack, project: Project, built: Built, stock: str) -> labels.Labels:
    """Return what a region's labels print."""
    return labels.Labels(
        stock=stock,
        campaign=project.campaign.name,
        version=built.version,
        created=project.campaign.version_date,
        region=project.regions[one.region].full_name,
        boxes=tuple(tuple(_items(one, box, project)) for box in one.boxes),
        fonts=project.fonts,
        profiles=project.profiles,
    )


def _items(one: Pack, box: Box, project: Project) -> Iterator[labels.Item]:
    for portion in box.portions:
        sheet = one.lines[portion.row].sheet
        language = sheet_language(sheet.language)
        yield labels.Item(
            english=language.english,
            autonym=language.autonym,
            tag=language.tag,
            direction=language.direction,
            draft=sheet.draft,
            piece=project.pieces[sheet.piece].name,
            count=portion.words,
            copies=portion.copies,
        )


def boxes_csv(packs: Iterable[Pack]) -> str:
    """Return every box's content as a table, a line for each piece and language in it."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_COLUMNS)
    for one in packs:
        for box in one.boxes:
            pounds = f"{box.weight_mg / float(MG_A_POUND):.1f}"
            for portion in box.portions:
                sheet = one.lines[portion.row].sheet
                place = (one.region, box.number, len(one.boxes))
                held = (sheet.language, sheet.piece, portion.copies, portion.words)
                table.writerow((*place, *held, pounds))
    return text.getvalue()


def refuse_stock(name: str) -> None:
    """Raise UserError where there are no labels of a name."""
    if name not in labels.STOCKS:
        known = "; ".join(f"{key}: {stock.words}" for key, stock in labels.STOCKS.items())
        what = f"--label: there are no labels {quoted(name)}."
        raise UserError(Problem(what=what, fix=f"Use one of these. {known}."))
