"""Pictures of every kind leave in the edition's inks, upright and no finer than is printed."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from building import jobs_of, shop_in
from PIL import Image, ImageCms
from project_kit import change
from sheets import CARD, PROJECT, opened, sheet

from printkit.editions import EDITIONS
from printkit.editions.colour import limited_picture, to_cmyk, transformed
from printkit.errors import UserError
from printkit.press import press
from printkit.project import load_project
from printkit.stamp import prepare
from printkit.typeset import typeset

pytestmark = pytest.mark.usefixtures("own_fonts")
PROFILE = PROJECT / "profiles" / "TR006.icc"
RED = (200, 30, 30)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
CMYK = PROFILE.read_bytes()

Picture = tuple[Image.Image, str, dict[str, object]]


def exif(turned: int) -> bytes:
    """EXIF that says how the camera was held."""
    held = Image.Exif()
    held[0x0112] = turned
    return held.tobytes()


def deep_gray(value: int) -> Image.Image:
    """A gray picture of 16 bits."""
    return Image.frombytes("I;16", (8, 8), value.to_bytes(2, "little") * 64)


def indexed() -> Image.Image:
    return Image.new("RGB", (8, 8), RED).convert("P", palette=Image.Palette.ADAPTIVE)


GOOD: dict[str, tuple[Picture, str]] = {
    "RGB": ((Image.new("RGB", (8, 8), RED), "png", {}), "/DeviceCMYK"),
    "RGB with a profile": (
        (Image.new("RGB", (8, 8), RED), "png", {"icc_profile": SRGB}),
        "/DeviceCMYK",
    ),
    "RGB JPEG": ((Image.new("RGB", (8, 8), RED), "jpg", {"quality": 95}), "/DeviceCMYK"),
    "RGB that is gray": ((Image.new("RGB", (8, 8), (90, 90, 90)), "png", {}), "/DeviceGray"),
    "gray": ((Image.new("L", (8, 8), 90), "png", {}), "/DeviceGray"),
    "gray JPEG": ((Image.new("L", (8, 8), 90), "jpg", {}), "/DeviceGray"),
    "gray with a wrong profile": (
        (Image.new("L", (8, 8), 90), "png", {"icc_profile": SRGB}),
        "/DeviceGray",
    ),
    "gray of 16 bits": ((deep_gray(90 * 257), "png", {}), "/DeviceGray"),
    "black and white": ((Image.new("1", (8, 8), 1), "png", {}), "/DeviceGray"),
    "indexed": ((indexed(), "png", {}), "/DeviceCMYK"),
    "CMYK JPEG": ((Image.new("CMYK", (8, 8), (0, 220, 180, 10)), "jpg", {}), "/DeviceCMYK"),
    "CMYK with a profile": (
        (Image.new("CMYK", (8, 8), (0, 220, 180, 10)), "jpg", {"icc_profile": CMYK}),
        "/DeviceCMYK",
    ),
    "alpha": ((Image.new("RGBA", (8, 8), (*RED, 128)), "png", {}), "/DeviceCMYK"),
    "gray and alpha": ((Image.new("LA", (8, 8), (90, 128)), "png", {}), "/DeviceGray"),
    "solid alpha": ((Image.new("RGBA", (8, 8), (*RED, 255)), "png", {}), "/DeviceCMYK"),
}


def write(path: Path, picture: Picture) -> None:
    image, _, options = picture
    image.save(path, None, **options)


def images_of(
    folder: Path, name: str, *, width: str = "8pt", edition: str = "press"
) -> list[pikepdf.Object]:
    """Lay out one picture, and return the pictures of the finished base."""
    made = EDITIONS[edition]
    layout = typeset(
        f'<html lang="en"><style>{made.css(CARD)}</style>'
        f'<img alt="x" style="width: {width}; display: block" src="{name}">',
        roots=(folder,),
        base=folder,
        paint=made.paint(PROJECT / "profiles"),
    )
    assert layout.log == ()
    pdf = opened(prepare(layout, edition=made, sheet=sheet()).pdf)
    _OPEN[:] = [pdf]
    return [
        obj
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image"
    ]


_OPEN: list[pikepdf.Pdf] = []
"""The file whose objects are looked at, kept open for so long."""


def main_of(images: list[pikepdf.Object]) -> pikepdf.Object:
    masks = {image.SMask.objgen for image in images if "/SMask" in image}
    (main,) = (image for image in images if image.objgen not in masks)
    return main


def pixels_of(image: pikepdf.Object) -> Image.Image:
    """Return a picture's pixels as the press takes them."""
    size = int(image.Width), int(image.Height)
    if image.get("/Filter") == "/DCTDecode":
        decoded = Image.open(io.BytesIO(image.read_raw_bytes()))
        decoded.load()
        return decoded
    mode = "CMYK" if image.ColorSpace == "/DeviceCMYK" else "L"
    return Image.frombytes(mode, size, image.read_bytes())


