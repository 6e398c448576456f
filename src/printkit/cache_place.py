"""Where the cache lies, and why a folder is not fit for one: it must be the user's alone."""

import os
import re
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from printkit.errors import Problem, quoted

VARIABLE = "PRINTKIT_CACHE"
OFF = "off"
TAG = "CACHEDIR.TAG"
"""Tells programs that make backups to leave the folder out."""
ENTRY = re.compile(r"(\.)?([a-z][a-z0-9-]*)-[0-9a-f]{64}(?(1)\.[0-9a-f]{16})")
"""The name of an entry: its kind and a digest; with a dot before it while it is written."""


def is_off(environment: Mapping[str, str]) -> bool:
    """Return whether the user asked to do without a cache."""
    return _named(environment).casefold() == OFF


def place_of(environment: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """Return the folder that the cache has or would have; None where it is off or has no place.

    PRINTKIT_CACHE names it. Else it lies where caches lie: in XDG_CACHE_HOME, ~/.cache, or
    ~/Library/Caches on a Mac.
    """
    named = _named(environment)
    if named:
        return None if named.casefold() == OFF else _resolved(named)
    shared = environment.get("XDG_CACHE_HOME", "")
    # The XDG Base Directory Specification wants other paths to be ignored.
    if Path(shared).is_absolute():
        return _resolved(shared, "printkit")
    home = environment.get("HOME", "")
    caches = ("Library", "Caches") if platform == "darwin" else (".cache",)
    return _resolved(home, *caches, "printkit") if Path(home).is_absolute() else None


def refusal(environment: Mapping[str, str]) -> Problem | None:
    """Return why there can be no cache, or None where there can, or is not to be any."""
    if is_off(environment):
        return None
    named = _named(environment)
    if named and not Path(named).is_absolute():
        what = f"{VARIABLE}: {quoted(named, 200)} is no whole path."
        return Problem(what=what, fix=f'Write the path from the root on, or "{OFF}".')
    folder = place_of(environment)
    if folder is None:
        return _problem("nothing says where your files lie.", f"Set HOME, or {VARIABLE}.")
    try:
        return _wrong_place(folder) or _wrong_folder(folder, named=bool(named))
    except OSError as error:
        what = f"{quoted(folder, 200)} can't be used: {error.strerror}."
        return _problem(what, f"Name another folder in {VARIABLE}.")


def is_private(status: os.stat_result) -> bool:
    """Return whether a file or folder is the user's, and nobody else may write into it."""
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _wrong_place(folder: Path) -> Problem | None:
    """Return what is wrong with where a folder lies."""
    for parent in (folder, *folder.parents):
        if (parent / "campaign.toml").exists():
            what = f"{quoted(folder, 200)} lies in a project, which may come from anybody."
            return _problem(what, f"Name a folder outside of it in {VARIABLE}.")
    for parent in folder.parents:
        mode = parent.stat().st_mode if parent.exists() else 0
        if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
            what = f"anybody on this machine may move what lies in {quoted(parent, 200)}."
            return _problem(what, f"Name a folder elsewhere in {VARIABLE}.")
    return None


def _wrong_folder(folder: Path, *, named: bool) -> Problem | None:
    """Return what is wrong with a folder that is there, or why it can't be made."""
    elsewhere = f"Name a folder of your own in {VARIABLE}."
    if not os.path.lexists(folder):
        above = next(parent for parent in folder.parents if parent.exists())
        if above.is_dir() and os.access(above, os.W_OK | os.X_OK):
            return None
        return _problem(f"{quoted(folder, 200)} can't be made.", elsewhere)
    status = folder.stat()
    if not stat.S_ISDIR(status.st_mode):
        return _problem(f"{quoted(folder, 200)} is no folder.", elsewhere)
    if status.st_uid != os.geteuid():
        return _problem(f"{quoted(folder, 200)} is somebody else's.", elsewhere)
    if not is_private(status):
        what = f"others on this machine may write into {quoted(folder, 200)}."
        return _problem(what, "Delete it: printkit makes it again, for you alone.")
    # Who names a folder of documents by mistake would have it left out of their backups.
    names = [one.name for one in folder.iterdir()] if named else []
    if TAG not in names and not all(ENTRY.fullmatch(name) or TAG in name for name in names):
        return _problem(f"{quoted(folder, 200)} holds other things.", elsewhere)
    return None


def _problem(what: str, fix: str) -> Problem:
    return Problem(what=f"Nothing is kept between runs: {what}", fix=fix)


def _named(environment: Mapping[str, str]) -> str:
    return environment.get(VARIABLE, "").strip()


def _resolved(*parts: str) -> Path:
    return Path(os.path.realpath(Path(*parts)))
