"""What the benchmarks tell: figures beside goals and rivals, and the page that holds the last."""

import importlib
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT))  # a package beside printkit, for whoever works on it

from benchmarks.__main__ import BEGIN, END, MEASURES, PAGE, main, page  # noqa: E402
from benchmarks.figures import Figure, Rival, number, table, told  # noqa: E402

FAST = Figure(
    what="a sheet", value=20, unit="ms", goal=40, rivals=(Rival(name="a rival", value=50),)
)
SLOW = Figure(what="a sheet", value=50, unit="ms", goal=40)
MANY = Figure(what="letters", value=750, unit="letters/s", goal=500, more_is_better=True)


def test_a_figure_says_whether_its_goal_is_reached_and_by_how_much_it_is_not() -> None:
    assert (FAST.verdict, SLOW.verdict, MANY.verdict) == ("reached", "missed by 25%", "reached")
    few = Figure(what="letters", value=400, unit="letters/s", goal=500, more_is_better=True)
    assert few.verdict == "missed by 20%"
    assert Figure(what="a sheet", value=20, unit="ms").verdict == ""


def test_a_ratio_is_above_one_where_we_do_better() -> None:
    assert FAST.ratio(FAST.rivals[0]) == 2.5
    assert MANY.ratio(Rival(name="a rival", value=250)) == 3
    assert MANY.ratio(Rival(name="a rival that was not measured", value=0)) == 0


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (0.00123, "0.0012"), (0.5, "0.5"), (22.46, "22.5"), (18702.4, "18,702")],
)
def test_numbers_have_the_digits_that_matter(value: float, words: str) -> None:
    assert number(value) == words


def test_the_table_has_a_row_a_figure() -> None:
    rows = table([FAST, MANY]).splitlines()

    assert rows[2] == "| a sheet | 20 ms | ≤ 40 ms | reached | a rival: 50 ms (2.5×) |"
    assert rows[3] == "| letters | 750 letters/s | ≥ 500 letters/s | reached |  |"
    assert "20 ms  a sheet   (goal ≤ 40 ms: reached)" in told({"preflight": [FAST]})


def test_a_new_table_takes_the_place_of_the_last() -> None:
    text = f"before\n\n{BEGIN}\n\nolder\n\n{END}\n\nafter\n"

    once = page(text, {"preflight": [FAST]}, told_of="Measured on a day.")

    assert once.startswith("before") and once.endswith("after\n")
    assert "older" not in once and "## Preflight" in once and "| a sheet |" in once
    assert page(once, {"preflight": [FAST]}, told_of="Measured on a day.") == once


def test_every_measure_is_there_and_stands_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    measured = text.split(BEGIN)[1].split(END)[0]

    assert re.search(r"^Measured on \d{4}-\d\d-\d\d: ", measured, re.MULTILINE)
    assert set(re.findall(r"--only (\w+)", text)) <= MEASURES.keys()
    for module, heading in MEASURES.values():
        assert callable(importlib.import_module(module).measure)
        assert f"## {heading}\n" in measured


def test_a_part_of_it_is_not_written_down(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--write", "--only", "start"])

    assert "--write is of a whole run: leave out --only and --small." in capsys.readouterr().err
