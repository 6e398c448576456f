"""What the last build of its kind read, made and told, so that a build with nothing to do ends.

Only quick things are imported here: this is asked before anything else is.
"""

import contextlib
import hashlib
import importlib.util
import pickle
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import printkit
from printkit.cache import Cache
from printkit.fonts import library_versions
from printkit.inputs import State, state_of, states, sums
from printkit.summaries import Summary

KIND = "build"
"""Of its entries in the cache: one for each project and each set of options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a build was asked for, as it was typed."""

    root: Path
    """The project's folder."""
    options: tuple[str, ...]
    """Each with its name, in the order of the command's options."""
    profile: Path | None = None
    """The print shop's own, which lies outside the project."""

    @property
    def key(self) -> str:
        """What tells it from all other builds."""
        told = hashlib.sha256()
        for text in (str(self.root), str(self.profile), *self.options):
            told.update(text.encode("utf-8", "surrogateescape") + b"\0")
        return told.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a build read, as it was before it was read."""

    tools: str
    files: Mapping[str, State | None]
    """Of the project, by path below its folder; the shop's profile by its whole path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a build read, made and told."""

    read: Read
    sums: Mapping[str, str]
    """SHA-256 of each file read."""
    made: Mapping[str, State | None]
    """Every file of the build, by path below its place."""
    made_sums: Mapping[str, str]
    told: Summary


def about_to_read(asked: Asked) -> Read:
    """Return the states of all that a build reads, and of what it is made with."""
    files: dict[str, State | None] = {**states(asked.root)}
    if asked.profile is not None:
        files[str(asked.profile)] = state_of(asked.profile)
    return Read(tools=_tools(), files=files)


def unchanged(
    cache: Cache | None, asked: Asked, read: Read, *, verify: bool = False
) -> Summary | None:
    """Return what the same build came to, where nothing of what it read or made has changed.

    Files are known by size, time and inode; with `verify` they are read again.
    """
    record = read_record(cache, asked)
    if record is None or record.read != read:
        return None
    place = record.told.out
    if {name: state_of(f"{place}/{name}") for name in record.made} != record.made:
        return None
    if verify and sums(asked.root, record.sums) != record.sums:
        return None
    if verify and sums(place, record.made_sums) != record.made_sums:
        return None
    return replace(record.told, anew=0)


def read_record(cache: Cache | None, asked: Asked) -> Record | None:
    """Return the record of the last build of this kind."""
    data = cache.get(KIND, asked.key) if cache is not None else None
    if data is not None:
        with contextlib.suppress(Exception):  # an older printkit's: as good as none
            found = pickle.loads(data)
            return found if isinstance(found, Record) else None
    return None


def note(
    cache: Cache | None,
    asked: Asked,
    read: Read,
    told: Summary,
    made: Iterable[str],
    known: Mapping[str, str],
) -> None:
    """Note a build that has just ended.

    `made` names its files below its place; of those in `known`, the SHA-256 is known already.
    """
    if cache is None:
        return
    names = sorted(made)
    more = sums(told.out, [name for name in names if name not in known])
    record = Record(
        read=read,
        sums=sums(asked.root, read.files),
        made={name: state_of(f"{told.out}/{name}") for name in names},
        made_sums={name: known.get(name) or more[name] for name in names},
        told=told,
    )
    cache.put(KIND, asked.key, pickle.dumps(record, protocol=5))


def _tools() -> str:
    """Return what tells this printkit and all that it uses from any other, without reading it."""
    package = Path(printkit.__file__).parent
    told = [sys.version, repr(states(package.parent, [package.name]))]
    found = importlib.util.find_spec("weasyprint")
    if found is not None and found.origin is not None:
        installed = Path(found.origin).parent.parent
        told += sorted(path.name for path in installed.glob("*.dist-info"))
    told += library_versions()
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
