"""The packing list: in English, what is in the box, how many, and how to print it oneself."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary
from project_kit import change, sign_off
from test_batches import made, order

from printkit.batches import Batch, batches_for
from printkit.checks.words import page_texts
from printkit.outputs.packing_list import (
    PackingList,
    Row,
    by_shape,
    copier_words,
    finished_lists,
    packing_list_for,
)
from printkit.press import Made
from printkit.project import Project, load_project

pytestmark = pytest.mark.usefixtures("own_fonts")


@pytest.fixture(scope="module")
def small(tiny_once: Path) -> Project:
    return load_project(tiny_once)


def fresno(project: Project, *sheets: Made) -> Batch:
    (batch,) = batches_for(sheets, project.regions, "1.0")
    return batch


def some_sheets() -> list[Made]:
    leaf, handbill = (
        order(2, "fresno", "es", "leaf", 1200),
        order(3, "fresno", "ar", "handbill", 50),
    )
    finder = order(4, "fresno", "mul", "finder", 5)
    return [
        made(leaf, code="1EAF00"),
        replace(made(leaf, edition="copier", code="1EAF01"), up=4, flip="long edge"),
        made(handbill, code="B111", file=None),
        replace(made(handbill, edition="copier", code="B112"), up=2),
        made(finder, code="F1DE00"),
        made(finder, edition="copier", code="F1DE01"),
    ]


def packing_list_pdf(listed: PackingList) -> bytes:
    (one,) = finished_lists([listed])
    return one.pdf


def listed(project: Project, *sheets: Made) -> PackingList:
    return packing_list_for(fresno(project, *(sheets or some_sheets())), project)


def text_of(listed: PackingList) -> str:
    return " ".join(page_texts(packing_list_pdf(listed)))


def test_each_order_is_a_line_with_its_language_copies_and_codes(small: Project) -> None:
    rows = listed(small).rows
    assert [(row.english, row.autonym, row.tag, row.piece, row.copies) for row in rows] == [
        ("Spanish", "español", "es", "Leaf", 1200),
        ("Arabic", "العربية", "ar", "Handbill", 50),
        ("Many languages", "", "mul", "Finder", 5),
    ]
    assert rows[0].codes == (("press", "1EAF00"), ("copier", "1EAF01"))
    assert rows[1].codes == (("copier", "B112"),)
    assert rows[1].withheld == ("press",)


def test_what_is_printed(small: Project) -> None:
    text = text_of(listed(small))
    # What differs by region is stamped, and read after what all lists share.
    assert text.startswith("Packing list. Tiny campaign, version 1.0.")
    for words in (
        "Spanish · español es Leaf",
        "1,200 press 1EAF00, copier 1EAF01",
        "Many languages mul Finder",
        "5 press F1DE00, copier F1DE01",
        "Arabic · ",
        "50 copier B112; not made: press",
        "1,255",
        "DRAFT. No native reader has signed these texts off.",
        "v1.0 Page 1 of 1",
    ):
        assert words in text
    assert text.count("Fresno County") == 2  # at the top, and in the table's head on every page


def test_what_is_stamped_is_told_to_a_screen_reader_too(small: Project) -> None:
    with pikepdf.open(io.BytesIO(packing_list_pdf(listed(small)))) as pdf:
        told = [
            str(obj.Alt) for obj in pdf.objects if isinstance(obj, Dictionary) and "/Alt" in obj
        ]
    assert "Fresno County" in told and "1,200" in told
    assert "press 1EAF00, copier 1EAF01" in told


def test_lists_of_one_shape_are_laid_out_together_and_come_out_as_alone(small: Project) -> None:
    one = listed(small)
    other = replace(one, region="Kern County", rows=tuple(map(dearer, one.rows)))
    longer = replace(one, rows=(*one.rows, one.rows[0]))
    lists = [one, longer, other]
    assert by_shape(lists, most=100) == [(0, 2), (1,)]
    assert [len(numbers) for numbers in by_shape([one] * 250, most=125)] == [100, 100, 50]
    assert [len(numbers) for numbers in by_shape([one] * 58, most=29)] == [29, 29]
    assert by_shape([], most=0) == []
    together = [made.pdf for made in finished_lists([one, other])]
    assert together == [packing_list_pdf(one), packing_list_pdf(other)]


def dearer(row: Row) -> Row:
    return replace(row, copies=row.copies + 1, codes=(("press", "C0DE99"),), withheld=())


def test_a_list_without_end_is_laid_out_alone(small: Project) -> None:
    one = listed(small)
    rows = tuple(replace(one.rows[number % 2], copies=number) for number in range(250))
    assert len(by_shape([replace(one, rows=rows)] * 2, most=2)) == 2
    text = text_of(replace(one, rows=rows))
    assert "248" in text and "249" in text


def test_a_signed_off_box_bears_no_draft_note(small: Project) -> None:
    sheets = [replace(sheet, draft=False) for sheet in some_sheets()]
    assert "DRAFT" not in text_of(listed(small, *sheets))


def test_how_copier_files_go_onto_paper_where_that_needs_words(small: Project) -> None:
    assert listed(small).copier == (
        ("Leaf", "4 to a sheet, to be cut at the ticks; print both sides, flip on the long edge"),
        ("Handbill", "2 to a sheet, to be cut at the ticks"),
    )
    text = text_of(listed(small))
    assert "If you print the copier files yourself" in text
    assert "Leaf: 4 to a sheet, to be cut at the ticks; print both sides, flip on the" in text
    assert "Finder: " not in text
    assert "yourself" not in text_of(listed(small, made(order(2, "fresno", "es", "leaf"))))


def test_tiles_are_to_be_joined() -> None:
    poster = replace(made(order(2, "fresno", "es", "poster"), edition="copier"), sheets=2)
    assert copier_words(poster) == "2 sheets to a copy, to be joined at the ticks"
    plain = made(order(2, "fresno", "es", "poster"), edition="copier")
    assert copier_words(plain) == ""


@pytest.mark.parametrize(
    "name", ["O'Brien & Sons", 'The "Valley"', "</style><b>Fresno</b>", "a\\65 b", "Łódź"]
)
def test_a_regions_name_is_printed_as_it_is(small: Project, name: str) -> None:
    assert text_of(replace(listed(small), region=name)).count(name) == 2


def test_a_long_list_goes_on_with_its_head_repeated(small: Project) -> None:
    sheets = [
        made(order(line, "fresno", "es", "leaf", line), code=f"{line:06}") for line in range(2, 92)
    ]
    pages = page_texts(packing_list_pdf(listed(small, *sheets)))
    assert len(pages) > 1
    assert all("Codes in the footer" in page for page in pages)
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


def test_the_same_list_gives_the_same_bytes(small: Project) -> None:
    assert packing_list_pdf(listed(small)) == packing_list_pdf(listed(small))


def test_a_real_batch_of_a_changed_campaign(tiny: Path) -> None:
    change(tiny, "campaign.toml", 'name = "Tiny campaign"', 'name = "Ours & <b>yours</b>"')
    sign_off(tiny, "en", "es", "ar")
    text = text_of(listed(load_project(tiny)))
    assert "Packing list. Ours & <b>yours</b>, version 1.0." in text
