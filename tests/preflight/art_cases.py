"""For each rule about what is painted: files that break it, and good files that almost do."""

from collections.abc import Callable, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from preflight.document_cases import Case, font
from preflight.makings import Change, made
from printkit.preflight.limits import Expected
from printkit.qr import qr_matrix

URL = "https://example.org/a"
Make = Callable[[pikepdf.Pdf], object]


def bad(
    name: str,
    code: str,
    says: str,
    content: bytes,
    of: str = "press",
    *,
    expected: Expected | None = None,
    others: tuple[str, ...] = (),
    **resources: Make,
) -> Case:
    """Return a file whose first page paints one thing more; nothing is said of a good one."""
    return Case(
        name=name,
        code=code,
        says=says,
        pdf=lambda: made(of, painting(_marked(content, of), **resources)),
        edition=of,
        expected=expected or Expected(),
        others=others,
    )


def _marked(content: bytes, of: str) -> bytes:
    return b"/Artifact BMC " + content + b" EMC" if of == "screen" else content


def good(name: str, code: str, content: bytes, of: str = "press", **more: object) -> Case:
    """Return a file that almost breaks a rule."""
    return bad(name, code, "", content, of, **more)  # type: ignore[arg-type]


def changed(name: str, code: str, says: str, change: Change, **more: object) -> Case:
    """Return a file with another change than more paint."""
    return Case(name=name, code=code, says=says, pdf=lambda: made("press", change), **more)  # type: ignore[arg-type]


def painting(content: bytes, **resources: Make) -> Change:
    """Return a change that gives page 1 resources, such as `Font_F`, and content."""

    def change(pdf: pikepdf.Pdf) -> None:
        first = pdf.pages[0]
        for name, make in resources.items():
            sort, key = name.split("_")
            if f"/{sort}" not in first.obj.Resources:
                first.obj.Resources[f"/{sort}"] = Dictionary()
            first.obj.Resources[f"/{sort}"][f"/{key}"] = make(pdf)
        first.contents_add(b"q " + content + b" Q")

    return change


def state(**entries: Any) -> Make:
    return lambda pdf: Dictionary(**entries)


def stream(data: bytes, **entries: Any) -> Make:
    return lambda pdf: pdf.make_stream(data, Dictionary(**entries))


def picture(width: int, height: int, data: bytes, space: Name, bits: int = 8) -> Make:
    return stream(data, Subtype=Name.Image, Width=width, Height=height, ColorSpace=space,
                  BitsPerComponent=bits)  # fmt: skip


def form(content: bytes, **entries: Any) -> Make:
    return stream(content, Subtype=Name.Form, BBox=Array([0, 0, 378, 468]), **entries)


def spot(ink: str) -> Make:
    """Return a Separation that stands for cyan."""
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([0, 0, 0, 0]),
                      C1=Array([1, 0, 0, 0]))  # fmt: skip
    return lambda pdf: Array([Name.Separation, Name(f"/{ink}"), Name.DeviceCMYK, tint])


def composite(pdf: pikepdf.Pdf) -> object:
    """Return a font of two-byte codes, of which 0 is .notdef."""
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name.Two, Flags=4,
                            FontFile2=pdf.make_stream(b""))  # fmt: skip
    below = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Two, DW=500,
                       CIDToGIDMap=Name.Identity, FontDescriptor=descriptor)  # fmt: skip
    return Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Two,
                      Encoding=Name("/Identity-H"), DescendantFonts=Array([below]))  # fmt: skip


def layer(pdf: pikepdf.Pdf) -> object:
    """Return a layer that is off as the file opens."""
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Notes")))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([group]), D=Dictionary(Name=String("All"), OFF=Array([group]))
    )
    return group


def code(
    left: float,
    bottom: float,
    side: float,
    url: str = URL,
    *,
    runs: bool = True,
    spoiled: bool = False,
    paint: bytes = b"0 0 0 1 k",
) -> bytes:
    """Return a QR code without its quiet zone: one path, or a path for each module."""
    rows = qr_matrix(url)
    module = side / len(rows)
    squares = [
        b"%.4f %.4f %.4f %.4f re"
        % (left + x * module, bottom + side - (y + 1) * module, module, module)
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark != (spoiled and 3 < y < 20)
    ]
    return paint + b" " + (b" ".join(squares) + b" f" if runs else b" f ".join([*squares, b""]))


