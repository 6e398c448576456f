"""What a slot can hold: a code, lines of Western text, or a page that was typeset."""

import functools
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.errors import Problems, did_you_mean, quoted
from printkit.inks import BLACK, OVERPRINT, Space
from printkit.latin import Face, Weight, add_face
from printkit.lengths import Size
from printkit.qr import QUIET_MODULES, qr_stream

LEADING = 1.25
"""From baseline to baseline, in multiples of the size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A QR code, as large as the slot's shorter side, in the slot's middle."""

    url: str
    alt: str = ""
    """What it is, for who cannot see it."""
    quiet: int = QUIET_MODULES


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Lines in Western letters, in the middle of the slot's height; never shrunk to fit."""

    lines: tuple[str, ...]
    size_pt: float = 7.5
    align: Literal["start", "center", "end"] = "start"
    direction: Literal["ltr", "rtl"] = "ltr"
    """The sheet's, so that start and end are where its readers expect them."""
    weight: Weight = "Regular"
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A page of another PDF, such as `typeset_slots` makes, in the slot's upper left corner."""

    pdf: bytes
    page: int
    """Counted from 1."""
    alt: str = ""


Content = Code | Words | Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A content as the parts of a form XObject, its origin at the slot's lower left corner."""

    operators: bytes
    resources: pikepdf.Object


def alt_of(content: Content) -> str:
    """Return a content's words for who cannot see it."""
    if isinstance(content, Words) and not content.alt:
        return " ".join(content.lines)
    return content.alt


def identity_of(content: Content, *, pages: str = "") -> tuple[object, ...]:
    """Return what tells a content from all others, in a few words.

    `pages` is the digest of the PDF that forms are of, where they come without it.
    """
    if isinstance(content, Form):
        return "Form", pages or digest_of(content.pdf), content.page, content.alt
    return type(content).__name__, content


def document_of(digest: str, contents: Mapping[str, Content], slug: str, *, pages: str = "") -> str:
    """Return a digest that names a file among all others of the base with this digest."""
    told = hashlib.sha256(f"{digest}{slug}".encode())
    for name in sorted(contents):
        told.update(repr((name, identity_of(contents[name], pages=pages))).encode())
    return told.hexdigest()[:32]


def match(slots: Mapping[str, object], contents: Mapping[str, Content]) -> None:
    """Hold the contents to the slots, by name; raises UserError with all that do not match."""
    if slots.keys() == contents.keys():
        return
    problems = Problems()
    for name in sorted(slots.keys() - contents.keys()):
        problems.add(f"Nothing was given for the slot {quoted(name)}.", "Give it a content.")
    for name in sorted(contents.keys() - slots.keys()):
        problems.add(
            f"The template has no slot {quoted(name)}.",
            did_you_mean(name, slots) or "Put the slot into the template.",
        )
    problems.raise_if_any()


def drawn(
    pdf: pikepdf.Pdf, content: Content, *, size: Size, space: Space, faces: "Faces"
) -> Drawing:
    """Return a content drawn for a slot of a size, in black as the edition prints it."""
    if isinstance(content, Code):
        operators = code_operators(content, size=size, space=space)
        return Drawing(operators=operators, resources=Dictionary())
    if isinstance(content, Words):
        face = faces.of[content.weight]
        operators = words_operators(content, size=size, space=space, face=face)
        return Drawing(operators=operators, resources=faces.resources(content.weight, space))
    return _form(pdf, content, size=size)


class Faces:
    """The faces of one PDF: each goes into it once, however many slots it draws."""

    def __init__(self, pdf: pikepdf.Pdf, faces: Mapping[Weight, Face]) -> None:
        self.of = faces
        self._pdf = pdf
        self._fonts: dict[Weight, pikepdf.Object] = {}

    def resources(self, weight: Weight, space: Space) -> pikepdf.Object:
        """Return the resources of words in a weight: their font F, and black's state K."""
        if weight not in self._fonts:
            self._fonts[weight] = add_face(self._pdf, self.of[weight])
        resources = Dictionary(Font=Dictionary(F=self._fonts[weight]))
        if space == "DeviceCMYK":
            resources.ExtGState = Dictionary(K=Dictionary(OVERPRINT))
        return resources


