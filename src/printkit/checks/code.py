"""Codes on the finished page, read again as a telephone would, lead exactly where they should."""

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import add
from typing import Any

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image

from printkit.errors import listed, quoted
from printkit.findings import Finding, Rule, Severity, finding
from printkit.places import Place

DECODES = Rule(
    code="code-decodes",
    severity=Severity.FAIL,
    rule="Each code on the finished page decodes to exactly the address that was asked for.",
    because="A code is the one thing on a sheet that nobody can proofread by eye; a wrong one is "
    "found by whoever trusted it.",
)
RULES = (DECODES,)

_SIDE_PX = 260
"""Enough for six pixels a module in the codes we print, and little to render."""
_MARGIN_PT = 4.0
"""Seen around a code's place, since places are rounded."""
_DRAWN = re.compile(
    rb"(?:q (?P<size>[0-9]+\.[0-9]+) 0 0 (?P=size) [0-9.-]+ [0-9.-]+ cm\n)?"
    rb"q\n(?:0 0 0 1 k|0 0 0 rg|0 g)\n"
    rb"(?P<module>0\.[0-9]+) 0 0 (?P=module) 0 0 cm\n"
    rb"(?P<rectangles>(?:[0-9]{1,3} [0-9]{1,3} [0-9]{1,3} 1 re\n)+)"
    rb"f Q(?(size)\nQ)"
)
"""One black path of rows of modules in the unit square, which may be scaled and moved."""
_SMALLEST_MODULE = 1 / 200
"""The largest codes have 177 modules a side, and 4 at each for the quiet zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedCode:
    """Where a code stands on the finished page, and where it must lead."""

    url: str
    place: Place


def codes_decode(pdf: bytes, expected: Sequence[ExpectedCode], **where: Any) -> list[Finding]:
    """Read every code expected, and return a finding for each that is missing or leads away."""
    document = pdfium.PdfDocument(pdf)
    try:
        found = []
        for code in expected:
            if 1 <= code.place.page <= len(document):
                texts = _read(document[code.place.page - 1], code.place)
            else:
                texts = set()
            if texts != {code.url}:
                found.append(_wrong(code, texts, **where))
        return found
    finally:
        document.close()


def operators_decode(operators: bytes, expected: ExpectedCode, **where: Any) -> list[Finding]:
    """Read the operators that draw a code, and return a finding where they lead elsewhere."""
    texts = read_operators(operators)
    return [] if texts == {expected.url} else [_wrong(expected, texts, **where)]


@functools.lru_cache(maxsize=128)
def read_operators(operators: bytes) -> frozenset[str]:
    """Return what a code says, read back from nothing but the operators that draw it.

    Only a whole code counts, the right way round: telephones forgive what is missing or mirrored,
    but nothing is ever drawn so on purpose.
    """
    picture = _picture_of(operators)
    if picture is None:
        return frozenset()
    return frozenset(
        code.text
        for code in _codes(picture, drawn=True)
        if code.valid and _is_whole(code) and _reads_forward(picture, code.position)
    )


def _picture_of(operators: bytes) -> memoryview | None:
    """Return what a code's operators paint, a gray byte a module, top row first."""
    drawn = _DRAWN.fullmatch(operators)
    if not drawn or not float(drawn["size"] or 1) or float(drawn["module"]) < _SMALLEST_MODULE:
        return None
    side = round(1 / float(drawn["module"]))
    numbers = list(map(int, drawn["rectangles"].replace(b" 1 re", b"").decode().split()))
    lefts, bottoms, widths = numbers[::3], numbers[1::3], numbers[2::3]
    if max(bottoms) >= side or max(map(add, lefts, widths)) > side:
        return None
    picture, dark = bytearray(b"\xff" * side**2), bytes(side)
    for left, bottom, width in zip(lefts, bottoms, widths, strict=True):
        start = (side - 1 - bottom) * side + left
        picture[start : start + width] = dark[:width]
    return memoryview(picture).cast("B", (side, side))


def _is_whole(code: zxingcpp.Barcode) -> bool:
    """Return whether nothing of a code had to be mended: all its error correction is unused."""
    return isinstance(code.extra, dict) and code.extra.get("UEC") == 1.0


def _reads_forward(picture: memoryview, position: zxingcpp.Position) -> bool:
    """Return whether a code's level and mask stand as they are read, not mirrored at the diagonal.

    ISO/IEC 18004, 7.9: the lowest bit on top, down to the corner, then leftwards. None of the
    words for them is another one backwards.
    """
    left, top = position.top_left.x, position.top_left.y
    places = [(row, 8) for row in (0, 1, 2, 3, 4, 5, 7, 8)]
    places += [(8, column) for column in (7, 5, 4, 3, 2, 1, 0)]
    bits = (picture[top + row, left + column] == 0 for row, column in places)
    return sum(bit << number for number, bit in enumerate(bits)) in _level_and_mask_words()


@functools.cache
def _level_and_mask_words() -> frozenset[int]:
    """Return the words that tell a level and a mask: ISO/IEC 18004, annex C."""
    words = set()
    for told in range(32):
        remainder = told << 10
        for bit in range(14, 9, -1):
            if remainder >> bit & 1:
                remainder ^= 0b10100110111 << bit - 10
        words.add((told << 10 | remainder) ^ 0b101010000010010)
    return frozenset(words)


def _wrong(code: ExpectedCode, texts: Iterable[str], **where: Any) -> Finding:
    if texts:
        what = f"The code leads to {listed(map(quoted, sorted(texts)))}, not to {quoted(code.url)}."
        fix = "Do not print this sheet; build it again, and report it if the code stays wrong."
    else:
        what = f"No code can be read where one should lead to {quoted(code.url)}."
        fix = "Give the code an inch or more, black on white, with nothing in its quiet zone."
    return finding(
        DECODES, what, fix, **where | {"page": code.place.page, "place": code.place.inches}
    )


def _read(page: pdfium.PdfPage, place: Place) -> set[str]:
    """Return what the codes in a rectangle of a page say."""
    return {code.text for code in _codes(_picture(page, place))}


def _codes(picture: memoryview | Image.Image, *, drawn: bool = False) -> list[zxingcpp.Barcode]:
    """Return the codes in a picture; a drawn one has nothing in it but one upright code."""
    return zxingcpp.read_barcodes(
        picture,
        formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
        text_mode=zxingcpp.TextMode.Plain,
        is_pure=drawn,
    )


def _picture(page: pdfium.PdfPage, place: Place) -> Image.Image:
    """Return a rectangle of a page in gray, no larger than reading needs."""
    media_left, media_bottom, media_right, media_top = page.get_mediabox()
    trim_left, _, _, trim_top = page.get_trimbox()
    left, top = trim_left + place.x_pt, trim_top - place.y_pt
    edges = (
        left - media_left - _MARGIN_PT,
        top - place.height_pt - media_bottom - _MARGIN_PT,
        media_right - left - place.width_pt - _MARGIN_PT,
        media_top - top - _MARGIN_PT,
    )
    cut_left, cut_bottom, cut_right, cut_top = crop = tuple(max(edge, 0) for edge in edges)
    beside = cut_left + cut_right >= media_right - media_left
    if beside or cut_bottom + cut_top >= media_top - media_bottom:
        return Image.new("L", (1, 1), 255)
    scale = min(max(_SIDE_PX / max(place.width_pt, 1), 0.5), 6)
    picture = page.render(scale=scale, crop=crop, grayscale=True).to_pil()
    assert isinstance(picture, Image.Image)
    return picture
