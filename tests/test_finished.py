"""Finished sheets, as a print shop, an office machine and a screen reader meet them."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from building import pressed
from sheets import text_of

from printkit.preflight import preflight
from printkit.press import Made
from printkit.project import Project

pytestmark = pytest.mark.slow
DROP = "https://privacy.ca.gov/drop/"
Key = tuple[str, str, str]
"""Piece, language and edition."""
Sheet = tuple[Made, Path]


@pytest.fixture(scope="module")
def sheets(shipped: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[Key, list[Sheet]]:
    """Sheets of the shipped campaign for two regions, in four scripts."""
    folder = tmp_path_factory.mktemp("sheets")
    found: dict[Key, list[Sheet]] = {}
    for names in (
        {"languages": ["es", "ar", "zh-Hant"], "regions": ["fresno", "kern"]},
        {"languages": ["km"], "regions": ["california"]},
    ):
        made = pressed(
            shipped, folder / names["languages"][0], pieces=["know-your-rights"], **names
        )
        for one, path in made:
            found.setdefault((one.piece, one.language, one.edition), []).append((one, path))
    made = pressed(
        shipped,
        folder / "card",
        pieces=["card", "poster"],
        languages=["es"],
        regions=["fresno"],
        editions=["copier"],
    )
    return found | {(one.piece, one.language, one.edition): [(one, path)] for one, path in made}


LANGUAGES = ("es", "ar", "zh-Hant", "km")


def codes_on(path: Path) -> set[str]:
    """Return what every code on a file's pages says, as a telephone reads whole pages."""
    return {
        code.text
        for page in pypdfium2.PdfDocument(path)
        for code in zxingcpp.read_barcodes(page.render(scale=3, grayscale=True).to_pil())
    }


@pytest.mark.parametrize("edition", ["press", "copier", "screen"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_leads_to_the_state_or_to_the_regions_own_page(
    sheets: dict[Key, list[Sheet]], language: str, edition: str
) -> None:
    found = sheets["know-your-rights", language, edition]
    assert len(found) == (1 if language == "km" else 2)
    for made, path in found:
        landing = f"https://example.org/{made.target.region}/{language}/1.0/{made.code.lower()}"
        assert codes_on(path) == {DROP, landing}


def annotations(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        yield from page.obj.get("/Annots", [])


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """Return the structure elements of a kind."""
    return [
        obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/S") == kind
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_sheet_says_what_it_is(
    sheets: dict[Key, list[Sheet]], shipped: Project, language: str
) -> None:
    for _, path in sheets["know-your-rights", language, "screen"]:
        with pikepdf.open(path) as pdf:
            assert bool(pdf.Root.MarkInfo.Marked)
            assert pdf.Root.StructTreeRoot.K is not None
            assert str(pdf.Root.Lang) == language
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
            with pdf.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
                title = metadata["dc:title"]
            assert title == str(pdf.docinfo.Title) and len(title) > 3
            assert {str(element.S) for element in elements(pdf, "/H1")} == {"/H1"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_and_codes_on_screen_lead_and_speak_of_the_same_places(
    sheets: dict[Key, list[Sheet]], language: str
) -> None:
    for made, path in sheets["know-your-rights", language, "screen"]:
        with pikepdf.open(path) as pdf:
            links = {str(one.A.URI) for one in annotations(pdf) if one.get("/Subtype") == "/Link"}
            assert links == {DROP, made.target.opens(made.code)}
            alts = [str(figure.get("/Alt", "")) for figure in elements(pdf, "/Figure")]
            assert f"QR: {made.target.landing_shown}" in alts
            assert any("privacy.ca.gov/drop" in alt for alt in alts)
            assert not [alt for alt in alts if "slot" in alt or not alt]


def streams_with_text(pdf: pikepdf.Pdf) -> list[bytes]:
    """Return the drawings that stand in pictures' places and show text."""
    forms = [
        obj.read_bytes()
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Form"
    ]
    return [form for form in forms if b"Tj" in form or b"TJ" in form]


@pytest.mark.parametrize("language", ["es", "zh-Hant"])
def test_the_words_of_slots_are_real_text_on_screen(
    sheets: dict[Key, list[Sheet]], language: str
) -> None:
    for made, path in sheets["know-your-rights", language, "screen"]:
        with pikepdf.open(path) as pdf:
            stamped = streams_with_text(pdf)
            alts = {str(figure.get("/Alt", "")) for figure in elements(pdf, "/Figure")}
        # Stamped are the footer's code and the region's address, and nothing else.
        assert len(stamped) == 2
        assert "help" not in alts
        assert {made.target.landing_shown, f"{made.target.label} · {made.code}"} <= alts
        text = " ".join(text_of(path.read_bytes(), page) for page in (1, 2))
        assert "how-drop-works" in "".join(text.split())


COPIER = [
    ("know-your-rights", "es"),
    ("know-your-rights", "ar"),
    ("card", "es"),
    ("poster", "es"),
]


@pytest.mark.parametrize(("piece", "language"), COPIER)
def test_an_office_machine_can_print_a_copier_sheet(
    sheets: dict[Key, list[Sheet]], piece: str, language: str
) -> None:
    (made, path), *_ = sheets[piece, language, "copier"]
    for page in pypdfium2.PdfDocument(path):
        assert sorted(page.get_size()) == [612, 792]
        picture = page.render(scale=2).to_pil().convert("RGB")
        red, green, blue = picture.split()
        assert red.tobytes() == green.tobytes() == blue.tobytes(), "gray alone"
        width, height = picture.size
        clear = 35  # a quarter of an inch, but for half the width of a tick
        for edge in (
            (0, 0, width, clear),
            (0, height - clear, width, height),
            (0, 0, clear, height),
            (width - clear, 0, width, height),
        ):
            assert picture.crop(edge).convert("L").getextrema() == (255, 255), edge
    assert made.up == {"card": 4, "know-your-rights": 2, "poster": 1}[piece]
    assert made.sheets == (2 if piece == "poster" else 1)
    assert made.pages == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_press_sheet_is_cmyk_and_a_mended_one_is_found_out(
    sheets: dict[Key, list[Sheet]], shipped: Project, language: str
) -> None:
    trim = shipped.pieces["know-your-rights"].trim
    (_, path), *_ = sheets["know-your-rights", language, "press"]
    assert preflight(path.read_bytes(), edition="press", trim=trim) == []
    with pikepdf.open(path) as pdf:
        page = pdf.pages[0]
        page.contents_add(pdf.make_stream(b"q 1 0 0 rg 50 50 10 10 re f Q"))
        broken = io.BytesIO()
        pdf.save(broken)
    found = preflight(broken.getvalue(), edition="press", trim=trim)
    assert len(found) == 1
    assert found[0].page == 1
    assert "RGB" in found[0].what


def test_no_join_of_a_poster_cuts_through_a_code(sheets: dict[Key, list[Sheet]]) -> None:
    ((made, path),) = sheets["poster", "es", "copier"]
    assert codes_on(path) == {DROP, made.target.opens(made.code)}
