"""Fonts for web pages: cut down to the letters that a page shows, to show on any machine."""

import re
from pathlib import Path

import uharfbuzz

from printkit.fonts import font_file
from printkit.languages import LATIN, Language

ON_EVERY_MACHINE = ("Latn", "Cyrl")
"""Scripts for which no page needs a font of its own."""


def font_for(language: Language, folder: Path) -> Path | None:
    """Return the bold font that a page shows a language in; None where every machine has one."""
    if language.script in ON_EVERY_MACHINE:
        return None
    families = (family for family in language.dense_families if family != LATIN)
    family = next(families, None)
    return font_file(folder, family, "Bold") if family is not None else None


def cut_down(font: Path, text: str) -> bytes:
    """Return a font with no more than a text needs: its letters, and how they join."""
    asked = uharfbuzz.SubsetInput()
    asked.unicode_set.update({ord(letter) for letter in text})
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font)))
    return bytes(uharfbuzz.subset(face, asked).blob.data)


def licence_of(font: Path) -> Path:
    """Return the licence that lies beside a font, and must go wherever the font goes."""
    family = font.stem.split("-")[0]
    words = re.findall(r"[A-Z]{2,}|[A-Z][a-z]+", family)
    return font.with_name(f"OFL-{'-'.join(words).lower()}.txt")
