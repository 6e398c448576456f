"""Lettered pages for tests of imposition, and what a rendered sheet shows of them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name
from PIL import Image

from printkit.editions.metadata import describe

BLEED = 9.0


def colour(number: int) -> tuple[int, int, int]:
    """The colour of a numbered page, each its own: what its middle shows."""
    return 40 * (number % 6), 50 * (number // 6 % 5), 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """How pages are made."""

    width: float = 180
    height: float = 252
    bleed: float = BLEED
    boxes: bool = True
    rotate: int = 0
    unit: float = 1.0


def numbered(
    path: Path,
    count: int,
    paper: Paper | Sequence[Paper] | None = None,
    *,
    first: int = 1,
    language: str = "",
) -> Path:
    """Write pages of one colour each, a red bar along the head, the bleed green."""
    pdf = pikepdf.new()
    if language:
        pdf.Root.Lang = pikepdf.String(language)
    papers = [paper or Paper()] * count if isinstance(paper, Paper | None) else list(paper)
    for number, one in enumerate(papers[:count], start=first):
        _add_page(pdf, number, one)
    pdf.save(path, deterministic_id=True)
    return path


def _add_page(pdf: pikepdf.Pdf, number: int, one: Paper) -> None:
    wide, high, bleed = one.width, one.height, one.bleed
    red, green, blue = (part / 255 for part in colour(number))
    upright = {
        0: (1, 0, 0, 1, 0, 0),
        90: (0, 1, -1, 0, high + 2 * bleed, 0),
        180: (-1, 0, 0, -1, wide + 2 * bleed, high + 2 * bleed),
        270: (0, -1, 1, 0, 0, wide + 2 * bleed),
    }[one.rotate]
    sides = (wide, high) if one.rotate % 180 == 0 else (high, wide)
    page = pdf.add_blank_page(page_size=(sides[0] + 2 * bleed, sides[1] + 2 * bleed))
    content = (
        f"{' '.join(map(str, upright))} cm "
        f"0 1 0 rg 0 0 {wide + 2 * bleed} {high + 2 * bleed} re f "
        f"{red:.4f} {green:.4f} {blue:.4f} rg {bleed} {bleed} {wide} {high} re f "
        f"1 0 0 rg {bleed} {bleed + high * 0.85} {wide} {high * 0.15} re f"
    )
    page.obj.Contents = pdf.make_stream(content.encode())
    if one.boxes:
        page.obj.TrimBox = Array([bleed, bleed, bleed + sides[0], bleed + sides[1]])
        page.obj.BleedBox = page.obj.MediaBox
    if one.rotate:
        page.obj.Rotate = one.rotate
    if one.unit != 1:
        page.obj.UserUnit = one.unit


def press_like(path: Path, count: int = 2, *, profile: bytes = b"a profile") -> Path:
    """Write numbered pages that claim PDF/X-4 for a named condition, with a date and a title."""
    numbered(path, count)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        icc = pdf.make_stream(profile)
        icc.N = 4
        pdf.Root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFX,
                    OutputConditionIdentifier=pikepdf.String("CGATS TR 006"),
                    DestOutputProfile=icc,
                )
            ]
        )
        describe(pdf, title="A card", created=date(2026, 1, 1), claim="PDF/X-4", document="0" * 32)
        pdf.save(path, deterministic_id=True)
    return path


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def pictures(data: bytes, *, scale: float = 1.0) -> list[Image.Image]:
    """The sides of sheets, a pixel a point."""
    document = pdfium.PdfDocument(data)
    try:
        return [page.render(scale=scale).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def page_at(picture: Image.Image, x: float, y: float, width: float, height: float) -> str:
    """Which page shows in a cell, its corner at the top left, and whether it stands on its head.

    "3" is page 3, "3v" the same on its head, "-" bare paper.
    """

    def at(across: float, down: float) -> tuple[int, ...]:
        pixel = picture.getpixel((round(x + across * width), round(y + down * height)))
        assert isinstance(pixel, tuple)
        return pixel

    middle = at(0.5, 0.5)
    if middle == (255, 255, 255):
        return "-"
    number = next(
        number
        for number in range(1, 31)
        if max(abs(a - b) for a, b in zip(middle, colour(number), strict=True)) < 12
    )
    head, foot = at(0.5, 0.05), at(0.5, 0.95)
    assert (head[0] > 240) != (foot[0] > 240), "a page has one head"
    return str(number) if head[0] > 240 else f"{number}v"


def cells(
    picture: Image.Image, columns: Sequence[float], rows: Sequence[float], size: tuple[float, float]
) -> list[list[str]]:
    """What shows in each cell, row by row; columns and rows are where cells begin."""
    return [[page_at(picture, x, y, *size) for x in columns] for y in rows]
