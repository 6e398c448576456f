"""Each edition does its own work on a base: boxes, inks, marks, tags, metadata."""

import base64
import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms
from sheets import (
    CARD,
    CONTENTS,
    PROJECT,
    TEXTS,
    base_of,
    inches_of,
    layout_of,
    opened,
    operators,
    sheet,
    text_of,
)

from printkit.editions import EDITIONS
from printkit.editions.colour import cmyk_of, limited, without_measurements
from printkit.editions.press import PALETTE
from printkit.lengths import Size
from printkit.stamp import prepare, stamp
from printkit.typeset import typeset

pytestmark = pytest.mark.usefixtures("own_fonts")
PROFILES = PROJECT / "profiles"


def test_the_table_holds_the_three_editions() -> None:
    assert list(EDITIONS) == ["press", "copier", "screen"]
    assert EDITIONS["press"].css(CARD) == "@page{size:4.25in 5.5in;margin:0;bleed:0.125in}"
    assert EDITIONS["screen"].css(CARD) == "@page{size:4.25in 5.5in;margin:0;bleed:0in}"


@pytest.mark.parametrize("language", TEXTS)
def test_press_boxes_nest_from_the_origin(language: str) -> None:
    with opened(base_of("press", language).pdf) as pdf:
        assert len(pdf.pages) == 2
        for page in pdf.pages:
            assert inches_of(page.MediaBox) == [0, 0, 5.5, 6.75]
            assert inches_of(page.BleedBox) == [0.5, 0.5, 5.0, 6.25]
            assert inches_of(page.TrimBox) == [0.625, 0.625, 4.875, 6.125]


def test_press_paints_in_cmyk_alone_and_blacks_in_black() -> None:
    with opened(stamp(base_of("press"), CONTENTS)) as pdf:
        used = operators(pdf)
        assert not used & {"rg", "RG", "g", "G", "cs", "CS", "sc", "SC", "scn", "SCN"}
        content = b"".join(
            obj.read_bytes()
            for obj in pdf.objects
            if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Form"
        )
    assert b"0.9 0.4 0.45 0.15 k" in content
    assert b"0 0.06 0.16 0 k" in content
    assert b"0 0 0 1 k" in content
    assert b"0 0 0 0.467 k" in content, "gray is black ink alone"


@pytest.mark.parametrize(
    ("colour", "ink"),
    [
        ((0, 0, 0), (0, 0, 0, 1)),
        ((1, 1, 1), (0, 0, 0, 0)),
        ((0.5, 0.5, 0.5), (0, 0, 0, 0.498)),
        ((13 / 255, 92 / 255, 99 / 255), (0.90, 0.40, 0.45, 0.15)),
    ],
)
def test_press_mixes(colour: tuple[float, float, float], ink: tuple[float, ...]) -> None:
    assert EDITIONS["press"].paint(PROFILES).mix(*colour) == ink


def test_other_colours_go_through_the_profile() -> None:
    cyan, magenta, yellow, _ = cmyk_of(PROFILES / "TR006.icc", (200, 30, 30))
    assert magenta > 0.8
    assert yellow > 0.7
    assert cyan < 0.3


def test_press_has_one_output_intent_with_its_profile_compressed() -> None:
    with opened(base_of("press").pdf) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFX"
        assert str(intent.OutputConditionIdentifier) == "CGATS TR 006"
        profile = intent.DestOutputProfile
        assert profile.N == 4
        assert profile.read_bytes() == without_measurements((PROFILES / "TR006.icc").read_bytes())
        assert len(profile.read_raw_bytes()) < len(profile.read_bytes())
        assert pdf.docinfo["/Trapped"] == "/False"
        assert pdf.pdf_version == "1.6"


def test_no_colour_takes_more_ink_than_the_limit() -> None:
    steps = (0, 51, 102, 153, 204, 255)
    profile = PROFILES / "TR006.icc"
    totals = [sum(cmyk_of(profile, (r, g, b))) for r in steps for g in steps for b in steps]
    assert max(totals) <= 3.0
    assert max(sum(inks) for inks in PALETTE.values()) <= 3.0
    assert limited((1, 1, 1, 1)) == (0.666, 0.666, 0.666, 1)
    assert limited((0.9, 0.4, 0.45, 0.15)) == (0.9, 0.4, 0.45, 0.15)


def test_a_shops_own_profile_is_the_intent(tmp_path: Path) -> None:
    data = (PROFILES / "TR006.icc").read_bytes()
    own = tmp_path / "shop.icc"
    own.write_bytes(data.replace(b"printkit TR006 coated", b"Riverside litho 2026 "))
    layout, edition = layout_of("press"), EDITIONS["press"]
    bases = [
        prepare(layout, edition=edition, sheet=replace(sheet(), profiles=place))
        for place in (PROFILES, own)
    ]
    assert bases[0].digest != bases[1].digest, "sheets' codes tell such files apart"
    with opened(bases[1].pdf) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "Riverside litho 2026"
        assert "/RegistryName" not in intent, "it stands in no registry"
        assert intent.DestOutputProfile.read_bytes() == own.read_bytes(), "as the shop gave it"


@pytest.mark.parametrize("language", TEXTS)
def test_fonts_are_embedded_as_subsets_and_little_else_is(language: str) -> None:
    data = stamp(base_of("press", language), CONTENTS, slug="a slug")
    with opened(data) as pdf:
        described = [
            obj
            for obj in pdf.objects
            if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor"
        ]
        profile = len(pdf.Root.OutputIntents[0].DestOutputProfile.read_raw_bytes())
        assert described
        for font in described:
            assert re.match(r"/[A-Z]{6}\+", str(font.FontName))
            assert "/FontFile2" in font
    assert len(data) - profile < 100_000


