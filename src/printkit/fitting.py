"""Copy-fitting: each side of a sheet takes the loosest of its settings in which its text fits."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from printkit import judge
from printkit.editions import EDITIONS
from printkit.impose import CLEAR_PT, imposition_for
from printkit.jobs import Job
from printkit.places import SAFE_PT
from printkit.typeset import Layout

_TIGHT = 'data-tight="{}"'
"""What a side bears in its template: its styles have rules for "1" and more."""


def fitted(job: Job, lay_out: Callable[[str], Layout]) -> tuple[Layout, tuple[int, ...]]:
    """Return the layout of a sheet, and the setting that each of its sides took.

    A side that fits in none of them has the tightest.
    """
    levels = [0] * job.html.count(_TIGHT.format(0))
    layout = lay_out(_with(job.html, levels))
    while (tighter := _tighter(job, layout, levels)) != levels:
        levels = tighter
        layout = lay_out(_with(job.html, levels))
    return layout, tuple(levels)


def _with(html: str, levels: Sequence[int]) -> str:
    first, *sides = html.split(_TIGHT.format(0))
    return first + "".join(
        _TIGHT.format(level) + side for level, side in zip(levels, sides, strict=True)
    )


def _tighter(job: Job, layout: Layout, levels: Sequence[int]) -> list[int]:
    """Return the sides' settings, a step tighter where a side is too full and can still give."""
    full = judge.full_pages(job, layout)
    return [min(level + (page in full), job.piece.tight) for page, level in enumerate(levels, 1)]


def page_settings(job: Job, profiles: Path) -> dict[str, Any]:
    """Return what typesetting a sheet is told beside its HTML."""
    edition = EDITIONS[job.edition]
    return {
        "roots": (job.piece.folder, *job.piece.shared),
        "paint": edition.paint(profiles),
        "variant": edition.variant,
        "safe_pt": _safe_pt(job),
    }


def _safe_pt(job: Job) -> float:
    """Return how far text keeps from the trim: an office machine leaves a wider edge white."""
    if not EDITIONS[job.edition].imposes or imposition_for(job.piece.trim).tiled:
        return SAFE_PT
    return CLEAR_PT
