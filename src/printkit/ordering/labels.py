"""Names of languages for the proof book: English name, autonym and code, typeset once each."""

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from markupsafe import Markup

from printkit.compose import sheet_language
from printkit.editions import EDITIONS
from printkit.project import Project
from printkit.styles import language_css
from printkit.typeset import typeset

WIDTH_PT, HEIGHT_PT = 128.0, 11.0
STYLE = """
@page { size: 128pt 11pt; margin: 0 }
* { margin: 0; padding: 0 }
body { font-size: 6.5pt; color: #000 }
p { height: 11pt; line-height: 11pt; white-space: nowrap; overflow: hidden; break-after: page }
p:last-child { break-after: auto }
p span { line-height: 11pt }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """A form for each language, its origin at its lower left corner, and each one's number."""

    forms: Mapping[str, pikepdf.Object]
    number: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The languages whose labels are asked for; pickles, so that a worker lays them out."""

    tags: tuple[str, ...]
    """Sorted."""
    profiles: Path


def wanted_for(project: Project, tags: Collection[str]) -> Wanted:
    """Return what a worker needs to know to lay out the labels of some languages."""
    return Wanted(tags=tuple(sorted(tags)), profiles=project.profiles)


def labels_pdf(wanted: Wanted) -> bytes:
    """Return the labels as a PDF, a page for each; nothing where none is wanted."""
    ordered = wanted.tags
    if not ordered:
        return b""
    paragraphs = Markup().join(_paragraph(tag) for tag in ordered)
    html = (
        '<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>Labels</title>'
        f"<style>{language_css({'en', *ordered})}{STYLE}</style></head>"
        f"<body>{paragraphs}</body></html>"
    )
    edition = EDITIONS["screen"]
    layout = typeset(
        html,
        roots=(Path(__file__).parent,),
        paint=edition.paint(wanted.profiles),
        safe_pt=0,
    )
    return layout.pdf


def labels_in(pdf: pikepdf.Pdf, data: bytes, wanted: Wanted) -> Labels:
    """Return labels that were laid out, as objects of a PDF."""
    ordered = wanted.tags
    if not ordered:
        return Labels(forms={}, number={})
    with pikepdf.open(io.BytesIO(data)) as labels:
        forms = {
            tag: pdf.copy_foreign(labels.pages[place].as_form_xobject())
            for place, tag in enumerate(ordered)
        }
    return Labels(forms=forms, number={tag: place for place, tag in enumerate(ordered)})


def _paragraph(tag: str) -> Markup:
    language = sheet_language(tag)
    if not language.autonym or language.autonym == language.english:
        return Markup("<p>{} ({})</p>").format(language.english, tag)
    return Markup('<p>{} · <span lang="{}" dir="{}">{}</span> ({})</p>').format(
        language.english, tag, language.direction, language.autonym, tag
    )
