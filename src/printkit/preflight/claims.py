"""What a file says of itself: its standard, its identifier, its dates, its printing condition."""

import re
import zlib
from collections.abc import Iterator
from typing import Any

from pikepdf import Stream

from printkit.errors import quoted
from printkit.findings import Finding, Rule, Severity
from printkit.preflight.documents import Document
from printkit.preflight.limits import Asked
from printkit.preflight.objects import bytes_of, entry, listed_in, name_of, text_of

CLAIM = Rule(
    code="pdfx-claim",
    severity=Severity.FAIL,
    rule="A press file says which PDF/X it keeps, where that version says it, and it is the one "
    "ordered: X-4 in the metadata, X-1a in the document's information.",
    because="Shops sort files by this line. X-3 and plain X-1 let other colour in, or say less, "
    "and are not X-4 or X-1a (ISO 15930-7; ISO 15930-1).",
)
IDENTIFIED = Rule(
    code="file-id",
    severity=Severity.FAIL,
    rule="The trailer holds the file's identifier.",
    because="By it a shop's programs tell one version of a file from another (ISO 15930-7).",
)
DATED = Rule(
    code="title-and-dates",
    severity=Severity.FAIL,
    rule="A press file has a title, the day it was made and the day it was changed.",
    because="A shop files by them, and PDF/X asks for all three (ISO 15930-7).",
)
TRAPPED = Rule(
    code="trapped-said",
    severity=Severity.FAIL,
    rule="A press file says whether its inks are trapped: True or False, never Unknown.",
    because="A shop that does not know traps again, or not at all (ISO 15930-7).",
)
INTENT = Rule(
    code="press-output-intent",
    severity=Severity.FAIL,
    rule="A press file has exactly one PDF/X output intent, whose CMYK printer profile is in the "
    "file and whose printing condition has a name.",
    because="The intent says what the inks are meant to look like (PDF/X-4, ISO 15930-7; "
    "GWG 2022 R35).",
)
RULES = (CLAIM, IDENTIFIED, DATED, TRAPPED, INTENT)

_EXPORT = "Export it as PDF/X-4, with the shop's printing condition as its output intent."
_PDFX_ID = "http://www.npes.org/pdfx/ns/id/"
_DATE = re.compile(r"(D:)?\d{4}(-?\d\d){0,2}.{0,30}")
_HEADER = 128
"""Bytes of an ICC profile before its table."""


def check(document: Document, asked: Asked) -> Iterator[Finding]:
    """Yield what a press file fails to say of itself; other editions are asked nothing."""
    if asked.edition != "press":
        return
    for rule, what, fix in (
        *_claim_is_right(document, asked),
        *_file_is_identified(document),
        *_title_and_dates_stand(document),
        *_trapping_is_said(document),
        *_intent_is_one(document),
    ):
        yield asked.finding(rule, what, fix)


def claim_of(document: Document) -> str:
    """Return what a file says it is, such as "PDF/X-4" or "PDF/X-1a:2003"; nothing if nothing."""
    for prefix, said in re.findall(
        r"([\w.-]+):GTS_PDFXVersion\s*(?:=\s*[\"']|>)\s*([^<\"']{1,60})", document.xmp
    ):
        if re.search(rf"xmlns:{re.escape(prefix)}\s*=\s*[\"']{re.escape(_PDFX_ID)}", document.xmp):
            return str(said).strip()
    version = text_of(entry(document.info, "/GTS_PDFXVersion"))
    conformance = text_of(entry(document.info, "/GTS_PDFXConformance"))
    # 2001 is both X-1 and X-1a, and the second line alone tells which.
    return conformance if version.startswith("PDF/X-1:") and conformance else version


def intents_of(document: Document) -> list[Any]:
    """Return the PDF/X output intents of a file."""
    intents = listed_in(document.root.get("/OutputIntents"))
    return [one for one in intents if name_of(entry(one, "/S")) == "/GTS_PDFX"]


