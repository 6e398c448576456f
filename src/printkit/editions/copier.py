"""The copier edition: one black, no bleed, set out on US Letter for any office machine."""

from pathlib import Path

import pikepdf

from printkit.editions.colour import gray_of, hex_colour
from printkit.editions.edition import Edition, Sheet
from printkit.editions.metadata import without_interaction, without_spare_spaces
from printkit.editions.pictures import in_gray
from printkit.inks import Paint

PALETTE: dict[str, float] = {
    "#000000": 0,
    "#ffffff": 1,
    "#0d5c63": 0.30,
    "#fbeed5": 1,
}
"""The colours of the pieces as grays: the deep colour at 70 % black, the tint gone."""


def mix(red: float, green: float, blue: float) -> tuple[float, ...]:
    """Return a colour of the templates as one gray."""
    return (PALETTE.get(hex_colour(red, green, blue), gray_of(red, green, blue)),)


def paint(profiles: Path) -> Paint:
    """Return the paint of a copier, which needs no profile."""
    return Paint(space="DeviceGray", mix=mix, picture=in_gray)


def finish(pdf: pikepdf.Pdf, sheet: Sheet) -> None:
    """Take out what is not for paper."""
    without_interaction(pdf)
    without_spare_spaces(pdf)


EDITION = Edition(
    name="copier",
    space="DeviceGray",
    variant=None,
    bleed_pt=0,
    imposes=True,
    claim=None,
    version="1.7",
    paint=paint,
    finish=finish,
)
