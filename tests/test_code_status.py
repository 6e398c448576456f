"""A code tells whether its sheet may be handed out, from builds on disk and the ledger alone."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_built import entry, write_build

from printkit.built import Built, load_built
from printkit.code_status import builds_in, code_of, codes_of, distance, statuses
from printkit.code_words import status_lines, statuses_json
from printkit.errors import Problems, UserError
from printkit.ledger import Entry, Ledger, ordered_sheet

DAY = datetime.date(2026, 7, 1)
NONE = Ledger(entries=(), problems=())
CODES = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=6, max_size=6)


@pytest.fixture
def builds(tmp_path: Path) -> list[Built]:
    """Version 1.0, and 1.1 with a new text in Fresno, a new design in Kern, and no Kings."""
    parts = {"words": "1", "style": "1"}
    old = write_build(
        tmp_path / "1.0",
        entry(digest="AB12CD", parts=parts),
        entry(digest="KK12CD", region="kern", parts=parts),
        entry(digest="GG12CD", region="kings", parts=parts),
        entry(digest=None, file=None, sha256=None, region="inyo"),
    )
    new = write_build(
        tmp_path / "1.1",
        entry(digest="XY34ZW", version="1.1", parts=parts | {"words": "2"}),
        entry(digest="KK34ZW", version="1.1", region="kern", parts=parts | {"style": "2"}),
        version="1.1",
    )
    return [load_built(old), load_built(new)]


def told(builds: list[Built], *codes: str, ledger: Ledger = NONE) -> list[str]:
    return status_lines(statuses(codes, builds, ledger, version="1.1"))


def test_a_current_sheet_can_be_handed_out(builds: list[Built]) -> None:
    assert told(builds, "XY34ZW") == [
        "XY34ZW: current.",
        "  card, Spanish (es), fresno, press, version 1.1.",
        "  It can be handed out.",
    ]


def test_a_superseded_sheet_says_what_changed(builds: list[Built]) -> None:
    assert told(builds, "AB12CD", "KK12CD", "GG12CD") == [
        "AB12CD: superseded by XY34ZW, version 1.1. Changed: its text.",
        "  card, Spanish (es), fresno, press, version 1.0.",
        "  Do not hand it out; recycle it.",
        "KK12CD: superseded by KK34ZW, version 1.1. Changed: its design.",
        "  card, Spanish (es), kern, press, version 1.0.",
        "  It can still be handed out.",
        "GG12CD: superseded. Nothing has taken its place: it is not made any more.",
        "  card, Spanish (es), kings, press, version 1.0.",
        "  Do not hand it out; recycle it.",
    ]


def test_an_unknown_code_names_the_nearest(builds: list[Built]) -> None:
    assert told(builds, "A812CD") == [
        "A812CD: unknown. No build here and no order holds it.",
        "  Did you mean AB12CD? card, Spanish (es), fresno, press, version 1.0.",
    ]
    assert told(builds, "999999")[1] == (
        "  Look at it again, or name the folder of its build with --build."
    )


def test_the_ledger_knows_sheets_whose_build_is_gone(builds: list[Built]) -> None:
    orders = [ordered_sheet(sheet, on=DAY, shop="example") for sheet in builds[0].sheets[:1]]
    orders.append(replace(orders[0], copies=-200))
    ledger = Ledger(entries=tuple(orders), problems=())
    assert told(builds[1:], "AB12CD", ledger=ledger) == [
        "AB12CD: superseded by XY34ZW, version 1.1. Changed: its text.",
        "  card, Spanish (es), fresno, press, version 1.0.",
        "  Do not hand it out; recycle it.",
        "  Ordered: 5,200 copies for fresno, at example on 2026-07-01.",
        "  Taken back: 200 copies for fresno, at example on 2026-07-01.",
    ]
    (alone,) = statuses(["AB12CD"], [], ledger, version="1.1")
    assert (alone.state, alone.is_good) == ("superseded", False)
    assert alone.unsure.startswith("There is no build of version 1.1 here")


def test_a_draft_is_never_handed_out(tmp_path: Path) -> None:
    built = load_built(write_build(tmp_path, entry(draft=True)))
    (one,) = statuses(["AB12CD"], [built], NONE, version="1.0")
    assert one.state == "current" and not one.is_good
    assert status_lines([one])[-1] == "  It is marked DRAFT: do not hand it out."


def test_two_builds_of_one_version_that_differ_are_told(tmp_path: Path) -> None:
    whole = load_built(write_build(tmp_path / "1.0", entry()))
    part = load_built(write_build(tmp_path / "1.0-part", entry(digest="XY34ZW")))
    for builds in ([whole, part], [part, whole]):
        one, two = statuses(["AB12CD", "XY34ZW"], builds, NONE, version="1.0")
        assert (one.state, one.unsure) == ("current", "")
        assert two.state == "current" and two.unsure.startswith("Another build of this version")


def test_for_machines(builds: list[Built]) -> None:
    (one,) = statuses_json(statuses(["AB12CD"], builds, NONE, version="1.1"))
    assert (one["state"], one["hand_out"], one["successor"]) == ("superseded", False, "XY34ZW")
    assert one["changed"] == ["its text"] and one["sheets"][0]["regions"] == ["fresno"]


@pytest.mark.parametrize(
    "text",
    [
        "7kq2mx",
        " 7KQ-2MX ",
        "Fresno County · 7KQ2MX",
        "06019_es_card_v1.0_4.25x5.5_q5200_7kq2mx.pdf",
        "https://example.org/fresno/es/1.0/7kq2mx",
        "example.org/fresno/es/1.0/7kq2mx/",
    ],
)
def test_a_code_is_found_in_what_people_type(text: str) -> None:
    assert code_of(text) == "7KQ2MX"


def test_letters_that_no_code_has_are_read_as_the_digits_they_look_like() -> None:
    assert code_of("oilOIL") == "011011"


def test_everything_that_is_no_code_is_told() -> None:
    with pytest.raises(UserError) as caught:
        codes_of(["7KQ2MX", "seven", "", "\x1b[2J"])
    assert str(caught.value).splitlines()[0] == (
        '"seven" is no code. Write the six letters and digits at the sheet\'s foot, such as 7KQ2MX.'
    )
    assert len(caught.value.problems) == 3


def test_a_broken_build_costs_no_other(tmp_path: Path) -> None:
    write_build(tmp_path / "1.0", entry())
    write_build(tmp_path / "0.9", 3)
    (tmp_path / "proofs").mkdir()
    problems = Problems()
    assert [built.version for built in builds_in([tmp_path], problems=problems)] == ["1.0"]
    assert [problem.what for problem in problems] == ["Sheet 1 is no table."]
    assert len(builds_in([tmp_path / "1.0", tmp_path / "none"], problems=problems)) == 1


@given(CODES, CODES, CODES)
def test_distance_is_a_distance(one: str, other: str, third: str) -> None:
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) == distance(other, one) <= 6
    assert distance(one, third) <= distance(one, other) + distance(other, third) + 3


@given(CODES, st.integers(0, 5), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_slip_of_the_pen_is_found_again(code: str, place: int, letter: str) -> None:
    slipped = code[:place] + letter + code[place + 1 :]
    known = Entry(
        on=DAY, shop="s", version="1.0", code=code, sha256="0", piece="card", language="es",
        region="fresno", edition="press", copies=1,
    )  # fmt: skip
    (one,) = statuses([slipped], [], Ledger(entries=(known,), problems=()), version="1.0")
    assert one.state == ("current" if slipped == code else "unknown")
    assert slipped == code or [near.code for near in one.nearest] == [code]
