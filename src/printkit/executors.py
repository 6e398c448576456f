"""Where jobs run: in this process, or in as many worker processes as there are cores."""

import contextlib
import functools
import gc
import importlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

from printkit.errors import Problem, UserError
from printkit.fonts import found_by_name, isolate, isolated
from printkit.placing import STOPPING

IN_FLIGHT = 3
"""Jobs handed out ahead, in multiples of the workers: enough to keep them busy, few in memory."""
SAY_AGAIN_S = 0.3
RARELY = (50_000, 15, 15)
"""Objects made between collections: layouts make hundreds of thousands, and few in circles."""

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


@contextlib.contextmanager
def executor_for(
    workers: int, *, fonts: Path, scratch: Path, started: Executor | None = None
) -> Iterator[Executor]:
    """Give an executor whose every process sees the project's fonts and no others.

    Workers that are `started` already are taken.
    """
    # Here too, so that a missing library is told before anything is made.
    with isolated(fonts, scratch):
        if started is not None:
            yield started
            started.shutdown()  # what follows needs memory more than workers
            return
        with _inline() if workers == 1 else _pool(workers, fonts, scratch) as executor:
            yield executor


@contextlib.contextmanager
def started_for(workers: int, *, fonts: Path) -> Iterator[Executor | None]:
    """Start workers that get ready while a project is read; none where one process is enough.

    What is wrong with its fonts they tell with their first job.
    """
    if workers == 1:
        yield None
        return
    with (
        tempfile.TemporaryDirectory(prefix="printkit-") as scratch,
        _pool(workers, fonts, Path(scratch)) as pool,
    ):
        yield pool


@contextlib.contextmanager
def _inline() -> Iterator[Executor]:
    """Run jobs in this process, and stop when asked to, whatever a job makes of it.

    Libraries that catch everything take Ctrl-C for a broken picture or a missing attribute.
    """
    if threading.current_thread() is not threading.main_thread():
        yield InlineExecutor()  # signals come to the main thread only
        return
    before = {number: signal.getsignal(number) for number in (*STOPPING, signal.SIGALRM)}
    hook = sys.unraisablehook
    for number in STOPPING:
        if callable(handler := before[number]):
            signal.signal(number, functools.partial(_stop_here, handler))
    signal.signal(signal.SIGALRM, _say_again)
    try:
        yield InlineExecutor()
    finally:
        _Worker.stop, sys.unraisablehook = None, hook
        for number, known in before.items():
            signal.signal(number, known if known is not None else signal.SIG_DFL)


@contextlib.contextmanager
def _pool(workers: int, fonts: Path, scratch: Path) -> Iterator[Executor]:
    """Give worker processes; when the block ends with an error, their jobs end too."""
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(
        max_workers=workers,
        # A fresh interpreter each: Pango's threads and fonts must not be forked half way.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(fonts, scratch),
    ) as pool:
        with interrupts_later():
            for _ in range(workers):
                pool.submit(_nothing)  # starts one, to get ready while jobs are composed
        try:
            yield pool
        except BaseException:
            for worker in set(multiprocessing.active_children()) - others:
                if worker.pid is not None:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(worker.pid, signal.SIGINT)
            pool.shutdown(cancel_futures=True)
            raise


def default_workers() -> int:
    """Return how many processors this process may use."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


def run_all(
    executor: Executor,
    function: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: int,
    ahead: int = IN_FLIGHT,
) -> Iterator[tuple[int, R]]:
    """Yield each item's number and result as they come; items are drawn only as they are needed.

    `ahead` is how many are handed out before the first comes back, in multiples of the workers.
    """
    waiting: dict[Future[R], int] = {}
    numbered = enumerate(items)
    more = True
    try:
        while more or waiting:
            drawing = more and len(waiting) < workers * ahead
            if drawing:
                try:
                    number, item = next(numbered)
                except StopIteration:
                    more = False
                else:
                    waiting[executor.submit(_Call(function), item)] = number
            done, _ = wait(waiting, 0 if drawing else None, FIRST_COMPLETED)
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


def begun(executor: Executor, function: Callable[[T], R], item: T) -> Future[R]:
    """Hand one job out ahead of others, and return what its result will come in."""
    return executor.submit(_Call(function), item)


class _Worker:
    """What a worker process knows of itself."""

    stop: Callable[[], None] | None = None
    """Raises what stops it, once it was asked to stop."""
    busy = False
    settling = False
    """Whether it is a process of its own that has done no job yet."""
    refused: UserError | None = None
    """Why it can do none."""


@dataclass(frozen=True, slots=True)
class _Call:
    """A function that Ctrl-C can stop, wherever it runs."""

    function: Callable[[Any], Any]

    def __call__(self, item: Any) -> Any:
        """Return what the function makes of an item."""
        _stop_if_asked()
        if _Worker.refused is not None:
            raise _Worker.refused
        _Worker.busy = True
        try:
            return self.function(item)
        finally:
            _Worker.busy = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            if _Worker.settling:
                _settle()
            _stop_if_asked()


def _start_worker(fonts: Path, scratch: Path) -> None:
    """Get a worker ready; Ctrl-C ends its job, and never its talk with the coordinator."""
    for number in (signal.SIGINT, signal.SIGALRM):
        signal.signal(number, _stop_worker)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_coordinator, daemon=True).start()
    try:
        # One's own: Fontconfig complains aloud where two write its cache at once.
        isolate(fonts, scratch / str(os.getpid()))
        _load()
    except UserError as error:
        _Worker.refused = error
    _Worker.settling = True


def _load() -> None:
    """Import what pressing a job needs, which takes longer than many a job."""
    importlib.import_module("printkit.press")
    with found_by_name():
        importlib.import_module("printkit.typeset.render")


def _end_with_coordinator() -> None:
    """End this worker once the process that it works for is gone, however that ended."""
    coordinator = multiprocessing.parent_process()
    if coordinator is not None:
        multiprocessing.connection.wait([coordinator.sentinel])
        os._exit(1)


def _settle() -> None:
    """Let the collector pass over what stays: modules and caches, a sixth of a job's time."""
    _Worker.settling = False
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)


def _stop_worker(number: int, frame: FrameType | None) -> None:
    """Stop this worker's job; between jobs, the next."""
    _Worker.stop = functools.partial(signal.default_int_handler, number, None)
    _say_again(number, frame)


def _stop_here(
    handler: Callable[[int, FrameType | None], Any], number: int, frame: FrameType | None
) -> None:
    """Stop as this process did before it ran jobs, and again until it is heard."""
    _Worker.stop = functools.partial(handler, number, frame)
    _say_again(number, frame)
    _stop_if_asked()


def _say_again(number: int, frame: FrameType | None) -> None:
    """Stop the job that runs, and come back in a moment if that went unheard."""
    # What is raised inside a callback is told to the terminal and goes no further.
    sys.unraisablehook = _no_words
    if _Worker.busy:
        signal.setitimer(signal.ITIMER_REAL, SAY_AGAIN_S)
        _stop_if_asked()


def _stop_if_asked() -> None:
    if _Worker.stop is not None:
        _Worker.stop()


def _no_words(unraisable: Any) -> None:
    """Say nothing of an error that nobody can catch."""


@contextlib.contextmanager
def interrupts_later() -> Iterator[None]:
    """Keep Ctrl-C from a process until it is ready for it; children start out as we are.

    Libraries written in C++ crash where they are interrupted while they are imported.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _nothing() -> None:
    """Do nothing, in a worker."""
