"""For each rule about a document: files that break it, and good files that almost do."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from preflight.makings import Change, made, press, saved
from printkit.lengths import Size
from printkit.preflight.limits import Expected

CARD = Size(width_pt=306, height_pt=396)
THIRDS = tuple(inches * 72 for inches in (3.6875, 7.375))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A file that breaks a rule, or almost does."""

    name: str
    code: str
    """The rule that it breaks; for one that is good, the rule that it almost breaks."""
    pdf: Callable[[], bytes]
    says: str = ""
    """Words of the finding; nothing for a good file."""
    edition: str = "press"
    expected: Expected = field(default_factory=Expected)
    others: tuple[str, ...] = ()
    """Rules that such a file must break too."""


def bad(name: str, code: str, says: str, change: Change, of: str = "press", **more: Any) -> Case:
    edition = "press" if of == "x1a" else of
    return Case(
        name=name, code=code, says=says, pdf=lambda: made(of, change), edition=edition, **more
    )


def good(name: str, code: str, change: Change, of: str = "press", **more: Any) -> Case:
    return bad(name, code, "", change, of, **more)


def root(**entries: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            if value is None:
                del pdf.Root[f"/{key}"]
            else:
                pdf.Root[f"/{key}"] = value

    return change


def page(number: int = 1, **entries: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            if value is None:
                del pdf.pages[number - 1].obj[f"/{key}"]
            else:
                pdf.pages[number - 1].obj[f"/{key}"] = value

    return change


def every(**entries: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for number in range(len(pdf.pages)):
            page(number + 1, **entries)(pdf)

    return change


def info(**entries: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            if value is None:
                del pdf.trailer.Info[f"/{key}"]
            else:
                pdf.trailer.Info[f"/{key}"] = value

    return change


def xmp(pattern: str, by: str) -> Change:
    """Return a change of the metadata's words."""

    def change(pdf: pikepdf.Pdf) -> None:
        old = pdf.Root.Metadata.read_bytes().decode()
        new = re.sub(pattern, by, old, flags=re.DOTALL)
        assert new != old
        pdf.Root.Metadata.write(new.encode())

    return change


def both(*changes: Change) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for one in changes:
            one(pdf)

    return change


def intent(change: Callable[[pikepdf.Object], None]) -> Change:
    return lambda pdf: change(pdf.Root.OutputIntents[0])


def using(content: bytes, sort: str, key: str, make: Callable[[pikepdf.Pdf], object]) -> Change:
    """Return a change that gives page 1 a resource and content that uses it."""

    def change(pdf: pikepdf.Pdf) -> None:
        first = pdf.pages[0]
        first.obj.Resources[f"/{sort}"] = Dictionary({f"/{key}": make(pdf)})
        first.contents_add(content)

    return change


def note(kind: str, box: Sequence[float], **more: Any) -> Change:
    one = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array(list(box)), **more)
    return page(Annots=Array([one]))


def state(**entries: Any) -> Change:
    return using(b"/G gs", "ExtGState", "G", lambda pdf: Dictionary(**entries))


def font(name: str, *, embedded: bool) -> Callable[[pikepdf.Pdf], Dictionary]:
    def make(pdf: pikepdf.Pdf) -> Dictionary:
        descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name(f"/{name}"), Flags=32)
        if embedded:
            descriptor.FontFile3 = pdf.make_stream(b"")
        return Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name(f"/{name}"),
            FontDescriptor=pdf.make_indirect(descriptor),
        )

    return make


def image(**entries: Any) -> Change:
    def make(pdf: pikepdf.Pdf) -> object:
        stream = pdf.make_stream(b"\0" * 4)
        stream.Subtype, stream.Width, stream.Height = Name.Image, 1, 1
        stream.ColorSpace, stream.BitsPerComponent = Name.DeviceCMYK, 8
        for key, value in entries.items():
            stream[f"/{key}"] = value
        return stream

    return using(b"q 0.2 0 0 0.2 99 99 cm /I Do Q", "XObject", "I", make)


def form(**entries: Any) -> Change:
    def make(pdf: pikepdf.Pdf) -> object:
        stream = pdf.make_stream(b"0 0 0 1 k 80 80 9 9 re f")
        stream.Subtype, stream.BBox = Name.Form, Array([0, 0, 378, 468])
        for key, value in entries.items():
            stream[f"/{key}"] = value
        return stream

    return using(b"/X Do", "XObject", "X", make)


def elements(change: Callable[[Any], None]) -> Change:
    """Return a change of the screen file's heading, figure and link, page after page."""
    return lambda pdf: change(pdf.Root.StructTreeRoot.K.K)


def setting(place: int, key: str, value: object) -> Change:
    def change(kids: pikepdf.Array) -> None:
        if value is None:
            del kids[place][f"/{key}"]
        else:
            kids[place][f"/{key}"] = value

    return elements(change)


def first_link(key: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0].obj.Annots[0][f"/{key}"]

    return change


def more_pages(count: int) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for _ in range(count):
            pdf.pages.append(pdf.pages[0])

    return change


def nothing(pdf: pikepdf.Pdf) -> None:
    """Leave a file as it is."""


def without_id() -> bytes:
    """Return a file whose trailer names no identifier."""
    return re.sub(rb"/ID \[.*?\] ?", b"", made("press"), flags=re.DOTALL)


def locked(**passwords: str) -> bytes:
    with press() as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(**passwords))  # type: ignore[arg-type]


