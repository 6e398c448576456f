"""What is printed for a message: its translation or its English, judged once for all its sheets."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from markupsafe import Markup

from printkit.catalogs import Message
from printkit.entries import Key
from printkit.errors import quoted
from printkit.findings import Finding, Rule, Severity
from printkit.isolates import isolated
from printkit.languages import LANGUAGES, Language
from printkit.phrases import (
    FUZZY,
    PLURALS,
    SOURCE,
    UNTRANSLATED,
    Part,
    parts_of,
    source_wrongs,
    wrongs,
)
from printkit.plurals import GERMANIC, PluralRule
from printkit.text import FACT, break_edits

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


@dataclass(frozen=True, slots=True)
class Piece:
    """A part that is ready to print: its markup, or the name of what to put in."""

    kind: str
    text: str
    mark: str = ""
    """A break mark that stands before a fact."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A message made ready once, whatever facts it is later given."""

    pieces: tuple[Piece, ...]
    language: Language
    whole: Markup | None = None
    """All of it, where no fact and no tag is put in."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is printed for a message, and what is wrong with it."""

    message: Message | None
    outcome: Outcome
    phrase: Phrase
    english: Phrase
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """What decides how messages print in a language; one for all its sheets, and it remembers."""

    language: Language
    file: str | None
    plural_rule: PluralRule | None
    """The catalog's; None where there is no catalog."""
    kinds: tuple[tuple[str, str], ...]
    """Of the facts that every message has, by their names."""
    draft: bool
    chosen: dict[tuple[Key, str | None, int, bool], Choice] = field(default_factory=dict)

    def choice(self, key: Key, many: str | None, n: int, message: Message | None) -> Choice:
        """Return what is printed for a message where it counts n."""
        form = (self.plural_rule or GERMANIC).index(n) if many is not None else 0
        source = many if many is not None and n != 1 else key[1]
        place = (key, many, form, source is many)
        known = self.chosen.get(place)
        if known is None or (known.message is not message and known.message != message):
            known = self.chosen[place] = self._choose(key, many, form, source, message)
        return known

    def _choose(
        self, key: Key, many: str | None, form: int, source: str, message: Message | None
    ) -> Choice:
        outcome, found = self._judge(key, many, form, message)
        bad_source = source_wrongs(source)
        for wrong in bad_source:
            what = f"In the message {quoted(source)}, {wrong.what}"
            found.append(self.finding(wrong.rule, what, wrong.fix))
        parts = (Part("words", source),) if bad_source else parts_of(source)
        phrase = english = _phrase(parts, ENGLISH)
        if outcome is Outcome.TRANSLATED and message is not None:
            phrase = _phrase(parts_of(message.translations[form]), self.language)
        return Choice(message, outcome, phrase, english, tuple(found))

    def _judge(
        self, key: Key, many: str | None, form: int, message: Message | None
    ) -> tuple[Outcome, list[Finding]]:
        if message is None or not any(text.strip() for text in message.translations):
            return self._without(key, message)
        if message.fuzzy:
            fuzzy = self.finding(
                FUZZY,
                f"The translation of {quoted(key[1])} is marked fuzzy, so the English prints.",
                "Compare the two; if the translation is right, remove the mark.",
                message,
                severity=Severity.WARN if self.draft else Severity.FAIL,
            )
            return Outcome.FUZZY, [fuzzy]
        if message.msgid_plural != many or not self._forms_are_right(message):
            plurals = self.finding(
                PLURALS,
                f"The translation of {quoted(key[1])} has not the plural forms it needs.",
                "Update the catalog, then fill in every msgstr[…] that its header asks for.",
                message,
            )
            return Outcome.REFUSED, [plurals]
        what = f"In the translation of {quoted(key[1])}, "
        found = [
            self.finding(wrong.rule, what + wrong.what, wrong.fix, message)
            for wrong in wrongs(message.translations[form], key[1], many, kinds=dict(self.kinds))
        ]
        return Outcome.REFUSED if found else Outcome.TRANSLATED, found

    def _without(self, key: Key, message: Message | None) -> tuple[Outcome, list[Finding]]:
        if self.language.tag == "en":
            return Outcome.SOURCE, []
        missing = self.finding(
            UNTRANSLATED,
            f"{quoted(key[1])} is not translated, so the English prints.",
            "Translate it." if message else "Update the catalog and translate it.",
            message,
        )
        return Outcome.UNTRANSLATED, [missing]

    def _forms_are_right(self, message: Message) -> bool:
        if message.msgid_plural is None or self.plural_rule is None:
            return True
        return len(message.plurals) == self.plural_rule.forms and message.is_translated

    def finding(
        self,
        rule: Rule,
        what: str,
        fix: str,
        message: Message | None = None,
        *,
        severity: Severity | None = None,
    ) -> Finding:
        """Return what is wrong with a message, with its place in the catalog."""
        return Finding(
            code=rule.code,
            severity=severity or rule.severity,
            what=what,
            fix=fix,
            language=self.language.tag,
            file=self.file if rule is not SOURCE else None,
            line=message.line if message else None,
        )


voice_of = lru_cache(maxsize=64)(Voice)
"""The voice that decides by these; the same one as before, as long as it is remembered."""


def _phrase(parts: tuple[Part, ...], language: Language) -> Phrase:
    pieces = _ready(parts, language)
    plain = all(piece.kind == "words" for piece in pieces)
    whole = Markup("".join(piece.text for piece in pieces)) if plain else None
    return Phrase(pieces, language, whole)


@lru_cache(maxsize=20_000)
def _ready(parts: tuple[Part, ...], language: Language) -> tuple[Piece, ...]:
    """Return parts with the words escaped, isolated and marked for line breaks.

    The marks are worked out on the whole sentence, tags left out and facts as one letter, so
    that a tag in the middle of a word or a fact beside one changes nothing.
    """
    flat = "".join(
        FACT if part.kind == "name" else part.text if part.kind == "words" else "" for part in parts
    )
    edits = break_edits(flat, language)
    pieces: list[Piece] = []
    at = 0
    for part in parts:
        if part.kind == "words":
            end = at + len(part.text)
            text = "".join(edits.get(place, flat[place]) for place in range(at, end))
            pieces.append(Piece("words", isolated(text, language)))
            at = end
        elif part.kind == "name":
            pieces.append(Piece("name", part.text, edits.get(at, FACT)[:-1]))
            at += 1
        else:
            pieces.append(Piece(part.kind, part.text))
    return tuple(pieces)
