"""What a person reads: short, plain where nobody watches, and the words as they are."""

import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from test_batches import REGIONS, made, order

from printkit import report
from printkit.batches import batches_for
from printkit.build import Outcome
from printkit.errors import Problem, UserError
from printkit.findings import Finding, Rule, Severity
from printkit.press import Made

ROOT = Path("/a/project")


def finding(what: str, severity: Severity = Severity.FAIL, **where: str) -> Finding:
    return Finding(code="text-lost", severity=severity, what=what, fix="Mend it.", **where)  # type: ignore[arg-type]


def outcome(
    *sheets: Made, out: Path = ROOT / "build" / "1.0", found: tuple[Finding, ...] = ()
) -> Outcome:
    return Outcome(
        out=out, made=sheets, batches=batches_for(sheets, REGIONS, "1.0"), findings=found
    )


def summed(*sheets: Made, **more: object) -> None:
    report.summary(outcome(*sheets, **more).summary, seconds=12.4, root=ROOT)  # type: ignore[arg-type]


CARD, POSTER = order(2, "fresno", "es", "card", 1200), order(3, "fresno", "ar", "poster", 5)
FINDER = order(4, "california", "mul", "finder", 7)


def test_a_good_build_is_told_in_a_few_lines(capsys: pytest.CaptureFixture[str]) -> None:
    sheets = [made(CARD), made(CARD, edition="copier"), made(POSTER), made(FINDER)]
    summed(*(replace(sheet, draft=False) for sheet in sheets))
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "4 sheets in 2 languages, 4 files for 2 regions, 1,212 copies ordered, in 12 s.",
        "They are in build/1.0: a folder a region, each with its packing list.",
    ]
    assert err == ""


def test_drafts_are_told_and_counted_without_the_sheet_in_all_languages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    summed(made(CARD), made(FINDER))
    assert (
        "Every sheet in a language that no native reader has signed off is marked DRAFT: "
        "1 language. Look at them; do not hand them out."
    ) in capsys.readouterr().out
    summed(made(FINDER))
    out = capsys.readouterr().out
    assert "1 sheet in many languages, 1 file for 1 region, 7 copies ordered" in out
    assert "marked DRAFT: many languages." in out


def test_what_was_withheld_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    failed = finding("It is lost.", piece="poster", language="ar")
    summed(made(CARD), replace(made(POSTER, file=None), findings=(failed,)))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "FAIL poster ar: It is lost. Mend it. (text-lost)"
    assert lines[1].startswith("1 sheet in 2 languages, 1 file for 1 region,")
    assert lines[2] == "1 sheet withheld: see FAIL above."


def test_a_folder_elsewhere_is_told_whole(capsys: pytest.CaptureFixture[str]) -> None:
    summed(made(CARD), out=Path("/else/[/b]/:smile:"))
    assert "They are in /else/[/b]/:smile:: a folder" in capsys.readouterr().out


def test_equal_findings_are_told_once_and_the_worst_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report.findings(
        [
            finding("A note.", Severity.NOTE),
            finding("Look here.", Severity.WARN),
            *(finding("Too long.", region=region) for region in ("fresno", "kern", "alameda")),
            finding("[bold]as it is[/bold]"),
        ]
    )
    assert capsys.readouterr().out.splitlines() == [
        "FAIL fresno: Too long. Mend it. (text-lost) And 2 more like it.",
        "FAIL: [bold]as it is[/bold] Mend it. (text-lost)",
        "WARN: Look here. Mend it. (text-lost)",
        "NOTE: A note. Mend it. (text-lost)",
    ]


def test_a_flood_is_cut_off(capsys: pytest.CaptureFixture[str]) -> None:
    report.findings(finding(f"Number {number}.") for number in range(100))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == report.MOST_FINDINGS + 1
    assert lines[-1] == "60 more kinds; the manifests hold them all."


def test_problems_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = Problem(what="It is [red].", fix="Mend it.", file="po/es.po", line=3)
    report.problems(UserError(wrong, wrong))
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == ["po/es.po:3: It is [red]. Mend it."] * 2 + [
        "2 things to put right first. Nothing was changed."
    ]


def test_a_check_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    report.checked([], ["es"], ["card", "poster"])
    report.checked([finding("A."), finding("B.", Severity.WARN)], ["es", "ar"], ["card"])
    assert capsys.readouterr().out.splitlines() == [
        "1 language, 2 pieces: nothing to say against them.",
        "2 languages, 1 piece: 2 findings, 1 of them FAIL.",
    ]


def test_a_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    report.explanation(
        Rule(code="text-lost", severity=Severity.FAIL, rule="All of it.", because="It [is] so.")
    )
    assert capsys.readouterr().out.splitlines() == [
        "text-lost (FAIL)",
        "Rule: All of it.",
        "Because: It [is] so.",
    ]


def test_machines_get_the_same_and_no_more() -> None:
    failed = finding("It is lost.", piece="poster")
    built = outcome(made(CARD), replace(made(POSTER, file=None), findings=(failed,)))
    assert json.loads(json.dumps(report.as_json(built.summary, root=ROOT))) == {
        "out": "build/1.0",
        "sheets": 1,
        "made_anew": 1,
        "withheld": 1,
        "regions": ["fresno"],
        "findings": [
            {
                "code": "text-lost",
                "severity": "FAIL",
                "what": "It is lost.",
                "fix": "Mend it.",
                "piece": "poster",
            }
        ],
    }


def test_no_bars_where_nobody_watches(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with report.progress_bars(quiet=False) as progress:
        progress("Sheets", 1, 2)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with report.progress_bars(quiet=True) as progress:
        progress("Sheets", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_bars_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with report.progress_bars(quiet=False) as progress:
        progress("Sheets", 0, 3)
        progress("Sheets", 3, 3)
        progress("Packing lists", 1, 2)
    assert "Sheets" in terminal.getvalue()
    assert "3/3" in terminal.getvalue()
    assert "Packing lists" in terminal.getvalue()
