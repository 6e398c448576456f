"""A language's proof to read: each sheet large with its messages numbered, and a table of them."""

import contextlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from markupsafe import Markup, escape

from printkit.catalogs import Catalog
from printkit.compose import sheet_language
from printkit.entries import Key
from printkit.jobs import Job
from printkit.languages import LANGUAGES
from printkit.lengths import Size
from printkit.project import SOURCE
from printkit.rooms import Measured, Room, side_of
from printkit.styles import language_css
from printkit.text import break_edits
from printkit.typeset import Layout

MARGIN_PT = 30.0
HEAD_PT = 22.0
LARGEST = 1.7
"""A card is not blown up to a poster."""
NUMERAL_PT = 9.0
PAGE = Size(width_pt=612, height_pt=792)
HOLDER = "proof:"
"""The address that the empty box of each sheet bears until the sheet is put under it."""
BLANK = b"\xe4"
"""A light gray, where a region's own words or codes will stand."""

_CODE = re.compile(r"(\{\w+\}|&lt;/?\w+&gt;)")

STYLE = """
@page { size: 612pt 792pt; margin: 30pt } @page wide { size: 792pt 612pt; margin: 30pt }
* { margin: 0; padding: 0; box-sizing: border-box }
body { font-size: 9pt; line-height: 1.35; color: #000 }
.sheet { break-before: page; break-after: page; position: relative; height: 731pt }
.sheet.wide { page: wide; height: 551pt }
.sheet:first-child { break-before: auto }
h1 { font-size: 12pt; line-height: 16pt; color: #0d5c63 }
.holder { position: absolute; border: 0.4pt solid #999 }
.line { position: absolute; border: 0.4pt solid #d98880; border-radius: 1pt }
.line.over { border: 1.2pt solid #b3261e }
.no { position: absolute; width: 9pt; height: 9pt; border-radius: 4.5pt; background: #b3261e;
 color: #fff; font-size: 5.8pt; line-height: 9pt; text-align: center; font-weight: bold }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
th { text-align: left; font-size: 8pt; color: #0d5c63; padding: 2pt 4pt }
td { border-top: 0.4pt solid #999; padding: 3pt 4pt; vertical-align: top }
tr { break-inside: avoid } thead { display: table-header-group }
.n { width: 26pt } td.n { font-weight: bold } td.said { text-align: start; font-size: 10pt }
.why { color: #b3261e; font-weight: bold; font-size: 8pt }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One page of a piece, and the messages of the language on it."""

    piece: str
    title: str
    page: int
    trim: Size
    pdf: bytes
    rooms: tuple[Room, ...]

    @property
    def is_wide(self) -> bool:
        """Whether it is wider than high."""
        return self.trim.width_pt > self.trim.height_pt

    @property
    def frame(self) -> tuple[float, float, float]:
        """Where the page stands on its sheet of the book, from the left and the top; its scale."""
        sheet = (PAGE.height_pt, PAGE.width_pt) if self.is_wide else (PAGE.width_pt, PAGE.height_pt)
        width, height = sheet[0] - 2 * MARGIN_PT, sheet[1] - 2 * MARGIN_PT - HEAD_PT - 2
        scale = min(width / self.trim.width_pt, height / self.trim.height_pt, LARGEST)
        return (width - self.trim.width_pt * scale) / 2, HEAD_PT, scale


def sides_of(measured: Iterable[tuple[Job, Measured]], language: str) -> list[Side]:
    """Return the pages on which a language speaks, each with its messages."""
    sides = []
    for job, sheet in measured:
        pdf = blanked(sheet.pdf)
        for page in range(1, job.piece.pages + 1):
            rooms = tuple(
                room
                for room in sheet.rooms
                if room.language == language and room.stands.page == page
            )
            if rooms:
                names = (job.piece.name, side_of(job.piece, page))
                sides.append(
                    Side(
                        piece=job.piece.slug,
                        title=", ".join(name for name in names if name),
                        page=page,
                        trim=job.piece.trim,
                        pdf=pdf,
                        rooms=rooms,
                    )
                )
    return sides


def blanked(pdf: bytes) -> bytes:
    """Return a sheet with its empty slots light gray: their pictures are one pixel each."""
    with pikepdf.open(io.BytesIO(pdf)) as sheet:
        for one in sheet.objects:
            if isinstance(one, pikepdf.Stream) and one.get("/Width") == one.get("/Height") == 1:
                one.write(BLANK)
                one.ColorSpace, one.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        out = io.BytesIO()
        sheet.save(out)
        return out.getvalue()


def book_html(
    sides: Sequence[Side],
    language: str,
    *,
    keys: Mapping[str, Key],
    numbers: Mapping[tuple[str, str], int],
    catalog: Catalog | None,
) -> str:
    """Return the book's HTML; the sheets themselves are put under it afterwards."""
    spoken = sheet_language(language)
    name = spoken.english if language == SOURCE else f"{spoken.english} ({spoken.autonym})"
    body: list[Markup] = []
    for number, side in enumerate(sides):
        body.append(_picture(number, side, name, numbers, rtl=spoken.direction == "rtl"))
        rows = [_row(room, no, keys, catalog, language) for no, room in _first(side, numbers)]
        body.append(_table(side, rows, language))
    return (
        f'<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">'
        f"<title>Proof: {escape(name)}</title>"
        f"<style>{language_css({SOURCE, language})}{STYLE}</style></head>"
        f"<body>{Markup().join(body)}</body></html>"
    )


