"""Blanks: lines to write on and boxes to tick, each with a name and a tip."""

import pytest
from markupsafe import Markup

from printkit.blanks import box, line
from printkit.templates import TemplateError


def test_a_line_has_a_name_a_length_and_a_tip_without_tags() -> None:
    assert line("city", Markup("City, <b>state</b> & “ZIP”"), most=30) == Markup(
        '<img class="line" data-field="city" data-most="30" alt="City, state &amp; “ZIP”">'
    )


def test_a_box_has_no_length() -> None:
    assert box("no_answer", Markup("You did not answer.")) == Markup(
        '<img class="box" data-field="no_answer" alt="You did not answer.">'
    )


@pytest.mark.parametrize("name", ["", "City", "1st", 'x" onload="y', "a-b"])
def test_a_name_that_can_be_none_is_told(name: str) -> None:
    with pytest.raises(TemplateError, match="can't be the name of a blank: use small letters"):
        line(name, Markup("City"))


@pytest.mark.parametrize("most", [0, -1, 201])
def test_a_length_that_can_be_none_is_told(most: int) -> None:
    with pytest.raises(TemplateError, match='the line "city" must hold 1 to 200 characters'):
        line("city", Markup("City"), most=most)
