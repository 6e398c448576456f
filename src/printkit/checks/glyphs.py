"""What a language's own fonts cannot draw, found by shaping each word before anything is set."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import uharfbuzz
from fontTools.unicodedata import script

from printkit.catalogs import Catalog
from printkit.findings import Finding, Rule, Severity, finding
from printkit.fonts import font_file
from printkit.languages import LANGUAGES, Language

GLYPHS = Rule(
    code="glyph-missing",
    severity=Severity.FAIL,
    rule="Every character is drawn by the fonts of the text's own language.",
    because="A layout engine takes a missing letter from any font it finds, or prints a box, and "
    "says nothing.",
)
SEQUENCES = Rule(
    code="glyph-sequence",
    severity=Severity.FAIL,
    rule="No vowel sign or accent stands without the letter that carries it.",
    because="Fonts show a dotted circle in the letter's place: in Khmer, Lao and the scripts of "
    "India a slip of typing that only readers see.",
)
RULES = (GLYPHS, SEQUENCES)

WEIGHTS = ("Regular", "Bold")
DOTTED_CIRCLE = "\N{DOTTED CIRCLE}"

_WORDS = re.compile("[\\s\u200b\u2060]+")
# Drawn by no font: a layout engine makes them empty, whatever the font has.
_INVISIBLE = re.compile(
    "[\x00-\x1f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_JAPANESE = frozenset(("Hira", "Kana", "Hani", "Bopo"))
"""Scripts that stand in one word and one run."""
_COMMON = frozenset(("Zyyy", "Zinh"))


def missing_glyphs(
    text: str, language: Language, fonts_folder: Path, /, *, dense: bool = False, **where: Any
) -> list[Finding]:
    """Return a finding for everything in a text that its language's fonts cannot draw.

    It is stricter than the layout engine, which falls back to any font of the project.
    """
    where = {"language": language.tag, **where}
    found = []
    for piece, word in undrawable(text, language, fonts_folder, dense=dense):
        codes = " ".join(f"U+{ord(character):04X}" for character in piece)
        if word is None:
            what = f"No font of {language.english} has {codes} ({piece})."
            fix = "Write it with other characters, or draw it in the template."
            found.append(finding(GLYPHS, what, fix, **where))
        else:
            what = f'In "{word}", {codes} stands without the letter that carries it.'
            fix = "Type the syllable again, in the order in which the language is typed."
            found.append(finding(SEQUENCES, what, fix, **where))
    return found


def catalog_glyphs(catalog: Catalog, fonts_folder: Path) -> list[Finding]:
    """Return what a catalog's translations hold that its language's fonts cannot draw."""
    return [
        found
        for message in catalog.messages.values()
        for text in (message.msgstr, *message.plurals)
        for found in missing_glyphs(
            text, LANGUAGES[catalog.language], fonts_folder, file=catalog.file, line=message.line
        )
    ]


def undrawable(
    text: str, language: Language, fonts_folder: Path, *, dense: bool = False
) -> tuple[tuple[str, str | None], ...]:
    """Return each cluster that cannot be drawn, with its word where the word is badly formed."""
    families = language.dense_families if dense else language.families
    chain = tuple(
        tuple(str(font_file(fonts_folder, family, weight)) for family in families)
        for weight in WEIGHTS
    )
    words = dict.fromkeys(word for word in _WORDS.split(text) if word)
    return tuple(
        dict.fromkeys(
            bad for word in words for files in chain for bad in _in_word(word, language.tag, files)
        )
    )


@lru_cache(maxsize=200_000)
def _in_word(word: str, tag: str, files: tuple[str, ...]) -> tuple[tuple[str, str | None], ...]:
    return tuple(bad for run in _runs(word) for bad in _in_run(run, tag, files))


def _runs(word: str) -> Iterator[str]:
    """Yield stretches of one script; signs that all scripts share stay with what precedes."""
    start = 0
    current: str | None = None
    for at, character in enumerate(word):
        own = script(character)
        if own in _COMMON:
            continue
        if current is not None and own != current and not {own, current} <= _JAPANESE:
            yield word[start:at]
            start = at
        current = own
    yield word[start:]


def _in_run(run: str, tag: str, files: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
    """Yield what the first font cannot draw and none of the later ones can."""
    font, circle = _font(files[0])
    for cluster, glyphs in _clusters(run, tag, font):
        if 0 in glyphs:
            visible = _INVISIBLE.sub("", cluster).strip()
            if visible and len(files) > 1:
                yield from _in_run(cluster, tag, files[1:])
            elif visible:
                yield visible, None
        elif circle is not None and circle in glyphs and DOTTED_CIRCLE not in run:
            yield cluster, run


def _clusters(run: str, tag: str, font: uharfbuzz.Font) -> Iterator[tuple[str, set[int]]]:
    """Yield each piece of a run that is shaped as one, with its glyphs."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(run)
    buffer.guess_segment_properties()
    buffer.language = tag
    uharfbuzz.shape(font, buffer)
    glyphs: dict[int, set[int]] = {}
    for glyph in buffer.glyph_infos:
        glyphs.setdefault(glyph.cluster, set()).add(glyph.codepoint)
    starts = sorted(glyphs)
    for start, end in zip(starts, [*starts[1:], len(run)], strict=True):
        yield run[start:end], glyphs[start]


@lru_cache(maxsize=100)
def _font(file: str) -> tuple[uharfbuzz.Font, int | None]:
    """Return a font, opened once a process, and its glyph for a missing letter's place."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(file)))
    return font, font.get_nominal_glyph(ord(DOTTED_CIRCLE))
