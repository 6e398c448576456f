"""The rule of the shipped orders: from published counts to copies, with a reason a row."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from pathlib import Path

from printkit.languages import LANGUAGES
from printkit.planning.rates import Rates
from printkit.regions import Region, SpeakerRow, find_region

MANY_LANGUAGES = "mul"
"""The BCP 47 tag of a sheet in all languages at once."""
CHINESE = ("zh-Hant", "zh-Hans")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedOrder:
    """An order as the rule works it out, with its reason."""

    region: str
    language: str
    piece: str
    copies: int
    reason: str
    """What the number rests on, short enough for a cell."""
    exact: bool = False
    """Whether it rests on a count of these people alone, and not on the least or a fixed number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """The people whom a language's sheets are for, from one published row."""

    people: int
    row: SpeakerRow

    @property
    def words(self) -> str:
        """The count and its origin."""
        part = "" if self.people == self.row.lep else f"{self.people:,} of "
        return f"{part}{self.row.lep:,} people ({self.row.source}, {self.row.period})"


_Counts = Mapping[str, _Count]
"""By language, for one region."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Need:
    """How many copies a region needs in a language, before each piece's rate, and why."""

    language: str
    copies: int
    reason: str
    exact: bool = True


def propose_orders(
    regions: Mapping[str, Region],
    speakers: Iterable[SpeakerRow],
    rates: Rates,
    *,
    languages: Sequence[str] = tuple(LANGUAGES),
) -> tuple[ProposedOrder, ...]:
    """Return the orders that the counts ask for, by region, language and piece.

    1. A county orders a language when the American Community Survey counts it there by itself
       and at least `least_people` of its speakers speak English less than very well; when
       Section 203 of the Voting Rights Act covers it there; or when it is one of `always`
       (Spanish: Section 203 covers the whole state). A group of languages gives no number and
       no order, and Section 203 shows that a language is needed, never how many: without an
       exact count there is no order.
    2. One copy of know-your-rights for `people_a_copy` of these people, rounded up to whole
       lots. Other pieces follow it at the rates of `copies`, posters at a fixed number.
       One lot is the least, so that a small county gets more a head than a large one.
    3. Chinese is one count over two scripts: one share, the organizer's choice, divides the
       people, and the two parts add up to the count.
    4. Every county orders English, by all its people.
    5. A language that no county has a count of is ordered for one desk, from which counties
       draw: by the state's count, and from one lot where the state has none either.
    6. Every county and the desk get a few sheets in all languages.
    """
    rows = tuple(speakers)
    counts = _counts(rows, rates)
    counties = [region for region in regions.values() if region.kind == "county"]
    orders: list[ProposedOrder] = []
    for county in counties:
        needs = _county_needs(county, counts.get(county.slug, {}), rows, rates)
        orders += _orders(county, needs, rates.fixed, rates)
    desk = find_region(regions, rates.desk)
    counted = {tag for county in counties for tag in counts.get(county.slug, {})}
    needs = [
        _desk_need(desk, tag, counts.get(desk.slug, {}), rows, rates)
        for tag in languages
        if tag != "en" and tag not in counted
    ]
    orders += _orders(desk, needs, rates.fixed_desk, rates)
    places = {tag: place for place, tag in enumerate([*languages, MANY_LANGUAGES])}
    by_region = {slug: place for place, slug in enumerate(regions)}
    kept = [order for order in orders if order.language in places]
    return tuple(sorted(kept, key=lambda order: (by_region[order.region], places[order.language])))


def readers_for(
    regions: Mapping[str, Region], speakers: Iterable[SpeakerRow], rates: Rates
) -> dict[tuple[str, str], int]:
    """Return by region and language for how many people its sheets are, where a count says so.

    English is for all people of a region, each other language for those of its speakers who
    speak English less than "very well".
    """
    readers = {
        (slug, tag): count.people
        for slug, here in _counts(speakers, rates).items()
        for tag, count in here.items()
    }
    readers.update(((slug, "en"), region.population) for slug, region in regions.items())
    return readers


def needed_without_a_count(
    regions: Mapping[str, Region], speakers: Iterable[SpeakerRow], rates: Rates
) -> tuple[SpeakerRow, ...]:
    """Return what Section 203 asks for and no exact count says how much of: ask locally."""
    rows = tuple(speakers)
    counts = _counts(rows, rates)
    return tuple(
        row
        for row in rows
        if row.covered and not set(row.languages) <= set(counts.get(row.region, {}))
    )


