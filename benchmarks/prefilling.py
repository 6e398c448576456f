"""Prefilled letters: how many a second, and whether memory grows with the people."""

import io
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf

from benchmarks.clock import apart, taken
from benchmarks.figures import Figure, Rival
from benchmarks.material import Bench, people

PEOPLE, ENCRYPTED = 1000, 100
FEW, MANY = 200, 12_500
"""The many get 100,000 letters: 1.6 GB, for as long as they are measured."""
GOAL = 500
"""Letters a second."""
MORE_MB = 10
"""What memory may grow by from few people to many, and still be called flat."""
RUNS, SAMPLE = 3, 100


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield letters a second, the kit's layout apart, and the memory of a run."""
    for workers, words in ((1, "one worker"), (2, "two workers")):
        told, out = _run(bench, PEOPLE, workers)
        yield _rate(told, f"{PEOPLE:,} people, {words}", GOAL, *_rivals(out, told))
        if workers == 1:
            yield Figure(
                what="reading the table and laying the kit out, once",
                value=told["laid_out_s"],
                unit="s",
            )
        shutil.rmtree(out)
    told, _ = _run(bench, ENCRYPTED, 1, "only a benchmark's")
    yield _rate(told, f"{ENCRYPTED} people, encrypted, one worker", None)
    few, many = (_alone(bench, count) for count in (FEW, FEW * 2 if bench.small else MANY))
    whole = f"{many['people']:,} people, {many['people'] * many['letters']:,} letters"
    yield _rate(many, f"{whole}, one worker", GOAL)
    yield Figure(what=f"the most memory for {whole}", value=many["peak_mb"], unit="MB")
    yield Figure(
        what=f"memory that they take beyond {FEW} people",
        value=max(0.0, many["peak_mb"] - few["peak_mb"]),
        unit="MB",
        goal=MORE_MB,
    )


def _alone(bench: Bench, count: int) -> dict[str, Any]:
    """Return what one worker tells of one run; what it wrote goes at once."""
    told, out = _run(bench, count, 1, runs=1)
    shutil.rmtree(out)
    return told


def _run(
    bench: Bench, count: int, workers: int, passphrase: str = "", *, runs: int = RUNS
) -> tuple[dict[str, Any], Path]:
    out = bench.folder / f"letters-{count}-{workers}"
    table = people(count, bench.folder / f"people-{count}.csv")
    locked = [passphrase] if passphrase else []
    told = apart(runs, "letters", table, out, workers, *locked, between=lambda: shutil.rmtree(out))
    assert told["people"] == count
    return told, out


def _rate(told: dict[str, Any], what: str, goal: float | None, *rivals: Rival) -> Figure:
    return Figure(
        what=f"{what}, {told['letters']} letters each",
        value=told["people"] * told["letters"] / told["wall_s"],
        unit="letters/s",
        goal=goal,
        more_is_better=True,
        rivals=rivals,
    )


def _rivals(out: Path, told: dict[str, Any]) -> Iterator[Rival]:
    """Yield what opening and saving finished kits takes, and only writing their bytes."""
    files = [path.read_bytes() for path in sorted(out.iterdir())[:SAMPLE]]

    def saved(folder: Path) -> None:
        for number, data in enumerate(files):
            with pikepdf.open(io.BytesIO(data)) as pdf:
                pdf.save(folder / f"{number}.pdf")

    def written(folder: Path) -> None:
        for number, data in enumerate(files):
            (folder / f"{number}.pdf").write_bytes(data)

    for name, work in (("pikepdf: open and save each kit", saved), ("only writing it", written)):
        wall_s = statistics.median(_in_new_folder(work) for _ in range(RUNS))
        yield Rival(name=name, value=told["letters"] * len(files) / wall_s)


def _in_new_folder(work: Callable[[Path], None]) -> float:
    """Return the seconds of some writing; what replaces a file waits for the disk, so none is."""
    with tempfile.TemporaryDirectory() as folder:
        return taken(lambda: work(Path(folder))).wall_s
