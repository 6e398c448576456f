"""Tell rows of the orders that somebody changed by hand from those that a rule or a plan made."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from printkit.planning.sharing import Key
from printkit.regions import Order

MARK = "planned"
"""How the note of a planned row begins; its number follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """What is an organizer's own in the orders."""

    kept: Mapping[Key, Order]
    """Rows that were added or changed."""
    out: frozenset[Key]
    """Rows that were taken out."""


def hand_edits(orders: Iterable[Order], before: Mapping[Key, int], *, planned: bool) -> Edits:
    """Return what differs from `before`: the last plan where `planned`, else the shipped rule.

    A row whose note says that just so many copies were planned is the plan's, too: the plan was
    copied here by hand. Rows that are missing were taken out, but only where the orders came
    from `before`: a table that has less than half of the rule's rows is somebody's own.
    """
    now = {(order.region, order.language, order.piece): order for order in orders}
    kept = {
        key: order
        for key, order in now.items()
        if order.copies != before.get(key) and not _as_planned(order)
    }
    whole = planned or 2 * len(now.keys() & before.keys()) > len(before)
    return Edits(kept=kept, out=frozenset(before.keys() - now.keys()) if whole else frozenset())


def _as_planned(order: Order) -> bool:
    found = re.match(rf"{MARK} ([0-9]{{1,9}})( of [0-9]{{1,9}})?:", order.note)
    return found is not None and int(found[1]) == order.copies
