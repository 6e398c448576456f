"""The face of what people type: Noto Sans with every letter that names take in Latin script."""

import functools
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pikepdf import Array, Dictionary, Name

from printkit.latin import cut_down

LETTERS = "".join(
    chr(code)
    for first, last in (
        (0x20, 0x7E),
        (0xA1, 0xAC),
        (0xAE, 0x17F),  # Western, Central European, Baltic, Turkish
        (0x18F, 0x18F),
        (0x1A0, 0x1A1),
        (0x1AF, 0x1B0),
        (0x218, 0x21B),  # Romanian
        (0x259, 0x259),
        (0x300, 0x303),
        (0x306, 0x306),
        (0x309, 0x309),
        (0x31B, 0x31B),
        (0x323, 0x323),  # marks that some keyboards send after their letters
        (0x1EA0, 0x1EF9),  # Vietnamese
        (0x2013, 0x2014),
        (0x2018, 0x201A),
        (0x201C, 0x201E),
        (0x2022, 0x2022),
        (0x2026, 0x2026),
        (0x20AC, 0x20AC),
    )
    for code in range(first, last + 1)
)
"""What can be typed: sorted, each letter once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WideFace:
    """The regular weight, ready to be written into any number of PDFs."""

    name: str
    program: bytes
    """The font file, compressed."""
    length: int
    """Of the font file, before it was compressed."""
    advances: tuple[int, ...]
    """Of each of `LETTERS`, in thousandths of the size."""
    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]
    """All four in thousandths of the size."""


@functools.lru_cache(maxsize=2)
def wide_face(fonts: Path) -> WideFace:
    """Return Noto Sans cut down to `LETTERS`; ValueError where the font lacks one of them."""
    font = TTFont(BytesIO(cut_down(fonts / "NotoSans-Regular.ttf", LETTERS)))
    scale = 1000 / font["head"].unitsPerEm
    names, head = font.getBestCmap(), font["head"]
    if lacking := "".join(letter for letter in LETTERS if ord(letter) not in names):
        raise ValueError(f"Noto Sans has no {' '.join(lacking)}.")
    file = _numbered_by_unicode(font)
    return WideFace(
        name="PKTYPE+NotoSans-Regular",
        program=zlib.compress(file, 9),
        length=len(file),
        advances=tuple(round(font["hmtx"][names[ord(one)]][0] * scale) for one in LETTERS),
        ascent=round(font["hhea"].ascent * scale),
        descent=round(font["hhea"].descent * scale),
        cap_height=round(font["OS/2"].sCapHeight * scale),
        box=(
            round(head.xMin * scale),
            round(head.yMin * scale),
            round(head.xMax * scale),
            round(head.yMax * scale),
        ),
    )


def add_wide_face(pdf: pikepdf.Pdf, face: WideFace) -> pikepdf.Object:
    """Write a face into a PDF and return its font dictionary.

    A letter's code is its glyph's number and its Unicode number at once, so that all viewers write
    the same, by whichever of the font's maps they go (ISO 32000-2, 9.7.4 and 9.7.5.2).
    """
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name(f"/{face.name}"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(_cid_font(pdf, face))]),
        ToUnicode=pdf.make_stream(_to_unicode()),
    )
    return pdf.make_indirect(font)


def _numbered_by_unicode(font: TTFont) -> bytes:
    """Return the font file with every letter's glyph at its Unicode number."""
    outlines, metrics = font["glyf"], font["hmtx"].metrics
    for glyph in font.getGlyphOrder():
        outlines[glyph].expand(outlines)  # its parts are known by name, no longer by number
    places: dict[int, str] = {**font.getBestCmap()}
    parts = [glyph for glyph in font.getGlyphOrder() if glyph not in places.values()]
    places |= dict(enumerate(parts))  # no letter has so low a number
    order = [places.get(code, f"empty{code}") for code in range(max(places) + 1)]
    for glyph in order:
        if glyph not in metrics:
            outlines.glyphs[glyph], metrics[glyph] = Glyph(), (0, 0)
    outlines.glyphOrder = order
    font.setGlyphOrder(order)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _cid_font(pdf: pikepdf.Pdf, face: WideFace) -> Dictionary:
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name(f"/{face.name}"),
        CIDSystemInfo=Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(_descriptor(pdf, face)),
        DW=0,
        W=_widths(face),
        CIDToGIDMap=Name.Identity,
    )


def _descriptor(pdf: pikepdf.Pdf, face: WideFace) -> Dictionary:
    program = pikepdf.Stream(pdf, b"")
    program.write(face.program, filter=Name.FlateDecode)
    program.Length1 = face.length
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{face.name}"),
        Flags=32,
        ItalicAngle=0,
        Ascent=face.ascent,
        Descent=face.descent,
        CapHeight=face.cap_height,
        StemV=80,
        FontBBox=Array(list(face.box)),
        FontFile2=pdf.make_indirect(program),
    )


def _widths(face: WideFace) -> Array:
    """Return the advances, each stretch of letters after its first letter's number."""
    widths = Array()
    at = 0
    for first, last in _stretches():
        count = last - first + 1
        widths.append(first)
        widths.append(Array(list(face.advances[at : at + count])))
        at += count
    return widths


def _stretches() -> list[tuple[int, int]]:
    """Return the first and last number of letters that follow each other, in one row of 256."""
    found: list[tuple[int, int]] = []
    for code in map(ord, LETTERS):
        if found and code == found[-1][1] + 1 and code % 256:
            found[-1] = found[-1][0], code
        else:
            found.append((code, code))
    return found


@functools.cache
def _to_unicode() -> bytes:
    """Return the map from codes to characters, for who copies or types the text."""
    ranges = [f"<{first:04x}> <{last:04x}> <{first:04x}>" for first, last in _stretches()]
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /typed def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(ranges)} beginbfrange\n" + "\n".join(ranges) + "\nendbfrange\n"
        "endcmap end end"
    ).encode()
