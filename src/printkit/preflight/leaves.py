"""A page's boxes, and the objects that its content really uses, found through forms and masks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pikepdf
from pikepdf import Array, Dictionary, Stream

from printkit.lengths import inches
from printkit.preflight.objects import (
    Box,
    box_of,
    bytes_of,
    entry,
    identity,
    inherited,
    items_of,
    listed_in,
    name_of,
    number_of,
)

Kind = Literal["font", "image", "form", "state", "pattern", "shading", "space", "other"]

_GAP = rb"[\s\0]+"
_USES = re.compile(
    rb"/([^\s\0/<>\[\](){}%]*)"
    + _GAP
    + rb"(?:[-+.\d]+"
    + _GAP
    + rb"(Tf)|(Do|gs|scn|SCN|sh|cs|CS))\b"
)
_SORTS: dict[bytes, tuple[str, Kind]] = {
    b"Tf": ("/Font", "font"),
    b"Do": ("/XObject", "other"),
    b"gs": ("/ExtGState", "state"),
    b"scn": ("/Pattern", "pattern"),
    b"SCN": ("/Pattern", "pattern"),
    b"sh": ("/Shading", "shading"),
    b"cs": ("/ColorSpace", "space"),
    b"CS": ("/ColorSpace", "space"),
}
_FORMS: dict[str, Kind] = {"/Image": "image", "/Form": "form"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page: its boxes as they stand in the file, or None."""

    number: int
    """Counted from 1."""
    obj: pikepdf.Object
    media: Box
    crop: Box | None
    bleed: Box | None
    trim: Box | None
    art: Box | None
    turned: int
    """Degrees, from 0 to 359."""

    @property
    def cut(self) -> Box:
        """The edge after cutting: what is not told is what it stands for."""
        return self.trim or self.art or self.crop or self.media

    def place(self, box: Box) -> tuple[float, float, float, float]:
        """Return a rectangle of the page in inches from the trim's top left corner."""
        left, bottom, right, top = box
        x, _, _, y = self.cut
        across, down, width, height = (
            round(inches(part), 3) for part in (left - x, y - top, right - left, top - bottom)
        )
        return across, down, width, height


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One object that a page's content uses, told at the first page that does."""

    page: int
    kind: Kind
    name: str
    """As the resources name it, without the slash."""
    obj: pikepdf.Object


def leaf_of(number: int, page: pikepdf.Object) -> Leaf:
    """Return what a page tells of itself; what it does not is inherited, or US Letter."""
    letter: Box = (0, 0, 612, 792)
    turned = number_of(inherited(page, "/Rotate")) or 0
    return Leaf(
        number=number,
        obj=page,
        media=box_of(inherited(page, "/MediaBox")) or letter,
        crop=box_of(inherited(page, "/CropBox")),
        bleed=box_of(page.get("/BleedBox")),
        trim=box_of(page.get("/TrimBox")),
        art=box_of(page.get("/ArtBox")),
        turned=int(turned) % 360,
    )


def annotations(leaf: Leaf) -> list[pikepdf.Object]:
    """Return a page's annotations that are dictionaries."""
    return [one for one in listed_in(leaf.obj.get("/Annots")) if isinstance(one, Dictionary)]


def holdings(leaves: Iterable[Leaf], broken: list[str]) -> Iterator[Holding]:
    """Yield each object that the pages' content uses, once; what cannot be decoded is told."""
    seen: set[object] = set()
    for leaf in leaves:
        what = f"The content of page {leaf.number}"
        contents = leaf.obj.get("/Contents")
        parts = listed_in(contents) if isinstance(contents, Array) else [contents]
        content = b"\n".join(bytes_of(part, broken, what) for part in parts)
        waiting = [*_named(content, inherited(leaf.obj, "/Resources"))]
        waiting += [("form", "", look) for one in annotations(leaf) for look in _looks(one)]
        while waiting:
            kind, name, obj = waiting.pop()
            key = (kind, identity(obj))
            if key in seen:
                continue
            seen.add(key)
            yield Holding(page=leaf.number, kind=kind, name=name, obj=obj)
            waiting += _within(kind, obj, broken, what)


def _named(content: bytes, resources: Any) -> Iterator[tuple[Kind, str, Any]]:
    """Return the resources that a content stream's operators name."""
    used = {(found[1], found[2] or found[3]) for found in _USES.finditer(content)}
    for raw, operator in sorted(used):
        place, kind = _SORTS[operator]
        name = re.sub(rb"#([0-9A-Fa-f]{2})", lambda hit: bytes([int(hit[1], 16)]), raw)
        try:
            key = "/" + name.decode()
            obj = entry(entry(resources, place), key)
        except (UnicodeDecodeError, ValueError, KeyError):
            continue
        if obj is not None:
            sort = _FORMS.get(name_of(entry(obj, "/Subtype")), kind) if kind == "other" else kind
            yield sort, key[1:], obj


def _within(kind: Kind, obj: Any, broken: list[str], what: str) -> Iterator[tuple[Kind, str, Any]]:
    """Return what an object uses itself."""
    if kind == "state":
        mask, font = entry(obj, "/SMask"), listed_in(entry(obj, "/Font"))
        if isinstance(group := entry(mask, "/G"), Stream):
            yield "form", "", group
        if font:
            yield "font", "", font[0]
    elif kind == "font":
        for _, glyph in items_of(entry(obj, "/CharProcs")):
            yield from _named(bytes_of(glyph, broken, what), entry(obj, "/Resources"))
    elif kind in ("form", "pattern") and isinstance(obj, Stream):
        yield from _named(bytes_of(obj, broken, what), obj.get("/Resources"))
    elif kind == "image" and isinstance(mask := entry(obj, "/SMask"), Stream):
        yield "image", "", mask


def _looks(annotation: pikepdf.Object) -> list[pikepdf.Object]:
    """Return the streams that an annotation may be drawn with."""
    normal = entry(annotation.get("/AP"), "/N")
    states = [normal] if isinstance(normal, Stream) else [state for _, state in items_of(normal)]
    return [state for state in states if isinstance(state, Stream)]
