"""One text of a catalog beside the texts it translates, and what is known of its language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from printkit.findings import Rule
from printkit.languages import LANGUAGES, Language

Told = Iterator[tuple[Rule, str, str]]
"""The rule that is broken, a clause that follows "In the translation of …,", and what to do."""

UNICODE_SCRIPTS = {
    "Hans": frozenset(("Hani", "Bopo")),
    "Hant": frozenset(("Hani", "Bopo")),
    "Jpan": frozenset(("Hani", "Hira", "Kana")),
    "Kore": frozenset(("Hang", "Hani")),
}
"""ISO's mixed codes in Unicode's scripts."""
RIGHT_TO_LEFT = frozenset(("Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"))
ENTITY = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[a-zA-Z][a-zA-Z0-9]+);")
PERCENT = re.compile(
    r"%(?:(?P<at>\d+)\$|\((?P<name>[^)]*)\))?[-+ #0']*(?:\*|\d+)?(?:\.(?:\*|\d+)?)?"
    r"(?P<size>hh|h|ll|l|q|j|z|t|L)?(?P<kind>[a-zA-Z%])"
)
"""A format code of C or Python."""
TAG = re.compile(r"(?<!<)</?([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>(?!>)")
_MODIFIERS = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva", "arabic": "Arab"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """What the checks must know of a catalog's language."""

    tag: str
    """BCP 47; empty where nobody said."""
    english: str
    script: str = ""
    """ISO 15924; empty where it is not known, and then no check asks for it."""

    @property
    def base(self) -> str:
        """The language without country or script."""
        return self.tag.split("-")[0].lower()

    @property
    def scripts(self) -> frozenset[str]:
        """Unicode's scripts that its words are in."""
        if not self.script:
            return frozenset()
        return UNICODE_SCRIPTS.get(self.script, frozenset((self.script,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One text of a catalog beside the texts it translates."""

    text: str
    sources: tuple[str, ...]
    """The msgid, and its plural where there is one."""
    tongue: Tongue
    flags: frozenset[str] = frozenset()
    own: bool = True
    """Whether the catalog is the campaign's, whose texts are printed by its own rules."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """What each of the campaign's {names} prints as."""
    few: bool = False
    """Whether this plural form is for a single number, which a language may spell out."""

    @property
    def bare(self) -> str:
        """The text as words; what other programs fill in, or take for markup, is left out."""
        return self.text if self.own else without_codes(self.text)

    @property
    def source(self) -> str:
        """The source that the text stands for: the plural one, where there is one."""
        return self.sources[-1]


def without_codes(text: str) -> str:
    """Return a text without format codes, tags and HTML's names of characters."""
    return PERCENT.sub(" ", TAG.sub(" ", ENTITY.sub(" ", text)))


def tongue_of(language: Language) -> Tongue:
    """Return what the checks must know of one of the campaign's languages."""
    return Tongue(tag=language.tag, english=language.english, script=language.script)


@cache
def tongue_named(name: str) -> Tongue:
    """Return a language by a gettext name such as pt_BR or sr@latin, known or not."""
    plain, _, modifier = name.partition("@")
    tag = plain.split(".")[0].replace("_", "-")
    if tag in LANGUAGES:
        return tongue_of(LANGUAGES[tag])
    if tag == "und" or not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag):
        return Tongue(tag="", english="this language")
    try:
        known = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Tongue(tag=tag, english=tag)
    return Tongue(
        tag=tag,
        english=known.get_display_name("en") or tag,
        script=_MODIFIERS.get(modifier) or known.script or _likely(tag),
    )


def _likely(tag: str) -> str:
    """Return the script that CLDR expects a language to be written in."""
    likely = get_global("likely_subtags")
    parts = tag.split("-")
    for name in ("_".join(parts), parts[0]):
        if name in likely:
            return str(likely[name]).split("_")[1]
    return ""
