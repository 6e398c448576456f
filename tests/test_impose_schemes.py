"""Schemes keep their laws: every page once, backs behind their fronts, reading order kept."""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.errors import UserError
from printkit.impose.schemes import (
    SCHEMES,
    Binding,
    Grid,
    Page,
    Scheme,
    Seat,
    Sheet,
    blanks_of,
    leaves_for,
    panels_of,
    sheets_for,
)

BINDINGS: tuple[Binding, ...] = ("left", "right")
ONE = Grid(columns=1, rows=1, tumbles=False)
TWO_BY_TWO = Grid(columns=2, rows=2, tumbles=False)

sides = st.integers(min_value=1, max_value=5)
grids = st.builds(Grid, columns=sides, rows=sides, tumbles=st.booleans())
even_grids = st.builds(
    Grid, columns=sides.map(lambda n: 2 * n), rows=sides.map(lambda n: 2 * n), tumbles=st.booleans()
)
counts = st.lists(st.integers(min_value=1, max_value=23), min_size=1, max_size=4)
bindings = st.sampled_from(BINDINGS)


def any_scheme(draw: st.DrawFn) -> tuple[Scheme, list[int], Grid]:
    scheme = draw(st.sampled_from(SCHEMES))
    some = draw(counts)
    if scheme == "tri-fold":
        some = [draw(st.sampled_from([2, 6]))]
    if scheme == "work-and-turn":
        some = [*some, 2]
    return scheme, some, draw(even_grids)


cases = st.composite(any_scheme)()


def shown(sheets: tuple[Sheet, ...]) -> Counter[Page]:
    return Counter(seat.page for sheet in sheets for side in sheet for seat in side.seats)


def strip(scheme: Scheme, count: int) -> int:
    return {"saddle-stitch": 2, "tri-fold": 3 if count == 6 else 1}.get(scheme, 1)


def cells_of(seats: tuple[Seat, ...]) -> dict[tuple[int, int], Seat]:
    found = {(seat.column, seat.row): seat for seat in seats}
    assert len(found) == len(seats), "one page a cell"
    return found


def words(sheet: Sheet) -> list[str]:
    """Each side's pages row by row: "12 1" and so on, "v" on its head, "-" blank."""
    told = []
    for side in sheet:
        found = cells_of(side.seats)
        rows = sorted({row for _, row in found})
        columns = sorted({column for column, _ in found})
        lines = [
            " ".join(
                f"{found[column, row].page or '-'}{'v' if found[column, row].turned else ''}"
                for column in columns
            )
            for row in rows
        ]
        told.append(" / ".join(lines))
    return told


@given(cases, bindings)
def test_every_page_stands_as_often_as_there_are_copies(
    case: tuple[Scheme, list[int], Grid], binding: Binding
) -> None:
    scheme, some, grid = case
    copies = {"cut-and-stack": 1, "work-and-turn": grid.columns * grid.rows // 2}.get(
        scheme, grid.columns * grid.rows
    )
    found = shown(sheets_for(scheme, some, grid, binding=binding))

    del found[None]
    assert found == dict.fromkeys(range(1, sum(some) + 1), copies)


def partners(leaves_scheme: Scheme, some: list[int], binding: Binding) -> dict[Page, Page]:
    """Which page is on the other side of which."""
    pairs: dict[Page, Page] = {}
    for leaf in leaves_for(leaves_scheme, some, binding=binding):
        for front, back in zip(leaf.front, (leaf.back or ())[::-1], strict=True):
            pairs[front], pairs[back] = back, front
    return pairs


@given(cases, bindings)
def test_each_back_lies_behind_its_front(
    case: tuple[Scheme, list[int], Grid], binding: Binding
) -> None:
    """Turn the sheet over, and look through it: what is behind a page is its own other side."""
    scheme, some, grid = case
    count = strip(scheme, sum(some))
    wide = grid.columns * count
    if max(some) < 2:
        return
    pairs = partners(scheme, some, binding)
    for sheet in sheets_for(scheme, some, grid, binding=binding):
        front, back = cells_of(sheet[0].seats), cells_of(sheet[-1].seats)
        for (column, row), seat in front.items():
            mirrored = (column, grid.rows - 1 - row) if grid.tumbles else (wide - 1 - column, row)
            behind = back[mirrored]
            if seat.page is not None:
                assert pairs[seat.page] == behind.page
            assert behind.turned == (seat.turned != grid.tumbles), "heads lie on heads"


@given(cases)
def test_right_to_left_is_the_mirror_of_left_to_right(
    case: tuple[Scheme, list[int], Grid],
) -> None:
    scheme, some, grid = case
    if grid.tumbles and scheme == "work-and-turn":
        return  # its halves lie above each other, and a mirror changes nothing
    wide = grid.columns * strip(scheme, sum(some))
    left = sheets_for(scheme, some, grid, binding="left")
    right = sheets_for(scheme, some, grid, binding="right")
    for one, other in zip(left, right, strict=True):
        for side, twin in zip(one, other, strict=True):
            mirrored = {
                (wide - 1 - seat.column, seat.row): (seat.page, seat.turned, -seat.creep)
                for seat in side.seats
            }
            assert mirrored == {
                (seat.column, seat.row): (seat.page, seat.turned, seat.creep) for seat in twin.seats
            }


