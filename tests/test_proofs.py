"""Contact sheets: one picture a language, every page on it, whole or not there."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from building import silent
from PIL import Image
from project_kit import change

from printkit.project import load_project
from printkit.proofs import GAP, LABEL, SCALE, WIDTH, _rows, draw_proofs
from printkit.selecting import selection_for


def drawn(root: Path, out: Path, **names: Iterable[str]) -> tuple[list[str], list[str]]:
    project = load_project(root)
    selection = selection_for(project, **names)
    pictures, found = draw_proofs(project, selection, out=out, workers=1, progress=silent)
    return [picture.name for picture in pictures], [one.code for one in found]


@pytest.mark.slow
def test_one_picture_a_language_one_region_for_all(tiny_once: Path, tmp_path: Path) -> None:
    names, found = drawn(tiny_once, tmp_path, editions=["screen"])
    assert (names, found) == (["en.png", "es.png", "ar.png", "mul.png"], [])
    with Image.open(tmp_path / "es.png") as picture:
        # Two sides of the leaf and one of the handbill, in a row.
        tallest = round(8.5 * 72 * SCALE)
        assert picture.width == WIDTH
        assert picture.height == pytest.approx(GAP + LABEL + tallest + GAP, abs=2)
        assert len(picture.convert("L").getcolors(256) or []) > 20
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_a_withheld_sheet_is_told_and_the_others_are_drawn(tiny: Path, tmp_path: Path) -> None:
    change(tiny, "po/ar.po", "اتصل بالرقم {hotline}", "اتصل بالرقم")
    names, found = drawn(
        tiny, tmp_path, languages=["ar", "es"], pieces=["leaf"], editions=["copier"]
    )
    assert names == ["es.png"]
    assert found == ["message-names"]


def test_an_old_picture_is_replaced(tiny_once: Path, tmp_path: Path) -> None:
    (tmp_path / "mul.png").write_bytes(b"old")
    drawn(tiny_once, tmp_path, pieces=["finder"], editions=["copier"])
    with Image.open(tmp_path / "mul.png") as picture:
        assert picture.width == WIDTH


def test_rows_hold_what_fits_and_go_on_below() -> None:
    places, height = _rows([(1000, 300), (1000, 200), (1000, 100)])
    assert places == [(GAP, GAP), (2 * GAP + 1000, GAP), (GAP, 2 * GAP + 300)]
    assert height == 3 * GAP + 300 + 100
    assert _rows([(5000, 10)])[0] == [(GAP, GAP)], "what is too wide stands alone"
