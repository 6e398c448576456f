"""Pictures: enough pixels an inch where they stand, and no more ink than paper takes up."""

import io
import math
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name, Stream
from PIL import Image

from printkit.findings import Rule, Severity
from printkit.preflight.geometry import number
from printkit.preflight.ink import TOTAL
from printkit.preflight.limits import Asked
from printkit.preflight.marking import Content, Mark, Picture, Wrong
from printkit.preflight.objects import listed_in
from printkit.preflight.shelf import key_of
from printkit.preflight.streams import data_of

COARSE = Rule(
    code="image-coarse",
    severity=Severity.FAIL,
    rule="Pictures have more than 149 pixels an inch where they stand.",
    because="Their pixels can be seen on paper (GWG 2022 R31).",
)
SOFT = Rule(
    code="image-soft",
    severity=Severity.WARN,
    rule="Pictures have more than 224 pixels an inch where they stand.",
    because="They look soft on paper; shops ask for 300 (GWG 2022 R31).",
)
BITMAP_COARSE = Rule(
    code="bitmap-coarse",
    severity=Severity.FAIL,
    rule="Pictures of one bit have more than 549 pixels an inch where they stand.",
    because="Their edges are stairs on paper (GWG 2022 R32).",
)
BITMAP_SOFT = Rule(
    code="bitmap-soft",
    severity=Severity.WARN,
    rule="Pictures of one bit have more than 799 pixels an inch where they stand.",
    because="Their edges are rough on paper; plates have 2,400 (GWG 2022 R32).",
)
RULES = (COARSE, SOFT, BITMAP_COARSE, BITMAP_SOFT)

_TINY = 16
"""Pixels: pictures no larger on either side are rules and dots (GWG lets them)."""
_MOST_PIXELS = 40_000_000
_CELL_MM = 7.5
_CMYK = {"DeviceCMYK", "ICCBased/4"}
_MODES = {
    "DeviceGray": "L", "ICCBased/1": "L", "CalGray": "L", "DeviceRGB": "RGB", "CalRGB": "RGB",
    "ICCBased/3": "RGB", "DeviceCMYK": "CMYK", "ICCBased/4": "CMYK",
}  # fmt: skip


class Pictures:
    """Judges pictures; the ink of one is worked out once, however often it stands."""

    __slots__ = ("_inks",)

    def __init__(self) -> None:
        self._inks: dict[tuple[Any, ...], float | None] = {}

    def press(self, content: Content, asked: Asked) -> Iterator[Wrong]:
        """Yield pictures with too few pixels, or too much ink."""
        for mark in content.art():
            if mark.picture is not None:
                yield from _pixels(mark, mark.picture, asked)
                yield from self._ink(mark, mark.picture, asked)

    def _ink(self, mark: Mark, picture: Picture, asked: Asked) -> Iterator[Wrong]:
        if mark.space not in _CMYK or not isinstance(picture.image, Stream):
            return
        key = (*key_of(picture.image), *(round(one) for one in picture.ppi if one < math.inf))
        if key not in self._inks:
            self._inks[key] = most_ink(picture)
        total, most = self._inks[key], asked.limits.ink_percent
        if total is not None and total > most + 0.5:
            what = f"A picture takes {total:.0f} % of ink, and {most:g} % is the most."
            fix = "Convert it again, with the shop's profile or a lower limit of ink."
            yield Wrong(rule=TOTAL, what=what, fix=fix, box=mark.box)


def _pixels(mark: Mark, picture: Picture, asked: Asked) -> Iterator[Wrong]:
    if max(picture.width, picture.height) <= _TINY:
        return
    ppi, limits = min(picture.ppi), asked.limits
    bitmap = picture.bits == 1
    coarse, soft = (BITMAP_COARSE, BITMAP_SOFT) if bitmap else (COARSE, SOFT)
    least = limits.bitmap_ppi_fail if bitmap else limits.image_ppi_fail
    good = limits.bitmap_ppi_warn if bitmap else limits.image_ppi_warn
    if math.floor(ppi + 0.01) > good:
        return
    rule = coarse if math.floor(ppi + 0.01) <= least else soft
    kind = "picture of one bit" if bitmap else "picture"
    what = f"A {kind} of {picture.width} × {picture.height} pixels has {ppi:.0f} an inch here."
    fix = f"Put one of more than {good:g} an inch in its place, or print it smaller."
    yield Wrong(rule=rule, what=what, fix=fix, box=mark.box)


