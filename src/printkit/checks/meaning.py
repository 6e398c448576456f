"""What a translation says beside its source: its words, numbers, names, formats and terms."""

import re
from collections import Counter
from collections.abc import Iterable

from fontTools.unicodedata import script

from printkit.checks.cases import ENTITY, PERCENT, TAG, Case, Told, without_codes
from printkit.errors import quoted
from printkit.findings import Rule, Severity
from printkit.phrases import (
    NAMES,
    TAGS,
    changed,
    names_in,
    parts_of,
    source_wrongs,
    words_of,
    wrongs,
)
from printkit.said import say
from printkit.wording import native_digits, numbers

HALF = Rule(
    code="catalog-half-untranslated",
    severity=Severity.WARN,
    rule="A translation has words in the language's own script, or other words than its source.",
    because="A source that was copied into its translation looks translated to every program.",
)
DIGITS = Rule(
    code="catalog-digits",
    severity=Severity.WARN,
    rule="Translations have the numbers of their source, in the digits 0-9.",
    because="Phone buttons and the addresses on a sheet have Latin digits; a number left out may "
    "be a deadline.",
)
MONEY = Rule(
    code="catalog-amounts",
    severity=Severity.WARN,
    rule="An amount keeps its currency.",
    because="$100 is not €100, whatever the reader's country pays in.",
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
FORMATS = Rule(
    code="catalog-formats",
    severity=Severity.FAIL,
    rule="A translation has the format codes of its source, each of the same kind.",
    because="A program that fills in %s or %d stops, or shows the wrong thing, where the code is "
    "another (gettext manual, c-format and python-format).",
)
RULES = (HALF, DIGITS, MONEY, ENTITIES, TWICE, FORMATS)

_ENGLISH_WORD = re.compile(r"\b[A-Z]?[a-z]{2,}\b")
_LOWER = re.compile(r"(?<![\w<&%./-])[a-z]{2,}(?![\w@./-])")
_SMALL = re.compile(r"number \d\d? is not|\"[a-z]+://\"")
"""Small numbers are words in one language and digits in another, such as a month's."""
_PRINTF = frozenset("diouxXeEfFgGaAcsrpn%m")
_SIGN = re.compile(r"[$€£¥₹]")
_ALIKE = str.maketrans("iuXEFGr", "dxxeffs")


def keeps_its_parts(case: Case) -> Told:
    """The translation has its source's names, tags, addresses and numbers."""
    if case.own:
        for wrong in wrongs(case.text, case.sources[0], _many(case), kinds=case.kinds):
            yield wrong.rule, wrong.what, wrong.fix
        return
    text, *sources = map(without_codes, (case.text, *case.sources))
    for wrong in changed(text, tuple(sources)):
        if not _SMALL.search(wrong.what) or (any(map(numbers, sources)) and not _hour(sources)):
            yield wrong.rule, wrong.what, wrong.fix
    strange = {wrong.what.split()[-1] for one in case.sources for wrong in source_wrongs(one)}
    braces = case.flags & {"python-brace-format"} or not case.flags & _OTHERS
    kept = ({NAMES} if braces else set()) | (set() if _has_markup(case) else {TAGS})
    if not strange and kept:
        for wrong in wrongs(case.text, case.sources[0], _many(case)):
            if wrong.rule in kept and not (case.few and wrong.what.endswith("missing.")):
                yield wrong.rule, wrong.what, wrong.fix
    yield from _has_the_markup(case)


def _hour(sources: list[str]) -> bool:
    """Return whether a source tells the hour as America does, and other languages in 24."""
    return any(re.search(r"\d ?[ap]\.?m\b", source) for source in sources)


_OTHERS = frozenset(("c-format", "python-format", "qt-format", "javascript-format", "sh-format"))


def _many(case: Case) -> str | None:
    return case.sources[1] if len(case.sources) > 1 else None


def _has_markup(case: Case) -> bool:
    return any("<" in text for text in case.sources)


def _has_the_markup(case: Case) -> Told:
    """Hold markup of a page, attributes and all, to the tags of the source."""
    theirs = Counter(name.lower() for name in TAG.findall(case.text))
    ours = [Counter(name.lower() for name in TAG.findall(one)) for one in case.sources]
    for tag in sorted(set(theirs).union(*ours)):
        if all(theirs[tag] != our[tag] for our in ours):
            gone = theirs[tag] < max(our[tag] for our in ours)
            what = say("<{tag}> is missing." if gone else "<{tag}> is not in the source.", tag=tag)
            yield TAGS, what, say("Use the source's tags just as they are, and no others.")


def has_the_formats(case: Case) -> Told:
    """The translation has its source's format codes, each of the same kind."""
    if not case.flags & {"c-format", "python-format"}:
        return
    kinds = {code["kind"] for source in case.sources for code in PERCENT.finditer(source)}
    if not kinds <= _PRINTF:
        return  # a date's pattern
    theirs = _codes(case.text)
    ours = [_codes(source) for source in case.sources]
    if any(theirs == one for one in ours):
        return
    fewest = Counter[str]() if case.few else ours[0] & ours[-1]
    gone, new = fewest - theirs, theirs - (ours[0] | ours[-1])
    if "python-format" in case.flags and not new and set(fewest) <= set(theirs):
        return
    plain, others = Counter(map(_plain, gone.elements())), Counter(map(_plain, new.elements()))
    if plain and plain == others and not any("(" in code for code in gone):
        what = say("the format codes stand in another order.")
        yield FORMATS, what, say("Number them as the source has them: {codes}.",
                                 codes=", ".join(ours[-1]))  # fmt: skip
        return
    for code in plain:
        what = say("the format code {code} is missing.", code=code)
        yield FORMATS, what, say("Put {code} where its value belongs in the sentence.", code=code)
    for code in others:
        what = say("the format code {code} is not in the source.", code=code)
        yield FORMATS, what, say("Write the source's codes just as they are.")


def _plain(code: str) -> str:
    """Return a format code as it is typed where codes need no number."""
    return re.sub(r"^%\d+\$", "%", code)


def _codes(text: str) -> Counter[str]:
    """Return format codes by what they take: place or name, size and kind."""
    found = Counter[str]()
    at = 0
    for code in PERCENT.finditer(text):
        kind = code["kind"]
        if kind in "%m":
            continue
        at += 1
        place = f"({code['name']})" if code["name"] is not None else f"{code['at'] or at}$"
        found[f"%{place}{code['size'] or ''}{kind.translate(_ALIKE)}"] += 1
    return found


def has_own_words(case: Case) -> Told:
    """The translation has words of its language where its source has words."""
    source = words_of(case.source)
    english = (_ENGLISH_WORD if case.own else _LOWER).findall(source)
    if not english or case.tongue.base in ("en", ""):
        return
    if case.tongue.script == "Latn":
        if case.text in case.sources and len(english) > (1 if case.own else 4):
            yield HALF, say("the words are the English ones."), say("Translate it.")
        else:
            yield from _half(case, most=5)
        return
    words = words_of(case.text)
    if case.tongue.scripts and not any(script(letter) in case.tongue.scripts for letter in words):
        if not case.own and len(english) < 3:
            return  # the name of a program or of an option
        what = say("there is no word in the script of {language}.", language=case.tongue.english)
        yield HALF, what, say("Translate it; only names and codes stay in Latin letters.")
    else:
        yield from _half(case, most=3)


def _half(case: Case, *, most: int) -> Told:
    """Find a row of the source's own words in the translation."""
    text = _runs(case.text)
    for source in case.sources:
        if case.text == source:
            continue
        for run in _runs(source):
            for start in range(len(run) - most):
                row = " ".join(run[start : start + most + 1])
                if any(f" {row} " in f" {' '.join(one)} " for one in text):
                    what = say("the English words {words} are left.", words=quoted(row))
                    yield HALF, what, say("Translate these words too.")
                    return


def _runs(text: str) -> list[list[str]]:
    """Return rows of small English words, cut at marks, quotations and markup."""
    bare = re.sub(r"<[^<>]*>|[\"'“‘`«][^\"'”’`»]*[\"'”’`»]", " | ", text)
    rows: list[list[str]] = [[]]
    for word in bare.split():
        if re.fullmatch(r"[a-z]+", word):
            rows[-1].append(word)
        else:
            rows.append([])
    return [row for row in rows if row]


def has_the_numbers(case: Case) -> Told:
    """The translation has its source's numbers, in Latin digits."""
    text, *sources = map(words_of, (case.text, *case.sources))
    if case.own and (native := "".join(native_digits(text))):
        what = say("there are the digits {digits}.", digits=native)
        yield DIGITS, what, say("Write them as 0-9.")
    if not case.own:
        text, *sources = map(without_codes, (text, *sources))
    ours = [set(numbers(source)) for source in sources]
    if case.few or (not case.own and "{" in case.source):
        return
    theirs = set(numbers(text))
    if theirs - {one for source in sources for one in numbers(source, spelled=True)}:
        return  # a number was changed, and that is told
    for number in sorted(set.intersection(*ours) - theirs):
        if not case.own and len(number) < 2:
            continue  # small numbers are written as words
        fix = say("Put it in, or look whether the words say the same.")
        yield DIGITS, say("the source's number {number} is missing.", number=number), fix


def keeps_its_currency(case: Case) -> Told:
    """The translation has no currency sign that its source does not have."""
    signs = _told_signs((case.text,)) - _told_signs(case.sources)
    if _told_signs(case.sources) and signs:
        what = say("{sign} is not the currency of the source.", sign=" ".join(sorted(signs)))
        yield MONEY, what, say("Write the amount as the source does.")


def _told_signs(texts: Iterable[str]) -> set[str]:
    return {sign for text in texts for sign in _SIGN.findall(without_codes(text))}


def has_no_entities(case: Case) -> Told:
    """The translation has no HTML names of characters."""
    for entity in dict.fromkeys(ENTITY.findall(case.text)):
        if case.own or not (_has_markup(case) or any("&" in one for one in case.sources)):
            what = say("{entity} prints as it stands.", entity=entity)
            yield ENTITIES, what, say("Type the character itself.")


def places_names_once(case: Case) -> Told:
    """The translation has each {name} as often as its source."""
    for name in sorted(names_in(case.text)) if case.own else ():
        most = max(_times(name, source) for source in case.sources)
        if 0 < most < _times(name, case.text):
            what = say("{name} stands more often than in the source.", name=f"{{{name}}}")
            yield TWICE, what, say("Keep it where it belongs in the sentence.")


def _times(name: str, text: str) -> int:
    return sum(part.kind == "name" and part.text == name for part in parts_of(text))


CHECKS = (
    keeps_its_parts,
    has_the_formats,
    has_own_words,
    has_the_numbers,
    keeps_its_currency,
    has_no_entities,
    places_names_once,
)
