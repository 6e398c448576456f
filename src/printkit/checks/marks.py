"""The marks of a translation: spaces, brackets, quotes, line ends, the language's own points."""

import re
from collections import Counter

from printkit.checks.cases import Case, Told
from printkit.findings import Rule, Severity
from printkit.phrases import words_of
from printkit.said import say

SPACES = Rule(
    code="catalog-spaces",
    severity=Severity.WARN,
    rule="A translation has no spaces at its ends, no doubled ones and no soft hyphens.",
    because="They print as holes, and soft hyphens as dashes where a font draws them.",
)
NEWLINES = Rule(
    code="catalog-newlines",
    severity=Severity.WARN,
    rule="A translation begins and ends with a line break where its source does.",
    because="Texts that are put together run into each other, or stand apart (msgfmt -c).",
)
BRACKETS = Rule(
    code="catalog-brackets",
    severity=Severity.WARN,
    rule="Brackets come in pairs, and as in the source.",
    because="A bracket that is not closed lets the reader look for the rest.",
)
QUOTES = Rule(
    code="catalog-quotes",
    severity=Severity.WARN,
    rule="Quotation marks come in pairs.",
    because="A quotation that is not closed makes all that follows somebody's words.",
)
ENDING = Rule(
    code="catalog-ending",
    severity=Severity.WARN,
    rule="A question stays a question, and what announces a list stays so, by the end mark.",
    because="A lost colon or question mark changes what a line means to the one below it.",
)
DOUBLED = Rule(
    code="catalog-doubled-words",
    severity=Severity.WARN,
    rule="No little word stands twice in a row.",
    because='"the the" is a slip of editing that no spelling check shows.',
)
POINTS = Rule(
    code="catalog-points",
    severity=Severity.WARN,
    rule="Marks are the language's own: Spanish opens its questions, Arabic turns its comma.",
    because="Marks of another language look foreign to every reader (CLDR, W3C layout notes).",
)
RULES = (SPACES, NEWLINES, BRACKETS, QUOTES, ENDING, DOUBLED, POINTS)

_each = re.compile(r"\w+").findall
_PAIRS = {"(": ")", "[": "]", "«": "»", "“": "”", "「": "」", "『": "』", "《": "》"}
_WIDE = str.maketrans("（）［］", "()[]")
_HOLES = re.compile("(?<=[^ \u00a0\u3000\n.:])[ \u00a0\u3000]{2,}(?=\\S)")
_SOFT = "\u00ad"
_KINDS = {
    "colon": ":：፦፡։՝៖",
    "question": "?？؟;;՞፧",
    "dots": "…⋯",
}
_NO_MARK = {
    "question": frozenset(_each("th lo km my ja zh ko hy dz bo")),
    "colon": frozenset(_each("th lo km my")),
    "dots": frozenset(),
}
"""Languages that end such a sentence with another mark, or with a word alone."""
_CLOSING = " \u00a0\u202f\n\t\"'”’»«)）]」』<>\u200e\u200f\u061c\u200b"
_TWICE = re.compile(r"\b([^\W\d_]{2,})[ \u00a0]+\1\b", re.IGNORECASE)
_MAY_DOUBLE = frozenset(
    _each(
        "id ms jv su tl fil hmn mww vi th lo km my zh ja ko hi pa bn mr ne gu ta te "
        "ml kn ur fa ar am ti sw ig haw mi sm to fj ht tr az uz kk ky tk tt hy eu ka mn si or as"
    )
)
"""Languages that double words on purpose."""
_LETTER_A = "[\u0620-\u064a\u066e-\u06d3]"
_LETTER_C = "[\u3040-\u30ff\u3400-\u9fff]"
_ARABIC = (re.compile(rf"(?<={_LETTER_A})[?;,](?=\s|$)"), "؟ ؛ ،")
_CHINESE = (re.compile(rf"(?<={_LETTER_C})[,;?!.](?=\s*{_LETTER_C}|\s*$)"), "，；？！。")
_POINTS = {
    **dict.fromkeys(_each("ar fa ur ps ckb sd ug"), _ARABIC),
    **dict.fromkeys(("zh", "ja"), _CHINESE),
    "el": (re.compile("(?<=[\u0370-\u03ff])\\?"), ";"),
    "fr": (re.compile(r"(?<=[a-zà-ÿœ])[?!;](?=\s|$)"), "a no-break space before ? ! ;"),
    "ko": (re.compile("[。，、？！]"), ". , ? !"),
}
"""Marks that are another language's, and what stands there instead."""


def has_clean_spaces(case: Case) -> Told:
    """The translation has no stray spaces or soft hyphens."""
    text, source = case.text, case.sources[0]
    ends = _ends(text, " \u00a0\u3000\t")
    wrong = (
        (any(ends) if case.own else any(ends) and ends != _ends(source, " \u00a0\u3000\t"))
        or (_HOLES.search(text) and not any(_HOLES.search(one) for one in case.sources))
        or (_SOFT in text and not any(_SOFT in one for one in case.sources))
        or ("\t" in text and "\t" not in source)
    )
    if wrong:
        what = say("there is a space at an end, a doubled one, or a soft hyphen.")
        yield SPACES, what, say("Take it out.")


