"""Marks in a colour or a pattern: a pattern's cell is read like a page, a shading for its inks."""

from collections.abc import Sequence
from typing import Any, Literal

import pikepdf
from pikepdf import Stream

from printkit.preflight.colours import Space, ink_total
from printkit.preflight.functions import function_of
from printkit.preflight.geometry import Box, matrix_of, number, times
from printkit.preflight.marking import Paint, Shown
from printkit.preflight.objects import entry, listed_in
from printkit.preflight.shelf import key_of
from printkit.preflight.state import State
from printkit.preflight.walk import Walk, once

_STEPS = 8
"""Places along a shading at which its inks are worked out."""


def put(
    walk: Walk,
    kind: Literal["fill", "stroke", "text"],
    box: Box,
    *,
    lined: bool = False,
    pieces: list[Box] | None = None,
    size_pt: float | None = None,
    shown: Shown | None = None,
    hidden: Any = "",
) -> None:
    """Put a mark down in the state's colour or pattern; text is lined for strokes."""
    state = walk.state
    lined = lined or kind == "stroke"
    paint = walk.shelf.paints.stroke(state) if lined else walk.shelf.paints.fill(state)
    pattern = state.stroke_pattern if lined else state.fill_pattern
    how: dict[str, Any] = {"pieces": pieces, "size_pt": size_pt, "shown": shown, "hidden": hidden}
    if paint.space.family != "Pattern" or pattern is None:
        walk.add(kind, box, paint, **how)
    elif entry(pattern, "/PatternType") == 2:
        walk.add(kind, box, shaded(walk, entry(pattern, "/Shading")), **how)
    else:
        mark = walk.add(kind, box, paint, **how)
        if mark is not None and mark.shows and isinstance(pattern, Stream):
            _tile(walk, pattern, paint, mark.box)


def _tile(walk: Walk, pattern: Any, paint: Paint, box: Box) -> None:
    """Read a tiling pattern's cell: each of its marks may stand anywhere in the box."""
    matrix = times(matrix_of(listed_in(pattern.get("/Matrix"))), walk.base)
    state = State(matrix, box)
    outer = walk.state
    state.group_alpha = outer.group_alpha * outer.fill_alpha
    state.group_soft = outer.group_soft or outer.soft
    state.group_blend = outer.blend if outer.blend != "Normal" else outer.group_blend
    if number(pattern.get("/PaintType"), 1) == 2 and paint.space.base is not None:
        state.fixed = True
        state.fill_space = state.stroke_space = paint.space.base
        state.fill = state.stroke = paint.components
    if once(walk, "tile", key_of(pattern), state.fill, tuple(map(round, box))):
        walk.inside(pattern, pattern.get("/Resources"), state, frame=box)


def shaded(walk: Walk, shading: Any) -> Paint:
    """Return the paint of a shading: of its colours, the one of the most ink."""
    space = walk.resources.space(entry(shading, "/ColorSpace"))
    colours = _colours(shading, space)
    totals = [(ink_total(space, colour) or 0.0, colour) for colour in colours]
    darkest = max(totals)[1] if totals else ()
    return walk.shelf.paints.of(space, darkest, walk.state)


def _colours(shading: Any, space: Space) -> Sequence[tuple[float, ...]]:
    """Return colours along a shading, as far as its functions tell."""
    function = function_of(entry(shading, "/Function"))
    if function is None or entry(shading, "/ShadingType") not in (2, 3):
        return ()
    ends = [number(one) for one in listed_in(entry(shading, "/Domain"))] or [0.0, 1.0]
    try:
        steps = (ends[0] + (ends[1] - ends[0]) * step / _STEPS for step in range(_STEPS + 1))
        found = [tuple(function([step]))[: space.size] for step in steps]
    except (ValueError, IndexError, pikepdf.PdfError):
        return ()
    return [colour for colour in found if len(colour) == space.size]
