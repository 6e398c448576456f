"""The command that plans by a budget, as people type it."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from planning_kit import with_planning

from printkit.cli import main


@dataclass(frozen=True, slots=True)
class Done:
    code: int
    out: list[str]
    err: list[str]


Run = Callable[..., Done]


@pytest.fixture
def own(tiny: Path) -> Path:
    return with_planning(tiny)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], own: Path) -> Run:
    """Runs printkit plan in a tiny project with counts."""
    monkeypatch.chdir(own)

    def run_in(*words: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["printkit", "plan", *map(str, words)])
        try:
            main()
            code = 0
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        out, err = capsys.readouterr()
        told = [line for line in err.splitlines() if not line.startswith("1 thing to put right")]
        return Done(code, out.splitlines(), told)

    return run_in


def test_a_preview_tells_everything_and_changes_nothing(run: Run, own: Path) -> None:
    before = (own / "regions" / "orders.csv").read_bytes()
    done = run("--budget", "2000")

    assert (done.code, done.err) == (0, [])
    assert done.out == EXPECTED
    assert (own / "regions" / "orders.csv").read_bytes() == before
    assert not (own / "regions" / "last-plan.csv").exists()


def test_write_puts_it_in_place(run: Run, own: Path) -> None:
    done = run("--budget", "2000", "--write")
    assert done.out[-1] == "regions/orders.csv holds the plan now. Next: printkit check."
    assert len((own / "regions" / "orders.csv").read_text().splitlines()) > 8
    assert (own / "regions" / "last-plan.csv").exists()


def test_files_beside_it(run: Run, own: Path) -> None:
    names = ("plan.csv", "ask.csv", "plan.svg")
    done = run(
        "--budget", "2000", "--out", names[0], "--questions", names[1], "--picture", names[2]
    )
    # The folder of the project itself is as good a place as any for new files.
    assert done.out[-4:-1] == [f'Written: "{name}"' for name in names]
    assert all((own / name).stat().st_size for name in names)
    assert done.out[-1].startswith("Nothing is changed yet.")


def test_a_plan_never_goes_over_the_projects_own_files(run: Run) -> None:
    done = run("--budget", "2000", "--out", "regions/orders.csv")
    assert done.code == 2
    assert done.err == [
        '--out: "regions/orders.csv" is the project\'s own file. '
        "Name another file; --write puts a plan in place of the orders."
    ]


def test_a_file_that_cannot_be_written_is_told(run: Run) -> None:
    done = run("--budget", "2000", "--picture", "no/such/plan.svg")
    assert done.code == 2
    assert done.err == [
        '--picture: there is no folder "no/such". Make it first, or name a file in another folder.'
    ]


def test_json_holds_every_row(run: Run) -> None:
    told = json.loads("\n".join(run("--budget", "2000", "--format", "json").out))
    assert told["copies"] == told["spent"] == sum(row["copies"] for row in told["rows"])
    assert told["budget"] == {"limit": 2000, "unit": "copies", "words": "2,000 copies"}
    assert [one["region"] for one in told["ask_locally"]] == ["kern"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--budget", "lots"), '--budget: "lots" is no budget. Write copies, sheets or dollars: '
         '40000, "8,000 sheets" or "2,000 dollars". In double quotes a shell takes $2 away: '
         "'$2,000' needs single ones."),
        (("--budget", "$2,000"), "--budget: dollars need a shop's prices. Name the shop with "
         "--shop, or give the budget in copies or sheets."),
        (("--budget", "9", "--coverage", "2"), '--coverage: "2" is no share of people. '
         "Write a number above 0 and up to 1: 0.1 is one person in ten."),
        (("--budget", "9", "--coverage", "0"), '--coverage: "0" is no share of people. '
         "Write a number above 0 and up to 1: 0.1 is one person in ten."),
    ],
)  # fmt: skip
def test_wrong_words_are_told(run: Run, words: tuple[str, ...], told: str) -> None:
    done = run(*words)
    assert (done.code, done.out, done.err) == (2, [], [told])


def test_what_is_short_and_what_is_kept_by_hand(run: Run, own: Path) -> None:
    orders = own / "regions" / "orders.csv"
    orders.write_text(orders.read_text() + "kern,ar,leaf,30,the mosque asked\n")
    done = run("--budget", "150", "--coverage", "10%")
    assert "The floor of 50 copies is not reached for" in "\n".join(done.out)
    assert "  line 2: kern ar leaf 30 (added)" in done.out
    assert "Kept as written by hand, and taken from the budget first: 1 row, 30 copies." in done.out


EXPECTED = """\
A budget of 2,000 copies: 1,970 copies planned; 30 copies left.
A shop's lots and spares would come on top: --shop NAME counts them in.

language            regions  now  planned  change  of the need
English (en)              3    0    1,700  +1,700         15 %
Spanish (es)              3    0      200    +200         19 %
Arabic (ar)               1    0       50     +50         33 %
many at once (mul)        4    0       20     +20        100 %
all                       4    0    1,970  +1,970         15 %
The need is what the rule in campaign.toml gives where there is enough for all.

Pieces: handbill 600, leaf 1,350, finder 20.
The floor is kept: 50 copies of each language that a region needs.
Next in turn, for which it is too little: 50 leaf (en) for Alameda County.

Ask locally, since no count answers it (1 in all). None of this is a number in the plan.
  kern: Is Arabic read here? Of the whole group, 400 people: "Others" (ACS, 2013-2017, group).

Nothing is changed yet. --write puts the plan in place of regions/orders.csv.
""".splitlines()
