"""Lines are split once, and a document with lines that were kept is the same document."""

import inspect
import re
from pathlib import Path

import pytest
from weasyprint.text import fonts, line_break

from printkit.inks import Paint
from printkit.typeset import Layout, lines, typeset

RGB = Paint(space="DeviceRGB", mix=lambda red, green, blue: (red, green, blue))
WORDS = "Companies sell what you buy, where you walk and whom you call; a letter ends it."
STYLES = {
    "plain": "",
    "in columns": "p { display: inline-block; width: 1.1in } body { display: flex }",
    "spaced": "p { letter-spacing: 1pt; word-spacing: 3pt; text-align: justify }",
    "underlined": "p { text-decoration: underline overline }",
    "hyphenated": "p { hyphens: auto; width: 0.6in }",
    "broken": "p { overflow-wrap: anywhere; width: 0.3in }",
    "cut": "p { text-overflow: ellipsis; overflow: hidden; white-space: nowrap; width: 1in }",
    "tabbed": "p { white-space: pre-wrap; tab-size: 3 }",
    "small capitals": "p { font-variant-caps: small-caps; font-weight: bold }",
    "features": 'p { font-feature-settings: "liga" 0, "ccmp" 0 }',
}
READ_ANYWHERE = {"line_height", "hyphenate_limit_zone"}
"""Lines' heights are not kept; the zone is of use to hyphens only, and such lines aren't either."""


def lay_out(folder: Path, style: str = "", words: str = WORDS) -> Layout:
    html = (
        '<!doctype html><html lang="en"><head><title>A sheet</title>'
        '<style>@page { size: 4in 6in; margin: 0.5in } body { font: 10pt "Noto Sans" }'
        f"{style}</style></head><body><p>{words}</p><p>{words}\t<b>And more.</b></p></body></html>"
    )
    return typeset(html, roots=(folder,), paint=RGB, safe_pt=0)


@pytest.fixture
def folder(own_fonts: Path, tmp_path: Path) -> Path:
    lines._kept.clear()
    return tmp_path


@pytest.mark.parametrize("kind", STYLES)
def test_lines_that_were_kept_make_the_same_document(folder: Path, kind: str) -> None:
    first = lay_out(folder, STYLES[kind])
    lay_out(folder, STYLES["cut"])
    assert lay_out(folder, STYLES[kind]) == first


def test_what_differs_in_style_is_another_line(folder: Path) -> None:
    alone = {}
    for kind, style in STYLES.items():
        lines._kept.clear()
        alone[kind] = lay_out(folder, style)
    lines._kept.clear()
    assert {kind: lay_out(folder, style) for kind, style in STYLES.items()} == alone


def test_a_line_is_split_once(folder: Path) -> None:
    lay_out(folder)
    before = len(lines._kept)
    lay_out(folder)
    assert len(lines._kept) == before > 0


def test_lines_are_forgotten_before_they_fill_the_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "MOST_KEPT", 3)
    for number in range(5):
        lay_out(folder, words=f"Words {number}")
        assert len(lines._kept) <= 3


def test_a_font_that_a_sheet_brings_makes_other_lines(folder: Path, own_fonts: Path) -> None:
    (folder / "own.ttf").write_bytes((own_fonts / "NotoSans-Bold.ttf").read_bytes())
    named = 'p { font-family: "A Face That Nobody Has" }'
    before = lay_out(folder, named)
    face = '@font-face { font-family: "A Face That Nobody Has"; src: url(own.ttf) }'
    after = lay_out(folder, face + named)
    lines.forget_lines()
    assert after == lay_out(folder, face + named)
    assert before.pdf != after.pdf, "its letters are bold"


def test_all_of_a_style_that_a_line_depends_on_is_looked_at() -> None:
    functions = line_break, fonts.get_font_description
    read = set(re.findall(r"style\['(\w+)'\]", "".join(map(inspect.getsource, functions))))
    assert read - READ_ANYWHERE == set(lines.STYLE)
