"""ZIP codes lie in the states whose they are, and FIPS codes name them."""

from collections import Counter

import pytest

from printkit.states import STATES, state_of_fips, states_of_zip


@pytest.mark.parametrize(
    ("zip_code", "state"),
    [
        ("90012", "CA"),
        ("96162", "CA"),
        ("55121", "MN"),
        ("30348", "GA"),
        ("27606", "NC"),
        ("20190", "VA"),
        ("20147", "VA"),
        ("22201", "VA"),
        ("20004", "DC"),
        ("60661", "IL"),
        ("75013", "TX"),
        ("77002", "TX"),
        ("72033", "AR"),
        ("68516", "NE"),
        ("98121", "WA"),
        ("10018", "NY"),
        ("00501", "NY"),
        ("33431", "FL"),
        ("97201", "OR"),
        ("02108", "MA"),
        ("05501", "MA"),
        ("05401", "VT"),
        ("00901", "PR"),
        ("21141", "MD"),
    ],
)
def test_a_zip_code_lies_in_its_state(zip_code: str, state: str) -> None:
    assert states_of_zip(zip_code) == (state,)


def test_one_prefix_is_shared_and_some_are_nobodys() -> None:
    assert states_of_zip("06390") == ("CT", "NY"), "Fishers Island"
    assert states_of_zip("00012") == states_of_zip("34012") == (), "unused, and the armed forces'"


def test_ranges_are_whole_and_lie_apart() -> None:
    taken = Counter(
        prefix
        for state in STATES.values()
        for first, last in state.zips
        for prefix in range(first, last + 1)
    )
    assert {prefix for prefix, count in taken.items() if count > 1} == {63}
    for state in STATES.values():
        assert all(5 <= first <= last <= 999 for first, last in state.zips)
        assert list(state.zips) == sorted(state.zips)


def test_fifty_states_the_district_and_two_territories_have_a_code_each() -> None:
    assert len(STATES) == len({state.fips for state in STATES.values()}) == 53
    assert state_of_fips("06019") == state_of_fips("06") == "CA"
    assert state_of_fips("72") == "PR"
    assert state_of_fips("99") is None
