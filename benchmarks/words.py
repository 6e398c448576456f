"""The words of one sheet, taken out of its HTML, for a rival that sets them in its own way."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import tinyhtml5
from fontTools.ttLib import TTFont

from printkit.fonts import font_file
from printkit.jobs import Job
from printkit.languages import LANGUAGES
from printkit.project import Project
from printkit.qr import qr_svg

Runs = list[dict[str, Any]]
"""Text in runs that share a weight, and may break or may not."""
LTR, POP = "\u2066", "\u2069"
"""What keeps Latin words apart from the Arabic around them, as <bdi> does (UAX #9)."""


def sheet_words(project: Project, job: Job, *, art: str) -> dict[str, Any]:
    """Return the words and the styles of the sheet "Know your rights" in one language.

    `art` is where its pictures lie, as Typst is to find them.
    """
    root = tinyhtml5.parse(job.html, namespace_html_elements=False)
    front, back = root.iter("section")
    drop = project.campaign.facts["drop_url"]
    verbs = [runs(one) for one in _all(back, "verb")]
    return {
        **_styles(project, job.language),
        "art": art,
        "tag": job.language,
        "tab": float(str(_one(front, "tab").get("style")).split()[-1].removesuffix("in")),
        "autonym": "".join(_one(front, "autonym").itertext()),
        "draft": [
            run for one in _all(front, "draft") for inner in list(one)[1:] for run in runs(inner)
        ],
        "footer": runs(next(_one(front, "footer").iter("p"))),
        "piece": "".join(next(_one(_one(front, "footer"), "row").iter("p")).itertext()),
        "front": runs(next(front.iter("h1"))),
        "reason": runs(_one(front, "reason")),
        "journey": [
            (_icon(one), runs(next(one.iter("h2"))), runs(next(one.iter("p"))))
            for one in _one(front, "journey").iter("li")
        ],
        "panel": runs(next(_one(front, "panel").iter("h2"))),
        "sold": [(_icon(one), runs(list(one)[1])) for one in _one(front, "sold").iter("li")],
        "note": runs(_one(front, "note")),
        "back": runs(next(back.iter("h1"))),
        "back_reason": runs(_one(back, "reason")),
        "steps": [runs(next(one.iter("div"))) for one in _one(back, "steps").iter("li")],
        "verb": verbs[0],
        "landing_verb": verbs[1],
        "drop_code": qr_svg(drop.value),
        "drop_address": drop.shown,
        "limits": runs(_one(back, "limits")),
        "back_note": runs(_one(back, "note")),
    }


def slot_words(html: str) -> Runs:
    """Return the words of a slot's first paragraph."""
    return runs(next(tinyhtml5.parse(html, namespace_html_elements=False).iter("p")))


def runs(element: Element) -> Runs:
    """Return the text of an element, a run for each weight; spaces as in HTML."""
    found: Runs = []
    for text, bold, whole in _texts(element, bold=False, whole=False):
        words = " ".join(f".{text}.".split())[1:-1]
        if words:
            found.append({"text": words, "bold": bold, "whole": whole})
    if found:
        found[0]["text"] = found[0]["text"].lstrip()
        found[-1]["text"] = found[-1]["text"].rstrip()
    return found


def _texts(element: Element, *, bold: bool, whole: bool) -> Iterator[tuple[str, bool, bool]]:
    kinds = _kinds(element)
    bold = bold or element.tag == "b"
    whole = whole or ("part" in kinds) or ("url" in kinds and "breaks" not in kinds)
    # What may not break is a box of its own, and so apart from what stands around it.
    apart = element.tag == "bdi" and element.get("dir") == "ltr" and not whole
    yield (LTR if apart else "") + (element.text or ""), bold, whole
    for child in element:
        yield from _texts(child, bold=bold, whole=whole)
        yield child.tail or "", bold, whole
    yield POP if apart else "", bold, whole


def _kinds(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _all(element: Element, kind: str) -> list[Element]:
    return [one for one in element.iter() if kind in _kinds(one)]


def _one(element: Element, kind: str) -> Element:
    return _all(element, kind)[0]


def _icon(element: Element) -> str:
    return _kinds(_one(element, "icon"))[-1]


def _styles(project: Project, tag: str) -> dict[str, Any]:
    """Return a language's fonts and the heights of its lines, as its style sheet has them."""
    language = LANGUAGES[tag]
    with TTFont(font_file(project.fonts, language.dense_families[0], "Regular")) as font:
        em, head = font["head"].unitsPerEm, font["hhea"]
        ascent, descent = head.ascent / em, -head.descent / em
    primary, *rest = tag.split("-")
    return {
        "lang": primary,
        "region": {"Hant": "TW", "Hans": "CN"}.get(rest[0] if rest else ""),
        "script": language.script.lower() if language.script != "Jpan" else "kana",
        "direction": language.direction,
        "families": language.dense_families,
        "latin": LANGUAGES["en"].dense_families,
        "line_height": language.dense_line_height,
        "ascent": ascent,
        "descent": descent,
    }
