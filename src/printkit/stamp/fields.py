"""Blanks of the screen edition as form fields: typed once, shown wherever the name stands."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.editions import Sheet
from printkit.errors import Problems, quoted
from printkit.stamp.wide import add_wide_face, wide_face
from printkit.typeset.layout import FIELD_MARK, FieldPlace

LARGEST_PT = 11.0
SMALLEST_PT = 8.0
LINE_HEIGHT = 1.45
"""Of a text field, in multiples of its letters' size: viewers set them in the middle."""
LETTER_EM = 0.55
"""How wide a letter of a name is on average, in multiples of the size."""
USUAL_LETTERS = 40
"""What most names and streets come to; a line need not hold more at its largest size."""
ALIAS = "Wingdings"
"""What the form calls its face: pdfium takes a face by this name for all letters of all languages,
and else writes a Vietnamese letter in whatever face of the machine it finds."""
SIDE_PT = 2.0
"""What viewers keep free at both ends of a line."""
INSET = 0.18
"""From a box's edge to its cross, in parts of its side."""
_NO_SPELLING, _NO_SCROLLING = 1 << 22, 1 << 23
"""No spelling service is asked, and a line takes no more than prints (ISO 32000-2, table 231)."""
_PRINTED = 4


def add_fields(pdf: pikepdf.Pdf, fields: Sequence[FieldPlace], *, sheet: Sheet) -> None:
    """Give a finished screen edition a form field for each name, with a widget for each place.

    Nothing typed leaves the file: there are no actions, scripts or submissions. Every widget stands
    in the structure, as PDF/UA-1 asks (ISO 14289-1, 7.18). Raises UserError for blanks of one name
    that differ in kind, and for blanks that no one who listens could tell from others.
    """
    _checked(fields)
    figures = dict(_field_figures(pdf))
    face = add_wide_face(pdf, wide_face(sheet.fonts))
    parents = {name: _field(pdf, same) for name, same in _by_name(fields).items()}
    for one in fields:
        widget = _widget(pdf, one, parents[one.name])
        _tell(pdf, figures[one.number], widget, one.tip, sheet.language)
    pdf.Root.AcroForm = pdf.make_indirect(
        Dictionary(
            Fields=Array(list(parents.values())),
            DR=Dictionary(Font=Dictionary({f"/{ALIAS}": face})),
            DA=pikepdf.String(_appearance(LARGEST_PT)),
        )
    )
    for parent in parents.values():
        _draw_all(pdf, parent, face)
    _order_by_structure(pdf)


def size_for(field: FieldPlace) -> float:
    """Return the size of a field's letters: smaller only where its line is short for its text."""
    room = (field.place.width_pt - 2 * SIDE_PT) / (LETTER_EM * min(field.most, USUAL_LETTERS))
    return round(max(SMALLEST_PT, min(LARGEST_PT, room, field.place.height_pt / LINE_HEIGHT)), 1)


def _checked(fields: Iterable[FieldPlace]) -> None:
    problems = Problems()
    for name, same in _by_name(fields).items():
        if len({one.kind for one in same}) > 1:
            problems.add(
                f"The blank {quoted(name)} is a line in one place and a box to tick in another.",
                "Give one of them another name.",
            )
        if not all(one.tip.strip() for one in same):
            problems.add(
                f"The blank {quoted(name)} does not say what to write there.",
                "Give it a few words for who hears the form read aloud.",
            )
    numbers = Counter(one.number for one in fields)
    for one in fields:
        if numbers[one.number] > 1:
            problems.add(
                f"The blank {quoted(one.name)} stands in a part that is repeated on every page.",
                "Put it where the sheet has it once.",
            )
    problems.raise_if_any()


def _by_name(fields: Iterable[FieldPlace]) -> dict[str, list[FieldPlace]]:
    found: dict[str, list[FieldPlace]] = {}
    for one in fields:
        found.setdefault(one.name, []).append(one)
    return found


def _field_figures(pdf: pikepdf.Pdf) -> Iterator[tuple[int, pikepdf.Object]]:
    """Give the structure elements that stand for fields, with their fields' numbers."""
    for obj in pdf.objects:
        if isinstance(obj, Dictionary) and (number := number_of(obj)) is not None:
            yield number, obj


def number_of(element: pikepdf.Object) -> int | None:
    """Return which field a structure element stands for, if it does."""
    if element.get("/S") != Name.Figure:
        return None
    before, _, number = str(element.get("/Alt", "")).partition(FIELD_MARK)
    return int(number) if not before and number.isdecimal() else None


def _field(pdf: pikepdf.Pdf, same: Sequence[FieldPlace]) -> pikepdf.Object:
    """Return the field of a name, without widgets so far."""
    first = same[0]
    field = Dictionary(
        T=pikepdf.String(first.name), TU=pikepdf.String(first.tip), Kids=Array(), Ff=0
    )
    if first.kind == "box":
        field.FT, field.V = Name.Btn, Name.Off
    else:
        field.FT, field.Ff = Name.Tx, _NO_SPELLING | _NO_SCROLLING
        field.MaxLen = min(one.most for one in same)
        field.DA = pikepdf.String(_appearance(min(size_for(one) for one in same)))
        field.Q = 0  # clerks read it from left to right, whatever its writer reads
    return pdf.make_indirect(field)


