"""Copied text is whole, in every script, whatever reads it, and looks as it was laid out."""

import io
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import pikepdf
import polib
import pypdf
import pypdfium2
import pytest
import weasyprint.draw.text
import weasyprint.pdf
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops

from printkit.inks import Paint
from printkit.languages import LANGUAGES
from printkit.styles import language_css
from printkit.text import line_breaks
from printkit.typeset import letters, typeset
from printkit.typeset.letters import whole_words

PROJECT = Path(__file__).resolve().parent.parent
RGB = Paint(space="DeviceRGB", mix=lambda red, green, blue: (red, green, blue))
VIETNAMESE = "Quyền riêng tư của quý vị: hãy ngừng việc bán dữ liệu. Điều ấy miễn phí, được bảo vệ."
DECOMPOSED = unicodedata.normalize("NFD", "Việt thị nghị chị")
KHMER = "ក្រុមហ៊ុនប្រើប្រាស់ព័ត៌មាន ហើយរក្សាទុក"
LEFTWARD = tuple(tag for tag, one in LANGUAGES.items() if one.direction == "rtl")
RIGHTWARD = tuple(tag for tag in LANGUAGES if tag not in (*LEFTWARD, "en"))
WORDS = {
    "Noto Sans Bengali": "বাংলা ব্যক্তিগত তথ্য বিক্রি বন্ধ করুন",
    "Noto Sans Tamil": "தமிழ் தகவல் விற்பனை கொள்கை",
    "Noto Sans Telugu": "తెలుగు సమాచారం స్వేచ్ఛ క్షమించండి",
    "Noto Sans Myanmar": "မြန်မာ ကျွန်ုပ် ကြောင့် သတင်း",
    "Noto Sans Gujarati": "ગુજરાતી માહિતી ક્ષમા પ્રાપ્ત",
}
"""Words of scripts that have a font here and no catalog yet."""
Reader = Callable[[Path], list[str]]


def pages_of(html: str, tag: str, tmp_path: Path, style: str = "") -> Path:
    style = "@page{size:5in 6in;margin:0.4in}p{break-after:page}" + language_css() + style
    direction = LANGUAGES[tag].direction
    whole = (
        f'<!doctype html><html lang="{tag}" dir="{direction}"><head><title>t</title>'
        f"<style>{style}</style></head><body>{html}</body></html>"
    )
    path = tmp_path / "set.pdf"
    path.write_bytes(typeset(whole, roots=(tmp_path,), paint=RGB).pdf)
    return path


def paragraphs(sentences: Sequence[str], tag: str) -> str:
    return "".join(f"<p>{escape(line_breaks(one, LANGUAGES[tag]))}</p>" for one in sentences)


def sentences_of(tag: str, most: int = 12) -> list[str]:
    """Return the longest sentences of a catalog that hold nothing but words."""
    entries = polib.pofile(str(PROJECT / "po" / f"{tag}.po"))
    plain = {
        " ".join(one.msgstr.split())
        for one in entries
        if one.msgstr and not one.fuzzy and not re.search(r"[<{%&]|A-number", one.msgstr)
    }
    return sorted(plain, key=lambda sentence: (-len(sentence), sentence))[:most]


