"""The screen edition: PDF/UA-1 with tags and links, its pages cut to the trim."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree

from printkit.editions.edition import Edition, Sheet
from printkit.editions.metadata import without_spare_spaces
from printkit.inks import Paint

PRINTED = 4
"""The flag of annotations that no reader hides (ISO 32000-1, table 165)."""


def mix(red: float, green: float, blue: float) -> tuple[float, ...]:
    """Return a colour of the templates as it is."""
    return red, green, blue


def paint(profiles: Path) -> Paint:
    """Return the paint of a screen, which needs no profile."""
    return Paint(space="DeviceRGB", mix=mix)


def finish(pdf: pikepdf.Pdf, sheet: Sheet) -> None:
    """Make sure of what PDF/UA asks for beyond the tags that WeasyPrint writes."""
    without_spare_spaces(pdf)
    pdf.Root.Lang = pikepdf.String(sheet.language)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    _gather_links(pdf)
    for page in pdf.pages:
        page.obj.Tabs = Name.S
        for one in page.obj.get("/Annots", ()):
            one.F = PRINTED


def _gather_links(pdf: pikepdf.Pdf) -> None:
    """Let each link be one stop, and stand in its own element (ISO 14289-1, 7.18.5).

    WeasyPrint makes another link of each box within one, and puts it in that box's element.
    """
    tree = pdf.Root.get("/StructTreeRoot")
    if tree is None:
        return
    parents, gone = NumberTree(tree.ParentTree), set()
    for link in list(_elements(tree)):
        within = [
            (holder, one)
            for holder in (_elements(link) if link.get("/S") == "/Link" else ())
            for one in _references(holder)
        ]
        kept: list[tuple[pikepdf.Rectangle, Any]] = []
        if within and not any(isinstance(one, int) for one in link.K):
            within += [(link, one) for one in _references(link)]
        for holder, one in within:
            holder.K = Array([kid for kid in holder.K if _number(kid) != one.objgen])
            stop, place = one.Obj, pikepdf.Rectangle(one.Obj.Rect)
            if holder.objgen == link.objgen or any(place <= other for other, _ in kept):
                gone.add(stop.objgen)
                del parents[int(stop.StructParent)]
            else:
                kept.append((place, one))
                parents[int(stop.StructParent)] = link
        for _, one in kept:
            link.K.append(one)
    for page in pdf.pages if gone else ():
        stops = page.obj.get("/Annots", Array())
        page.obj.Annots = Array([one for one in stops if one.objgen not in gone])


def _elements(element: Any) -> Iterator[Any]:
    """Yield the elements below one of the structure tree."""
    for one in element.get("/K", ()):
        if isinstance(one, Dictionary) and "/S" in one:
            yield one
            yield from _elements(one)


def _number(kid: Any) -> tuple[int, int] | None:
    return kid.objgen if isinstance(kid, Dictionary) else None


def _references(element: Any) -> list[Any]:
    """Return what of an element's own children refers to annotations."""
    kids = element.get("/K", ())
    return [one for one in kids if isinstance(one, Dictionary) and one.get("/Type") == "/OBJR"]


EDITION = Edition(
    name="screen",
    space="DeviceRGB",
    variant="pdf/ua-1",
    bleed_pt=0,
    imposes=False,
    claim="PDF/UA-1",
    version="1.7",
    paint=paint,
    finish=finish,
)
