"""Thumbnails: a sheet's first page, small, as a picture for a web page; and the sheet's title."""

import io
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image

WIDTH_PX = 200
"""Wide enough to know a sheet again, on a screen of twice the pixels too."""
COLOURS = 32
"""Two inks on paper need few, and a hundred pictures stay small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumbnail:
    """A small picture of a sheet."""

    png: bytes
    width_px: int
    height_px: int
    title: str
    """As the file tells it, in the sheet's language."""


def thumbnail(path: Path) -> Thumbnail:
    """Return the first page of a PDF, small; the same bytes for the same file."""
    document = pypdfium2.PdfDocument(path)
    try:
        page = document[0]
        picture = page.render(scale=WIDTH_PX / page.get_width()).to_pil().convert("RGB")
        title = document.get_metadata_value("Title").strip()
    finally:
        document.close()
    few = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    png = io.BytesIO()
    few.save(png, "PNG", optimize=True)
    return Thumbnail(png=png.getvalue(), width_px=few.width, height_px=few.height, title=title)
