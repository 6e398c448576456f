"""What any finished PDF shows: its boxes and its inks, held to the edition it was made for."""

from typing import Any

from printkit.findings import Finding
from printkit.lengths import Size
from printkit.preflight import (
    art,
    boxes,
    claims,
    forbidden,
    sheets,
    tagging,
    tags,
    typefaces,
    verdicts,
)
from printkit.preflight.boxes import LETTER
from printkit.preflight.documents import opened
from printkit.preflight.limits import PROFILES, Asked, Edition, Expected, Limits
from printkit.preflight.stamped import known, preflight_stamped
from printkit.preflight.verdicts import Verdict, judge_file, judged

__all__ = [
    "PROFILES",
    "RULES",
    "Expected",
    "Limits",
    "Verdict",
    "judge_file",
    "known",
    "preflight",
    "preflight_stamped",
]

RULES = (
    *verdicts.RULES,
    *boxes.RULES,
    *claims.RULES,
    *forbidden.RULES,
    *typefaces.RULES,
    *sheets.RULES,
    *tags.RULES,
    *tagging.RULES,
    *art.RULES,
)


def preflight(pdf: bytes, *, edition: Edition, trim: Size, **where: Any) -> list[Finding]:
    """Return everything that is wrong with a finished file of an edition and trim.

    Raises Unreadable for bytes that are no PDF, which no edition makes.
    """
    # A copier's pages are set out on Letter, whatever they are cut to.
    ordered = Expected(trim=LETTER if edition == "copier" else trim)
    return judged(opened(pdf), Asked(edition=edition, expected=ordered, where=where))
