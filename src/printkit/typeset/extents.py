"""How far a box that WeasyPrint laid out reaches, in CSS pixels from its page's corner."""

from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes


class Extent(NamedTuple):
    """A rectangle in CSS pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def joined(self, other: "Extent | None") -> "Extent":
        """Return the rectangle around both."""
        if other is None:
            return self
        return Extent(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def inside(self, box: "Extent") -> "Extent":
        """Return the part of the rectangle that the box can hold."""
        return Extent(
            min(max(self.left, box.left), box.right),
            min(max(self.top, box.top), box.bottom),
            max(min(self.right, box.right), box.left),
            max(min(self.bottom, box.bottom), box.top),
        )


def fixed_height(box: Any) -> bool:
    """Tell whether a box keeps its height whatever it holds."""
    style = box.style
    if style["overflow"] != "visible" or "fit" in (box.element.get("class") or "").split():
        return True
    if isinstance(box, boxes.TableBox | boxes.TableCellBox | boxes.TableRowBox):
        return False  # a table's heights are the least it takes
    height, most = style["height"], style["max_height"]
    return getattr(height, "unit", "%") != "%" or (most.unit != "%" and most.value != float("inf"))


def inner(box: Any) -> Extent:
    """Return a box without its padding and border."""
    left, top = box.content_box_x(), box.content_box_y()
    return Extent(left, top, left + box.width, top + box.height)


def border(box: Any) -> Extent:
    """Return a box with its border."""
    left, top = box.border_box_x(), box.border_box_y()
    return Extent(left, top, left + box.border_width(), top + box.border_height())


def padding(box: Any) -> Extent:
    """Return a box within its border."""
    left, top = box.padding_box_x(), box.padding_box_y()
    return Extent(left, top, left + box.padding_width(), top + box.padding_height())


def sized(extent: Extent) -> tuple[float, float, float, float]:
    """Return a rectangle as its corner, its width and its height."""
    left, top, right, bottom = extent
    return left, top, right - left, bottom - top
