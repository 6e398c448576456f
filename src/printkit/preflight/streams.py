"""A stream's bytes, decoded no further than a limit: a small file can hold a huge one."""

import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Name, Stream

MOST_BYTES = 64 * 1024 * 1024
_STEP = 1 << 16
_PACKED = 32 * 1024 * 1024
"""Streams of other filters are not decoded from more than this."""


def data_of(stream: Any, most: int = MOST_BYTES) -> bytes:
    """Return the decoded bytes of a stream, as far as they can be read and to a limit."""
    if not isinstance(stream, Stream):
        return b""
    try:
        raw = stream.read_raw_bytes()
        if _is_flate(stream):
            return _inflated(raw, most)
        if len(raw) > _PACKED:
            return b""
        return raw if "/Filter" not in stream else stream.read_bytes()[:most]
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return b""


def _is_flate(stream: Any) -> bool:
    filters = stream.get("/Filter")
    if isinstance(filters, Array) and len(filters) == 1:
        filters = filters[0]
    return isinstance(filters, Name) and filters == "/FlateDecode" and "/DecodeParms" not in stream


def _inflated(raw: bytes, most: int) -> bytes:
    """Return what deflated bytes hold; of damaged ones, what comes before the damage."""
    machine = zlib.decompressobj()
    found = bytearray()
    try:
        for at in range(0, len(raw), _STEP):
            waiting = raw[at : at + _STEP]
            while waiting and len(found) < most and not machine.eof:
                found += machine.decompress(waiting, most - len(found))
                waiting = machine.unconsumed_tail
            if len(found) >= most or machine.eof:
                break
    except zlib.error:
        pass
    return bytes(found)
