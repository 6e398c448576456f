"""Codes: found among what is painted, measured, and read as a telephone would."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import zxingcpp
from pikepdf import Stream
from PIL import Image, ImageDraw

from printkit.errors import listed, quoted
from printkit.findings import Rule, Severity
from printkit.preflight.geometry import Box, around, common, grown, lies_in, moved, overlaps
from printkit.preflight.images import in_gray
from printkit.preflight.limits import Asked
from printkit.preflight.marking import Content, Mark, Paint, Picture, Wrong
from printkit.preflight.shelf import key_of

VECTOR = Rule(
    code="code-vector",
    severity=Severity.WARN,
    rule="A QR code is drawn in vectors.",
    because="A picture of one is scaled and screened on the plate, and its edges blur (QR guides).",
)
ONE_INK = Rule(
    code="code-one-ink",
    severity=Severity.WARN,
    rule="A QR code is painted in one ink.",
    because="Plates that miss each other blur its modules (QR guides).",
)
QUIET = Rule(
    code="code-quiet-zone",
    severity=Severity.WARN,
    rule="Four modules around a QR code are left white.",
    because="ISO/IEC 18004 asks for them. That a code is read on a screen proves nothing: with "
    "one module it still is (measured).",
)
MODULE = Rule(
    code="code-module",
    severity=Severity.WARN,
    rule="A module of a QR code is 0.4 mm or larger.",
    because="Cheap telephones do not see smaller ones in poor light (QR guides).",
)
READS = Rule(
    code="code-reads",
    severity=Severity.FAIL,
    rule="What is drawn as a QR code can be read as one.",
    because="A code is the one thing on a sheet that nobody can proofread by eye (measured).",
)
URL = Rule(
    code="code-url",
    severity=Severity.FAIL,
    rule="Codes lead exactly to the addresses that were ordered, and each of those has one.",
    because="A wrong code is found by whoever trusted it (measured).",
)
RULES = (VECTOR, ONE_INK, QUIET, MODULE, READS, URL)

_LEAST_PIECES = 40
"""The fewest runs of modules that a code comes to."""
_PIXELS = 6
"""A module, when a code is drawn to be read."""
_MOST_PICTURES = 100
_MOST_PIXELS = 6_000_000
_SPARE = 0.22
"""The share of text's size above and below that only some letters reach."""
_LIGHT = 0.25
"""The most ink, 1 for one in full, of what a code may stand on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Code:
    box: Box
    modules: int
    marks: tuple[Mark, ...]
    text: str | None
    whole: bool = True
    """Whether it lies on the grid of a QR code."""

    @property
    def module_pt(self) -> float:
        return (self.box[2] - self.box[0]) / self.modules


class Codes:
    """Judges the codes of a file, page by page, and in the end those that are missing."""

    __slots__ = ("_pictures", "_read", "_told")

    def __init__(self) -> None:
        self._pictures: dict[Any, tuple[str, int, Box] | None] = {}
        self._read: dict[Any, str | None] = {}
        self._told: set[str] = set()

    def judge(self, content: Content, asked: Asked) -> Iterator[Wrong]:
        """Yield what is wrong with a page's codes."""
        art = content.art()
        for code in [*self._drawn(art), *self._pictured(art)]:
            if code.text is None:
                what = "What looks like a QR code cannot be read."
                yield Wrong(rule=READS, what=what, fix="Draw it again.", box=code.box)
                continue
            self._told.add(code.text)
            yield from _measured(code, art, asked)
            urls = asked.expected.urls
            if asked.expected.forbids(code.text):
                what = f"A code leads to {quoted(code.text)}, not to {listed(map(quoted, urls))}."
                yield Wrong(rule=URL, what=what, fix="Draw it again.", box=code.box)

    def missing(self, asked: Asked) -> Iterator[Wrong]:
        """Yield the addresses that no code leads to, once all pages are judged."""
        for url in asked.expected.urls:
            if url not in self._told and not asked.expected.other_codes:
                what = f"No code leads to {quoted(url)}."
                yield Wrong(rule=URL, what=what, fix="Put its code on the sheet.")

    def _drawn(self, art: Sequence[Mark]) -> Iterator[_Code]:
        """Yield codes drawn as rectangles: in one path, or as one mark after the other."""
        for marks in _groups(art):
            boxes = [box for mark in marks for box in mark.boxes]
            box = around(boxes)
            modules = _modules(boxes, box)
            if modules:
                key = tuple((round(b[0] - box[0], 1), round(b[1] - box[1], 1)) for b in boxes)
                if key not in self._read:
                    self._read[key] = _decoded(_picture(boxes, box, modules))
                yield _Code(box=box, modules=modules, marks=marks, text=self._read[key])

    def _pictured(self, art: Iterable[Mark]) -> Iterator[_Code]:
        """Yield codes found in pictures."""
        for mark in art:
            picture = mark.picture
            if picture is None or not isinstance(picture.image, Stream):
                continue
            key = key_of(picture.image)
            if key not in self._pictures and len(self._pictures) < _MOST_PICTURES:
                self._pictures[key] = _in_picture(mark, picture)
            found = self._pictures.get(key)
            if found is not None:
                text, modules, share = found
                box = moved(share, picture.matrix)
                yield _Code(box=box, modules=modules, marks=(mark,), text=text)


