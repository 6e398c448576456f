"""The manifests: every sheet with its digest, its copies and what is wrong with it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_batches import REGIONS, made, order

from printkit.batches import batches_for
from printkit.findings import Finding, Severity
from printkit.outputs.manifest import entries, merged, read, write


def test_a_sheet_is_told_whole() -> None:
    batches = batches_for([made(order(2, "fresno", "es", "card", 5200))], REGIONS, "1.0")
    assert list(entries(batches, version="1.0", whole_run=False)) == [
        {
            "file": "press/06019_es_card_v1.0_4.25x5.5_q5200_ab12cd.pdf",
            "sha256": None,
            "bytes": 0,
            "pages": 0,
            "piece": "card",
            "language": "es",
            "edition": "press",
            "region": "fresno",
            "copies": 5200,
            "trim": "4.25x5.5in",
            "version": "1.0",
            "digest": "AB12CD",
            "url": None,
            "draft": True,
            "parts": {},
            "rendered": False,
            "preflight": {
                "profile": "press",
                "rules_asked": 0,
                "counts": {"FAIL": 0, "WARN": 0, "NOTE": 0},
            },
            "findings": [],
        }
    ]


def test_the_runs_manifest_names_files_by_region() -> None:
    batches = batches_for([made(order(2, "fresno", "es", "card", 5200))], REGIONS, "1.0")
    (sheet,) = entries(batches, version="1.0", whole_run=True)
    assert sheet["file"] == "fresno/press/06019_es_card_v1.0_4.25x5.5_q5200_ab12cd.pdf"


def test_a_withheld_sheet_has_findings_and_no_file() -> None:
    found = Finding(code="text-overflows", severity=Severity.FAIL, what="Too long.", fix="Cut.")
    sheet = replace(made(order(2, "fresno", "es", "card"), file=None), findings=(found,))
    (told,) = entries(batches_for([sheet], REGIONS, "1.0"), version="1.0", whole_run=True)
    assert told["file"] is None
    assert told["findings"] == [
        {"code": "text-overflows", "severity": "FAIL", "what": "Too long.", "fix": "Cut."}
    ]


def test_a_sheets_verdict_is_told_with_what_was_asked() -> None:
    wide = Finding(code="bleed-full", severity=Severity.FAIL, what="Thin.", fix="Widen.")
    other = Finding(code="text-overflows", severity=Severity.WARN, what="Long.", fix="Cut.")
    sheet = replace(made(order(2, "fresno", "es", "card")), findings=(wide, other), pages=2)
    batches = batches_for([sheet], REGIONS, "1.0")
    (told,) = entries(batches, version="1.0", whole_run=True)
    assert told["preflight"]["profile"] == "press" and told["preflight"]["rules_asked"] > 20
    assert told["preflight"]["counts"] == {"FAIL": 1, "WARN": 0, "NOTE": 0}


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    orders = [made(order(line, "fresno", "es", "card")) for line in (2, 3)]
    for sheets in ([], orders[:1], orders):
        told = list(entries(batches_for(sheets, REGIONS, "1.0"), version="1.0", whole_run=True))
        assert len(told) == len(sheets)
        write(tmp_path / "MANIFEST.json", told, version="1.0")
        assert read(tmp_path / "MANIFEST.json") == {"version": "1.0", "sheets": told}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"sheets": 3}',
        '{"sheets": [3]}',
        '{"sheets": [{"region": ["fresno"]}]}',
        "[" * 100_000,
        "\x00",
    ],
)
def test_what_no_build_wrote_is_no_manifest(tmp_path: Path, text: str) -> None:
    (tmp_path / "MANIFEST.json").write_text(text)
    assert read(tmp_path / "MANIFEST.json") is None
    assert read(tmp_path / "nowhere") is None
    assert read(tmp_path) is None


SHEETS = st.lists(
    st.fixed_dictionaries({"region": st.sampled_from("abcd"), "file": st.text(max_size=3)})
)


def grouped(sheets: list[dict[str, str]]) -> list[dict[str, str]]:
    """Sheets as a run lists them: each region's together."""
    return sorted(sheets, key=lambda sheet: sheet["region"])


@given(SHEETS, SHEETS)
def test_other_regions_sheets_stay_and_the_new_take_the_old_ones_place(
    before: list[dict[str, str]], after: list[dict[str, str]]
) -> None:
    old, new = grouped(before), grouped(after)
    regions = {sheet["region"] for sheet in after}
    sheets = merged(old, new, regions)
    kept = [sheet for sheet in sheets if sheet["region"] not in regions]
    made_anew = [sheet for sheet in sheets if sheet["region"] in regions]
    assert kept == [sheet for sheet in old if sheet["region"] not in regions]
    assert grouped(made_anew) == new
    for region in regions:
        numbers = [place for place, sheet in enumerate(sheets) if sheet["region"] == region]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers))), "stays together"


@given(SHEETS)
def test_making_a_region_again_changes_nothing(before: list[dict[str, str]]) -> None:
    sheets = grouped(before)
    part = [sheet for sheet in sheets if sheet["region"] == "b"]
    again = merged(sheets, part, {"b"} if part else set())
    assert json.dumps(again) == json.dumps(sheets)
