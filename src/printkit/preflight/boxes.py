"""Boxes: a sheet is as large as ordered, has its bleed, and every box lies in the next."""

from collections.abc import Iterator
from typing import Any

import pikepdf

from printkit.findings import Finding, Rule, Severity, finding
from printkit.lengths import Size, inches

TRIM = Rule(
    code="trim-size",
    severity=Severity.FAIL,
    rule="Every page's trim is the size ordered, to a tenth of a millimetre; a copier's sheets "
    "are US Letter.",
    because="A sheet a little too large is scaled by the shop or the machine, and its codes and "
    "folds with it (GWG 2022 R4).",
)
BLEED = Rule(
    code="bleed-full",
    severity=Severity.FAIL,
    rule="A press page has an eighth of an inch of bleed on every side; other editions have none.",
    because="The knife wanders; without bleed it leaves a white edge (print shops' guides).",
)
NESTED = Rule(
    code="boxes-nest",
    severity=Severity.FAIL,
    rule="Trim lies within bleed, bleed within media; there is no ArtBox beside a TrimBox, and a "
    "CropBox is the MediaBox.",
    because="PDF/X-4 (ISO 15930-7) asks for it, and a narrower crop hides the bleed (GWG 2022 R3).",
)
UPRIGHT = Rule(
    code="page-upright",
    severity=Severity.FAIL,
    rule="No page is turned, and none has a unit of its own.",
    because="Imposition programs differ on turned pages; UserUnit changes every size "
    "(GWG 2022 R2, R4).",
)
RULES = (TRIM, BLEED, NESTED, UPRIGHT)

BLEED_PT = 9.0
LETTER = Size(width_pt=612, height_pt=792)
TOLERANCE_PT = 0.1 * 72 / 25.4
_MADE_WRONG = "Build the sheet again; report it if this stays."

Box = tuple[float, float, float, float]
Wrong = tuple[Rule, str, str]
"""The rule that is broken, what is wrong, and what to do."""


def check(pdf: pikepdf.Pdf, *, edition: str, trim: Size, **where: Any) -> list[Finding]:
    """Return what is wrong with a finished file's boxes."""
    found = []
    for number, page in enumerate(pdf.pages, start=1):
        wrongs = (
            *_trim_is_ordered(page, edition, trim),
            *_bleed_is_full(page, edition),
            *_boxes_nest(page, edition),
            *_page_is_upright(page),
        )
        found += [
            finding(rule, what, fix, **where | {"page": number}) for rule, what, fix in wrongs
        ]
    return found


def _trim_is_ordered(page: pikepdf.Page, edition: str, trim: Size) -> Iterator[Wrong]:
    left, bottom, right, top = _box(page, "/TrimBox")
    allowed = [LETTER, LETTER.turned] if edition == "copier" else [trim]
    if not any(
        abs(right - left - size.width_pt) <= TOLERANCE_PT
        and abs(top - bottom - size.height_pt) <= TOLERANCE_PT
        for size in allowed
    ):
        is_ = f"{inches(right - left):.3f} × {inches(top - bottom):.3f} in"
        yield (
            TRIM,
            f"The trim is {is_}, and {allowed[0].words} was ordered.",
            "Let the template keep the @page rule of its edition.",
        )


def _bleed_is_full(page: pikepdf.Page, edition: str) -> Iterator[Wrong]:
    trim, bleed = _box(page, "/TrimBox"), _box(page, "/BleedBox")
    margins = (trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3])
    wanted = BLEED_PT if edition == "press" else 0.0
    wrong = max(margins, key=lambda margin: abs(margin - wanted))
    if abs(wrong - wanted) > TOLERANCE_PT:
        yield (
            BLEED,
            f"The bleed is {inches(wrong):.3f} in, and should be {inches(wanted):.3f} in.",
            _MADE_WRONG,
        )


def _boxes_nest(page: pikepdf.Page, edition: str) -> Iterator[Wrong]:
    if edition == "press" and "/TrimBox" not in page.obj:
        yield (NESTED, "There is no TrimBox.", _MADE_WRONG)
    media, trim, bleed = (_box(page, name) for name in ("/MediaBox", "/TrimBox", "/BleedBox"))
    if not _lies_in(trim, bleed):
        yield (NESTED, "The trim reaches beyond the bleed.", _MADE_WRONG)
    if not _lies_in(bleed, media):
        yield (NESTED, "The bleed reaches beyond the paper.", _MADE_WRONG)
    if "/ArtBox" in page.obj and "/TrimBox" in page.obj:
        yield (NESTED, "There is an ArtBox beside the TrimBox.", _MADE_WRONG)
    if "/CropBox" in page.obj and not _same(_box(page, "/CropBox"), media):
        yield (NESTED, "The CropBox is not the MediaBox.", _MADE_WRONG)


def _page_is_upright(page: pikepdf.Page) -> Iterator[Wrong]:
    if turned := int(page.obj.get("/Rotate", 0)) % 360:
        yield (UPRIGHT, f"The page is turned by {turned} degrees.", _MADE_WRONG)
    if "/UserUnit" in page.obj:
        yield (UPRIGHT, "The page has a unit of its own.", _MADE_WRONG)


def _box(page: pikepdf.Page, name: str) -> Box:
    """Return a box with its edges in order; what is not there is what it stands for."""
    if name == "/BleedBox" and name not in page.obj:
        return _box(page, "/TrimBox")
    box = page.obj.get(name) if name != "/MediaBox" else page.mediabox
    if not isinstance(box, pikepdf.Array):
        return _box(page, "/MediaBox")
    left, bottom, right, top = (float(edge) for edge in box.as_list())
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _lies_in(inner: Box, outer: Box) -> bool:
    near = TOLERANCE_PT
    low = all(inner[side] >= outer[side] - near for side in (0, 1))
    return low and all(inner[side] <= outer[side] + near for side in (2, 3))


def _same(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= TOLERANCE_PT for a, b in zip(one, other, strict=True))
