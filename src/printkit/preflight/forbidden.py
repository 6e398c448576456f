"""What a print file may not hold: actions, notes on the paper, PostScript, curves, alternates."""

from collections.abc import Iterable, Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from printkit.errors import quoted
from printkit.findings import Finding, Rule, Severity
from printkit.preflight.claims import claim_of
from printkit.preflight.documents import Document
from printkit.preflight.leaves import Holding, annotations
from printkit.preflight.limits import Asked
from printkit.preflight.objects import box_of, entry, items_of, listed_in, name_of, number_of

ACTIONS = Rule(
    code="no-actions",
    severity=Severity.FAIL,
    rule="A press file holds no actions and no JavaScript.",
    because="What a file does when it is opened can change what is printed "
    "(ISO 15930-7; ISO 15930-1).",
)
ANNOTATIONS = Rule(
    code="annotations-outside",
    severity=Severity.FAIL,
    rule="In a press file annotations, such as links, notes and form fields, lie outside the "
    "bleed.",
    because="Whether they print depends on the program and its settings (ISO 15930-7).",
)
POSTSCRIPT = Rule(
    code="no-postscript",
    severity=Severity.FAIL,
    rule="A press file holds no PostScript, no transfer curves, no alternate pictures, and "
    "nothing that lies in another file.",
    because="Each lets two machines print two things from one file (ISO 15930-7).",
)
FLAT = Rule(
    code="x1a-flat",
    severity=Severity.FAIL,
    rule="A PDF/X-1a file holds no transparency: no groups, soft masks, alpha or blending, nor "
    "layers and pictures of later versions.",
    because="Machines for PDF 1.3 and 1.4 without transparency print it wrong (ISO 15930-1).",
)
RULES = (ACTIONS, ANNOTATIONS, POSTSCRIPT, FLAT)

_TAKE_OUT = "Take it out, and export again for print."
_FLATTEN = "Flatten the transparency, or order PDF/X-4, which keeps it."
_FOR_PRINT = {"/PrinterMark", "/TrapNet"}
_NORMAL = {"", "/Normal", "/Compatible"}

Wrong = tuple[Rule, str, str, dict[str, Any]]


def check(document: Document, asked: Asked) -> Iterator[Finding]:
    """Yield what a press file holds and may not; other editions are asked nothing."""
    if asked.edition != "press":
        return
    claim = asked.expected.standard or claim_of(document)
    wrongs = [*_no_actions(document), *_annotations_lie_outside(document)]
    wrongs += [wrong for held in document.holdings for wrong in _no_postscript(held)]
    if claim.startswith("PDF/X-1a"):
        wrongs += _pages_are_flat(document)
        wrongs += [wrong for held in document.holdings for wrong in _is_flat(held)]
    for rule, what, fix, place in wrongs:
        yield asked.finding(rule, what, fix, **place)


def held(holdings: Iterable[Holding], asked: Asked) -> Iterator[Finding]:
    """Yield which of some objects a press file may not hold."""
    for one in holdings:
        for rule, what, fix, place in _no_postscript(one):
            yield asked.finding(rule, what, fix, **place)


def _no_actions(document: Document) -> Iterator[Wrong]:
    root = document.root
    for key, words in (
        ("/OpenAction", "an action when it is opened"),
        ("/AA", "actions of its own"),
    ):
        action = root.get(key)
        if isinstance(action, Dictionary):  # an array is only the place to open at
            yield ACTIONS, f"The file has {words}{_of(action)}.", _TAKE_OUT, {}
    if items_of(entry(entry(root, "/Names"), "/JavaScript")):
        yield ACTIONS, "The file holds JavaScript.", _TAKE_OUT, {}
    if entry(root.get("/AcroForm"), "/XFA") is not None:
        yield ACTIONS, "The file holds an XFA form.", _TAKE_OUT, {}
    for leaf in document.leaves:
        place = {"page": leaf.number}
        if isinstance(leaf.obj.get("/AA"), Dictionary):
            yield ACTIONS, "The page has actions.", _TAKE_OUT, place
        acting = [one for one in annotations(leaf) if _acts(one)]
        if acting:
            what = f"{_count(len(acting), 'annotation has', 'annotations have')} an action"
            yield ACTIONS, f"{what}{_of(acting[0].get('/A'))}.", _TAKE_OUT, place


def _acts(annotation: Any) -> bool:
    return any(isinstance(annotation.get(key), Dictionary) for key in ("/A", "/AA"))


