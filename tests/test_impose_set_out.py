"""Rendered sheets show each page where and as it must stand; the files say what they said."""

import hashlib
import re
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from imposing import BLEED, Paper, cells, colour, numbered, opened, pictures, press_like
from pikepdf import Array, Dictionary, Name
from PIL import Image

from printkit.errors import UserError
from printkit.impose import SetOut, asked_for, set_out
from printkit.latin import footer_face

PAPER = Paper()
SIZE = (PAPER.width, PAPER.height)
FONTS = Path(__file__).resolve().parent.parent / "fonts"
PRESS = "12x18in"


def done(path: Path | list[Path], scheme: str, sheet: str = PRESS, **options: str) -> SetOut:
    paths = path if isinstance(path, list) else [path]
    asked = asked_for(scheme=scheme, sheet=sheet, **options)  # type: ignore[arg-type]
    return set_out(paths, asked, face=footer_face(FONTS))


def refused(path: Path | list[Path], scheme: str = "n-up", **options: str) -> str:
    with pytest.raises(UserError) as caught:
        done(path, scheme, **options)
    return str(caught.value)


def seen(made: SetOut, columns: int, rows: int, gap: float = 18, inner: int = 1) -> list[str]:
    """What each side shows, row by row; pieces of `inner` pages stand without a gap in them."""
    with opened(made.pdf) as pdf:
        left, _, right, top = (float(edge) for edge in pdf.pages[0].TrimBox.as_list())
        above = float(pdf.pages[0].MediaBox[3]) - top
    wide, high = SIZE
    xs = [
        left + piece * (inner * wide + gap) + at * wide
        for piece in range(columns)
        for at in range(inner)
    ]
    ys = [above + row * (high + gap) for row in range(rows)]
    assert xs[-1] + wide == pytest.approx(right, abs=0.01)
    found = [cells(picture, xs, ys, SIZE) for picture in pictures(made.pdf)]
    return [" / ".join(" ".join(row) for row in side) for side in found]


def codes(made: SetOut) -> list[str]:
    return [one.code for one in made.findings]


@pytest.fixture
def two(tmp_path: Path) -> Path:
    return numbered(tmp_path / "two.pdf", 2)


def test_copies_of_a_card_stand_upright_behind_each_other(two: Path) -> None:
    made = done(two, "n-up", up="2x2")

    assert seen(made, 2, 2) == ["1 1 / 1 1", "2 2 / 2 2"]
    assert codes(made) == []
    assert made.lines == [
        "Paper: 1 sheet of 12 × 18 in, laid upright, for 4 copies of everything.",
        'Print at 100 % ("actual size") on both sides, turned over the long edge.',
        "Cut along the ticks: 3.375, 5.875, 6.125, 8.625 in from the left; 5.375, 8.875, 9.125, "
        "12.625 in from the top.",
    ]


def test_over_the_other_edge_backs_stand_on_their_heads(two: Path) -> None:
    made = done(two, "n-up", up="2x1", flip="short")

    assert seen(made, 2, 1) == ["1 1", "2v 2v"]
    with opened(made.pdf) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == Name.DuplexFlipShortEdge


def test_stacks_are_piled_in_reading_order(tmp_path: Path) -> None:
    made = done(numbered(tmp_path / "many.pdf", 14), "cut-and-stack", up="2x2")

    assert seen(made, 2, 2) == ["1 5 / 9 13", "6 2 / 14 10", "3 7 / 11 -", "8 4 / - 12"]
    assert str(made.findings[0]) == (
        "NOTE: 2 pages are blank. Throw the blank pieces away, or give pages that fill the sheets. "
        "(impose-blanks)"
    )
    assert made.lines[-1] == (
        "Keep the sheets in order while you cut. Then put the piles on each other, the top left "
        "one uppermost, then the next to its right, row after row. The blank pieces are last."
    )


