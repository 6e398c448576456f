"""Stylesheets are parsed once, and a document with one that was kept is the same document."""

from pathlib import Path

import pytest

from printkit.inks import Paint
from printkit.typeset import Layout, stylesheets, typeset

RGB = Paint(space="DeviceRGB", mix=lambda red, green, blue: (red, green, blue))
SHEETS = {
    "plain": "p { color: #123456 } @page { size: 3in 2in }",
    "media": "@media screen { p { color: red } } @media print { p { color: blue } }",
    "imported": '@import "other.css"; p { font-size: 9pt }',
    "layered": "@layer low, high; @layer high { p { color: red } } @layer low { p { margin: 0 } }",
    "counted": '@counter-style dots { system: cyclic; symbols: "·"; suffix: " " }',
    "variable": "p { --tall: 9pt; font-size: var(--tall) }",
    "wrong variable": "p { --tall: red; font-size: var(--tall) }",
    "wrong": "p { font-size: red; colour: blue } p:no { color: red } @nothing { }",
    "escaped": '@\\69mport "other.css"; p::before { content: "\\2022" }',
    "worked out": "p { width: calc(100% - 1in); font-size: min(9pt, 1em) }",
}
OTHER = "p { color: #008000; margin: 0 }"


def lay_out(folder: Path, body: str = "<p>A line.</p><ol><li>One</li></ol>") -> Layout:
    html = (
        '<!doctype html><html lang="en"><head><title>A sheet</title>'
        '<style>@page { size: 4in 3in; margin: 0.5in } body { font: 10pt "Noto Sans" }</style>'
        f'<link rel="stylesheet" href="style.css"></head><body>{body}</body></html>'
    )
    return typeset(html, roots=(folder,), paint=RGB, safe_pt=0)


@pytest.fixture
def folder(own_fonts: Path, tmp_path: Path) -> Path:
    (tmp_path / "other.css").write_text(OTHER)
    stylesheets._parsed.cache_clear()
    return tmp_path


@pytest.mark.parametrize("kind", SHEETS)
def test_a_sheet_that_was_kept_makes_the_same_document(folder: Path, kind: str) -> None:
    (folder / "style.css").write_text(SHEETS[kind])
    first = lay_out(folder)
    assert [lay_out(folder) for _ in range(2)] == [first, first], "and tells the same warnings"


def test_a_sheet_is_parsed_once(folder: Path) -> None:
    (folder / "style.css").write_text(SHEETS["plain"])
    lay_out(folder)
    before = stylesheets._parsed.cache_info()
    lay_out(folder, "<p>Another.</p>")
    after = stylesheets._parsed.cache_info()
    assert (after.misses - before.misses, after.hits - before.hits) == (0, 2)


def test_a_sheet_that_was_changed_is_parsed_again(folder: Path) -> None:
    for width in (3, 5):
        (folder / "style.css").write_text(f"@page {{ size: {width}in 2in }}")
        assert lay_out(folder).sizes[0].width_pt == width * 72


def test_what_a_sheet_imports_is_read_each_time(folder: Path) -> None:
    (folder / "style.css").write_text('@import "other.css";')
    green = lay_out(folder)
    (folder / "other.css").write_text("p { color: #800000; margin: 0 }")
    assert lay_out(folder).pdf != green.pdf


def test_the_same_text_in_another_folder_is_another_sheet(folder: Path) -> None:
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "style.css").write_text("p { background: url(art.png) }")
        layout = lay_out(folder / name)
        assert len(layout.log) == 1 and "art.png" in layout.log[0]


def test_a_sheet_that_is_missing_is_told_each_time(folder: Path) -> None:
    first, second = lay_out(folder), lay_out(folder)
    assert first.log == second.log
    assert "style.css" in first.log[0]
