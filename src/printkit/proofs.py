"""Contact sheets: every page of a language's sheets, small, on one PNG to look at."""

import functools
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from printkit.executors import executor_for
from printkit.findings import Finding
from printkit.fonts import font_file
from printkit.jobs import Selection, first_orders
from printkit.placing import write_whole
from printkit.press import Made
from printkit.pressing import Progress, press_all, shop_for
from printkit.project import Project

SCALE = 0.9
"""Pixels a point: body text can be read, and a language fits on a screen and a half."""
GAP = 18
LABEL = 20
WIDTH = 2400
DESK, INK = "#d9d9d9", "#000000"


def draw_proofs(
    project: Project, selection: Selection, *, out: Path, workers: int, progress: Progress
) -> tuple[list[Path], list[Finding]]:
    """Write one PNG a language, one region's sheets standing for all; return them and findings."""
    one_each = first_orders(project, selection)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="printkit-proof-") as scratch:
        folder = Path(scratch)
        shop = shop_for(project, folder / "sheets")
        with executor_for(workers, fonts=project.fonts, scratch=folder) as executor:
            made = press_all(
                one_each, selection, shop, executor, workers=workers, progress=progress
            )
        pictures = []
        finished = [sheet for sheet in made if not sheet.is_withheld]
        for language in dict.fromkeys(sheet.language for sheet in finished):
            sheets = [sheet for sheet in finished if sheet.language == language]
            drawn = io.BytesIO()
            _contact_sheet(sheets, shop.store, project.fonts).save(drawn, "PNG")
            pictures.append(out / f"{language}.png")
            write_whole(pictures[-1], drawn.getvalue())
    return pictures, list(dict.fromkeys(found for sheet in made for found in sheet.findings))


def _contact_sheet(sheets: Sequence[Made], store: Path, fonts: Path) -> Image.Image:
    """Set labelled pages in rows, as wide as they come."""
    cards = [
        _card(picture, f"{sheet.piece} {sheet.edition}", number, fonts)
        for sheet in sheets
        if sheet.file is not None
        for number, picture in enumerate(_pages(store / sheet.file), 1)
    ]
    places, height = _rows([card.size for card in cards])
    desk = Image.new("RGB", (WIDTH, max(height, LABEL)), DESK)
    for card, place in zip(cards, places, strict=True):
        desk.paste(card, place)
    return desk


def _rows(sizes: Sequence[tuple[int, int]]) -> tuple[list[tuple[int, int]], int]:
    """Return where cards of these sizes stand, and how high they are together."""
    places = []
    x, y, tallest = GAP, GAP, 0
    for width, height in sizes:
        if x > GAP and x + width + GAP > WIDTH:
            x, y, tallest = GAP, y + tallest + GAP, 0
        places.append((x, y))
        x, tallest = x + width + GAP, max(tallest, height)
    return places, y + tallest + GAP


def _pages(path: Path) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [_picture(page) for page in document]
    finally:
        document.close()


def _picture(page: Any) -> Image.Image:
    picture = page.render(scale=SCALE).to_pil().convert("RGB")
    assert isinstance(picture, Image.Image)
    return picture


def _card(picture: Image.Image, name: str, number: int, fonts: Path) -> Image.Image:
    card = Image.new("RGB", (picture.width, picture.height + LABEL), DESK)
    card.paste(picture, (0, LABEL))
    words = f"{name}, page {number}"
    ImageDraw.Draw(card).text((0, 2), words, fill=INK, font=_label_font(fonts))
    return card


@functools.cache
def _label_font(fonts: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file(fonts, "Noto Sans", "Bold")), 13)
