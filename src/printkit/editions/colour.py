"""From the templates' sRGB to an edition's inks: the palette's own mixes, and ICC for the rest."""

import functools
import struct
from pathlib import Path
from typing import Literal

import pikepdf
from pikepdf import Name
from PIL import Image, ImageCms

from printkit.inks import rgb8

_TABLE = 128
"""Where an ICC profile's table of tags begins."""
_MEASUREMENTS = (b"targ", b"DevD", b"CIED", b"arts")
_NEUTRAL = 1
"""Steps of 255 by which the channels of a gray may differ."""


@functools.lru_cache(maxsize=4)
def to_cmyk(profile: Path) -> ImageCms.ImageCmsTransform:
    """Return the transform from sRGB to a profile's inks, black point compensated."""
    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        str(profile),
        "RGB",
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


@functools.lru_cache(maxsize=4096)
def cmyk_of(profile: Path, colour: tuple[int, int, int]) -> tuple[float, ...]:
    """Return a colour in ink: grays in black alone, others through the profile."""
    if max(colour) - min(colour) <= _NEUTRAL:
        return 0.0, 0.0, 0.0, round(1 - sum(colour) / 765, 3)
    pixel = ImageCms.applyTransform(Image.new("RGB", (1, 1), colour), to_cmyk(profile))
    if pixel is None:
        raise ValueError("The profile gives no colour.")
    return tuple(round(part / 255, 3) for part in pixel.tobytes())


def gray_of(red: float, green: float, blue: float) -> float:
    """Return how light a colour looks, from 0 to 1."""
    return round(0.299 * red + 0.587 * green + 0.114 * blue, 3)


def hex_colour(red: float, green: float, blue: float) -> str:
    """Return a colour as the templates write it, such as "#0d5c63"."""
    return "#{:02x}{:02x}{:02x}".format(*rgb8(red, green, blue))


def without_measurements(profile: bytes) -> bytes:
    """Return an ICC profile without the measurements it was computed from.

    They are a sixth of a press file, and nothing that prints reads them; the profile still names
    the report that they come from.
    """
    (count,) = struct.unpack_from(">I", profile, _TABLE)
    entries = [struct.unpack_from(">4sII", profile, _TABLE + 4 + 12 * n) for n in range(count)]
    kept = [entry for entry in entries if entry[0] not in _MEASUREMENTS]
    table, body = struct.pack(">I", len(kept)), b""
    start, placed = _TABLE + 4 + 12 * len(kept), dict[int, int]()
    for tag, offset, length in kept:
        if offset not in placed:  # tags may share their data
            placed[offset] = start + len(body)
            body += profile[offset : offset + length].ljust(-(-length // 4) * 4, b"\0")
        table += struct.pack(">4sII", tag, placed[offset], length)
    size = struct.pack(">I", start + len(body))
    return size + profile[4:_TABLE] + table + body


def convert_pictures(
    pdf: pikepdf.Pdf, mode: Literal["CMYK", "L"], profile: Path | None = None
) -> None:
    """Rewrite every RGB picture of a PDF in CMYK or gray."""
    spaces = {"CMYK": Name.DeviceCMYK, "L": Name.DeviceGray}
    for obj in pdf.objects:
        if not isinstance(obj, pikepdf.Stream) or obj.get("/Subtype") != "/Image":
            continue
        if obj.get("/ColorSpace") in (Name.DeviceGray, spaces[mode]) or "/ImageMask" in obj:
            continue
        picture = pikepdf.PdfImage(obj).as_pil_image().convert("RGB")
        if mode == "CMYK" and profile is not None:
            converted = ImageCms.applyTransform(picture, to_cmyk(profile))
        else:
            converted = picture.convert("L")
        if converted is None:
            raise ValueError("The profile gives no colour.")
        obj.write(converted.tobytes())
        obj.ColorSpace, obj.BitsPerComponent = spaces[mode], 8
        for key in ("/Decode", "/DecodeParms", "/Intent"):
            if key in obj:
                del obj[key]
