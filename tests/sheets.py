"""Small sheets for tests, in four scripts, and what to ask of a finished PDF."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

from printkit.editions import EDITIONS, Sheet
from printkit.lengths import Size
from printkit.stamp import Base, Code, Content, Words, prepare
from printkit.typeset import Layout, typeset

PROJECT = Path(__file__).resolve().parent.parent
CARD = Size(width_pt=306, height_pt=396)
TEXTS = {
    "en": ("Your privacy, your choice", "Noto Sans", "ltr"),
    "ar": ("خصوصيتك، قرارك", "Noto Sans Arabic", "rtl"),
    "zh-Hant": ("您的隱私，由您決定", "Noto Sans TC", "ltr"),
    "km": ("ឯកជនភាព\u200bរបស់\u200bអ្នក", "Noto Sans Khmer", "ltr"),
}
FACE = """<section><h1>{text}</h1><p class="tint">{text}</p>
<a href="https://slot.invalid/code"><img class="code" data-slot="code" alt="Code"></a>
<p class="foot"><img class="line" data-slot="foot" alt="Footer"></p></section>"""
STYLE = """html, body, h1, p { margin: 0 } body { font: 10pt/1.6 "%s", "Noto Sans"; color: #000 }
section { box-sizing: border-box; height: %.2fpt; padding: 27pt; break-after: page }
section:last-child { break-after: auto }
h1 { background: #0d5c63; color: #fff; margin: -27pt -27pt 12pt; padding: 27pt; font-size: 20pt }
.press h1 { margin: -36pt -36pt 12pt; padding: 36pt }
.tint { background: #fbeed5; border: 1pt solid #888 }
.code { display: block; width: 80pt; height: 80pt } .line { width: 180pt; height: 10pt }
"""
URL = "https://example.org/ca/fresno/es/v1"
CONTENTS: dict[str, Content] = {
    "code": Code(url=URL, alt="Code to example.org"),
    "foot": Words(lines=("Fresno · card · v1 · ab12cd",)),
}


def layout_of(edition: str, language: str = "en", size: Size = CARD, pages: int = 2) -> Layout:
    text, family, direction = TEXTS[language]
    edition_ = EDITIONS[edition]
    style = edition_.css(size) + STYLE % (family, size.height_pt - 0.05)
    html = (
        f'<!doctype html><html lang="{language}" dir="{direction}" class="{edition}">'
        f"<head><title>{text}</title><style>{style}</style></head>"
        f"<body>{FACE.format(text=text) * pages}</body></html>"
    )
    return typeset(
        html,
        roots=(PROJECT / "tests",),
        paint=edition_.paint(PROJECT / "profiles"),
        variant=edition_.variant,
    )


def sheet(title: str = "A card", language: str = "en") -> Sheet:
    return Sheet(
        title=title,
        language=language,
        created=date(2026, 1, 1),
        profiles=PROJECT / "profiles",
        fonts=PROJECT / "fonts",
    )


def base_of(edition: str, language: str = "en", size: Size = CARD, pages: int = 2) -> Base:
    layout = layout_of(edition, language, size, pages)
    return prepare(layout, edition=EDITIONS[edition], sheet=sheet(language=language))


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def inches_of(box: pikepdf.Object) -> list[float]:
    return [round(float(edge) / 72, 3) for edge in box.as_list()]


def operators(pdf: pikepdf.Pdf) -> set[str]:
    """Every operator of every page and form."""
    return {
        str(instruction.operator)
        for stream in streams(pdf)
        for instruction in pikepdf.parse_content_stream(stream)
    }


def streams(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object | pikepdf.Page]:
    yield from pdf.pages
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Form":
            yield obj


def text_of(pdf: bytes, page: int = 1) -> str:
    return str(pdfium.PdfDocument(pdf)[page - 1].get_textpage().get_text_range())
