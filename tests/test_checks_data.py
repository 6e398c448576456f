"""What the campaign's own data says of itself: placeholders, and facts grown old."""

import datetime
from pathlib import Path

import pytest
from project_kit import CAMPAIGN, write

from printkit.campaign import Campaign, load_campaign
from printkit.checks.data import FACT_AGE, RULES, check_data
from printkit.errors import Problems


def campaign_of(root: Path, text: str = CAMPAIGN, as_of: str = "2026-07-01") -> Campaign:
    write(root, "campaign.toml", text)
    problems = Problems()
    day = datetime.date.fromisoformat(as_of)
    campaign = load_campaign(root, problems=problems, as_of=day)
    problems.raise_if_any()
    assert campaign is not None
    return campaign


def test_a_good_campaign_has_nothing_to_tell(tmp_path: Path) -> None:
    assert check_data(campaign_of(tmp_path)) == []


def test_a_placeholder_is_told_with_its_line(tmp_path: Path) -> None:
    text = CAMPAIGN.replace("https://tiny.test", "https://example.org")
    assert list(map(str, check_data(campaign_of(tmp_path, text)))) == [
        "WARN campaign.toml:5: The landing address is https://example.org, a placeholder. Put your "
        "campaign's own address into landing_url. (landing-placeholder)"
    ]


@pytest.mark.parametrize(("days", "old"), [(0, False), (180, False), (181, True), (-1, False)])
def test_a_fact_grows_old_after_180_days(tmp_path: Path, days: int, old: bool) -> None:
    day = datetime.date(2026, 7, 1) + datetime.timedelta(days=days)
    found = check_data(campaign_of(tmp_path, as_of=day.isoformat()))
    assert len(found) == (3 if old else 0)
    assert FACT_AGE.days == 180


def test_an_old_fact_is_told_with_its_line_and_source(tmp_path: Path) -> None:
    before, last = CAMPAIGN.rsplit("2026-07-01", 1)
    found = check_data(campaign_of(tmp_path, f"{before}2025-07-01{last}"))
    assert list(map(str, found)) == [
        "WARN campaign.toml:22: The fact hotline was last checked on 2025-07-01. Check it against "
        "its source (a made-up number), and correct the date. (fact-old)"
    ]
    assert found[0].code in {rule.code for rule in RULES}
