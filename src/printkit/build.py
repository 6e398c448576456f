"""The straight line: a project's orders become checked sheets, batched by region, on disk."""

import contextlib
import functools
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from printkit.batches import Batch, batches_for, swap_in, write_files
from printkit.checks.data import check_data
from printkit.checks.glyphs import catalog_glyphs
from printkit.compose import languages_spoken
from printkit.editions import EDITIONS
from printkit.errors import Problem, Problems, UserError
from printkit.executors import executor_for, run_all
from printkit.findings import Finding, Severity
from printkit.jobs import Job, Selection, jobs_for
from printkit.outputs import manifest, packing_list
from printkit.press import Made, Shop, press
from printkit.project import Project

OLDEST_RELEASE = timedelta(days=30)

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
        return int(any(found.severity is Severity.FAIL for found in self.all_findings))


def build(
    project: Project,
    selection: Selection,
    *,
    out: Path | None,
    workers: int,
    progress: Progress,
) -> Outcome:
    """Make every sheet that is ordered and selected, and put the regions' batches in place."""
    place = out or default_out(project, selection)
    place.parent.mkdir(parents=True, exist_ok=True)
    with (
        _beside(place) as staging,
        executor_for(workers, fonts=project.fonts, scratch=staging / "scratch") as executor,
    ):
        shop = shop_for(project, staging / "sheets")
        made = press_all(project, selection, shop, executor, workers=workers, progress=progress)
        batches = batches_for(made, project.regions, project.campaign.version)
        fresh = staging / "batches"
        write_files(batches, shop.store, fresh)
        _write_lists(project, batches, fresh, executor, workers=workers, progress=progress)
        whole = _run_manifest(project, batches, place, selection)
        _put_in_place(fresh, place, batches, selection, whole)
    return Outcome(
        out=place,
        made=tuple(made),
        batches=batches,
        findings=tuple(check_data(project.campaign)),
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
) -> list[Made]:
    """Return every sheet selected, in the jobs' order, however many workers made them."""
    page_css = {name: edition.css for name, edition in EDITIONS.items()}

    @functools.cache
    def glyphs(tag: str) -> tuple[Finding, ...]:
        if tag not in project.catalogs:
            return ()
        return tuple(catalog_glyphs(project.catalogs[tag], project.fonts))

    jobs = [_with_glyphs(job, glyphs) for job in jobs_for(project, selection, page_css=page_css)]
    shop.store.mkdir(parents=True, exist_ok=True)
    results: dict[int, tuple[Made, ...]] = {}
    progress("Sheets", 0, len(jobs))
    for number, made in run_all(
        executor, functools.partial(press, shop=shop), jobs, workers=workers
    ):
        results[number] = made
        progress("Sheets", len(results), len(jobs))
    return [sheet for number in sorted(results) for sheet in results[number]]


def refuse_release(project: Project, *, today: date) -> Selection:
    """Return the selection that may be released, or raise UserError with every reason why not."""
    campaign, problems = project.campaign, Problems()
    if campaign.landing_is_placeholder:
        problems.add(
            f"The landing address is {campaign.landing_url}, a placeholder.",
            "Put your campaign's own address into landing_url.",
            campaign.file,
            campaign.landing_line,
        )
    if today - campaign.as_of > OLDEST_RELEASE:
        problems.add(
            f"as_of is {campaign.as_of.isoformat()}, more than {OLDEST_RELEASE.days} days ago.",
            "Check the facts again, and set as_of to that day.",
            campaign.file,
        )
    signed = [tag for tag in campaign.languages if tag not in project.drafts]
    if "en" in project.drafts or not signed:
        drafts = ", ".join(tag for tag in campaign.languages if tag in project.drafts)
        problems.add(
            f"No native reader has signed off: {drafts}.",
            "A release prints signed-off languages only, and English first: record each reader's "
            "approval here.",
            "po/signoffs.toml",
        )
    problems.raise_if_any()
    return Selection(languages=frozenset(signed))


def _with_glyphs(job: Job, glyphs: Callable[[str], tuple[Finding, ...]]) -> Job:
    """Add what the fonts cannot draw of the catalogs of a job's languages."""
    missing = [found for tag in sorted(languages_spoken(job.html)) for found in glyphs(tag)]
    return replace(job, findings=(*job.findings, *missing)) if missing else job


def shop_for(project: Project, store: Path) -> Shop:
    """Return what the project's jobs need beside their own words."""
    return Shop(
        fonts=project.fonts,
        profiles=project.profiles,
        store=store,
        version=project.campaign.version,
        created=project.campaign.version_date,
    )


@contextlib.contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """Give a folder beside the final one, on the same disk, and leave nothing of it."""
    staging = Path(tempfile.mkdtemp(prefix=f".{place.name}.partial-", dir=place.parent))
    try:
        (staging / "scratch").mkdir()
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


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
    version = project.campaign.version
    lists = [
        packing_list.packing_list_for(
            batch,
            campaign=project.campaign.name,
            version=version,
            created=project.campaign.version_date,
            pieces=project.pieces.values(),
            fonts=project.fonts,
            profiles=project.profiles,
        )
        for batch in batches
    ]
    progress("Packing lists", 0, len(lists))
    finished = run_all(executor, packing_list.packing_list_pdf, lists, workers=workers)
    for done, (number, pdf) in enumerate(finished, 1):
        batch = batches[number]
        region = folder / batch.region.slug
        region.mkdir(parents=True, exist_ok=True)
        (region / packing_list.NAME).write_bytes(pdf)
        content = manifest.manifest([batch], version=version, whole_run=False)
        manifest.write(region / manifest.NAME, content)
        progress("Packing lists", done, len(lists))


def _run_manifest(
    project: Project, batches: Sequence[Batch], place: Path, selection: Selection
) -> dict[str, object]:
    content = manifest.manifest(batches, version=project.campaign.version, whole_run=True)
    if _keeps_others(selection, place):
        slugs = [batch.region.slug for batch in batches]
        content = manifest.merged(place / manifest.NAME, content, slugs)
    return content


def _keeps_others(selection: Selection, place: Path) -> bool:
    """Return whether other regions' batches stay: only some regions are made anew."""
    return bool(selection.regions) and not selection.is_partial and place.is_dir()


def _put_in_place(
    fresh: Path,
    place: Path,
    batches: Sequence[Batch],
    selection: Selection,
    whole: dict[str, object],
) -> None:
    """Swap finished batches in: all at once, or region by region where others stay."""
    fresh.mkdir(parents=True, exist_ok=True)
    manifest.write(fresh / manifest.NAME, whole)
    _refuse_foreign(place)
    if not _keeps_others(selection, place):
        swap_in(fresh, place)
        return
    for batch in batches:
        swap_in(fresh / batch.region.slug, place / batch.region.slug)
    (fresh / manifest.NAME).replace(place / manifest.NAME)


def _refuse_foreign(place: Path) -> None:
    """Refuse to replace a folder that no build made."""
    if place.exists() and (not place.is_dir() or _is_foreign(place)):
        raise UserError(
            Problem(
                what=f"{place.name} is there already, and no build made it.",
                fix="Name another folder with --out, or move this one away.",
            )
        )


def _is_foreign(place: Path) -> bool:
    return any(place.iterdir()) and not (place / manifest.NAME).is_file()
