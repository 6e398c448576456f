"""Walks the boxes that WeasyPrint laid out: slots, codes, what sticks out, what was laid out."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from weasyprint.anchors import rectangle_aabb
from weasyprint.formatting_structure import boxes

from printkit.lengths import Size
from printkit.places import Place
from printkit.typeset.extents import Extent, border, fixed_height, inner, padding, sized
from printkit.typeset.layout import (
    FIELD_MARK,
    CodePlace,
    FieldPlace,
    Overflow,
    Side,
    SlotPlace,
    WindowPlace,
)

PT_PER_PX = 0.75
TOLERANCE_PX = 1.0
"""Rounding in layout is nobody's trouble."""
LEADING_PX = 2.0
"""Above and below, a line's own space may leave its box so far: no ink stands in it."""
_TOLERATED: dict[Side, float] = {
    "left": TOLERANCE_PX,
    "right": TOLERANCE_PX,
    "top": LEADING_PX,
    "bottom": LEADING_PX,
}
_SNIPPET = 60
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


class Walk:
    """What a walk over all pages has seen."""

    def __init__(self, *, safe_pt: float) -> None:
        self._safe_px = safe_pt / PT_PER_PX
        self._page = 0
        self._safe = Extent(0, 0, 0, 0)
        self.slots: list[SlotPlace] = []
        self.codes: list[CodePlace] = []
        self.fields: list[FieldPlace] = []
        self.windows: list[WindowPlace] = []
        self.overflows: list[Overflow] = []
        self.text: defaultdict[Any, int] = defaultdict(int)
        """For each element, how many seen characters of its own text stand on pages."""
        self.slot_pages: dict[str, int] = {}
        """For each data-slot-page, the page that it begins on."""
        self._begun: dict[Any, Place] = {}
        """For each box of class "fit", where it begins."""

    def over(self, page: Any) -> None:
        """Walk over one more page."""
        self._page += 1
        gap = self._safe_px
        self._safe = Extent(gap, gap, page.width - gap, page.height - gap)
        self._visit(page._page_box, None)

    def _visit(self, box: Any, matrix: Any) -> Extent | None:
        """Note what a box holds; return how far its content reaches, as its parent sees it."""
        box = getattr(box, "_box", box)  # what an absolutely placed box left in its stead
        own = getattr(box, "transformation_matrix", None)
        if own is not None:
            matrix = own @ matrix if matrix else own
        if isinstance(box, boxes.LineBox):
            extent = self._line(box, matrix)
        else:
            self._note(box, matrix)
            extent = self._content(box, matrix)
        if box.style["position"] in ("absolute", "fixed") or extent is None:
            return None
        return Extent(*rectangle_aabb(own, *sized(extent))) if own is not None else extent

    def _content(self, box: Any, matrix: Any) -> Extent | None:
        if isinstance(box, boxes.ReplacedBox):
            return None if _bleeds(box) else border(box)
        extent: Extent | None = None
        for child in getattr(box, "children", ()):
            reach = self._visit(child, matrix)
            if reach is not None:
                extent = reach.joined(extent)
        if extent is None or box.element is None or _bleeds(box):
            return None if _bleeds(box) else extent
        return self._held(box, extent, matrix)

    def _held(self, box: Any, extent: Extent, matrix: Any) -> Extent:
        """Note where content leaves a box that cannot grow; return what the parent must hold."""
        edges = padding(box)
        past: dict[Side, float] = {}
        if isinstance(box, boxes.BlockContainerBox | boxes.FlexContainerBox):
            past = {"left": edges.left - extent.left, "right": extent.right - edges.right}
        if fixed_height(box):
            past |= {"top": edges.top - extent.top, "bottom": extent.bottom - edges.bottom}
        past = {side: by for side, by in past.items() if by > _TOLERATED[side]}
        if not past:
            return extent
        side = max(past, key=lambda side: past[side])
        self.overflows.append(
            Overflow(
                of="box",
                text=_content_words(box),
                side=side,
                by_pt=round(past[side] * PT_PER_PX, 1),
                place=self._place(border(box), matrix),
            )
        )
        return extent.inside(edges)  # told once; the boxes around it are not at fault

    def _line(self, line: Any, matrix: Any) -> Extent | None:
        """Return a line's reach: its height as set, its width as its content has it."""
        extent: Extent | None = None
        texts = []
        for box in _inline(line):
            if isinstance(box, boxes.TextBox):
                shown = _UNSEEN.sub("", box.text)
                if shown:
                    if box.element is not None and box.element_tag == box.element.tag:
                        self.text[box.element] += len(shown)
                    texts.append(box.text)
                    left = box.position_x
                    right = left + box.width
                    bottom = line.position_y + line.height
                    extent = Extent(left, line.position_y, right, bottom).joined(extent)
            else:
                reach = self._visit(box, matrix)
                extent = reach.joined(extent) if reach is not None else extent
        if texts and extent is not None:
            self._keep_safe(extent, "".join(texts), matrix)
        return extent

    def _past_safe(self, extent: Extent, matrix: Any) -> dict[Side, float]:
        """Return how far a rectangle leaves the safe area on each side."""
        left, top, right, bottom = rectangle_aabb(matrix, *sized(extent))
        return {
            "left": self._safe.left - left,
            "top": self._safe.top - top,
            "right": right - self._safe.right,
            "bottom": bottom - self._safe.bottom,
        }

    def _keep_safe(self, extent: Extent, text: str, matrix: Any) -> None:
        past = self._past_safe(extent, matrix)
        side = max(past, key=lambda side: past[side])
        if past[side] > TOLERANCE_PX:
            self.overflows.append(
                Overflow(
                    of="safe area",
                    text=text.strip()[:_SNIPPET],
                    side=side,
                    by_pt=round(past[side] * PT_PER_PX, 1),
                    place=self._place(extent, matrix),
                )
            )

    def _note(self, box: Any, matrix: Any) -> None:
        """Note a slot or a code: the first box of its element."""
        element = box.element
        if element is None or box.element_tag != element.tag:
            return
        if isinstance(box, boxes.ReplacedBox) and (name := element.get("data-slot")):
            alt = element.get("data-alt") or ""
            size = Size(width_pt=box.width * PT_PER_PX, height_pt=box.height * PT_PER_PX)
            place = self._place(inner(box), matrix)
            self.slots.append(SlotPlace(name=name, alt=alt, place=place, size=size))
        elif isinstance(box, boxes.ReplacedBox) and (name := element.get("data-field")):
            self.fields.append(_field(element, name, self._place(inner(box), matrix)))
        elif company := element.get("data-window"):
            place = self._place(border(box), matrix)
            self.windows.append(WindowPlace(company=company, place=place))
        elif url := element.get("data-code"):
            self.codes.append(CodePlace(url=url, place=self._place(border(box), matrix)))
        elif number := element.get("data-slot-page"):
            self.slot_pages.setdefault(number, self._page)
        if "fit" in (element.get("class") or "").split():
            self._keep_whole(box, matrix)

    def _keep_whole(self, box: Any, matrix: Any) -> None:
        """Note a box of fixed size that goes on over the next page's own content."""
        begun = self._begun.setdefault(box.element, self._place(border(box), matrix))
        if begun.page == self._page:
            return
        self.overflows.append(
            Overflow(
                of="box",
                text=_content_words(box),
                side="bottom",
                by_pt=round(box.border_height() * PT_PER_PX, 1),
                place=begun,
            )
        )

    def _place(self, extent: Extent, matrix: Any) -> Place:
        left, top, right, bottom = rectangle_aabb(matrix, *sized(extent))
        return Place(
            page=self._page,
            x_pt=round(left * PT_PER_PX, 2),
            y_pt=round(top * PT_PER_PX, 2),
            width_pt=round((right - left) * PT_PER_PX, 2),
            height_pt=round((bottom - top) * PT_PER_PX, 2),
        )


