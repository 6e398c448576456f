"""Lets WeasyPrint hand arrays to HarfBuzz without a parse of C for each length of them."""

import contextlib
import re
from collections.abc import Iterator
from typing import Any

import weasyprint.pdf.fonts

_LENGTH = re.compile(r"\[\d+\]$")


@contextlib.contextmanager
def open_arrays() -> Iterator[None]:
    """Let the type of an array that is made from values leave its length open.

    WeasyPrint asks for `hb_codepoint_t[117]` with 117 values; cffi parses the text of every type
    that it has not seen, which took longer than the cutting of the font.
    """
    own = weasyprint.pdf.fonts.ffi
    weasyprint.pdf.fonts.ffi = _Open(own)
    try:
        yield
    finally:
        weasyprint.pdf.fonts.ffi = own


class _Open:
    """WeasyPrint's cffi, but for the types of arrays."""

    __slots__ = ("_own",)

    def __init__(self, own: Any) -> None:
        self._own = own

    def __getattr__(self, name: str) -> Any:
        return getattr(self._own, name)

    def new(self, kind: str, *values: Any) -> Any:
        """Return what cffi makes of a type and the values for it."""
        return self._own.new(_LENGTH.sub("[]", kind) if values else kind, *values)
