"""The form in people's programs: filled in, saved, and the same name read on every page."""

import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from browser import browser, skip_without_browser, viewer
from forms import NAME, filled_by_pdfium, filled_by_pypdf, form, pixels, printed, values_of
from sheets import opened

pytestmark = pytest.mark.usefixtures("own_fonts")
LONG = "Wolfeschlegelsteinhausenbergerdorff Maximiliana Ngozi Okonkwo-Featherstonehaugh"
PROGRAMS = {
    "pypdf": lambda: filled_by_pypdf(form(), {"name": NAME, "moved": "/Yes"}),
    "pdfium": lambda: filled_by_pdfium(form(), {0: NAME, 2: ""}),
}
INPUTS = "document.querySelectorAll('.annotationLayer input')"


def holds_the_name(pdf: bytes, name: str = NAME) -> None:
    """The name is the field's, shows on each page in each of its places, in the form's own face."""
    assert values_of(pdf)["name"] == name
    for page in (1, 2):
        assert printed(pdf, page).count(name) == 2
    assert pixels(pdf, 1) == pixels(pdf, 2) != pixels(form(), 1)
    with opened(pdf) as file:
        for shown in file.pages:
            for note in shown.obj.Annots.as_list():
                if note.Subtype == "/Widget" and str(note.Parent.T) == "name":
                    assert shown_with(note.AP.N) == {"/PKTYPE+NotoSans-Regular"}


def shown_with(shown: pikepdf.Object) -> set[str]:
    """The faces that an appearance writes with."""
    return {
        str(shown.Resources.Font[str(one.operands[0])].BaseFont)
        for one in pikepdf.parse_content_stream(shown)
        if str(one.operator) == "Tf"
    }


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_name_typed_once_is_on_every_page(program: str) -> None:
    pdf = PROGRAMS[program]()
    holds_the_name(pdf)
    assert values_of(pdf)["moved"] == "/Yes", "ticked once, ticked everywhere"


@pytest.mark.parametrize("program", PROGRAMS)
def test_poppler_prints_what_was_filled_in(program: str, tmp_path: Path) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not on this machine: install poppler-utils")
    (tmp_path / "filled.pdf").write_bytes(PROGRAMS[program]())
    (tmp_path / "empty.pdf").write_bytes(form())
    for name in ("filled", "empty"):
        command = ["pdftoppm", "-r", "100", "-png", f"{name}.pdf", name]
        assert not subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stderr
    one, two, empty = (
        (tmp_path / f"{name}.png").read_bytes() for name in ("filled-1", "filled-2", "empty-1")
    )
    assert one == two != empty
    told = subprocess.run(
        ["pdftotext", "filled.pdf", "-"], cwd=tmp_path, check=True, capture_output=True
    ).stdout.decode()
    assert [page.count(NAME) for page in told.split("\f")[:2]] == [2, 2]


@pytest.mark.parametrize("program", PROGRAMS)
def test_mupdf_shows_what_was_filled_in(program: str, tmp_path: Path) -> None:
    if shutil.which("mutool") is None:
        pytest.skip("mutool is not on this machine: install mupdf-tools")
    (tmp_path / "filled.pdf").write_bytes(PROGRAMS[program]())
    for page in ("1", "2"):
        command = ["mutool", "draw", "-q", "-F", "text", "filled.pdf", page]
        told = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout
        assert told.decode().count(NAME) == 2


def test_pdfium_takes_no_more_than_the_line_holds() -> None:
    held = values_of(filled_by_pdfium(form(), {0: LONG}))["name"]
    assert LONG.startswith(held) and 25 < len(held) < 60


def test_a_second_value_takes_the_firsts_place() -> None:
    again = filled_by_pypdf(PROGRAMS["pdfium"](), {"name": "María Peña"})
    holds_the_name(again, "María Peña")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ar"])
def test_pdfjs_in_chromium_fills_in_every_page(language: str, tmp_path: Path) -> None:
    skip_without_browser()
    with viewer(form(language=language), tmp_path) as (address, asked), browser() as one:
        one.open(address)
        assert one.wait_for(f"return {INPUTS}.length === 8")
        names = [f"{INPUTS}[{number}]" for number in (0, 3, 4, 7)]
        assert one.run(f"return [{', '.join(f'{name}.maxLength' for name in names)}]") == [60] * 4
        one.type(".page[data-page-number='1'] input[name='name']", NAME)
        one.click(".page[data-page-number='1'] input[name='moved']")
        one.type(".page[data-page-number='2'] input[name='street']", LONG)
        assert one.run(f"return [{', '.join(f'{name}.value' for name in names)}]") == [NAME] * 4
        ticked = f"return [...{INPUTS}].filter(one => one.checked).length"
        assert one.run(ticked) == 2, "the box on the other page too"
        pdf = one.saved()
    if language == "en":
        holds_the_name(pdf)
    assert values_of(pdf) == {"name": NAME, "street": LONG[:30], "moved": "/Yes"}
    assert [printed(pdf, page).count(NAME) for page in (1, 2)] == [2, 2]
    assert {line.split()[0] for line in asked} == {"GET"}, "nothing is sent anywhere"
    with opened(pdf) as file:
        assert str(file.Root.Lang) == language
