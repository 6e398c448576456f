"""Copier pages go onto US Letter: how many, where, which way round, and where to cut."""

import re

import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from sheets import CARD, CONTENTS, URL, base_of, inches_of, layout_of, opened

from printkit.errors import UserError
from printkit.impose import CLEAR_PT, LETTER, Imposition, imposed, imposition_for
from printkit.lengths import Size
from printkit.places import Place
from printkit.stamp import stamp

HALF = Size(width_pt=396, height_pt=612)
POSTER = Size(width_pt=792, height_pt=1224)
BROCHURE = LETTER.turned


@pytest.mark.parametrize(
    ("size", "up", "sheet", "flip"),
    [
        (CARD, 4, LETTER, "long edge"),
        (HALF, 2, LETTER.turned, "short edge"),
        (LETTER, 1, LETTER, "long edge"),
        (BROCHURE, 1, LETTER.turned, "short edge"),
        (Size(width_pt=252, height_pt=144), 12, LETTER.turned, "short edge"),
    ],
)
def test_as_many_as_go_onto_a_sheet(size: Size, up: int, sheet: Size, flip: str) -> None:
    way = imposition_for(size)
    assert (way.up, way.sheet, way.flip, way.tiled, way.scale) == (up, sheet, flip, False, 1)


def test_the_poster_is_two_letter_tiles_within_clear_margins() -> None:
    way = imposition_for(POSTER)
    assert (way.tiled, len(way.cells), way.sheet, way.up) == (True, 2, LETTER.turned, 1)
    assert way.scale == pytest.approx(576 / 612)
    for cell in way.cells:
        assert cell.x_pt >= CLEAR_PT
        assert cell.y_pt >= CLEAR_PT - 0.001
        assert cell.x_pt + way.cell.width_pt * way.scale <= 792 - CLEAR_PT


def test_too_large_a_sheet_is_told() -> None:
    with pytest.raises(UserError) as caught:
        imposition_for(Size(width_pt=72 * 24, height_pt=72 * 36))
    assert str(caught.value) == (
        "A sheet of 24 × 36 in does not go onto US Letter, even in four tiles. Leave the copier "
        "edition out of this piece, or choose a smaller trim."
    )


@given(st.floats(min_value=72, max_value=612), st.floats(min_value=72, max_value=612))
def test_backs_meet_fronts_in_every_cell(width: float, height: float) -> None:
    """Turned over a vertical edge, the sheet's cells fall on themselves."""
    way = imposition_for(Size(width_pt=width, height_pt=height))
    cells = {(round(cell.x_pt, 3), round(cell.y_pt, 3)) for cell in way.cells}
    turned = {
        (round(way.sheet.width_pt - cell.x_pt - width, 3), round(cell.y_pt, 3))
        for cell in way.cells
    }
    assert len(cells) == way.up >= 1
    assert all(any(abs(x - u) + abs(y - v) < 0.01 for u, v in cells) for x, y in turned)
    assert all(x >= -0.02 and y >= -0.02 for x, y in cells)


@pytest.mark.parametrize(("size", "sheets"), [(CARD, 2), (HALF, 2), (LETTER, 2), (POSTER, 4)])
def test_sheets_are_letter_with_every_code_readable(
    own_fonts: object, size: Size, sheets: int
) -> None:
    way = imposition_for(size)
    data = stamp(base_of("copier", "ar", size), CONTENTS)
    document = pdfium.PdfDocument(data)
    assert len(document) == sheets
    codes = [
        [code.text for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]
        for page in document
    ]
    expected = [[URL] * way.up] * 2 if not way.tiled else [[URL], [], [URL], []]
    assert codes == expected
    with opened(data) as pdf:
        for page in pdf.pages:
            assert inches_of(page.MediaBox) == inches_of(page.TrimBox)
            assert inches_of(page.MediaBox)[2:] == [
                way.sheet.width_pt / 72,
                way.sheet.height_pt / 72,
            ]


