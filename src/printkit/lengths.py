"""Lengths with their units, and the sizes of sheets: text in, points inside."""

import re
from dataclasses import dataclass

POINTS_PER_INCH = 72.0
_POINTS = {"in": 72.0, "mm": 72.0 / 25.4, "cm": 720.0 / 25.4, "pt": 1.0}
_LENGTH = re.compile(r"([0-9]{1,5}(?:\.[0-9]{1,6})?|\.[0-9]{1,6}) ?(in|mm|cm|pt)")


def points(text: str) -> float:
    """Return a length such as "0.125in", "3mm" or "12pt" in points."""
    match = _LENGTH.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(
            'A length is a number and its unit, in, mm, cm or pt, such as "0.125in" or "3mm".'
        )
    return float(match[1]) * _POINTS[match[2]]


def inches(points: float) -> float:
    """Return points in inches."""
    return points / POINTS_PER_INCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A sheet's width and height."""

    width_pt: float
    height_pt: float

    @property
    def css(self) -> str:
        """The size as CSS writes it for @page, such as "4.25in 5.5in"."""
        return f"{inches(self.width_pt):.6g}in {inches(self.height_pt):.6g}in"

    @property
    def words(self) -> str:
        """The size as people write it, such as "4.25 × 5.5 in"."""
        return f"{inches(self.width_pt):.4g} × {inches(self.height_pt):.4g} in"

    @property
    def turned(self) -> "Size":
        """The same sheet turned by a quarter."""
        return Size(width_pt=self.height_pt, height_pt=self.width_pt)