def test_folds_stand_where_the_sheet_says() -> None:
    folded = replace(sheet(), folds=((100.0, 200.0), ()))
    base = prepare(layout_of("press"), edition=EDITIONS["press"], sheet=folded)
    with opened(base.pdf) as pdf:
        first, second = (page.Contents.read_bytes() for page in pdf.pages)
    assert first.count(b" m ") == second.count(b" m ") + 4


def test_a_profile_without_its_measurements_gives_the_same_inks() -> None:
    whole = (PROFILES / "TR006.icc").read_bytes()
    lean = without_measurements(whole)
    assert len(lean) < len(whole) * 0.75
    assert without_measurements(lean) == lean
    image = Image.frombytes("RGB", (16, 16), bytes(7 * n % 256 for n in range(768)))
    inks = []
    for profile in (whole, lean):
        target = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        assert "TR006" in str(target.profile.copyright)
        transform = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), target, "RGB", "CMYK")
        converted = ImageCms.applyTransform(image, transform)
        assert converted is not None
        inks.append(converted.tobytes())
    assert inks[0] == inks[1]


def test_marks_stand_outside_the_bleed() -> None:
    with opened(base_of("press").pdf) as pdf:
        page = pdf.pages[0]
        content = page.Contents.read_bytes().decode()
        left, bottom, right, top = (float(edge) for edge in page.BleedBox.as_list())
    ends = re.findall(r"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l", content)
    assert len(ends) == 8 + 2 * 4, "crop marks, and the crosses of registration marks"
    for x0, y0, x1, y1 in (tuple(map(float, end)) for end in ends):
        beside = max(x0, x1) < left or min(x0, x1) > right
        assert beside or max(y0, y1) < bottom or min(y0, y1) > top


def test_paper_has_no_links() -> None:
    for name in ("press", "copier"):
        with opened(base_of(name).pdf) as pdf:
            assert not [page for page in pdf.pages if "/Annots" in page.obj]
            assert "/Outlines" not in pdf.Root


def test_copier_paints_gray_alone() -> None:
    with opened(stamp(base_of("copier"), CONTENTS)) as pdf:
        used = operators(pdf)
        assert not used & {"rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"}
    mix = EDITIONS["copier"].paint(PROFILES).mix
    assert mix(13 / 255, 92 / 255, 99 / 255) == (0.30,)
    assert mix(251 / 255, 238 / 255, 213 / 255) == (1,)
    assert mix(1, 0, 0) == (0.299,)


@pytest.mark.parametrize(("name", "space"), [("press", "/DeviceCMYK"), ("copier", "/DeviceGray")])
def test_pictures_are_converted(name: str, space: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), (200, 30, 30)).save(out, "PNG")
    source = base64.b64encode(out.getvalue()).decode()
    edition = EDITIONS[name]
    layout = typeset(
        f'<html lang="en"><style>{edition.css(CARD)}</style>'
        f'<img alt="x" style="width: 1in" src="data:image/png;base64,{source}">',
        roots=(PROJECT / "tests",),
        paint=edition.paint(PROFILES),
    )
    with opened(prepare(layout, edition=edition, sheet=sheet()).pdf) as pdf:
        (image,) = (
            obj
            for obj in pdf.objects
            if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image"
        )
        assert image.ColorSpace == space
        assert len(image.read_bytes()) == 16 * (4 if name == "press" else 1)


def test_screen_is_tagged_and_keeps_its_links() -> None:
    with opened(stamp(base_of("screen", "ar"), CONTENTS, title="بطاقة")) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.Root.Lang) == "ar"
        assert str(pdf.docinfo["/Title"]) == "بطاقة"
        assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes().decode()
        for number, page in enumerate(pdf.pages):
            assert page.StructParents == number
            assert page.Tabs == "/S"
            assert inches_of(page.MediaBox) == inches_of(page.TrimBox) == [0, 0, 4.25, 5.5]
        nums = pdf.Root.StructTreeRoot.ParentTree.Nums.as_list()
        assert [int(key) for key in nums[::2]] == list(range(len(nums) // 2))


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize("language", TEXTS)
def test_every_edition_keeps_the_text(name: str, language: str) -> None:
    pdf = stamp(base_of(name, language), CONTENTS)
    assert "Fresno · card · v1 · ab12cd" in text_of(pdf)
    if language in ("en", "zh-Hant"):
        assert TEXTS[language][0] in text_of(pdf)


@pytest.mark.parametrize("name", EDITIONS)
def test_files_say_when_and_by_what_but_not_where(name: str) -> None:
    data = stamp(base_of(name), CONTENTS)
    with opened(data) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260101000000Z"
        assert str(pdf.docinfo["/Producer"]).startswith("printkit ")
        packet = pdf.Root.Metadata.read_bytes().decode()
        assert "<xmp:ModifyDate>2026-01-01T00:00:00Z</xmp:ModifyDate>" in packet
        assert ("PDF/X-4" in packet) == (name == "press")
        everything = b"".join(
            obj.read_bytes() if isinstance(obj, pikepdf.Stream) else str(obj).encode()
            for obj in pdf.objects
        )
    assert str(PROJECT).encode() not in everything
    assert b"WeasyPrint" not in everything
    assert data.count(b"<x:xmpmeta") == 1, "XMP stays readable without unpacking"


def test_a_letter_sheet_has_its_bleed_too() -> None:
    with opened(base_of("press", size=Size(width_pt=612, height_pt=792)).pdf) as pdf:
        assert inches_of(pdf.pages[0].MediaBox) == [0, 0, 9.75, 12.25]
