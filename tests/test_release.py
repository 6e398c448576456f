"""A release holds signed-off languages of a campaign of its own, or says every reason why not."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from building import jobs_of
from project_kit import change, sign_off
from pypdf import PdfReader
from typer.testing import CliRunner

from printkit.cli import app
from printkit.errors import UserError
from printkit.findings import fails
from printkit.jobs import Selection
from printkit.project import load_project
from printkit.release import left_out, released, without_drafts
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


def test_a_text_that_no_catalog_has_yet_is_refused(tiny: Path) -> None:
    sign_off(tiny, "en", "es", "ar")
    shared = tiny / "flyers" / "_shared" / "help.html"
    shared.write_text(shared.read_text() + '{{ _("Nobody has read this.") }}\n')
    assert refused(tiny) == [
        "po/campaign.pot: Texts of the templates are not in the POT yet: 1, "
        '"Nobody has read this." first. '
        "Run printkit po extract and printkit po update, and have them translated and read."
    ]


def test_the_shipped_campaign_cannot_be_released(project: Path) -> None:
    lines = refused(project, today=date(2026, 11, 23))
    assert "https://example.org, a placeholder" in lines[0]
    assert "No lawyer has signed off the English legal sentences: " in lines[1]
    addresses = [line for line in lines if "nobody has confirmed it" in line]
    assert len(addresses) == 6
    assert addresses[1].startswith("letters/brokers/lexisnexis-risk.toml:23: LexisNexis Risk ")
    assert "No native reader has signed off: en, es, zh-Hant, zh-Hans, vi, " in lines[-1]
    assert len(lines) == 3 + len(addresses)


def test_a_language_that_was_signed_off_once_is_left_out_by_the_name_of_what_changed(
    tiny: Path,
) -> None:
    sign_off(tiny, "en", "es", "ar")
    change(tiny, "po/es.po", "Este es mi idioma.", "Este es el idioma.")
    project = load_project(tiny)
    told = 'es was signed off on 2026-06-30; changed since: "This is my language.".'
    assert left_out(project, Selection()) == (told,)
    assert left_out(project, Selection(languages=frozenset({"ar"}))) == ()
    assert refused(tiny, Selection(languages=frozenset({"es"})))[0] == (
        f"po/signoffs.toml: No native reader has signed off: es. {told} A release prints "
        "signed-off languages only, and English first: record each reader's approval here."
    )


def test_the_law_is_read_by_a_lawyer_first(tiny: Path) -> None:
    change(tiny, "po/campaign.pot", "#. The headline of the leaf.", "#. Legal: the headline.")
    sign_off(tiny, "en", "es", "ar")
    assert refused(tiny) == [
        "po/signoffs.toml: No lawyer has signed off the English legal sentences: 1, "
        '"Keep what is yours" first. '
        "Let a lawyer read them, and record it: printkit po signoff legal --reviewer HANDLE."
    ]
    sign_off(tiny, "en", "es", "ar", "legal")
    assert "es" in released(load_project(tiny), Selection(), today=TODAY).languages


@pytest.mark.slow
def test_signed_off_by_command_it_is_released_without_draft_until_a_word_changes(
    tiny: Path, tmp_path: Path
) -> None:
    def run(*words: str) -> Any:
        return CliRunner().invoke(app, [*words, "--project", str(tiny)])

    def words_of(folder: Path) -> str:
        texts = [
            page.extract_text() for path in folder.rglob("*.pdf") for page in PdfReader(path).pages
        ]
        return " ".join(texts)

    one = ("build", "--region", "fresno", "--language", "es", "--edition", "screen")
    assert run(*one, "--out", str(tmp_path / "draft")).exit_code == 0
    assert "DRAFT" in words_of(tmp_path / "draft" / "fresno")
    for tag in ("en", "es", "ar"):
        assert run("po", "signoff", tag, "--reviewer", "maria").exit_code == 0
    # The day of the clock is the only one at which a release may be made.
    now = datetime.now(tz=UTC).date().isoformat()
    asked = (*one, "--release", "--as-of", now)
    result = run(*asked, "--out", str(tmp_path / "final"))
    assert result.exit_code == 0, result.output
    assert "Pida ayuda" in words_of(tmp_path / "final" / "fresno")
    assert "DRAFT" not in words_of(tmp_path / "final" / "fresno")
    change(tiny, "po/es.po", '"Pida ayuda"', '"Pida más ayuda"')
    result = run(*asked, "--out", str(tmp_path / "later"))
    assert "No native reader has signed off: es." in str(result.exception)
    assert 'changed since: "Ask for help".' in str(result.exception)
    assert not (tmp_path / "later").exists()
