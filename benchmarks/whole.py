"""The whole state: 6,438 press files, cold and warm, on one processor and on two."""

import functools
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import Figure, Rival
from benchmarks.material import Bench
from benchmarks.running import Ran, printkit
from benchmarks.states import languages, whole_state

TRIES = 3
MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory."""
SMALL_REGIONS = 2


@dataclass(kw_only=True)
class State:
    """A project of the whole state, its cache, and its built files: made as they are asked for."""

    folder: Path
    tongues: tuple[str, ...]
    regions: int
    """How many counties order; 0 for all."""
    tries: int = TRIES
    cold: dict[int, Ran] = field(default_factory=dict)
    """Runs with nothing in the cache, by the number of workers."""

    @functools.cached_property
    def project(self) -> Path:
        """The project's folder."""
        return whole_state(self.folder / "project", tongues=self.tongues, regions=self.regions)

    @property
    def cache(self) -> Path:
        """The cache's folder."""
        return self.folder / "cache"

    @property
    def out(self) -> Path:
        """The folder of the built batches."""
        return self.folder / "out"

    def build(
        self,
        *more: object,
        workers: int = 2,
        out: Path | None = None,
        cache: Path | None = None,
    ) -> Ran:
        """Build all press files that are ordered, or what `more` selects of them."""
        place = ("--edition", "press", "--out", out or self.out)
        project = ("--project", self.project, "--jobs", workers)
        return printkit("build", *project, *place, *more, cache=cache or self.cache)

    def built(self, workers: int = 2) -> Ran:
        """Build with nothing kept from before; what was measured so already is not done again."""
        if workers not in self.cold:
            self.project  # noqa: B018  # made before anything is measured
            shutil.rmtree(self.cache, ignore_errors=True)
            shutil.rmtree(self.out, ignore_errors=True)
            self.cold[workers] = self.build(workers=workers)
        return self.cold[workers]

    def files(self) -> list[Path]:
        """Return the press files."""
        return sorted(self.out.glob("*/press/*.pdf"))


class _Once:
    state: State | None = None


def state_of(bench: Bench) -> State:
    """Return the state that several measures share."""
    if _Once.state is None or _Once.state.folder.parent != bench.folder:
        small = bench.small
        _Once.state = State(
            folder=bench.folder / "state",
            tongues=("es",) if small else languages(),
            regions=SMALL_REGIONS if small else 0,
            tries=1 if small else TRIES,
        )
    return _Once.state


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield what the whole state takes."""
    state = state_of(bench)
    alone, ran = state.built(1), state.built(2)
    files = state.files()
    count, size = len(files), sum(path.stat().st_size for path in files)
    what = f"{count:,} press files, all checks"
    yield Figure(what=f"{what}, cold, two workers", value=ran.wall_s, unit="s")
    yield Figure(what="of all processors", value=ran.own_s, unit="s")
    yield Figure(what=f"{what}, cold, one worker", value=alone.wall_s, unit="s")
    yield _ratio("two workers against one", alone.wall_s / ran.wall_s, 1.7)
    yield Figure(
        what="memory of all processes, two workers, cold", value=ran.peak_mb, unit="MB", goal=1500
    )
    yield Figure(what="their bytes", value=size / 1e6, unit="MB")
    yield from _again(state, count)
    places = [("the same disk", bench.folder), ("memory (tmpfs)", MEMORY)]
    for where, folder in places:
        if folder.is_dir() and shutil.disk_usage(folder).free > 3 * size:
            yield from _warm(state, files, folder, where, in_memory=folder == MEMORY)


def _again(state: State, count: int) -> Iterator[Figure]:
    """Yield what a build takes where nothing has changed, and where everything is read again."""
    before = [path.stat().st_mtime_ns for path in state.files()]
    runs = [state.build() for _ in range(state.tries)]
    wall_s, own_s = (
        statistics.median(values)
        for values in zip(*((one.wall_s, one.own_s) for one in runs), strict=True)
    )
    after = [path.stat().st_mtime_ns for path in state.files()]
    what = f"{count:,} files again, nothing changed"
    yield Figure(what=what, value=wall_s, unit="s", goal=0.5)
    yield Figure(what=f"{what}, of all processors", value=own_s, unit="s")
    yield Figure(what="files that it wrote all the same", value=_different(before, after), unit="")


def _different(before: list[int], after: list[int]) -> int:
    if len(before) != len(after):
        return len(after)
    return sum(one != other for one, other in zip(before, after, strict=True))


def _warm(
    state: State, files: list[Path], folder: Path, where: str, *, in_memory: bool
) -> Iterator[Figure]:
    """Yield what the files take where only the layouts are kept, and copying their bytes."""
    out = folder / f"printkit-bench-{state.folder.parent.name}"
    try:
        ran = _median(state.tries, lambda: _into(state, out))
        shutil.rmtree(out)
        copied = statistics.median(_copy(files, out) for _ in range(state.tries))
    finally:
        shutil.rmtree(out, ignore_errors=True)
    floor = Rival(name="copying their bytes there", value=len(files) / copied)
    yield Figure(
        what=f"files a second, layouts kept, to {where}",
        value=len(files) / ran.wall_s,
        unit="files/s",
        goal=1000 if in_memory else None,
        more_is_better=True,
        rivals=(floor,),
    )
    if not in_memory:
        yield Figure(
            what=f"the same against copying to {where}",
            value=ran.wall_s / copied,
            unit="×",
            goal=4,
        )


def _into(state: State, out: Path) -> Ran:
    shutil.rmtree(out, ignore_errors=True)
    return state.build(out=out)


def _median(tries: int, work: Callable[[], Ran]) -> Ran:
    runs = sorted((work() for _ in range(tries)), key=lambda ran: ran.wall_s)
    return runs[len(runs) // 2]


def _copy(files: list[Path], out: Path) -> float:
    """Return the seconds of reading and writing files, one after the other, in a new folder."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    begun = time.perf_counter()
    for number, path in enumerate(files):
        (out / f"{number}.pdf").write_bytes(path.read_bytes())
    return time.perf_counter() - begun


def _ratio(what: str, value: float, goal: float | None) -> Figure:
    return Figure(what=what, value=value, unit="×", goal=goal, more_is_better=True)