def _groups(art: Sequence[Mark]) -> Iterator[tuple[Mark, ...]]:
    """Yield marks, or runs of them in one paint, that have as many pieces as a code."""
    run: list[Mark] = []
    for mark in art:
        if mark.kind == "fill" and len(mark.parts) >= _LEAST_PIECES:
            yield (mark,)
        if run and (mark.kind != "fill" or mark.paint is not run[0].paint or mark.parts):
            if len(run) >= _LEAST_PIECES:
                yield tuple(run)
            run = []
        if mark.kind == "fill" and not mark.parts and not mark.paint.white:
            run.append(mark)
    if len(run) >= _LEAST_PIECES:
        yield tuple(run)


def _modules(boxes: Sequence[Box], box: Box) -> int:
    """Return a QR code's modules a side; 0 for what does not lie on the grid of one."""
    width, height = box[2] - box[0], box[3] - box[1]
    if width <= 0 or abs(width - height) > 0.02 * width or len(boxes) > 40_000:
        return 0
    module = min(min(one[2] - one[0], one[3] - one[1]) for one in boxes)
    if module <= 0 or not 20 < width / module < 180:
        return 0
    modules = 21 + 4 * round((width / module - 21) / 4)
    module = width / modules
    off = sum(
        abs(along / module - round(along / module)) > 0.15
        for one in boxes
        for along in (one[0] - box[0], one[1] - box[1])
    )
    return modules if off <= 0.02 * len(boxes) else 0


def _picture(boxes: Sequence[Box], box: Box, modules: int) -> Image.Image:
    """Return a code drawn as its rectangles lie, with a quiet zone of its own."""
    scale = modules * _PIXELS / (box[2] - box[0])
    edge = 4 * _PIXELS
    side = modules * _PIXELS + 2 * edge
    picture = Image.new("L", (side, side), 255)
    draw = ImageDraw.Draw(picture)
    for left, bottom, right, top in boxes:
        x, u = (round((one - box[0]) * scale) + edge for one in (left, right))
        y, v = (round((box[3] - one) * scale) + edge for one in (top, bottom))
        draw.rectangle((x, y, max(u - 1, x), max(v - 1, y)), fill=0)
    return picture


def _decoded(picture: Image.Image) -> str | None:
    codes = _codes(picture)
    return codes[0].text if codes else None


def _codes(picture: Image.Image) -> list[Any]:
    return list(
        zxingcpp.read_barcodes(
            picture,
            formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
            text_mode=zxingcpp.TextMode.Plain,
        )
    )


