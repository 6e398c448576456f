"""The order as tables: order.csv, and order.xlsx with totals, places and what is missing."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter

from printkit.lengths import inches
from printkit.ordering.lines import DRAFT, MISSING_PRICE, Line, ShopOrder, trim_words

TOTAL = "TOTAL"
NOT_HERE = "NOT IN THIS ORDER"
PROOF_NOTE = f"{DRAFT}: proof run, not to be handed out"
Cell = str | int | Decimal | None

COLUMNS: Mapping[str, Callable[[Line], Cell]] = {
    "file": lambda line: line.file,
    "piece": lambda line: line.piece_name,
    "language": lambda line: line.spoken.english,
    "autonym": lambda line: line.spoken.autonym,
    "tag": lambda line: line.tag,
    "code": lambda line: line.code,
    "version": lambda line: line.sheet.version,
    "trim": lambda line: trim_words(line.trim),
    "bleed": lambda line: f"{inches(line.bleed_pt):g} in" if line.bleed_pt else "none",
    "stock": lambda line: line.stock.words if line.stock else "as agreed",
    "sides": lambda line: line.sides,
    "ink": lambda line: line.ink,
    "fold": lambda line: line.fold or "none",
    "ship_to": lambda line: line.ship_to,
    "need": lambda line: line.need,
    "spares": lambda line: line.spares,
    "copies": lambda line: line.copies,
    "price": lambda line: MISSING_PRICE if line.price is None else line.price,
}
"""The order's columns, in their order, and what each says of a line."""
NOTE = "note"
HEADER = (*COLUMNS, NOTE)
SUMS = ("need", "spares", "copies")
WIDTHS = {"file": 58, "ship_to": 30, "stock": 18, "fold": 18, "note": 26, "language": 14}
"""In letters; other columns are narrow. What is longer is wrapped, but for the places."""
NARROW = 10
LINE_PT = 15
MOST_TITLE = 110
"""Letters of a title on paper: a head of more than 255 is refused, and & counts twice."""


def rows_of(order: ShopOrder) -> list[list[Cell]]:
    """Return the order's rows: a row a file, the totals, and a row for each sheet that failed."""
    note = PROOF_NOTE if order.is_proof else ""
    rows = [[*(say(line) for say in COLUMNS.values()), note] for line in order.lines]
    rows.append(_totals(order))
    for missing in order.missing:
        cells: dict[str, Cell] = {
            "file": NOT_HERE,
            "piece": missing.piece_name,
            "language": missing.english,
            "tag": missing.tag,
            NOTE: missing.words,
        }
        rows.append([cells.get(name) for name in HEADER])
    return rows


def _totals(order: ShopOrder) -> list[Cell]:
    priced = order.unpriced < len(order.lines)
    cells: dict[str, Cell] = {
        "file": TOTAL,
        "need": order.need,
        "spares": order.copies - order.need,
        "copies": order.copies,
        "price": order.price if priced else MISSING_PRICE,
        NOTE: f"price: {order.price_words}",
    }
    return [cells.get(name) for name in HEADER]


def csv_bytes(order: ShopOrder) -> bytes:
    """Return order.csv, with the mark and the line ends that spreadsheets ask of UTF-8."""
    return _csv([HEADER, *rows_of(order)])


def places_csv(order: ShopOrder) -> bytes:
    """Return ship-to.csv: for each place, what it gets of each file."""
    return _csv([PLACES, *_places(order)])


PLACES = ("ship_to", "file", "piece", "language", "tag", "copies")


def _places(order: ShopOrder) -> list[list[Cell]]:
    """Return a row for each place and file, and for the spares, in the order's line order."""
    rows: list[list[Cell]] = []
    for slug, name in (*order.places, (None, "Spares")):
        for line in order.lines:
            shares = [share.copies for share in line.shares if share.region == slug]
            copies = line.spares if slug is None else sum(shares)
            if copies:
                rows.append(
                    [name, line.file, line.piece_name, line.spoken.english, line.tag, copies]
                )
    return [*rows, [TOTAL, None, None, None, None, order.copies]]


def _csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_said(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _said(cell: Cell) -> str:
    """Return a cell as text; one that a spreadsheet would take for a formula is set apart."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def xlsx_bytes(order: ShopOrder) -> bytes:
    """Return order.xlsx: the same bytes for the same order, its day the campaign version's."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {
                "title": _title(order),
                "author": "",
                "created": datetime.combine(order.created, time()),
            }
        )
        _table(book, "Order", _title(order), HEADER, rows_of(order), len(order.lines))
        places = _places(order)
        _table(book, "Ship to", _title(order), PLACES, places, len(places) - 1)
    return out.getvalue()


def _title(order: ShopOrder) -> str:
    draft = f"{DRAFT} PROOF RUN. " if order.is_proof else ""
    return f"{draft}{order.campaign}, version {order.version}: order to {order.shop.name}"


def _table(
    book: Any,
    name: str,
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    summed: int,
) -> None:
    """Add a sheet; the row after the first `summed` ones adds them up by formulas."""
    sheet = book.add_worksheet(name)
    looks = {
        "ship_to": book.add_format({"valign": "top"}),
        "price": book.add_format({"valign": "top", "num_format": "0.00"}),
    }
    wrapped = book.add_format({"valign": "top", "text_wrap": True})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    sheet.set_landscape()
    sheet.set_paper(3)  # 11 x 17 in: a table of so many columns
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 1)
    sheet.set_header(f"&L{title[:MOST_TITLE].replace('&', '&&')}&R&P / &N")
    for column, word in enumerate(header):
        sheet.set_column(column, column, WIDTHS.get(word, NARROW), looks.get(word, wrapped))
        sheet.write_string(0, column, word, bold)
    _fill(sheet, header, rows, summed)


def _fill(sheet: Any, header: Sequence[str], rows: Sequence[Sequence[Cell]], summed: int) -> None:
    for number, row in enumerate(rows, 1):
        deep = max(
            -(-len(str(cell or "")) // (WIDTHS.get(word, NARROW) + 1))
            for word, cell in zip(header, row, strict=True)
            if word != "ship_to"
        )
        sheet.set_row(number, LINE_PT * max(deep, 1))  # not every program makes room by itself
        for column, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif number == summed + 1 and summed:
                _sum(sheet, number, column, cell)
            else:
                sheet.write_number(number, column, _number(cell))


def _sum(sheet: Any, row: int, column: int, value: int | Decimal) -> None:
    """Write a total as a formula over the rows above, with its value for who does not reckon."""
    first = xlsxwriter.utility.xl_rowcol_to_cell(1, column)
    last = xlsxwriter.utility.xl_rowcol_to_cell(row - 1, column)
    sheet.write_formula(row, column, f"=SUM({first}:{last})", None, _number(value))


def _number(cell: int | Decimal) -> int | float:
    return cell if isinstance(cell, int) else float(cell)
