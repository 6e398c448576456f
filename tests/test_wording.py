"""Addresses, phones and numbers are found in every script, and words are not taken for them."""

import pytest

from printkit.wording import addresses, native_digits, numbers, phones


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Open privacy.ca.gov/drop.", ["privacy.ca.gov/drop"]),
        ("(see https://privacy.ca.gov/drop/?a=b#c)", ["https://privacy.ca.gov/drop/?a=b#c"]),
        ("Write to help@example.org, please", ["help@example.org"]),
        ("เปิดevil.comแล้ว", ["evil.com"]),
        ("打开evil.com，然后", ["evil.com"]),
        ("افتح evil.com، ثم", ["evil.com"]),
        ("HTTP://EVIL.example", ["HTTP://EVIL.example"]),
        ("www.почта.рф сейчас", ["www.почта.рф"]),
        ("mailto:a tel:5", ["mailto:a", "tel:5"]),
        ("EE.UU. y p. ej. v.v. e.g. 9 a.m. Inc. Co.", []),
        ("и т.д. и т.п.", []),
        ("Civ. Code 1798.120(a), 11 CCR 7026(d)", []),
        ("no.está", []),
        ("Abra pıivacy.ca.gov/drop ya", ["pıivacy.ca.gov/drop"]),
        ("Abra prívacy.org.", ["prívacy.org"]),
        ("Vea el año.nos vemos", []),
    ],
)
def test_addresses(text: str, found: list[str]) -> None:
    assert addresses(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call 410-555-0100 or (410) 555-0100.", ["410-555-0100", "410-555-0100"]),
        ("+1 410 555 0100; 1-800-555-0199", ["1-410-555-0100", "1-800-555-0199"]),
        ("٤١٠-٥٥٥-٠١٠٠", ["410-555-0100"]),
        ("2013–2017, 1798.120, 95814-2900", []),
    ],
)
def test_phones(text: str, found: list[str]) -> None:
    assert phones(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("45 days, 1,000 people, 1.5 million", ["45", "1000", "15"]),
        ("1.000 personas, 1 000 personas, 1\u202f000", ["1000", "1000", "1000"]),
        ("१५ दिन, ۴۵ روز, １２", ["15", "45", "12"]),
        ("Call 410-555-0100 or open x1.example.org/45", []),
        ("15, 45", ["15", "45"]),
    ],
)
def test_numbers(text: str, found: list[str]) -> None:
    assert numbers(text) == found


def test_number_words_of_the_source_may_become_digits() -> None:
    assert numbers("Three steps, by March", spelled=True) == ["3", "3"]
    assert numbers("Three steps") == []


def test_digits_of_other_scripts_are_seen() -> None:
    assert native_digits("45 ۴۵") == ["۴", "۵"]
