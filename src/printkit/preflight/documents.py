"""Opens any bytes as a PDF, and looks up once what many rules ask of it."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary

from printkit.errors import quoted
from printkit.preflight.leaves import Holding, Leaf, holdings, leaf_of
from printkit.preflight.objects import bytes_of

_MOST_PAGES = 20_000


class Unreadable(Exception):
    """Says in a sentence why a file can't be read."""


class Locked(Unreadable):
    """Says that a file asks for a password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An open file, and what many rules ask of it."""

    pdf: pikepdf.Pdf
    root: pikepdf.Object
    info: pikepdf.Object | None
    xmp: str
    """The metadata's XML as text; nothing where there is none."""
    leaves: tuple[Leaf, ...]
    holdings: tuple[Holding, ...]
    broken: tuple[str, ...]
    """What had to be repaired or left unread, a sentence each."""
    encrypted: bool


def opened(source: bytes | Path) -> Document:
    """Return a file's document; raises Unreadable, and nothing else, for what no one can read."""
    try:
        pdf = pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source)
    except pikepdf.PasswordError:
        raise Locked("It asks for a password.") from None
    except MemoryError:
        raise Unreadable("It asks for more memory than there is.") from None
    except Exception as error:  # qpdf has many ways to say that bytes are no PDF
        raise Unreadable(f"It is not a PDF that can be opened: {_plain(error)}.") from None
    try:
        return document_of(pdf)
    except Unreadable:
        raise
    except MemoryError:
        raise Unreadable("It asks for more memory than there is.") from None
    except Exception as error:  # wrong types in places that no rule foresaw
        raise Unreadable(f"Its pages cannot be read: {_plain(error)}.") from None


def document_of(pdf: pikepdf.Pdf) -> Document:
    """Return what rules ask of an open file; raises what wrong types in it make pikepdf raise."""
    root = pdf.Root
    if not isinstance(root, Dictionary):
        raise Unreadable("It has no catalog of its pages.")
    broken: list[str] = []
    leaves = tuple(leaf_of(number, page.obj) for number, page in _pages(pdf))
    if not leaves:
        raise Unreadable("It has no page.")
    held = tuple(holdings(leaves, broken))
    info = pdf.trailer.get("/Info")
    warned = [f"{_plain(warning)}." for warning in pdf.get_warnings()]
    return Document(
        pdf=pdf,
        root=root,
        info=info if isinstance(info, Dictionary) else None,
        xmp=_xmp(root.get("/Metadata")),
        leaves=leaves,
        holdings=held,
        broken=tuple(dict.fromkeys([*broken, *warned])),
        encrypted=pdf.is_encrypted,
    )


def _pages(pdf: pikepdf.Pdf) -> Iterator[tuple[int, pikepdf.Page]]:
    for number, page in enumerate(pdf.pages, start=1):
        if number > _MOST_PAGES:
            raise Unreadable(f"It has more than {_MOST_PAGES:,} pages.")
        yield number, page


def _xmp(metadata: Any) -> str:
    data = bytes_of(metadata, [], "The metadata")
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    return data.decode(errors="replace")


def _plain(error: object) -> str:
    """Return a message of qpdf without its name for the file, in quotes."""
    words = " ".join(str(error).split())
    words = re.sub(r"^(stream <[^>]*>|.*?\.pdf):? ?(?=\(|:)", "", words).lstrip(": ")
    words = re.sub(r"^stream <[^>]*>:? ?", "", words)
    return quoted(words or type(error).__name__, 160)
