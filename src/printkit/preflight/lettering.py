"""Lettering: every letter is there, and text and lines are large enough for the plates."""

from collections.abc import Iterable, Iterator

from printkit.errors import quoted
from printkit.findings import Rule, Severity
from printkit.preflight.limits import Asked
from printkit.preflight.marking import Content, Mark, Paint, Wrong

GLYPHS = Rule(
    code="glyphs-there",
    severity=Severity.FAIL,
    rule="No letter is shown as the font's sign for a missing one.",
    because="An empty box stands where a reader needs a letter (ISO 15930-7; the fonts' .notdef).",
)
SMALL = Rule(
    code="text-size",
    severity=Severity.WARN,
    rule="Text is 6 pt or larger.",
    because="Smaller letters fill in on press, and few people can read them (print shops' guides).",
)
KNOCKOUT = Rule(
    code="knockout-text-size",
    severity=Severity.WARN,
    rule="Text in white on colour, or in two inks or more, is 8 pt or larger.",
    because="Plates that miss each other by a hair close or double small letters (GWG 2022 R16, "
    "R17).",
)
LINES = Rule(
    code="knockout-line-width",
    severity=Severity.WARN,
    rule="Lines in white on colour, or in two inks or more, are 0.25 pt or thicker.",
    because="Plates that miss each other by a hair close or double thin lines (GWG 2022 R18, R19).",
)
RULES = (GLYPHS, SMALL, KNOCKOUT, LINES)

_NEAR_PT = 0.05


def press(content: Content, asked: Asked) -> Iterator[Wrong]:
    """Yield text and lines that a press cannot hold, and letters that are missing."""
    art = content.art()
    yield from _missing(art)
    yield from _small(art, asked)
    for mark in art:
        if mark.kind == "text" and mark.size_pt is not None:
            least = asked.limits.least_knockout_text_pt
            if asked.limits.least_text_pt <= mark.size_pt < least - _NEAR_PT and _is_fine(mark):
                what = f"{_words(mark)} is {mark.size_pt:.3g} pt {_how(mark.paint)}."
                fix = f"Set it in {least:g} pt or larger, or in one ink on the paper."
                yield Wrong(rule=KNOCKOUT, what=what, fix=fix, box=mark.box)
        elif mark.kind in ("fill", "stroke") and mark.size_pt is not None:
            least = asked.limits.least_knockout_line_pt
            if mark.size_pt < least - _NEAR_PT / 5 and _is_fine(mark):
                what = f"A line is {mark.size_pt:.2g} pt thick {_how(mark.paint)}."
                fix = f"Draw it {least:g} pt or thicker, or in one ink."
                yield Wrong(rule=LINES, what=what, fix=fix, box=mark.box)


def copier(content: Content, asked: Asked) -> Iterator[Wrong]:
    """Yield text that is too small, and letters that are missing."""
    art = content.art()
    yield from _missing(art)
    yield from _small(art, asked)


def screen(content: Content, _: Asked) -> Iterator[Wrong]:
    """Yield letters that are missing."""
    yield from _missing(content.shown())


def _missing(art: Iterable[Mark]) -> Iterator[Wrong]:
    for mark in art:
        if mark.shown is not None and mark.shown.missing:
            count = mark.shown.missing
            letters = "1 letter is" if count == 1 else f"{count} letters are"
            what = f"{letters} missing in the font {quoted(mark.shown.name)}."
            fix = "Set the text in a font that has its letters."
            yield Wrong(rule=GLYPHS, what=what, fix=fix, box=mark.box)


def _small(art: Iterable[Mark], asked: Asked) -> Iterator[Wrong]:
    least = asked.limits.least_text_pt
    for mark in art:
        if mark.kind == "text" and mark.size_pt is not None and mark.size_pt < least - _NEAR_PT:
            what = f"{_words(mark)} is {mark.size_pt:.3g} pt."
            fix = f"Set it in {least:g} pt or larger."
            yield Wrong(rule=SMALL, what=what, fix=fix, box=mark.box)


def _is_fine(mark: Mark) -> bool:
    """Tell whether a mark needs more than one plate to meet."""
    if mark.paint.white:
        under = mark.under
        return under is not None and not under.white and under.count != 1
    count = mark.paint.count
    return count is not None and count > 1


def _how(paint: Paint) -> str:
    return "in white on colour" if paint.white else f"in {paint.count} inks"


def _words(mark: Mark) -> str:
    text = mark.shown.text.strip() if mark.shown is not None else ""
    return quoted(text[:40]) if text.strip("\ufffd") else "Text"
