"""A base taken apart: the objects that all its sheets share, and those that each writes anew."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pikepdf
from pikepdf import Dictionary

from printkit.editions.metadata import describe
from printkit.lengths import Size
from printkit.stamp.base import Base, ObjectId
from printkit.stamp.contents import Drawing, as_form
from printkit.stamp.objects import (
    Taken,
    entries_of,
    joined,
    packs_for,
    references,
    renumbered,
    taken,
)

_DOCUMENT = "0" * 32
_OF_WORDS = ("/Length", "/Filter", "/DecodeParms", "/Resources")
"""What a form's dictionary says of the words that are drawn in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A form that a sheet draws in: a slot, or a page's slug."""

    number: int
    entries: bytes
    """Of its dictionary, without those that its words ask for."""
    size: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """An object that says a sheet's own words: a figure's, or where a link leads."""

    number: int
    plain: bytes
    """As the base has it."""
    around: tuple[bytes, ...]
    """What stands before, between and after the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """A base's objects as they stand in its sheets, under the numbers that they have there."""

    shared: tuple[tuple[int, Taken], ...]
    """Numbered from 1; the numbers of their packs follow."""
    rooms: Mapping[ObjectId, Room]
    """By the number in the base."""
    gaps: Mapping[ObjectId, tuple[Gap, ...]]
    """By the number in the base of a figure or a link."""
    root: int
    info: int
    metadata: int
    free: int
    """The first number that no object has."""


def parted(pdf: pikepdf.Pdf, base: Base) -> Parted:
    """Take an open base apart; afterwards it is of no other use."""
    describe(pdf, title=base.title, created=base.created, claim=base.claim, document=_DOCUMENT)
    sizes = _emptied(pdf, base)
    telling = _telling(pdf, base)
    plain = {one: _text_of(pdf, one) for tellers in telling.values() for one in tellers}
    mark = pikepdf.String(f"the words of {base.digest}")
    _mark(pdf, base, mark)
    root, info, metadata = (
        one.objgen[0] for one in (pdf.trailer.Root, pdf.trailer.Info, pdf.Root.Metadata)
    )
    objects = taken(pdf, (root, info, *(n for text in plain.values() for n in references(text))))
    changing = {metadata, *plain, *(one for one, _ in sizes)}
    numbers = _numbers(objects, changing, base.version)
    gaps = {
        old: Gap(
            number=numbers[old],
            plain=_anew(text, numbers),
            around=tuple(_anew(objects[old].text, numbers).split(mark.unparse())),
        )
        for old, text in plain.items()
    }
    return Parted(
        shared=_shared(objects, changing, numbers),
        rooms={one: _room(pdf, one, numbers, sizes[one]) for one in sizes},
        gaps={one: tuple(gaps[old] for old in tellers) for one, tellers in telling.items()},
        root=numbers[root],
        info=numbers[info],
        metadata=numbers[metadata],
        free=max(numbers.values()) + 1,
    )


def _text_of(pdf: pikepdf.Pdf, number: int) -> bytes:
    return pdf.get_object(number, 0).unparse(resolved=True)


def _anew(text: bytes, numbers: Mapping[int, int]) -> bytes:
    """Return an object's text with the sheets' numbers."""
    return joined(renumbered(text, lambda old: b"%d 0 R" % numbers[old]), {})


def _shared(
    objects: Mapping[int, Taken], changing: set[int], numbers: Mapping[int, int]
) -> tuple[tuple[int, Taken], ...]:
    return tuple(
        (numbers[old], replace(one, text=_anew(one.text, numbers)))
        for old, one in objects.items()
        if old not in changing
    )


def _emptied(pdf: pikepdf.Pdf, base: Base) -> dict[ObjectId, Size]:
    """Empty all forms that a sheet draws in; return their sizes."""
    for slot in base.slots.values():
        nothing = Drawing(operators=b"", resources=Dictionary())
        as_form(pdf.get_object(slot.picture), nothing, slot.size)
    sizes = {slot.picture: slot.size for slot in base.slots.values()}
    for slug in base.slugs:
        _, _, width, height = (float(edge) for edge in pdf.get_object(slug).BBox)
        sizes[slug] = Size(width_pt=width, height_pt=height)
    return sizes


def _room(pdf: pikepdf.Pdf, one: ObjectId, numbers: Mapping[int, int], size: Size) -> Room:
    entries = entries_of(pdf.get_object(one), but=_OF_WORDS)
    return Room(number=numbers[one[0]], entries=entries, size=size)


def _telling(pdf: pikepdf.Pdf, base: Base) -> dict[ObjectId, tuple[int, ...]]:
    """Return the objects that hold what each figure and link of a slot says."""
    telling: dict[ObjectId, tuple[int, ...]] = {}
    for slot in base.slots.values():
        for figure in slot.figures:
            telling[figure] = (figure[0],)
        for link in slot.links:
            action = pdf.get_object(link).A
            telling[link] = (link[0], action.objgen[0]) if action.is_indirect else (link[0],)
    return telling


def _mark(pdf: pikepdf.Pdf, base: Base, mark: pikepdf.String) -> None:
    """Let every figure and link of a slot say the same words, which nothing else says."""
    for slot in base.slots.values():
        for figure in slot.figures:
            pdf.get_object(figure).Alt = mark
        for link in slot.links:
            annotation = pdf.get_object(link)
            annotation.A.URI = annotation.Contents = mark


def _numbers(objects: Mapping[int, Taken], changing: set[int], version: str) -> dict[int, int]:
    """Return new numbers: what is shared first, room for its packs, then what differs."""
    shared = [old for old in objects if old not in changing]
    loose = sum(objects[old].stream is None for old in shared)
    numbers = {old: new for new, old in enumerate(shared, start=1)}
    first = len(shared) + 1 + packs_for(loose, version)
    numbers |= {
        old: new for new, old in enumerate((one for one in objects if one in changing), first)
    }
    return numbers
