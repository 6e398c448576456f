"""Work out from published counts how many copies of what each region orders."""

from printkit.planning.edits import Edits, hand_edits
from printkit.planning.favor import NONURBAN_BELOW, nonurban, weights_for
from printkit.planning.plan import Purse, Row, Shares, Terms, share_out
from printkit.planning.questions import Question, questions_for
from printkit.planning.rates import Rates, covering, load_rates
from printkit.planning.rule import (
    MANY_LANGUAGES,
    ProposedOrder,
    divided,
    in_lots,
    needed_without_a_count,
    propose_orders,
    readers_for,
    write_orders,
)
from printkit.planning.sharing import FIXED, FLOOR, SHARE, Claim, Key, Step, steps

__all__ = [
    "FIXED",
    "FLOOR",
    "MANY_LANGUAGES",
    "NONURBAN_BELOW",
    "SHARE",
    "Claim",
    "Edits",
    "Key",
    "ProposedOrder",
    "Purse",
    "Question",
    "Rates",
    "Row",
    "Shares",
    "Step",
    "Terms",
    "covering",
    "divided",
    "hand_edits",
    "in_lots",
    "load_rates",
    "needed_without_a_count",
    "nonurban",
    "propose_orders",
    "questions_for",
    "readers_for",
    "share_out",
    "steps",
    "weights_for",
    "write_orders",
]
