"""Folds and writing: where a letter may be folded, and how much room a hand has on its lines."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from PIL import Image

from printkit.checks.mail_page import DOTS_PER_POINT, FirstPage, meet, painted, words_of
from printkit.envelope import PAGE_WIDTH_PT, around
from printkit.errors import quoted
from printkit.findings import Finding, Rule, Severity, finding
from printkit.lengths import inches
from printkit.places import Place
from printkit.typeset.layout import FieldPlace

FOLD = Rule(
    code="mail-fold",
    severity=Severity.FAIL,
    rule="The first fold goes through no text and no line to write on.",
    because="That fold brings the address behind the window, so that it can go nowhere else; "
    "what is written on a crease is hard to read.",
)
MARKS = Rule(
    code="mail-fold-mark",
    severity=Severity.FAIL,
    rule="Each fold of a letter has a mark, and it stands outside the text.",
    because="People fold by it: an eighth of an inch off, and the address slips out of the window.",
)
WRITING = Rule(
    code="write-room",
    severity=Severity.FAIL,
    rule="A line to write on is at least 8 mm high and 1.2 inches long.",
    because="People fill letters in by hand, and a clerk must be able to read them.",
)
RULES = (FOLD, MARKS, WRITING)

LEAST_LINE_PT = (86.4, 8 * 72 / 25.4)
"""The least width and height of a line to write on."""
NEAR_PT = 36.0
"""Text that is so near to a fold tells where text may stand beside its mark."""
MARK_PT = 1.5
"""How far from a fold a mark's ink may reach, up and down."""
LEAST_MARK_PT = 6.0
"""Shorter than this, ink between two lines is part of a letter that reaches out of its box."""
_TOLERANCE_PT = 0.5


def fold_findings(sheet: FirstPage) -> Iterator[Finding]:
    """Yield what the first fold crosses, and which fold has no mark of its own or one in text."""
    first = sheet.envelope.folds_pt[0]
    fix = f"Keep {inches(first):.4g} in from the sheet's top free of text and of lines."
    crossed = [letter for letter in sheet.letters if _crosses(letter.place, first)]
    if crossed:
        place = around((letter.place for letter in crossed), sheet.number)
        what = f"The first fold goes through the text {quoted(words_of(crossed), 80)}."
        yield sheet.told(FOLD, what, fix, place)
    for field in sheet.fields:
        if _crosses(field.place, first):
            what = f"The first fold goes through the line to write on {quoted(field.name)}."
            yield sheet.told(FOLD, what, fix, field.place)
    for number, fold in enumerate(sheet.envelope.folds_pt, 1):
        yield from _mark(sheet, number, fold)


def _mark(sheet: FirstPage, number: int, fold: float) -> Iterator[Finding]:
    band = Place(
        page=sheet.number,
        x_pt=0,
        y_pt=fold - 3 * MARK_PT,
        width_pt=PAGE_WIDTH_PT,
        height_pt=6 * MARK_PT,
    )
    near = replace(band, y_pt=fold - NEAR_PT, height_pt=2 * NEAR_PT)
    writing = [field.place for field in sheet.fields]
    ink = painted(sheet.page, band, [*(letter.place for letter in sheet.letters), *writing])
    text = [letter.place for letter in sheet.letters if meet(letter.place, near)]
    text += [place for place in writing if meet(place, near)]
    marks = [replace(band, x_pt=left, width_pt=right - left) for left, right in _dashes(ink)]
    # Only across: the text may end above the mark.
    column = replace(around(text), y_pt=band.y_pt, height_pt=1) if text else None
    inside = [mark for mark in marks if column is not None and meet(mark, column)]
    fix = f"Put a short line at the sheet's edge, {inches(fold):.4g} in from its top."
    if not marks:
        yield sheet.told(MARKS, f"Fold {number} has no mark.", fix, band)
    for mark in inside[:1]:
        yield sheet.told(MARKS, f"The mark of fold {number} stands in the text.", fix, mark)


def _dashes(ink: Image.Image) -> Iterator[tuple[float, float]]:
    """Yield from where to where thin lines reach, in points, that lie in the middle of a band."""
    third = ink.height // 3
    middle = ink.crop((0, third, ink.width, ink.height - third))
    thin = [
        (column.getbbox() is not None)
        and not ink.crop((x, 0, x + 1, third)).getbbox()
        and not ink.crop((x, ink.height - third, x + 1, ink.height)).getbbox()
        for x in range(ink.width)
        for column in [middle.crop((x, 0, x + 1, middle.height))]
    ]
    start = None
    for x, is_thin in enumerate([*thin, False]):
        if is_thin and start is None:
            start = x
        elif not is_thin and start is not None:
            if x - start >= LEAST_MARK_PT * DOTS_PER_POINT:
                yield start / DOTS_PER_POINT, x / DOTS_PER_POINT
            start = None


def writing_findings(fields: Iterable[FieldPlace], **where: Any) -> list[Finding]:
    """Return which lines to write on leave too little room for a hand."""
    return [one for field in fields for one in _writing(field, where)]


def _writing(field: FieldPlace, where: dict[str, Any]) -> Iterator[Finding]:
    width, height = LEAST_LINE_PT
    place = field.place
    small = place.width_pt < width - 0.05 or place.height_pt < height - 0.05
    if field.kind == "text" and small:
        long, high = inches(place.width_pt), place.height_pt * 25.4 / 72
        yield finding(
            WRITING,
            f"The line to write on {quoted(field.name)} is {long:.2f} in long and {high:.1f} mm "
            "high.",
            "Make it at least 1.2 in long and 8 mm high.",
            **where | {"page": place.page, "place": place.inches},
        )


def _crosses(place: Place, fold: float) -> bool:
    above, below = fold - place.y_pt, place.y_pt + place.height_pt - fold
    return min(above, below) > _TOLERANCE_PT
