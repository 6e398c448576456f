"""Base and slot contents to a finished PDF: what differs by region, in milliseconds."""

import io
from collections.abc import Mapping

import pikepdf

from printkit.editions.metadata import describe
from printkit.latin import Face, footer_face
from printkit.stamp.base import Base, Slot, prepare, saved
from printkit.stamp.contents import (
    Code,
    Content,
    Faces,
    Form,
    Words,
    alt_of,
    as_form,
    document_of,
    drawn,
    match,
)
from printkit.stamp.finish import Finished, finish
from printkit.stamp.master import Master, master_of
from printkit.stamp.slug import fill_slugs

__all__ = [
    "Base",
    "Code",
    "Content",
    "Face",
    "Finished",
    "Form",
    "Master",
    "Slot",
    "Words",
    "finish",
    "footer_face",
    "master_of",
    "prepare",
    "stamp",
]


def stamp(
    base: Base, contents: Mapping[str, Content], *, title: str | None = None, slug: str = ""
) -> bytes:
    """Return the finished file: each slot of the base filled with its content.

    `slug` is what the paper beside the sheet says of the file, where the edition has room for it.
    Raises UserError with the names of slots without a content and contents without a slot.
    """
    match(base.slots, contents)
    with pikepdf.open(io.BytesIO(base.pdf)) as pdf:
        faces = Faces(pdf, base.faces)
        for name, slot in base.slots.items():
            _fill(pdf, base, slot, contents[name], faces)
        fill_slugs(pdf, base.slugs, slug, space=base.space, faces=faces)
        describe(
            pdf,
            title=title or base.title,
            created=base.created,
            claim=base.claim,
            document=document_of(base.digest, contents, slug),
        )
        return saved(pdf, base.version)


def _fill(pdf: pikepdf.Pdf, base: Base, slot: Slot, content: Content, faces: Faces) -> None:
    drawing = drawn(pdf, content, size=slot.size, space=base.space, faces=faces)
    as_form(pdf.get_object(slot.picture), drawing, slot.size)
    for figure in slot.figures:
        pdf.get_object(figure).Alt = pikepdf.String(alt_of(content) or slot.alt)
    for link in slot.links:
        if isinstance(content, Code):
            annotation = pdf.get_object(link)
            annotation.A.URI = pikepdf.String(content.url)
            annotation.Contents = pikepdf.String(content.url)
