"""An order's folder and ZIP hold all that a shop needs, and the same bytes for the same order."""

import csv
import hashlib
import io
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from building import contents_of, silent
from ordering_kit import build_small, make_order_kit, ordered

from printkit.errors import UserError
from printkit.ordering import Ordered, ShopOrder, write_order
from printkit.ordering.bundle import TEXTS
from printkit.ordering.tables import HEADER, csv_bytes, xlsx_bytes
from printkit.ordering.ticket import ticket
from printkit.ordering.words import readme
from printkit.project import load_project


def written(root: Path, order: ShopOrder, out: Path | None = None) -> Ordered:
    place = out or root / "build" / "orders"
    return write_order(order, load_project(root), out=place, workers=1, progress=silent)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def fail(entry: dict[str, Any]) -> None:
    if (entry["piece"], entry["language"]) == ("handbill", "es"):
        found = {"severity": "FAIL", "what": "A line runs out of its box."}
        entry |= {"file": None, "sha256": None, "bytes": 0, "digest": None, "findings": [found]}


def test_the_folder_holds_it_all_and_its_sums(tiny: Path) -> None:
    make_order_kit(tiny)
    done = written(tiny, ordered(tiny))
    found = contents_of(done.folder)
    assert {name for name in found if "/" not in name} == {*TEXTS, "SHA256SUMS"}
    assert len([name for name in found if name.startswith("files/")]) == 8
    lines = [line.split("  ", 1) for line in found.pop("SHA256SUMS").decode().splitlines()]
    sums = {name: told for told, name in lines}
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}


def test_the_zip_holds_the_folder_and_nothing_of_this_machine(tiny: Path) -> None:
    make_order_kit(tiny)
    done = written(tiny, ordered(tiny))
    with zipfile.ZipFile(done.zip) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(2026, 7, 1, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())
    assert inside == {f"corner/{name}": data for name, data in contents_of(done.folder).items()}


def test_the_same_order_is_the_same_bytes(tiny: Path, tmp_path: Path) -> None:
    make_order_kit(tiny)
    first = written(tiny, ordered(tiny), tmp_path / "one")
    other = Path(shutil.copytree(tiny, tmp_path / "elsewhere", symlinks=True))
    second = written(other, ordered(other), tmp_path / "two")
    assert contents_of(first.folder) == contents_of(second.folder)
    assert first.zip.read_bytes() == second.zip.read_bytes()


def test_a_second_order_replaces_the_first_and_no_edits(tiny: Path) -> None:
    make_order_kit(tiny)
    done = written(tiny, ordered(tiny))
    written(tiny, ordered(tiny, pieces=["leaf"]))
    assert len(list((done.folder / "files").iterdir())) == 3
    (done.folder / "order.csv").write_text("edited", encoding="utf-8")
    with pytest.raises(UserError, match=r"order\.csv in .* was changed since it was made"):
        written(tiny, ordered(tiny))
    assert (done.folder / "order.csv").read_text(encoding="utf-8") == "edited"


def test_what_is_no_order_is_not_replaced(tiny: Path) -> None:
    make_order_kit(tiny)
    mine = tiny / "build" / "orders" / "corner" / "mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match="printkit did not make it"):
        written(tiny, ordered(tiny))
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_file_that_the_build_did_not_make_goes_to_no_shop(tiny: Path) -> None:
    make_order_kit(tiny)
    order = ordered(tiny)
    order.lines[3].source.write_bytes(b"%PDF-1.7 something else")
    with pytest.raises(UserError, match="is gone, or is not what the build made"):
        written(tiny, order)
    assert not (tiny / "build" / "orders").exists()


def test_the_csv_adds_up_and_opens_in_any_spreadsheet(tiny: Path) -> None:
    make_order_kit(tiny)
    data = csv_bytes(ordered(tiny))
    assert data.startswith(b"\xef\xbb\xbffile,") and data.count(b"\r\n") == 10
    *lines, total = rows(data)
    assert total["file"] == "TOTAL" and list(total) == list(HEADER)
    for name in ("need", "spares", "copies"):
        assert int(total[name]) == sum(int(line[name]) for line in lines)
    assert [line["price"] for line in lines].count("price missing") == 5
    assert total["price"] == "120.00"
    assert lines[2]["autonym"] == "العربية"


