"""Measure, print a table, and write build/bench.json.

make bench
make bench ARGS="--only start --only letters"
make bench ARGS=--write

Everything that is made lies in a scratch folder (TMPDIR), which goes in the end: some 4 GB at most.
"""

import argparse
import datetime
import importlib
import json
import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.clock import ROOT
from benchmarks.figures import Figure, table, told
from benchmarks.material import Bench
from printkit.fonts import isolated
from printkit.project import load_project

MEASURES: Mapping[str, tuple[str, str]] = {
    "preflight": ("benchmarks.preflighting", "Preflight"),
    "bytes": ("benchmarks.sizes", "The profile, and the size of press files"),
    "stamp": ("benchmarks.stamping", "One more region"),
    "letters": ("benchmarks.prefilling", "Prefilled letters"),
    "start": ("benchmarks.starting", "Start-up"),
    "state": ("benchmarks.whole", "The whole state"),
    "rivals": ("benchmarks.rivals", "The whole state beside rivals"),
    "edit": ("benchmarks.editing", "One changed message"),
    "regions": ("benchmarks.growing", "Thousands of regions"),
    "compare": ("benchmarks.comparing", "Comparing two builds"),
}
"""The module of each measure, and its heading."""
PAGE = ROOT / "docs" / "speed.md"
BEGIN, END = "<!-- measured -->", "<!-- to here -->"


def machine() -> str:
    """Return what was measured on, in words."""
    model = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists() and (found := re.search(r"model name\s*: (.+)", cpuinfo.read_text())):
        model = found[1].strip()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{len(os.sched_getaffinity(0))} processors ({model}), {memory:.0f} GB of memory, "
        f"{platform.system()}, Python {platform.python_version()}"
    )


def page(text: str, figures: Mapping[str, Sequence[Figure]], *, told_of: str) -> str:
    """Return the page of figures with the last table in the place of the one before."""
    parts = [told_of]
    for name, found in figures.items():
        parts += [f"## {MEASURES[name][1]}", table(found)]
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return "\n\n".join([before + BEGIN, *parts, END + after])


def main(arguments: Sequence[str]) -> int:
    """Run the command, and return its exit code: a missed goal is told, and is no failure."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--only", action="append", choices=MEASURES, help="one of them; repeatable")
    parser.add_argument("--write", action="store_true", help="put the table into docs/speed.md")
    parser.add_argument("--small", action="store_true", help="a few files only: does it run?")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "bench.json")
    asked = parser.parse_args(arguments)
    if asked.write and (asked.only or asked.small):
        parser.error("--write is of a whole run: leave out --only and --small.")
    begun, busy = time.monotonic(), os.getloadavg()[0]
    figures = _measured(asked.only or list(MEASURES), small=asked.small)
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    facts = {"day": day, "machine": machine(), "load_before": busy}
    content = {
        **facts,
        "seconds": round(time.monotonic() - begun, 1),
        "figures": {name: [one.as_dict() for one in found] for name, found in figures.items()},
    }
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    asked.json.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(told(figures))
    if asked.write:
        words = (
            f"Measured on {day}: {facts['machine']}. The machine is shared with other work: "
            f"in the minute before, {busy:.1f} tasks were running on average."
        )
        PAGE.write_text(page(PAGE.read_text("utf-8"), figures, told_of=words), "utf-8")
    return 0


def _measured(names: Sequence[str], *, small: bool) -> dict[str, list[Figure]]:
    """Return the figures of some measures, in the table's order."""
    figures: dict[str, list[Figure]] = {}
    project = load_project(ROOT)
    with (
        tempfile.TemporaryDirectory() as folder,
        isolated(project.fonts, Path(folder) / "fontconfig"),
    ):
        bench = Bench(project=project, folder=Path(folder), small=small)
        for name, (module, heading) in MEASURES.items():
            if name in names:
                print(f"{heading} …", file=sys.stderr, flush=True)
                # Imported here: WeasyPrint reads the fonts' configuration as it is imported.
                figures[name] = list(importlib.import_module(module).measure(bench))
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
