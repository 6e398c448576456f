"""What was asked of an imposition: the options' words as values, every wrong one told at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from printkit.errors import Problems, did_you_mean, listed, quoted
from printkit.impose.ground import Flip, Up
from printkit.impose.schemes import SCHEMES, Binding, Scheme
from printkit.lengths import Size, points

_NAMED = {
    "letter": "8.5x11in",
    "legal": "8.5x14in",
    "tabloid": "11x17in",
    "a4": "210x297mm",
    "a3": "297x420mm",
    "sra3": "320x450mm",
}
_SIZE = re.compile(r"([0-9.]{1,12}) ?(in|mm|cm|pt)? ?[x×] ?([0-9.]{1,12}) ?(in|mm|cm|pt)")
_UP = re.compile(r"([0-9]{1,3}) ?[x×] ?([0-9]{1,3})")
_MOST_CREEP_PT = 9.0
_MOST_GUTTER_PT = 288.0
_SIZES_PT = (36.0, 200 * 72.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An imposition as it was asked for."""

    scheme: Scheme
    sheet: Size
    up: Up | None = None
    gutter_pt: float | None = None
    """None leaves room for both bleeds."""
    creep_pt: float = 0.0
    binding: Binding | None = None
    """None is as the files' language is read."""
    trim: Size | None = None
    flip: Flip | None = None
    one_sided: bool = False


def asked_for(
    *,
    scheme: str,
    sheet: str,
    up: str | None = None,
    gutter: str | None = None,
    creep: str | None = None,
    paper_thickness: str | None = None,
    binding: str | None = None,
    trim: str | None = None,
    flip: str | None = None,
    one_sided: bool = False,
) -> Asked:
    """Return what the words of the options mean, or raise UserError with all that mean nothing."""
    problems = Problems()
    if creep and paper_thickness:
        problems.add("--creep and --paper-thickness say the same.", "Leave one of them out.")
    moved = _length("--creep", creep, problems, most=_MOST_CREEP_PT)
    thick = _length("--paper-thickness", paper_thickness, problems, most=_MOST_CREEP_PT)
    if (moved or thick) and scheme != "saddle-stitch":
        problems.add("Only a booklet creeps.", "Leave --creep out, or take --scheme saddle-stitch.")
    wide = _size("--sheet", sheet, problems)
    asked = {
        "scheme": _known("--scheme", scheme, SCHEMES, problems),
        "binding": _known("--binding", binding, ("left", "right"), problems),
        "flip": _known("--flip", flip, ("long", "short"), problems),
        "up": _up(up, problems),
        "gutter_pt": _length("--gutter", gutter, problems, most=_MOST_GUTTER_PT),
        "trim": _size("--trim", trim, problems),
    }
    problems.raise_if_any()
    values: dict[str, Any] = {"sheet": wide, **asked}
    return Asked(creep_pt=moved or thick or 0.0, one_sided=one_sided, **values)


def size_named(text: str) -> Size:
    """Return a size such as "12x18in", "210 x 297 mm" or "letter"; ValueError for anything else."""
    plain = text.strip().lower()
    match = _SIZE.fullmatch(_NAMED.get(plain, plain))
    if match is None:
        raise ValueError(f'Write width and height, such as "12x18in", or {listed(_NAMED)}.')
    width, unit, height, last = match.groups()
    size = Size(width_pt=points(f"{width}{unit or last}"), height_pt=points(f"{height}{last}"))
    least, most = _SIZES_PT
    if not (least <= min(size.width_pt, size.height_pt) <= most >= size.width_pt):
        raise ValueError("Nothing is printed smaller than half an inch or larger than 200 in.")
    if size.height_pt > most:
        raise ValueError("Nothing is printed larger than 200 in.")
    return size


def _known(option: str, text: str | None, known: Sequence[str], problems: Problems) -> str | None:
    if text is not None and text not in known:
        fix = did_you_mean(text, known)
        problems.add(f"{option}: there is no {quoted(text)}.", fix)
    return text


def _size(option: str, text: str | None, problems: Problems) -> Size | None:
    if text is None:
        return None
    try:
        return size_named(text)
    except ValueError as error:
        problems.add(f"{option}: {quoted(text)} is no size.", str(error))
        return None


def _up(text: str | None, problems: Problems) -> Up | None:
    if text is None:
        return None
    match = _UP.fullmatch(text.strip().lower())
    if match is None or not (1 <= int(match[1]) <= 50 and 1 <= int(match[2]) <= 50):
        problems.add(
            f"--up: {quoted(text)} is no number of pieces.",
            "Write how many across and how many down, such as 2x2.",
        )
        return None
    return int(match[1]), int(match[2])


def _length(option: str, text: str | None, problems: Problems, *, most: float) -> float | None:
    if text is None:
        return None
    try:
        length = points(text)
    except ValueError as error:
        problems.add(f"{option}: {quoted(text)} is no length.", str(error))
        return None
    if length > most:
        problems.add(f"{option}: {quoted(text)} is too much.", f"Give at most {most / 72:g} in.")
        return None
    return length
