"""What the cache holds and what a cleaning took, told to people or to machines; sizes as typed."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from printkit.cache import Cleaned, Held
from printkit.cache_place import VARIABLE
from printkit.errors import Problem, UserError, quoted

IS_OFF = f"The cache is off: {VARIABLE} says so."
UNITS = {
    **{"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12},
    **{"ki": 1 << 10, "mi": 1 << 20, "gi": 1 << 30, "ti": 1 << 40},
}
"""Bytes in each, by what stands before its B."""
_SIZE = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,3})?) ?(([kmgt]i?)?b|[kmgt])", re.IGNORECASE)


def bytes_of(text: str, option: str = "--keep") -> int:
    """Return the bytes of a size as people write one, such as 5GB; UserError for anything else."""
    plain = text.strip()
    if plain == "0":
        return 0
    found = _SIZE.fullmatch(plain)
    if found is None:
        what = f"{option}: {quoted(text)} is no size."
        fix = "Write a number with its unit: 500MB or 5GB; 0 keeps nothing."
        raise UserError(Problem(what=what, fix=fix))
    thousandths = round(float(found[1]) * 1000)
    return thousandths * UNITS[found[2].casefold().removesuffix("b")] // 1000


def size_lines(folder: Path, held: Collection[Held]) -> Iterator[str]:
    """Yield where the cache lies, what it holds, and how much of it is of which kind."""
    entries, size = _sums(held)
    words = f"{_entries(entries)}, {_told(size)}" if held else "empty"
    yield f"{quoted(folder, 300)}: {words}."
    for one in held:
        if one.kind:
            yield f"  {one.kind}: {_entries(one.entries)}, {_told(one.size)}"
        else:
            yield f"  being written, or left by runs that were killed: {_told(one.size)}"


def size_json(folder: Path | None, held: Collection[Held]) -> dict[str, Any]:
    """Return what the cache holds, for machines; no folder where it is off."""
    entries, size = _sums(held)
    return {
        "folder": None if folder is None else str(folder),
        "entries": entries,
        "bytes": size,
        "kinds": {
            one.kind: {"entries": one.entries, "bytes": one.size} for one in held if one.kind
        },
    }


def cleaned_line(cleaned: Cleaned) -> str:
    """Return what a cleaning took out, and what is left."""
    taken = f"{_entries(cleaned.entries)}, {_told(cleaned.freed)}"
    return f"Taken out: {taken}. Left: {_told(cleaned.left)}."


def cleaned_json(cleaned: Cleaned) -> dict[str, int]:
    """Return the same for machines."""
    return {"entries": cleaned.entries, "freed": cleaned.freed, "left": cleaned.left}


def _sums(held: Collection[Held]) -> tuple[int, int]:
    """Return the entries that can be used, and the bytes of all that lies there."""
    return sum(one.entries for one in held if one.kind), sum(one.size for one in held)


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


def _told(size: int) -> str:
    """Return bytes as people read them, such as "84.2 MB"."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "KB")):
        if size >= unit:
            return f"{size / unit:,.1f} {name}"
    return f"{size} bytes"
