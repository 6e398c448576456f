"""Contrast: text on a screen stands out from what is painted behind it."""

import re
from collections.abc import Iterator

from printkit.findings import Rule, Severity
from printkit.preflight.geometry import Box
from printkit.preflight.limits import Asked
from printkit.preflight.marking import Content, Mark, Paint, Wrong

CONTRAST = Rule(
    code="text-contrast",
    severity=Severity.FAIL,
    rule="The contrast of text with what is behind it is at least 4.5:1, and of large text 3:1: of "
    "18 pt, or bold and of 14 pt.",
    because="With less, people of weak sight cannot read it, nor anybody in the sun (WCAG 2.1, "
    "1.4.3).",
)
RULES = (CONTRAST,)

LEAST, LEAST_LARGE = 4.5, 3.0
LARGE_PT, LARGE_BOLD_PT = 18.0, 14.0
_NEAR_PT, _NEAR = 0.05, 0.005
_BOLD = re.compile(r"bold|black|heavy", re.IGNORECASE)
_NOT_SO_BOLD = re.compile(r"(semi|demi)-?bold", re.IGNORECASE)
_WHITE = (1.0, 1.0, 1.0)
_MOST = 300
"""Shapes of several pieces that are remembered: what lies in their bounds is not judged."""

Colour = tuple[float, float, float]


def screen(content: Content, _: Asked) -> Iterator[Wrong]:
    """Yield text that hardly stands out; quiet where the file does not tell what is behind it."""
    unsure: list[Box] = []
    for mark in content.marks:
        if mark.hidden:
            continue
        if mark.kind == "text":
            found = None if _is_in(mark.box, unsure) else contrast_of(mark)
            least = LEAST_LARGE if is_large(mark) else LEAST
            if found is not None and found < least - _NEAR:
                what = f"{_words(mark)} has a contrast of {found:.2f}:1 with what is behind it."
                fix = f"Give it {least:g}:1 or more: darker on light, or lighter on dark."
                yield Wrong(rule=CONTRAST, what=what, fix=fix, box=mark.box)
        elif mark.pieces > 1 and mark.kind != "stroke" and len(unsure) < _MOST:
            unsure.append(mark.box)


def contrast_of(mark: Mark) -> float | None:
    """Return the contrast of text with the area behind it; None where nobody can tell.

    Bare paper is white, as readers show it.
    """
    behind = _WHITE if mark.under is None else _colour(mark.under)
    own = _colour(mark.paint, behind)
    if behind is None or own is None:
        return None
    if mark.under is None and own == _WHITE:
        return None  # it shows, so that there is something behind it
    return contrast(own, behind)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours of sRGB, from 1 to 21 (WCAG 2.1, "contrast ratio")."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: Colour) -> float:
    """Return a colour's share of white's light (WCAG 2.1, "relative luminance")."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def is_large(mark: Mark) -> bool:
    """Tell whether text is large: of 18 pt, or bold by its font's name and of 14 pt."""
    if mark.size_pt is None or mark.shown is None:
        return True  # nobody can tell, and it is not to be found wrong for it
    name = _NOT_SO_BOLD.sub("", mark.shown.name)
    least = LARGE_BOLD_PT if _BOLD.search(name) else LARGE_PT
    return mark.size_pt >= least - _NEAR_PT


def _colour(paint: Paint, behind: Colour | None = None) -> Colour | None:
    """Return a paint as sRGB; None for inks, patterns, pictures, and what shows others through."""
    if paint.soft or paint.blend not in ("Normal", "Compatible"):
        return None
    if paint.alpha < 0.999 and behind is None:
        return None
    shares = [min(max(share, 0.0), 1.0) for share in paint.components]
    rgb = paint.space.name in ("DeviceRGB", "CalRGB", "ICCBased/3") and len(shares) == 3
    gray = paint.space.name in ("DeviceGray", "CalGray", "ICCBased/1") and len(shares) == 1
    if not (rgb or gray):
        return None
    red, green, blue = shares if rgb else shares * 3
    if behind is None:
        return red, green, blue
    alpha = paint.alpha
    mixed = [
        alpha * own + (1 - alpha) * below
        for own, below in zip((red, green, blue), behind, strict=True)
    ]
    return mixed[0], mixed[1], mixed[2]


def _is_in(box: Box, others: list[Box]) -> bool:
    """Tell whether the middle of a box lies in one of others."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(left <= x <= right and low <= y <= high for left, low, right, high in others)


def _words(mark: Mark) -> str:
    size = "" if mark.size_pt is None else f" of {mark.size_pt:.3g} pt"
    return f"Text{size}"
