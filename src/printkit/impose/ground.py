"""Where the cells of a sheet lie: how many pieces fit, how far apart, and what is missing."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from printkit.errors import Problem, UserError
from printkit.impose.copier import CLEAR_PT
from printkit.impose.schemes import Grid
from printkit.lengths import Size, inches

Flip = Literal["long", "short"]
"""The edge of the sheet over which it is turned."""
Up = tuple[int, int]
"""Pieces across and down."""
Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from a lower left corner."""
_HAIR = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stays in one piece: a page, a spread, or the panels of a folded sheet."""

    widths: tuple[float, ...]
    """Of its pages on the front, from left to right, in points."""
    height: float

    @property
    def size(self) -> Size:
        """The size of the whole piece, trimmed."""
        return Size(width_pt=sum(self.widths), height_pt=self.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A sheet with the cells of its front and its back, set in the middle."""

    sheet: Size
    block: Block
    grid: Grid
    gutter: float
    """Between pieces, in points."""
    bleed: float
    """What the pages have beyond their trim, at the most, in points."""

    @property
    def trims(self) -> Box:
        """The box round all trims."""
        size, across, down = self.block.size, self.grid.columns, self.grid.rows
        width = across * size.width_pt + (across - 1) * self.gutter
        height = down * size.height_pt + (down - 1) * self.gutter
        left = (self.sheet.width_pt - width) / 2
        bottom = (self.sheet.height_pt - height) / 2
        return left, bottom, left + width, bottom + height

    @property
    def bleeds(self) -> Box:
        """The box round all that is printed of the pages, no larger than the sheet."""
        left, bottom, right, top = self.trims
        across, down = min(self.bleed, max(left, 0)), min(self.bleed, max(bottom, 0))
        return left - across, bottom - down, right + across, top + down

    def cell(self, column: int, row: int, *, back: bool) -> Box:
        """Return the trim of a cell, counted as a seat counts."""
        widths = self.widths(back=back)
        piece, at = divmod(column, len(widths))
        left, _, _, top = self.trims
        size = self.block.size
        begins = left + piece * (size.width_pt + self.gutter) + sum(widths[:at])
        upper = top - row * (size.height_pt + self.gutter)
        return begins, upper - size.height_pt, begins + widths[at], upper

    def window(self, column: int, row: int, *, back: bool) -> Box:
        """Return what may be printed of a cell's page: to the fold, or half into the gutter."""
        count = len(self.block.widths)
        piece, at = divmod(column, count)
        left, bottom, right, top = self.cell(column, row, back=back)
        outer = self.bleeds
        half = self.gutter / 2
        return (
            left if at else (left - half if piece else outer[0]),
            bottom - half if row < self.grid.rows - 1 else outer[1],
            right if at < count - 1 else (right + half if piece < self._last else outer[2]),
            top + half if row else outer[3],
        )

    def widths(self, *, back: bool) -> tuple[float, ...]:
        """Return the widths of a piece's pages from left to right on a side."""
        mirrored = back and not self.grid.tumbles
        return self.block.widths[::-1] if mirrored else self.block.widths

    def cuts(self) -> tuple[list[float], list[float]]:
        """Return where to cut, from the sheet's left edge and from its lower edge, in points."""
        left, bottom, _, _ = self.trims
        size = self.block.size
        return (
            _edges(left, size.width_pt, self.gutter, self.grid.columns),
            _edges(bottom, size.height_pt, self.gutter, self.grid.rows),
        )

    def folds(self, widths: tuple[float, ...]) -> list[float]:
        """Return where pieces of panels so wide are folded, from the sheet's left edge."""
        left, step = self.trims[0], self.block.size.width_pt + self.gutter
        return [
            left + piece * step + fold
            for piece in range(self.grid.columns)
            for fold in list(accumulate(widths))[:-1]
        ]

    @property
    def _last(self) -> int:
        return self.grid.columns - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a sheet is to hold."""

    sheet: Size
    """Laid as it was named; it may be turned by a quarter if more fits so."""
    block: Block
    gutter: float
    bleed: float
    up: Up | None
    """As many as fit, if it is None."""
    flip: Flip | None
    """The edge that leaves backs upright, if it is None."""
    halved: bool = False
    """Whether fronts and backs share a side, half and half."""


def ground_for(wanted: Wanted) -> Ground:
    """Return the sheet as it is laid for what it is to hold.

    Raises UserError with what does not fit, by how much, and what would.
    """
    laid = (wanted.sheet, wanted.sheet.turned)
    most = max(laid, key=lambda sheet: _product(most_up(wanted, sheet)))
    up = wanted.up or most_up(wanted, most)
    if wanted.up is None:
        fitting = [most] if _product(up) else []
    else:
        fitting = [sheet for sheet in laid if max(_excess(wanted, sheet, up)) <= _HAIR]
    if not fitting:
        raise UserError(_does_not_fit(wanted, most))
    # Where both ways hold the trims, the one that holds the bleed too.
    sheet = min(fitting, key=lambda one: max(_excess(wanted, one, up)) > _HAIR - 2 * wanted.bleed)
    return Ground(
        sheet=sheet,
        block=wanted.block,
        grid=Grid(columns=up[0], rows=up[1], tumbles=tumbles(sheet, wanted.flip)),
        gutter=wanted.gutter,
        bleed=wanted.bleed,
    )


def most_up(wanted: Wanted, sheet: Size) -> Up:
    """Return how many pieces go onto a sheet laid so.

    A page with bleed keeps a quarter of an inch beyond it, which no machine prints on and where
    the marks stand; a page without brings its own white edge.
    """
    room = 2 * (wanted.bleed + CLEAR_PT) if wanted.bleed else 0
    size, gutter = wanted.block.size, wanted.gutter
    columns = int((sheet.width_pt - room + gutter + _HAIR) // (size.width_pt + gutter))
    rows = int((sheet.height_pt - room + gutter + _HAIR) // (size.height_pt + gutter))
    if wanted.halved and tumbles(sheet, wanted.flip):
        rows -= rows % 2
    elif wanted.halved:
        columns -= columns % 2
    return (columns, rows) if columns > 0 and rows > 0 else (0, 0)


def tumbles(sheet: Size, flip: Flip | None) -> bool:
    """Return whether turning a sheet over an edge sets its back on its head."""
    upright = sheet.height_pt >= sheet.width_pt
    return flip is not None and (flip == "long") != upright


def edge_of(ground: Ground) -> Flip:
    """Return the edge over which a sheet is turned."""
    upright = ground.sheet.height_pt >= ground.sheet.width_pt
    return "long" if upright != ground.grid.tumbles else "short"


def _product(up: Up) -> int:
    return up[0] * up[1]


def _excess(wanted: Wanted, sheet: Size, up: Up) -> tuple[float, float]:
    """Return by how much the trims are too wide and too high for a sheet, in points."""
    size, gutter = wanted.block.size, wanted.gutter
    return (
        up[0] * size.width_pt + (up[0] - 1) * gutter - sheet.width_pt,
        up[1] * size.height_pt + (up[1] - 1) * gutter - sheet.height_pt,
    )


def _does_not_fit(wanted: Wanted, most: Size) -> Problem:
    up = wanted.up or ((1, 2) if tumbles(most, wanted.flip) else (2, 1))
    up = up if wanted.up or wanted.halved else (1, 1)
    laid = (wanted.sheet, wanted.sheet.turned)
    sheet = min(laid, key=lambda one: max(*_excess(wanted, one, up), 0))
    wide, high = _excess(wanted, sheet, up)
    over = [
        f"{inches(excess):.3g} in too {word}"
        for excess, word in ((wide, "wide"), (high, "high"))
        if excess > _HAIR
    ]
    by = " and ".join(over) or "too large with its bleed and a quarter of an inch round it"
    several = f"{up[0]} × {up[1]} pieces of {wanted.block.size.words} do"
    pieces, are = (
        (several, "they are")
        if _product(up) > 1
        else (f"A piece of {wanted.block.size.words} does", "it is")
    )
    what = f"{pieces} not fit a sheet of {sheet.words}: {are} {by}."
    best = most_up(wanted, most)
    if not _product(best):
        return Problem(what=what, fix="Take a larger sheet or a smaller trim.")
    fix = f"At most --up {best[0]}x{best[1]} fits, on the sheet laid {most.words}."
    return Problem(what=what, fix=fix)


def _edges(start: float, length: float, gutter: float, count: int) -> list[float]:
    """Return both edges of each piece in a row; where two touch, one."""
    edges = {
        round(start + at * (length + gutter) + far, 3) for at in range(count) for far in (0, length)
    }
    return sorted(edges)