def by_pdfium(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [str(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def by_program(*command: str) -> Reader:
    def read(path: Path) -> list[str]:
        if shutil.which(command[0]) is None:
            pytest.skip(f"{command[0]} is not on this machine")
        done = subprocess.run(
            [one.replace("FILE", str(path)) for one in command], capture_output=True, check=True
        )
        return done.stdout.decode().split("\f")

    return read


READERS = {
    "pdfium": by_pdfium,
    "poppler": by_program("pdftotext", "-enc", "UTF-8", "FILE", "-"),
    "mupdf": by_program("mutool", "draw", "-q", "-F", "txt", "-o", "-", "FILE"),
}


def plain(text: str) -> str:
    """Return text in one form; readers treat a hyphen at a line's end in ways of their own."""
    text = text.replace("\N{NO-BREAK SPACE}", " ").replace("\ufffe", "").replace("-", "")
    return unicodedata.normalize("NFC", " ".join(text.split()))


def lines_make(lines: str, sentence: str) -> bool:
    """Tell whether lines, one after the other, are a sentence: no blank too many in any of them."""
    rest = plain(sentence)
    for line in map(plain, lines.splitlines()):
        rest = rest.lstrip()
        if not rest.startswith(line):
            return False
        rest = rest[len(line) :]
    return not rest.strip()


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w\u200c\u064b-\u065f\u0670]+", plain(text))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("tag", RIGHTWARD)
def test_sentences_of_catalogs_are_copied_as_they_were_typed(
    tag: str, reader: str, own_fonts: Path, tmp_path: Path
) -> None:
    sentences = sentences_of(tag)
    read = READERS[reader](pages_of(paragraphs(sentences, tag), tag, tmp_path))
    assert sentences
    wrong = [pair for pair in zip(sentences, read, strict=False) if not lines_make(*pair[::-1])]
    assert not wrong


@pytest.mark.parametrize("tag", LEFTWARD)
def test_words_from_right_to_left_are_copied_in_their_order(
    tag: str, own_fonts: Path, tmp_path: Path
) -> None:
    """By pdfium; poppler does the same but beside Latin words, and mupdf 1.21 turns lines round."""
    sentences = sentences_of(tag)
    read = by_pdfium(pages_of(paragraphs(sentences, tag), tag, tmp_path))
    assert [words_of(text) for text in read] == [words_of(text) for text in sentences]


@pytest.mark.parametrize("tag", LEFTWARD)
def test_words_from_right_to_left_are_copied_by_poppler(
    tag: str, own_fonts: Path, tmp_path: Path
) -> None:
    sentences = [one for one in sentences_of(tag, 60) if not re.search("[A-Za-z]", one)][:12]
    read = READERS["poppler"](pages_of(paragraphs(sentences, tag), tag, tmp_path))
    words = [words_of(re.sub("[\u202a-\u202e]", "", text)) for text in read[: len(sentences)]]
    assert words == [words_of(text) for text in sentences]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("family", WORDS)
def test_scripts_without_a_catalog_are_copied_too(
    family: str, reader: str, own_fonts: Path, tmp_path: Path
) -> None:
    html = f"<p style='font-family:\"{family}\"'>{WORDS[family]}</p>"
    read = READERS[reader](pages_of(html, "en", tmp_path))
    assert lines_make(read[0], WORDS[family])


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        (VIETNAMESE, "vi"),
        ("Nws tsis muaj nqi dab tsi", "hmn"),
        ("fi ffi fl: office, offline", "en"),
        ("¿Señor? Añadió ítems — «óptimo»", "es"),
        ("Não há preço. Ação já!", "pt"),
        (DECOMPOSED, "vi"),
        ("می‌توانید", "fa"),
    ],
)
def test_copied_text_equals_the_text_given(
    words: str, tag: str, own_fonts: Path, tmp_path: Path
) -> None:
    read = by_pdfium(pages_of(f"<p>{words}</p>", tag, tmp_path))
    assert plain(read[0]) == plain(words)


def test_a_ligature_says_its_letters_to_every_reader(own_fonts: Path, tmp_path: Path) -> None:
    page = pypdf.PdfReader(pages_of("<p>Office: flip it</p>", "en", tmp_path)).pages[0]
    assert page.extract_text().strip() == "Office: flip it", "pdfium would mend what is wrong"


def test_the_marks_for_breaks_are_not_copied(own_fonts: Path, tmp_path: Path) -> None:
    sentence = "ផ្ញើអ៊ីមែល e-mail ទៅក្រុមហ៊ុន"
    html = paragraphs([sentence], "km")
    assert "\u200b" in html
    assert "\u2060" in html
    (read,) = by_pdfium(pages_of(html, "km", tmp_path))
    assert lines_make(read, sentence)


