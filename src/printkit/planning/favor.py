"""Whose turn is sooner: counties with little support, or those of a region that is named."""

import re
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from printkit.errors import Problems, did_you_mean, quoted
from printkit.regions import Region, region_named

NONURBAN = "nonurban"
NONURBAN_BELOW = 200_000
"""People in a county by the 2020 Census: this project's own line, no office's class."""
FAVOR = Fraction(2)
"""A favored county's turn comes as if it had twice its claims, until they are met."""
MOST_FAVOR = 10


def nonurban(regions: Mapping[str, Region]) -> frozenset[str]:
    """Return the counties that "nonurban" means."""
    return frozenset(
        slug
        for slug, region in regions.items()
        if region.kind == "county" and region.population < NONURBAN_BELOW
    )


def weights_for(regions: Mapping[str, Region], favor: Iterable[str]) -> dict[str, Fraction]:
    """Return by county how much sooner its turn comes; the largest of what is asked for it."""
    weights: dict[str, Fraction] = {}
    problems = Problems()
    for asked in favor:
        word, _, number = asked.partition("=")
        weight = _weight(number, problems, asked) if "=" in asked else FAVOR
        counties = _counties(regions, word)
        if counties is None:
            what = f"--favor: {quoted(word)} is neither {NONURBAN} nor a region."
            problems.add(what, did_you_mean(word, (NONURBAN, *regions)))
        for slug in counties or ():
            weights[slug] = max(weight, weights.get(slug, Fraction(1)))
    problems.raise_if_any()
    return weights


def _counties(regions: Mapping[str, Region], word: str) -> Collection[str] | None:
    if word.strip().casefold() == NONURBAN:
        return nonurban(regions)
    region = region_named(regions, word)
    return None if region is None else region.counties


def _weight(number: str, problems: Problems, asked: str) -> Fraction:
    found = re.fullmatch(r" ?[0-9]{1,2}(\.[0-9]{1,3})?", number)
    weight = Fraction(number.strip()) if found else Fraction(0)
    if not 1 <= weight <= MOST_FAVOR:
        what = f"--favor: {quoted(asked)} has no weight from 1 to {MOST_FAVOR}."
        problems.add(what, "Write it so: nonurban=2, or nonurban alone.")
    return weight
