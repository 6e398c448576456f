"""Sheets hold what fits, in the middle, and tell by how much the rest does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.errors import UserError
from printkit.impose.ground import Block, Wanted, edge_of, ground_for, most_up
from printkit.lengths import Size

PRESS = Size(width_pt=12 * 72, height_pt=18 * 72)
LETTER = Size(width_pt=612, height_pt=792)
CARD = Block(widths=(306.0,), height=396.0)


def wanted(**changes: object) -> Wanted:
    asked = {
        "sheet": PRESS,
        "block": CARD,
        "gutter": 18.0,
        "bleed": 9.0,
        "up": None,
        "flip": None,
    } | changes
    return Wanted(**asked)  # type: ignore[arg-type]


def refused(**changes: object) -> str:
    with pytest.raises(UserError) as caught:
        ground_for(wanted(**changes))
    return str(caught.value)


@pytest.mark.parametrize(
    ("changes", "up", "sheet"),
    [
        ({}, (2, 3), PRESS),
        ({"sheet": LETTER, "bleed": 0.0, "gutter": 0.0}, (2, 2), LETTER),
        ({"sheet": LETTER}, (2, 1), LETTER.turned),
        ({"up": (4, 2)}, (4, 2), PRESS.turned),
        ({"up": (1, 1)}, (1, 1), PRESS),
        ({"halved": True}, (2, 3), PRESS),
        ({"halved": True, "flip": "short"}, (2, 2), PRESS),
    ],
)
def test_as_many_as_fit_with_room_for_bleed_and_marks(
    changes: dict[str, object], up: tuple[int, int], sheet: Size
) -> None:
    ground = ground_for(wanted(**changes))

    assert ((ground.grid.columns, ground.grid.rows), ground.sheet) == (up, sheet)


def test_cells_stand_in_the_middle_with_gutters_between() -> None:
    ground = ground_for(wanted())

    assert list(ground.trims) == [117, 36, 747, 1260]
    assert list(ground.bleeds) == [108, 27, 756, 1269]
    assert list(ground.cell(0, 0, back=False)) == [117, 864, 423, 1260]
    assert list(ground.cell(1, 2, back=False)) == [441, 36, 747, 432]
    assert list(ground.window(0, 0, back=False)) == [108, 855, 432, 1269]
    assert ground.cuts() == ([117, 423, 441, 747], [36, 432, 450, 846, 864, 1260])


def test_nothing_is_printed_over_a_fold_and_the_back_is_mirrored() -> None:
    panels = Block(widths=(261.0, 265.5, 265.5), height=612)
    ground = ground_for(wanted(block=panels, up=(1, 1)))

    assert ground.cell(0, 0, back=False)[::2] == (36, 297)
    assert ground.cell(0, 0, back=True)[::2] == (36, 301.5)
    assert ground.window(0, 0, back=False)[::2] == (27, 297)
    assert ground.window(1, 0, back=False)[::2] == (297, 562.5)
    assert ground.folds(panels.widths) == [297, 562.5]


@given(
    st.floats(min_value=36, max_value=400),
    st.floats(min_value=36, max_value=400),
    st.floats(min_value=0, max_value=30),
    st.floats(min_value=0, max_value=18),
    st.sampled_from([None, "long", "short"]),
    st.booleans(),
)
def test_cells_lie_on_the_sheet_apart_and_on_their_own_mirror(
    width: float, height: float, gutter: float, bleed: float, flip: str | None, halved: bool
) -> None:
    asked = wanted(
        block=Block(widths=(width,), height=height),
        gutter=gutter,
        bleed=bleed,
        flip=flip,
        halved=halved,
    )
    ground = ground_for(asked)
    grid = ground.grid
    found = set()
    for column in range(grid.columns):
        for row in range(grid.rows):
            left, bottom, right, top = ground.cell(column, row, back=False)
            assert min(left, bottom) >= bleed - 0.02
            assert right <= ground.sheet.width_pt - bleed + 0.02
            assert top <= ground.sheet.height_pt - bleed + 0.02
            found.add((round(left, 2), round(bottom, 2)))
            other = ground.cell(*grid.behind(column, row), back=True)
            across, down = ground.sheet.width_pt - right, ground.sheet.height_pt - top
            expected = (left, down) if grid.tumbles else (across, bottom)
            assert other[:2] == pytest.approx(expected, abs=0.01)
    assert len(found) == grid.columns * grid.rows
    assert edge_of(ground) == (flip or edge_of(ground))


def test_too_many_or_too_large_is_told_in_inches_with_what_would_fit() -> None:
    assert refused(up=(3, 3)) == (
        "3 × 3 pieces of 4.25 × 5.5 in do not fit a sheet of 12 × 18 in: they are 1.25 in too "
        "wide. At most --up 2x3 fits, on the sheet laid 12 × 18 in."
    )
    assert refused(sheet=Size(width_pt=288, height_pt=360)) == (
        "A piece of 4.25 × 5.5 in does not fit a sheet of 4 × 5 in: it is 0.25 in too wide and "
        "0.5 in too high. Take a larger sheet or a smaller trim."
    )
    assert refused(sheet=Size(width_pt=310, height_pt=400)) == (
        "A piece of 4.25 × 5.5 in does not fit a sheet of 4.306 × 5.556 in: it is too large with "
        "its bleed and a quarter of an inch round it. Take a larger sheet or a smaller trim."
    )


def test_what_just_fits_is_set_out_when_asked_for() -> None:
    ground = ground_for(wanted(sheet=Size(width_pt=310, height_pt=400), up=(1, 1)))

    assert list(ground.bleeds) == [0, 0, 310, 400]


def test_the_most_of_a_sheet_that_holds_nothing() -> None:
    assert most_up(wanted(), Size(width_pt=100, height_pt=2000)) == (0, 0)
