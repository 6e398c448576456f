"""Letters behave in the mail: the window shows the address and no more, folds cross no writing."""

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

import pypdfium2 as pdfium

from printkit.checks.mail_folds import MARK_PT, fold_findings, writing_findings
from printkit.checks.mail_page import (
    DOTS_PER_POINT,
    FirstPage,
    Letter,
    meet,
    middle_is_in,
    page_letters,
    page_lines,
    painted,
    words_of,
)
from printkit.envelope import (
    LINE_PT,
    PAGE_HEIGHT_PT,
    PAGE_WIDTH_PT,
    Mailing,
    address_box,
    around,
    barcode_zones,
    sights,
)
from printkit.errors import quoted
from printkit.findings import Finding, Rule, Severity, finding
from printkit.lengths import inches
from printkit.places import Place
from printkit.typeset.layout import Layout, WindowPlace

ADDRESS = Rule(
    code="mail-address",
    severity=Severity.FAIL,
    rule="Each company's letter bears its address, line by line as the company's file has it.",
    because="A letter with a wrong address, or with none, is lost, and with it what somebody "
    "wrote into it by hand.",
)
WINDOW = Rule(
    code="mail-window",
    severity=Severity.FAIL,
    rule="However a letter slips in its envelope, the window shows its address whole, with an "
    "eighth of an inch around it.",
    because="A folded sheet is smaller than its envelope. A line that slips behind the paper is "
    "not read, and the post's machines want an eighth of an inch clear (USPS, DMM 202).",
)
TYPE = Rule(
    code="mail-type",
    severity=Severity.FAIL,
    rule="An address is set in 8 points or more.",
    because="The post's machines read letters from 0.08 inch on (USPS, DMM 202).",
)
SIGHT = Rule(
    code="mail-sight",
    severity=Severity.FAIL,
    rule="Nothing but the address shows in the window, however the letter slips.",
    because="Whatever else shows, anybody who carries the letter can read; and a machine may take "
    "it for a part of the address.",
)
BARCODE = Rule(
    code="mail-barcode",
    severity=Severity.FAIL,
    rule="Nothing stands where the post prints its barcode, in the envelope's lower right corner.",
    because="The window reaches into that corner, which must stay empty for 4¾ × ⅝ inches "
    "(USPS, Publication 28, A1).",
)
RULES = (ADDRESS, WINDOW, TYPE, SIGHT, BARCODE)

LEAST_TYPE_PT = 8.0
_TOLERANCE_PT = 0.5
_SIDES = {
    "left": "too far to the left",
    "right": "too far to the right",
    "top": "too high",
    "bottom": "too low",
}


def mail_findings(
    pdf: bytes,
    layout: Layout,
    mailing: Mailing | None,
    companies: Collection[str] = (),
    **where: Any,
) -> list[Finding]:
    """Return what would go wrong with letters in the mail, judged on the finished PDF.

    `companies` are those that must find a letter in it. Pages of the PDF are those of the layout.
    """
    found = writing_findings(layout.fields, **where)
    there = {window.company for window in layout.windows}
    for company in companies:
        if company not in there:
            what = f"No letter in it bears the address of {quoted(company)}."
            found.append(
                finding(ADDRESS, what, "Give its letter a window for the address.", **where)
            )
    if not layout.windows:
        return found
    document = pdfium.PdfDocument(pdf)
    try:
        for window in layout.windows:
            found += _judge_letter(document, layout, window, mailing, where)
    finally:
        document.close()
    return found


def _judge_letter(
    document: Any,
    layout: Layout,
    window: WindowPlace,
    mailing: Mailing | None,
    where: dict[str, Any],
) -> list[Finding]:
    number = window.place.page
    lines = mailing.addresses.get(window.company, ()) if mailing is not None else ()
    here = where | {"page": number, "place": window.place.inches}
    if mailing is None or not lines:
        what = f"No address of {quoted(window.company)} is known."
        fix = f"Add [post] to letters/brokers/{window.company}.toml, or make no letter to it."
        return [finding(ADDRESS, what, fix, **here)]
    size = layout.sizes[number - 1]
    odd = abs(size.width_pt - PAGE_WIDTH_PT) + abs(size.height_pt - PAGE_HEIGHT_PT)
    if odd > _TOLERANCE_PT or number > len(document):
        what = f"A letter of {size.words} does not fold into the envelope."
        return [finding(WINDOW, what, 'Make its trim ["8.5in", "11in"].', **here)]
    page = document[number - 1]
    try:
        sheet = FirstPage(
            page=page,
            number=number,
            letters=page_letters(page, number),
            fields=[field for field in layout.fields if field.place.page == number],
            envelope=mailing.envelope,
            where=where,
        )
        return [*_address(sheet, window, lines), *fold_findings(sheet)]
    finally:
        page.close()


