"""What a plan tells in words: what would change, what is short, and what to ask locally."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from printkit.budgets import COPIES, told
from printkit.languages import LANGUAGES
from printkit.planning import MANY_LANGUAGES, NONURBAN_BELOW, Key, Row
from printkit.project import Project
from printkit.proposing import Plan

SHOWN = 8
"""Rows of a list that a terminal gets; files hold them all."""
HEADS = ("language", "regions", "now", "planned", "change", "of the need")


def as_lines(plan: Plan, project: Project) -> list[str]:
    """Return the plan as lines for a terminal; what comes of it is said by the command."""
    return [
        *_opening(plan),
        "",
        *_table(plan, project),
        "The need is what the rule in campaign.toml gives where there is enough for all.",
        "",
        *_fairness(plan),
        *_shortfalls(plan, project),
        *_by_hand(plan),
        *_asked(plan),
        "",
    ]


def _opening(plan: Plan) -> Iterator[str]:
    shares, budget = plan.shares, plan.wish.budget
    planned = told(sum(row.copies for row in shares.rows), COPIES) + " planned"
    if plan.wish.shop or budget.unit != COPIES:
        planned += f", which come to {told(shares.spent, budget.unit)}{_with_shop(plan)}"
    left = told(budget.limit - shares.spent, budget.unit)
    yield f"A budget of {budget.words}: {planned}; {left} left."
    if not plan.wish.shop:
        yield "A shop's lots and spares would come on top: --shop NAME counts them in."
    if shares.next_step is None:
        yield (
            "All that is needed is met, so the rest is not given out. To reach more people, "
            "raise --coverage."
        )


def _with_shop(plan: Plan) -> str:
    return f" at {plan.wish.shop} with its lots and spares" if plan.wish.shop else ""


def _table(plan: Plan, project: Project) -> list[str]:
    """Return a line a language: what there is now, what is planned, and how much of the need."""
    rows = plan.shares.rows
    tags = [*project.campaign.languages, MANY_LANGUAGES]
    cells = [HEADS]
    for tag in tags:
        mine = [row for row in rows if row.key[1] == tag]
        now = _sum(plan.now, lambda key, tag=tag: key[1] == tag)
        if mine or now:
            name = "many at once" if tag == MANY_LANGUAGES else LANGUAGES[tag].english
            cells.append((f"{name} ({tag})", *_numbers(mine, now)))
    cells.append(("all", *_numbers(rows, sum(plan.now.values()))))
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(one, widths, strict=True))
        )
        for one in cells
    ]


def _sum(copies: Mapping[Key, int], wanted: Any) -> int:
    return sum(number for key, number in copies.items() if wanted(key))


def _numbers(rows: Collection[Row], now: int) -> tuple[str, str, str, str, str]:
    planned, claims = sum(row.copies for row in rows), sum(row.claim for row in rows)
    regions = len({row.key[0] for row in rows if row.copies})
    need = f"{100 * planned // claims} %" if claims else "-"
    return f"{regions}", f"{now:,}", f"{planned:,}", f"{planned - now:+,}", need


def _fairness(plan: Plan) -> Iterator[str]:
    """Yield the pieces, and how small counties fare beside large ones."""
    pieces: dict[str, int] = {}
    for row in plan.shares.rows:
        pieces[row.key[2]] = pieces.get(row.key[2], 0) + row.copies
    yield "Pieces: " + ", ".join(f"{slug} {number:,}" for slug, number in pieces.items()) + "."
    rates: list[str] = []
    counties = {place[0] for place in plan.readers if place[1] != "en"}
    for inside in (plan.nonurban & counties, counties - plan.nonurban):
        places = {
            row.key[:2] for row in plan.shares.rows if row.key[0] in inside and row.key[1] != "en"
        } & plan.readers.keys()
        people = sum(plan.readers[place] for place in places)
        copies = sum(row.copies for row in plan.shares.rows if row.key[:2] in places)
        if people:
            rates.append(f"{1000 * copies / people:.1f}")
    if len(rates) < 2:
        return
    yield (
        "For 1,000 people who speak English less than very well, all pieces together: "
        f"{rates[0]} copies in nonurban counties (under {NONURBAN_BELOW:,} people), "
        f"{rates[1]} in the others."
    )


def _shortfalls(plan: Plan, project: Project) -> Iterator[str]:
    """Yield which floor and which fixed number the budget does not reach, and what came next."""
    shares = plan.shares
    if plan.floor and shares.short:
        names = [f"{region} {tag}" for region, tag in shares.short]
        yield (
            f"The floor of {plan.floor} copies is not reached for {_few(names)}. "
            "Raise the budget, or lower --floor."
        )
    elif plan.floor:
        yield f"The floor is kept: {plan.floor} copies of each language that a region needs."
    fixed: dict[str, tuple[int, int]] = {}
    for row in shares.rows:
        if row.key[2] in plan.fixed and not row.kept:
            got, asked = fixed.get(row.key[2], (0, 0))
            fixed[row.key[2]] = got + row.copies, asked + row.claim
    lacking = [
        f"{slug} {got:,} of {asked:,}" for slug, (got, asked) in fixed.items() if got < asked
    ]
    if lacking:
        yield (
            f"The fixed numbers of campaign.toml are not reached: {', '.join(lacking)}. "
            "A piece that can wait is left out with --without PIECE."
        )
    if shares.next_step is not None:
        region, tag, piece = shares.next_step.key
        yield (
            f"Next in turn, for which it is too little: {shares.next_step.copies} {piece} "
            f"({tag}) for {project.regions[region].full_name}."
        )


def _few(names: Sequence[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _by_hand(plan: Plan) -> Iterator[str]:
    kept = plan.edits.kept
    if kept:
        taken = told(sum(order.copies for order in kept.values()), COPIES)
        spent = told(plan.shares.spent_on_kept, plan.wish.budget.unit)
        taken += f" ({spent})" if spent != taken else ""
        yield ""
        yield (
            f"Kept as written by hand, and taken from the budget first: {_rows(len(kept))}, "
            f"{taken}."
        )
        rows = [
            f"  line {order.line}: {' '.join(key)} {order.copies:,} ({_was(plan, key)})"
            for key, order in kept.items()
        ]
        yield from _cut(rows, "--format json tells them all.")
    if plan.edits.out:
        yield ""
        yield f"Taken out by hand, and left out: {_rows(len(plan.edits.out))}."
        rows = [f"  {' '.join(key)}" for key in sorted(plan.edits.out)]
        yield from _cut(rows, "--format json tells them all.")


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"


def _was(plan: Plan, key: Key) -> str:
    before = plan.before.get(key)
    return "added" if before is None else f"was {before:,}"


def _asked(plan: Plan) -> Iterator[str]:
    if not plan.questions:
        return
    yield ""
    yield (
        f"Ask locally, since no count answers it ({len(plan.questions):,} in all). "
        "None of this is a number in the plan."
    )
    rows = [f"  {one.region}: {one.words}" for one in plan.questions]
    yield from _cut(rows, "--questions FILE.csv writes them all.")


def _cut(rows: Sequence[str], rest: str) -> Iterable[str]:
    more = len(rows) - SHOWN
    return [*rows[:SHOWN], *([f"  and {more:,} more: {rest}"] if more > 0 else [])]


def as_json(plan: Plan) -> dict[str, Any]:
    """Return the plan for machines: every row with what it was, is and would need, and why."""
    shares, budget = plan.shares, plan.wish.budget
    return {
        "budget": {"limit": budget.limit, "unit": budget.unit, "words": budget.words},
        "shop": plan.wish.shop,
        "spent": shares.spent,
        "spent_on_hand_edits": shares.spent_on_kept,
        "copies": sum(row.copies for row in shares.rows),
        "floor": plan.floor,
        "floor_not_reached": [list(place) for place in shares.short],
        "rows": [_row(row, plan) for row in shares.rows],
        "taken_out_by_hand": [list(key) for key in sorted(plan.edits.out)],
        "ask_locally": [
            {
                "region": one.region,
                "languages": list(one.languages),
                "group": one.label,
                "people": one.people,
                "source": one.origin,
                "question": one.words,
            }
            for one in plan.questions
        ],
    }


def _row(row: Row, plan: Plan) -> dict[str, Any]:
    return {
        "region": row.key[0],
        "language": row.key[1],
        "piece": row.key[2],
        "now": plan.now.get(row.key, 0),
        "copies": row.copies,
        "need": row.claim,
        "by_hand": row.kept,
        "note": row.note,
    }
