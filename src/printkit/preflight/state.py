"""The graphics state while content is read: matrix, clip, colours, lines, blending, text."""

from typing import Any

from printkit.preflight.colours import GRAY, Space
from printkit.preflight.geometry import Box, Matrix
from printkit.preflight.marking import Paint, paint_of

_MOST_PAINTS = 20_000


class State:
    """What `q` saves and `Q` brings back; `copy` is the whole of it."""

    __slots__ = (
        "blend", "char_space", "clip", "ctm", "fill", "fill_alpha", "fill_over", "fill_pattern",
        "fill_space", "fixed", "font", "font_size", "group_alpha", "group_blend", "group_soft",
        "leading", "line_width", "mode", "over_mode", "rise", "soft", "stretch", "stroke",
        "stroke_alpha", "stroke_over", "stroke_pattern", "stroke_space", "word_space",
    )  # fmt: skip

    def __init__(self, ctm: Matrix, clip: Box | None) -> None:
        self.ctm = ctm
        self.clip = clip
        """What can show; None for nothing at all."""
        self.fill_space: Space = GRAY
        self.stroke_space: Space = GRAY
        self.fill: tuple[float, ...] = (0.0,)
        self.stroke: tuple[float, ...] = (0.0,)
        self.fill_pattern: Any = None
        self.stroke_pattern: Any = None
        self.fixed = False
        """Whether colours are given from outside: in a stencil pattern or glyph."""
        self.line_width = 1.0
        self.fill_alpha = self.stroke_alpha = 1.0
        self.blend = "Normal"
        self.soft = False
        self.group_alpha, self.group_blend, self.group_soft = 1.0, "Normal", False
        """How the groups around are put down."""
        self.fill_over = self.stroke_over = False
        self.over_mode = 0
        self.char_space = self.word_space = self.leading = self.rise = 0.0
        self.stretch = 1.0
        self.font: Any = None
        self.font_size = 0.0
        self.mode = 0

    def copy(self) -> "State":
        """Return a state like this one."""
        other = State.__new__(State)
        for name in State.__slots__:
            setattr(other, name, getattr(self, name))
        return other

    def group(self) -> None:
        """Begin a transparent group: it is put down as a whole, as the state says by now."""
        self.group_alpha *= self.fill_alpha
        self.group_soft = self.group_soft or self.soft
        if self.blend != "Normal":
            self.group_blend = self.blend
        self.fill_alpha = self.stroke_alpha = 1.0
        self.blend, self.soft = "Normal", False


class Paints:
    """Paints made so far, so that equal ones are one object and worked out once."""

    __slots__ = ("_made",)

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], Paint] = {}

    def fill(self, state: State) -> Paint:
        """Return the paint of fills and text."""
        return self._paint(state.fill_space, state.fill, state.fill_alpha, state.fill_over, state)

    def stroke(self, state: State) -> Paint:
        """Return the paint of lines."""
        return self._paint(
            state.stroke_space, state.stroke, state.stroke_alpha, state.stroke_over, state
        )

    def of(self, space: Space, colour: tuple[float, ...], state: State) -> Paint:
        """Return the paint of something that brings its own colours: a picture or a shading."""
        return self._paint(space, colour, state.fill_alpha, state.fill_over, state)

    def _paint(
        self, space: Space, colour: tuple[float, ...], alpha: float, over: bool, state: State
    ) -> Paint:
        blend = state.blend if state.blend != "Normal" else state.group_blend
        soft, alpha = state.soft or state.group_soft, alpha * state.group_alpha
        key = (space, colour, alpha, over, state.over_mode, blend, soft)
        found = self._made.get(key)
        if found is None:
            if len(self._made) > _MOST_PAINTS:
                self._made.clear()
            found = self._made[key] = paint_of(
                space,
                colour,
                alpha=alpha,
                blend=blend,
                soft=soft,
                overprint=over,
                overprint_mode=state.over_mode,
            )
        return found
