"""What stands on a sheet beside its pages: ticks to cut and fold by, register marks, the slug."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from printkit.impose.ground import Box, Ground
from printkit.latin import Face

Line = tuple[float, float, float, float]
GAP_PT = 3.0
"""Between what is printed of the pages and the marks."""
TICK_PT = 12.0
SLUG_PT = 6.0
"""The slug's size of letters."""
_ROW_PT = 9.0
"""What the slug takes beyond the ticks."""
LEAST_ROOM_PT = GAP_PT + 4 + _ROW_PT
"""Less paper than this beyond the bleed holds no slug and no register mark."""
_LEAST_TICK = 4.0
_CIRCLE = 0.5523
"""How far a quarter circle's handles reach, in radii."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slug:
    """A line that tells sheets apart."""

    file: str
    rest: str
    """What follows the file's name, and is never cut short."""
    face: Face


def marks(ground: Ground, folds: Sequence[float], slug: Slug | None, *, cmyk: bool) -> bytes:
    """Return a side's marks as operators, all in black and all outside the bleed.

    `folds` are measured from the sheet's left edge. Where the paper has no room for a mark, it is
    left out. The slug is drawn in the font /Slug.
    """
    return b"\n".join(
        (
            b"q 0.25 w 0 0 0 1 K 0 0 0 1 k" if cmyk else b"q 0.25 w 0 G 0 g",
            _path(_ticks(ground)),
            *_targets(ground, folds),
            b"S [2 2] 0 d",
            _path(_crosswise(ground, folds)),
            b"S [] 0 d",
            _slug(ground, slug) if slug else b"",
            b"Q",
        )
    )


def rooms(ground: Ground) -> tuple[float, float]:
    """Return how much paper is left beyond the bleed, beside the pages and above them."""
    left, bottom, _, _ = ground.bleeds
    return left, bottom


def has_ticks(ground: Ground) -> tuple[bool, bool]:
    """Return whether there is room for ticks beside the pages, and above and below them."""
    beside, above = rooms(ground)
    return _length(beside) > 0, _length(above) > 0


def has_slug(ground: Ground) -> bool:
    """Return whether there is room for the slug."""
    return max(rooms(ground)) >= LEAST_ROOM_PT


def _length(room: float) -> float:
    """Return how long ticks are in a margin: shorter where the slug needs the room too."""
    if room >= LEAST_ROOM_PT:
        return min(TICK_PT, room - GAP_PT - _ROW_PT)
    return min(TICK_PT, room - GAP_PT) if room - GAP_PT >= _LEAST_TICK else 0.0


def _ticks(ground: Ground) -> Iterable[Line]:
    """Yield both ends of every cut."""
    across, down = ground.cuts()
    yield from _crosswise(ground, across)
    beside, _ = rooms(ground)
    length = _length(beside)
    left, right = beside - GAP_PT, ground.sheet.width_pt - beside + GAP_PT
    for y in down if length else ():
        yield left, y, left - length, y
        yield right, y, right + length, y


def _crosswise(ground: Ground, places: Iterable[float]) -> Iterable[Line]:
    """Yield a line above and one below the pages at each place."""
    _, above = rooms(ground)
    length = _length(above)
    low, high = above - GAP_PT, ground.sheet.height_pt - above + GAP_PT
    for x in places if length else ():
        yield x, low, x, low - length
        yield x, high, x, high + length


def _targets(ground: Ground, folds: Sequence[float]) -> Iterable[bytes]:
    """Yield a register mark near the middle of each side, between two ticks."""
    across, down = ground.cuts()
    beside, above = rooms(ground)
    width, height = ground.sheet.width_pt, ground.sheet.height_pt
    if above >= LEAST_ROOM_PT:
        x = _between(sorted([*across, *folds]), width / 2)
        out, radius = above - GAP_PT - _length(above) / 2, _length(above) / 3
        yield _target(x, out, radius)
        yield _target(x, height - out, radius)
    if beside >= LEAST_ROOM_PT:
        y = _between(down, height / 2)
        out, radius = beside - GAP_PT - _length(beside) / 2, _length(beside) / 3
        yield _target(out, y, radius)
        yield _target(width - out, y, radius)


def _between(places: Sequence[float], middle: float) -> float:
    """Return the middle of the gap between two ticks that lies nearest the middle of a side."""
    gaps = [((a + b) / 2, b - a) for a, b in pairwise(places) if b - a >= 2 * TICK_PT]
    return min((at for at, _ in gaps), key=lambda at: (abs(at - middle), at), default=middle)


def _target(x: float, y: float, radius: float) -> bytes:
    """Return a circle with a cross."""
    arm, handle = 1.5 * radius, radius * _CIRCLE
    drawn = [_path([(x - arm, y, x + arm, y), (x, y - arm, x, y + arm)])]
    drawn.append(b"%.3f %.3f m" % (x + radius, y))
    for (a, b), (c, d) in pairwise(((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))):
        drawn.append(
            b"%.3f %.3f %.3f %.3f %.3f %.3f c"
            % (
                x + radius * a + handle * c,
                y + radius * b + handle * d,
                x + radius * c + handle * a,
                y + radius * d + handle * b,
                x + radius * c,
                y + radius * d,
            )
        )
    return b"\n".join(drawn)


def _slug(ground: Ground, slug: Slug) -> bytes:
    """Return the slug beyond the ticks, below the pages or else up along their left side."""
    beside, above = rooms(ground)
    if max(beside, above) < LEAST_ROOM_PT:
        return b""
    trims: Box = ground.trims
    lies = above >= LEAST_ROOM_PT
    room = above if lies else beside
    out = room - GAP_PT - _length(room) - _ROW_PT + 2
    length = trims[2] - trims[0] if lies else trims[3] - trims[1]
    text = slug.face.encoded(_fitting(slug, length))
    shown = b"".join(b"%02x" % code for code in text)
    place = (
        b"1 0 0 1 %.3f %.3f" % (trims[0], out)
        if lies
        else b"0 1 -1 0 %.3f %.3f" % (out + SLUG_PT, trims[1])
    )
    return b"BT /Slug %.1f Tf %s Tm <%s> Tj ET" % (SLUG_PT, place, shown)


def _fitting(slug: Slug, length: float) -> str:
    """Return the slug's words, the file's name as short as the room asks."""
    name = "".join("?" if slug.face.lacks(letter) else letter for letter in slug.file)
    for kept in range(len(name), 0, -1):
        shown = name if kept == len(name) else name[:kept] + "…"
        if slug.face.width(f"{shown} · {slug.rest}", SLUG_PT) <= length:
            return f"{shown} · {slug.rest}"
    return slug.rest


def _path(lines: Iterable[Line]) -> bytes:
    return b"\n".join(b"%.3f %.3f m %.3f %.3f l" % line for line in lines)
