"""A message's text as words, {names} and tags, and what a translation of it may not do."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from printkit.errors import quoted
from printkit.facts import KIND_WORDS
from printkit.findings import Rule, Severity
from printkit.said import say
from printkit.wording import addresses, numbers, phones, typed

NAMES = Rule(
    code="message-names",
    severity=Severity.FAIL,
    rule="A translation holds the {names} of its source, and nothing else in braces.",
    because="Phone numbers, addresses and dates come in by name; a name that is lost or reaches "
    "further, such as {hotline.__class__}, would print a wrong fact or none.",
)
TAGS = Rule(
    code="message-tags",
    severity=Severity.FAIL,
    rule="A translation holds the tags of its source, without attributes, each closed in order.",
    because="A tag carries a link or emphasis that the template gives; any other markup could "
    "load a file or hide text.",
)
UNSAFE = Rule(
    code="message-unsafe",
    severity=Severity.FAIL,
    rule="A translation is plain text: no format codes, no control or direction characters.",
    because="Format codes such as %(x)1000000000s make programs run out of memory, and direction "
    "characters can make a phone number read otherwise than it is (Unicode TR 36).",
)
FACTS = Rule(
    code="message-facts",
    severity=Severity.FAIL,
    rule="A translation holds no address, phone number or number that its source does not have.",
    because="A changed digit sends a reader to a stranger; nobody who cannot read the language "
    "would see it.",
)
SOURCE = Rule(
    code="message-source",
    severity=Severity.FAIL,
    rule="A template's message uses names and tags that the template gives.",
    because="A name without a fact would leave a hole in the sentence, in every language.",
)
UNTRANSLATED = Rule(
    code="message-untranslated",
    severity=Severity.FAIL,
    rule="Every message on a sheet is in the sheet's language.",
    because="A reader who is handed a sheet in their language must not meet English in it.",
)
FUZZY = Rule(
    code="message-fuzzy",
    severity=Severity.WARN,
    rule="No message on a sheet is marked fuzzy.",
    because="Fuzzy means that the translation was made for another text; the English prints.",
)
PLURALS = Rule(
    code="message-plurals",
    severity=Severity.FAIL,
    rule="A message with plural forms has as many as its catalog's header says.",
    because="A number whose form is missing would print another number's sentence.",
)

PLAIN_TAGS = frozenset(("b", "em", "i", "small", "strong", "sub", "sup"))
"""Tags that mean the same everywhere, so that a template need not give them."""
LONGEST = 10
"""Times its source a translation may be, and 200 characters more."""

_PART = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}|<(/?)([a-z][a-z0-9]*)>")
_BRACES = re.compile(r"\{[^{}]*\}?|\}")
_MARKUP = re.compile(r"<[A-Za-z/!?][^<>]*>?")
_FORMAT = re.compile(r"%\([^)]*\)?[-+ #0-9.]*[A-Za-z]?|%[-+#0-9.$*]*[sdifrxXcuoeEgGpn](?![A-Za-z])")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction
    "\u2028\u2029\u2061-\u2065\u206a-\u206f\ufeff\ufff0-\uffff\ufdd0-\ufdef\ud800-\udfff"
    "\U000e0000-\U000e007f\U0001fffe\U0001ffff\U0010fffe\U0010ffff]"
)
"""Characters that no translator types on purpose; joiners and break marks are none of them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of words, a {name}, or one end of a tag."""

    kind: Literal["words", "name", "open", "close"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One thing that a translation may not do."""

    rule: Rule
    what: str
    """A clause that follows "In the translation of …,"."""
    fix: str
    character: str = ""
    """The one that may not stand there, where it is one."""


@lru_cache(maxsize=20_000)
def parts_of(phrase: str) -> tuple[Part, ...]:
    """Return a phrase in parts; what is no {name} and no bare tag stays words."""
    parts: list[Part] = []
    at = 0
    for found in _PART.finditer(phrase):
        if found.start() > at:
            parts.append(Part("words", phrase[at : found.start()]))
        if found[1]:
            parts.append(Part("name", found[1]))
        else:
            parts.append(Part("close" if found[2] else "open", found[3]))
        at = found.end()
    if at < len(phrase):
        parts.append(Part("words", phrase[at:]))
    return tuple(parts)


