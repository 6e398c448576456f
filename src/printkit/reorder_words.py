"""What to re-order and what to hand out, told to people without time, or for machines."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from printkit.built import Built
from printkit.code_status import language_words
from printkit.errors import listed
from printkit.reorders import Group, Kind

HEADS: dict[Kind, str] = {
    "anew": "Order anew, and recycle the old ones",
    "more": "Order more; the old ones are still good",
    "first": "Order for the first time",
    "keep": "Nothing to do: hand out what there is",
    "gone": "No longer ordered by these regions",
    "withheld": "Could not be made: see FAIL in the newer build, and decide then",
}
"""What each kind of row means, in the order in which it is told."""
MOST_REGIONS = 4


def reorder_lines(
    old: Built, new: Built, groups: Sequence[Group], *, currency: str = ""
) -> list[str]:
    """Return what to do as lines for a terminal; money where a price is known."""
    lines = [f"From version {old.version} to version {new.version}.", *_totals(groups, currency)]
    for kind, head in HEADS.items():
        chosen = [group for group in groups if group.kind == kind]
        if chosen:
            lines += ["", f"{head}:"]
            lines += [f"  {_group(group, currency)}" for group in chosen]
    drafts = sum(row.sheet.draft for group in groups for row in group.rows)
    if drafts:
        lines += ["", f"{drafts:,} of these sheets are marked DRAFT: do not hand them out."]
    return lines


def _totals(groups: Sequence[Group], currency: str) -> Iterator[str]:
    order = sum(group.order for group in groups)
    keep = sum(group.keep for group in groups)
    recycle = sum(group.recycle for group in groups if group.kind == "anew")
    yield (
        f"Order {order:,} copies{_money(groups, currency)}. "
        f"{keep:,} old ones can still be handed out, {recycle:,} are out of date."
    )
    if order:
        yield "Copies are as ordered by regions, without the shop's lots and spares."


def _money(groups: Sequence[Group], currency: str) -> str:
    told = [group.price for group in groups if group.order]
    known = [price for price in told if price is not None]
    if not known:
        return " (no prices known)" if told else ""
    cost = _amount(sum(known, Decimal(0)), currency)
    return f", about {cost}" if len(known) == len(told) else f", {cost} where prices are known"


def _amount(price: Decimal, currency: str) -> str:
    amount = f"{price:,.2f}"
    return f"${amount}" if currency in ("", "USD") else f"{amount} {currency}"


def _group(group: Group, currency: str) -> str:
    """Return a group's line: what it is, how many, for whom, and why."""
    copies = {"gone": group.recycle, "keep": group.keep}.get(group.kind, group.order)
    many = f"{copies:,} copies" if group.kind != "withheld" else "none"
    if group.kind == "more":
        many = f"{copies:,} copies beside {group.keep:,} old ones"
    if group.order and group.price is not None:
        many += f", about {_amount(group.price, currency)}"
    regions = list(dict.fromkeys(row.sheet.region for row in group.rows))
    where = listed(regions, MOST_REGIONS)
    told = f"{group.piece}, {language_words(group.language)}: {many}, for {where}."
    if group.change is not None:
        told += f" Changed: {group.change.words}."
    return told


def reorder_json(old: Built, new: Built, groups: Sequence[Group]) -> dict[str, Any]:
    """Return what to do for machines: every group with its rows, codes old and new."""
    return {
        "old": old.version,
        "new": new.version,
        "order": sum(group.order for group in groups),
        "keep": sum(group.keep for group in groups),
        "recycle": sum(group.recycle for group in groups),
        "groups": [_group_json(group) for group in groups],
    }


def _group_json(group: Group) -> dict[str, Any]:
    return {
        "do": group.kind,
        "piece": group.piece,
        "language": group.language,
        "changed": list(group.change.what) if group.change else [],
        "order": group.order,
        "keep": group.keep,
        "recycle": group.recycle,
        "price": str(group.price) if group.price is not None else None,
        "sheets": [
            {
                "region": row.sheet.region,
                "edition": row.sheet.edition,
                "old": row.old.digest if row.old else None,
                "new": row.new.digest or None if row.new else None,
                "order": row.order,
                "keep": row.keep,
                "recycle": row.recycle,
                "draft": row.sheet.draft,
            }
            for row in group.rows
        ],
    }