def test_work_and_turn_prints_one_side_twice(two: Path) -> None:
    beside = done(two, "work-and-turn", up="2x2")
    above = done(two, "work-and-turn", up="1x2", flip="short")

    assert seen(beside, 2, 2) == ["1 2 / 1 2"]
    assert seen(above, 1, 2) == ["1 / 2v"]
    assert "turn the pile over its long edge and print the same side again" in beside.lines[1]
    assert "turn the pile over its short edge" in above.lines[1]


def test_a_booklet_is_padded_and_told_so(tmp_path: Path) -> None:
    made = done(numbered(tmp_path / "book.pdf", 7), "saddle-stitch")

    assert seen(made, 1, 1, inner=2) == ["- 1", "2 7", "6 3", "4 5"]
    assert str(made.findings[0]) == (
        "NOTE: 1 page is blank. They are the last of the booklet: add pages, or leave them for "
        "notes. (impose-blanks)"
    )
    assert made.lines[-2:] == [
        "Fold the sheets together, sheet 1 outside, at the dashed ticks, and staple in the fold. "
        "It opens like a book that is bound on the left.",
        "Then trim the other three edges along the ticks.",
    ]


def test_a_booklet_in_arabic_is_bound_on_the_right_unless_told_otherwise(tmp_path: Path) -> None:
    book = numbered(tmp_path / "book.pdf", 8, language="ar")

    assert seen(done(book, "saddle-stitch"), 1, 1, inner=2) == ["1 8", "7 2", "3 6", "5 4"]
    assert seen(done(book, "saddle-stitch", binding="left"), 1, 1, inner=2)[0] == "8 1"
    assert done(book, "saddle-stitch").lines[-2].endswith("bound on the right.")


def bar_ends(pictures_of: list[Image.Image], side: int) -> tuple[float, float]:
    """Where the colours of the two pages of a spread end, outside, in points."""
    picture = pictures_of[side]
    y = round(picture.height * 0.45)  # beside the register mark
    line = picture.crop((0, y, picture.width, y + 1)).tobytes()
    pixels = [tuple(line[at : at + 3]) for at in range(0, len(line), 3)]
    inner = [x for x, pixel in enumerate(pixels) if pixel not in ((0, 255, 0), (255, 255, 255))]
    return inner[20] / 4, inner[-20] / 4


def test_inner_sheets_move_towards_the_fold(tmp_path: Path) -> None:
    book = numbered(tmp_path / "book.pdf", 12)
    still, moved = (
        pictures(done(book, "saddle-stitch", sheet="8x6in", creep=creep).pdf, scale=4)
        for creep in ("0mm", "1mm")
    )

    steps = []
    for side in (0, 2, 4):
        (a, b), (c, d) = bar_ends(still, side), bar_ends(moved, side)
        assert c - a == pytest.approx(b - d, abs=0.5), "both halves by as much"
        steps.append(c - a)
    assert steps == pytest.approx([0, 72 / 25.4, 144 / 25.4], abs=0.5)


def test_too_much_creep_is_told(tmp_path: Path) -> None:
    book = numbered(tmp_path / "book.pdf", 40)

    assert str(done(book, "saddle-stitch", paper_thickness="0.5mm").findings[0]) == (
        "WARN: The innermost sheet moves in by 0.177 in, and the bleed is 0.125 in. Stitch fewer "
        "sheets, take thinner paper, or keep the outer edges white. (impose-creep)"
    )
    assert codes(done(book, "saddle-stitch", creep="0.1mm")) == []


WIDE, NARROW = Paper(width=265.5, height=612), Paper(width=261, height=612)
PANELS = [WIDE, WIDE, WIDE, NARROW, NARROW, WIDE]


def panels_seen(made: SetOut) -> list[list[str]]:
    found = []
    for number, picture in enumerate(pictures(made.pdf)):
        narrow_first = (number == 0) == (
            "cover is then on top, and opens to the left" in made.lines[-1]
        )
        widths = [261, 265.5, 265.5] if narrow_first else [265.5, 265.5, 261]
        x, row = 36.0, []
        for width in widths:
            row += cells(picture, [x], [342], (width, 612))[0]
            x += width
        found.append(row)
    return found


