"""What is typed into blanks: drawn over a finished sheet by appending to it, not by parsing it.

A finished sheet gets a form for each blank, empty at first. What differs by person is then only
those forms' words: they are appended to the file as an incremental update (ISO 32000-2, 7.5.6),
so that a person's letters cost a copy of bytes and no work on a PDF.
"""

import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.inks import BLACK, Space
from printkit.places import Place
from printkit.stamp.base import saved
from printkit.stamp.deflate import deflated
from printkit.stamp.wide import LETTERS, WideFace, add_wide_face
from printkit.typeset.layout import FieldPlace

LARGEST_PT = 11.0
SMALLEST_PT = 7.0
"""Smaller than this no clerk reads; a longer text does not go on its line."""
SIDE_PT = 2.0
"""Kept free at both ends of a line."""
RISE_PT = 4.0
"""From the line to the letters' foot, so that a p or a y does not stand on the rule."""
_ALIKE_PT = 0.5
_LETTERS = frozenset(LETTERS)
_MARK = b"% blank "
_FORM = re.compile(rb"% blank ([0-9]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A blank's form; blanks of one name and size share it, wherever they stand."""

    name: str
    most: int
    """Characters that its line was made for."""
    width_pt: float
    height_pt: float
    number: int
    """Of its object in the PDF."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fillable:
    """A finished sheet whose blanks can be filled in any number of times; pickles."""

    pdf: bytes
    blanks: tuple[Blank, ...]
    advances: Mapping[str, int]
    """Of each letter of the face, in thousandths of the size."""
    ink: bytes
    """The operator for the page's black."""
    resources: int
    """The number of the object that names the face."""
    size: int
    """One more than the highest number of an object."""
    root: int
    info: int
    identifier: bytes
    cross_reference: int
    """Where the file's own table of objects begins."""

    @property
    def names(self) -> frozenset[str]:
        """What can be filled in."""
        return frozenset(blank.name for blank in self.blanks)


def fillable(
    pdf: bytes, fields: Iterable[tuple[FieldPlace, Place]], *, space: Space, face: WideFace
) -> Fillable:
    """Return a finished sheet ready to be filled in; each field comes with its place on it.

    Places are measured from the page's TrimBox. Boxes to tick are left to the pen.
    """
    version = pdf[5:8].decode()
    lines = [(one, place) for one, place in fields if one.kind == "text"]
    kinds, numbers = _kinds(lines)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        font = Dictionary(Font=Dictionary(F=add_wide_face(opened, face)))
        resources = opened.make_indirect(font)
        forms = [
            _empty(opened, number, place, resources) for number, (_, place) in enumerate(kinds)
        ]
        for page in sorted({place.page for _, place in lines}):
            placed = [
                (number, place)
                for number, (_, place) in zip(numbers, lines, strict=True)
                if place.page == page
            ]
            _draw_on(opened.pages[page - 1], opened, forms, placed)
        data = saved(opened, version)
    return _found(data, kinds, face=face, ink=BLACK[space])


def lacking(text: str) -> str:
    """Return the letters of a text that can't be typed into a blank, each once."""
    return "".join(dict.fromkeys(letter for letter in text if letter not in _LETTERS))


def too_long(sheet: Fillable, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of values that do not go on their lines; the face must have the letters."""
    return tuple(
        dict.fromkeys(
            blank.name
            for blank in sheet.blanks
            if (text := values.get(blank.name))
            and (len(text) > blank.most or _size_of(text, blank, sheet.advances) < SMALLEST_PT)
        )
    )


def filled(sheet: Fillable, values: Mapping[str, str]) -> bytes:
    """Return the sheet with values in the blanks of their names; the others stay empty.

    The same values give the same bytes; the face must have their letters.
    """
    update = bytearray(b"" if sheet.pdf.endswith(b"\n") else b"\n")
    entries: list[tuple[int, int]] = []
    for blank in sheet.blanks:
        if text := values.get(blank.name):
            entries.append((blank.number, len(sheet.pdf) + len(update)))
            update += _object(blank, text, sheet)
    if not entries:
        return sheet.pdf
    entries.append((sheet.size, len(sheet.pdf) + len(update)))
    update += _cross_reference(sheet, sorted(entries), hashlib.sha256(update).digest()[:16])
    return sheet.pdf + bytes(update)


def _kinds(
    lines: Sequence[tuple[FieldPlace, Place]],
) -> tuple[list[tuple[FieldPlace, Place]], list[int]]:
    """Return one line of each name and size, and which of them each line is like."""
    kinds: list[tuple[FieldPlace, Place]] = []
    known: dict[tuple[str, int, int, int], int] = {}
    numbers = []
    for one, place in lines:
        alike = round(place.width_pt / _ALIKE_PT), round(place.height_pt / _ALIKE_PT)
        numbers.append(known.setdefault((one.name, one.most, *alike), len(kinds)))
        if numbers[-1] == len(kinds):
            kinds.append((one, place))
    return kinds, numbers


def _empty(
    pdf: pikepdf.Pdf, number: int, place: Place, resources: pikepdf.Object
) -> pikepdf.Object:
    """Return a form that draws nothing, and can be found again by its number."""
    form = pdf.make_stream(_MARK + b"%d" % number)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([0, 0, round(place.width_pt, 3), round(place.height_pt, 3)])
    form.Resources = resources
    return form


def _draw_on(
    page: pikepdf.Page,
    pdf: pikepdf.Pdf,
    forms: Sequence[pikepdf.Object],
    placed: Iterable[tuple[int, Place]],
) -> None:
    """Draw forms over a page: what they say later comes to stand there by itself."""
    left, _, _, top = (float(edge) for edge in page.trimbox.as_list())
    operators = [b"Q"]
    for number, place in placed:
        name = page.add_resource(forms[number], Name.XObject, Name(f"/Blank{number}"))
        x, y = left + place.x_pt, top - place.y_pt - place.height_pt
        operators.append(b"q 1 0 0 1 %.3f %.3f cm %s Do Q" % (x, y, str(name).encode()))
    page.contents_add(pdf.make_stream(b"q"), prepend=True)
    page.contents_add(pdf.make_stream(b"\n".join(operators)))


def _found(
    data: bytes, kinds: Sequence[tuple[FieldPlace, Place]], *, face: WideFace, ink: bytes
) -> Fillable:
    """Find the forms again in the file as it was saved, where their numbers are other ones."""
    blanks = {}
    resources = 0
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for obj in pdf.objects:
            if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Form":
                if (match := _FORM.fullmatch(obj.read_bytes())) is None:
                    continue
                one, place = kinds[int(match[1])]
                resources = obj.Resources.objgen[0]
                blanks[int(match[1])] = Blank(
                    name=one.name,
                    most=one.most,
                    width_pt=round(place.width_pt, 3),
                    height_pt=round(place.height_pt, 3),
                    number=obj.objgen[0],
                )
        trailer = pdf.trailer
        return Fillable(
            pdf=data,
            blanks=tuple(blanks[number] for number in sorted(blanks)),
            advances=dict(zip(LETTERS, face.advances, strict=True)),
            ink=ink,
            resources=resources,
            size=int(trailer.Size),
            root=trailer.Root.objgen[0],
            info=trailer.Info.objgen[0],
            identifier=bytes(trailer.ID[0]),
            cross_reference=int(data.rsplit(b"startxref", 1)[1].split()[0]),
        )


def _size_of(text: str, blank: Blank, advances: Mapping[str, int]) -> float:
    """Return the size at which a text goes on its line, as large as letters are set here."""
    room = blank.width_pt - 2 * SIDE_PT
    most = min(LARGEST_PT, (blank.height_pt - RISE_PT) * 0.9)
    wide = sum(advances[letter] for letter in text) / 1000
    return min(most, room / max(wide, 0.001))


def _object(blank: Blank, text: str, sheet: Fillable) -> bytes:
    """Return a blank's form, with the words in it."""
    size = _size_of(text, blank, sheet.advances)
    shown = text.encode("utf-16-be").hex().encode()  # a letter's code is its number
    stream = b"%s BT /F %.3f Tf %.2f %.2f Td <%s> Tj ET" % (
        sheet.ink,
        size,
        SIDE_PT,
        RISE_PT,
        shown,
    )
    head = b"%d 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 %.3f %.3f]" % (
        blank.number,
        blank.width_pt,
        blank.height_pt,
    )
    return b"%s /Resources %d 0 R /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        head,
        sheet.resources,
        len(stream),
        stream,
    )


def _cross_reference(sheet: Fillable, entries: list[tuple[int, int]], digest: bytes) -> bytes:
    """Return the update's table of objects, as a stream, since the sheet's own is one too."""
    at = entries[-1][1]
    index = b" ".join(b"%d 1" % number for number, _ in entries)
    table = b"".join(b"\x01" + offset.to_bytes(4, "big") + b"\x00" for _, offset in entries)
    packed = deflated(table)
    at_end = (sheet.size, sheet.size + 1, sheet.cross_reference)
    return b"".join(
        (
            b"%d 0 obj\n<< /Type /XRef /Size %d /Prev %d" % at_end,
            b" /Root %d 0 R /Info %d 0 R" % (sheet.root, sheet.info),
            b" /ID [<%s> <%s>]" % (sheet.identifier.hex().encode(), digest.hex().encode()),
            b" /W [1 4 1] /Index [%s] /Filter /FlateDecode /Length %d >>" % (index, len(packed)),
            b"\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (packed, at),
        )
    )
