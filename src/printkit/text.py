"""Marks where a line of running text may break, for the scripts that do not say so by spaces."""

import re
import unicodedata

from icu4py.breakers import LineBreaker

from printkit.languages import Language

MAY_BREAK = "\N{ZERO WIDTH SPACE}"
MUST_JOIN = "\N{WORD JOINER}"
HARD_SPACE = "\N{NO-BREAK SPACE}"
FACT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a fact in a sentence, as one letter of no script."""

_UNSPACED = {
    "Thai": re.compile("[\u0e00-\u0e7f]{2,}"),
    "Laoo": re.compile("[\u0e80-\u0eff]{2,}"),
    "Khmr": re.compile("[\u1780-\u17ff\u19e0-\u19ff]{2,}"),
    "Mymr": re.compile("[\u1000-\u109f\uaa60-\uaa7f\ua9e0-\ua9ff]{2,}"),
}
"""Scripts that put no space between words: Pango breaks Thai on some systems, the others never."""
_NEVER_FIRST = frozenset("ฯะาำๅๆະາຳໆៗ")
"""Letters by Unicode's classes that no line of Thai, Lao or Khmer begins with."""
_LETTER_HYPHEN = re.compile(r"(?<![^\W_])[A-Za-z]-(?=[A-Za-z])")
"""One letter and a hyphen, as in A-number and e-mail: nobody would know which one is typed."""
_HANGUL = re.compile(
    "(?<=[\uac00-\ud7a3A-Za-z0-9)\\]%”’」』》" + FACT + "])(?=[\uac00-\ud7a3])"
    "|(?<=[\uac00-\ud7a3])(?=[A-Za-z0-9])"
)
"""Inside a Korean word, its particles included: DROP|은, 45|일."""
_DANDA = re.compile(" (?=[\u0964\u0965])")


def line_breaks(text: str, language: Language) -> str:
    """Return running text with the marks that tell a line where it may break.

    It is for words only: a mark inside a tag or a URL would become part of it.
    """
    edits = break_edits(text, language)
    if not edits:
        return text
    return "".join(edits.get(at, character) for at, character in enumerate(text))


def without_breaks(text: str) -> str:
    """Return text with all break marks taken out and hard spaces made plain."""
    return text.replace(MAY_BREAK, "").replace(MUST_JOIN, "").replace(HARD_SPACE, " ")


def break_edits(text: str, language: Language) -> dict[int, str]:
    """Return what to print instead of single characters, by their place in the text."""
    edits = {found.end() - 1: "-" + MUST_JOIN for found in _LETTER_HYPHEN.finditer(text)}
    if language.breaks == "icu":
        edits |= {at: MAY_BREAK + text[at] for at in _word_starts(text, language)}
    if language.breaks == "hangul":
        edits |= {
            found.start(): MUST_JOIN + text[found.start()] for found in _HANGUL.finditer(text)
        }
    if language.breaks == "danda":
        edits |= {found.start(): HARD_SPACE for found in _DANDA.finditer(text)}
    return edits


def _word_starts(text: str, language: Language) -> list[int]:
    """Where a line may begin, by ICU's dictionaries and beside facts."""
    unspaced = _UNSPACED.get(language.script)
    if unspaced is None:
        return []
    starts = [
        run.start() + start
        for run in unspaced.finditer(text)
        for start, _ in LineBreaker(run.group(), language.tag).segments()
        if start
    ]
    starts += [
        at
        for at in range(1, len(text))
        if FACT in (text[at - 1], text[at])
        and _ends_a_word(text[at - 1], unspaced)
        and _begins_a_word(text[at], unspaced)
    ]
    return starts


def _ends_a_word(character: str, unspaced: re.Pattern[str]) -> bool:
    return character == FACT or _is_letter(character, unspaced, "LM")


def _begins_a_word(character: str, unspaced: re.Pattern[str]) -> bool:
    return character == FACT or (
        _is_letter(character, unspaced, "L")
        and unicodedata.category(character) == "Lo"
        and character not in _NEVER_FIRST
    )


def _is_letter(character: str, unspaced: re.Pattern[str], classes: str) -> bool:
    # The pattern asks for two characters, so that ICU is never called for one.
    in_script = unspaced.fullmatch(character * 2) is not None
    return in_script and unicodedata.category(character)[0] in classes
