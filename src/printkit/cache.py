"""Keeps what is slow to make between runs: bytes by kind and key, in a folder of the user's own.

Entries are pickles of printkit's, so whoever can write into the folder can run code as the user:
it is the user's alone, and never part of a project, which may come from a stranger. A key must hold
whatever its entry depends on. Nothing of people's data belongs here.
"""

import contextlib
import fcntl
import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from printkit.cache_place import ENTRY, TAG, is_private, place_of, refusal

LARGEST = 1 << 30
"""Bytes of one entry; more than this is no layout."""
ENOUGH = 5_000_000_000
"""Bytes that a build leaves kept; what was not used for longest goes first."""
_SIGNATURE = (
    # Fixed by the Cache Directory Tagging Specification, so that any program knows it.
    b"Signature: 8a477f597d28d172789f06886806bc55\n"
    b"# printkit keeps here what is slow to make. It may be deleted at any time.\n"
)
_MAGIC = b"printkit cache 1\n"
_HEAD = len(_MAGIC) + hashlib.sha256().digest_size
_PRIVATE_FOLDER = 0o700
_PRIVATE = 0o600
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# A pipe in an entry's place must not make anybody wait.
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a cache holds of one kind."""

    kind: str
    """Empty for what is being written, or was when a run was killed."""
    entries: int
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """What a cleaning took out, and what it left."""

    entries: int
    """Taken out."""
    freed: int
    """Bytes, also of what killed runs left half written."""
    left: int
    """Bytes of the entries that stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file of the cache's own."""

    name: str
    kind: str
    partial: bool
    size: int
    used: int
    """When it was last used, in nanoseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """A folder of entries that any number of processes may use at once; pickles.

    Whatever goes wrong with an entry or with the folder, it is as if the entry were not there.
    """

    folder: Path
    """Resolved; each use looks again whether it is still the user's own."""

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what was put, or None where it is not there or no longer whole."""
        name = _name(kind, key)
        with contextlib.suppress(OSError), self._opened() as folder:
            with os.fdopen(os.open(name, _READ, dir_fd=folder), "rb", 0) as file:
                data = _read(file.fileno(), name)
                if data is not None:
                    return data
            os.unlink(name, dir_fd=folder)
        return None

    def put(self, kind: str, key: str, data: bytes) -> bool:
        """Keep bytes, in place of what was put before; return whether there was room for them.

        Nobody ever sees half of an entry. It is not forced to the disk: what a power cut leaves of
        it is noticed by its sum.
        """
        name = _name(kind, key)
        if len(data) > LARGEST:
            return False
        with contextlib.suppress(OSError), self._opened() as folder:
            _write(folder, name, _MAGIC + _sum(name, data), data)
            return True
        return False

    def size(self) -> tuple[Held, ...]:
        """Return what is held, by kind."""
        held: dict[str, list[int]] = {}
        for one in self._files():
            held.setdefault("" if one.partial else one.kind, []).append(one.size)
        return tuple(
            Held(kind=kind, entries=len(sizes), size=sum(sizes))
            for kind, sizes in sorted(held.items())
        )

    def clean(self, keep_bytes: int) -> Cleaned:
        """Take out what was not used for longest, until no more than so many bytes are left.

        What killed runs left half written goes in any case; what a run is writing now stays.
        """
        files = sorted(self._files(), key=lambda one: (not one.partial, one.used, one.name))
        left = sum(one.size for one in files if not one.partial)
        entries = freed = 0
        with contextlib.suppress(OSError), self._opened() as folder:
            for one in files:
                stays = _is_being_written(folder, one.name) if one.partial else left <= keep_bytes
                if not stays and _is_removed(folder, one.name):
                    freed += one.size
                    entries += not one.partial
                    left -= 0 if one.partial else one.size
        return Cleaned(entries=entries, freed=freed, left=left)

    def _files(self) -> list[_File]:
        """Return the files that are the cache's own; others are none of its business."""
        files = []
        with contextlib.suppress(OSError), self._opened() as folder, os.scandir(folder) as found:
            for entry in found:
                named = ENTRY.fullmatch(entry.name)
                with contextlib.suppress(OSError):  # another run may have taken it out by now
                    status = entry.stat(follow_symlinks=False)
                    if named and not stat.S_ISDIR(status.st_mode):
                        files.append(
                            _File(
                                name=entry.name,
                                kind=named[2],
                                partial=bool(named[1]),
                                size=status.st_size,
                                used=status.st_mtime_ns,
                            )
                        )
        return files

    @contextlib.contextmanager
    def _opened(self) -> Iterator[int]:
        """Give the folder itself, so that no other can be put in its place meanwhile."""
        folder = os.open(self.folder, _FOLDER)
        try:
            if not is_private(os.fstat(folder)):
                raise PermissionError
            yield folder
        finally:
            os.close(folder)


def open_cache(environment: Mapping[str, str]) -> Cache | None:
    """Return the user's cache, its folder made where it is missing; None where there is none.

    `cache_place.place_of` says where it lies, and `cache_place.refusal` why there is none.
    """
    folder = place_of(environment)
    if folder is None or refusal(environment) is not None:
        return None
    cache = Cache(folder=folder)
    try:
        for missing in [one for one in (*reversed(folder.parents), folder) if not one.exists()]:
            missing.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        if not (folder / TAG).exists():
            with cache._opened() as opened:
                _write(opened, TAG, _SIGNATURE)
    except OSError:
        return None
    return cache


def _name(kind: str, key: str) -> str:
    """Return an entry's name; a kind is a small word, and a key whatever tells entries apart."""
    name = f"{kind}-{hashlib.sha256(key.encode(errors='surrogatepass')).hexdigest()}"
    if not ENTRY.fullmatch(name):
        raise ValueError(f"{kind!r} is no kind of entry.")
    return name


def _sum(name: str, data: bytes) -> bytes:
    """Return the sum of an entry under its name, so that one in another's place is noticed."""
    digest = hashlib.sha256(name.encode())
    digest.update(data)
    return digest.digest()


def _read(file: int, name: str) -> bytes | None:
    """Return an open entry's bytes, marked as used; None where they are not as they were put."""
    status = os.fstat(file)
    length = status.st_size - _HEAD
    if not stat.S_ISREG(status.st_mode) or not is_private(status) or not 0 <= length <= LARGEST:
        return None
    try:
        head, data = os.read(file, _HEAD), os.read(file, length)
    except OSError:  # a disk that is wearing out
        return None
    if head != _MAGIC + _sum(name, data):
        return None
    with contextlib.suppress(OSError):  # a disk that is only to be read
        os.utime(file)
    return data


def _write(folder: int, name: str, *parts: bytes) -> None:
    """Write a file under a name beside its own and rename it; OSError where that fails."""
    partial = f".{name}.{os.urandom(8).hex()}"
    file = os.open(partial, _WRITE, _PRIVATE, dir_fd=folder)
    try:
        with os.fdopen(file, "wb", 0) as raw:
            with contextlib.suppress(OSError):  # disks elsewhere may know no locks
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for part in parts:
                rest = memoryview(part)
                while rest:
                    rest = rest[raw.write(rest) :]
            os.replace(partial, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        _is_removed(folder, partial)
        raise


def _is_being_written(folder: int, name: str) -> bool:
    """Return whether a run holds a file's lock; who dies, even killed, gives it up."""
    try:
        file = os.open(name, _READ, dir_fd=folder)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # no locks here: at worst a run loses one entry
        return False
    finally:
        os.close(file)
    return False


def _is_removed(folder: int, name: str) -> bool:
    try:
        os.unlink(name, dir_fd=folder)
    except OSError:
        return False
    return True
