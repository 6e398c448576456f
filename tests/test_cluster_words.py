"""What goes wrong between a build and its workers is told by worker, with what to do there."""

from dataclasses import replace

from printkit.cluster_words import no_workers, not_as_here
from printkit.errands import Tools

HERE = Tools(
    code="a", told="python (3, 11, 7), weasyprint 70.0, pango-1.0 1.54.0", missing=(), threads=1
)


def test_each_difference_is_told_by_worker() -> None:
    older = HERE.told.replace("1.54.0", "1.50.12").replace("11, 7", "12, 1")
    error = not_as_here(
        HERE,
        {
            "tcp://10.0.0.1:1": replace(HERE, told=older, code="b"),
            "tcp://10.0.0.2:1": replace(HERE, told="python (3, 11, 7), weasyprint 70.0"),
            "tcp://10.0.0.3:1": replace(HERE, missing=("pango-1.0", "fontconfig"), code="c"),
        },
    )
    assert [problem.what for problem in error.problems] == [
        "The worker tcp://10.0.0.1:1 has python (3, 12, 1) instead of (3, 11, 7), pango-1.0"
        " 1.50.12 instead of 1.54.0, so its sheets would not be the same as those made here.",
        "The worker tcp://10.0.0.2:1 has pango-1.0 (none) instead of 1.54.0, so its sheets would"
        " not be the same as those made here.",
        "The worker tcp://10.0.0.3:1 can't load pango-1.0, fontconfig.",
    ]
    assert "scripts/setup.sh --dask" in error.problems[2].fix


def test_the_command_that_is_missing_is_whole() -> None:
    (problem,) = no_workers("tcp://10.0.0.9:8786").problems
    assert problem.fix == (
        "Start some on each machine: dask worker tcp://10.0.0.9:8786 --nworkers auto --nthreads 1"
    )