def _appearance(size: float) -> str:
    return f"0 g /{ALIAS} {size:g} Tf"


def _widget(pdf: pikepdf.Pdf, one: FieldPlace, field: pikepdf.Object) -> pikepdf.Object:
    """Put a field's widget on its page: as high as its letters, its foot on the ruled line."""
    page = pdf.pages[one.place.page - 1]
    left, _, _, top = (float(edge) for edge in page.trimbox.as_list())
    foot = top - one.place.y_pt - one.place.height_pt
    height = one.place.height_pt
    widget = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        Parent=field,
        P=page.obj,
        F=_PRINTED,
        BS=Dictionary(W=0),
    )
    if one.kind == "text":
        size = size_for(one)
        height = min(height, size * LINE_HEIGHT)
        widget.DA = pikepdf.String(_appearance(size))
    else:
        widget.AS = Name.Off
        widget.MK = Dictionary(CA=pikepdf.String("8"))  # a cross, where a viewer draws its own
    right = left + one.place.x_pt + one.place.width_pt
    edges = (left + one.place.x_pt, foot, right, foot + height)
    widget.Rect = Array([round(edge, 2) for edge in edges])
    placed = pdf.make_indirect(widget)
    if "/Annots" not in page.obj:
        page.obj.Annots = Array()
    page.obj.Annots.append(placed)
    field.Kids.append(placed)
    return placed


def _tell(
    pdf: pikepdf.Pdf, element: pikepdf.Object, widget: pikepdf.Object, tip: str, language: str
) -> None:
    """Let the structure element of a blank's picture be that of its widget."""
    for old in ("/A", "/K"):
        if old in element:
            del element[old]
    element.S = Name.Form
    element.Alt = pikepdf.String(tip)
    element.Lang = pikepdf.String(language)
    element.K = Dictionary(Type=Name.OBJR, Obj=widget, Pg=widget.P)
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    key = 1 + max(int(number) for number in numbers.as_list()[::2])
    widget.StructParent = key
    numbers.append(key)
    numbers.append(element)
    pdf.Root.StructTreeRoot.ParentTreeNextKey = key + 1


def _draw_all(pdf: pikepdf.Pdf, field: pikepdf.Object, face: pikepdf.Object) -> None:
    """Give a field's widgets what they show: nothing yet, or a box's cross once it is ticked.

    Widgets of one size share it, since they show one value; fields do not, since some programs
    write what is typed into the very form that was there.
    """
    shown: dict[tuple[float, float], Dictionary] = {}
    for widget in field.Kids.as_list():
        left, foot, right, top = (float(edge) for edge in widget.Rect.as_list())
        size = round(right - left, 1), round(top - foot, 1)
        if size not in shown:
            is_text = Name("/Tx") == field.FT
            shown[size] = _empty(pdf, size, face) if is_text else _ticked_or_not(pdf, size)
        widget.AP = shown[size]


def _empty(pdf: pikepdf.Pdf, size: tuple[float, float], face: pikepdf.Object) -> Dictionary:
    resources = Dictionary(Font=Dictionary({f"/{ALIAS}": face}))
    return Dictionary(N=_form(pdf, b"/Tx BMC EMC", size, resources))


def _ticked_or_not(pdf: pikepdf.Pdf, size: tuple[float, float]) -> Dictionary:
    left, foot = (INSET * side for side in size)
    right, top = ((1 - INSET) * side for side in size)
    cross = b"q 0 G 1.2 w 1 J %.2f %.2f m %.2f %.2f l %.2f %.2f m %.2f %.2f l S Q" % (
        *(left, foot, right, top),
        *(left, top, right, foot),
    )
    states = Dictionary()
    states.Yes = _form(pdf, cross, size, Dictionary())
    states.Off = _form(pdf, b"", size, Dictionary())
    return Dictionary(N=states)


def _form(
    pdf: pikepdf.Pdf, operators: bytes, size: tuple[float, float], resources: Dictionary
) -> pikepdf.Object:
    form = pdf.make_stream(operators)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([0, 0, *size])
    form.Resources = resources
    return form


def _order_by_structure(pdf: pikepdf.Pdf) -> None:
    """Put every page's links and fields in the order of reading, for viewers that tab by it."""
    places: Mapping[tuple[int, int], int] = {
        objgen: at for at, objgen in enumerate(_annotations_in_order(pdf.Root.StructTreeRoot))
    }
    for page in pdf.pages:
        if "/Annots" in page.obj:
            notes = list(page.obj.Annots.as_list())
            notes.sort(key=lambda note: places.get(note.objgen, len(places)))
            page.obj.Annots = Array(notes)
            page.obj.Tabs = Name.S


def _annotations_in_order(root: pikepdf.Object) -> Iterator[tuple[int, int]]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element, Array):
            waiting += reversed(element.as_list())
        elif isinstance(element, Dictionary):
            if element.get("/Type") == Name.OBJR:
                yield element.Obj.objgen
            elif "/K" in element:
                waiting.append(element.K)
