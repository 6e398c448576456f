"""Asks a PDF's objects for what they should be, and takes nothing for granted."""

import math
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""

_FARTHEST_PT = 1e7


def inherited(page: Any, key: str) -> Any:
    """Return a page's entry, or the one that the nodes of the page tree hand down to it."""
    node = page
    for _ in range(100):  # a tree whose parents go in a circle
        if not isinstance(node, Dictionary):
            return None
        value = node.get(key)
        if value is not None:
            return value
        node = node.get("/Parent")
    return None


def entry(obj: Any, key: str) -> Any:
    """Return an entry of a dictionary or stream; None where there is none, or obj is neither."""
    return obj.get(key) if isinstance(obj, (Dictionary, Stream)) else None


def items_of(obj: Any) -> list[tuple[str, Any]]:
    """Return a dictionary's entries in the order of their names; none if it is no dictionary."""
    if not isinstance(obj, (Dictionary, Stream)):
        return []
    return sorted(obj.items(), key=lambda item: item[0])


def listed_in(obj: Any) -> list[Any]:
    """Return an array's items; none if it is no array."""
    return list(obj) if isinstance(obj, Array) else []


def number_of(value: Any) -> float | None:
    """Return a number that is one and can be drawn with, else None."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    found = float(value)
    return found if math.isfinite(found) and abs(found) <= _FARTHEST_PT else None


def name_of(value: Any) -> str:
    """Return a name with its slash; nothing if it is no name."""
    if not isinstance(value, Name):
        return ""
    try:
        return str(value)
    except UnicodeDecodeError:
        return bytes(value).decode("latin-1")  # as older programs wrote "Größe"


def text_of(value: Any) -> str:
    """Return a text string's words; nothing if it is none."""
    try:
        return str(value).strip("\0 \t\r\n") if isinstance(value, String) else ""
    except (UnicodeError, ValueError):
        return ""


def box_of(value: Any) -> Box | None:
    """Return a rectangle with its edges in order, else None."""
    edges = [number_of(edge) for edge in listed_in(value)[:5]]
    if len(edges) != 4 or any(edge is None for edge in edges):
        return None
    left, bottom, right, top = (edge or 0.0 for edge in edges)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def identity(obj: Any) -> object:
    """Return what tells an object from others: its number, or for one without, what it holds."""
    if isinstance(obj, pikepdf.Object):
        return obj.objgen if obj.is_indirect else obj.unparse()
    return repr(obj)


def bytes_of(stream: Any, broken: list[str], what: str) -> bytes:
    """Return a stream's decoded bytes; what cannot be decoded is told of and is nothing."""
    try:
        return stream.read_bytes() if isinstance(stream, Stream) else b""
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, RuntimeError):
        broken.append(f"{what} cannot be decoded.")
        return b""
