"""Writes text so that every reader copies the words that were set: one code for each cluster.

In many scripts a letter and what stands around it are drawn by several glyphs, one glyph helps to
draw many letters, and the order of the glyphs is not that of the letters. A PDF that maps glyphs to
text, as WeasyPrint's do, is then copied, searched and read aloud wrongly. Here a code of a font
stands for a whole cluster: its glyphs become one composite glyph, and its text is the text that was
typed, so that nothing depends on how a reader orders glyphs, or on whether it knows ActualText.
"""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from unicodedata import category

import pydyf
import weasyprint.draw.text
import weasyprint.pdf
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import ffi, pango

from printkit.text import without_breaks
from printkit.typeset.composites import Drawing, Part, with_composites

_PANGO_UNITS = 1024
_LEAST_PX = 1e-6
"""WeasyPrint draws no smaller text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Glyphs that stand for one piece of text, or a gap without any."""

    drawing: Drawing
    """A single glyph in its place has its own width, which is not told here."""
    text: str
    shift: float
    """How far right of its place it is drawn, in thousandths of the size."""
    advance: float
    """How far the next one stands from it, in thousandths of the size."""


class Book:
    """The codes of one font: each for what is drawn and for what is typed."""

    __slots__ = ("codes", "glyphs", "widths")

    def __init__(self) -> None:
        self.codes: dict[tuple[Drawing, str], int] = {}
        self.widths: dict[int, float] = {}
        """Each code's width, in thousandths of the size."""
        self.glyphs: dict[int, int] = {}
        """Each code's glyph in the font that is embedded."""

    def code(self, cluster: Cluster, width: float) -> int:
        """Return a cluster's code; a new one is as wide as is told."""
        key = (cluster.drawing, cluster.text)
        if key not in self.codes:
            code = self.codes[key] = len(self.codes) + 1
            self.widths[code] = width
            self.glyphs[code] = next((part.glyph for part in cluster.drawing.parts), 0)
        return self.codes[key]

    def embed(self, data: bytes, index: int) -> bytes:
        """Return the font's file with a glyph for each code."""
        drawings = dict.fromkeys(drawing for drawing, _ in self.codes)
        wanted = tuple(drawing for drawing in drawings if not _is_simple(drawing))
        if not wanted:
            return data
        kept = {part.glyph for drawing in drawings for part in drawing.parts}
        data, made = with_composites(data, index, wanted, kept)
        for (drawing, _), code in self.codes.items():
            self.glyphs[code] = made.get(drawing, self.glyphs[code])
        return data


@contextlib.contextmanager
def whole_words() -> Iterator[None]:
    """Let WeasyPrint write text by clusters."""
    draw, clean = weasyprint.draw.text.draw_first_line, Font.clean
    build = weasyprint.pdf.build_fonts_dictionary
    books: dict[str, Book] = {}

    def draw_clusters(stream: Any, box: Any, *rest: Any) -> Any:
        with _silent(stream):
            emojis = draw(stream, box, *rest)  # it registers fonts and glyphs, and cuts the line
        if box.text.strip() and box.style["font_size"] >= _LEAST_PX:
            _write(stream, box, books)
        return emojis

    def clean_and_compose(font: Any, *rest: Any) -> None:
        clean(font, *rest)
        if font.hash in books:
            font.file_content = books[font.hash].embed(bytes(font.file_content), font.index)

    def build_with_codes(pdf: Any, fonts: Any, *rest: Any) -> Any:
        built = build(pdf, fonts, *rest)
        for name, book in books.items():
            if book.codes:
                _tell(pdf, _object(pdf, built[name]), book)
        return built

    weasyprint.draw.text.draw_first_line, Font.clean = draw_clusters, clean_and_compose
    weasyprint.pdf.build_fonts_dictionary = build_with_codes
    try:
        yield
    finally:
        weasyprint.draw.text.draw_first_line, Font.clean = draw, clean
        weasyprint.pdf.build_fonts_dictionary = build


@contextlib.contextmanager
def _silent(stream: Any) -> Iterator[None]:
    """Let a stream take up no text for a while; where the text begins is still written."""
    quiet = ("show_text", "set_text_rise", "set_font_size")
    for name in quiet:
        setattr(stream, name, lambda *given: None)
    try:
        yield
    finally:
        for name in quiet:
            delattr(stream, name)


def _write(stream: Any, box: Any, books: dict[str, Book]) -> None:
    """Write a line of text, as WeasyPrint left it, by its clusters."""
    line, _ = box.pango_layout.get_first_line()
    text = box.pango_layout.text.encode()
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        font, size = stream.add_font(item.item.analysis.font)
        if pango.pango_version() < 14802 or font.png:  # as WeasyPrint does
            size = box.style["font_size"]
        stream.set_font_size(font.hash, 1 if font.bitmap else size)
        if _takes_composites(font):
            book = books.setdefault(font.hash, Book())
            _show(stream, _coded(_clusters(item, text, font, size), font, book))
        else:
            _write_glyphs(stream, item.glyphs, font, size)


def _takes_composites(font: Any) -> bool:
    return "glyf" in font.tables and not (font.bitmap or font.png or font.svg or font.colr)


def _coded(clusters: Iterator[Cluster], font: Any, book: Book) -> Iterator[str | float]:
    """Yield codes, and shifts to the left in thousandths of the size, as they follow in a line."""
    for cluster in clusters:
        if not cluster.drawing.parts and not cluster.text:
            yield -cluster.advance
            continue
        glyph = cluster.drawing.parts[0].glyph if _is_simple(cluster.drawing) else 0
        code = book.code(cluster, font.widths[glyph] if glyph else round(cluster.advance))
        yield -cluster.shift
        yield f"{code:04x}"
        yield cluster.shift + book.widths[code] - cluster.advance


