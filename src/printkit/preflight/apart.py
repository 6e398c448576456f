"""Judges files in a process beside this one, which a hostile file may stop, hang or fill."""

import contextlib
import multiprocessing
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from printkit.preflight.annotate import annotated
from printkit.preflight.limits import Expected, Limits
from printkit.preflight.verdicts import JUDGED, OPENS, Verdict, judge_file, not_judged

SECONDS = 28
"""After which a file is given up."""
MEMORY = 1_000_000_000
"""Bytes of address space, programs and all; more than any press file needs."""
_START_SECONDS = 60
_STREAM_MEMORY = 400_000_000
"""Bytes that one stream may unpack to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One file to be judged, and by what."""

    path: Path
    file: str
    """As it was named."""
    profile: str | None = None
    because: str = "It was asked for."
    limits: Limits | None = None
    expected: Expected
    annotate: bool = False
    """Whether its pages are wanted with the findings drawn on them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A file's verdict, and its pages with the findings drawn on them where that was asked."""

    verdict: Verdict
    annotated: bytes | None = None


def judge_apart(orders: Iterable[Order], *, seconds: float = SECONDS) -> Iterator[Answer]:
    """Yield an answer for each order; one process judges them in turn, until a file stops it."""
    worker = None
    try:
        for order in orders:
            worker = worker or _Worker()
            answer = worker.judge(order, seconds)
            if isinstance(answer, str):
                worker.stop()
                worker = None
                answer = Answer(verdict=not_judged(order.file, JUDGED, answer))
            yield answer
    finally:
        if worker is not None:
            worker.stop()


class _Worker:
    """The process beside this one."""

    def __init__(self) -> None:
        # Spawned, not forked: a fork would share the terminal, open files and threads.
        spawn = multiprocessing.get_context("spawn")
        self._here, there = spawn.Pipe()
        self._process = spawn.Process(target=_work, args=(there,), daemon=True)
        self._process.start()
        there.close()
        self._ready = False

    def judge(self, order: Order, seconds: float) -> Answer | str:
        """Return the answer, or in a sentence why there is none."""
        try:
            if not self._ready and not self._here.poll(_START_SECONDS):
                return "The judge did not start."
            if not self._ready:
                self._here.recv()
                self._ready = True
            self._here.send(order)
            if not self._here.poll(seconds):
                return f"It was given up after {seconds:g} seconds."
            answer = self._here.recv()
        except (EOFError, OSError):
            return "It stopped the program that judges it."
        return answer if isinstance(answer, Answer | str) else "It was not judged."

    def stop(self) -> None:
        """End the process; what it was at is lost."""
        self._here.close()
        self._process.kill()
        self._process.join()


def _work(there: Connection) -> None:
    _keep_within_limits()
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        there.send("ready")
        while True:
            there.send(_answer(there.recv()))


def _answer(order: Order) -> Answer | str:
    try:
        verdict = judge_file(
            order.path,
            file=order.file,
            profile=order.profile,
            because=order.because,
            limits=order.limits,
            expected=order.expected,
        )
        return Answer(verdict=verdict, annotated=_drawn(order, verdict))
    except OSError as error:
        why = f"{error.strerror or error}."
        return Answer(verdict=not_judged(order.file, OPENS, why))
    except MemoryError:
        return "It asks for more than a gigabyte of memory."
    except Exception as error:  # a judge that stumbles is a finding about the file
        return f"Judging it stopped: {type(error).__name__}."


def _drawn(order: Order, verdict: Verdict) -> bytes | None:
    """Return the pages with the findings on them; None where there are no pages to draw on."""
    if not order.annotate or not verdict.pages:
        return None
    try:
        return annotated(order.path, verdict)
    except Exception:  # the verdict is what counts, and what it is about may not be writable
        return None


def _keep_within_limits() -> None:
    """Bound what the process may take, and let no library write to the terminal."""
    import pikepdf

    limits: Any = pikepdf.settings
    limits.set_qpdf_limits(
        flate_max_memory=_STREAM_MEMORY,
        png_max_memory=_STREAM_MEMORY,
        run_length_max_memory=_STREAM_MEMORY,
        tiff_max_memory=_STREAM_MEMORY,
        dct_max_memory=_STREAM_MEMORY,
        doc_max_warnings=1000,
    )
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if sys.platform == "win32":
        return
    import resource

    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(OSError, ValueError):
            _, hard = resource.getrlimit(what)
            resource.setrlimit(what, (most, hard))
