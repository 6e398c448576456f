"""The command that plans orders by a budget: it parses, calls, and lets report speak."""

import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from printkit.errors import Problem, UserError, quoted
from printkit.options import Format, Formatted, ProjectFolder, loaded_project

if TYPE_CHECKING:
    from printkit.project import Project
    from printkit.proposing import Plan

# Commands import what they need themselves, so that help and mistakes cost no time.


def plan(
    budget: Annotated[
        str, typer.Option("--budget", help='What there is: 40000, "8,000 sheets", "2,000 dollars".')
    ],
    shop: Annotated[
        str | None, typer.Option("--shop", help="Count in a shop's lots, spares and prices.")
    ] = None,
    coverage: Annotated[
        str | None,
        typer.Option("--coverage", help="What share of the people gets a flyer, such as 0.1."),
    ] = None,
    floor: Annotated[
        int | None,
        typer.Option(
            "--floor", min=0, max=100_000, help="What each language of a region gets first."
        ),
    ] = None,
    favor: Annotated[
        list[str] | None,
        typer.Option("--favor", help="Whose turn is sooner: nonurban or a region; =3: how much."),
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", help="A piece to order none of. Repeatable.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the planned orders to this file.")
    ] = None,
    questions: Annotated[
        Path | None, typer.Option("--questions", help="Write what to ask locally to this file.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Draw the plan as maps: an SVG file.")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Put the plan in place of regions/orders.csv.")
    ] = False,
    format: Formatted = Format.TEXT,
    project: ProjectFolder = None,
) -> None:
    """Plan how many copies each region orders of what, within a budget; a preview at first."""
    from printkit import report
    from printkit.budgets import budget_of
    from printkit.plan_words import as_json, as_lines
    from printkit.proposing import Wish, plan_for

    with report.told_as_json(format is Format.JSON):
        wish = Wish(
            budget=budget_of(budget),
            shop=shop,
            coverage=_share(coverage),
            floor=floor,
            favor=tuple(favor or ()),
            without=tuple(without or ()),
        )
        loaded = loaded_project(project, None)
        planned = plan_for(loaded, wish)
        written = _written(planned, loaded, out=out, questions=questions, picture=picture)
        if write:
            _put(planned, loaded)
    if format is Format.JSON:
        report.print_json(as_json(planned))
        return
    report.lines([*as_lines(planned, loaded), *written, _closing(written=write)])


def _closing(*, written: bool) -> str:
    if written:
        return "regions/orders.csv holds the plan now. Next: printkit check."
    return "Nothing is changed yet. --write puts the plan in place of regions/orders.csv."


def _share(text: str | None) -> Fraction | None:
    """Return the share of people that --coverage asks for: 0.1, or 10%."""
    if text is None:
        return None
    found = re.fullmatch(r"([0-9]{1,3}(\.[0-9]{1,6})?|\.[0-9]{1,6})( ?%)?", text.strip())
    share = Fraction(found[1]) / (100 if found[3] else 1) if found else Fraction(0)
    if not Fraction(1, 100_000) <= share <= 1:
        raise UserError(
            Problem(
                what=f"--coverage: {quoted(text)} is no share of people.",
                fix="Write a number above 0 and up to 1: 0.1 is one person in ten.",
            )
        )
    return share


def _written(
    planned: "Plan",
    project: "Project",
    *,
    out: Path | None,
    questions: Path | None,
    picture: Path | None,
) -> list[str]:
    """Write what was asked for beside the orders, and return a line for each."""
    from printkit import plan_picture, proposing
    from printkit.tiles import load_tiles

    files: list[tuple[str, Path, bytes]] = []
    if out is not None:
        files.append(("--out", out, proposing.orders_bytes(planned, project)))
    if questions is not None:
        files.append(("--questions", questions, proposing.questions_bytes(planned)))
    if picture is not None:
        drawn = plan_picture.picture(planned, project, load_tiles(project))
        files.append(("--picture", picture, drawn.encode()))
    for option, path, _ in files:
        _refuse(option, path, project)
    for option, path, data in files:
        _write(option, path, data)
    return [f"Written: {quoted(path, 200)}" for _, path, _ in files]


def _refuse(option: str, path: Path, project: "Project") -> None:
    """Refuse a file that cannot be, or that is the project's own."""
    if not path.parent.is_dir():
        raise UserError(
            Problem(
                what=f"{option}: there is no folder {quoted(path.parent)}.",
                fix="Make it first, or name a file in another folder.",
            )
        )
    sources = {(project.root / "regions").resolve(), project.root.resolve()}
    if path.resolve().parent in sources and path.exists():
        raise UserError(
            Problem(
                what=f"{option}: {quoted(path)} is the project's own file.",
                fix="Name another file; --write puts a plan in place of the orders.",
            )
        )


def _write(option: str, path: Path, data: bytes) -> None:
    from printkit.placing import write_whole

    try:
        write_whole(path, data)
    except OSError as error:
        raise _told(option, path, error) from None


def _put(planned: "Plan", project: "Project") -> None:
    from printkit.proposing import put_in_place

    try:
        put_in_place(planned, project)
    except OSError as error:
        raise _told("--write", project.root / "regions" / "orders.csv", error) from None


def _told(option: str, path: Path, error: OSError) -> UserError:
    return UserError(
        Problem(
            what=f"{option}: {quoted(path)} can't be written: {error.strerror}.",
            fix="Name a file in a folder that is there and that you may write to.",
        )
    )
