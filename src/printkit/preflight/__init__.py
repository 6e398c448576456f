"""What any finished PDF shows: its boxes and its inks, held to the edition it was made for."""

import io
from typing import Any

import pikepdf

from printkit.findings import Finding
from printkit.lengths import Size
from printkit.preflight import boxes, ink

RULES = (*boxes.RULES, *ink.RULES)


def preflight(pdf: bytes, *, edition: str, trim: Size, **where: Any) -> list[Finding]:
    """Return everything that is wrong with a finished file of an edition and trim."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            *boxes.check(opened, edition=edition, trim=trim, **where),
            *ink.check(opened, edition=edition, **where),
        ]
