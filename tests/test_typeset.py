"""Laying out: places, what sticks out, what is lost, what is refused, which inks."""

import io
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from printkit.inks import Paint
from printkit.typeset import Layout, SlotPage, SlotPlace, draft, typeset, typeset_slots

RGB = Paint(space="DeviceRGB", mix=lambda red, green, blue: (red, green, blue))
GRAY = Paint(space="DeviceGray", mix=lambda red, green, blue: (red,))
CMYK = Paint(space="DeviceCMYK", mix=lambda red, green, blue: (0.9, 0.4, 0.45, 1 - red))
STYLE = """@page { size: 4in 3in; margin: 0 }
body { margin: 0.25in; font: 10pt/1.35 "Noto Sans" }
p, div { margin: 0 }
.slot { display: block; width: 2in; height: 0.5in }
"""
KHMER = "សិទ្ធិ\u200bរបស់\u200bអ្នក"
ARABIC = "حقوقك في الخصوصية"

LayOut = Callable[..., Layout]


def document(body: str, style: str = "", root: str = 'lang="en" dir="ltr"') -> str:
    return (
        f"<!doctype html><html {root}><head><title>A sheet</title>"
        f"<style>{STYLE}{style}</style></head><body>{body}</body></html>"
    )


@pytest.fixture
def lay_out(own_fonts: Path, tmp_path: Path) -> LayOut:
    def run(body: str, style: str = "", **more: object) -> Layout:
        settings: dict[str, object] = {"roots": (tmp_path,), "paint": RGB} | more
        return typeset(document(body, style), **settings)  # type: ignore[arg-type]

    return run


def operators(layout: Layout) -> set[str]:
    with pikepdf.open(io.BytesIO(layout.pdf)) as pdf:
        return {
            str(instruction.operator)
            for page in pdf.pages
            for instruction in pikepdf.parse_content_stream(page)
        }


def test_a_good_sheet_has_nothing_to_tell(lay_out: LayOut) -> None:
    layout = lay_out('<p>A line.</p><p class="fit">Another, <b>bold</b>.</p>')
    assert (layout.overflows, layout.lost, layout.log, layout.refused) == ((), (), (), ())
    assert layout.fonts == {"Noto Sans"}
    assert layout.pages == 1
    assert layout.sizes[0].words == "4 × 3 in"


