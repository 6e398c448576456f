"""The command line: it parses, builds values and calls; what it prints is report's."""

import datetime
import json
import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from printkit import __version__
from printkit.errors import Problem, Problems, UserError, did_you_mean, quoted

app = typer.Typer(
    name="printkit",
    help="Gettext catalogs, templates and region orders to checked, print-ready PDFs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
po_app = typer.Typer(help="Catalogs: their template and their updates.", no_args_is_help=True)
app.add_typer(po_app, name="po")


class Format(StrEnum):
    """How results are told."""

    TEXT = "text"
    JSON = "json"


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
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, max=256, help="Workers; 0: all cores.")]
Formatted = Annotated[Format, typer.Option("--format", help="text for people, json for machines.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Where to put what is made.")]


@app.command()
def build(
    region: Regions = None,
    language: Languages = None,
    piece: Pieces = None,
    edition: Editions = None,
    release: Annotated[
        bool, typer.Option("--release", help="Print signed-off languages only, no DRAFT.")
    ] = False,
    jobs: Jobs = 0,
    out: Out = None,
    format: Formatted = Format.TEXT,
    project: ProjectFolder = None,
    as_of: AsOf = None,
) -> None:
    """Make every sheet that is ordered, and put it into its region's batch."""
    from printkit import build as building
    from printkit import report
    from printkit.executors import default_workers

    begun = time.monotonic()
    loaded = _load(project, as_of)
    selection = _selection(loaded, region, language, piece, edition)
    if release:
        selection = _released(selection, building.refuse_release(loaded, today=_today()))
    with report.progress_bars(quiet=format is Format.JSON) as progress:
        outcome = building.build(
            loaded,
            selection,
            out=out.resolve() if out else None,
            workers=jobs or default_workers(),
            progress=progress,
        )
    if format is Format.JSON:
        _print_json(_as_json(outcome, loaded.root))
    else:
        report.summary(outcome, seconds=time.monotonic() - begun, root=loaded.root)
    raise typer.Exit(outcome.exit_code)


@app.command()
def check(
    language: Languages = None,
    format: Formatted = Format.TEXT,
    project: ProjectFolder = None,
    as_of: AsOf = None,
) -> None:
    """Judge everything that can be judged without making a sheet."""
    from printkit import report
    from printkit.checking import check_project
    from printkit.findings import Severity

    loaded = _load(project, as_of)
    selection = _selection(loaded, None, language, None, None)
    found = check_project(loaded, selection.languages)
    if format is Format.JSON:
        _print_json([one.as_dict() for one in found])
    else:
        report.findings(found)
        fails = sum(one.severity is Severity.FAIL for one in found)
        report.out().print(_check_words(loaded, selection.languages, len(found), fails))
    raise typer.Exit(int(any(one.severity is Severity.FAIL for one in found)))


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
    """Draw contact sheets: one PNG a language, every page small, to look at."""
    from printkit import report
    from printkit.executors import default_workers
    from printkit.proofs import draw_proofs

    loaded = _load(project, as_of)
    selection = _selection(loaded, region, language, piece, edition)
    with report.progress_bars(quiet=False) as progress:
        pictures, found = draw_proofs(
            loaded,
            selection,
            out=(out or loaded.root / "build" / "proofs").resolve(),
            workers=jobs or default_workers(),
            progress=progress,
        )
    report.findings(found)
    for picture in pictures:
        report.out().print(str(picture), markup=False)
    raise typer.Exit(int(any(one.severity == "FAIL" for one in found)))


@app.command()
def explain(code: Annotated[str, typer.Argument(help="A code such as text-overflows.")]) -> None:
    """Say what a check holds a sheet to, and why."""
    from printkit import report
    from printkit.checking import RULES

    rule = RULES.get(code.strip().lower())
    if rule is None:
        fix = did_you_mean(code, RULES)
        raise UserError(Problem(what=f"There is no check {quoted(code)}.", fix=fix))
    console = report.out()
    console.print(f"{rule.code} ({rule.severity})", style="bold")
    console.print(f"Rule: {rule.rule}\nBecause: {rule.because}", markup=False)


