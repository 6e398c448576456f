import csv
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.errors import Problems, UserError
from printkit.languages import LANGUAGES
from printkit.planning import (
    ProposedOrder,
    Rates,
    divided,
    in_lots,
    load_rates,
    needed_without_a_count,
    propose_orders,
    write_orders,
)
from printkit.reading import read_toml
from printkit.regions import Region, SpeakerRow, load_orders, load_regions, load_speakers

SHIPPED = Path(__file__).parents[1]
RATES = Rates()


def region(slug: str, *, kind: str = "county", population: int = 2000) -> Region:
    return Region(
        slug=slug,
        fips=None,
        name=slug.title(),
        kind=kind,
        counties=(slug,),
        population=population,
        help=None,
        event=None,
    )


REGIONS = {
    "alpine": region("alpine"),
    "kern": region("kern", population=1_000_000),
    "california": region("california", kind="state"),
}


def people(
    where: str, *languages: str, lep: int | None = None, speakers: int | None = None,
    exact: bool = True, covered: bool = False,
) -> SpeakerRow:  # fmt: skip
    return SpeakerRow(
        region=where,
        source="ACS",
        period="2013-2017",
        measure="population 5+",
        label="+".join(languages),
        languages=languages,
        exact=exact,
        speakers=speakers,
        lep=lep,
        covered=covered,
    )


def proposed(*rows: SpeakerRow, rates: Rates = RATES) -> dict[tuple[str, str, str], ProposedOrder]:
    orders = propose_orders(REGIONS, rows, rates)
    found = {(order.region, order.language, order.piece): order for order in orders}
    assert len(found) == len(orders)
    return found


def copies(orders: Mapping[tuple[str, str, str], ProposedOrder], where: str, tag: str) -> list[int]:
    return [
        order.copies for order in orders.values() if (order.region, order.language) == (where, tag)
    ]


def test_copies_follow_the_people_in_whole_lots() -> None:
    orders = proposed(people("kern", "vi", lep=14_949))
    assert {piece: order.copies for (_, tag, piece), order in orders.items() if tag == "vi"} == {
        "card": 600,
        "know-your-rights": 300,
        "data-flow": 100,
        "brochure": 150,
        "poster": 5,
    }
    assert orders["kern", "vi", "card"].reason == "14,949 people (ACS, 2013-2017)"


def test_a_small_county_gets_one_lot_at_least() -> None:
    orders = proposed(people("alpine", "vi", lep=100))
    assert copies(orders, "alpine", "vi") == [100, 50, 50, 50, 5]
    assert copies(orders, "alpine", "en") == [100, 50, 50, 50, 5]


def test_below_the_floor_a_language_is_not_ordered() -> None:
    assert copies(proposed(people("kern", "vi", lep=99)), "kern", "vi") == []


def test_section_203_shows_need_and_never_a_number() -> None:
    covered = people("kern", "vi", covered=True)
    assert copies(proposed(covered, people("kern", "vi", lep=3)), "kern", "vi")
    khmer = people("kern", "km", covered=True)
    assert copies(proposed(khmer), "kern", "km") == []
    assert needed_without_a_count(REGIONS, [khmer, covered], RATES) == (khmer, covered)
    assert needed_without_a_count(REGIONS, [covered, people("kern", "vi", lep=3)], RATES) == ()


def test_spanish_is_ordered_everywhere_but_only_by_a_count() -> None:
    assert copies(proposed(people("alpine", "es", lep=5)), "alpine", "es")
    assert copies(proposed(people("kern", "es", lep=5)), "alpine", "es") == []


def test_a_group_gives_no_number_and_no_order() -> None:
    orders = proposed(
        people("kern", "ru", "uk", lep=90_000, exact=False),
        people("kern", "hy", lep=90_000, exact=False),
    )
    assert copies(orders, "kern", "ru") == copies(orders, "kern", "hy") == []


def test_english_goes_by_all_people_and_never_by_the_table_of_languages() -> None:
    orders = proposed(people("kern", "en", lep=0))
    assert orders["kern", "en", "know-your-rights"].copies == 1000
    assert orders["kern", "en", "card"].reason == "1,000,000 people (2020 Census)"


