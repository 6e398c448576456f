"""From a project and a budget to planned orders, and on request into the place of the old ones."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from printkit import placing
from printkit.budgets import Budget, purse_for, told
from printkit.errors import Problem, Problems, UserError, did_you_mean, listed, quoted
from printkit.planning import (
    Edits,
    Key,
    ProposedOrder,
    Question,
    Rates,
    Shares,
    Terms,
    covering,
    hand_edits,
    load_rates,
    nonurban,
    propose_orders,
    questions_for,
    readers_for,
    share_out,
    weights_for,
)
from printkit.project import Project
from printkit.regions import (
    MOST_COPIES,
    SpeakerRow,
    load_orders,
    load_speakers,
)
from printkit.shops import load_shop

LAST_PLAN = "last-plan.csv"
"""What the last plan gave, beside orders.csv: what differs from it was changed by hand."""
COLUMNS = ("region", "language", "piece", "copies", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A plan, as it is asked for."""

    budget: Budget
    shop: str | None = None
    coverage: Fraction | None = None
    """The share of people that gets one flyer; as in campaign.toml where nothing is said."""
    floor: int | None = None
    """Copies of each language of a region; one lot where nothing is said."""
    favor: tuple[str, ...] = ()
    """"nonurban" or a region, each with "=" and a weight behind it or not."""
    without: tuple[str, ...] = ()
    """Pieces of which none is ordered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Planned orders, beside those that are there."""

    wish: Wish
    floor: int
    lot: int
    shares: Shares
    edits: Edits
    now: Mapping[Key, int]
    """The copies that orders.csv holds."""
    before: Mapping[Key, int]
    """What the last plan gave, or else the rule."""
    readers: Mapping[tuple[str, str], int]
    """By region and language, for how many people its sheets are; none where none are counted."""
    questions: tuple[Question, ...]
    fixed: frozenset[str]
    """Pieces whose numbers do not follow the people."""
    nonurban: frozenset[str]


def plan_for(project: Project, wish: Wish) -> Plan:
    """Return the plan, or raise UserError: nothing of it is on disk yet."""
    rates = load_rates(project.campaign.planning)
    speakers = _speakers(project)
    weights = weights_for(project.regions, wish.favor)
    _refuse_pieces(project, wish.without)
    rule = _rule(project, speakers, rates, wish)
    last = _last_plan(project)
    shipped = _rule(project, speakers, rates, Wish(budget=wish.budget))
    before = last if last is not None else _copies(shipped)
    edits = hand_edits(project.orders, before, planned=last is not None)
    used = _used(rule, edits)
    shop = load_shop(project.root, wish.shop, pieces=project.pieces) if wish.shop else None
    purse = purse_for(wish.budget, shop, project.pieces, used)
    floor = rates.lot if wish.floor is None else wish.floor
    shares = share_out(rule, edits, purse, Terms(floor=floor, weights=weights), rates)
    _refuse_hand_edits(shares, edits, wish.budget)
    return Plan(
        wish=wish,
        floor=floor,
        lot=rates.lot,
        shares=shares,
        edits=edits,
        now={(one.region, one.language, one.piece): one.copies for one in project.orders},
        before=before,
        readers=readers_for(project.regions, speakers, rates),
        questions=questions_for(
            project.regions, speakers, rates, languages=project.campaign.languages
        ),
        fixed=frozenset({*rates.fixed, *rates.fixed_desk, *rates.each_region} - {*rates.copies}),
        nonurban=nonurban(project.regions),
    )


def _used(rule: Sequence[ProposedOrder], edits: Edits) -> set[str]:
    used = {order.piece for order in rule} | {key[2] for key in edits.kept}
    if not used:
        raise UserError(
            Problem(
                what="No piece that [planning] gives copies of is in this project.",
                fix="Name your pieces in campaign.toml: [planning.copies] card = 2.",
            )
        )
    return used


def _refuse_hand_edits(shares: Shares, edits: Edits, budget: Budget) -> None:
    if shares.spent_on_kept <= budget.limit:
        return
    lines = listed((str(order.line) for order in edits.kept.values()), 8)
    raise UserError(
        Problem(
            what=(
                "The rows that were changed by hand take "
                f"{told(shares.spent_on_kept, budget.unit)}, and the budget is {budget.words}."
            ),
            fix=f"Raise the budget, or lower them: line {lines}.",
            file="regions/orders.csv",
        )
    )


