"""Tables of where a file's objects are: a beginning that all sheets share, and each sheet's end."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from printkit.stamp.deflate import bare

Place = tuple[int, int]
"""Where an object is: its offset and 0, or its pack's negative number and its index there."""
_FREE = b"\x00\x00\x00\x00\x00\xff\xff"
_WIDTHS = b"1 4 2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of the objects that come first, from object 0."""

    is_packed: bool
    """Whether it is a stream, which came with PDF 1.5 and streams of objects."""
    rows: int
    begun: bytes
    """Lines of text; or rows compressed up to the edge of a byte, so that more can follow."""
    check: int
    """The running sum of those rows (RFC 1950)."""


def table_of(places: Iterable[Place], *, is_packed: bool) -> Table:
    """Begin the table of a file whose objects 1, 2, 3 ... are at these places."""
    listed = list(places)
    if not is_packed:
        lines = b"0000000000 65535 f \n" + _lines(listed)
        return Table(is_packed=False, rows=len(listed) + 1, begun=lines, check=0)
    rows = _FREE + _rows(listed)
    packer = zlib.compressobj(9)
    begun = packer.compress(rows) + packer.flush(zlib.Z_FULL_FLUSH)
    return Table(is_packed=True, rows=len(listed) + 1, begun=begun, check=zlib.adler32(rows))


def ended(table: Table, places: Sequence[Place], *, at: int, trailer: bytes) -> bytes:
    """Return a file's end: the table with the places of its last objects, at this offset.

    A table that is a stream is itself the file's last object.
    """
    size = table.rows + len(places)
    if not table.is_packed:
        form = b"xref\n0 %d\n%s%strailer\n<< %s /Size %d >>\nstartxref\n%d\n%%%%EOF\n"
        return form % (size, table.begun, _lines(places), trailer, size, at)
    rows = _rows([*places, (at, 0)])
    data = table.begun + bare(rows) + zlib.adler32(rows, table.check).to_bytes(4, "big")
    head = b"%d 0 obj\n<< /Type /XRef %s /Size %d /W [%s] /Filter /FlateDecode /Length %d >>"
    form = b"%s\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
    return form % (head % (size, trailer, size + 1, _WIDTHS, len(data)), data, at)


def _lines(places: Iterable[Place]) -> bytes:
    return b"".join(b"%010d 00000 n \n" % offset for offset, _ in places)


def _rows(places: Iterable[Place]) -> bytes:
    return b"".join(
        (b"\x01" if where >= 0 else b"\x02")
        + abs(where).to_bytes(4, "big")
        + index.to_bytes(2, "big")
        for where, index in places
    )
