"""Start-up: what a command takes that renders nothing."""

import sys
from collections.abc import Iterator

from benchmarks.clock import medians, program
from benchmarks.figures import Figure, Rival
from benchmarks.material import Bench

RUNS = 7
PRINTKIT = "from printkit.cli import main; main()"
COMMANDS = (("--help",), ("explain", "text-overflows"))
FLOORS = {"Python, doing nothing": "pass", "importing Typer": "import typer"}


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield the time from a typed command to its end, as a person waits for it."""
    works = [program([sys.executable, "-c", PRINTKIT, *words]) for words in COMMANDS]
    floors = [program([sys.executable, "-c", code]) for code in FLOORS.values()]
    for work in works:
        work()  # the first reads everything from disk
    found = medians(RUNS, *works, *floors)
    rivals = tuple(
        Rival(name=name, value=one.wall_s * 1000)
        for name, one in zip(FLOORS, found[len(works) :], strict=True)
    )
    for words, one in zip(COMMANDS, found, strict=False):
        command = " ".join(("printkit", *words))
        yield Figure(what=command, value=one.wall_s * 1000, unit="ms", goal=300, rivals=rivals)
        what = f"{command}, processor alone"
        yield Figure(what=what, value=one.own_s * 1000, unit="ms")