def _of(action: Any) -> str:
    kind = name_of(entry(action, "/S")).lstrip("/")
    return f", such as {quoted(kind)}" if kind else ""


def _annotations_lie_outside(document: Document) -> Iterator[Wrong]:
    for leaf in document.leaves:
        bleed = leaf.bleed or leaf.cut
        for one in annotations(leaf):
            kind, box = name_of(one.get("/Subtype")), box_of(one.get("/Rect"))
            if kind == "/Popup" or box is None:
                continue
            apart = box[2] <= bleed[0] or box[0] >= bleed[2]
            apart = apart or box[3] <= bleed[1] or box[1] >= bleed[3]
            if not apart and kind not in _FOR_PRINT:
                what = f"An annotation, {quoted(kind.lstrip('/') or '?')}, lies on the paper."
                place = {"page": leaf.number, "place": leaf.place(box)}
                yield ANNOTATIONS, what, _TAKE_OUT, place


def _no_postscript(held: Holding) -> Iterator[Wrong]:
    obj, place = held.obj, {"page": held.page}
    if name_of(entry(obj, "/Subtype")) == "/PS" or name_of(entry(obj, "/Subtype2")) == "/PS":
        yield POSTSCRIPT, f"{quoted(held.name)} is a piece of PostScript.", _TAKE_OUT, place
    if held.kind == "state":
        second = obj.get("/TR2") if isinstance(obj, Dictionary) else None
        curve = entry(obj, "/TR") if second is None else second
        if curve is not None and name_of(curve) not in ("/Identity", "/Default"):
            yield POSTSCRIPT, "A transfer curve changes the inks.", _TAKE_OUT, place
    if listed_in(entry(obj, "/Alternates")):
        yield POSTSCRIPT, "A picture has alternates.", _TAKE_OUT, place
    for key, words in (("/OPI", "stands for one elsewhere (OPI)"), ("/Ref", "refers to a file")):
        if isinstance(entry(obj, key), Dictionary):
            yield POSTSCRIPT, f"A picture or form {words}.", _TAKE_OUT, place
    if isinstance(obj, Stream) and obj.get("/F") is not None:
        yield POSTSCRIPT, "The content of a stream lies in another file.", _TAKE_OUT, place


def _pages_are_flat(document: Document) -> Iterator[Wrong]:
    for leaf in document.leaves:
        if _is_group(leaf.obj):
            yield _flat(leaf.number, "The page is a transparency group.")
    if isinstance(document.root.get("/OCProperties"), Dictionary):
        yield FLAT, "The file has layers.", "Merge the layers.", {}


def _is_flat(held: Holding) -> Iterator[Wrong]:
    obj = held.obj
    if held.kind == "form" and _is_group(obj):
        yield _flat(held.page, "A form is a transparency group.")
    if held.kind == "image":
        if isinstance(entry(obj, "/SMask"), Stream):
            yield _flat(held.page, "A picture has a soft mask.")
        if "/JPXDecode" in _filters(obj):
            yield _flat(held.page, "A picture is JPEG 2000.")
        if entry(obj, "/BitsPerComponent") == 16:
            yield _flat(held.page, "A picture has 16 bits a channel.")
    if held.kind == "state":
        if isinstance(entry(obj, "/SMask"), Dictionary):
            yield _flat(held.page, "A soft mask is set.")
        alphas = (number_of(entry(obj, "/ca")), number_of(entry(obj, "/CA")))
        if any(alpha is not None and alpha < 1 for alpha in alphas):
            yield _flat(held.page, "Something is see-through.")
        if not _blends(obj) <= _NORMAL:
            yield _flat(held.page, "Something blends with what lies below it.")


def _flat(page: int, what: str) -> Wrong:
    return FLAT, what, _FLATTEN, {"page": page}


def _is_group(obj: Any) -> bool:
    return name_of(entry(entry(obj, "/Group"), "/S")) == "/Transparency"


def _filters(obj: Any) -> set[str]:
    value = entry(obj, "/Filter")
    return {name_of(one) for one in (listed_in(value) or [value])}


def _blends(obj: Any) -> set[str]:
    """Return the blend mode that is used: of a list, the first."""
    mode = entry(obj, "/BM")
    if isinstance(mode, Array):
        mode = next((one for one in listed_in(mode) if isinstance(one, Name)), None)
    return {name_of(mode)}


def _count(number: int, one: str, many: str) -> str:
    return f"1 {one}" if number == 1 else f"{number} {many}"