@given(st.integers(min_value=1, max_value=200), bindings)
def test_the_pages_of_a_spread_add_up_to_one_more_than_there_are(
    pages: int, binding: Binding
) -> None:
    whole = -(-pages // 4) * 4
    sheets = sheets_for("saddle-stitch", [pages], ONE, binding=binding)

    assert len(sheets) == whole // 4
    assert blanks_of(sheets) == whole - pages
    for sheet in sheets:
        for side in sheet:
            known = [seat.page for seat in side.seats if seat.page is not None]
            assert len(known) < 2 or sum(known) == whole + 1


@given(st.integers(min_value=1, max_value=200))
def test_creep_grows_from_nothing_on_the_outermost_sheet(pages: int) -> None:
    sheets = sheets_for("saddle-stitch", [pages], ONE)
    steps = [{abs(seat.creep) for side in sheet for seat in side.seats} for sheet in sheets]

    assert steps == [{number} for number in range(len(sheets))]
    for sheet in sheets:
        for seat in (seat for side in sheet for seat in side.seats):
            assert (seat.creep >= 0) == (seat.column % 2 == 0) or not seat.creep, "to the spine"


@given(counts, grids, bindings)
def test_piles_put_on_each_other_are_in_reading_order(
    some: list[int], grid: Grid, binding: Binding
) -> None:
    sheets = sheets_for("cut-and-stack", some, grid, binding=binding)
    two_sided = max(some) > 1

    def piled() -> Iterator[Page]:
        for place in grid.places(binding):
            for sheet in sheets:
                yield cells_of(sheet[0].seats)[place].page
                if two_sided:
                    yield cells_of(sheet[1].seats)[grid.behind(*place)].page

    read = [page for page in piled() if page is not None]
    assert read == list(range(1, sum(some) + 1))


def test_a_booklet_of_eight_pages() -> None:
    first, second = sheets_for("saddle-stitch", [8], ONE)

    assert [words(first), words(second)] == [["8 1", "2 7"], ["6 3", "4 5"]]


def test_a_booklet_that_is_bound_on_the_right() -> None:
    first, second = sheets_for("saddle-stitch", [8], ONE, binding="right")

    assert [words(first), words(second)] == [["1 8", "7 2"], ["3 6", "5 4"]]


def test_a_tri_fold_and_its_twin() -> None:
    (left,) = sheets_for("tri-fold", [6], ONE)
    (right,) = sheets_for("tri-fold", [6], ONE, binding="right")

    assert words(left) == ["5 6 1", "2 3 4"]
    assert words(right) == ["1 6 5", "4 3 2"]


def test_panels_are_those_of_print_shops_templates() -> None:
    assert [width / 72 for width in panels_of(792)] == [3.6875, 3.6875, 3.625]


def test_work_and_turn_beside_and_above() -> None:
    beside = Grid(columns=4, rows=1, tumbles=False)
    above = Grid(columns=1, rows=2, tumbles=True)

    assert [words(sheet) for sheet in sheets_for("work-and-turn", [2], beside)] == [["1 1 2 2"]]
    assert [words(sheet) for sheet in sheets_for("work-and-turn", [2], above)] == [["1 / 2v"]]


def test_stacks_and_copies() -> None:
    assert [words(sheet) for sheet in sheets_for("cut-and-stack", [6], TWO_BY_TWO)] == [
        ["1 3 / 5 -", "4 2 / - 6"]
    ]
    assert [words(sheet) for sheet in sheets_for("n-up", [3], TWO_BY_TWO)] == [
        ["1 1 / 1 1", "2 2 / 2 2"],
        ["3 3 / 3 3", "- - / - -"],
    ]


def test_an_odd_file_keeps_its_back_bare_and_the_next_begins_on_a_front() -> None:
    fronts = [leaf.front for leaf in leaves_for("n-up", [3, 2])]
    backs = [leaf.back for leaf in leaves_for("n-up", [3, 2])]

    assert (fronts, backs) == ([(1,), (3,), (4,)], [(2,), (None,), (5,)])


def test_single_pages_are_printed_on_one_side() -> None:
    assert [len(sheet) for sheet in sheets_for("n-up", [1, 1], ONE)] == [1, 1]
    assert [len(sheet) for sheet in sheets_for("n-up", [4], ONE, one_sided=True)] == [1] * 4


@pytest.mark.parametrize(
    ("scheme", "pages", "grid", "told"),
    [
        (
            "tri-fold",
            4,
            ONE,
            "A tri-fold is made of six panels or of two flat sides; there are 4 pages. Give it the "
            "cover, the inside from where reading begins, the flap and the back, or the flat "
            "outside and inside.",
        ),
        (
            "work-and-turn",
            1,
            TWO_BY_TWO,
            "Work-and-turn prints fronts and backs together, and there is only one page. Give it a "
            "front and a back, or take --scheme n-up.",
        ),
        (
            "work-and-turn",
            2,
            Grid(columns=3, rows=1, tumbles=False),
            "Work-and-turn needs as many backs as fronts, and 3 columns cannot be halved. Give "
            "--up an even number of columns.",
        ),
    ],
)
def test_what_does_not_suit_a_scheme_is_told(
    scheme: Scheme, pages: int, grid: Grid, told: str
) -> None:
    with pytest.raises(UserError) as caught:
        sheets_for(scheme, [pages], grid)
    assert str(caught.value) == told
