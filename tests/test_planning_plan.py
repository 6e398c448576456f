"""The laws of a plan by budget: never over it, and more of it never takes copies from a row."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from printkit.planning import (
    FIXED,
    Claim,
    Edits,
    Key,
    ProposedOrder,
    Purse,
    Rates,
    Shares,
    Terms,
    share_out,
    steps,
)
from printkit.regions import Order

LOT = 50
RATES = Rates(copies={"card": 2, "flyer": 1}, fixed={"poster": 5}, each_region={"finder": 5})
REGIONS = ("alpine", "fresno", "kern", "los-angeles")
NO_EDITS = Edits(kept={}, out=frozenset())


def order(region: str, language: str, piece: str, copies: int) -> ProposedOrder:
    return ProposedOrder(
        region=region,
        language=language,
        piece=piece,
        copies=copies,
        reason=f"{copies} people (ACS, 2013-2017)",
        exact=True,
    )


def by_hand(key: Key, copies: int) -> Order:
    return Order(region=key[0], language=key[1], piece=key[2], copies=copies, line=2, note="mine")


def bought_singly(limit: int) -> Purse:
    return Purse(limit=limit, cost=lambda piece, copies: copies)


def planned(
    rule: Sequence[ProposedOrder],
    limit: int,
    *,
    floor: int = 0,
    weights: Mapping[str, Fraction] | None = None,
    edits: Edits = NO_EDITS,
) -> Shares:
    terms = Terms(floor=floor, weights=weights or {})
    return share_out(rule, edits, bought_singly(limit), terms, RATES)


def copies(shares: Shares) -> dict[Key, int]:
    return {row.key: row.copies for row in shares.rows}


KERN = [
    order("kern", "es", "card", 2000),
    order("kern", "es", "flyer", 1000),
    order("kern", "es", "poster", 5),
]
ALPINE = [
    order("alpine", "es", "card", 100),
    order("alpine", "es", "flyer", 50),
    order("alpine", "es", "poster", 5),
]


def test_where_there_is_enough_all_get_what_the_rule_says_and_no_more() -> None:
    shares = planned([*KERN, *ALPINE], 10_000)

    assert copies(shares) == {
        (one.region, one.language, one.piece): one.copies for one in (*KERN, *ALPINE)
    }
    assert shares.spent == 3160
    assert shares.next_step is None


def test_half_a_budget_goes_by_the_claims() -> None:
    shares = planned([*KERN, *ALPINE], 1585)

    assert copies(shares) == {
        ("alpine", "es", "card"): 50,
        ("alpine", "es", "flyer"): 0,
        ("alpine", "es", "poster"): 5,
        ("kern", "es", "card"): 1000,
        ("kern", "es", "flyer"): 500,
        ("kern", "es", "poster"): 5,
    }
    assert shares.spent == 1560  # one more lot does not fit


def test_floors_come_first_and_are_told_where_they_do_not_fit() -> None:
    rule = [*KERN, *ALPINE]
    assert copies(planned(rule, 100, floor=50))["alpine", "es", "card"] == 50

    short = planned(rule, 199, floor=100)
    assert short.short == (("alpine", "es"),)
    assert planned(rule, 200, floor=100).short == ()


def test_a_favored_region_comes_sooner_until_it_has_all() -> None:
    rule = [*KERN, *(order("alpine", *key[1:], number) for key, number in copies_of(KERN).items())]
    even = copies(planned(rule, 1510))
    favored = copies(planned(rule, 1510, weights={"alpine": Fraction(2)}))

    assert even["alpine", "es", "card"] == even["kern", "es", "card"] == 500
    assert favored["alpine", "es", "card"] >= 650 > 350 >= favored["kern", "es", "card"]


def copies_of(rule: Sequence[ProposedOrder]) -> dict[Key, int]:
    return {(one.region, one.language, one.piece): one.copies for one in rule}


def test_a_note_says_how_many_of_how_many_and_what_they_rest_on() -> None:
    (card, *_) = planned(KERN, 60).rows
    assert card.note == "planned 50 of 2000: 2000 people (ACS, 2013-2017), exact count"
    assert planned(KERN, 9999).rows[0].note == (
        "planned 2000: 2000 people (ACS, 2013-2017), exact count"
    )


def test_hand_edits_are_paid_first_and_count_towards_the_floor() -> None:
    card, flyer = ("kern", "es", "card"), ("alpine", "es", "flyer")
    edits = Edits(kept={card: by_hand(card, 7)}, out=frozenset({flyer}))
    shares = planned([*KERN, *ALPINE], 10_000, edits=edits)

    assert copies(shares)[card] == 7
    assert flyer not in copies(shares)
    assert shares.spent_on_kept == 7
    assert [row.note for row in shares.rows if row.kept] == ["mine"]
    enough = Edits(kept={card: by_hand(card, 60)}, out=frozenset())
    assert copies(planned(KERN, 60, floor=50, edits=enough)) == {
        ("kern", "es", "card"): 60,
        ("kern", "es", "flyer"): 0,
        ("kern", "es", "poster"): 0,
    }


def test_equal_sheets_are_bought_together() -> None:
    rule = [order("kern", "es", "card", 50), order("alpine", "es", "card", 50)]
    cost = {0: 0, 50: 500, 100: 600}
    together = Purse(limit=600, cost=lambda _, n: cost[n], alike=frozenset({"card"}))
    apart = Purse(limit=600, cost=lambda _, n: cost[n])

    assert share_out(rule, NO_EDITS, together, Terms(), RATES).spent == 600
    assert share_out(rule, NO_EDITS, apart, Terms(), RATES).spent == 500


def test_fixed_numbers_are_given_whole() -> None:
    found = [
        step
        for step in steps(
            [Claim(region="kern", language="es", copies={"card": 50}, floor=50)],
            {("kern", "es", "poster"): 5, ("kern", "mul", "finder"): 5},
            ("finder", "poster"),
            LOT,
        )
        if step.tier == FIXED
    ]
    assert [(step.key[2], step.copies) for step in found] == [("finder", 5), ("poster", 5)]


RULES = st.dictionaries(
    st.tuples(
        st.sampled_from(REGIONS), st.sampled_from(("en", "es")), st.sampled_from(("card", "flyer"))
    ),
    st.integers(1, 30),
    max_size=16,
).map(lambda lots: [order(*key, LOT * number) for key, number in lots.items()])
POSTERS = st.sets(st.sampled_from(REGIONS)).map(
    lambda slugs: [order(slug, "es", "poster", 5) for slug in sorted(slugs)]
)
KEPT = st.dictionaries(
    st.tuples(st.sampled_from(REGIONS), st.just("es"), st.sampled_from(("card", "letter"))),
    st.integers(1, 200),
    max_size=4,
).map(lambda rows: {key: by_hand(key, number) for key, number in rows.items()})
TERMS = st.builds(
    Terms,
    floor=st.integers(0, 300),
    weights=st.dictionaries(
        st.sampled_from(REGIONS), st.fractions(1, 10, max_denominator=10), max_size=4
    ),
)
# Prices that fall where a shop's table has a step, too: a law may not need good prices.
COSTS: st.SearchStrategy[Callable[[str, int], int]] = st.lists(
    st.integers(0, 40), min_size=1, max_size=7
).map(lambda each: lambda piece, copies: copies * each[copies // 50 % len(each)] // 10)


@given(
    rule=RULES,
    posters=POSTERS,
    kept=KEPT,
    terms=TERMS,
    cost=COSTS,
    alike=st.sets(st.sampled_from(("card", "flyer"))),
    budgets=st.tuples(st.integers(0, 20_000), st.integers(0, 5_000)),
)
def test_a_plan_keeps_to_its_budget_and_a_larger_one_never_takes_from_a_row(
    rule: list[ProposedOrder],
    posters: list[ProposedOrder],
    kept: dict[Key, Order],
    terms: Terms,
    cost: Callable[[str, int], int],
    alike: set[str],
    budgets: tuple[int, int],
) -> None:
    edits = Edits(kept=kept, out=frozenset())
    limits = budgets[0], budgets[0] + budgets[1]
    small, large = (
        share_out(
            [*rule, *posters],
            edits,
            Purse(limit=limit, cost=cost, alike=frozenset(alike)),
            terms,
            RATES,
        )
        for limit in limits
    )
    for shares, limit in zip((small, large), limits, strict=True):
        assert shares.spent <= max(limit, shares.spent_on_kept)
        assert {key: copies(shares)[key] for key in kept} == {
            key: one.copies for key, one in kept.items()
        }
        for row in shares.rows:
            if not row.kept:
                assert row.copies % LOT == 0 or row.copies == row.claim
    assert all(copies(large)[key] >= number for key, number in copies(small).items())


@given(rule=RULES, terms=TERMS, limit=st.integers(0, 20_000))
def test_totals_are_exact_and_less_than_a_step_is_left(
    rule: list[ProposedOrder], terms: Terms, limit: int
) -> None:
    shares = share_out(rule, NO_EDITS, bought_singly(limit), terms, RATES)
    total = sum(row.copies for row in shares.rows)

    assert shares.spent == total <= limit
    if shares.next_step is not None:
        assert limit - total < shares.next_step.copies
    else:
        assert all(row.copies >= row.claim for row in shares.rows)


@given(rule=RULES, terms=TERMS, limit=st.integers(0, 20_000))
def test_floors_are_kept_or_told(rule: list[ProposedOrder], terms: Terms, limit: int) -> None:
    shares = share_out(rule, NO_EDITS, bought_singly(limit), terms, RATES)
    got: dict[tuple[str, str], int] = {}
    for row in shares.rows:
        got[row.key[:2]] = got.get(row.key[:2], 0) + row.copies

    assert set(shares.short) == {place for place, n in got.items() if n < terms.floor}


@given(rule=RULES, posters=POSTERS, kept=KEPT, terms=TERMS, data=st.data())
def test_the_order_of_the_rows_changes_nothing(
    rule: list[ProposedOrder],
    posters: list[ProposedOrder],
    kept: dict[Key, Order],
    terms: Terms,
    data: st.DataObject,
) -> None:
    rows = [*rule, *posters]
    # A region's pieces stand in the campaign's own order, whatever the order of the regions.
    places = data.draw(st.permutations(sorted({(one.region, one.language) for one in rows})))
    mixed = sorted(rows, key=lambda one: places.index((one.region, one.language)))
    turned = Edits(kept=dict(reversed(kept.items())), out=frozenset())
    limit = data.draw(st.integers(0, 10_000))

    one = share_out(rows, Edits(kept=kept, out=frozenset()), bought_singly(limit), terms, RATES)
    other = share_out(mixed, turned, bought_singly(limit), terms, RATES)
    assert one == other
