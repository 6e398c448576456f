"""Pictures of packing: the labels of a region's boxes, and where a sheet's language is marked."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from printkit.built import Built, Sheet
from printkit.executors import executor_for
from printkit.languages import LANGUAGES
from printkit.outputs.labels import labels_pdf
from printkit.packs import labels_of, packs_for
from printkit.pieces import Piece
from printkit.project import Project
from printkit.regions import Order

REGION = "fresno"
RING = "#a40000"
RING_PX = 3
"""How thick a ring around a mark is drawn."""
CUT = "#c4c1ba"


def labels_drawn(project: Project, *, scale: float) -> Image.Image:
    """Return the first page of a region's labels as its orders would be packed, the cuts drawn."""
    rows = [_ordered(order, project) for order in project.orders if order.region == REGION]
    built = Built(folder=project.root, version=project.campaign.version, sheets=tuple(rows))
    (packed,), _ = packs_for(project, built)
    with (
        tempfile.TemporaryDirectory() as scratch,
        executor_for(1, fonts=project.fonts, scratch=Path(scratch)) as executor,
    ):
        pdf = executor.submit(labels_pdf, labels_of(packed, project, built, "avery-5164")).result()
    document = pypdfium2.PdfDocument(pdf)
    page: Image.Image = document[0].render(scale=scale).to_pil().convert("RGB")
    document.close()
    pen = ImageDraw.Draw(page)
    for left, top in ((x, y) for x in (11.25, 312.75) for y in (36, 276, 516)):
        corners = [round(side * scale) for side in (left, top, left + 288, top + 240)]
        pen.rounded_rectangle(corners, radius=round(9 * scale), outline=CUT, width=2)
    return page


def _ordered(order: Order, project: Project) -> Sheet:
    """Return an order's sheet as a build would tell of it."""
    piece = project.pieces[order.piece]
    return Sheet(
        file=f"{order.piece}.pdf",
        sha256="",
        bytes=0,
        pages=piece.pages,
        piece=order.piece,
        language=order.language,
        edition="press",
        region=order.region,
        copies=order.copies,
        trim=(piece.trim.width_pt / 72, piece.trim.height_pt / 72),
        version=project.campaign.version,
        digest="",
        url=None,
        draft=order.language not in LANGUAGES or project.is_draft(order.language),
        counts={},
        failures=(),
        parts={},
    )


def ringed(page: Image.Image, piece: Piece, language: str, *, scale: float) -> Image.Image:
    """Return a front with rings around what names its language: its tab, and its foot."""
    known = LANGUAGES[language]
    first, last = piece.tabs_pt
    top = (first + (last - first) * known.tab / max(1, len(LANGUAGES) - 1)) * scale
    width, height = page.size
    tab = (0, 34 * scale) if known.direction == "rtl" else (width - 34 * scale, width)
    marked = page.copy()
    for corners in (
        (tab[0], top - 6 * scale, tab[1], top + 44 * scale),
        (18 * scale, height - 34 * scale, 168 * scale, height - 16 * scale),
    ):
        _ring(marked, corners)
    return marked


def _ring(page: Image.Image, corners: Sequence[float]) -> None:
    box = [max(1, round(one)) for one in corners]
    ImageDraw.Draw(page).rounded_rectangle(box, radius=9, outline=RING, width=RING_PX)