def test_places_are_where_the_codes_are(own_fonts: object) -> None:
    for size in (CARD, HALF, POSTER):
        layout, base = layout_of("copier", size=size), base_of("copier", size=size)
        assert base.imposition is not None
        document = pdfium.PdfDocument(stamp(base, CONTENTS))
        slot = next(slot for slot in layout.slots if slot.name == "code")
        places = imposed(base.imposition, slot.place)
        assert len(places) == base.imposition.up
        for place in places:
            image = document[place.page - 1].render(scale=2).to_pil()
            box = (
                place.x_pt * 2,
                place.y_pt * 2,
                (place.x_pt + place.width_pt) * 2,
                (place.y_pt + place.height_pt) * 2,
            )
            (code,) = zxingcpp.read_barcodes(image.crop(tuple(round(edge) for edge in box)))
            assert code.text == URL


def test_a_place_on_the_join_stands_nowhere_whole() -> None:
    way = imposition_for(POSTER)
    across = Place(page=1, x_pt=100, y_pt=600, width_pt=50, height_pt=50)
    assert imposed(way, across) == ()
    below = Place(page=2, x_pt=0, y_pt=612, width_pt=50, height_pt=50)
    (place,) = imposed(way, below)
    assert (place.page, place.y_pt) == (4, way.cells[1].y_pt)


def ticks(pdf: pikepdf.Pdf, page: int = 0) -> list[tuple[float, ...]]:
    content = pdf.pages[page].Contents.read_bytes().decode().rpartition("0 G")[2]
    lines = re.findall(r"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l", content)
    return [tuple(float(number) for number in line) for line in lines]


def test_cut_ticks_start_a_quarter_inch_inside_and_stand_on_the_cuts(own_fonts: object) -> None:
    with opened(base_of("copier").pdf) as pdf:
        lines = ticks(pdf)
    assert sorted(lines) == sorted(
        [
            (306, 774, 306, 765),
            (306, 27, 306, 18),
            (18, 396, 27, 396),
            (585, 396, 594, 396),
        ]
    )
    with opened(base_of("copier", size=LETTER).pdf) as pdf:
        assert ticks(pdf) == []


def test_join_marks_stand_at_both_ends_of_the_join(own_fonts: object) -> None:
    way = imposition_for(POSTER)
    with opened(base_of("copier", size=POSTER).pdf) as pdf:
        first, second = ticks(pdf, 0), ticks(pdf, 1)
    left = way.cells[0].x_pt
    assert [line[1] for line in first] == [18, 18], "the first tile's lower edge"
    assert [line[1] for line in second] == [594, 594], "the second tile's upper edge"
    assert {round(line[2], 2) for line in first} >= {round(left, 2)}


def test_nothing_is_printed_in_the_clear_margin(own_fonts: object) -> None:
    for size in (CARD, HALF, LETTER, POSTER):
        document = pdfium.PdfDocument(stamp(base_of("copier", size=size), CONTENTS))
        for page in document:
            image = page.render(scale=1).to_pil().convert("L")
            box = image.point([255] * 250 + [0] * 6).getbbox()
            assert box is not None
            assert min(box[:2]) >= 17
            assert image.width - box[2] >= 17
            assert image.height - box[3] >= 17


def test_printers_are_told_how_to_turn_the_sheet(own_fonts: object) -> None:
    def preferences(size: Size, pages: int = 2) -> dict[str, str]:
        with opened(base_of("copier", size=size, pages=pages).pdf) as pdf:
            return {key: str(value) for key, value in pdf.Root.ViewerPreferences.items()}

    assert preferences(CARD) == {"/PrintScaling": "/None", "/Duplex": "/DuplexFlipLongEdge"}
    assert preferences(HALF)["/Duplex"] == "/DuplexFlipShortEdge"
    assert "/Duplex" not in preferences(CARD, pages=1)
    assert "/Duplex" not in preferences(POSTER)


def test_a_piece_is_drawn_once_however_many_cells_show_it(own_fonts: object) -> None:
    with opened(base_of("copier").pdf) as pdf:
        sheet = pdf.pages[0]
        assert sheet.Contents.read_bytes().count(b"/Sheet Do") == 4
        assert list(sheet.Resources.XObject.keys()) == ["/Sheet"]


def test_impositions_compare_by_value() -> None:
    assert imposition_for(CARD) == imposition_for(CARD)
    assert isinstance(imposition_for(CARD), Imposition)
