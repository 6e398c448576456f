"""Pseudo-languages: longer, right-to-left and unspaced English, only to try templates on."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from printkit.catalogs import Catalog, Message
from printkit.languages import LANGUAGES, Language, know, own_languages
from printkit.phrases import parts_of
from printkit.pieces import MANY_LANGUAGES
from printkit.plurals import parse_plural
from printkit.project import Project
from printkit.regions import Order

ACCENTS, RIGHT_TO_LEFT, UNSPACED = "en-XA", "ar-XB", "zh-XC"
_MODELS = {
    ACCENTS: ("en", "Pseudo, longer", "Ļöñĝéŕ"),
    RIGHT_TO_LEFT: ("ar", "Pseudo, right to left", "لوغزد"),
    UNSPACED: ("zh-Hans", "Pseudo, no spaces", "天地山水"),
}
"""The language that each is set as, its English name and its own."""

GROWTH = ((10, 1.0), (20, 0.8), (30, 0.6), (50, 0.4))
"""Up to so many characters, a translation of English is so much longer; the lower end of what
translators count on."""
GROWTH_ABOVE = 0.3
CHARACTERS_A_SIGN = 3
"""Chinese takes about 0.62 of English's width, and a sign is two letters wide."""

_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àƀçðéƒĝĥîĵķļɱñöþɋŕşţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ",
)
_ARABIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابكدعفغهيجكلمنوبقرستوفوخيز")
_SIGNS = "天地山水火木金土日月大小上下中左右前后东西南北春秋冬夏花草石"
_WIDE = str.maketrans(",.:;?!()", "，。：；？！（）")
_FILLING = "one two three four five six seven eight nine ten "
_VOWELS = frozenset("aeiouAEIOU")


def with_pseudo(project: Project, tags: Iterable[str]) -> Project:
    """Return a project in which the pseudo-languages among some tags are ordered, once a piece.

    Nothing else makes them known, so that no order, build or release can name one.
    """
    wanted = [tag for tag in _MODELS if tag in set(tags)]
    if not wanted or project.pot is None:
        return project
    know((*own_languages(), *pseudo_languages(wanted)))
    catalogs = {tag: pseudo_catalog(project.pot, LANGUAGES[tag]) for tag in wanted}
    languages = (*project.campaign.languages, *wanted)
    return replace(
        project,
        campaign=replace(project.campaign, languages=languages),
        catalogs={**project.catalogs, **catalogs},
        orders=(*project.orders, *_orders(project.orders, wanted)),
        drafts=project.drafts | set(wanted),
    )


def pseudo_languages(tags: Iterable[str]) -> list[Language]:
    """Return the rows of some pseudo-languages, as their models are set."""
    found = []
    for place, tag in enumerate(tags):
        model, english, autonym = _MODELS[tag]
        tab = len(LANGUAGES) + place
        row = replace(LANGUAGES[model], tag=tag, english=english, autonym=autonym, tab=tab)
        found.append(row)
    return found


def _orders(orders: Iterable[Order], tags: Iterable[str]) -> list[Order]:
    """Return one order a piece and language, for the region that orders the piece first."""
    first: dict[str, Order] = {}
    for order in orders:
        if order.language != MANY_LANGUAGES:
            first.setdefault(order.piece, order)
    return [replace(order, language=tag) for tag in tags for order in first.values()]


def pseudo_catalog(pot: Catalog, language: Language) -> Catalog:
    """Return a POT's messages in a pseudo-language; every {name} and tag stays where it is."""
    rule = parse_plural(language.plural_forms)
    forms = rule.forms
    messages = {
        key: _translated(message, _VOICES[language.tag], forms)
        for key, message in pot.messages.items()
    }
    return Catalog(
        language=language.tag,
        file=pot.file,
        messages=messages,
        plural_rule=rule,
        header={"Language": language.tag},
    )


def _translated(message: Message, voice: Callable[[str], str], forms: int) -> Message:
    if message.msgid_plural is None:
        return replace(message, msgstr=voice(message.msgid), fuzzy=False)
    many = [voice(message.msgid_plural)] * forms
    if forms > 1:
        many[0] = voice(message.msgid)
    return replace(message, plurals=tuple(many), fuzzy=False)


def accented(text: str) -> str:
    """Return a text with accents, longer by its class of length, and with a mark at each end."""
    parts = parts_of(text)
    length = sum(len(part.text) for part in parts if part.kind == "words")
    growth = next((more for most, more in GROWTH if length <= most), GROWTH_ABOVE)
    room = round(length * growth)
    printed = []
    for part in parts:
        if part.kind == "words":
            longer, room = _lengthened(part.text, room)
            printed.append(longer.translate(_ACCENTED))
        else:
            printed.append(_as_written(part.kind, part.text))
    filling = (_FILLING * (room // len(_FILLING) + 1))[:room].strip()
    end = f" {filling.translate(_ACCENTED)}" if filling else ""
    return f"[{''.join(printed)}{end}]"


def _lengthened(words: str, room: int) -> tuple[str, int]:
    """Return words with vowels doubled while there is room, and what room is left."""
    printed = []
    for letter in words:
        printed.append(letter)
        if letter in _VOWELS and room > 0:
            printed.append(letter.lower())
            room -= 1
    return "".join(printed), room


def right_to_left(text: str) -> str:
    """Return a text in Arabic letters, a letter for a letter, with a mark at each end."""
    return _each(text, lambda words: words.lower().translate(_ARABIC))


def unspaced(text: str) -> str:
    """Return a text in Chinese signs without a space, about as wide as Chinese would be."""
    return _each(text, _signs)


def _signs(words: str) -> str:
    signs = re.sub(r"[A-Za-z’'-]+", lambda word: _sign(word[0]), words)
    # Digits apart stay apart: they may be one number in groups, or two.
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", signs).translate(_WIDE)


def _sign(word: str) -> str:
    parts = range(0, len(word), CHARACTERS_A_SIGN)
    sums = (sum(map(ord, word[at : at + CHARACTERS_A_SIGN])) for at in parts)
    return "".join(_SIGNS[number % len(_SIGNS)] for number in sums)


def _each(text: str, voice: Callable[[str], str]) -> str:
    printed = (
        voice(part.text) if part.kind == "words" else _as_written(part.kind, part.text)
        for part in parts_of(text)
    )
    return f"[{''.join(printed)}]"


def _as_written(kind: str, text: str) -> str:
    return {"name": f"{{{text}}}", "open": f"<{text}>", "close": f"</{text}>"}[kind]


_VOICES: dict[str, Callable[[str], str]] = {
    ACCENTS: accented,
    RIGHT_TO_LEFT: right_to_left,
    UNSPACED: unspaced,
}
PSEUDO = tuple(_MODELS)
"""The pseudo-languages' tags: private use, as BCP 47 sets apart."""
