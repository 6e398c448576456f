"""How the campaign turns counts of people into copies: [planning] in campaign.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from printkit.reading import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How the campaign turns counts of people into copies: [planning] in campaign.toml."""

    least_people: int = 100
    """A county orders a language when so many of its people speak English less than very well."""
    always: tuple[str, ...] = ("es",)
    """Languages that every county orders, however few its people."""
    people_a_copy: int | Fraction = 50
    """People who speak English less than very well to one copy."""
    english_people_a_copy: int | Fraction = 1000
    """People of all languages to one copy in English."""
    lot: int = 50
    """Copies are rounded up to whole lots, so that one lot is the least."""
    chinese_traditional_share: float = 0.5
    """Of the one published count of Chinese; the rest is Simplified."""
    desk: str = "california"
    """The region that orders the languages for which no county has a count."""
    copies: Mapping[str, float] = field(
        default_factory=lambda: {
            "card": 2,
            "know-your-rights": 1,
            "data-flow": 0.25,
            "brochure": 0.5,
        }
    )
    """Piece: copies of it to one copy as worked out from the people."""
    fixed: Mapping[str, float] = field(default_factory=lambda: {"poster": 5})
    """Piece: copies of it for each county and language, whatever the people."""
    fixed_desk: Mapping[str, float] = field(default_factory=lambda: {"poster": 58})
    """The same for the desk."""
    each_region: Mapping[str, float] = field(default_factory=lambda: {"language-finder": 5})
    """Piece in all languages at once: copies of it for each county and the desk."""


def load_rates(table: Table | None) -> Rates:
    """Return the rates of [planning], the shipped ones where it is silent, or raise UserError."""
    shipped = Rates()
    if table is None:
        return shipped
    rates = Rates(
        least_people=table.integer("least_people", shipped.least_people, low=1, high=1_000_000),
        always=table.texts("always", shipped.always),
        people_a_copy=table.integer("people_a_copy", 50, low=1),
        english_people_a_copy=table.integer("english_people_a_copy", 1000, low=1),
        lot=table.integer("lot", shipped.lot, low=1, high=100_000),
        chinese_traditional_share=table.number(
            "chinese_traditional_share", shipped.chinese_traditional_share, low=0, high=1
        ),
        desk=table.text("desk", shipped.desk),
        copies=_numbers(table, "copies", shipped.copies),
        fixed=_numbers(table, "fixed", shipped.fixed),
        fixed_desk=_numbers(table, "fixed_desk", shipped.fixed_desk),
        each_region=_numbers(table, "each_region", shipped.each_region),
    )
    table.finish()
    table.problems.raise_if_any()
    return rates


def covering(rates: Rates, share: Fraction) -> Rates:
    """Return rates by which so large a share of the people gets one copy; English keeps pace."""
    people_a_copy = 1 / share
    pace = people_a_copy / rates.people_a_copy
    return replace(
        rates,
        people_a_copy=people_a_copy,
        english_people_a_copy=rates.english_people_a_copy * pace,
    )


def _numbers(table: Table, key: str, shipped: Mapping[str, float]) -> Mapping[str, float]:
    if key not in table:
        return shipped
    below = table.table(key)
    return {name: below.number(name, low=0, high=1_000_000) for name in below}
