"""URL to vector code: the modules of a QR code, as SVG or as PDF operators, encoded once each."""

import functools
from collections.abc import Iterator
from html import escape

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET_MODULES = 4
"""The clear margin that ISO/IEC 18004 asks for on every side."""

Matrix = tuple[tuple[bool, ...], ...]


@functools.lru_cache(maxsize=4096)
def qr_matrix(url: str) -> Matrix:
    """Return the rows of a URL's QR code, top first, without the quiet zone."""
    if not url:
        raise ValueError("A code needs an address to lead to.")
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(url)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def side_in_modules(url: str, *, quiet: int = QUIET_MODULES) -> int:
    """Return how many modules a code is wide, quiet zone included."""
    return len(qr_matrix(url)) + 2 * quiet


def qr_svg(url: str, *, quiet: int = QUIET_MODULES, title: str = "") -> str:
    """Return a URL's code as one inline SVG element: one black path, sized by its surroundings."""
    side = side_in_modules(url, quiet=quiet)
    path = "".join(
        f"M{column + quiet} {row + quiet}h{length}v1h-{length}z"
        for row, column, length in _runs(qr_matrix(url))
    )
    heading = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'{heading}<path d="{path}" fill="#000"/></svg>'
    )


@functools.lru_cache(maxsize=4096)
def qr_stream(url: str, *, quiet: int = QUIET_MODULES, ink: bytes = b"0 0 0 1 k") -> bytes:
    """Return a URL's code as PDF operators that fill the unit square with one path in one ink."""
    side = side_in_modules(url, quiet=quiet)
    # Whole numbers scaled once: neighbouring modules share their edges exactly, so no hairline
    # of paper can show between them.
    parts = [b"q", ink, b"%.8f 0 0 %.8f 0 0 cm" % (1 / side, 1 / side)]
    for row, column, length in _runs(qr_matrix(url)):
        parts.append(b"%d %d %d 1 re" % (column + quiet, side - quiet - row - 1, length))
    parts.append(b"f Q")
    return b"\n".join(parts)


def _runs(matrix: Matrix) -> Iterator[tuple[int, int, int]]:
    """Yield (row, column, length) of the dark runs."""
    for number, row in enumerate(matrix):
        start = None
        for column, dark in enumerate((*row, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield number, start, column - start
                start = None
