"""A catalog's plural rule: read from its header and worked out without running it as code."""

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from printkit.errors import quoted

MOST_FORMS = 10
"""No language needs more than six."""
LONGEST = 600
"""Characters; the longest rule in use has about 150. It also bounds how deep a sum can nest."""
DEEPEST = 40
"""Brackets and choices within each other."""
TRIED = (*range(1001), 10_000, 100_000, 999_999, 1_000_000, 1_000_001)
"""The numbers that every rule must answer for."""

Node = tuple[object, ...]
Answer = Callable[[int], int]

_HEADER = re.compile(r"\s*nplurals\s*=\s*(\d{1,9})\s*;\s*plural\s*=\s*(.*?)\s*;?\s*", re.DOTALL)
_TOKEN = re.compile(r"\s*(\d{1,9}(?!\d)|n\b|\|\||&&|[=!<>]=|[-+*/%<>!?:()])")
_LEVELS = (("||",), ("&&",), ("==", "!="), ("<=", ">=", "<", ">"), ("+", "-"), ("*", "/", "%"))
"""C's operators of two sides, loosest first."""


class WrongPlural(ValueError):
    """Says what is wrong with a plural rule, as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PluralRule:
    """How many plural forms a catalog has, and which one a number takes."""

    forms: int
    expression: str
    """As the header has it, in C."""
    tree: Node

    def index(self, n: int) -> int:
        """Return the form for a count of n, from 0."""
        return _answers(self.tree)(abs(n))


GERMANIC = PluralRule(forms=2, expression="(n != 1)", tree=("!=", ("n",), ("number", 1)))
"""English's rule, and gettext's where nobody gave another."""


@lru_cache(maxsize=256)
def parse_plural(header: str) -> PluralRule:
    """Return the rule of a Plural-Forms header, or raise WrongPlural."""
    found = _HEADER.fullmatch(header) if len(header) <= LONGEST else None
    if found is None:
        raise WrongPlural(
            f'Plural-Forms is {quoted(header)}, which is not "nplurals=…; plural=…;".'
        )
    forms = int(found[1])
    if not 1 <= forms <= MOST_FORMS:
        raise WrongPlural(f"Plural-Forms asks for {forms} forms; a language has 1 to {MOST_FORMS}.")
    rule = PluralRule(forms=forms, expression=found[2], tree=_Parser(found[2]).tree())
    _must_answer(rule)
    return rule


def _must_answer(rule: PluralRule) -> None:
    for n in TRIED:
        try:
            form = rule.index(n)
        except ZeroDivisionError:
            raise WrongPlural(f"Plural-Forms divides by zero for n = {n}.") from None
        if not 0 <= form < rule.forms:
            raise WrongPlural(
                f"Plural-Forms gives form {form} for n = {n}, but nplurals is {rule.forms}."
            )


class _Parser:
    """Reads a C expression over n: a level of operators a call."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_tokens(text))
        self._at = 0
        self._depth = 0

    def tree(self) -> Node:
        tree = self._choice()
        if self._peek():
            raise self._wrong()
        return tree

    def _choice(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise WrongPlural("Plural-Forms is nested too deep to be a plural rule.")
        condition = self._sides(0)
        if self._take("?"):
            yes = self._choice()
            self._expect(":")
            condition = ("?", condition, yes, self._choice())
        self._depth -= 1
        return condition

    def _sides(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._single()
        left = self._sides(level + 1)
        while (sign := self._peek()) in _LEVELS[level]:
            self._at += 1
            left = (sign, left, self._sides(level + 1))
        return left

    def _single(self) -> Node:
        if self._take("!"):
            # A row of "!" is counted here, so that no length of it can exhaust the stack.
            flips = 1
            while self._take("!"):
                flips += 1
            inner = self._single()
            return ("!", inner) if flips % 2 else ("!", ("!", inner))
        if self._take("("):
            inner = self._choice()
            self._expect(")")
            return inner
        token = self._peek()
        if token == "n":
            self._at += 1
            return ("n",)
        if token.isdigit():
            self._at += 1
            return ("number", int(token))
        raise self._wrong()

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self, token: str) -> bool:
        if self._peek() != token:
            return False
        self._at += 1
        return True

    def _expect(self, token: str) -> None:
        if not self._take(token):
            raise self._wrong()

    def _wrong(self) -> WrongPlural:
        return WrongPlural(f"Plural-Forms cannot be read: {quoted(self._text)}.")


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            raise WrongPlural(f"Plural-Forms cannot be read: {quoted(text)}.")
        yield found[1]
        at = found.end()


@lru_cache(maxsize=256)
def _answers(node: Node) -> Answer:
    """Return a tree as a function of n: put together once, for a rule is asked a thousand times."""
    match node:
        case ("n",):
            return lambda n: n
        case ("number", int(number)):
            return lambda n: number
        case ("!", tuple(inner)):
            value = _answers(inner)
            return lambda n: int(not value(n))
        case ("?", tuple(condition), tuple(yes), tuple(no)):
            return _choice(_answers(condition), _answers(yes), _answers(no))
        case (str(sign), tuple(left), tuple(right)):
            return _sum(sign, _answers(left), _answers(right))
    raise AssertionError(node)


def _choice(condition: Answer, yes: Answer, no: Answer) -> Answer:
    # Only the branch that is asked for is worked out: C never divides in "n && 5 / n" for 0.
    return lambda n: yes(n) if condition(n) else no(n)


def _sum(sign: str, left: Answer, right: Answer) -> Answer:
    if sign == "&&":
        return lambda n: int(left(n) != 0 and right(n) != 0)
    if sign == "||":
        return lambda n: int(left(n) != 0 or right(n) != 0)
    work = _ARITHMETIC[sign]
    return lambda n: int(work(left(n), right(n)))


def _quotient(left: int, right: int) -> int:
    """Divide as C does, toward zero."""
    return abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)


_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _quotient,
    "%": lambda left, right: left - right * _quotient(left, right),
}
