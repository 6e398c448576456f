"""A page of one PDF as a form of another, with all that it draws and nothing that it asks for."""

import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.errors import Problem, UserError
from printkit.impose.sources import HOSTILE, SourcePage, inherited

LARGEST_CONTENT = 200_000_000
"""Bytes of operators that a page may unpack to; a map of a whole country has fewer."""


def form_of(out: pikepdf.Pdf, source: SourcePage) -> pikepdf.Object:
    """Return a page as a form of another PDF, upright, its trim's corner at the origin.

    What the page has under the names that belong to a page alone stays behind: notes, actions,
    tags, thumbnails. Raises UserError where what it draws cannot be read.
    """
    try:
        return _form_of(out, source)
    except HOSTILE:
        raise UserError(
            Problem(
                what=f"{source.file}, page {source.number}: what it draws cannot be read.",
                fix="Make the file anew.",
            )
        ) from None


def unpacked(stream: pikepdf.Object) -> bytes:
    """Return what a stream holds; ValueError if it unpacks to more than any page draws."""
    filters = stream.get("/Filter")
    names = list(filters.as_list()) if isinstance(filters, Array) else [filters]
    if names == [Name.FlateDecode] and "/DecodeParms" not in stream:
        data = _inflated(stream.read_raw_bytes())
    elif names.count(Name.FlateDecode) > 1:
        raise ValueError("packed more than once")
    else:
        data = stream.read_bytes()
    if len(data) > LARGEST_CONTENT:
        raise ValueError("too large")
    return data


def _inflated(packed: bytes) -> bytes:
    """Return at most a byte more than is allowed."""
    try:
        return zlib.decompressobj().decompress(packed, LARGEST_CONTENT + 1)
    except zlib.error as error:
        raise ValueError("damaged") from error


def _form_of(out: pikepdf.Pdf, source: SourcePage) -> pikepdf.Object:
    form = pikepdf.Stream(out, b"")
    _write_content(form, source.page.obj.get("/Contents"))
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([_number(edge) for edge in source.clip])
    form.Matrix = Array([_number(one) for one in source.matrix])
    resources = inherited(source.page, "/Resources")
    form.Resources = Dictionary()
    if isinstance(resources, Dictionary):
        form.Resources = copied(out, source.pdf, resources)
    group = inherited(source.page, "/Group")
    if isinstance(group, Dictionary):
        form.Group = copied(out, source.pdf, group)
        # A page's group begins on bare paper, and so must its form's.
        form.Group.I = True
    return out.make_indirect(form)


def _write_content(form: pikepdf.Stream, contents: Any) -> None:
    """Give a form a page's operators; those in one stream go over as they are packed."""
    if isinstance(contents, pikepdf.Stream) and _packed_plainly(contents):
        if "/Filter" in contents:
            form.write(contents.read_raw_bytes(), filter=Name.FlateDecode)
        else:
            form.write(contents.read_raw_bytes())
        return
    form.write(b"\n".join(_parts(contents)))


def _packed_plainly(stream: pikepdf.Stream) -> bool:
    return "/DecodeParms" not in stream and stream.get("/Filter") in (None, Name.FlateDecode)


def _parts(contents: Any) -> Iterator[bytes]:
    """Yield the operators of each stream of a page, as many as one page may have."""
    streams = contents.as_list() if isinstance(contents, Array) else [contents]
    room = LARGEST_CONTENT
    for stream in streams:
        if isinstance(stream, pikepdf.Stream):
            part = unpacked(stream)
            room -= len(part)
            if room < 0:
                raise ValueError("too large")
            yield part


def copied(out: pikepdf.Pdf, owner: pikepdf.Pdf, value: pikepdf.Object) -> pikepdf.Object:
    """Return a value of one PDF in another; what is shared there stays shared."""
    return out.copy_foreign(value if value.is_indirect else owner.make_indirect(value))


def _number(value: float) -> float:
    return round(value, 5)