def test_a_draft_is_written_as_if_it_were_at_once(tmp_path: Path, own_fonts: Path) -> None:
    (tmp_path / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><path/></svg>')
    html = document('<p>A line.</p><img src="dot.svg" alt="A dot"><img src="none.png" alt="-">')
    drafted = draft(html, roots=(tmp_path,), paint=RGB, variant="pdf/ua-1")
    typeset(document("<p>Another.</p>"), roots=(tmp_path,), paint=RGB)
    assert drafted.layout.pdf == b"" and drafted.layout.fonts == frozenset()
    assert drafted.written() == typeset(html, roots=(tmp_path,), paint=RGB, variant="pdf/ua-1")
    assert drafted.written().log == drafted.layout.log, "the picture that is missing, told once"


def test_slots_tell_their_place_from_the_trim(lay_out: LayOut) -> None:
    layout = lay_out(
        '<img class="slot" data-slot="help" alt="Local help">'
        '<p style="break-before: page"></p><img class="slot" data-slot="help" alt="Local help">',
        "@page { bleed: 9pt }",
    )
    places = [(slot.place.page, slot.place.inches) for slot in layout.slots]
    assert places == [(1, (0.25, 0.25, 2.0, 0.5)), (2, (0.25, 0.0, 2.0, 0.5))]
    assert {slot.alt for slot in layout.slots} == {"Local help"}


def test_each_slot_is_one_image_of_its_own(lay_out: LayOut) -> None:
    slots = "".join(
        f'<img class="slot" style="height: 9pt" data-slot="{name}" alt="x">'
        for name in ("a", "b", "a", "c")
    )
    layout = lay_out(slots)
    assert [slot.name for slot in layout.slots] == ["a", "b", "a", "c"]
    with pikepdf.open(io.BytesIO(layout.pdf)) as pdf:
        images = [obj.read_bytes() for obj in pdf.objects if is_image(obj)]
    assert sorted(images) == [b"\0", b"\1", b"\2"]


def test_a_turned_slot_stands_where_it_is_seen(lay_out: LayOut) -> None:
    turned = "transform: rotate(90deg); transform-origin: 0 0; margin-left: 1in"
    layout = lay_out(f'<img class="slot" style="{turned}" data-slot="tab" alt="x">')
    assert layout.slots[0].place.inches == (0.75, 0.25, 0.5, 2.0)


def test_codes_tell_their_url(lay_out: LayOut) -> None:
    layout = lay_out('<div data-code="https://example.org/" style="width: 1in">x</div>')
    (code,) = layout.codes
    assert code.url == "https://example.org/"
    assert code.place.inches[:3] == (0.25, 0.25, 1.0)


LONG = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen. " * 3


@pytest.mark.parametrize(
    "style",
    ["height: 20pt", "max-height: 20pt", "overflow: hidden; height: 20pt"],
)
def test_text_below_a_fixed_box_is_told_once(lay_out: LayOut, style: str) -> None:
    layout = lay_out(f'<div class="fit"><div><p style="{style}">{LONG}</p></div></div>')
    (overflow,) = layout.overflows
    assert (overflow.of, overflow.side) == ("box", "bottom")
    assert overflow.by_pt == pytest.approx(5 * 13.5 - 20, abs=13.6)
    assert overflow.text == LONG[:60]
    assert overflow.place.height_pt == 20


def test_a_long_word_beside_its_box_is_told(lay_out: LayOut) -> None:
    layout = lay_out('<p style="width: 1in">Datenschutzgrundverordnung</p>')
    (overflow,) = layout.overflows
    assert (overflow.of, overflow.side, overflow.text) == (
        "box",
        "right",
        "Datenschutzgrundverordnung",
    )


def test_flex_columns_that_push_each_other_out_are_told(lay_out: LayOut) -> None:
    words = "<div>Datenschutzgrundverordnung</div>" * 3
    layout = lay_out(f'<div style="display: flex; width: 3in">{words}</div>')
    assert {(overflow.of, overflow.side) for overflow in layout.overflows} >= {("box", "right")}


def test_text_outside_the_safe_area_is_told(lay_out: LayOut) -> None:
    layout = lay_out('<p style="position: absolute; top: 0.05in; left: 1in">Too high</p>')
    (overflow,) = layout.overflows
    assert (overflow.of, overflow.side, overflow.by_pt) == ("safe area", "top", 5.4)
    assert lay_out("<p>In</p>", safe_pt=30).overflows[0].of == "safe area"


def test_art_may_bleed_where_it_says_so(lay_out: LayOut) -> None:
    box = '<div style="height: 9pt"><svg {} width="90" height="90"></svg></div>'
    assert lay_out(box.format("")).overflows[0].side == "bottom"
    assert lay_out(box.format("data-bleed")).overflows == ()


def test_lost_text_is_told_and_hidden_text_is_not(lay_out: LayOut) -> None:
    style = ".no { display: none } .cut { max-lines: 1; block-ellipsis: auto; continue: discard }"
    layout = lay_out(f'<p class="no">Hidden</p><p class="cut">{LONG}</p><p>Kept</p>', style)
    assert layout.lost == (LONG[:60],)


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Your rights: Ñandú", "Noto Sans"),
        (ARABIC, "Noto Sans Arabic"),
        ("您的隱私權", "Noto Sans TC"),
        (KHMER, "Noto Sans Khmer"),
    ],
)
def test_fonts_drawn_with_are_told(lay_out: LayOut, text: str, family: str) -> None:
    style = f'p {{ font-family: "{family}"; line-height: 1.7 }}'
    layout = lay_out(f"<p>{text}</p>", style)
    assert layout.fonts == {family}
    assert layout.lost == ()


