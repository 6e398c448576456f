"""Signing off: whole languages only, word for word, by a handle; and the release that follows."""

from datetime import date
from pathlib import Path

import pytest
from project_kit import change, write
from typer.testing import CliRunner

from printkit.cli import app
from printkit.errors import UserError
from printkit.po.signing import signed, withdrawn
from printkit.project import load_project
from printkit.signoffs import signoffs_text

TODAY = date(2026, 7, 20)


def run(root: Path, *words: str) -> str:
    """Run a command that goes well, and return what it says."""
    result = CliRunner().invoke(app, [*words, "--project", str(root)])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def refused(root: Path, language: str = "es", *, reviewer: str = "maria", day: date = TODAY) -> str:
    with pytest.raises(UserError) as caught:
        signed(load_project(root), language, reviewer=reviewer, day=day, today=TODAY)
    return str(caught.value)


def record(root: Path) -> str:
    return (root / "po" / "signoffs.toml").read_text(encoding="utf-8")


def test_a_reader_signs_a_language_off_and_takes_it_back(tiny: Path) -> None:
    told = run(tiny, "po", "signoff", "es", "--reviewer", "maria", "--date", "2026-07-20")
    count = len(load_project(tiny).signoffs["es"].messages)
    assert told == f"po/signoffs.toml: es is signed off, {count} messages, by maria.\n"
    assert load_project(tiny).drafts == {"en", "ar"}
    once = record(tiny)
    assert 'language = "es"\nreviewer = "maria"\ndate = 2026-07-20\n' in once
    run(tiny, "po", "signoff", "es", "--reviewer", "maria", "--date", "2026-07-20")
    assert record(tiny) == once
    told = run(tiny, "po", "signoff", "es", "--withdraw")
    assert told == "po/signoffs.toml: the sign-off of es is withdrawn.\n"
    assert record(tiny) == signoffs_text({})
    assert not list((tiny / "po").glob(".*"))


def test_a_second_sign_off_takes_the_place_of_the_first(tiny: Path) -> None:
    for reviewer, tag in (("maria", "es"), ("huda", "ar"), ("jose", "es")):
        run(tiny, "po", "signoff", tag, "--reviewer", reviewer, "--date", "2026-07-20")
    signoffs = load_project(tiny).signoffs
    assert {tag: one.reviewer for tag, one in signoffs.items()} == {"es": "jose", "ar": "huda"}
    assert record(tiny).index('"es"') < record(tiny).index('"ar"'), "in the languages' order"


def test_english_is_signed_off_as_it_stands(tiny: Path) -> None:
    project = load_project(tiny)
    signoffs = signed(project, "en", reviewer="ann", day=TODAY, today=TODAY)
    assert project.pot is not None
    assert set(signoffs["en"].messages) == set(project.pot.messages)


def test_the_day_is_today_unless_it_is_given(tiny: Path) -> None:
    run(tiny, "po", "signoff", "es", "--reviewer", "maria")
    assert load_project(tiny).signoffs["es"].date >= date(2026, 1, 1)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"Pida ayuda"', '""', '"Ask for help" is not translated.'),
        (
            'msgid "Ask for help"',
            '#, fuzzy\nmsgid "Ask for help"',
            'The translation of "Ask for help" is marked fuzzy.',
        ),
        ("Llame al {hotline}", "Llame al 410-555-0199", "410-555-0199"),
    ],
)
def test_what_is_not_whole_and_right_cannot_be_signed_off(
    tiny: Path, old: str, new: str, told: str
) -> None:
    change(tiny, "po/es.po", old, new)
    words = refused(tiny)
    assert words.startswith("po/es.po:")
    assert told in words


def test_every_reason_is_told_at_once(tiny: Path) -> None:
    change(tiny, "po/es.po", '"Pida ayuda"', '""')
    lines = refused(tiny, reviewer="maria@mail.test", day=date(2026, 7, 22)).splitlines()
    assert lines[0] == (
        '--reviewer: "maria@mail.test" looks like an e-mail address, and this file is public. '
        "Write a handle, such as maria-reads."
    )
    assert lines[1] == "--date: 2026-07-22 is still to come. Write the day of the reading."
    assert '"Ask for help" is not translated.' in lines[2]
    assert not (tiny / "po/signoffs.toml").exists()


def test_a_name_that_is_no_language_is_refused(tiny: Path) -> None:
    assert refused(tiny, "ess") == ('"ess" is not a language of this project. Did you mean "es"?')
    with pytest.raises(UserError, match="Nobody has signed off") as caught:
        withdrawn(load_project(tiny), "es")
    assert "so there is nothing to withdraw." in str(caught.value)
    result = CliRunner().invoke(app, ["po", "signoff", "es", "--project", str(tiny)])
    assert str(result.exception) == (
        "A sign-off names who has read the words. Add --reviewer and a handle."
    )


def test_the_law_is_signed_off_by_itself(tiny: Path) -> None:
    assert refused(tiny, "legal").startswith("There is no message to sign off as legal.")
    change(tiny, "po/campaign.pot", "#. The headline of the leaf.", "#. Legal: the headline.")
    project = load_project(tiny)
    assert project.unsigned("legal") == ((None, "Keep what is yours"),)
    signoffs = signed(project, "legal", reviewer="counsel", day=TODAY, today=TODAY)
    assert list(signoffs["legal"].messages) == [(None, "Keep what is yours")]
    write(tiny, "po/signoffs.toml", signoffs_text(signoffs))
    assert load_project(tiny).unsigned("legal") == ()