def test_chinese_is_one_count_in_two_parts() -> None:
    rates = replace(RATES, chinese_traditional_share=0.7)
    orders = proposed(people("kern", "zh-Hant", "zh-Hans", lep=10_001), rates=rates)
    assert orders["kern", "zh-Hant", "card"].reason == "7,001 of 10,001 people (ACS, 2013-2017)"
    assert orders["kern", "zh-Hans", "card"].reason == "3,000 of 10,001 people (ACS, 2013-2017)"
    one = replace(RATES, chinese_traditional_share=1.0)
    orders = proposed(people("kern", "zh-Hant", "zh-Hans", lep=10_001), rates=one)
    assert copies(orders, "kern", "zh-Hans") == []


def test_the_floor_is_on_all_of_chinese() -> None:
    orders = proposed(people("kern", "zh-Hant", "zh-Hans", lep=100))
    assert copies(orders, "kern", "zh-Hant") == copies(orders, "kern", "zh-Hans") != []


def test_the_desk_orders_what_no_county_has_a_count_of() -> None:
    orders = proposed(
        people("kern", "vi", lep=5000),
        people("california", "vi", lep=9000),
        people("california", "hy", lep=87_966),
        people("california", "th", speakers=46_434),
        people("california", "th", "lo", lep=44_379, exact=False),
    )
    assert copies(orders, "california", "vi") == []
    assert copies(orders, "california", "hy") == [3600, 1800, 450, 900, 58]
    assert copies(orders, "california", "th") == [100, 50, 50, 50, 58]
    assert orders["california", "th", "card"].reason == (
        "the least, since only speakers are counted: 46,434 (ACS, 2013-2017)"
    )
    assert orders["california", "lo", "card"].reason == "the least, since no count is published"
    assert {tag for _, tag, _ in orders} == {*LANGUAGES, "mul"}


def test_every_county_and_the_desk_get_sheets_in_all_languages() -> None:
    orders = proposed()
    found = {where: copies(orders, where, "mul") for where in REGIONS}
    assert found == {"alpine": [5], "kern": [5], "california": [5]}


def test_a_campaign_of_fewer_languages_orders_no_other() -> None:
    rows = [people("kern", "vi", lep=5000), people("kern", "es", lep=5000)]
    orders = propose_orders(REGIONS, rows, RATES, languages=("en", "vi"))
    assert {order.language for order in orders} == {"en", "vi", "mul"}


def test_an_unknown_desk_is_told() -> None:
    with pytest.raises(UserError, match='There is no region "californa"'):
        propose_orders(REGIONS, [], replace(RATES, desk="californa"))


@given(st.integers(0, 10**9), st.integers(0, 100))
def test_the_two_parts_add_up_to_the_count(count: int, percent: int) -> None:
    first, second = divided(count, percent / 100)
    assert first + second == count
    assert first >= 0
    assert second >= 0
    assert abs(Fraction(first) - Fraction(count * percent, 100)) <= Fraction(1, 2)


@given(st.fractions(0, 10**6), st.integers(1, 1000))
def test_lots_are_whole_and_enough_and_no_more(needed: Fraction, lot: int) -> None:
    found = in_lots(needed, lot)
    assert found % lot == 0
    assert found >= lot
    assert found >= needed
    assert found == lot or found - lot < needed


@given(st.integers(100, 10**6), st.integers(100, 10**6))
def test_more_people_never_get_fewer_copies_and_fewer_get_more_a_head(a: int, b: int) -> None:
    few, many = sorted((a, b))
    less = copies(proposed(people("kern", "vi", lep=few)), "kern", "vi")
    more = copies(proposed(people("kern", "vi", lep=many)), "kern", "vi")
    assert all(x <= y for x, y in zip(less, more, strict=True))
    # But for the rounding up to a lot, a head in the smaller count has at least as much.
    assert Fraction(less[1], few) >= Fraction(more[1] - RATES.lot, many)


