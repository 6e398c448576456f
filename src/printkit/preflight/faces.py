"""What a font's dictionary tells of text shown in it: widths, heights, letters, missing glyphs."""

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from printkit.preflight.geometry import Matrix, box_of, matrix_of, number
from printkit.preflight.objects import entry, listed_in, name_of
from printkit.preflight.streams import data_of

_MOST_CODES = 70_000
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])|(begin|end)(bfchar|bfrange)")
_GLYPH_SPACE: Matrix = (0.001, 0.0, 0.0, 0.001, 0.0, 0.0)
_ASCENT, _DESCENT = 0.75, -0.22
"""Shares of the size, where a font does not tell, or tells the line's height."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Face:
    """A font, as far as it matters where its text stands and what it says."""

    key: tuple[int, int]
    name: str
    wide: bool = False
    """Whether each code takes two bytes."""
    upright: bool = False
    """Whether text runs down the page."""
    widths: Mapping[int, float] = field(default_factory=dict, repr=False)
    """In thousandths of the size."""
    usual: float = 0.0
    """The width of codes that are not in widths."""
    letters: Mapping[int, str] = field(default_factory=dict, repr=False)
    lacking: frozenset[int] = frozenset()
    """Codes that show .notdef."""
    ascent: float = _ASCENT
    descent: float = _DESCENT
    em: float | None = 1.0
    """How tall its letters' square is, as a share of the size; None where nobody can tell."""
    glyphs: Any = field(default=None, repr=False)
    """A Type 3 font's dictionary."""
    names: Mapping[int, str] = field(default_factory=dict, repr=False)
    """A Type 3 font's glyph for each code."""
    matrix: Matrix = _GLYPH_SPACE

    def codes(self, text: bytes) -> tuple[int, ...] | bytes:
        """Return the codes of a string."""
        if not self.wide:
            return text
        pairs = len(text) // 2
        return struct.unpack(f">{pairs}H", text[: pairs * 2])


def face_of(font: Any) -> Face:
    """Return what a font tells; a font of the wrong make tells nothing."""
    if not isinstance(font, Dictionary):
        return Face(key=(0, 0), name="")
    name = name_of(font.get("/BaseFont"))[1:]
    key = font.objgen if font.is_indirect else (0, 0)
    letters = _unicode(font.get("/ToUnicode"))
    kind = font.get("/Subtype")
    if kind == "/Type0":
        return _composite(font, key, name, letters)
    names = _differences(entry(font.get("/Encoding"), "/Differences"))
    letters = letters or {code: bytes([code]).decode("cp1252", "replace") for code in range(256)}
    first = int(number(font.get("/FirstChar")))
    given = listed_in(font.get("/Widths"))[:256]
    widths = {first + place: number(width) for place, width in enumerate(given)}
    if kind == "/Type3":
        return _drawn(font, key, letters, widths, names)
    about = font.get("/FontDescriptor")
    ascent, descent = _heights(about)
    return Face(
        key=key,
        name=name,
        widths=widths,
        usual=number(entry(about, "/MissingWidth")) or (0.0 if widths else 500.0),
        letters=letters,
        lacking=frozenset(code for code, glyph in names.items() if glyph == ".notdef"),
        ascent=ascent,
        descent=descent,
    )


def _composite(font: Any, key: tuple[int, int], name: str, letters: Mapping[int, str]) -> Face:
    """Return a Type 0 font's face; codes are taken for its characters' numbers."""
    below = listed_in(font.get("/DescendantFonts"))[:1]
    inner = below[0] if below and isinstance(below[0], Dictionary) else Dictionary()
    encoding = name_of(font.get("/Encoding"))
    ascent, descent = _heights(inner.get("/FontDescriptor"))
    plain = encoding.startswith("/Identity")
    return Face(
        key=key,
        name=name,
        wide=True,
        upright=encoding.endswith("V"),
        widths=_widths(listed_in(inner.get("/W"))) if plain else {},
        usual=number(inner.get("/DW"), 1000.0),
        letters=letters,
        lacking=_unmapped(inner) if plain else frozenset(),
        ascent=ascent,
        descent=descent,
    )


