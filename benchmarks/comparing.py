"""Comparing: what two builds of a whole state mean for the copies on hand."""

import json
from collections.abc import Iterator
from typing import Any

from benchmarks.clock import medians
from benchmarks.figures import Figure, Rival
from benchmarks.material import Bench, flyers_made
from printkit.batches import batches_for
from printkit.built import load_built
from printkit.code_status import statuses
from printkit.ledger import Ledger
from printkit.outputs import manifest
from printkit.reorders import grouped, ledger_prices, rows_between

ROWS, RUNS = 6000, 5


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield what `diff` and `status` take of two manifests as long as a whole state's."""
    old, new = (bench.folder / "old" / manifest.NAME, bench.folder / "new" / manifest.NAME)
    entries = _entries(bench)
    for path, version in ((old, "1.0"), (new, "1.1")):
        path.parent.mkdir()
        manifest.write(path, _rows(entries, version), version=version)

    def compared() -> None:
        rows = rows_between(load_built(old), load_built(new))
        assert len(rows) == ROWS
        grouped(rows, ledger_prices(()))

    codes = [str(one["digest"]) for one in _rows(entries, "1.0")[:3]]

    def looked_up() -> None:
        found = statuses(
            codes,
            [load_built(old), load_built(new)],
            Ledger(entries=(), problems=()),
            version="1.1",
        )
        assert all(one.state == "superseded" for one in found)

    def only_read() -> None:
        for path in (old, new):
            json.loads(path.read_text(encoding="utf-8"))

    works = {"printkit diff": compared, "printkit status, of three codes": looked_up}
    *ours, floor = medians(RUNS, *works.values(), only_read)
    rival = Rival(name="only reading their JSON", value=floor.own_s)
    for what, one in zip(works, ours, strict=True):
        words = f"{what}: two builds of {ROWS:,} rows"
        yield Figure(what=words, value=one.own_s, unit="s", rivals=(rival,))


def _entries(bench: Bench) -> list[dict[str, Any]]:
    """Return real rows of a manifest, one of each sheet."""
    version = bench.project.campaign.version
    batches = batches_for(flyers_made(bench), bench.project.regions, version)
    return list(manifest.entries(batches, version=version, whole_run=True))


def _rows(entries: list[dict[str, Any]], version: str) -> list[dict[str, Any]]:
    """Return rows like real ones, of as many made-up regions as it takes."""
    rows = []
    for number in range(ROWS):
        one = entries[number % len(entries)]
        region = f"region-{number // len(entries):04}"
        digest = f"{version[-1]}{number:05}"
        parts = {**one["parts"], "version": version}
        rows.append({**one, "region": region, "version": version, "digest": digest, "parts": parts})
    return rows
