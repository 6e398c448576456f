"""The options that commands share: their words, and what is meant by what was typed."""

import datetime
import os
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from printkit.errors import Problem, UserError, listed, quoted

if TYPE_CHECKING:
    from printkit.jobs import Selection
    from printkit.project import Project


class Standard(StrEnum):
    """Of press files."""

    X4 = "pdf/x-4"
    X1A = "pdf/x-1a"


class Format(StrEnum):
    """How results are told."""

    TEXT = "text"
    JSON = "json"


class Runs(StrEnum):
    """Where jobs run."""

    LOCAL = "local"
    DASK = "dask"


Regions = Annotated[
    list[str] | None,
    typer.Option("--region", "-r", help="A region by its slug, FIPS code or name. Repeatable."),
]
Languages = Annotated[
    list[str] | None, typer.Option("--language", "-l", help="A language such as es. Repeatable.")
]
Pieces = Annotated[
    list[str] | None, typer.Option("--piece", "-p", help="A piece such as card. Repeatable.")
]
Editions = Annotated[
    list[str] | None, typer.Option("--edition", "-e", help="press, copier or screen. Repeatable.")
]
ProjectFolder = Annotated[
    Path | None, typer.Option("--project", help="The project's folder, if it is not this one.")
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="The day to judge facts at, such as 2026-11-23.")
]
Executors = Annotated[
    Runs, typer.Option("--executor", help="Where jobs run: here, or on a Dask scheduler's workers.")
]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", help="The Dask scheduler: tcp://192.168.1.20:8786.")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, max=256, help="Workers; 0: all cores.")]
Formatted = Annotated[Format, typer.Option("--format", help="text for people, json for machines.")]
CatalogFiles = Annotated[
    list[Path] | None, typer.Argument(help="Catalogs (.po) to judge alone.", show_default=False)
]
Words = Annotated[
    str | None, typer.Option("--words", help="The language to be told in, such as es.")
]
Profile = Annotated[
    Path | None,
    typer.Option("--profile", help="The print shop's own ICC profile, for its press and paper."),
]
Standards = Annotated[
    Standard,
    typer.Option("--standard", help="Of press files; pdf/x-1a has no transparency at all."),
]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Where to put what is made.")]


def loaded_project(project: Path | None, as_of: str | None) -> "Project":
    """Return the project in a folder, or in the one above this; `as_of` is a day's words."""
    from printkit.project import load_project

    return load_project(root_named(project), as_of=day_named(as_of))


def root_named(project: Path | None) -> Path:
    """Return the project's folder: the one named, or the nearest above this one."""
    from printkit.project import find_root

    if project is not None and not project.is_dir():
        raise UserError(
            Problem(
                what=f"--project: {quoted(project)} is no folder.",
                fix="Name the folder that holds campaign.toml.",
            )
        )
    return find_root((project or Path.cwd()).resolve())


def folder_named(out: Path | None, option: str = "--out") -> Path | None:
    """Return the folder that an option names, whole; its name must be text: files tell of it."""
    if out is None:
        return None
    try:
        str(out.resolve()).encode()
    except UnicodeEncodeError:
        raise UserError(
            Problem(what=f"{option}: {quoted(out)} is not UTF-8.", fix="Name another folder.")
        ) from None
    return out.resolve()


def scheduler_named(executor: Runs, address: str | None, *, jobs: int) -> str:
    """Return the scheduler's address, or nothing where jobs run here; UserError by the option."""
    what = fix = ""
    if executor is Runs.LOCAL and address is not None:
        what, fix = "--scheduler is for Dask.", "Add: --executor dask"
    elif executor is Runs.DASK and not address:
        what = "--executor dask needs the address of its scheduler."
        fix = 'Add it as "dask scheduler" tells it: --scheduler tcp://192.168.1.20:8786'
    elif executor is Runs.DASK and jobs:
        what = "--jobs counts this machine's workers, and with Dask there are none."
        fix = "Leave it out."
    if what:
        raise UserError(Problem(what=what, fix=fix))
    return address or ""


def profile_named(profile: Path | None) -> Path | None:
    """Return the print shop's own profile, once it is known to be one of a press's four inks."""
    from printkit.profiles import shops_profile

    return shops_profile(profile) if profile is not None else None


def day_named(text: str | None, option: str = "--as-of") -> datetime.date | None:
    """Return the day that an option names, or None where it is not given."""
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UserError(
            Problem(
                what=f"{option}: {quoted(text)} is not a day.",
                fix="Write year-month-day, such as 2026-11-23.",
            )
        ) from None


def asked_words(words: str | None, languages: Collection[str] | None, format: Format) -> str:
    """Return the language to tell things in: the one asked for, or the translator's own.

    Machines are told in English unless they ask.
    """
    if words is not None:
        from printkit.voices import spoken

        if words != "en" and words.replace("_", "-").split("-")[0] not in spoken():
            fix = f"Use one of: {listed(('en', *spoken()))}."
            raise UserError(Problem(what=f"--words: there is no {quoted(words)}.", fix=fix))
        return words
    if format is Format.JSON:
        return "en"
    first = os.environ.get("LANGUAGE", "").split(":")[0]
    return first or (next(iter(languages)) if languages and len(languages) == 1 else "en")


def released_of(project: "Project", wanted: "Selection") -> "Selection":
    """Return what of a selection may be released, and tell what is left out."""
    from printkit import report
    from printkit.release import left_out, released

    selection = released(project, wanted, today=today())
    report.left_out(left_out(project, wanted))
    return selection


def today() -> datetime.date:
    """Return the day, which only a release asks for."""
    return datetime.datetime.now(tz=datetime.UTC).date()