def test_what_failed_stands_on_the_order_itself(tiny: Path) -> None:
    make_order_kit(tiny)
    build_small(tiny, fail)
    order = ordered(tiny)
    words = (
        "Handbill in Spanish (es), 600 copies for Alameda County, Fresno County, Kern County: "
        "A line runs out of its box."
    )
    last = rows(csv_bytes(order))[-1]
    assert (last["file"], last["note"], last["copies"]) == ("NOT IN THIS ORDER", words, "")
    assert "NOT IN THIS ORDER" in readme(order).decode()
    assert f"Not in this order: {words}" in ticket(order).decode()
    done = written(tiny, order)
    book = pypdfium2.PdfDocument(done.folder / "proof-book.pdf")
    assert "Not in this order" in book[len(book) - 1].get_textpage().get_text_range()
    book.close()


def test_a_proof_run_says_draft_everywhere(tiny: Path) -> None:
    make_order_kit(tiny, signed=())
    order = ordered(tiny, is_proof=True)
    done = written(tiny, order)
    assert done.folder.name == "corner-DRAFT" and done.zip.name == "corner-DRAFT.zip"
    for name, data in contents_of(done.folder).items():
        if name.startswith("files/"):
            assert name.startswith("files/DRAFT_")
        elif name not in ("order.xlsx", "proof-book.pdf", "SHA256SUMS"):
            assert b"DRAFT" in data, name
    with zipfile.ZipFile(done.folder / "order.xlsx") as book:
        assert b"DRAFT PROOF RUN" in book.read("xl/worksheets/sheet1.xml")
    proof = pypdfium2.PdfDocument(done.folder / "proof-book.pdf")
    assert all("DRAFT" in page.get_textpage().get_text_range() for page in proof)
    proof.close()


def test_the_book_shows_every_page_of_every_region_with_its_name(tiny: Path) -> None:
    make_order_kit(tiny)
    order = ordered(tiny)
    done = written(tiny, order)
    book = pypdfium2.PdfDocument(done.folder / "proof-book.pdf")
    told = [page.get_textpage().get_text_range() for page in book]
    assert [text.splitlines()[0] for text in told] == [
        "Alameda County", "Fresno County", "Kern County", "California",
    ]  # fmt: skip
    leaf = next(line for line in order.lines if line.tag == "ar")
    assert f"Leaf {leaf.code}, page 2" in told[3] and "Arabic · العربية" in told[3]
    assert all("Signature ____" in text for text in told)
    pictures = [sum(thing.type == 3 for thing in page.get_objects(max_depth=1)) for page in book]
    assert pictures == [2 + 2 + 1 + 1, 2 + 1, 1, 2 + 1]
    book.close()
    with pikepdf.open(done.folder / "proof-book.pdf") as pdf:
        assert pdf.docinfo["/Title"] == "Proof book: Tiny campaign, version 1.0"


def test_the_workbook_holds_numbers_and_formulas_and_no_machine(tiny: Path) -> None:
    make_order_kit(tiny)
    data = xlsx_bytes(ordered(tiny))
    assert data == xlsx_bytes(ordered(tiny))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        core = book.read("docProps/core.xml").decode()
        names = book.read("xl/workbook.xml").decode()
    assert "<f>SUM(Q2:Q9)</f><v>2400</v>" in sheet
    assert "2026-07-01T00:00:00Z" in core
    assert 'name="Order"' in names and 'name="Ship to"' in names


def test_the_readme_says_it_in_plain_words(tiny: Path) -> None:
    make_order_kit(tiny)
    text = readme(ordered(tiny)).decode()
    assert "8 files, 2,400 copies: 1,005 for the places that ordered and 1,395 spares." in text
    assert "120.00 USD, without 5 of 8 files: price missing" in " ".join(text.split())
    assert "Overs up to 5 % are accepted, unders up to 0 %." in text
    assert "No carton heavier than 35 lb." in text
    assert max(map(len, text.splitlines())) <= 88
    assert "\r\n\r\n\r\n" not in text
