"""Draws findings on the pages that they are about, and lists them on a page before the first."""

import io
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.findings import Finding, Severity
from printkit.preflight.leaves import Leaf, leaf_of
from printkit.preflight.objects import Box
from printkit.preflight.verdicts import Verdict

COLOURS: Mapping[Severity, bytes] = {
    Severity.FAIL: b"0.8 0 0",
    Severity.WARN: b"0.85 0.5 0",
    Severity.NOTE: b"0 0.3 0.7",
}
_SIZE_PT = 9.0
_LINE_PT = 12.0
_MARGIN_PT = 45.0
_WIDTH, _HEIGHT = 612.0, 792.0
_LETTERS = 110
"""A line; Helvetica of this size is half as wide as high, about."""
_LINES = int((_HEIGHT - 2 * _MARGIN_PT) / _LINE_PT)
_MOST_ON_A_PAGE = 200
_FACE = Dictionary(
    Type=Name.Font,
    Subtype=Name.Type1,
    BaseFont=Name.Helvetica,
    Encoding=Name.WinAnsiEncoding,
)

Numbered = Sequence[tuple[int, Finding]]


def annotated(source: bytes | Path, verdict: Verdict) -> bytes:
    """Return a file's pages with its findings numbered on them, behind a list of them all."""
    numbered = list(enumerate(verdict.findings, start=1))
    by_page: dict[int, list[tuple[int, Finding]]] = {}
    for number, found in numbered:
        if found.page is not None:
            by_page.setdefault(found.page, []).append((number, found))
    with pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source) as pdf:
        leaves = [leaf_of(number, page.obj) for number, page in enumerate(pdf.pages, start=1)]
        for leaf, page in zip(leaves, list(pdf.pages), strict=True):
            here = by_page.get(leaf.number, [])
            if here:
                _draw_on(pdf, page, leaf, here[:_MOST_ON_A_PAGE])
        lines = [*_head(verdict), *(line for one in numbered for line in _told(*one))]
        for place, start in enumerate(range(0, len(lines), _LINES)):
            _insert(pdf, place, lines[start : start + _LINES])
        for key in ("/OutputIntents", "/AcroForm", "/OpenAction"):
            if key in pdf.Root:
                del pdf.Root[key]  # it is to be looked at, and never printed or filled in
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _head(verdict: Verdict) -> list[tuple[bytes, str]]:
    counts = dict.fromkeys(Severity, 0)
    for found in verdict.findings:
        counts[found.severity] += 1
    told = ", ".join(f"{count} {severity}" for severity, count in counts.items())
    return [
        (b"0 0 0", f"Preflight of {verdict.file}, as {verdict.profile}: {told}."),
        (b"0 0 0", "Not for print: findings are drawn on the pages behind this list."),
        (b"0 0 0", ""),
    ]


def _told(number: int, found: Finding) -> list[tuple[bytes, str]]:
    where = f"page {found.page}: " if found.page is not None else ""
    words = f"{number}  {found.severity} {where}{found.what} {found.fix} ({found.code})"
    lines = textwrap.wrap(words, _LETTERS, subsequent_indent="      ")
    return [(COLOURS[found.severity], line) for line in lines]


def _insert(pdf: pikepdf.Pdf, place: int, lines: Iterable[tuple[bytes, str]]) -> None:
    """Put a page of the list before the others."""
    shown = [b"%s rg (%s) Tj T*" % (colour, _escaped(line)) for colour, line in lines]
    top = _HEIGHT - _MARGIN_PT - _SIZE_PT
    head = b"BT /F %.1f Tf %.1f TL %.1f %.1f Td\n" % (_SIZE_PT, _LINE_PT, _MARGIN_PT, top)
    page = pikepdf.Page(
        Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, _WIDTH, _HEIGHT]),
            Resources=Dictionary(Font=Dictionary(F=_FACE)),
            Contents=pdf.make_stream(head + b"\n".join(shown) + b"\nET"),
        )
    )
    pdf.pages.insert(place, page)


def _draw_on(pdf: pikepdf.Pdf, page: pikepdf.Page, leaf: Leaf, here: Numbered) -> None:
    """Draw a page's findings over it; those of no place frame the trim."""
    drawn = [_frame(number, found, _box(found, leaf)) for number, found in here]
    form = pdf.make_stream(b"\n".join(drawn))
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array(list(leaf.media))
    form.Resources = Dictionary(Font=Dictionary(F=_FACE))
    # The page's own content may leave any state behind: it is shut in first.
    page.contents_add(b"q\n", prepend=True)
    name = page.add_resource(form, Name.XObject)
    page.contents_add(b"\nQ q %s Do Q" % str(name).encode())


def _box(found: Finding, leaf: Leaf) -> Box:
    if found.place is None:
        return leaf.cut
    x, y, width, height = (part * 72 for part in found.place)
    left, _, _, top = leaf.cut
    return left + x, top - y - height, left + x + width, top - y


def _frame(number: int, found: Finding, box: Box) -> bytes:
    colour = COLOURS[found.severity]
    left, bottom, right, top = box
    frame = b"%.2f %.2f %.2f %.2f re S" % (left, bottom, right - left, top - bottom)
    tag = b"BT /F 8 Tf %.2f %.2f Td (%d) Tj ET" % (left + 1, top + 1.5, number)
    return b"q 0.75 w %s RG %s rg %s %s Q" % (colour, colour, frame, tag)


def _escaped(text: str) -> bytes:
    """Return text as Helvetica has its letters; what it lacks is a question mark."""
    letters = text.encode("cp1252", errors="replace")
    return letters.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
