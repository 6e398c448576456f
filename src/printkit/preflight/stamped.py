"""What a stamp adds to a base that was judged already: its forms and fonts, and nothing else."""

import functools
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from printkit.findings import Finding
from printkit.preflight import art, forbidden, typefaces
from printkit.preflight.documents import Document, opened
from printkit.preflight.leaves import Holding, Leaf, leaf_of
from printkit.preflight.limits import Asked, Edition
from printkit.preflight.objects import box_of, entry, listed_in, name_of

OF_THE_PAGE = frozenset({"page-empty", "code-quiet-zone", "bleed-reached", "trim-safe"})
"""Rules that ask what lies around a form, which its base tells: its slot has its own white."""
_AROUND_PT = 72.0


@functools.lru_cache(maxsize=4)
def known(base: bytes) -> frozenset[str]:
    """Return what a base's pages use, by digest: what a stamped sheet shares with all others."""
    document = opened(base)  # held on to: its objects go when it goes
    return frozenset(_digest(held) for held in document.holdings)


def preflight_stamped(
    pdf: bytes, base: frozenset[str], *, edition: Edition, **where: Any
) -> list[Finding]:
    """Return what is wrong with what a sheet shows beyond its base, whose digests are given.

    Only rules that a stamp can break are asked: of its inks, its letters, its codes and its
    fonts. Where its slots lie, and all else, is the base's, which `preflight` judges once.
    """
    document = opened(pdf)
    new = tuple(held for held in document.holdings if _digest(held) not in base)
    asked = Asked(edition=edition, where=where)
    found = [
        *typefaces.check(replace(document, holdings=new), asked),
        *_painted(document, new, asked),
    ]
    if edition == "press":
        found += forbidden.held(new, asked)
    return found


def _painted(document: Document, new: tuple[Holding, ...], asked: Asked) -> Iterator[Finding]:
    """Judge each new form as a page of its own, with white around it."""
    leaves = tuple(_as_leaf(document, held) for held in new if _is_form(held))
    for one in art.check(replace(document, leaves=leaves, holdings=new), asked) if leaves else ():
        if one.code not in OF_THE_PAGE:
            yield replace(one, place=None)


def _is_form(held: Holding) -> bool:
    return held.kind == "form" and box_of(entry(held.obj, "/BBox")) is not None


def _as_leaf(document: Document, held: Holding) -> Leaf:
    left, bottom, right, top = box_of(held.obj.get("/BBox")) or (0.0, 0.0, 0.0, 0.0)
    around = [left - _AROUND_PT, bottom - _AROUND_PT, right + _AROUND_PT, top + _AROUND_PT]
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array(around),
        Contents=held.obj,
        Resources=held.obj.get("/Resources", Dictionary()),
    )
    return leaf_of(held.page, document.pdf.make_indirect(page))


def _digest(held: Holding) -> str:
    """Return what tells an object's content, whatever its number in the file is."""
    told = hashlib.sha256(held.kind.encode())
    if held.kind == "font":
        below = listed_in(entry(held.obj, "/DescendantFonts"))
        descriptor = entry(below[0] if below else held.obj, "/FontDescriptor")
        files = (entry(descriptor, key) for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        sizes = [str(entry(file, "/Length")) for file in files if isinstance(file, Stream)]
        told.update(f"{name_of(entry(held.obj, '/BaseFont'))} {sizes}".encode())
    elif isinstance(held.obj, Stream):
        told.update(held.obj.read_raw_bytes())
    elif isinstance(held.obj, pikepdf.Object):
        told.update(re.sub(rb"\d+ \d+ R", b"R", held.obj.unparse(resolved=True)))
    return told.hexdigest()