def _address(sheet: FirstPage, window: WindowPlace, lines: tuple[str, ...]) -> Iterator[Finding]:
    """Yield what is wrong with the address, and with what would show beside it."""
    # A line too many runs out of its box, and is a part of the address still.
    room = max(window.place.height_pt, len(lines) * LINE_PT)
    block = replace(window.place, height_pt=room)
    own = [letter for letter in sheet.letters if middle_is_in(letter.place, block)]
    read = page_lines(sheet.page, block)
    if list(map(_plain, read)) != list(map(_plain, lines)):
        told = quoted(" / ".join(read), 160) if read else "nothing"
        yield sheet.told(
            ADDRESS,
            f"In the window stands {told}, not {quoted(' / '.join(lines), 160)}.",
            f"Print the lines of [post] in letters/brokers/{window.company}.toml, and no more.",
            window.place,
        )
    yield from _in_window(sheet, window, own)
    small = min((letter.size_pt for letter in own), default=LEAST_TYPE_PT)
    if small < LEAST_TYPE_PT - 0.05:
        what = f"The address is set in {small:.1f} pt."
        yield sheet.told(TYPE, what, "Set it in 9 pt on 11 pt.", window.place)
    shown = around(sights(sheet.envelope), sheet.number)
    others = [letter for letter in sheet.letters if not middle_is_in(letter.place, block)]
    yield from _empty(sheet, SIGHT, shown, others, "shows in the window as the letter slips")
    zone = around(barcode_zones(sheet.envelope), sheet.number)
    zone = replace(zone, height_pt=zone.height_pt - 2 * MARK_PT)  # the fold's own mark may stand
    yield from _empty(sheet, BARCODE, zone, others, "lies behind the post's barcode")


def _in_window(sheet: FirstPage, window: WindowPlace, own: list[Letter]) -> Iterator[Finding]:
    """Yield by how much the address, or the box that is kept for it, leaves what always shows."""
    reach = around([window.place, *(letter.place for letter in own)], sheet.number)
    box = address_box(sheet.envelope, sheet.number)
    over = {
        "left": box.x_pt - reach.x_pt,
        "right": reach.x_pt + reach.width_pt - box.x_pt - box.width_pt,
        "top": box.y_pt - reach.y_pt,
        "bottom": reach.y_pt + reach.height_pt - box.y_pt - box.height_pt,
    }
    clear = f"{inches(sheet.envelope.clear_pt):.3g}"
    for side, by_pt in over.items():
        if by_pt > _TOLERANCE_PT:
            yield sheet.told(
                WINDOW,
                f"The address of {quoted(window.company)} stands {inches(by_pt):.2f} in "
                f"{_SIDES[side]}: as the letter slips, the window's edge comes nearer than "
                f"{clear} in.",
                f"Its place is {inches(box.x_pt):.4g} in from the left and {inches(box.y_pt):.4g} "
                f"in from the top, {inches(box.width_pt):.4g} × {inches(box.height_pt):.4g} in.",
                reach,
            )


def _empty(
    sheet: FirstPage, rule: Rule, zone: Place, letters: list[Letter], does: str
) -> Iterator[Finding]:
    """Yield the text, and whatever else is painted, that stands where nothing should."""
    left, top, right, bottom = (f"{inches(pt):.4g}" for pt in _edges(zone))
    fix = f"Move it: {left} to {right} in across and {top} to {bottom} in down must stay empty."
    inside = [letter for letter in letters if meet(letter.place, zone)]
    if inside:
        place = around((letter.place for letter in inside), sheet.number)
        yield sheet.told(rule, f"The text {quoted(words_of(inside), 80)} {does}.", fix, place)
    blanks = [field for field in sheet.fields if meet(field.place, zone)]
    for field in blanks:
        what = f"The blank {quoted(field.name)}, once it is filled in, {does}."
        yield sheet.told(rule, what, fix, field.place)
    known = [*(one.place for one in sheet.letters), *(one.place for one in blanks)]
    paint = painted(sheet.page, zone, known)
    if box := paint.getbbox():
        x, y, x_end, y_end = (dots / DOTS_PER_POINT for dots in box)
        place = replace(
            zone,
            x_pt=zone.x_pt + x,
            y_pt=zone.y_pt + y,
            width_pt=x_end - x,
            height_pt=y_end - y,
        )
        yield sheet.told(rule, f"A line, a tint or a picture {does}.", fix, place)


def _plain(line: str) -> str:
    """Return a line as it is compared: letters set together are letters, a blank is a blank."""
    return " ".join(unicodedata.normalize("NFKC", line).split())


def _edges(place: Place) -> tuple[float, float, float, float]:
    """Return where a rectangle begins and ends, across and down."""
    return (
        place.x_pt,
        place.y_pt,
        place.x_pt + place.width_pt,
        place.y_pt + place.height_pt,
    )
