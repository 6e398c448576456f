"""Jobs on other machines: a Dask scheduler hands them out, and the same bytes come back."""

import asyncio
import contextlib
import functools
import logging
import pickle
import re
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, InvalidStateError
from pathlib import Path
from typing import Any

from printkit import cluster_words as words
from printkit.cache import Cache
from printkit.carried_files import (
    Damaged,
    Load,
    fonts_load,
    parcels,
    pieces_load,
    profile_load,
    unpack,
)
from printkit.errands import (
    CACHE,
    STORE,
    Answer,
    Errand,
    Tools,
    keep_there,
    lacking_there,
    packed_call,
    tools_here,
    tools_there,
    unpacked_call,
    work_there,
    wrong_with,
)
from printkit.errors import UserError
from printkit.placing import uninterrupted
from printkit.project import Project

ANSWERS_S = 15
"""How long a scheduler may take to answer, and a first worker to come."""
ALONE_S = 60
"""How long a build waits for a worker where there is none any more."""
LOOK_AGAIN_S = 2
FONTS = "fonts"
_ADDRESS = re.compile(r"((tcp|tls)://)?([\w.-]+|\[[0-9a-fA-F:.%\w]+\]):[0-9]{1,5}", re.ASCII)


@contextlib.contextmanager
def cluster_for(
    address: str,
    project: Project,
    *,
    store: Path,
    profile: Path | None = None,
    cache: Cache | None = None,
) -> Iterator["ClusterExecutor"]:
    """Give an executor whose jobs run on a scheduler's workers, with the project's files there.

    `store` is the folder that jobs write into: what they write there comes back and is written
    here. Instead of this machine's `cache`, a worker uses its own. Raises UserError where a
    worker would not make the same bytes as this machine.
    """
    loads = {
        FONTS: (project.fonts, fonts_load(project.fonts)),
        "profiles": (project.profiles, profile_load(project.profiles)),
        "project": (project.root, pieces_load(project.root, project.pieces.values())),
    }
    if profile is not None:
        loads["profile"] = (profile, profile_load(profile))
    own = {STORE: store} | ({CACHE: cache.folder} if cache is not None else {})
    client = _client(address)
    executor = ClusterExecutor(client, address, loads, own)
    over = threading.Event()
    try:
        executor.get_ready()
        threading.Thread(target=executor.watch, args=(over,), daemon=True).start()
        yield executor
    finally:
        over.set()
        with uninterrupted():
            executor.let_go()
            with contextlib.suppress(Exception):  # the scheduler may be gone
                client.close(timeout=LOOK_AGAIN_S)


