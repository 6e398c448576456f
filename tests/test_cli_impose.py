"""The command of imposition as people type it, and the words of its options."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from imposing import numbered

from printkit.cli import main
from printkit.errors import UserError
from printkit.impose import asked_for
from printkit.impose.asked import size_named
from printkit.lengths import Size


@dataclass(frozen=True, slots=True)
class Done:
    code: int
    out: list[str]
    err: list[str]


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs printkit impose in an empty folder with a card of two pages."""
    numbered(tmp_path / "card.pdf", 2)
    monkeypatch.chdir(tmp_path)

    def run_in(*words: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["printkit", "impose", *map(str, words)])
        try:
            main()
            code = 0
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        out, err = capsys.readouterr()
        return Done(code, out.splitlines(), err.splitlines())

    return run_in


def test_a_card_on_a_press_sheet(run: Run, project: Path, tmp_path: Path) -> None:
    done = run("card.pdf", "--scheme", "n-up", "--sheet", "12x18in", "--project", project)

    assert (done.code, done.err) == (0, [])
    assert done.out == [
        "card_n-up.pdf",
        "Paper: 1 sheet of 18 × 12 in, laid wide, for 18 copies of everything.",
        'Print at 100 % ("actual size") on both sides, turned over the short edge.',
        "Cut along the ticks: 0.875, 3.375, 3.625, 6.125, 6.375, 8.875, 9.125, 11.625, 11.875, "
        "14.375, 14.625, 17.125 in from the left; 0.5, 4, 4.25, 7.75, 8, 11.5 in from the top.",
    ]
    assert (tmp_path / "card_n-up.pdf").read_bytes().startswith(b"%PDF-")


def test_outside_of_a_project_there_is_no_slug_and_that_is_told(run: Run) -> None:
    done = run("card.pdf", "--scheme", "n-up", "--sheet", "12x18in", "--out", "sheets/out.pdf")

    assert done.code == 0
    assert done.out[:2] == [
        "NOTE: The sheets have no slug: there are no fonts to write it in. Run this in the "
        "project's folder, or name it with --project. (impose-marks)",
        "sheets/out.pdf",
    ]


def test_the_input_is_never_written_over(run: Run, tmp_path: Path) -> None:
    before = (tmp_path / "card.pdf").read_bytes()
    done = run("card.pdf", "--scheme", "n-up", "--sheet", "letter", "-o", "card.pdf")

    assert done.code == 2
    assert done.err[0] == (
        '--out: "card.pdf" is one of the files to set out. Name another file to write.'
    )
    assert (tmp_path / "card.pdf").read_bytes() == before


def test_what_is_wrong_with_a_file_is_words_and_exit_code_two(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    done = run("bad.pdf", "--scheme", "n-up", "--sheet", "letter")

    assert (done.code, done.out) == (2, [])
    assert done.err == [
        "bad.pdf cannot be read: it is no PDF, or a damaged one. Make it anew.",
        "1 thing to put right first. Nothing was changed.",
    ]
    assert not list(tmp_path.glob("bad_*"))


def test_every_wrong_option_is_told_at_once(run: Run) -> None:
    done = run(
        *("card.pdf", "--scheme", "nup", "--sheet", "12x", "--up", "0x2", "--gutter", "2"),
        *("--creep", "1mm", "--paper-thickness", "9in", "--binding", "top", "--flip", "shor"),
        *("--trim", "0.1x0.1in"),
    )

    assert done.code == 2
    assert done.err == [
        "--creep and --paper-thickness say the same. Leave one of them out.",
        '--paper-thickness: "9in" is too much. Give at most 0.125 in.',
        "Only a booklet creeps. Leave --creep out, or take --scheme saddle-stitch.",
        '--sheet: "12x" is no size. Write width and height, such as "12x18in", or letter, legal, '
        "tabloid, a4, a3, sra3.",
        '--scheme: there is no "nup". Did you mean "n-up"?',
        '--binding: there is no "top". Use one of: left, right.',
        '--flip: there is no "shor". Did you mean "short"?',
        '--up: "0x2" is no number of pieces. Write how many across and how many down, such as 2x2.',
        '--gutter: "2" is no length. A length is a number and its unit, in, mm, cm or pt, such as '
        '"0.125in" or "3mm".',
        '--trim: "0.1x0.1in" is no size. Nothing is printed smaller than half an inch or larger '
        "than 200 in.",
        "10 things to put right first. Nothing was changed.",
    ]


@pytest.mark.parametrize(
    ("text", "inches"),
    [
        ("12x18in", (12, 18)),
        ("12in x 18in", (12, 18)),
        ("12 × 18 in", (12, 18)),
        ("254x508mm", (10, 20)),
        ("Letter", (8.5, 11)),
        ("tabloid", (11, 17)),
    ],
)
def test_sizes_as_people_write_them(text: str, inches: tuple[float, float]) -> None:
    size = size_named(text)

    assert (size.width_pt, size.height_pt) == pytest.approx((inches[0] * 72, inches[1] * 72))


@pytest.mark.parametrize("text", ["", "12", "12x18", "12x18ft", "900x9in", "9x900in", "1e3x5in"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(ValueError, match=r"Write width and height|Nothing is printed|length"):
        size_named(text)


def test_what_is_asked_for_in_values() -> None:
    asked = asked_for(
        scheme="saddle-stitch", sheet="letter", up="1x2", gutter="0.25in", paper_thickness="0.1mm"
    )

    assert (asked.sheet, asked.up, asked.gutter_pt) == (
        Size(width_pt=612, height_pt=792),
        (1, 2),
        18,
    )
    assert asked.creep_pt == pytest.approx(0.1 * 72 / 25.4)


def test_creep_is_for_booklets() -> None:
    with pytest.raises(UserError, match=r"Only a booklet creeps\."):
        asked_for(scheme="n-up", sheet="letter", creep="0.1mm")
