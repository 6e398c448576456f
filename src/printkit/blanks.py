"""Blanks that people fill in: lines to write on and boxes to tick, by pen or on screen."""

import re

from markupsafe import Markup

from printkit.errors import quoted
from printkit.templates import TemplateError

LONGEST = 200
"""Characters: more than a line on paper can hold."""
_NAME = re.compile("[a-z][a-z0-9_]*")


def line(name: str, tip: Markup, *, most: int = 60) -> Markup:
    """Return a line to write on, for at most so many characters.

    Blanks of one name hold the same words on every page. The tip says what to write, to who hears
    the form read aloud; raises TemplateError for a name or a length that can't be.
    """
    if not 1 <= most <= LONGEST:
        raise TemplateError(f"the line {quoted(name)} must hold 1 to {LONGEST} characters")
    return Markup('<img class="line" data-field="{}" data-most="{}" alt="{}">').format(
        _checked(name), most, tip.striptags()
    )


def box(name: str, tip: Markup) -> Markup:
    """Return a box to tick."""
    return Markup('<img class="box" data-field="{}" alt="{}">').format(
        _checked(name), tip.striptags()
    )


def _checked(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise TemplateError(f"{quoted(name)} can't be the name of a blank: use small letters and _")
    return name
