"""Work out from published counts how many copies of what each region orders."""

from printkit.planning.rates import Rates, covering, load_rates
from printkit.planning.rule import (
    MANY_LANGUAGES,
    ProposedOrder,
    divided,
    in_lots,
    needed_without_a_count,
    propose_orders,
    write_orders,
)

__all__ = [
    "MANY_LANGUAGES",
    "ProposedOrder",
    "Rates",
    "covering",
    "divided",
    "in_lots",
    "load_rates",
    "needed_without_a_count",
    "propose_orders",
    "write_orders",
]
