"""Runs of the command as people run it: what they took, and the memory of all their processes."""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clock import ROOT, taken

BETWEEN_S = 0.1
"""From one look at the processes' memory to the next."""
PRINTKIT = (sys.executable, "-c", "from printkit.cli import main; main()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One run of a command."""

    wall_s: float
    own_s: float
    """Of all processors, in all its processes."""
    peak_mb: float
    """The most memory of all its processes at once: what they share is counted in each."""


def printkit(*arguments: object, cache: Path | None = None) -> Ran:
    """Run the command and wait for its end; a code other than 0 stops the benchmark."""
    return run([*PRINTKIT, *map(str, arguments)], environment(cache))


def environment(cache: Path | None) -> Mapping[str, str]:
    """Return this process's environment, with a cache of our own or none."""
    path = os.pathsep.join((os.environ.get("PYTHONPATH", ""), str(ROOT / "src")))
    return {**os.environ, "PYTHONPATH": path, "PRINTKIT_CACHE": str(cache or "off")}


def run(command: list[str], env: Mapping[str, str]) -> Ran:
    """Run a command in a process of its own, and watch the memory of all that it starts."""
    with tempfile.TemporaryFile() as said:
        peaks: list[float] = []

        def work() -> None:
            process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=said, stderr=said)
            with process, watched(process.pid) as peak:
                code = process.wait()
            peaks.append(peak.mb)
            if code:
                said.seek(0)
                words = said.read()[-4000:].decode(errors="replace")
                raise SystemExit(f"{' '.join(command[3:])} ended with {code}:\n{words}")

        took = taken(work)
        return Ran(wall_s=took.wall_s, own_s=took.own_s, peak_mb=peaks[0])


@dataclass(slots=True)
class Peak:
    """The most memory that a process and all that it started ever held together."""

    mb: float = 0.0


@contextlib.contextmanager
def watched(pid: int) -> Iterator[Peak]:
    """Watch a process while the block runs; where there is no /proc, nothing is seen."""
    peak, over = Peak(), threading.Event()

    def look() -> None:
        while not over.wait(BETWEEN_S):
            peak.mb = max(peak.mb, sum(map(_resident_mb, _tree(pid))))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()


def _tree(pid: int) -> list[int]:
    """Return a process and all that come of it."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # The name, in brackets, may hold anything; the parent is the second word after it.
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            continue  # it has ended meanwhile
        parents.setdefault(parent, []).append(int(folder.name))
    found, more = [], [pid]
    while more:
        found.append(more.pop())
        more += parents.get(found[-1], [])
    return found


def _resident_mb(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextlib.contextmanager
def watching(ready: str, *arguments: object) -> Iterator[None]:
    """Run `printkit watch` while the block runs, from the line on that holds some words."""
    command = [*PRINTKIT, "watch", *map(str, arguments)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(None), stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if ready in line:
                break
        else:
            raise SystemExit("printkit watch ended before it watched anything.")
        yield
    finally:
        process.terminate()  # Ctrl-C goes unheard where a script has put us in the background
        process.communicate()


def until_another(path: Path, before: tuple[int, int], *, seconds: float = 60) -> float:
    """Wait until a file is another than before, and return when it was, by the monotonic clock."""
    end = time.monotonic() + seconds
    while identity(path) == before:
        if time.monotonic() > end:
            raise SystemExit(f"{path.name} did not change in {seconds:.0f} s.")
        time.sleep(0.002)
    return time.monotonic()


def identity(path: Path) -> tuple[int, int]:
    """Return what tells a file from what stood in its place before; zeros where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_ino, found.st_mtime_ns