GROUP = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
SIDE = 72.0


def tagged(pdf: pikepdf.Pdf, number: int) -> pikepdf.Object:
    """Return an element of the document's."""
    return pdf.Root.StructTreeRoot.K.K[number]


def parts(*roles: str) -> Change:
    """Return a change that puts in an element within an element within an element."""

    def change(pdf: pikepdf.Pdf) -> None:
        holder = pdf.Root.StructTreeRoot.K
        for role in roles:
            inner = pdf.make_indirect(Dictionary(S=Name(f"/{role}"), P=holder, K=Array()))
            holder.K.append(inner)
            holder = inner

    return change


def table(head: str, cell: str, **attributes: Any) -> Change:
    """Return a change that puts in a table of two cells, one above the other."""

    def change(pdf: pikepdf.Pdf) -> None:
        rows = [
            Dictionary(S=Name.TR, K=Array([Dictionary(S=Name(f"/{role}"), K=Array())]))
            for role in (head, cell)
        ]
        if attributes:
            rows[0].K[0].A = Dictionary(O=Name.Table, **attributes)
        body = Dictionary(S=Name.TBody, K=Array(rows[1:]))
        holder = pdf.Root.StructTreeRoot.K
        holder.K.append(pdf.make_indirect(Dictionary(S=Name.Table, K=Array([rows[0], body]))))

    return change


def blank(tip: str = "Your name", role: str = "Form", **entries: Any) -> Change:
    """Return a change that puts in a form field; its tip is told by the field above the widget."""

    def change(pdf: pikepdf.Pdf) -> None:
        above = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("a"), TU=String(tip)))
        widget = pdf.make_indirect(
            Dictionary(
                Subtype=Name.Widget, Rect=Array([9, 9, 99, 30]), StructParent=90, Parent=above, F=4
            )
        )
        pdf.pages[0].obj.Annots.append(widget)
        holder = pdf.Root.StructTreeRoot.K
        kid = Dictionary(Type=Name.OBJR, Obj=widget)
        form = pdf.make_indirect(Dictionary(S=Name(f"/{role}"), P=holder, K=kid, **entries))
        holder.K.append(form)
        pdf.Root.StructTreeRoot.ParentTree.Nums.extend(Array([90, form]))

    return change


