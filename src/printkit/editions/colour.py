"""From the templates' sRGB to an edition's inks: the palette's own mixes, and ICC for the rest."""

import functools
import struct
from pathlib import Path

from PIL import Image, ImageCms, ImageMath

from printkit.inks import rgb8

MOST_INK = 3.0
"""All four inks together, where 1 is a whole one; shops ask for 280 to 300 %."""
_TABLE = 128
"""Where an ICC profile's table of tags begins."""
_MEASUREMENTS = (b"targ", b"DevD", b"CIED", b"arts")
_STRIP = 256
"""Rows of a picture that are worked on at once, since sums take four times its room."""
_NEUTRAL = 1
"""Steps of 255 by which the channels of a gray may differ."""
INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION


@functools.lru_cache(maxsize=4)
def to_cmyk(profile: Path) -> ImageCms.ImageCmsTransform:
    """Return the transform from sRGB to a profile's inks, black point compensated."""
    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        str(profile),
        "RGB",
        "CMYK",
        renderingIntent=INTENT,
        flags=FLAGS,
    )


@functools.lru_cache(maxsize=4096)
def cmyk_of(profile: Path, colour: tuple[int, int, int]) -> tuple[float, ...]:
    """Return a colour in ink: grays in black alone, others through the profile."""
    if max(colour) - min(colour) <= _NEUTRAL:
        return 0.0, 0.0, 0.0, round(1 - sum(colour) / 765, 3)
    pixel = transformed(Image.new("RGB", (1, 1), colour), to_cmyk(profile))
    return limited(tuple(part / 255 for part in pixel.tobytes()))


def transformed(picture: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    """Return a picture as a transform of profiles changes it."""
    changed = ImageCms.applyTransform(picture, transform)
    if changed is None:
        raise ValueError("The profile gives no colour.")
    return changed


def limited(inks: tuple[float, ...], most: float = MOST_INK) -> tuple[float, ...]:
    """Return four inks of at most so much together: black stays, the others give in equally."""
    *colours, black = inks
    if sum(inks) > most:
        part = (most - black) / sum(colours)
        colours = [int(ink * part * 1000) / 1000 for ink in colours]
    return tuple(round(ink, 3) for ink in (*colours, black))


def limited_picture(picture: Image.Image, most: float = MOST_INK) -> Image.Image:
    """Return a CMYK picture no pixel of which holds more ink than that."""
    limited = picture
    for top in range(0, picture.height, _STRIP):
        bottom = min(top + _STRIP, picture.height)
        strip = picture.crop((0, top, picture.width, bottom))
        less = _limited_strip(strip, int(most * 255))
        if less is not strip:
            limited = picture.copy() if limited is picture else limited
            limited.paste(less, (0, top))
    return limited


def _limited_strip(strip: Image.Image, steps: int) -> Image.Image:
    cyan, magenta, yellow, black = (band.convert("I") for band in strip.split())
    inks = {"c": cyan, "m": magenta, "y": yellow, "k": black}
    total = ImageMath.lambda_eval(lambda a: a["c"] + a["m"] + a["y"] + a["k"], **inks)
    if int(total.getextrema()[1]) <= steps:
        return strip
    colours = [_less(ink, inks, steps).convert("L") for ink in (cyan, magenta, yellow)]
    return Image.merge("CMYK", (*colours, strip.getchannel("K")))


def _less(ink: Image.Image, inks: dict[str, Image.Image], steps: int) -> Image.Image:
    """Return one colour of a picture, less of it where all four make more than so many steps."""
    less: Image.Image = ImageMath.lambda_eval(
        lambda a: a["min"](
            a["ink"],
            a["ink"] * (steps - a["k"]) / a["max"](a["c"] + a["m"] + a["y"], 1),
        ),
        ink=ink,
        **inks,
    )
    return less


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
