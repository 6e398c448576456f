"""Files that travel to other machines: named by their digests, and held to them on arrival."""

import functools
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from printkit.fonts import SUMS
from printkit.keys import digest_of
from printkit.pieces import Piece

CHUNK = 16_000_000
"""Bytes that travel in one message, one file or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Files that travel together, and lie at their destination as they lay at home."""

    name: str
    """Of their folder, or of the one file that they are."""
    files: tuple[tuple[str, str], ...]
    """Where in the folder each lies, and its SHA-256; nowhere where there is no folder."""
    links: tuple[tuple[str, str], ...] = ()
    """Where in the folder each link lies, and where it leads."""

    @property
    def digest(self) -> str:
        """What stands for the whole of it."""
        return digest_of(self)


class Damaged(Exception):
    """A file is not, or no longer, what its digest says, which is the exception's only argument."""


# --- At home ----------------------------------------------------------------


def fonts_load(folder: Path) -> Load:
    """Return the fonts as they travel: what their list of sums names, and the list."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    names = [name for _, _, name in (line.partition("  ") for line in lines) if name]
    return _load("fonts", folder, (folder / name for name in (SUMS, *names)))


def profile_load(path: Path) -> Load:
    """Return a folder of profiles, or a shop's own profile, as it travels."""
    return _load(path.name, path, sorted(path.iterdir()) if path.is_dir() else [path])


def pieces_load(root: Path, pieces: Iterable[Piece]) -> Load:
    """Return the folders of pieces and of what they share as they travel, links as links."""
    found: dict[Path, None] = {}
    for folder in dict.fromkeys(one for piece in pieces for one in (piece.folder, *piece.shared)):
        found[folder] = None
        found.update(dict.fromkeys(sorted(folder.resolve().rglob("*"))))
    return _load("project", root, found)


def _load(name: str, root: Path, paths: Iterable[Path]) -> Load:
    whole = root.resolve()
    files, links = [], []
    for path in paths:
        place = path.relative_to(root if path.is_relative_to(root) else whole).as_posix()
        if path.is_symlink() and path != root:
            aim = path.parent.resolve() / path.readlink()
            links.append((place, os.path.relpath(aim, path.parent.resolve())))
        elif path.is_file():
            files.append((place, hashlib.sha256(path.read_bytes()).hexdigest()))
    return Load(name=name, files=tuple(files), links=tuple(links))


def parcels(
    loads: Iterable[tuple[Path, Load]], wanted: Iterable[str]
) -> Iterator[dict[str, bytes]]:
    """Yield the files of some digests in handy messages; Damaged where one has changed since."""
    paths = {digest: root / place for root, load in loads for place, digest in load.files}
    parcel: dict[str, bytes] = {}
    size = 0
    for digest in dict.fromkeys(wanted):
        data = paths[digest].read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise Damaged(digest)
        if parcel and size + len(data) > CHUNK:
            yield parcel
            parcel, size = {}, 0
        parcel[digest] = data
        size += len(data)
    if parcel:
        yield parcel


# --- Where they arrive ------------------------------------------------------


def lacking(folder: Path, loads: Iterable[Load]) -> list[str]:
    """Return the digests of the files that are not kept in a folder yet."""
    wanted = dict.fromkeys(digest for load in loads for _, digest in load.files)
    return [digest for digest in wanted if not (folder / digest).is_file()]


def keep(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Keep files by their digests; return the digests of those that are not what they say."""
    folder.mkdir(parents=True, exist_ok=True)
    wrong = []
    for digest, data in files.items():
        if hashlib.sha256(data).hexdigest() != digest:
            wrong.append(digest)
            continue
        partial = folder / f"{digest}.{os.getpid()}"
        partial.write_bytes(data)
        partial.replace(folder / digest)
    return wrong


@functools.lru_cache(maxsize=64)
def laid_out(folder: Path, load: Load) -> Path:
    """Return the path of a load, laid out from kept files whose bytes are read and held to it.

    A file that is damaged is no longer kept then, and Damaged is raised.
    """
    place = folder / f"load-{load.digest[:32]}"
    if place.exists():
        shutil.rmtree(place)  # another process' word on its bytes is not ours
    partial = Path(tempfile.mkdtemp(prefix="partial-", dir=folder))
    for name, digest in load.files:
        kept, path = folder / digest, partial / load.name / name
        if not kept.is_file() or hashlib.sha256(kept.read_bytes()).hexdigest() != digest:
            kept.unlink(missing_ok=True)
            shutil.rmtree(partial)
            raise Damaged(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        _link(kept, path)
    for name, aim in load.links:
        path = partial / load.name / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(aim)
    partial.replace(place)
    return place / load.name


def _link(kept: Path, path: Path) -> None:
    try:
        path.hardlink_to(kept)
    except OSError:  # a disk without hard links
        shutil.copyfile(kept, path)


# --- What comes back --------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A file that comes back: what it has in common with the first of its parcel, and the rest."""

    name: str
    """Its path below the folder."""
    common: int
    """How many bytes it begins with as the first does."""
    rest: bytes
    sha256: str


def packed(folder: Path) -> tuple[Returned, ...]:
    """Return a folder's files; what sheets of one layout have in common travels once."""
    found = []
    first = b""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        common = _common(first, data)
        first = first or data
        name, digest = path.relative_to(folder).as_posix(), hashlib.sha256(data).hexdigest()
        found.append(Returned(name=name, common=common, rest=data[common:], sha256=digest))
    return tuple(found)


def unpack(files: Iterable[Returned], folder: Path) -> None:
    """Write files that came back; Damaged, before it is written, where one is not what it was."""
    first = b""
    for file in files:
        data = first[: file.common] + file.rest
        first = first or data
        if hashlib.sha256(data).hexdigest() != file.sha256 or not _stays_below(file.name):
            raise Damaged(file.sha256)
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _stays_below(name: str) -> bool:
    """Return whether a path leads below the folder that it starts from, whatever sent it."""
    return all(part not in ("", "..") and Path(part).name == part for part in name.split("/"))


def _common(one: bytes, other: bytes) -> int:
    """Return how many bytes two files begin with alike, by halving."""
    low, high = 0, min(len(one), len(other))
    first, second = memoryview(one), memoryview(other)
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
