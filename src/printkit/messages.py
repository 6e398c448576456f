"""The safe `_()` of templates: a translation places facts and tags, and can do nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from printkit.catalogs import Catalog, Message
from printkit.entries import Key
from printkit.errors import quoted
from printkit.facts import Fact, Tag, as_fact, fact_date, fact_markup, fact_number
from printkit.findings import Finding, Rule, Severity
from printkit.isolates import isolated
from printkit.languages import LANGUAGES, Language
from printkit.phrases import (
    FUZZY,
    PLAIN_TAGS,
    PLURALS,
    RULES,
    SOURCE,
    UNTRANSLATED,
    Part,
    Wrong,
    parts_of,
    source_wrongs,
    wrongs,
)
from printkit.plurals import GERMANIC
from printkit.text import FACT, break_edits

__all__ = ["RULES", "Fact", "Outcome", "Speech", "Tag", "fact_date", "fact_number"]

ENGLISH = LANGUAGES["en"]


class Outcome(StrEnum):
    """What was printed for a message."""

    TRANSLATED = "translated"
    SOURCE = "source"
    """English, on an English sheet."""
    FUZZY = "fuzzy"
    """English, since the translation is marked fuzzy."""
    UNTRANSLATED = "untranslated"
    """English, since there is no translation."""
    REFUSED = "refused"
    """English, since the translation does what it may not."""


class Said(Markup):
    """A message as it is printed, which can be had in English too, for letters in two languages."""

    english: Markup


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part that is ready to print: its markup, or the name of what to put in."""

    kind: str
    text: str
    mark: str = ""
    """A break mark that stands before a fact."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A message made ready once, whatever facts it is later given."""

    pieces: tuple[_Piece, ...]
    language: Language