class ClusterExecutor(Executor):
    """Sends each call to a worker, its files before it, and takes its result and files home."""

    def __init__(
        self,
        client: Any,
        address: str,
        loads: Mapping[str, tuple[Path, Load]],
        own: dict[str, Path],
    ) -> None:
        self._client, self._address = client, address
        self._loads = tuple((name, load) for name, (_, load) in loads.items())
        self._homes = tuple(loads.values())
        self._store = own[STORE]
        self._roots = {name: root for name, (root, _) in loads.items()} | own
        self._tools = tools_here()
        self._out: dict[Future[Any], Any] = {}
        """Dask's future of each call that is out."""

    @property
    def workers(self) -> int:
        """How many workers to keep busy: twice as many as there are, since more may come."""
        return 2 * max(1, len(self._addresses()))

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Send a call of one argument out; ValueError where a path in it can't travel."""
        (item,) = args
        errand = Errand(
            name=str(getattr(item, "name", "a list")),
            call=packed_call((fn, item), self._roots),
            loads=self._loads,
            fonts=FONTS,
            tools=self._tools,
        )
        future: Future[Any] = Future()
        self._send(errand, future)
        return future

    def get_ready(self) -> None:
        """Hold the workers that are there to this machine's tools, and bring them the files."""
        try:
            self._client.wait_for_workers(1, timeout=ANSWERS_S)
        except TimeoutError:
            raise words.no_workers(self._address) from None
        told = self._client.run(tools_there, on_error="return")
        there = {
            worker: tools if isinstance(tools, Tools) else None for worker, tools in told.items()
        }
        _refuse(self._tools, there)
        self._bring(list(there))

    def watch(self, over: threading.Event) -> None:
        """End every call with words where no worker is to be had for too long."""
        alone = 0
        while not over.wait(LOOK_AGAIN_S):
            alone = 0 if self._addresses() else alone + LOOK_AGAIN_S
            if alone >= ALONE_S:
                for future in list(self._out):
                    _end(future, error=words.silent(self._address, ALONE_S))

    def let_go(self) -> None:
        """Call back what is still out."""
        with contextlib.suppress(Exception):  # the scheduler may be gone
            self._client.cancel(list(self._out.values()))
        self._out.clear()

    def _addresses(self) -> list[str]:
        try:
            return list(self._client.nthreads())
        except Exception:  # whatever a lost connection makes of it
            return []

    def _send(self, errand: Errand, future: Future[Any]) -> None:
        sent = self._client.submit(work_there, pickle.dumps(errand), pure=False)
        self._out[future] = sent
        sent.add_done_callback(functools.partial(self._came, errand, future))

    def _came(self, errand: Errand, future: Future[Any], sent: Any) -> None:
        """Take an answer out of the cluster's memory, and act on it; in Dask's own thread."""
        self._out.pop(future, None)
        if future.cancelled():
            sent.release()
            return
        try:
            answer = self._answer(errand, sent)
            sent.release()
            if answer.lacking:
                self._bring([answer.worker])
                self._send(errand, future)
            else:
                _end(future, self._result(answer))
        except Exception as error:  # the future carries it, as any executor's does
            _end(future, error=error)

    def _answer(self, errand: Errand, sent: Any) -> Answer:
        if sent.status == "cancelled":
            raise words.gone(self._address)
        try:
            answer = sent.result()
        except Exception as error:
            if type(error).__name__ == "KilledWorker":
                raise words.killed(errand.name) from None
            if type(error).__name__ in ("FutureCancelledError", "CancelledError"):
                raise words.gone(self._address) from None
            if isinstance(error, ImportError | AttributeError | pickle.UnpicklingError):
                raise words.not_as_here(self._tools, {"that came later": None}) from None
            raise
        assert isinstance(answer, Answer)
        return answer

    def _result(self, answer: Answer) -> Any:
        """Return the result of an answer, once its files are written."""
        if answer.tools is not None:
            raise words.not_as_here(self._tools, {answer.worker: answer.tools})
        if answer.error:
            raise pickle.loads(answer.error)
        try:
            unpack(answer.files, self._store)
        except Damaged:
            raise words.damaged(answer.worker, ["a sheet"]) from None
        return unpacked_call(answer.result, self._roots)

    def _bring(self, workers: Sequence[str]) -> None:
        """Bring workers the files that they lack, those that lack the same at one time."""
        loads = [load for _, load in self._loads]
        told = self._client.run(lacking_there, loads, workers=list(workers), on_error="return")
        groups: dict[tuple[str, ...], list[str]] = {}
        for worker, missing in told.items():
            if isinstance(missing, list):  # else it has gone, and what it had goes to another
                groups.setdefault(tuple(missing), []).append(worker)
        for missing, group in groups.items():
            try:
                for parcel in parcels(self._homes, missing):
                    kept = self._client.run(keep_there, parcel, workers=group, on_error="return")
                    self._refuse_damaged(kept)
            except Damaged as changed:
                raise words.changed_since(self._names(changed.args)) from None

    def _refuse_damaged(self, kept: Mapping[str, Any]) -> None:
        for worker, wrong in kept.items():
            if isinstance(wrong, UserError):
                raise wrong
            if isinstance(wrong, list) and wrong:
                raise words.damaged(worker, [self._names(wrong)])

    def _names(self, digests: Iterable[str]) -> str:
        """Return what files are called at home."""
        wanted = set(digests)
        names = [
            f"{load.name}/{place}"
            for _, load in self._loads
            for place, digest in load.files
            if digest in wanted
        ]
        return ", ".join(names[:3])


def _client(address: str) -> Any:
    """Return a client of a scheduler that answers."""
    try:
        import distributed  # half a second, which a build without it need not wait
    except ImportError:
        raise words.no_dask() from None
    if _ADDRESS.fullmatch(address) is None:
        raise words.no_scheduler(address)
    for name in ("distributed", "distributed.client", "distributed.core", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what goes wrong is told in words
    client: Any = distributed.Client  # without types
    try:
        # Dask's own client waits for ever for what listens and says nothing.
        asyncio.run(asyncio.wait_for(_kind(distributed, address), ANSWERS_S))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return client(address, timeout=ANSWERS_S, set_as_default=False)
    except Exception:  # as many kinds as there are things that may listen at an address
        raise words.no_scheduler(address) from None


async def _kind(distributed: Any, address: str) -> None:
    """Return once a scheduler has said that it is one; ValueError where something else has."""
    security = distributed.Security().get_connection_args("client")
    other_end = distributed.rpc(address, connection_args=security)
    try:
        if (await other_end.identity())["type"] != "Scheduler":
            raise ValueError(address)
    finally:
        await other_end.close_rpc()


def _refuse(here: Tools, there: Mapping[str, Tools | None]) -> None:
    wrong = {
        worker: tools for worker, tools in there.items() if tools is None or wrong_with(here, tools)
    }
    if wrong:
        raise words.not_as_here(here, wrong)


def _end(future: Future[Any], result: Any = None, *, error: Exception | None = None) -> None:
    with contextlib.suppress(InvalidStateError):  # given up meanwhile
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)
