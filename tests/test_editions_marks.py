"""Marks stand around the sheet: outside its bleed, where folds are, clear of each other."""

import re

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets import CARD, CONTENTS, base_of, opened, sheet, text_of

from printkit.editions.marks import AROUND_PT, BLEED_PT, MARGIN_PT, folds_of, marks, slug_room
from printkit.latin import footer_face
from printkit.lengths import Size
from printkit.stamp import stamp
from printkit.stamp.slug import slug_lines

LETTER_WIDE = Size(width_pt=792, height_pt=612)
PANELS = (265.5, 265.5, 261.0)


def is_font(obj: pikepdf.Object) -> bool:
    return isinstance(obj, pikepdf.Dictionary) and "PKFOOT" in str(obj.get("/BaseFont", ""))


def lines_of(content: bytes) -> list[tuple[float, ...]]:
    found = re.findall(rb"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l", content)
    return [tuple(map(float, line)) for line in found]


@given(
    st.floats(144, 1224),
    st.floats(144, 1224),
    st.lists(st.floats(0.1, 0.9), max_size=4),
)
def test_no_mark_stands_in_the_bleed_or_off_the_paper(
    width: float, height: float, folds: list[float]
) -> None:
    content = marks(Size(width_pt=width, height_pt=height), folds=[f * width for f in folds])
    points = [(line[n], line[n + 1]) for line in lines_of(content) for n in (0, 2)]
    for x, y, wide, high in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re f", content):
        points += [(float(x), float(y)), (float(x) + float(wide), float(y) + float(high))]
    for curve in re.findall(rb"((?:[\d.]+ ){6})c", content):
        numbers = [float(number) for number in curve.split()]
        points += list(zip(numbers[::2], numbers[1::2], strict=True))
    for x, y in points:
        assert 0 <= x <= width + 2 * AROUND_PT and 0 <= y <= height + 2 * AROUND_PT
        beside = not MARGIN_PT < x < AROUND_PT + width + BLEED_PT
        assert beside or not MARGIN_PT < y < AROUND_PT + height + BLEED_PT


def test_crop_marks_point_at_the_trims_corners() -> None:
    upright = {line[0] for line in lines_of(marks(CARD)) if line[0] == line[2]}
    level = {line[1] for line in lines_of(marks(CARD)) if line[1] == line[3]}
    assert {AROUND_PT, AROUND_PT + 306} <= upright
    assert {AROUND_PT, AROUND_PT + 396} <= level


def test_the_slug_and_the_colour_bar_stand_apart_from_the_marks() -> None:
    _, bottom, width, height = slug_room(CARD)
    lowest = min(min(line[1], line[3]) for line in lines_of(marks(CARD)))
    assert bottom + height < lowest
    assert width == 306 + 2 * AROUND_PT - 6
    assert len(re.findall(rb" k [\d. ]+ re f", marks(CARD))) == 8


def test_a_folded_sheet_has_a_mark_at_each_fold() -> None:
    inside, outside = (265.5, 531.0), (261.0, 526.5)
    assert folds_of(PANELS, pages=2, mirrored=False) == (outside, inside)
    assert folds_of(PANELS, pages=2, mirrored=True) == (inside, outside)
    assert folds_of((), pages=2, mirrored=False) == ((), ())
    dashed = marks(LETTER_WIDE, folds=outside).split(b"[2 2] 0 d")[1].split(b"S")[0]
    assert [line[0] - AROUND_PT for line in lines_of(dashed)] == [261.0, 261.0, 526.5, 526.5]
    assert lines_of(marks(LETTER_WIDE).split(b"[2 2] 0 d")[1].split(b"S")[0]) == []


def test_a_registration_mark_keeps_clear_of_a_fold_in_the_middle() -> None:
    crosses = lines_of(marks(CARD, folds=[153]).split(b"1 1 1 1 K")[1])
    assert all(abs(line[0] - (AROUND_PT + 153)) > 8 for line in crosses if line[0] == line[2])


@pytest.mark.usefixtures("own_fonts")
def test_the_slug_says_which_file_this_is() -> None:
    pdf = stamp(base_of("press"), CONTENTS, slug="es_card_ab12cd · Card · Spanish")
    assert "es_card_ab12cd · Card · Spanish · page 1 of 2" in text_of(pdf, 1)
    assert "page 2 of 2" in text_of(pdf, 2)
    with opened(pdf) as file:
        fonts = [str(obj.BaseFont) for obj in file.objects if is_font(obj)]
        words = file.pages[0].Resources.XObject.Slug.read_bytes()
    assert fonts == ["/PKFOOT+NotoSans-Regular"], "once, for footer and slug"
    assert words.startswith(b"q\n/K gs 0 0 0 1 k")


@pytest.mark.usefixtures("own_fonts")
def test_files_that_differ_in_their_slug_alone_bear_different_names() -> None:
    base = base_of("press")
    ids = []
    for slug in ("one", "two", "two"):
        with opened(stamp(base, CONTENTS, slug=slug)) as pdf:
            ids.append(re.findall(rb"xmp.did:(\w+)", pdf.Root.Metadata.read_bytes()))
    assert ids[0] != ids[1] == ids[2]


@pytest.mark.usefixtures("own_fonts")
@pytest.mark.parametrize("edition", ["copier", "screen"])
def test_only_press_sheets_have_a_slug(edition: str) -> None:
    assert "slug" not in text_of(stamp(base_of(edition), CONTENTS, slug="the slug"))


def test_a_long_slug_takes_two_lines_and_never_more_than_the_paper() -> None:
    face = footer_face(sheet().fonts)
    assert slug_lines("short", 200, face) == [("short", 6.0, 4.5)]
    (first, size, upper), (second, _, lower) = slug_lines("one word · another · end", 40, face)
    assert (first, second) == ("one word", "another · end")
    assert max(face.width(line, size) for line in (first, second)) <= 40.01
    assert upper - lower >= size
    assert slug_lines("Łódź", 200, face)[0][0] == "?ód?"
