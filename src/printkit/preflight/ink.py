"""Inks: the press edition paints in CMYK for one named condition, the copier edition in gray."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pikepdf

from printkit.findings import Finding, Rule, Severity, finding
from printkit.preflight.paint import Painted, painted

RGB = Rule(
    code="press-rgb",
    severity=Severity.FAIL,
    rule="A press file holds no RGB, Lab or calibrated colour.",
    because="The shop's machine would choose the inks, and choose differently from its neighbour "
    "(GWG 2022 R27).",
)
BLEND = Rule(
    code="press-blend-space",
    severity=Severity.FAIL,
    rule="Transparent parts of a press file blend in CMYK.",
    because="Blending in RGB turns black text into four inks (GWG 2022 R30).",
)
BLACK = Rule(
    code="press-black-text",
    severity=Severity.FAIL,
    rule="Black text is black ink alone.",
    because="Four inks that miss each other by a hair blur small letters (GWG 2022 R15).",
)
GRAY = Rule(
    code="copier-colour",
    severity=Severity.FAIL,
    rule="A copier file holds gray alone.",
    because="An office machine counts a page with any colour as a colour copy, and a black one "
    "turns colours into grays of its own choosing.",
)
RULES = (RGB, BLEND, BLACK, GRAY)

_PALETTE = "Use the colours of the palette, plain fills, and pictures that the edition converts."
_MADE_WRONG = "Build the sheet again; report it if this stays."
_DARK = 0.85


def check(pdf: pikepdf.Pdf, *, edition: str, **where: Any) -> list[Finding]:
    """Return what is wrong with a finished file's inks; a screen may show any colour."""
    if edition == "press":
        marks = Counter(painted(pdf))
        return [
            *_outside(marks, _is_ink, RGB, "colour that is not ink", **where),
            *_coloured_black(marks, **where),
            *_blends(pdf, **where),
        ]
    if edition == "copier":
        marks = Counter(painted(pdf))
        return _outside(marks, _is_gray, GRAY, "colour", **where)
    return []


def _is_ink(mark: Painted) -> bool:
    return mark.space in ("DeviceCMYK", "DeviceGray", "ICCBased/4", "Separation", "Pattern")


def _is_gray(mark: Painted) -> bool:
    return mark.space in ("DeviceGray", "ICCBased/1", "CalGray", "Pattern")


def _outside(
    marks: Counter[Painted],
    good: Callable[[Painted], bool],
    rule: Rule,
    what: str,
    **where: Any,
) -> list[Finding]:
    """Return one finding a page for the marks that are not good."""
    bad = Counter({mark: count for mark, count in marks.items() if not good(mark)})
    found = []
    for page in sorted({mark.page for mark in bad}):
        here = {mark: count for mark, count in bad.items() if mark.page == page}
        words = f"{_count(sum(here.values()))} in {what}, such as {_described(next(iter(here)))}."
        found.append(finding(rule, words, _PALETTE, **where | {"page": page}))
    return found


def _coloured_black(marks: Iterable[Painted], **where: Any) -> Iterator[Finding]:
    for page in sorted({mark.page for mark in marks if _is_coloured_black(mark)}):
        mark = next(mark for mark in marks if mark.page == page and _is_coloured_black(mark))
        yield finding(
            BLACK,
            f"Black text stands in several inks: {_described(mark)}.",
            "Give the text the colour #000.",
            **where | {"page": page},
        )


def _is_coloured_black(mark: Painted) -> bool:
    """Tell whether a mark is text that looks black and is not black ink alone."""
    if mark.kind != "text" or mark.space != "DeviceCMYK" or len(mark.components) != 4:
        return False
    cyan, magenta, yellow, black = mark.components
    dark = black >= _DARK or min(cyan, magenta, yellow) + black >= 1
    return dark and max(cyan, magenta, yellow) > 0


def _blends(pdf: pikepdf.Pdf, **where: Any) -> Iterator[Finding]:
    for obj in pdf.objects:
        group = obj.get("/Group") if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream) else None
        space = group.get("/CS") if isinstance(group, pikepdf.Dictionary) else None
        if isinstance(space, pikepdf.Name) and space not in ("/DeviceCMYK", "/DeviceGray"):
            yield finding(
                BLEND, f"A transparent part blends in {str(space)[1:]}.", _MADE_WRONG, **where
            )
            return


def _count(marks: int) -> str:
    return "1 mark stands" if marks == 1 else f"{marks} marks stand"


def _described(mark: Painted) -> str:
    numbers = " ".join(f"{number:.3g}" for number in mark.components)
    return f"{mark.kind} in {mark.space} {numbers}".rstrip()
