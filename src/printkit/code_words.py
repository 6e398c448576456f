"""How codes stand, told: in a few plain lines each, or for machines."""

from collections.abc import Iterator, Sequence
from typing import Any

from printkit.code_status import Known, Status
from printkit.ledger import Entry

MOST_ORDERS = 6
"""Of one code, in lines; the ledger holds them all."""


def status_lines(statuses: Sequence[Status]) -> list[str]:
    """Return what to do with each sheet, and why, as lines for a terminal."""
    return [line for status in statuses for line in _lines(status)]


def _lines(status: Status) -> Iterator[str]:
    yield f"{status.code}: {_state(status)}"
    for sheet in status.sheets:
        yield f"  {sheet.words}, version {sheet.version}."
    if status.state == "unknown":
        yield from _nearest(status.nearest)
    else:
        yield f"  {_advice(status)}"
    if status.unsure:
        yield f"  {status.unsure}"
    for entry in status.orders[:MOST_ORDERS]:
        yield f"  {_order(entry)}"
    if len(status.orders) > MOST_ORDERS:
        more = status.orders[MOST_ORDERS:]
        yield f"  Ordered {len(more):,} more times: {sum(one.copies for one in more):,} copies."


def _state(status: Status) -> str:
    if status.state == "unknown":
        return "unknown. No build here and no order holds it."
    if status.state == "current":
        return "current."
    if status.successor is None:
        return "superseded. " + (
            "" if status.unsure else "Nothing has taken its place: it is not made any more."
        )
    told = f"superseded by {status.successor}, version {status.version}."
    return f"{told} Changed: {status.change.words}." if status.change else told


def _advice(status: Status) -> str:
    if any(sheet.draft for sheet in status.sheets):
        return "It is marked DRAFT: do not hand it out."
    if status.is_good:
        return (
            "It can be handed out." if status.state == "current" else "It can still be handed out."
        )
    return "Do not hand it out; recycle it."


def _nearest(known: Sequence[Known]) -> Iterator[str]:
    for sheet in known:
        yield f"  Did you mean {sheet.code}? {sheet.words}, version {sheet.version}."
    if not known:
        yield "  Look at it again, or name the folder of its build with --build."


def _order(entry: Entry) -> str:
    verb = "Ordered" if entry.copies >= 0 else "Taken back"
    where = f"{entry.region}, at {entry.shop} on {entry.on.isoformat()}"
    return f"{verb}: {abs(entry.copies):,} copies for {where}."


def statuses_json(statuses: Sequence[Status]) -> list[dict[str, Any]]:
    """Return how codes stand, for machines."""
    return [
        {
            "code": status.code,
            "state": status.state,
            "hand_out": status.is_good,
            "sheets": [_known(sheet) for sheet in status.sheets],
            "successor": status.successor,
            "version": status.version or None,
            "changed": list(status.change.what) if status.change else [],
            "unsure": status.unsure or None,
            "orders": [
                {
                    "on": entry.on.isoformat(),
                    "shop": entry.shop,
                    "region": entry.region,
                    "copies": entry.copies,
                }
                for entry in status.orders
            ],
            "nearest": [sheet.code for sheet in status.nearest],
        }
        for status in statuses
    ]


def _known(sheet: Known) -> dict[str, Any]:
    return {
        "piece": sheet.piece,
        "language": sheet.language,
        "edition": sheet.edition,
        "version": sheet.version,
        "regions": list(sheet.regions),
        "draft": sheet.draft,
    }
