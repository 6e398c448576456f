"""Letters in the mail, judged on real pages: what shows in the window, where they are folded."""

from dataclasses import replace

import pytest
from sheets import PROJECT, sheet

from printkit.checking import RULES
from printkit.checks import mail, mail_folds
from printkit.checks.mail import mail_findings
from printkit.editions import EDITIONS
from printkit.envelope import Envelope, Mailing
from printkit.findings import Finding
from printkit.lengths import Size, points
from printkit.places import Place
from printkit.stamp import prepare, stamp
from printkit.typeset import FieldPlace, Layout, typeset

pytestmark = pytest.mark.usefixtures("own_fonts")
LETTER = Size(width_pt=612, height_pt=792)
LINES = (
    "Findall Data Company, LLC",
    "Attn: Privacy Office",
    "2201 Official Way, Suite 600",
    "Herndon, VA 20171",
)
WIDE = Envelope(window_left_pt=points("1.375in"))
STYLE = """html, body, p { margin: 0 } body { font: 10pt/1.4 "Noto Sans" }
.window { position: absolute; font-size: 9pt; line-height: 11pt; text-align: left }
.mark { position: absolute; left: 0.27in; width: 0.2in; height: 0.5pt; background: #000 }
.back, .main { position: absolute; left: 0.75in; right: 0.75in }
.back { top: 0.6in; height: 0.8in } .main { top: 4.1in; height: 5.5in }
.line { display: block; width: 3in; height: 9mm; border-bottom: 0.5pt solid #000 }
"""
TEXT = "<p>Do not sell or share what you hold about me. </p>" * 4
LINE = '<img class="line" data-field="name" data-most="60" alt="Full name">'


def letter(
    edition: str = "copier",
    *,
    envelope: Envelope | None = None,
    lines: tuple[str, ...] = LINES,
    shift: tuple[float, float] = (0, 0),
    more: str = "",
    marks: tuple[str, ...] | None = None,
    style: str = "",
    size: Size = LETTER,
    root: str = 'lang="en" dir="ltr"',
) -> tuple[bytes, Layout]:
    """A letter of one page, its address moved by so many points to the right and down."""
    known, paint = envelope or Envelope(), EDITIONS[edition]
    x, y = shift
    address = "".join(f"<p>{line}</p>" for line in lines)
    body = (
        f'<div class="window fit" dir="ltr" lang="en" data-window="findall" '
        f'style="{known.address_style};margin:{y}pt 0 0 {x}pt">{address}</div>'
        + "".join(f'<div class="mark" style="top:{top}"></div>' for top in marks or known.folds)
        + f'<div class="back">{LINE}</div><div class="main">{TEXT}{LINE}</div>{more}'
    )
    css = paint.css(size) + STYLE + style
    layout = typeset(
        f'<!doctype html><html {root} class="{edition}"><head><title>A letter</title>'
        f"<style>{css}</style></head><body>{body}</body></html>",
        roots=(PROJECT / "tests",),
        paint=paint.paint(PROJECT / "profiles"),
        variant=paint.variant,
    )
    return stamp(prepare(layout, edition=paint, sheet=sheet()), {}), layout


def mailing(envelope: Envelope | None = None, lines: tuple[str, ...] = LINES) -> Mailing:
    return Mailing(envelope=envelope or Envelope(), addresses={"findall": lines})


def found_in(
    made: tuple[bytes, Layout], envelope: Envelope | None = None, lines: tuple[str, ...] = LINES
) -> list[Finding]:
    return mail_findings(*made, mailing(envelope, lines), ["findall"], piece="opt-out")


def told(found: list[Finding]) -> list[str]:
    return [f"{one.code}: {one.what}" for one in found]


def box(left: float, top: float, width: float, height: float, inner: str = "") -> str:
    place = f"left:{left}in;top:{top}in;width:{width}in;height:{height}in"
    return f'<div style="position:absolute;{place}">{inner}</div>'


def test_its_rules_can_be_explained() -> None:
    assert all(RULES[rule.code] is rule for rule in (*mail.RULES, *mail_folds.RULES))


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_good_letter_is_quiet_in_every_edition(edition: str) -> None:
    assert told(found_in(letter(edition))) == []


def test_an_english_address_in_a_right_to_left_letter_is_read(own_fonts: object) -> None:
    made = letter(root='lang="ar" dir="rtl"', style='.main { font-family: "Noto Sans Arabic" }')
    assert told(found_in(made)) == []


def test_another_makers_window_is_a_setting() -> None:
    assert told(found_in(letter(envelope=WIDE), WIDE)) == []
    found = found_in(letter(), WIDE)
    assert told(found) == [
        'mail-window: The address of "findall" stands 0.50 in too far to the left: as the letter '
        "slips, the window's edge comes nearer than 0.125 in."
    ]
    assert found[0].fix == (
        "Its place is 1.5 in from the left and 2.625 in from the top, 3.25 × 0.625 in."
    )


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(
    ("across", "down", "words"),
    [
        (-1, 0, "too far to the left"),
        (1, 0, "too far to the right"),
        (0, -1, "too high"),
        (0, 1, "too low"),
    ],
)
def test_an_address_moved_by_4_mm_fails(edition: str, across: int, down: int, words: str) -> None:
    by = points("4mm")
    found = [
        one
        for one in found_in(letter(edition, shift=(across * by, down * by)))
        if one.code == "mail-window"
    ]
    assert [one.what for one in found] == [
        f'The address of "findall" stands 0.16 in {words}: as the letter slips, the window\'s edge '
        "comes nearer than 0.125 in."
    ]
    assert (found[0].severity, found[0].page, found[0].piece) == ("FAIL", 1, "opt-out")
    assert found[0].place is not None
    assert found[0].place[:2] == pytest.approx((1 + across * 0.157, 2.625 + down * 0.157), abs=0.01)


