"""Codes are the library's modules, drawn as vectors that decode to the URL."""

import io

import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image

from printkit.qr import QUIET_MODULES, qr_matrix, qr_stream, qr_svg, side_in_modules
from printkit.symbols import symbol_of

DROP = "https://privacy.ca.gov/drop/"
LANDING = "https://example.org/ca/fresno/zh-Hant/v1"


def page_with(stream: bytes, side_pt: float = 72) -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(side_pt, side_pt))
    page.contents_add(b"q %f 0 0 %f 0 0 cm\n%s\nQ" % (side_pt, side_pt, stream))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def decoded(pdf: bytes) -> list[str]:
    page = pdfium.PdfDocument(pdf)[0]
    return [code.text for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil())]


@pytest.mark.parametrize("url", [DROP, LANDING])
def test_operators_decode_to_the_url(url: str) -> None:
    assert decoded(page_with(qr_stream(url))) == [url]


def test_operators_are_the_rows_of_the_symbol_from_the_top() -> None:
    rows = qr_matrix(LANDING)
    side = len(rows) + 2 * 2
    lines = qr_stream(LANDING, quiet=2, ink=b"0 g").decode().split("\n")
    assert lines[:3] == ["q", "0 g", f"{1 / side:.8f} 0 0 {1 / side:.8f} 0 0 cm"]
    assert lines[3] == f"2 {side - 3} 7 1 re"
    assert lines[-1] == "f Q"
    painted = [[False] * side for _ in range(side)]
    for line in lines[3:-1]:
        x, y, width, height, operator = line.split()
        assert (height, operator) == ("1", "re")
        for column in range(int(x), int(x) + int(width)):
            painted[side - 1 - int(y)][column] = True
    assert tuple(tuple(row[2:-2]) for row in painted[2:-2]) == rows
    assert not any(any(row) for row in (*painted[:2], *painted[-2:]))


def test_svg_path_paints_the_modules_and_nothing_else() -> None:
    svg = qr_svg(DROP, title="Scan & go")
    side = side_in_modules(DROP)
    image = Image.new("1", (side, side))
    for move in svg.split('d="')[1].split('"')[0].removesuffix("z").split("z"):
        start, rest = move[1:].split("h", 1)
        x, y = (int(number) for number in start.split())
        for column in range(int(rest.split("v")[0])):
            image.putpixel((x + column, y), 1)
    quiet = QUIET_MODULES
    rows = tuple(
        tuple(bool(image.getpixel((x, y))) for x in range(quiet, side - quiet))
        for y in range(quiet, side - quiet)
    )
    assert rows == qr_matrix(DROP)
    assert "<title>Scan &amp; go</title>" in svg
    assert svg.count("<path") == 1


def test_quiet_zone_is_inside_the_unit_square() -> None:
    page = pdfium.PdfDocument(page_with(qr_stream(DROP), side_pt=side_in_modules(DROP)))[0]
    image = page.render(scale=1).to_pil().convert("L")
    side = side_in_modules(DROP)
    assert image.size == (side, side)
    inked = image.point([255] * 128 + [0] * 128).getbbox()
    assert inked == (QUIET_MODULES, QUIET_MODULES, side - QUIET_MODULES, side - QUIET_MODULES)


def test_ink_is_black_only_in_the_ink_asked_for() -> None:
    assert b"0 0 0 1 k" in qr_stream(DROP)
    gray = qr_stream(DROP, ink=b"0 g")
    assert b"0 g" in gray
    assert b" k" not in gray


def test_same_url_gives_the_same_code() -> None:
    first = qr_stream(DROP)
    symbol_of.cache_clear()
    qr_stream.cache_clear()
    assert qr_stream(DROP) == first


def test_an_empty_address_is_refused() -> None:
    with pytest.raises(ValueError, match="A code needs an address to lead to"):
        qr_matrix("")