@po_app.command("extract")
def po_extract(project: ProjectFolder = None) -> None:
    """Write po/campaign.pot from the templates and the companies' files."""
    from printkit import report
    from printkit.campaign import load_campaign
    from printkit.po.gather import extract_pot
    from printkit.project import find_root

    root = find_root((project or Path.cwd()).resolve())
    problems = Problems()
    campaign = load_campaign(root, problems=problems)
    problems.raise_if_any()
    assert campaign is not None  # a campaign that can't be read is a problem
    changed = extract_pot(root, campaign)
    words = "written" if changed else "unchanged"
    report.out().print(f"po/campaign.pot: {words}.")


@po_app.command("update")
def po_update(project: ProjectFolder = None) -> None:
    """Bring every catalog up to the template; what a translator wrote stays as it is."""
    from printkit import report
    from printkit.po.gather import update_catalogs
    from printkit.project import find_root

    root = find_root((project or Path.cwd()).resolve())
    for file, changed in update_catalogs(root):
        report.out().print(f"{file}: {'updated' if changed else 'unchanged'}.")


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
    try:
        app()
    except UserError as error:
        from printkit import report

        report.problems(error)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Nothing was replaced.\n")
        sys.exit(130)
    except OSError as error:
        # A full disk or a folder that may not be written: the user's to mend, not a traceback's.
        where = f" ({error.filename})" if error.filename else ""
        sys.stderr.write(f"{error.strerror or error}{where}. Nothing was replaced.\n")
        sys.exit(2)


def _load(project: Path | None, as_of: str | None) -> Any:
    from printkit.project import find_root, load_project

    return load_project(find_root((project or Path.cwd()).resolve()), as_of=_day(as_of))


def _day(text: str | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UserError(
            Problem(
                what=f"--as-of: {quoted(text)} is not a day.",
                fix="Write year-month-day, such as 2026-11-23.",
            )
        ) from None


def _today() -> datetime.date:
    return datetime.datetime.now(tz=datetime.UTC).date()


def _selection(
    project: Any,
    regions: list[str] | None,
    languages: list[str] | None,
    pieces: list[str] | None,
    editions: list[str] | None,
) -> Any:
    from printkit.jobs import Selection
    from printkit.pieces import EDITION_NAMES, MANY_LANGUAGES
    from printkit.regions import find_region

    problems = Problems()
    slugs = set()
    for word in regions or ():
        try:
            slugs.add(find_region(project.regions, word).slug)
        except UserError as error:
            for problem in error.problems:
                problems.add(problem.what, problem.fix)
    known = {
        "language": (languages, (*project.campaign.languages, MANY_LANGUAGES)),
        "piece": (pieces, tuple(project.pieces)),
        "edition": (editions, EDITION_NAMES),
    }
    for noun, (words, allowed) in known.items():
        for word in words or ():
            if word not in allowed:
                article = "an" if noun == "edition" else "a"
                problems.add(
                    f"--{noun}: {quoted(word)} is not {article} {noun} of this project.",
                    did_you_mean(word, allowed),
                )
    problems.raise_if_any()
    selection = Selection(
        regions=frozenset(slugs),
        languages=frozenset(languages or ()),
        pieces=frozenset(pieces or ()),
        editions=frozenset(editions or ()),
    )
    if not any(selection.takes(order) for order in project.orders):
        raise UserError(
            Problem(
                what="No order asks for that.",
                fix="Look into regions/orders.csv, or ask for less at once.",
            )
        )
    return selection


def _released(wanted: Any, allowed: Any) -> Any:
    """Return what is both wanted and signed off."""
    from dataclasses import replace

    languages = wanted.languages & allowed.languages if wanted.languages else allowed.languages
    if not languages:
        raise UserError(
            Problem(
                what="No language that was asked for is signed off.",
                fix="Record a native reader's approval in po/signoffs.toml.",
            )
        )
    return replace(wanted, languages=languages)


def _check_words(project: Any, languages: frozenset[str], found: int, fails: int) -> str:
    count = len(languages or project.campaign.languages)
    what = f"{count} {'language' if count == 1 else 'languages'}, {len(project.pieces)} pieces"
    if not found:
        return f"{what}: nothing to say against them."
    return f"{what}: {found} findings, {fails} of them FAIL."


def _as_json(outcome: Any, root: Path) -> dict[str, Any]:
    out = outcome.out
    return {
        "out": str(out.relative_to(root)) if out.is_relative_to(root) else str(out),
        "sheets": len(outcome.made),
        "withheld": len(outcome.withheld),
        "regions": [batch.region.slug for batch in outcome.batches],
        "findings": [found.as_dict() for found in outcome.all_findings],
    }


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
