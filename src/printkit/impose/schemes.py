"""Which page stands in which cell of which sheet, and which way up: arithmetic alone, no PDF."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from printkit.errors import Problem, UserError

Scheme = Literal["n-up", "cut-and-stack", "tri-fold", "saddle-stitch", "work-and-turn"]
SCHEMES: tuple[Scheme, ...] = (
    "n-up",
    "cut-and-stack",
    "tri-fold",
    "saddle-stitch",
    "work-and-turn",
)
FOLDED: tuple[Scheme, ...] = ("tri-fold", "saddle-stitch")
"""Schemes whose pieces are folded, so that it matters from which side they are read."""
Binding = Literal["left", "right"]
Page = int | None
"""Counted from 1 through all that is given; None is a blank."""
Strip = tuple[Page, ...]
"""Pages side by side that stay in one piece, from left to right as they are looked at."""
PANELS = 6
FLAT = 2
"""Pages of a folded sheet that is given laid flat: its outside, then its inside."""
_SPREAD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One piece of the finished work, as long as nothing is cut: a page, a spread, three panels."""

    front: Strip
    back: Strip | None
    """As it is seen when the piece is turned over sideways; None if nothing is printed there."""
    around: int = 0
    """How many leaves lie around it in a booklet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """How many pieces a sheet holds, and how it is turned over."""

    columns: int
    rows: int
    tumbles: bool
    """Whether it is turned over head to foot, not sideways, so that backs stand on their heads."""

    def behind(self, column: int, row: int) -> tuple[int, int]:
        """Return the place that comes to lie behind one, as the back is looked at."""
        if self.tumbles:
            return column, self.rows - 1 - row
        return self.columns - 1 - column, row

    def places(self, binding: Binding) -> tuple[tuple[int, int], ...]:
        """Return the places as they are read, row by row, from the side where reading begins."""
        across = range(self.columns) if binding == "left" else range(self.columns)[::-1]
        return tuple((column, row) for row in range(self.rows) for column in across)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One page in its cell."""

    page: Page
    column: int
    """Of cells, from the left as the side is looked at."""
    row: int
    """From the top."""
    turned: bool
    """Whether it stands on its head."""
    creep: int = 0
    """Steps that it moves towards its spine: to the right if above 0, to the left if below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a sheet."""

    name: Literal["front", "back", "both sides"]
    seats: tuple[Seat, ...]


Sheet = tuple[Side, ...]
"""Its front, and its back if that is printed from another page of the file."""


def sheets_for(
    scheme: Scheme,
    counts: Sequence[int],
    grid: Grid,
    *,
    binding: Binding = "left",
    one_sided: bool = False,
) -> tuple[Sheet, ...]:
    """Return the sheets of a scheme for files of so many pages, in the order of printing.

    Raises UserError where the number of pages does not suit the scheme.
    """
    leaves = leaves_for(scheme, counts, binding=binding, one_sided=one_sided)
    if scheme == "cut-and-stack":
        return tuple(_stacked(leaves, grid, binding))
    if scheme == "work-and-turn":
        return tuple((_shared(leaf, grid, binding),) for leaf in leaves)
    places = grid.places(binding)
    return tuple(_sheet(dict.fromkeys(places, leaf), grid) for leaf in leaves)


def leaves_for(
    scheme: Scheme, counts: Sequence[int], *, binding: Binding = "left", one_sided: bool = False
) -> tuple[Leaf, ...]:
    """Return the pieces that a scheme makes of files of so many pages, in reading order."""
    total = sum(counts)
    if scheme == "saddle-stitch":
        return tuple(_spreads(total, binding))
    if scheme == "tri-fold":
        return (_folded(total, binding),)
    if scheme == "work-and-turn" and (one_sided or total < 2):
        raise UserError(
            Problem(
                what="Work-and-turn prints fronts and backs together, and there is only one page.",
                fix="Give it a front and a back, or take --scheme n-up.",
            )
        )
    return tuple(_cards(counts, one_sided=one_sided or max(counts, default=0) < 2))


def blanks_of(sheets: Iterable[Sheet]) -> int:
    """Return how many cells of the sheets stay blank."""
    return sum(seat.page is None for sheet in sheets for side in sheet for seat in side.seats)


def panels_of(flat_pt: float) -> tuple[float, float, float]:
    """Return the widths of a folded sheet's panels inside, in reading order, in points.

    The panel that is folded in is 1/16 in narrower, so that it does not buckle: on a letter sheet
    3.6875, 3.6875 and 3.625 in, as print shops' templates have it.
    """
    wide = (flat_pt + 4.5) / 3
    return wide, wide, wide - 4.5


