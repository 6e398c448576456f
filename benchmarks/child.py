"""Tasks that are measured in a process of their own, for its memory and for its start.

python -m benchmarks.child preflight FILE
python -m benchmarks.child letters PEOPLE OUT WORKERS [PASSPHRASE]
"""

import json
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def peak_mb() -> float:
    """Return the most memory that this process ever had, in millions of bytes.

    From the process's own state where there is one: what `getrusage` tells of a process begins
    with the memory of the one that started it.
    """
    state = Path("/proc/self/status")
    if state.exists() and (found := re.search(r"VmHWM:\s+(\d+) kB", state.read_text())):
        return int(found[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def preflight(file: str) -> dict[str, Any]:
    """Judge a file, and tell what it took with and without the decoding of codes."""
    from benchmarks.preflighting import decoding_counted
    from printkit.preflight import judge_file

    with decoding_counted() as decoding:
        begun, own = time.perf_counter(), time.process_time()
        verdict = judge_file(Path(file), file="long.pdf", profile="press")
        wall_s, own_s = time.perf_counter() - begun, time.process_time() - own
    return {
        "pages": verdict.pages,
        "findings": len(verdict.findings),
        "wall_s": wall_s,
        "own_s": own_s,
        "decoding_s": decoding.own_s,
    }


def letters(people: str, out: str, workers: str, passphrase: str = "") -> dict[str, Any]:
    """Write people's letters, and tell what filling them in took, the kit's layout apart."""
    from printkit.letters import Wish, write_letters
    from printkit.project import load_project

    project = load_project(ROOT)
    times: list[tuple[float, float]] = []

    def watched(what: str, done: int, total: int) -> None:
        now = time.perf_counter(), time.process_time()
        times[1:] = [now]
        if not times:
            times.append(now)

    begun = time.perf_counter()
    wish = Wish(
        people=Path(people),
        language="en",
        out=Path(out),
        workers=int(workers),
        passphrase=passphrase,
    )
    written = write_letters(project, wish, watched)
    assert not written.wrong, written.problems
    return {
        "people": written.people,
        "letters": written.letters,
        "laid_out_s": times[0][0] - begun,
        "wall_s": times[-1][0] - times[0][0],
        "own_s": times[-1][1] - times[0][1],
    }


TASKS: dict[str, Callable[..., dict[str, Any]]] = {"preflight": preflight, "letters": letters}

if __name__ == "__main__":
    told = TASKS[sys.argv[1]](*sys.argv[2:])
    print(json.dumps({**told, "peak_mb": peak_mb()}))
