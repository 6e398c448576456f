"""The picture of a plan: every county of every language, in words and in shades of gray."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from planning_kit import with_planning
from project_kit import change

from printkit.budgets import budget_of
from printkit.plan_picture import SHADES, picture
from printkit.project import Project, load_project
from printkit.proposing import Wish, plan_for
from printkit.tiles import load_tiles

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def own(tiny: Path) -> Path:
    return with_planning(tiny)


def drawn(root: Path, budget: str = "2000", **wish: object) -> str:
    project = load_project(root)
    plan = plan_for(project, Wish(budget=budget_of(budget), **wish))  # type: ignore[arg-type]
    return picture(plan, project, load_tiles(project))


def words_of(text: str) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(text).iter(f"{SVG}text")]


def titles_of(text: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(text).iter(f"{SVG}title")]


def test_each_county_stands_in_the_map_of_each_language_with_its_number(own: Path) -> None:
    text = drawn(own)
    assert "Fresno County, Spanish: 50 copies, 4,000 people" in titles_of(text)
    assert "Spanish (es)" in words_of(text) and "English (en)" in words_of(text)
    words = words_of(text)
    assert words[words.index("FRE", words.index("Spanish (es)")) + 1] == "13"  # 50 for 4,000


def test_a_gap_is_hatched_and_named_in_words(own: Path) -> None:
    text = drawn(own, "20", floor=0)
    root = ElementTree.fromstring(text)
    (desc,) = root.iter(f"{SVG}desc")

    assert root.get("role") == "img" and root.get("aria-labelledby") == "title desc"
    assert "Spanish: alameda, fresno, kern" in (desc.text or "")
    assert text.count('fill="url(#gap)"') == 1 + 6  # the legend's, and two languages' three
    assert (
        next(iter(root.iter(f"{SVG}desc"))).text
        != "Gaps, where a count asks for copies and none are planned: none."
    )


def test_without_a_gap_it_says_so(own: Path) -> None:
    assert "none are planned: none.</desc>" in drawn(own, "100000")


def test_languages_of_the_desk_are_a_list(own: Path) -> None:
    assert "Arabic (ar), California: 150 copies" in words_of(drawn(own, "100000"))


def test_names_are_text_and_never_markup(own: Path) -> None:
    change(own, "regions/counties.csv", ",Kern,", ",K<b>&rn,")
    assert "K<b>&rn County, English: 450 copies, 909,235 people" in titles_of(drawn(own))


def test_the_same_plan_gives_the_same_bytes_and_nothing_from_elsewhere(own: Path) -> None:
    text = drawn(own)
    assert text == drawn(own)
    assert re.findall(r"(?:href|url\()[^ )]*", text.replace("url(#gap)", "")) == []


def test_the_shipped_campaign_fits_its_sheet(shipped: Project) -> None:
    plan = plan_for(shipped, Wish(budget=budget_of("40000")))
    root = ElementTree.fromstring(picture(plan, shipped, load_tiles(shipped)))
    wide, high = int(root.get("width", "")), int(root.get("height", ""))

    assert all(float(one.get("y", "0")) < high for one in root.iter(f"{SVG}text"))
    for group in root.findall(f"{SVG}g"):
        x, y = map(float, re.findall(r"[0-9.]+", group.get("transform", "")))
        for square in group.iter(f"{SVG}rect"):
            assert x + float(square.get("x", "0")) + float(square.get("width", "0")) < wide
            assert y + float(square.get("y", "0")) + float(square.get("height", "0")) < high


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    wide = colour if len(colour) == 7 else "#" + "".join(2 * one for one in colour[1:])
    parts = [int(wide[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_shades_are_told_apart_in_gray_and_their_numbers_can_be_read() -> None:
    shades = [luminance(fill) for _, fill, _, _ in SHADES]
    for darker, lighter in pairwise(shades):
        assert (lighter + 0.05) / (darker + 0.05) >= 1.3
    for _, fill, ink, _ in SHADES:
        dark, light = sorted((luminance(fill), luminance(ink)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5
