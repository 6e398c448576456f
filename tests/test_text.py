"""Lines break where a reader expects, and the marks for it can be taken out again."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.languages import LANGUAGES
from printkit.text import FACT, line_breaks, without_breaks

SAMPLES = {
    "th": "คุณมีสิทธิขอให้บริษัทหยุดขายข้อมูลของคุณ",
    "lo": "ທ່ານມີສິດຂໍໃຫ້ບໍລິສັດຢຸດຂາຍຂໍ້ມູນຂອງທ່ານ",
    "km": "អ្នកមានសិទ្ធិស្នើសុំឱ្យក្រុមហ៊ុនឈប់លក់ទិន្នន័យរបស់អ្នក",
}


@pytest.mark.parametrize("tag", SAMPLES)
def test_unspaced_scripts_may_break_between_words(tag: str) -> None:
    marked = line_breaks(SAMPLES[tag], LANGUAGES[tag])
    assert marked.count("\u200b") >= 6
    assert without_breaks(marked) == SAMPLES[tag]
    assert not marked.startswith("\u200b")
    assert not marked.endswith("\u200b")


def test_burmese_breaks_too_though_the_campaign_has_none_yet() -> None:
    burmese = dataclasses.replace(LANGUAGES["th"], tag="my", script="Mymr")
    assert "\u200b" in line_breaks("မြန်မာဘာသာစကား", burmese)


def test_latin_words_and_addresses_in_thai_get_no_mark() -> None:
    marked = line_breaks("เปิด privacy.ca.gov/drop แล้ว", LANGUAGES["th"])
    assert "privacy.ca.gov/drop" in marked


def test_a_line_may_break_beside_a_fact_but_not_before_a_vowel_sign() -> None:
    lao = LANGUAGES["lo"]
    assert line_breaks(f"ໂທ{FACT}ມື້", lao) == f"ໂທ\u200b{FACT}\u200bມື້"
    assert line_breaks(f"ໂທ {FACT} ມື້", lao) == f"ໂທ {FACT} ມື້"
    assert line_breaks(f"{FACT}ະ", lao) == f"{FACT}ະ"


def test_a_translators_own_break_stays_alone() -> None:
    assert line_breaks("ສະບາຍ\u200bດີ", LANGUAGES["lo"]).count("\u200b\u200b") == 0


def test_korean_breaks_at_spaces_only() -> None:
    assert line_breaks("개인 정보", LANGUAGES["ko"]) == "개\u2060인 정\u2060보"
    assert line_breaks("DROP은 45일", LANGUAGES["ko"]) == "DROP\u2060은 45\u2060일"
    assert line_breaks(f"{FACT}에서", LANGUAGES["ko"]) == f"{FACT}\u2060에\u2060서"


def test_a_spaced_danda_stays_with_its_sentence() -> None:
    assert line_breaks("यह आपका अधिकार है ।", LANGUAGES["hi"]) == "यह आपका अधिकार है\u00a0।"
    assert line_breaks("ਇਹ ਹੈ। ਹਾਂ ॥", LANGUAGES["pa"]) == "ਇਹ ਹੈ। ਹਾਂ\u00a0॥"


@pytest.mark.parametrize("tag", ["en", "es", "hmn", "ar", "zh-Hant", "ja", "ru", "am"])
def test_other_languages_are_left_alone(tag: str) -> None:
    for text in ("Koj muaj cai.", "你有權利。", "لديك الحق ।", "개인"):
        assert line_breaks(text, LANGUAGES[tag]) == text


LETTERS = st.text(
    st.one_of(
        st.characters(categories=["L", "M", "N", "P", "Z", "S"]),
        st.sampled_from("กขคเแ่้ກຂຄເແ່້កខគ្ាែ개인정보।॥ \u200b\u2060\u00a0" + FACT),
    ),
    max_size=40,
)


@given(text=LETTERS, tag=st.sampled_from(list(LANGUAGES)))
def test_taking_the_marks_out_gives_the_text_back(text: str, tag: str) -> None:
    assert without_breaks(line_breaks(text, LANGUAGES[tag])) == without_breaks(text)
    once = line_breaks(text, LANGUAGES[tag])
    assert line_breaks(once, LANGUAGES[tag]) == once


@pytest.mark.parametrize("tag", ["en", "hy", "ar", "th", "ko"])
def test_one_letter_and_its_hyphen_stay_together(tag: str) -> None:
    marked = line_breaks("A-number e-mail well-known", LANGUAGES[tag])
    assert "A-\u2060number" in marked
    assert "e-\u2060mail" in marked
    assert "well-known" in marked
    assert without_breaks(marked) == "A-number e-mail well-known"
