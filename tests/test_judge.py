"""What judging a job says, and of which sheets and pages."""

from dataclasses import replace
from pathlib import Path

import pytest
from building import jobs_of
from sheets import base_of, layout_of

from printkit import judge
from printkit.checking import RULES
from printkit.errors import Problem, UserError
from printkit.findings import fails
from printkit.jobs import Job
from printkit.lengths import Size
from printkit.places import Place
from printkit.project import load_project
from printkit.stamp import Words
from printkit.typeset.layout import CodePlace, Overflow

pytestmark = pytest.mark.usefixtures("own_fonts")
POSTER = Size(width_pt=792, height_pt=1224)


@pytest.fixture(scope="module")
def leaf(tiny_once: Path) -> Job:
    (job,) = jobs_of(
        load_project(tiny_once), pieces=["leaf"], languages=["es"], editions=["copier"]
    )
    return replace(job, html="")


def test_its_own_rules_can_be_explained() -> None:
    assert all(RULES[rule.code] is rule for rule in judge.RULES)


def test_only_the_pages_that_are_too_full_are_named(leaf: Job) -> None:
    layout = layout_of("copier")
    assert judge.full_pages(leaf, layout) == frozenset()
    place = Place(page=2, x_pt=0, y_pt=0, width_pt=1, height_pt=1)
    over = Overflow(of="box", text="Long", side="bottom", by_pt=9, place=place)
    assert judge.full_pages(leaf, replace(layout, overflows=(over,))) == {2}


def test_where_it_cannot_be_told_every_page_is_too_full(leaf: Job) -> None:
    layout = layout_of("copier")
    assert judge.full_pages(leaf, replace(layout, lost=("words",))) == {1, 2}
    assert judge.full_pages(leaf, replace(layout, sizes=layout.sizes * 2)) == {1, 2, 3, 4}
    asking = replace(leaf, html='<img data-slot="help">')
    assert judge.full_pages(asking, layout) == {1, 2}


def test_a_code_on_the_join_of_two_tiles_fails(leaf: Job) -> None:
    layout, base = layout_of("copier", size=POSTER), base_of("copier", size=POSTER)
    assert base.imposition is not None and base.imposition.tiled
    middle = Place(page=1, x_pt=100, y_pt=560, width_pt=100, height_pt=100)
    cut = replace(layout, codes=(CodePlace(url="https://tiny.test", place=middle),))
    found = [one for one in judge.judge_base(leaf, cut, base, base.pdf) if "join" in one.what]
    assert [(one.code, one.what, one.fix) for one in found] == [
        (
            "code-decodes",
            'The join of two tiles cuts through the code for "https://tiny.test".',
            "Move the code off the middle of the sheet.",
        )
    ]
    assert fails(found)


def test_a_letter_that_bears_no_address_fails(leaf: Job) -> None:
    layout, base = layout_of("copier"), base_of("copier")
    letter = replace(leaf, piece=replace(leaf.piece, companies=("venntel",)))
    found = judge.judge_base(letter, layout, base, base.pdf)
    told = [one.what for one in found if one.code == "mail-address"]
    assert told == ['No letter in it bears the address of "venntel".']
    assert not [one for one in judge.judge_base(leaf, layout, base, base.pdf) if "mail" in one.code]


def test_lines_are_held_to_their_slots(leaf: Job) -> None:
    layout, base = layout_of("copier"), base_of("copier")
    good = {"foot": Words(lines=("Fresno · card · v1 · ab12cd",))}
    assert judge.judge_contents(leaf, layout, base, good) == []
    wide = {"foot": Words(lines=("Fresno", "A region with quite a name " * 4))}
    (found,) = judge.judge_contents(leaf, layout, base, wide)
    assert 'in wider than the slot "foot".' in found.what
    assert found.fix == "Shorten it, or widen the slot in flyers/leaf/piece.toml."


def test_problems_of_one_sheet_become_its_findings(leaf: Job) -> None:
    error = UserError(
        Problem(what="This is wrong.", fix="Mend it.", file="flyers/leaf/leaf.html", line=3),
        Problem(what="That too.", fix="And that."),
    )
    assert [str(found) for found in judge.not_made(leaf, error)] == [
        "FAIL leaf es copier, flyers/leaf/leaf.html:3: This is wrong. Mend it. (sheet-made)",
        "FAIL leaf es copier: That too. And that. (sheet-made)",
    ]


def test_a_crash_says_where_it_was(leaf: Job) -> None:
    try:
        base_of("no such edition")
    except KeyError as error:
        (found,) = judge.not_made(leaf, error)
    assert found.what.startswith("Making it stopped: KeyError \"'no such edition'\" in layout_of, ")
    assert found.fix == (
        "Mend the piece's template, styles or pictures; report it if they are right."
    )


def test_a_finding_is_told_once_a_region(leaf: Job) -> None:
    found = judge.not_made(leaf, ValueError("x")) * 2
    assert [one.region for one in judge.for_region(found, "kern")] == ["kern"]
