"""The letters of a translation: of its own script, visible, composed, and one alphabet a word."""

import re
import unicodedata
from itertools import pairwise

from fontTools.unicodedata import script

from printkit.checks.cases import RIGHT_TO_LEFT, Case, Told
from printkit.errors import quoted
from printkit.findings import Rule, Severity
from printkit.phrases import forbidden, words_of
from printkit.said import say
from printkit.wording import addresses

NORMAL = Rule(
    code="catalog-nfc",
    severity=Severity.WARN,
    rule="Translations are in Unicode's composed form (NFC).",
    because="Letters and accents kept apart look alike but are set, searched and compared "
    "differently (Unicode UAX 15).",
)
MIXED = Rule(
    code="catalog-mixed-scripts",
    severity=Severity.WARN,
    rule="No word mixes Latin letters with Cyrillic, Greek or Armenian ones.",
    because="Letters that look alike get typed on the wrong keyboard; addresses then lead nowhere.",
)
STRANGE = Rule(
    code="catalog-script",
    severity=Severity.WARN,
    rule="Words are in the script of the catalog's language, or in Latin letters.",
    because="A word in a third script was pasted from another catalog, most often.",
)
INVISIBLE = Rule(
    code="catalog-invisible",
    severity=Severity.WARN,
    rule="A translation has invisible characters only where its script uses them.",
    because="Zero-width spaces and joiners come in by copying from web pages; they break words in "
    "lines and in searches (Unicode UAX 14). Thai, Khmer, Arabic and Indian scripts need them.",
)
KASHIDA = Rule(
    code="catalog-kashida",
    severity=Severity.WARN,
    rule="Arabic words are not stretched by hand.",
    because="A typed kashida (U+0640) stays where the line ends elsewhere, and no search finds "
    "the word; layout stretches by itself (W3C Arabic layout requirements).",
)
EMOJI = Rule(
    code="catalog-emoji",
    severity=Severity.WARN,
    rule="A translation has no pictures that its source does not have.",
    because="Print fonts have no emoji: they come out as boxes or not at all.",
)
GARBLED = Rule(
    code="catalog-garbled",
    severity=Severity.WARN,
    rule="A translation was read in the encoding it was written in.",
    because='"Ã©" for "é" is UTF-8 that a program took for another encoding.',
)
RULES = (NORMAL, MIXED, STRANGE, INVISIBLE, KASHIDA, EMOJI, GARBLED)

_each = re.compile(r"\w+").findall
_LOOK_ALIKE = frozenset(("Latn", "Cyrl", "Grek", "Armn"))
_WORD = re.compile(r"[^\W\d_]+")
_ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff\u034f\u115f\u1160\u180e\u3164]")
_JOINED = frozenset(
    _each(
        "Arab Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Thai Laoo Khmr Mymr Tibt Mong Syrc "
        "Thaa Nkoo Adlm Java Bali Kore Hebr Tfng Cans Cham Lana Mtei"
    )
)
"""Scripts whose writers use joiners or break marks."""
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u26ff\u2705-\u2728\u2753-\u2757\u2b50\u2b55]")
_GARBLED = re.compile("[ÃÂ][\u0080-\u00bf]|â€[™œ\u0153\u009d\u0093\u0094¦]|Ð[\u0080-\u00bf]Ð")
_MARKS = frozenset("\u200e\u200f\u061c")
_ISOLATES = frozenset("\u2066\u2067\u2068\u2069")


def has_only_visible_letters(case: Case) -> Told:
    """The translation has no control, direction or replacement characters."""
    for wrong in forbidden(case.text):
        if case.own or not _is_right_there(wrong.character, case):
            yield wrong.rule, wrong.what, wrong.fix


def _is_right_there(character: str, case: Case) -> bool:
    """Return whether a catalog of somebody else may have this character."""
    if any(character in source for source in case.sources):
        return True
    if character in _ISOLATES:
        text = case.text
        return sum(map(text.count, "\u2066\u2067\u2068")) == text.count("\u2069")
    return character in _MARKS and case.tongue.script in RIGHT_TO_LEFT


