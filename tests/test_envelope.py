"""The envelope: what its window shows of a folded letter, wherever the letter slips."""

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from printkit.envelope import (
    LINE_PT,
    PAGE_HEIGHT_PT,
    PAGE_WIDTH_PT,
    Envelope,
    address_box,
    around,
    barcode_zones,
    read_envelope,
    sights,
)
from printkit.errors import Problems
from printkit.places import Place
from printkit.reading import read_toml

HAIR = 0.001


def read(tmp_path: Path, text: str) -> tuple[Envelope, list[str]]:
    problems = Problems()
    (tmp_path / "campaign.toml").write_text(f"[envelope]\n{text}", encoding="utf-8")
    table = read_toml(tmp_path / "campaign.toml", root=tmp_path, problems=problems)
    assert table is not None
    return read_envelope(table.table("envelope")), list(map(str, problems))


def inside(place: Place, other: Place, clear: float = 0) -> bool:
    return (
        place.x_pt >= other.x_pt + clear - HAIR
        and place.y_pt >= other.y_pt + clear - HAIR
        and place.x_pt + place.width_pt <= other.x_pt + other.width_pt - clear + HAIR
        and place.y_pt + place.height_pt <= other.y_pt + other.height_pt - clear + HAIR
    )


def test_a_number_ten_shows_four_lines() -> None:
    envelope = Envelope()
    assert list(envelope.panels_pt) == [279, 256.5, 256.5]
    assert list(envelope.play_pt) == [72, 18]
    assert address_box(envelope).inches == (1, 2.625, 3.25, 0.625)
    assert around(sights(envelope)).inches == (0, 2.25, 5.375, 1.375)
    assert around(barcode_zones(envelope)).inches == (3.75, 3.25, 4.75, 0.625)
    assert envelope.address_style == "left:1in;top:2.625in;width:3.25in;height:0.625in"
    assert envelope.folds == ("3.875in", "7.4375in")


def test_a_window_farther_in_moves_the_address(tmp_path: Path) -> None:
    envelope, problems = read(tmp_path, 'window_left = "1.375in"\n')
    assert problems == []
    assert address_box(envelope).inches == (1.5, 2.625, 3.25, 0.625)


def test_a_campaign_that_says_nothing_has_a_number_ten(tmp_path: Path) -> None:
    assert read(tmp_path, "") == (Envelope(), [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'window_left = "5.5in"',
            "campaign.toml:2: window_left: the window reaches 0.5 in beyond the envelope's right "
            "edge. Measure from the envelope's left edge to the window's, and the window's width.",
        ),
        (
            'window_bottom = "3.25in"',
            "campaign.toml:2: window_bottom: the window reaches 0.25 in beyond the envelope's top "
            "edge. Measure from the envelope's bottom edge to the window's, and the window's "
            "height.",
        ),
        (
            'first_panel = "4.25in"',
            "campaign.toml:2: first_panel: panels of 4.25, 3.375, 3.375 in do not go into an "
            "envelope 4.125 in high. Write 2.75 to 4.125 in; the rest of the sheet is folded in "
            "half.",
        ),
        (
            'height = "3.5in"\nwidth = "8.75in"',
            "campaign.toml:2: first_panel: panels of 3.875, 3.562, 3.562 in do not go into an "
            "envelope 3.5 in high. Write a height of 3.667 in or more: a sheet is folded in three.",
        ),
        (
            'first_panel = "3.667in"',
            "campaign.toml:2: An address of 4 lines does not show at every time: the letter slips "
            "0.458 in up and down, and 0.1941 in of height are missing. Take a higher window or a "
            "lower envelope, or move the first fold.",
        ),
        (
            'window_width = "4in"',
            "campaign.toml:2: A line of an address does not show at every time: the letter slips "
            "1 in to the side, and 0.5 in of width are missing. Take a wider window, or an "
            "envelope that is less wide.",
        ),
        (
            'width = "8in"',
            "campaign.toml:2: width: a sheet of US Letter is 0.5 in wider than the envelope. Write "
            'the width of an envelope that takes it; a #10 has "9.5in".',
        ),
        (
            'height = "9in"',
            "campaign.toml:2: An envelope of 9 × 9.5 in is no letter to the post. Write a height "
            "of 3.5 to 6.125 in and a width of 5 to 11.5 in, 1.3 to 2.5 times it.",
        ),
        (
            'hight = "4in"',
            'campaign.toml:2: "hight" is not a key that is known here. Did you mean "height"?',
        ),
        (
            'clear = "a bit"',
            'campaign.toml:2: clear: "a bit" is not a length. A length is a number and its unit, '
            'in, mm, cm or pt, such as "0.125in" or "3mm".',
        ),
        (
            'window_height = "0in"',
            "campaign.toml:2: An address of 4 lines does not show at every time: the letter slips "
            "0.25 in up and down, and 1.111 in of height are missing. Take a higher window or a "
            "lower envelope, or move the first fold.",
        ),
    ],
)
def test_what_cannot_work_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    _, problems = read(tmp_path, text + "\n")
    assert problems == [told]


