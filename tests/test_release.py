"""A release holds signed-off languages of a campaign of its own, or says every reason why not."""

from datetime import date
from pathlib import Path

import pytest
from building import jobs_of
from project_kit import change, sign_off

from printkit.errors import UserError
from printkit.findings import fails
from printkit.jobs import Selection
from printkit.project import load_project
from printkit.release import released, without_drafts
from printkit.selecting import selection_for

TODAY = date(2026, 7, 20)


def refused(root: Path, wanted: Selection | None = None, today: date = TODAY) -> list[str]:
    with pytest.raises(UserError) as caught:
        released(load_project(root), wanted or Selection(), today=today)
    return str(caught.value).splitlines()


def test_all_signed_off_releases_all_and_the_sheet_in_all_languages(tiny: Path) -> None:
    sign_off(tiny, "en", "es", "ar")
    selection = released(load_project(tiny), Selection(), today=TODAY)
    assert selection.languages == {"en", "es", "ar", "mul"}


def test_some_signed_off_releases_these(tiny: Path) -> None:
    sign_off(tiny, "en", "es")
    project = load_project(tiny)
    assert released(project, Selection(), today=TODAY).languages == {"en", "es"}
    asked = selection_for(project, regions=["fresno"], languages=["es", "ar"])
    selection = released(project, asked, today=TODAY)
    assert selection.regions == {"fresno"}
    assert selection.languages == {"es"}


def test_a_draft_that_was_asked_for_alone_is_refused(tiny: Path) -> None:
    sign_off(tiny, "en", "es")
    assert refused(tiny, Selection(languages=frozenset({"ar"}))) == [
        "po/signoffs.toml: No native reader has signed off: ar. A release prints signed-off "
        "languages only, and English first: record each reader's approval here."
    ]


def test_english_comes_first(tiny: Path) -> None:
    sign_off(tiny, "es")
    assert "No native reader has signed off: en, ar." in refused(tiny)[0]


def test_one_changed_word_makes_a_draft_again(tiny: Path) -> None:
    sign_off(tiny, "en", "es", "ar")
    change(tiny, "po/es.po", "Este es mi idioma.", "Este es el idioma.")
    assert released(load_project(tiny), Selection(), today=TODAY).languages == {"en", "ar"}


def test_every_reason_is_told_at_once(tiny: Path) -> None:
    line = change(tiny, "campaign.toml", "https://tiny.test", "https://www.example.org")
    assert refused(tiny, today=date(2026, 8, 1)) == [
        f"campaign.toml:{line}: The landing address is https://www.example.org, a placeholder. "
        "Put your campaign's own address into landing_url.",
        "campaign.toml: as_of is 2026-07-01, more than 30 days ago. "
        "Check the facts again, and set as_of to that day.",
        "po/signoffs.toml: No native reader has signed off: en, es, ar. A release prints "
        "signed-off languages only, and English first: record each reader's approval here.",
    ]


def test_a_day_that_is_still_to_come_is_no_check(tiny: Path) -> None:
    sign_off(tiny, "en", "es", "ar")
    project = load_project(tiny)
    released(project, Selection(), today=date(2026, 6, 30))  # it is tomorrow somewhere
    assert refused(tiny, today=date(2026, 6, 29)) == [
        "campaign.toml: as_of is 2026-07-01, a day that is still to come. "
        "Check the facts again, and set as_of to that day."
    ]


def test_a_sheet_whose_other_side_is_a_draft_is_held_back(tiny: Path) -> None:
    sign_off(tiny, "en", "ar")
    project = load_project(tiny)
    english, arabic = (
        without_drafts(job)
        for tag in ("en", "ar")
        for job in jobs_of(project, pieces=["leaf"], languages=[tag], editions=["press"])
    )
    assert not fails(arabic.findings), "its back is English"
    assert [str(found) for found in english.findings] == [
        "FAIL leaf en press: One of its languages is a draft. "
        "Let a native reader sign it off in po/signoffs.toml. (release-draft)"
    ], "its back is Spanish"


def test_the_shipped_campaign_cannot_be_released(project: Path) -> None:
    lines = refused(project, today=date(2026, 11, 23))
    assert len(lines) == 2
    assert "https://example.org, a placeholder" in lines[0]
    assert "No native reader has signed off: en, es, zh-Hant, zh-Hans, vi, " in lines[1]
