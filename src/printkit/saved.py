"""Saved: which of a project's files are others than a moment ago, by looking at all of them."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

Snapshot = dict[str, tuple[int, int, int]]
"""Each file, from the project's root, with its time in nanoseconds, its size and its inode."""

FOLDERS = ("flyers", "letters", "po", "regions", "fonts", "profiles")
TOP = "campaign.toml"
POLL_S, SETTLE_S = 0.05, 0.02
"""Between two looks; and how long a file that is being written must keep still."""
MOST_SETTLING = 100
"""Looks at a file that never keeps still: then it is taken as it is."""


def snapshot(root: Path) -> Snapshot:
    """Return what a project's files look like now; a hundred of them take a millisecond.

    Names that begin with a dot or end with a tilde are left out: editors keep their own there.
    """
    found: Snapshot = {}
    for name in (*FOLDERS, TOP):
        _look(root / name, name, found)
    return found


def changed_files(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """Return the files that are new, gone or others, from the project's root, sorted."""
    names = before.keys() | after.keys()
    return tuple(sorted(name for name in names if before.get(name) != after.get(name)))


def next_save(
    root: Path, seen: Snapshot, pause: Callable[[float], None]
) -> tuple[tuple[str, ...], Snapshot]:
    """Wait until a file is another than was seen, and keeps still; return what has changed.

    `pause` waits for some seconds.
    """
    while (now := snapshot(root)) == seen:
        pause(POLL_S)
    for _ in range(MOST_SETTLING):
        # An editor may take the old file away first, or write the new one bit by bit.
        pause(SETTLE_S)
        before, now = now, snapshot(root)
        if now == before:
            break
    return changed_files(seen, now), now


def _look(path: Path, name: str, found: Snapshot) -> None:
    """Note a file, or all files of a folder; a link is followed to a file and to no folder."""
    try:
        state = path.stat()
        if not stat.S_ISDIR(state.st_mode):
            found[name] = (state.st_mtime_ns, state.st_size, state.st_ino)
            return
        with os.scandir(path) as entries:
            for entry in entries:
                editors = entry.name.startswith(".") or entry.name.endswith("~")
                if not editors and (entry.is_dir(follow_symlinks=False) or entry.is_file()):
                    _look(path / entry.name, f"{name}/{entry.name}", found)
    except OSError:
        return  # gone since the folder was read
