"""Thousands of regions: whether memory grows with them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.material import Bench
from benchmarks.running import Ran, printkit
from benchmarks.states import COUNTIES, many_regions

PIECE, TONGUES = "know-your-rights", ("en", "es")
MANY = 5800
MORE_MB = 50
"""What memory may grow by from few regions to a hundred times as many, and still be called flat."""


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield what one piece in two languages takes for a state's regions, and a hundred states'."""
    many = 2 * COUNTIES if bench.small else MANY
    few, more = (_built(bench.folder / f"regions-{count}", count) for count in (COUNTIES, many))
    files = many * len(TONGUES)
    yield Figure(
        what=f"{PIECE} in two languages for {many:,} regions: files a second, cold",
        value=files / more.wall_s,
        unit="files/s",
        more_is_better=True,
    )
    yield Figure(
        what=f"memory of all processes for {many:,} regions",
        value=more.peak_mb,
        unit="MB",
        goal=1500,
    )
    yield Figure(
        what=f"memory that {many:,} regions take beyond {COUNTIES}",
        value=max(0.0, more.peak_mb - few.peak_mb),
        unit="MB",
        goal=MORE_MB,
    )


def _built(folder: Path, count: int) -> Ran:
    try:
        project = many_regions(folder / "project", count, TONGUES, PIECE)
        return printkit(
            "build",
            "--project",
            project,
            "--edition",
            "press",
            "--jobs",
            2,
            "--out",
            folder / "out",
            cache=folder / "cache",
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
