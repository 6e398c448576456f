"""Sets a copier edition's pages out on US Letter: n-up with cut ticks, or in tiles to be joined."""

from dataclasses import dataclass
from typing import Literal

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.errors import Problem, UserError
from printkit.lengths import Size
from printkit.places import Place

LETTER = Size(width_pt=612, height_pt=792)
CLEAR_PT = 18.0
"""What no office machine prints on: a quarter of an inch along each edge."""
TICK_PT = 9.0
SMALLEST_SCALE = 0.85
"""Smaller than this, tiles no longer look like the sheet that was designed."""
_HAIR = 0.01
_TILINGS = ((1, 2), (2, 1), (2, 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Where one copy, or one tile, of a page stands on a sheet."""

    x_pt: float
    """From the sheet's left edge."""
    y_pt: float
    """From the sheet's top edge, downwards."""
    from_x_pt: float = 0
    """Where on the page the cell begins, from its left edge."""
    from_y_pt: float = 0
    """From the page's top edge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imposition:
    """How pages of one size stand on sheets."""

    page: Size
    sheet: Size
    cells: tuple[Cell, ...]
    tiled: bool
    """Whether each cell is a sheet of its own, to be joined, or all share one sheet."""
    scale: float
    flip: Literal["long edge", "short edge"] | None
    """The edge to turn sheets on when printing both sides, so that backs stand upright."""

    @property
    def up(self) -> int:
        """How many copies a sheet holds."""
        return 1 if self.tiled else len(self.cells)

    @property
    def cell(self) -> Size:
        """How much of a page one cell shows, before scaling."""
        columns = len({cell.from_x_pt for cell in self.cells})
        rows = len({cell.from_y_pt for cell in self.cells})
        return Size(width_pt=self.page.width_pt / columns, height_pt=self.page.height_pt / rows)


def imposition_for(page: Size) -> Imposition:
    """Return how pages of a size go onto US Letter with the least paper, upright and whole.

    Every cell of a sheet holds the same page and the cells lie symmetrically, so that a back
    meets its front in every cell.
    """
    ways = [_n_up(page, sheet) for sheet in (LETTER, LETTER.turned)]
    best = max(ways, key=lambda way: way.up)
    if best.up:
        return best
    tilings = [
        _tiles(page, sheet, columns, rows)
        for columns, rows in _TILINGS
        for sheet in (LETTER, LETTER.turned)
    ]
    for way in tilings:
        if way.scale >= SMALLEST_SCALE:
            return way
    raise UserError(
        Problem(
            what=f"A sheet of {page.words} does not go onto US Letter, even in four tiles.",
            fix="Leave the copier edition out of this piece, or choose a smaller trim.",
        )
    )


def impose(pdf: pikepdf.Pdf, imposition: Imposition) -> None:
    """Replace a PDF's pages by sheets that show them; what they draw stays one object each."""
    sources = list(pdf.pages)
    forms = [page.as_form_xobject() for page in sources]
    for form in forms:
        cells = [(cell,) for cell in imposition.cells] if imposition.tiled else [imposition.cells]
        for shown in cells:
            _add_sheet(pdf, imposition, form, shown)
    del pdf.pages[: len(sources)]
    preferences = Dictionary(PrintScaling=Name("/None"))
    if imposition.flip is not None and len(sources) > 1:
        long_edge = imposition.flip == "long edge"
        preferences.Duplex = Name.DuplexFlipLongEdge if long_edge else Name.DuplexFlipShortEdge
    pdf.Root.ViewerPreferences = preferences


def imposed(imposition: Imposition, place: Place) -> tuple[Place, ...]:
    """Return where a place of a page stands on the sheets: once a copy, or on its tile.

    A place that the join of two tiles cuts through stands nowhere whole.
    """
    found = []
    shown, scale = imposition.cell, imposition.scale
    for number, cell in enumerate(imposition.cells):
        x, y = place.x_pt - cell.from_x_pt, place.y_pt - cell.from_y_pt
        right, bottom = x + place.width_pt, y + place.height_pt
        inside = right <= shown.width_pt + 1 and bottom <= shown.height_pt + 1
        if imposition.tiled and not (min(x, y) >= -1 and inside):
            continue
        sheets_before = (place.page - 1) * (len(imposition.cells) if imposition.tiled else 1)
        found.append(
            Place(
                page=1 + sheets_before + (number if imposition.tiled else 0),
                x_pt=cell.x_pt + x * scale,
                y_pt=cell.y_pt + y * scale,
                width_pt=place.width_pt * scale,
                height_pt=place.height_pt * scale,
            )
        )
    return tuple(found)


def _n_up(page: Size, sheet: Size) -> Imposition:
    """Fill a sheet with whole pages, in the middle."""
    columns = int((sheet.width_pt + _HAIR) // page.width_pt)
    rows = int((sheet.height_pt + _HAIR) // page.height_pt)
    left = (sheet.width_pt - columns * page.width_pt) / 2
    top = (sheet.height_pt - rows * page.height_pt) / 2
    cells = tuple(
        Cell(x_pt=left + column * page.width_pt, y_pt=top + row * page.height_pt)
        for row in range(rows)
        for column in range(columns)
    )
    upright = sheet.height_pt > sheet.width_pt
    return Imposition(
        page=page,
        sheet=sheet,
        cells=cells,
        tiled=False,
        scale=1.0,
        flip="long edge" if upright else "short edge",
    )


def _tiles(page: Size, sheet: Size, columns: int, rows: int) -> Imposition:
    """Cut a page into tiles, each as large on a sheet as the clear margins allow."""
    width, height = page.width_pt / columns, page.height_pt / rows
    scale = min(
        (sheet.width_pt - 2 * CLEAR_PT) / width, (sheet.height_pt - 2 * CLEAR_PT) / height, 1.0
    )
    left = (sheet.width_pt - width * scale) / 2
    top = (sheet.height_pt - height * scale) / 2
    cells = tuple(
        Cell(x_pt=left, y_pt=top, from_x_pt=column * width, from_y_pt=row * height)
        for row in range(rows)
        for column in range(columns)
    )
    return Imposition(page=page, sheet=sheet, cells=cells, tiled=True, scale=scale, flip=None)


def _add_sheet(
    pdf: pikepdf.Pdf, imposition: Imposition, form: pikepdf.Object, cells: tuple[Cell, ...]
) -> None:
    sheet, scale, shown = imposition.sheet, imposition.scale, imposition.cell
    clear = (
        CLEAR_PT,
        CLEAR_PT,
        sheet.width_pt - 2 * CLEAR_PT,
        sheet.height_pt - 2 * CLEAR_PT,
    )
    content = [b"q %.3f %.3f %.3f %.3f re W n" % clear]
    for cell in cells:
        bottom = sheet.height_pt - cell.y_pt - shown.height_pt * scale
        window = (cell.x_pt, bottom, shown.width_pt * scale, shown.height_pt * scale)
        # From the page's lower left corner to the corner of what the cell shows of it.
        hidden_below = imposition.page.height_pt - cell.from_y_pt - shown.height_pt
        x, y = cell.x_pt - cell.from_x_pt * scale, bottom - hidden_below * scale
        content.append(b"q %.3f %.3f %.3f %.3f re W n" % window)
        content.append(b"%.6f 0 0 %.6f %.3f %.3f cm /Sheet Do Q" % (scale, scale, x, y))
    content.append(b"Q")
    content.append(_ticks(imposition, cells))
    page = pdf.add_blank_page(page_size=(sheet.width_pt, sheet.height_pt))
    page.obj.Resources = Dictionary(XObject=Dictionary(Sheet=form))
    page.obj.Contents = pdf.make_stream(b"\n".join(content))
    page.trimbox = Array([0, 0, sheet.width_pt, sheet.height_pt])


def _ticks(imposition: Imposition, cells: tuple[Cell, ...]) -> bytes:
    """Return ticks on the lines to cut along, or at the ends of a tile's join."""
    lines = _join_ticks(imposition, cells[0]) if imposition.tiled else _cut_ticks(imposition)
    if not lines:
        return b""
    height = imposition.sheet.height_pt
    path = [
        b"%.3f %.3f m %.3f %.3f l" % (x0, height - y0, x1, height - y1) for x0, y0, x1, y1 in lines
    ]
    return b"q 0.4 w 0 G\n" + b"\n".join(path) + b"\nS Q"


Line = tuple[float, float, float, float]


def _cut_ticks(imposition: Imposition) -> list[Line]:
    """Ticks where cuts begin and end, from a quarter inch inside the sheet's edge."""
    sheet, page = imposition.sheet, imposition.page
    across = _cuts([cell.x_pt for cell in imposition.cells], page.width_pt, sheet.width_pt)
    down = _cuts([cell.y_pt for cell in imposition.cells], page.height_pt, sheet.height_pt)
    lines: list[Line] = []
    for x in across:
        lines.append((x, CLEAR_PT, x, CLEAR_PT + TICK_PT))
        lines.append((x, sheet.height_pt - CLEAR_PT - TICK_PT, x, sheet.height_pt - CLEAR_PT))
    for y in down:
        lines.append((CLEAR_PT, y, CLEAR_PT + TICK_PT, y))
        lines.append((sheet.width_pt - CLEAR_PT - TICK_PT, y, sheet.width_pt - CLEAR_PT, y))
    return lines


def _cuts(starts: list[float], length: float, whole: float) -> list[float]:
    """Return the lines to cut along, the sheet's own edges left out."""
    lines = {round(at, 2) for start in starts for at in (start, start + length)}
    return sorted(at for at in lines if CLEAR_PT < at < whole - CLEAR_PT)


def _join_ticks(imposition: Imposition, cell: Cell) -> list[Line]:
    """Ticks beside both ends of each edge along which a tile meets another."""
    shown, scale, page = imposition.cell, imposition.scale, imposition.page
    left, top = cell.x_pt, cell.y_pt
    right, bottom = left + shown.width_pt * scale, top + shown.height_pt * scale
    lines: list[Line] = []
    joins_down = {
        top: cell.from_y_pt > 0,
        bottom: cell.from_y_pt + shown.height_pt < page.height_pt - 1,
    }
    for y in (y for y, joins in joins_down.items() if joins):
        length = min(TICK_PT, left - CLEAR_PT)
        lines += [(left - length, y, left, y), (right, y, right + length, y)]
    joins_across = {
        left: cell.from_x_pt > 0,
        right: cell.from_x_pt + shown.width_pt < page.width_pt - 1,
    }
    for x in (x for x, joins in joins_across.items() if joins):
        length = min(TICK_PT, top - CLEAR_PT)
        lines += [(x, top - length, x, top), (x, bottom, x, bottom + length)]
    return lines