def _first(side: Side, numbers: Mapping[tuple[str, str], int]) -> list[tuple[int, Room]]:
    """Return each message of a side once, by number; first where it does not fit."""
    found: dict[int, Room] = {}
    for room in sorted(side.rooms, key=lambda room: -room.over_mm):
        found.setdefault(numbers[room.piece, room.digest], room)
    return sorted(found.items(), key=lambda pair: pair[0])


def _picture(
    number: int, side: Side, name: str, numbers: Mapping[tuple[str, str], int], *, rtl: bool
) -> Markup:
    left, top, scale = side.frame
    marks: list[Markup] = []
    for room in side.rooms:
        over = " over" if room.over_mm else ""
        for line in room.stands.lines:
            edges = line.x_pt, line.y_pt, line.width_pt, line.height_pt
            style = _box(edges, left, top, scale)
            marks.append(Markup('<i class="line{}" style="{}"></i>').format(over, style))
        marks.append(_numeral(numbers[room.piece, room.digest], room, side.frame, rtl=rtl))
    return Markup(
        '<section class="sheet{}"><h1>{} · {}</h1>'
        '<div class="holder" data-code="{}" style="{}"></div>{}</section>'
    ).format(
        " wide" if side.is_wide else "",
        side.title,
        name,
        f"{HOLDER}{number}",
        _box((0, 0, side.trim.width_pt, side.trim.height_pt), left, top, scale),
        Markup().join(marks),
    )


def _numeral(number: int, room: Room, frame: tuple[float, float, float], *, rtl: bool) -> Markup:
    """Return a number before its text's first letter, a little above it, to hide little."""
    left, top, scale = frame
    line = room.stands.lines[0]
    x = left + (line.x_pt + line.width_pt if rtl else line.x_pt) * scale
    x -= 0 if rtl else NUMERAL_PT
    y = top + line.y_pt * scale - NUMERAL_PT / 3
    style = f"left:{max(0.0, x):.1f}pt;top:{y:.1f}pt"
    return Markup('<b class="no" style="{}">{}</b>').format(style, number)


def _box(edges: tuple[float, float, float, float], left: float, top: float, scale: float) -> str:
    x, y, width, height = (value * scale for value in edges)
    return f"left:{left + x:.1f}pt;top:{top + y:.1f}pt;width:{width:.1f}pt;height:{height:.1f}pt"


def _table(side: Side, rows: Sequence[Markup], language: str) -> Markup:
    said = Markup() if language == SOURCE else Markup("<th>{}</th>").format("Translation")
    return Markup(
        '<section><h1>{}</h1><table><thead><tr><th class="n">No.</th><th>English</th>{}</tr>'
        "</thead><tbody>{}</tbody></table></section>"
    ).format(side.title, said, Markup().join(rows))


def _row(
    room: Room, number: int, keys: Mapping[str, Key], catalog: Catalog | None, language: str
) -> Markup:
    key = keys.get(room.digest, (None, ""))
    message = catalog.messages.get(key) if catalog is not None else None
    texts = message.translations if message is not None else ()
    why = list(_reasons(room, bool(message and message.fuzzy), any(texts) or language == SOURCE))
    told = Markup('<p class="why">{}</p>').format(" ".join(why)) if why else Markup()
    if language == SOURCE:
        return Markup('<tr><td class="n">{}</td><td>{}{}</td></tr>').format(number, key[1], told)
    spoken = LANGUAGES[language]
    said = Markup("<br>").join(_broken(text, language) for text in texts)
    return Markup(
        '<tr><td class="n">{}</td><td>{}{}</td><td class="said" lang="{}" dir="{}">{}</td></tr>'
    ).format(number, key[1], told, language, spoken.direction, said)


def _reasons(room: Room, is_fuzzy: bool, is_translated: bool) -> Iterator[str]:
    if not is_translated:
        yield "Not translated: the English prints."
    elif is_fuzzy:
        yield "Fuzzy: the English prints until the mark is removed."
    if room.over_mm:
        letters = room.letters_over
        drop = f", drop about {letters} letters" if letters else ": its box is too small"
        yield f"Does not fit: {room.over_mm:g} mm too long{drop}."


def _broken(text: str, language: str) -> Markup:
    """Return a text as the catalog has it, its lines broken as the language's are."""
    spoken = LANGUAGES[language]
    edits = break_edits(text, spoken)
    printed = escape("".join(edits.get(place, letter) for place, letter in enumerate(text)))
    if spoken.direction == "ltr":
        return printed
    return Markup(_CODE.sub(r'<bdi dir="ltr">\1</bdi>', str(printed)))


def bound(layout: Layout, sides: Sequence[Side]) -> bytes:
    """Return the book with each sheet under its numbers."""
    with contextlib.ExitStack() as opened:
        book = opened.enter_context(pikepdf.open(io.BytesIO(layout.pdf)))
        for code in layout.codes:
            number = int(code.url.removeprefix(HOLDER))
            # Not add_underlay, which names by chance; and pages share their resources.
            side, form_name = sides[number], pikepdf.Name(f"/Sheet{number}")
            page, place = book.pages[code.place.page - 1], code.place
            top = layout.sizes[place.page - 1].height_pt - place.y_pt
            box = pikepdf.Rectangle(
                place.x_pt, top - place.height_pt, place.x_pt + place.width_pt, top
            )
            sheet = opened.enter_context(pikepdf.open(io.BytesIO(side.pdf)))
            form = book.copy_foreign(sheet.pages[side.page - 1].as_form_xobject())
            page.add_resource(form, pikepdf.Name.XObject, form_name)
            drawn = page.calc_form_xobject_placement(form, form_name, box, allow_expand=True)
            page.contents_add(drawn, prepend=True)
        out = io.BytesIO()
        book.save(out, deterministic_id=True)
        return out.getvalue()