def write_orders(path: Path, orders: Sequence[ProposedOrder]) -> None:
    """Write orders as a table that a spreadsheet opens, in place of the file that is there."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("region", "language", "piece", "copies", "note"))
    table.writerows(
        (order.region, order.language, order.piece, order.copies, order.reason) for order in orders
    )
    # Written beside it and renamed, so that an interruption leaves the old orders whole.
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text.getvalue(), encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def divided(people: int, share: float) -> tuple[int, int]:
    """Return a count divided in two whole parts by a share; they add up to the count."""
    first = int(people * Fraction(str(share)) + Fraction(1, 2))
    return first, people - first


def in_lots(copies: Fraction | int, lot: int) -> int:
    """Return copies rounded up to whole lots, one lot at least."""
    return max(1, ceil(Fraction(copies) / lot)) * lot


def _counts(rows: Iterable[SpeakerRow], rates: Rates) -> dict[str, dict[str, _Count]]:
    """Return by region and language the newest exact counts; groups give none."""
    counts: dict[str, dict[str, _Count]] = {}
    for row in sorted(rows, key=lambda row: row.period):
        if not row.exact or row.lep is None or row.languages == ("en",):
            continue
        here = counts.setdefault(row.region, {})
        if row.languages == CHINESE:
            parts = divided(row.lep, rates.chinese_traditional_share)
            here.update(
                (tag, _Count(people=people, row=row))
                for tag, people in zip(CHINESE, parts, strict=True)
            )
        elif len(row.languages) == 1:
            here[row.languages[0]] = _Count(people=row.lep, row=row)
    return counts


def _county_needs(
    county: Region, counts: _Counts, rows: Iterable[SpeakerRow], rates: Rates
) -> list[_Need]:
    """Return what a county needs: English by all its people, others where counted and needed."""
    covered = {
        tag for row in rows if row.region == county.slug and row.covered for tag in row.languages
    }
    english = in_lots(Fraction(county.population, rates.english_people_a_copy), rates.lot)
    needs = [
        _Need(language="en", copies=english, reason=f"{county.population:,} people (2020 Census)")
    ]
    for tag, count in counts.items():
        asked = tag in covered or tag in rates.always or (count.row.lep or 0) >= rates.least_people
        # A share of 0 or 1 leaves a script without readers.
        if asked and (count.people or not count.row.lep):
            needs.append(_need(tag, count, rates))
    return needs


def _desk_need(
    desk: Region, tag: str, counts: _Counts, rows: Iterable[SpeakerRow], rates: Rates
) -> _Need:
    """Return what the desk needs of a language that no county has a count of."""
    if tag in counts:
        return _need(tag, counts[tag], rates)
    known = [
        row
        for row in rows
        if row.region == desk.slug
        and row.languages == (tag,)
        and row.exact
        and row.speakers is not None
    ]
    reason = "the least, since no count is published"
    if known:
        row = max(known, key=lambda row: row.period)
        reason = (
            f"the least, since only speakers are counted: {row.speakers:,} "
            f"({row.source}, {row.period})"
        )
    return _Need(language=tag, copies=rates.lot, reason=reason, exact=False)


def _need(tag: str, count: _Count, rates: Rates) -> _Need:
    copies = in_lots(Fraction(count.people, rates.people_a_copy), rates.lot)
    return _Need(language=tag, copies=copies, reason=count.words)


def _orders(
    region: Region, needs: Iterable[_Need], fixed: Mapping[str, float], rates: Rates
) -> list[ProposedOrder]:
    """Return a region's orders: each language's pieces, then the sheets in all languages."""
    found = []
    for need in needs:
        for piece, rate in rates.copies.items():
            copies = in_lots(need.copies * Fraction(str(rate)), rates.lot) if rate else 0
            found.append((need.language, piece, copies, need.reason, need.exact))
        for piece, number in fixed.items():
            found.append(
                (need.language, piece, ceil(number), "a fixed number for each language", False)
            )
    for piece, number in rates.each_region.items():
        found.append((MANY_LANGUAGES, piece, ceil(number), "a fixed number for each region", False))
    return [
        ProposedOrder(
            region=region.slug,
            language=tag,
            piece=piece,
            copies=copies,
            reason=reason,
            exact=exact,
        )
        for tag, piece, copies, reason, exact in found
        if copies
    ]
