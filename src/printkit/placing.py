"""Put finished files and folders in the place of older ones: all of them, or none."""

import contextlib
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What asks a program to stop: Ctrl-C, kill, and a terminal that is closed."""


@contextlib.contextmanager
def beside(place: Path) -> Iterator[Path]:
    """Give a folder beside the final one, on the same disk, and leave nothing of it."""
    new_parents = [folder for folder in place.parents if not folder.exists()]
    place.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{place.name[:40]}.partial-", dir=place.parent))
    try:
        yield staging
    finally:
        with uninterrupted():
            shutil.rmtree(staging, ignore_errors=True)
            for folder in new_parents:
                with contextlib.suppress(OSError):  # it came to hold what was made
                    folder.rmdir()


def swap_in(moves: Sequence[tuple[Path, Path]], *, aside: Path) -> None:
    """Put each new file or folder in its place, and what was there into a folder aside.

    Where one cannot be placed, all that was there before is put back. Everything must be on
    one disk.
    """
    done: list[tuple[Path, Path]] = []
    old = Path(tempfile.mkdtemp(prefix="old-", dir=aside))
    with uninterrupted():
        try:
            for number, (new, place) in enumerate(moves):
                if os.path.lexists(place):
                    _move(place, old / str(number), done)
                _move(new, place, done)
        except OSError:
            for source, target in reversed(done):
                target.rename(source)
            raise


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under a name beside its own, so that nobody sees half of it."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C off for the moment that it takes to finish; it then comes too late."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals come to the main thread only
        return
    before = {number: signal.signal(number, _nothing) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)


def _nothing(number: int, frame: Any) -> None:
    """Let a signal pass."""


def _move(source: Path, target: Path, done: list[tuple[Path, Path]]) -> None:
    source.rename(target)
    done.append((source, target))
