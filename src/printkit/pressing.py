"""From what is selected to its sheets, however many workers make them."""

import functools
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from printkit.cache import Cache
from printkit.checks.glyphs import catalog_glyphs
from printkit.compose import languages_spoken
from printkit.composed import Compositions
from printkit.editions import EDITIONS
from printkit.executors import run_all
from printkit.findings import Finding
from printkit.jobs import Job, Selection, Target, jobs_for
from printkit.laid import Shop
from printkit.languages import own_languages
from printkit.press import Made, press
from printkit.project import Project
from printkit.release import without_drafts

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""
AHEAD = 1000
"""Jobs handed out ahead, in multiples of the workers: composing never waits for pressing."""
AT_ONCE = 500
"""Sheets of one layout pressed together: what is told of each is in memory until all are made."""
PAGE_CSS = {name: edition.css for name, edition in EDITIONS.items()}
"""The CSS of each edition's pages."""


def press_all(
    project: Project,
    selection: Selection,
    shop: Shop,
    executor: Executor,
    *,
    workers: int,
    progress: Progress,
) -> list[Made]:
    """Return every sheet selected, in the jobs' order, however many workers made them."""
    jobs = list(jobs_of(project, selection))
    pressed = press_jobs(
        jobs, shop, executor, workers=workers, progress=progress, expected=len(jobs)
    )
    return [sheet for made in pressed for sheet in made]


def press_jobs(
    jobs: Iterable[Job],
    shop: Shop,
    executor: Executor,
    *,
    workers: int,
    progress: Progress,
    expected: int,
) -> list[tuple[Made, ...]]:
    """Return the sheets of each job, in the jobs' order, however many workers made them.

    Jobs are handed out as they come; how many are `expected` is for the progress.
    """
    shop.store.mkdir(parents=True, exist_ok=True)
    results: dict[int, tuple[Made, ...]] = {}
    owners: list[int] = []
    targets: list[tuple[Target, ...]] = []

    def parts() -> Iterator[Job]:
        for number, job in enumerate(jobs):
            for part in in_parts(job):
                owners.append(number)
                targets.append(part.targets)
                yield part

    progress("Sheets", 0, expected)
    function = functools.partial(press, shop=shop)
    for number, made in run_all(executor, function, parts(), workers=workers, ahead=AHEAD):
        # What came back from a worker is a copy: one of each is enough.
        own = zip(made, targets[number], strict=True)
        results[number] = tuple(replace(sheet, target=target) for sheet, target in own)
        progress("Sheets", len(results), max(expected, len(owners)))
    pressed: dict[int, list[Made]] = {}
    for number in sorted(results):
        pressed.setdefault(owners[number], []).extend(results[number])
    return [tuple(pressed[number]) for number in sorted(pressed)]


def in_parts(job: Job) -> Iterator[Job]:
    """Yield a job whole, or with some of its targets at a time, where there are thousands."""
    for start in range(0, max(len(job.targets), 1), AT_ONCE):
        yield replace(job, targets=job.targets[start : start + AT_ONCE])


def jobs_of(
    project: Project,
    selection: Selection,
    *,
    release: bool = False,
    kept: Compositions | None = None,
) -> Iterator[Job]:
    """Yield the jobs for what is selected, with what is known against them beforehand."""

    @functools.cache
    def glyphs(tag: str) -> tuple[Finding, ...]:
        if tag not in project.catalogs:
            return ()
        found = kept.glyphs(tag) if kept is not None else None
        if found is None:
            found = tuple(catalog_glyphs(project.catalogs[tag], project.fonts))
            if kept is not None:
                kept.keep_glyphs(tag, found)
        return found

    composer = kept.composed if kept is not None else None
    for job in jobs_for(project, selection, page_css=PAGE_CSS, composer=composer):
        known = _with_glyphs(job, glyphs)
        yield without_drafts(known) if release else known


def _with_glyphs(job: Job, glyphs: Callable[[str], tuple[Finding, ...]]) -> Job:
    """Add what the fonts cannot draw of the catalogs of a job's languages."""
    missing = [found for tag in sorted(languages_spoken(job.html)) for found in glyphs(tag)]
    return replace(job, findings=(*job.findings, *missing)) if missing else job


def shop_for(
    project: Project,
    store: Path,
    *,
    profile: Path | None = None,
    standard: str = "pdf/x-4",
    cache: Cache | None = None,
) -> Shop:
    """Return what the project's jobs need beside their own words, and what the print shop asks."""
    return Shop(
        fonts=project.fonts,
        profiles=profile or project.profiles,
        standard=standard,
        store=store,
        version=project.campaign.version,
        created=project.campaign.version_date,
        languages=own_languages(),
        cache=cache,
    )
