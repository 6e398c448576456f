"""What a finished file was ordered as: from the command's options, or the manifest beside it."""

import functools
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from printkit.errors import Problems, quoted
from printkit.lengths import Size, points
from printkit.outputs import manifest
from printkit.preflight.boxes import LETTER
from printkit.preflight.limits import Expected, Standard

STANDARDS: dict[str, Standard] = {"pdf/x-4": "PDF/X-4", "pdf/x-1a": "PDF/X-1a"}
"""What --standard may be, and its name."""
_SIZE = re.compile(r"([0-9.]+) ?(in|mm|cm|pt)? ?[x×] ?([0-9.]+) ?(in|mm|cm|pt)", re.IGNORECASE)
_MOST_BYTES = 100_000_000


def expected_from(
    *,
    trim: str | None,
    bleed: str | None,
    folds: Sequence[str],
    urls: Sequence[str],
    standard: str | None,
    stitched: bool,
    problems: Problems,
) -> Expected:
    """Return what was ordered, from words as they were typed; problems name their options."""
    if standard is not None and standard.lower() not in STANDARDS:
        what = f"--standard: {quoted(standard)} is none that is known."
        problems.add(what, f"Use one of: {', '.join(STANDARDS)}.")
    return Expected(
        trim=None if trim is None else _size(trim, problems),
        bleed_pt=None if bleed is None else _length(bleed, "--bleed", problems),
        folds_pt=tuple(_length(fold, "--fold", problems) for fold in folds),
        urls=tuple(urls),
        standard=STANDARDS.get((standard or "").lower()),
        stitched=stitched,
    )


def told_beside(path: Path, expected: Expected) -> tuple[str | None, Expected]:
    """Return the edition that a build's manifest beside a file tells of it, and what was ordered.

    What the options say goes before what the manifest says.
    """
    entry = _entry(path)
    if entry is None:
        return None, expected
    edition = entry.get("edition")
    size = Problems()
    trim = _size(str(entry.get("trim")), size)
    if edition == "copier":
        trim = LETTER  # its pages are set out on Letter, whatever they are cut to
    url = entry.get("url")
    return edition if isinstance(edition, str) else None, replace(
        expected,
        trim=expected.trim or (None if len(size) and edition != "copier" else trim),
        other_codes=not expected.urls,
        urls=expected.urls or ((url,) if isinstance(url, str) else ()),
    )


def _entry(path: Path) -> dict[str, Any] | None:
    for folder in list(path.absolute().parents)[:3]:
        place = folder / manifest.NAME
        try:
            if not place.is_file() or place.stat().st_size > _MOST_BYTES:
                continue
        except OSError:
            continue
        below = path.absolute().relative_to(folder).as_posix()
        if below in (sheets := _sheets(place)):
            return sheets[below]
    return None


@functools.lru_cache(maxsize=4)
def _sheets(place: Path) -> dict[str, dict[str, Any]]:
    """Return a manifest's sheets by their files; many files lie beside one manifest."""
    read = manifest.read(place) or {"sheets": []}
    return {str(sheet.get("file")): dict(sheet) for sheet in read["sheets"]}


def _size(text: str, problems: Problems) -> Size:
    found = _SIZE.fullmatch(text.strip())
    if found is not None:
        width, unit, height, last = found.groups()
        try:
            size = Size(
                width_pt=points(f"{width}{unit or last}"), height_pt=points(f"{height}{last}")
            )
            if min(size.width_pt, size.height_pt) > 0:
                return size
        except ValueError:
            pass
    problems.add(f"--trim: {quoted(text)} is no size.", 'Write it as "8.5x11in".')
    return LETTER


def _length(text: str, option: str, problems: Problems) -> float:
    try:
        return points(text)
    except ValueError as error:
        problems.add(f"{option}: {quoted(text)} is no length.", str(error))
        return 0.0
