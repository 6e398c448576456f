"""Clocks: medians of several tries, taken in turns, so that a busy minute falls on all alike."""

import gc
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a piece of work took."""

    wall_s: float
    """As a clock on the wall has it."""
    own_s: float
    """Of one processor, in this process and its children: what others run does not count."""


def taken(work: Callable[[], object]) -> Taken:
    """Do some work once, and return what it took."""
    gc.collect()
    before, begun = _own(), time.perf_counter()
    work()
    return Taken(wall_s=time.perf_counter() - begun, own_s=_own() - before)


def _own() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + used.ru_utime + used.ru_stime


def medians(runs: int, *works: Callable[[], object]) -> list[Taken]:
    """Return the medians of several pieces of work, done in turns."""
    tries: list[list[Taken]] = [[] for _ in works]
    for _ in range(runs):
        for found, work in zip(tries, works, strict=True):
            found.append(taken(work))
    return [
        Taken(
            wall_s=statistics.median(one.wall_s for one in found),
            own_s=statistics.median(one.own_s for one in found),
        )
        for found in tries
    ]


def apart(
    runs: int, task: str, *arguments: object, between: Callable[[], object] = lambda: None
) -> dict[str, Any]:
    """Do a task of `benchmarks.child` in processes of its own; return what the middle one tells."""
    found = []
    for number in range(runs):
        if number:
            between()
        found.append(_apart(task, *arguments))
    return sorted(found, key=lambda told: float(told["wall_s"]))[runs // 2]


def _apart(task: str, *arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.child", task, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    told = json.loads(done.stdout)
    assert isinstance(told, dict)
    return told


def program(command: Sequence[str | Path]) -> Callable[[], object]:
    """Return the running of a program as a piece of work; what it says is not heard."""
    return lambda: subprocess.run(
        [*map(str, command)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
