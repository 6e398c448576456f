"""The files that a build reads, and their states: what tells quickly that nothing has changed."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOTS = ("campaign.toml", "flyers", "fonts", "letters", "po", "profiles", "regions")
"""What of a project's folder a build reads, and nothing else of it."""

State = tuple[int, int, int]
"""Size in bytes, time of the last change in nanoseconds, inode."""


def state_of(path: Path | str) -> State | None:
    """Return a file's state, or None where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - thousands of times, and half as slow as Path's
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def states(root: Path, roots: Iterable[str] = ROOTS) -> dict[str, State]:
    """Return the state of every file that a build reads, by its path below the root, sorted."""
    found: dict[str, State] = {}
    for name in roots:
        found.update(_below(os.fspath(root), name))
    return dict(sorted(found.items()))


def sums(root: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of files, by their paths below the root; nothing for one that is gone."""
    told = {}
    for name in names:
        try:
            with (root / name).open("rb") as file:
                told[name] = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            told[name] = ""
    return told


def changed(before: Mapping[str, object], now: Mapping[str, object]) -> tuple[str, ...]:
    """Return the names of files that came, went, or are not what they were, sorted."""
    names = before.keys() | now.keys()
    return tuple(sorted(name for name in names if before.get(name) != now.get(name)))


def _below(root: str, name: str) -> Iterator[tuple[str, State]]:
    """Yield a file, or every file in a folder; what Python writes for itself is no input."""
    path = f"{root}/{name}"
    try:
        entries = list(os.scandir(path))
    except NotADirectoryError:
        if (state := state_of(path)) is not None:
            yield name, state
        return
    except OSError:
        return
    for entry in entries:
        if entry.name == "__pycache__":
            continue
        below = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _below(root, below)
        elif (state := state_of(entry.path)) is not None:
            yield below, state
