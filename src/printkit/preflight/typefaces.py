"""Fonts as objects of a file: each one that is used is in it, and is what the designer chose."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Stream

from printkit.errors import quoted
from printkit.findings import Finding, Rule, Severity
from printkit.preflight.documents import Document
from printkit.preflight.leaves import Holding
from printkit.preflight.limits import Asked
from printkit.preflight.objects import entry, listed_in, name_of

EMBEDDED = Rule(
    code="fonts-embedded",
    severity=Severity.FAIL,
    rule="Every font that is used is in the file.",
    because="A machine without the font sets another, with other widths and perhaps without the "
    "letters (ISO 15930-7; ISO 14289-1, 7.21.4).",
)
COURIER = Rule(
    code="no-courier",
    severity=Severity.WARN,
    rule="No press file is set in Courier.",
    because="Programs put Courier where they lack a font, and nobody notices before print "
    "(GWG 2022 R14).",
)
RULES = (EMBEDDED, COURIER)

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def check(document: Document, asked: Asked) -> Iterator[Finding]:
    """Yield the fonts that are used and not embedded; in a press file, Courier too."""
    told: set[tuple[str, str]] = set()
    for held in document.holdings:
        if held.kind != "font":
            continue
        name = font_name(held.obj)
        for rule, what, fix in _wrongs(held, name, asked):
            if (rule.code, name) not in told:
                told.add((rule.code, name))
                yield asked.finding(rule, what, fix, page=held.page)


def _wrongs(held: Holding, name: str, asked: Asked) -> Iterator[tuple[Rule, str, str]]:
    if not is_embedded(held.obj):
        what = f"The font {quoted(name)} is not in the file."
        yield EMBEDDED, what, "Export again with all fonts embedded, or set the text as outlines."
    if asked.edition == "press" and "courier" in name.lower():
        what = f"Text is set in {quoted(name)}."
        yield COURIER, what, "Look whether Courier was meant, or a font was missing."


def font_name(font: Any) -> str:
    """Return a font's name without the six letters that mark a subset."""
    name = name_of(entry(font, "/BaseFont")).lstrip("/") or "?"
    head, plus, rest = name.partition("+")
    return rest if plus and len(head) == 6 and head.isupper() else name


def is_embedded(font: Any) -> bool:
    """Tell whether a font's letters are in the file."""
    if name_of(entry(font, "/Subtype")) == "/Type3":
        return True
    below = listed_in(entry(font, "/DescendantFonts"))
    holder = below[0] if below else font
    descriptor = entry(holder, "/FontDescriptor")
    return any(isinstance(entry(descriptor, key), Stream) for key in _FILES)
