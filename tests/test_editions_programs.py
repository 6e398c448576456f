"""Other programs see our press sheets as we do: the same ink for Ghostscript, the same picture."""

import shutil
import subprocess
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp
from building import pressed
from PIL import Image, ImageChops, ImageFilter, ImageMath, ImageStat
from sheets import CARD, CONTENTS, PROJECT, base_of, sheet

from printkit.editions import EDITIONS
from printkit.editions.marks import MARGIN_PT
from printkit.press import Made
from printkit.pressing import shop_for
from printkit.project import Project
from printkit.stamp import prepare, stamp
from printkit.typeset import typeset

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_fonts")]
INKS = ("Cyan", "Magenta", "Yellow", "Black")
SEPARATED_PPI = 150
SHOWN_PPI = 100
TINTS = {(0, 0, 0), (0, 15, 41)}
"""What may lie below black: nothing, or the tint of 6 and 16 %."""
DRAW = {
    "gs": (
        *("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=png16m"),
        *("-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", f"-r{SHOWN_PPI}"),
        *("-dFirstPage={page}", "-dLastPage={page}", "-sOutputFile={png}", "{pdf}"),
    ),
    "pdftoppm": (
        *(
            "pdftoppm",
            "-r",
            str(SHOWN_PPI),
            "-png",
            "-singlefile",
            "-f",
            "{page}",
            "{pdf}",
            "{stem}",
        ),
    ),
    "mutool": (*("mutool", "draw", "-q", "-r", str(SHOWN_PPI), "-o", "{png}", "{pdf}", "{page}"),),
}
Sheets = dict[str, tuple[Made, Path]]


