"""Sign-offs: whose approval holds, for which exact words, and when it no longer does."""

from pathlib import Path

import pytest
from project_kit import change, sign_off, write

from printkit.errors import Problems
from printkit.project import load_project
from printkit.signoffs import load_signoffs, message_digest

ENTRY = """\
[[signoff]]
language = "es"
reviewer = "a reader"
date = 2026-06-30
messages = ["0123456789abcdef", "fedcba9876543210"]
"""


def test_approvals_are_read_by_language(tmp_path: Path) -> None:
    other = ENTRY.replace('"es"', '"ar"')
    write(tmp_path, "po/signoffs.toml", f"{ENTRY}\n{other}\n{ENTRY.replace('fed', 'abc')}")
    problems = Problems()
    approved = load_signoffs(tmp_path, problems=problems)
    assert list(problems) == []
    assert approved["ar"] == {"0123456789abcdef", "fedcba9876543210"}
    assert approved["es"] == approved["ar"] | {"abccba9876543210"}


def test_no_file_approves_nothing(tmp_path: Path) -> None:
    problems = Problems()
    assert load_signoffs(tmp_path, problems=problems) == {}
    assert list(problems) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '"es"',
            '"se"',
            '2: language: "se" is not in the language table. Use one of: en, es,',
        ),
        ('language = "es"\n', "", "1: language is missing. Add language."),
        ('reviewer = "a reader"\n', "", "1: reviewer is missing. Add reviewer."),
        ("2026-06-30", '"June"', '4: date: "June" is not a day.'),
        ("fedcba9876543210", "fedcba", '5: messages: "fedcba" is not a message\'s digest. Copy'),
        ("messages", "mesages", '5: "mesages" is not a key that is known here. Did you mean'),
    ],
)
def test_one_thing_wrong_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    write(tmp_path, "po/signoffs.toml", ENTRY.replace(old, new))
    problems = Problems()
    load_signoffs(tmp_path, problems=problems)
    assert any(str(one).startswith(f"po/signoffs.toml:{told}") for one in problems), list(problems)


def test_a_digest_is_of_the_exact_words() -> None:
    digest = message_digest(None, "Help", "Ayuda")
    assert digest == message_digest("", "Help", "Ayuda")
    others = [
        message_digest("mark", "Help", "Ayuda"),
        message_digest(None, "Help", "ayuda"),
        message_digest(None, "HelpAyuda", ""),
        message_digest(None, "Help", "Ayuda", "Ayudas"),
    ]
    assert len({digest, *others}) == 5


def test_a_language_is_a_draft_until_every_word_is_approved(tiny: Path) -> None:
    assert load_project(tiny).drafts == {"en", "es", "ar"}
    sign_off(tiny, "es", "en")
    project = load_project(tiny)
    assert project.drafts == {"ar"}
    assert not project.is_draft("es")
    assert project.is_draft("mul")
    sign_off(tiny, "en", "es", "ar")
    assert not load_project(tiny).is_draft("mul")


@pytest.mark.parametrize("new", ["Pida  ayuda", ""])
def test_a_word_changed_since_makes_a_draft_of_the_language_again(tiny: Path, new: str) -> None:
    sign_off(tiny, "en", "es", "ar")
    change(tiny, "po/es.po", 'msgstr "Pida ayuda"', f'msgstr "{new}"')
    assert load_project(tiny).drafts == {"es"}


def test_an_approved_translation_marked_fuzzy_is_a_draft(tiny: Path) -> None:
    sign_off(tiny, "es")
    change(tiny, "po/es.po", 'msgid "Ask for help"', '#, fuzzy\nmsgid "Ask for help"')
    assert "es" in load_project(tiny).drafts


def test_an_empty_translation_cannot_be_approved(tiny: Path) -> None:
    change(tiny, "po/es.po", 'msgstr "Pida ayuda"', 'msgstr ""')
    sign_off(tiny, "es")
    assert "es" in load_project(tiny).drafts


def test_plural_forms_are_approved_word_for_word(tiny: Path) -> None:
    plural = 'msgid "{n} day"\nmsgid_plural "{n} days"\n'
    for name, forms in (
        ("campaign.pot", 'msgstr[0] ""\nmsgstr[1] ""\n'),
        ("es.po", 'msgstr[0] "{n} día"\nmsgstr[1] "{n} días"\n'),
    ):
        text = (tiny / "po" / name).read_text(encoding="utf-8")
        write(tiny, f"po/{name}", f"{text}\n{plural}{forms}")
    sign_off(tiny, "es")
    assert "es" not in load_project(tiny).drafts
    change(tiny, "po/es.po", "{n} días", "{n} dias")
    assert "es" in load_project(tiny).drafts
