"""Base and slot contents to a finished PDF: what differs by region, in milliseconds."""

import hashlib
import io
from collections.abc import Mapping

import pikepdf

from printkit.editions.metadata import describe
from printkit.errors import Problems, did_you_mean, quoted
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
    drawn,
    identity_of,
)
from printkit.stamp.slug import fill_slugs

__all__ = [
    "Base",
    "Code",
    "Content",
    "Face",
    "Form",
    "Slot",
    "Words",
    "footer_face",
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
    _match(base, contents)
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
            document=_document(base, contents, slug),
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


def _match(base: Base, contents: Mapping[str, Content]) -> None:
    """Hold the contents to the slots, by name."""
    problems = Problems()
    for name in sorted(base.slots.keys() - contents.keys()):
        problems.add(f"Nothing was given for the slot {quoted(name)}.", "Give it a content.")
    for name in sorted(contents.keys() - base.slots.keys()):
        problems.add(
            f"The template has no slot {quoted(name)}.",
            did_you_mean(name, base.slots) or "Put the slot into the template.",
        )
    problems.raise_if_any()


def _document(base: Base, contents: Mapping[str, Content], slug: str) -> str:
    """Return a digest that names this file among all others of its base."""
    told = hashlib.sha256(f"{base.digest}{slug}".encode())
    for name in sorted(contents):
        told.update(repr((name, identity_of(contents[name]))).encode())
    return told.hexdigest()[:32]
