"""An order as one folder and one ZIP: the same bytes for the same order, placed as a whole."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from printkit.errors import Problem, UserError, listed, quoted
from printkit.executors import executor_for
from printkit.ordering.book import NAME as BOOK
from printkit.ordering.book import begin_names, book_pdf, draw_all, names_of
from printkit.ordering.lines import ShopOrder
from printkit.ordering.tables import csv_bytes, places_csv, xlsx_bytes
from printkit.ordering.ticket import NAME as TICKET
from printkit.ordering.ticket import ticket
from printkit.ordering.words import NAME as README
from printkit.ordering.words import readme
from printkit.placing import beside, swap_in
from printkit.pressing import Progress
from printkit.project import Project
from printkit.sums import NAME as SUMS
from printkit.sums import refuse_foreign
from printkit.zips import write_zip

FILES = "files"
CSV, XLSX, PLACES = "order.csv", "order.xlsx", "ship-to.csv"
TEXTS = (README, CSV, XLSX, PLACES, TICKET, BOOK)
FEW = 24
"""Files that one process draws sooner than more would have started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """Where an order was put."""

    order: ShopOrder
    folder: Path
    zip: Path


def write_order(
    order: ShopOrder, project: Project, *, out: Path, workers: int, progress: Progress
) -> Ordered:
    """Write an order's folder and ZIP under `out`, in place of older ones of the same name.

    Raises UserError, and changes nothing, where a press file is not what the build made, or where
    something stands in the place that is no order.
    """
    place = out / order.name
    zipped = out / f"{order.name}.zip"
    _refuse_edited(place)
    with beside(place) as staging:
        fresh = staging / order.name
        (fresh / FILES).mkdir(parents=True)
        thumbs = {}
        fewer = 1 if len(order.lines) <= FEW else workers
        with executor_for(fewer, fonts=project.fonts, scratch=staging / "scratch") as executor:
            progress("Proof book", 0, len(order.lines))
            names = begin_names(names_of(order, project), executor)
            for number, drawn in draw_all(order.lines, executor, workers=fewer):
                thumbs[number] = drawn
                progress("Proof book", len(thumbs), len(order.lines))
            texts = _texts(order, book_pdf(order, project, thumbs, names.result()))
        for name, data in texts.items():
            (fresh / name).write_bytes(data)
        for line in order.lines:
            _link(line.source, fresh / FILES / line.file)
        members = {f"{FILES}/{line.file}": fresh / FILES / line.file for line in order.lines}
        everything: dict[str, Path | bytes] = {**texts, **members}
        inside = {f"{order.name}/{name}": content for name, content in everything.items()}
        progress("ZIP", 0, 1)
        write_zip(staging / zipped.name, inside, day=order.created)
        progress("ZIP", 1, 1)
        swap_in([(fresh, place), (staging / zipped.name, zipped)], aside=staging)
    return Ordered(order=order, folder=place, zip=zipped)


def _texts(order: ShopOrder, book: bytes) -> dict[str, bytes]:
    """Return what lies beside the press files, by name, the sums last."""
    made = {
        README: readme(order),
        CSV: csv_bytes(order),
        XLSX: xlsx_bytes(order),
        PLACES: places_csv(order),
        TICKET: ticket(order),
        BOOK: book,
    }
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in made.items()}
    sums |= {f"{FILES}/{line.file}": line.sheet.sha256 for line in order.lines}
    told = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
    return {**made, SUMS: told.encode()}


def _refuse_edited(place: Path) -> None:
    """Refuse to replace an order in which somebody has changed a file since."""
    refuse_foreign(place, option="--out")
    if not (place / SUMS).is_file():
        return
    sums = (line.split("  ", 1) for line in (place / SUMS).read_text("utf-8").splitlines())
    known = {name: told for told, name in sums}
    changed = [
        name
        for name in TEXTS
        if (place / name).is_file()
        and hashlib.sha256((place / name).read_bytes()).hexdigest() != known.get(name)
    ]
    if changed:
        what = f"--out: {listed(changed)} in {quoted(place, 200)} was changed since it was made."
        fix = "Keep it: move it away, check an order.csv with --check, then order again."
        raise UserError(Problem(what=what, fix=fix))


def _link(source: Path, path: Path) -> None:
    try:
        os.link(source, path)
    except OSError:  # another disk, or one without hard links
        shutil.copyfile(source, path)
