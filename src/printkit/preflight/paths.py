"""Paths: their pieces' bounds, and what filling, stroking and clipping with them paints."""

from typing import Any

from printkit.preflight.geometry import Box, around, grown, moved, scale_of
from printkit.preflight.patterns import put
from printkit.preflight.walk import Handlers, Walk

_HAIR_PT = 0.02
"""Half of what a line of no width is as good as."""


def _close_piece(walk: Walk) -> None:
    """Put the piece that was being drawn with the others."""
    line = walk.line
    if len(line) > 2:
        xs, ys = line[::2], line[1::2]
        walk.path.append((min(xs), min(ys), max(xs), max(ys)))
    walk.line = []


def _move(walk: Walk, operands: list[Any]) -> None:
    if len(walk.line) > 2:
        _close_piece(walk)
    x, y = operands
    walk.line = [x, y]


def _on(walk: Walk, operands: list[Any]) -> None:
    """Take a line or a curve: its points bound it."""
    walk.line += operands


def _rectangle(walk: Walk, operands: list[Any]) -> None:
    if len(walk.line) > 2:
        _close_piece(walk)
    walk.line = []
    x, y, width, height = operands
    u, v = x + width, y + height
    walk.path.append((x if x < u else u, y if y < v else v, u if x < u else x, v if y < v else y))


def _clip(walk: Walk, _: list[Any]) -> None:
    walk.clipping = True


def _finish(walk: Walk) -> None:
    """End the path: what waits to be clipped is clipped to it."""
    if walk.clipping:
        _close_piece(walk)
        box = around(walk.path) if walk.path else None
        walk.clip(moved(box, walk.state.ctm) if box is not None else None)
        walk.clipping = False
    walk.path, walk.line = [], []


def _paint(*, fill: bool, stroke: bool) -> Any:
    def paint(walk: Walk, _: list[Any]) -> None:
        is_plain = not walk.line
        _close_piece(walk)
        try:
            if walk.path:
                if fill:
                    _fill(walk, is_plain)
                if stroke:
                    _stroke(walk)
        finally:
            _finish(walk)

    return paint


def _fill(walk: Walk, is_plain: bool) -> None:
    """Fill the path; one rectangle is as thin as its shorter side."""
    ctm, path = walk.state.ctm, walk.path
    pieces = [moved(piece, ctm) for piece in path] if len(path) > 1 else None
    box = moved(path[0], ctm) if pieces is None else around(pieces)
    size = None
    if pieces is None and is_plain:
        left, bottom, right, top = path[0]
        size = min(right - left, top - bottom) * scale_of(ctm)
    put(walk, "fill", box, pieces=pieces, size_pt=size)


def _stroke(walk: Walk) -> None:
    ctm, path = walk.state.ctm, walk.path
    width = walk.state.line_width * scale_of(ctm)
    half = max(width / 2, _HAIR_PT)
    pieces: list[Box] = [grown(moved(piece, ctm), half) for piece in path]
    box = pieces[0] if len(pieces) == 1 else around(pieces)
    put(walk, "stroke", box, pieces=pieces if len(pieces) > 1 else None, size_pt=width)


HANDLERS: Handlers = {
    b"m": _move,
    b"l": _on,
    b"c": _on,
    b"v": _on,
    b"y": _on,
    b"re": _rectangle,
    b"W": _clip,
    b"W*": _clip,
    b"n": _paint(fill=False, stroke=False),
    b"f": _paint(fill=True, stroke=False),
    b"F": _paint(fill=True, stroke=False),
    b"f*": _paint(fill=True, stroke=False),
    b"S": _paint(fill=False, stroke=True),
    b"s": _paint(fill=False, stroke=True),
    b"B": _paint(fill=True, stroke=True),
    b"B*": _paint(fill=True, stroke=True),
    b"b": _paint(fill=True, stroke=True),
    b"b*": _paint(fill=True, stroke=True),
}
