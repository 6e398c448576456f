"""The straight line: a project's orders become checked sheets, batched by region, on disk."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from printkit.batches import Batch, batches_for, write_files
from printkit.cache import Cache
from printkit.checks.companies import check_companies
from printkit.checks.data import check_data
from printkit.composed import compositions
from printkit.errors import Problem, UserError, quoted
from printkit.executors import executor_for
from printkit.findings import Finding, fails
from printkit.inputs import State
from printkit.jobs import Job, Selection, needs
from printkit.kept import Share, keys_of, read_sheets, share_of, write_sheets
from printkit.laid import Shop
from printkit.listing import write_lists
from printkit.outputs import manifest, packing_list
from printkit.placing import beside, swap_in
from printkit.press import Made
from printkit.pressing import PAGE_CSS, Progress, jobs_of, press_jobs, shop_for
from printkit.project import Project
from printkit.summaries import Summary


class _Told(TypedDict):
    """What every step is told of how the work is done."""

    workers: int
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build came to."""

    out: Path
    made: tuple[Made, ...]
    batches: tuple[Batch, ...]
    findings: tuple[Finding, ...]
    """Of the campaign as a whole; each sheet carries its own."""
    taken_over: int = 0
    """How many of the sheets are those of the build before."""

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

    @property
    def files(self) -> tuple[str, ...]:
        """Every file of its regions, by path below its folder."""
        told = [manifest.NAME]
        for batch in self.batches:
            slug = batch.region.slug
            told += [f"{slug}/{manifest.NAME}", f"{slug}/{packing_list.NAME}"]
            told += [f"{slug}/{line.file}" for line in batch.lines if line.file is not None]
        return tuple(told)

    @property
    def sums(self) -> dict[str, str]:
        """The SHA-256 of each sheet's file, by path below its folder."""
        return {
            f"{batch.region.slug}/{line.file}": line.made.sha256
            for batch in self.batches
            for line in batch.lines
            if line.file is not None
        }

    @property
    def summary(self) -> Summary:
        """What it came to, in plain values."""
        orders = {line.order for batch in self.batches for line in batch.lines}
        finished = len(self.made) - len(self.withheld)
        return Summary(
            out=self.out,
            sheets=finished,
            anew=finished - self.taken_over,
            withheld=len(self.withheld),
            files=sum(1 for batch in self.batches for line in batch.lines if line.file),
            regions=tuple(batch.region.slug for batch in self.batches),
            copies=sum(order.copies for order in orders),
            languages=frozenset(sheet.language for sheet in self.made),
            drafts=frozenset(sheet.language for sheet in self.made if sheet.draft),
            findings=self.all_findings,
        )


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
    cache: Cache | None = None,
    verify: bool = False,
    scheduler: str = "",
    read: Mapping[str, State | None] | None = None,
    started: Executor | None = None,
) -> Outcome:
    """Make every sheet that is ordered and selected, and put the regions' batches in place.

    `profile` is the print shop's own; `standard` is that of press files. With a `cache`, what the
    build before left in the place is taken over where it is as it would be made now (`verify`
    reads it again before that), and what was composed of files that are still as they are in
    `read`: their states before the project was read. With the address of a Dask `scheduler` its
    workers make what is made, and `workers` counts for nothing; else those `started`, if any.
    """
    place = out or default_out(project, selection)
    _refuse_foreign(place)
    before = read_sheets(cache, place)
    with beside(place) as staging:
        fresh = staging / "batches"
        fresh.mkdir()
        shop = shop_for(
            project, staging / "sheets", profile=profile, standard=standard, cache=cache
        )
        shop.store.mkdir()
        with _runners(project, shop, staging, workers, scheduler, started) as (executor, workers):
            kept = compositions(cache, project, read)
            jobs = jobs_of(project, selection, release=release, kept=kept)
            known = (share_of(job, shop, before, place, verify=verify) for job in jobs)
            expected = sum(1 for _ in needs(project, selection, page_css=PAGE_CSS))
            told: _Told = {"workers": workers, "progress": progress}
            made, shares = _press_shares(known, shop, executor, expected=expected, **told)
            batches = batches_for(made, project.regions, project.campaign.version)
            write_files(batches, shop.store, fresh)
            write_lists(project, batches, fresh, executor, cache, **told)
        _put_in_place(project, batches, selection, fresh=fresh, place=place, aside=staging)
    write_sheets(cache, place, before, batches, keys_of(shares))
    return Outcome(
        out=place,
        made=tuple(made),
        batches=batches,
        findings=(*check_data(project.campaign), *check_companies(project, selection.pieces)),
        taken_over=sum(1 for share in shares for one in share.made if one is not None),
    )


def default_out(project: Project, selection: Selection) -> Path:
    """Return build/VERSION; parts of batches go beside it, so that whole ones stay whole."""
    name = project.campaign.version + ("-part" if selection.is_partial else "")
    return project.root / "build" / name


@contextlib.contextmanager
def _runners(
    project: Project,
    shop: Shop,
    staging: Path,
    workers: int,
    scheduler: str,
    started: Executor | None,
) -> Iterator[tuple[Executor, int]]:
    """Give what runs jobs, here or on a scheduler's workers, and how many it keeps busy."""
    if not scheduler:
        scratch = staging / "scratch"
        with executor_for(
            workers, fonts=project.fonts, scratch=scratch, started=started
        ) as executor:
            yield executor, workers
        return
    from printkit.cluster import cluster_for  # which brings asyncio

    own = shop.profiles if shop.profiles != project.profiles else None
    with cluster_for(
        scheduler, project, store=shop.store, profile=own, cache=shop.cache
    ) as cluster:
        yield cluster, cluster.workers


def _press_shares(
    shares: Iterable[Share],
    shop: Shop,
    executor: Executor,
    *,
    workers: int,
    progress: Progress,
    expected: int,
) -> tuple[list[Made], list[Share]]:
    """Return every sheet, in the jobs' order: those that are there, and the others made."""
    known: list[Share] = []

    def missing() -> Iterator[Job]:
        for share in shares:
            known.append(share)
            if share.job.targets:
                yield share.job

    # One process composes everything first, so that a wrong template is told at once.
    jobs = missing() if workers > 1 else list(missing())
    pressed = iter(
        press_jobs(jobs, shop, executor, workers=workers, progress=progress, expected=expected)
    )
    made: list[Made] = []
    for share in known:
        anew = iter(next(pressed) if share.job.targets else ())
        made += [next(anew) if one is None else one for one in share.made]
    return made, known


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
    version = project.campaign.version
    sheets: Iterable[dict[str, Any]] = manifest.entries(batches, version=version, whole_run=True)
    moves = [(fresh, place)]
    others_stay = selection.regions and not selection.is_partial
    before = manifest.read(place / manifest.NAME) if others_stay else None
    if before is not None:
        slugs = [batch.region.slug for batch in batches]
        sheets = manifest.merged(before["sheets"], sheets, slugs)
        moves = [(fresh / name, place / name) for name in (*slugs, manifest.NAME)]
    manifest.write(fresh / manifest.NAME, sheets, version=version)
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
