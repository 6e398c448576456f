"""MANIFEST.json: every sheet of a batch, or of the whole run, with its digest and its findings."""

import functools
import json
from collections import Counter
from collections.abc import Iterable, Mapping
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


def manifest(batches: Iterable[Batch], *, version: str, whole_run: bool) -> dict[str, Any]:
    """Return the manifest of one batch, or of a run, whose files are named by region."""
    return {
        "version": version,
        "sheets": [
            entry(line, version=version, below=f"{batch.region.slug}/" if whole_run else "")
            for batch in batches
            for line in batch.lines
        ],
    }


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
    old: Mapping[str, Any], new: Mapping[str, Any], regions: Iterable[str]
) -> dict[str, Any]:
    """Return a run's manifest with the sheets of some regions made anew, each where it was."""
    waiting: dict[Any, list[Any]] = {region: [] for region in regions}
    for sheet in new["sheets"]:
        waiting[sheet["region"]].append(sheet)
    fresh = set(waiting)
    sheets = []
    for sheet in old["sheets"]:
        region = sheet.get("region")
        sheets += waiting.pop(region, []) if region in fresh else [sheet]
    return {**new, "sheets": [*sheets, *(one for rest in waiting.values() for one in rest)]}


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Write a manifest, a line a sheet: the same bytes for the same sheets."""
    head = "".join(
        f" {_json(key)}: {_json(value)},\n" for key, value in content.items() if key != "sheets"
    )
    sheets = ",\n".join(f"  {_json(sheet)}" for sheet in content["sheets"])
    path.write_text(f'{{\n{head} "sheets": [\n{sheets}\n ]\n}}\n', encoding="utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
