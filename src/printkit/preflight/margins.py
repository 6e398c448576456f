"""Margins: art that is cut runs into the bleed, and what must stay keeps from edges and folds."""

from collections.abc import Iterator, Sequence
from itertools import islice

from printkit.errors import quoted
from printkit.findings import Rule, Severity
from printkit.lengths import inches
from printkit.preflight.geometry import Box, common, grown, lies_in, overlaps
from printkit.preflight.limits import Asked
from printkit.preflight.marking import Content, Mark, Page, Wrong

BLED = Rule(
    code="bleed-reached",
    severity=Severity.FAIL,
    rule="Art that touches the trim runs on to the edge of the bleed.",
    because="The knife wanders by a sixteenth of an inch and leaves a white edge (print shops' "
    "guides).",
)
SAFE = Rule(
    code="trim-safe",
    severity=Severity.WARN,
    rule="Text keeps an eighth of an inch inside the trim.",
    because="The knife wanders, and cuts what stands too near (print shops' guides).",
)
FOLD = Rule(
    code="fold-safe",
    severity=Severity.WARN,
    rule="Text keeps an eighth of an inch from each fold.",
    because="Folds wander too, and ink cracks in them (print shops' guides).",
)
CLEAR = Rule(
    code="copier-clear",
    severity=Severity.FAIL,
    rule="Nothing on a copier's sheet stands within a quarter of an inch of its edge.",
    because="Office machines do not print there (measured; makers' manuals).",
)
PRESS = (BLED, SAFE, FOLD)
RULES = (*PRESS, CLEAR)

_CLEAR_PT = 18.0
_NEAR_PT = 0.5
"""Programs round; a shop's knife does not see less."""
_MOST = 2_000
"""Pieces at the trim that are judged, each beside as many others."""
_SIDES = ("left", "lower", "right", "upper")


def press(content: Content, asked: Asked) -> Iterator[Wrong]:
    """Yield art that ends at the trim, and text too near to it or to a fold."""
    art = content.art()
    if content.page.bleed != content.page.trim:
        yield from _bled(content.page, art)
    yield from _text(content.page, art, asked)


def copier(content: Content, _: Asked) -> Iterator[Wrong]:
    """Yield what stands where office machines do not print."""
    room = grown(content.page.media, -_CLEAR_PT)
    for mark in content.shown():
        if not mark.paint.white and not all(lies_in(b, room, _NEAR_PT) for b in mark.boxes):
            near = inches(min(_distances(mark.box, content.page.media)))
            what = f"{_a(mark)} stands {max(near, 0):.2f} in from the sheet's edge."
            fix = "Keep everything 0.25 in inside the sheet."
            yield Wrong(rule=CLEAR, what=what, fix=fix, box=mark.box)


def _bled(page: Page, art: Sequence[Mark]) -> Iterator[Wrong]:
    areas = [
        mark for mark in art if mark.kind in ("fill", "image", "shading") and not mark.paint.white
    ]
    inner = grown(page.trim, -_NEAR_PT)
    near = [box for mark in areas if not lies_in(mark.box, inner) for box in mark.boxes]
    beyond = [box for box in near if not lies_in(box, page.trim)][:_MOST]
    whose = ((mark, box) for mark in areas if not lies_in(mark.box, inner) for box in mark.boxes)
    for mark, box in islice(whose, _MOST):
        for side in _short_sides(page, box) if overlaps(box, page.trim) else ():
            strip = _strip(page, box, side)
            if any(lies_in(strip, other, 2 * _NEAR_PT) for other in beyond):
                continue
            over = inches(_beyond(page, box, side))
            what = (
                f"{_a(mark)} touches the {_SIDES[side]} trim and runs {max(over, 0):.3f} in "
                f"beyond it, not {abs(inches(page.bleed[side] - page.trim[side])):.3f} in."
            )
            fix = "Let it run to the edge of the bleed, or keep it off the trim."
            yield Wrong(rule=BLED, what=what, fix=fix, box=box)


def _short_sides(page: Page, box: Box) -> Iterator[int]:
    """Yield the sides at which a box reaches the trim, and not the edge of the bleed."""
    for side in range(4):
        wanted = abs(page.bleed[side] - page.trim[side])
        beyond = _beyond(page, box, side)
        if wanted > _NEAR_PT and -_NEAR_PT <= beyond < wanted - _NEAR_PT:
            yield side


def _beyond(page: Page, box: Box, side: int) -> float:
    return page.trim[side] - box[side] if side < 2 else box[side] - page.trim[side]


def _strip(page: Page, box: Box, side: int) -> Box:
    """Return what a box would have to cover between the trim and the edge of the bleed."""
    left, bottom, right, top = common(box, page.trim) or box
    edges = [left, bottom, right, top]
    opposite = (side + 2) % 4
    edges[side], edges[opposite] = page.bleed[side], page.trim[side]
    return (edges[0], edges[1], edges[2], edges[3])


def _text(page: Page, art: Sequence[Mark], asked: Asked) -> Iterator[Wrong]:
    safety = 72 * asked.limits.safety_in
    folds = _folds(page, asked)
    for mark in art:
        if mark.kind != "text" or not overlaps(mark.box, page.trim):
            continue
        near = min(_distances(mark.box, page.trim))
        if near < safety - _NEAR_PT:
            where = f"stands {inches(near):.3f} in inside" if near >= 0 else "runs over"
            what = f"{_words(mark)} {where} the trim."
            fix = f"Keep it {inches(safety):g} in inside."
            yield Wrong(rule=SAFE, what=what, fix=fix, box=mark.box)
        for fold in folds:
            clear = max(mark.box[0] - fold, fold - mark.box[2])
            if clear < 72 * asked.limits.fold_safety_in - _NEAR_PT:
                where = "crosses" if clear < 0 else f"stands {inches(clear):.3f} in from"
                at = inches(fold - page.trim[0])
                what = f"{_words(mark)} {where} the fold at {at:.3f} in."
                fix = f"Keep it {asked.limits.fold_safety_in:g} in from the fold."
                yield Wrong(rule=FOLD, what=what, fix=fix, box=mark.box)


def _folds(page: Page, asked: Asked) -> list[float]:
    """Return where a page is folded: mirrored on the backs of sheets."""
    left, _, right, _ = page.trim
    if page.number % 2:
        return [left + fold for fold in asked.expected.folds_pt]
    return [right - fold for fold in asked.expected.folds_pt]


def _distances(box: Box, room: Box) -> tuple[float, float, float, float]:
    """Return how far inside a room a box stands, on each side."""
    return (box[0] - room[0], box[1] - room[1], room[2] - box[2], room[3] - box[3])


def _a(mark: Mark) -> str:
    kinds = {"image": "A picture", "shading": "A gradient", "text": "Text", "fill": "An area"}
    return kinds.get(mark.kind, "A line")


def _words(mark: Mark) -> str:
    text = mark.shown.text.strip() if mark.shown is not None else ""
    return quoted(text[:40]) if text.strip("\ufffd") else "Text"