def _write_glyphs(stream: Any, glyphs: Any, font: Any, size: float) -> None:
    """Write glyphs one by one, in fonts that take no composites: CFF, pictures, colours."""
    unit = 1000 / _PANGO_UNITS / size
    for one in glyphs.glyphs[0 : glyphs.num_glyphs]:
        glyph, shape = one.glyph, one.geometry
        if glyph == pango.PANGO_GLYPH_EMPTY:
            _show(stream, [-shape.width * unit])
            continue
        if glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
            glyph = font.get_unused_glyph_id(glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG)
        code = f"{glyph:02x}" if font.bitmap else f"{glyph:04x}"
        x = shape.x_offset * unit
        if shape.y_offset:
            stream.set_text_rise(-shape.y_offset / _PANGO_UNITS)
        _show(stream, [-x, code, x + font.widths[glyph] - shape.width * unit])
        if shape.y_offset:
            stream.set_text_rise(0)


def _show(stream: Any, written: Iterable[str | float]) -> None:
    """Show codes with shifts between them, if there are any.

    No empty string stands among them: pdfium drops a shift beside one.
    """
    shown, gap = "", 0.0
    for one in written:
        if isinstance(one, float | int):
            gap += one
            continue
        if round(gap):
            shown += f">{round(gap)}<" if shown else f"{round(gap)}<"
            gap -= round(gap)
        shown += one if shown else f"<{one}"
    shown += ">" if shown else ""
    if shown or round(gap):
        stream.show_text(shown + (str(round(gap)) if round(gap) else ""))


def _clusters(item: Any, text: bytes, font: Any, size: float) -> Iterator[Cluster]:
    """Yield what a run of one font draws, from left to right."""
    glyphs, places = item.glyphs.glyphs, item.glyphs.log_clusters
    whole, texts = _wholes(item, text)
    unit = 1000 / _PANGO_UNITS / size
    to_font = font.upem / _PANGO_UNITS / size
    for start, group in groupby(range(item.glyphs.num_glyphs), lambda at: whole[places[at]]):
        pen, parts = 0, []
        for at in group:
            glyph, shape = glyphs[at].glyph, glyphs[at].geometry
            if glyph != pango.PANGO_GLYPH_EMPTY:
                x, y = (pen + shape.x_offset) * to_font, -shape.y_offset * to_font
                known = 0 if glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG else glyph
                parts.append(Part(glyph=known, x=round(x), y=round(y)))
            pen += shape.width
        shift, width = 0.0, round(pen * to_font)
        if len(parts) == 1 and parts[0].y == 0:
            shift, width = parts[0].x * 1000 / font.upem, 0
            parts = [Part(glyph=parts[0].glyph, x=0, y=0)]
        drawing = Drawing(parts=tuple(parts), width=width)
        yield Cluster(drawing=drawing, text=texts[start], shift=shift, advance=pen * unit)


def _wholes(item: Any, text: bytes) -> tuple[dict[int, int], dict[int, str]]:
    """Return with which cluster of a run each one goes, and the text of these.

    From left to right, a mark goes with its letter, and so does what is not drawn, such as a
    non-joiner: readers put blanks around marks of their own, and shuffle them. From right to left
    they keep marks in their place, and turn round what stands for several letters. Our own marks
    for breaks are left out.
    """
    count, start, length = item.glyphs.num_glyphs, item.item.offset, item.item.length
    clusters = item.glyphs.log_clusters[0:count]
    drawn = {
        place
        for place, one in zip(clusters, item.glyphs.glyphs[0:count], strict=True)
        if one.glyph != pango.PANGO_GLYPH_EMPTY
    }
    places = sorted(set(clusters))
    leftward = item.item.analysis.level % 2
    whole: dict[int, int] = {}
    texts: dict[int, str] = {}
    for place, end in zip(places, [*places[1:], length], strict=True):
        own = without_breaks(text[start + place : start + end].decode())
        is_letter = place in drawn and not category(own[:1] or "?").startswith("M")
        if leftward or not whole or is_letter:
            before = place
        whole[place] = before
        texts[before] = texts.get(before, "") + own
    return whole, texts


def _is_simple(drawing: Drawing) -> bool:
    return len(drawing.parts) == 1 and drawing.parts[0].x == drawing.parts[0].y == 0


def _object(pdf: Any, reference: Any) -> Any:
    """Return what a reference such as `12 0 R` leads to."""
    text = reference.decode() if isinstance(reference, bytes) else str(reference)
    return pdf.objects[int(text.split()[0])]


def _tell(pdf: Any, font: Any, book: Book) -> None:
    """Say in a font's dictionary what its codes draw, how wide they are and what they say."""
    inner = _object(pdf, font["DescendantFonts"][0])
    last = max(book.glyphs)
    glyphs = b"".join(book.glyphs.get(code, 0).to_bytes(2, "big") for code in range(last + 1))
    mapped = pydyf.Stream([glyphs], compress=True)
    pdf.add_object(mapped)
    inner["CIDToGIDMap"] = mapped.reference
    inner["W"] = pydyf.Array([1, pydyf.Array([book.widths[code] for code in range(1, last + 1)])])
    letters = _object(pdf, font["ToUnicode"])
    begin = letters.stream.index(b"endcodespacerange") + 1
    end = letters.stream.index(b"endcmap")
    rows = [f"<{code:04x}> <{_utf16(text)}>".encode() for (_, text), code in book.codes.items()]
    letters.stream[begin:end] = [
        line
        for at in range(0, len(rows), 100)
        for some in [rows[at : at + 100]]
        for line in (f"{len(some)} beginbfchar".encode(), *some, b"endbfchar")
    ]


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex()