def test_addresses_outside_the_piece_are_refused(lay_out: LayOut, tmp_path: Path) -> None:
    (tmp_path / "here.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9"/>')
    (tmp_path / "away.svg").symlink_to("/etc/passwd")
    sources = ("https://example.com/x.png", "file:///etc/passwd", "../x.png", "away.svg")
    pictures = "".join(f'<img src="{source}" alt="x">' for source in (*sources, "here.svg"))
    layout = lay_out(f'{pictures}<link rel="stylesheet" href="data:text/css,p%7B%7D">')
    assert len(layout.refused) == 5
    assert not [address for address in layout.refused if address.endswith("here.svg")]
    assert len([line for line in layout.log if "outside the piece" in line]) == 5


def test_links_to_files_are_refused(lay_out: LayOut) -> None:
    layout = lay_out('<p><a href="notes.txt">notes</a> <a href="https://example.org">us</a></p>')
    (link,) = layout.refused
    assert link == "notes.txt"


def test_warnings_are_kept_and_not_printed(
    lay_out: LayOut, capfd: pytest.CaptureFixture[str]
) -> None:
    layout = lay_out("<p>x</p>", "p { colour: red }")
    (line,) = layout.log
    assert "colour" in line
    assert capfd.readouterr() == ("", "")


def test_paint_is_the_editions(lay_out: LayOut) -> None:
    body = (
        '<p style="color: #0d5c63; border: 1pt solid #0d5c63">x</p>'
        '<svg width="9" height="9"><path d="M0 0h9" stroke="#000"/></svg>'
    )
    assert {"rg", "RG"} <= operators(lay_out(body))
    assert not {"rg", "RG", "k", "K"} & operators(lay_out(body, paint=GRAY))
    cmyk = operators(lay_out(body, paint=CMYK))
    assert {"k", "K"} <= cmyk
    assert not {"rg", "RG"} & cmyk
    assert "rg" in operators(lay_out(body)), "the paint is put back"


def test_groups_blend_in_the_editions_space(lay_out: LayOut) -> None:
    layout = lay_out('<div style="opacity: 0.5">x</div>', paint=CMYK)
    with pikepdf.open(io.BytesIO(layout.pdf)) as pdf:
        spaces = {str(obj.Group.CS) for obj in pdf.objects if is_group(obj)}
    assert spaces == {"/DeviceCMYK"}


def is_image(obj: pikepdf.Object) -> bool:
    return isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image"


def is_group(obj: pikepdf.Object) -> bool:
    return isinstance(obj, pikepdf.Stream) and "/Group" in obj


def test_pictures_that_say_nothing_are_artifacts(lay_out: LayOut, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )
    svg = '<svg {} width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    body = (
        '<p>Words <img src="a.svg" alt=""> and <img src="a.svg" alt="a house"></p>'
        + svg.format('aria-hidden="true"')
        + '<div style="display: flex"><img src="a.svg" alt=""><p>x</p></div>'
    )
    layout = lay_out(body, variant="pdf/ua-1")
    assert layout.log == ()
    with pikepdf.open(io.BytesIO(layout.pdf)) as pdf:
        figures = [str(obj.Alt) for obj in pdf.objects if is_figure(obj)]
        (parents,) = [
            obj.Nums[1]
            for obj in pdf.objects
            if isinstance(obj, pikepdf.Dictionary) and "/Nums" in obj
        ]
        marks = [
            str(instruction.operator)
            for instruction in pikepdf.parse_content_stream(pdf.pages[0], "BDC BMC EMC")
        ]
    assert figures == ["a house"]
    assert len(parents) == marks.count("BDC")
    assert marks.count("EMC") == marks.count("BDC") + marks.count("BMC")
    spoken = lay_out('<img src="a.svg">', variant="pdf/ua-1")
    assert "no required alt" in spoken.log[0], "a picture without any alt is still told"


def is_figure(obj: pikepdf.Object) -> bool:
    return isinstance(obj, pikepdf.Dictionary) and obj.get("/S") == "/Figure"


def test_a_slot_that_sticks_out_is_told_by_its_words(lay_out: LayOut) -> None:
    layout = lay_out('<div style="width: 1in"><img class="slot" data-slot="b" alt="Code"></div>')
    (overflow,) = layout.overflows
    assert (overflow.side, overflow.by_pt, overflow.text) == ("right", 72.0, "Code")


def test_what_sticks_out_is_told_by_its_text_before_its_pictures(lay_out: LayOut) -> None:
    picture = '<svg width="9" height="9"></svg>'
    (overflow,) = lay_out(f'<div style="height: 9pt">{picture}<p>Call us</p></div>').overflows
    assert overflow.text == "Call us"
    (overflow,) = lay_out(f'<div style="height: 1pt">{picture}</div>').overflows
    assert overflow.text == "a picture"


