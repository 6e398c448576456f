"""The shipped kit of letters, made for real: every language fits, and one name stands on it all."""

from dataclasses import replace
from pathlib import Path

import pytest
from building import PAGE_CSS, shop_in
from forms import filled_by_pdfium, filled_by_pypdf, printed, values_of

from printkit.findings import Severity
from printkit.jobs import Selection, jobs_for
from printkit.press import Made, press
from printkit.project import Project
from printkit.regions import Order

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_fonts")]
NAME = "Nguyễn Thị Ánh"
COVER, LETTERS, AFTER = 2, 16, 6
"""How many pages are instructions, letters to the kit's eight companies, and what follows."""


def made(project: Project, store: Path, piece: str, language: str, edition: str) -> Made:
    """Press one piece in one language and edition."""
    order = Order(region="fresno", language=language, piece=piece, copies=5, line=1)
    wanted = Selection(editions=frozenset({edition}))
    ordered = replace(project, orders=(order,))
    (job,) = jobs_for(ordered, wanted, page_css=PAGE_CSS)
    (sheet,) = press(job, shop_in(store, project))
    return sheet


def bad(sheet: Made) -> list[str]:
    return [str(one) for one in sheet.findings if one.severity is not Severity.NOTE]


@pytest.mark.parametrize("language", ["es", "ar", "zh-Hant", "km", "ur"])
def test_the_kit_fits_a_copier(shipped: Project, tmp_path: Path, language: str) -> None:
    sheet = made(shipped, tmp_path, "kit", language, "copier")
    assert bad(sheet) == []
    assert sheet.pages == COVER + LETTERS + AFTER


@pytest.mark.parametrize("language", ["vi", "ar"])
def test_one_name_typed_once_is_on_every_letter(
    shipped: Project, tmp_path: Path, language: str
) -> None:
    sheet = made(shipped, tmp_path, "kit", language, "screen")
    assert bad(sheet) == []
    assert sheet.file is not None
    pdf = (tmp_path / "sheets" / sheet.file).read_bytes()
    filled = filled_by_pypdf(pdf, {"name": NAME})
    assert values_of(filled)["name"] == NAME
    told = [printed(filled, page).count(NAME) for page in range(1, sheet.pages + 1)]
    # Twice a letter: who writes, and what finds the record; a permission names its writer once.
    assert told == [0] * COVER + [1] * LETTERS + [1, 1, 1, 0, 0, 0]


def test_pdfium_fills_a_single_letter_on_both_its_sides(shipped: Project, tmp_path: Path) -> None:
    sheet = made(shipped, tmp_path, "opt-out-venntel", "en", "screen")
    assert sheet.file is not None
    filled = filled_by_pdfium((tmp_path / "sheets" / sheet.file).read_bytes(), {0: NAME})
    assert [printed(filled, page).count(NAME) for page in (1, 2)] == [1, 1]


@pytest.mark.parametrize("request_", ["know", "limit", "delete"])
@pytest.mark.parametrize("language", ["en", "fa", "lo"])
def test_the_other_requests_fit_too(
    shipped: Project, tmp_path: Path, request_: str, language: str
) -> None:
    for edition in ("press", "copier"):
        assert bad(made(shipped, tmp_path, f"{request_}-acxiom", language, edition)) == []


@pytest.mark.parametrize("piece", ["follow-up", "agent", "tracker"])
def test_what_follows_can_be_ordered_by_itself(
    shipped: Project, tmp_path: Path, piece: str
) -> None:
    assert bad(made(shipped, tmp_path, piece, "km", "screen")) == []
