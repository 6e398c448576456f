"""The press edition: PDF/X-4 in CMYK, bleed, crop marks, one output intent."""

import functools
import zlib
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.editions.colour import (
    cmyk_of,
    convert_pictures,
    hex_colour,
    without_measurements,
)
from printkit.editions.edition import Edition, Sheet
from printkit.editions.metadata import without_interaction, without_spare_spaces
from printkit.inks import Paint, rgb8
from printkit.profiles import PROFILE

BLEED_PT = 9.0
MARGIN_PT = 27.0
"""Paper beyond the bleed, for marks and the slug."""
PALETTE: dict[str, tuple[float, float, float, float]] = {
    "#000000": (0, 0, 0, 1),
    "#ffffff": (0, 0, 0, 0),
    "#0d5c63": (0.90, 0.40, 0.45, 0.15),
    "#fbeed5": (0, 0.06, 0.16, 0),
}
"""The colours of the pieces as the press mixes them; any other goes through the profile."""
CONDITION = "CGATS TR 006"
_CONDITION_WORDS = "GRACoL, Grade 1 coated paper, ANSI CGATS TR 006-2007"
_MARK_GAP_PT = 3.0
_MARK_LENGTH_PT = 18.0


def mix(red: float, green: float, blue: float, *, profile: Path) -> tuple[float, ...]:
    """Return a colour of the templates in the four inks."""
    known = PALETTE.get(hex_colour(red, green, blue))
    return known or cmyk_of(profile, rgb8(red, green, blue))


def paint(profiles: Path) -> Paint:
    """Return the paint of the press."""
    return Paint(space="DeviceCMYK", mix=functools.partial(mix, profile=profiles / PROFILE))


def finish(pdf: pikepdf.Pdf, sheet: Sheet) -> None:
    """Give a base its boxes, marks and output intent, and take out what is not for paper."""
    without_interaction(pdf)
    without_spare_spaces(pdf)
    convert_pictures(pdf, "CMYK", sheet.profiles / PROFILE)
    for page in pdf.pages:
        _frame(pdf, page)
    pdf.Root.OutputIntents = Array([_output_intent(pdf, sheet.profiles / PROFILE)])


def _frame(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Move a page onto paper with room for marks, its corner at the origin."""
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    width, height = right - left, top - bottom
    around = BLEED_PT + MARGIN_PT
    # A form, rather than a matrix before the content: patterns are anchored to their stream.
    page.contents_coalesce()
    form = page.obj.Contents
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([left - BLEED_PT, bottom - BLEED_PT, right + BLEED_PT, top + BLEED_PT])
    form.Resources = page.obj.Resources
    page.obj.Resources = Dictionary(XObject=Dictionary(Sheet=form))
    content = b"q 1 0 0 1 %.4f %.4f cm /Sheet Do Q\n" % (around - left, around - bottom)
    page.obj.Contents = pdf.make_stream(content + _marks(width, height))
    page.mediabox = Array([0, 0, width + 2 * around, height + 2 * around])
    page.trimbox = Array([around, around, around + width, around + height])
    page.obj.BleedBox = Array(
        [MARGIN_PT, MARGIN_PT, around + width + BLEED_PT, around + height + BLEED_PT]
    )
    for key in ("/CropBox", "/ArtBox", "/Rotate"):
        if key in page.obj:
            del page.obj[key]


def _marks(width: float, height: float) -> bytes:
    """Return crop marks at the trim's corners, all of them outside the bleed."""
    around = BLEED_PT + MARGIN_PT
    near = MARGIN_PT - _MARK_GAP_PT
    lines = []
    for x in (around, around + width):
        for start, way in ((near, -1), (2 * around + height - near, 1)):
            end = start + way * _MARK_LENGTH_PT
            lines.append(b"%.4f %.4f m %.4f %.4f l" % (x, start, x, end))
    for y in (around, around + height):
        for start, way in ((near, -1), (2 * around + width - near, 1)):
            end = start + way * _MARK_LENGTH_PT
            lines.append(b"%.4f %.4f m %.4f %.4f l" % (start, y, end, y))
    return b"q 0.25 w 0 0 0 1 K\n" + b"\n".join(lines) + b"\nS Q"


def _output_intent(pdf: pikepdf.Pdf, profile: Path) -> Dictionary:
    stream = pikepdf.Stream(pdf, b"")
    stream.write(_deflated(profile), filter=Name.FlateDecode)
    stream.N = 4
    stream.Alternate = Name.DeviceCMYK
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=pikepdf.String(CONDITION),
        OutputCondition=pikepdf.String(_CONDITION_WORDS),
        RegistryName=pikepdf.String("http://www.color.org"),
        Info=pikepdf.String(_CONDITION_WORDS),
        DestOutputProfile=pdf.make_indirect(stream),
    )


@functools.lru_cache(maxsize=2)
def _deflated(profile: Path) -> bytes:
    """Return a profile compressed, once a process: it is the largest thing in the file."""
    return zlib.compress(without_measurements(profile.read_bytes()), 9)


EDITION = Edition(
    name="press",
    space="DeviceCMYK",
    variant=None,
    bleed_pt=BLEED_PT,
    imposes=False,
    claim="PDF/X-4",
    version="1.6",
    paint=paint,
    finish=finish,
)
