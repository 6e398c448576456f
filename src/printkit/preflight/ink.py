"""Inks: the press edition paints in CMYK for one named condition, the copier edition in gray."""

from collections.abc import Iterable, Iterator

import pikepdf

from printkit.errors import quoted
from printkit.findings import Rule, Severity
from printkit.preflight.colours import PROCESS, Space
from printkit.preflight.geometry import Box
from printkit.preflight.limits import Asked
from printkit.preflight.marking import Content, Mark, Paint, Wrong
from printkit.preflight.objects import name_of

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
    rule="Black text under 18 pt is black ink alone.",
    because="Four inks that miss each other by a hair blur small letters (GWG 2022 R15).",
)
TOTAL = Rule(
    code="ink-total",
    severity=Severity.WARN,
    rule="No area of 15 by 15 mm takes more ink than the shop's limit, 300 % unless it says so.",
    because="More ink than paper takes up sets off on the next sheet and will not dry (GWG 2022 "
    "R26 allows 320 %; American shops ask for 280 to 300 %).",
)
TEXT_TOTAL = Rule(
    code="ink-of-black-text",
    severity=Severity.WARN,
    rule="Text of at least 85 % black takes no more than 280 % of all inks.",
    because="It is black on any press without the rest, and the rest smears (GWG 2022 R15).",
)
SPOTS = Rule(
    code="press-spots",
    severity=Severity.FAIL,
    rule="A press file names no ink beside the four but those that were ordered.",
    because="Each other name asks for a plate and an ink that nobody pays for (GWG 2022 R24).",
)
ALL = Rule(
    code="press-all-inks",
    severity=Severity.FAIL,
    rule="Only marks outside the bleed are painted with every ink at once.",
    because="The colour All is for registration marks: on the sheet it is 400 % and more "
    "(GWG 2022 R20).",
)
WHITE = Rule(
    code="white-overprints",
    severity=Severity.FAIL,
    rule="What is white does not overprint.",
    because="White that overprints is not there when the sheet is printed (GWG 2022 R7, R8).",
)
OVER = Rule(
    code="black-overprints",
    severity=Severity.WARN,
    rule="Black text under 12 pt and black lines under 2 pt overprint the colour they stand on.",
    because="Knocked out, they show a white edge where the plates miss each other (GWG 2022 "
    "R9-R12).",
)
GRAY = Rule(
    code="copier-colour",
    severity=Severity.FAIL,
    rule="A copier file holds gray alone.",
    because="An office machine counts a page with any colour as a colour copy, and a black one "
    "turns colours into grays of its own choosing.",
)
PRESS = (RGB, BLEND, BLACK, TOTAL, TEXT_TOTAL, SPOTS, ALL, WHITE, OVER)
RULES = (*PRESS, GRAY)

_PALETTE = "Use the colours of the palette, plain fills, and pictures that the edition converts."
_MADE_WRONG = "Blend in CMYK, or flatten what is transparent."
_DARK = 0.85
_DISPLAY_PT = 18
_INKS = {"DeviceCMYK", "DeviceGray", "ICCBased/4", "Pattern", "unknown"}
_GRAYS = {"DeviceGray", "ICCBased/1", "CalGray", "Pattern", "unknown"}
_MM2 = (72 / 25.4) ** 2


def press(content: Content, asked: Asked) -> Iterator[Wrong]:
    """Yield what a page's inks do that a press cannot print well."""
    for mark in content.shown():
        if not _is_ink(mark.paint.space):
            what = f"{_a(mark)} stands in {_in(mark)}, which is not ink."
            yield Wrong(rule=RGB, what=what, fix=_PALETTE, box=mark.box)
    art = content.art()
    yield from _black_text(art, asked)
    yield from _totals(art, asked)
    yield from _spots(art, asked)
    yield from _overprints(art, asked)


def copier(content: Content, _: Asked) -> Iterator[Wrong]:
    """Yield what is not gray."""
    for mark in content.shown():
        if _root(mark.paint.space).name not in _GRAYS:
            what = f"{_a(mark)} stands in {_in(mark)}, which is not gray."
            yield Wrong(rule=GRAY, what=what, fix=_PALETTE, box=mark.box)


def blends(pdf: pikepdf.Pdf) -> Iterator[Wrong]:
    """Yield the space of the first transparent part that does not blend in inks."""
    for obj in pdf.objects:
        group = obj.get("/Group") if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream) else None
        space = group.get("/CS") if isinstance(group, pikepdf.Dictionary) else None
        if isinstance(space, pikepdf.Array) and len(space) > 1 and space[0] == "/ICCBased":
            size = space[1].get("/N") if isinstance(space[1], pikepdf.Stream) else None
            name = f"ICCBased/{size}" if size != 4 else "DeviceCMYK"
        else:
            name = name_of(space)[1:] or "DeviceCMYK"
        if name not in ("DeviceCMYK", "DeviceGray"):
            what = f"A transparent part blends in {name}."
            yield Wrong(rule=BLEND, what=what, fix=_MADE_WRONG)
            return


