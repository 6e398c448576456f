"""The press edition: PDF/X-4 in CMYK, bleed, marks and a slug line, one output intent."""

import functools
import zlib
from dataclasses import replace
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.editions.colour import cmyk_of, hex_colour, without_measurements
from printkit.editions.edition import Edition, Sheet
from printkit.editions.marks import AROUND_PT, BLEED_PT, MARGIN_PT, marks, slug_room
from printkit.editions.metadata import without_interaction, without_spare_spaces
from printkit.editions.opaque import make_opaque
from printkit.editions.pictures import in_inks
from printkit.inks import Paint, rgb8
from printkit.lengths import Size
from printkit.profiles import PROFILE, condition_of, profile_in

PALETTE: dict[str, tuple[float, float, float, float]] = {
    "#000000": (0, 0, 0, 1),
    "#ffffff": (0, 0, 0, 0),
    "#0d5c63": (0.90, 0.40, 0.45, 0.15),
    "#fbeed5": (0, 0.06, 0.16, 0),
}
"""The colours of the pieces as the press mixes them; any other goes through the profile."""
CONDITION = "CGATS TR 006"
_CONDITION_WORDS = "GRACoL, Grade 1 coated paper, ANSI CGATS TR 006-2007"


def mix(red: float, green: float, blue: float, *, profile: Path) -> tuple[float, ...]:
    """Return a colour of the templates in the four inks."""
    known = PALETTE.get(hex_colour(red, green, blue))
    return known or cmyk_of(profile, rgb8(red, green, blue))


def paint(profiles: Path) -> Paint:
    """Return the paint of the press."""
    profile = profile_in(profiles)
    return Paint(
        space="DeviceCMYK",
        mix=functools.partial(mix, profile=profile),
        picture=functools.partial(in_inks, profile=profile),
    )


def finish(pdf: pikepdf.Pdf, sheet: Sheet) -> None:
    """Give a base its boxes, marks and output intent, and take out what is not for paper."""
    without_interaction(pdf)
    without_spare_spaces(pdf)
    for number, page in enumerate(pdf.pages):
        _frame(pdf, page, sheet.folds[number] if number < len(sheet.folds) else ())
    pdf.Root.OutputIntents = Array([_output_intent(pdf, profile_in(sheet.profiles))])


def finish_opaque(pdf: pikepdf.Pdf, sheet: Sheet) -> None:
    """Do the same for a printer that knows no transparency.

    Raises UserError with what is see-through and can't be made solid.
    """
    finish(pdf, sheet)
    make_opaque(pdf)


def _frame(pdf: pikepdf.Pdf, page: pikepdf.Page, folds: tuple[float, ...]) -> None:
    """Move a page onto paper with room for marks, its corner at the origin."""
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    width, height = right - left, top - bottom
    trim = Size(width_pt=width, height_pt=height)
    # A form, rather than a matrix before the content: patterns are anchored to their stream.
    page.contents_coalesce()
    form = page.obj.Contents
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([left - BLEED_PT, bottom - BLEED_PT, right + BLEED_PT, top + BLEED_PT])
    form.Resources = page.obj.Resources
    x, y, *room = slug_room(trim)
    slug = pdf.make_stream(b"")
    slug.Type, slug.Subtype = Name.XObject, Name.Form
    slug.BBox, slug.Resources = Array([0, 0, *room]), Dictionary()
    page.obj.Resources = Dictionary(XObject=Dictionary(Sheet=form, Slug=slug))
    content = b"q 1 0 0 1 %.4f %.4f cm /Sheet Do Q\n" % (AROUND_PT - left, AROUND_PT - bottom)
    content += marks(trim, folds=folds) + b"\nq 1 0 0 1 %.4f %.4f cm /Slug Do Q" % (x, y)
    page.obj.Contents = pdf.make_stream(content)
    page.mediabox = Array([0, 0, width + 2 * AROUND_PT, height + 2 * AROUND_PT])
    page.trimbox = Array([AROUND_PT, AROUND_PT, AROUND_PT + width, AROUND_PT + height])
    page.obj.BleedBox = Array(
        [MARGIN_PT, MARGIN_PT, AROUND_PT + width + BLEED_PT, AROUND_PT + height + BLEED_PT]
    )
    for key in ("/CropBox", "/ArtBox", "/Rotate"):
        if key in page.obj:
            del page.obj[key]


def _output_intent(pdf: pikepdf.Pdf, profile: Path) -> Dictionary:
    stream = pikepdf.Stream(pdf, b"")
    stream.write(_deflated(profile), filter=Name.FlateDecode)
    stream.N = 4
    stream.Alternate = Name.DeviceCMYK
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        DestOutputProfile=pdf.make_indirect(stream),
    )
    if profile.name == PROFILE:
        condition, words = CONDITION, _CONDITION_WORDS
        intent.RegistryName = pikepdf.String("http://www.color.org")
    else:
        condition = words = condition_of(profile)
    intent.OutputConditionIdentifier = pikepdf.String(condition)
    intent.OutputCondition = intent.Info = pikepdf.String(words)
    return intent


@functools.lru_cache(maxsize=2)
def _deflated(profile: Path) -> bytes:
    """Return a profile compressed, once a process: it is the largest thing in the file."""
    data = profile.read_bytes()
    return zlib.compress(without_measurements(data) if profile.name == PROFILE else data, 9)


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
OPAQUE = replace(EDITION, claim="PDF/X-1a:2003", version="1.4", finish=finish_opaque)
"""The same for shops whose machines know no transparency (ISO 15930-4)."""
STANDARDS: dict[str, Edition] = {"pdf/x-4": EDITION, "pdf/x-1a": OPAQUE}
"""The press edition by the standard asked for."""
