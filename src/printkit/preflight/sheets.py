"""What becomes of pages on the machine: panels that fold, signatures, and marks in the bleed."""

import itertools
from collections.abc import Iterator, Sequence

from printkit.findings import Finding, Rule, Severity
from printkit.lengths import inches
from printkit.preflight.documents import Document
from printkit.preflight.leaves import Leaf, annotations
from printkit.preflight.limits import Asked
from printkit.preflight.marking import Content, Wrong
from printkit.preflight.objects import Box, box_of, name_of

PANELS = Rule(
    code="fold-panels",
    severity=Severity.FAIL,
    rule="A panel that folds in is a sixteenth of an inch narrower than the others, which are "
    "equal: a Letter sheet in three has 3.6875, 3.6875 and 3.625 in.",
    because="A panel as wide as the one that it folds into buckles in the fold "
    "(print shops' guides).",
)
MARKS = Rule(
    code="marks-clear",
    severity=Severity.FAIL,
    rule="Crop marks and registration marks stand outside the bleed.",
    because="A mark within the bleed prints on the sheet when the knife wanders; WeasyPrint sets "
    "them there (measured).",
)
STITCHED = Rule(
    code="pages-by-four",
    severity=Severity.FAIL,
    rule="A stitched booklet has a multiple of four pages.",
    because="A folded sheet has four; a shop adds blank ones where it likes (print shops' guides).",
)
RULES = (PANELS, MARKS, STITCHED)

_NEAR_PT = 1.0
_THICKEST_PT = 2.0
_LEAST_PT, _MOST_PT = 3.0, 9.0
"""How much narrower the panel that folds in may be: 1/24 to 1/8 in."""


def check(document: Document, asked: Asked) -> Iterator[Finding]:
    """Yield what is wrong with panels, page counts and marks of a press file."""
    if asked.edition != "press":
        return
    yield from _panels_fold(document, asked)
    yield from _pages_make_sheets(document, asked)
    for leaf in document.leaves:
        yield from _marks_are_clear(leaf, asked)


def marks(content: Content, asked: Asked) -> Iterator[Wrong]:
    """Yield crop marks that a page paints within its bleed.

    A crop mark is a thin straight line in the run of a trim edge, beyond the trim's corner.
    """
    trim, bleed = content.page.trim, content.page.bleed
    for mark in content.shown():
        if mark.kind not in ("stroke", "fill") or mark.paint.white:
            continue
        for box in mark.boxes:
            if _is_crop_mark(box, trim) and _meets(box, bleed):
                what, fix = "A crop mark stands within the bleed.", "Move marks out of the bleed."
                yield Wrong(rule=MARKS, what=what, fix=fix, box=box)


def _is_crop_mark(box: Box, trim: Box) -> bool:
    """Tell whether a piece of a path is a line in the run of a trim edge, beyond its end."""
    for low, high in ((0, 1), (1, 0)):
        thin, long = box[low + 2] - box[low], box[high + 2] - box[high]
        middle = (box[low + 2] + box[low]) / 2
        in_the_run = any(abs(middle - trim[side]) <= _NEAR_PT for side in (low, low + 2))
        beyond = box[high + 2] <= trim[high] + _NEAR_PT or box[high] >= trim[high + 2] - _NEAR_PT
        if thin <= _THICKEST_PT and long >= _LEAST_PT and in_the_run and beyond:
            return True
    return False


def _meets(line: Box, bleed: Box) -> bool:
    """Tell whether a line runs into the bleed; one that ends at its edge does not."""
    return all(
        line[side] < bleed[side + 2] - _NEAR_PT and line[side + 2] > bleed[side] + _NEAR_PT
        for side in (0, 1)
    )


def _pages_make_sheets(document: Document, asked: Asked) -> Iterator[Finding]:
    count = len(document.leaves)
    if asked.expected.stitched and count % 4:
        more = 4 - count % 4
        what = f"There are {count} pages."
        yield asked.finding(STITCHED, what, f"Add {more}, or take {count % 4} out.")


def _panels_fold(document: Document, asked: Asked) -> Iterator[Finding]:
    folds = sorted(asked.expected.folds_pt)
    left, _, right, _ = document.leaves[0].cut
    width = right - left
    if not folds:
        return
    if folds[0] <= 0 or folds[-1] >= width:
        what = f"A fold lies outside the sheet, which is {inches(width):.3f} in wide."
        yield asked.finding(PANELS, what, "Count folds from the trim's left edge.", page=1)
    elif len(folds) == 2 and not _fold_in(_panels(folds, width)):
        told = ", ".join(f"{inches(panel):.4f}" for panel in _panels(folds, width))
        what = f"The panels are {told} in wide."
        fix = "Make the panel that folds in a sixteenth of an inch narrower than the other two."
        yield asked.finding(PANELS, what, fix, page=1)


def _panels(folds: Sequence[float], width: float) -> list[float]:
    edges = [0.0, *folds, width]
    return [end - start for start, end in itertools.pairwise(edges)]


def _fold_in(panels: Sequence[float]) -> bool:
    """Tell whether three panels fold: an outer one is the narrow one, or a Z has equal ones."""
    if max(panels) - min(panels) <= _NEAR_PT:
        return False
    return any(
        abs(one - middle) <= _NEAR_PT and _LEAST_PT <= middle - narrow <= _MOST_PT
        for one, middle, narrow in (panels, panels[::-1])
    )


def _marks_are_clear(leaf: Leaf, asked: Asked) -> Iterator[Finding]:
    bleed = leaf.bleed or leaf.cut
    for one in annotations(leaf):
        box = box_of(one.get("/Rect"))
        if name_of(one.get("/Subtype")) != "/PrinterMark" or box is None:
            continue
        if box[0] < bleed[2] and box[2] > bleed[0] and box[1] < bleed[3] and box[3] > bleed[1]:
            what, fix = "A printer's mark stands within the bleed.", "Move marks out of the bleed."
            place = leaf.place(box)
            yield asked.finding(MARKS, what, fix, page=leaf.number, place=place)