def run(*words: str) -> None:
    """Run a program, or skip where the machine lacks it."""
    found = shutil.which(words[0])
    if found is None:
        pytest.skip(f"{words[0]} is not on this machine: install {words[0]} to run this")
    done = subprocess.run(
        [found, *words[1:]], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def sheets(shipped: Project, tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    """A card, and a flyer whose slots are filled for Fresno."""
    made = pressed(
        shipped,
        tmp_path_factory.mktemp("pressed"),
        pieces=["card", "know-your-rights"],
        languages=["es"],
        editions=["press"],
        regions=["fresno"],
    )
    assert shop_for(shipped, Path()).standard == "pdf/x-4"
    return {one.piece: (one, path) for one, path in made}


def separated(pdf: Path, folder: Path, page: int = 1) -> list[Image.Image]:
    """Return one page's inks within its bleed, from 0 for none to 255 for whole."""
    run(
        *("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep"),
        *(f"-r{SEPARATED_PPI}", f"-dFirstPage={page}", f"-dLastPage={page}"),
        *(f"-sOutputFile={folder / 'page.tif'}", str(pdf)),
    )
    margin = round(MARGIN_PT / 72 * SEPARATED_PPI) + 1
    inks = []
    for name in INKS:
        with Image.open(folder / f"page({name}).tif") as plate:
            inside = (margin, margin, plate.width - margin, plate.height - margin)
            inks.append(ImageChops.invert(plate.convert("L").crop(inside)))
    return inks


def below_black(inks: list[Image.Image]) -> dict[tuple[int, int, int], int]:
    """Return what lies below whole black, with how many pixels it does."""
    cyan, magenta, yellow, black = (ink.tobytes() for ink in inks)
    found: dict[tuple[int, int, int], int] = {}
    for c, m, y, k in zip(cyan, magenta, yellow, black, strict=True):
        if k >= 250:
            found[c, m, y] = found.get((c, m, y), 0) + 1
    return found


def most_ink(inks: list[Image.Image]) -> float:
    """Return the most ink of any pixel, where 1 is one whole ink."""
    bands = {name: ink.convert("I") for name, ink in zip("cmyk", inks, strict=True)}
    total = ImageMath.lambda_eval(lambda a: a["c"] + a["m"] + a["y"] + a["k"], **bands)
    return float(total.getextrema()[1]) / 255


@pytest.mark.parametrize("page", [1, 2])
@pytest.mark.parametrize("piece", ["card", "know-your-rights"])
def test_ghostscript_separates_text_into_black_alone(
    sheets: Sheets, tmp_path: Path, piece: str, page: int
) -> None:
    inks = separated(sheets[piece][1], tmp_path, page)
    found = below_black(inks)
    assert sum(found.values()) > 5000, "there is black text"
    for below in found:
        assert any(all(abs(a - b) <= 2 for a, b in zip(below, t, strict=True)) for t in TINTS)
    assert most_ink(inks) <= 3.0


def test_ghostscript_overprints_black_and_knocks_white_out(tmp_path: Path) -> None:
    edition = EDITIONS["press"]
    layout = typeset(
        f'<html lang="en"><style>{edition.css(CARD)} body {{ background: #fbeed5 }}'
        ' p { font: 60pt/1 "Noto Sans"; margin: 0 }</style>'
        '<p style="color: #fff">HIH</p><p style="color: #000">HIH</p>',
        roots=(PROJECT / "tests",),
        paint=edition.paint(PROJECT / "profiles"),
    )
    base = prepare(layout, edition=edition, sheet=sheet())
    (tmp_path / "sheet.pdf").write_bytes(base.pdf)
    inks = separated(tmp_path / "sheet.pdf", tmp_path)
    (below,) = below_black(inks)
    assert below in ((0, 15, 40), (0, 15, 41)), "the tint runs on below black"
    lines = [inks[2].crop((60, top, 200, top + 80)) for top in (50, 175)]
    least = [min(line.tobytes()) for line in lines]
    assert least == [0, below[2]], "white knocks the tint out"


def test_pictures_of_full_ink_are_held_to_300_percent(tmp_path: Path) -> None:
    dark = Image.new("CMYK", (60, 60), (255, 255, 255, 255))
    dark.paste((250, 240, 230, 120), (0, 0, 30, 60))
    dark.save(tmp_path / "dark.jpg", quality=95)
    edition = EDITIONS["press"]
    layout = typeset(
        f'<html lang="en"><style>{edition.css(CARD)}</style>'
        '<img alt="" style="width: 100pt" src="dark.jpg">',
        roots=(tmp_path,),
        base=tmp_path,
        paint=edition.paint(PROJECT / "profiles"),
    )
    base = prepare(layout, edition=edition, sheet=sheet())
    (tmp_path / "sheet.pdf").write_bytes(base.pdf)
    assert 2.9 <= most_ink(separated(tmp_path / "sheet.pdf", tmp_path)) <= 3.0


@pytest.mark.parametrize("program", DRAW)
@pytest.mark.parametrize(("piece", "page"), [("card", 1), ("know-your-rights", 2)])
def test_programs_draw_the_same_sheet(
    sheets: Sheets, tmp_path: Path, piece: str, page: int, program: str
) -> None:
    pdf = sheets[piece][1]
    theirs = drawn_by(program, pdf, tmp_path, page).convert("L")
    ours = pdfium.PdfDocument(pdf)[page - 1].render(scale=SHOWN_PPI / 72).to_pil().convert("L")
    assert abs(ours.width - theirs.width) <= 1 and abs(ours.height - theirs.height) <= 1
    differs = ImageChops.difference(_soft(ours), _soft(theirs.resize(ours.size)))
    # Programs differ in how they show ink on a screen, and by a pixel at edges; not in shapes.
    assert ImageStat.Stat(differs).mean[0] < 6
    assert differs.point(lambda value: 255 if value > 100 else 0).getbbox() is None
    shown = {found.text for found in zxingcpp.read_barcodes(theirs)}
    assert shown == {found.text for found in zxingcpp.read_barcodes(ours)} != set()


def drawn_by(program: str, pdf: Path, folder: Path, page: int) -> Image.Image:
    """Return a page as another program draws it."""
    png = folder / "page.png"
    names = {"pdf": pdf, "png": png, "stem": folder / "page", "page": page}
    run(*(word.format(**names) for word in DRAW[program]))
    return Image.open(png)


def _soft(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.BoxBlur(2))


@pytest.mark.parametrize("program", DRAW)
def test_programs_show_what_is_stamped(tmp_path: Path, program: str) -> None:
    pdf = tmp_path / "sheet.pdf"
    pdf.write_bytes(stamp(base_of("press"), CONTENTS, slug="a slug"))
    shown = drawn_by(program, pdf, tmp_path, 1).convert("L")
    slug = shown.crop((0, shown.height - 18, shown.width, shown.height))
    assert sum(slug.histogram()[:160]) > 20, "the slug is there"
    assert zxingcpp.read_barcodes(shown)[0].text == "https://example.org/ca/fresno/es/v1"
