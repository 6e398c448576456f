"""The straight line: a project's orders become checked sheets, batched by region, on disk."""

import functools
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from printkit.batches import Batch, batches_for, write_files
from printkit.checks.companies import check_companies
from printkit.checks.data import check_data
from printkit.checks.glyphs import catalog_glyphs
from printkit.compose import languages_spoken
from printkit.editions import EDITIONS
from printkit.errors import Problem, UserError, quoted
from printkit.executors import executor_for, run_all
from printkit.findings import Finding, fails
from printkit.jobs import Job, Selection, jobs_for
from printkit.languages import own_languages
from printkit.outputs import manifest, packing_list
from printkit.placing import beside, swap_in
from printkit.press import Made, Shop, press
from printkit.project import Project
from printkit.release import without_drafts

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build came to."""

    out: Path
    made: tuple[Made, ...]
    batches: tuple[Batch, ...]
    findings: tuple[Finding, ...]
    """Of the campaign as a whole; each sheet carries its own."""

    @property
    def withheld(self) -> tuple[Made, ...]:
        """The sheets that a FAIL kept back."""
        return tuple(sheet for sheet in self.made if sheet.is_withheld)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Everything found, each once."""
        every = [*self.findings, *(found for sheet in self.made for found in sheet.findings)]
        return tuple(dict.fromkeys(every))

    @property
    def exit_code(self) -> int:
        """1 where something failed, else 0."""
        return int(fails(self.all_findings))


def build(
    project: Project,
    selection: Selection,
    *,
    out: Path | None,
    workers: int,
    progress: Progress,
    release: bool = False,
    profile: Path | None = None,
    standard: str = "pdf/x-4",
) -> Outcome:
    """Make every sheet that is ordered and selected, and put the regions' batches in place.

    `profile` is the print shop's own; `standard` is that of press files.
    """
    place = out or default_out(project, selection)
    _refuse_foreign(place)
    with beside(place) as staging:
        fresh, scratch = staging / "batches", staging / "scratch"
        fresh.mkdir()
        with executor_for(workers, fonts=project.fonts, scratch=scratch) as executor:
            shop = shop_for(project, staging / "sheets", profile=profile, standard=standard)
            made = press_all(
                project,
                selection,
                shop,
                executor,
                workers=workers,
                progress=progress,
                release=release,
            )
            batches = batches_for(made, project.regions, project.campaign.version)
            write_files(batches, shop.store, fresh)
            _write_lists(project, batches, fresh, executor, workers=workers, progress=progress)
        _put_in_place(project, batches, selection, fresh=fresh, place=place, aside=staging)
    return Outcome(
        out=place,
        made=tuple(made),
        batches=batches,
        findings=(*check_data(project.campaign), *check_companies(project, selection.pieces)),
    )


def default_out(project: Project, selection: Selection) -> Path:
    """Return build/VERSION; parts of batches go beside it, so that whole ones stay whole."""
    name = project.campaign.version + ("-part" if selection.is_partial else "")
    return project.root / "build" / name


def press_all(
    project: Project,
    selection: Selection,
    shop: Shop,
    executor: Executor,
    *,
    workers: int,
    progress: Progress,
    release: bool = False,
) -> list[Made]:
    """Return every sheet selected, in the jobs' order, however many workers made them."""
    jobs = _jobs(project, selection, release=release)
    shop.store.mkdir(parents=True, exist_ok=True)
    results: dict[int, tuple[Made, ...]] = {}
    progress("Sheets", 0, len(jobs))
    for number, made in run_all(
        executor, functools.partial(press, shop=shop), jobs, workers=workers
    ):
        results[number] = made
        progress("Sheets", len(results), len(jobs))
    return [sheet for number in sorted(results) for sheet in results[number]]


def _jobs(project: Project, selection: Selection, *, release: bool) -> list[Job]:
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
    project: Project, store: Path, *, profile: Path | None = None, standard: str = "pdf/x-4"
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
    )


def _write_lists(
    project: Project,
    batches: Sequence[Batch],
    folder: Path,
    executor: Executor,
    *,
    workers: int,
    progress: Progress,
) -> None:
    """Write each batch's manifest and packing list beside its sheets."""
    lists = [packing_list.packing_list_for(batch, project) for batch in batches]
    progress("Packing lists", 0, len(lists))
    finished = run_all(executor, packing_list.packing_list_pdf, lists, workers=workers)
    for done, (number, pdf) in enumerate(finished, 1):
        batch = batches[number]
        region = folder / batch.region.slug
        region.mkdir(exist_ok=True)
        (region / packing_list.NAME).write_bytes(pdf)
        manifest.write(
            region / manifest.NAME,
            manifest.manifest([batch], version=project.campaign.version, whole_run=False),
        )
        progress("Packing lists", done, len(lists))


def _put_in_place(
    project: Project,
    batches: Sequence[Batch],
    selection: Selection,
    *,
    fresh: Path,
    place: Path,
    aside: Path,
) -> None:
    """Put finished batches in place: the whole folder, or some regions' where others stay."""
    content = manifest.manifest(batches, version=project.campaign.version, whole_run=True)
    slugs = [batch.region.slug for batch in batches]
    before = manifest.read(place / manifest.NAME)
    moves = [(fresh, place)]
    if before is not None and selection.regions and not selection.is_partial:
        content = manifest.merged(before, content, slugs)
        moves = [(fresh / name, place / name) for name in (*slugs, manifest.NAME)]
    manifest.write(fresh / manifest.NAME, content)
    swap_in(moves, aside=aside)


def _refuse_foreign(place: Path) -> None:
    """Refuse to replace what no build made."""
    if not place.exists():
        return
    empty = place.is_dir() and not any(place.iterdir())
    if not empty and manifest.read(place / manifest.NAME) is None:
        raise UserError(
            Problem(
                what=f"{quoted(place, 200)} is there already, and no build made it.",
                fix="Name another folder with --out, or move this one away.",
            )
        )
