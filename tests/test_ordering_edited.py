"""An edited order.csv is read as spreadsheets save it, and what adds up wrong is told by row."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ordering_kit import make_order_kit, ordered

from printkit.errors import UserError
from printkit.ordering import check_edited
from printkit.ordering.cells import count_of, is_made_over, money_of, places_of, trim_of
from printkit.ordering.edited import Edited
from printkit.ordering.tables import csv_bytes
from printkit.project import load_project
from printkit.shops import load_shop

Rows = list[list[str]]
COLUMN = {"piece": 1, "tag": 4, "code": 5, "trim": 7, "ship_to": 13, "need": 14, "spares": 15,
          "copies": 16, "price": 17, "note": 18}  # fmt: skip


def rows_of(root: Path, *, is_proof: bool = False) -> Rows:
    text = csv_bytes(ordered(root, is_proof=is_proof)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def saved(root: Path, rows: Rows, *, mark: str = ",", end: str = "\r\n", bom: bool = True) -> Path:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    path = root / "order.csv"
    path.write_bytes(out.getvalue().encode("utf-8-sig" if bom else "utf-8"))
    return path


def checked(root: Path, path: Path) -> Edited:
    project = load_project(root)
    return check_edited(path, project, load_shop(root, "corner"))


def wrong(root: Path, path: Path) -> list[str]:
    with pytest.raises(UserError) as caught:
        checked(root, path)
    return str(caught.value).splitlines()


def test_an_order_as_it_was_written_adds_up(tiny: Path) -> None:
    make_order_kit(tiny)
    found = checked(tiny, saved(tiny, rows_of(tiny)))
    assert found == Edited(files=8, copies=2400, price=Decimal("120.00"), unpriced=5)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_spreadsheets_save_it_in_many_ways(tiny: Path, mark: str, end: str) -> None:
    make_order_kit(tiny)
    rows = rows_of(tiny)
    for row in rows[1:]:
        row[COLUMN["ship_to"]] = row[COLUMN["ship_to"]].replace("; ", ";\n")
        row[COLUMN["note"]] = "two\nlines"
    rows[5][COLUMN["copies"]] = "1,000" if rows[5][COLUMN["copies"]] == "1000" else "250.0"
    rows[9][COLUMN["copies"]] = "2.400"
    rows[1][COLUMN["price"]] = "$45,00"
    rows[2][COLUMN["code"]] = "03-Mrz-26"
    rows[3][COLUMN["code"]] = "1,2E+34"
    path = saved(tiny, rows, mark=mark, end=end, bom=mark != "\t")
    assert checked(tiny, path).copies == 2400


def test_columns_may_be_moved_and_rows_taken_out(tiny: Path) -> None:
    make_order_kit(tiny)
    rows = [list(reversed(row)) for row in rows_of(tiny)]
    del rows[8]
    total = rows[-1]
    for name, less in (("need", 5), ("spares", 45), ("copies", 50)):
        place = len(total) - 1 - COLUMN[name]
        total[place] = str(int(total[place]) - less)
    found = checked(tiny, saved(tiny, rows))
    assert (found.files, found.copies) == (7, 2350)


def test_everything_that_adds_up_wrong_is_told_at_once_by_row_and_column(tiny: Path) -> None:
    make_order_kit(tiny)
    rows = rows_of(tiny)
    change: list[tuple[int, str, str]] = [
        (1, "copies", "300"),
        (2, "need", "210"),
        (3, "ship_to", "Californa: 50"),
        (4, "copies", "many"),
        (5, "piece", "Hanbill"),
        (6, "tag", "sp"),
        (1, "price", "40"),
        (7, "code", "NOTHIS"),
        (8, "trim", "9 x 12 in"),
        (9, "spares", "7"),
    ]
    for row, name, text in change:
        rows[row][COLUMN[name]] = text
    told = wrong(tiny, saved(tiny, rows))
    assert 'order.csv:5: copies: "many" is not a number of copies. ' in told[0]
    assert told[1:] == [
        "order.csv:2: copies: 300 are not the 100 needed and 150 spares. "
        "Write 250, or change need or spares.",
        "order.csv:2: copies: 300 are no lot of Corner press that holds 100 and spares. "
        "Write 500; lots: 50, 100, 250, 500.",
        "order.csv:2: price: 40.00 is not the table's 50.00 for 300 copies. "
        "Write 50.00, or change [[prices]] in shops/corner.toml.",
        "order.csv:3: copies: 250 are not the 210 needed and 50 spares. "
        "Write 260, or change need or spares.",
        "order.csv:3: need: the places get 200 copies, and 210 stand here. "
        "Write 200, or change ship_to.",
        'order.csv:4: ship_to: there is no region "Californa". Did you mean "California"?',
        'order.csv:6: piece: there is no piece "Hanbill" in this project. Did you mean "Handbill"?',
        'order.csv:7: tag: there is no language "sp" in this project. Use one of: en, es, ar, mul.',
        'order.csv:8: code: "NOTHIS" is not the code in the file\'s name. '
        "Put back the code that stands at the end of the file's name.",
        'order.csv:9: trim: Corner press does not print "9 x 12 in". '
        "Write a size of shops/corner.toml, such as 8.5 x 11 in.",
        "order.csv:10: need: the rows come to 1,015, and 1,005 stand here. "
        "Write 1015, or mend a row.",
        "order.csv:10: spares: the rows come to 1,395, and 7 stand here. "
        "Write 1395, or mend a row.",
        "order.csv:10: price: the rows come to 115.00, and 120.00 stand here. "
        "Write 115.00, or mend a row.",
    ]


def test_rows_stand_once_and_the_total_is_there(tiny: Path) -> None:
    make_order_kit(tiny)
    rows = rows_of(tiny)
    told = wrong(tiny, saved(tiny, [*rows[:9], rows[1]]))
    assert told[0].startswith("order.csv:10: file: ") and "stands 2 times" in told[0]
    assert told[1] == "order.csv: There is no row TOTAL. Keep one row whose file is TOTAL."


def test_a_file_that_is_no_order_is_told(tiny: Path) -> None:
    make_order_kit(tiny)
    path = tiny / "order.csv"
    path.write_text("region,copies\nfresno,5\n", encoding="utf-8")
    assert any("The column file is missing" in line for line in wrong(tiny, path))


def test_a_proof_run_stays_small(tiny: Path) -> None:
    make_order_kit(tiny)
    rows = rows_of(tiny, is_proof=True)
    assert checked(tiny, saved(tiny, rows)).copies == 180
    rows[1][COLUMN["copies"]], rows[1][COLUMN["spares"]] = "26", "1"
    assert any("26 are too many for a proof run" in line for line in wrong(tiny, saved(tiny, rows)))


@pytest.mark.parametrize(
    "text", ["1000", "1,000", "1.000", "1 000", "1\u00a0000", "1\u202f000", "1'000", "1000.0",
             "1,000.00", "1.000,00", "'1000"],
)  # fmt: skip
def test_a_count_is_read_however_a_spreadsheet_dressed_it(text: str) -> None:
    assert count_of(text) == 1000


@pytest.mark.parametrize("text", ["", "many", "1E+05", "1,00,0", "12.5", "-3", "1,0000", "9" * 13])
def test_what_is_no_count_is_none(text: str) -> None:
    assert count_of(text) is None


@pytest.mark.parametrize(
    "text", ["1234.5", "1,234.50", "1.234,50", "$1,234.50", "1234,5 USD", "1 234,50 €"]
)
def test_money_is_read_however_a_spreadsheet_dressed_it(text: str) -> None:
    assert money_of(text) == Decimal("1234.50")


@pytest.mark.parametrize("text", ["", "free", "1.234.50", "12,345,6", "1E3"])
def test_what_is_no_money_is_none(text: str) -> None:
    assert money_of(text) is None


def test_places_and_sizes_are_read_back() -> None:
    assert places_of("Kern County: 1,000;\nFresno  County:5;") == [
        ("Kern County", 1000), ("Fresno County", 5),
    ]  # fmt: skip
    assert places_of("Kern County") is None
    assert trim_of("4.25 × 5.5 in") == trim_of("4.25 x 5.5 in")
    assert trim_of("4.25 x") is None and trim_of("4..5 x 5 in") is None


@pytest.mark.parametrize("text", ["3-Mar-26", "03.03.2026", "2026-03-03", "Mar-26", "1.2E+34"])
def test_codes_that_became_dates_or_numbers_are_known_for_what_they_are(text: str) -> None:
    assert is_made_over(text)
    assert not is_made_over("T5398V")


@given(st.integers(0, 10**11))
def test_counts_come_back_from_any_grouping(number: int) -> None:
    plain = f"{number:,}"
    for mark in (",", ".", " ", "'", "\u00a0", ""):
        assert count_of(plain.replace(",", mark)) == number


@given(st.text(max_size=30))
def test_no_cell_breaks_the_reading(text: str) -> None:
    readers: list[Callable[[str], object]] = [count_of, money_of, places_of, trim_of, is_made_over]
    for read in readers:
        read(text)
