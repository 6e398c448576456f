"""The ways to a company: each with source, day and grade, and an address as an envelope has it."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project_kit import BROKER, write

from printkit.brokers import Broker, load_brokers
from printkit.channels import CITY, MOST_LETTERS
from printkit.errors import Problems
from printkit.states import STATES, states_of_zip

# The keys of the file come before its tables.
ASKED = BROKER.replace(
    'sells = "Records about people"\n',
    """\
sells = "Records about people"
requests = ["opt-out", "know"]
identifiers = ["name", "address"]
""",
)
POST = """
[post]
lines = ["Acme Records Inc.", "Attn: Privacy", "1 Main Street, Suite 5", "Eagan, MN 55121"]
grade = "B"
source = "the registry's copy of that day"
as_of = 2026-06-01
kind = "registered street address"
"""
WAYS = """
[web]
url = "https://acme.test/privacy#california"
grade = "A"
source = "acme.test"
as_of = 2026-06-20

[email]
address = "privacy@acme.test"
grade = "B"
source = "acme.test"
as_of = 2026-06-20

[phone]
number = "1-800-555-0100"
grade = "B+"
source = "acme.test"
as_of = 2026-06-20
"""
CONFIRMED = """
[post.confirmed]
by = "maria"
on = 2026-06-25
how = "by telephone"
"""


def read(root: Path, text: str) -> tuple[Broker, list[str]]:
    write(root, "letters/brokers/acme.toml", text)
    problems = Problems()
    broker = load_brokers(root, problems=problems)["acme"]
    return broker, [str(one).removeprefix("letters/brokers/") for one in problems]


def test_every_way_is_read_whole(tmp_path: Path) -> None:
    broker, problems = read(tmp_path, ASKED + POST + WAYS)
    assert problems == []
    assert [way.kind for way in broker.channels] == ["post", "web", "email", "phone"]
    assert broker.post and broker.web and broker.phone
    assert broker.post.lines[0] == "Acme Records Inc."
    assert broker.post.lines[-1] == "Eagan, MN 55121"
    assert broker.post.note == "registered street address"
    assert broker.web.lines == ("https://acme.test/privacy#california",)
    assert (broker.phone.lines, broker.phone.grade) == (("1-800-555-0100",), "B+")
    assert broker.gets("opt-out") and broker.gets("know")
    assert not broker.gets("delete"), "it is not among its requests"


def test_a_company_without_an_address_gets_no_letter_but_may_get_requests(tmp_path: Path) -> None:
    broker, problems = read(tmp_path, ASKED + WAYS)
    assert problems == []
    assert broker.requests == ("opt-out", "know")
    assert not broker.gets("opt-out")


def test_a_confirmation_makes_an_address_young_and_sure(tmp_path: Path) -> None:
    before, _ = read(tmp_path, ASKED + POST)
    after, problems = read(tmp_path, ASKED + POST + CONFIRMED)
    assert problems == []
    assert before.post and after.post
    assert before.post.is_unconfirmed and not after.post.is_unconfirmed
    day = date(2026, 7, 1)
    assert (before.post.age(day), after.post.age(day)) == (30, 6)
    assert after.post.confirmed is not None
    assert after.post.confirmed.by == "maria"


def test_an_older_confirmation_makes_nothing_older(tmp_path: Path) -> None:
    broker, _ = read(tmp_path, ASKED + POST + CONFIRMED.replace("2026-06-25", "2026-05-01"))
    assert broker.post
    assert broker.post.checked == date(2026, 6, 1)


def test_an_address_graded_a_needs_no_confirmation(tmp_path: Path) -> None:
    broker, _ = read(tmp_path, ASKED + POST.replace('"B"', '"A"'))
    assert broker.post
    assert not broker.post.is_unconfirmed


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '"Eagan, MN 55121"',
            '"Houston, TX 21141"',
            "26: lines: the ZIP code 21141 is not in TX but in MD. Look the address up again; "
            "without a right one, take [post] out.",
        ),
        (
            '"Eagan, MN 55121"',
            '"Houston, TX 00012"',
            "26: lines: the ZIP code 00012 is in no state. Look",
        ),
        (
            '"Eagan, MN 55121"',
            '"Eagan, Minnesota 55121"',
            '26: lines: "Eagan, Minnesota 55121" is not a city, a state and a ZIP code. Write the '
            'last line as "Los Angeles, CA 90012".',
        ),
        ('"Eagan, MN 55121"', '"Eagan, MN 5512"', '26: lines: "Eagan, MN 5512" is not a city'),
        ('"Eagan, MN 55121"', '"Eagan, XX 55121"', '26: lines: "XX" is no state\'s two letters.'),
        (
            '"Attn: Privacy"',
            f'"{"A" * (MOST_LETTERS + 1)}"',
            f'26: lines: "{"A" * 49}" has 49 letters; a window envelope shows 48. Shorten it, or',
        ),
        (
            '"Attn: Privacy"',
            '"Floor 2", "Attn: Privacy"',
            "26: lines: an address of 5 lines. Write 3 to 4: the company first, the city last.",
        ),
        (
            '"Attn: Privacy", "1 Main Street, Suite 5", ',
            "",
            "26: lines: an address of 2 lines.",
        ),
        (
            '"Attn: Privacy"',
            '"Attn: Privácy"',
            '26: lines: "Attn: Privácy" has letters or spaces that a sorting machine can\'t read.',
        ),
        ('"Attn: Privacy"', '" Attn"', '26: lines: " Attn" has letters or spaces'),
        ('"Attn: Privacy"', '""', "26: lines: The text is empty."),
        (
            'grade = "B"\nsource = "the',
            'grade = "C"\nsource = "the',
            "27: An address graded C gets no letter. Take [post] out, and tell in note where it "
            "stands.",
        ),
        (
            'grade = "B"\nsource = "the',
            'grade = "E"\nsource = "the',
            '27: grade: "E" is not one of the words allowed.',
        ),
        ("as_of = 2026-06-01\nkind", "kind", "25: as_of is missing."),
        ("https://acme.test/privacy", "http://acme.test/privacy", "33: url: "),
        (
            "privacy#california",
            "privacy ; acme.test",
            '33: url: "https://acme.test/privacy ; acme.test" does not have the right form. Write '
            "one address, with https://.",
        ),
        (
            "privacy@acme.test",
            "privacy@acme.test (registry)",
            '39: address: "privacy@acme.test (registry)" does not have the right form. Write one '
            'e-mail address, such as "privacy@company.com".',
        ),
        (
            "1-800-555-0100",
            "8005550100",
            '45: number: "8005550100" does not have the right form. Write one number, such as '
            '"1-800-555-0100".',
        ),
        ('number = "1-800-555-0100"', 'nmuber = "1-800-555-0100"', "44: number is missing."),
    ],
)
def test_one_thing_wrong_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    text = ASKED + POST + WAYS
    assert text.count(old) == 1
    _, problems = read(tmp_path, text.replace(old, new))
    assert any(one.startswith(f"acme.toml:{told}") for one in problems), problems


def test_a_confirmation_says_who_when_and_how(tmp_path: Path) -> None:
    _, problems = read(tmp_path, ASKED + POST + CONFIRMED.replace('by = "maria"\n', ""))
    assert problems == ["acme.toml:32: by is missing. Add by."]


@given(st.sampled_from(list(STATES)), st.integers(0, 99_999))
def test_the_law_of_zip_codes_holds_for_each(state: str, number: int) -> None:
    zip_code = f"{number:05}"
    match = CITY.fullmatch(f"Some City, {state} {zip_code}")
    assert match is not None
    inside = any(low * 100 <= number < (high + 1) * 100 for low, high in STATES[state].zips)
    assert (state in states_of_zip(match[3])) == inside