def test_five_lines_do_not_fit() -> None:
    five = (*LINES[:3], "Building 4", LINES[3])
    (found,) = found_in(letter(lines=five), lines=five)
    assert found.what.startswith('The address of "findall" stands 0.13 in too low')


def test_another_address_than_the_companys_is_told() -> None:
    other = (*LINES[:3], "Herndon, VA 20170")
    (found,) = found_in(letter(lines=other))
    assert found.code == "mail-address"
    assert found.what == (f'In the window stands "{" / ".join(other)}", not "{" / ".join(LINES)}".')
    assert found.fix == "Print the lines of [post] in letters/brokers/findall.toml, and no more."


def test_a_letter_without_an_address_is_told() -> None:
    (empty,) = found_in(letter(lines=()))
    assert empty.what.startswith("In the window stands nothing, not ")
    (unknown,) = found_in(letter(), lines=())
    assert unknown.what == 'No address of "findall" is known.'
    assert unknown.fix.startswith("Add [post] to letters/brokers/findall.toml")
    pdf, layout = letter()
    (missing,) = mail_findings(pdf, replace(layout, windows=()), mailing(), ["findall"])
    assert missing.what == 'No letter in it bears the address of "findall".'
    (unmailed,) = mail_findings(pdf, layout, None)
    assert unmailed.what == unknown.what


def test_small_type_is_told() -> None:
    found = found_in(letter(style=".window { font-size: 7.5pt }"))
    assert told(found) == ["mail-type: The address is set in 7.5 pt."]


def test_what_else_shows_in_the_window_is_told() -> None:
    text = box(1, 3.4, 3, 0.2, "Re: my privacy")
    (found,) = found_in(letter(more=text))
    assert f"{found.code}: {found.what}" == (
        'mail-sight: The text "Re: my privacy" shows in the window as the letter slips.'
    )
    assert found.fix == "Move it: 0 to 5.375 in across and 2.25 to 3.625 in down must stay empty."
    assert found.place is not None and found.place[1] == pytest.approx(3.45, abs=0.05)
    line = box(4.9, 2.3, 1, 0.01).replace("style=", 'style="background:#888" data-x=', 1)
    assert told(found_in(letter(more=line))) == []  # an empty box paints nothing
    rule = box(4.9, 2.3, 1, 0.02, '<p style="background:#888;height:0.02in"></p>')
    (found,) = found_in(letter(more=rule))
    assert found.what == "A line, a tint or a picture shows in the window as the letter slips."
    assert found.place == pytest.approx((4.9, 2.3, 0.475, 0.02), abs=0.02)
    assert told(found_in(letter(more=box(5.5, 2.3, 2, 0.2, "Beside it")))) == []
    assert told(found_in(letter(more=box(1, 1.9, 2, 0.2, "Above it")))) == []


def test_a_blank_in_the_window_is_told_before_it_is_filled_in() -> None:
    assert told(found_in(letter(more=box(4.6, 2.3, 2, 0.4, LINE)))) == [
        'mail-sight: The blank "name", once it is filled in, shows in the window as the letter '
        "slips."
    ]


def test_the_barcodes_corner_stays_empty() -> None:
    (found,) = found_in(letter(more=box(6, 3.4, 2, 0.2, "Account number")))
    assert f"{found.code}: {found.what}" == (
        'mail-barcode: The text "Account number" lies behind the post\'s barcode.'
    )
    assert found.fix.startswith("Move it: 3.75 to 8.5 in across and 3.25 to 3.8")


def test_a_fold_through_writing_is_told() -> None:
    blank = box(5.5, 3.7, 2, 0.4, LINE)
    found = [one for one in found_in(letter(more=blank)) if one.code == "mail-fold"]
    assert [one.what for one in found] == [
        'The first fold goes through the line to write on "name".'
    ]
    assert found[0].fix == "Keep 3.875 in from the sheet's top free of text and of lines."
    text = box(1, 3.78, 3, 0.2, "Signed by me")
    assert told(found_in(letter(more=text))) == [
        'mail-fold: The first fold goes through the text "Signed by me".'
    ]


def test_folds_are_marked_outside_the_text() -> None:
    (found,) = found_in(letter(marks=("3.875in",)))
    assert f"{found.code}: {found.what}" == "mail-fold-mark: Fold 2 has no mark."
    assert found.fix == "Put a short line at the sheet's edge, 7.438 in from its top."
    (found,) = found_in(letter(style=".mark { left: 1in }"))
    assert found.what == "The mark of fold 1 stands in the text."


def test_a_line_to_write_on_has_room_for_a_hand() -> None:
    (found,) = found_in(letter(style=".main .line { height: 7mm; width: 1in }"))
    assert f"{found.code}: {found.what}" == (
        'write-room: The line to write on "name" is 1.00 in long and 7.0 mm high.'
    )
    assert found.fix == "Make it at least 1.2 in long and 8 mm high."
    tick = FieldPlace(
        name="yes",
        number=0,
        tip="Yes",
        kind="box",
        most=0,
        place=Place(page=1, x_pt=72, y_pt=72, width_pt=9, height_pt=9),
    )
    _, layout = letter()
    assert mail_findings(b"", replace(layout, windows=(), fields=(tick,)), None) == []


def test_a_sheet_that_is_no_letter_is_told() -> None:
    (found,) = found_in(letter("screen", size=Size(width_pt=612, height_pt=1008)))
    assert found.what == "A letter of 8.5 × 14 in does not fold into the envelope."
