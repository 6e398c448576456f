"""Facts print as they are, isolated, and dates in every language with Latin digits."""

import datetime
import re

import pytest
from markupsafe import Markup

from printkit.facts import Fact, Tag, fact_date, fact_markup, fact_number
from printkit.languages import LANGUAGES

DAY = datetime.date(2026, 3, 5)


def test_a_fact_stands_alone_in_its_direction() -> None:
    phone = Fact(text="410-555-0100", kind="phone")
    assert fact_markup(phone, direction="ltr") == '<span class="fact phone">410-555-0100</span>'
    assert fact_markup(phone, direction="rtl") == (
        '<bdi dir="ltr" class="fact phone">410-555-0100</bdi>'
    )


def test_words_of_a_right_to_left_language_stay_right_to_left() -> None:
    day = fact_date(DAY, LANGUAGES["fa"])
    assert fact_markup(day, direction="rtl") == '<bdi dir="rtl" class="fact date">5 مارس 2026</bdi>'
    name = Fact(text="العربية")
    assert fact_markup(name, direction="ltr") == '<bdi dir="rtl" class="fact name">العربية</bdi>'


def test_a_long_address_may_break_after_a_slash_only_if_asked() -> None:
    url = "https://privacy.ca.gov/drop/x"
    assert "\u200b" not in fact_markup(Fact(text=url, kind="url"), direction="ltr")
    assert fact_markup(Fact(text=url, kind="url", breaks=True), direction="ltr") == (
        '<span class="fact url breaks"><span class="part">https://privacy.ca.gov/</span>\u200b'
        '<span class="part">drop/</span>\u200b<span class="part">x</span></span>'
    )


@pytest.mark.parametrize("text", ["<img src=x>", Markup("<img src=x>")])
def test_a_fact_is_text_whoever_made_it(text: str) -> None:
    assert fact_markup(Fact(text=text), direction="ltr") == (
        '<span class="fact name">&lt;img src=x&gt;</span>'
    )


def test_a_tags_attributes_are_escaped() -> None:
    tag = Tag("a", {"href": 'https://x.org/?a="&b'})
    assert tag.start == '<a href="https://x.org/?a=&#34;&amp;b">'
    assert tag.end == "</a>"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_has_a_date_and_a_number_in_latin_digits(tag: str) -> None:
    day = fact_date(DAY, LANGUAGES[tag]).text
    assert "2026" in day
    assert re.findall("[0-9]+", day)
    assert "M03" not in day
    assert re.sub("[^0-9]", "", fact_number(1234567, LANGUAGES[tag]).text) == "1234567"


def test_dates_read_as_the_language_writes_them() -> None:
    assert fact_date(DAY, LANGUAGES["es"]).text == "5 de marzo de 2026"
    assert fact_date(DAY, LANGUAGES["hmn"]).text == "March 5, 2026"
    assert fact_date(DAY, LANGUAGES["zh-Hant"]).text == "2026年3月5日"
