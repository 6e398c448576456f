"""The page to read and download sheets from: one HTML file that loads nothing, counts nobody."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jinja2

NAME = "index.html"
FONT_LICENCES = "FONT-LICENSES.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One sheet on the page."""

    title: str
    """In its own language."""
    piece: str
    """Its English name."""
    link: str
    """From the page, with forward slashes."""
    picture: str
    width_px: int
    height_px: int
    pages: int
    size: str
    """The sheet's, such as "4.25 × 5.5 in"."""
    bytes: int
    draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Zipped:
    """A ZIP of sheets to print."""

    name: str
    """What it holds, in English."""
    link: str
    files: int
    bytes: int
    draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One language on the page."""

    tag: str
    english: str
    autonym: str
    direction: str
    draft: bool
    draft_words: str
    """The mark on its sheets, in the language; empty where it has none."""
    zipped: Zipped | None
    sheets: tuple[Shown, ...]
    font: str = ""
    """Of its letters, in base64: a page from a stick may load no font file; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Everything that the page shows."""

    campaign: str
    version: str
    day: date
    sections: tuple[Section, ...]
    regions: tuple[Zipped, ...]


def index_page(index: Index) -> str:
    """Return the page; the same bytes for the same sheets."""
    folder = Path(__file__).parent
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["size"] = size_words
    day = f"{index.day:%B} {index.day.day}, {index.day.year}"
    return (
        environment.get_template("index_page.html").render(
            index=index, day=day, font_licences=FONT_LICENCES
        )
        + "\n"
    )


def size_words(count: int) -> str:
    """Return a file's size as people read it, such as "1.4 MB"; a small one in KB."""
    if count < 100_000:
        return f"{max(1, round(count / 1000))} KB"
    return f"{count / 1_000_000:,.1f} MB"
