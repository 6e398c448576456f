"""What press files say of themselves, held to what the shop asks for, before it gets them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pikepdf

from printkit.built import Built, Sheet
from printkit.errors import Problems, quoted
from printkit.project import Project
from printkit.shops import Shop

_X1A = "PDF/X-1a:2003"
_X4 = "PDF/X-4"
CLAIMS = {"pdf/x-4": _X4, "pdf/x-1a": _X1A}


def refuse_other_claims(
    project: Project, built: Built, shop: Shop, sheets: Iterable[Sheet], problems: Problems
) -> None:
    """Refuse a build of another standard or printing condition; one file a piece stands for it."""
    if shop.edition != "press":
        return
    first = {sheet.piece: sheet for sheet in reversed(list(sheets)) if not sheet.is_withheld}
    standards, conditions = set(), set()
    for sheet in first.values():
        path = built.path(sheet)
        claim = claims_of(path) if path is not None else None
        if claim is None:
            what = f"{quoted(sheet.file, 200)} is not there, or is no PDF."
            problems.add(what, "Build again: printkit build.")
            continue
        standards.add(claim[0])
        conditions.add(claim[1])
    for standard in sorted(standards - {CLAIMS[shop.standard]}):
        problems.add(
            f"The build's press files are {standard or 'of no standard'}, and {shop.name} takes "
            f"{CLAIMS[shop.standard]}.",
            f"Build again: printkit build --standard {shop.standard}.",
            shop.file,
        )
    for condition in sorted(conditions - {shop.condition}) if shop.condition else ():
        problems.add(
            f"The build's press files are made for {quoted(condition)}, and {shop.name} prints "
            f"{quoted(shop.condition)}.",
            "Build again with the shop's profile: printkit build --profile FILE.icc.",
            shop.file,
        )


def claims_of(path: Path) -> tuple[str, str] | None:
    """Return the standard and the printing condition that a file names; None for no PDF."""
    try:
        with pikepdf.open(path) as pdf:
            standard = str(pdf.docinfo.get("/GTS_PDFXVersion", ""))
            if not standard:
                with pdf.open_metadata() as metadata:
                    standard = str(metadata.get("pdfxid:GTS_PDFXVersion", ""))
            intents: Iterable[Any] = pdf.Root.get("/OutputIntents", [])
            names = [str(intent.get("/OutputConditionIdentifier", "")) for intent in intents]
    except (pikepdf.PdfError, OSError, ValueError):
        return None
    return standard, names[0] if names else ""
