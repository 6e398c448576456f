"""Digests that stand for work: two jobs with the same key come to the same bytes."""

import functools
import hashlib
import sys
import zlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from importlib import metadata
from pathlib import Path
from typing import Any

import printkit
from printkit.fonts import SUMS, library_versions
from printkit.jobs import Job, Target
from printkit.parts import file_sum, style_sums

DEPENDENCIES = (
    *("weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "Pyphen", "pillow"),
    *("pikepdf", "pypdfium2", "fonttools", "uharfbuzz", "qrcode", "zxing-cpp", "icu4py"),
)
"""What a sheet's bytes, or the verdict on it, are made with beside the Python of this package."""
_NOT_TOLD = {
    "Piece": ("folder", "shared", "order"),
    "Target": ("orders",),
    "Need": ("orders", "wanted"),
    "PackingList": ("fonts", "profiles"),
}
"""Fields that say where something lies or who gets it, not what it looks like."""


def digest_of(*values: Any) -> str:
    """Return the SHA-256 of plain values: the same in every process and on every machine.

    Values are text, bytes, numbers, dates, None, enumerations, and dataclasses, tables, lists and
    sets of these; where something lies and who gets it is left out. Raises TypeError for others.
    """
    digest = hashlib.sha256()
    for value in values:
        _tell(digest, value)
    return digest.hexdigest()


def _tell(digest: Any, value: Any) -> None:
    if isinstance(value, str | bytes):
        data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        digest.update(b"%c%d:" % (type(value).__name__[0].encode(), len(data)))
        digest.update(data)
    elif value is None or isinstance(value, bool | int | float | date | Enum):
        digest.update(f"{type(value).__name__}={value!r};".encode())
    elif is_dataclass(value) and not isinstance(value, type):
        head, names = _fields_told(type(value))
        digest.update(head)
        for name in names:
            _tell(digest, getattr(value, name))
    elif isinstance(value, Mapping):
        digest.update(b"{%d" % len(value))
        for key, one in value.items():
            _tell(digest, key)
            _tell(digest, one)
    elif isinstance(value, tuple | list):
        digest.update(b"[%d" % len(value))
        for one in value:
            _tell(digest, one)
    elif isinstance(value, frozenset | set):
        _tell(digest, sorted(value))
    else:
        raise TypeError(f"A {type(value).__name__} can't stand in a key.")


@functools.cache
def _fields_told(kind: type[Any]) -> tuple[bytes, tuple[str, ...]]:
    """Return what tells a kind of dataclass, and the names of its fields that are told."""
    left_out = _NOT_TOLD.get(kind.__name__, ())
    names = tuple(one.name for one in fields(kind) if one.name not in left_out)
    return f"{kind.__name__}({','.join(names)}".encode(), names


def job_key(job: Job, *, fonts: Path, profile: Path, asked: tuple[Any, ...]) -> str:
    """Return the digest of all that a job's layout and base depend on, whatever its targets are.

    `asked` is what the campaign and the shop say of every sheet: version, day, standard.
    """
    return digest_of(
        tool_digest(),
        (fonts / SUMS).read_bytes(),
        file_sum(profile) if job.edition == "press" else "",
        *asked,
        job.piece,
        style_sums((job.piece.folder, *job.piece.shared)),
        (job.language, job.edition, job.html, job.title, job.draft),
        job.text_pages,
        job.mailing,
    )


def sheet_key(job_digest: str, job: Job, target: Target) -> str:
    """Return the digest of all that one region's sheet, and what is told of it, depend on."""
    return digest_of(job_digest, _told_of_all(job.findings, tuple(job.parts.items())), target)


@functools.lru_cache(maxsize=8)
def _told_of_all(*told: tuple[Any, ...]) -> str:
    """Return the digest of what is told of all sheets of a job, once for all of them."""
    return digest_of(*told)


@functools.cache
def tool_digest() -> str:
    """Return the digest of what makes sheets: this package's code, and what it is built on."""
    package = Path(printkit.__file__).parent
    digest = hashlib.sha256(tools_told().encode())
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(package).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()


@functools.cache
def tools_told() -> str:
    """Return the versions of Python, of the libraries that make sheets, and of the system's."""
    told = [f"python {sys.version_info[:3]}, zlib {zlib.ZLIB_RUNTIME_VERSION}"]
    told += [f"{name} {metadata.version(name)}" for name in DEPENDENCIES]
    return ", ".join((*told, *library_versions()))
