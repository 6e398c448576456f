"""Copied text is whole: a letter and its mark come out as they went in."""

import io
import unicodedata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest
import uharfbuzz
import weasyprint.pdf

from printkit.fonts import font_file
from printkit.inks import Paint
from printkit.styles import language_css
from printkit.typeset import typeset
from printkit.typeset.letters import own_letters

RGB = Paint(space="DeviceRGB", mix=lambda red, green, blue: (red, green, blue))
VIETNAMESE = "Quyền riêng tư của quý vị: hãy ngừng việc bán dữ liệu. Điều ấy miễn phí, được bảo vệ."
DECOMPOSED = unicodedata.normalize("NFD", "Việt thị nghị chị")


def text_of(words: str, tag: str, tmp_path: Path) -> str:
    page = pypdfium2.PdfDocument(pdf_of(words, tag, tmp_path))[0]
    return " ".join(str(page.get_textpage().get_text_range()).split())


def pdf_of(words: str, tag: str, tmp_path: Path) -> bytes:
    style = "@page{size:6in 3in;margin:0.4in}" + language_css()
    html = (
        f'<!doctype html><html lang="{tag}"><head><title>t</title><style>{style}</style></head>'
        f"<body><p>{words}</p></body></html>"
    )
    return typeset(html, roots=(tmp_path,), paint=RGB).pdf


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        (VIETNAMESE, "vi"),
        ("Nws tsis muaj nqi dab tsi", "hmn"),
        ("fi ffi fl: office, offline", "en"),
        ("¿Señor? Añadió ítems — «óptimo»", "es"),
        ("Não há preço. Ação já!", "pt"),
    ],
)
def test_copied_text_equals_the_text_given(
    words: str, tag: str, own_fonts: Path, tmp_path: Path
) -> None:
    assert text_of(words, tag, tmp_path) == words


def test_a_ligature_says_its_letters_to_every_reader(own_fonts: Path, tmp_path: Path) -> None:
    page = pypdf.PdfReader(io.BytesIO(pdf_of("Office: flip it", "en", tmp_path))).pages[0]
    assert page.extract_text().strip() == "Office: flip it", "pdfium would mend what is wrong"


def test_letters_and_marks_typed_apart_come_out_once_each(own_fonts: Path, tmp_path: Path) -> None:
    read = text_of(DECOMPOSED, "vi", tmp_path)
    assert unicodedata.normalize("NFC", read.replace(" \u0323", "\u0323")) == "Việt thị nghị chị"


def test_the_correction_holds_only_while_a_sheet_is_written() -> None:
    before = weasyprint.pdf.build_fonts_dictionary
    with own_letters():
        assert weasyprint.pdf.build_fonts_dictionary is not before
    assert weasyprint.pdf.build_fonts_dictionary is before
    with pytest.raises(RuntimeError), own_letters():
        raise RuntimeError
    assert weasyprint.pdf.build_fonts_dictionary is before


def corrected(
    monkeypatch: pytest.MonkeyPatch, project: Path, given: dict[int, str]
) -> dict[int, str]:
    """Return what a font's map from glyphs to text becomes."""
    data = font_file(project / "fonts", "Noto Sans", "Regular").read_bytes()
    font = SimpleNamespace(file_content=data, to_unicode=dict(given))
    monkeypatch.setattr(weasyprint.pdf, "build_fonts_dictionary", lambda pdf, fonts: fonts)
    with own_letters():
        weasyprint.pdf.build_fonts_dictionary(None, {"f": font})
    became: dict[int, str] = font.to_unicode
    return became


def glyph(project: Path, letter: str) -> int:
    data = font_file(project / "fonts", "Noto Sans", "Regular").read_bytes()
    found: Any = uharfbuzz.Font(uharfbuzz.Face(data)).get_nominal_glyph(ord(letter))
    return int(found)


def test_a_glyph_stands_for_its_own_letter(monkeypatch: pytest.MonkeyPatch, project: Path) -> None:
    letter, dot = glyph(project, "i"), glyph(project, "\u0323")
    assert corrected(monkeypatch, project, {letter: "", dot: "ị"}) == {letter: "i", dot: "\u0323"}


def test_a_right_map_stays(monkeypatch: pytest.MonkeyPatch, project: Path) -> None:
    right = {glyph(project, letter): letter for letter in "aĐđ1.—"}
    assert corrected(monkeypatch, project, right) == right


def test_a_ligature_keeps_its_letters(monkeypatch: pytest.MonkeyPatch, project: Path) -> None:
    """A glyph with no letter of its own keeps what the layout engine says of it."""
    assert corrected(monkeypatch, project, {60000: "ffi"}) == {60000: "ffi"}


def test_no_empty_string_stands_in_what_is_shown(own_fonts: Path, tmp_path: Path) -> None:
    style = "@page{size:6in 3in;margin:0.4in}" + language_css()
    html = (
        f'<!doctype html><html lang="lo"><head><title>t</title><style>{style}</style></head>'
        "<body><p>ສົ່ງ ເຂົ້າ ເຫຼົ່ານີ້ ເລີ່ມທີ່ນີ້</p></body></html>"
    )
    layout = typeset(html, roots=(tmp_path,), paint=RGB)
    with pikepdf.open(io.BytesIO(layout.pdf)) as pdf:
        shown = pdf.pages[0].Contents.read_bytes()
    assert b"] TJ" in shown
    assert b"<>" not in shown
