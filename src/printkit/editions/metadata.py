"""What a PDF says of itself: the same words in Info and XMP, and no word of the clock."""

from datetime import date
from html import escape

import pikepdf
from pikepdf import Dictionary, Name

import printkit
from printkit.editions.edition import Claim

PRODUCER = f"printkit {printkit.__version__}"
_PDFXID = "http://www.npes.org/pdfx/ns/id/"
_PDFX = "http://ns.adobe.com/pdfx/1.3/"
_FOR_PRINT = ("PDF/X-4", "PDF/X-1a:2003")
_PDFUA = "http://www.aiim.org/pdfua/ns/id/"


def describe(
    pdf: pikepdf.Pdf, *, title: str, created: date, claim: Claim | None, document: str
) -> None:
    """Write a PDF's Info and XMP; `document` is the digest that names the file."""
    day = f"D:{created:%Y%m%d}000000Z"
    info = Dictionary(
        Title=pikepdf.String(title),
        Creator=pikepdf.String("printkit"),
        Producer=pikepdf.String(PRODUCER),
        CreationDate=pikepdf.String(day),
        ModDate=pikepdf.String(day),
    )
    if claim in _FOR_PRINT:
        info.Trapped = Name("/False")
    if claim == "PDF/X-1a:2003":
        info.GTS_PDFXVersion = pikepdf.String(claim)
    pdf.trailer.Info = pdf.make_indirect(info)
    packet = xmp(title=title, created=created, claim=claim, document=document)
    metadata = pdf.Root.get("/Metadata")
    if metadata is None:
        metadata = pdf.Root.Metadata = pdf.make_stream(b"")
    metadata.write(packet)
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML


def xmp(*, title: str, created: date, claim: Claim | None, document: str) -> bytes:
    """Return a PDF's XMP packet."""
    before, after = xmp_around(title=title, created=created, claim=claim)
    return before + document.encode() + after


def xmp_around(*, title: str, created: date, claim: Claim | None) -> tuple[bytes, bytes]:
    """Return what stands before and after the digest in a PDF's XMP packet."""
    title = escape(title, quote=False)
    stamp = f"{created:%Y-%m-%d}T00:00:00Z"
    trapped = "<pdf:Trapped>False</pdf:Trapped>" if claim in _FOR_PRINT else ""
    before = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>
<xmp:MetadataDate>{stamp}</xmp:MetadataDate><xmp:CreatorTool>printkit</xmp:CreatorTool>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<xmpMM:DocumentID>xmp.did:"""
    after = f"""</xmpMM:DocumentID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass><xmpMM:VersionID>1</xmpMM:VersionID>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{escape(PRODUCER, quote=False)}</pdf:Producer>{trapped}</rdf:Description>
{_claimed(claim)}
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
    return before.encode(), after.encode()


def _claimed(claim: Claim | None) -> str:
    """Return the standard that a file says it keeps, each in its own place."""
    if claim is None:
        return ""
    own, key, value = {
        "PDF/X-4": (_PDFXID, "GTS_PDFXVersion", "PDF/X-4"),
        "PDF/X-1a:2003": (_PDFX, "GTS_PDFXVersion", "PDF/X-1a:2003"),
        "PDF/UA-1": (_PDFUA, "part", "1"),
    }[claim]
    prefix = {_PDFXID: "pdfxid", _PDFX: "pdfx", _PDFUA: "pdfuaid"}[own]
    return (
        f'<rdf:Description rdf:about="" xmlns:{prefix}="{own}">'
        f"<{prefix}:{key}>{value}</{prefix}:{key}></rdf:Description>"
    )


def without_interaction(pdf: pikepdf.Pdf) -> None:
    """Take out of a PDF for paper what only a screen can use."""
    for key in ("/AcroForm", "/Names", "/OpenAction", "/Outlines", "/PageMode", "/AA"):
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        for key in ("/Annots", "/AA", "/StructParents", "/Tabs"):
            if key in page.obj:
                del page.obj[key]


def without_spare_spaces(pdf: pikepdf.Pdf) -> None:
    """Drop the Lab spaces that WeasyPrint names in every file, used or not."""
    for obj in pdf.objects:
        if isinstance(obj, Dictionary) and "/lab-d50" in obj and "/lab-d65" in obj:
            for key in list(obj.keys()):
                del obj[key]