def profile_header(profile: Any) -> bytes:
    """Return the first bytes of an ICC profile, without unpacking the rest of it."""
    if not isinstance(profile, Stream):
        return b""
    if name_of(profile.get("/Filter")) == "/FlateDecode" and "/DecodeParms" not in profile:
        try:
            return zlib.decompressobj().decompress(profile.read_raw_bytes(), _HEADER)
        except zlib.error:
            return b""
    return bytes_of(profile, [], "The profile")[:_HEADER]


def _claim_is_right(document: Document, asked: Asked) -> Iterator[tuple[Rule, str, str]]:
    claim, wanted = claim_of(document), asked.expected.standard
    if not claim:
        yield CLAIM, "The file does not say which PDF/X it keeps.", _EXPORT
    elif not _is(claim, wanted or "PDF/X-4") and (wanted or not _is(claim, "PDF/X-1a")):
        what = f"The file says that it is {quoted(claim)}, which is not {wanted or 'PDF/X-4'}."
        yield CLAIM, what, f"Export it as {wanted or 'PDF/X-4'}."
    elif claim == "PDF/X-4" and _PDFX_ID not in document.xmp:
        what = "The file says PDF/X-4 in its information alone, and not in its metadata."
        yield CLAIM, what, _EXPORT


def _is(claim: str, standard: str) -> bool:
    return claim == standard or (standard == "PDF/X-1a" and claim.startswith("PDF/X-1a:"))


def _file_is_identified(document: Document) -> Iterator[tuple[Rule, str, str]]:
    parts = listed_in(document.pdf.trailer.get("/ID"))
    if len(parts) != 2 or not all(_bytes(part) for part in parts):
        yield IDENTIFIED, "The file has no identifier.", "Save or export it again."


def _bytes(part: Any) -> bytes:
    try:
        return bytes(part)
    except (TypeError, ValueError):
        return b""


def _title_and_dates_stand(document: Document) -> Iterator[tuple[Rule, str, str]]:
    asked = {
        "title": ("/Title", r"<(?:\w+:)?title\b[^>]*>\s*(?:<[^>]*>\s*)*[^<\s]"),
        "day it was made": ("/CreationDate", r":CreateDate\s*(?:=\s*[\"']|>)\s*\d{4}"),
        "day it was changed": ("/ModDate", r":ModifyDate\s*(?:=\s*[\"']|>)\s*\d{4}"),
    }
    for words, (key, pattern) in asked.items():
        said = text_of(entry(document.info, key))
        if said and key != "/Title" and not _DATE.fullmatch(said):
            yield DATED, f"The {words} is {quoted(said)}, which is no date.", "Export it again."
        elif not said and not re.search(pattern, document.xmp):
            yield DATED, f"The file does not say its {words}.", "Fill it in, and export again."


def _trapping_is_said(document: Document) -> Iterator[tuple[Rule, str, str]]:
    said = name_of(entry(document.info, "/Trapped")) or text_of(entry(document.info, "/Trapped"))
    if not said:
        found = re.search(r":Trapped\s*(?:=\s*[\"']|>)\s*(\w+)", document.xmp)
        said = found[1] if found else ""
    if said.lstrip("/") not in ("True", "False"):
        words = f"says {quoted(said.lstrip('/'))}" if said else "does not say"
        what = f"The file {words} whether its inks are trapped."
        yield TRAPPED, what, "Set Trapped to False, unless it was trapped."


def _intent_is_one(document: Document) -> Iterator[tuple[Rule, str, str]]:
    intents = intents_of(document)
    if len(intents) != 1:
        yield INTENT, f"There are {len(intents)} output intents, not one.", _EXPORT
        return
    (intent,) = intents
    if not text_of(entry(intent, "/OutputConditionIdentifier")):
        yield INTENT, "The output intent names no printing condition.", _EXPORT
    profile = entry(intent, "/DestOutputProfile")
    if not isinstance(profile, Stream):
        # X-1a may name a registered condition instead (ISO 15930-1).
        registered = text_of(entry(intent, "/RegistryName"))
        if not (registered and _is(claim_of(document), "PDF/X-1a")):
            yield INTENT, "The output intent holds no profile.", _EXPORT
        return
    header = profile_header(profile)
    if header[12:20] != b"prtrCMYK" or profile.get("/N") != 4:
        yield INTENT, "The output intent's profile is not a CMYK printer's.", _EXPORT
