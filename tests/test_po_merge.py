"""An update changes what it must and leaves every other byte alone."""

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printkit.entries import scan
from printkit.errors import UserError
from printkit.po.merge import merge

POT = r"""#, fuzzy
msgid ""
msgstr ""
"POT-Creation-Date: 2026-02-01 00:00+0000\n"
"Content-Type: text/plain; charset=UTF-8\n"

#. Front.
#: a.html b.html
#, python-brace-format
msgid "Call {hotline}."
msgstr ""

#: a.html
msgid "Stop"
msgstr ""

#: a.html
msgid "{n} page"
msgid_plural "{n} pages"
msgstr[0] ""
msgstr[1] ""
"""
PO = r"""# By hand,   oddly spaced.
msgid ""
msgstr ""
"Language: ru\n"
"POT-Creation-Date: 2026-02-01 00:00+0000\n"
"X-Z: 1\n"
"X-A: 2\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 ? 0 : n%10<5 ? 1 : 2);\n"
"Content-Type: text/plain; charset=UTF-8\n"


# My note.
#. Front.
#: a.html
#: b.html
#, python-brace-format
msgid ""
"Call "
"{hotline}."
msgstr "Звоните {hotline}."
#: a.html
#| msgid "Halt"
#, fuzzy
msgid "Stop"
msgstr "Стой"

#: a.html
msgid "{n} page"
msgid_plural "{n} pages"
msgstr[0] "{n} страница"
msgstr[1] "{n} страницы"
msgstr[2] "{n} страниц"

#~ msgid "Old"
#~ msgstr "Старое"
"""


def test_a_catalog_that_is_up_to_date_keeps_every_byte() -> None:
    assert merge(POT, PO) == PO
    assert merge(POT, "\ufeff" + PO.replace("\n", "\r\n")) == "\ufeff" + PO.replace("\n", "\r\n")
    mixed = PO.replace("\n", "\r\n", 20)
    assert merge(POT, mixed) == mixed
    assert merge(POT, PO.rstrip("\n")) == PO.rstrip("\n")


def test_a_new_message_stands_where_the_pot_has_it() -> None:
    new = '#. Sign.\n#: c.html\nmsgctxt "sign"\nmsgid "Go"\nmsgstr ""\n\n'
    pot = POT.replace('#: a.html\nmsgid "Stop"', new + '#: a.html\nmsgid "Stop"')
    assert merge(pot, PO) == PO.replace(
        'msgstr "Звоните {hotline}."\n', 'msgstr "Звоните {hotline}."\n\n' + new[:-1]
    )


def test_a_new_first_message_follows_the_header_and_plurals_have_the_catalogs_forms() -> None:
    pot = POT.replace(
        "#. Front.",
        '#: c.html\nmsgid "{n} box"\nmsgid_plural "{n} boxes"\nmsgstr[0] ""\nmsgstr[1] ""\n\n'
        "#. Front.",
    )
    assert (
        'charset=UTF-8\\n"\n\n#: c.html\nmsgid "{n} box"\nmsgid_plural "{n} boxes"\n'
        'msgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n\n\n# My note.'
    ) in merge(pot, PO)


def test_a_gone_message_becomes_obsolete_at_the_end() -> None:
    pot = POT.replace('#: a.html\nmsgid "Stop"\nmsgstr ""\n\n', "")
    merged = merge(pot, PO)
    assert merged.endswith(
        '#~ msgstr "Старое"\n\n#, fuzzy\n#~| msgid "Halt"\n#~ msgid "Stop"\n#~ msgstr "Стой"\n'
    )
    assert 'msgstr "Звоните {hotline}."\n\n#: a.html\nmsgid "{n} page"' in merged
    assert polib.pofile(merged).obsolete_entries()[1].msgstr == "Стой"


def test_a_message_that_comes_back_brings_its_translation() -> None:
    merged = merge(POT + '\n#: d.html\nmsgid "Old"\nmsgstr ""\n', PO)
    assert merged.endswith('msgstr[2] "{n} страниц"\n\n#: d.html\nmsgid "Old"\nmsgstr "Старое"\n')
    assert "#~" not in merged


