"""An order to a print shop: one folder and one ZIP with everything that the shop needs."""

from printkit.ordering.bundle import Ordered, write_order
from printkit.ordering.edited import check_edited
from printkit.ordering.lines import Line, Missing, Share, ShopOrder, counted
from printkit.ordering.noting import note_order
from printkit.ordering.taking import order_for

__all__ = [
    "Line",
    "Missing",
    "Ordered",
    "Share",
    "ShopOrder",
    "check_edited",
    "counted",
    "note_order",
    "order_for",
    "write_order",
]
