"""A whole catalog against the POT: complete, safe and plausible, before anything is set."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from printkit.catalogs import Catalog, Message
from printkit.checks import letters, marks, meaning, terms
from printkit.checks.cases import Case, Told, Tongue, tongue_named, tongue_of
from printkit.errors import quoted
from printkit.facts import Fact
from printkit.findings import Finding, Rule, Severity, finding
from printkit.languages import Language
from printkit.phrases import FUZZY, PLURALS, UNTRANSLATED
from printkit.said import say

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
OBSOLETE = Rule(
    code="catalog-obsolete",
    severity=Severity.NOTE,
    rule="A catalog holds the messages that are in use.",
    because="Obsolete entries (#~) are kept for an update to bring back; nobody prints them.",
)
PREVIOUS = Rule(
    code="catalog-previous",
    severity=Severity.WARN,
    rule="Only a fuzzy translation remembers the text it was made for.",
    because="A previous msgid (#|) that stays behind says that nobody compared the two, or that "
    "the mark was removed by hand.",
)
TWO_WAYS = Rule(
    code="catalog-two-ways",
    severity=Severity.WARN,
    rule="A text that stands twice is translated the same way, unless a context tells them apart.",
    because="Two words for one thing make a reader look for the difference.",
)
ALLOW = Rule(
    code="catalog-allow",
    severity=Severity.WARN,
    rule='An exception names its check and its reason: "printkit: allow CODE because …".',
    because="An exception without a reason outlives whoever knew it; what keeps a sheet from being "
    "printed cannot be allowed.",
)
_OWN = (LANGUAGE, STALE, OBSOLETE, PREVIOUS, TWO_WAYS, ALLOW)
RULES = (*_OWN, *letters.RULES, *marks.RULES, *meaning.RULES, *terms.RULES)

ALIASES = {"tl": ("fil",), "zh-hans": ("zh-cn", "zh-sg"), "zh-hant": ("zh-tw", "zh-hk"),
           "hmn": ("mww", "hnj")}  # fmt: skip
"""What gettext's editors write for a language."""
CHECKS: tuple[Callable[[Case], Told], ...] = (*meaning.CHECKS, *letters.CHECKS, *marks.CHECKS)
"""What each text of a catalog is held to, in the order of the messages about it."""

_ALLOW = re.compile(r"\s*printkit:\s*allow\s+(\S+)\s*(.*)")
_FACT_NOTE = re.compile(r"\{\w+\} prints as |[Rr]oom\b|printkit:")


def check_catalog(
    catalog: Catalog,
    pot: Catalog,
    language: Language,
    facts: Mapping[str, Fact] | None = None,
    glossary: Sequence[terms.Term] = (),
) -> list[Finding]:
    """Return what is wrong with a campaign's catalog, in the POT's order."""
    kinds = {name: fact.kind for name, fact in (facts or {}).items()}
    held = _Held(catalog=catalog, tongue=tongue_of(language), kinds=kinds, glossary=glossary)
    found = list(_header_is_right(held))
    for key, source in pot.messages.items():
        found += _message_findings(held, catalog.messages.get(key), source)
    for key, message in catalog.messages.items():
        if key not in pot.messages:
            what = say("{text} is printed nowhere.", text=quoted(message.msgid))
            fix = say("Update the catalog from the POT.")
            found.append(_found(held, STALE, what, fix, message))
    return [*found, *_whole(held)]