def test_the_space_of_a_line_may_leave_its_box_a_little(lay_out: LayOut) -> None:
    assert lay_out('<p style="height: 12pt">10 pt on 13.5</p>').overflows == ()
    assert lay_out('<p style="height: 11pt">10 pt on 13.5</p>').overflows[0].by_pt == 2.5


def test_slot_contents_share_one_pass_and_keep_their_order(own_fonts: Path) -> None:
    pages = [
        SlotPage(html="<p>Fresno</p>", width_pt=144, height_pt=36),
        SlotPage(html=f"<p>{LONG}</p>", width_pt=144, height_pt=36),
        SlotPage(html="<p>Kern</p>", width_pt=72, height_pt=18),
        SlotPage(html=f"<p>{LONG * 40}</p>", width_pt=144, height_pt=36),
        SlotPage(html="<p>Inyo</p>", width_pt=144, height_pt=36),
    ]
    sheets = typeset_slots(
        pages,
        head=f"<style>{STYLE}</style>",
        language="en",
        direction="ltr",
        css_class="press",
        roots=(own_fonts,),
        paint=CMYK,
    )
    assert [bool(page) for page in sheets.overflows] == [False, True, False, True, False]
    assert sheets.overflows[1][0].side == "bottom"
    assert sheets.fonts == {"Noto Sans"}
    with pikepdf.open(io.BytesIO(sheets.pdf)) as pdf:
        sizes = [(float(box[2]), float(box[3] - box[1])) for box in (p.mediabox for p in pdf.pages)]
    assert sizes == [(144, 36), (144, 36), (72, 18), (144, 36), (144, 36)]


SAME = """
import hashlib, sys
from pathlib import Path
from printkit import fonts
from printkit.inks import Paint
from printkit.typeset import typeset
folder = Path(sys.argv[1])
fonts.isolate(folder, Path(sys.argv[2]))
paint = Paint(space="DeviceRGB", mix=lambda *rgb: rgb)
layout = typeset(sys.argv[3], roots=(folder,), paint=paint, variant="pdf/ua-1")
print(hashlib.sha256(layout.pdf).hexdigest(), layout.fonts)
"""


@pytest.mark.slow
def test_same_input_gives_the_same_bytes_in_every_process(own_fonts: Path, tmp_path: Path) -> None:
    text = f'<p>Rights {ARABIC} {KHMER}</p><img class="slot" data-slot="help" alt="Help">'
    outputs = set()
    for seed in ("1", "77"):
        command = [sys.executable, "-c", SAME, str(own_fonts), str(tmp_path), document(text)]
        done = subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        outputs.add(done.stdout.split()[0])
    assert len(outputs) == 1


def test_places_pickle(lay_out: LayOut) -> None:
    layout = lay_out('<img class="slot" data-slot="help" alt="Help">')
    again = pickle.loads(pickle.dumps(layout))
    assert again == layout
    assert isinstance(again.slots[0], SlotPlace)


def test_a_box_that_goes_on_over_the_next_page_is_told_where_it_begins(lay_out: LayOut) -> None:
    lines = "".join(f"<p>Line {number}</p>" for number in range(60))
    layout = lay_out(
        '<section style="position:relative;height:2.4in;break-after:page">'
        f'<div class="fit" style="position:absolute;top:0;height:2in">{lines}</div></section>'
        "<section>Back</section>"
    )
    goes_on = [one for one in layout.overflows if one.of == "box" and one.side == "bottom"]
    assert goes_on
    assert {one.place.page for one in goes_on} >= {1}


def test_numbers_in_shown_text_stay_apart(lay_out: LayOut) -> None:
    # Marks of Arabic letters are placed by shifts, some beside an empty string.
    style = '<p lang="ar" dir="rtl" style="font-family:Noto Sans Arabic">'
    layout = lay_out(f"{style}لا أحد مضطر إلى أن يفعل ذلك وحده.</p>")
    with pikepdf.open(io.BytesIO(layout.pdf)) as pdf:
        for page in pdf.pages:
            assert len(pikepdf.parse_content_stream(page)) > 1
