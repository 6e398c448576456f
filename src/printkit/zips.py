"""ZIP files with the same bytes for the same content, wherever and whenever they are made."""

import datetime
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_MODE = 0o100644 << 16
"""A plain file that everybody may read, as ZIP keeps it."""
_UNIX = 3
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A ZIP that is to be written; pickles, so that workers write it."""

    path: Path
    members: Mapping[str, Path | bytes]
    day: datetime.date


def write_archive(archive: Archive) -> None:
    """Write a ZIP, as write_zip does."""
    write_zip(archive.path, archive.members, day=archive.day)


def write_zip(path: Path, members: Mapping[str, Path | bytes], *, day: datetime.date) -> None:
    """Write a ZIP of files and texts, its members sorted by name and all of one day.

    Members are stored as they are: PDFs hold little that could be packed, and what packs it
    differs from machine to machine. Files are read a part at a time.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(members.items()):
            member = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            member.create_system = _UNIX
            member.external_attr = _MODE
            if isinstance(content, bytes):
                archive.writestr(member, content)
                continue
            member.file_size = content.stat().st_size
            with archive.open(member, "w") as target, content.open("rb") as source:
                while part := source.read(_CHUNK):
                    target.write(part)