def names_in(phrase: str) -> frozenset[str]:
    """Return the {names} of a phrase."""
    return frozenset(part.text for part in parts_of(phrase) if part.kind == "name")


def tags_in(phrase: str) -> frozenset[str]:
    """Return the names of a phrase's tags."""
    return frozenset(part.text for part in parts_of(phrase) if part.kind in ("open", "close"))


def words_of(phrase: str) -> str:
    """Return a phrase's words alone."""
    return " ".join(part.text for part in parts_of(phrase) if part.kind == "words")


def source_wrongs(phrase: str) -> list[Wrong]:
    """Return what a template's own message may not hold."""
    found = [*_stray(phrase), *_unbalanced(phrase), *forbidden(phrase)]
    return [Wrong(rule=SOURCE, what=wrong.what, fix=wrong.fix) for wrong in found]


def wrongs(
    translation: str, source: str, many: str | None = None, *, kinds: Mapping[str, str] = {}
) -> list[Wrong]:
    """Return everything that a translation may not do with its source.

    many is the source's plural, where there is one; kinds says what each name prints as.
    """
    sources = (source,) if many is None else (source, many)
    return [
        *_names(translation, sources, kinds),
        *_tags(translation, sources),
        *_stray(translation),
        *_unbalanced(translation),
        *forbidden(translation),
        *_formats(translation, sources),
        *changed(translation, sources),
        *_too_long(translation, sources),
    ]


def _names(translation: str, sources: tuple[str, ...], kinds: Mapping[str, str]) -> Iterator[Wrong]:
    theirs = names_in(translation)
    ours = [names_in(source) for source in sources]
    for name in sorted(frozenset.intersection(*ours) - theirs):
        place = KIND_WORDS.get(kinds.get(name, ""))
        yield Wrong(
            rule=NAMES,
            what=say("{name} is missing.", name=f"{{{name}}}"),
            fix=say("Put {name} where {fact} belongs.", name=f"{{{name}}}", fact=say(place))
            if place
            else say("Put {name} where the source has it in its sentence.", name=f"{{{name}}}"),
        )
    known = frozenset.union(*ours)
    for name in sorted(theirs - known):
        what = say("{name} is not in the source.", name=f"{{{name}}}")
        yield Wrong(rule=NAMES, what=what, fix=_only(known))


def _only(known: frozenset[str]) -> str:
    if not known:
        return say("Take it out: the source has nothing in braces.")
    names = ", ".join(f"{{{name}}}" for name in sorted(known))
    return say("Use {names} as the source does.", names=names)


def _tags(translation: str, sources: tuple[str, ...]) -> Iterator[Wrong]:
    theirs = tags_in(translation)
    ours = [tags_in(source) for source in sources]
    for tag in sorted(frozenset.intersection(*ours) - theirs):
        yield Wrong(
            rule=TAGS,
            what=say("<{tag}> is missing.", tag=tag),
            fix=say("Put <{tag}> and </{tag}> around the same words as the source.", tag=tag),
        )
    for tag in sorted(theirs - frozenset.union(*ours)):
        what = say("<{tag}> is not in the source.", tag=tag)
        yield Wrong(rule=TAGS, what=what, fix=say("Take it out, both ends of it."))


def _stray(phrase: str) -> Iterator[Wrong]:
    """Find braces and markup that are more than a {name} or a bare tag."""
    for part in parts_of(phrase):
        if part.kind != "words":
            continue
        for found in _BRACES.finditer(part.text):
            yield Wrong(
                rule=NAMES,
                what=say("{text} is no name in braces.", text=quoted(found[0])),
                fix=say("Between the braces stands the name alone, as in the source."),
            )
        for found in _MARKUP.finditer(part.text):
            yield Wrong(
                rule=TAGS,
                what=say("{text} is no tag of the source.", text=quoted(found[0])),
                fix=say("Use the source's tags just as they are, and no others."),
            )


