"""Turn one raw value into the type asked for, or say what is wrong and how to write it."""

import math
import re
from collections.abc import Iterable
from typing import Any

from printkit.errors import did_you_mean, listed, quoted
from printkit.lengths import points

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class WrongValue(Exception):
    """A value that does not fit, with words for what and for the fix."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what, fix)
        self.what, self.fix = what, fix


def shown(raw: Any) -> str:
    """Return a raw value as a problem quotes it."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, dict | list):
        return "A table" if isinstance(raw, dict) else "A list"
    if isinstance(raw, str):
        return quoted(raw)
    return str(sane(raw) if isinstance(raw, int) else raw)


def sane(number: int) -> int:
    """Return a whole number that can be printed: Python refuses to write out huge ones."""
    if number.bit_length() > 63:
        raise WrongValue("The number is far too big.", "Write a smaller number.")
    return number


def text_of(raw: object, pattern: str | None, form: str) -> str:
    """Return a text that is not blank, holds no control character, and has the form asked for."""
    if not isinstance(raw, str):
        raise WrongValue(f"{shown(raw)} is not a text.", "Put it in quotes.")
    if not raw.strip():
        raise WrongValue("The text is empty.", "Fill it in, or take the key out.")
    if _CONTROL.search(raw):
        raise WrongValue(
            f"{quoted(raw)} holds a control character.", "Delete it and type the text again."
        )
    if pattern is not None and re.fullmatch(pattern, raw) is None:
        raise WrongValue(
            f"{quoted(raw)} does not have the right form.", f"Write {form or pattern}."
        )
    return raw


def within(value: float, low: float | None, high: float | None) -> float:
    """Return a number from low to high, both allowed."""
    inside = (low is None or value >= low) and (high is None or value <= high)
    if inside and math.isfinite(value):
        return value
    if low is not None:
        allowed = f"{low:,} or more" if high is None else f"from {low:,} to {high:,}"
    else:
        allowed = "that is finite" if high is None else f"{high:,} or less"
    raise WrongValue(f"{value:,} is out of range.", f"Write a number {allowed}.")


def whole_fix(raw: str) -> str:
    """Return how to write a number that a spreadsheet or a person has dressed up."""
    plain = re.sub(r"(?<=[0-9])[,'’ \u00a0\u202f](?=[0-9]{3}(?![0-9]))", "", raw.strip())
    # Some write a thousand as 1.000, and some so write one: that is not guessed.
    plain = re.sub(r"\.(?:0|00|0{4,})$", "", plain)
    if plain != raw and re.fullmatch(r"[0-9]{1,15}", plain):
        return f"Write {plain}, with digits only."
    if re.fullmatch(r"[0-9]{1,15}", plain):
        return f"Write {plain} without quotes."
    return "Write a whole number with digits only, such as 1000."


def length_of(raw: Any) -> float:
    """Return a length such as "0.125in" in points."""
    try:
        return points(raw if isinstance(raw, str) else "")
    except ValueError as error:
        raise WrongValue(f"{shown(raw)} is not a length.", str(error)) from None


def choice_of(raw: Any, allowed: Iterable[str]) -> str:
    """Return one of the words allowed."""
    choices = list(allowed)
    text = text_of(raw, None, "")
    if text in choices:
        return text
    fix = did_you_mean(text, choices)
    if 0 < len(choices) <= 30 and not fix.startswith("Use"):
        fix += f" Allowed here: {listed(choices)}."
    raise WrongValue(f"{quoted(text)} is not one of the words allowed.", fix)
