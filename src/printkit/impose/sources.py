"""Reads the pages to set out: their trims, bleeds and turns, and what is wrong with a file."""

import hashlib
import logging
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary

from printkit.errors import Problems, quoted
from printkit.lengths import Size

MOST_PAGES = 10_000
LARGEST_PT = 200 * 72.0
"""No sheet that is printed is larger, and PDF's own unit goes no further."""
SAME_PT = 0.1 * 72 / 25.4
"""Trims that differ by less are the same: a tenth of a millimetre."""
BLEED_PT = 9.0
"""What is taken for bleed where a file does not say: an eighth of an inch; marks stand beyond."""
HOSTILE = (
    pikepdf.PdfError,
    AttributeError,
    ArithmeticError,
    LookupError,
    NotImplementedError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a file of wrong types, loops or lies can make a reader raise."""

# What pikepdf mends or leaves out it also logs; without a handler that would go to the terminal.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())

Edges = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """A page as it is looked at: upright, its trim's lower left corner at the origin."""

    file: str
    number: int
    """In its file, from 1."""
    trim: Size
    bleed: Edges
    """What it has beyond each edge of the trim."""
    clip: Edges
    """The bleed's box as the page itself counts, before it is turned."""
    matrix: Matrix
    """From the page's own space to the space of the trim."""
    annotated: bool
    """Whether notes, links or fields lie on it, which a sheet cannot keep."""
    page: pikepdf.Page
    pdf: pikepdf.Pdf


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file of pages."""

    name: str
    digest: str
    """SHA-256 of the file."""
    pdf: pikepdf.Pdf
    pages: tuple[SourcePage, ...]


def read_sources(paths: Sequence[Path], *, trim: Size | None) -> tuple[Source, ...]:
    """Return the files that were named; a trim is for pages that have none of their own.

    Raises UserError with everything that is wrong with any of them.
    """
    problems = Problems()
    sources = []
    for path in paths:
        source = _read(path, trim, problems)
        if source is not None:
            sources.append(source)
    if sum(len(source.pages) for source in sources) > MOST_PAGES:
        problems.add(f"There are more than {MOST_PAGES:,} pages.", "Impose them in parts.")
    problems.raise_if_any()
    return tuple(sources)


def inherited(page: pikepdf.Page, name: str) -> Any:
    """Return what a page has under a name, from itself or from the nodes above it, or None."""
    node: Any = page.obj
    for _ in range(64):  # a tree that loops ends here
        if not isinstance(node, Dictionary):
            return None
        if name in node:
            return node[name]
        node = node.get("/Parent")
    return None


def _read(path: Path, trim: Size | None, problems: Problems) -> Source | None:
    name = quoted(path.name)[1:-1]
    if path.exists() and not path.is_file():
        problems.add(f"{name} is no file.", "Name a PDF file.")
        return None
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        pdf = pikepdf.open(path, suppress_warnings=True)
        if pdf.is_encrypted and not pdf.allow.modify_assembly:
            problems.add(
                f"{name} forbids that its pages are put together.",
                "Ask its maker for one that may.",
            )
            return None
        count = len(pdf.pages)
    except OSError as error:
        problems.add(f"{name} cannot be read: {error.strerror}.", "Name a PDF file.")
    except pikepdf.PasswordError:
        problems.add(f"{name} is locked with a password.", "Give a file without one.")
    except HOSTILE:
        problems.add(f"{name} cannot be read: it is no PDF, or a damaged one.", "Make it anew.")
    else:
        if not count:
            problems.add(f"{name} has no pages.", "Make it anew.")
        elif count <= MOST_PAGES:
            pages = tuple(_pages(pdf, name, trim, problems))
            return Source(name=name, digest=digest, pdf=pdf, pages=pages)
        else:
            problems.add(f"{name} has more than {MOST_PAGES:,} pages.", "Impose it in parts.")
    return None


def _pages(
    pdf: pikepdf.Pdf, name: str, asked: Size | None, problems: Problems
) -> Iterator[SourcePage]:
    for number in range(1, len(pdf.pages) + 1):
        try:
            yield _page(pdf, name, number, asked)
        except _Misfit as misfit:
            problems.add(f"{name}, page {number}: {misfit.what}", misfit.fix)
        except HOSTILE:
            problems.add(f"{name}, page {number} cannot be read.", "Make the file anew.")


class _Misfit(Exception):
    """A page that is read well and cannot be set out."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


def _page(pdf: pikepdf.Pdf, name: str, number: int, asked: Size | None) -> SourcePage:
    page = pdf.pages[number - 1]
    media = _box(inherited(page, "/MediaBox"))
    if media is None:
        raise _Misfit("it has no size.", "Make the file anew.")
    quarter, unit = _quarter(page), _unit(page)
    trim = _trim(page, media, asked, quarter, unit)
    bleed = _box(page.obj.get("/BleedBox")) or _grown(trim, BLEED_PT / unit)
    clip = _around(_within(bleed, media), trim)
    size = _turned_size(trim, quarter, unit)
    beyond = [abs(a - b) * unit for a, b in zip(clip, trim, strict=True)]
    left, bottom, right, top = (beyond * 2)[quarter : quarter + 4]
    return SourcePage(
        file=name,
        number=number,
        trim=size,
        bleed=(left, bottom, right, top),
        clip=clip,
        matrix=_matrix(trim, quarter, unit),
        annotated=bool(page.obj.get("/Annots")),
        page=page,
        pdf=pdf,
    )


def _trim(page: pikepdf.Page, media: Edges, asked: Size | None, quarter: int, unit: float) -> Edges:
    """Return a page's trim as the page itself counts: its own, what was asked for, or all of it."""
    own = _box(page.obj.get("/TrimBox")) or _box(page.obj.get("/ArtBox"))
    shown = _within(_box(inherited(page, "/CropBox")) or media, media)
    trim = _within(own, media) if own else _asked(asked, shown, quarter, unit)
    size = _turned_size(trim, quarter, unit)
    if not (7 <= size.width_pt <= LARGEST_PT and 7 <= size.height_pt <= LARGEST_PT):
        raise _Misfit(f"a trim of {size.words} cannot be printed.", "Make the file anew.")
    if asked and own and not same_size(size, asked):
        raise _Misfit(
            f"its trim is {size.words}, and --trim says {asked.words}.",
            "Leave --trim out: the file knows its own.",
        )
    return trim


def same_size(one: Size, other: Size) -> bool:
    """Return whether two trims are the same, to a tenth of a millimetre."""
    wide, high = one.width_pt - other.width_pt, one.height_pt - other.height_pt
    return abs(wide) <= SAME_PT and abs(high) <= SAME_PT


def _asked(asked: Size | None, shown: Edges, quarter: int, unit: float) -> Edges:
    """Return the trim of a page that names none: what was asked for, amid what shows."""
    if asked is None:
        return shown
    sides = (asked.width_pt / unit, asked.height_pt / unit)
    width, height = sides if quarter % 2 == 0 else sides[::-1]
    left, bottom, right, top = shown
    wide, high = (right - left - width) / 2, (top - bottom - height) / 2
    if min(wide, high) * unit < -SAME_PT:
        size = _turned_size(shown, quarter, unit)
        raise _Misfit(
            f"it is {size.words}, smaller than --trim says.", "Give --trim a size that it has."
        )
    return left + wide, bottom + high, right - wide, top - high


def _box(value: Any) -> Edges | None:
    """Return a box with its edges in order, or None where there is no good one."""
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    numbers = [float(edge) for edge in value.as_list()]
    if not all(math.isfinite(number) and abs(number) < 1e7 for number in numbers):
        return None
    left, bottom, right, top = numbers
    box = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    return box if box[2] > box[0] and box[3] > box[1] else None


def _within(box: Edges, outer: Edges) -> Edges:
    """Return the part of a box that lies in another, or the other where none does."""
    left, bottom = max(box[0], outer[0]), max(box[1], outer[1])
    right, top = min(box[2], outer[2]), min(box[3], outer[3])
    return (left, bottom, right, top) if right > left and top > bottom else outer


def _around(box: Edges, inner: Edges) -> Edges:
    """Return a box that reaches at least as far as another."""
    return (
        min(box[0], inner[0]),
        min(box[1], inner[1]),
        max(box[2], inner[2]),
        max(box[3], inner[3]),
    )


def _grown(box: Edges, by: float) -> Edges:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _quarter(page: pikepdf.Page) -> int:
    """Return by how many quarters a page is turned to the right when it is looked at."""
    turned = int(inherited(page, "/Rotate") or 0)
    if turned % 90:
        raise _Misfit(f"it is turned by {turned} degrees.", "Turn it by quarters.")
    return turned // 90 % 4


def _unit(page: pikepdf.Page) -> float:
    """Return how many points the page's own unit is."""
    unit = float(page.obj.get("/UserUnit", 1))
    if not 0.001 <= unit <= 1000:
        raise _Misfit("its unit is none that prints.", "Make the file anew.")
    return unit


def _turned_size(box: Edges, quarter: int, unit: float) -> Size:
    size = Size(width_pt=(box[2] - box[0]) * unit, height_pt=(box[3] - box[1]) * unit)
    return size.turned if quarter % 2 else size


def _matrix(trim: Edges, quarter: int, unit: float) -> Matrix:
    """Return what brings a page upright, its trim's lower left corner to the origin."""
    left, bottom, right, top = trim
    matrix = (
        (1.0, 0.0, 0.0, 1.0, -left, -bottom),
        (0.0, -1.0, 1.0, 0.0, -bottom, right),
        (-1.0, 0.0, 0.0, -1.0, right, top),
        (0.0, 1.0, -1.0, 0.0, top, -left),
    )[quarter]
    a, b, c, d, e, f = (number * unit for number in matrix)
    return a, b, c, d, e, f
