"""From what is selected to its sheets, however many workers make them."""

import functools
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from printkit.cache import Cache
from printkit.checks.glyphs import catalog_glyphs
from printkit.compose import languages_spoken
from printkit.editions import EDITIONS
from printkit.executors import run_all
from printkit.findings import Finding
from printkit.jobs import Job, Selection, jobs_for
from printkit.laid import Shop
from printkit.languages import own_languages
from printkit.press import Made, press
from printkit.project import Project
from printkit.release import without_drafts

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


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
    jobs = jobs_of(project, selection)
    pressed = press_jobs(jobs, shop, executor, workers=workers, progress=progress)
    return [sheet for made in pressed for sheet in made]


def press_jobs(
    jobs: Sequence[Job], shop: Shop, executor: Executor, *, workers: int, progress: Progress
) -> list[tuple[Made, ...]]:
    """Return the sheets of each job, in the jobs' order, however many workers made them."""
    shop.store.mkdir(parents=True, exist_ok=True)
    results: dict[int, tuple[Made, ...]] = {}
    progress("Sheets", 0, len(jobs))
    for number, made in run_all(
        executor, functools.partial(press, shop=shop), jobs, workers=workers
    ):
        results[number] = made
        progress("Sheets", len(results), len(jobs))
    return [results[number] for number in sorted(results)]


def jobs_of(project: Project, selection: Selection, *, release: bool = False) -> list[Job]:
    """Return the jobs for what is selected, with what is known against them beforehand."""
    page_css = {name: edition.css for name, edition in EDITIONS.items()}

    @functools.cache
    def glyphs(tag: str) -> tuple[Finding, ...]:
        if tag not in project.catalogs:
            return ()
        return tuple(catalog_glyphs(project.catalogs[tag], project.fonts))

    jobs = [_with_glyphs(job, glyphs) for job in jobs_for(project, selection, page_css=page_css)]
    return [without_drafts(job) for job in jobs] if release else jobs


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
