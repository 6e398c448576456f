"""Facts: what no translation may change, and how each prints in a language."""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from printkit.languages import Language

Kind = Literal["url", "phone", "amount", "date", "name", "number", "code"]

KIND_WORDS: dict[str, str] = {
    "url": "the web address",
    "phone": "the phone number",
    "amount": "the amount",
    "date": "the date",
    "name": "the name",
    "number": "the number",
    "code": "the code",
}
"""How a translator is told what a {name} stands for."""

LONGEST_PART = 24
"""Characters of a web address that stay on one line; longer parts may break at hyphens."""

_SLASH = re.compile("(?<=[^/:]/)(?=[^/])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a {name} prints as."""

    text: str
    kind: Kind = "name"
    breaks: bool = False
    """Whether a line may break after a slash: for long URLs where the template has room."""


@dataclass(frozen=True, slots=True)
class Tag:
    """What a named tag of a message becomes, such as Tag("a", {"href": url}) for <site>."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def start(self) -> Markup:
        """The start tag, its attributes escaped."""
        attributes = "".join(
            f' {escape(name)}="{escape(str(value))}"' for name, value in self.attributes.items()
        )
        return Markup(f"<{escape(self.name)}{attributes}>")

    @property
    def end(self) -> Markup:
        """The end tag."""
        return Markup(f"</{escape(self.name)}>")


def fact_date(day: datetime.date, language: Language) -> Fact:
    """Return a date as the language writes it in a sentence, in Latin digits.

    The calendar is the Gregorian one in every language, since it is the state's.
    """
    return Fact(text=format_date(day, format="long", locale=language.babel), kind="date")


def fact_number(number: float, language: Language) -> Fact:
    """Return a number grouped as the language writes it, in Latin digits."""
    text = format_decimal(number, locale=language.babel, numbering_system="latn")
    return Fact(text=text, kind="number")


def as_fact(value: object, language: Language) -> Fact | None:
    """Return what a template gives as a fact; plain values have a kind of their own."""
    if isinstance(value, Fact):
        return value
    if isinstance(value, str) and not isinstance(value, Markup):
        return Fact(text=value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return fact_number(value, language)
    if isinstance(value, datetime.date):
        return fact_date(value, language)
    return None


@lru_cache(maxsize=4096)
def fact_markup(fact: Fact, *, direction: str) -> Markup:
    """Return a fact escaped, and isolated from the direction of the words around it."""
    # str() of a Markup would keep it unescaped: a fact is text, whoever made it.
    text = "".join(fact.text)
    classes = f"fact {fact.kind}"
    shown: str | Markup = text
    if fact.breaks:
        shown = Markup("\N{ZERO WIDTH SPACE}").join(_part(part) for part in _SLASH.split(text))
        classes += " breaks"
    if _is_right_to_left(text):
        return Markup('<bdi dir="rtl" class="{}">{}</bdi>').format(classes, shown)
    if direction == "rtl":
        return Markup('<bdi dir="ltr" class="{}">{}</bdi>').format(classes, shown)
    return Markup('<span class="{}">{}</span>').format(classes, shown)


def _part(text: str) -> Markup:
    """Keep a part between slashes whole: nobody knows whether to type a hyphen at a line's end."""
    if len(text) > LONGEST_PART:
        return escape(text)
    return Markup('<span class="part">{}</span>').format(text)


def _is_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)
