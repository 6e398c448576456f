"""Templates give their messages with notes and places, or a problem with its line."""

from pathlib import Path

import jinja2
import pytest

from printkit.errors import Problems
from printkit.po.extract import Extracted, extract, merged


def read(tmp_path: Path, template: str) -> tuple[list[Extracted], list[str]]:
    path = tmp_path / "flyers" / "card" / "template.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(template)
    problems = Problems()
    found = extract(
        path, root=tmp_path, environment=jinja2.Environment(autoescape=True), problems=problems
    )
    return found, [str(problem) for problem in problems]


def test_messages_come_in_order_with_context_plural_and_line(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path,
        """<h1>{{ _("Stop") }}</h1>
{{ pgettext("headline", "Call {hotline}.", hotline=x) }}
{% if a %}{{ ngettext("{n} page", "{n} pages", count) }}{% endif %}
<p title="{{ gettext("One "
  "two")|striptags }}">{{ _("A {b}", b=_("C")) }}</p>
""",
    )
    assert problems == []
    assert [(one.msgctxt, one.msgid, one.msgid_plural, one.line) for one in found] == [
        (None, "Stop", None, 1),
        ("headline", "Call {hotline}.", None, 2),
        (None, "{n} page", "{n} pages", 3),
        (None, "One two", None, 4),
        (None, "A {b}", None, 5),
        (None, "C", None, 5),
    ]
    assert {one.file for one in found} == {"flyers/card/template.html"}


def test_a_note_belongs_to_the_message_below_it_and_to_no_other(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path,
        """{# NOTE: The headline,
   on two lines. #}
<h1>{{ _("A") }}</h1>
<p>{{ _("B") }}</p>
{# An ordinary comment. #}
<p>{{ _("C") }}</p>
{#- NOTE: Of D. -#}
<div>
{{ _("D") }}
""",
    )
    assert problems == []
    assert [one.notes for one in found] == [("The headline, on two lines.",), (), (), ("Of D.",)]


def test_a_note_without_a_message_near_is_a_problem(tmp_path: Path) -> None:
    _, problems = read(tmp_path, '{# NOTE: Lost. #}\n\n\n\n{{ _("A") }}')
    assert problems == [
        'flyers/card/template.html:1: The note "Lost." has no message below it. '
        "Put it on the line above the message."
    ]


def test_words_of_data_are_left_to_who_reads_the_data(tmp_path: Path) -> None:
    assert read(tmp_path, "{{ _(claim.text, **claim.facts) }}{{ _(x) }}{{ _(a['b']) }}") == ([], [])


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        (
            '\n{{ _("a }}',
            "flyers/card/template.html:2: The template can't be read: unexpected char '\"' at 6. "
            "Mend this line of the template.",
        ),
        ("{% slot %}", "flyers/card/template.html:1: The template can't be read: Encountered"),
        ("{% if x %}", "The template can't be read: Unexpected end of template."),
        (
            '{{ _("a" ~ b) }}',
            "flyers/card/template.html:1: _() takes its text in quotation marks, all of it. "
            "Write the sentence as one text; put what changes in as {name}.",
        ),
        ("{{ _() }}", "_() takes its text in quotation marks"),
        ('{{ ngettext("a", 5) }}', "ngettext() takes its text in quotation marks"),
        ('{{ _(" ") }}', "A message is empty."),
        ('{{ _("a ") }}', 'The message "a " has spaces or line breaks that are no part of it.'),
        ('{{ _("a\n  b") }}', "has spaces or line breaks"),
        (
            "{{ _('See <a href=\"x\">this</a>') }}",
            'In the message "See <a href="x">this</a>", "<a href="x">" is no tag of the source.',
        ),
        ('{{ _("Call {a.b}") }}', '"{a.b}" is no name in braces.'),
        ('{{ _("<b>Call") }}', "<b> is not closed. Add </b>."),
    ],
)
def test_one_thing_wrong_is_told_with_its_line(tmp_path: Path, template: str, problem: str) -> None:
    found, problems = read(tmp_path, template)
    assert found == []
    assert any(problem in one for one in problems), problems


def test_the_same_message_in_two_pieces_is_one() -> None:
    problems = Problems()
    a = Extracted(msgid="Stop", file="a.html", line=1, notes=("One.",))
    b = Extracted(msgid="Stop", file="b.html", line=2, notes=("One.", "Two."))
    other = Extracted(msgid="Stop", msgctxt="sign", file="b.html", line=3)
    both, alone = merged([a, b, other, a], problems)
    assert (both[0].notes, both[1]) == (("One.", "Two."), ["a.html", "b.html"])
    assert alone[0].msgctxt == "sign"
    assert len(problems) == 0


def test_two_plurals_of_one_message_are_a_problem() -> None:
    problems = Problems()
    a = Extracted(msgid="{n} page", msgid_plural="{n} pages", file="a.html", line=1)
    b = Extracted(msgid="{n} page", msgid_plural="{n} sheets", file="b.html", line=2)
    merged([a, b], problems)
    assert [str(problem) for problem in problems] == [
        'b.html:2: "{n} page" has another plural in a.html:1. '
        "Write both alike, or give one of them a context."
    ]
