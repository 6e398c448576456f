"""Sign-offs: whose approval holds, for which exact words, and when it no longer does."""

import datetime
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project_kit import change, sign_off, write

from printkit.errors import Problems
from printkit.project import Project, load_project
from printkit.signoffs import (
    Signoff,
    is_legal,
    load_signoffs,
    message_digest,
    signers,
    signoffs_text,
)

ENTRY = """\
[[signoff]]
language = "es"
reviewer = "a reader"
date = 2026-06-30

[signoff.messages]
"Help" = "0123456789abcdef"
"mark\\u0004Draft" = "fedcba9876543210"
"""


def test_approvals_are_read_by_language(tmp_path: Path) -> None:
    other = ENTRY.replace('"es"', '"ar"').replace("a reader", "another")
    write(tmp_path, "po/signoffs.toml", f"{ENTRY}\n{other}")
    problems = Problems()
    approved = load_signoffs(tmp_path, problems=problems)
    assert list(problems) == []
    assert list(approved) == ["es", "ar"]
    spanish = approved["es"]
    assert (spanish.reviewer, spanish.date) == ("a reader", datetime.date(2026, 6, 30))
    assert spanish.messages == {
        (None, "Help"): "0123456789abcdef",
        ("mark", "Draft"): "fedcba9876543210",
    }


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
        (
            "a reader",
            "a.reader@mail.test",
            '3: reviewer: "a.reader@mail.test" looks like an e-mail address, and this file is '
            "public. Write a handle.",
        ),
        ("2026-06-30", '"June"', '4: date: "June" is not a day.'),
        ("fedcba9876543210", "fedcba", '8: messages: "fedcba" is not a message\'s digest. Sign'),
        ("signoff.messages", "signoff.mesages", "1: [messages] is missing."),
    ],
)
def test_one_thing_wrong_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    write(tmp_path, "po/signoffs.toml", ENTRY.replace(old, new))
    problems = Problems()
    load_signoffs(tmp_path, problems=problems)
    assert any(str(one).startswith(f"po/signoffs.toml:{told}") for one in problems), list(problems)


def test_a_language_is_signed_off_once(tmp_path: Path) -> None:
    write(tmp_path, "po/signoffs.toml", f"{ENTRY}\n{ENTRY}")
    problems = Problems()
    load_signoffs(tmp_path, problems=problems)
    assert [str(one) for one in problems] == [
        "po/signoffs.toml:11: language: es is signed off twice. "
        "Keep the newer entry and take the other out."
    ]


LINE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)
KEYS = st.tuples(st.none() | LINE, LINE)
APPROVALS = st.dictionaries(
    st.sampled_from(signers()),
    st.dictionaries(KEYS, st.from_regex(r"[0-9a-f]{16}", fullmatch=True), max_size=4),
    max_size=3,
)


@given(APPROVALS)
def test_what_is_written_is_read_again_and_the_order_does_not_matter(
    approvals: dict[str, dict[tuple[str | None, str], str]],
) -> None:
    signoffs = {
        tag: Signoff(
            language=tag, reviewer="maria", date=datetime.date(2026, 6, 30), messages=messages
        )
        for tag, messages in approvals.items()
    }
    text = signoffs_text(signoffs)
    turned = {
        tag: Signoff(
            language=tag,
            reviewer="maria",
            date=datetime.date(2026, 6, 30),
            messages=dict(reversed(tuple(signoffs[tag].messages.items()))),
        )
        for tag in reversed(signoffs)
    }
    assert signoffs_text(turned) == text
    read = tomllib.loads(text).get("signoff", [])
    assert {one["language"] for one in read} == set(approvals)
    for one in read:
        named = {
            f"{context}\x04{msgid}" if context is not None else msgid: digest
            for (context, msgid), digest in approvals[one["language"]].items()
        }
        assert one["messages"] == named


def test_a_written_file_reads_as_what_was_written(tmp_path: Path) -> None:
    signoff = Signoff(
        language="legal",
        reviewer="counsel",
        date=datetime.date(2026, 6, 30),
        messages={(None, 'Say "no" \\ now.'): "0" * 16, ("mark", "Dé\n"): "1" * 16},
    )
    write(tmp_path, "po/signoffs.toml", signoffs_text({"legal": signoff}))
    problems = Problems()
    assert load_signoffs(tmp_path, problems=problems) == {"legal": signoff}
    assert list(problems) == []


def test_the_shipped_file_is_as_the_command_writes_it(project: Path) -> None:
    text = (project / "po" / "signoffs.toml").read_text(encoding="utf-8")
    assert text == signoffs_text(load_signoffs(project, problems=Problems()))


def test_a_note_says_that_a_sentence_is_the_law(shipped: Project) -> None:
    assert shipped.pot is not None
    legal = [message.msgid for message in shipped.pot.messages.values() if is_legal(message)]
    assert "This is not legal advice." in legal
    assert "Place" not in legal
    assert [msgid for _, msgid in shipped.unsigned("legal")] == legal


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
