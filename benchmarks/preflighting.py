"""Preflight: of two pages and of a thousand, beside other readers of the same files."""

import contextlib
import io
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import zxingcpp

from benchmarks.clock import Taken, apart, medians, program, taken
from benchmarks.figures import Figure, Rival
from benchmarks.material import Bench, flyers, long_file
from printkit.preflight import judge_file

RUNS, LONG_RUNS = 5, 3
RIVAL_RUNS = 3
PAGES, SAMPLE = 1000, 50
"""The rivals of the long file read a sample of it."""


class Decoding:
    """What the decoding of codes took."""

    own_s = 0.0


@contextlib.contextmanager
def decoding_counted() -> Iterator[Decoding]:
    """Count what decoding takes, so that it can be told apart."""
    counted, decode = Decoding(), zxingcpp.read_barcodes

    def counting(*arguments: Any, **options: Any) -> Any:
        begun = time.process_time()
        try:
            return decode(*arguments, **options)
        finally:
            counted.own_s += time.process_time() - begun

    zxingcpp.read_barcodes = counting
    try:
        yield counted
    finally:
        zxingcpp.read_barcodes = decode


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield what judging takes."""
    two_pages = {
        key: path.read_bytes() for key, path in flyers(bench).items() if key[0] != "poster"
    }
    own: dict[tuple[str, str], float] = {}
    decoded: dict[tuple[str, str], float] = {}
    for key, data in two_pages.items():
        own[key], decoded[key] = _judged(data)
    ranked = sorted(own, key=lambda key: own[key])
    middle, slowest = ranked[len(ranked) // 2], ranked[-1]
    for words, key in (("the slowest", slowest), ("the middle one", middle)):
        yield Figure(
            what=f"a press file of two pages, {words} of {len(ranked)} ({' '.join(key)})",
            value=own[key] * 1000,
            unit="ms",
            goal=40,
            rivals=tuple(_rivals(two_pages[key], bench.folder, times=1000))
            if key == slowest
            else (),
        )
    whole = max(decoded.values()) * 1000
    yield Figure(
        what="decoding the codes of such a file, apart, the slowest", value=whole, unit="ms"
    )
    yield from _long(bench)


def _judged(data: bytes) -> tuple[float, float]:
    """Return the seconds of processor that judging takes, warm, and those that decoding takes."""
    judge_file(data, file="sheet.pdf", profile="press")
    tries, codes = [], []
    for _ in range(RUNS):
        with decoding_counted() as decoding:
            whole = taken(lambda: judge_file(data, file="sheet.pdf", profile="press")).own_s
        tries.append(whole - decoding.own_s)
        codes.append(decoding.own_s)
    return sorted(tries)[RUNS // 2], sorted(codes)[RUNS // 2]


def parsed(data: bytes) -> int:
    """Return how many operators a file's pages and the forms on them hold, and judge nothing."""
    count = 0
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            count += len(pikepdf.parse_content_stream(page))
            for form in page.obj.Resources.get("/XObject", pikepdf.Dictionary()).values():
                if form.get("/Subtype") == "/Form":
                    count += len(pikepdf.parse_content_stream(form))
    return count


def _programs(file: Path, out: Path) -> dict[str, Callable[[], object]]:
    """Return what another program offers, where it is installed."""
    found = shutil.which("gs")
    if found is None:
        return {}
    run = [found, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER"]
    return {
        "Ghostscript's inkcov": program([*run, "-sDEVICE=inkcov", "-o", "-", file]),
        "Ghostscript's tiffsep, 150 dpi": program(
            [*run, "-sDEVICE=tiffsep", "-r150", "-o", out / "sep%d.tif", file]
        ),
    }


def _rivals(data: bytes, folder: Path, *, times: float) -> Iterator[Rival]:
    """Yield what others take to read a file, in seconds times something."""
    file = folder / "rival.pdf"
    file.write_bytes(data)
    works = {"only parsing its content": lambda: parsed(data), **_programs(file, folder)}
    found: list[Taken] = medians(RIVAL_RUNS, *works.values())
    for name, one in zip(works, found, strict=True):
        yield Rival(name=name, value=one.own_s * times)


def _long(bench: Bench) -> Iterator[Figure]:
    sources = list(flyers(bench).values())
    told = apart(LONG_RUNS, "preflight", long_file(sources, PAGES, bench.folder / "long.pdf"))
    sample = long_file(sources, SAMPLE, bench.folder / "sample.pdf").read_bytes()
    rivals = _rivals(sample, bench.folder, times=PAGES / SAMPLE)
    yield Figure(
        what=f"a press file of {told['pages']:,} pages",
        value=told["own_s"] - told["decoding_s"],
        unit="s",
        goal=15,
        rivals=tuple(
            Rival(name=f"{one.name}, from {SAMPLE} pages", value=one.value) for one in rivals
        ),
    )
    yield Figure(what="decoding its codes, apart", value=told["decoding_s"], unit="s")
    yield Figure(what="the most memory for it", value=told["peak_mb"], unit="MB", goal=500)
