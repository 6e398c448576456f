"""PDF/X-1a: no groups, masks or see-through paint is left; what can't be made solid is told."""

import re
from pathlib import Path

import pikepdf
import pytest
from building import jobs_of, shop_in
from PIL import Image
from project_kit import change
from sheets import CARD, CONTENTS, PROJECT, layout_of, opened, sheet

from printkit.editions import EDITIONS, STANDARDS, edition_for
from printkit.errors import UserError
from printkit.press import press
from printkit.pressing import shop_for
from printkit.project import Project, load_project
from printkit.stamp import Base, prepare, stamp
from printkit.typeset import typeset

pytestmark = pytest.mark.usefixtures("own_fonts")
X1A = STANDARDS["pdf/x-1a"]


def x1a_of(folder: Path, html: str) -> Base:
    layout = typeset(
        f'<html lang="en"><style>{X1A.css(CARD)}</style>{html}',
        roots=(folder,),
        base=folder,
        paint=X1A.paint(PROJECT / "profiles"),
    )
    return prepare(layout, edition=X1A, sheet=sheet())


def transparent(pdf: pikepdf.Pdf) -> list[str]:
    """Return every sign of transparency in a file."""
    found = []
    for obj in pdf.objects:
        text = obj.unparse(resolved=True) if not isinstance(obj, pikepdf.Stream) else b""
        if isinstance(obj, pikepdf.Stream):
            text = b" ".join(key.encode() for key in obj.keys())
            text += obj.get("/Resources", pikepdf.Dictionary()).unparse()
        found += re.findall(rb"/(?:Group|SMask|ca|CA|BM)\b", text)
    return [word.decode() for word in found]


def test_the_standard_chooses_the_press_edition_alone() -> None:
    assert edition_for("press", "pdf/x-4") is EDITIONS["press"]
    assert edition_for("press", "pdf/x-1a").claim == "PDF/X-1a:2003"
    assert edition_for("copier", "pdf/x-1a") is EDITIONS["copier"]


def test_a_file_says_that_it_is_x1a_and_is() -> None:
    base = prepare(layout_of("press"), edition=X1A, sheet=sheet())
    data = stamp(base, CONTENTS, slug="a slug")
    assert data.startswith(b"%PDF-1.4")
    assert b"/ObjStm" not in data, "PDF 1.4 knows no streams of objects"
    with opened(data) as pdf:
        assert str(pdf.docinfo["/GTS_PDFXVersion"]) == "PDF/X-1a:2003"
        assert pdf.docinfo["/Trapped"] == "/False"
        packet = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfx:GTS_PDFXVersion>PDF/X-1a:2003</pdfx:GTS_PDFXVersion>" in packet
        assert "PDF/X-4" not in packet
        assert transparent(pdf) == []


def test_a_see_through_picture_comes_to_stand_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (4, 4), (200, 30, 30, 0)).save(tmp_path / "clear.png")
    Image.new("LA", (4, 4), (0, 128)).save(tmp_path / "gray.png")
    html = '<img alt="" src="clear.png"><img alt="" src="gray.png">'
    with opened(x1a_of(tmp_path, html).pdf) as pdf:
        assert transparent(pdf) == []
        pictures = [
            obj
            for obj in pdf.objects
            if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image"
        ]
        shown = {str(one.ColorSpace): one.read_bytes() for one in pictures if "/SMask" not in one}
    assert set(shown["/DeviceCMYK"]) == {0}, "no ink"
    assert set(shown["/DeviceGray"]) & {126, 127, 128}


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<p style="opacity: 0.5">x</p>', "is see-through (50% strong)"),
        ('<p style="color: rgba(0, 0, 0, 0.25)">x</p>', "is see-through (25% strong)"),
        (
            '<p style="background: linear-gradient(rgba(0, 0, 0, 0), #000)">x</p>',
            "fades out (a mask or a gradient)",
        ),
    ],
)
def test_what_cannot_be_made_solid_is_told(tmp_path: Path, html: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        x1a_of(tmp_path, html)
    assert str(caught.value).startswith(f"On page 1 something {words}, and PDF/X-1a has no such.")
    assert "Give it the solid colour that it should have, or build PDF/X-4." in str(caught.value)


def test_x4_keeps_what_is_see_through(tmp_path: Path) -> None:
    edition = EDITIONS["press"]
    layout = typeset(
        f'<html lang="en"><style>{edition.css(CARD)}</style><p style="opacity: 0.5">x</p>',
        roots=(tmp_path,),
        paint=edition.paint(PROJECT / "profiles"),
    )
    with opened(prepare(layout, edition=edition, sheet=sheet()).pdf) as pdf:
        assert "/ca" in transparent(pdf)


@pytest.fixture(scope="module")
def small(tiny_once: Path) -> Project:
    return load_project(tiny_once)


def test_sheets_with_slots_are_x1a_too_and_bear_a_code_of_their_own(
    small: Project, tmp_path: Path
) -> None:
    (job,) = jobs_of(small, pieces=["handbill"], languages=["es"], editions=["press"])
    codes = set()
    for standard in ("pdf/x-4", "pdf/x-1a"):
        shop = shop_for(small, tmp_path / standard.replace("/", "-"), standard=standard)
        shop.store.mkdir()
        sheets = press(job, shop)
        assert [str(found) for made in sheets for found in made.findings if made.is_withheld] == []
        codes |= {made.code for made in sheets}
        if standard == "pdf/x-1a":
            for made in sheets:
                with pikepdf.open(shop.store / str(made.file)) as pdf:
                    assert transparent(pdf) == []
    assert len(codes) == 6


def test_live_transparency_withholds_the_sheet_and_says_where(tiny: Path, tmp_path: Path) -> None:
    change(tiny, "flyers/leaf/style.css", "h1 { font-size: 19pt; }", "h1 { opacity: 0.7; }")
    project = load_project(tiny)
    (job,) = jobs_of(project, pieces=["leaf"], languages=["es"], editions=["press"])
    shop = shop_for(project, tmp_path / "sheets", standard="pdf/x-1a")
    shop.store.mkdir()
    (made,) = press(job, shop)
    assert made.is_withheld
    assert made.findings[0].what == (
        "On page 1 something is see-through (70% strong), and PDF/X-1a has no such."
    )
    (as_ever,) = press(job, shop_in(tmp_path / "x4", project))
    assert not as_ever.is_withheld
