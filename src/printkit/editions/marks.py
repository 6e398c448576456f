"""What stands on the paper around a press sheet: marks, a colour bar, and room for the slug."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from printkit.lengths import Size

BLEED_PT = 9.0
MARGIN_PT = 36.0
"""Paper beyond the bleed. Its inner part holds the marks, its outer part colour bar and slug."""
AROUND_PT = BLEED_PT + MARGIN_PT
SLUG_PT = 13.0
"""How high the slug's room is, along the paper's lower edge."""
_EDGE_PT = 3.0
"""Between the paper's edge and what stands next to it."""
_GAP_PT = 3.0
"""Between the bleed and the marks."""
_LENGTH_PT = 18.0
_FOLD_PT = 12.0
_TARGET_PT = 4.0
"""The radius of a registration mark."""
_PATCH_PT = 9.0
_PATCHES = ("1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 1", ".5 0 0 0", "0 .5 0 0", "0 0 .5 0")
_CIRCLE = 0.5523
"""How far a quarter circle's handles reach, in radii."""

Line = tuple[float, float, float, float]


def marks(trim: Size, *, folds: Sequence[float] = ()) -> bytes:
    """Return all marks as operators, the origin at the paper's lower left corner.

    `folds` are the distances of folds from the trim's left edge, in points. Nothing stands in the
    bleed. Registration marks stand in all four inks; the rest is black.
    """
    return b"\n".join(
        (
            b"q 0.25 w 0 0 0 1 K",
            _path(_crops(trim)),
            b"S [2 2] 0 d",
            _path(_folds(trim, folds)),
            b"S [] 0 d 1 1 1 1 K",
            *_targets(trim, folds),
            b"S",
            *_bar(trim),
            b"Q",
        )
    )


def slug_room(trim: Size) -> tuple[float, float, float, float]:
    """Return where the slug stands on the paper: x, y, width and height."""
    return _EDGE_PT, 0.0, trim.width_pt + 2 * (AROUND_PT - _EDGE_PT), SLUG_PT


def _crops(trim: Size) -> Iterable[Line]:
    """Two lines at each of the trim's corners."""
    near, far = MARGIN_PT - _GAP_PT, MARGIN_PT - _GAP_PT - _LENGTH_PT
    width, height = trim.width_pt, trim.height_pt
    right, top = width + 2 * AROUND_PT, height + 2 * AROUND_PT
    for x in (AROUND_PT, AROUND_PT + width):
        yield x, near, x, far
        yield x, top - near, x, top - far
    for y in (AROUND_PT, AROUND_PT + height):
        yield near, y, far, y
        yield right - near, y, right - far, y


def _folds(trim: Size, folds: Sequence[float]) -> Iterable[Line]:
    """A dashed line above and below the sheet wherever it is folded."""
    near, far = MARGIN_PT - _GAP_PT, MARGIN_PT - _GAP_PT - _FOLD_PT
    top = trim.height_pt + 2 * AROUND_PT
    for fold in folds:
        x = AROUND_PT + fold
        yield x, near, x, far
        yield x, top - near, x, top - far


def _targets(trim: Size, folds: Sequence[float]) -> Iterable[bytes]:
    """A registration mark in the middle of each side, or beside a fold that stands there."""
    width, height = trim.width_pt, trim.height_pt
    out = MARGIN_PT - _GAP_PT - 1.5 * _TARGET_PT
    across = AROUND_PT + width / 2
    while any(abs(AROUND_PT + fold - across) < 3 * _TARGET_PT for fold in folds):
        across += 3 * _TARGET_PT
    for y in (out, height + 2 * AROUND_PT - out):
        yield _target(across, y)
    for x in (out, width + 2 * AROUND_PT - out):
        yield _target(x, AROUND_PT + height / 2)


def _target(x: float, y: float) -> bytes:
    """Return a circle and a cross."""
    arm, radius, handle = 1.5 * _TARGET_PT, _TARGET_PT, _TARGET_PT * _CIRCLE
    cross = _path([(x - arm, y, x + arm, y), (x, y - arm, x, y + arm)])
    corners = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))
    circle = [b"%.3f %.3f m" % (x + radius, y)]
    for (a, b), (c, d) in pairwise(corners):
        points = (
            (x + radius * a + handle * c, y + radius * b + handle * d),
            (x + radius * c + handle * a, y + radius * d + handle * b),
            (x + radius * c, y + radius * d),
        )
        circle.append(b"%.3f %.3f %.3f %.3f %.3f %.3f c" % tuple(sum(points, ())))
    return cross + b"\n" + b"\n".join(circle)


def _bar(trim: Size) -> Iterable[bytes]:
    """Patches of each ink, whole and half, along the paper's upper edge."""
    bottom = trim.height_pt + 2 * AROUND_PT - _EDGE_PT - _PATCH_PT
    for number, inks in enumerate((*_PATCHES, "0 0 0 .5")):
        x = AROUND_PT + number * _PATCH_PT
        yield b"%s k %.3f %.3f %.3f %.3f re f" % (inks.encode(), x, bottom, _PATCH_PT, _PATCH_PT)


def _path(lines: Iterable[Line]) -> bytes:
    return b"\n".join(b"%.3f %.3f m %.3f %.3f l" % line for line in lines)


def folds_of(
    panels: Sequence[float], *, pages: int, mirrored: bool
) -> tuple[tuple[float, ...], ...]:
    """Return for each page where it is folded, in points from the trim's left edge.

    `panels` are the widths inside, on even pages, in reading order; the outside, on odd pages, is
    seen from behind. `mirrored` is true of sheets that read from right to left.
    """
    inside = list(accumulate(panels))
    width = inside.pop() if inside else 0.0
    turned = [width - fold for fold in reversed(inside)]
    return tuple(
        tuple(inside if (number % 2 == 0) != mirrored else turned) for number in range(1, pages + 1)
    )
