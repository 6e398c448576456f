"""Boxes: a sheet is as large as ordered, has its bleed, and every box lies in the next."""

from collections.abc import Iterator

from printkit.findings import Finding, Rule, Severity
from printkit.lengths import Size, inches
from printkit.preflight.documents import Document
from printkit.preflight.leaves import Leaf
from printkit.preflight.limits import Asked
from printkit.preflight.objects import Box, inherited, number_of

TRIM = Rule(
    code="trim-size",
    severity=Severity.FAIL,
    rule="Every page's trim is the size ordered, to a tenth of a millimetre; a copier's sheets "
    "are US Letter, or another size that office machines hold.",
    because="A sheet a little too large is scaled by the shop or the machine, and its codes and "
    "folds with it (GWG 2022 R4).",
)
EQUAL = Rule(
    code="trims-equal",
    severity=Severity.WARN,
    rule="All pages of a press file are cut to one size.",
    because="Pages of two sizes in one file are usually one export too many (GWG 2022 R4).",
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
    severity=Severity.WARN,
    rule="No page is turned.",
    because="Imposition programs differ on turned pages (GWG 2022 R4).",
)
UNIT = Rule(
    code="page-unit",
    severity=Severity.FAIL,
    rule="No page has a unit of its own.",
    because="UserUnit changes every size, and not every program follows it (GWG 2022 R2).",
)
RULES = (TRIM, EQUAL, BLEED, NESTED, UPRIGHT, UNIT)

LETTER = Size(width_pt=612, height_pt=792)
OFFICE = (
    LETTER,
    Size(width_pt=612, height_pt=1008),
    Size(width_pt=792, height_pt=1224),
    Size(width_pt=595.28, height_pt=841.89),
    Size(width_pt=841.89, height_pt=1190.55),
)
"""What office machines hold: Letter, Legal, Tabloid, A4 and A3."""
TOLERANCE_PT = 0.1 * 72 / 25.4
_SET = "Set the boxes in the program that made the file, and export it again."

Wrong = tuple[Rule, str, str]
"""The rule that is broken, what is wrong, and what to do."""


def check(document: Document, asked: Asked) -> Iterator[Finding]:
    """Yield what is wrong with a file's boxes, page by page."""
    for leaf in document.leaves:
        for rule, what, fix in (
            *_trim_is_ordered(leaf, asked),
            *_bleed_is_full(leaf, asked),
            *_boxes_nest(leaf, asked),
            *_page_is_upright(leaf, asked),
        ):
            yield asked.finding(rule, what, fix, page=leaf.number)
    if asked.edition == "press" and asked.expected.trim is None:
        yield from _trims_are_equal(document, asked)


def _trim_is_ordered(leaf: Leaf, asked: Asked) -> Iterator[Wrong]:
    ordered = asked.expected.trim
    if ordered is None and asked.edition != "copier":
        return
    allowed = (ordered,) if ordered is not None else OFFICE
    width, height = _size(leaf)
    sizes = [size for one in allowed for size in (one, one.turned)]
    if asked.edition != "copier" and ordered is not None:
        sizes = [ordered.turned if leaf.turned in (90, 270) else ordered]
    if not any(
        abs(width - size.width_pt) <= TOLERANCE_PT and abs(height - size.height_pt) <= TOLERANCE_PT
        for size in sizes
    ):
        is_ = f"{inches(width):.3f} × {inches(height):.3f} in"
        wanted = f"{ordered.words} was ordered" if ordered else "office machines hold no such paper"
        yield TRIM, f"The trim is {is_}, and {wanted}.", "Set the page to the size ordered."


def _trims_are_equal(document: Document, asked: Asked) -> Iterator[Finding]:
    first = _size(document.leaves[0])
    for leaf in document.leaves[1:]:
        size = _size(leaf)
        if any(abs(one - other) > TOLERANCE_PT for one, other in zip(size, first, strict=True)):
            is_, was = (f"{inches(w):.3f} × {inches(h):.3f} in" for w, h in (size, first))
            what = f"The trim is {is_}, and that of page 1 {was}."
            yield asked.finding(EQUAL, what, "Make a file for each size.", page=leaf.number)


def _bleed_is_full(leaf: Leaf, asked: Asked) -> Iterator[Wrong]:
    if asked.edition == "press" and leaf.trim is None and leaf.art is None:
        return  # told of as a box that is missing
    trim, bleed = leaf.cut, leaf.bleed or leaf.cut
    margins = (trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3])
    if asked.edition == "press":
        ordered = asked.expected.bleed_pt
        wanted = asked.limits.bleed_in * 72 if ordered is None else ordered
        wrong = min(margins)
        bad = wrong < wanted - TOLERANCE_PT
    else:
        wanted, wrong = 0.0, max(margins, key=abs)
        bad = abs(wrong) > TOLERANCE_PT
    if bad:
        what = f"The bleed is {inches(wrong):.3f} in, and should be {inches(wanted):.3f} in."
        if leaf.bleed is None and asked.edition == "press":
            what = f"There is no BleedBox, and the bleed should be {inches(wanted):.3f} in."
        yield BLEED, what, _SET


def _boxes_nest(leaf: Leaf, asked: Asked) -> Iterator[Wrong]:
    if asked.edition == "press" and leaf.trim is None and leaf.art is None:
        yield NESTED, "There is no TrimBox.", _SET
    bleed = leaf.bleed or leaf.trim or leaf.art
    if bleed is not None and not _lies_in(leaf.trim or leaf.art or bleed, bleed):
        yield NESTED, "The trim reaches beyond the bleed.", _SET
    if bleed is not None and not _lies_in(bleed, leaf.media):
        yield NESTED, "The bleed reaches beyond the paper.", _SET
    if leaf.art is not None and leaf.trim is not None:
        yield NESTED, "There is an ArtBox beside the TrimBox.", _SET
    if leaf.crop is not None and not _same(leaf.crop, leaf.media) and asked.edition == "press":
        yield NESTED, "The CropBox is not the MediaBox.", _SET


def _page_is_upright(leaf: Leaf, asked: Asked) -> Iterator[Wrong]:
    if leaf.turned and asked.edition != "screen":
        what = f"The page is turned by {leaf.turned} degrees."
        yield UPRIGHT, what, "Turn what is on the page, and not the page."
    unit = inherited(leaf.obj, "/UserUnit")
    if unit is not None and number_of(unit) != 1:
        yield UNIT, "The page has a unit of its own.", "Scale the page, and take UserUnit out."


def _size(leaf: Leaf) -> tuple[float, float]:
    left, bottom, right, top = leaf.cut
    return right - left, top - bottom


def _lies_in(inner: Box, outer: Box) -> bool:
    near = TOLERANCE_PT
    low = all(inner[side] >= outer[side] - near for side in (0, 1))
    return low and all(inner[side] <= outer[side] + near for side in (2, 3))


def _same(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= TOLERANCE_PT for a, b in zip(one, other, strict=True))
