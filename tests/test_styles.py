"""Styles made from the tables: every language's fonts, the sheet's size, a slot's head."""

import re
from pathlib import Path

import pytest

from printkit.errors import Problems
from printkit.fonts import FAMILIES
from printkit.languages import LANGUAGES
from printkit.pieces import load_pieces
from printkit.styles import language_css, sheet_css, slot_head


@pytest.mark.parametrize("tag", LANGUAGES)
def test_each_language_has_its_fonts_and_a_line_height(tag: str) -> None:
    found = re.search(rf"^:lang\({tag}\){{font-family:([^;]+);line-height:([\d.]+)}}", CSS, re.M)
    assert found is not None
    families = [family.strip('"') for family in found[1].split(",")]
    assert families == list(LANGUAGES[tag].families)
    assert set(families) <= set(FAMILIES)
    assert 1.2 <= float(found[2]) <= 2.6


CSS = language_css()


def test_vietnamese_letters_are_not_taken_apart() -> None:
    assert re.findall(r":lang\((\w+)\){font-feature-settings:(.*?)}", CSS) == [("vi", '"ccmp" 0')]


def test_headings_stand_closer_and_never_touch() -> None:
    heights = [float(height) for height in re.findall(r"h3:lang\([\w-]+\){line-height:(.*?)}", CSS)]
    assert len(heights) == len(LANGUAGES)
    assert min(heights) >= 1.15


def test_a_sheets_styles_hold_its_size(tiny_once: Path) -> None:
    piece = load_pieces(tiny_once, problems=Problems())["leaf"]
    css = sheet_css(piece, "@page { size: 1in }", ["en", "ar"])
    assert css.startswith("@page { size: 1in }\n.side{width:4.25in;height:5.5in}\n:lang(en)")
    assert css.endswith(language_css(["en", "ar"]))
    assert ":lang(km)" not in css


def test_a_slots_head_names_the_same_stylesheets_and_no_size(tiny_once: Path) -> None:
    head = slot_head(load_pieces(tiny_once, problems=Problems())["leaf"], ["en", "ar"])
    assert re.findall('href="([^"]+)"', head) == ["../_shared/base.css", "style.css"]
    assert ".side" not in head
    assert language_css(["en", "ar"]) in head