def panel_strips(binding: Binding) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Return the panels outside and inside, from left to right: cover, inside, flap, back.

    1 is the cover, 2 to 4 the inside, 5 the flap that is folded in, 6 the back.
    """
    outside, inside = (5, 6, 1), (2, 3, 4)
    if binding == "left":
        return outside, inside
    return outside[::-1], inside[::-1]


def _cards(counts: Sequence[int], *, one_sided: bool) -> Iterator[Leaf]:
    """Yield each file's pages as fronts and backs; an odd file's last back is blank."""
    first = 1
    for count in counts:
        pages = range(first, first + count)
        if one_sided:
            yield from (Leaf(front=(page,), back=None) for page in pages)
        else:
            for page in pages[::2]:
                yield Leaf(front=(page,), back=(page + 1 if page + 1 in pages else None,))
        first += count


def _spreads(total: int, binding: Binding) -> Iterator[Leaf]:
    """Yield a booklet's sheets from the outermost; the pages of a spread add up to one number."""
    whole = -(-total // _SPREAD) * _SPREAD

    def page(number: int) -> Page:
        return number if number <= total else None

    for around in range(whole // _SPREAD):
        low, high = 2 * around + 1, whole - 2 * around
        front, back = (page(high), page(low)), (page(low + 1), page(high - 1))
        if binding == "right":
            front, back = front[::-1], back[::-1]
        yield Leaf(front=front, back=back, around=around)


def _folded(total: int, binding: Binding) -> Leaf:
    if total == FLAT:
        return Leaf(front=(1,), back=(2,))
    if total != PANELS:
        raise UserError(
            Problem(
                what=f"A tri-fold is made of six panels or of two flat sides; there are {total} "
                "pages.",
                fix="Give it the cover, the inside from where reading begins, the flap and the "
                "back, or the flat outside and inside.",
            )
        )
    outside, inside = panel_strips(binding)
    return Leaf(front=outside, back=inside)


def _stacked(leaves: Sequence[Leaf], grid: Grid, binding: Binding) -> Iterator[Sheet]:
    """Yield sheets whose stacks, once cut and piled up in order, read on from one to the next."""
    places = grid.places(binding)
    high = -(-len(leaves) // len(places))
    for number in range(high):
        stacks = range(number, len(places) * high, high)
        filled = {
            place: leaves[at] if at < len(leaves) else _blank_like(leaves[0])
            for place, at in zip(places, stacks, strict=True)
        }
        yield _sheet(filled, grid)


def _blank_like(leaf: Leaf) -> Leaf:
    return Leaf(front=(None,), back=None if leaf.back is None else (None,))


def _sheet(filled: dict[tuple[int, int], Leaf], grid: Grid) -> Sheet:
    """Return a sheet's sides: each back behind its own front."""
    front = chain.from_iterable(
        _seats(leaf.front, place, leaf, turned=False) for place, leaf in filled.items()
    )
    side = Side(name="front", seats=tuple(front))
    if all(leaf.back is None for leaf in filled.values()):
        return (side,)
    back = chain.from_iterable(
        _seats(leaf.back, grid.behind(*place), leaf, turned=grid.tumbles)
        for place, leaf in filled.items()
        if leaf.back is not None
    )
    return side, Side(name="back", seats=tuple(back))


def _shared(leaf: Leaf, grid: Grid, binding: Binding) -> Side:
    """Return the one side that is printed twice: fronts on one half, their backs on the other."""
    halved = grid.rows if grid.tumbles else grid.columns
    if halved % 2:
        which = "rows" if grid.tumbles else "columns"
        raise UserError(
            Problem(
                what=f"Work-and-turn needs as many backs as fronts, and {halved} {which} "
                "cannot be halved.",
                fix=f"Give --up an even number of {which}.",
            )
        )
    assert leaf.back is not None  # one-sided work is refused before
    seats: list[Seat] = []
    for place in grid.places(binding):
        at = place[1] if grid.tumbles else place[0]
        begins = binding == "left" or grid.tumbles
        if (at < halved // 2) == begins:
            seats += _seats(leaf.front, place, leaf, turned=False)
            seats += _seats(leaf.back, grid.behind(*place), leaf, turned=grid.tumbles)
    return Side(name="both sides", seats=tuple(seats))


def _seats(strip: Strip, place: tuple[int, int], leaf: Leaf, *, turned: bool) -> Iterator[Seat]:
    """Yield the cells of a strip in its place; turned, it is read from the right."""
    column, row = place
    for at, page in enumerate(strip[::-1] if turned else strip):
        towards = (1, -1)[at] if len(strip) == 2 else 0
        yield Seat(
            page=page,
            column=column * len(strip) + at,
            row=row,
            turned=turned,
            creep=towards * leaf.around,
        )
