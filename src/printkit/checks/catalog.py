"""A whole catalog against the POT: complete, safe and plausible, before anything is set."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fontTools.unicodedata import script

from printkit.catalogs import Catalog, Message
from printkit.errors import quoted
from printkit.facts import Fact
from printkit.findings import Finding, Rule, Severity, finding
from printkit.languages import Language
from printkit.phrases import (
    FUZZY,
    PLURALS,
    UNTRANSLATED,
    names_in,
    parts_of,
    words_of,
    wrongs,
)
from printkit.wording import native_digits, numbers

LANGUAGE = Rule(
    code="catalog-language",
    severity=Severity.FAIL,
    rule="A catalog's header names the language that its file is named after.",
    because="A file saved under another language's name would print the wrong language.",
)
STALE = Rule(
    code="catalog-stale",
    severity=Severity.WARN,
    rule="Every message of a catalog is one that the pieces print.",
    because="A message that is gone from the templates may be the old form of one that is now "
    "untranslated.",
)
HALF = Rule(
    code="catalog-half-untranslated",
    severity=Severity.WARN,
    rule="A translation has words in the language's own script, or other words than its source.",
    because="A source that was copied into its translation looks translated to every program.",
)
NORMAL = Rule(
    code="catalog-nfc",
    severity=Severity.WARN,
    rule="Translations are in Unicode's composed form (NFC).",
    because="Letters and accents kept apart look alike but are set, searched and compared "
    "differently (Unicode UAX 15).",
)
DIGITS = Rule(
    code="catalog-digits",
    severity=Severity.WARN,
    rule="Translations have the numbers of their source, in the digits 0-9.",
    because="Phone buttons and the addresses on a sheet have Latin digits; a number left out may "
    "be a deadline.",
)
SPACES = Rule(
    code="catalog-spaces",
    severity=Severity.WARN,
    rule="A translation has no spaces at its ends, no doubled ones and no soft hyphens.",
    because="They print as holes, and soft hyphens as dashes where a font draws them.",
)
MIXED = Rule(
    code="catalog-mixed-scripts",
    severity=Severity.WARN,
    rule="No word mixes Latin letters with Cyrillic, Greek or Armenian ones.",
    because="Letters that look alike get typed on the wrong keyboard; addresses then lead nowhere.",
)
ENTITIES = Rule(
    code="catalog-entities",
    severity=Severity.WARN,
    rule="Translations hold characters, not HTML's names for them.",
    because="A translation is printed as it is typed, so that &nbsp; prints as six letters.",
)
TWICE = Rule(
    code="catalog-name-twice",
    severity=Severity.WARN,
    rule="A {name} stands in a translation as often as in its source.",
    because="A phone number printed twice in a sentence is a slip of copying, most often.",
)
RULES = (LANGUAGE, STALE, HALF, NORMAL, DIGITS, SPACES, MIXED, ENTITIES, TWICE)

ALIASES = {"tl": ("fil",), "zh-hans": ("zh-cn", "zh-sg"), "zh-hant": ("zh-tw", "zh-hk"),
           "hmn": ("mww", "hnj")}  # fmt: skip
"""What gettext's editors write for a language."""
UNICODE_SCRIPTS = {
    "Hans": {"Hani", "Bopo"},
    "Hant": {"Hani", "Bopo"},
    "Jpan": {"Hani", "Hira", "Kana"},
    "Kore": {"Hang", "Hani"},
}
"""ISO's mixed codes in Unicode's scripts."""

