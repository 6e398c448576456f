"""A PDF without transparency, for PDF/X-1a: no groups, see-through pictures set on white."""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Name
from PIL import Image, ImageChops

from printkit.errors import Problems

_MOST_DEEP = 30
_NONE = Name("/None")
_FIX = "Give it the solid colour that it should have, or build PDF/X-4."


def make_opaque(pdf: pikepdf.Pdf) -> None:
    """Take all transparency out of a PDF whose pictures stand in gray or CMYK, 8 bits.

    Groups at full strength and masks go without changing what is seen, but for what shines
    through a picture, where white comes to stand. Raises UserError with what cannot be taken out.
    """
    problems = Problems()
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, start=1):
        _drop_group(page.obj)
        for resources in _all_resources(page.obj, seen):
            for words in _states_made_opaque(resources):
                problems.add(f"On page {number} something {words}, and PDF/X-1a has no such.", _FIX)
            for picture in _streams(resources, "/XObject"):
                if picture.get("/Subtype") == "/Image" and "/SMask" in picture:
                    _set_on_white(picture)
    problems.raise_if_any()


def opaque(data: bytes) -> bytes:
    """Return a PDF without its transparency, the same bytes for the same PDF."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        make_opaque(pdf)
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _all_resources(
    drawing: pikepdf.Object, seen: set[tuple[int, int]], depth: int = 0
) -> Iterator[pikepdf.Object]:
    """Yield the resources of a page and of all forms and patterns that it draws, each once."""
    resources = drawing.get("/Resources")
    if resources is None or depth > _MOST_DEEP:
        return
    yield resources
    for kind in ("/XObject", "/Pattern"):
        for inner in _streams(resources, kind):
            if inner.get("/Subtype") == "/Image" or inner.objgen in seen:
                continue
            seen.add(inner.objgen)
            _drop_group(inner)
            yield from _all_resources(inner, seen, depth + 1)


def _streams(resources: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
    for value in resources.get(kind, pikepdf.Dictionary()).values():
        if isinstance(value, pikepdf.Stream):
            yield value


def _drop_group(drawing: pikepdf.Object) -> None:
    if "/Group" in drawing and drawing.Group.get("/S") == "/Transparency":
        del drawing["/Group"]


def _states_made_opaque(resources: pikepdf.Object) -> Iterator[str]:
    """Take what says nothing out of graphics states; yield words for what does say something."""
    for state in resources.get("/ExtGState", pikepdf.Dictionary()).values():
        for key in ("/ca", "/CA"):
            if float(state.get(key, 1)) != 1:
                yield f"is see-through ({float(state[key]):.0%} strong)"
        if state.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible):
            yield f"blends with what is below it ({str(state.BM)[1:].lower()})"
        if state.get("/SMask", _NONE) != _NONE:
            yield "fades out (a mask or a gradient)"
        for key in ("/ca", "/CA", "/BM", "/SMask", "/AIS"):
            if key in state:
                del state[key]


def _set_on_white(picture: pikepdf.Object) -> None:
    """Let a picture show what it would on white paper."""
    size = int(picture.Width), int(picture.Height)
    mode = "CMYK" if picture.ColorSpace == Name.DeviceCMYK else "L"
    alpha = Image.frombytes("L", size, picture.SMask.read_bytes())
    shown = Image.frombytes(mode, size, picture.read_bytes())
    if mode == "CMYK":  # no ink is white
        shown = Image.merge("CMYK", [ImageChops.multiply(ink, alpha) for ink in shown.split()])
    else:
        dark = ImageChops.multiply(ImageChops.invert(shown), alpha)
        shown = ImageChops.invert(dark)
    del picture["/SMask"]
    picture.write(shown.tobytes())