def check_file(
    catalog: Catalog, *, own: bool = False, glossary: Sequence[terms.Term] = ()
) -> list[Finding]:
    """Return what is wrong with a catalog that stands alone; each message is its own source."""
    tongue = tongue_named(catalog.header.get("Language") or catalog.language)
    held = _Held(catalog=catalog, tongue=tongue, own=own, glossary=glossary)
    found = [] if own else list(_name_is_right(held))
    for message in catalog.messages.values():
        found += _message_findings(held, message, message)
    return [*found, *_whole(held)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A catalog, and what it is held to."""

    catalog: Catalog
    tongue: Tongue
    own: bool = True
    kinds: Mapping[str, str] = field(default_factory=dict)
    glossary: Sequence[terms.Term] = ()


def _name_is_right(held: _Held) -> Iterator[Finding]:
    """Find a file that is named after another language than its header says."""
    named = tongue_named(held.catalog.language)
    if named.tag and held.tongue.tag and named.base != held.tongue.base:
        yield from _wrong_language(held, named.tag)


def _header_is_right(held: _Held) -> Iterator[Finding]:
    given = held.catalog.header.get("Language", "")
    tag = held.tongue.tag.lower()
    spelled = re.split(r"[.@]", given.replace("_", "-").lower())[0]
    base = spelled.split("-")[0]
    # A country behind a language, such as es-MX, is no other language; a script is.
    near = spelled == tag or spelled in ALIASES.get(tag, ()) or base in ALIASES.get(tag, ())
    if not near and ("-" in tag or base != tag):
        yield from _wrong_language(held, held.tongue.tag)


def _wrong_language(held: _Held, tag: str) -> Iterator[Finding]:
    given = quoted(held.catalog.header.get("Language", ""))
    what = say("The header's Language is {given}.", given=given)
    line = f'"Language: {tag.replace("-", "_")}\\n"'
    yield _found(held, LANGUAGE, what, say("Write {line}, or rename the file.", line=line))


def _message_findings(held: _Held, message: Message | None, source: Message) -> list[Finding]:
    """Return what is wrong with a message, but for what its comments allow."""
    text = quoted(source.msgid)
    if message is None:
        what = say("{text} is not in the catalog.", text=text)
        fix = say("Update it from the POT, then translate it.")
        return [_found(held, UNTRANSLATED, what, fix)]
    told = list(dict.fromkeys(_told(held, message, source, text)))
    allowed = _allowed(message)
    unknown = [code for code in allowed if code not in MAY_ALLOW or not allowed[code]]
    found = [
        _found(held, rule, what, fix, message, source)
        for rule, what, fix in told
        if rule.code not in allowed or rule.code in unknown
    ]
    for code in unknown:
        what = say("The comment that allows {code} is not used.", code=quoted(code))
        fix = say('Name a check that may be allowed, and give the reason after "because".')
        found.append(_found(held, ALLOW, what, fix, message, source))
    return found


def _allowed(message: Message) -> dict[str, str]:
    """Return the codes that a message's comments allow, each with its reason."""
    found = (_ALLOW.fullmatch(note) for note in (*message.notes, *message.remarks))
    return {
        one[1]: one[2].removeprefix("because").strip() if one[2].startswith("because") else ""
        for one in found
        if one
    }


MAY_ALLOW = frozenset(rule.code for rule in RULES if rule.severity is not Severity.FAIL)
"""What keeps a sheet from being printed safely cannot be allowed."""


def _told(held: _Held, message: Message, source: Message, text: str) -> Told:
    if not any(form.strip() for form in message.translations):
        yield UNTRANSLATED, say("{text} is not translated.", text=text), say("Translate it.")
        return
    if message.fuzzy:
        what = say("The translation of {text} is marked fuzzy.", text=text)
        if message.previous is not None:
            what = say(
                "The translation of {text} is marked fuzzy; it was made for {previous}.",
                text=text,
                previous=quoted(message.previous),
            )
        yield FUZZY, what, say("Compare it with its source; if it is right, remove the mark.")
        if not held.own:
            return  # a guess of a program, which nobody has looked at
    elif message.previous is not None:
        what = say("{text} was once {previous}.", text=text, previous=quoted(message.previous))
        yield PREVIOUS, what, say('Compare the two, then remove the lines that begin with "#|".')
    if not _forms_are_right(held.catalog, message, source):
        what = say("The translation of {text} has not the plural forms it needs.", text=text)
        forms = held.catalog.plural_rule.forms
        yield PLURALS, what, say("Fill in {count} forms, as the header says.", count=forms)
    for rule, clause, fix in dict.fromkeys(_texts_told(held, message, source)):
        what = say("In the translation of {text}, {clause}", text=text, clause=clause)
        yield rule, what, fix


def _forms_are_right(catalog: Catalog, message: Message, source: Message) -> bool:
    if message.msgid_plural != source.msgid_plural:
        return False
    if source.msgid_plural is None:
        return True
    return message.is_translated and len(message.plurals) == catalog.plural_rule.forms


def _texts_told(held: _Held, message: Message, source: Message) -> Told:
    sources = (source.msgid,) + ((source.msgid_plural,) if source.msgid_plural else ())
    for form, text in enumerate(message.translations):
        case = Case(
            text=text,
            sources=sources,
            tongue=held.tongue,
            flags=frozenset(message.flags),
            own=held.own,
            kinds=held.kinds,
            few=len(sources) > 1 and _is_for_one(held.catalog, form),
        )
        for check in CHECKS if text.strip() else ():
            yield from check(case)
        yield from terms.keeps_its_terms(case, held.glossary)


def _is_for_one(catalog: Catalog, form: int) -> bool:
    """Return whether a plural form is for one number alone, or for none."""
    return sum(catalog.plural_rule.index(n) == form for n in range(11)) <= 1


def _whole(held: _Held) -> Iterator[Finding]:
    """Find what shows only in the whole of a catalog."""
    catalog = held.catalog
    if catalog.obsolete:
        what = say("{count} obsolete entries stand at the end.", count=len(catalog.obsolete))
        fix = say("Remove them once an update has brought back what it can.")
        yield _found(held, OBSOLETE, what, fix, line=catalog.obsolete[0])
    first: dict[str, Message] = {}
    for message in catalog.messages.values():
        if message.msgctxt or message.msgid_plural or message.fuzzy or not message.msgstr:
            continue
        before = first.setdefault(_bare(message.msgid), message)
        if _bare(before.msgstr) != _bare(message.msgstr) and _is_phrase(message.msgid):
            what = say(
                "{text} is translated otherwise than in line {line}.",
                text=quoted(message.msgid),
                line=before.line,
            )
            fix = say("Use one translation, or ask for a context that tells the two apart.")
            if not {TWO_WAYS.code} <= set(_allowed(message)):
                yield _found(held, TWO_WAYS, what, fix, message)


def _bare(text: str) -> str:
    """Return a text without the spaces and the full stop that differ between two places."""
    return " ".join(text.split()).rstrip(".。։। ")


def _is_phrase(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _found(
    held: _Held,
    rule: Rule,
    what: str,
    fix: str,
    message: Message | None = None,
    source: Message | None = None,
    *,
    line: int | None = None,
) -> Finding:
    notes = source.notes if source else ()
    said = [note for note in notes if note and not _FACT_NOTE.match(note)]
    stands = next((note for note in said if note.endswith(" on the proof")), next(iter(said), None))
    return finding(
        rule,
        what,
        fix,
        language=held.tongue.tag or None,
        file=held.catalog.file,
        line=message.line if message else line,
        msgid=message.msgid if message else None,
        stands=stands and stands.rstrip("."),
    )
