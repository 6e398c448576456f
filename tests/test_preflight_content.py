"""Content is read to marks: what shows and what does not, how large, in which inks, over what."""

import time
from collections.abc import Iterator

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from preflight.art_cases import (
    FONT,
    Make,
    composite,
    drawn,
    form,
    layer,
    painting,
    picture,
    spot,
    state,
    text,
)
from preflight.makings import press

from printkit.preflight.content import Content, Mark, Reader, pages_of
from printkit.preflight.functions import function_of
from printkit.preflight.tokens import operations


def read(content: bytes, **resources: Make) -> Content:
    """Return what a page of nothing else paints."""
    with press(1) as pdf:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"")
        painting(content, **resources)(pdf)
        return Reader(pdf).content(pages_of(pdf)[0])


def mark(content: bytes, **resources: Make) -> Mark:
    (found,) = read(content, **resources).marks
    return found


SHOWS = [
    (b"0 0 9 9 re f", ""),
    (b"500 0 9 9 re f", "off the page"),
    (b"9 9 9 9 re W n 50 50 9 9 re f", "clipped"),
    (b"9 9 9 9 re W n 18 9 9 9 re f", "clipped"),
    (b"W n 50 50 9 9 re f", "clipped"),
    (b"1 g 0 0 9 9 re f", "white on nothing"),
    (b"BT /F 9 Tf 3 Tr (x) Tj ET", "invisible text"),
    (b"BT /F 9 Tf (\\240 ) Tj ET", "blank text"),
    (b"/N cs 1 scn 0 0 9 9 re f", "no ink"),
    (b"/G gs 0 0 9 9 re f", "transparent"),
    (b"/OC /L BDC /Span <</A 1>> BDC 0 0 9 9 re f EMC EMC", "layer"),
    (b"/M gs", "mask"),
]


@pytest.mark.parametrize(("content", "hidden"), SHOWS)
def test_what_does_not_show_says_why(content: bytes, hidden: str) -> None:
    found = mark(
        content,
        Font_F=FONT,
        ColorSpace_N=spot("None"),
        ExtGState_G=state(ca=0),
        ExtGState_M=lambda pdf: Dictionary(
            SMask=Dictionary(S=Name.Alpha, G=form(b"0 0 9 9 re f")(pdf))
        ),
        Properties_L=layer,
    )
    assert (found.hidden, found.shows) == (hidden, not hidden)


def test_white_shows_on_what_was_painted_and_not_on_white() -> None:
    marks = read(b"0 g 9 9 9 9 re f 1 g 0 0 30 30 re f 2 2 3 3 re f 40 40 9 9 re f").marks
    assert [one.hidden for one in marks] == ["", "", "white on nothing", "white on nothing"]
    assert marks[0].under is None
    assert marks[1].under is marks[0].paint
    assert marks[2].under is marks[1].paint


def test_a_mark_lies_where_it_can_show() -> None:
    content = b"10 10 50 50 re W n 2 0 0 2 0 0 cm 20 0 20 9 re f"
    assert mark(content).box == (40, 10, 60, 18)


def test_crop_marks_are_told_piece_by_piece() -> None:
    found = mark(b"1 w 10 0 m 10 20 l 50 0 m 50 20 l S")
    assert [*map(list, found.parts)] == [[9.5, 0, 10.5, 20.5], [49.5, 0, 50.5, 20.5]]
    assert (found.pieces, found.size_pt) == (2, 1)


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (text(b"(x)", 9), 9),
        (b"BT 2 0 0 3 0 0 Tm /F 3 Tf (x) Tj ET", 9),
        (b".5 0 0 .5 0 0 cm BT 0 2 -2 0 99 99 Tm /F 9 Tf (x) Tj ET", 9),
        (b"BT /F 1 Tf 9 0 0 -9 50 50 Tm (x) Tj ET", 9),
    ],
)
def test_text_is_as_tall_as_it_is_placed(content: bytes, size: float) -> None:
    assert mark(content, Font_F=FONT).size_pt == pytest.approx(size)


