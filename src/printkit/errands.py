"""Work that goes to another machine: a call whose paths are the worker's own while it is there."""

import functools
import io
import os
import pickle
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from printkit.cache import open_cache
from printkit.carried_files import Damaged, Load, Returned, keep, lacking, laid_out, packed
from printkit.errors import Problem, UserError
from printkit.fonts import isolate, library
from printkit.keys import tool_digest, tools_told

STORE = "store"
"""Stands for the folder that a call writes its files into."""
CACHE = "cache"
"""Stands for the cache, of which every machine has its own."""
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset", "fontconfig")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a machine makes sheets with; others give the same bytes with the same tools only."""

    code: str
    """The digest of printkit and of all it is built on."""
    told: str
    """The versions of what it is built on, as "name version, name version"."""
    missing: tuple[str, ...]
    """Libraries of the system that are not there."""
    threads: int
    """How many jobs the worker would run at once, in one process; 1 at home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One call to be made elsewhere."""

    name: str
    """The job's, for messages."""
    call: bytes
    """A function and what it is called with; places stand for paths."""
    loads: tuple[tuple[str, Load], ...]
    """What the call's places stand for."""
    fonts: str
    """Which of them holds the fonts."""
    tools: Tools
    """Of the machine that sends it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of an errand: a result and files, or why there is none."""

    worker: str
    """Its address."""
    result: bytes = b""
    """Pickled; empty where there is none."""
    files: tuple[Returned, ...] = ()
    """What was written into the store."""
    lacking: tuple[str, ...] = ()
    """Digests of the files that it needs first."""
    tools: Tools | None = None
    """Where they are not those of the machine that sent it."""
    error: bytes = b""
    """The pickled exception that the call ended with."""


def tools_here(threads: int = 1) -> Tools:
    """Return what this machine makes sheets with."""
    missing = tuple(name for name in LIBRARIES if library(name) is None)
    return Tools(code=tool_digest(), told=tools_told(), missing=missing, threads=threads)


# --- A call with its paths, and with others in their place --------------------


class _Packer(pickle.Pickler):
    """Pickles, with a place for every path."""

    def __init__(self, file: io.BytesIO, roots: Mapping[str, Path]) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        # The longest first: folders lie in one another.
        self._roots = sorted(roots.items(), key=lambda item: -len(item[1].parts))

    def persistent_id(self, obj: Any) -> tuple[str, str] | None:
        """Return where a path leads, seen from a root; ValueError where it leads elsewhere."""
        if not isinstance(obj, PurePath) or not obj.is_absolute():
            return None
        for name, root in self._roots:
            if obj.is_relative_to(root):
                return name, obj.relative_to(root).as_posix()
        raise ValueError(f"{obj} can't travel: it lies in no folder that does.")


class _Unpacker(pickle.Unpickler):
    """Unpickles, with a path for every place."""

    def __init__(self, data: bytes, roots: Mapping[str, Path]) -> None:
        super().__init__(io.BytesIO(data))
        self._roots = roots

    def persistent_load(self, pid: Any) -> Path:
        """Return the path of a place."""
        name, place = pid
        return self._roots[str(name)] / str(place)


def packed_call(value: Any, roots: Mapping[str, Path]) -> bytes:
    """Return a value pickled for another machine; ValueError where a path in it can't travel."""
    file = io.BytesIO()
    _Packer(file, roots).dump(value)
    return file.getvalue()


def unpacked_call(data: bytes, roots: Mapping[str, Path]) -> Any:
    """Return a value that travelled, with this machine's paths."""
    return _Unpacker(data, roots).load()


# --- On the worker --------------------------------------------------------------


def run_errand(errand: Errand, *, folder: Path, worker: str, threads: int) -> Answer:
    """Run an errand in a worker's folder, or say what it lacks; never raises."""
    here = tools_here(threads)
    if wrong_with(errand.tools, here):
        return Answer(worker=worker, tools=here)
    loads = [load for _, load in errand.loads]
    if missing := lacking(folder, loads):
        return Answer(worker=worker, lacking=tuple(missing))
    try:
        roots = {name: laid_out(folder, load) for name, load in errand.loads}
    except Damaged as damaged:
        return Answer(worker=worker, lacking=damaged.args)
    except OSError as error:
        return Answer(worker=worker, error=pickle.dumps(_cannot_write(error, worker)))
    return _run(errand, roots, folder, worker)


def _run(errand: Errand, roots: Mapping[str, Path], folder: Path, worker: str) -> Answer:
    store = Path(tempfile.mkdtemp(prefix="store-", dir=folder))
    try:
        _see_only(roots[errand.fonts], folder)
        places = {**roots, STORE: store, CACHE: _cache(folder)}
        function, item = unpacked_call(errand.call, places)
        result = packed_call(function(item), places)
        return Answer(worker=worker, result=result, files=packed(store))
    except OSError as error:
        return Answer(worker=worker, error=pickle.dumps(_cannot_write(error, worker)))
    except Exception as error:
        return Answer(worker=worker, error=_pickled(error))
    finally:
        shutil.rmtree(store, ignore_errors=True)


def wrong_with(home: Tools, there: Tools) -> bool:
    """Return whether a worker's tools would make other bytes, or mix up two jobs' fonts."""
    return (there.code, there.told, there.missing, there.threads) != (
        home.code,
        home.told,
        (),
        1,
    )


@functools.lru_cache(maxsize=1)
def _see_only(fonts: Path, folder: Path) -> None:
    """Let this process see a load's fonts only; again where another load's came between."""
    isolate(fonts, folder / f"fonts-{fonts.parent.name}")


def _cache(folder: Path) -> Path:
    """Return the folder of this machine's cache, or of one as short-lived as the worker."""
    if (cache := open_cache(os.environ)) is not None:
        return cache.folder
    own = folder / CACHE
    own.mkdir(mode=0o700, exist_ok=True)
    return own


def _cannot_write(error: OSError, worker: str) -> UserError:
    return UserError(
        Problem(
            what=f"The worker {worker} can't read or write its files: {error.strerror or error}.",
            fix="Give it room (dask worker --local-directory FOLDER), or leave it out.",
        )
    )


def _pickled(error: Exception) -> bytes:
    try:
        data = pickle.dumps(error)
        pickle.loads(data)
    except Exception:  # whatever a foreign exception makes of it
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    return data


# --- What Dask calls on the worker ----------------------------------------------


def tools_there(dask_worker: Any) -> Tools:
    """Return what a worker makes sheets with."""
    return tools_here(dask_worker.state.nthreads)


def lacking_there(loads: list[Load], dask_worker: Any) -> list[str]:
    """Return the digests of the files that a worker lacks."""
    return lacking(_folder(dask_worker), loads)


def keep_there(files: dict[str, bytes], dask_worker: Any) -> list[str]:
    """Keep files on a worker; return the digests of those that are not what they say."""
    try:
        return keep(_folder(dask_worker), files)
    except OSError as error:
        raise _cannot_write(error, dask_worker.address) from None


def work_there(errand: bytes) -> Answer:
    """Run an errand on the worker that this process is."""
    from distributed import get_worker

    worker = get_worker()
    return run_errand(
        pickle.loads(errand),
        folder=_folder(worker),
        worker=worker.address,
        threads=worker.state.nthreads,
    )


def _folder(worker: Any) -> Path:
    """Return the folder that is a worker's own, and goes when it goes."""
    return Path(worker.local_directory) / "printkit"