def most_ink(picture: Picture) -> float | None:
    """Return the most ink, in percent, of a square of 15 mm of a picture; None if unknown."""
    across, up = (pixels * 25.4 / (ppi or 1) for pixels, ppi in
                  zip((picture.width, picture.height), picture.ppi, strict=True))  # fmt: skip
    columns, rows = int(across / _CELL_MM), int(up / _CELL_MM)
    if columns < 2 or rows < 2 or columns * rows > 1_000_000:
        return None
    try:
        small = _opened(picture, (columns, rows))
    except (OSError, ValueError, SyntaxError, pikepdf.PdfError, Image.DecompressionBombError):
        return None
    if small is None:
        return None
    data = small.tobytes()
    sums = [sum(data[at : at + 4]) for at in range(0, len(data), 4)]
    squares = (
        sums[at] + sums[at + 1] + sums[at + columns] + sums[at + columns + 1]
        for row in range(rows - 1)
        for at in range(row * columns, row * columns + columns - 1)
    )
    return max(squares) / 4 / 2.55


def _opened(picture: Picture, size: tuple[int, int]) -> Image.Image | None:
    """Return a CMYK picture so small that each pixel is a cell, 255 for an ink in full."""
    image = picture.image
    filters = image.get("/Filter")
    names = [filters] if isinstance(filters, Name) else listed_in(filters)
    turned = [number(one) for one in listed_in(image.get("/Decode"))[:1]] == [1.0]
    whole: Image.Image
    if len(names) == 1 and names[0] == "/DCTDecode":
        whole = Image.open(io.BytesIO(image.read_raw_bytes()))
        if whole.mode != "CMYK" or whole.width * whole.height > _MOST_PIXELS:
            return None
        whole.draft("CMYK", (size[0] * 4, size[1] * 4))
        # Pillow turns the inks of Adobe's JPEGs around; a PDF does so by /Decode alone.
        turned = turned != ("adobe" in whole.info)
    elif picture.bits == 8 and picture.width * picture.height <= _MOST_PIXELS:
        if any(name in ("/JPXDecode", "/DCTDecode") for name in names):
            return None
        data = data_of(image, picture.width * picture.height * 4)
        if len(data) < picture.width * picture.height * 4:
            return None
        whole = Image.frombytes("CMYK", (picture.width, picture.height), data)
    else:
        return None
    small = whole.resize(size, Image.Resampling.BOX)
    return small.point(lambda share: 255 - share) if turned else small


def in_gray(picture: Picture, space: str, most_pixels: int) -> Image.Image | None:
    """Return a picture in gray; None for one that is too large, or of a rare make."""
    image, pixels = picture.image, picture.width * picture.height
    filters = image.get("/Filter")
    names = {str(one) for one in ([filters] if isinstance(filters, Name) else listed_in(filters))}
    if not 0 < pixels <= most_pixels:
        return None
    try:
        if "/DCTDecode" in names and len(names) == 1:
            whole: Image.Image = Image.open(io.BytesIO(image.read_raw_bytes()))
            return whole.convert("L") if whole.width * whole.height <= most_pixels else None
        mode = "1" if picture.bits == 1 else _MODES.get(space, "")
        if names - {"/FlateDecode"} or not mode or picture.bits not in (1, 8):
            return None
        size = (picture.width, picture.height)
        data = data_of(image, pixels * 4 + picture.height)
        return Image.frombytes(mode, size, data).convert("L")
    except (OSError, ValueError, SyntaxError, pikepdf.PdfError, Image.DecompressionBombError):
        return None
