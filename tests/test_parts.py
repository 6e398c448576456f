"""What a sheet is made of: one thing changed in a project changes the part it belongs to."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from building import jobs_of
from hypothesis import given
from hypothesis import strategies as st
from project_kit import change, sign_off, write

from printkit.jobs import Job
from printkit.parts import inks_part, sheet_parts, target_parts
from printkit.pieces import Piece
from printkit.project import load_project


def parts_of(root: Path, piece: str = "leaf") -> Mapping[str, str]:
    (job,) = jobs_of(load_project(root), pieces=[piece], languages=["es"], editions=["press"])
    return job.parts


def changed(old: Mapping[str, str], new: Mapping[str, str]) -> set[str]:
    return {name for name in {*old, *new} if old.get(name) != new.get(name)}


@pytest.mark.parametrize(
    ("file", "old", "new", "part"),
    [
        ("po/es.po", "Guarde lo que es suyo", "Cuide lo que es suyo", "words"),
        ("campaign.toml", '"410-555-0100"', '"410-555-0199"', "fact hotline"),
        ("flyers/leaf/style.css", "19pt", "18pt", "style"),
        ("flyers/leaf/leaf.html", '<div class="content dense fit">', '<div class="fit">', "layout"),
    ],
)
def test_what_changes_is_told_by_its_part(
    tiny: Path, file: str, old: str, new: str, part: str
) -> None:
    before = parts_of(tiny)
    assert set(before) == {"words", "layout", "style", "fonts", "fact drop_url", "fact hotline"}
    change(tiny, file, old, new)
    assert changed(before, parts_of(tiny)) == {part}


def test_a_new_version_and_a_sign_off_are_told_elsewhere(tiny: Path) -> None:
    before = parts_of(tiny)
    change(tiny, "campaign.toml", 'version = "1.0"', 'version = "1.1"')
    assert parts_of(tiny) == before
    sign_off(tiny, "en", "es")
    assert changed(before, parts_of(tiny)) <= {"layout"}, "the mark's own element is gone"


def test_fonts_are_those_of_the_sheets_languages(tiny: Path, tmp_path: Path) -> None:
    before = parts_of(tiny)
    fonts = tmp_path / "other-fonts"
    fonts.mkdir()
    sums = (tiny / "fonts" / "SHA256SUMS").read_text()
    (job,) = jobs_of(load_project(tiny), pieces=["leaf"], languages=["es"], editions=["press"])

    def with_sums(text: str) -> Mapping[str, str]:
        write(fonts, "SHA256SUMS", text)
        return sheet_parts(job.piece, job.html, (), version="1.0", fonts=fonts)

    def without(name: str) -> str:
        return "".join(line for line in sums.splitlines(True) if name not in line)

    assert with_sums(sums)["fonts"] == before["fonts"]
    assert with_sums(without("NotoSansKhmer"))["fonts"] == before["fonts"]
    assert with_sums(without("NotoSans-Bold"))["fonts"] != before["fonts"]


def of_region(job: Job, number: int, **changes: str) -> dict[str, str]:
    target = replace(job.targets[number], **changes)  # type: ignore[arg-type]
    texts = [job.text_pages[text.page].html for text in target.texts]
    return target_parts(
        job.parts, texts, label=target.label, landing=target.landing_url, version="1.0"
    )


def test_what_a_sheet_says_of_its_region_is_a_part_of_its_own(tiny: Path) -> None:
    def handbill() -> Job:
        project = load_project(tiny)
        (job,) = jobs_of(project, pieces=["handbill"], languages=["es"], editions=["press"])
        return job

    job = handbill()
    before = of_region(job, 1)
    assert changed(before, of_region(job, 1, label="Fresno")) == {"place"}
    assert changed(before, of_region(job, 1, landing_url="https://b.test/fresno/es/1.0")) == {
        "place"
    }
    change(tiny, "regions/counties.csv", "559-555-0100", "559-555-0199")
    assert changed(before, of_region(handbill(), 1)) == {"place"}
    change(tiny, "po/es.po", "Ayuda cerca de usted", "Ayuda en su zona")
    assert changed(before, of_region(handbill(), 1)) == {"place", "words"}
    assert target_parts({"words": "1"}, [], label="", landing="", version="1.0") == {"words": "1"}


def test_a_press_edition_has_its_profile_and_standard(tiny: Path, tmp_path: Path) -> None:
    known = inks_part(tiny / "profiles", "pdf/x-4")
    assert inks_part(tiny / "profiles", "pdf/x-4") == known
    assert inks_part(tiny / "profiles", "pdf/x-1a") != known
    (tmp_path / "own.icc").write_bytes(b"another")
    assert inks_part(tmp_path / "own.icc", "pdf/x-4") != known


BITS = """<p> </p> <span> </span> <span_class="fact_phone"> </b> <svg> </svg> <br> <i/> < > </ a
 &lt; <div_class="slot_fit"> </div> <style> </style>"""
MARKUP = st.lists(st.sampled_from(BITS.replace("\n", "").split(" "))).map(
    lambda bits: "".join(bits).replace("_", " ")
)


@given(before=MARKUP, after=MARKUP)
def test_any_markup_has_its_parts_and_a_facts_words_are_no_words(
    before: str, after: str, tiny_piece: Piece, tiny_fonts: Path
) -> None:
    def parts(html: str) -> dict[str, str]:
        return sheet_parts(tiny_piece, html, (), version="1", fonts=tiny_fonts)

    assert parts(before + after) == parts(before + after)
    fact = '<span class="fact name">{}</span>'
    one, two = (parts(before + fact.format(name) + after) for name in ("one", "two"))
    assert changed(one, two) <= {"facts", "place", "style"}


@pytest.fixture(scope="module")
def tiny_piece(tiny_once: Path) -> Piece:
    return load_project(tiny_once).pieces["leaf"]


@pytest.fixture(scope="module")
def tiny_fonts(tiny_once: Path) -> Path:
    return tiny_once / "fonts"
