"""The proof book: a contact sheet a region, every page small with its name, and a line to sign."""

import hashlib
import io
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass

import pikepdf
import pypdfium2
from pikepdf import Dictionary, Name

from printkit.errors import Problem, UserError, quoted
from printkit.executors import begun, run_all
from printkit.latin import Face, Weight, add_face, footer_face
from printkit.ordering.labels import Labels, Wanted, labels_in, labels_pdf, wanted_for
from printkit.ordering.lines import DRAFT, Line, ShopOrder
from printkit.project import Project

NAME = "proof-book.pdf"
WIDTH_PT, HEIGHT_PT = 612.0, 792.0
MARGIN_PT = 36.0
COLUMNS, ROWS = 4, 4
HEAD_PT, FOOT_PT, LABEL_PT = 46.0, 44.0, 24.0
CELL_PT = (
    (WIDTH_PT - 2 * MARGIN_PT) / COLUMNS,
    (HEIGHT_PT - 2 * MARGIN_PT - HEAD_PT - FOOT_PT) / ROWS,
)
"""Width and height of a page's place, with its label above it."""
GAP_PT = 9.0
PIXELS = 1.4
"""In a point: enough to see which sheet it is, and how it looks."""
SIGN = "I have looked at every sheet above.   Name ____________________   Date ____________   "
CHOICE = "Print [  ]   Do not print [  ]   Signature ______________________________"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumb:
    """One page, small."""

    jpeg: bytes
    width: int
    height: int
    """Both in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One page in its place on a contact sheet."""

    line: Line
    number: int
    """The line's, from 0."""
    page: int
    """From 0."""


def draw_all(
    lines: Sequence[Line], executor: Executor, *, workers: int
) -> Iterator[tuple[int, tuple[Thumb, ...]]]:
    """Yield each line's number and its pages, small, as they come."""
    yield from run_all(executor, _drawn, lines, workers=workers)


def _drawn(line: Line) -> tuple[Thumb, ...]:
    """Return a file's pages, once it is known to be the file that the build made."""
    try:
        data = line.source.read_bytes()
        if hashlib.sha256(data).hexdigest() != line.sheet.sha256:
            raise OSError
        document = pypdfium2.PdfDocument(data)
    except (pypdfium2.PdfiumError, OSError):
        what = f"{quoted(line.source.name, 200)} is gone, or is not what the build made."
        raise UserError(Problem(what=what, fix="Build again: printkit build.")) from None
    try:
        return tuple(_thumb(page) for page in document)
    finally:
        document.close()


def _thumb(page: pypdfium2.PdfPage) -> Thumb:
    """Return a page cut at its trim, as large as its place allows."""
    left, bottom, right, top = page.get_mediabox()
    cut = page.get_trimbox()
    crop = (cut[0] - left, cut[1] - bottom, right - cut[2], top - cut[3])
    width, height = cut[2] - cut[0], cut[3] - cut[1]
    scale = PIXELS * min((CELL_PT[0] - GAP_PT) / width, (CELL_PT[1] - LABEL_PT - GAP_PT) / height)
    picture = page.render(scale=scale, crop=crop, draw_annots=False).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=72)
    return Thumb(jpeg=out.getvalue(), width=picture.width, height=picture.height)


def names_of(order: ShopOrder, project: Project) -> Wanted:
    """Return the languages whose names the book shows."""
    return wanted_for(project, {line.tag for line in order.lines})


def begin_names(wanted: Wanted, executor: Executor) -> Future[bytes]:
    """Let the languages' names be laid out, which takes as long as some hundred pictures."""
    return begun(executor, labels_pdf, wanted)


