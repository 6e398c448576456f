"""Draws sheets: each page as a form in its cell, clipped half into the gutter, and the marks."""

from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.impose.forms import form_of
from printkit.impose.ground import Ground, edge_of
from printkit.impose.marks import Slug, marks
from printkit.impose.schemes import Seat, Sheet, Side
from printkit.impose.sources import SourcePage
from printkit.latin import Face, add_face


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """All that is drawn."""

    ground: Ground
    sheets: tuple[Sheet, ...]
    pages: tuple[SourcePage, ...]
    panels: tuple[float, ...]
    """Widths on the front between which a piece is folded, in points; none if it is not."""
    creep_pt: float
    """How far each sheet of a booklet moves in, more than the one around it."""
    cmyk: bool
    file: str
    """What the slug calls the input."""
    scheme: str
    digest: str
    face: Face | None
    """The slug's face; no slug without it."""


def draw(out: pikepdf.Pdf, work: Work) -> None:
    """Add every side of every sheet to a PDF, in the order of printing.

    The trim of such a page is the box round all trims; the bleed's box is round all that is
    printed of the pages. All marks stand beyond it.
    """
    forms: dict[int, pikepdf.Object] = {}
    font = add_face(out, work.face) if work.face else None
    for number, sheet in enumerate(work.sheets, start=1):
        for side in sheet:
            _add_side(out, work, side, number, forms, font)
    preferences = Dictionary(PrintScaling=Name("/None"))
    if any(len(sheet) > 1 for sheet in work.sheets):
        long = edge_of(work.ground) == "long"
        preferences.Duplex = Name.DuplexFlipLongEdge if long else Name.DuplexFlipShortEdge
    out.Root.ViewerPreferences = preferences


def _add_side(
    out: pikepdf.Pdf,
    work: Work,
    side: Side,
    number: int,
    forms: dict[int, pikepdf.Object],
    font: pikepdf.Object | None,
) -> None:
    ground = work.ground
    content, used = [], Dictionary()
    for seat in side.seats:
        if seat.page is None:
            continue
        if seat.page not in forms:
            forms[seat.page] = form_of(out, work.pages[seat.page - 1])
        used[f"/P{seat.page}"] = forms[seat.page]
        content.append(_placed(work, seat, back=side.name == "back"))
    content.append(
        marks(ground, _folds(work, side), _slug(work, side, number), cmyk=work.cmyk),
    )
    page = out.add_blank_page(page_size=(ground.sheet.width_pt, ground.sheet.height_pt))
    page.obj.Resources = Dictionary(XObject=used)
    if font is not None:
        page.obj.Resources.Font = Dictionary(Slug=font)
    page.obj.Contents = out.make_stream(b"\n".join(content))
    page.obj.TrimBox = _array(ground.trims)
    page.obj.BleedBox = _array(ground.bleeds)


def _placed(work: Work, seat: Seat, *, back: bool) -> bytes:
    """Return a page in its cell, on its head where it must be."""
    assert seat.page is not None  # blanks are not drawn
    trim = work.pages[seat.page - 1].trim
    left, bottom, right, top = work.ground.cell(seat.column, seat.row, back=back)
    window = work.ground.window(seat.column, seat.row, back=back)
    # A trim that differs by a hair stands in the middle of its cell.
    x = (left + right - trim.width_pt) / 2 + seat.creep * work.creep_pt
    y = (bottom + top - trim.height_pt) / 2
    place = (1, 1, x, y) if not seat.turned else (-1, -1, x + trim.width_pt, y + trim.height_pt)
    clip = (window[0], window[1], window[2] - window[0], window[3] - window[1])
    return b"q %.4f %.4f %.4f %.4f re W n %d 0 0 %d %.4f %.4f cm /P%d Do Q" % (
        *clip,
        *place,
        seat.page,
    )


def _folds(work: Work, side: Side) -> Sequence[float]:
    """Return where a side is folded; overleaf the panels are mirrored."""
    mirrored = side.name == "back" and not work.ground.grid.tumbles
    return work.ground.folds(work.panels[::-1] if mirrored else work.panels)


def _slug(work: Work, side: Side, number: int) -> Slug | None:
    if work.face is None:
        return None
    grid = work.ground.grid
    rest = (
        f"{work.scheme} {grid.columns} × {grid.rows} · sheet {number} of {len(work.sheets)} · "
        f"{side.name} · {work.digest[:12]}"
    )
    return Slug(file=work.file, rest=rest, face=work.face)


def _array(box: Sequence[float]) -> Array:
    return Array([round(edge, 4) for edge in box])
