"""Puts composite glyphs into a TrueType font: several glyphs, each in its place, drawn as one."""

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

_PLACED_BY_NUMBERS = 0x0002
"""ARGS_ARE_XY_VALUES of the table `glyf`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A glyph of a font, and how far from the pen it stands, in units of the font."""

    glyph: int
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Glyphs that are drawn as one."""

    parts: tuple[Part, ...]
    width: int
    """How far the next glyph stands from it, in units of the font."""


def with_composites(
    data: bytes, index: int, wanted: Sequence[Drawing], kept: Collection[int]
) -> tuple[bytes, dict[Drawing, int]]:
    """Return a font's file with a glyph for each of the drawings wanted, and these glyphs' numbers.

    They take the places of glyphs that are not kept, and follow the last one when there are none
    left.
    """
    font = TTFont(io.BytesIO(data), fontNumber=index, recalcTimestamp=False)
    names = font.getGlyphOrder()
    used = _with_parts(font, kept)
    free = [number for number in range(1, len(names)) if number not in used][: len(wanted)]
    free += range(len(names), len(names) + len(wanted) - len(free))
    order = [*names, *(f"composite{number}" for number in free if number >= len(names))]
    font.setGlyphOrder(order)
    glyphs, widths = font["glyf"], font["hmtx"]
    glyphs.setGlyphOrder(order)
    numbers = dict(zip(wanted, free, strict=True))
    for drawing, number in numbers.items():
        made = Glyph()
        if drawing.parts:
            made.numberOfContours = -1
            made.components = [_component(part, order) for part in drawing.parts]
        glyphs.glyphs[order[number]] = made
        made.recalcBounds(glyphs)
        widths.metrics[order[number]] = (max(0, drawing.width), getattr(made, "xMin", 0))
    written = io.BytesIO()
    font.save(written)
    return written.getvalue(), numbers


def _with_parts(font: TTFont, kept: Collection[int]) -> set[int]:
    """Return glyphs' numbers with those of the glyphs that they are made of."""
    used: set[int] = set()
    waiting = list(kept)
    while waiting:
        number = waiting.pop()
        if number not in used:
            used.add(number)
            glyph = font["glyf"][font.getGlyphName(number)]
            waiting += map(font.getGlyphID, glyph.getComponentNames(font["glyf"]))
    return used


def _component(part: Part, order: Sequence[str]) -> GlyphComponent:
    component = GlyphComponent()
    component.glyphName = order[part.glyph]
    component.x, component.y = part.x, part.y
    component.flags = _PLACED_BY_NUMBERS
    return component
