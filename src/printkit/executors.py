"""Where jobs run: in this process, or in as many worker processes as there are cores."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, TypeVar

from printkit.errors import Problem, UserError
from printkit.fonts import isolate

IN_FLIGHT = 3
"""Jobs handed out ahead, in multiples of the workers: enough to keep them busy, few in memory."""

T = TypeVar("T")
R = TypeVar("R")


class InlineExecutor(Executor):
    """Runs each call at once in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run fn now, and return its future, done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # the future carries it, as any executor's does
            future.set_exception(error)
        return future


def executor_for(workers: int, *, fonts: Path, scratch: Path) -> Executor:
    """Return an executor whose every process sees the project's fonts and no others."""
    if workers == 1:
        isolate(fonts, scratch)
        return InlineExecutor()
    return ProcessPoolExecutor(
        max_workers=workers,
        # A fresh interpreter each: Pango's threads and fonts must not be forked half way.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(fonts, scratch),
    )


def default_workers() -> int:
    """Return how many processors this process may use."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


def run_all(
    executor: Executor, function: Callable[[T], R], items: Iterable[T], *, workers: int
) -> Iterator[tuple[int, R]]:
    """Yield each item's number and result as they come; items are drawn only as they are needed."""
    waiting: dict[Future[R], int] = {}
    numbered = enumerate(items)
    more = True
    try:
        while more or waiting:
            while more and len(waiting) < workers * IN_FLIGHT:
                try:
                    number, item = next(numbered)
                except StopIteration:
                    more = False
                else:
                    waiting[executor.submit(function, item)] = number
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future.result()
    except BrokenProcessPool:
        raise UserError(
            Problem(
                what="A worker process was stopped from outside, perhaps for want of memory.",
                fix="Run again with --jobs 1, or with more memory. Nothing was replaced.",
            )
        ) from None
    finally:
        for future in waiting:
            future.cancel()


def _start_worker(fonts: Path, scratch: Path) -> None:
    # Ctrl-C is the coordinator's to answer; it lets running jobs end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    isolate(fonts, scratch / str(os.getpid()))
