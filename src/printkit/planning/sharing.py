"""Share copies out step by step, so that a larger budget only ever adds to a smaller one's plan."""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, islice

Key = tuple[str, str, str]
"""Region, language and piece: one row of the orders."""

FLOOR, FIXED, SHARE = range(3)
"""What a step is for, in the order in which they come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one language of one region is to get of the pieces that are shared out."""

    region: str
    language: str
    copies: Mapping[str, int]
    """By piece, what it gets when there is enough for all; whole lots."""
    floor: int = 0
    """Copies, of all its pieces together, that come before any larger claim gets more."""
    weight: Fraction = Fraction(1)
    """How much sooner its turn comes than by its copies alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The next copies that somebody gets."""

    key: Key
    copies: int
    tier: int
    """One of FLOOR, FIXED and SHARE."""


def steps(
    claims: Iterable[Claim], fixed: Mapping[Key, int], pieces: Iterable[str], lot: int
) -> Iterator[Step]:
    """Yield who gets copies next, a lot at a time, until all claims are met.

    1. Floors, in rounds: a lot for each claim, then a second one, while its floor asks for more.
    2. The fixed numbers, each row whole, a piece after the other in the order of `pieces`.
    3. The rest by the Webster (Sainte-Laguë) method: the next lot goes where claim / (lots that
       it has + ½) is the largest, so that all are met in the same proportion; a claim's lots go
       to its pieces in the same way. A claim never gets more than it is, or than its floor.

    The sequence does not depend on the budget. Who stops it where the money ends gets, for more
    money, the same steps and some more: no row ever loses by a larger budget, as it can by
    largest remainders (Balinski and Young, Fair Representation, 1982, on the Alabama paradox).
    """
    places = {piece: place for place, piece in enumerate(pieces)}
    claimed = [claim for claim in claims if claim.copies]
    streams = [_turns(claim, lot) for claim in claimed]
    streams.append(_fixed_turns(fixed, places, claimed))
    for _, step in heapq.merge(*streams, key=lambda turn: turn[0]):
        yield step


_Turn = tuple[tuple[int, int, float, Key], Step]
"""When a step comes: its tier, its round, minus its claim, and its row where all is equal."""


def _turns(claim: Claim, lot: int) -> Iterator[_Turn]:
    """Yield a claim's own steps, each with its turn among all others'."""
    lots = {piece: -(-copies // lot) for piece, copies in claim.copies.items()}
    first = -(-claim.floor // lot)
    whole = float(claim.weight * sum(lots.values()))
    for had, piece in enumerate(islice(_pieces(lots), max(first, sum(lots.values())))):
        key = (claim.region, claim.language, piece)
        asks = whole / (had + 0.5)
        tier, turn = (FLOOR, had) if had < first else (SHARE, 0)
        # Ties are broken by name, never by where a row stands in a file.
        yield (tier, turn, -asks, (*key[:2], "")), Step(key=key, copies=lot, tier=tier)


def _pieces(lots: Mapping[str, int]) -> Iterator[str]:
    """Yield without end which piece gets a claim's next lot."""
    ways = [_asks(piece, place, number) for place, (piece, number) in enumerate(lots.items())]
    for _, _, piece in heapq.merge(*ways):
        yield piece


def _asks(piece: str, place: int, lots: int) -> Iterator[tuple[float, int, str]]:
    return ((-lots / (had + 0.5), place, piece) for had in count())


def _fixed_turns(
    fixed: Mapping[Key, int], places: Mapping[str, int], claims: Iterable[Claim]
) -> Iterator[_Turn]:
    """Yield the fixed rows: a piece after the other, the largest claims first."""
    sizes = {
        (claim.region, claim.language): float(claim.weight * sum(claim.copies.values()))
        for claim in claims
    }
    turns = [
        ((FIXED, places[key[2]], -sizes.get(key[:2], 0), key), Step(key=key, copies=n, tier=FIXED))
        for key, n in fixed.items()
    ]
    return iter(sorted(turns, key=lambda turn: turn[0]))
