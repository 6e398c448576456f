"""The addresses, phone numbers and numbers that stand in a text, in one form for comparing."""

import re
import unicodedata
from functools import lru_cache

_LATIN = "A-Za-z0-9\u00c0-\u024f"
_TAIL = ".,;:!?)'\""
_ADDRESS = re.compile(
    # A scheme or www. in any script, an e-mail address, or a host name with a path or without.
    r"(?i:[a-z][a-z0-9+.-]{1,20}://|mailto:|tel:|www\.)[^\s<>“”«»،。、，）」]+"
    rf"|(?<![{_LATIN}._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    rf"|(?<![{_LATIN}@._-])[A-Za-z0-9][A-Za-z0-9-]+(?:\.[A-Za-z0-9-]{{2,}})*\.[a-z]{{2,}}"
    rf"(?![{_LATIN}])(?:[/?#][!-~]*)?"
    # One with a letter that only looks like another: three labels, or a well-known last one.
    rf"|(?<![{_LATIN}@._-])[{_LATIN}][{_LATIN}-]+"
    rf"(?:(?:\.[{_LATIN}-]{{2,}})+\.[a-z]{{2,}}|\.(?:com|org|net|gov|edu|info|us))"
    rf"(?![{_LATIN}])(?:[/?#][!-~]*)?"
)
_PHONE = re.compile(
    r"(?<!\d)(?:\+\d{1,3}[ .\u2011\u2013-]?)?(?:1[ .\u2011\u2013-])?"
    r"(?:\(\d{3}\) ?|\d{3}[ .\u2011\u2013-])\d{3}[ .\u2011\u2013-]\d{4}(?!\d)"
)
_NUMBER = re.compile(r"\d{1,3}(?:[\u00a0\u202f ,.'’]\d{3})+(?!\d)|\d+(?:[.,]\d+)*")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[a-z]+")

_SPELLED = {
    word: str(number)
    for number, words in {
        0: "zero",
        1: "a an one once single first january",
        2: "two twice both second pair february",
        3: "three third march",
        4: "four fourth april",
        5: "five fifth may",
        6: "six sixth june",
        7: "seven seventh july",
        8: "eight eighth august",
        9: "nine ninth september",
        10: "ten tenth october",
        11: "eleven eleventh november",
        12: "twelve twelfth dozen december",
        13: "thirteen",
        14: "fourteen",
        15: "fifteen",
        16: "sixteen",
        17: "seventeen",
        18: "eighteen",
        19: "nineteen",
        20: "twenty",
        30: "thirty",
        40: "forty",
        50: "fifty",
        60: "sixty",
        70: "seventy",
        80: "eighty",
        90: "ninety",
        100: "hundred",
        1000: "thousand",
    }.items()
    for word in words.split()
}
"""Words of an English source that other languages write in digits, such as Chinese "3月"."""


def addresses(text: str) -> list[str]:
    """Return the web and e-mail addresses in a text."""
    return [found[0].rstrip(_TAIL) for found in _ADDRESS.finditer(text)]


def phones(text: str) -> list[str]:
    """Return the phone numbers in a text, their digits grouped by hyphens."""
    plain = _latin_digits(text)
    return ["-".join(re.findall(r"\d+", found[0])) for found in _PHONE.finditer(plain)]


def numbers(text: str, *, spelled: bool = False) -> list[str]:
    """Return the numbers in a text as bare digits, without those of addresses and phones.

    With spelled, English number words count too: a translation may write them in digits.
    """
    plain = _PHONE.sub(" ", _ADDRESS.sub(" ", _latin_digits(text)))
    found = [re.sub(r"\D", "", number) for number in _NUMBER.findall(plain)]
    if spelled:
        found += [_SPELLED[word] for word in _WORD.findall(plain.lower()) if word in _SPELLED]
    return found


@lru_cache(maxsize=20_000)
def typed(source: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return an English text's addresses, phone numbers and numbers, spelled ones too.

    Worked out once, for all its translations.
    """
    found = (addresses(source), phones(source), numbers(source, spelled=True))
    return frozenset(found[0]), frozenset(found[1]), frozenset(found[2])


def native_digits(text: str) -> list[str]:
    """Return the digits in a text that are not the Latin ones the campaign prints."""
    return [one for one in text if not one.isascii() and unicodedata.decimal(one, None) is not None]


def _latin_digits(text: str) -> str:
    if text.isascii():
        return text
    return _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
