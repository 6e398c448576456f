"""Keeps people's data to whoever asked for it: private files, passphrases, nothing for git."""

import io
import os
import shutil
import stat
import subprocess
import unicodedata
from pathlib import Path

import pikepdf

from printkit.errors import Problem, UserError, quoted

LEAST_PASSPHRASE = 12
"""Characters. Who steals a file can try passphrases as fast as machines allow."""
LONGEST_PASSPHRASE = 127
"""Bytes; PDF 2.0 hears no more of one (ISO 32000-2, 7.6.4.3.3)."""
_PASSPHRASE_FILE = 4096
_PRIVATE = 0o600
_GIT_S = 20


def write_private(path: Path, data: bytes) -> None:
    """Write a new file that from its first byte on only its owner can read.

    OSError where the name is taken, by a file or a link, or the disk is full.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def private_folder(path: Path) -> Path:
    """Return a new folder that only its owner can look into."""
    path.mkdir(mode=0o700)
    return path


def encrypted(pdf: bytes, passphrase: str) -> bytes:
    """Return a PDF that opens with a passphrase only (AES-256, revision 6 of ISO 32000-2).

    Its key is random, so that no two results are alike.
    """
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        lock = pikepdf.Encryption(owner=passphrase, user=passphrase, R=6)
        opened.save(out, encryption=lock, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def passphrase_of(text: str) -> str:
    """Return a passphrase as readers of PDFs take it, or UserError; it is never shown."""
    words = unicodedata.normalize("NFKC", text)
    if len(words) < LEAST_PASSPHRASE:
        what = f"The passphrase is shorter than {LEAST_PASSPHRASE} characters."
        raise UserError(
            Problem(what=what, fix="Take four or five words that do not belong together.")
        )
    if not words.isprintable() or len(words.encode()) > LONGEST_PASSPHRASE:
        what = "The passphrase is too long, or holds a character that cannot be seen."
        raise UserError(Problem(what=what, fix="Take four or five words, in one line."))
    return words


def passphrase_in(path: Path) -> str:
    """Return the passphrase in a file's first line; a file that others can read is refused."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise _wrong_file(path, "is not a plain file.", "Name a file with one line.")
            if stat.S_IMODE(status.st_mode) & 0o077:
                fix = f"Type: chmod 600 {path.name}"
                raise _wrong_file(path, "can be read by others on this machine.", fix)
            data = file.read(_PASSPHRASE_FILE)
    except OSError as error:
        why = f"can't be read: {error.strerror}."
        raise _wrong_file(path, why, "Name a file with one line.") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _wrong_file(path, "is not UTF-8.", "Save it again as UTF-8.") from None
    return passphrase_of(text.split("\n", 1)[0].rstrip("\r"))


def refuse_tracked(path: Path) -> None:
    """Refuse a file that git keeps: whoever gets the repository would get the people's data."""
    for place in dict.fromkeys((path.absolute(), path.resolve())):
        if _git(place.parent, "ls-files", "--error-unmatch", "--", place.name) == 0:
            raise UserError(
                Problem(
                    what=f"git keeps {quoted(path, 200)}, and with it the people's data.",
                    fix="Move it out of the repository, and ask whoever looks after the "
                    "repository to take it out of its history.",
                )
            )


def refuse_unignored(folder: Path, name: str) -> None:
    """Refuse a folder of a git repository in which git would take up files of a name."""
    if is_offered(folder / name):
        raise UserError(
            Problem(
                what=f"git would take up the letters in {quoted(folder, 200)}.",
                fix="Name a folder outside the repository with --out, or leave --out out.",
            )
        )


def is_offered(path: Path) -> bool:
    """Return whether a file lies in a git repository, or would, and git does not ignore it."""
    place = path.absolute()
    there = next(parent for parent in place.parents if parent.is_dir())
    return _git(there, "check-ignore", "-q", "--", str(place)) == 1


def is_open(path: Path) -> bool:
    """Return whether others on this machine can read a file."""
    try:
        return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
    except OSError:
        return False


def _git(folder: Path, *words: str) -> int | None:
    """Return the exit code of a question to git, or None where there is no git to ask."""
    git = shutil.which("git")
    if git is None:
        return None
    # A folder of a stranger's must not run programs of its own here.
    settings = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
    try:
        done = subprocess.run(
            [git, *settings, "-C", str(folder), *words],
            capture_output=True,
            timeout=_GIT_S,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.returncode


def _wrong_file(path: Path, what: str, fix: str) -> UserError:
    return UserError(Problem(what=f"--passphrase-file: {quoted(path, 200)} {what}", fix=fix))
