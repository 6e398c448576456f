"""Makes WeasyPrint paint in an edition's inks while a PDF is written."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf.stream import Stream

from printkit.inks import BLACK, Paint

_BLACK_INK = (0.0, 0.0, 0.0, 1.0)


@contextlib.contextmanager
def painted_with(paint: Paint) -> Iterator[None]:
    """Replace the places where WeasyPrint chooses a colour space, and put them back after.

    In four inks, pure black overprints and nothing else does (GWG 2022 R7-12): letters and lines
    that miss the hole left for them by a hair would show white edges.
    """
    if paint.space == "DeviceRGB":
        yield
        return
    space = f"/{paint.space}"
    ours: dict[str, Any] = {
        "_default_color_space": property(lambda stream: space),
        "set_color_rgb": _colouring(paint),
        "create_interpolation_function": staticmethod(_fading(paint)),
    }
    if paint.space == "DeviceCMYK":
        ours["set_color_special"] = _special
        ours["push_state"] = _pushing(Stream.push_state)
        ours["pop_state"] = _popping(Stream.pop_state)
    with _replaced(ours):
        yield


@contextlib.contextmanager
def _replaced(ours: dict[str, Any]) -> Iterator[None]:
    """Give WeasyPrint's stream other attributes, and put its own back after."""
    own = {name: vars(Stream)[name] for name in ours if name in vars(Stream)}
    for name, value in ours.items():
        setattr(Stream, name, value)
    try:
        yield
    finally:
        for name in ours:
            if name in own:
                setattr(Stream, name, own[name])
            else:  # inherited
                delattr(Stream, name)


def _colouring(paint: Paint) -> Any:
    """Return how a colour becomes the fill's or the stroke's."""
    black, in_inks = BLACK[paint.space], paint.space == "DeviceCMYK"

    def set_color_rgb(
        stream: Stream, red: float, green: float, blue: float, stroke: bool = False
    ) -> None:
        operator = paint.operator(red, green, blue, stroke=stroke)
        if in_inks:
            _set_overprint(stream, operator.lower() == black, stroke=stroke)
        stream.stream.append(operator)

    return set_color_rgb


def _fading(paint: Paint) -> Any:
    """Return how a gradient runs from one colour to the next."""
    own = Stream.create_interpolation_function

    def create_interpolation_function(domain: Any, start: Any, end: Any, power: float) -> Any:
        if len(start) == 3:  # its alpha is one number
            start, end = paint.mix(*start), paint.mix(*end)
        return own(domain, start, end, power)

    return create_interpolation_function


def _special(stream: Stream, name: Any, stroke: bool = False, *inks: float) -> None:
    """Set a colour that a template gives in ink, or a pattern."""
    _set_overprint(stream, not name and inks == _BLACK_INK, stroke=stroke)
    pydyf.Stream.set_color_special(stream, name, stroke, *inks)


def _overprints(stream: Stream) -> list[tuple[bool | None, bool | None]]:
    """Return whether fills and strokes overprint, by level of saved states; None is not known."""
    levels: list[tuple[bool | None, bool | None]]
    levels = stream.__dict__.setdefault("overprints", [(None, None)])
    return levels


def _set_overprint(stream: Stream, on: bool, *, stroke: bool) -> None:
    """Let the fills or the strokes that follow overprint, or not."""
    levels = _overprints(stream)
    fill, line = levels[-1]
    if (line if stroke else fill) is on:
        return
    state = {"Type": "/ExtGState", "OPM": 1}
    if stroke:
        # OP alone would set fills too (ISO 32000-1, table 58).
        fill, line = bool(fill), on
        state |= {"OP": _word(line), "op": _word(fill)}
    else:
        fill = on
        state |= {"op": _word(fill)}
    levels[-1] = fill, line
    key = f"o{int(fill)}{int(on) if stroke else ''}"
    stream._resources["ExtGState"].setdefault(key, pydyf.Dictionary(state))
    pydyf.Stream.set_state(stream, key)


def _word(value: bool) -> str:
    return "true" if value else "false"


def _pushing(own: Any) -> Any:
    def push_state(stream: Stream) -> None:
        levels = _overprints(stream)
        levels.append(levels[-1])
        own(stream)

    return push_state


def _popping(own: Any) -> Any:
    def pop_state(stream: Stream) -> None:
        _overprints(stream).pop()
        own(stream)

    return pop_state
