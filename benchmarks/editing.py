"""One changed message: what it takes until it is seen, and until its files are there again."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.material import Bench
from benchmarks.running import Ran, identity, printkit, until_another, watching
from benchmarks.states import edit
from benchmarks.whole import State, state_of

LANGUAGE, PIECE = "es", "know-your-rights"
RUNS = 5
SETTLES_S = 2.0
"""From one proof to the next save: the pages that show nothing new are looked at too."""


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield what follows one changed message of one catalog, its own sheet's only."""
    state = state_of(bench)
    state.built()
    asked = ("--language", LANGUAGE, "--piece", PIECE)
    out = bench.folder / "edited"
    numbers = iter(range(1, 1000))

    drawn = bench.folder / "proofs"
    firsts: list[float] = []

    def proof() -> Ran:
        place = ("--edition", "press", "--out", drawn)
        begun = time.time()
        ran = printkit("proof", "--project", state.project, *asked, *place, cache=state.cache)
        firsts.append((drawn / f"{LANGUAGE}.png").stat().st_mtime - begun)
        return ran

    def part() -> Ran:
        return state.build(*asked, out=out)

    proof(), part()
    runs: dict[str, list[Ran]] = {"proof": [], "part": [], "whole": []}
    changed: list[int] = []
    for _ in range(1 if bench.small else RUNS):
        for name, work in (("proof", proof), ("part", part)):
            edit(state.project / "po" / f"{LANGUAGE}.po", next(numbers))
            runs[name].append(work())
        before = _stamps(state)
        runs["whole"].append(state.build())
        changed.append(_others(before, _stamps(state)))
    yield _watched(bench, state, numbers)
    files = len(list(out.glob("*/press/*.pdf")))
    what = "one changed message: its first proof, by a command"
    yield Figure(what=what, value=statistics.median(firsts[1:]), unit="s", goal=2.5)
    yield _middle("all of its proofs, by a command", runs["proof"])
    yield _middle(f"its {files} files, by a command for them", runs["part"], 3)
    yield _middle("its files, by a build of the whole state", runs["whole"], 3)
    yield Figure(what="files that this wrote", value=statistics.median(changed), unit="")


def _watched(bench: Bench, state: State, numbers: Iterator[int]) -> Figure:
    """Return the seconds from a save to the page that shows it, in a process that watches."""
    place = bench.folder / "watched"
    page = place / f"{LANGUAGE}_{PIECE}_1.png"
    asked = ("--language", LANGUAGE, "--piece", PIECE, "--project", state.project)
    waits = []
    with watching("Ctrl-C ends it", *asked, "--out", place):
        for _ in range(1 if bench.small else RUNS):
            before = identity(page)
            edit(state.project / "po" / f"{LANGUAGE}.po", next(numbers))
            begun = time.monotonic()
            waits.append(until_another(page, before) - begun)
            time.sleep(SETTLES_S)
    what = "one changed message: its first proof, by `printkit watch`"
    return Figure(what=what, value=statistics.median(waits), unit="s", goal=0.6)


def _middle(what: str, runs: list[Ran], goal: float | None = None) -> Figure:
    value = statistics.median(one.wall_s for one in runs)
    return Figure(what=f"one changed message: {what}", value=value, unit="s", goal=goal)


def _stamps(state: State) -> set[tuple[Path, int]]:
    return {(path, path.stat().st_mtime_ns) for path in state.files()}


def _others(before: set[tuple[Path, int]], after: set[tuple[Path, int]]) -> int:
    return len(after - before)
