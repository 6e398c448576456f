"""MANIFEST.json: every sheet of a batch, or of the whole run, with its digest and its findings."""

import functools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from printkit.batches import Batch, Line
from printkit.findings import Severity
from printkit.preflight.boxes import LETTER
from printkit.preflight.limits import PROFILES, Expected
from printkit.preflight.verdicts import rules_asked

NAME = "MANIFEST.json"


def entry(line: Line, *, version: str, below: str = "") -> dict[str, Any]:
    """Return one sheet's entry; `below` goes before its file's name."""
    made = line.made
    return {
        "file": f"{below}{line.file}" if line.file is not None else None,
        "sha256": made.sha256 or None,
        "bytes": made.bytes,
        "pages": made.pages,
        "piece": made.piece,
        "language": made.language,
        "edition": made.edition,
        "region": line.order.region,
        "copies": line.order.copies,
        "trim": f"{made.trim[0]:g}x{made.trim[1]:g}in",
        "version": version,
        "digest": made.code or None,
        "url": made.target.opens(made.code) or None,
        "draft": made.draft,
        "parts": dict(sorted(made.parts.items())),
        "rendered": made.rendered,
        "preflight": _verdict(line),
        "findings": [found.as_dict() for found in made.findings],
    }


def _verdict(line: Line) -> dict[str, Any]:
    """Return what preflight asked of a sheet, and what it found, by severity."""
    asked = _asked(line.made.edition)
    found = Counter(str(one.severity) for one in line.made.findings if one.code in asked)
    return {
        "profile": PROFILES[line.made.edition].name,
        "rules_asked": len(asked) if line.made.pages or found else 0,
        "counts": {severity.value: found[severity.value] for severity in Severity},
    }


@functools.cache
def _asked(edition: str) -> frozenset[str]:
    """Return the codes of the rules that preflight asks of an edition."""
    return frozenset(rules_asked(PROFILES[edition], Expected(trim=LETTER)))  # trims are known


def entries(batches: Iterable[Batch], *, version: str, whole_run: bool) -> Iterator[dict[str, Any]]:
    """Yield the entry of each sheet of a batch, or of a run, whose files are named by region."""
    for batch in batches:
        below = f"{batch.region.slug}/" if whole_run else ""
        for line in batch.lines:
            yield entry(line, version=version, below=below)


def read(path: Path) -> dict[str, Any] | None:
    """Return a manifest that a build wrote, or None where there is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    sheets = content.get("sheets") if isinstance(content, dict) else None
    if not isinstance(sheets, list):
        return None
    whole = all(isinstance(one, dict) and isinstance(one.get("region"), str) for one in sheets)
    return content if whole else None


def merged(
    old: Iterable[dict[str, Any]], new: Iterable[dict[str, Any]], regions: Iterable[str]
) -> list[dict[str, Any]]:
    """Return a run's entries with those of some regions made anew, each where it was."""
    waiting: dict[Any, list[Any]] = {region: [] for region in regions}
    for sheet in new:
        waiting[sheet["region"]].append(sheet)
    fresh = set(waiting)
    sheets: list[dict[str, Any]] = []
    for sheet in old:
        region = sheet.get("region")
        sheets += waiting.pop(region, []) if region in fresh else [sheet]
    return [*sheets, *(one for rest in waiting.values() for one in rest)]


def write(path: Path, sheets: Iterable[Mapping[str, Any]], *, version: str) -> None:
    """Write a manifest, a line a sheet: the same bytes for the same sheets.

    Each goes to the file as it comes, so that the rows of thousands of regions are never in memory.
    """
    with path.open("w", encoding="utf-8") as file:
        file.write(f'{{\n "version": {_json(version)},\n "sheets": [')
        comma = "\n  "
        for sheet in sheets:
            file.write(comma + _json(sheet))
            comma = ",\n  "
        file.write("\n ]\n}\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
