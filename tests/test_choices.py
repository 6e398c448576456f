"""A message is judged once for all its sheets, and anew when its translation changes."""

from dataclasses import replace

from printkit import choices
from printkit.catalogs import Message
from printkit.choices import Outcome, voice_of
from printkit.languages import LANGUAGES

SPANISH = LANGUAGES["es"]
STOP = Message(msgid="Stop the sale", msgstr="Pare la venta", line=7)


def voice(draft: bool = True) -> choices.Voice:
    return voice_of(SPANISH, "po/es.po", None, (("hotline", "phone"),), draft)


def test_the_same_facts_and_catalog_have_one_voice() -> None:
    assert voice() is voice()
    assert voice(draft=False) is not voice()


def test_a_message_is_judged_once_and_anew_when_it_changes() -> None:
    first = voice().choice(STOP.key, None, 1, STOP)
    assert (first.outcome, first.phrase.whole) == (Outcome.TRANSLATED, "Pare la venta")
    assert voice().choice(STOP.key, None, 1, replace(STOP)) is first

    changed = replace(STOP, msgstr="Pare la venta {ahora}")
    worse = voice().choice(STOP.key, None, 1, changed)
    assert (worse.outcome, worse.phrase.whole) == (Outcome.REFUSED, "Stop the sale")
    assert [(found.code, found.line) for found in worse.findings] == [("message-names", 7)]


def test_a_count_prints_the_form_that_its_catalog_gives_it() -> None:
    key = (None, "one copy")
    message = Message(msgid=key[1], msgid_plural="{n} copies", plurals=("una copia", "{n} copias"))
    told = [voice().choice(key, "{n} copies", n, message) for n in (1, 2)]
    assert [choice.phrase.whole for choice in told] == ["una copia", None]
    assert [part.text for part in told[1].phrase.pieces] == ["n", " copias"]


def test_without_a_translation_the_english_prints_and_is_told() -> None:
    choice = voice().choice((None, "Scan to open"), None, 1, None)
    assert choice.outcome is Outcome.UNTRANSLATED
    assert choice.phrase is choice.english
    assert [found.fix for found in choice.findings] == ["Update the catalog and translate it."]
