"""The screen edition: PDF/UA-1 with tags and links, its pages cut to the trim."""

from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name

from printkit.editions.edition import Edition, Sheet
from printkit.editions.metadata import without_spare_spaces
from printkit.inks import Paint


def mix(red: float, green: float, blue: float) -> tuple[float, ...]:
    """Return a colour of the templates as it is."""
    return red, green, blue


def paint(profiles: Path) -> Paint:
    """Return the paint of a screen, which needs no profile."""
    return Paint(space="DeviceRGB", mix=mix)


def finish(pdf: pikepdf.Pdf, sheet: Sheet) -> None:
    """Make sure of what PDF/UA asks for beyond the tags that WeasyPrint writes."""
    without_spare_spaces(pdf)
    pdf.Root.Lang = pikepdf.String(sheet.language)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    for page in pdf.pages:
        page.obj.Tabs = Name.S


EDITION = Edition(
    name="screen",
    space="DeviceRGB",
    variant="pdf/ua-1",
    bleed_pt=0,
    imposes=False,
    claim="PDF/UA-1",
    version="1.7",
    paint=paint,
    finish=finish,
)