def test_a_gone_message_without_a_translation_leaves_nothing() -> None:
    pot = POT.replace('msgid "Stop"', 'msgid "Stop!"')
    merged = merge(pot, PO.replace("Стой", ""))
    assert '"Stop"' not in merged
    assert 'msgid "Stop!"\nmsgstr ""' in merged


def test_changed_notes_places_and_flags_are_taken_and_the_rest_stays() -> None:
    merged = merge(POT.replace("#. Front.", "#. Back."), PO)
    assert merged == PO.replace("#. Front.\n#: a.html\n#: b.html", "#. Back.\n#: a.html b.html")
    merged = merge(POT, PO.replace("#, python-brace-format\n", ""))
    assert "# My note.\n#. Front.\n#: a.html b.html\n#, python-brace-format\nmsgid" in merged


def test_fuzzy_and_the_previous_text_outlive_new_notes() -> None:
    merged = merge(POT.replace('#: a.html\nmsgid "Stop"', '#: z.html\nmsgid "Stop"'), PO)
    assert '#: z.html\n#, fuzzy\n#| msgid "Halt"\nmsgid "Stop"' in merged


def test_the_pots_date_is_taken() -> None:
    merged = merge(POT.replace("2026-02-01", "2026-03-01"), PO)
    assert merged == PO.replace("2026-02-01", "2026-03-01")


