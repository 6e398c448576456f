"""Companies' files: what is printed of each, with its source, and nothing without one."""

from pathlib import Path

import pytest
from project_kit import BROKER, write

from printkit.brokers import Broker, load_brokers
from printkit.errors import Problems

REPLY = """
[reply]
text = "The company says that it stopped."
url = "https://acme.test/answer"
date = "undated"
"""


def brokers_of(root: Path, text: str = BROKER) -> tuple[dict[str, Broker], list[str]]:
    write(root, "letters/brokers/acme.toml", text)
    problems = Problems()
    return load_brokers(root, problems=problems), list(map(str, problems))


def test_a_good_company_is_read_whole(tmp_path: Path) -> None:
    brokers, problems = brokers_of(tmp_path, BROKER + REPLY)
    assert problems == []
    acme = brokers["acme"]
    assert (acme.name, acme.legal_name, acme.product) == ("Acme Records", "Acme Records Inc.", "")
    assert acme.drop_reaches
    assert acme.claims[0].facts == {"amount": ("amount", "$5")}
    assert (acme.claims[0].to, acme.claims[0].date) == (("ICE",), "2025-08")
    assert acme.reply is not None
    assert acme.reply.date == "undated"
    assert acme.texts == (
        "Records about people",
        "ICE paid {amount} for its records.",
        "The company says that it stopped.",
    )


def test_companies_come_in_the_alphabets_order_of_their_names(tmp_path: Path) -> None:
    for slug, name in (("a", "zeta"), ("b", "Acme"), ("c", "beta")):
        text = BROKER.replace("Acme Records", name, 1)
        write(tmp_path, f"letters/brokers/{slug}.toml", text)
    assert list(load_brokers(tmp_path, problems=Problems())) == ["b", "c", "a"]


def test_a_campaign_may_do_without_companies(tmp_path: Path) -> None:
    assert load_brokers(tmp_path, problems=Problems()) == {}


@pytest.mark.parametrize("date", ["2025", "2025-08", "2025-08-31"])
def test_a_claims_day_may_be_a_month_or_a_year(tmp_path: Path, date: str) -> None:
    assert brokers_of(tmp_path, BROKER.replace("2025-08", date))[1] == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "Acme Records"', 'nmae = "Acme Records"', "1: name is missing. Add name."),
        (
            'kind = "data broker"',
            'kind = "data borker"',
            '3: kind: "data borker" is not one of the words allowed. Did you mean "data broker"?',
        ),
        ("drop_reaches = true", 'drop_reaches = "yes"', '4: drop_reaches: "yes" is neither true'),
        ('sells = "Records about people"\n', "", "1: sells is missing. Add sells."),
        (
            'to = ["ICE"]',
            'to = ["FBI"]',
            "10: to: names no agency that is known here. Use ICE, CBP.",
        ),
        ('to = ["ICE"]', "to = []", "10: to: names no agency that is known here."),
        (
            'date = "2025-08"',
            'date = "2025-13"',
            '11: date: "2025-13" does not have the right form. Write a date such as "2021-04"',
        ),
        ('date = "2025-08"', 'date = "August"', '11: date: "August" does not have the right form.'),
        ('publisher = "The Daily Test"\n', "", "7: publisher is missing. Add publisher."),
        (
            "https://news.test/acme",
            "http://news.test/acme",
            '13: url: "http://news.test/acme" does not have the right form. Write an address',
        ),
        (
            'confidence = "high"',
            'confidence = "low"',
            '14: confidence: "low" is not one of the words allowed.',
        ),
        (
            "facts = { amount",
            "facts = { sum",
            '8: "{amount}" has no fact. Add amount to facts.',
        ),
        (
            "facts = { amount",
            "facts = { year = { kind = 'date', value = '2020' }, amount",
            '9: "year" is a fact that the text does not name.',
        ),
        ('{ kind = "amount"', '{ kind = "money"', '9: kind: "money" is not one of the words'),
        (
            "Records about people",
            "Records about {count} people",
            '5: sells: "{count}" has no fact here.',
        ),
        (
            "federal = true",
            "",
            "16: federal is missing. Add federal.",
        ),
        (
            BROKER[BROKER.index("\n[registry]") :],
            "",
            "4: DROP reaches registered companies only, and [registry] is missing. Add [registry], "
            "or write drop_reaches = false.",
        ),
        (
            "drop_reaches = true",
            "drop_reaches = false",
            "4: The company is in the state's registry, so DROP reaches it. Write drop_reaches = "
            "true, or take [registry] out.",
        ),
    ],
)
def test_one_thing_wrong_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert BROKER.count(old) == 1
    _, problems = brokers_of(tmp_path, BROKER.replace(old, new))
    assert any(one.startswith(f"letters/brokers/acme.toml:{told}") for one in problems), problems


def test_everything_wrong_in_all_files_is_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "letters/brokers/other.toml", "name = ")
    _, problems = brokers_of(tmp_path, BROKER.replace('"high"', '"low"').replace("true", "1", 1))
    assert [problem.split(": ")[0] for problem in problems] == [
        "letters/brokers/acme.toml:4",
        "letters/brokers/acme.toml:14",
        "letters/brokers/other.toml:1",
    ]


def test_a_reply_needs_its_source(tmp_path: Path) -> None:
    _, problems = brokers_of(tmp_path, BROKER + REPLY.replace('url = "https://acme', 'url = "acme'))
    assert problems == [
        'letters/brokers/acme.toml:25: url: "acme.test/answer" does not have the right form. '
        "Write an address that a reader can open, with https://."
    ]
    _, problems = brokers_of(tmp_path, BROKER + REPLY.replace("undated", "some day"))
    assert problems == [
        'letters/brokers/acme.toml:26: date: "some day" does not have the right form. Write a '
        'date such as "2021-04" or "2021-04-30", or "undated".'
    ]
