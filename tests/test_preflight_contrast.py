"""Contrast by its formula, and what counts as large."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.preflight.colours import RGB
from printkit.preflight.contrast import contrast, contrast_of, is_large, luminance
from printkit.preflight.marking import Mark, Paint, Shown

SHARES = st.floats(0, 1)
COLOURS = st.tuples(SHARES, SHARES, SHARES)
WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        (BLACK, WHITE, 21.0),
        (WHITE, WHITE, 1.0),
        ((0x76 / 255,) * 3, WHITE, 4.54),
        ((0x77 / 255,) * 3, WHITE, 4.48),
        ((1.0, 0.0, 0.0), WHITE, 4.0),
        ((0.0, 0.0, 1.0), WHITE, 8.59),
    ],
)
def test_known_pairs(
    one: tuple[float, float, float], other: tuple[float, float, float], ratio: float
) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@given(COLOURS, COLOURS)
def test_contrast_is_from_1_to_21_and_the_same_both_ways(
    one: tuple[float, float, float], other: tuple[float, float, float]
) -> None:
    assert 1 <= contrast(one, other) <= 21.0001
    assert contrast(one, other) == contrast(other, one)
    assert 0 <= luminance(one) <= 1.0001


def text(name: str = "Some-Sans", size_pt: float | None = 10, **more: object) -> Mark:
    shown = Shown(font=(1, 0), name=name, text="Words")
    given = {"paint": Paint(space=RGB, components=(0.5, 0.5, 0.5)), **more}
    return Mark(page=1, kind="text", box=(0, 0, 9, 9), size_pt=size_pt, shown=shown, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "size_pt", "large"),
    [
        ("ABCDEF+Noto-Sans", 17.9, False),
        ("ABCDEF+Noto-Sans", 18, True),
        ("ABCDEF+Noto-Sans-Bold", 13.9, False),
        ("ABCDEF+Noto-Sans-Bold", 14, True),
        ("ABCDEF+Noto-Sans-Semi-Bold", 14, False),
        ("ABCDEF+Noto-Sans", None, True),
    ],
)
def test_large_is_18_pt_or_bold_and_14(name: str, size_pt: float | None, large: bool) -> None:
    assert is_large(text(name, size_pt)) is large


def test_what_shows_through_is_mixed_and_what_nobody_can_tell_is_left() -> None:
    black = Paint(space=RGB, components=BLACK)
    half = Paint(space=RGB, components=BLACK, alpha=0.5)
    assert contrast_of(text(paint=half)) == contrast_of(text())
    assert contrast_of(text(paint=black, under=half)) is None
    assert contrast_of(text(paint=Paint(space=RGB, components=BLACK, soft=True))) is None
    assert contrast_of(text(paint=Paint(space=RGB, components=WHITE))) is None, "it shows"
    assert contrast_of(text(paint=Paint(space=RGB, components=WHITE), under=black)) == 21