def lost_texts(html: Any, style_for: Any, laid_out: dict[Any, int]) -> list[str]:
    """Return the texts of elements of which less stands on pages than was given."""
    lost = []
    pending = [html]
    while pending:
        element = pending.pop()
        style = style_for(element) if isinstance(element.tag, str) else None
        if style is None or style["display"] == ("none",) or element.tag.startswith("{"):
            continue  # hidden on purpose, or a drawing
        given = "".join([element.text or "", *(child.tail or "" for child in element)])
        if laid_out.get(element, 0) < len(_UNSEEN.sub("", given)):
            lost.append(" ".join(given.split())[:_SNIPPET])
        pending.extend(reversed(element))
    return lost


def _inline(line: Any) -> list[Any]:
    """Return a line's texts and atomic boxes, inline boxes opened, in order."""
    found = []
    for child in line.children:
        child = getattr(child, "_box", child)
        if isinstance(child, boxes.InlineBox):
            found += _inline(child)
        else:
            found.append(child)
    return found


def _content_words(box: Any) -> str:
    """Return the beginning of what a box says, or the name of its first picture."""
    words = " ".join(_words(box))
    return words[:_SNIPPET] if words else next(_names(box), "")


def _words(box: Any) -> Iterator[str]:
    box = getattr(box, "_box", box)
    if isinstance(box, boxes.TextBox):
        yield from box.text.split()
    for child in getattr(box, "children", ()):
        yield from _words(child)


def _names(box: Any) -> Iterator[str]:
    box = getattr(box, "_box", box)
    if isinstance(box, boxes.ReplacedBox) and box.element is not None:
        names = (box.element.get(key) for key in ("data-alt", "data-slot", "alt", "src"))
        yield next((name for name in names if name), "a picture")
    for child in getattr(box, "children", ()):
        yield from _names(child)


def _bleeds(box: Any) -> bool:
    return box.element is not None and box.element.get("data-bleed") is not None


def _field(element: Any, name: str, place: Place) -> FieldPlace:
    most = int(element.get("data-most") or 0)
    return FieldPlace(
        name=name,
        number=int(element.get("alt").removeprefix(FIELD_MARK)),
        tip=element.get("data-alt") or "",
        kind="text" if most else "box",
        most=most,
        place=place,
    )
