"""What a PDF paints: every mark of its pages, forms and patterns, and in which colour space."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

import pikepdf

Kind = Literal["fill", "stroke", "text", "image", "shading"]

_DEVICE = {
    "g": ("fill", "DeviceGray"),
    "rg": ("fill", "DeviceRGB"),
    "k": ("fill", "DeviceCMYK"),
    "G": ("stroke", "DeviceGray"),
    "RG": ("stroke", "DeviceRGB"),
    "K": ("stroke", "DeviceCMYK"),
}
_FILLS = {"f", "F", "f*", "B", "B*", "b", "b*"}
_STROKES = {"S", "s", "B", "B*", "b", "b*"}
_TEXTS = {"Tj", "TJ", "'", '"'}
_OPERATORS = " ".join(
    [*_DEVICE, *_FILLS, *_STROKES, *_TEXTS, "cs CS sc scn SC SCN q Q Do sh Tr BI ID EI"]
)
_MAX_DEPTH = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """One mark on a page."""

    page: int
    """Counted from 1."""
    kind: Kind
    space: str
    """A device space, or another's family: ICCBased/3, Lab, Separation, Pattern…"""
    components: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Colour:
    space: str = "DeviceGray"
    components: tuple[float, ...] = (0.0,)


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    fill: _Colour = field(default_factory=_Colour)
    stroke: _Colour = field(default_factory=_Colour)
    invisible: bool = False
    """Whether text is neither filled nor stroked."""


class _Walker:
    """Walks one page and what it draws; each form is walked once a page."""

    def __init__(self, page: int) -> None:
        self._page = page
        self._seen: set[tuple[int, int]] = set()

    def walk(
        self,
        stream: pikepdf.Page | pikepdf.Object,
        resources: pikepdf.Object,
        state: _State,
        depth: int = 0,
    ) -> Iterator[Painted]:
        if depth > _MAX_DEPTH:
            return
        stack: list[_State] = []
        for instruction in pikepdf.parse_content_stream(stream, _OPERATORS):
            operator = str(instruction.operator)
            if operator == "q":
                stack.append(state)
            elif operator == "Q":
                state = stack.pop() if stack else state
            elif isinstance(instruction, pikepdf.ContentStreamInlineImage):
                yield self._inline_image(instruction, resources)
            elif operator in ("Do", "sh"):
                name = str(instruction.operands[0])
                yield from self._named(operator, name, resources, state, depth)
            elif (changed := _changed(state, operator, instruction, resources)) is not None:
                state = changed
                yield from self._pattern(operator, instruction, resources, depth)
            else:
                yield from self._marks(operator, state)

    def _marks(self, operator: str, state: _State) -> Iterator[Painted]:
        if operator in _TEXTS and not state.invisible:
            yield self._mark("text", state.fill)
        if operator in _FILLS:
            yield self._mark("fill", state.fill)
        if operator in _STROKES:
            yield self._mark("stroke", state.stroke)

    def _mark(self, kind: Kind, colour: _Colour) -> Painted:
        return Painted(page=self._page, kind=kind, space=colour.space, components=colour.components)

    def _named(
        self, operator: str, name: str, resources: pikepdf.Object, state: _State, depth: int
    ) -> Iterator[Painted]:
        """Follow a form, a picture or a shading by its name."""
        found = _lookup(resources, "/Shading" if operator == "sh" else "/XObject", name)
        if found is None:
            return
        if operator == "sh":
            space = space_of(found.get("/ColorSpace"), resources)
            yield Painted(page=self._page, kind="shading", space=space)
        elif found.get("/Subtype") == "/Form":
            if found.objgen not in self._seen:
                self._seen.add(found.objgen)
                inner = found.get("/Resources", resources)
                yield from self.walk(found, inner, state, depth + 1)
        elif found.get("/ImageMask", False):
            yield self._mark("image", state.fill)
        else:
            space = space_of(found.get("/ColorSpace"), resources)
            yield Painted(page=self._page, kind="image", space=space)

    def _pattern(
        self,
        operator: str,
        instruction: pikepdf.ContentStreamInstruction,
        resources: pikepdf.Object,
        depth: int,
    ) -> Iterator[Painted]:
        """Follow a pattern that becomes the colour."""
        last = instruction.operands[-1] if len(instruction.operands) else None
        if operator not in ("scn", "SCN") or not isinstance(last, pikepdf.Name):
            return
        pattern = _lookup(resources, "/Pattern", str(last))
        if pattern is None:
            return
        if pattern.get("/PatternType") == 2:
            space = space_of(pattern.Shading.get("/ColorSpace"), resources)
            yield Painted(page=self._page, kind="shading", space=space)
        elif pattern.objgen not in self._seen:
            self._seen.add(pattern.objgen)
            inner = pattern.get("/Resources", resources)
            yield from self.walk(pattern, inner, _State(), depth + 1)

    def _inline_image(
        self, instruction: pikepdf.ContentStreamInlineImage, resources: pikepdf.Object
    ) -> Painted:
        space = str(instruction.iimage.colorspace or "/DeviceGray").removeprefix("/")
        return Painted(page=self._page, kind="image", space=space)


def painted(pdf: pikepdf.Pdf) -> Iterator[Painted]:
    """Yield every mark of every page."""
    for number, page in enumerate(pdf.pages, start=1):
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        yield from _Walker(number).walk(page, resources, _State())


def space_of(space: pikepdf.Object | None, resources: pikepdf.Object) -> str:
    """Return a colour space's name, or its family where it is not one of the device."""
    if space is None:
        return "DeviceGray"
    if isinstance(space, pikepdf.Name):
        name = str(space)
        short = {"/G": "DeviceGray", "/RGB": "DeviceRGB", "/CMYK": "DeviceCMYK"}
        if name in short:
            return short[name]
        named = _lookup(resources, "/ColorSpace", name)
        return space_of(named, resources) if named is not None else name[1:]
    family = str(space[0])[1:]
    if family == "ICCBased":
        return f"ICCBased/{space[1].get('/N', 0)}"
    if family == "Indexed":
        return space_of(space[1], resources)
    return family


def _changed(
    state: _State,
    operator: str,
    instruction: pikepdf.ContentStreamInstruction,
    resources: pikepdf.Object,
) -> _State | None:
    """Return the state after an operator that changes it, or None."""
    operands = instruction.operands
    if operator in _DEVICE:
        part, space = _DEVICE[operator]
        return _with(state, part, _Colour(space=space, components=_numbers(operands)))
    if operator in ("cs", "CS"):
        colour = _Colour(space=space_of(operands[0], resources), components=())
        return _with(state, "fill" if operator == "cs" else "stroke", colour)
    if operator in ("sc", "scn", "SC", "SCN"):
        part = "fill" if operator in ("sc", "scn") else "stroke"
        before = state.fill if part == "fill" else state.stroke
        return _with(state, part, replace(before, components=_numbers(operands)))
    if operator == "Tr":
        return replace(state, invisible=int(operands[0]) in (3, 7))
    return None


def _with(state: _State, part: str, colour: _Colour) -> _State:
    if part == "fill":
        return replace(state, fill=colour)
    return replace(state, stroke=colour)


def _numbers(operands: object) -> tuple[float, ...]:
    assert hasattr(operands, "__iter__")
    return tuple(float(operand) for operand in operands if not isinstance(operand, pikepdf.Name))


def _lookup(resources: pikepdf.Object, kind: str, name: str) -> pikepdf.Object | None:
    found = resources.get(kind, pikepdf.Dictionary()).get(name)
    return found if isinstance(found, pikepdf.Object) else None
