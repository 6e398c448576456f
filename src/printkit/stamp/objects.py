"""A PDF's objects as bytes: taken out of it once, and written again without being parsed."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name

from printkit.stamp.deflate import Level, deflated

Written = tuple[bytes | int, ...]
"""An object's bytes, with a key wherever it refers to an object that has no number yet."""

# Strings are passed over, which may say anything; names hold neither spaces nor brackets bare.
_TOKEN = re.compile(rb"\((?:[^\\()]|\\.)*\)|([0-9]+) 0 R\b", re.DOTALL)
PACKS_SINCE = "1.5"
"""The version of PDF that brought streams of objects."""
MOST_IN_PACK = 200
"""A viewer that needs one of them unpacks them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An object of a PDF as it stands there."""

    text: bytes
    """All of it, or a stream's dictionary."""
    stream: bytes | None = None
    """Compressed, with what the dictionary says of its length and filter."""


def taken(pdf: pikepdf.Pdf, roots: Iterable[int]) -> dict[int, Taken]:
    """Return the objects with these numbers and all that they refer to, in that order."""
    found: dict[int, Taken] = {}
    waiting = list(reversed(list(roots)))
    while waiting:
        number = waiting.pop()
        if number not in found:
            found[number] = one = _taken(pdf.get_object(number, 0))
            waiting += reversed(references(one.text))
    return found


def references(text: bytes) -> list[int]:
    """Return the numbers of the objects that an object's text refers to."""
    return [int(found[1]) for found in _TOKEN.finditer(text) if found[1]]


def renumbered(text: bytes, reference: Callable[[int], bytes | int]) -> Written:
    """Return an object's text with other references: bytes as they are, or keys of their own."""
    parts: list[bytes | int] = []
    held, end = b"", 0
    for found in _TOKEN.finditer(text):
        if not found[1]:
            continue
        held += text[end : found.start()]
        end = found.end()
        other = reference(int(found[1]))
        if isinstance(other, bytes):
            held += other
        else:
            parts += (held, other)
            held = b""
    return (*parts, held + text[end:])


def joined(written: Written, numbers: Mapping[int, int]) -> bytes:
    """Return an object's bytes, with the number of each object that it has a key of."""
    return b"".join(
        part if isinstance(part, bytes) else b"%d 0 R" % numbers[part] for part in written
    )


def entries_of(dictionary: Any, *, but: Iterable[str] = ()) -> bytes:
    """Return a dictionary's keys and values, without those of some keys."""
    left_out = set(but)
    return b" ".join(
        Name(key).unparse() + b" " + _text(value)
        for key, value in sorted(dictionary.items())
        if key not in left_out
    )


def _taken(obj: Any) -> Taken:
    if not isinstance(obj, pikepdf.Stream):
        whole = isinstance(obj, pikepdf.Object)
        return Taken(text=obj.unparse(resolved=True) if whole else _text(obj))
    if "/Filter" not in obj and obj.get("/Type") != Name.Metadata:
        obj.write(deflated(obj.read_bytes(), 9), filter=Name.FlateDecode)
    return Taken(text=obj.stream_dict.unparse(), stream=obj.read_raw_bytes())


def _text(value: Any) -> bytes:
    """Return a value's text, whatever of Python's it came as."""
    if isinstance(value, pikepdf.Object):
        return value.unparse()
    return pikepdf.Array([value]).unparse()[1:-1].strip()


def as_object(number: int, text: bytes, stream: bytes | None = None) -> bytes:
    """Return an object as it stands in a file, under its number."""
    if stream is None:
        return b"%d 0 obj\n%s\nendobj\n" % (number, text)
    return b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, text, stream)


def pack(objects: Sequence[tuple[int, bytes]], level: Level = 6) -> tuple[bytes, bytes]:
    """Return a stream of objects (ISO 32000-2, 7.5.7): its dictionary, and its compressed bytes."""
    places, at = [], 0
    for number, text in objects:
        places.append(b"%d %d" % (number, at))
        at += len(text) + 1
    table = b" ".join(places) + b"\n"
    data = deflated(table + b"\n".join(text for _, text in objects), level)
    head = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>"
    return head % (len(objects), len(table), len(data)), data


def packs_for(objects: int, version: str) -> int:
    """Return how many packs so many objects take in a version of PDF; none before 1.5."""
    return -(-objects // MOST_IN_PACK) if version >= PACKS_SINCE else 0