def test_text_says_its_letters_and_how_wide_it_is() -> None:
    found = mark(b"BT /F 10 Tf 20 30 Td [<414243> -100 <44>] TJ ET", Font_F=FONT)
    assert found.shown is not None and found.shown.text == "ABCD"
    assert found.box == pytest.approx((20, 30, 20 + 4 * 5 + 1, 37.5))
    marks = read(b"BT /F 10 Tf (A) Tj (B) Tj T* (C) Tj ET", Font_F=FONT).marks
    assert [one.box[0] for one in marks] == [0, 5, 0]


def test_missing_letters_are_counted() -> None:
    found = mark(text(b"<000100000002>"), Font_F=composite)
    assert found.shown is not None and found.shown.missing == 1


def test_glyphs_that_bring_colours_are_read_and_stencils_are_not() -> None:
    def kinds(glyph: bytes) -> list[str]:
        marks = read(text(b"(xx)"), Font_F=lambda pdf: drawn(pdf, glyph)).marks
        return [f"{one.kind} {one.space}" for one in marks if one.shows]

    assert kinds(b"600 0 d0 1 0 0 rg 0 0 9 9 re f") == ["text DeviceGray", "fill DeviceRGB"]
    assert kinds(b"600 0 0 0 9 9 d1 1 0 0 rg 0 0 9 9 re f") == ["text DeviceGray"]


def test_pictures_tell_their_pixels_an_inch() -> None:
    found = mark(b"0 36 -72 0 99 99 cm /A Do",
                 XObject_A=picture(100, 50, b"", Name.DeviceGray))  # fmt: skip
    assert found.picture is not None and found.picture.ppi == pytest.approx((200, 50))
    inline = mark(b"9 0 0 9 0 0 cm BI /W 2 /H 2 /IM true ID \x01EI\x02\nEI")
    assert inline.picture is not None and inline.picture.bits == 1
    assert inline.paint.black


def test_groups_are_put_down_as_a_whole() -> None:
    group = Dictionary(S=Name.Transparency)
    found = mark(b"/G gs /A Do", ExtGState_G=state(ca=0.5, BM=Name.Multiply),
                 XObject_A=form(b"/H gs 0 0 9 9 re f", Group=group, Resources=Dictionary(
                     ExtGState=Dictionary(H=Dictionary(ca=0.5)))))  # fmt: skip
    assert (found.paint.alpha, found.paint.blend, found.paint.clear) == (0.25, "Multiply", True)


def test_spots_tell_their_inks() -> None:
    orange = mark(b"/C cs .5 scn 0 0 9 9 re f", ColorSpace_C=spot("Orange")).paint
    assert (orange.space.name, orange.inks, orange.ink) == (
        "Separation/Orange",
        (0.5, 0, 0, 0),
        0.5,
    )
    black = mark(b"/C cs 1 scn 0 0 9 9 re f", ColorSpace_C=spot("Black")).paint
    assert black.black and black.count == 1


@pytest.mark.slow
def test_a_bomb_of_forms_ends_with_a_word() -> None:
    def bomb(pdf: pikepdf.Pdf) -> object:
        inner = form(b"0 0 9 9 re f " * 10)(pdf)
        for _ in range(20):
            inner = form(b"/A Do " * 10, Resources=Dictionary(XObject=Dictionary(A=inner)))(pdf)
        return inner

    start = time.process_time()
    found = read(b"/A Do", XObject_A=bomb)
    assert found.troubles == ("It holds more than 200,000 marks.",)
    assert time.process_time() - start < 20, "about 3 s when measured alone"


def test_ten_thousand_brackets_are_no_trouble() -> None:
    for open_ in (b"[", b"<<", b"(", b"q ", b"{"):
        assert read(open_ * 10_000 + b" 0 0 9 9 re f").troubles == ()


def as_pikepdf_reads(content: bytes) -> Iterator[tuple[str, list[object]]]:
    with pikepdf.new() as pdf:
        for one in pikepdf.parse_content_stream(pdf.make_stream(content)):
            yield str(one.operator), [plain(operand) for operand in one.operands]


