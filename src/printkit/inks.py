"""A colour of the templates as an edition's inks: how sRGB becomes the operators of a PDF."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.Image import Image

Space = Literal["DeviceGray", "DeviceRGB", "DeviceCMYK"]

BLACK: dict[Space, bytes] = {
    "DeviceGray": b"0 g",
    "DeviceRGB": b"0 0 0 rg",
    "DeviceCMYK": b"0 0 0 1 k",
}
"""The operator that fills with black, and with black ink alone where there are inks."""

OVERPRINT = {"/op": True, "/OPM": 1}
"""The graphics state in which fills leave the other inks below them as they are."""

_FILL: dict[Space, bytes] = {"DeviceGray": b"g", "DeviceRGB": b"rg", "DeviceCMYK": b"k"}
_STROKE: dict[Space, bytes] = {"DeviceGray": b"G", "DeviceRGB": b"RG", "DeviceCMYK": b"K"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    """What an edition paints with."""

    space: Space
    """The one colour space that its paint stands in."""
    mix: Callable[[float, float, float], tuple[float, ...]]
    """From red, green and blue (0 to 1) to as many components as the space has."""
    picture: "Callable[[Image], Image] | None" = None
    """From a picture in L, RGB or CMYK to one in gray or in the space; None leaves them alone."""

    def operator(self, red: float, green: float, blue: float, *, stroke: bool = False) -> bytes:
        """Return the operator that sets this colour for fills, or for strokes."""
        components = b" ".join(_number(part) for part in self.mix(red, green, blue))
        return components + b" " + (_STROKE if stroke else _FILL)[self.space]


def rgb8(red: float, green: float, blue: float) -> tuple[int, int, int]:
    """Return a colour in whole steps of 255, as a template's #rrggbb gives it."""
    return round(red * 255), round(green * 255), round(blue * 255)


def _number(value: float) -> bytes:
    return (f"{value:.4f}".rstrip("0").rstrip(".") or "0").encode()
