"""Deflates the small streams of a sheet, without the memory that long ones need.

zlib clears and gives back a quarter of a megabyte for each stream, which for a few hundred bytes
is nearly all of the work. With a window of 8 KB, and tables to match, what fits it comes out as
short, and in nearly all cases as the same bytes.
"""

import zlib
from typing import Literal

Level = Literal[6, 9]
_HEADERS: dict[Level, bytes] = {6: b"\x78\x9c", 9: b"\x78\xda"}
"""Of each level, with a window of up to 32 KB (RFC 1950)."""
_WINDOW, _MEMORY = 13, 6
_MOST = 2**_WINDOW - 262
"""zlib looks ahead by so much: what is longer would be compared with less than all of itself."""


def deflated(data: bytes, level: Level = 6) -> bytes:
    """Return data in the form that FlateDecode reads (RFC 1950)."""
    return _HEADERS[level] + bare(data, level) + zlib.adler32(data).to_bytes(4, "big")


def bare(data: bytes, level: Level = 6) -> bytes:
    """Return data deflated, without a header and a sum (RFC 1951)."""
    if len(data) <= _MOST:
        packer = zlib.compressobj(level, zlib.DEFLATED, -_WINDOW, _MEMORY)
    else:
        packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()
