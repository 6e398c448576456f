"""The face of footers: Noto Sans cut down to Western letters once, so that codes need no layout."""

import functools
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Name

Weight = Literal["Regular", "Bold"]
_ENCODING = "cp1252"
_FIRST, _LAST = 32, 255
_PLACES = bytes(max(code - _FIRST, 0) for code in range(256))
"""Where each code stands among those that are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One weight, ready to be written into any number of PDFs."""

    name: str
    program: bytes
    """The font file, compressed."""
    length: int
    """Of the font file, before it was compressed."""
    advances: tuple[int, ...]
    """In thousandths of the size, for the codes 32 to 255."""
    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]
    """All four in thousandths of the size."""

    def width(self, text: str, size_pt: float) -> float:
        """Return how wide a line is in points; ValueError for a character the face lacks."""
        places = self.encoded(text).translate(_PLACES)
        return sum(map(self.advances.__getitem__, places)) * size_pt / 1000

    def encoded(self, text: str) -> bytes:
        """Return a line as the bytes that show it."""
        if lacking := self.lacks(text):
            raise ValueError(f"The face of footers has no {' '.join(lacking)}.")
        return text.encode(_ENCODING)

    def lacks(self, text: str) -> str:
        """Return the characters of a text that the face cannot draw, each once."""
        if _LETTERS.issuperset(text):
            return ""
        return "".join(dict.fromkeys(letter for letter in text if letter not in _LETTERS))


def _letters() -> frozenset[str]:
    decoded = bytes(range(_FIRST, _LAST + 1)).decode(_ENCODING, errors="ignore")
    return frozenset(letter for letter in decoded if letter.isprintable())


_LETTERS = _letters()


@functools.lru_cache(maxsize=4)
def footer_face(fonts: Path, weight: Weight = "Regular") -> Face:
    """Return Noto Sans in a weight, cut down to the letters that footers need."""
    file = cut_down(fonts / f"NotoSans-{weight}.ttf", "".join(sorted(_LETTERS)))
    font = TTFont(BytesIO(file))
    scale = 1000 / font["head"].unitsPerEm
    names, widths = font.getBestCmap(), font["hmtx"]
    advances = []
    for code in range(_FIRST, _LAST + 1):
        glyph = names.get(ord(bytes([code]).decode(_ENCODING, errors="replace")))
        advances.append(round(widths[glyph][0] * scale) if glyph else 0)
    head, metrics = font["head"], font["OS/2"]
    return Face(
        name=f"PKFOOT+NotoSans-{weight}",
        program=zlib.compress(file, 9),
        length=len(file),
        advances=tuple(advances),
        ascent=round(font["hhea"].ascent * scale),
        descent=round(font["hhea"].descent * scale),
        cap_height=round(metrics.sCapHeight * scale),
        box=(
            round(head.xMin * scale),
            round(head.yMin * scale),
            round(head.xMax * scale),
            round(head.yMax * scale),
        ),
    )


def add_face(pdf: pikepdf.Pdf, face: Face) -> pikepdf.Object:
    """Write a face into a PDF and return its font dictionary."""
    program = pikepdf.Stream(pdf, b"")
    program.write(face.program, filter=Name.FlateDecode)
    program.Length1 = face.length
    descriptor = pikepdf.Object.parse(
        f"<< /Type /FontDescriptor /FontName /{face.name} /Flags 32 /ItalicAngle 0"
        f" /Ascent {face.ascent} /Descent {face.descent} /CapHeight {face.cap_height}"
        f" /StemV 80 /FontBBox [{' '.join(map(str, face.box))}] >>".encode()
    )
    descriptor.FontFile2 = pdf.make_indirect(program)
    font = pikepdf.Object.parse(
        f"<< /Type /Font /Subtype /TrueType /BaseFont /{face.name} /FirstChar {_FIRST}"
        f" /LastChar {_LAST} /Encoding /WinAnsiEncoding"
        f" /Widths [{' '.join(map(str, face.advances))}] >>".encode()
    )
    font.FontDescriptor = pdf.make_indirect(descriptor)
    font.ToUnicode = pdf.make_stream(_to_unicode())
    return pdf.make_indirect(font)


def cut_down(path: Path, letters: str) -> bytes:
    """Return a font file with the glyphs of some letters only, and nothing for shaping."""
    from fontTools import subset  # a sixth of a second, which what cuts no font need not wait

    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, recalc_timestamp=False
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern", "STAT", "meta"]
    font = subset.load_font(str(path), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(font)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


@functools.cache
def _to_unicode() -> bytes:
    """Return the map from codes to characters, for who copies or searches the text."""
    pairs = [(letter.encode(_ENCODING)[0], ord(letter)) for letter in sorted(_LETTERS)]
    blocks = []
    for start in range(0, len(pairs), 100):
        block = sorted(pairs)[start : start + 100]
        lines = "\n".join(f"<{code:02x}> <{letter:04x}>" for code, letter in block)
        blocks.append(f"{len(block)} beginbfchar\n{lines}\nendbfchar")
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /footer def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        + "\n".join(blocks)
        + "\nendcmap end end"
    ).encode()
