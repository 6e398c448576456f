"""The commands that build, and tell why: each asks what changed, calls, and lets report speak."""

import os
import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from printkit.cache import ENOUGH, open_cache
from printkit.fonts import FOLDER
from printkit.options import (
    AsOf,
    Editions,
    Executors,
    Format,
    Formatted,
    Jobs,
    Languages,
    Out,
    Pieces,
    Profile,
    ProjectFolder,
    Regions,
    Runs,
    Scheduler,
    Standard,
    Standards,
    folder_named,
    loaded_project,
    profile_named,
    released_of,
    root_named,
    scheduler_named,
)

if TYPE_CHECKING:
    from printkit.build import Outcome
    from printkit.records import Asked
    from printkit.summaries import Summary


def build(
    region: Regions = None,
    language: Languages = None,
    piece: Pieces = None,
    edition: Editions = None,
    release: Annotated[
        bool, typer.Option("--release", help="Print signed-off languages only, no DRAFT.")
    ] = False,
    jobs: Jobs = 0,
    executor: Executors = Runs.LOCAL,
    scheduler: Scheduler = None,
    out: Out = None,
    profile: Profile = None,
    standard: Standards = Standard.X4,
    verify: Annotated[
        bool, typer.Option("--verify", help="Read every file again to see what has changed.")
    ] = False,
    format: Formatted = Format.TEXT,
    project: ProjectFolder = None,
    as_of: AsOf = None,
) -> None:
    """Make every sheet that is ordered, and put it into its region's batch."""
    from printkit import report
    from printkit.records import Asked

    begun = time.monotonic()
    with report.told_as_json(format is Format.JSON):
        names = {
            "regions": region or (),
            "languages": language or (),
            "pieces": piece or (),
            "editions": edition or (),
        }
        how: dict[str, Any] = {
            "release": release,
            "out": folder_named(out),
            "standard": standard.value,
        }
        asked = Asked(
            root=root_named(project),
            options=tuple(map(repr, (*names.items(), *how.items(), as_of))),
            profile=profile_named(profile),
        )
        where = scheduler_named(executor, scheduler, jobs=jobs)
        how |= {"verify": verify, "workers": jobs, "scheduler": where}
        told = _built(asked, names, how, as_of=as_of, quiet=format is Format.JSON)
    if format is Format.JSON:
        report.print_json(report.as_json(told, root=asked.root))
    else:
        report.summary(told, seconds=time.monotonic() - begun, root=asked.root)
    raise typer.Exit(told.exit_code)


def _built(
    asked: "Asked", names: dict[str, Any], how: dict[str, Any], *, as_of: str | None, quiet: bool
) -> "Summary":
    """Return what a build came to: the last one of its kind, where nothing has changed since."""
    from printkit import records

    cache = open_cache(os.environ)
    read = records.about_to_read(asked)
    # What may be released is a question of the day, which is no file.
    told = None if how["release"] else records.unchanged(cache, asked, read, verify=how["verify"])
    if told is not None:
        return told
    from printkit.executors import default_workers, started_for

    how = how | {"workers": how["workers"] or default_workers(), "cache": cache, "read": read.files}
    here = 1 if how["scheduler"] else how["workers"]
    with started_for(here, fonts=asked.root / FOLDER) as started:
        outcome = _made(asked, names, how | {"started": started}, as_of=as_of, quiet=quiet)
    records.note(cache, asked, read, outcome.summary, outcome.files, outcome.sums)
    if cache is not None:
        cache.clean(ENOUGH)
    return outcome.summary


def _made(
    asked: "Asked", names: dict[str, Any], how: dict[str, Any], *, as_of: str | None, quiet: bool
) -> "Outcome":
    """Read the project, and make what is asked for."""
    from printkit.executors import interrupts_later

    with interrupts_later():
        from printkit import build as building
        from printkit import report, selecting

    loaded = loaded_project(asked.root, as_of)
    selection = selecting.selection_for(loaded, **names)
    if how["release"]:
        selection = released_of(loaded, selection)
    selecting.refuse_unordered(loaded, selection)
    with report.progress_bars(quiet=quiet) as progress:
        return building.build(loaded, selection, progress=progress, profile=asked.profile, **how)


def why(
    sheet: Annotated[str, typer.Argument(help="A file of the build, or the code at its foot.")],
    out: Out = None,
    profile: Profile = None,
    standard: Standards = Standard.X4,
    project: ProjectFolder = None,
    as_of: AsOf = None,
) -> None:
    """Say why a sheet was made anew, and whether it would be now."""
    from printkit import report
    from printkit.build import default_out
    from printkit.jobs import Selection
    from printkit.kept import read_sheets
    from printkit.pressing import shop_for
    from printkit.why import reasons, sheets_named

    loaded = loaded_project(project, as_of)
    place = folder_named(out) or default_out(loaded, Selection())
    shop = shop_for(loaded, place, profile=profile_named(profile), standard=standard.value)
    for key, found in sheets_named(read_sheets(open_cache(os.environ), place), sheet):
        report.lines(reasons(loaded, shop, key, found))
