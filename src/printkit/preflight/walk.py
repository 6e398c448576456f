"""The worksheet of one page's reading: where the reader is, and the marks found so far."""

from collections.abc import Callable, Iterable
from typing import Any

import pikepdf

from printkit.preflight.geometry import Box, Matrix, common, moved, number, overlaps
from printkit.preflight.marking import Hidden, Kind, Mark, Page, Paint, Picture, Shown
from printkit.preflight.shelf import Resources, Shelf
from printkit.preflight.state import State
from printkit.preflight.surface import Surface
from printkit.preflight.tokens import Operation

Handler = Callable[["Walk", list[Any]], None]
Handlers = dict[bytes, Handler]

MOST_OPERATIONS = 1_000_000
"""On one page, forms counted as often as they are drawn."""
MOST_MARKS = 200_000
DEEPEST = 28
NO_SENSE = (
    ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError,
    pikepdf.PdfError, NotImplementedError,
)  # fmt: skip
_CLEAR = 0.001
_PARTS = 2_000


class Walk:
    """Where the reading of a page is."""

    __slots__ = (
        "base", "clipping", "depth", "frame", "handlers", "left", "line", "marks", "masks", "off",
        "page", "path", "resources", "seen", "senseless", "shelf", "stack", "state", "surface",
        "tags", "text", "text_clips", "troubles", "within",
    )  # fmt: skip

    def __init__(self, page: Page, shelf: Shelf, resources: Resources, handlers: Handlers) -> None:
        self.page, self.shelf, self.resources, self.handlers = page, shelf, resources, handlers
        self.state = State((1.0, 0.0, 0.0, 1.0, 0.0, 0.0), page.media)
        self.base: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        """From where patterns are placed: the page, or the form that is drawn."""
        self.stack: list[State] = []
        self.path: list[Box] = []
        """The pieces of the path, in the space of the content."""
        self.line: list[float] = []
        """The piece that is being drawn: x, y, x, y…"""
        self.clipping = False
        self.text: list[Matrix] = [(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)] * 2
        """The matrix of the text, and that of its line."""
        self.text_clips: list[Box] | None = None
        self.marks: list[Mark] = []
        self.surface = Surface()
        self.frame: Box | None = None
        """Inside a pattern or a glyph: the area that it fills."""
        self.depth = self.off = self.masks = self.senseless = 0
        self.tags: list[bool] = []
        self.within: list[tuple[int, int]] = []
        """The forms that are being drawn, the innermost last."""
        self.left = MOST_OPERATIONS
        self.seen: set[tuple[Any, ...]] = set()
        self.troubles: list[str] = []

    def read(self, operations: Iterable[Operation]) -> None:
        """Do the work of operations, one after the other."""
        find = self.handlers.get
        for operator, operands in operations:
            self.left -= 1
            if self.left < 0:
                if len(self.marks) < MOST_MARKS:
                    self.trouble(f"It takes more than {MOST_OPERATIONS:,} operations.")
                return
            handler = find(operator)
            if handler is not None:
                try:
                    handler(self, operands)
                except NO_SENSE:
                    self.senseless += 1

    def inside(
        self, stream: Any, resources: Any, state: State, *, frame: Box | None = None
    ) -> None:
        """Read a stream that is drawn here, and come back to where this one was."""
        if self.depth >= DEEPEST:
            self.trouble(f"It is nested deeper than {DEEPEST} forms.")
            return
        if self.left < 0:
            return
        outer = (self.resources, self.state, self.stack, self.tags, self.off, self.frame,
                 self.text, self.text_clips, self.base)  # fmt: skip
        if resources is not None:
            self.resources = self.shelf.resources(resources)
        self.state, self.stack, self.tags, self.path, self.line = state, [], [], [], []
        self.frame, self.base = frame or self.frame, state.ctm
        self.depth += 1
        self.read(self.shelf.operations(stream))
        self.depth -= 1
        self.path, self.line, self.clipping = [], [], False
        (self.resources, self.state, self.stack, self.tags, self.off, self.frame,
         self.text, self.text_clips, self.base) = outer  # fmt: skip

    def trouble(self, words: str) -> None:
        """Say once why the page was not read to its end."""
        if words not in self.troubles:
            self.troubles.append(words)

    def clip(self, box: Box | None) -> None:
        """Let only what lies in a box show from here on."""
        clip = self.state.clip
        self.state.clip = common(clip, box) if clip is not None and box is not None else None

    def add(
        self,
        kind: Kind,
        box: Box,
        paint: Paint,
        *,
        size_pt: float | None = None,
        pieces: list[Box] | None = None,
        shown: Shown | None = None,
        picture: Picture | None = None,
        hidden: Hidden = "",
    ) -> Mark | None:
        """Put a mark down, clipped to what can show of it, with what lies under it."""
        if len(self.marks) >= MOST_MARKS:
            self.trouble(f"It holds more than {MOST_MARKS:,} marks.")
            self.left = 0
            return None
        if self.frame is not None:
            box, pieces = self.frame, None
        hidden = hidden or self._hidden(kind, box, paint)
        parts: tuple[Box, ...] = ()
        if not hidden:
            clip = self.state.clip or box
            if pieces is not None and 1 < len(pieces) <= _PARTS:
                shares = (common(part, clip) for part in pieces)
                parts = tuple(share for share in shares if share is not None)
                if not parts:
                    hidden = "clipped"
            box = common(box, clip) or box
        under = None
        if not hidden and self.frame is None:
            lies_on = paint.white or paint.clear or paint.overprint
            if lies_on or kind in ("text", "stroke") or size_pt is not None:
                under = self.surface.under(box)
            if paint.white and not self.surface.shows_white(box):
                hidden = "white on nothing"
        mark = Mark(page=self.page.number, kind=kind, box=box, paint=paint, hidden=hidden,
                    size_pt=size_pt, under=under, parts=parts, pieces=len(pieces or (1,)),
                    shown=shown, picture=picture)  # fmt: skip
        self.marks.append(mark)
        if not hidden and self.frame is None:
            self._put_down(mark)
        return mark

    def _hidden(self, kind: Kind, box: Box, paint: Paint) -> Hidden:
        if self.masks:
            return "mask"
        if self.off:
            return "layer"
        if paint.space.inks and all(ink == "None" for ink in paint.space.inks):
            return "no ink"
        if not _meets(box, self.page.media):
            return "off the page"
        if self.state.clip is None or not _meets(box, self.state.clip):
            return "clipped"
        return "transparent" if paint.alpha <= _CLEAR else ""

    def _put_down(self, mark: Mark) -> None:
        """Remember a mark: one whole area as what others stand on."""
        if mark.kind in ("fill", "image", "shading") and mark.pieces == 1:
            self.surface.area(mark.box, mark.paint)
        elif not mark.paint.white:
            self.surface.other(mark.box)


def _meets(box: Box, room: Box) -> bool:
    """Tell whether a box, be it as thin as a line, shows in a room."""
    if overlaps(box, room):
        return True
    flat = box[0] == box[2] or box[1] == box[3]
    return flat and common(box, room) is not None


def placed(box: Any, matrix: Matrix) -> Box | None:
    """Return a BBox of a form or pattern on the page; None for what is none."""
    try:
        left, bottom, right, top = (number(edge) for edge in box)
    except (TypeError, ValueError):
        return None
    return moved((min(left, right), min(bottom, top), max(left, right), max(bottom, top)), matrix)


def once(walk: Walk, *what: Any) -> bool:
    """Tell whether something is met for the first time on a page."""
    if what in walk.seen:
        return False
    walk.seen.add(what)
    return True
