"""The commands about versions and orders past: each parses, calls, and lets report speak."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from printkit.errors import Problem, Problems, UserError, did_you_mean, quoted
from printkit.options import (
    Format,
    Formatted,
    Languages,
    Pieces,
    ProjectFolder,
    Regions,
    day_named,
    root_named,
)

if TYPE_CHECKING:
    from printkit.built import Built, Sheet
    from printkit.campaign import Campaign
    from printkit.ledger import Ledger
    from printkit.reorders import Prices

# Commands import what they need themselves, so that help and mistakes cost no time.

Edition = Annotated[
    str, typer.Option("--edition", "-e", help="Which edition copies are made of: press or copier.")
]


def status(
    codes: Annotated[
        list[str], typer.Argument(metavar="CODE...", help="Codes at sheets' feet, or addresses.")
    ],
    build: Annotated[
        list[Path] | None, typer.Option("--build", help="A build elsewhere. Repeatable.")
    ] = None,
    format: Formatted = Format.TEXT,
    project: ProjectFolder = None,
) -> None:
    """Tell whether sheets are current, superseded or unknown, by the codes at their feet."""
    from printkit import report
    from printkit.code_status import builds_in, codes_of, statuses
    from printkit.code_words import status_lines, statuses_json

    with report.told_as_json(format is Format.JSON):
        wanted = codes_of(codes)
        root = root_named(project)
        version = _campaign(root).version
        problems = Problems()
        builds = builds_in([root / "build", *(build or ())], problems=problems)
        ledger = _ledger(root)
        found = statuses(wanted, builds, ledger, version=version)
    if format is Format.JSON:
        report.print_json(statuses_json(found))
    else:
        report.lines(status_lines(found))
        report.lines(str(problem) for problem in (*problems, *ledger.problems))
    raise typer.Exit(int(not all(one.is_good for one in found)))


def diff(
    old: Annotated[Path, typer.Argument(help="The older build: its folder, or its manifest.")],
    new: Annotated[Path, typer.Argument(help="The newer one.")],
    edition: Edition = "press",
    shop: Annotated[
        str | None, typer.Option("--shop", help="Whose prices to tell; else those last paid.")
    ] = None,
    format: Formatted = Format.TEXT,
    project: ProjectFolder = None,
) -> None:
    """Tell what a new build makes of an old one's copies: re-order, hand out, or recycle."""
    from printkit import report
    from printkit.built import load_built
    from printkit.reorder_words import reorder_json, reorder_lines
    from printkit.reorders import grouped, rows_between

    with report.told_as_json(format is Format.JSON):
        _known_edition(edition)
        problems, builds = Problems(), []
        for place in (old, new):
            try:
                builds.append(load_built(place))
            except UserError as error:
                problems.take(error)
        problems.raise_if_any()
        prices, currency = _prices(shop, project)
        older, newer = builds
        groups = grouped(rows_between(older, newer, edition=edition), prices)
    if format is Format.JSON:
        report.print_json(reorder_json(older, newer, groups))
    else:
        report.lines(reorder_lines(older, newer, groups, currency=currency))


def record(
    build: Annotated[Path, typer.Argument(help="The build that was ordered from: its folder.")],
    shop: Annotated[str, typer.Option("--shop", help="Where it was ordered.")],
    on: Annotated[
        str | None, typer.Option("--on", help="The day; the campaign's as_of, if left out.")
    ] = None,
    edition: Edition = "press",
    region: Regions = None,
    language: Languages = None,
    piece: Pieces = None,
    again: Annotated[
        bool, typer.Option("--again", help="The same was ordered a second time.")
    ] = False,
    project: ProjectFolder = None,
) -> None:
    """Write down in the ledger that a build's sheets were ordered, in the copies of the orders."""
    from printkit import report
    from printkit.built import load_built
    from printkit.ledger import PLACE, append, ordered_sheet

    _known_edition(edition)
    if not (shop.strip() and shop.isprintable() and len(shop) <= 100):
        raise UserError(Problem(what=f"--shop: {quoted(shop)} is no name.", fix="Name the shop."))
    root = root_named(project)
    day = day_named(on, "--on") or _campaign(root).as_of
    asked = {"region": region or (), "language": language or (), "piece": piece or ()}
    sheets = _chosen(load_built(build), edition, asked)
    entries = [ordered_sheet(sheet, on=day, shop=shop.strip()) for sheet in sheets]
    append(root / PLACE, entries, again=again)
    copies = sum(entry.copies for entry in entries)
    since = "" if on else ", the campaign's as_of; --on names another day"
    many = "1 sheet" if len(entries) == 1 else f"{len(entries):,} sheets"
    told = f"{many}, {copies:,} copies, ordered at {shop.strip()} on {day}{since}."
    report.lines([told, f"They are in {PLACE}."])


def _chosen(
    built: "Built", edition: str, asked: dict[str, "list[str] | tuple[()]"]
) -> list["Sheet"]:
    """Return the sheets that were ordered; every name that no sheet has is a problem."""
    problems = Problems()
    printed = [
        sheet for sheet in built.sheets if sheet.edition == edition and not sheet.is_withheld
    ]
    for option, names in asked.items():
        known = {getattr(sheet, option) for sheet in printed}
        for name in names:
            if name not in known:
                what = f"--{option}: the build has no sheet of {quoted(name)} to order."
                problems.add(what, did_you_mean(name, sorted(known)))
    problems.raise_if_any()
    sheets = [
        sheet
        for sheet in printed
        if all(not names or getattr(sheet, option) in names for option, names in asked.items())
    ]
    if not sheets:
        what = f"Nothing of that was made in the {edition} edition."
        raise UserError(Problem(what=what, fix="Name other regions, languages or pieces."))
    return sheets


def _campaign(root: Path) -> "Campaign":
    from printkit.campaign import load_campaign

    problems = Problems()
    campaign = load_campaign(root, problems=problems)
    problems.raise_if_any()
    assert campaign is not None  # what can't be read is a problem
    return campaign


def _ledger(root: Path) -> "Ledger":
    from printkit.ledger import PLACE, load_ledger

    return load_ledger(root / PLACE)


def _prices(shop: str | None, project: Path | None) -> tuple["Prices", str]:
    """Return a shop's prices, or those last paid by the ledger, and their currency."""
    from printkit.lengths import Size
    from printkit.reorders import ledger_prices
    from printkit.shops import load_shop

    if shop is None:
        try:
            entries = _ledger(root_named(project)).entries
        except UserError:
            if project is not None:
                raise
            return ledger_prices(()), ""  # two builds can be compared outside of any project
        return ledger_prices(entries), next((one.currency for one in entries if one.price), "")
    table = load_shop(root_named(project), shop)

    def price(sheet: "Sheet", copies: int) -> Decimal | None:
        width, height = sheet.trim
        found = table.price_of(sheet.piece, Size(width_pt=width * 72, height_pt=height * 72))
        return found.of(copies) if found is not None else None

    return price, table.currency


def _known_edition(edition: str) -> None:
    from printkit.batches import PRINTED

    if edition not in PRINTED:
        what = f"--edition: copies are not made of {quoted(edition)}."
        raise UserError(Problem(what=what, fix=f"Use one of: {', '.join(PRINTED)}."))
