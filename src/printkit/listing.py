"""What lies beside a region's sheets: its manifest, and its packing list as kept or made anew."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path

from printkit.batches import Batch
from printkit.cache import Cache
from printkit.executors import run_all
from printkit.fonts import SUMS
from printkit.keys import digest_of, tool_digest
from printkit.outputs import manifest, packing_list
from printkit.pressing import Progress
from printkit.project import Project

KIND = "packing-list"
"""Of its entries in the cache."""
AT_ONCE = 400
"""Packing lists in memory together."""


def write_lists(
    project: Project,
    batches: Sequence[Batch],
    folder: Path,
    executor: Executor,
    cache: Cache | None,
    *,
    workers: int,
    progress: Progress,
) -> None:
    """Write each batch's manifest and packing list beside its sheets."""
    progress("Packing lists", 0, len(batches))
    for done, (batch, pdf) in enumerate(_listed(project, batches, executor, cache, workers), 1):
        region = folder / batch.region.slug
        region.mkdir(exist_ok=True)
        (region / packing_list.NAME).write_bytes(pdf)
        version = project.campaign.version
        sheets = manifest.entries([batch], version=version, whole_run=False)
        manifest.write(region / manifest.NAME, sheets, version=version)
        progress("Packing lists", done, len(batches))


def _listed(
    project: Project,
    batches: Sequence[Batch],
    executor: Executor,
    cache: Cache | None,
    workers: int,
) -> Iterator[tuple[Batch, bytes]]:
    """Yield batches with their packing lists, so many at a time that few are in memory."""
    for start in range(0, len(batches), AT_ONCE):
        some = batches[start : start + AT_ONCE]
        lists = [packing_list.packing_list_for(batch, project) for batch in some]
        for number, pdf in _packing_lists(lists, executor, cache, workers):
            yield some[number], pdf


def _packing_lists(
    lists: Sequence[packing_list.PackingList],
    executor: Executor,
    cache: Cache | None,
    workers: int,
) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the PDF of each list, in any order: as it was kept, or made anew."""
    keys = [digest_of(tool_digest(), (one.fonts / SUMS).read_bytes(), one) for one in lists]
    missing = []
    for number, key in enumerate(keys):
        pdf = cache.get(KIND, key) if cache is not None else None
        if pdf is None:
            missing.append(number)
        else:
            yield number, pdf
    together = -(-len(missing) // workers)  # each worker has its share
    shapes = packing_list.by_shape([lists[number] for number in missing], most=together)
    alike = [[missing[place] for place in places] for places in shapes]
    groups = [[lists[number] for number in numbers] for numbers in alike]
    made = run_all(executor, packing_list.finished_lists, groups, workers=workers, ahead=1)
    for place, finished in made:
        for number, one in zip(alike[place], finished, strict=True):
            if cache is not None:
                cache.put(KIND, keys[number], one.pdf)
            yield number, one.pdf
