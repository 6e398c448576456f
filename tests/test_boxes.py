"""Laws of packing: every copy in a box, none too heavy, no bundle split, the first that fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit import boxes
from printkit.boxes import BUNDLES, SHARE, Box, Portion, Row, boxes_for, bundle_of
from printkit.errors import UserError

LIMIT = 10_000
ROWS = st.lists(
    st.builds(
        Row,
        name=st.just("Card in Spanish (es)"),
        copies=st.integers(0, 250),
        copy_mg=st.one_of(st.integers(1, 300), st.integers(1, LIMIT)),
    ),
    max_size=6,
)


def row(copies: int, copy_mg: int, name: str = "Card in Spanish (es)") -> Row:
    return Row(name=name, copies=copies, copy_mg=copy_mg)


def bundles_of(box: Box, rows: list[Row]) -> list[tuple[int, int]]:
    """Each bundle in a box as its row and its weight, the full ones first."""
    return [
        (portion.row, size * rows[portion.row].copy_mg)
        for portion in box.portions
        for size in [*[portion.bundle] * portion.bundles, *([portion.loose] * bool(portion.loose))]
    ]


def test_rows_fill_boxes_in_their_order_and_what_is_small_fills_the_gaps() -> None:
    rows = [row(450, 10), row(300, 25), row(40, 10)]
    told = [
        [(part.row, part.words) for part in box.portions] + [(-1, f"{box.weight_mg} mg")]
        for box in boxes_for(rows, LIMIT)
    ]
    assert told == [
        [(0, "4 × 100 + 1 × 50"), (1, "2 × 100"), (2, "1 × 40"), (-1, "9900 mg")],
        [(1, "1 × 100"), (-1, "2500 mg")],
    ]


@given(rows=ROWS)
def test_copies_packed_are_the_copies_of_the_rows(rows: list[Row]) -> None:
    packed = [0] * len(rows)
    for box in boxes_for(rows, LIMIT):
        for portion in box.portions:
            packed[portion.row] += portion.copies
    assert packed == [one.copies for one in rows]


@given(rows=ROWS)
def test_no_box_is_too_heavy_or_empty_and_each_weighs_what_is_in_it(rows: list[Row]) -> None:
    for box in boxes_for(rows, LIMIT):
        held = sum(portion.copies * rows[portion.row].copy_mg for portion in box.portions)
        assert 0 < held == box.weight_mg <= LIMIT


@given(rows=ROWS)
def test_boxes_are_numbered_and_name_each_row_once_in_order(rows: list[Row]) -> None:
    found = boxes_for(rows, LIMIT)
    assert [box.number for box in found] == list(range(1, len(found) + 1))
    for box in found:
        places = [portion.row for portion in box.portions]
        assert places == sorted(set(places))


@given(rows=ROWS)
def test_bundles_are_whole_and_at_most_one_of_a_row_is_smaller(rows: list[Row]) -> None:
    found = [portion for box in boxes_for(rows, LIMIT) for portion in box.portions]
    for place, one in enumerate(rows):
        size = bundle_of(one.copy_mg, LIMIT)
        ours = [portion for portion in found if portion.row == place]
        assert all(portion.bundle == size for portion in ours)
        assert [portion.loose for portion in ours if portion.loose] == (
            [one.copies % size] if one.copies % size else []
        )


@given(rows=ROWS)
def test_each_bundle_lies_in_the_first_box_that_had_room(rows: list[Row]) -> None:
    slow: list[list[tuple[int, int]]] = []
    for place, one in enumerate(rows):
        size = bundle_of(one.copy_mg, LIMIT)
        full, rest = divmod(one.copies, size)
        for copies in [size] * full + [rest] * bool(rest):
            weight = copies * one.copy_mg
            room = (box for box in slow if sum(mg for _, mg in box) + weight <= LIMIT)
            box = next(room, None)
            if box is None:
                box = []
                slow.append(box)
            box.append((place, weight))
    assert [bundles_of(box, rows) for box in boxes_for(rows, LIMIT)] == slow


@given(copy_mg=st.integers(1, LIMIT))
def test_a_bundle_is_the_largest_that_hands_can_lift(copy_mg: int) -> None:
    size = bundle_of(copy_mg, LIMIT)
    assert size == 1 or size * copy_mg * SHARE <= LIMIT
    assert all(other * copy_mg * SHARE > LIMIT for other in BUNDLES if other > size)


def test_counts_as_labels_show_them() -> None:
    part = Portion(row=0, bundle=100, bundles=34, loose=50)
    assert (part.words, part.copies) == ("34 × 100 + 1 × 50", 3450)
    assert Portion(row=0, bundle=100, bundles=0, loose=5).words == "1 × 5"


def test_copies_too_heavy_for_a_carton_are_told_all_at_once() -> None:
    rows = [row(1, LIMIT + 1, "Book in Lao (lo)"), row(1, 5), row(1, LIMIT * 2, "Atlas in Thai")]
    with pytest.raises(UserError) as caught:
        boxes_for(rows, LIMIT)
    assert [problem.what for problem in caught.value.problems] == [
        "One copy is heavier than a full carton may be: Book in Lao (lo).",
        "One copy is heavier than a full carton may be: Atlas in Thai.",
    ]


def test_a_slip_in_an_order_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "MOST_BOXES", 10)
    with pytest.raises(UserError, match="fill more than 10 boxes") as caught:
        boxes_for([row(10**12, 100)], LIMIT)
    assert "slip in regions/orders.csv" in caught.value.problems[0].fix