def near(one: tuple[int, ...] | int, other: tuple[int, ...] | int) -> bool:
    pairs = zip(
        one if isinstance(one, tuple) else (one,),
        other if isinstance(other, tuple) else (other,),
        strict=True,
    )
    return all(abs(a - b) <= 4 for a, b in pairs)


@pytest.mark.parametrize("kind", GOOD)
def test_each_kind_stands_in_ink(tmp_path: Path, kind: str) -> None:
    picture, space = GOOD[kind]
    name = f"art.{picture[1]}"
    write(tmp_path / name, picture)
    images = images_of(tmp_path, name)
    image = main_of(images)
    assert image.ColorSpace == space
    assert image.BitsPerComponent == 8
    assert ("/SMask" in image) == (kind in ("alpha", "gray and alpha"))
    pixel = pixels_of(image).getpixel((4, 4))
    if space == "/DeviceGray":
        assert near(pixel, 255 if kind == "black and white" else 90)  # type: ignore[arg-type]
    elif kind.startswith("CMYK"):
        assert near(pixel, (0, 220, 180, 10))  # type: ignore[arg-type]
    else:
        red = transformed(Image.new("RGB", (1, 1), RED), to_cmyk(PROFILE)).getpixel((0, 0))
        assert near(pixel, red)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["RGB", "CMYK JPEG", "indexed", "alpha", "gray of 16 bits"])
def test_the_copier_gets_gray(tmp_path: Path, kind: str) -> None:
    picture, _ = GOOD[kind]
    write(tmp_path / f"art.{picture[1]}", picture)
    assert main_of(images_of(tmp_path, f"art.{picture[1]}", edition="copier")).ColorSpace == (
        "/DeviceGray"
    )


def test_a_profile_of_its_own_changes_the_inks(tmp_path: Path) -> None:
    plain, own = Image.new("CMYK", (8, 8), (0, 220, 180, 10)), bytearray(CMYK)
    plain.save(tmp_path / "plain.jpg")
    own[84] = 1  # the same tables under another name
    plain.save(tmp_path / "own.jpg", icc_profile=bytes(own))
    inks = [
        pixels_of(main_of(images_of(tmp_path, name))).getpixel((4, 4))
        for name in ("plain.jpg", "own.jpg")
    ]
    assert inks[0] != inks[1], "converted from profile to profile, black ink and all"


def test_a_photo_of_a_camera_held_upright_stands_upright(tmp_path: Path) -> None:
    photo = Image.new("RGB", (40, 20), (255, 255, 255))
    photo.paste(RED, (0, 0, 20, 20))
    photo.save(tmp_path / "photo.jpg", exif=exif(6), quality=95)
    image = main_of(images_of(tmp_path, "photo.jpg"))
    assert (int(image.Width), int(image.Height)) == (20, 40)
    shown = pixels_of(image)
    top, bottom = shown.getpixel((10, 5)), shown.getpixel((10, 35))
    assert isinstance(top, tuple) and isinstance(bottom, tuple)
    assert top[1] > 180 and bottom[1] < 20


@pytest.mark.parametrize(
    ("pixels", "printed"), [(450, 450), (400, 400), (452, 300), (900, 300), (100, 100)]
)
def test_only_pictures_finer_than_450_ppi_are_made_coarser(
    tmp_path: Path, pixels: int, printed: int
) -> None:
    Image.linear_gradient("L").resize((pixels, pixels)).save(tmp_path / "art.png")
    image = main_of(images_of(tmp_path, "art.png", width="72pt"))
    assert image.Width == image.Height == printed


def test_a_turned_picture_keeps_its_pixels(tmp_path: Path) -> None:
    Image.linear_gradient("L").save(tmp_path / "art.png")
    image = main_of(images_of(tmp_path, "art.png", width="72pt; transform: rotate(90deg)"))
    assert image.Width == 256


