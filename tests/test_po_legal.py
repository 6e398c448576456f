"""The lawyer's page: every sentence of law, as it prints, with what it rests on."""

from pathlib import Path

from printkit.po.legal import FILE, RESTS, legal_review
from printkit.project import load_project
from printkit.signoffs import is_legal

SHIPPED = Path(__file__).resolve().parent.parent


def test_the_shipped_page_is_what_the_texts_and_the_facts_say_now() -> None:
    project = load_project(SHIPPED)
    assert (SHIPPED / FILE).read_text(encoding="utf-8") == legal_review(project), (
        "Write it anew: printkit po legal"
    )


def test_each_legal_sentence_stands_there_as_it_prints_with_its_sources() -> None:
    project = load_project(SHIPPED)
    assert project.pot is not None
    page = legal_review(project)
    legal = [message for message in project.pot.messages.values() if is_legal(message)]
    assert page.count("\n## ") == len(legal) > 50
    assert "I have this right at any time: Cal. Civ. Code § 1798.120." in page
    assert "- Rests on 11 CCR § 7026: 11 CCR 7026" in page
    assert "{" not in page.split("# For the lawyer")[1].replace("{name}", "")


def test_every_section_of_law_that_a_letter_names_is_a_fact() -> None:
    """A section typed into a sentence would be translated, and never be checked."""
    project = load_project(SHIPPED)
    assert project.pot is not None
    for message in project.pot.messages.values():
        assert "§" not in message.msgid, message.msgid
        assert "1798" not in message.msgid, message.msgid


def test_every_legal_sentence_says_what_it_rests_on() -> None:
    project = load_project(SHIPPED)
    assert project.pot is not None
    for message in filter(is_legal, project.pot.messages.values()):
        told = [one for note in message.notes for one in RESTS.findall(note)]
        names = [name for one in told for name in one.split(", ")]
        assert told or "{" in message.msgid, message.msgid
        assert set(names) <= {*project.campaign.facts, "no law"}, message.msgid
