"""Pictures in an edition's inks: each by its own profile, grays in black alone, within the ink."""

import functools
import io
from pathlib import Path

from PIL import Image, ImageChops, ImageCms

from printkit.editions.colour import FLAGS, INTENT, limited_picture, to_cmyk, transformed

_MOST_INK = 2.96
"""Below the edition's own limit: JPEG lets single pixels stray by a few steps."""


def in_inks(picture: Image.Image, *, profile: Path) -> Image.Image:
    """Return a picture (L, RGB or CMYK) in four inks by a profile, or in gray where it is gray.

    A picture without a profile of its own is taken as sRGB, or as made for this press.
    """
    own = picture.info.get("icc_profile")
    if picture.mode == "L" or (picture.mode == "RGB" and _is_neutral(picture)):
        return in_gray(picture)
    if picture.mode == "RGB":
        way = _between(own, profile, "RGB") if own else to_cmyk(profile)
        return limited_picture(transformed(picture, way), _MOST_INK)
    if own and own != profile.read_bytes():
        picture = transformed(picture, _between(own, profile, "CMYK"))
    return limited_picture(picture, _MOST_INK)


def in_gray(picture: Image.Image) -> Image.Image:
    """Return a picture (L, RGB or CMYK) in gray, as light as it looks."""
    own = picture.info.get("icc_profile")
    if own:
        return transformed(picture, _to_srgb(own, picture.mode)).convert("L")
    if picture.mode == "L":
        return picture
    return picture.convert("RGB").convert("L")


def _is_neutral(picture: Image.Image) -> bool:
    """Tell whether a picture in RGB shows grays alone."""
    red, green, blue = picture.split()
    pairs = ((red, green), (green, blue))
    return all(ImageChops.difference(*pair).getextrema() == (0, 0) for pair in pairs)


@functools.lru_cache(maxsize=8)
def _between(source: bytes, target: Path, mode: str) -> ImageCms.ImageCmsTransform:
    opened = ImageCms.ImageCmsProfile(io.BytesIO(source))
    return ImageCms.buildTransform(
        opened, str(target), mode, "CMYK", renderingIntent=INTENT, flags=FLAGS
    )


@functools.lru_cache(maxsize=8)
def _to_srgb(source: bytes, mode: str) -> ImageCms.ImageCmsTransform:
    opened = ImageCms.ImageCmsProfile(io.BytesIO(source))
    return ImageCms.buildTransform(
        opened, ImageCms.createProfile("sRGB"), mode, "RGB", renderingIntent=INTENT, flags=FLAGS
    )
