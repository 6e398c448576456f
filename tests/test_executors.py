"""Jobs run here or in worker processes, with the same results, and stop when they are told to."""

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit import executors
from printkit.errors import Problem, UserError
from printkit.executors import (
    IN_FLIGHT,
    InlineExecutor,
    default_workers,
    executor_for,
    run_all,
    started_for,
)
from printkit.fonts import isolate, visible_fonts


def square(number: int) -> int:
    return number * number


def broken(number: int) -> int:
    raise ValueError(f"{number} is broken")


def died(number: int) -> int:
    os._exit(1)


def asleep(number: int) -> int:
    time.sleep(60)
    return number


def deaf(number: int) -> int:
    """Take Ctrl-C for a mistake of its own, as a library that catches everything does."""
    try:
        os.kill(os.getpid(), number)
        time.sleep(0.01)
    except BaseException:
        return number
    return 0


def fonts_seen(number: int) -> set[str]:
    return {path.name for path in visible_fonts()}


def loaded(number: int) -> bool:
    return "weasyprint" in sys.modules and "printkit.press" in sys.modules


def passed_over(number: int) -> int:
    return gc.get_freeze_count()


@given(st.lists(st.integers()), st.integers(min_value=1, max_value=4))
def test_every_item_comes_back_under_its_number(items: list[int], workers: int) -> None:
    results = dict(run_all(InlineExecutor(), square, items, workers=workers))
    assert results == {number: item * item for number, item in enumerate(items)}


def test_items_are_drawn_only_as_they_are_needed() -> None:
    drawn = []

    def items() -> Iterator[int]:
        for number in range(100):
            drawn.append(number)
            yield number

    next(run_all(InlineExecutor(), square, items(), workers=2))
    assert len(drawn) == 1  # it was done at once


def test_no_more_is_handed_out_than_keeps_the_workers_busy() -> None:
    class Idle(Executor):
        """Takes everything, and does nothing."""

        handed = 0

        def submit(self, fn: Any, /, *args: Any, **more: Any) -> Future[Any]:
            self.handed += 1
            if self.handed == 2 * IN_FLIGHT:
                raise InterruptedError
            return Future()

    idle = Idle()
    with pytest.raises(InterruptedError):
        list(run_all(idle, square, range(100), workers=2))
    assert idle.handed == 2 * IN_FLIGHT


@pytest.mark.slow
def test_workers_pass_over_what_stays_and_this_process_does_not(
    own_fonts: Path, tmp_path: Path
) -> None:
    before = gc.get_freeze_count()
    assert {passed_over(0)} == {before}
    with executor_for(2, fonts=own_fonts, scratch=tmp_path) as executor:
        counts = [count for _, count in run_all(executor, passed_over, range(6), workers=2)]
    assert 0 in counts and max(counts) > 1000
    assert list(run_all(InlineExecutor(), passed_over, [0], workers=1)) == [(0, before)]


def test_an_error_comes_out_as_it_was() -> None:
    with pytest.raises(ValueError, match="7 is broken"):
        list(run_all(InlineExecutor(), broken, [7], workers=1))


def test_at_least_one_worker() -> None:
    assert 1 <= default_workers() <= (os.cpu_count() or 1)


