"""Missing glyphs and broken syllables are found in each language's own fonts."""

from pathlib import Path

import pytest

from printkit.checks.glyphs import missing_glyphs
from printkit.languages import LANGUAGES

FONTS = Path(__file__).parents[1] / "fonts"


def told(text: str, tag: str, *, dense: bool = False) -> list[str]:
    return [str(found) for found in missing_glyphs(text, LANGUAGES[tag], FONTS, dense=dense)]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_can_print_its_name_and_an_address(tag: str) -> None:
    text = f"{LANGUAGES[tag].autonym} {LANGUAGES[tag].english} privacy.ca.gov/drop § “45” – 1,000"
    assert told(text, tag) == []
    assert told(text, tag, dense=True) == []


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("km", "អ្នកមានសិទ្ធិ\u200bស្នើសុំ"),
        ("hi", "व्यक्तिगत जानकारी है\u00a0।"),
        ("ko", "개\u2060인 정\u2060보"),
        ("fa", "می‌خواهید"),
        ("vi", "quyền được yêu cầu"),
        ("zh-Hant", "您的個人資料"),
        ("am", "የእርስዎ መረጃ።"),
    ],
)
def test_good_text_with_its_marks_is_left_in_peace(tag: str, text: str) -> None:
    assert told(text, tag) == []


def test_a_sign_that_no_font_has_is_named_once() -> None:
    assert told("☎ Call ☎ now", "es") == [
        "FAIL es: No font of Spanish has U+260E (☎). "
        "Write it with other characters, or draw it in the template. (glyph-missing)"
    ]


def test_a_letter_of_another_languages_font_does_not_count() -> None:
    assert told("ไทย", "es")
    assert told("ไทย", "th") == []


def test_a_vowel_sign_without_its_letter_is_named_with_its_word() -> None:
    found = told("ា", "km")
    assert found == [
        'FAIL km: In "ា", U+17B6 stands without the letter that carries it. '
        "Type the syllable again, in the order in which the language is typed. (glyph-sequence)"
    ]
    assert told("कि ि", "hi")


def test_a_finding_carries_its_place() -> None:
    found = missing_glyphs("☎", LANGUAGES["es"], FONTS, language="mul", file="po/es.po", line=3)
    assert (found[0].language, found[0].file, found[0].line) == ("mul", "po/es.po", 3)