def _black_text(art: Iterable[Mark], asked: Asked) -> Iterator[Wrong]:
    most = asked.limits.black_text_percent
    for mark in art:
        inks = mark.paint.inks
        if mark.kind != "text" or inks is None or mark.paint.space.inks:
            continue
        cyan, magenta, yellow, black = inks
        dark = black >= _DARK or min(cyan, magenta, yellow) + black >= 1
        if dark and max(cyan, magenta, yellow) > 0 and (mark.size_pt or 0) < _DISPLAY_PT:
            what = f"Black text stands in several inks: {_in(mark)}."
            fix = "Paint it in black ink alone: 0 0 0 1."
            yield Wrong(rule=BLACK, what=what, fix=fix, box=mark.box)
        if black >= _DARK and (total := 100 * sum(inks)) > most + 0.5:
            what = f"Black text takes {total:.0f} % of ink, and {most:g} % is the most."
            fix = "Take out cyan, magenta and yellow."
            yield Wrong(rule=TEXT_TOTAL, what=what, fix=fix, box=mark.box)


def _totals(art: Iterable[Mark], asked: Asked) -> Iterator[Wrong]:
    most, area = asked.limits.ink_percent, asked.limits.ink_area_mm2 * _MM2
    for mark in art:
        if mark.kind not in ("fill", "shading") or mark.pieces > 1 or _area(mark.box) < area:
            continue
        total = 100 * total_with(mark.paint, mark.under)
        if total > most + 0.5:
            what = f"An area takes {total:.0f} % of ink, and {most:g} % is the most."
            fix = "Take out some of its cyan, magenta and yellow."
            yield Wrong(rule=TOTAL, what=what, fix=fix, box=mark.box)


def total_with(paint: Paint, under: Paint | None) -> float:
    """Return all inks of a paint and of what shows through from below, 1 for each in full."""
    own = paint.ink or 0.0
    if under is None or under.inks is None or paint.inks is None:
        return own + (under.ink or 0.0 if under is not None and paint.overprint else 0.0)
    pairs = list(zip(paint.inks, under.inks, strict=True))
    if paint.blend in ("Multiply", "Darken", "ColorBurn") and not paint.soft:
        mixed = [1 - (1 - mine) * (1 - other) for mine, other in pairs]
        share = paint.alpha
    elif paint.overprint and (paint.overprint_mode == 1 or paint.space.inks):
        mixed = [mine or other for mine, other in pairs]
        share = 1.0
    else:
        mixed = [mine for mine, _ in pairs]
        share = paint.alpha
    return sum(
        share * one + (1 - share) * other for one, (_, other) in zip(mixed, pairs, strict=True)
    )


def _spots(art: Iterable[Mark], asked: Asked) -> Iterator[Wrong]:
    allowed = {*PROCESS, *asked.limits.spots, "None", "All"}
    for mark in art:
        inks = _root(mark.paint.space).inks
        for ink in inks:
            if ink not in allowed:
                what = f"{_a(mark)} asks for the ink {quoted(ink)}, which nobody ordered."
                fix = "Convert it to CMYK, or name it among the spots of the limits."
                yield Wrong(rule=SPOTS, what=what, fix=fix, box=mark.box)
        if "All" in inks:
            what = f"{_a(mark)} on the sheet is painted with every ink."
            yield Wrong(rule=ALL, what=what, fix="Paint it in black.", box=mark.box)


def _overprints(art: Iterable[Mark], asked: Asked) -> Iterator[Wrong]:
    for mark in art:
        paint = mark.paint
        if mark.kind in ("fill", "stroke", "text") and paint.white and paint.overprint:
            what = f"{_a(mark)} in white overprints, and will not be there."
            fix = "Let white knock out what is below it."
            yield Wrong(rule=WHITE, what=what, fix=fix, box=mark.box)
        elif _should_overprint(mark, asked) and not _overprints_well(paint):
            size = f"{mark.size_pt:.2g} pt"
            gray = " In DeviceGray it cannot." if paint.space.name == "DeviceGray" else ""
            what = f"Black {mark.kind} of {size} knocks out the colour below it.{gray}"
            fix = "Let it overprint, in 0 0 0 1 with overprint mode 1."
            yield Wrong(rule=OVER, what=what, fix=fix, box=mark.box)


def _should_overprint(mark: Mark, asked: Asked) -> bool:
    """Tell whether a mark is black, small, and on an ink that is not black too."""
    if mark.size_pt is None or mark.under is None or not mark.paint.black or mark.paint.clear:
        return False
    inks = mark.under.inks
    if mark.under.white or (inks is not None and not any(inks[:3]) and mark.under.count == 1):
        return False
    is_text = mark.kind == "text"
    return mark.size_pt < (asked.limits.small_text_pt if is_text else asked.limits.thin_line_pt)


def _overprints_well(paint: Paint) -> bool:
    if paint.space.inks:
        return paint.overprint
    return paint.overprint and paint.overprint_mode == 1 and paint.space.name == "DeviceCMYK"


def _root(space: Space) -> Space:
    """Return the space that an Indexed one looks its colours up in."""
    while space.family == "Indexed" and space.base is not None:
        space = space.base
    return space


def _is_ink(space: Space) -> bool:
    root = _root(space)
    return root.name in _INKS or root.family in ("Separation", "DeviceN")


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _a(mark: Mark) -> str:
    return {"image": "A picture", "shading": "A gradient", "text": "Text"}.get(
        mark.kind, f"A {mark.kind}"
    )


def _in(mark: Mark) -> str:
    numbers = " ".join(f"{number:.3g}" for number in mark.components)
    return f"{mark.space} {numbers}".rstrip()