def test_one_worker_is_this_process_and_sees_the_projects_fonts_alone(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/what/it/was")
    own = {path.name for path in (project / "fonts").glob("*.ttf")}
    with executor_for(1, fonts=project / "fonts", scratch=tmp_path) as executor:
        assert executor.submit(os.getpid).result() == os.getpid()
        assert executor.submit(fonts_seen, 1).result() == own
    assert os.environ["FONTCONFIG_FILE"] == "/what/it/was"


def test_whoever_sees_other_fonts_meanwhile_keeps_them(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/what/it/was")  # and is again in the end
    monkeypatch.delenv("FONTCONFIG_FILE")
    with executor_for(1, fonts=project / "fonts", scratch=tmp_path / "one"):
        isolate(project / "fonts", tmp_path / "other")
    assert os.environ["FONTCONFIG_FILE"] == str(tmp_path / "other" / "fonts.conf")


def test_a_missing_library_is_told_before_any_worker_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(fonts: Path, scratch: Path) -> None:
        raise UserError(Problem(what="libpango cannot be loaded.", fix="Run: apt-get install."))

    monkeypatch.setattr(executors, "isolated", lacking)
    with (
        pytest.raises(UserError, match="libpango cannot be loaded"),
        executor_for(2, fonts=tmp_path, scratch=tmp_path),
    ):
        pytest.fail("it started")


@pytest.mark.slow
def test_workers_see_the_projects_fonts_alone_and_bring_results_and_errors(
    project: Path, tmp_path: Path
) -> None:
    own = {path.name for path in (project / "fonts").glob("*.ttf")}
    with executor_for(2, fonts=project / "fonts", scratch=tmp_path) as executor:
        assert executor.submit(os.getpid).result() != os.getpid()
        assert dict(run_all(executor, square, range(9), workers=2)) == {n: n * n for n in range(9)}
        assert dict(run_all(executor, fonts_seen, [1, 2], workers=2)) == {0: own, 1: own}
        with pytest.raises(ValueError, match="3 is broken"):
            list(run_all(executor, broken, [3], workers=2))


@pytest.mark.slow
def test_workers_get_ready_while_something_else_is_done(project: Path, tmp_path: Path) -> None:
    own = {path.name for path in (project / "fonts").glob("*.ttf")}
    with started_for(2, fonts=project / "fonts") as started:
        assert started is not None
        assert len(multiprocessing.active_children()) >= 2, "before they have anything to do"
        with executor_for(
            2, fonts=project / "fonts", scratch=tmp_path, started=started
        ) as executor:
            assert executor is started
            assert dict(run_all(executor, loaded, [0, 1], workers=2)) == {0: True, 1: True}
            assert dict(run_all(executor, fonts_seen, [0], workers=2)) == {0: own}


def test_one_process_needs_none_to_get_ready(tmp_path: Path) -> None:
    with started_for(1, fonts=tmp_path) as started:
        assert started is None


@pytest.mark.slow
def test_what_is_wrong_with_the_fonts_is_told_with_the_first_job_and_in_words(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fonts").mkdir()
    with started_for(2, fonts=tmp_path / "fonts") as started:
        assert started is not None
        with pytest.raises(UserError, match="Fonts of the project cannot be read: there are none"):
            list(run_all(started, square, [3], workers=2))
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_a_project_that_cannot_be_read_waits_for_no_worker(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = set(multiprocessing.active_children())
    with (
        pytest.raises(UserError, match="No such thing"),
        started_for(2, fonts=project / "fonts"),
    ):
        raise UserError(Problem(what="No such thing.", fix="Write another."))
    assert set(multiprocessing.active_children()) <= before
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_workers_end_with_the_process_that_they_work_for(project: Path) -> None:
    code = f"""if __name__ == "__main__":
    import multiprocessing, os, pathlib
    from printkit.executors import started_for
    with started_for(2, fonts=pathlib.Path({str(project / "fonts")!r})) as started:
        started.submit(os.getpid).result()  # until one of them is ready
        print(*(worker.pid for worker in multiprocessing.active_children()), flush=True)
        os.kill(os.getpid(), {int(signal.SIGKILL)})
"""
    # A worker holds on to the output: it ends when all of them have.
    done = subprocess.run(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, timeout=30, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert len(done.stdout.split()) == 2


@pytest.mark.slow
def test_a_worker_that_dies_is_told_in_words(project: Path, tmp_path: Path) -> None:
    with (
        pytest.raises(UserError) as caught,
        executor_for(2, fonts=project / "fonts", scratch=tmp_path) as executor,
    ):
        list(run_all(executor, died, [1], workers=2))
    assert str(caught.value) == (
        "A worker process was stopped from outside, perhaps for want of memory. "
        "Run again with --jobs 1, or with more memory. Nothing was replaced."
    )


@pytest.mark.slow
def test_ctrl_c_ends_the_jobs_that_run_and_those_that_wait(project: Path, tmp_path: Path) -> None:
    def sleep_and_stop() -> None:
        with executor_for(2, fonts=project / "fonts", scratch=tmp_path) as executor:
            for number in range(8):
                executor.submit(executors._Call(asleep), number)
            time.sleep(1)
            raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        sleep_and_stop()
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("number", "stops"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)]
)
def test_a_job_that_swallows_what_stops_it_keeps_nothing_going(
    project: Path, tmp_path: Path, number: signal.Signals, stops: type[BaseException]
) -> None:
    handler = signal.signal(signal.SIGTERM, lambda number, frame: exit(128 + number))
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)}
    done: list[tuple[int, int]] = []
    try:
        with (
            pytest.raises(stops),
            executor_for(1, fonts=project / "fonts", scratch=tmp_path) as executor,
        ):
            done.extend(run_all(executor, deaf, [number, number], workers=1))
        assert done == []
        assert {one: signal.getsignal(one) for one in before} == before
        assert executors._Worker.stop is None
    finally:
        signal.signal(signal.SIGTERM, handler)