Told = Iterator[tuple[Rule, str, str]]

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH_WORD = re.compile(r"\b[A-Z]?[a-z]{2,}\b")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[a-zA-Z][a-zA-Z0-9]+);")
_SPACES = re.compile(r"^\s|\s$|[ \u00a0\u3000]{2,}|\u00ad|\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One text of a catalog beside the texts it translates."""

    text: str
    sources: tuple[str, ...]
    """The msgid, and its plural where there is one."""
    language: Language


def check_catalog(
    catalog: Catalog, pot: Catalog, language: Language, facts: Mapping[str, Fact] | None = None
) -> list[Finding]:
    """Return what is wrong with a catalog, in the POT's order."""
    kinds = {name: fact.kind for name, fact in (facts or {}).items()}
    found = list(_header_is_right(catalog, language))
    for key, source in pot.messages.items():
        found += _message_findings(catalog, catalog.messages.get(key), source, language, kinds)
    for key, message in catalog.messages.items():
        if key not in pot.messages:
            what = f"{quoted(message.msgid)} is printed nowhere."
            fix = "Update the catalog from the POT."
            found.append(_found(STALE, what, fix, catalog, message, language))
    return found


def _header_is_right(catalog: Catalog, language: Language) -> Iterator[Finding]:
    given = catalog.header.get("Language", "")
    tag = language.tag.lower()
    spelled = re.split(r"[.@]", given.replace("_", "-").lower())[0]
    base = spelled.split("-")[0]
    # A country behind a language, such as es-MX, is no other language; a script is.
    near = spelled == tag or spelled in ALIASES.get(tag, ()) or base in ALIASES.get(tag, ())
    if near or ("-" not in tag and base == tag):
        return
    what = f"The header's Language is {quoted(given)}."
    fix = f'Write "Language: {language.tag.replace("-", "_")}\\n", or rename the file.'
    yield _found(LANGUAGE, what, fix, catalog, None, language)


def _message_findings(
    catalog: Catalog,
    message: Message | None,
    source: Message,
    language: Language,
    kinds: Mapping[str, str],
) -> Iterator[Finding]:
    text = quoted(source.msgid)
    if message is None:
        what, fix = f"{text} is not in the catalog.", "Update it from the POT, then translate it."
        yield _found(UNTRANSLATED, what, fix, catalog, None, language)
        return
    if not any(form.strip() for form in message.translations):
        what = f"{text} is not translated."
        yield _found(UNTRANSLATED, what, "Translate it.", catalog, message, language)
        return
    if message.fuzzy:
        fix = "Compare it with its source; if it is right, remove the mark."
        what = f"The translation of {text} is marked fuzzy."
        yield _found(FUZZY, what, fix, catalog, message, language)
    if not _forms_are_right(catalog, message, source):
        what = f"The translation of {text} has not the plural forms it needs."
        fix = f"Fill in {catalog.plural_rule.forms} forms, as the header says."
        yield _found(PLURALS, what, fix, catalog, message, language)
    for rule, what, fix in dict.fromkeys(_texts_told(message, source, language, kinds)):
        what = f"In the translation of {text}, {what}"
        yield _found(rule, what, fix, catalog, message, language)


def _forms_are_right(catalog: Catalog, message: Message, source: Message) -> bool:
    if message.msgid_plural != source.msgid_plural:
        return False
    if source.msgid_plural is None:
        return True
    return message.is_translated and len(message.plurals) == catalog.plural_rule.forms


def _texts_told(
    message: Message, source: Message, language: Language, kinds: Mapping[str, str]
) -> Told:
    for text in message.translations:
        for wrong in wrongs(text, source.msgid, source.msgid_plural, kinds=kinds):
            yield wrong.rule, wrong.what, wrong.fix
        sources = (source.msgid,) + ((source.msgid_plural,) if source.msgid_plural else ())
        for check in CHECKS:
            yield from check(_Case(text=text, sources=sources, language=language))


def _found(
    rule: Rule, what: str, fix: str, catalog: Catalog, message: Message | None, language: Language
) -> Finding:
    line = message.line if message else None
    return finding(rule, what, fix, language=language.tag, file=catalog.file, line=line)


def has_own_words(case: _Case) -> Told:
    """The translation has words of its language where its source has words."""
    english = _ENGLISH_WORD.findall(words_of(case.sources[0]))
    if not english:
        return
    if case.language.script == "Latn":
        if case.text in case.sources and len(english) > 1:
            yield HALF, "the words are the English ones.", "Translate it."
        return
    scripts = UNICODE_SCRIPTS.get(case.language.script, {case.language.script})
    if not any(script(letter) in scripts for letter in words_of(case.text)):
        what = f"there is no word in the script of {case.language.english}."
        yield HALF, what, "Translate it; only names and codes stay in Latin letters."


def is_composed(case: _Case) -> Told:
    """The translation is in NFC."""
    if not unicodedata.is_normalized("NFC", case.text):
        what = "letters and accents stand apart (not NFC)."
        yield NORMAL, what, "Save it in composed form; most editors do when the text is retyped."


def has_the_numbers(case: _Case) -> Told:
    """The translation has its source's numbers, in Latin digits."""
    words = words_of(case.text)
    native = "".join(native_digits(words))
    if native:
        yield DIGITS, f"there are the digits {native}.", "Write them as 0-9."
    ours = [set(numbers(words_of(source))) for source in case.sources]
    for number in sorted(set.intersection(*ours) - set(numbers(words))):
        fix = "Put it in, or look whether the words say the same."
        yield DIGITS, f"the source's number {number} is missing.", fix


def has_clean_spaces(case: _Case) -> Told:
    """The translation has no stray spaces or soft hyphens."""
    if _SPACES.search(case.text):
        what = "there is a space at an end, a doubled one, or a soft hyphen."
        yield SPACES, what, "Take it out."


def has_one_script_a_word(case: _Case) -> Told:
    """No word of the translation mixes alphabets that look alike."""
    for word in _WORD.findall(words_of(case.text)):
        scripts = {script(letter) for letter in word} & {"Latn", "Cyrl", "Grek", "Armn"}
        if len(scripts) > 1:
            odd = [letter for letter in word if script(letter) == "Latn"]
            what = f"{quoted(word)} has Latin letters among others: {', '.join(odd)}."
            yield MIXED, what, "Type the word again on one keyboard."


def has_no_entities(case: _Case) -> Told:
    """The translation has no HTML names of characters."""
    for entity in dict.fromkeys(_ENTITY.findall(case.text)):
        yield ENTITIES, f"{entity} prints as it stands.", "Type the character itself."


def places_names_once(case: _Case) -> Told:
    """The translation has each {name} as often as its source."""
    for name in sorted(names_in(case.text)):
        most = max(_times(name, source) for source in case.sources)
        if 0 < most < _times(name, case.text):
            fix = "Keep it where it belongs in the sentence."
            yield TWICE, f"{{{name}}} stands more often than in the source.", fix


def _times(name: str, text: str) -> int:
    return sum(part.kind == "name" and part.text == name for part in parts_of(text))


CHECKS: tuple[Callable[[_Case], Told], ...] = (
    has_own_words,
    is_composed,
    has_the_numbers,
    has_clean_spaces,
    has_one_script_a_word,
    has_no_entities,
    places_names_once,
)
"""What each text of a catalog is held to, beyond what would keep it from being printed."""
