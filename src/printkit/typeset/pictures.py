"""Puts pictures into a PDF upright, in an edition's inks, and as finely as they are printed."""

import contextlib
import io
import math
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pydyf
from PIL import Image, ImageCms, ImageFile
from weasyprint import DEFAULT_OPTIONS
from weasyprint.images import RasterImage, rotate_pillow_image

from printkit.errors import Problems, quoted
from printkit.inks import Paint

FINEST_PPI = 450.0
"""Pictures with more pixels to the inch, at the size at which they stand, are made coarser."""
PRINTED_PPI = 300.0
MOST_PIXELS = 60_000_000
"""A poster of 11 by 17 in with its bleed has 40 million at 450 to the inch."""
JPEG_QUALITY = 92
_PLAIN = {"1": "L", "P": "RGB", "PA": "RGBA", "La": "LA", "RGBa": "RGBA", "RGBX": "RGB"} | {
    mode: mode for mode in ("L", "LA", "RGB", "RGBA", "CMYK")
}
"""What each kind of pixel becomes; a kind that is not here is refused."""
_SPACES = {"L": "GRAY", "LA": "GRAY", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK"}
_SAVE = "Save it anew, in RGB, gray or CMYK with 8 bits, as PNG or JPEG."


@contextlib.contextmanager
def own_pictures(paint: Paint, refused: Problems) -> Iterator[None]:
    """Take over pictures from WeasyPrint, and give them back after; note what is refused."""
    own = RasterImage.__init__, RasterImage.draw, RasterImage.get_x_object
    RasterImage.__init__ = _reading(own[0], refused)
    if paint.picture is not None:
        RasterImage.draw, RasterImage.get_x_object = _draw, _writing(paint)
    try:
        yield
    finally:
        RasterImage.__init__, RasterImage.draw, RasterImage.get_x_object = own


def _reading(own: Any, refused: Problems) -> Any:
    """Return how a picture is read: upright and in 8 bits, or refused with a reason."""

    def init(
        image: RasterImage,
        picture: Image.Image,
        image_id: str,
        data: bytes,
        filename: str | None = None,
        cache: Any = None,
        orientation: Any = "none",
        options: Any = DEFAULT_OPTIONS,
    ) -> None:
        kind = picture.format
        try:
            image.art = _plain(rotate_pillow_image(_whole(picture), orientation))
        except (ValueError, OSError) as error:
            name = quoted(Path(filename).name) if filename else "inside the template"
            refused.add(f"The picture {name} can't be printed: {error}.", _SAVE)
            image.art, image.is_photo = Image.new("L", (1, 1), 255), False
            own(image, image.art, image_id, None, None, cache, "none", options)
            return
        image.is_photo = kind in ("JPEG", "MPO")
        if picture.mode.startswith("I"):
            own(image, image.art, image_id, None, None, cache, "none", options)
            return
        own(image, picture, image_id, data, filename, cache, orientation, options)

    return init


def _whole(picture: Image.Image) -> Image.Image:
    """Read a picture to its end; WeasyPrint would fill what is cut off with gray."""
    if picture.width * picture.height > MOST_PIXELS:
        millions = f"{picture.width * picture.height / 1e6:.0f} million pixels"
        raise ValueError(f"it has {millions}, and {MOST_PIXELS / 1e6:.0f} are enough for any sheet")
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        picture.load()
    except (OSError, SyntaxError) as error:
        raise ValueError("the file is cut off or damaged") from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return picture


def _plain(picture: Image.Image) -> Image.Image:
    """Return a picture in 8 bits, gray, RGB or CMYK, with alpha where something shines through."""
    own = picture.info.get("icc_profile")
    if "transparency" in picture.info and not picture.mode.startswith("I"):
        plain = picture.convert("RGBA")
    elif picture.mode.startswith("I;16"):
        plain = picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    elif picture.mode in _PLAIN:
        plain = picture.convert(_PLAIN[picture.mode])
    else:
        raise ValueError(f"its pixels are of the kind {quoted(picture.mode)}")
    if plain.mode in ("LA", "RGBA") and plain.getchannel("A").getextrema() == (255, 255):
        plain = plain.convert(plain.mode[:-1])
    plain.info = {"icc_profile": own} if own and _is_for(own, plain.mode) else {}
    return plain


def _is_for(profile: bytes, mode: str) -> bool:
    """Tell whether a profile is for such pixels; ValueError where it can't be read at all."""
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if opened.profile.xcolor_space.strip() != _SPACES[mode]:
            return False
        colours = mode.removesuffix("A")
        ImageCms.buildTransform(opened, ImageCms.createProfile("sRGB"), colours, "RGB")
    except (ImageCms.PyCMSError, OSError) as error:
        raise ValueError("the colour profile in it can't be read") from error
    return True


def _draw(image: RasterImage, stream: Any, width: float, height: float, style: Any) -> None:
    """Draw a picture, and tell how many of its pixels the place can show."""
    if width <= 0 or height <= 0:
        return
    smooth = style["image_rendering"] == "auto"
    name = stream.add_image(image, smooth, _part_shown(image, stream.ctm, width, height))
    stream.transform(width, 0, 0, -height, 0, height)
    stream.draw_x_object(name)


def _part_shown(image: RasterImage, matrix: Any, width: float, height: float) -> float:
    """Return by how much a picture may be made coarser where it stands: 1 for not at all."""
    across = width * math.hypot(matrix[0][0], matrix[0][1]) / 72
    down = height * math.hypot(matrix[1][0], matrix[1][1]) / 72
    ppi = min(image.art.width / max(across, 1e-6), image.art.height / max(down, 1e-6))
    return PRINTED_PPI / ppi if ppi > FINEST_PPI else 1.0


def _writing(paint: Paint) -> Any:
    """Return how a picture is written: in the edition's inks, with its mask if it has one."""
    assert paint.picture is not None
    in_inks = paint.picture

    def get_x_object(image: RasterImage, interpolate: bool, part: float) -> pydyf.Stream:
        art = _coarser(image.art, part)
        colours = art.convert(art.mode.removesuffix("A"))
        stream = _x_object(in_inks(colours), interpolate, photo=image.is_photo)
        if art.mode.endswith("A"):
            stream.extra["SMask"] = _x_object(art.getchannel("A"), interpolate, photo=False)
        return stream

    return get_x_object


def _coarser(art: Image.Image, part: float) -> Image.Image:
    if part >= 1:
        return art
    size = max(1, round(art.width * part)), max(1, round(art.height * part))
    smaller = art.resize(size, Image.Resampling.LANCZOS)
    smaller.info = art.info
    return smaller


def _x_object(picture: Image.Image, interpolate: bool, *, photo: bool) -> pydyf.Stream:
    extra = pydyf.Dictionary(
        {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": picture.width,
            "Height": picture.height,
            "ColorSpace": "/DeviceGray" if picture.mode == "L" else "/DeviceCMYK",
            "BitsPerComponent": 8,
            "Interpolate": "true" if interpolate else "false",
        }
    )
    if not photo:
        extra["Filter"] = "/FlateDecode"
        return pydyf.Stream([zlib.compress(picture.tobytes(), 9)], extra)
    extra["Filter"] = "/DCTDecode"
    if picture.mode == "CMYK":
        extra["Decode"] = pydyf.Array((1, 0) * 4)  # as Adobe's JPEGs, Pillow's hold paper as 255
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return pydyf.Stream([out.getvalue()], extra)
