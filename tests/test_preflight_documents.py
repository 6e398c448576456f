"""Each rule about a document catches its own files, and passes the one that almost breaks it."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from preflight.document_cases import CASES, Case
from preflight.makings import MAKERS, made

from printkit.preflight import RULES, judge_file
from printkit.preflight.limits import Limits
from printkit.preflight.verdicts import JUDGED, ROOMS, Verdict
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


PAGE = (Path(__file__).resolve().parent.parent / "docs" / "preflight.md").read_text("utf-8")


def cells(heading: str) -> list[list[str]]:
    """Return the rows of the first table under a heading, without its head."""
    section = PAGE.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def test_the_page_tells_each_rule_with_what_it_caught_and_what_passed() -> None:
    rules = {rule.code: rule for rule in (*RULES, *OF_FILES)}
    told = {row[1].strip("`"): row for row in cells("The rules about a document")}
    own = {rule.code for _, by in ROOMS[:-1] for some in by.values() for rule in some}
    assert set(told) == own | {rule.code for rule in OF_FILES}
    for code, (_, _, severity, source, caught, passed) in told.items():
        assert severity == rules[code].severity and source
        named = (re.findall(r"`([^`]+)`", cell) for cell in (caught, passed))
        assert [*named] == [
            [case.name for case in CASES if case.code == code and bool(case.says) is broken]
            for broken in (True, False)
        ], code


def test_the_page_tells_each_limit_as_it_comes() -> None:
    told = {row[0].strip("`"): row[1] for row in cells("A shop's own limits")}
    shipped = {one.name: getattr(Limits(), one.name) for one in fields(Limits)}
    assert told == {name: "none" if d == () else f"{d:g}" for name, d in shipped.items()}