def test_a_picture_shown_twice_is_as_fine_as_the_larger_needs(tmp_path: Path) -> None:
    Image.linear_gradient("L").resize((600, 600)).save(tmp_path / "art.png")
    twice = '72pt" src="art.png"><img alt="y" style="width: 144pt'
    assert main_of(images_of(tmp_path, "art.png", width=twice)).Width == 600


def test_dark_pictures_keep_within_the_ink(tmp_path: Path) -> None:
    dark = Image.new("CMYK", (8, 8), (255, 255, 255, 255))
    dark.paste((200, 100, 50, 100), (0, 0, 4, 8))
    limited = limited_picture(dark, 3.0)
    assert limited.getpixel((0, 0)) == (200, 100, 50, 100), "what keeps within it stays"
    black = limited.getpixel((7, 0))
    assert black == (170, 170, 170, 255)
    dark.save(tmp_path / "dark.jpg", quality=95)
    tall = Image.new("CMYK", (4, 700))
    tall.paste((255, 255, 255, 255), (0, 600, 4, 700))
    held = limited_picture(tall, 3.0)
    assert (held.getpixel((0, 0)), held.getpixel((0, 699))) == ((0, 0, 0, 0), black)
    bands = [band.tobytes() for band in pixels_of(main_of(images_of(tmp_path, "dark.jpg"))).split()]
    assert max(map(sum, zip(*bands, strict=True))) <= 3.0 * 255 + 8


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path / "art.jpg", GOOD["RGB JPEG"][0])
    first, second = (main_of(images_of(tmp_path, "art.jpg")).read_raw_bytes() for _ in range(2))
    assert first == second


def cut_off(path: Path) -> None:
    Image.effect_noise((64, 64), 50).save(path)
    path.write_bytes(path.read_bytes()[:-900])


def of_numbers(path: Path) -> None:
    Image.new("F", (8, 8), 0.5).save(path, "TIFF")


def with_a_bad_profile(path: Path) -> None:
    Image.new("RGB", (8, 8), RED).save(path, icc_profile=b"not a profile")


def endless(path: Path) -> None:
    Image.new("1", (9000, 9000)).save(path)


BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "cut off": (cut_off, "the file is cut off or damaged"),
    "of numbers": (of_numbers, 'its pixels are of the kind "F"'),
    "endless": (endless, "it has 81 million pixels, and 60 are enough for any sheet"),
    "a bad profile": (with_a_bad_profile, "the colour profile in it can't be read"),
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("edition", ["press", "screen"])
def test_what_cannot_be_printed_is_told(tmp_path: Path, kind: str, edition: str) -> None:
    make, words = BAD[kind]
    make(tmp_path / "art.png")
    with pytest.raises(UserError) as caught:
        images_of(tmp_path, "art.png", edition=edition)
    assert str(caught.value) == (
        f'The picture "art.png" can\'t be printed: {words}. '
        "Save it anew, in RGB, gray or CMYK with 8 bits, as PNG or JPEG."
    )


def test_a_piece_with_pictures_of_every_kind_is_pressed(tiny: Path, tmp_path: Path) -> None:
    art = tiny / "flyers" / "leaf" / "art"
    art.mkdir()
    shown = []
    for number, (picture, _) in enumerate(GOOD.values()):
        name = f"{number}.{picture[1]}"
        write(art / name, picture)
        shown.append(f'<img alt="" style="width: 2pt; height: 2pt" src="art/{name}">')
    change(tiny, "flyers/leaf/leaf.html", '{{ parts.drop_code("1.2in") }}', "".join(shown))
    project = load_project(tiny)
    (job,) = jobs_of(project, pieces=["leaf"], languages=["es"], editions=["press"])
    (made,) = press(job, shop_in(tmp_path, project))
    assert [str(found) for found in made.findings if "ppi" not in found.what] == []


def test_a_picture_that_cannot_be_printed_withholds_its_sheet(tiny: Path, tmp_path: Path) -> None:
    art = tiny / "flyers" / "leaf" / "art"
    art.mkdir()
    cut_off(art / "map.png")
    code = '{{ parts.drop_code("1.2in") }}'
    change(tiny, "flyers/leaf/leaf.html", code, f'<img alt="" src="art/map.png">{code}')
    project = load_project(tiny)
    (job,) = jobs_of(project, pieces=["leaf"], languages=["es"], editions=["press"])
    (made,) = press(job, shop_in(tmp_path, project))
    assert made.is_withheld
    (found,) = made.findings
    assert found.code == "sheet-made"
    assert found.what == 'The picture "map.png" can\'t be printed: the file is cut off or damaged.'