def test_a_tri_fold_of_six_panels_mirrors_overleaf(tmp_path: Path) -> None:
    made = done(numbered(tmp_path / "panels.pdf", 6, PANELS), "tri-fold")

    assert panels_seen(made) == [["5", "6", "1"], ["2", "3", "4"]]
    assert made.lines[-1] == (
        "Fold with the inside facing you, 3.6875 and 7.375 in from its left edge: first the narrow "
        "panel on the right, then the one on the left over it. The cover is then on top, and opens "
        "to the left."
    )
    assert codes(made) == []


def test_a_tri_fold_from_right_to_left_is_its_twin(tmp_path: Path) -> None:
    made = done(numbered(tmp_path / "panels.pdf", 6, PANELS, language="fa"), "tri-fold")

    assert panels_seen(made) == [["1", "6", "5"], ["4", "3", "2"]]
    assert (
        "3.625 and 7.3125 in from its left edge: first the narrow panel on the left"
        in (made.lines[-1])
    )


def test_panels_that_would_not_fold_are_told(tmp_path: Path) -> None:
    panels = numbered(tmp_path / "panels.pdf", 6, WIDE)

    assert refused(panels, "tri-fold") == (
        "panels.pdf, page 4 (inside that is folded in), is 3.688 × 8.5 in. Make it 3.6250 × 8.5 "
        "in: the panel that is folded in is 1/16 in narrower than the others.\n"
        "panels.pdf, page 5 (flap), is 3.688 × 8.5 in. Make it 3.6250 × 8.5 in: the panel that is "
        "folded in is 1/16 in narrower than the others."
    )


def dashes(made: SetOut, side: int) -> list[float]:
    """How far from the left trim the fold ticks stand."""
    with opened(made.pdf) as pdf:
        content = pdf.pages[side].Contents.read_bytes().decode()
        left = float(pdf.pages[side].TrimBox[0])
    drawn = content.split("[2 2] 0 d")[1].split("[] 0 d")[0]
    return sorted({round(float(x) - left, 2) for x in re.findall(r"^([\d.]+) ", drawn, re.M)})


def test_a_flat_tri_fold_gets_fold_ticks_mirrored_overleaf(tmp_path: Path) -> None:
    flat = numbered(tmp_path / "flat.pdf", 2, Paper(width=792, height=612))
    made = done(flat, "tri-fold")

    assert [dashes(made, 0), dashes(made, 1)] == [[261, 526.5], [265.5, 531]]
    assert [dashes(done(flat, "tri-fold", flip="short"), 1)] == [[261, 526.5]]
    twin = done(flat, "tri-fold", binding="right")
    assert [dashes(twin, 0), dashes(twin, 1)] == [[265.5, 531], [261, 526.5]]


def test_bleeds_reach_halfway_into_the_gutter_and_no_farther(two: Path) -> None:
    made = done(two, "n-up", up="2x1", gutter="8pt")
    picture = pictures(made.pdf)[0]
    y = picture.height // 2

    left = round((864 - 368) / 2)
    row = [picture.getpixel((left + 180 + x, y)) for x in range(-2, 11)]
    assert row[3:7] == [(0, 255, 0)] * 4
    assert row[0] == row[-1] == colour(1)
    assert (255, 255, 255) not in row
    assert str(made.findings[0]) == (
        "WARN: Gutters of 0.111 in leave 0.0556 in of bleed on each side of a cut. Cut with care, "
        "or give --gutter 0.25in. (impose-bleed-kept)"
    )


def test_outer_bleeds_are_kept_whole_and_marks_stand_beyond_them(two: Path) -> None:
    made = done(two, "n-up", up="2x2")
    picture = pictures(made.pdf, scale=4)[0]

    with opened(made.pdf) as pdf:
        page = pdf.pages[0]
        trims, bleeds, paper = (
            [float(edge) for edge in page[name].as_list()]
            for name in ("/TrimBox", "/BleedBox", "/MediaBox")
        )
    assert paper == [0, 0, 864, 1296]
    assert trims == [243, 387, 621, 909]
    assert bleeds == [234, 378, 630, 918]
    inside = picture.crop((234 * 4, 378 * 4, 630 * 4, 918 * 4))
    assert inside.getpixel((4, 4)) == (0, 255, 0)
    assert (0, 0, 0) not in colours(inside), "no mark in there"
    picture.paste((255, 255, 255), (234 * 4, 378 * 4, 630 * 4, 918 * 4))
    dark = [pixel for pixel in colours(picture) if min(pixel) < 128]
    assert dark and all(max(pixel) - min(pixel) < 12 for pixel in dark), "black and nothing else"


