"""The safe `_()` of templates: a translation places facts and tags, and can do nothing else."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from printkit.catalogs import Catalog
from printkit.choices import Outcome, Phrase, Piece, voice_of
from printkit.entries import Key
from printkit.errors import quoted
from printkit.facts import Fact, Tag, as_fact, fact_date, fact_markup, fact_number
from printkit.findings import Finding
from printkit.languages import Language
from printkit.phrases import PLAIN_TAGS, RULES, SOURCE

__all__ = ["RULES", "Fact", "Outcome", "Speech", "Tag", "fact_date", "fact_number"]


class Said(Markup):
    """A message as it is printed, which can be had in English too, for letters in two languages."""

    english: Markup


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
        self._findings: dict[Finding, None] = {}
        self._voice = voice_of(
            language,
            catalog.file if catalog else None,
            catalog.plural_rule if catalog else None,
            tuple((name, fact.kind) for name, fact in self._facts.items()),
            draft,
        )

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
        message = self._catalog.messages.get(key) if self._catalog else None
        choice = self._voice.choice(key, many, n, message)
        # A message with plural forms is as good as its worst form.
        before = self.used.get(key, choice.outcome)
        self.used[key] = choice.outcome if before is Outcome.TRANSLATED else before
        for found in choice.findings:
            self._findings[found] = None
        text = self._set(choice.phrase, key, facts)
        said = Said(self._framed(choice.phrase, text))
        same = choice.phrase is choice.english
        said.english = text if same else self._set(choice.english, key, facts)
        return said

    def _set(self, phrase: Phrase, key: Key, facts: Mapping[str, Any]) -> Markup:
        """Return a phrase with its facts and tags put in."""
        if phrase.whole is not None:
            return phrase.whole
        printed: list[str] = []
        for piece in phrase.pieces:
            if piece.kind == "words":
                printed.append(piece.text)
            elif piece.kind == "name":
                printed.append(piece.mark + self._fact(piece.text, phrase.language, key, facts))
            else:
                printed.append(self._tag(piece, key, facts))
        return Markup("".join(printed))

    def _framed(self, phrase: Phrase, text: Markup) -> Markup:
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
            f"The message {quoted(key[1])} asks for {{{name}}}, and nothing gives it.",
            f"Add {name} to the facts, or give it in the template.",
        )
        return escape(f"{{{name}}}")

    def _tag(self, piece: Piece, key: Key, facts: Mapping[str, Any]) -> Markup:
        tag = facts.get(piece.text)
        if tag is None and piece.text in PLAIN_TAGS:
            tag = Tag(piece.text)
        if isinstance(tag, Tag):
            return tag.start if piece.kind == "open" else tag.end
        self._find(
            f"The message {quoted(key[1])} uses <{piece.text}>, and the template does not give it.",
            f'Give it in the template: {piece.text}=Tag("a", {{"href": …}}).',
        )
        return Markup()

    def _find(self, what: str, fix: str) -> None:
        self._findings[self._voice.finding(SOURCE, what, fix)] = None
