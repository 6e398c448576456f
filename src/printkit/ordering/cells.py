"""Cells of an order that a spreadsheet may have dressed up: numbers, money, places, sizes."""

import re
from decimal import Decimal

from printkit.lengths import Size, points

_GROUPED = re.compile(r"[0-9]{1,3}([,.'’ \u00a0\u202f])[0-9]{3}(?:\1[0-9]{3}){0,3}")
_NOTHING_AFTER = re.compile(r"[.,]0{1,2}$")
_DRESSING = re.compile(r"^['$€£\s]+|[\s$€£]+$|\s?[A-Z]{3}$")
_DATE = re.compile(
    r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,9}\.?(?:[-/. ][0-9]{1,4})?|[A-Za-z]{3,9}[-. ][0-9]{1,4}"
)
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
_SIZE = re.compile(r"([0-9.]{1,8})\s*[x×]\s*([0-9.]{1,8})\s*in")


def count_of(text: str) -> int | None:
    """Return a whole number, or None: "1,000", "1.000", "1 000" and "1000.0" are all a thousand.

    Nobody counts copies to three places, so a mark before three digits groups thousands.
    """
    plain = _NOTHING_AFTER.sub("", text.strip().lstrip("'"))
    if _GROUPED.fullmatch(plain) or re.fullmatch(r"[0-9]{1,12}", plain):
        return int(re.sub(r"[^0-9]", "", plain))
    return None


def money_of(text: str) -> Decimal | None:
    """Return an amount, or None: "$1,234.50", "1.234,50" and "1234.5 USD" are all the same."""
    plain = _DRESSING.sub("", text.strip()).strip()
    whole, mark, cents = plain, "", ""
    if found := re.fullmatch(r"(.*)([.,])([0-9]{1,2})", plain):
        whole, mark, cents = found.groups()
    grouped = _GROUPED.fullmatch(whole)
    if grouped and grouped[1] == mark:  # "1.234.50" is neither here nor there
        return None
    if not grouped and re.fullmatch(r"[0-9]{1,12}", whole) is None:
        return None
    return Decimal(re.sub(r"[^0-9]", "", whole) + f".{cents or '0'}").quantize(Decimal("0.01"))


def places_of(text: str) -> list[tuple[str, int]] | None:
    """Return each place and its copies of "Fresno County: 300; Kern County: 100", or None."""
    places = []
    for part in re.split(r"[;\n]", text):
        if not part.strip():
            continue
        name, colon, many = part.rpartition(":")
        copies = count_of(many)
        if not colon or copies is None:
            return None
        places.append((" ".join(name.split()), copies))
    return places


def trim_of(text: str) -> Size | None:
    """Return a size such as "4.25 x 5.5 in", or None."""
    found = _SIZE.fullmatch(text.strip())
    try:
        return found and Size(width_pt=points(f"{found[1]}in"), height_pt=points(f"{found[2]}in"))
    except ValueError:
        return None


def is_made_over(text: str) -> bool:
    """Return whether a spreadsheet made a date or a short number of a code such as 3MAR26."""
    return bool(_DATE.fullmatch(text.strip()) or _SHORTENED.fullmatch(text.strip()))
