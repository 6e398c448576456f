"""Paper for the office, such as lists and labels: printkit's own templates to tagged PDFs."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import jinja2

from printkit.editions import EDITIONS, Sheet
from printkit.lengths import Size
from printkit.stamp import Base, Content, Finished, finish, master_of, prepare, stamp
from printkit.styles import language_css
from printkit.typeset import typeset

_HERE = Path(__file__).parent


def office_paper(
    template: str,
    *,
    title: str,
    size: Size,
    languages: Iterable[str],
    created: date,
    fonts: Path,
    profiles: Path,
    **words: Any,
) -> bytes:
    """Return a template of this folder as a PDF in English, on pages of a size.

    `languages` are those beside English whose names stand on it.
    """
    base = _base(
        template,
        words,
        title=title,
        size=size,
        languages=languages,
        day=created,
        fonts=fonts,
        profiles=profiles,
    )
    return stamp(base, {})


def office_papers(
    template: str,
    contents: Sequence[Mapping[str, Content]],
    *,
    title: str,
    size: Size,
    languages: Iterable[str],
    created: date,
    fonts: Path,
    profiles: Path,
    **words: Any,
) -> list[Finished]:
    """Return a template filled for each of some contents of its slots, laid out once for all."""
    base = _base(
        template,
        words,
        title=title,
        size=size,
        languages=languages,
        day=created,
        fonts=fonts,
        profiles=profiles,
    )
    master = master_of(base, None)
    return [finish(master, one) for one in contents]


def _base(
    template: str,
    words: Mapping[str, Any],
    *,
    title: str,
    size: Size,
    languages: Iterable[str],
    day: date,
    fonts: Path,
    profiles: Path,
) -> Base:
    edition = EDITIONS["screen"]
    html = _template(template).render(
        page_css=edition.css(size), language_css=language_css({"en", *languages}), **words
    )
    layout = typeset(
        html,
        roots=(_HERE,),
        paint=edition.paint(profiles),
        variant=edition.variant,
        safe_pt=0,
    )
    sheet = Sheet(title=title, language="en", created=day, profiles=profiles, fonts=fonts)
    return prepare(layout, edition=edition, sheet=sheet)


@functools.cache
def _template(name: str) -> jinja2.Template:
    """Return a template, read once in each process."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE), autoescape=True, undefined=jinja2.StrictUndefined
    ).get_template(name)