def plain(operand: object) -> object:
    if isinstance(operand, pikepdf.Array):
        return [plain(one) for one in operand]
    if isinstance(operand, pikepdf.Dictionary):
        return {key: plain(value) for key, value in operand.items()}
    if isinstance(operand, pikepdf.String):
        return bytes(operand)
    if isinstance(operand, Name):
        return str(operand)
    return operand if isinstance(operand, bool) or operand is None else float(operand)  # type: ignore[arg-type]


WORDS = (
    b"q 1 0 0 1 36.0000 -.5 cm /A#20B Do Q\n"
    b"BT /F1 9 Tf [(a\\(b) -20.5 (c(d)\\\\)] TJ <4 1 4> Tj (\\101\\\n\\n) ' ET % a remark\n"
    b"/Span <</A [1 true null] /B <</C (x)>>>> BDC EMC 0. +5 4 -3 re f* 0 0 m 1 1 l h W* n"
)


def test_operations_are_what_other_readers_find() -> None:
    found = [(operator.decode(), operands) for operator, operands in operations(WORDS)]
    assert found == list(as_pikepdf_reads(WORDS))
    assert list(operations(b"[<00ff>-3<0A>] TJ")) == [(b"TJ", [[b"\x00\xff\n", -3.0]])]


PIECES = (
    b"q Q BT ET f [ ] << >> ( ) <0 > BI ID EI /F 9 -.1e5 Tf Tj TJ cm re scn cs Do gs sh d0 d1 W n "
    b"% \\ \xff " + b"9" * 400
).split()


@settings(max_examples=200, deadline=2000)
@given(st.lists(st.sampled_from(PIECES)))
def test_no_content_stops_the_reader(words: list[bytes]) -> None:
    content = b" ".join(words)
    assert isinstance(list(operations(content)), list)
    assert isinstance(read(content, Font_F=FONT, XObject_F=form(b"f")), Content)


@settings(max_examples=200, deadline=1000)
@given(st.binary(max_size=60))
def test_no_bytes_stop_the_scanner(data: bytes) -> None:
    assert isinstance(list(operations(data)), list)


def test_functions_are_worked_out() -> None:
    with pikepdf.new() as pdf:
        program = pdf.make_stream(b"{dup 0.5 gt {pop 1} {2 mul} ifelse 0 exch}")
        program.FunctionType, program.Domain, program.Range = 4, Array([0, 1]), Array([0, 1] * 2)
        calculated = function_of(program)
        assert calculated is not None
        assert [calculated([one]) for one in (0.25, 0.75)] == [(0, 0.5), (0, 1)]
        table = pdf.make_stream(b"\x00\xff\x80")
        table.FunctionType, table.Domain, table.Range = 0, Array([0, 1]), Array([0, 1])
        table.Size, table.BitsPerSample = Array([3]), 8
        sampled = function_of(table)
        assert sampled is not None
        assert [sampled([one])[0] for one in (0, 0.25, 0.5)] == pytest.approx([0, 0.5, 1])
        square = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=2)
        stitched = function_of(
            Dictionary(
                FunctionType=3,
                Domain=Array([0, 1]),
                Bounds=Array([0.5]),
                Encode=Array([0, 1, 1, 0]),
                Functions=Array([square, square]),
            )
        )
        assert stitched is not None
        assert [stitched([one])[0] for one in (0.25, 0.5, 1)] == pytest.approx([0.25, 1, 0])


@pytest.mark.parametrize("program", [b"{pop pop}", b"{0 div}", b"{if}", b"{-1 ln}"])
def test_a_function_that_makes_no_sense_says_so(program: bytes) -> None:
    with pikepdf.new() as pdf:
        made = pdf.make_stream(program)
        made.FunctionType, made.Domain, made.Range = 4, Array([0, 1]), Array([0, 1])
        function = function_of(made)
        assert function is not None
        with pytest.raises(ValueError, match="the function cannot be worked out"):
            function([0.5])