def black_words(space: Space) -> bytes:
    """Return the operators of black letters, which overprint where there are other inks."""
    return b"/K gs " + BLACK[space] if space == "DeviceCMYK" else BLACK[space]


def code_operators(content: Code, *, size: Size, space: Space) -> bytes:
    """Return the operators that draw a code in the middle of a slot of a size."""
    side = min(size.width_pt, size.height_pt)
    x, y = (size.width_pt - side) / 2, (size.height_pt - side) / 2
    operators = qr_stream(content.url, quiet=content.quiet, ink=BLACK[space])
    return b"q %.4f 0 0 %.4f %.4f %.4f cm\n%s\nQ" % (side, side, x, y, operators)


def words_operators(content: Words, *, size: Size, space: Space, face: Face) -> bytes:
    """Return the operators that draw words in a slot of a size; their font is called F."""
    leading = LEADING * content.size_pt
    capitals = face.cap_height * content.size_pt / 1000
    block = capitals + leading * (len(content.lines) - 1)
    baseline = (size.height_pt + block) / 2 - capitals
    parts = [b"q", black_words(space), b"BT /F %.3f Tf" % content.size_pt]
    for line in content.lines:
        spare = size.width_pt - face.width(line, content.size_pt)
        before = {"start": 0.0, "center": spare / 2, "end": spare}[content.align]
        x = before if content.direction == "ltr" else spare - before
        shown = face.encoded(line).hex().encode()
        parts.append(b"1 0 0 1 %.3f %.3f Tm <%s> Tj" % (x, baseline, shown))
        baseline -= leading
    return b"\n".join((*parts, b"ET Q"))


def _form(pdf: pikepdf.Pdf, content: Form, *, size: Size) -> Drawing:
    _, forms = _opened(content.pdf)
    form = pdf.copy_foreign(forms[content.page - 1])
    left, _, _, top = (float(edge) for edge in form.BBox)
    return Drawing(
        operators=page_operators(left, top, size=size),
        resources=Dictionary(XObject=Dictionary(Content=form)),
    )


def page_operators(left_pt: float, top_pt: float, *, size: Size) -> bytes:
    """Return the operators that draw a page, called Content, by its left and its top edge."""
    return b"q 1 0 0 1 %.4f %.4f cm /Content Do Q" % (-left_pt, size.height_pt - top_pt)


@functools.lru_cache(maxsize=8)
def _opened(pdf: bytes) -> tuple[pikepdf.Pdf, tuple[pikepdf.Object, ...]]:
    """Open a PDF of slots' contents once, however many sheets they go into."""
    source = pikepdf.open(io.BytesIO(pdf))
    forms = tuple(source.make_indirect(page.as_form_xobject()) for page in source.pages)
    return source, forms  # the forms live as long as their file


@functools.lru_cache(maxsize=8)
def digest_of(pdf: bytes) -> str:
    """Return the SHA-256 of a PDF, worked out once however many sheets its pages go into."""
    return hashlib.sha256(pdf).hexdigest()


def as_form(slot: pikepdf.Object, drawing: Drawing, size: Size) -> None:
    """Turn a slot's picture, wherever it is drawn, into a form: pictures fill the unit square."""
    slot.write(drawing.operators)
    for key in list(slot.keys()):
        if key not in ("/Length", "/Filter", "/DecodeParms"):
            del slot[key]
    slot.Type, slot.Subtype = Name.XObject, Name.Form
    slot.BBox = Array([0, 0, size.width_pt, size.height_pt])
    slot.Matrix = Array([1 / size.width_pt, 0, 0, 1 / size.height_pt, 0, 0])
    slot.Resources = drawing.resources
