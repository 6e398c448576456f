"""A finished build of the tiny project's orders, made of small PDFs in no time, and a shop."""

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from project_kit import sign_off, write

from printkit.built import load_built
from printkit.jobs import Selection
from printkit.ordering import ShopOrder, order_for
from printkit.pieces import Piece
from printkit.project import load_project
from printkit.selecting import selection_for
from printkit.shops import load_shop

EVERYBODY = ("en", "es", "ar", "legal")
SHOP = """\
name = "Corner press"
lots = [50, 100, 250, 500]
spares_percent = 10
overs_percent = 5
unders_percent = 0
carton_pounds = 35

[[stocks]]
name = "Gloss"
weight_lb = 100
kind = "text"

[[formats]]
trim = ["4.25in", "5.5in"]
stock = "Gloss"

[[formats]]
trim = ["5.5in", "8.5in"]
lots = [250, 1000]

[[formats]]
trim = ["8.5in", "11in"]

[[prices]]
piece = "leaf"
setup = 20
per_1000 = 100
"""
Changed = Callable[[dict[str, Any]], None]


def small_pdf(piece: Piece, words: str, *, standard: str = "PDF/X-1a:2003") -> bytes:
    """Return a PDF of a piece's size that tells its standard and its printing condition."""
    with pikepdf.new() as pdf:
        for number in range(piece.pages):
            content = f"% {words} {number}\n0.5 g 9 9 90 90 re f".encode()
            width, height = piece.trim.width_pt, piece.trim.height_pt
            page = Dictionary(
                Type=Name.Page,
                MediaBox=[0, 0, width + 18, height + 18],
                TrimBox=[9, 9, width + 9, height + 9],
                Contents=pdf.make_stream(content),
                Resources=Dictionary(),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.docinfo["/GTS_PDFXVersion"] = standard
        intent = Dictionary(Type=Name.OutputIntent, OutputConditionIdentifier="CGATS TR 006")
        pdf.Root.OutputIntents = Array([intent])
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def make_order_kit(root: Path, *, shop: str = SHOP, signed: tuple[str, ...] = EVERYBODY) -> Path:
    """Sign a tiny project off, give it a shop, and build it; return the build's folder."""
    sign_off(root, *signed)
    write(root, "shops/corner.toml", shop.replace("lots =", 'standard = "pdf/x-1a"\nlots =', 1))
    return build_small(root)


def build_small(root: Path, change: Changed | None = None) -> Path:
    """Write a build of a project's orders: press and copier files, and the manifest.

    `change` gets each sheet's entry before it is written down.
    """
    project = load_project(root)
    out = root / "build" / project.campaign.version
    sheets: list[dict[str, Any]] = []
    for order in project.orders:
        piece = project.pieces[order.piece]
        for edition in ("press", "copier"):
            place = order.region if piece.by_region else "all"
            data = small_pdf(piece, f"{order.piece} {order.language} {edition} {place}")
            code = hashlib.sha256(data).hexdigest()[:6].upper()
            name = f"{order.region}/{edition}/{order.language}_{order.piece}_{code.lower()}.pdf"
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            width, height = piece.trim.width_pt / 72, piece.trim.height_pt / 72
            entry = {
                "file": name,
                "sha256": hashlib.sha256(data).hexdigest(),
                "bytes": len(data),
                "pages": piece.pages,
                "piece": order.piece,
                "language": order.language,
                "edition": edition,
                "region": order.region,
                "copies": order.copies,
                "trim": f"{width:g}x{height:g}in",
                "version": project.campaign.version,
                "digest": code,
                "url": None,
                "draft": project.is_draft(order.language),
                "findings": [],
            }
            if change is not None:
                change(entry)
            sheets.append(entry)
    content = {"version": project.campaign.version, "sheets": sheets}
    (out / "MANIFEST.json").write_text(json.dumps(content), encoding="utf-8")
    return out


def ordered(root: Path, *, is_proof: bool = False, **names: list[str]) -> ShopOrder:
    """Return the corner press's order of a project's build."""
    project = load_project(root)
    shop = load_shop(root, "corner", pieces=project.pieces)
    selection = selection_for(project, **names) if names else Selection()
    built = load_built(root / "build" / project.campaign.version)
    return order_for(project, built, shop, selection, is_proof=is_proof)
