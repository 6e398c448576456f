"""A finished build is read back whole, and whatever is wrong with it is told at once."""

import contextlib
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.built import Built, Sheet, load_built
from printkit.errors import UserError

PDF = b"%PDF-1.7 a sheet"
FILES = ("fresno/press/06019_es_card_v1.0_4.25x5.5_q5200_ab12cd.pdf", "a/gone.pdf", "a/other.pdf")


def entry(**changes: Any) -> dict[str, Any]:
    """Return a sheet's entry as a build writes it, with some values changed."""
    told = {
        "file": FILES[0],
        "sha256": hashlib.sha256(PDF).hexdigest(),
        "bytes": len(PDF),
        "pages": 2,
        "piece": "card",
        "language": "es",
        "edition": "press",
        "region": "fresno",
        "copies": 5200,
        "trim": "4.25x5.5in",
        "version": "1.0",
        "digest": "AB12CD",
        "url": None,
        "draft": False,
        "preflight": {"profile": "press", "counts": {"FAIL": 0, "WARN": 1, "NOTE": 0}},
        "parts": {"words": "0a1b2c3d"},
        "findings": [],
    }
    return told | changes


def write_build(folder: Path, *entries: Any, version: Any = "1.0") -> Path:
    """Write a build: its manifest, and each sheet's file with the same few bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {"version": version, "sheets": list(entries)}
    (folder / "MANIFEST.json").write_text(json.dumps(content), encoding="utf-8")
    for one in entries:
        if isinstance(one, dict) and one.get("file") in FILES:
            path = folder / one["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(PDF)
    return folder


def wrong_in(place: Path, *, verify: bool = False) -> str:
    with pytest.raises(UserError) as caught:
        load_built(place, verify=verify)
    return str(caught.value)


def test_every_sheet_is_a_row(tmp_path: Path) -> None:
    build = write_build(tmp_path / "1.0", entry())
    built = load_built(build, verify=True)
    (sheet,) = built.sheets
    assert (built.version, sheet.key) == ("1.0", ("fresno", "es", "card", "press"))
    assert (sheet.trim, sheet.copies, sheet.digest) == ((4.25, 5.5), 5200, "AB12CD")
    assert sheet.counts == {"FAIL": 0, "WARN": 1, "NOTE": 0} and sheet.parts == {
        "words": "0a1b2c3d"
    }
    assert sheet.is_printed and not sheet.is_withheld
    path = built.path(sheet)
    assert path is not None and path.read_bytes() == PDF
    assert load_built(build / "MANIFEST.json") == built


def test_a_withheld_sheet_has_no_file_and_says_why(tmp_path: Path) -> None:
    found = [{"severity": "FAIL", "what": "Too long."}, {"severity": "WARN", "what": "Old."}]
    held = entry(file=None, sha256=None, digest=None, bytes=0, pages=0, findings=found)
    built = load_built(write_build(tmp_path, held), verify=True)
    (sheet,) = built.sheets
    assert sheet.is_withheld and sheet.failures == ("Too long.",) and sheet.digest == ""
    assert built.path(sheet) is None


def test_builds_of_older_printkits_are_read_too(tmp_path: Path) -> None:
    old = entry()
    for name in ("parts", "preflight", "findings"):
        del old[name]
    (sheet,) = load_built(write_build(tmp_path, old)).sheets
    assert (sheet.parts, sheet.counts, sheet.failures) == ({}, {}, ())


def test_where_there_is_no_build(tmp_path: Path) -> None:
    assert "has no MANIFEST.json. Name a folder that printkit build has made." in wrong_in(tmp_path)
    assert "There is no build in" in wrong_in(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"sheets": 3}', "[" * 100_000, "\x00", "\udcff"]
)
def test_a_broken_manifest_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "MANIFEST.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert "is broken: no build wrote it like this. Build again." in wrong_in(tmp_path)


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    write_build(
        tmp_path, 3, entry(copies=-1, trim="wide"), entry(), entry(draft="no"), version=None
    )
    assert wrong_in(tmp_path).splitlines() == [
        "MANIFEST.json: The manifest tells no version. Build again.",
        "MANIFEST.json: Sheet 1 is no table. Build again.",
        "MANIFEST.json: Sheet 2 tells its copies, trim wrongly, or not at all. Build again.",
        "MANIFEST.json: Sheet 4 tells its draft wrongly, or not at all. Build again.",
    ]


@pytest.mark.parametrize(
    "file", ["/etc/passwd", "../up.pdf", "a/../../b.pdf", "C:\\x.pdf", "", "a\n"]
)
def test_no_file_lies_outside_of_the_build(tmp_path: Path, file: str) -> None:
    assert "Sheet 1 tells its file wrongly" in wrong_in(write_build(tmp_path, entry(file=file)))


def test_files_are_held_to_their_sums_where_asked(tmp_path: Path) -> None:
    gone, other = entry(file="a/gone.pdf"), entry(file="a/other.pdf")
    build = write_build(tmp_path, entry(), gone, other)
    (build / "a/gone.pdf").unlink()
    (build / "a/other.pdf").write_bytes(b"changed")
    assert len(load_built(build).sheets) == 3
    assert wrong_in(build, verify=True).splitlines() == [
        "MANIFEST.json: 1 of the build's files is not there: a/gone.pdf. Build again.",
        "MANIFEST.json: 1 of the build's files is not what the build made: a/other.pdf. "
        "Build again.",
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(sorted(entry())), JSON))
def test_whatever_a_manifest_holds_there_are_rows_or_words(
    tmp_path_factory: pytest.TempPathFactory, changes: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("build")
    content = {"version": "1.0", "sheets": [entry(**changes)]}
    (folder / "MANIFEST.json").write_text(json.dumps(content), encoding="utf-8")
    with contextlib.suppress(UserError):
        built = load_built(folder, verify=True)
        assert isinstance(built, Built) and all(isinstance(one, Sheet) for one in built.sheets)