def book_pdf(
    order: ShopOrder, project: Project, thumbs: Mapping[int, tuple[Thumb, ...]], names: bytes
) -> bytes:
    """Return the book: every region's contact sheets, in the order of the orders.

    `names` are the languages' names, laid out.
    """
    with pikepdf.new() as pdf:
        desk = _Desk(
            pdf=pdf,
            order=order,
            faces={weight: footer_face(project.fonts, weight) for weight in ("Regular", "Bold")},
            labels=labels_in(pdf, names, names_of(order, project)),
            pictures={
                (number, page): _picture(pdf, thumb)
                for number in sorted(thumbs)
                for page, thumb in enumerate(thumbs[number])
            },
            thumbs=thumbs,
        )
        fonts = {face: add_face(pdf, desk.faces[face]) for face in desk.faces}
        for region, name in order.places:
            cards = _cards(order, region, thumbs)
            sheets = [
                cards[at : at + COLUMNS * ROWS] for at in range(0, len(cards), COLUMNS * ROWS)
            ]
            for place, sheet in enumerate(sheets, 1):
                head = f"{name}" + (f", {place} of {len(sheets)}" if len(sheets) > 1 else "")
                _add_page(desk, fonts, head, sheet, is_last=place == len(sheets))
        if order.missing:
            _add_missing(desk, fonts)
        return _saved(pdf, order)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What pages are put together from."""

    pdf: pikepdf.Pdf
    order: ShopOrder
    faces: Mapping[Weight, Face]
    labels: Labels
    pictures: Mapping[tuple[int, int], pikepdf.Object]
    thumbs: Mapping[int, tuple[Thumb, ...]]


def _cards(order: ShopOrder, region: str, thumbs: Mapping[int, tuple[Thumb, ...]]) -> list[Card]:
    return [
        Card(line=line, number=number, page=page)
        for number, line in enumerate(order.lines)
        if any(share.region == region for share in line.shares)
        for page in range(len(thumbs.get(number, ())))
    ]


def _add_page(
    desk: _Desk,
    fonts: Mapping[Weight, pikepdf.Object],
    head: str,
    cards: Sequence[Card],
    *,
    is_last: bool,
) -> None:
    objects: dict[str, pikepdf.Object] = {}
    parts = list(_head(desk, head))
    for place, card in enumerate(cards):
        x = MARGIN_PT + place % COLUMNS * CELL_PT[0]
        top = HEIGHT_PT - MARGIN_PT - HEAD_PT - place // COLUMNS * CELL_PT[1]
        parts += _card(desk, card, x, top, objects)
    if is_last:
        parts.append(_text(desk, SIGN, 9, MARGIN_PT, MARGIN_PT + 20))
        parts.append(_text(desk, CHOICE, 9, MARGIN_PT, MARGIN_PT))
    _page(desk, fonts, parts, objects)


def _head(desk: _Desk, words: str) -> Iterator[bytes]:
    order, top = desk.order, HEIGHT_PT - MARGIN_PT
    yield _text(desk, words, 15, MARGIN_PT, top - 14, "Bold")
    told = f"{order.campaign}, version {order.version}. Order to {order.shop.name}."
    yield _text(desk, told, 8.5, MARGIN_PT, top - 28)
    if order.is_proof:
        width = desk.faces["Bold"].width(DRAFT, 24)
        yield _text(desk, DRAFT, 24, WIDTH_PT - MARGIN_PT - width, top - 20, "Bold")


def _card(
    desk: _Desk, card: Card, x: float, top: float, objects: dict[str, pikepdf.Object]
) -> Iterator[bytes]:
    """Yield a page's operators: what it is in two lines, and its picture in a thin frame."""
    line, thumb = card.line, desk.thumbs[card.number][card.page]
    side = f", page {card.page + 1}" if line.sheet.pages > 1 else ""
    yield _text(desk, f"{line.piece_name} {line.code}{side}", 6.5, x, top - 8, "Bold")
    label, form = f"L{desk.labels.number[line.tag]}", desk.labels.forms[line.tag]
    objects[label] = form
    yield f"q 1 0 0 1 {x:.2f} {top - 21:.2f} cm /{label} Do Q".encode()
    name = f"T{card.number}-{card.page}"
    objects[name] = desk.pictures[card.number, card.page]
    width, height = thumb.width / PIXELS, thumb.height / PIXELS
    bottom = top - LABEL_PT - height
    yield f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {bottom:.2f} cm /{name} Do Q".encode()
    yield f"0.4 w 0.6 G {x:.2f} {bottom:.2f} {width:.2f} {height:.2f} re S".encode()


def _add_missing(desk: _Desk, fonts: Mapping[Weight, pikepdf.Object]) -> None:
    """Add pages that say what failed and is not in the order."""
    told = [
        line
        for missing in desk.order.missing
        for line in textwrap.wrap(missing.words, 105, initial_indent="- ", subsequent_indent="  ")
    ]
    room = int((HEIGHT_PT - 2 * MARGIN_PT - HEAD_PT) / 12)
    for at in range(0, len(told), room):
        parts = list(_head(desk, "Not in this order: sheets that failed their checks"))
        for number, line in enumerate(told[at : at + room]):
            y = HEIGHT_PT - MARGIN_PT - HEAD_PT - 12 * number
            parts.append(_text(desk, line, 8.5, MARGIN_PT, y))
        _page(desk, fonts, parts, {})


def _text(
    desk: _Desk, words: str, size: float, x: float, y: float, weight: Weight = "Regular"
) -> bytes:
    """Return a line's operators; letters that the face lacks become question marks."""
    face = desk.faces[weight]
    for letter in face.lacks(words):
        words = words.replace(letter, "?")
    shown = face.encoded(words).hex()
    return f"0 g BT /{weight} {size:g} Tf {x:.2f} {y:.2f} Td <{shown}> Tj ET".encode()


def _page(
    desk: _Desk,
    fonts: Mapping[Weight, pikepdf.Object],
    parts: Iterable[bytes],
    objects: Mapping[str, pikepdf.Object],
) -> None:
    resources = Dictionary(
        Font=Dictionary({f"/{weight}": font for weight, font in fonts.items()}),
        XObject=Dictionary({f"/{name}": thing for name, thing in objects.items()}),
    )
    content = desk.pdf.make_stream(b"\n".join(parts))
    page = Dictionary(
        Type=Name.Page,
        MediaBox=[0, 0, WIDTH_PT, HEIGHT_PT],
        Resources=resources,
        Contents=content,
    )
    desk.pdf.pages.append(pikepdf.Page(desk.pdf.make_indirect(page)))


def _picture(pdf: pikepdf.Pdf, thumb: Thumb) -> pikepdf.Object:
    picture = pikepdf.Stream(pdf, b"")
    picture.write(thumb.jpeg, filter=Name.DCTDecode)
    for name, value in (
        ("/Type", Name.XObject),
        ("/Subtype", Name.Image),
        ("/Width", thumb.width),
        ("/Height", thumb.height),
        ("/ColorSpace", Name.DeviceRGB),
        ("/BitsPerComponent", 8),
    ):
        picture[name] = value
    return pdf.make_indirect(picture)


def _saved(pdf: pikepdf.Pdf, order: ShopOrder) -> bytes:
    draft = f"{DRAFT} " if order.is_proof else ""
    day = order.created.strftime("D:%Y%m%d000000Z")
    pdf.docinfo["/Title"] = f"{draft}Proof book: {order.campaign}, version {order.version}"
    pdf.docinfo["/CreationDate"] = day
    pdf.Root.Lang = pikepdf.String("en")
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