def code_picture(pdf: pikepdf.Pdf) -> object:
    rows = [[False] * (len(qr_matrix(URL)) + 8)] * 4
    rows += [[False] * 4 + list(row) + [False] * 4 for row in qr_matrix(URL)]
    rows += [rows[0]] * 4
    pixels = [[dark for dark in row for _ in range(30)] for row in rows for _ in range(30)]
    data = bytes(0 if dark else 255 for row in pixels for dark in row)
    return picture(len(pixels), len(pixels), data, Name.DeviceGray)(pdf)


def text(content: bytes, size: float = 14, at: tuple[float, float] = (180, 300)) -> bytes:
    return b"BT /F %g Tf %g %g Td " % (size, *at) + content + b" Tj ET"


FONT = font("Some", embedded=True)
TEAL = b".9 .4 .45 .15 k "
GROUND = b"0 .06 .16 0 k 170 190 160 160 re f "
OVERPRINT = state(op=True, OP=True, OPM=1)
PHOTO = picture(100, 100, b"\x80" * 10_000, Name.DeviceGray)
STENCIL = stream(b"\0" * 1_300, Subtype=Name.Image, Width=100, Height=100, ImageMask=True)
LINE = b" 170 250 m 330 250 l S"

CASES: Sequence[Case] = (
    bad("deep-forms", "content-read", "nested deeper than 28 forms", b"/A Do",
        XObject_A=lambda pdf: deep(pdf, 40)),
    bad("circle", "content-read", "A form draws itself.", b"/A Do",
        XObject_A=lambda pdf: circle(pdf)),
    good("twenty-forms", "content-read", b"/A Do", XObject_A=lambda pdf: deep(pdf, 20)),
    bad("too-few-numbers", "content-sound", "1 operation of the page makes no sense.", b"1 2 3 cm"),
    good("unknown-operator", "content-sound", b"BX 1 2 3 zz EX"),
    changed("white-page", "page-empty", "The page is empty.",
            lambda pdf: pdf.pages[0].obj.Contents.write(b"0 0 0 0 k 0 0 378 468 re f")),
    changed("mark-outside", "page-empty", "The page is empty.",
            lambda pdf: pdf.pages[0].obj.Contents.write(b"0 0 0 1 k 0 0 9 9 re f")),
    changed("one-dot", "page-empty", "",
            lambda pdf: pdf.pages[0].obj.Contents.write(b"0 0 0 1 k 99 99 1 1 re f")),
    bad("rgb", "press-rgb", "A fill stands in DeviceRGB 1 0 0", b"1 0 0 rg 180 200 9 9 re f"),
    bad("rgb-in-form", "press-rgb", "A fill stands in DeviceRGB 0 1 0", b"/A Do",
        XObject_A=form(b"0 1 0 rg 180 200 9 9 re f")),
    bad("rgb-in-pattern", "press-rgb", "A fill stands in DeviceRGB 0 0 1",
        b"/Pattern cs /P scn 180 200 9 9 re f",
        Pattern_P=stream(b"0 0 1 rg 0 0 1 1 re f", PatternType=1, PaintType=1, TilingType=1,
                         BBox=Array([0, 0, 2, 2]), XStep=2, YStep=2, Resources=Dictionary())),
    bad("rgb-in-glyph", "press-rgb", "A fill stands in DeviceRGB 1 1 0", text(b"(x)"),
        Font_F=lambda pdf: drawn(pdf, b"600 0 d0 1 1 0 rg 0 0 500 700 re f")),
    bad("rgb-inline", "press-rgb", "A picture stands in DeviceRGB",
        b"9 0 0 9 180 200 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc\nEI"),
    bad("lab-in-table", "press-rgb", "Indexed/Lab", b"/C cs 0 scn 180 200 9 9 re f",
        ColorSpace_C=lambda pdf: Array([Name.Indexed, Array([Name.Lab, Dictionary()]), 0,
                                        String(b"abc")])),
    good("rgb-clipped", "press-rgb", b"9 9 9 9 re W n 1 0 0 rg 180 200 9 9 re f"),
    good("rgb-off-page", "press-rgb", b"1 0 0 rg 400 200 9 9 re f"),
    good("rgb-white", "press-rgb", b"1 1 1 rg 180 200 9 9 re f"),
    good("rgb-unseen-text", "press-rgb", b"1 0 0 rg 3 Tr " + text(b"(x)"), Font_F=FONT),
    good("rgb-blank-text", "press-rgb", b"1 0 0 rg " + text(b"(  )"), Font_F=FONT),
    good("rgb-no-alpha", "press-rgb", b"/G gs 1 0 0 rg 180 200 9 9 re f", ExtGState_G=state(ca=0)),
    good("rgb-in-mask", "press-rgb", b"/G gs 0 0 0 1 k 180 200 9 9 re f",
         ExtGState_G=lambda pdf: Dictionary(SMask=Dictionary(S=Name.Luminosity, G=form(
             b"1 1 1 rg 0 0 378 468 re f", Group=Dictionary(S=Name.Transparency))(pdf)))),
    good("rgb-layer-off", "press-rgb", b"/OC /L BDC 1 0 0 rg 180 200 9 9 re f EMC",
         Properties_L=layer),
    good("rgb-stencil-glyph", "press-rgb", text(b"(x)"),
         Font_F=lambda pdf: drawn(pdf, b"600 0 0 0 9 9 d1 1 1 0 rg 0 0 500 700 re f")),
    bad("rgb-group", "press-blend-space", "blends in DeviceRGB", b"/A Do",
        XObject_A=form(b"", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))),
    good("cmyk-group", "press-blend-space", b"/A Do",
         XObject_A=form(b"", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK))),
    bad("rich-text", "press-black-text", "stands in several inks", b".3 .3 .3 .9 k " + text(b"(x)"),
        Font_F=FONT),
    good("rich-headline", "press-black-text", b".3 .3 .3 .9 k " + text(b"(x)", 30), Font_F=FONT),
    bad("flat", "ink-total", "An area takes 310 % of ink", b"1 1 1 .1 k 180 200 60 60 re f"),
    bad("multiplied", "ink-total", "An area takes 400 % of ink",
        b"0 0 1 1 k 180 200 60 60 re f /G gs 1 1 0 0 k 180 200 60 60 re f",
        ExtGState_G=state(BM=Name.Multiply)),
    bad("gradient", "ink-total", "An area takes 350 % of ink", b"180 200 60 60 re W n /S sh",
        Shading_S=lambda pdf: Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=Array(
            [180, 0, 240, 0]), Function=Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1,
            C0=Array([0, 0, 0, 0]), C1=Array([1, 1, 1, 0.5])))),
    bad("photo", "ink-total", "A picture takes 400 % of ink", b"60 0 0 60 180 200 cm /A Do",
        XObject_A=picture(200, 200, b"\xff" * 160_000, Name.DeviceCMYK)),
    good("small-flat", "ink-total", b"1 1 1 .1 k 180 200 40 40 re f"),
    good("knocked-out", "ink-total",
         b"0 0 1 1 k 180 200 60 60 re f 1 1 0 0 k 180 200 60 60 re f"),
    bad("heavy-headline", "ink-of-black-text", "takes 290 % of ink", b".6 .6 .7 1 k "
        + text(b"(x)", 30), Font_F=FONT),
    good("lighter-headline", "ink-of-black-text", b".6 .6 .6 1 k " + text(b"(x)", 30), Font_F=FONT),
    bad("spot", "press-spots", 'asks for the ink "Orange"', b"/C cs 1 scn 180 200 9 9 re f",
        ColorSpace_C=spot("Orange")),
    good("process-spot", "press-spots", b"/C cs 1 scn 180 200 9 9 re f", ColorSpace_C=spot("Cyan")),
    bad("all", "press-all-inks", "painted with every ink", b"/C cs 1 scn 180 200 9 9 re f",
        ColorSpace_C=spot("All")),
    good("all-outside", "press-all-inks", b"/C cs 1 scn 5 200 9 9 re f", ColorSpace_C=spot("All")),
    bad("white-over", "white-overprints", "A fill in white overprints",
        GROUND + b"/G gs 0 0 0 0 k 180 200 9 9 re f", ExtGState_G=OVERPRINT),
    good("white-on-nothing", "white-overprints", b"/G gs 0 0 0 0 k 180 200 9 9 re f",
         ExtGState_G=OVERPRINT),
    bad("knocked-out-text", "black-overprints", "Black text of 9 pt knocks out",
        GROUND + b"0 0 0 1 k " + text(b"(x)", 9), Font_F=FONT),
    bad("gray-text", "black-overprints", "In DeviceGray it cannot.",
        GROUND + b"/G gs 0 g " + text(b"(x)", 9), Font_F=FONT, ExtGState_G=OVERPRINT),
    bad("knocked-out-line", "black-overprints", "Black stroke of 1 pt knocks out",
        GROUND + b"0 0 0 1 K 1 w" + b" 180 250 m 300 250 l S"),
    good("overprinting-text", "black-overprints", GROUND + b"/G gs 0 0 0 1 k " + text(b"(x)", 9),
         Font_F=FONT, ExtGState_G=OVERPRINT),
    good("text-on-paper", "black-overprints", b"0 0 0 1 k " + text(b"(x)", 9), Font_F=FONT),
    good("text-on-white", "black-overprints",
         GROUND + b"0 0 0 0 k 175 295 40 20 re f 0 0 0 1 k " + text(b"(x)", 9), Font_F=FONT),
    bad("coloured-copy", "copier-colour", "A fill stands in DeviceCMYK 0 0 0 1, which is not gray",
        b"0 0 0 1 k 180 200 9 9 re f", "copier"),
    good("gray-profile", "copier-colour", b"/C cs 0 scn 180 200 9 9 re f", "copier",
         ColorSpace_C=lambda pdf: Array([Name.ICCBased, pdf.make_stream(b"", Dictionary(N=1))])),
    bad("missing", "glyphs-there", "2 letters are missing in the font", text(b"<000000010000>"),
        Font_F=composite),
    good("there", "glyphs-there", text(b"<0001>"), Font_F=composite),
    bad("five-point", "text-size", "is 5 pt.", b"0 0 0 1 k " + text(b"(tiny)", 5), Font_F=FONT),
    bad("scaled-down", "text-size", "is 5 pt.", b".5 0 0 .5 90 150 cm 0 0 0 1 k "
        + text(b"(tiny)", 10), Font_F=FONT),
    good("six-point", "text-size", b"12 0 0 12 0 0 cm 0 0 0 1 k " + text(b"(tiny)", 0.5, (15, 25)),
         Font_F=FONT),
    bad("teal-text", "knockout-text-size", '"tab" is 7.5 pt in 4 inks.', TEAL
        + text(b"(tab)", 7.5), Font_F=FONT),
    bad("white-text", "knockout-text-size", "in white on colour",
        TEAL + b"170 290 99 30 re f 0 0 0 0 k " + text(b"(tab)", 7), Font_F=FONT),
    good("white-text-on-black", "knockout-text-size",
         b"0 0 0 1 k 170 290 99 30 re f 0 0 0 0 k " + text(b"(tab)", 7), Font_F=FONT),
    good("larger-teal-text", "knockout-text-size", TEAL + text(b"(tab)", 8), Font_F=FONT),
    bad("teal-line", "knockout-line-width", "A line is 0.2 pt thick in 4 inks.",
        b".9 .4 .45 .15 K .2 w" + LINE),
    bad("teal-rectangle", "knockout-line-width", "A line is 0.1 pt thick",
        TEAL + b"180 200 99 .1 re f"),
    good("thicker-teal-line", "knockout-line-width", b".9 .4 .45 .15 K .25 w" + LINE),
    good("thin-black-line", "knockout-line-width", b"0 0 0 1 K .1 w" + LINE),
    bad("149-ppi", "image-coarse", "has 149 an inch here", b"48.32 0 0 48.32 180 200 cm /A Do",
        XObject_A=PHOTO),
    good("tiny-dot", "image-coarse", b"99 0 0 2 180 200 cm /A Do",
         XObject_A=picture(16, 1, b"\x80" * 16, Name.DeviceGray)),
    bad("200-ppi", "image-soft", "has 200 an inch here", b"36 0 0 36 180 200 cm /A Do",
        XObject_A=PHOTO),
    good("225-ppi", "image-soft", b"0 32 -32 0 220 200 cm /A Do", XObject_A=PHOTO),
    bad("500-ppi-bitmap", "bitmap-coarse", "picture of one bit", b"14.4 0 0 14.4 180 200 cm /A Do",
        XObject_A=STENCIL),
    good("900-ppi-bitmap", "bitmap-coarse", b"8 0 0 8 180 200 cm /A Do", XObject_A=STENCIL),
    bad("700-ppi-bitmap", "bitmap-soft", "picture of one bit", b"10.28 0 0 10.28 180 200 cm /A Do",
        XObject_A=STENCIL),
    good("800-ppi-bitmap", "bitmap-soft", b"9 0 0 9 180 200 cm /A Do", XObject_A=STENCIL),
    bad("stops-at-trim", "bleed-reached", "touches the right trim and runs 0.000 in",
        b"0 0 0 .5 k 300 200 42 30 re f"),
    bad("stops-short", "bleed-reached", "touches the left trim and runs 0.062 in",
        b"0 0 0 .5 k 31.5 200 42 30 re f"),
    good("bleeds", "bleed-reached", b"0 0 0 .5 k 300 200 51 30 re f"),
    good("bleeds-in-two", "bleed-reached",
         b"0 0 0 .5 k 300 200 42 30 re f 342 200 9 30 re f"),
    good("keeps-off", "bleed-reached", b"0 0 0 .5 k 300 200 41 30 re f"),
    good("fold-mark-outside", "bleed-reached", b"0 0 0 1 k 189 5 .25 20 re f"),
    bad("near-trim", "trim-safe", "stands 0.056 in inside the trim", b"0 0 0 1 k "
        + text(b"(x)", 14, (40, 200)), Font_F=FONT),
    good("slug", "trim-safe", b"0 0 0 1 k " + text(b"(x)", 9, (40, 5)), Font_F=FONT),
    good("safe", "trim-safe", b"0 0 0 1 k " + text(b"(x)", 14, (45, 200)), Font_F=FONT),
    bad("in-the-fold", "fold-safe", "crosses the fold at 2.125 in", b"0 0 0 1 k "
        + text(b"(folded)", 14, (180, 300)), Font_F=FONT, expected=Expected(folds_pt=(153.0,)),
        others=("fold-panels",)),
    good("off-the-fold", "fold-safe", b"0 0 0 1 k " + text(b"(folded)", 14, (200, 300)),
         Font_F=FONT, expected=Expected(folds_pt=(153.0,)), others=("fold-panels",)),
    bad("at-the-edge", "copier-clear", "stands 0.14 in from the sheet's edge",
        b"0 g 10 200 9 9 re f", "copier"),
    good("just-clear", "copier-clear", b"0 g 18 200 9 9 re f", "copier"),
    good("white-edge", "copier-clear", b"1 g 0 0 612 792 re f 0 g 99 99 9 9 re f", "copier"),
    bad("picture-of-code", "code-vector", "A QR code is a picture.", b"84 0 0 84 200 200 cm /A Do",
        XObject_A=code_picture),
    good("drawn-code", "code-vector", code(200, 200, 72)),
    bad("teal-code", "code-one-ink", "painted in 4 inks", code(200, 200, 72, paint=TEAL)),
    good("cyan-code", "code-one-ink", code(200, 200, 72, runs=False, paint=b"1 0 0 0 k")),
    bad("close-rule", "code-quiet-zone", "has 2.0 modules of white around it",
        code(200, 200, 75) + b" 200 281 75 3 re f"),
    bad("white-plate", "code-quiet-zone", "has 3.0 modules of white around it",
        b"1 0 0 0 k 175 175 125 125 re f 0 0 0 0 k 191 191 93 93 re f " + code(200, 200, 75)),
    good("four-modules", "code-quiet-zone",
         b"1 0 0 0 k 175 175 125 125 re f 0 0 0 0 k 188 188 99 99 re f " + code(200, 200, 75)),
    good("light-ground", "code-quiet-zone",
         b"0 .06 .16 0 k 175 175 125 125 re f " + code(200, 200, 75)),
    bad("small-code", "code-module", "A module of a QR code is 0.35 mm.", code(200, 200, 24.8)),
    good("larger-code", "code-module", code(200, 200, 28.4)),
    bad("spoiled-code", "code-reads", "cannot be read", code(200, 200, 75, spoiled=True)),
    good("squares", "code-reads", b"0 0 0 1 k " + b" ".join(
        b"%d %d 3 3 re" % (180 + 7 * x, 200 + 5 * y) for x in range(9) for y in range(9)) + b" f"),
    bad("other-url", "code-url", 'not to "https://example.org/b"', code(200, 200, 72),
        expected=Expected(urls=("https://example.org/b",))),
    good("same-url", "code-url", code(200, 200, 72), expected=Expected(urls=(URL,))),
    bad("pale-text", "text-contrast", "Text of 14 pt has a contrast of 4.4",
        b".467 .467 .467 rg " + text(b"(x)"), "screen", Font_F=FONT),
    bad("pale-ground", "text-contrast", "a contrast of 2.1",
        b"0 0 1 rg 170 190 160 160 re f 1 0 0 rg " + text(b"(x)"), "screen", Font_F=FONT),
    bad("large-and-paler", "text-contrast", "a contrast of 2.8",
        b".6 .6 .6 rg " + text(b"(x)", 18), "screen", Font_F=FONT),
    good("dark-enough", "text-contrast", b".462 .462 .462 rg " + text(b"(x)"), "screen",
         Font_F=FONT),
    good("large-and-pale", "text-contrast", b".57 .57 .57 rg " + text(b"(x)", 18), "screen",
         Font_F=FONT),
    good("bold-and-pale", "text-contrast", b".57 .57 .57 rg " + text(b"(x)", 14), "screen",
         Font_F=font("Some-Bold", embedded=True)),
    good("white-on-blue", "text-contrast", b"0 0 .6 rg 170 190 160 160 re f 1 g " + text(b"(x)"),
         "screen", Font_F=FONT),
    good("white-on-a-picture", "text-contrast", b"q 160 0 0 160 170 190 cm /I Do Q 1 g "
         + text(b"(x)"), "screen", Font_F=FONT, XObject_I=PHOTO),
    good("pale-on-pieces", "text-contrast", b"0 g 170 190 160 160 re 400 0 9 9 re f .8 g "
         + text(b"(x)"), "screen", Font_F=FONT),
)  # fmt: skip
"""Every case, the bad ones of a rule before the good ones."""


def deep(pdf: pikepdf.Pdf, forms: int) -> object:
    """Return a form within a form, and so on."""
    inner = form(b"0 0 0 1 k 180 200 9 9 re f", Resources=Dictionary())(pdf)
    for _ in range(forms - 1):
        inner = form(b"/A Do", Resources=Dictionary(XObject=Dictionary(A=inner)))(pdf)
    return inner


def circle(pdf: pikepdf.Pdf) -> object:
    """Return a form that draws itself."""
    one = pdf.make_stream(b"/A Do", Dictionary(Subtype=Name.Form, BBox=Array([0, 0, 378, 468])))
    one.Resources = Dictionary(XObject=Dictionary(A=one))
    return one


def drawn(pdf: pikepdf.Pdf, glyph: bytes) -> Dictionary:
    """Return a Type 3 font with one glyph, x."""
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        FontBBox=Array([0, 0, 600, 700]),
        FirstChar=120,
        LastChar=120,
        Widths=Array([600]),
        Encoding=Dictionary(Differences=Array([120, Name.x])),
        CharProcs=Dictionary(x=pdf.make_stream(glyph)),
        Resources=Dictionary(),
    )
