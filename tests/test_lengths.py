import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.lengths import Size, inches, points


def test_each_unit() -> None:
    assert points("0.125in") == 9
    assert points("12pt") == 12
    assert points("25.4mm") == pytest.approx(72)
    assert points("2.54 cm") == pytest.approx(72)
    assert points(" .5IN ") == 36


@pytest.mark.parametrize(
    "text", ["", "3", "in", "3 inches", "-1in", "1e3in", "1,5mm", "nanin", "٣mm", "9" * 99 + "in"]
)
def test_anything_else_is_told_the_forms_allowed(text: str) -> None:
    with pytest.raises(ValueError, match="number and its unit, in, mm, cm or pt"):
        points(text)


@given(st.integers(min_value=0, max_value=99_999_000))
def test_inches_undo_points(thousandths: int) -> None:
    text = f"{thousandths / 1000:.3f}in"
    assert inches(points(text)) == pytest.approx(thousandths / 1000)


def test_size_in_css_and_in_words() -> None:
    card = Size(width_pt=points("4.25in"), height_pt=points("5.5in"))
    assert card.css == "4.25in 5.5in"
    assert card.words == "4.25 × 5.5 in"
    assert card.turned.css == "5.5in 4.25in"
