"""What a measuring of fit tells in words: the tightest room first, a line each."""

from collections.abc import Iterable, Iterator
from typing import Any

from printkit.errors import quoted
from printkit.fit import SHOWN, Fit, Fitness

MOST_OF_ONE = 20
MOST_OF_MANY = 5
"""Lines about each language, where several are asked for."""


def fit_lines(fitness: Fitness) -> Iterator[str]:
    """Yield what people read: of each language how many places there are, and the tightest."""
    by_language: dict[str, list[Fit]] = {}
    for fit in fitness.fits:
        by_language.setdefault(fit.room.language, []).append(fit)
    most = MOST_OF_ONE if len(by_language) == 1 else MOST_OF_MANY
    for language, fits in by_language.items():
        over = sum(1 for one in fits if one.room.over_mm)
        told = "all of them fit" if not over else f"{over:,} do not fit"
        pieces = len({one.room.piece for one in fits})
        what = f"{_count(len(fits), 'place')} on {_count(pieces, 'piece')}"
        yield f"{language}: {what}, {told}. The tightest first:"
        yield from (f"  {line_of(one)}" for one in _leads(fits)[:most])
    alike = sorted({one.editions for one in fitness.fits if len(one.editions) > 1})
    for editions in alike:
        both = " and ".join(editions)
        yield f"The {editions[-1]} edition was laid out for {both}: they are alike."


def tightest_of(fitness: Fitness) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return of each language how many places are too small, and lines about the tightest."""
    by_language: dict[str, list[Fit]] = {}
    for fit in fitness.fits:
        by_language.setdefault(fit.room.language, []).append(fit)
    return {
        language: (
            sum(1 for one in fits if one.room.over_mm),
            tuple(line_of(one) for one in _leads(fits)[:MOST_OF_MANY]),
        )
        for language, fits in by_language.items()
    }


def fit_json(fitness: Fitness) -> dict[str, Any]:
    """Return all of it for machines."""
    return {
        "findings": [one.as_dict() for one in fitness.findings],
        "fit": [one.as_dict() for one in fitness.fits],
    }


def line_of(fit: Fit) -> str:
    """Return how a message fits, in a line."""
    room = fit.room
    head = f"{fit.where} ({' and '.join(fit.editions)}), {quoted(fit.msgid, SHOWN)}:"
    lines = _count(room.lines, "line")
    if room.over_mm:
        letters = room.letters_over
        drop = f"drop about {_count(letters, 'letter')}" if letters else "its box is too small"
        return f"{head} {lines}, {room.over_mm:g} mm too long; {drop}."
    setting = ""
    if room.tightest:
        setting = f" in setting {room.level + 1} of {room.tightest + 1}"
        if room.level == room.tightest:
            setting = f" in the tightest of {room.tightest + 1} settings"
    return f"{head} {lines}, {room.left_mm:g} mm left{setting}."


def _leads(fits: Iterable[Fit]) -> list[Fit]:
    """Return one message for each column's room, the one that outgrew the English most.

    A message that is as tight in another edition is told once.
    """
    columns: dict[object, list[Fit]] = {}
    for fit in fits:
        room = fit.room
        column = room.piece, room.edition, room.stands.box, room.stands.spare_pt, room.over_mm
        columns.setdefault(column, []).append(fit)
    leads: dict[tuple[str, int], Fit] = {}
    for shared in columns.values():
        lead = max(shared, key=lambda one: (one.grown, one.room.letters))
        leads.setdefault((lead.room.piece, lead.number), lead)
    return list(leads.values())


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
