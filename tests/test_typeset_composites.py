"""Composite glyphs: what they are made of, where they go, and what they leave alone."""

import io
from pathlib import Path

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from printkit.fonts import font_file
from printkit.typeset.composites import Drawing, Part, with_composites


@pytest.fixture(scope="module")
def data(project: Path) -> bytes:
    return font_file(project / "fonts", "Noto Sans Thai Looped", "Regular").read_bytes()


def bounds(font: TTFont, glyph: int) -> tuple[float, ...]:
    pen = BoundsPen(font.getGlyphSet())
    font.getGlyphSet()[font.getGlyphName(glyph)].draw(pen)
    return tuple(pen.bounds)


def everything(data: bytes) -> set[int]:
    return set(range(len(TTFont(io.BytesIO(data)).getGlyphOrder())))


def glyph_of(data: bytes, letter: str) -> int:
    font = TTFont(io.BytesIO(data))
    return int(font.getGlyphID(font.getBestCmap()[ord(letter)]))


def test_a_composite_draws_its_parts_in_their_places(data: bytes) -> None:
    one = glyph_of(data, "ก")
    drawing = Drawing(parts=(Part(glyph=one, x=0, y=0), Part(glyph=one, x=700, y=50)), width=1400)
    written, numbers = with_composites(data, 0, [drawing], everything(data))
    font = TTFont(io.BytesIO(written))
    left, low, right, high = bounds(font, one)
    number = numbers[drawing]
    assert number == len(everything(data)), "it follows the last"
    assert bounds(font, number) == (left, low, right + 700, high + 50)
    assert font["hmtx"][font.getGlyphName(number)] == (1400, left)


def test_composites_take_the_places_of_what_is_not_kept(data: bytes) -> None:
    kept = everything(data) - {7, 9}
    one = glyph_of(data, "ก")
    drawings = [
        Drawing(parts=(Part(glyph=one, x=10 * at, y=3),), width=500 + at) for at in range(3)
    ]
    _, numbers = with_composites(data, 0, drawings, kept)
    assert list(numbers.values()) == [7, 9, len(everything(data))]


def test_parts_of_what_is_kept_stay(data: bytes) -> None:
    font = TTFont(io.BytesIO(data))
    made = next(
        number
        for number, name in enumerate(font.getGlyphOrder())
        if font["glyf"][name].isComposite()
    )
    drawing = Drawing(parts=(Part(glyph=made, x=100, y=0),), width=900)
    written, numbers = with_composites(data, 0, [drawing], {made})
    again = TTFont(io.BytesIO(written))
    assert bounds(again, made) == bounds(font, made)
    left, low, right, high = bounds(font, made)
    assert bounds(again, numbers[drawing]) == (left + 100, low, right + 100, high)


def test_a_drawing_of_nothing_is_blank(data: bytes) -> None:
    nothing = Drawing(parts=(), width=0)
    written, numbers = with_composites(data, 0, [nothing], everything(data))
    font = TTFont(io.BytesIO(written))
    name = font.getGlyphName(numbers[nothing])
    assert font["glyf"][name].numberOfContours == 0
    assert font["hmtx"][name] == (0, 0)


def test_the_same_drawings_give_the_same_bytes(data: bytes) -> None:
    drawing = Drawing(parts=(Part(glyph=5, x=1, y=2),), width=3)
    assert with_composites(data, 0, [drawing], {5}) == with_composites(data, 0, [drawing], {5})
