"""Rooms: where messages stand in the real layout, and by how much they do not fit."""

from dataclasses import replace
from pathlib import Path

import pytest
from project_kit import change

from printkit.editions import EDITIONS
from printkit.jobs import Job, Selection, first_orders, jobs_for
from printkit.marks import mark_of
from printkit.places import Place
from printkit.project import Project, load_project
from printkit.rooms import Measured, Room, measure, numbers_of, side_of
from printkit.typeset import MessagePlace

pytestmark = pytest.mark.usefixtures("own_fonts")
HEADLINE = (None, "Keep what is yours")


def job_of(project: Project, piece: str = "leaf", edition: str = "screen") -> Job:
    css = {name: one.css for name, one in EDITIONS.items()}
    selection = Selection(
        languages=frozenset({"es"}), pieces=frozenset({piece}), editions=frozenset({edition})
    )
    marked = replace(first_orders(project, selection), marked=True)
    return next(jobs_for(marked, selection, page_css=css))


def measured(project: Project, **job: str) -> Measured:
    return measure(job_of(project, **job), project.profiles)


def room_of(sheet: Measured, language: str, key: tuple[str | None, str]) -> Room:
    mark = mark_of(language, key)
    (room,) = [one for one in sheet.rooms if f"{one.language}:{one.digest}" == mark]
    return room


def stands(**changed: object) -> MessagePlace:
    line = Place(page=1, x_pt=10, y_pt=10, width_pt=100, height_pt=12)
    fields = {
        "mark": "es:0",
        "lines": (line, replace(line, y_pt=22, width_pt=40)),
        "letters": (20, 8),
        "role": "",
        "width_pt": 110.0,
        "line_pt": 12.0,
        "font_pt": 10.0,
        "box": replace(line, height_pt=30),
        "spare_pt": 6.0,
        "beyond_pt": 0.0,
    }
    return MessagePlace(**(fields | changed))  # type: ignore[arg-type]


def room(**changed: object) -> Room:
    return Room(
        language="es",
        digest="0",
        piece="leaf",
        edition="screen",
        level=0,
        tightest=0,
        stands=stands(**changed),
    )


def test_a_message_is_found_where_it_stands(tiny_read: Project) -> None:
    headline = room_of(measured(tiny_read), "es", HEADLINE)
    place = headline.place
    assert (headline.lines, headline.letters, headline.stands.page) == (1, 21, 1)
    assert headline.stands.role == "headline"
    assert headline.stands.font_pt == 19
    assert 27 <= place.x_pt < 36 and 32 < place.y_pt < 110
    assert 150 < place.width_pt <= headline.stands.width_pt == pytest.approx(252, abs=1)
    assert headline.over_mm == headline.letters_over == 0


def test_both_sides_are_measured_each_in_its_language(tiny_read: Project) -> None:
    sheet = measured(tiny_read)
    assert {(room.language, room.stands.page) for room in sheet.rooms} == {("es", 1), ("en", 2)}
    assert sheet.pdf == b""


def test_the_words_of_slots_are_measured_too(tiny_read: Project) -> None:
    sheet = measured(tiny_read, piece="handbill")
    help_line = room_of(sheet, "es", (None, "Questions about DROP?"))
    assert help_line.stands.box.height_pt == pytest.approx(57.6, abs=0.1)


def test_a_longer_text_leaves_less_room(tiny: Path) -> None:
    key = (None, "Call {hotline} or type {drop_url}.")
    before = room_of(measured(load_project(tiny)), "es", key)
    change(tiny, "po/es.po", "Llame al {hotline} o", "Llame " + "hoy mismo " * 6 + "al {hotline} o")
    after = room_of(measured(load_project(tiny)), "es", key)
    assert after.lines > before.lines
    lost = before.stands.spare_pt - after.stands.spare_pt
    more = (after.lines - before.lines) * after.stands.line_pt
    assert lost == pytest.approx(more, abs=0.1)


def test_what_does_not_fit_is_measured(tiny: Path) -> None:
    change(tiny, "flyers/leaf/style.css", "height: 4.7in", "height: 3.6in")
    change(tiny, "po/es.po", "o escriba", "o escriba" + " hoy mismo" * 48)
    sheet = measured(load_project(tiny))
    room = room_of(sheet, "es", (None, "Call {hotline} or type {drop_url}."))
    assert room.over_mm > 5
    assert room.lines_over >= 2
    assert room.letters_over > 40
    assert "text-overflows" in {found.code for found in sheet.full}


def test_letters_to_drop_are_those_of_the_lines_that_are_too_many() -> None:
    assert room(spare_pt=-1.0).letters_over == 0, "a line's own space is no ink"
    one = room(spare_pt=-10.0)
    assert (one.lines_over, one.letters_over, one.over_mm) == (1, 8, 3.5)
    two = room(spare_pt=-23.0)
    assert (two.lines_over, two.letters_over) == (2, 0), "no text is so short"


def test_a_line_that_is_too_wide_loses_what_sticks_out() -> None:
    wide = room(beyond_pt=25.0)
    assert (wide.over_mm, wide.lines_over, wide.letters_over) == (8.8, 0, 4)


def test_numbers_go_by_the_english_sheet_and_are_the_same_in_every_language() -> None:
    def at(language: str, digest: str) -> Room:
        return replace(room(), language=language, digest=digest)

    english = [at("en", "b"), at("en", "a")]
    spanish = [at("es", "mark"), at("es", "b"), at("es", "a"), at("es", "b")]
    numbers = numbers_of([*spanish, *english])
    assert numbers == {("leaf", "b"): 1, ("leaf", "a"): 2, ("leaf", "mark"): 3}


def test_sides_have_names(shipped: Project) -> None:
    pieces = shipped.pieces
    assert [side_of(pieces["card"], page) for page in (1, 2)] == ["front", "back"]
    assert [side_of(pieces["brochure"], page) for page in (1, 2)] == ["outside", "inside"]
    assert side_of(pieces["poster"], 1) == ""
