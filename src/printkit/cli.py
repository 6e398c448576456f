"""The command line: it parses, builds values and calls; what it prints is report's."""

import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from printkit import __version__
from printkit.cli_brokers import brokers_app
from printkit.cli_build import build, why
from printkit.cli_cache import cache_app
from printkit.cli_impose import impose
from printkit.cli_letters import letters
from printkit.cli_order import order
from printkit.cli_packs import packs, publish
from printkit.cli_plan import plan
from printkit.cli_po import po_app
from printkit.cli_preflight import preflight
from printkit.cli_versions import diff, record, status
from printkit.cli_watch import watch
from printkit.errors import Problem, UserError, did_you_mean, quoted
from printkit.options import (
    AsOf,
    CatalogFiles,
    Editions,
    Format,
    Formatted,
    Jobs,
    Languages,
    Out,
    Pieces,
    ProjectFolder,
    Regions,
    Words,
    asked_words,
    folder_named,
    loaded_project,
)

STOPPED = 130
"""The exit code of what Ctrl-C ended: 128 and the signal's number."""

# Commands import what they need themselves, so that help and mistakes cost no time.

app = typer.Typer(
    name="printkit",
    help="Gettext catalogs, templates and region orders to checked, print-ready PDFs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(po_app, name="po")
app.add_typer(brokers_app, name="brokers")
app.add_typer(cache_app, name="cache")
for command in (
    *(build, why, watch, letters, impose, plan, order, packs, publish, preflight),
    *(status, diff, record),
):
    app.command()(command)


@app.command()
def check(
    files: CatalogFiles = None,
    language: Languages = None,
    fit: Annotated[
        bool, typer.Option("--fit", help="Lay every sheet out, and tell how its texts fit.")
    ] = False,
    jobs: Jobs = 0,
    format: Formatted = Format.TEXT,
    words: Words = None,
    project: ProjectFolder = None,
    as_of: AsOf = None,
) -> None:
    """Judge what can be judged without making a sheet; or catalogs, wherever they lie."""
    from printkit import report, selecting
    from printkit.checking import check_project
    from printkit.findings import fails
    from printkit.voices import in_words

    if files:
        return _check_files(files, format, words)
    if fit:
        return _check_fit(language, jobs, format, project, as_of)
    with report.told_as_json(format is Format.JSON):
        loaded = loaded_project(project, as_of)
        languages = selecting.selection_for(loaded, languages=language or ()).languages
        found = in_words(check_project(loaded, languages), asked_words(words, language, format))
    if format is Format.JSON:
        report.print_json({"findings": [one.as_dict() for one in found]})
    else:
        report.findings(found)
        report.checked(found, languages or loaded.campaign.languages, loaded.pieces)
    raise typer.Exit(int(fails(found)))


def _check_files(files: list[Path], format: Format, words: str | None) -> None:
    """Judge catalogs alone, and tell it file by file; as JSON, as a list."""
    from printkit import report
    from printkit.checks.files import check_files, language_of
    from printkit.findings import fails
    from printkit.voices import in_words

    with report.told_as_json(format is Format.JSON):
        languages = {language_of(file) for file in files}
        found = in_words(check_files(files), asked_words(words, languages, format))
    if format is Format.JSON:
        report.print_json([one.as_dict() for one in found])
    else:
        report.file_findings(found, files=len(files))
    raise typer.Exit(int(fails(found)))


def _check_fit(
    language: Languages, jobs: int, format: Format, project: ProjectFolder, as_of: AsOf
) -> None:
    """Tell how the messages fit their places, the tightest first."""
    from printkit import report, selecting
    from printkit.executors import default_workers
    from printkit.findings import fails
    from printkit.fit import check_fit
    from printkit.fit_words import fit_json, fit_lines

    with report.told_as_json(format is Format.JSON):
        loaded = loaded_project(project, as_of)
        languages = selecting.selection_for(loaded, languages=language or ()).languages
        with report.progress_bars(quiet=format is Format.JSON) as progress:
            fitness = check_fit(
                loaded, languages, workers=jobs or default_workers(), progress=progress
            )
    if format is Format.JSON:
        report.print_json(fit_json(fitness))
    else:
        report.findings(fitness.findings)
        report.lines(fit_lines(fitness))
    raise typer.Exit(int(fails(fitness.findings)))


@app.command()
def proof(
    region: Regions = None,
    language: Languages = None,
    piece: Pieces = None,
    edition: Editions = None,
    jobs: Jobs = 0,
    out: Out = None,
    project: ProjectFolder = None,
    as_of: AsOf = None,
) -> None:
    """Draw contact sheets, a PNG a language; and a PDF to read of each language asked for."""
    from printkit import report, selecting
    from printkit.executors import default_workers
    from printkit.findings import fails
    from printkit.proof_places import draw_places
    from printkit.proofs import draw_proofs
    from printkit.pseudo import with_pseudo
    from printkit.watching import draw_pages

    loaded = with_pseudo(loaded_project(project, as_of), language or ())
    selection = selecting.selection_for(
        loaded,
        regions=region or (),
        languages=language or (),
        pieces=piece or (),
        editions=edition or (),
    )
    selecting.refuse_unordered(loaded, selection)
    place = folder_named(out) or loaded.root / "build" / "proofs"
    if language and piece and not edition:
        # Laid out in this process, before any other has started: something to look at, at once.
        for picture in draw_pages(loaded, selection, out=place):
            report.files([picture], root=loaded.root)
    with report.progress_bars(quiet=False) as progress:
        pictures, found = draw_proofs(
            loaded, selection, out=place, workers=jobs or default_workers(), progress=progress
        )
        pictures += draw_places(
            loaded, selection.languages, pieces=selection.pieces, out=place, progress=progress
        )
    report.findings(found)
    report.files(pictures, root=loaded.root)
    raise typer.Exit(int(fails(found)))


@app.command()
def explain(code: Annotated[str, typer.Argument(help="A code such as text-overflows.")]) -> None:
    """Say what a check holds a sheet to, and why."""
    from printkit import report
    from printkit.rules import all_rules, rule_of

    rule = rule_of(code.strip().lower())
    if rule is None:
        fix = did_you_mean(code, all_rules())
        raise UserError(Problem(what=f"There is no check {quoted(code)}.", fix=fix))
    report.explanation(rule)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"printkit {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Gettext catalogs, templates and region orders to checked, print-ready PDFs."""


def main() -> None:
    """Run the command; every error that a user can cause is words and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal's encoding lacks must not stop what is being told.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    for number in (signal.SIGTERM, signal.SIGHUP):
        # Unwind as Ctrl-C does, so that nothing half made stays.
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    try:
        app()
    except UserError as error:
        from printkit import report

        report.problems(error)
        sys.exit(2)
    except (KeyboardInterrupt, SystemExit) as stopped:
        # Typer makes Ctrl-C an exit code, without a word.
        if isinstance(stopped, SystemExit) and stopped.code != STOPPED:
            raise
        sys.stderr.write("Stopped. Nothing was replaced.\n")
        # Python kills itself at its end where Ctrl-C came while it ran code from a string, as
        # dataclasses do; running another makes it forget.
        exec("")
        sys.exit(STOPPED)
    except OSError as error:
        # A full disk or a folder that may not be written: the user's to mend, not a traceback's.
        where = f" ({quoted(error.filename, 200)})" if error.filename else ""
        sys.stderr.write(f"{error.strerror or error}{where}. Nothing was replaced.\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