def faces_of(path: Path) -> list[tuple[dict[int, float], bytes, bytes, TTFont]]:
    """Return each font's widths by code, its glyphs by code, its map to text, and its file."""
    faces = []
    with pikepdf.open(path) as pdf:
        fonts = {font.objgen: font for page in pdf.pages for font in page.Resources.Font.values()}
        for font in fonts.values():
            inner = font.DescendantFonts[0]
            first, widths = inner.W
            data = inner.FontDescriptor.FontFile2.read_bytes()
            faces.append(
                (
                    {int(first) + at: float(width) for at, width in enumerate(widths)},
                    inner.CIDToGIDMap.read_bytes(),
                    font.ToUnicode.read_bytes(),
                    TTFont(io.BytesIO(data)),
                )
            )
    return faces


@pytest.mark.parametrize("tag", ["km", "fa", "vi"])
def test_each_code_says_something_and_is_as_wide_as_its_glyph(
    tag: str, own_fonts: Path, tmp_path: Path
) -> None:
    """As PDF/UA-1 has it in 7.21.5 and 7.21.7."""
    for widths, glyphs, texts, font in faces_of(
        pages_of(paragraphs(sentences_of(tag, 4), tag), tag, tmp_path)
    ):
        said = dict(re.findall(rb"^<(.{4})> <(.*)>$", texts, re.MULTILINE))
        said.pop(b"0000", None)  # the range of all codes
        for code, width in widths.items():
            glyph = int.from_bytes(glyphs[2 * code : 2 * code + 2], "big")
            own = font["hmtx"][font.getGlyphName(glyph)][0] * 1000 / font["head"].unitsPerEm
            assert glyph
            assert width == pytest.approx(own, abs=1)
            assert said[b"%04x" % code] not in (b"", b"0000", b"fffe", b"feff", b"200b")


def picture_of(path: Path) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    try:
        picture = document[0].render(scale=3).to_pil()
        assert isinstance(picture, Image.Image)
        return picture.convert("L")
    finally:
        document.close()


def dark(picture: Image.Image) -> int:
    return sum(picture.histogram()[:128])


@pytest.mark.parametrize("tag", ["km", "hi", "th", "ar", "ur"])
def test_text_looks_as_weasyprint_would_draw_it(
    tag: str, own_fonts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = paragraphs(sentences_of(tag, 1), tag)
    ours = picture_of(pages_of(html, tag, tmp_path))
    monkeypatch.setattr(letters, "_takes_composites", lambda font: False)
    theirs = picture_of(pages_of(html, tag, tmp_path))
    differing = sum(ImageChops.difference(ours, theirs).histogram()[128:])
    assert dark(ours) > 1000
    assert differing < dark(ours) / 50


def test_a_font_that_takes_no_composites_is_still_read(
    own_fonts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "_takes_composites", lambda font: False)
    words = "Privacy is a right. Office: flip it"
    assert plain(by_pdfium(pages_of(f"<p>{words}</p>", "en", tmp_path))[0]) == words


def test_the_same_text_gives_the_same_bytes(own_fonts: Path, tmp_path: Path) -> None:
    first = pages_of(f"<p>{KHMER}</p>", "km", tmp_path).read_bytes()
    assert pages_of(f"<p>{KHMER}</p>", "km", tmp_path).read_bytes() == first


def test_no_empty_string_stands_in_what_is_shown(own_fonts: Path, tmp_path: Path) -> None:
    path = pages_of("<p>ສົ່ງ ເຂົ້າ ເຫຼົ່ານີ້ ເລີ່ມທີ່ນີ້</p>", "lo", tmp_path)
    with pikepdf.open(path) as pdf:
        shown = pdf.pages[0].Contents.read_bytes()
    assert b"] TJ" in shown
    assert b"<>" not in shown


def test_words_are_whole_only_while_a_sheet_is_written() -> None:
    def hooks() -> tuple[object, ...]:
        return (
            weasyprint.pdf.build_fonts_dictionary,
            weasyprint.draw.text.draw_first_line,
            weasyprint.pdf.fonts.Font.clean,
        )

    before = hooks()
    with whole_words():
        assert not set(hooks()) & set(before)
    assert hooks() == before
    with pytest.raises(RuntimeError), whole_words():
        raise RuntimeError
    assert hooks() == before
