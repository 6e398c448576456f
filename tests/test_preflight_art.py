"""Each rule about what is painted catches its files, and lets the good ones beside them pass."""

import pytest
from preflight.art_cases import CASES
from preflight.document_cases import Case

from printkit.preflight import art, judge_file


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.name}")
def test_a_file_breaks_its_own_rule_alone(case: Case) -> None:
    found = judge_file(
        case.pdf(), file="a.pdf", profile=case.edition, expected=case.expected
    ).findings
    assert {one.code for one in found} - set(case.others) == ({case.code} if case.says else set())
    assert all(one.fix.endswith(".") and one.what.endswith(".") for one in found)
    if case.says:
        assert any(case.says in one.what for one in found if one.code == case.code), found


def test_every_rule_has_a_file_that_breaks_it_and_one_that_almost_does() -> None:
    codes = {rule.code for rule in art.RULES}
    assert {case.code for case in CASES if case.says} == codes
    assert {case.code for case in CASES if not case.says} == codes


def test_each_rule_is_asked_of_an_edition_and_has_a_code_of_its_own() -> None:
    asked = {rule.code for rules in art.ASKED.values() for rule in rules}
    assert asked == {rule.code for rule in art.RULES}
    assert len(asked) == len(art.RULES)
