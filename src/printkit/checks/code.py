"""Codes on the finished page, read again as a telephone would, lead exactly where they should."""

from collections.abc import Sequence
from dataclasses import dataclass
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


def _wrong(code: ExpectedCode, texts: set[str], **where: Any) -> Finding:
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
    codes = zxingcpp.read_barcodes(
        _picture(page, place),
        formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
        text_mode=zxingcpp.TextMode.Plain,
    )
    return {code.text for code in codes}


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
