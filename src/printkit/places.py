"""A rectangle on a page, measured from the trim's top left corner."""

from dataclasses import dataclass

from printkit.lengths import inches

SAFE_PT = 9.0
"""Text keeps an eighth of an inch inside the trim: the knife wanders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A rectangle on a page."""

    page: int
    """Counted from 1."""
    x_pt: float
    """From the trim's left edge."""
    y_pt: float
    """From the trim's top edge, downwards."""
    width_pt: float
    height_pt: float

    @property
    def inches(self) -> tuple[float, float, float, float]:
        """The rectangle as findings tell it."""
        corners = (self.x_pt, self.y_pt, self.width_pt, self.height_pt)
        x, y, width, height = (round(inches(value), 3) for value in corners)
        return x, y, width, height
