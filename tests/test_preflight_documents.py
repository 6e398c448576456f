"""Each rule about a document catches its files, and lets the good one that almost breaks it pass."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from preflight.document_cases import CASES, Case
from preflight.makings import MAKERS, made

from printkit.preflight import judge_file
from printkit.preflight.verdicts import ROOMS, JUDGED, Verdict
from printkit.preflight.verdicts import RULES as OF_FILES


def verdict(case: Case) -> Verdict:
    return judge_file(case.pdf(), file="a.pdf", profile=case.edition, expected=case.expected)


@pytest.mark.parametrize("name", MAKERS)
def test_good_files_have_no_fault(name: str) -> None:
    edition = "press" if name == "x1a" else name
    assert judge_file(made(name), file="a.pdf", profile=edition).findings == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.name}")
def test_a_file_breaks_its_own_rule_alone(case: Case) -> None:
    found = verdict(case).findings
    assert {one.code for one in found} - set(case.others) == ({case.code} if case.says else set())
    assert all(one.fix.endswith(".") and one.what.endswith(".") for one in found)
    if case.says:
        assert any(case.says in one.what for one in found if one.code == case.code), found


def test_every_rule_has_a_file_that_breaks_it_and_one_that_almost_does() -> None:
    own = ROOMS[:-1]
    codes = {rule.code for _, by in own for rules in by.values() for rule in rules}
    codes |= {rule.code for rule in OF_FILES} - {JUDGED.code}
    assert {case.code for case in CASES if case.says} == codes
    assert {case.code for case in CASES if not case.says} == codes


GOOD = {name: made(name) for name in ("press", "screen")}


@settings(max_examples=150, deadline=2000)
@given(
    name=st.sampled_from(sorted(GOOD)),
    changes=st.lists(
        st.tuples(st.integers(0, 10_000), st.binary(max_size=6), st.integers(0, 40)), max_size=6
    ),
)
def test_no_bytes_stop_the_judge(name: str, changes: list[tuple[int, bytes, int]]) -> None:
    data = GOOD[name]
    for place, put, taken in changes:
        at = place % (len(data) + 1)
        data = data[:at] + put + data[at + taken :]
    for profile in ("press", "copier", "screen", None):
        assert isinstance(judge_file(data, file="a.pdf", profile=profile), Verdict)