def _drawn(
    font: Any,
    key: tuple[int, int],
    letters: Mapping[int, str],
    widths: Mapping[int, float],
    names: Mapping[int, str],
) -> Face:
    """Return a Type 3 font's face, its heights in thousandths like the others'."""
    matrix = matrix_of(listed_in(font.get("/FontMatrix")) or _GLYPH_SPACE)
    bounds = box_of(listed_in(font.get("/FontBBox"))) or (0.0, 0.0, 0.0, 0.0)
    up, across = abs(matrix[3]) or abs(matrix[1]), abs(matrix[0]) or abs(matrix[2])
    low, high = bounds[1] * up, bounds[3] * up
    return Face(
        key=key,
        name=name_of(font.get("/Name"))[1:] or "Type 3",
        widths={code: width * across * 1000 for code, width in widths.items()},
        letters=letters,
        ascent=high if high > low else _ASCENT,
        descent=low if high > low else _DESCENT,
        em=1.0 if 0.0005 < up < 0.002 else (high - low if high > low else None),
        glyphs=font,
        names=names,
        matrix=matrix,
    )


def _heights(about: Any) -> tuple[float, float]:
    """Return how high letters reach and how deep, as shares; fonts often tell their lines'."""
    ascent = number(entry(about, "/Ascent")) / 1000
    descent = -abs(number(entry(about, "/Descent"))) / 1000
    return (
        min(ascent, _ASCENT) if ascent > 0.3 else _ASCENT,
        max(descent, _DESCENT) if descent < -0.05 else _DESCENT,
    )


def _widths(given: list[Any]) -> dict[int, float]:
    """Return the widths of a W array: `code [w w]` and `first last w`."""
    widths: dict[int, float] = {}
    at = 0
    while at + 1 < len(given) and len(widths) < _MOST_CODES:
        first, second = int(number(given[at])), given[at + 1]
        if isinstance(second, Array):
            for place, width in enumerate(list(second)[:_MOST_CODES]):
                widths[first + place] = number(width)
            at += 2
        else:
            last = min(int(number(second)), first + _MOST_CODES)
            if at + 2 < len(given):
                widths.update(dict.fromkeys(range(first, last + 1), number(given[at + 2])))
            at += 3
    return widths


def _unmapped(inner: Any) -> frozenset[int]:
    """Return the codes whose glyph is the first of the font, which is .notdef."""
    mapped = inner.get("/CIDToGIDMap")
    if not isinstance(mapped, Stream):
        return frozenset((0,))
    raw = data_of(mapped, 2 * 65_536)
    glyphs = struct.unpack(f">{len(raw) // 2}H", raw[: len(raw) // 2 * 2])
    return frozenset(code for code, glyph in enumerate(glyphs) if glyph == 0)


def _differences(given: Any) -> dict[int, str]:
    """Return the glyphs that an encoding names, by code."""
    names: dict[int, str] = {}
    code = 0
    for one in listed_in(given)[:2_000]:
        if isinstance(one, Name):
            names[code] = str(one)[1:]
            code += 1
        else:
            code = int(number(one))
    return names


def _unicode(mapping: Any) -> dict[int, str]:
    """Return the letters of a ToUnicode table."""
    letters: dict[int, str] = {}
    if not isinstance(mapping, Stream):
        return letters
    part, inside = "", 0
    row: list[bytes] = []
    for codes, opens, closes, begins, what in _HEX.findall(data_of(mapping, 4_000_000)):
        if begins:
            part, row, inside = (what.decode() if begins == b"begin" else ""), [], 0
        elif opens or closes:
            inside = 1 if opens else 0
            if closes and len(row) > 2:
                _range(letters, row)
                row = []
        elif part and len(letters) < _MOST_CODES:
            row.append(b"".join(codes.split()))
            if part == "bfchar" and len(row) == 2:
                letters[int(row[0] or b"0", 16)] = _text(row[1])
                row = []
            elif part == "bfrange" and len(row) == 3 and not inside:
                _range(letters, row)
                row = []
    return letters


def _range(letters: dict[int, str], row: list[bytes]) -> None:
    """Put in a range: from the first code on, one text each, or one that counts up."""
    first, last = int(row[0] or b"0", 16), int(row[1] or b"0", 16)
    last = min(last, first + 0xFFFF)
    if len(row) > 3 or last == first:
        letters.update({first + place: _text(one) for place, one in enumerate(row[2:])})
        return
    start = _text(row[2])
    for code in range(first, last + 1):
        if start:
            end = ord(start[-1]) + code - first
            letters[code] = start[:-1] + (chr(end) if end < 0x110000 else "\ufffd")


def _text(codes: bytes) -> str:
    digits = codes.decode("ascii")
    return bytes.fromhex(digits if len(digits) % 2 == 0 else digits + "0").decode(
        "utf-16-be", "replace"
    )
