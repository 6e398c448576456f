"""A base made ready for thousands of sheets: what they share as one head, what differs as gaps."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pikepdf

from printkit.editions.metadata import xmp_around
from printkit.inks import Space
from printkit.latin import Face, Weight, add_face
from printkit.stamp.base import Base, Slot
from printkit.stamp.contents import digest_of
from printkit.stamp.objects import (
    MOST_IN_PACK,
    PACKS_SINCE,
    Written,
    as_object,
    pack,
    references,
    renumbered,
    taken,
)
from printkit.stamp.parted import Gap, Parted, Room, parted
from printkit.stamp.tables import Place, Table, table_of

_BINARY = b"%\xbf\xf7\xa2\xfe\n"
"""A comment of bytes that no text holds (ISO 32000-2, 7.5.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotGaps:
    """What a slot's content changes."""

    room: Room
    alt: str
    """The template's words, for a content that brings none."""
    figures: tuple[Gap, ...]
    links: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """An object that only those sheets hold that need it."""

    written: Written
    stream: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page for slots, as a form."""

    form: int
    """Its key among the extras."""
    left_pt: float
    top_pt: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Master:
    """What all sheets of a base are finished from; pickles, and holds no open PDF."""

    head: bytes
    """The file's beginning, with all objects that no sheet changes."""
    table: Table
    """Where those are."""
    trailer: bytes
    """The file's root and its Info."""
    version: str
    digest: str
    """The base's own."""
    slots: Mapping[str, SlotGaps]
    slugs: tuple[Room, ...]
    metadata: int
    free: int
    """The first number that neither the head nor these have."""
    packet: tuple[bytes, bytes]
    """The XMP before and after the digest that names the file."""
    space: Space
    faces: Mapping[Weight, Face]
    fonts: Mapping[Weight, int]
    """The key of each face among the extras."""
    pages: tuple[Page, ...]
    pages_digest: str
    """Of the PDF that the pages come from; empty without one."""
    extras: tuple[Extra, ...]
    brought: Mapping[int, tuple[int, ...]]
    """By the key of a font or a form: it and all that it refers to."""


def master_of(base: Base, slots_pdf: bytes | None) -> Master:
    """Return a base ready to be finished many times, with the pages that its slots may hold."""
    extras = _Extras()
    with pikepdf.open(io.BytesIO(base.pdf)) as pdf:
        faces = {weight: add_face(pdf, face).objgen[0] for weight, face in base.faces.items()}
        fonts = dict(zip(faces, extras.add(pdf, faces.values()), strict=True))
        parts = parted(pdf, base)
    pages = _pages(slots_pdf, extras) if slots_pdf is not None else ()
    head, places = _head(parts, base.version)
    return Master(
        head=head,
        table=table_of(places, is_packed=base.version >= PACKS_SINCE),
        trailer=b"/Info %d 0 R /Root %d 0 R" % (parts.info, parts.root),
        version=base.version,
        digest=base.digest,
        slots={name: _gaps(slot, parts) for name, slot in base.slots.items()},
        slugs=tuple(parts.rooms[slug] for slug in base.slugs),
        metadata=parts.metadata,
        free=parts.free,
        packet=xmp_around(title=base.title, created=base.created, claim=base.claim),
        space=base.space,
        faces=base.faces,
        fonts=fonts,
        pages=pages,
        pages_digest=digest_of(slots_pdf) if slots_pdf is not None else "",
        extras=tuple(extras.all),
        brought=extras.brought,
    )


class _Extras:
    """Objects taken out of PDFs, each once, under keys of their own."""

    def __init__(self) -> None:
        self.all: list[Extra] = []
        self.brought: dict[int, tuple[int, ...]] = {}

    def add(self, pdf: pikepdf.Pdf, roots: Iterable[int]) -> list[int]:
        """Take these objects of a PDF, and all that they need; return their keys."""
        roots = list(roots)
        objects = taken(pdf, roots)
        keys = {number: key for key, number in enumerate(objects, start=len(self.all))}
        for one in objects.values():
            written = renumbered(one.text, keys.__getitem__)
            self.all.append(Extra(written=written, stream=one.stream))
        refers = {number: references(one.text) for number, one in objects.items()}
        for root in roots:
            self.brought[keys[root]] = tuple(keys[one] for one in _reached(root, refers))
        return [keys[root] for root in roots]


def _reached(root: int, refers: Mapping[int, Iterable[int]]) -> dict[int, None]:
    """Return an object and all that it refers to."""
    found: dict[int, None] = {}
    waiting = [root]
    while waiting:
        number = waiting.pop()
        if number not in found:
            found[number] = None
            waiting += refers[number]
    return found


def _pages(slots_pdf: bytes, extras: _Extras) -> tuple[Page, ...]:
    with pikepdf.open(io.BytesIO(slots_pdf)) as pdf:
        forms = [pdf.make_indirect(page.as_form_xobject()) for page in pdf.pages]
        boxes = [[float(edge) for edge in form.BBox] for form in forms]
        keys = extras.add(pdf, [form.objgen[0] for form in forms])
    return tuple(
        Page(form=key, left_pt=left, top_pt=top)
        for key, (left, _, _, top) in zip(keys, boxes, strict=True)
    )


def _gaps(slot: Slot, parts: Parted) -> SlotGaps:
    return SlotGaps(
        room=parts.rooms[slot.picture],
        alt=slot.alt,
        figures=tuple(gap for figure in slot.figures for gap in parts.gaps[figure]),
        links=tuple(gap for link in slot.links for gap in parts.gaps[link]),
    )


def _head(parts: Parted, version: str) -> tuple[bytes, list[Place]]:
    """Return the file's beginning, and where the objects 1, 2, 3 ... are in it."""
    head = bytearray(b"%%PDF-%s\n" % version.encode() + _BINARY)
    places: dict[int, Place] = {}
    loose = []
    for number, one in parts.shared:
        if one.stream is None and version >= PACKS_SINCE:
            loose.append((number, one.text))
        else:
            places[number] = len(head), 0
            head += as_object(number, one.text, one.stream)
    first = len(parts.shared) + 1
    for number, start in enumerate(range(0, len(loose), MOST_IN_PACK), first):
        objects = loose[start : start + MOST_IN_PACK]
        places |= {one: (-number, index) for index, (one, _) in enumerate(objects)}
        places[number] = len(head), 0
        head += as_object(number, *pack(objects, level=9))
    return bytes(head), [places[number] for number in sorted(places)]