def _ends(text: str, marks: str) -> tuple[bool, bool]:
    return text[:1] in marks and text != "", text[-1:] in marks and text != ""


def has_its_line_ends(case: Case) -> Told:
    """The translation begins and ends with a line break where its source does."""
    if _ends(case.text, "\n") != _ends(case.sources[0], "\n"):
        what = say("it does not begin and end with line breaks as its source does.")
        yield NEWLINES, what, say("Put a line break where the source has one, and only there.")


def closes_its_brackets(case: Case) -> Told:
    """Brackets of the translation come in pairs, where its source's do."""
    text = _plain(case.text)
    for opening in "([":
        if any(not _paired(_plain(source), opening) for source in case.sources):
            continue
        if not _paired(text, opening):
            what = say("{opening} and {closing} do not pair.", opening=opening,
                       closing=_PAIRS[opening])  # fmt: skip
            yield BRACKETS, what, say("Add the one that is missing, or take the other out.")


def _plain(text: str) -> str:
    # An emoticon or a list's "1)" is no bracket.
    return re.sub(r"[:;]-?[()]|(?m:^\s*\w{1,2}\))", "", text.translate(_WIDE))


def _paired(text: str, opening: str) -> bool:
    return text.count(opening) == text.count(_PAIRS[opening])


def closes_its_quotes(case: Case) -> Told:
    """Quotation marks of the translation come in pairs, where its source's do."""
    if any(source.count('"') % 2 for source in case.sources):
        return
    # Inches and Hebrew's gershayim are no quotation marks; German opens with „ and closes with “.
    text = re.sub(r'(?<=\d)"|(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])', "", case.text)
    found = Counter(text)
    marks = ('"', "«»", "「」", "『』")
    wrong = [pair for pair in marks[1:] if found[pair[0]] != found[pair[1]]]
    curly = found["„"] + found["“"] + found["”"] + found["‟"]
    if (found['"'] + curly) % 2 or wrong:
        what = say("a quotation mark is left alone.")
        yield QUOTES, what, say("Open and close each quotation.")


def ends_as_its_source(case: Case) -> Told:
    """A question and an announcing colon of the source end the translation as well."""
    theirs = _kind(case.text, greek=case.tongue.base == "el")
    ours = {_kind(source, greek=False) for source in case.sources}
    for kind in sorted(ours - {""}):
        if len(ours) == 1 and theirs != kind and case.tongue.base not in _NO_MARK[kind]:
            what = say("the source ends with {mark}, and the translation does not.",
                       mark={"colon": ":", "question": "?", "dots": "…"}[kind])  # fmt: skip
            if not _says_it_inside(case.text, kind):
                yield ENDING, what, say("End it with the mark that your language has for it.")


def _kind(text: str, *, greek: bool) -> str:
    bare = re.sub(r"<[^<>]*>", "", text).rstrip(_CLOSING)
    if bare.endswith(("...", "。。。")):
        return "dots"
    last = bare[-1:]
    if last == ";" and not greek:
        return ""
    return next((kind for kind, marks in _KINDS.items() if last and last in marks), "")


def _says_it_inside(text: str, kind: str) -> bool:
    """Return whether the mark stands within: languages put the question before the place."""
    return any(mark in text for mark in _KINDS[kind].replace(";", "")) or (
        kind == "dots" and "..." in text
    )


def has_no_word_twice(case: Case) -> Told:
    """No word of the translation stands twice in a row by mistake."""
    if case.tongue.base in _MAY_DOUBLE or not case.tongue.tag:
        return
    found = _TWICE.search(words_of(case.text))
    # "nous nous", "die die", "que que": a word of grammar may meet itself.
    if found and found[1].lower() not in _MEETS and not any(map(_TWICE.search, case.sources)):
        what = say("{word} stands twice in a row.", word=f'"{found[1]}"')
        yield DOUBLED, what, say("Take one out.")


_MEETS = frozenset(_each("nous vous die das der sie si se que es en ha to na by do za и на"))


def has_its_own_points(case: Case) -> Told:
    """The translation has its own language's marks."""
    base = case.tongue.base
    wrong = _POINTS.get(base)
    words = re.sub(r"<[^<>]*>|https?://\S+", "", case.text)
    if wrong and not case.tongue.tag.endswith("CA") and (found := wrong[0].search(words)):
        if not case.own and base in ("ja", "zh") and found[0] in "?!":
            return  # programs write these narrow
        what = say("{mark} is another language's mark here.", mark=f'"{found[0]}"')
        yield POINTS, what, say("Use {marks}.", marks=wrong[1])
    if base == "es":
        for closing, opening in (("?", "¿"), ("!", "¡")):
            if re.search(rf"[a-zà-ÿ]\{closing}(?=\s|$)", words) and opening not in words:
                what = say("{closing} stands without {opening}.", closing=closing, opening=opening)
                yield POINTS, what, say("Begin the sentence with {opening}.", opening=opening)


CHECKS = (
    has_clean_spaces,
    has_its_line_ends,
    closes_its_brackets,
    closes_its_quotes,
    ends_as_its_source,
    has_no_word_twice,
    has_its_own_points,
)
