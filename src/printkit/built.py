"""A finished build, read back: every sheet as a typed row."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from printkit.batches import PRINTED
from printkit.errors import Problem, Problems, UserError, listed, quoted
from printkit.outputs import manifest

MOST_BYTES = 200_000_000
"""Of a manifest: some hundred times what a whole state's comes to."""
_AS_TOLD = ("file", "pages", "piece", "language", "edition", "region", "copies", "version", "url")
_TRIM = re.compile(r"(\d{1,4}(?:\.\d{1,6})?)x(\d{1,4}(?:\.\d{1,6})?)in")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet in one region's batch, as the build's manifest tells of it."""

    file: str | None
    """Under the build's folder, with forward slashes; None where the sheet was withheld."""
    sha256: str
    """Of the file, in hexadecimal; empty where the sheet was withheld."""
    bytes: int
    pages: int
    piece: str
    language: str
    """A tag, or "mul" for a sheet in many languages."""
    edition: str
    region: str
    """Its slug."""
    copies: int
    """As ordered for the region and this piece and language, before lots and spares."""
    trim: tuple[float, float]
    """Width and height in inches."""
    version: str
    digest: str
    """The code at the sheet's foot; empty where it was withheld."""
    url: str | None
    """What the sheet's own QR code opens."""
    draft: bool
    counts: Mapping[str, int]
    """How many findings preflight had, by severity."""
    failures: tuple[str, ...]
    """What each FAIL says of it, of preflight's or not."""
    parts: Mapping[str, str]
    """Digests of what it is made of, by the part's name; empty in builds of older printkits."""

    @property
    def is_withheld(self) -> bool:
        """Whether a FAIL kept it back."""
        return self.file is None

    @property
    def is_printed(self) -> bool:
        """Whether copies of its edition are made on paper."""
        return self.edition in PRINTED

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is, whatever its version: region, language, piece and edition."""
        return self.region, self.language, self.piece, self.edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished build."""

    folder: Path
    """Which sheets' files are named from."""
    version: str
    sheets: tuple[Sheet, ...]
    """In the manifest's order: regions as they ordered, lines as they stand in the order."""

    def path(self, sheet: Sheet) -> Path | None:
        """Return where a sheet's file lies; None where it was withheld."""
        return None if sheet.file is None else self.folder / sheet.file


def load_built(place: Path, *, verify: bool = False) -> Built:
    """Return the build in a folder, or whose manifest a path names.

    With `verify`, every file must be there and hold the bytes that the manifest tells of. Raises
    UserError with all that is wrong.
    """
    path = place if place.name == manifest.NAME else place / manifest.NAME
    problems = Problems()
    content = _content(path)
    version = content.get("version")
    if not isinstance(version, str):
        problems.add("The manifest tells no version.", "Build again.", path.name)
    sheets = [
        sheet
        for number, entry in enumerate(content["sheets"], 1)
        if (sheet := _sheet(entry, number, path.name, problems)) is not None
    ]
    if verify:
        _verify(path.parent, sheets, problems)
    problems.raise_if_any()
    return Built(folder=path.parent, version=str(version), sheets=tuple(sheets))


def _content(path: Path) -> dict[str, Any]:
    """Return a manifest's content: a table with a list of sheets."""
    try:
        if not path.is_file():
            what = f"There is no build in {quoted(path.parent, 200)}: it has no {manifest.NAME}."
            raise UserError(Problem(what=what, fix="Name a folder that printkit build has made."))
        if path.stat().st_size > MOST_BYTES:
            what = f"{quoted(path, 200)} is too large to be a build's."
            raise UserError(Problem(what=what, fix="Build again."))
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or not isinstance(content.get("sheets"), list):
        what = f"{quoted(path, 200)} is broken: no build wrote it like this."
        raise UserError(Problem(what=what, fix="Build again."))
    return content


def _sheet(entry: Any, number: int, file: str, problems: Problems) -> Sheet | None:
    """Return a sheet, or nothing and problems that name its place in the manifest."""
    if not isinstance(entry, dict):
        problems.add(f"Sheet {number} is no table.", "Build again.", file)
        return None
    wrong = [name for name, fits in _FITS.items() if not fits(entry.get(name))]
    if wrong:
        told = f"Sheet {number} tells its {listed(wrong)} wrongly, or not at all."
        problems.add(told, "Build again.", file)
        return None
    width, height = map(float, entry["trim"][:-2].split("x"))
    as_told: dict[str, Any] = {name: entry.get(name) for name in _AS_TOLD}
    return Sheet(
        **as_told,
        bytes=entry["bytes"],
        sha256=entry["sha256"] or "",
        trim=(width, height),
        digest=entry["digest"] or "",
        draft=entry["draft"],
        counts=_counts(entry.get("preflight")),
        failures=_failures(entry.get("findings")),
        parts=_parts(entry.get("parts")),
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 200 and value.isprintable()


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12


def _is_below(value: Any) -> bool:
    """Return whether a name stays under its folder."""
    if not _is_text(value) or "\\" in value or ":" in value:
        return False
    path = PurePosixPath(value)
    return not path.is_absolute() and ".." not in path.parts


def _is_trim(value: Any) -> bool:
    return isinstance(value, str) and _TRIM.fullmatch(value) is not None


def _is_sum(value: Any) -> bool:
    return value is None or (isinstance(value, str) and _SHA256.fullmatch(value) is not None)


_FITS: Mapping[str, Callable[[Any], bool]] = {
    "file": lambda value: value is None or _is_below(value),
    "sha256": _is_sum,
    "bytes": _is_count,
    "pages": _is_count,
    "piece": _is_text,
    "language": _is_text,
    "edition": _is_text,
    "region": _is_text,
    "copies": _is_count,
    "trim": _is_trim,
    "version": _is_text,
    "digest": lambda value: value is None or _is_text(value),
    "url": lambda value: value is None or isinstance(value, str),
    "draft": lambda value: isinstance(value, bool),
}
"""What each value of a sheet's entry must be."""


def _counts(verdict: Any) -> dict[str, int]:
    counts = verdict.get("counts") if isinstance(verdict, dict) else None
    return {str(name): many for name, many in (counts or {}).items() if _is_count(many)}


def _failures(findings: Any) -> tuple[str, ...]:
    found = findings if isinstance(findings, list) else []
    return tuple(
        str(one.get("what", ""))
        for one in found
        if isinstance(one, dict) and one.get("severity") == "FAIL"
    )


def _parts(parts: Any) -> dict[str, str]:
    found = parts if isinstance(parts, dict) else {}
    return {str(name): digest for name, digest in found.items() if isinstance(digest, str)}


def _verify(folder: Path, sheets: list[Sheet], problems: Problems) -> None:
    """Hold every file to the manifest's sums; one that many regions share is read once."""
    missing, other = [], []
    read: dict[tuple[int, int], str] = {}
    for sheet in sheets:
        if sheet.file is None:
            continue
        path = folder / sheet.file
        if not path.is_file():
            missing.append(sheet.file)
            continue
        state = path.stat()
        place = state.st_dev, state.st_ino
        if place not in read:
            with path.open("rb") as stream:
                read[place] = hashlib.file_digest(stream, "sha256").hexdigest()
        if read[place] != sheet.sha256:
            other.append(sheet.file)
    for files, what in ((missing, "not there"), (other, "not what the build made")):
        if files:
            verb = "is" if len(files) == 1 else "are"
            told = f"{len(files):,} of the build's files {verb} {what}: {listed(files, 5)}."
            problems.add(told, "Build again.", manifest.NAME)
