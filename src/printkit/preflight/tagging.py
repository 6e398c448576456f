"""How a tagged PDF's parts are made: what pages paint, tables, lists, pictures and form fields."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pikepdf import Array, Dictionary

from printkit.findings import Finding, Rule, Severity
from printkit.preflight.documents import Document
from printkit.preflight.leaves import Leaf, annotations
from printkit.preflight.limits import Asked
from printkit.preflight.objects import box_of, entry, identity, inherited, listed_in, name_of
from printkit.preflight.objects import text_of as words_of
from printkit.preflight.shelf import content_of
from printkit.preflight.structure import Element, elements
from printkit.preflight.tokens import operations
from printkit.preflight.walk import NO_SENSE

CONTENT = Rule(
    code="ua-content",
    severity=Severity.FAIL,
    rule="Whatever a page paints is tagged, or marked as an artifact.",
    because="A reader has to know what to say and what to pass over (ISO 14289-1, 7.1).",
)
TABLES = Rule(
    code="ua-tables",
    severity=Severity.FAIL,
    rule="Every table has header cells, which say what they head.",
    because="Else a listener hears numbers, and not what they are about (ISO 14289-1, 7.5).",
)
LISTS = Rule(
    code="ua-lists",
    severity=Severity.FAIL,
    rule="Lists are made of items, and items of a label and a body.",
    because="A reader says how many items there are, and leaps from one to the next "
    "(ISO 14289-1, 7.6; ISO 32000-1, 14.8.4.3.3).",
)
PLACES = Rule(
    code="ua-figure-place",
    severity=Severity.WARN,
    rule="Every figure says where it stands on its page.",
    because="Programs that lay pages out anew take it from there (ISO 32000-1, 14.8.5.4.3).",
)
FIELDS = Rule(
    code="ua-fields",
    severity=Severity.FAIL,
    rule="Every form field says in words what to write there, and stands in a Form of the "
    "structure tree.",
    because="These words are all that a listener gets of a blank (ISO 14289-1, 7.18.1, 7.18.4).",
)
RULES = (CONTENT, TABLES, LISTS, PLACES, FIELDS)

Wrong = tuple[Rule, str, str, dict[str, Any]]
_PAINTS = frozenset(b"f F f* B B* b b* S s Tj TJ ' \" Do sh BI".split())
_TAG = "Export it again as a tagged PDF (PDF/UA)."
_GROUPS = ("THead", "TBody", "TFoot")
_WITHIN = {"L": {"L", "LI", "Caption"}, "LI": {"Lbl", "LBody"}}
_NAMES = {"L": "A list", "LI": "A list's item"}


def check(document: Document, asked: Asked) -> Iterator[Finding]:
    """Yield how the parts of a file for the screen are made wrongly; others are asked nothing."""
    if asked.edition != "screen":
        return
    tree = tuple(elements(document))
    wrongs = [
        *(wrong for leaf in document.leaves for wrong in _content_is_tagged(leaf)),
        *_tables_have_heads(tree),
        *_lists_have_items(tree),
        *_figures_have_places(tree),
        *_fields_speak(document, tree),
    ]
    for rule, what, fix, place in wrongs:
        yield asked.finding(rule, what, fix, **place)


def _content_is_tagged(leaf: Leaf) -> Iterator[Wrong]:
    """Look at the page's own content: a form is tagged with the place where it is drawn."""
    resources = inherited(leaf.obj, "/Resources")
    depth: list[bool] = []
    loose = 0
    try:
        for operator, operands in operations(content_of(leaf.obj)):
            if operator in (b"BDC", b"BMC"):
                depth.append(_is_tagged(operands, resources))
            elif operator == b"EMC":
                del depth[-1:]
            elif operator in _PAINTS and not any(depth):
                loose += operator != b"Do" or not _has_own_tags(operands, resources)
    except NO_SENSE:
        return  # told by those who judge what is painted
    if loose:
        are = "1 thing that the page paints is" if loose == 1 else (
            f"{loose:,} things that the page paints are"
        )  # fmt: skip
        what = f"{are} neither tagged nor marked as an artifact."
        yield CONTENT, what, _TAG, {"page": leaf.number}


