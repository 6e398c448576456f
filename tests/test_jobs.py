"""Jobs: the union of the orders, each sheet laid out once and stamped for whoever ordered it."""

import pickle
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from project_kit import ORDERS, change, write

from printkit.editions import EDITIONS
from printkit.errors import UserError
from printkit.jobs import Job, Selection, first_orders, jobs_for
from printkit.project import Project, load_project

CSS = {name: edition.css for name, edition in EDITIONS.items()}


def jobs_of(project: Project, **wanted: Iterable[str]) -> list[Job]:
    selection = Selection(**{key: frozenset(words) for key, words in wanted.items()})
    return list(jobs_for(project, selection, page_css=CSS))


def names(jobs: Iterable[Job]) -> list[str]:
    return [job.name for job in jobs]


def test_pieces_languages_and_editions_come_in_their_order(tiny_read: Project) -> None:
    assert names(jobs_of(tiny_read)) == [
        *("leaf en press", "leaf en copier", "leaf en screen"),
        *("leaf es press", "leaf es copier", "leaf es screen"),
        *("leaf ar press", "leaf ar copier", "leaf ar screen"),
        *("handbill es press", "handbill es copier"),
        *("handbill es screen", "handbill es screen"),  # two wordings of local help
        *("handbill ar press", "handbill ar copier", "handbill ar screen"),
        *("finder mul press", "finder mul copier", "finder mul screen"),
    ]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"regions": ["kern"], "editions": ["press"]}, ["handbill es press"]),
        ({"languages": ["ar"], "editions": ["press"]}, ["leaf ar press", "handbill ar press"]),
        ({"pieces": ["finder"], "editions": ["copier", "screen"]},
         ["finder mul copier", "finder mul screen"]),
        ({"regions": ["kern"], "languages": ["ar"]}, []),
        ({"languages": ["mul"], "editions": ["screen"]}, ["finder mul screen"]),
    ],
)  # fmt: skip
def test_only_what_is_selected_is_made(
    tiny_read: Project, wanted: dict[str, list[str]], expected: list[str]
) -> None:
    assert names(jobs_of(tiny_read, **wanted)) == expected


def test_a_region_alone_is_a_whole_batch(tiny_read: Project) -> None:
    assert not Selection(regions=frozenset({"kern"})).is_partial
    for key in ("languages", "pieces", "editions"):
        assert Selection(**{key: frozenset({"x"})}).is_partial


def test_a_sheet_that_is_the_same_everywhere_is_made_once(tiny_read: Project) -> None:
    (job,) = jobs_of(tiny_read, pieces=["leaf"], languages=["es"], editions=["press"])
    (target,) = job.targets
    assert (target.region, target.label, target.landing_url) == (None, "", "")
    assert [(order.region, order.copies) for order in target.orders] == [
        ("alameda", 150),
        ("fresno", 50),
    ]
    assert job.text_pages == ()


def test_regions_share_a_layout_and_equal_words(tiny_read: Project) -> None:
    (job,) = jobs_of(tiny_read, pieces=["handbill"], languages=["es"], editions=["press"])
    assert [(target.region, target.label) for target in job.targets] == [
        ("alameda", "Alameda County"),
        ("fresno", "Fresno County"),
        ("kern", "Kern County"),
    ]
    assert job.targets[1].landing_url == "https://tiny.test/fresno/es/1.0"
    assert [[text.page for text in target.texts] for target in job.targets] == [[0], [1], [0]]
    assert len(job.text_pages) == 2
    assert "Legal Aid" in job.text_pages[1].html
    assert job.text_pages[0].size.height_pt == pytest.approx(57.6)
    assert 'data-slot="help"' in job.html


def test_on_the_screen_each_wording_is_laid_out_as_text(tiny_read: Project) -> None:
    first, second = jobs_of(tiny_read, pieces=["handbill"], languages=["es"], editions=["screen"])
    assert [target.region for target in first.targets] == ["alameda", "kern"]
    assert [target.region for target in second.targets] == ["fresno"]
    assert "Legal Aid" in second.html
    assert "Legal Aid" not in first.html
    for job in (first, second):
        assert 'data-slot="help"' not in job.html
        assert job.text_pages == ()
        assert all(target.texts == () for target in job.targets)


def test_a_job_bears_the_editions_styles_and_the_sheets_size(tiny_read: Project) -> None:
    for edition in ("press", "copier", "screen"):
        (job,) = jobs_of(tiny_read, pieces=["leaf"], languages=["en"], editions=[edition])
        assert EDITIONS[edition].css(job.piece.trim) in job.html
        assert ".side{width:4.25in;height:5.5in}" in job.html
        assert f'class="{edition} leaf"' in job.html


def test_jobs_go_to_other_processes(tiny_read: Project) -> None:
    for job in jobs_of(tiny_read, editions=["press"]):
        assert pickle.loads(pickle.dumps(job)) == job


def test_a_draft_and_what_a_catalog_lacks_go_with_the_job(tiny: Path) -> None:
    change(tiny, "po/es.po", 'msgstr "Ayuda cerca de usted"', 'msgstr ""')
    (job,) = jobs_of(load_project(tiny), pieces=["handbill"], languages=["es"], editions=["press"])
    assert job.draft
    assert [found.what for found in job.findings] == [
        '"Help near you" is not translated, so the English prints.'
    ], "once, though two regions ask"


def test_a_piece_is_made_in_its_own_editions_only(tiny: Path) -> None:
    change(tiny, "flyers/leaf/piece.toml", "tight = 1", 'tight = 1\neditions = ["screen"]')
    project = load_project(tiny)
    assert names(jobs_of(project, pieces=["leaf"])) == [
        "leaf en screen",
        "leaf es screen",
        "leaf ar screen",
    ]
    assert jobs_of(project, pieces=["leaf"], editions=["press"]) == []


def test_one_order_of_each_is_enough_to_look_at(tiny_read: Project) -> None:
    project = first_orders(tiny_read, Selection(languages=frozenset({"es"})))
    assert [(order.region, order.piece) for order in project.orders] == [
        ("alameda", "leaf"),
        ("alameda", "handbill"),
    ]


def test_copies_in_jobs_equal_copies_ordered(tiny_read: Project) -> None:
    for edition in ("press", "copier", "screen"):
        jobs = jobs_of(tiny_read, editions=[edition])
        orders = [order for job in jobs for target in job.targets for order in target.orders]
        assert sorted(orders, key=lambda order: order.line) == list(tiny_read.orders)


def test_no_orders_make_no_jobs(tiny_read: Project) -> None:
    assert jobs_of(replace(tiny_read, orders=())) == []


def test_all_broken_templates_are_told_at_once(tiny: Path) -> None:
    change(tiny, "flyers/leaf/leaf.html", "parts.footer()", "foot")
    change(tiny, "flyers/handbill/template.html", "parts.footer()", "parts.foot()")
    write(tiny, "regions/orders.csv", ORDERS)
    with pytest.raises(UserError) as caught:
        jobs_of(load_project(tiny))
    assert [(problem.file, problem.line) for problem in caught.value.problems] == [
        ("flyers/leaf/leaf.html", 10),
        ("flyers/handbill/template.html", 13),
    ]
    assert caught.value.problems[0].what == (
        "The template can't be filled in: 'foot' is undefined."
    )