def _unbalanced(phrase: str) -> Iterator[Wrong]:
    opened: list[str] = []
    for part in parts_of(phrase):
        if part.kind == "open":
            if part.text in opened:
                what = say("<{tag}> stands inside another <{tag}>.", tag=part.text)
                fix = say("Close it first with </{tag}>.", tag=part.text)
                yield Wrong(rule=TAGS, what=what, fix=fix)
                return
            opened.append(part.text)
        elif part.kind == "close" and (not opened or opened.pop() != part.text):
            what = say("</{tag}> closes no tag that is open here.", tag=part.text)
            yield Wrong(rule=TAGS, what=what, fix=say("Close the tags in reverse order."))
            return
    for tag in opened:
        what = say("<{tag}> is not closed.", tag=tag)
        yield Wrong(rule=TAGS, what=what, fix=say("Add </{tag}>.", tag=tag))


def forbidden(phrase: str) -> Iterator[Wrong]:
    """Find characters that no translator types on purpose."""
    for character in sorted(set(_FORBIDDEN.findall(phrase))):
        name = unicodedata.name(character, "a control character").lower()
        yield Wrong(
            rule=UNSAFE,
            what=say(
                "there is a stray U+{code} ({name}).", code=f"{ord(character):04X}", name=name
            ),
            fix=say("Delete it; facts are turned the right way without it."),
            character=character,
        )


def _formats(translation: str, sources: tuple[str, ...]) -> Iterator[Wrong]:
    ours = {found[0] for source in sources for found in _FORMAT.finditer(source)}
    for code in dict.fromkeys(found[0] for found in _FORMAT.finditer(translation)):
        if code not in ours:
            yield Wrong(
                rule=UNSAFE,
                what=say("{text} is a format code of another program.", text=quoted(code)),
                fix=say("Take it out; a percentage is written with a space or nothing after %."),
            )


def changed(translation: str, sources: tuple[str, ...]) -> Iterator[Wrong]:
    """Find addresses, phone numbers and digits that a translator typed or left out."""
    theirs = words_of(translation)
    ours = [typed(words_of(source)) for source in sources]
    reads = ((addresses, "address"), (phones, "phone number"))
    for place, (read, kind) in enumerate(reads):
        before = frozenset.union(*(one[place] for one in ours))
        after = set(read(theirs))
        for new in sorted(after - before):
            what = say("the {kind} {text} is not in the source.", kind=say(kind), text=quoted(new))
            yield Wrong(rule=FACTS, what=what, fix=_restore(before))
        for gone in sorted(frozenset.intersection(*(one[place] for one in ours)) - after):
            fix = say("Write {text} just as the source does.", text=gone)
            what = say("the source's {kind} {text} is missing.", kind=say(kind), text=quoted(gone))
            yield Wrong(rule=FACTS, what=what, fix=fix)
    before = frozenset.union(*(one[2] for one in ours))
    for number in sorted(set(numbers(theirs)) - before):
        what = say("the number {number} is not in the source.", number=number)
        fix = say("Write the source's numbers, digit for digit.")
        yield Wrong(rule=FACTS, what=what, fix=fix)


def _restore(before: frozenset[str]) -> str:
    if not before:
        return say("Take it out; what a reader calls or opens comes in by its {name}.")
    return say("Write {text} just as the source does.", text=", ".join(sorted(before)))


def _too_long(translation: str, sources: tuple[str, ...]) -> Iterator[Wrong]:
    room = LONGEST * max(len(source) for source in sources) + 200
    if len(translation) > room:
        yield Wrong(
            rule=UNSAFE,
            what=say(
                "there are {count} characters, far more than the source's.", count=len(translation)
            ),
            fix=say("Shorten it below {count} characters.", count=room),
        )


RULES = (NAMES, TAGS, UNSAFE, FACTS, SOURCE, UNTRANSLATED, FUZZY, PLURALS)
