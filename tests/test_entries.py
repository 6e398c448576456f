"""A PO file is read as gettext writes it, and every line that is not is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.entries import MOST_FAULTS, Fault, quote, scan, unquote

GOOD = r"""# By hand.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"

#. A note.
#: flyers/card/template.html
#, fuzzy, python-brace-format
#= no-wrap
#| msgid "Call."
msgctxt "headline"
msgid "Call "
"{hotline}."
msgstr "Llame a \"{hotline}\"."
msgid "{n} page"
msgid_plural "{n} pages"
msgstr[0] "{n} página"
msgstr[1] ""
"{n} páginas"

#~| msgid "Older"
#~ msgid "Old"
#~ msgstr "Viejo"
"""


def test_entries_know_their_lines_flags_and_strings() -> None:
    entries, faults = scan(GOOD)
    assert faults == []
    header, call, pages, old = entries
    assert header.is_header
    assert header.msgstr == "Content-Type: text/plain; charset=UTF-8\n"
    assert (call.key, call.msgid_line) == (("headline", "Call {hotline}."), 12)
    assert (call.start, call.end) == (5, 14)
    assert call.flags == ("fuzzy", "python-brace-format", "no-wrap")
    assert call.msgstr == 'Llame a "{hotline}".'
    assert pages.plurals == ["{n} página", "{n} páginas"]
    assert (old.obsolete, old.msgid, old.msgstr) == (True, "Old", "Viejo")


def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing() -> None:
    theirs, faults = scan("\ufeff" + GOOD.replace("\n", "\r\n"))
    assert (theirs, faults) == scan(GOOD)


def test_comments_alone_are_no_entry() -> None:
    assert scan("# Nothing here yet.\n") == ([], [])


HEADER = 'msgid ""\nmsgstr ""\n'


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('msgid "a"\nmsgstr "b', 4, "The quotation mark is not closed."),
        ('msgid "a"\nmsgstr "b\\', 4, "The quotation mark is not closed."),
        ('msgid "a"\nmsgstr "b\\"', 4, "The quotation mark is not closed."),
        ('msgid "a"', 3, "The file ends inside a message."),
        ('msgctxt "a"\n', 4, "The file ends inside a message."),
        ('msgid "a"\nmsgid "b"\nmsgstr ""', 4, "The message before this line has no msgstr."),
        ('msgid "a"\nmsgstr "b" "c"', 4, "There is text after the closing quotation mark: "),
        ('msgid "a"\nmsgstr "say "b" here"', 4, "There is text after the closing quotation"),
        ('msgid "a"\nmsgstr "\\x41"', 4, "\\x means nothing in a PO file."),
        ('msgstr "a"', 3, "msgstr stands in the wrong place."),
        ('msgid "a"\nmsgstr[0] "b"', 4, "msgstr stands in the wrong place."),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "b"', 5, "msgstr stands in the wrong place."),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr "b"', 5, "msgstr stands in the wrong place."),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"', 5, "msgstr stands in the wrong place."),
        ('msgid "a"\n# why\nmsgstr "b"', 4, "A comment stands inside a message."),
        ('#~ msgid "a"\nmsgstr "b"', 4, "msgstr stands in the wrong place."),
        ("<html>", 3, 'This line belongs to no message: "<html>".'),
        ('domain "other"', 3, "This line belongs to no message"),
    ],
)
def test_every_fault_names_its_line(text: str, line: int, what: str) -> None:
    _, faults = scan(HEADER + text)
    assert faults
    assert faults[0].line == line
    assert faults[0].what.startswith(what)
    assert faults[0].fix.endswith((".", "again."))


def test_a_file_of_another_kind_is_not_read_to_its_end() -> None:
    _, faults = scan("nonsense\n" * 100_000)
    assert len(faults) == MOST_FAULTS
    assert faults[0] == Fault(
        line=1,
        what='This line belongs to no message: "nonsense".',
        fix="Remove it, or put the missing keyword or quotation marks back.",
    )


def test_a_text_without_end_is_refused_before_it_costs_time() -> None:
    _, faults = scan(HEADER + 'msgid ""\n' + ('"' + "x" * 1000 + '"\n') * 10_000)
    assert faults[0].what == "This text has over 100000 characters."


@given(st.text())
def test_quoting_turns_round(text: str) -> None:
    assert unquote(quote(text)) == text


@given(st.text(alphabet='msgidtrcx"\\#~|=, \n[0]é', max_size=200))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    scan(text)


@given(st.integers(0, len(GOOD)))
def test_a_file_cut_anywhere_is_read_or_refused(at: int) -> None:
    entries, faults = scan(GOOD[:at])
    assert faults or all(entry.is_whole for entry in entries)
