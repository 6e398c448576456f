"""What a layout shows of itself becomes findings in words."""

from dataclasses import replace

import pytest

from printkit.checks.layout import (
    RULES,
    allowed_families,
    engine_findings,
    layout_findings,
    overflow_finding,
)
from printkit.findings import Finding, Severity
from printkit.languages import LANGUAGES
from printkit.lengths import Size
from printkit.places import Place
from printkit.typeset import Layout, Overflow, SlotPlace

SIZE = Size(width_pt=306, height_pt=396)
PLACE = Place(page=2, x_pt=36, y_pt=90, width_pt=144, height_pt=20)
SLOT = SlotPlace(name="help", place=replace(PLACE, page=1), size=SIZE, alt="help")
GOOD = Layout(
    pdf=b"",
    sizes=(SIZE, SIZE),
    slots=(SLOT,),
    overflows=(),
    lost=(),
    fonts=frozenset({"Noto Sans", "Noto Sans Arabic"}),
    log=(),
    refused=(),
    codes=(),
)
WHERE = {"piece": "leaf", "language": "ar", "edition": "press"}


def findings_of(layout: Layout) -> list[Finding]:
    return layout_findings(layout, pages=2, languages=("ar", "en"), slots=("help",), **WHERE)


def overflow(**more: object) -> Overflow:
    values: dict[str, object] = {
        "of": "box",
        "side": "bottom",
        "by_pt": 18.0,
        "text": "A long text that stands in a box that is too small for it",
        "place": PLACE,
    }
    return Overflow(**(values | more))  # type: ignore[arg-type]


def test_a_good_layout_has_nothing_to_tell() -> None:
    assert findings_of(GOOD) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"overflows": (overflow(),)},
            'FAIL leaf ar press, page 2, 0.5 in across, 1.2 in down: "A long text that stands in a '
            'box that i…" runs 0.25 in below its box. Shorten the text, or give the box more room. '
            "(text-overflows)",
        ),
        (
            {"overflows": (overflow(side="left", by_pt=7.2, text="Word"),)},
            'FAIL leaf ar press, page 2, 0.5 in across, 1.2 in down: "Word" runs 0.10 in to the '
            "left of its box. Shorten the text, or give the box more room. (text-overflows)",
        ),
        (
            {"overflows": (overflow(of="safe area", by_pt=3.6, text="Word"),)},
            'FAIL leaf ar press, page 2, 0.5 in across, 1.2 in down: "Word" stands 0.05 in outside '
            "the safe area. Move it at least that far inward. (safe-area)",
        ),
        (
            {"slots": (replace(SLOT, place=replace(SLOT.place, x_pt=162 + 8)),)},
            'FAIL leaf ar press, page 1, 2.4 in across, 1.2 in down: The slot "help" stands '
            "outside the safe area. Move it inward",
        ),
        (
            {"lost": ("the end",)},
            'FAIL leaf ar press: "the end" was not laid out. Give it more room. (text-lost)',
        ),
        (
            {"slots": ()},
            'FAIL leaf ar press: The slot "help" was not laid out. Give it more room. (text-lost)',
        ),
        (
            {"sizes": (SIZE,) * 3},
            "FAIL leaf ar press: It has 3 pages, and its piece.toml says 2. Shorten the text, or "
            "correct pages. (page-count)",
        ),
        (
            {"sizes": (SIZE,)},
            "FAIL leaf ar press: It has 1 page, and its piece.toml says 2. Shorten the text, or "
            "correct pages. (page-count)",
        ),
        (
            {"fonts": frozenset({"Noto Sans", "Noto Sans Khmer"})},
            "FAIL leaf ar press: Something is drawn with Noto Sans Khmer. Find the letter that the "
            "language's own font lacks, and change it. (fonts-foreign)",
        ),
        (
            {"refused": ("file:///etc/passwd",)},
            'FAIL leaf ar press: It asks for "file:///etc/passwd". Put the file into the piece\'s '
            "folder, and name it from there. (address-outside)",
        ),
        (
            {"log": ("Ignored `colr: red`, unknown property.",)},
            "FAIL leaf ar press: The layout engine says: Ignored `colr: red`, unknown property. "
            "Mend the template or its styles. (layout-warning)",
        ),
    ],
)
def test_one_thing_wrong_is_one_finding(change: dict[str, object], told: str) -> None:
    (found,) = findings_of(replace(GOOD, **change))  # type: ignore[arg-type]
    assert str(found).startswith(told)
    assert found.severity is Severity.FAIL
    assert found.code in {rule.code for rule in RULES}


def test_everything_wrong_is_told() -> None:
    bad = replace(
        GOOD,
        sizes=(SIZE,),
        lost=("a", "b"),
        log=("x",),
        refused=("y",),
        overflows=(overflow(),) * 2,
    )
    assert len(findings_of(bad)) == 7


def test_places_are_told_in_inches() -> None:
    assert overflow_finding(overflow()).place == (0.5, 1.25, 2.0, 0.278)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_each_language_may_use_its_own_fonts_and_no_others(tag: str) -> None:
    families = allowed_families((tag,))
    assert families >= set(LANGUAGES[tag].families)
    found = engine_findings((), (*families, "Comic Sans"), (), (), languages=(tag,))
    assert [one.what for one in found] == ["Something is drawn with Comic Sans."]