def _is_tagged(operands: Sequence[Any], resources: Any) -> bool:
    if operands[:1] == ["/Artifact"]:
        return True
    about = operands[1] if len(operands) == 2 else None
    if isinstance(about, str):
        return entry(entry(entry(resources, "/Properties"), about), "/MCID") is not None
    return isinstance(about, dict) and "/MCID" in about


def _has_own_tags(operands: Sequence[Any], resources: Any) -> bool:
    name = operands[0] if operands else None
    drawn = entry(entry(resources, "/XObject"), name) if isinstance(name, str) else None
    return entry(drawn, "/StructParents") is not None


def _tables_have_heads(tree: Sequence[Element]) -> Iterator[Wrong]:
    roles = _roles(tree)
    for table in tree:
        if table.role != "Table":
            continue
        place = {"page": table.page} if table.page else {}
        rows = [
            row
            for part in _kids(table.obj)
            for row in (_kids(part) if _role(part, roles) in _GROUPS else [part])
        ]
        cells = [(cell, _role(cell, roles)) for row in rows for cell in _kids(row)]
        heads = [cell for cell, role in cells if role == "TH"]
        data = [cell for cell, role in cells if role == "TD"]
        if data and not heads:
            yield TABLES, "A table has no header cells.", "Make its heads header cells (TH).", place
        elif any(_attribute(cell, "/Scope") is None for cell in heads) and not all(
            listed_in(_attribute(cell, "/Headers")) for cell in data
        ):
            fix = "Give them a scope (Column, Row), or name the heads in each cell."
            yield TABLES, "A table's header cells do not say what they head.", fix, place


def _lists_have_items(tree: Sequence[Element]) -> Iterator[Wrong]:
    roles = _roles(tree)
    for one in tree:
        found = {_role(kid, roles) for kid in _kids(one.obj)} - _WITHIN.get(one.role, set())
        if one.role in _WITHIN and found:
            place = {"page": one.page} if one.page else {}
            holds = "items (LI)" if one.role == "L" else "a label (Lbl) and a body (LBody)"
            what = f"{_NAMES[one.role]} holds a tag {min(found)}."
            yield LISTS, what, f"Let it hold {holds} and nothing else.", place


def _figures_have_places(tree: Sequence[Element]) -> Iterator[Wrong]:
    for one in tree:
        if one.role == "Figure" and box_of(_attribute(one.obj, "/BBox")) is None:
            place = {"page": one.page} if one.page else {}
            fix = "Give it a bounding box (BBox) among its attributes."
            yield PLACES, "A figure does not say where it stands.", fix, place


def _fields_speak(document: Document, tree: Sequence[Element]) -> Iterator[Wrong]:
    forms = {number: one for one in tree if one.role == "Form" for number in one.annotations}
    for leaf in document.leaves:
        for widget in annotations(leaf):
            if name_of(widget.get("/Subtype")) != "/Widget":
                continue
            box = box_of(widget.get("/Rect"))
            place = {"page": leaf.number, **({"place": leaf.place(box)} if box else {})}
            form = forms.get(widget.objgen)
            spoken = words_of(inherited(widget, "/TU"))
            if not spoken and not (form and words_of(form.obj.get("/Alt"))):
                fix = "Give it a tip (TU) in a few words."
                yield FIELDS, "A form field does not say what to write there.", fix, place
            if form is None:
                yield FIELDS, "A form field is not in a Form of the structure tree.", _TAG, place


def _roles(tree: Sequence[Element]) -> dict[object, str]:
    return {identity(one.obj): one.role for one in tree if one.obj.is_indirect}


def _role(obj: Any, roles: Mapping[object, str]) -> str:
    return roles.get(identity(obj), name_of(obj.get("/S"))[1:])


def _kids(obj: Any) -> list[Any]:
    """Return an element's own elements."""
    below = entry(obj, "/K")
    kids = listed_in(below) if isinstance(below, Array) else [below]
    return [kid for kid in kids if isinstance(kid, Dictionary) and kid.get("/S") is not None]


def _attribute(obj: Any, key: str) -> Any:
    """Return an attribute of an element, whoever owns it."""
    given = obj.get("/A")
    for one in listed_in(given) if isinstance(given, Array) else [given]:
        if (found := entry(one, key)) is not None:
            return found
    return None
