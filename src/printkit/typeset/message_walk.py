"""Walks a marked document's boxes for where each message stands, and what room it has."""

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from weasyprint.formatting_structure import boxes

from printkit.places import Place
from printkit.typeset.extents import Extent, border, fixed_height, padding
from printkit.typeset.layout import MessagePlace
from printkit.typeset.walk import PT_PER_PX, TOLERANCE_PX, Walk

MARK = "data-message"
"""What the elements around marked messages bear."""
_ROLES = {"h1": "headline", "h2": "heading", "h3": "heading", "li": "list item"}
_NO_LETTERS = ("Mn", "Me", "Cf", "Zs", "Zl", "Cc")


@dataclass(slots=True, kw_only=True)
class _Said:
    """One message in the making."""

    mark: str
    around: tuple[Any, ...]
    """The boxes around its first line, the outermost first."""
    line_px: float
    font_px: float
    lines: list[tuple[Place, int]] = field(default_factory=list)
    beyond_px: float = 0


class MessageWalk(Walk):
    """A walk that also gathers messages: every line of each, and the boxes that hold it."""

    def __init__(self, *, safe_pt: float) -> None:
        super().__init__(safe_pt=safe_pt)
        self._around: list[Any] = []
        self._reach: dict[Any, Extent] = {}
        """How far each box's content goes."""
        self._matrix: dict[Any, Any] = {}
        self._said: dict[Any, _Said] = {}

    def messages(self) -> tuple[MessagePlace, ...]:
        """Return every message that was seen, in the order of the sheet."""
        return tuple(self._message(said) for said in self._said.values())

    def _visit(self, box: Any, matrix: Any) -> Extent | None:
        self._around.append(getattr(box, "_box", box))
        try:
            return super()._visit(box, matrix)
        finally:
            self._around.pop()

    def _content(self, box: Any, matrix: Any) -> Extent | None:
        self._matrix[box] = matrix
        extent = super()._content(box, matrix)
        if extent is not None:
            self._reach.setdefault(box, extent)
        return extent

    def _held(self, box: Any, extent: Extent, matrix: Any) -> Extent:
        self._reach[box] = extent  # as it is, before the box's own edges cut it
        return super()._held(box, extent, matrix)

    def _line(self, line: Any, matrix: Any) -> Extent | None:
        seen: dict[Any, list[Any]] = {}
        for element, text in _texts(line, self._marked_around()):
            seen.setdefault(element, []).append(text)
        for element, texts in seen.items():
            self._gather(element, line, texts, matrix)
        return super()._line(line, matrix)

    def _marked_around(self) -> Any:
        for box in reversed(self._around):
            if box.element is not None and box.element.get(MARK):
                return box.element
        return None

    def _gather(self, element: Any, line: Any, texts: list[Any], matrix: Any) -> None:
        letters = sum(_letters(text.text) for text in texts)
        if not letters:
            return
        if element not in self._said:
            self._said[element] = _Said(
                mark=element.get(MARK),
                around=tuple(self._around[:-1]),
                line_px=line.height,
                font_px=texts[0].style["font_size"],
            )
        said = self._said[element]
        left = min(text.position_x for text in texts)
        right = max(text.position_x + text.width for text in texts)
        extent = Extent(left, line.position_y, right, line.position_y + line.height)
        said.lines.append((self._place(extent, matrix), letters))
        column = self._around[-2]
        start = column.content_box_x()
        past = self._past_safe(extent, matrix)
        sides = start - left, right - (start + column.width), past["left"], past["right"]
        said.beyond_px = max(said.beyond_px, *sides)

    def _message(self, said: _Said) -> MessagePlace:
        fixed = (one.element is not None and fixed_height(one) for one in reversed(said.around))
        at = len(said.around) - 1 - next((up for up, is_so in enumerate(fixed) if is_so), 0)
        holder = said.around[at]
        box = replace(
            self._place(border(holder), self._matrix.get(holder)), page=said.lines[0][0].page
        )
        roles = [_ROLES[one.element.tag] for one in said.around if _tag(one) in _ROLES]
        return MessagePlace(
            mark=said.mark,
            lines=tuple(place for place, _ in said.lines),
            letters=tuple(letters for _, letters in said.lines),
            role=roles[-1] if roles else "",
            width_pt=round(_line_room(said.around) * PT_PER_PX, 2),
            line_pt=round(said.line_px * PT_PER_PX, 2),
            font_pt=round(said.font_px * PT_PER_PX, 2),
            box=box,
            spare_pt=round(self._spare(said.around[at:]) * PT_PER_PX, 2),
            beyond_pt=round(max(0.0, said.beyond_px - TOLERANCE_PX) * PT_PER_PX, 2),
        )

    def _spare(self, chain: tuple[Any, ...]) -> float:
        """Return how much higher a column could be, from the box that cannot grow down to it.

        Where columns stand side by side, one that is lower than its neighbours has more room.
        """
        holder = chain[0]
        edges, reach = padding(holder), self._reach.get(holder)
        if reach is None:
            return 0.0
        spare = edges.bottom - reach.bottom
        for outer, inner in itertools.pairwise(chain):
            row, column = self._reach.get(outer), self._reach.get(inner)
            if row is None or column is None or not _is_row(outer):
                continue
            spare += max(0.0, (row.bottom - row.top) - (column.bottom - column.top))
            if outer is holder and outer.style["align_items"] == ("center",):
                spare += row.top - edges.top
        return spare


def _texts(line: Any, element: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each text of a line that belongs to a message, with the message's element."""
    for child in line.children:
        child = getattr(child, "_box", child)
        if isinstance(child, boxes.TextBox):
            if element is not None:
                yield element, child
        elif isinstance(child, boxes.InlineBox):
            own = child.element is not None and child.element.get(MARK)
            yield from _texts(child, child.element if own else element)


def _line_room(around: tuple[Any, ...]) -> float:
    """Return how wide a line may be; a column as wide as its text may take its row's free space."""
    column, row = around[-1], around[-2]
    width = float(column.width)
    if not _is_row(row):
        return width
    cells = [getattr(cell, "_box", cell) for cell in row.children]
    begins = min(float(cell.position_x) for cell in cells)
    ends = max(float(cell.position_x + cell.margin_width()) for cell in cells)
    return width + max(0.0, float(row.width) - (ends - begins))


def _is_row(box: Any) -> bool:
    return isinstance(box, boxes.FlexContainerBox) and box.style["flex_direction"] == "row"


def _letters(text: str) -> int:
    """Return how many letters a reader would count, spaces between them too."""
    shown = sum(unicodedata.category(one) not in _NO_LETTERS for one in text)
    return shown + len(text.split()) - 1 if shown else 0


def _tag(box: Any) -> str:
    return str(box.element.tag) if box.element is not None else ""
