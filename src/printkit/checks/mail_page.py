"""What stands in a part of a finished page: its letters as pdfium reads them, and its paint."""

import ctypes
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageDraw
from pypdfium2 import raw

from printkit.envelope import Envelope
from printkit.findings import Finding, Rule, finding
from printkit.places import Place
from printkit.typeset.layout import FieldPlace

DOTS_PER_POINT = 100 / 72
"""A hundred dots an inch: a hair line is still a gray dot."""
SOFT_DOTS = 2
"""How far the gray around a letter reaches beyond the letter's own box."""
PAPER = 250
"""What is as light as this, of 255, is paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter of a page, without the blanks between letters."""

    text: str
    word: int
    """Letters between two blanks have one number."""
    size_pt: float
    place: Place
    """The ink's own box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPage:
    """The first page of a letter as it is judged."""

    page: pdfium.PdfPage
    number: int
    letters: Sequence[Letter]
    fields: Sequence[FieldPlace]
    """Where people write on it."""
    envelope: Envelope
    where: dict[str, Any]

    def told(self, rule: Rule, what: str, fix: str, place: Place) -> Finding:
        """Return a finding with this page and a place on it."""
        return finding(rule, what, fix, **self.where | {"page": self.number, "place": place.inches})


def page_letters(page: pdfium.PdfPage, number: int) -> list[Letter]:
    """Return every letter of a page in the order in which pdfium reads it."""
    left, _, _, top = page.get_trimbox()
    textpage = page.get_textpage()
    edges = [ctypes.c_double() for _ in range(4)]
    pointers = [ctypes.byref(edge) for edge in edges]
    letters, word = [], 0
    try:
        for index in range(textpage.count_chars()):
            text = chr(raw.FPDFText_GetUnicode(textpage, index))
            if text.isspace() or not text.isprintable():
                word += 1
                continue
            if not raw.FPDFText_GetCharBox(textpage, index, *pointers):
                continue
            x, right, bottom, y = (edge.value for edge in edges)
            place = Place(
                page=number, x_pt=x - left, y_pt=top - y, width_pt=right - x, height_pt=y - bottom
            )
            size = _size(textpage, index)
            letters.append(Letter(text=text, word=word, size_pt=size, place=place))
    finally:
        textpage.close()
    return letters


def _size(textpage: pdfium.PdfTextPage, index: int) -> float:
    """Return how large a letter is set, however its text is scaled."""
    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(textpage, index)
    if not raw.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix)):
        return float(size)
    return float(size) * math.hypot(matrix.c, matrix.d)


def words_of(letters: Iterable[Letter]) -> str:
    """Return letters as words."""
    words = groupby(letters, key=lambda letter: letter.word)
    return " ".join("".join(letter.text for letter in word) for _, word in words)


def page_lines(page: pdfium.PdfPage, place: Place) -> tuple[str, ...]:
    """Return the lines of text that stand in a rectangle of a page."""
    left, _, _, top = page.get_trimbox()
    textpage = page.get_textpage()
    try:
        text: str = textpage.get_text_bounded(
            left=left + place.x_pt,
            bottom=top - place.y_pt - place.height_pt,
            right=left + place.x_pt + place.width_pt,
            top=top - place.y_pt,
        )
    finally:
        textpage.close()
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def painted(page: pdfium.PdfPage, place: Place, spared: Iterable[Place] = ()) -> Image.Image:
    """Return a rectangle of a page, white where it is painted and black where it is paper.

    What lies in `spared` counts as paper. One dot is 1/100 inch; dots that only touch the
    rectangle's edge are left out.
    """
    media_left, _, _, media_top = page.get_mediabox()
    trim_left, _, _, trim_top = page.get_trimbox()
    picture = page.render(scale=DOTS_PER_POINT, grayscale=True).to_pil()
    assert isinstance(picture, Image.Image)
    across, down = trim_left - media_left, media_top - trim_top
    paint = picture.convert("L").point(lambda gray: 255 if gray < PAPER else 0)
    pen = ImageDraw.Draw(paint)
    for one in spared:
        x, y = (one.x_pt + across) * DOTS_PER_POINT, (one.y_pt + down) * DOTS_PER_POINT
        width, height = one.width_pt * DOTS_PER_POINT, one.height_pt * DOTS_PER_POINT
        edges = (x - SOFT_DOTS, y - SOFT_DOTS, x + width + SOFT_DOTS, y + height + SOFT_DOTS)
        pen.rectangle(edges, fill=0)
    seen = (
        math.ceil((place.x_pt + across) * DOTS_PER_POINT),
        math.ceil((place.y_pt + down) * DOTS_PER_POINT),
        math.floor((place.x_pt + place.width_pt + across) * DOTS_PER_POINT),
        math.floor((place.y_pt + place.height_pt + down) * DOTS_PER_POINT),
    )
    return paint.crop(seen)


def middle_is_in(place: Place, other: Place) -> bool:
    """Return whether the middle of a rectangle lies in another."""
    x, y = place.x_pt + place.width_pt / 2, place.y_pt + place.height_pt / 2
    across = other.x_pt <= x <= other.x_pt + other.width_pt
    return across and other.y_pt <= y <= other.y_pt + other.height_pt


def meet(place: Place, other: Place) -> bool:
    """Return whether two rectangles share more than an edge."""
    across = min(place.x_pt + place.width_pt, other.x_pt + other.width_pt)
    down = min(place.y_pt + place.height_pt, other.y_pt + other.height_pt)
    return across - max(place.x_pt, other.x_pt) > 0 and down - max(place.y_pt, other.y_pt) > 0
