"""Copy-fitting: each side of a sheet takes the loosest of its settings in which its text fits."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from printkit import judge
from printkit.editions import EDITIONS
from printkit.impose import CLEAR_PT, imposition_for
from printkit.jobs import Job
from printkit.places import SAFE_PT
from printkit.typeset import Draft, Layout, draft

_TIGHT = 'data-tight="{}"'
"""What a side bears in its template: its styles have rules for "1" and more."""
_SIDE = re.compile(r'(<section\b[^>]*\bdata-tight="0".*?</section>)', re.DOTALL)
_LIKE = re.compile(r'\bdata-like="([^"]*)"')
"""Sides that bear the same word are fitted as the first of them is, and tried together after."""
FEW = 3
"""If at most one in so many sides is too full, these are tried alone."""


def fitted_sheet(job: Job, profiles: Path, *, write: bool = True) -> tuple[Layout, tuple[int, ...]]:
    """Return a job's layout, and the setting that each of its sides took.

    Of all that is tried only the last is written, or without `write` not even that one.
    """
    settings = page_settings(job, profiles)
    last: list[Draft] = []

    def lay_out(html: str) -> Layout:
        last[:] = [draft(html, **settings)]
        return last[0].layout

    layout, levels = fitted(job, lay_out)
    return last[0].written() if write else layout, levels


def fitted(job: Job, lay_out: Callable[[str], Layout]) -> tuple[Layout, tuple[int, ...]]:
    """Return the last layout of those tried, and the setting that each side took in it.

    A side that fits in none of them has the tightest.
    """
    sides = _SIDE.findall(job.html)
    levels = [0] * len(sides)
    first = _first_alike(sides)
    if len(set(first)) < len(sides):
        _settle(job, lay_out, levels, sorted(set(first)))
        levels = [levels[side] for side in first]
    layout = lay_out(_with(job.html, levels))
    while full := _to_tighten(job, layout, levels):
        for side in full:
            levels[side] += 1
        if len(full) * FEW <= len(levels):
            _settle(job, lay_out, levels, full)
        layout = lay_out(_with(job.html, levels))
    return layout, tuple(levels)


def _first_alike(sides: Sequence[str]) -> list[int]:
    """Return for each side the first that is like it: the same text for another company."""
    firsts: dict[str, int] = {}
    alike = [_LIKE.search(side.partition(">")[0]) for side in sides]
    return [
        firsts.setdefault(like[1], number) if like else number for number, like in enumerate(alike)
    ]


def _settle(
    job: Job, lay_out: Callable[[str], Layout], levels: list[int], full: Sequence[int]
) -> None:
    """Fit a few sides of a long piece by themselves, so that the rest is not laid out again."""
    while full:
        few = replace(
            job,
            html=_with(job.html, levels, only=full),
            piece=replace(job.piece, pages=len(full)),
        )
        alone = _to_tighten(few, lay_out(few.html), [levels[side] for side in full])
        full = [full[place] for place in alone]
        for side in full:
            levels[side] += 1


def _with(html: str, levels: Sequence[int], *, only: Sequence[int] | None = None) -> str:
    """Return a document with its sides' settings; or with some of its sides alone."""
    first, *sides = _SIDE.split(html)
    kept = [
        side if number % 2 else side.replace(_TIGHT.format(0), _TIGHT.format(levels[number // 2]))
        for number, side in enumerate(sides)
        if only is None or number // 2 in only
    ]
    if only is not None and len(sides) // 2 - 1 not in only:
        kept.append(sides[-1])
    return first + "".join(kept)


def _to_tighten(job: Job, layout: Layout, levels: Sequence[int]) -> list[int]:
    """Return the sides, from 0, that are too full and can still give."""
    full = judge.full_pages(job, layout)
    return [
        side for side, level in enumerate(levels) if side + 1 in full and level < job.piece.tight
    ]


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
