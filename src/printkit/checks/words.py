"""What a finished sheet says in words that every volunteer reads: draft mark, footer, addresses."""

import re
from collections.abc import Sequence
from typing import Any

import pypdfium2

from printkit.errors import quoted
from printkit.findings import Finding, Rule, Severity, finding

DRAFT = Rule(
    code="draft-mark",
    severity=Severity.FAIL,
    rule="Each side that no native reader has signed off bears the word DRAFT.",
    because="A translation that nobody has checked can do harm, and must not pass for a good one.",
)
FOOTER = Rule(
    code="footer-words",
    severity=Severity.FAIL,
    rule="Each side names its language, its piece, its version, its code, and its region if any.",
    because="A volunteer who cannot read the language sorts stock by these words, and sees by "
    "them what is out of date.",
)
ADDRESS = Rule(
    code="address-words",
    severity=Severity.FAIL,
    rule="The address of every code is printed, letter by letter in the order it is typed.",
    because="Who cannot scan types it; set right to left without care, an address comes out "
    "reversed.",
)
RULES = (DRAFT, FOOTER, ADDRESS)


def page_texts(pdf: bytes) -> list[str]:
    """Return each page's text as pdfium reads it, in one line."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [re.sub(r"\s+", " ", _page_text(page)) for page in document]
    finally:
        document.close()


def words_findings(
    texts: Sequence[str],
    *,
    draft: bool,
    footer: Sequence[str],
    addresses: Sequence[str],
    tiled: bool = False,
    **where: Any,
) -> list[Finding]:
    """Return what is missing; a sheet in tiles is read as one, since a tile is no side."""
    sides = [" ".join(texts)] if tiled else list(texts)
    found = []
    for number, text in enumerate(sides, 1):
        here = where | {"page": number}
        if draft and "DRAFT" not in text:
            found.append(
                finding(DRAFT, "The word DRAFT is missing.", "Put the draft mark back.", **here)
            )
        for words in footer:
            if words not in text:
                found.append(
                    finding(FOOTER, f"{quoted(words)} is missing.", "Put the footer back.", **here)
                )
    everything = " ".join(sides)
    # A long address may be broken after a slash.
    joined = re.sub(r"(?<=/)[\s\u200b]+", "", everything)
    for address in addresses:
        if address not in joined:
            found.append(
                finding(
                    ADDRESS,
                    f"The address {quoted(address)} is not printed as it is typed.",
                    "Print it under its code, as one fact.",
                    **where,
                )
            )
    return found


def _page_text(page: Any) -> str:
    textpage = page.get_textpage()
    try:
        text: str = textpage.get_text_range()
    finally:
        textpage.close()
        page.close()
    return text
