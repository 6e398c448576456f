"""Preflight passes every edition's good files, and names the one thing that was broken."""

import time
from collections.abc import Callable
from typing import cast, get_args

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from sheets import CARD, CONTENTS, TEXTS, base_of, opened

from printkit import preflight as package
from printkit.findings import Finding
from printkit.preflight import preflight
from printkit.preflight.boxes import LETTER
from printkit.preflight.content import Reader, pages_of
from printkit.preflight.documents import document_of
from printkit.preflight.limits import Asked, Edition, Expected
from printkit.preflight.verdicts import judged
from printkit.stamp import stamp

pytestmark = pytest.mark.usefixtures("own_fonts")

Break = Callable[[pikepdf.Pdf], None]


def broken(name: str, change: Break) -> list[Finding]:
    with opened(stamp(base_of(name), CONTENTS)) as pdf:
        change(pdf)
        ordered = Expected(trim=LETTER if name == "copier" else CARD)
        asked = Asked(edition=cast(Edition, name), expected=ordered, where={"piece": "card"})
        return judged(document_of(pdf), asked)


def painting(content: bytes, **resources: pikepdf.Object) -> Break:
    """Return a change that paints one thing more on the second page."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1]
        for kind, entries in resources.items():
            if f"/{kind}" not in page.Resources:
                page.Resources[f"/{kind}"] = Dictionary()
            for key, value in entries.items():
                page.Resources[f"/{kind}"][key] = value
        page.contents_add(content)

    return change


def setting(**boxes: list[float] | int) -> Break:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in boxes.items():
            pdf.pages[0].obj[f"/{key}"] = Array(value) if isinstance(value, list) else value

    return change


def shifted(key: str, of: str, left: float = 0, right: float = 0) -> Break:
    """Return a change that makes a box of another, with two of its edges moved."""

    def change(pdf: pikepdf.Pdf) -> None:
        box = [float(edge) for edge in pdf.pages[0].obj[f"/{of}"].as_list()]
        pdf.pages[0].obj[f"/{key}"] = Array([box[0] + left, box[1], box[2] + right, box[3]])

    return change


@pytest.mark.parametrize("name", get_args(Edition))
@pytest.mark.parametrize("language", TEXTS)
def test_good_files_pass(name: Edition, language: str) -> None:
    pdf = stamp(base_of(name, language), CONTENTS)
    assert preflight(pdf, edition=name, trim=CARD) == []


BOXES = [
    (
        "press",
        shifted("TrimBox", "TrimBox", right=1),
        "trim-size",
        "The trim is 4.264 × 5.500 in, and 4.25 × 5.5 in was ordered.",
    ),
    (
        "press",
        shifted("BleedBox", "BleedBox", left=3),
        "bleed-full",
        "The bleed is 0.083 in, and should be 0.125 in.",
    ),
    (
        "press",
        shifted("BleedBox", "BleedBox", left=18),
        "boxes-nest",
        "The trim reaches beyond the bleed.",
    ),
    (
        "press",
        shifted("MediaBox", "BleedBox", left=3),
        "boxes-nest",
        "The bleed reaches beyond the paper.",
    ),
    (
        "press",
        shifted("CropBox", "BleedBox"),
        "boxes-nest",
        "The CropBox is not the MediaBox.",
    ),
    (
        "press",
        shifted("ArtBox", "TrimBox"),
        "boxes-nest",
        "There is an ArtBox beside the TrimBox.",
    ),
    ("press", setting(Rotate=90), "page-upright", "The page is turned by 90 degrees."),
    ("screen", setting(UserUnit=2), "page-unit", "The page has a unit of its own."),
    (
        "screen",
        setting(BleedBox=[-9, -9, 315, 405]),
        "bleed-full",
        "The bleed is 0.125 in, and should be 0.000 in.",
    ),
    (
        "copier",
        setting(MediaBox=[0, 0, 595, 842], TrimBox=[0, 0, 595, 842]),
        "trim-size",
        "The trim is 8.264 × 11.694 in, and 8.5 × 11 in was ordered.",
    ),
]


@pytest.mark.parametrize(("name", "change", "code", "what"), BOXES)
def test_broken_boxes_are_told(name: str, change: Break, code: str, what: str) -> None:
    found = broken(name, change)
    assert (code, what, 1) in [(one.code, one.what, one.page) for one in found]
    assert {one.piece for one in found} == {"card"}


def test_a_missing_trim_is_told() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0].obj["/TrimBox"]

    assert "There is no TrimBox." in [one.what for one in broken("press", change)]


SHADING = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB)
FACE = Dictionary(
    {
        "/F": Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            FirstChar=120,
            Widths=Array([600]),
            CharProcs=Dictionary(),
            FontBBox=Array([0, 0, 0, 0]),
            Encoding=Dictionary(Differences=Array([120, Name.x])),
        )
    }
)
INKS = [
    ("press", painting(b"1 0 0 rg 0 0 9 9 re f"), "press-rgb",
     "A fill stands in DeviceRGB 1 0 0, which is not ink."),
    ("press", painting(b"0 0 1 RG 0 0 m 9 9 l S 0 0 m 8 8 l S"), "press-rgb",
     "A stroke stands in DeviceRGB 0 0 1, which is not ink. There is 1 more like it on the page."),
    ("press", painting(b"/C cs 50 0 0 scn 0 0 9 9 re f",
                       ColorSpace=Dictionary({"/C": Array([Name.Lab, Dictionary()])})),
     "press-rgb", "A fill stands in Lab 50 0 0, which is not ink."),
    ("press", painting(b"q 0 0 9 9 re W n /S sh Q", Shading=Dictionary({"/S": SHADING})),
     "press-rgb", "A gradient stands in DeviceRGB, which is not ink."),
    ("press", painting(b"BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc\nEI"), "press-rgb",
     "A picture stands in DeviceRGB, which is not ink."),
    ("press", painting(b".7 .3 .3 .9 k BT /F 10 Tf 100 100 Td (x) Tj ET", Font=FACE),
     "press-black-text", "Black text stands in several inks: DeviceCMYK 0.7 0.3 0.3 0.9."),
    ("press", painting(b"1 1 1 0 k BT /F 10 Tf 100 100 Td [(x)] TJ ET", Font=FACE),
     "press-black-text", "Black text stands in several inks: DeviceCMYK 1 1 1 0."),
    ("copier", painting(b"0 0 0 1 k 100 100 9 9 re f"), "copier-colour",
     "A fill stands in DeviceCMYK 0 0 0 1, which is not gray."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "code", "what"), INKS)
def test_wrong_inks_are_told(name: str, change: Break, code: str, what: str) -> None:
    assert [(one.code, one.what, one.page) for one in broken(name, change)] == [(code, what, 2)]


@pytest.mark.parametrize(
    "content",
    [
        b"1 0 0 rg q 0 g 0 0 9 9 re f Q",  # set, and never painted with
        b"1 0 0 rg 3 Tr BT /F1 9 Tf (x) Tj ET",  # invisible
        b"q 1 0 0 rg Q 0 0 9 9 re f",
        b"/Missing Do /Missing sh /Pattern cs /Missing scn 0 0 9 9 re n",
    ],
)
def test_what_does_not_show_is_nobodys_trouble(content: bytes) -> None:
    assert broken("press", painting(content)) == []


def test_colour_deep_in_forms_and_patterns_is_found() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pattern = pdf.make_stream(b"0 1 0 rg 0 0 1 1 re f")
        pattern.PatternType = 1
        image = pdf.make_stream(b"abc")
        image.Subtype, image.ColorSpace = Name.Image, Array([Name.Indexed, Name.DeviceRGB, 0, b"a"])
        inner = pdf.make_stream(b"/Pattern cs /P scn 0 0 9 9 re f /I Do /I Do")
        inner.Subtype = Name.Form
        inner.Resources = Dictionary(
            Pattern=Dictionary(P=pattern), XObject=Dictionary(I=image, Self=inner)
        )
        outer = pdf.make_stream(b"/Inner Do /Self Do")
        outer.Subtype = Name.Form
        outer.Resources = Dictionary(XObject=Dictionary(Inner=inner, Self=outer))
        painting(b"/Outer Do", XObject=Dictionary({"/Outer": outer}))(pdf)

    assert [one.what for one in broken("press", change)] == [
        "The page is not judged whole. A form draws itself.",
        "A fill stands in DeviceRGB 0 1 0, which is not ink.",
        "A picture stands in Indexed/DeviceRGB, which is not ink. "
        "There is 1 more like it on the page.",
    ]


def test_blending_in_rgb_is_told() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)

    (found,) = broken("press", change)
    assert (found.code, found.what) == (
        "press-blend-space",
        "A transparent part blends in DeviceRGB.",
    )


def intent(change: Callable[[pikepdf.Pdf, pikepdf.Object], None]) -> list[str]:
    def both(pdf: pikepdf.Pdf) -> None:
        change(pdf, pdf.Root.OutputIntents[0])

    found = broken("press", both)
    assert {one.code for one in found} == {"press-output-intent"}
    return [one.what for one in found]


def test_broken_output_intents_are_told() -> None:
    def none(pdf: pikepdf.Pdf, _: pikepdf.Object) -> None:
        del pdf.Root["/OutputIntents"]

    def two(pdf: pikepdf.Pdf, intent: pikepdf.Object) -> None:
        pdf.Root.OutputIntents.append(intent)

    def nameless(_: pikepdf.Pdf, intent: pikepdf.Object) -> None:
        intent.OutputConditionIdentifier = pikepdf.String("")

    def empty(_: pikepdf.Pdf, intent: pikepdf.Object) -> None:
        del intent["/DestOutputProfile"]

    def wrong(_: pikepdf.Pdf, intent: pikepdf.Object) -> None:
        intent.DestOutputProfile.write(b"\0" * 12 + b"mntrRGB ")

    assert intent(none) == ["There are 0 output intents, not one."]
    assert intent(two) == ["There are 2 output intents, not one."]
    assert intent(nameless) == ["The output intent names no printing condition."]
    assert intent(empty) == ["The output intent holds no profile."]
    assert intent(wrong) == ["The output intent's profile is not a CMYK printer's."]


def test_what_is_painted_is_told_in_order() -> None:
    with opened(stamp(base_of("copier"), CONTENTS)) as pdf:
        reader = Reader(pdf)
        marks = [mark for page in pages_of(pdf) for mark in reader.content(page).marks]
    assert {mark.space for mark in marks} == {"DeviceGray"}
    assert {mark.kind for mark in marks} == {"fill", "stroke", "text"}
    assert {mark.page for mark in marks} == {1, 2}


def test_rules_say_why_and_have_codes_of_their_own() -> None:
    codes = [rule.code for rule in package.RULES]
    assert len(set(codes)) == len(codes)
    assert all(rule.rule.endswith(".") and rule.because.endswith(".") for rule in package.RULES)


def test_preflight_takes_milliseconds() -> None:
    pdf = stamp(base_of("press"), CONTENTS)
    preflight(pdf, edition="press", trim=CARD)
    start = time.process_time()
    preflight(pdf, edition="press", trim=CARD)
    assert time.process_time() - start < 0.25, "about 10 ms when measured alone"