CASES: tuple[Case, ...] = (
    Case(name="cut-off", code="pdf-opens", pdf=lambda: made("press")[:400], says="cannot be read"),
    Case(name="words", code="pdf-opens", pdf=lambda: b"Dear shop,", says="cannot be read"),
    Case(name="after-junk", code="pdf-opens", pdf=lambda: b"\n\n" + made("press")),
    Case(name="password", code="pdf-unlocked", pdf=lambda: locked(user="a", owner="b"),
         says="asks for a password"),
    Case(name="restricted", code="pdf-unlocked", pdf=lambda: locked(owner="b"),
         says="The file is encrypted."),
    Case(name="unlocked", code="pdf-unlocked", pdf=lambda: made("press")),
    Case(name="moved-table", code="pdf-whole", others=(), says="The file is damaged",
         pdf=lambda: made("press").replace(b"startxref\n", b"startxref\n9")),
    Case(name="trailing-words", code="pdf-whole", pdf=lambda: made("press") + b"\n% the end\n"),
    bad("wide-trim", "trim-size", "4.264 × 5.500 in, and 4.25 × 5.5 in was ordered",
        page(TrimBox=Array([36, 36, 343, 432]), BleedBox=Array([27, 27, 352, 441])),
        expected=Expected(trim=CARD)),
    good("near-trim", "trim-size", page(TrimBox=Array([36, 36, 342.2, 432]),
         BleedBox=Array([27, 27, 351.2, 441])), expected=Expected(trim=CARD)),
    bad("odd-paper", "trim-size", "office machines hold no such paper",
        every(MediaBox=Array([0, 0, 500, 500])), "copier"),
    good("a4-paper", "trim-size", every(MediaBox=Array([0, 0, 595.28, 841.89])), "copier"),
    bad("two-sizes", "trims-equal", "and that of page 1",
        page(2, TrimBox=Array([36, 36, 342, 400]), BleedBox=Array([27, 27, 351, 409]))),
    good("near-sizes", "trims-equal", page(2, TrimBox=Array([36, 36, 342.1, 432]))),
    bad("thin-bleed", "bleed-full", "The bleed is 0.083 in, and should be 0.125 in.",
        page(BleedBox=Array([30, 27, 351, 441]))),
    bad("no-bleed", "bleed-full", "There is no BleedBox", page(BleedBox=None)),
    bad("screen-bleed", "bleed-full", "and should be 0.000 in", every(
        TrimBox=Array([9, 9, 297, 387]), BleedBox=Array([0, 0, 306, 396])), "screen"),
    good("wide-bleed", "bleed-full", page(BleedBox=Array([18, 18, 360, 450]))),
    bad("no-trim", "boxes-nest", "There is no TrimBox.", page(TrimBox=None),
        others=("trims-equal",)),
    bad("art-too", "boxes-nest", "There is an ArtBox beside",
        page(ArtBox=Array([36, 36, 342, 432]))),
    bad("crop", "boxes-nest", "The CropBox is not the MediaBox.",
        page(CropBox=Array([27, 27, 351, 441]))),
    bad("small-paper", "boxes-nest", "beyond the paper", page(MediaBox=Array([30, 0, 378, 468]))),
    good("whole-crop", "boxes-nest", page(CropBox=Array([0, 0, 378, 468]))),
    bad("turned", "page-upright", "The page is turned by 90 degrees.", page(Rotate=90)),
    good("turned-whole", "page-upright", page(Rotate=360)),
    bad("unit", "page-unit", "The page has a unit of its own.", page(UserUnit=2)),
    good("unit-of-one", "page-unit", page(UserUnit=1)),
    bad("no-claim", "pdfx-claim", "does not say which PDF/X",
        xmp("<pdfxid:GTS_PDFXVersion>.*Version>", "")),
    bad("x3", "pdfx-claim", '"PDF/X-3:2003", which is not PDF/X-4', both(
        xmp("<pdfxid:GTS_PDFXVersion>.*Version>", ""),
        info(GTS_PDFXVersion=String("PDF/X-3:2003")))),
    bad("x4-in-info", "pdfx-claim", "in its information alone", both(
        xmp("<pdfxid:GTS_PDFXVersion>.*Version>", ""),
        xmp("http://www.npes.org/pdfx/ns/id/", "x:y"),
        info(GTS_PDFXVersion=String("PDF/X-4")))),
    bad("not-as-ordered", "pdfx-claim", "which is not PDF/X-1a", nothing,
        expected=Expected(standard="PDF/X-1a")),
    good("other-prefix", "pdfx-claim", xmp("pdfxid", "ns0")),
    good("x1a", "pdfx-claim", nothing, "x1a"),
    Case(name="no-id", code="file-id", pdf=without_id, says="no identifier", others=("pdf-whole",)),
    Case(name="an-id", code="file-id", pdf=lambda: made("press")),
    bad("no-title", "title-and-dates", "does not say its title", both(
        info(Title=None), xmp("<dc:title>.*</dc:title>", ""))),
    bad("no-date", "title-and-dates", "its day it was changed", both(
        info(ModDate=None), xmp("<xmp:ModifyDate>.*</xmp:ModifyDate>", ""))),
    bad("odd-date", "title-and-dates", "which is no date", info(CreationDate=String("yesterday"))),
    good("title-in-metadata", "title-and-dates", info(Title=None, CreationDate=None)),
    bad("not-trapped", "trapped-said", "does not say", info(Trapped=None)),
    bad("unknown-trapping", "trapped-said", 'says "Unknown"', info(Trapped=Name.Unknown)),
    good("trapped", "trapped-said", info(Trapped=Name("/True"))),
    bad("no-intent", "press-output-intent", "There are 0 output intents", root(OutputIntents=None)),
    bad("nameless-intent", "press-output-intent", "names no printing condition",
        intent(lambda one: one.__setitem__("/OutputConditionIdentifier", String("")))),
    bad("rgb-intent", "press-output-intent", "is not a CMYK printer's",
        intent(lambda one: one.DestOutputProfile.write(b"\0" * 12 + b"mntrRGB "))),
    good("two-kinds-of-intent", "press-output-intent", lambda pdf: pdf.Root.OutputIntents.append(
        Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1))),
    bad("script", "no-actions", "JavaScript", root(OpenAction=SCRIPT)),
    bad("named-script", "no-actions", "The file holds JavaScript.", root(
        Names=Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT]))))),
    bad("page-action", "no-actions", "The page has actions.", page(AA=Dictionary(O=SCRIPT))),
    good("opens-at", "no-actions", lambda pdf: root(
        OpenAction=Array([pdf.pages[0].obj, Name.Fit]))(pdf)),
    bad("link", "annotations-outside", "lies on the paper", note("Link", (99, 99, 120, 120))),
    good("note-outside", "annotations-outside", note("Text", (2, 2, 20, 20))),
    bad("postscript", "no-postscript", "a piece of PostScript", form(Subtype=Name.PS)),
    bad("curve", "no-postscript", "transfer curve", state(TR=Dictionary(FunctionType=2))),
    bad("alternates", "no-postscript", "has alternates", image(Alternates=Array([Dictionary()]))),
    good("default-curve", "no-postscript", state(TR2=Name.Default)),
    bad("x1a-alpha", "x1a-flat", "see-through", state(ca=0.5), "x1a"),
    bad("x1a-group", "x1a-flat", "transparency group", page(Group=GROUP), "x1a"),
    bad("x1a-blend", "x1a-flat", "blends", state(BM=Name.Multiply), "x1a"),
    good("x1a-opaque", "x1a-flat", state(ca=1, CA=1, BM=Name.Normal, SMask=Name("/None")), "x1a"),
    bad("no-font", "fonts-embedded", '"Helvetica" is not in the file', using(
        b"BT /F 12 Tf 99 99 Td ET", "Font", "F", font("Helvetica", embedded=False))),
    good("unused-font", "fonts-embedded", using(
        b"", "Font", "F", font("Helvetica", embedded=False))),
    bad("courier", "no-courier", '"Courier-Bold"', using(
        b"BT /F 12 Tf 99 99 Td ET", "Font", "F", font("ABCDEF+Courier-Bold", embedded=True))),
    good("no-courier-at-all", "no-courier", using(
        b"BT /F 12 Tf 99 99 Td ET", "Font", "F", font("ABCDEF+NotoSans", embedded=True))),
    bad("equal-panels", "fold-panels", "The panels are", nothing,
        expected=Expected(folds_pt=(102, 204))),
    bad("fold-outside", "fold-panels", "outside the sheet", nothing,
        expected=Expected(folds_pt=(SIDE * 6,))),
    good("thirds", "fold-panels", every(
        MediaBox=Array([0, 0, 864, 684]), TrimBox=Array([36, 36, 828, 648]),
        BleedBox=Array([27, 27, 837, 657])), expected=Expected(folds_pt=THIRDS)),
    bad("mark-in-bleed", "marks-clear", "within the bleed", note("PrinterMark", (28, 28, 34, 34))),
    bad("ticks-in-bleed", "marks-clear", "A crop mark stands within the bleed.", lambda pdf:
        pdf.pages[0].contents_add(b"0.25 w 0 0 0 1 K 36 20 m 36 34 l S")),
    good("ticks-outside", "marks-clear", lambda pdf: pdf.pages[0].contents_add(
        b"0.25 w 0 0 0 1 K 36 5 m 36 24 l 5 36 m 24 36 l 36 20 m 36 27 l S")),
    good("mark-outside", "marks-clear", note("PrinterMark", (2, 2, 20, 20))),
    bad("six-pages", "pages-by-four", "There are 6 pages.", more_pages(4),
        expected=Expected(stitched=True)),
    good("eight-pages", "pages-by-four", more_pages(6), expected=Expected(stitched=True)),
    bad("no-ua", "ua-claim", "does not say that it is PDF/UA",
        xmp("<pdfuaid:part>1", "<pdfuaid:part>2"), "screen"),
    good("ua-attribute", "ua-claim", xmp("<pdfuaid:part>1</pdfuaid:part>",
         '<rdf:Description pdfuaid:part="1"/>'), "screen"),
    bad("file-name-shown", "ua-title", "does not ask", root(ViewerPreferences=None), "screen"),
    bad("untitled", "ua-title", "has no title", xmp("<dc:title>.*</dc:title>", ""), "screen"),
    good("bare-title", "ua-title", xmp("<dc:title>.*</dc:title>", "<dc:title>A</dc:title>"),
         "screen"),
    bad("no-language", "ua-language", "does not say", root(Lang=None), "screen"),
    bad("odd-part-language", "ua-language", 'A part of the file says "Klingon speech"',
        setting(0, "Lang", String("Klingon speech")), "screen"),
    good("long-language", "ua-language", root(Lang=String("zh-Hant-TW")), "screen"),
    bad("unmarked", "ua-tagged", "does not say that it is tagged", root(MarkInfo=None), "screen"),
    bad("own-tag", "ua-tagged", '"Poem" stands for none', setting(0, "S", Name.Poem), "screen"),
    good("mapped-tag", "ua-tagged", both(setting(0, "S", Name.Poem), lambda pdf:
         pdf.Root.StructTreeRoot.RoleMap.__setitem__("/Poem", Name.H1)), "screen"),
    bad("page-apart", "ua-pages-tagged", "not in the structure tree", page(StructParents=None),
        "screen"),
    good("empty-page", "ua-pages-tagged", page(StructParents=None, Contents=None), "screen",
         others=("page-empty",)),
    bad("mute-figure", "ua-alternate", "no alternate text", setting(1, "Alt", None), "screen"),
    good("replaced-figure", "ua-alternate", both(setting(1, "Alt", None),
         setting(1, "ActualText", String("Square"))), "screen"),
    bad("deep-heading", "ua-headings", "A heading 3 stands after a heading 1.",
        setting(3, "S", Name.H3), "screen"),
    good("next-heading", "ua-headings", setting(3, "S", Name.H2), "screen"),
    bad("no-tabs", "ua-tab-order", "tab key", page(Tabs=None), "screen"),
    good("no-notes-no-tabs", "ua-tab-order", both(page(Tabs=None, Annots=None)), "screen"),
    bad("mute-link", "ua-links", "does not say where", first_link("Contents"), "screen"),
    bad("lost-link", "ua-links", "not in the structure tree", first_link("StructParent"), "screen"),
    good("popup", "ua-links", lambda pdf: pdf.pages[0].obj.Annots.append(pdf.make_indirect(
         Dictionary(Subtype=Name.Popup, Rect=Array([0, 0, 9, 9])))), "screen"),
    bad("loose-paint", "ua-content", "1 thing that the page paints is neither", lambda pdf:
        pdf.pages[0].contents_add(b"0 g 9 9 9 9 re f"), "screen"),
    good("artifact", "ua-content", lambda pdf: pdf.pages[0].contents_add(
         b"/Artifact <</Type /Layout>> BDC 0 g 9 9 9 9 re f EMC 9 9 9 9 re n"), "screen"),
    bad("headless-table", "ua-tables", "has no header cells", table("TD", "TD"), "screen"),
    bad("scopeless-table", "ua-tables", "do not say what they head", table("TH", "TD"), "screen"),
    good("headed-table", "ua-tables", table("TH", "TD", Scope=Name.Column), "screen"),
    good("empty-table", "ua-tables", table("P", "P"), "screen"),
    bad("list-of-paragraphs", "ua-lists", "A list holds a tag P.", parts("L", "P"), "screen"),
    bad("item-of-paragraphs", "ua-lists", "A list's item holds a tag P.",
        parts("L", "LI", "P"), "screen"),
    good("list-of-items", "ua-lists", parts("L", "LI", "LBody", "P"), "screen"),
    bad("placeless-figure", "ua-figure-place", "does not say where it stands",
        setting(1, "A", None), "screen"),
    good("figure-of-many-attributes", "ua-figure-place", lambda pdf: setting(
         1, "A", Array([Dictionary(O=Name.Table), tagged(pdf, 1).A]))(pdf), "screen"),
    bad("mute-field", "ua-fields", "does not say what to write", blank(tip=""), "screen"),
    bad("lost-field", "ua-fields", "not in a Form", blank(role="P"), "screen"),
    good("told-field", "ua-fields", blank(), "screen"),
    good("field-told-by-its-form", "ua-fields", blank(tip="", Alt=String("Name")), "screen"),
    bad("long-file", "ua-bookmarks", "21 pages and no bookmarks", more_pages(19), "screen"),
    good("twenty-pages", "ua-bookmarks", more_pages(18), "screen"),
)  # fmt: skip
"""Every case, the bad ones of a rule before the good one."""