class Speech:
    """One language's voice inside templates.

    It never fails: what is wrong with a message is in `findings`, and its English is printed.
    """

    def __init__(
        self,
        *,
        language: Language,
        catalog: Catalog | None = None,
        facts: Mapping[str, Fact] | None = None,
        draft: bool = True,
    ) -> None:
        self.language = language
        self.used: dict[Key, Outcome] = {}
        """Every message asked for, and what became of it."""
        self._catalog = catalog
        self._facts = dict(facts or {})
        self._draft = draft
        self._phrases: dict[tuple[Key, int, str], _Phrase] = {}
        self._findings: dict[Finding, None] = {}

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the messages used so far, each once."""
        return list(self._findings)

    def gettext(self, msgid: str, /, **facts: Any) -> Markup:
        """Return a message in the language, its facts put in."""
        return self._say((None, msgid), None, 1, facts)

    def pgettext(self, msgctxt: str, msgid: str, /, **facts: Any) -> Markup:
        """Return the message of a context in the language, its facts put in."""
        return self._say((msgctxt, msgid), None, 1, facts)

    def ngettext(self, one: str, many: str, n: int, /, **facts: Any) -> Markup:
        """Return the form of a message for n in the language; {n} is given by itself."""
        return self._say((None, one), many, n, {"n": n, **facts})

    def _say(self, key: Key, many: str | None, n: int, facts: Mapping[str, Any]) -> Said:
        rule = self._catalog.plural_rule if self._catalog else GERMANIC
        form = rule.index(n) if many is not None else 0
        source = many if many is not None and n != 1 else key[1]
        place = (key, form, source)
        if place not in self._phrases:
            self._phrases[place] = self._phrase(key, many, form, source)
        said = Said(self._render(self._phrases[place], key, facts))
        said.english = self._set(self._english(key, source), key, facts)
        return said

    def _english(self, key: Key, source: str) -> _Phrase:
        """Return a message's own words, which stand beside a translation in letters."""
        bad_source = source_wrongs(source)
        for wrong in bad_source:
            self._find(wrong.rule, f"In the message {quoted(source)}, {wrong.what}", wrong.fix)
        parts = (Part("words", source),) if bad_source else parts_of(source)
        return _Phrase(_ready(parts, ENGLISH), ENGLISH)

    def _phrase(self, key: Key, many: str | None, form: int, source: str) -> _Phrase:
        """Choose the text to print, keep what is wrong with it, and make it ready."""
        message = self._catalog.messages.get(key) if self._catalog else None
        outcome = self._judge(key, many, form, message)
        # A message with plural forms is as good as its worst form.
        before = self.used.get(key, outcome)
        self.used[key] = outcome if before is Outcome.TRANSLATED else before
        if outcome is Outcome.TRANSLATED and message is not None:
            parts = parts_of(message.translations[form])
            return _Phrase(_ready(parts, self.language), self.language)
        return self._english(key, source)

    def _judge(self, key: Key, many: str | None, form: int, message: Message | None) -> Outcome:
        if message is None or not any(text.strip() for text in message.translations):
            return self._without(key, message)
        if message.fuzzy:
            self._find(
                FUZZY,
                f"The translation of {quoted(key[1])} is marked fuzzy, so the English prints.",
                "Compare the two; if the translation is right, remove the mark.",
                message,
                severity=Severity.WARN if self._draft else Severity.FAIL,
            )
            return Outcome.FUZZY
        if message.msgid_plural != many or not self._forms_are_right(message):
            self._find(
                PLURALS,
                f"The translation of {quoted(key[1])} has not the plural forms it needs.",
                "Update the catalog, then fill in every msgstr[…] that its header asks for.",
                message,
            )
            return Outcome.REFUSED
        kinds = tuple((name, fact.kind) for name, fact in self._facts.items())
        found = _wrongs(message.translations[form], key[1], many, kinds)
        for wrong in found:
            what = f"In the translation of {quoted(key[1])}, {wrong.what}"
            self._find(wrong.rule, what, wrong.fix, message)
        return Outcome.REFUSED if found else Outcome.TRANSLATED

    def _without(self, key: Key, message: Message | None) -> Outcome:
        if self.language.tag == "en":
            return Outcome.SOURCE
        self._find(
            UNTRANSLATED,
            f"{quoted(key[1])} is not translated, so the English prints.",
            "Translate it." if message else "Update the catalog and translate it.",
            message,
        )
        return Outcome.UNTRANSLATED

    def _forms_are_right(self, message: Message) -> bool:
        if message.msgid_plural is None or self._catalog is None:
            return True
        return len(message.plurals) == self._catalog.plural_rule.forms and message.is_translated

    def _set(self, phrase: _Phrase, key: Key, facts: Mapping[str, Any]) -> Markup:
        """Return a phrase with its facts and tags put in."""
        printed: list[str] = []
        for piece in phrase.pieces:
            if piece.kind == "words":
                printed.append(piece.text)
            elif piece.kind == "name":
                printed.append(piece.mark + self._fact(piece.text, phrase.language, key, facts))
            else:
                printed.append(self._tag(piece, key, facts))
        return Markup("".join(printed))

    def _render(self, phrase: _Phrase, key: Key, facts: Mapping[str, Any]) -> Markup:
        text = self._set(phrase, key, facts)
        if phrase.language.tag == self.language.tag:
            return text
        # English in another language's sheet: its fonts, its direction, its voice.
        if self.language.direction == "rtl":
            return Markup('<bdi dir="ltr" lang="en">{}</bdi>').format(text)
        return Markup('<span lang="en">{}</span>').format(text)

    def _fact(self, name: str, language: Language, key: Key, facts: Mapping[str, Any]) -> Markup:
        value = facts[name] if name in facts else self._facts.get(name)
        fact = as_fact(value, language)
        if fact is not None:
            return fact_markup(fact, direction=language.direction)
        if isinstance(value, Markup):
            return value
        self._find(
            SOURCE,
            f"The message {quoted(key[1])} asks for {{{name}}}, and nothing gives it.",
            f"Add {name} to the facts, or give it in the template.",
        )
        return escape(f"{{{name}}}")

    def _tag(self, piece: _Piece, key: Key, facts: Mapping[str, Any]) -> Markup:
        tag = facts.get(piece.text)
        if tag is None and piece.text in PLAIN_TAGS:
            tag = Tag(piece.text)
        if isinstance(tag, Tag):
            return tag.start if piece.kind == "open" else tag.end
        self._find(
            SOURCE,
            f"The message {quoted(key[1])} uses <{piece.text}>, and the template does not give it.",
            f'Give it in the template: {piece.text}=Tag("a", {{"href": …}}).',
        )
        return Markup()

    def _find(
        self,
        rule: Rule,
        what: str,
        fix: str,
        message: Message | None = None,
        *,
        severity: Severity | None = None,
    ) -> None:
        found = Finding(
            code=rule.code,
            severity=severity or rule.severity,
            what=what,
            fix=fix,
            language=self.language.tag,
            file=self._catalog.file if self._catalog and rule is not SOURCE else None,
            line=message.line if message else None,
        )
        self._findings[found] = None


@lru_cache(maxsize=20_000)
def _wrongs(
    translation: str, source: str, many: str | None, kinds: tuple[tuple[str, str], ...]
) -> tuple[Wrong, ...]:
    """Judge a translation once, however many regions it is printed for."""
    return tuple(wrongs(translation, source, many, kinds=dict(kinds)))


@lru_cache(maxsize=20_000)
def _ready(parts: tuple[Part, ...], language: Language) -> tuple[_Piece, ...]:
    """Return parts with the words escaped, isolated and marked for line breaks.

    The marks are worked out on the whole sentence, tags left out and facts as one letter, so
    that a tag in the middle of a word or a fact beside one changes nothing.
    """
    flat = "".join(
        FACT if part.kind == "name" else part.text if part.kind == "words" else "" for part in parts
    )
    edits = break_edits(flat, language)
    pieces: list[_Piece] = []
    at = 0
    for part in parts:
        if part.kind == "words":
            end = at + len(part.text)
            text = "".join(edits.get(place, flat[place]) for place in range(at, end))
            pieces.append(_Piece("words", isolated(text, language)))
            at = end
        elif part.kind == "name":
            pieces.append(_Piece("name", part.text, edits.get(at, FACT)[:-1]))
            at += 1
        else:
            pieces.append(_Piece(part.kind, part.text))
    return tuple(pieces)
