"""URL to vector code: the modules of a QR code, as SVG or as PDF operators, encoded once each."""

import functools
from collections.abc import Iterator
from html import escape
from itertools import compress

from printkit.symbols import Symbol, symbol_of

QUIET_MODULES = 4
"""The clear margin that ISO/IEC 18004 asks for on every side."""

Matrix = tuple[tuple[bool, ...], ...]


@functools.lru_cache(maxsize=128)
def qr_matrix(url: str) -> Matrix:
    """Return the rows of a URL's QR code, top first, without the quiet zone."""
    symbol = symbol_of(url)
    dark = tuple(map(bool, _flags(symbol.modules, symbol.side)))
    return tuple(dark[start : start + symbol.side] for start in range(0, len(dark), symbol.side))


def side_in_modules(url: str, *, quiet: int = QUIET_MODULES) -> int:
    """Return how many modules a code is wide, quiet zone included."""
    return symbol_of(url).side + 2 * quiet


def qr_svg(url: str, *, quiet: int = QUIET_MODULES, title: str = "") -> str:
    """Return a URL's code as one inline SVG element: one black path, sized by its surroundings."""
    symbol = symbol_of(url)
    side = symbol.side + 2 * quiet
    path = "".join(
        f"M{first % symbol.side + quiet} {first // symbol.side + quiet}"
        f"h{last - first + 1}v1h-{last - first + 1}z"
        for first, last in _runs(symbol)
    )
    heading = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'{heading}<path d="{path}" fill="#000"/></svg>'
    )


@functools.lru_cache(maxsize=128)
def qr_stream(url: str, *, quiet: int = QUIET_MODULES, ink: bytes = b"0 0 0 1 k") -> bytes:
    """Return a URL's code as PDF operators that fill the unit square with one path in one ink."""
    symbol = symbol_of(url)
    scale = 1 / (symbol.side + 2 * quiet)
    corners, lengths = _words(symbol.side, quiet)
    # Whole numbers scaled once: neighbouring modules share their edges exactly, so no hairline
    # of paper can show between them.
    parts = [b"q", ink, b"%.8f 0 0 %.8f 0 0 cm" % (scale, scale)]
    parts += [corners[first] + lengths[last - first] for first, last in _runs(symbol)]
    parts.append(b"f Q")
    return b"\n".join(parts)


def _runs(symbol: Symbol) -> Iterator[tuple[int, int]]:
    """Return each row's dark runs: their first and last modules, counted from the top left."""
    side, dark = symbol.side, symbol.modules
    right = _right_column(side)
    numbers = range(side**2)
    firsts = dark & ~(dark >> 1 & ~(right << side - 1))
    lasts = dark & ~(dark << 1 & ~right)
    return zip(
        compress(numbers, _flags(firsts, side)), compress(numbers, _flags(lasts, side)), strict=True
    )


def _flags(modules: int, side: int) -> bytes:
    """Return a byte for each module, the top left one first: 1 where it is set."""
    return format(modules, f"0{side**2}b").encode().translate(_TRUTH)


_TRUTH = bytes.maketrans(b"01", b"\0\1")


@functools.cache
def _right_column(side: int) -> int:
    return sum(1 << row * side for row in range(side))


@functools.cache
def _words(side: int, quiet: int) -> tuple[list[bytes], list[bytes]]:
    """Return how a rectangle's operator begins for its first module, and ends for its length."""
    top = side + quiet - 1
    corners = [
        b"%d %d " % (column + quiet, top - row) for row in range(side) for column in range(side)
    ]
    return corners, [b"%d 1 re" % (more + 1) for more in range(side)]
