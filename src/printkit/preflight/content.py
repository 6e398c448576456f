"""What a PDF's pages paint: their content read to marks, through forms, patterns and layers."""

import math
from typing import Any

import pikepdf
from pikepdf import Stream

from printkit.preflight import paths, settings, shows
from printkit.preflight.colours import PATTERN, UNKNOWN
from printkit.preflight.forms import draw_form
from printkit.preflight.geometry import Matrix, moved, number
from printkit.preflight.leaves import Leaf, leaf_of
from printkit.preflight.marking import Content, Mark, Page, Paint, Picture
from printkit.preflight.objects import entry, inherited, listed_in
from printkit.preflight.patterns import put, shaded
from printkit.preflight.shelf import Shelf, content_of
from printkit.preflight.tokens import operations
from printkit.preflight.walk import NO_SENSE, Handlers, Walk, placed

__all__ = ["Content", "Mark", "Page", "Paint", "Reader", "page_of", "pages_of"]

_UNIT = (0.0, 0.0, 1.0, 1.0)
_SHORT = {
    "/W": "/Width", "/H": "/Height", "/BPC": "/BitsPerComponent", "/CS": "/ColorSpace",
    "/IM": "/ImageMask", "/D": "/Decode", "/F": "/Filter", "/DP": "/DecodeParms",
}  # fmt: skip


class Reader:
    """Reads the pages of one file, and keeps what they share."""

    __slots__ = ("_shelf",)

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._shelf = Shelf(pdf.Root)

    def content(self, page: Page) -> Content:
        """Read a page's content; what cannot be read is told in its troubles."""
        resources = self._shelf.resources(inherited(page.obj, "/Resources"))
        walk = Walk(page, self._shelf, resources, HANDLERS)
        try:
            walk.read(operations(content_of(page.obj)))
        except NO_SENSE as error:
            walk.trouble(f"It cannot be read to its end: {type(error).__name__}.")
        return Content(
            page=page,
            marks=tuple(walk.marks),
            troubles=tuple(walk.troubles),
            senseless=walk.senseless,
        )


def page_of(leaf: Leaf) -> Page:
    """Return a page with its boxes: what is not told is what it stands for."""
    return Page(
        number=leaf.number,
        media=leaf.media,
        bleed=leaf.bleed or leaf.cut,
        trim=leaf.cut,
        rotation=leaf.turned,
        obj=leaf.obj,
    )


def pages_of(pdf: pikepdf.Pdf) -> list[Page]:
    """Return the pages of a sound file."""
    return [page_of(leaf_of(n, page.obj)) for n, page in enumerate(pdf.pages, start=1)]


def _draw(walk: Walk, operands: list[Any]) -> None:
    """Draw a form or a picture by its name."""
    found = walk.resources.named("/XObject", operands[0])
    if not isinstance(found, Stream):
        return
    off = "/OC" in found and walk.shelf.hides(found.get("/OC"))
    walk.off += off
    if found.get("/Subtype") == "/Form":
        draw_form(walk, found)
    elif found.get("/Subtype") == "/Image":
        _picture(walk, found, found)
    walk.off -= off


def _picture(walk: Walk, about: Any, image: Any) -> None:
    """Put a picture down; about is its dictionary, with long keys."""
    matrix = walk.state.ctm
    width, height = (int(number(about.get(key))) for key in ("/Width", "/Height"))
    stencil = bool(about.get("/ImageMask", False))
    if stencil and walk.state.fill_space is PATTERN:
        put(walk, "fill", moved(_UNIT, matrix))
        return
    if stencil:
        paint = walk.shelf.paints.fill(walk.state)
    else:
        made = about.get("/ColorSpace")
        space = walk.resources.space(made) if made is not None else UNKNOWN
        paint = walk.shelf.paints.of(space, (), walk.state)
    soft = isinstance(about.get("/SMask"), Stream) or number(about.get("/SMaskInData")) > 0
    picture = Picture(
        width=width,
        height=height,
        bits=1 if stencil else int(number(about.get("/BitsPerComponent"), 8)),
        ppi=_ppi(width, height, matrix),
        mask=stencil,
        masked="soft" if soft else "hard" if about.get("/Mask") is not None else "",
        image=image,
        matrix=matrix,
    )
    walk.add("image", moved(_UNIT, matrix), paint, picture=picture)


def _ppi(width: int, height: int, matrix: Matrix) -> tuple[float, float]:
    across, up = math.hypot(matrix[0], matrix[1]), math.hypot(matrix[2], matrix[3])
    return (
        width * 72 / across if across else math.inf,
        height * 72 / up if up else math.inf,
    )


def _inline(walk: Walk, operands: list[Any]) -> None:
    given, data = operands
    about = {_SHORT.get(key, key): value for key, value in given.items()}
    _picture(walk, about, (about, data))


def _shade(walk: Walk, operands: list[Any]) -> None:
    shading = walk.resources.named("/Shading", operands[0])
    if shading is None:
        return
    box = walk.state.clip or walk.page.media
    bounds = placed(listed_in(entry(shading, "/BBox")), walk.state.ctm)
    walk.add("shading", bounds or box, shaded(walk, shading))


def _begin_tag(walk: Walk, operands: list[Any]) -> None:
    off = False
    if len(operands) == 2 and operands[0] == "/OC" and isinstance(operands[1], str):
        off = walk.shelf.hides(walk.resources.named("/Properties", operands[1]))
    walk.tags.append(off)
    walk.off += off


def _end_tag(walk: Walk, _: list[Any]) -> None:
    if walk.tags:
        walk.off -= walk.tags.pop()


HANDLERS: Handlers = {
    **settings.HANDLERS,
    **paths.HANDLERS,
    **shows.HANDLERS,
    b"Do": _draw,
    b"BI": _inline,
    b"sh": _shade,
    b"BMC": _begin_tag,
    b"BDC": _begin_tag,
    b"EMC": _end_tag,
}
