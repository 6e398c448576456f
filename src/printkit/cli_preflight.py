"""The command that judges any PDF: it parses, asks, and lets report speak."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from printkit.errors import Problem, Problems, UserError, quoted
from printkit.options import Format, Formatted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from printkit.preflight.apart import Answer, Order
    from printkit.preflight.limits import Expected

# Commands import what they need themselves, so that help and mistakes cost no time.


class Kind(StrEnum):
    """What a file is for."""

    PRESS = "press"
    COPIER = "copier"
    SCREEN = "screen"
    GWG_SHEETCMYK = "gwg-sheetcmyk"


Files = Annotated[list[Path], typer.Argument(help="PDFs, from any program.", metavar="FILE…")]
Profiled = Annotated[
    Kind | None, typer.Option("--profile", help="What the file is for; else it is guessed.")
]


def preflight(
    files: Files,
    profile: Profiled = None,
    standard: Annotated[
        str | None, typer.Option(help="The standard ordered: pdf/x-4 or pdf/x-1a.")
    ] = None,
    trim: Annotated[str | None, typer.Option(help="The size ordered: 8.5x11in.")] = None,
    bleed: Annotated[str | None, typer.Option(help="The bleed ordered: 0.125in.")] = None,
    fold: Annotated[
        list[str] | None,
        typer.Option(help="A fold, from the left edge of page 1: 3.6875in. Repeatable."),
    ] = None,
    stitched: Annotated[
        bool, typer.Option("--stitched", help="The pages become a stitched booklet.")
    ] = False,
    url: Annotated[
        list[str] | None, typer.Option(help="An address that a code must lead to. Repeatable.")
    ] = None,
    limits: Annotated[Path | None, typer.Option(help="A shop's own limits, as TOML.")] = None,
    format: Formatted = Format.TEXT,
    annotate: Annotated[
        Path | None, typer.Option(help="Draw the findings on the pages, and write them here.")
    ] = None,
) -> None:
    """Judge any PDF: would a print shop, an office machine or a screen reader take it?"""
    from printkit import ordered, report
    from printkit.findings import fails

    with report.told_as_json(format is Format.JSON):
        problems = Problems()
        expected = ordered.expected_from(
            trim=trim,
            bleed=bleed,
            folds=fold or (),
            urls=url or (),
            standard=standard,
            stitched=stitched,
            problems=problems,
        )
        _refuse(files, annotate, problems)
        problems.raise_if_any()
        orders = _orders(files, profile, expected, limits, annotate is not None)
    found = False
    for answer in _told(orders, format):
        found = found or fails(answer.verdict.findings)
        if annotate is not None:
            _write(annotate, answer, format)
    raise typer.Exit(int(found))


def _refuse(files: list[Path], annotate: Path | None, problems: Problems) -> None:
    """Add a problem for each file that isn't one; bad bytes in a file are for the judge."""
    for file in files:
        if not file.exists():
            problems.add(f"{quoted(file)} is not there.", "Name a PDF that is.")
        elif not file.is_file():
            problems.add(f"{quoted(file)} is not a plain file.", "Name a PDF.")
    if annotate is not None:
        if len(files) != 1:
            problems.add("--annotate draws on one file's pages.", "Name one file.")
        elif annotate.absolute() == files[0].absolute():
            problems.add("--annotate would replace the file itself.", "Name another.")


def _orders(
    files: list[Path],
    profile: Kind | None,
    expected: "Expected",
    limits: Path | None,
    annotate: bool,
) -> "list[Order]":
    from printkit.ordered import told_beside
    from printkit.preflight.apart import Order
    from printkit.preflight.limits import PROFILES, Limits, load_limits

    orders = []
    for file in files:
        edition, told = told_beside(file, expected)
        name = profile.value if profile is not None else edition if edition in PROFILES else None
        start = PROFILES[name].limits if name else Limits()
        because = "It was asked for." if profile else "The manifest beside it says so."
        orders.append(
            Order(
                path=file.resolve(),
                file=str(file),
                profile=name,
                because=because,
                limits=load_limits(limits, start) if limits is not None else None,
                expected=told,
                annotate=annotate,
            )
        )
    return orders


def _told(orders: "list[Order]", format: Format) -> "Iterator[Answer]":
    """Yield each answer once it is told; JSON is told of all of them together."""
    from printkit import report
    from printkit.preflight.apart import judge_apart
    from printkit.preflight.telling import total, verdict_lines

    verdicts = []
    for answer in judge_apart(orders):
        verdicts.append(answer.verdict)
        if format is Format.TEXT:
            report.styled(verdict_lines(answer.verdict))
        yield answer
    if format is Format.JSON:
        report.print_json({"files": [verdict.as_dict() for verdict in verdicts]})
    elif len(verdicts) > 1:
        report.lines([total(verdicts)])


def _write(place: Path, answer: "Answer", format: Format) -> None:
    from printkit import report
    from printkit.placing import write_whole

    if answer.annotated is None:
        what = f"{answer.verdict.file}: its pages cannot be drawn on."
        raise UserError(Problem(what=what, fix="See the findings above."))
    place.absolute().parent.mkdir(parents=True, exist_ok=True)
    write_whole(place, answer.annotated)
    if format is Format.TEXT:
        report.files([place.absolute()], root=Path.cwd())