def colours(picture: Image.Image) -> set[tuple[int, int, int]]:
    return {pixel for _, pixel in picture.getcolors(1 << 22) or ()}  # type: ignore[misc]


def test_pages_that_are_turned_or_have_a_unit_of_their_own_come_out_alike(tmp_path: Path) -> None:
    plain = pictures(done(numbered(tmp_path / "plain.pdf", 1), "n-up", up="2x2").pdf)[0]
    for turned in (90, 180, 270):
        path = numbered(tmp_path / f"{turned}.pdf", 1, Paper(rotate=turned))
        made = done(path, "n-up", up="2x2")
        picture = pictures(made.pdf)[0]
        assert seen(made, 2, 2) == ["1 1 / 1 1"]
        assert picture.crop((0, 0, 864, 900)).tobytes() == plain.crop((0, 0, 864, 900)).tobytes()
    half = Paper(width=90, height=126, bleed=4.5, unit=2)
    assert seen(done(numbered(tmp_path / "unit.pdf", 1, half), "n-up", up="2x2"), 2, 2) == [
        "1 1 / 1 1"
    ]


def test_uneven_bleeds_turn_with_their_page(tmp_path: Path) -> None:
    for turned, edge in ((0, 0), (90, 3), (180, 2), (270, 1)):
        path = numbered(tmp_path / "page.pdf", 1, Paper(rotate=turned))
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            box = [float(number) for number in pdf.pages[0].BleedBox.as_list()]
            trim = [float(number) for number in pdf.pages[0].TrimBox.as_list()]
            # The edge of the page itself that lies on the left when it is looked at.
            which = {0: 0, 90: 1, 180: 2, 270: 3}[turned]
            box[which] = trim[which]
            pdf.pages[0].BleedBox = Array(box)
            pdf.save(path)
        picture = pictures(done(path, "n-up", up="1x1").pdf)[0]
        left, y = (864 - 180) // 2, 648
        assert picture.getpixel((left - 4, y)) == (255, 255, 255), edge
        assert picture.getpixel((left + 184, y)) == (0, 255, 0)


def test_what_pages_inherit_goes_along(tmp_path: Path) -> None:
    path = numbered(tmp_path / "page.pdf", 1)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page, tree = pdf.pages[0], pdf.Root.Pages
        tree.MediaBox, tree.Rotate = page.obj.MediaBox, 180
        tree.Resources = Dictionary(ExtGState=Dictionary(G=Dictionary(ca=1.0)))
        page.obj.Contents = Array(
            [page.obj.Contents, pdf.make_stream(b"/G gs 0 0 1 rg 9 9 20 20 re f")]
        )
        for key in ("/MediaBox", "/Resources"):
            if key in page.obj:
                del page.obj[key]
        pdf.save(path)
    made = done(path, "n-up", up="1x1")

    assert seen(made, 1, 1) == ["1v"]
    with opened(made.pdf) as pdf:
        form = pdf.pages[0].Resources.XObject.P1
        assert form.Resources.ExtGState.G.ca == 1


def test_a_trim_can_be_named_for_pages_that_have_none(tmp_path: Path) -> None:
    path = numbered(tmp_path / "page.pdf", 2, Paper(boxes=False))

    assert seen(done(path, "n-up", up="2x2", trim="2.5x3.5in"), 2, 2)[0] == "1 1 / 1 1"
    assert refused(path, trim="3x3in") == (
        "page.pdf, page 1: it is 2.75 × 3.75 in, smaller than --trim says. Give --trim a size that "
        "it has.\n"
        "page.pdf, page 2: it is 2.75 × 3.75 in, smaller than --trim says. Give --trim a size that "
        "it has."
    )