@st.composite
def envelopes(draw: st.DrawFn) -> Envelope:
    """Envelopes that a letter goes into, with a window inside."""
    height = draw(st.floats(PAGE_HEIGHT_PT / 3, 441))
    width = draw(st.floats(PAGE_WIDTH_PT, 828))
    left, bottom = draw(st.floats(0, width / 2)), draw(st.floats(0, height / 2))
    return Envelope(
        width_pt=width,
        height_pt=height,
        window_left_pt=left,
        window_bottom_pt=bottom,
        window_width_pt=draw(st.floats(72, width - left)),
        window_height_pt=draw(st.floats(36, height - bottom)),
        clear_pt=draw(st.floats(0, 18)),
        first_panel_pt=draw(st.floats(max(PAGE_HEIGHT_PT - 2 * height, 72), height)),
    )


@given(envelope=envelopes())
def test_the_address_lies_clear_in_every_sight(envelope: Envelope) -> None:
    box = address_box(envelope)
    assume(box.height_pt >= 4 * LINE_PT and box.width_pt > 0)
    for sight in sights(envelope):
        assert inside(box, sight, envelope.clear_pt)
        assert inside(sight, around(sights(envelope)))


@given(
    envelope=envelopes(),
    by=st.floats(0.01, 1),
    way=st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)]),
)
def test_moved_beyond_its_limit_it_is_covered_or_not_read(
    envelope: Envelope, by: float, way: tuple[int, int]
) -> None:
    box, (across, up) = address_box(envelope), envelope.play_pt
    assume(box.height_pt >= 4 * LINE_PT and box.width_pt > 0)
    far = 0.01 + by * max(across, up)
    moved = Place(
        page=1,
        x_pt=box.x_pt + way[0] * far,
        y_pt=box.y_pt + way[1] * far,
        width_pt=box.width_pt,
        height_pt=box.height_pt,
    )
    # Where the post's machines read, as the letter lies farthest to each side.
    read = Place(
        page=1,
        x_pt=36,
        y_pt=envelope.first_panel_pt + up - 198,
        width_pt=envelope.width_pt - across - 72,
        height_pt=153 - up,
    )
    seen = all(inside(moved, sight, envelope.clear_pt) for sight in sights(envelope))
    assert not (seen and inside(moved, read))


@given(envelope=envelopes())
def test_the_panels_are_the_sheet_and_go_into_the_envelope(envelope: Envelope) -> None:
    assert sum(envelope.panels_pt) == pytest.approx(PAGE_HEIGHT_PT)
    assert max(envelope.panels_pt) <= envelope.height_pt + HAIR
    assert envelope.folds_pt[1] + envelope.panels_pt[2] == pytest.approx(PAGE_HEIGHT_PT)
