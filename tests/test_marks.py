"""Marks around messages: on the text of a measured sheet, and on nothing that is printed."""

from dataclasses import replace

import pytest

from printkit.editions import EDITIONS
from printkit.jobs import Selection, first_orders, jobs_for
from printkit.languages import LANGUAGES
from printkit.marks import MarkedSpeech, as_elements, mark_of, marks_in
from printkit.messages import Speech
from printkit.project import Project
from printkit.templates import headline


def html_of(project: Project) -> str:
    css = {name: edition.css for name, edition in EDITIONS.items()}
    selection = Selection(languages=frozenset({"es"}), pieces=frozenset({"leaf"}))
    return next(jobs_for(first_orders(project, selection), selection, page_css=css)).html


def said(msgid: str) -> str:
    return str(MarkedSpeech(language=LANGUAGES["en"]).gettext(msgid))


def test_a_marked_message_stands_in_an_element_of_its_own() -> None:
    mark = mark_of("en", (None, "Ask <b>us</b>"))
    html = as_elements(f"<p>{said('Ask <b>us</b>')}</p>")
    assert html == f'<p><data data-message="{mark}">Ask <b>us</b></data></p>'
    assert marks_in(html) == (mark,)


def test_a_mark_names_the_language_the_context_and_the_text() -> None:
    marks = {
        mark_of("en", (None, "May")),
        mark_of("es", (None, "May")),
        mark_of("en", ("month", "May")),
        mark_of("en", (None, "may")),
    }
    assert len(marks) == 4


def test_no_element_stands_in_a_tag_or_in_the_title() -> None:
    words = said("Your choice")
    html = as_elements(f'<title>{words}</title><img alt="{words}"><p>{words}</p>')
    assert html.startswith('<title>Your choice</title><img alt="Your choice"><p><data ')
    assert html.count("<data") == html.count("</data>") == 1


def test_a_headline_is_kept_together_within_its_mark() -> None:
    text = MarkedSpeech(language=LANGUAGES["en"]).gettext("Stop the sale")
    assert "Stop the\N{NO-BREAK SPACE}sale" in as_elements(headline(text))


def test_what_is_printed_bears_no_marks_and_the_marked_sheet_says_the_same(
    tiny_read: Project,
) -> None:
    plain, marked = html_of(tiny_read), html_of(replace(tiny_read, marked=True))
    assert "data-message" not in plain
    assert len(marks_in(marked)) > 5
    parts = marked.replace("</data>", "")
    for mark in marks_in(marked):
        parts = parts.replace(f'<data data-message="{mark}">', "")
    assert parts == plain


@pytest.mark.parametrize("voice", [Speech, MarkedSpeech])
def test_a_marked_voice_keeps_what_was_used(voice: type[Speech]) -> None:
    speech = voice(language=LANGUAGES["es"])
    speech.gettext("Ask us")
    assert list(speech.used) == [(None, "Ask us")]
    assert [found.code for found in speech.findings] == ["message-untranslated"]