def put_in_place(plan: Plan, project: Project) -> None:
    """Write the plan over orders.csv, and beside it what later hand edits are known by.

    Both are written beside their places and renamed together, or neither is.
    """
    folder = project.root / "regions"
    with placing.beside(folder / "orders.csv") as staging:
        new = [staging / "orders.csv", staging / LAST_PLAN]
        new[0].write_bytes(orders_bytes(plan, project))
        new[1].write_bytes(_last_bytes(plan, project))
        placing.swap_in([(path, folder / path.name) for path in new], aside=staging)


def orders_bytes(plan: Plan, project: Project) -> bytes:
    """Return the planned orders as a table for spreadsheets, without rows of no copies."""
    rows = [
        (*row.key, row.copies, row.note)
        for row in sorted(plan.shares.rows, key=lambda row: _place(row.key, project))
        if row.copies
    ]
    return _table(COLUMNS, rows)


def questions_bytes(plan: Plan) -> bytes:
    """Return what to ask locally as a table that spreadsheets open."""
    rows = [
        (one.region, ";".join(one.languages), one.label, one.people, one.origin, one.words)
        for one in plan.questions
    ]
    return _table(("region", "languages", "group", "people", "source", "question"), rows)


def _last_bytes(plan: Plan, project: Project) -> bytes:
    """Return what the plan gave; of rows changed by hand, what they were before that."""
    copies = {row.key: row.copies for row in plan.shares.rows if row.copies and not row.kept}
    own = {*plan.edits.kept, *plan.edits.out}
    copies.update((key, number) for key, number in plan.before.items() if key in own)
    rows = [
        (*key, number)
        for key, number in sorted(copies.items(), key=lambda c: _place(c[0], project))
    ]
    return _table(COLUMNS[:4], rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(head)
    table.writerows(rows)
    return text.getvalue().encode()


def _place(key: Key, project: Project) -> tuple[int, int, int]:
    """Return where a row stands: by region, language and piece, each in its own file's order."""
    region, language, piece = key
    regions, pieces = list(project.regions), list(project.pieces)
    tags = [*project.campaign.languages, language]
    return regions.index(region), tags.index(language), pieces.index(piece)


def _copies(orders: Iterable[ProposedOrder]) -> dict[Key, int]:
    return {(order.region, order.language, order.piece): order.copies for order in orders}


def _rule(
    project: Project, speakers: Sequence[SpeakerRow], rates: Rates, wish: Wish
) -> tuple[ProposedOrder, ...]:
    """Return what the rule gives where there is enough for all, of pieces that there are."""
    if wish.coverage is not None:
        rates = covering(rates, wish.coverage)
    orders = propose_orders(project.regions, speakers, rates, languages=project.campaign.languages)
    found = [
        order
        for order in orders
        if order.piece in project.pieces and order.piece not in wish.without
    ]
    if any(order.copies > MOST_COPIES for order in found):
        raise UserError(
            Problem(
                what=f"--coverage: some row would need more than {MOST_COPIES:,} copies.",
                fix="Write a smaller share, such as 0.1.",
            )
        )
    return tuple(found)


def _speakers(project: Project) -> tuple[SpeakerRow, ...]:
    problems = Problems()
    folder = project.root / "regions"
    names = [name for name in ("state_speakers.csv",) if (folder / name).exists()]
    rows = [
        row
        for name in ("speakers.csv", *names)
        for row in load_speakers(
            folder / name, root=project.root, problems=problems, regions=project.regions
        )
    ]
    problems.raise_if_any()
    return tuple(rows)


def _last_plan(project: Project) -> dict[Key, int] | None:
    path = project.root / "regions" / LAST_PLAN
    if not path.exists():
        return None
    problems = Problems()
    orders = load_orders(
        path,
        root=project.root,
        problems=problems,
        regions=project.regions,
        languages=(*project.campaign.languages, "mul"),
        pieces=project.pieces,
    )
    problems.raise_if_any()
    return {(order.region, order.language, order.piece): order.copies for order in orders}


def _refuse_pieces(project: Project, without: Iterable[str]) -> None:
    problems = Problems()
    for word in without:
        if word not in project.pieces:
            what = f"--without: there is no piece {quoted(word)}."
            problems.add(what, did_you_mean(word, project.pieces))
    problems.raise_if_any()
