"""campaign.toml: what every piece shares, and what is wrong in it told with its line."""

import datetime
from pathlib import Path

import pytest
from project_kit import CAMPAIGN

from printkit.campaign import Campaign, load_campaign
from printkit.errors import Problems

DATED = """
[facts.days]
kind = "number"
source = "the law"
checked = 2026-07-01
dated = [{ from = 2026-08-01, value = "90" }, { from = 2026-01-01, value = "45" }]
"""


def campaign_of(
    root: Path, text: str = CAMPAIGN, as_of: datetime.date | None = None
) -> tuple[Campaign | None, list[str]]:
    (root / "campaign.toml").write_text(text, encoding="utf-8")
    problems = Problems()
    return load_campaign(root, problems=problems, as_of=as_of), list(map(str, problems))


def test_a_good_campaign_is_read_whole(tmp_path: Path) -> None:
    campaign, problems = campaign_of(tmp_path)
    assert problems == []
    assert campaign is not None
    assert (campaign.name, campaign.version) == ("Tiny campaign", "1.0")
    assert campaign.version_date == datetime.date(2026, 7, 1)
    assert campaign.languages == ("en", "es", "ar")
    assert campaign.landing_line == 5
    assert campaign.planning is None
    drop = campaign.facts["drop_url"]
    assert (drop.value, drop.shown) == ("https://privacy.ca.gov/drop/", "privacy.ca.gov/drop")
    assert (drop.line, campaign.facts["hotline"].shown) == (8, "410-555-0100")


def test_languages_come_in_the_tables_order(tmp_path: Path) -> None:
    campaign, _ = campaign_of(tmp_path, CAMPAIGN.replace('["en", "es", "ar"]', '["ar", "en"]'))
    assert campaign is not None
    assert campaign.languages == ("en", "ar")


def test_a_landing_address_says_where_and_in_which_language_and_no_more(tmp_path: Path) -> None:
    campaign, _ = campaign_of(tmp_path, CAMPAIGN.replace("tiny.test", "tiny.test/go/"))
    assert campaign is not None
    assert campaign.landing("fresno", "es") == "https://tiny.test/go/fresno/es/1.0"


@pytest.mark.parametrize(
    ("address", "stands_in"),
    [
        ("https://example.org", True),
        ("https://www.example.com/drop", True),
        ("https://example.net:8080", True),
        ("https://tiny.test", False),
        ("https://myexample.org", False),
        ("https://tiny.test/example.org", False),
    ],
)
def test_an_example_address_is_a_placeholder(tmp_path: Path, address: str, stands_in: bool) -> None:
    campaign, problems = campaign_of(tmp_path, CAMPAIGN.replace("https://tiny.test", address))
    assert problems == []
    assert campaign is not None
    assert campaign.landing_is_placeholder is stands_in


@pytest.mark.parametrize(
    ("day", "value"), [("2026-07-01", "45"), ("2026-08-01", "90"), ("2027-01-01", "90")]
)
def test_the_value_in_force_on_the_day_is_printed(tmp_path: Path, day: str, value: str) -> None:
    as_of = datetime.date.fromisoformat(day)
    campaign, problems = campaign_of(tmp_path, CAMPAIGN + DATED, as_of)
    assert problems == []
    assert campaign is not None
    assert (campaign.as_of, campaign.facts["days"].shown) == (as_of, value)


def test_a_day_before_every_value_is_a_problem(tmp_path: Path) -> None:
    _, problems = campaign_of(tmp_path, CAMPAIGN + DATED, datetime.date(2025, 12, 31))
    assert problems == [
        "campaign.toml:32: No value is in force on 2025-12-31. Add an entry to dated that starts "
        "on that day or before."
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "Tiny campaign"\n', "", "campaign.toml:1: name is missing. Add name."),
        (
            'version = "1.0"',
            'version = "../1"',
            'campaign.toml:2: version: "../1" does not have the right form. '
            'Write a version such as "1.0".',
        ),
        (
            "as_of = 2026-07-01",
            'as_of = "July"',
            'campaign.toml:4: as_of: "July" is not a day. Write year-month-day without quotes',
        ),
        (
            "https://tiny.test",
            "http://tiny.test",
            'campaign.toml:5: landing_url: "http://tiny.test" does not have the right form.',
        ),
        (
            "https://tiny.test",
            "https://tiny.test/?copy=7",
            'campaign.toml:5: landing_url: "https://tiny.test/?copy=7" does not have the right '
            "form. Write an address such as "
            '"https://your-site.org", with https and no ? or #.',
        ),
        (
            '"es", "ar"]',
            '"es", "arr"]',
            'campaign.toml:6: languages: "arr" is not in the language table. Did you mean "ar"?',
        ),
        (
            '"es", "ar"]',
            '"es", "es"]',
            "campaign.toml:6: languages: es stands twice. Take one out.",
        ),
        (
            '["en", "es"',
            '["es"',
            "campaign.toml:6: languages: en is missing. English is the source: put it back.",
        ),
        (
            "[facts.hotline]",
            '[facts."Hot line"]',
            'campaign.toml:22: "Hot line" can\'t be the name of a fact. Use small letters',
        ),
        (
            'kind = "phone"',
            'kind = "fone"',
            'campaign.toml:23: kind: "fone" is not one of the words allowed. Did you mean "phone"?',
        ),
        (
            'value = "https://privacy.ca.gov/drop/"',
            'value = "privacy.ca.gov"',
            "campaign.toml:10: value: an address starts with https://. Write it whole.",
        ),
        (
            'source = "a made-up number"\n',
            "",
            "campaign.toml:22: source is missing. Add source.",
        ),
        (
            "landing_url =",
            "landing_ulr =",
            'campaign.toml:5: "landing_ulr" is not a key that is known here. Did you mean '
            '"landing_url"?',
        ),
        (
            'value = "410-555-0100"',
            'valu = "410-555-0100"',
            'campaign.toml:24: "valu" is not a key that is known here. Did you mean "value"?',
        ),
    ],
)
def test_one_thing_wrong_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert CAMPAIGN.count(old) == 1
    _, problems = campaign_of(tmp_path, CAMPAIGN.replace(old, new))
    assert any(problem.startswith(told) for problem in problems), problems


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = CAMPAIGN.replace("https://tiny.test", "tiny").replace('"ar"]', '"xx"]')
    _, problems = campaign_of(tmp_path, text.replace('kind = "phone"', 'kind = "fax"'))
    assert [problem.split(" ")[0] for problem in problems] == [
        "campaign.toml:5:",
        "campaign.toml:6:",
        "campaign.toml:23:",
    ]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    problems = Problems()
    assert load_campaign(tmp_path, problems=problems) is None
    assert list(map(str, problems)) == ["campaign.toml: The file is missing. Put the file there."]


def test_facts_that_are_no_tables_are_told(tmp_path: Path) -> None:
    text = CAMPAIGN.split("[facts")[0]
    _, problems = campaign_of(tmp_path, text + 'facts = "none"\n')
    assert problems == ["campaign.toml:8: facts is not a table. Write [facts] and its keys below."]
    _, problems = campaign_of(tmp_path, text + '[facts]\ndrop_url = "https://a.test"\n')
    assert problems[0].startswith("campaign.toml:9: drop_url is not a table.")
