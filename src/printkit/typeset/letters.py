"""Lets every reader show and copy text as it was set, where WeasyPrint's own writing fails some."""

import contextlib
import functools
import unicodedata
from collections.abc import Iterator
from typing import Any

import pydyf
import uharfbuzz
import weasyprint.pdf
from weasyprint.pdf.stream import Stream


@contextlib.contextmanager
def no_empty_strings() -> Iterator[None]:
    """Leave empty strings out of what is shown.

    pdfium drops a shift that stands beside one, and prints marks over letters (seen in Lao).
    """

    def show_text(stream: Any, text: str) -> None:
        pydyf.Stream.show_text(stream, text.replace("<>", " "))

    # show_text is inherited, so that deleting ours brings pydyf's back.
    Stream.show_text = show_text
    try:
        yield
    finally:
        del Stream.show_text


@contextlib.contextmanager
def own_letters() -> Iterator[None]:
    """Correct each font's map from glyphs to text just before WeasyPrint writes it.

    WeasyPrint gives a glyph the text of the cluster where it first stands. Where a letter and its
    mark are two glyphs, such as Vietnamese i and the dot below, the first gets nothing and the
    second both: searching, copying and reading aloud then lose the letter everywhere.
    """
    build = weasyprint.pdf.build_fonts_dictionary

    def build_corrected(pdf: Any, fonts: Any, *rest: Any) -> Any:
        for font in fonts.values():
            _correct(font)
        return build(pdf, fonts, *rest)

    weasyprint.pdf.build_fonts_dictionary = build_corrected
    try:
        yield
    finally:
        weasyprint.pdf.build_fonts_dictionary = build


def _correct(font: Any) -> None:
    data = bytes(font.file_content)
    for glyph, text in font.to_unicode.items():
        # A precomposed letter's text is right for its own glyph, and wrong for its mark's.
        if text and _glyph_of(data, text) == glyph:
            continue
        own = _letters(data).get(glyph, "")
        if unicodedata.normalize("NFKC", own) == text:
            continue  # a ligature says its letters
        if _is_latin(own) or (_is_latin(_composed(text)) and unicodedata.combining(own or "a")):
            font.to_unicode[glyph] = own


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _is_latin(text: str) -> bool:
    """Return whether a text is one Latin letter; other scripts build letters in other ways."""
    return len(text) == 1 and unicodedata.name(text, "").startswith("LATIN")


@functools.lru_cache(maxsize=64)
def _shaper(data: bytes) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(data)))


def _glyph_of(data: bytes, text: str) -> int | None:
    glyph = _shaper(data).get_nominal_glyph(ord(text)) if len(text) == 1 else None
    return None if glyph is None else int(glyph)


@functools.lru_cache(maxsize=64)
def _letters(data: bytes) -> dict[int, str]:
    """Return what each glyph is by the font's own table; the lowest letter where it is several."""
    font = _shaper(data)
    letters: dict[int, str] = {}
    for codepoint in sorted(font.face.unicodes):
        glyph = font.get_nominal_glyph(codepoint)
        if glyph is not None:
            letters.setdefault(int(glyph), chr(codepoint))
    return letters
