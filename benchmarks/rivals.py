"""Rivals: the same files by a loop of plain WeasyPrint, and one of them by Typst, kept warm."""

import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.clock import ROOT
from benchmarks.figures import Figure, Rival
from benchmarks.material import LANGUAGES, Bench
from benchmarks.running import environment
from benchmarks.whole import State, state_of

PIECE = "know-your-rights"


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield how the whole state stands to a loop of renders, and a file to one by Typst."""
    state = state_of(bench)
    ran = state.built(2)
    count = len(state.files())
    plain = _plain(state)
    loop_s = _scaled(plain, count)
    loop = Rival(name="a loop of plain WeasyPrint, scaled", value=loop_s)
    yield Figure(what=f"{count:,} press files, cold", value=ran.wall_s, unit="s", rivals=(loop,))
    yield _times(
        f"against the loop, by the clock; {len(plain)} files of it", loop_s / ran.wall_s, 50
    )
    yield _times("against the loop, by what processors did", loop_s / ran.own_s)
    yield Figure(
        what="bytes of a file, on average, its profile of 177 KB included",
        value=sum(path.stat().st_size for path in state.files()) / count / 1000,
        unit="KB",
        rivals=(Rival(name="plain WeasyPrint's", value=_mean(plain, "bytes") / 1000),),
    )
    yield from _typst_figures(bench, state, ran.wall_s / count, ran.own_s / count)


def _times(what: str, value: float, goal: float | None = None) -> Figure:
    return Figure(what=what, value=value, unit="×", goal=goal, more_is_better=True)


def _plain(state: State) -> list[dict[str, Any]]:
    """Return what a region's file of each piece and language takes the loop."""
    return _told(state, "benchmarks.plain", *state.tongues)


def _scaled(plain: list[dict[str, Any]], count: int) -> float:
    """Return the seconds of one processor for every region's files of every piece and language."""
    return float(sum(one["own_s"] for one in plain)) * count / len(plain)


def _typst_figures(bench: Bench, state: State, wall_s: float, own_s: float) -> Iterator[Figure]:
    """Yield how a file stands to Typst's: the state's average, and the same sheets alone."""
    tongues = state.tongues[:1] if bench.small else LANGUAGES
    found = {tag: _told(state, "benchmarks.typst_loop", tag) for tag in tongues}
    every = [one for files in found.values() for one in files]
    for tag, files in found.items():
        first, middle = files[0]["wall_s"], statistics.median(one["wall_s"] for one in files)
        yield Figure(what=f"Typst, {PIECE} {tag}, the middle file", value=middle * 1000, unit="ms")
        yield Figure(what=f"Typst, {PIECE} {tag}, the first", value=first * 1000, unit="ms")
    typst = Rival(name="Typst, kept warm", value=_mean(every, "wall_s") * 1000)
    yield Figure(
        what=f"{PIECE} in {', '.join(tongues)}, cold, with the command's start: each file",
        value=_same(state, tongues, len(every)) * 1000,
        unit="ms",
        rivals=(typst,),
    )
    yield Figure(what="a file of the state, cold", value=wall_s * 1000, unit="ms", rivals=(typst,))
    yield _times("against Typst, a file, by the clock", _mean(every, "wall_s") / wall_s, 6)
    yield _times("against Typst, by what processors did", _mean(every, "own_s") / own_s)
    yield Figure(what="bytes of a file of Typst's", value=_mean(every, "bytes") / 1000, unit="KB")


def _same(state: State, tongues: Sequence[str], count: int) -> float:
    """Return the seconds that each of the same files of ours takes by a command of its own."""
    out, cache = state.folder / "same", state.folder / "same-cache"
    asked = [word for tag in tongues for word in ("--language", tag)]
    try:
        ran = state.build(*asked, "--piece", PIECE, out=out, cache=cache)
    finally:
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(cache, ignore_errors=True)
    return ran.wall_s / count


def _mean(found: list[dict[str, Any]], key: str) -> float:
    return float(statistics.mean(one[key] for one in found))


def _told(state: State, module: str, *words: str) -> list[dict[str, Any]]:
    """Return what a loop in a process of its own tells."""
    out = state.folder / "rival"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    command = [sys.executable, "-m", module, str(state.project), str(out), *words]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(None), check=True, stdout=subprocess.PIPE, text=True
    )
    told = json.loads(done.stdout)
    assert isinstance(told, list)
    return told
