"""A laid out piece with its edition's work done, and its slots found: ready to be stamped."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pikepdf
from pikepdf import Dictionary

from printkit.editions import Claim, Edition, Sheet
from printkit.editions.metadata import describe
from printkit.errors import Problem, UserError, quoted
from printkit.impose import Imposition, impose, imposition_for
from printkit.inks import Space
from printkit.latin import Face, Weight, footer_face
from printkit.lengths import Size
from printkit.pieces import SLOT_LINK
from printkit.stamp.fields import add_fields
from printkit.stamp.pictures import without_pictures
from printkit.typeset.layout import ALT_MARK, Layout, SlotPlace

ObjectId = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Where a slot is in a base's PDF."""

    picture: ObjectId
    """The object that stands for the slot on every page that has it."""
    size: Size
    alt: str
    """The template's words, for a content that brings none."""
    figures: tuple[ObjectId, ...]
    """The structure elements that tell the slot's words."""
    links: tuple[ObjectId, ...]
    """The annotations that lead where the slot's code leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What every region's file of a piece, language and edition has in common."""

    pdf: bytes
    digest: str
    """SHA-256 of the PDF."""
    slots: Mapping[str, Slot]
    faces: Mapping[Weight, Face]
    space: Space
    claim: Claim | None
    version: str
    title: str
    created: date
    slugs: tuple[ObjectId, ...]
    """The forms that hold each page's slug line, where the edition has one."""
    imposition: Imposition | None
    """How the pages stand on sheets, in an edition that sets them out."""


def prepare(layout: Layout, *, edition: Edition, sheet: Sheet) -> Base:
    """Do an edition's work on a laid out piece, and find its slots."""
    sizes = _slot_sizes(layout)
    imposition = _imposition(layout) if edition.imposes else None
    data = _finished(layout, edition, sheet, imposition)
    return Base(
        pdf=data,
        digest=hashlib.sha256(data).hexdigest(),
        slots=_slots(data, layout, sizes),
        slugs=_slugs(data),
        faces={weight: footer_face(sheet.fonts, weight) for weight in ("Regular", "Bold")},
        space=edition.space,
        claim=edition.claim,
        version=edition.version,
        title=sheet.title,
        created=sheet.created,
        imposition=imposition,
    )


def _finished(
    layout: Layout, edition: Edition, sheet: Sheet, imposition: Imposition | None
) -> bytes:
    """Return the layout's PDF with the edition's work done."""
    with pikepdf.open(io.BytesIO(layout.pdf)) as pdf:
        if layout.fields:
            without_pictures(pdf)
        if imposition is not None:
            impose(pdf, imposition)
        edition.finish(pdf, sheet)
        if layout.fields and edition.name == "screen":
            add_fields(pdf, layout.fields, sheet=sheet)
        describe(
            pdf,
            title=sheet.title,
            created=sheet.created,
            claim=edition.claim,
            document=hashlib.sha256(layout.pdf).hexdigest()[:32],
        )
        pdf.remove_unreferenced_resources()
        return saved(pdf, edition.version)


def saved(pdf: pikepdf.Pdf, version: str) -> bytes:
    """Return a PDF's bytes, the same for the same objects, with an identifier of its own."""
    # Streams of objects came with PDF 1.5.
    packed = pikepdf.ObjectStreamMode
    mode = packed.generate if version >= "1.5" else packed.disable
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]  # else every region's file would bear the base's
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=mode,
        force_version=version,
        fix_metadata_version=False,  # the XMP is written as it shall be
    )
    return out.getvalue()


def _imposition(layout: Layout) -> Imposition:
    first = layout.sizes[0]
    if any(size.words != first.words for size in layout.sizes):
        raise UserError(
            Problem(
                what="The pages differ in size, so that they cannot share a sheet.",
                fix="Give all pages of the piece one trim.",
            )
        )
    return imposition_for(first)


def _slot_sizes(layout: Layout) -> dict[str, SlotPlace]:
    """Return each slot's first place; the same slot elsewhere must be as large."""
    first: dict[str, SlotPlace] = {}
    for slot in layout.slots:
        known = first.setdefault(slot.name, slot)
        differs = abs(known.size.width_pt - slot.size.width_pt) + abs(
            known.size.height_pt - slot.size.height_pt
        )
        if differs > 0.1:
            raise UserError(
                Problem(
                    what=f"The slot {quoted(slot.name)} is {known.size.words} on page"
                    f" {known.place.page} and {slot.size.words} on page {slot.place.page}.",
                    fix="Give it one size everywhere, or another name.",
                )
            )
    return first


def _slots(data: bytes, layout: Layout, first: Mapping[str, SlotPlace]) -> dict[str, Slot]:
    """Find every slot's objects in the base as it was saved."""
    pictures: dict[int, ObjectId] = {}
    figures: dict[str, list[ObjectId]] = {name: [] for name in first}
    links: dict[str, list[ObjectId]] = {name: [] for name in first}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for obj in pdf.objects:
            if isinstance(obj, pikepdf.Stream):
                if (number := _slot_number(obj)) is not None:
                    pictures[number] = obj.objgen
            elif isinstance(obj, Dictionary):
                if name := _figure_of(obj):
                    figures[name].append(obj.objgen)
                elif (name := _link_of(obj)) in links:
                    links[name].append(obj.objgen)
    for number, name in enumerate(first):
        if number not in pictures:
            raise UserError(
                Problem(
                    what=f"The slot {quoted(name)} is not drawn on any page.",
                    fix="Let the template show it where the piece is made for regions.",
                )
            )
    return {
        name: Slot(
            picture=pictures[number],
            size=slot.size,
            alt=slot.alt,
            figures=tuple(figures[name]),
            links=tuple(links[name]),
        )
        for number, (name, slot) in enumerate(first.items())
    }


def _slugs(data: bytes) -> tuple[ObjectId, ...]:
    """Find each page's room for a slug in the base as it was saved."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        drawn = [page.obj.Resources.get("/XObject", Dictionary()) for page in pdf.pages]
        return tuple(forms.Slug.objgen for forms in drawn if "/Slug" in forms)


def _slot_number(obj: pikepdf.Stream) -> int | None:
    """Return which slot a picture stands for, if it does."""
    if obj.get("/Subtype") != "/Image" or obj.get("/Width") != 1 or obj.get("/Height") != 1:
        return None
    return obj.read_bytes()[-1]


def _figure_of(obj: Dictionary) -> str:
    """Return the slot whose words a structure element tells, or nothing."""
    if obj.get("/S") != "/Figure":
        return ""
    alt = str(obj.get("/Alt", ""))
    return alt.removeprefix(ALT_MARK) if alt.startswith(ALT_MARK) else ""


def _link_of(obj: Dictionary) -> str:
    """Return the slot whose address a link waits for, or nothing."""
    if obj.get("/Subtype") != "/Link" or "/A" not in obj:
        return ""
    address = str(obj.A.get("/URI", ""))
    return address.removeprefix(SLOT_LINK) if address.startswith(SLOT_LINK) else ""