def _in_picture(mark: Mark, picture: Picture) -> tuple[str, int, Box] | None:
    """Return a picture's code: what it says, its modules a side, and its place in the square."""
    pixels = in_gray(picture, mark.space, _MOST_PIXELS)
    codes = _codes(pixels) if pixels is not None else []
    if pixels is None or not codes:
        return None
    place = codes[0].position
    corners = [place.top_left, place.top_right, place.bottom_left, place.bottom_right]
    xs, ys = [one.x for one in corners], [one.y for one in corners]
    box = (
        min(xs) / pixels.width,
        1 - (max(ys) + 1) / pixels.height,
        (max(xs) + 1) / pixels.width,
        1 - min(ys) / pixels.height,
    )
    modules = 17 + 4 * int(codes[0].extra.get("Version", 0))
    return codes[0].text, modules, box


def _measured(code: _Code, art: Sequence[Mark], asked: Asked) -> Iterator[Wrong]:
    """Yield what is wrong with a code that can be read."""
    limits, mark = asked.limits, code.marks[0]
    if mark.picture is not None:
        fix = "Put it there as vectors: SVG, EPS or PDF."
        yield Wrong(rule=VECTOR, what="A QR code is a picture.", fix=fix, box=code.box)
    elif mark.paint.count is not None and mark.paint.count > 1:
        what = f"A QR code is painted in {mark.paint.count} inks."
        yield Wrong(rule=ONE_INK, what=what, fix="Paint it in black: 0 0 0 1.", box=code.box)
    module_mm = code.module_pt * 25.4 / 72
    if module_mm < limits.code_module_mm - 0.005:
        what = f"A module of a QR code is {module_mm:.2f} mm."
        side = limits.code_module_mm * code.modules / 25.4
        fix = f"Make the code {side:.2f} in wide or wider, or its address shorter."
        yield Wrong(rule=MODULE, what=what, fix=fix, box=code.box)
    quiet = _quiet(code, art, limits.code_quiet_modules)
    if quiet < limits.code_quiet_modules - 0.1:
        what = f"A QR code has {max(quiet, 0):.1f} modules of white around it."
        fix = f"Leave {limits.code_quiet_modules:g} modules white on each side."
        yield Wrong(rule=QUIET, what=what, fix=fix, box=code.box)


def _quiet(code: _Code, art: Sequence[Mark], wanted: float) -> float:
    """Return the modules between a code and the nearest thing painted beside it."""
    module = code.module_pt
    room = grown(code.box, wanted * module)
    least, first = wanted, art.index(code.marks[0])
    own = {id(mark) for mark in code.marks}
    for place, mark in enumerate(art):
        if id(mark) in own or not overlaps(mark.box, room):
            continue
        before = place < first
        if before and lies_in(room, mark.box, module / 10) and _is_ground(mark.paint):
            continue
        if mark.paint.white and (before or not overlaps(mark.box, code.box)):
            continue
        for box in map(_inked, mark.boxes, repeat(mark)):
            if overlaps(box, room):
                plate = _plate(code.box, art[place + 1 : first]) if before else None
                gap = _gap(code.box, box) if plate is None else _inset(code.box, plate)
                least = min(least, gap / module)
    return least


def _inked(box: Box, mark: Mark) -> Box:
    """Return what a mark surely covers: few letters of most scripts fill the height told."""
    if mark.size_pt is None or mark.shown is None or mark.shown.text.isascii():
        return box
    spare = min(_SPARE * mark.size_pt, (box[3] - box[1]) / 3)
    return (box[0], box[1] + spare, box[2], box[3] - spare)


def _is_ground(paint: Paint) -> bool:
    return paint.white or (paint.ink is not None and paint.ink * paint.alpha <= _LIGHT)


def _plate(box: Box, later: Iterable[Mark]) -> Box | None:
    """Return the white area that was laid below a code after what it hides."""
    for mark in later:
        whole = mark.kind == "fill" and mark.pieces == 1 and not mark.paint.clear
        if whole and mark.paint.white and lies_in(box, mark.box):
            return mark.box
    return None


def _inset(inner: Box, outer: Box) -> float:
    return min(inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])


def _gap(one: Box, other: Box) -> float:
    """Return how far apart two boxes are; 0 where they share something."""
    if common(one, other) is not None:
        return 0.0
    across = max(other[0] - one[2], one[0] - other[2])
    up = max(other[1] - one[3], one[1] - other[3])
    return max(across, up)
