"""How messages fit their places: told in words, for machines, and of the right message."""

from pathlib import Path

import pytest
from building import silent
from project_kit import change

from printkit.findings import Severity
from printkit.fit import Fit, Fitness, check_fit, editions_measured
from printkit.fit_words import fit_json, fit_lines, line_of
from printkit.project import Project, load_project

KEY = "Call {hotline} or type {drop_url}."


def fitness_of(project: Project, *languages: str) -> Fitness:
    return check_fit(project, languages, workers=1, progress=silent)


def fit_of(fitness: Fitness, msgid: str, edition: str = "screen") -> Fit:
    (fit,) = [one for one in fitness.fits if one.msgid == msgid and one.room.edition == edition]
    return fit


@pytest.fixture(scope="module")
def spanish(tiny_read: Project) -> Fitness:
    return fitness_of(tiny_read, "es")


def test_a_project_that_fits_has_nothing_against_it(spanish: Fitness) -> None:
    assert spanish.findings == ()
    fit = fit_of(spanish, KEY)
    assert (fit.where, fit.editions) == ("Leaf, front, no. 2", ("press", "screen"))
    assert fit.file == "po/es.po" and fit.line is not None
    assert fit_of(spanish, KEY, "copier").editions == ("copier",)


def test_only_the_languages_asked_for_are_told(spanish: Fitness) -> None:
    assert {fit.room.language for fit in spanish.fits} == {"es"}
    assert {fit.room.piece for fit in spanish.fits} == {"leaf", "handbill", "finder"}


def test_the_tightest_room_comes_first(spanish: Fitness) -> None:
    ranks = [fit.rank for fit in spanish.fits]
    assert ranks == sorted(ranks)


def test_people_read_the_tightest_rooms_in_lines(spanish: Fitness) -> None:
    head, *rooms, last = fit_lines(spanish)
    assert head.startswith("es: ") and head.endswith(", all of them fit. The tightest first:")
    assert all(line.startswith("  ") and line.endswith(".") for line in rooms)
    assert last == "The screen edition was laid out for press and screen: they are alike."
    words = line_of(fit_of(spanish, KEY))
    assert words.startswith(f'Leaf, front, no. 2 (press and screen), "{KEY}": 2 lines, ')
    assert words.endswith(" mm left in setting 1 of 2.")


def test_machines_get_all_of_it(spanish: Fitness) -> None:
    told = fit_json(spanish)
    assert told["findings"] == []
    one = next(fit for fit in told["fit"] if fit["msgid"] == KEY)
    assert one["language"] == "es" and one["piece"] == "leaf" and one["page"] == 1
    assert {"over_mm", "lines_over", "letters_over", "left_mm", "file", "line"} <= set(one)


def test_a_text_that_is_too_long_is_told_with_its_place_and_what_to_drop(tiny: Path) -> None:
    change(tiny, "flyers/leaf/style.css", "height: 4.7in", "height: 3.5in")
    change(tiny, "po/es.po", "o escriba", "o escriba" + " hoy mismo" * 48)
    fitness = fitness_of(load_project(tiny), "es")
    found = fitness.findings[0]
    assert {one.code for one in fitness.findings} == {"message-fits"}
    assert (found.severity, found.piece, found.page) == (Severity.FAIL, "leaf", 1)
    assert found.file == "po/es.po" and found.place is not None
    assert f'Leaf, front, no. 2, "{KEY}": the text is ' in found.what
    assert found.what.endswith(" lines, even in the tightest setting.")
    assert found.fix.startswith("Drop about ") and " letters here" in found.fix
    assert fitness.fits[0].room.over_mm > 0
    assert " do not fit. The tightest first:" in next(iter(fit_lines(fitness)))
    assert "mm too long; drop about " in line_of(fitness.fits[0])


def test_editions_that_styles_tell_apart_are_each_laid_out(tiny: Path) -> None:
    leaf = load_project(tiny).pieces["leaf"]
    assert editions_measured(leaf) == {"screen": ("press", "screen"), "copier": ("copier",)}
    change(tiny, "flyers/leaf/style.css", "h1 { font-size: 19pt; }", ".press h1 { margin: 0 }")
    assert set(editions_measured(load_project(tiny).pieces["leaf"])) == set(leaf.editions)


@pytest.mark.slow
def test_screen_and_press_lay_the_shipped_pieces_out_alike(shipped: Project) -> None:
    from printkit.fit import measured_jobs
    from printkit.rooms import measure

    for job in measured_jobs(shipped, ["es"], ["press", "screen"]):
        if job.language != "es":
            continue
        rooms = measure(job, shipped.profiles).rooms
        if job.edition == "press":
            press = {room.digest: (room.stands.lines, room.stands.spare_pt) for room in rooms}
        else:
            screen = {room.digest: (room.stands.lines, room.stands.spare_pt) for room in rooms}
            assert press.items() <= screen.items(), job.piece.slug
