"""Small good files for preflight, each made of nothing but pikepdf: for the press, for a screen."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Change = Callable[[pikepdf.Pdf], None]

TRIM = (36.0, 36.0, 342.0, 432.0)
"""4.25 × 5.5 in on paper with room for marks."""
_XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A card</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>2026-01-01T00:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>2026-01-01T00:00:00Z</xmp:ModifyDate>
{claim}</rdf:Description></rdf:RDF></x:xmpmeta>"""
_X4 = "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
_UA = "<pdfuaid:part>1</pdfuaid:part>"


def press(pages: int = 2) -> pikepdf.Pdf:
    """Return a card for the press, with nothing wrong."""
    pdf = _with_pages(pages, b"0 0 0 1 k 72 72 90 90 re f")
    for page in pdf.pages:
        page.obj.MediaBox = Array([0, 0, 378, 468])
        page.obj.TrimBox = Array(list(TRIM))
        page.obj.BleedBox = Array([27, 27, 351, 441])
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String("A card"),
            CreationDate=String("D:20260101000000Z"),
            ModDate=String("D:20260101000000Z"),
            Trapped=Name("/False"),
        )
    )
    profile = pdf.make_stream(b"\0" * 12 + b"prtrCMYKLab " + b"\0" * 12 + b"acsp" + b"\0" * 88)
    profile.N = 4
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFX,
                OutputConditionIdentifier=String("CGATS TR 006"),
                DestOutputProfile=profile,
            )
        ]
    )
    tell(pdf, _XMP.format(claim=_X4))
    return pdf


def x1a(pages: int = 2) -> pikepdf.Pdf:
    """Return a card for the press as PDF/X-1a."""
    pdf = press(pages)
    pdf.trailer.Info.GTS_PDFXVersion = String("PDF/X-1a:2003")
    tell(pdf, _XMP.format(claim=""))
    return pdf


def screen(pages: int = 2) -> pikepdf.Pdf:
    """Return a card for the screen: tagged, with a heading, a picture and a link on each page."""
    content = b"/H1 <</MCID 0>> BDC EMC /Figure <</MCID 1>> BDC 0 g 72 72 90 90 re f EMC"
    pdf = _with_pages(pages, content)
    top = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, RoleMap=Dictionary()))
    numbers = Array()
    document = pdf.make_indirect(Dictionary(S=Name.Document, P=top, K=Array()))
    for number, page in enumerate(pdf.pages):
        here: dict[str, Any] = {"P": document, "Pg": page.obj}
        heading = pdf.make_indirect(Dictionary(S=Name.H1, K=0, **here))
        place = Dictionary(O=Name.Layout, BBox=Array([72, 72, 162, 162]))
        figure = pdf.make_indirect(
            Dictionary(S=Name.Figure, K=1, A=place, Alt=String("A square"), **here)
        )
        link = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([72, 72, 162, 162]),
                Contents=String("example.org"),
                StructParent=2 * number + 1,
                A=Dictionary(S=Name.URI, URI=String("https://example.org")),
            )
        )
        holder = pdf.make_indirect(
            Dictionary(S=Name.Link, K=Dictionary(Type=Name.OBJR, Obj=link), **here)
        )
        page.obj.Annots, page.obj.Tabs = Array([link]), Name.S
        page.obj.StructParents = 2 * number
        numbers.extend(Array([2 * number, Array([heading, figure]), 2 * number + 1, holder]))
        document.K.extend([heading, figure, holder])
    top.K, top.ParentTree = document, pdf.make_indirect(Dictionary(Nums=numbers))
    pdf.Root.StructTreeRoot = top
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String("en")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    tell(pdf, _XMP.format(claim=_UA))
    return pdf


def copier(pages: int = 2) -> pikepdf.Pdf:
    """Return two Letter pages in gray."""
    return _with_pages(pages, b"0 g 72 72 90 90 re f", [0, 0, 612, 792])


MAKERS: dict[str, Callable[[], pikepdf.Pdf]] = {
    "press": press,
    "x1a": x1a,
    "screen": screen,
    "copier": copier,
}


def tell(pdf: pikepdf.Pdf, xmp: str) -> None:
    """Write a file's metadata."""
    pdf.Root.Metadata = pdf.make_stream(xmp.encode())
    pdf.Root.Metadata.Type, pdf.Root.Metadata.Subtype = Name.Metadata, Name.XML


def made(name: str, change: Change | None = None) -> bytes:
    """Return a good file's bytes, with one change."""
    with MAKERS[name]() as pdf:
        if change is not None:
            change(pdf)
        return saved(pdf)


def saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    """Return a file's bytes, the same for the same file."""
    out = io.BytesIO()
    how = how or {"deterministic_id": True}
    pdf.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def _with_pages(pages: int, content: bytes, media: list[float] | None = None) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.pages.append(
            pikepdf.Page(
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.Page,
                        MediaBox=Array(media or [0, 0, 306, 396]),
                        Resources=Dictionary(),
                        Contents=pdf.make_stream(content),
                    )
                )
            )
        )
    return pdf