@pytest.mark.parametrize(
    ("po", "words"),
    [
        (PO + 'msgid "cut', "catalog:36: The quotation mark is not closed."),
        ('msgid "a"\nmsgstr ""\n', "catalog:1: The header is missing."),
        ("", "catalog:1: The header is missing."),
    ],
)
def test_a_broken_catalog_is_not_touched(po: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        merge(POT, po)
    assert words in str(caught.value)


WORDS = st.lists(st.sampled_from("abcdefgh"), unique=True)


def _pot(words: list[str]) -> str:
    entries = "".join(f'\n#: {word}.html\nmsgid "{word}"\nmsgstr ""\n' for word in words)
    return POT[: POT.index("\n#. Front")] + entries


@settings(max_examples=30)
@given(first=WORDS, second=WORDS, third=WORDS)
def test_updates_hold_the_pots_messages_and_lose_no_translation(
    first: list[str], second: list[str], third: list[str]
) -> None:
    header = PO[: PO.index("\n\n# My note")]
    po = merge(_pot(first), header + "\n").replace('msgstr ""\n', 'msgstr "x"\n')
    po = po.replace('msgstr "x"\n', 'msgstr ""\n', 1)
    for words in (second, third, third):
        before, po = po, merge(_pot(words), po)
        entries, faults = scan(po)
        assert faults == []
        current = {entry.msgid: entry for entry in entries if not entry.obsolete}
        assert set(current) == {"", *words}
        translated = {entry.msgid for entry in entries if entry.msgstr == "x"}
        assert translated == set(first)
    assert po == before


# Changed messages ------------------------------------------------------------------------------

LONG = "Data brokers must delete your data within 45 days."
HAND = PO + f'\n# Ask Ana.\n#. Old.\n#: old.html\nmsgid "{LONG}"\nmsgstr ""\n"Deben "\n"borrar."\n'


def _with(pot_entry: str) -> str:
    return f"{POT}\n#. New.\n#: new.html\n{pot_entry}\n"


def test_a_changed_message_takes_the_old_words_to_be_looked_at() -> None:
    merged = merge(_with('msgid "Data brokers delete your data within 90 days."\nmsgstr ""'), HAND)
    assert (
        "\n# Ask Ana.\n#. New.\n#: new.html\n#, fuzzy\n"
        f'#| msgid "{LONG}"\nmsgid "Data brokers delete your data within 90 days."\n'
        'msgstr ""\n"Deben "\n"borrar."\n'
    ) in merged
    assert f'#~ msgid "{LONG}"' not in merged
    assert merged.startswith(PO[: PO.index("#~ msgid")])


def test_a_message_in_a_new_context_takes_the_old_words_to_be_looked_at() -> None:
    merged = merge(_with(f'msgctxt "law"\nmsgid "{LONG}"\nmsgstr ""'), HAND)
    assert f'#, fuzzy\n#| msgid "{LONG}"\nmsgctxt "law"\nmsgid "{LONG}"\nmsgstr ""\n"D' in merged
    again = merge(_with(f'msgctxt "rule"\nmsgid "{LONG}"\nmsgstr ""'), merged)
    assert f'#| msgid "{LONG}"\nmsgctxt "rule"' in again, "it is still the words of the first"


def test_the_text_that_a_fuzzy_translation_was_for_stays_above_it() -> None:
    first = merge(_with(f'msgid "{LONG} Free."\nmsgstr ""'), HAND)
    second = merge(_with(f'msgid "{LONG} All free."\nmsgstr ""'), first)
    assert f'#| msgid "{LONG}"\nmsgid "{LONG} All free."' in second
    assert second.count("#| ") == first.count("#| ")


def test_a_message_that_gets_plural_forms_has_the_old_words_in_each() -> None:
    entry = f'msgid "{LONG}"\nmsgid_plural "{LONG} All."\nmsgstr[0] ""\nmsgstr[1] ""'
    merged = merge(_with(entry), HAND)
    forms = "".join(f'msgstr[{form}] ""\n"Deben "\n"borrar."\n' for form in range(3))
    assert f'msgid_plural "{LONG} All."\n{forms}' in merged
    back = merge(_with(f'msgid "{LONG}"\nmsgstr ""'), merged)
    assert f'msgid "{LONG}"\nmsgstr ""\n"Deben "\n"borrar."\n' in back


def test_an_obsolete_message_helps_a_new_one_and_is_used_up() -> None:
    gone = merge(POT, HAND)
    assert f'\n# Ask Ana.\n#~ msgid "{LONG}"\n#~ msgstr ""\n#~ "Deben "\n#~ "borrar."\n' in gone
    merged = merge(_with(f'msgid "{LONG} Free."\nmsgstr ""'), gone)
    assert f'# Ask Ana.\n#. New.\n#: new.html\n#, fuzzy\n#| msgid "{LONG}"\nmsgid' in merged
    assert f'#~ msgid "{LONG}"' not in merged
    assert merged.endswith('#~ msgid "Old"\n#~ msgstr "Старое"\n')


def test_a_fuzzy_message_that_was_obsolete_comes_back_fuzzy_with_its_previous_text() -> None:
    gone = merge(POT.replace('#: a.html\nmsgid "Stop"\nmsgstr ""\n\n', ""), PO)
    assert '#~| msgid "Halt"\n#~ msgid "Stop"' in gone
    back = merge(POT, gone)
    assert '#: a.html\n#, fuzzy\n#| msgid "Halt"\nmsgid "Stop"\nmsgstr "Стой"\n' in back


def test_an_editors_own_flags_stay_and_a_formats_are_the_pots() -> None:
    flagged = PO.replace("#, python-brace-format", "#, python-brace-format, no-wrap\n#= range: 1")
    assert merge(POT, flagged) == flagged
    sticky = PO.replace("#, python-brace-format", "#= python-brace-format")
    assert merge(POT, sticky) == sticky
    stale = flagged.replace("no-wrap", "no-wrap, c-format")
    assert "#, python-brace-format, no-wrap\n#= range: 1\nmsgid" in merge(POT, stale)


def test_notes_that_an_editor_wrapped_stay_as_they_are() -> None:
    long = POT.replace("#. Front.", "#. Front. The headline, at most seven words.")
    wrapped = PO.replace("#. Front.", "#. Front. The headline,\n#. at most seven words.")
    assert merge(long, wrapped) == wrapped


def test_obsolete_messages_that_stand_twice_keep_their_bytes() -> None:
    twice = PO + '\n#~ msgid "Old"\n#~ msgstr "Ещё"\n'
    assert merge(POT, twice) == twice