def test_a_trim_that_the_file_contradicts_is_refused(two: Path) -> None:
    assert refused(two, trim="2x2in").splitlines()[0] == (
        "two.pdf, page 1: its trim is 2.5 × 3.5 in, and --trim says 2 × 2 in. Leave --trim out: "
        "the file knows its own."
    )


def test_different_trims_do_not_share_a_sheet(two: Path, tmp_path: Path) -> None:
    other = numbered(tmp_path / "other.pdf", 1, Paper(width=200))

    assert refused([two, other]) == (
        "other.pdf, page 1, is 2.778 × 3.5 in, and two.pdf, page 1, is 2.5 × 3.5 in. A sheet is "
        "cut into equal pieces: impose each size for itself."
    )


def test_several_files_follow_each_other(two: Path, tmp_path: Path) -> None:
    made = done([two, numbered(tmp_path / "more.pdf", 3, first=3)], "n-up", up="1x1")

    assert seen(made, 1, 1) == ["1", "2", "3", "4", "5", "-"]


def test_bleed_that_is_not_there_is_told_once_a_file(tmp_path: Path) -> None:
    made = done(numbered(tmp_path / "bare.pdf", 4, Paper(bleed=0)), "n-up", up="2x2")

    assert [str(one) for one in made.findings] == [
        "WARN bare.pdf: Pages 1-4 have no bleed. If colour or pictures run to the edge there, make "
        "the file with 0.125 in of it. (impose-bleed)"
    ]


def test_a_sheet_without_room_says_so_and_still_tells_where_to_cut(tmp_path: Path) -> None:
    card = numbered(tmp_path / "card.pdf", 2, Paper(width=306, height=396))
    made = done(card, "n-up", sheet="letter", up="2x2", gutter="0in")

    assert codes(made) == ["impose-bleed-kept", "impose-bleed-kept", "impose-marks"]
    assert str(made.findings[2]) == (
        "NOTE: The sheet has no room for ticks beside the pages, ticks above and below them and "
        "the slug. Cut by the measures, or take a larger sheet. (impose-marks)"
    )
    assert made.lines[-1] == "Cut along the ticks: 4.25 in from the left; 5.5 in from the top."


def test_notes_and_fields_are_left_out_and_told(two: Path) -> None:
    with pikepdf.open(two, allow_overwriting_input=True) as pdf:
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Text, Rect=[20, 20, 60, 60], Contents="A note"
        )
        pdf.pages[1].obj.Annots = Array([pdf.make_indirect(note)])
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        pdf.save(two)
    made = done(two, "n-up", up="2x2")

    assert str(made.findings[0]) == (
        "NOTE two.pdf: Page 2: notes, links and form fields are left out. If they are to be "
        "printed, print the file to a new PDF first. (impose-annotations)"
    )
    assert b"JavaScript" not in made.pdf
    with opened(made.pdf) as pdf:
        assert "/OpenAction" not in pdf.Root
        assert all("/Annots" not in page.obj for page in pdf.pages)


def test_a_press_file_keeps_its_condition_claim_title_and_day(tmp_path: Path) -> None:
    made = done(press_like(tmp_path / "card.pdf"), "n-up", up="2x2")

    assert codes(made) == []
    with opened(made.pdf) as pdf:
        (intent,) = pdf.Root.OutputIntents.as_list()
        assert intent.OutputConditionIdentifier == "CGATS TR 006"
        assert intent.DestOutputProfile.read_bytes() == b"a profile"
        assert pdf.Root.Metadata.read_bytes().count(b"GTS_PDFXVersion>PDF/X-4<") == 1
        assert pdf.trailer.Info.Title == "A card: n-up"
        assert pdf.trailer.Info.CreationDate == "D:20260101000000Z"
        assert pdf.trailer.Info.Trapped == "/False"
        assert "/ID" in pdf.trailer
        content = pdf.pages[0].Contents.read_bytes()
        assert b"0 0 0 1 K" in content and b"0 G" not in content
        fonts = pdf.pages[0].Resources.Font
        assert "/FontFile2" in fonts.Slug.FontDescriptor