def has_needed_joiners_only(case: Case) -> Told:
    """The translation has zero-width characters only where its script needs them."""
    if case.tongue.script in _JOINED or not case.tongue.script:
        return
    for character in sorted(set(_ZERO_WIDTH.findall(case.text))):
        if not any(character in source for source in case.sources):
            what = say("there is an invisible U+{code}.", code=f"{ord(character):04X}")
            yield INVISIBLE, what, say("Delete it and type the letters around it again.")


def is_composed(case: Case) -> Told:
    """The translation is in NFC."""
    composed = unicodedata.normalize("NFC", case.text)
    # Some letters of India have only a form apart; keyboards write the other, and it is no slip.
    if composed != case.text and (case.own or len(composed) < len(case.text)):
        what = say("letters and accents stand apart (not NFC).")
        fix = say("Save it in composed form; most editors do when the text is retyped.")
        yield NORMAL, what, fix


def has_one_script_a_word(case: Case) -> Told:
    """No word of the translation mixes alphabets that look alike."""
    given = {word for source in case.sources for word in _WORD.findall(source)}
    for word in _WORD.findall(words_of(case.bare)):
        scripts = {script(letter) for letter in word} & _LOOK_ALIKE
        if len(scripts) > 1 and word not in given and _is_a_slip(word, case):
            odd = [letter for letter in word if script(letter) == "Latn"]
            what = say(
                "{word} has Latin letters among others: {letters}.",
                word=quoted(word),
                letters=", ".join(odd),
            )
            yield MIXED, what, say("Type the word again on one keyboard.")


def _is_a_slip(word: str, case: Case) -> bool:
    """Return whether a word is more than a Latin name or unit with an ending of the language."""
    if case.own:
        return True
    latin = [script(letter) == "Latn" for letter in word]
    changes = sum(one != other for one, other in pairwise(latin))
    return changes > 1 or sum(latin) == 1 or latin.count(False) == 1


def has_its_own_script(case: Case) -> Told:
    """The translation has no word in a script that is neither its own nor its source's."""
    if not case.tongue.scripts:
        return
    words = words_of(case.text)
    for address in addresses(words):
        words = words.replace(address, " ")
    given = {script(letter) for source in case.sources for letter in source}
    right = case.tongue.scripts | given | {"Latn", "Zyyy", "Zinh", "Zzzz"}
    found = list(dict.fromkeys(_WORD.findall(words)))
    if not case.own and len(found) < 2:
        return  # a language's own name, in a list of languages
    for word in found:
        if len(word) > 2 and all(script(letter) not in right for letter in word):
            what = say(
                "{word} is not in the script of {language}.",
                word=quoted(word),
                language=case.tongue.english,
            )
            yield STRANGE, what, say("Write the word in the catalog's own language.")


def has_no_kashida(case: Case) -> Told:
    """No Arabic word of the translation is stretched by hand."""
    if re.search("\\w\u0640+\\w", case.text) and "\u0640" not in case.source:
        yield KASHIDA, say("a word is stretched by hand (kashida)."), say("Delete the stretching.")


def has_no_pictures(case: Case) -> Told:
    """The translation has no emoji that its source does not have."""
    for picture in dict.fromkeys(_EMOJI.findall(case.text)):
        if not any(picture in source for source in case.sources):
            yield EMOJI, say("there is the picture {picture}.", picture=picture), say("Delete it.")


def is_not_garbled(case: Case) -> Told:
    """The translation was read in its own encoding."""
    found = _GARBLED.search(case.text)
    if found and not any(found[0] in source for source in case.sources):
        what = say("{text} is a letter read in the wrong encoding.", text=quoted(found[0]))
        yield GARBLED, what, say("Type the letter itself, and save the file as UTF-8.")


CHECKS = (
    has_only_visible_letters,
    has_needed_joiners_only,
    is_composed,
    has_one_script_a_word,
    has_its_own_script,
    has_no_kashida,
    has_no_pictures,
    is_not_garbled,
)