@given(st.permutations(range(4)))
def test_the_order_of_the_rows_changes_nothing(places: list[int]) -> None:
    rows = [
        people("kern", "vi", lep=5000),
        people("kern", "zh-Hant", "zh-Hans", lep=5000),
        people("alpine", "es", lep=50),
        people("california", "hy", lep=500),
    ]
    shuffled = propose_orders(REGIONS, [rows[place] for place in places], RATES)
    assert shuffled == propose_orders(REGIONS, rows, RATES)


def test_rates_are_read_and_wrong_ones_told_all_at_once(tmp_path: Path) -> None:
    path = tmp_path / "campaign.toml"
    path.write_text('lot = 25\nalways = ["es", "vi"]\n[copies]\ncard = 3\n')
    table = read_toml(path, root=tmp_path, problems=Problems())
    rates = load_rates(table)
    assert rates == replace(RATES, lot=25, always=("es", "vi"), copies={"card": 3})
    assert load_rates(None) == RATES
    path.write_text("lot = 0\nlots = 5\nchinese_traditional_share = 2\n[copies]\ncard = -1\n")
    with pytest.raises(UserError) as caught:
        load_rates(read_toml(path, root=tmp_path, problems=Problems()))
    assert str(caught.value) == (
        "campaign.toml:1: lot: 0 is out of range. Write a number from 1 to 100,000.\n"
        "campaign.toml:3: chinese_traditional_share: 2 is out of range. "
        "Write a number from 0 to 1.\n"
        "campaign.toml:5: card: -1 is out of range. Write a number from 0 to 1,000,000.\n"
        'campaign.toml:2: "lots" is not a key that is known here. Did you mean "lot"?'
    )


def shipped() -> tuple[dict[str, Region], tuple[SpeakerRow, ...], Rates]:
    problems = Problems()
    campaign = read_toml(SHIPPED / "campaign.toml", root=SHIPPED, problems=problems)
    folder = SHIPPED / "regions"
    regions = load_regions(folder, root=SHIPPED, problems=problems)
    rows = tuple(
        row
        for name in ("speakers.csv", "state_speakers.csv")
        for row in load_speakers(folder / name, root=SHIPPED, problems=problems, regions=regions)
    )
    problems.raise_if_any()
    planning = campaign.table("planning") if campaign and "planning" in campaign else None
    return regions, rows, load_rates(planning)


def test_the_shipped_orders_are_what_the_rule_gives(tmp_path: Path) -> None:
    """`regions/orders.csv` may not drift from the counts and the settings beside it."""
    regions, rows, rates = shipped()
    again = tmp_path / "orders.csv"
    write_orders(again, propose_orders(regions, rows, rates))
    assert again.read_bytes() == (SHIPPED / "regions" / "orders.csv").read_bytes()
    assert list(tmp_path.iterdir()) == [again]


def test_the_shipped_orders_can_be_read_and_hold_all_languages() -> None:
    regions, rows, rates = shipped()
    problems = Problems()
    orders = load_orders(
        SHIPPED / "regions" / "orders.csv",
        root=SHIPPED,
        problems=problems,
        regions=regions,
        languages=(*LANGUAGES, "mul"),
        pieces=(*rates.copies, *rates.fixed, *rates.each_region),
    )
    assert list(map(str, problems)) == []
    assert {order.language for order in orders} == {*LANGUAGES, "mul"}
    # A sheet is made for each of these: so many keep a build on two cores short.
    assert 250 <= len({(order.region, order.language) for order in orders}) <= 400
    assert {order.region for order in orders} == {
        slug for slug, place in regions.items() if place.kind != "census-region"
    }
    (khmer,) = needed_without_a_count(regions, rows, rates)
    assert (khmer.region, khmer.languages) == ("los-angeles", ("km",))


def test_no_note_reads_as_a_formula_in_a_spreadsheet() -> None:
    with (SHIPPED / "regions" / "orders.csv").open(encoding="utf-8", newline="") as opened:
        cells = [cell for row in csv.reader(opened) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