def test_files_for_two_conditions_do_not_share_sheets(two: Path, tmp_path: Path) -> None:
    one = press_like(tmp_path / "one.pdf")
    other = press_like(tmp_path / "other.pdf", profile=b"another")

    assert refused([one, two]) == (
        "one.pdf is made for CGATS TR 006 and two.pdf for no named condition. A sheet is printed "
        "under one condition: impose them apart, or make both for the same one."
    )
    assert "impose them apart" in refused([one, other])
    assert codes(done([one, one], "n-up", up="2x2")) == []


def test_a_gray_file_gets_gray_marks(two: Path) -> None:
    with opened(done(two, "n-up").pdf) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    assert b"0 G 0 g" in content and b" K" not in content


def test_hidden_layers_stay_hidden(two: Path) -> None:
    with pikepdf.open(two, allow_overwriting_input=True) as pdf:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
        pdf.pages[0].obj.Resources = Dictionary(Properties=Dictionary(L=layer))
        old = pdf.pages[0].Contents.read_bytes()
        hidden = b"\n/OC /L BDC 1 1 0 rg 0 0 999 999 re f EMC"
        pdf.pages[0].obj.Contents = pdf.make_stream(b"q " + old + b" Q" + hidden)
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([layer]), D=Dictionary(BaseState=Name.OFF, ON=Array([]))
        )
        pdf.save(two)

    assert seen(done(two, "n-up", up="2x2"), 2, 2)[0] == "1 1 / 1 1"


def test_the_slug_names_file_scheme_sheet_side_and_digest(tmp_path: Path) -> None:
    path = numbered(tmp_path / "card.pdf", 4)
    made = done(path, "n-up", up="2x2")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    document = pdfium.PdfDocument(made.pdf)
    told = [page.get_textpage().get_text_range() for page in document]

    assert told == [
        f"card.pdf · n-up 2 × 2 · sheet {sheet} of 2 · {side} · {digest}"
        for sheet in (1, 2)
        for side in ("front", "back")
    ]


def test_the_same_files_and_options_give_the_same_bytes(tmp_path: Path) -> None:
    path = press_like(tmp_path / "card.pdf")

    first, second = (done(path, "n-up", up="2x2").pdf for _ in range(2))
    assert first == second
    assert first != done(path, "n-up", up="2x1").pdf


def test_a_page_is_in_the_file_once_however_often_it_is_shown(tmp_path: Path) -> None:
    made = done(numbered(tmp_path / "card.pdf", 20, Paper(bleed=BLEED)), "n-up")

    with opened(made.pdf) as pdf:
        forms = [
            obj
            for obj in pdf.objects
            if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Form"
        ]
    assert len(forms) == 20
    assert len(made.pdf) < 100_000


def test_two_directions_in_one_booklet_need_a_word(two: Path, tmp_path: Path) -> None:
    arabic = numbered(tmp_path / "arabic.pdf", 2, first=3, language="ar-EG")

    assert refused([two, arabic], "saddle-stitch") == (
        "Some files are read from the left and some from the right. Say which edge is bound: "
        "--binding left or --binding right."
    )
    assert seen(done([arabic, two], "cut-and-stack", up="2x1"), 2, 1) == ["1 3", "4 2"]


@pytest.mark.parametrize(
    ("tag", "side"),
    [("fa", "right"), ("ur", "right"), ("he", "right"), ("pa-Arab", "right"), ("pa", "left"),
     ("es-MX", "left"), ("", "left"), ("az-Latn", "left"), ("zh-Hant", "left")],
)  # fmt: skip
def test_languages_are_bound_as_they_are_read(tmp_path: Path, tag: str, side: str) -> None:
    made = done(numbered(tmp_path / "book.pdf", 4, language=tag), "saddle-stitch")

    assert f"bound on the {side}" in made.lines[-2]
