"""A small form of two pages for tests, and how programs fill it in and show it."""

import ctypes
import functools
import io
from collections.abc import Mapping
from typing import Any

import pikepdf
import pypdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from markupsafe import Markup
from sheets import CARD, PROJECT, TEXTS, sheet

from printkit.blanks import box, line
from printkit.editions import EDITIONS
from printkit.stamp import prepare, stamp
from printkit.typeset import Layout, typeset

NAME = "Nguyễn Thị Ánh Đặng"
TIPS = {
    "en": ("Full name", "Street and number", "I moved"),
    "ar": ("الاسم الكامل", "الشارع والرقم", "لقد انتقلت"),
}
STYLE = """html, body, p { margin: 0 } body { font: 10pt/1.6 "%s", "Noto Sans"; color: #000 }
section { box-sizing: border-box; height: 395.9pt; padding: 27pt; break-after: page }
section:last-child { break-after: auto }
img.line { display: block; width: 240pt; height: 23pt; border-bottom: .5pt solid #000 }
img.box { width: 9pt; height: 9pt; border: .6pt solid #000 }"""


@functools.cache
def form_layout(edition: str = "screen", language: str = "en", pages: int = 2) -> Layout:
    """The same blanks on every page, and a link between them; one stands in an English part."""
    text, family, direction = TEXTS[language]
    name, street, moved = (Markup(tip) for tip in TIPS[language])
    face = "".join(
        (
            f"<section><p>{text} {line('name', name)}</p>",
            f"<p lang='en' dir='ltr'>{line('street', street, most=30)}</p>",
            f"<p>{box('moved', moved)} <a href='https://example.org/'>example.org</a>",
            f" {line('name', name)}</p></section>",
        )
    )
    edition_ = EDITIONS[edition]
    style = edition_.css(CARD) + STYLE % family
    html = (
        f'<!doctype html><html lang="{language}" dir="{direction}" class="{edition}">'
        f"<head><title>{text}</title><style>{style}</style></head>"
        f"<body>{face * pages}</body></html>"
    )
    return typeset(
        html,
        roots=(PROJECT / "tests",),
        paint=edition_.paint(PROJECT / "profiles"),
        variant=edition_.variant,
    )


@functools.cache
def form(edition: str = "screen", language: str = "en", pages: int = 2) -> bytes:
    """The finished file."""
    layout = form_layout(edition, language, pages)
    base = prepare(layout, edition=EDITIONS[edition], sheet=sheet(language=language))
    return stamp(base, {})


def fields_of(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    return {str(field.T): field for field in pdf.Root.AcroForm.Fields.as_list()}


def widgets_of(page: pikepdf.Page) -> list[pikepdf.Object]:
    return [note for note in page.obj.Annots.as_list() if note.Subtype == "/Widget"]


def filled_by_pypdf(pdf: bytes, values: Mapping[str, str]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(values), auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def filled_by_pdfium(pdf: bytes, typed: Mapping[int, str]) -> bytes:
    """What is saved after somebody clicked on annotations of page 1, by number, and typed."""
    document = pdfium.PdfDocument(pdf)
    document.init_forms()
    pages = [document[number] for number in range(len(document))]  # a viewer shows them all
    form, page = document.formenv.raw, pages[0].raw
    for number, text in typed.items():
        note = pdfium_c.FPDFPage_GetAnnot(page, number)
        place = pdfium_c.FS_RECTF()
        pdfium_c.FPDFAnnot_GetRect(note, ctypes.byref(place))
        pdfium_c.FPDFPage_CloseAnnot(note)
        x, y = (place.left + place.right) / 2, (place.top + place.bottom) / 2
        pdfium_c.FORM_OnMouseMove(form, page, 0, x, y)
        pdfium_c.FORM_OnLButtonDown(form, page, 0, x, y)
        pdfium_c.FORM_OnLButtonUp(form, page, 0, x, y)
        for letter in text:
            pdfium_c.FORM_OnChar(form, page, ord(letter), 0)
        pdfium_c.FORM_ForceToKillFocus(form)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def values_of(pdf: bytes) -> dict[str, str]:
    """What pypdf reads in a file's fields."""
    fields = pypdf.PdfReader(io.BytesIO(pdf)).get_fields() or {}
    return {name: str(field.get("/V", "")) for name, field in fields.items()}


def printed(pdf: bytes, page: int) -> str:
    """A page's text with what its fields show, as pdfium prints it."""
    return str(flat(pdf, page).get_textpage().get_text_range())


def pixels(pdf: bytes, page: int) -> bytes:
    """A page with what its fields show, as pdfium prints it."""
    return bytes(flat(pdf, page).render(scale=2).to_pil().tobytes())


def flat(pdf: bytes, page: int) -> Any:
    """A page with what its fields show made part of it."""
    document = pdfium.PdfDocument(pdf)
    document.init_forms()
    if document.formenv is not None:
        document[page - 1].flatten()
    return document[page - 1]
