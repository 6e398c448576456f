"""What sets the graphics state: matrices, lines, colours, and the dictionaries of `gs`."""

from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from printkit.preflight.colours import CMYK, GRAY, RGB, Space
from printkit.preflight.forms import read_mask
from printkit.preflight.geometry import number, times
from printkit.preflight.objects import listed_in
from printkit.preflight.walk import Handlers, Walk

_DEEPEST_STACK = 20_000
_PLAIN = {
    "/LW": ("line_width",),
    "/CA": ("stroke_alpha",),
    "/ca": ("fill_alpha",),
    "/OPM": ("over_mode",),
}


def _save(walk: Walk, _: list[Any]) -> None:
    if len(walk.stack) < _DEEPEST_STACK:
        walk.stack.append(walk.state.copy())
    else:
        walk.trouble(f"It saves its state more than {_DEEPEST_STACK:,} times.")


def _restore(walk: Walk, _: list[Any]) -> None:
    if walk.stack:
        walk.state = walk.stack.pop()


def _transform(walk: Walk, operands: list[Any]) -> None:
    a, b, c, d, e, f = operands
    walk.state.ctm = times((a, b, c, d, e, f), walk.state.ctm)


def _line_width(walk: Walk, operands: list[Any]) -> None:
    walk.state.line_width = abs(float(operands[0]))


def _fill(walk: Walk, space: Space, colour: tuple[float, ...]) -> None:
    state = walk.state
    if not state.fixed:
        state.fill_space, state.fill, state.fill_pattern = space, colour, None


def _stroke(walk: Walk, space: Space, colour: tuple[float, ...]) -> None:
    state = walk.state
    if not state.fixed:
        state.stroke_space, state.stroke, state.stroke_pattern = space, colour, None


def _device(set_: Any, space: Space) -> Any:
    def device(walk: Walk, operands: list[Any]) -> None:
        colour = tuple(operands)
        if len(colour) == space.size:
            set_(walk, space, colour)

    return device


def _fill_space(walk: Walk, operands: list[Any]) -> None:
    space = walk.resources.space(operands[0])
    _fill(walk, space, space.start())


def _stroke_space(walk: Walk, operands: list[Any]) -> None:
    space = walk.resources.space(operands[0])
    _stroke(walk, space, space.start())


def _fill_colour(walk: Walk, operands: list[Any]) -> None:
    _fill(walk, walk.state.fill_space, _numbers(operands))
    if operands and isinstance(operands[-1], str) and not walk.state.fixed:
        walk.state.fill_pattern = walk.resources.named("/Pattern", operands[-1])


def _stroke_colour(walk: Walk, operands: list[Any]) -> None:
    _stroke(walk, walk.state.stroke_space, _numbers(operands))
    if operands and isinstance(operands[-1], str) and not walk.state.fixed:
        walk.state.stroke_pattern = walk.resources.named("/Pattern", operands[-1])


def _numbers(operands: list[Any]) -> tuple[float, ...]:
    return tuple(one for one in operands if isinstance(one, float))


def _settings(walk: Walk, operands: list[Any]) -> None:
    """Take over what a dictionary of graphics states says."""
    state = walk.state
    made = walk.resources.kept("/ExtGState", operands[0], _changes) or ()
    for name, value in made:
        setattr(state, name, value)
    named = walk.resources.named("/ExtGState", operands[0])
    if not isinstance(named, Dictionary):
        return
    font = listed_in(named.get("/Font")) if "/Font" in named else []
    if len(font) == 2:
        state.font, state.font_size = walk.shelf.face(font[0]), number(font[1])
    mask = named.get("/SMask") if state.soft else None
    group = mask.get("/G") if isinstance(mask, Dictionary) else None
    if isinstance(group, Stream):
        read_mask(walk, group)


def _changes(made: Any) -> tuple[tuple[str, Any], ...]:
    """Return what a graphics state dictionary changes, as the names and values of ours."""
    if not isinstance(made, Dictionary):
        return ()
    found: list[tuple[str, Any]] = []
    for key, names in _PLAIN.items():
        if key in made:
            found += [(name, number(made.get(key))) for name in names]
    if "/OP" in made:
        found.append(("stroke_over", bool(made.get("/OP"))))
    if "/op" in made or "/OP" in made:
        found.append(("fill_over", bool(made.get("/op", made.get("/OP")))))
    if "/SMask" in made:
        found.append(("soft", isinstance(made.get("/SMask"), Dictionary)))
    blend = made.get("/BM")
    if isinstance(blend, Array) and len(blend):
        blend = blend[0]
    if isinstance(blend, Name):
        found.append(("blend", str(blend)[1:].replace("Compatible", "Normal")))
    return tuple(found)


HANDLERS: Handlers = {
    b"q": _save,
    b"Q": _restore,
    b"cm": _transform,
    b"w": _line_width,
    b"gs": _settings,
    b"g": _device(_fill, GRAY),
    b"rg": _device(_fill, RGB),
    b"k": _device(_fill, CMYK),
    b"G": _device(_stroke, GRAY),
    b"RG": _device(_stroke, RGB),
    b"K": _device(_stroke, CMYK),
    b"cs": _fill_space,
    b"CS": _stroke_space,
    b"sc": _fill_colour,
    b"scn": _fill_colour,
    b"SC": _stroke_colour,
    b"SCN": _stroke_colour,
}
