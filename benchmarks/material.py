"""What is measured: the campaign's own sheets, long files made of them, and made-up people."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from printkit.editions import EDITIONS
from printkit.executors import InlineExecutor
from printkit.jobs import Job, jobs_for
from printkit.press import Made, Shop
from printkit.pressing import press_all, shop_for
from printkit.privacy import write_private
from printkit.project import Project
from printkit.selecting import selection_for

LANGUAGES = ("en", "ar", "zh-Hant")
"""One in Latin letters, one from right to left, one of thousands of signs."""
FLYERS = ("card", "know-your-rights", "data-flow", "brochure", "poster")
REGION = "fresno"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Where things are measured."""

    project: Project
    folder: Path
    """A scratch folder."""
    small: bool = False
    """Whether a few files are enough: to try the measure, not to measure."""

    def shop(self) -> Shop:
        """Return a shop with a store of its own."""
        shop = shop_for(self.project, self.folder / "sheets")
        shop.store.mkdir(exist_ok=True)
        return shop

    def job(self, piece: str, language: str) -> Job:
        """Return the job of a press sheet, for every region that ordered it."""
        wanted = selection_for(
            self.project, pieces=[piece], languages=[language], editions=["press"]
        )
        css = {name: edition.css for name, edition in EDITIONS.items()}
        return next(iter(jobs_for(self.project, wanted, page_css=css)))


def quiet(what: str, done: int, total: int) -> None:
    """Watch no progress."""


class _Once:
    """The sheets that several measures share, made when the first one asks."""

    made: tuple[Made, ...] = ()


def flyers_made(bench: Bench) -> tuple[Made, ...]:
    """Return one region's press files of every flyer in three languages, made once a run."""
    if not _Once.made:
        wanted = selection_for(
            bench.project,
            regions=[REGION],
            languages=LANGUAGES,
            pieces=FLYERS,
            editions=["press"],
        )
        _Once.made = tuple(
            press_all(
                bench.project, wanted, bench.shop(), InlineExecutor(), workers=1, progress=quiet
            )
        )
    withheld = [f"{one.piece} {one.language}" for one in _Once.made if one.is_withheld]
    assert not withheld, f"These are withheld, and nothing can be said of them: {withheld}"
    return _Once.made


def flyers(bench: Bench) -> dict[tuple[str, str], Path]:
    """Return the same as files, by piece and language."""
    folder = bench.shop().store
    return {(one.piece, one.language): folder / str(one.file) for one in flyers_made(bench)}


def long_file(sources: Iterable[Path], pages: int, out: Path) -> Path:
    """Write one file of so many pages; each round of the sources brings objects of its own."""
    data = [path.read_bytes() for path in sources]
    with pikepdf.new() as pdf, pikepdf.open(io.BytesIO(data[0])) as first:
        while len(pdf.pages) < pages:
            for one in data:
                with pikepdf.open(io.BytesIO(one)) as source:
                    pdf.pages.extend(source.pages)
        del pdf.pages[pages:]
        pdf.Root.OutputIntents = pdf.copy_foreign(first.make_indirect(first.Root.OutputIntents))
        pdf.Root.Metadata = pdf.copy_foreign(first.Root.Metadata)
        pdf.trailer.Info = pdf.copy_foreign(first.trailer.Info)
        pdf.save(out, force_version="1.6", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out


COLUMNS = ("name", "street", "city", "state", "zip", "email", "phone")


def people(count: int, out: Path) -> Path:
    """Write a table of people who do not exist."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    rows.writerows(_rows(count))
    out.unlink(missing_ok=True)
    write_private(out, text.getvalue().encode())
    return out


def _rows(count: int) -> Iterator[tuple[str, ...]]:
    for number in range(1, count + 1):
        letters = "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{number:05}")
        yield (
            f"Example {letters.title()}",
            f"{number} Example Street",
            "Sacramento",
            "CA",
            "95814",
            f"person{number}@example.org",
            f"410-555-01{number % 100:02}",
        )
