"""The command that orders from a print shop: it parses, calls, and lets report speak."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from printkit.errors import Problem, UserError, quoted
from printkit.options import (
    Jobs,
    Languages,
    Pieces,
    ProjectFolder,
    Regions,
    day_named,
    folder_named,
    loaded_project,
)

if TYPE_CHECKING:
    from datetime import date

    from printkit.ordering import Ordered, ShopOrder
    from printkit.project import Project
    from printkit.shops import Shop

# Commands import what they need themselves, so that help and mistakes cost no time.


def order(
    shop: Annotated[str, typer.Option("--shop", help="A shop by its file's name in shops/.")],
    region: Regions = None,
    language: Languages = None,
    piece: Pieces = None,
    proof_run: Annotated[
        bool,
        typer.Option("--proof-run", help="At most 25 copies of each, marked DRAFT, to look at."),
    ] = False,
    build: Annotated[
        Path | None,
        typer.Option("--build", help="The build to order, if it is not build/VERSION."),
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option("--check", help="An edited order.csv: tell if it adds up; order nothing."),
    ] = None,
    ordered: Annotated[
        str | None,
        typer.Option("--ordered", help="The day it is sent, such as 2026-11-23: into the ledger."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="With --ordered: the same once more, on purpose.")
    ] = False,
    jobs: Jobs = 0,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Where its folder and its ZIP go; build/orders if not."),
    ] = None,
    project: ProjectFolder = None,
) -> None:
    """Make an order to a print shop: its files, the order, a proof book, sums, all in one ZIP."""
    from printkit import report, selecting
    from printkit.built import load_built
    from printkit.ordering import order_for
    from printkit.shops import load_shop

    loaded = loaded_project(project, None)
    asked = load_shop(loaded.root, shop, pieces=loaded.pieces)
    if check is not None:
        _check(check, loaded, asked)
        return
    day = day_named(ordered, "--ordered")
    if proof_run and day is not None:
        what = "--ordered: a proof run is not counted among the orders."
        raise UserError(Problem(what=what, fix="Leave --ordered or --proof-run out."))
    selection = selecting.selection_for(
        loaded, regions=region or (), languages=language or (), pieces=piece or ()
    )
    built = load_built(build or loaded.root / "build" / loaded.campaign.version)
    wanted = order_for(loaded, built, asked, selection, is_proof=proof_run)
    done = _written(wanted, loaded, out, jobs)
    if day is not None:
        _note(done, loaded, day, again=again)
    report.lines(_told(done, loaded))
    raise typer.Exit(int(bool(wanted.missing)))


def _written(order: "ShopOrder", project: "Project", out: Path | None, jobs: int) -> "Ordered":
    """Write an order, and show how far it is."""
    from printkit import report
    from printkit.executors import default_workers
    from printkit.ordering import write_order

    with report.progress_bars(quiet=False) as progress:
        return write_order(
            order,
            project,
            out=folder_named(out) or project.root / "build" / "orders",
            workers=jobs or default_workers(),
            progress=progress,
        )


def _check(path: Path, project: "Project", shop: "Shop") -> None:
    """Tell whether an edited order.csv adds up."""
    from printkit import report
    from printkit.ordering import check_edited, counted

    if not path.is_file():
        what = f"--check: there is no file {quoted(path, 200)}."
        raise UserError(Problem(what=what, fix="Name the order.csv that was given back."))
    found = check_edited(path, project, shop)
    price = f"{found.price:,} {shop.currency}" if found.unpriced < found.files else ""
    missing = f"price missing for {found.unpriced:,}" if found.unpriced else ""
    files, copies = counted(found.files, "file"), counted(found.copies, "copy")
    told = "; ".join(words for words in (f"{files}, {copies}", price, missing) if words)
    report.lines([f"It adds up: {told}."])


def _note(done: "Ordered", project: "Project", day: "date", *, again: bool) -> None:
    """Write the order into the project's ledger."""
    from printkit.ledger import PLACE
    from printkit.ordering import note_order

    note_order(done.order, project.root / PLACE, on=day, again=again)


def _told(done: "Ordered", project: "Project") -> list[str]:
    """Return what an order came to, in a few lines."""
    from printkit.ordering import counted

    order = done.order
    draft = "DRAFT proof run: " if order.is_proof else ""
    lines = [
        f"{draft}{counted(len(order.lines), 'file')}, {counted(order.copies, 'copy')} for "
        f"{counted(len(order.places), 'place')}: {order.need:,} needed, "
        f"{order.copies - order.need:,} spares. Price: {order.price_words}.",
        *(f"Not in this order: {missing.words}" for missing in order.missing),
    ]
    if order.unpriced:
        lines.append(f"To have prices told, write [[prices]] into {order.shop.file}.")
    root = project.root
    places = [
        str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
        for path in (done.folder, done.zip)
    ]
    return [*lines, f"It is in {places[0]}; all of it in one file: {places[1]}"]
