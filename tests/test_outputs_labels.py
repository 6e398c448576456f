"""Labels lie where their sheet has them, and say what is in each box."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.checks.words import page_texts
from printkit.languages import LANGUAGES
from printkit.outputs.labels import INSET_PT, STOCKS, Item, Labels, labels_for, labels_pdf
from printkit.project import Project

pytestmark = pytest.mark.usefixtures("own_fonts")


def item(tag: str, piece: str = "Card", copies: int = 3450, *, draft: bool = False) -> Item:
    language = LANGUAGES[tag]
    return Item(
        english=language.english,
        autonym=language.autonym,
        tag=tag,
        direction=language.direction,
        draft=draft,
        piece=piece,
        count=f"{copies // 100} × 100",
        copies=copies,
    )


def region(project: Project, *boxes: tuple[Item, ...], stock: str = "avery-5164") -> Labels:
    return Labels(
        stock=stock,
        campaign="Tiny campaign",
        version="1.0",
        created=project.campaign.version_date,
        region="Fresno County",
        boxes=boxes,
        fonts=project.fonts,
        profiles=project.profiles,
    )


def letters_of(pdf: bytes, page: int = 0) -> list[tuple[float, float, float, float]]:
    """Where each letter stands, in points from the page's top left: left, top, right, bottom."""
    document = pdfium.PdfDocument(pdf)
    leaf = document[page]
    words, high = leaf.get_textpage(), leaf.get_height()
    found = []
    for number in range(words.count_chars()):
        if words.get_text_range(number, 1).strip():
            left, bottom, right, top = words.get_charbox(number)
            found.append((left, high - top, right, high - bottom))
    document.close()
    return found


# The sheets ------------------------------------------------------------------------------------


def test_avery_5164_lies_evenly_on_us_letter() -> None:
    stock = STOCKS["avery-5164"]
    assert (stock.label.width_pt, stock.label.height_pt) == pytest.approx((4 * 72, 72 * 10 / 3))
    right = stock.corner(1)[0] + stock.label.width_pt
    bottom = stock.corner(5)[1] + stock.label.height_pt
    assert stock.corner(0) == (11.25, 36)
    assert (612 - right, 792 - bottom) == pytest.approx((11.25, 36))
    assert stock.corner(1)[0] - stock.corner(0)[0] - 288 == pytest.approx(0.1875 * 72)


@pytest.mark.parametrize("name", STOCKS)
def test_labels_lie_on_the_page_and_not_on_each_other(name: str) -> None:
    stock = STOCKS[name]
    assert stock.source
    assert stock.across_pt >= stock.label.width_pt and stock.down_pt >= stock.label.height_pt
    left, top = stock.corner(stock.columns * stock.rows - 1)
    assert left + stock.label.width_pt <= stock.page.width_pt
    assert top + stock.label.height_pt <= stock.page.height_pt


def test_everything_printed_stands_well_within_its_label(tiny_read: Project) -> None:
    """Measured in the finished file, six boxes full of long words on a sheet."""
    box = tuple(item(tag, "A very long name of a piece") for tag in ("ur", "km", "hy"))
    for name, stock in STOCKS.items():
        pdf = labels_pdf(region(tiny_read, *[box] * 6, stock=name))
        with pikepdf.open(io.BytesIO(pdf)) as document:
            sizes = {tuple(map(float, page.mediabox)) for page in document.pages}
            assert document.Root.ViewerPreferences.PrintScaling == "/None"
        assert sizes == {(0, 0, stock.page.width_pt, stock.page.height_pt)}
        held: set[int] = set()
        for left, top, right, bottom in letters_of(pdf):
            (place,) = [
                place
                for place in range(stock.columns * stock.rows)
                for x, y in [stock.corner(place)]
                if x + INSET_PT - 1 <= left and right <= x + stock.label.width_pt - INSET_PT + 1
                if y + INSET_PT - 3 <= top and bottom <= y + stock.label.height_pt - INSET_PT + 3
            ]
            held.add(place)
        assert held == set(range(stock.columns * stock.rows))


def test_the_same_words_stand_a_pitch_apart(tiny_read: Project) -> None:
    stock = STOCKS["avery-5164"]
    letters = letters_of(labels_pdf(region(tiny_read, *[(item("es"),)] * 6)))
    corners = []
    for place in range(6):
        x, y = stock.corner(place)
        ours = [one for one in letters if x < one[0] < x + 288 and y < one[1] < y + 240]
        corners.append((min(one[0] for one in ours) - x, min(one[1] for one in ours) - y))
    for corner in corners:
        assert corner == pytest.approx(corners[0], abs=0.05)
    assert corners[0] == pytest.approx((INSET_PT + 3, INSET_PT + 3), abs=2)


# What they say ---------------------------------------------------------------------------------


def test_what_a_label_says(tiny_read: Project) -> None:
    boxes = (item("es"), item("es", "Poster", 500)), (item("zh-Hant", draft=True),)
    (text,) = page_texts(labels_pdf(region(tiny_read, *boxes)))
    first, second = text.split("Box 2 of 2")
    assert "Fresno County Box 1 of 2 v1.0 · Tiny campaign es Spanish · español" in first
    assert "Ship to" in first
    assert "34 × 100 Card 5 × 100 Poster" in first
    assert "3,950 copies, in bundles. The packing list is in this box." in first
    assert "DRAFT" not in first
    assert "DRAFT: do not hand out v1.0" in second
    assert "zh-Hant DRAFT Chinese (Traditional) · 繁體中文" in second
    assert "packing list" not in second and "Label" not in second


def test_no_number_is_cut_off_by_a_long_name(tiny_read: Project) -> None:
    """The largest counts there can be, measured: they end before the line does."""
    box = (replace(item("es", "N" * 60), count="20000 × 100 + 1 × 99"),) * 2
    pdf = labels_pdf(replace(region(tiny_read, *[box] * 6), region="N" * 60))
    document = pdfium.PdfDocument(pdf)
    words = document[0].get_textpage()
    for left, text in ((11.25, "+ 1 × 99"), (11.25, "Box 1 of 6")):
        found = words.search(text)
        place, count = found.get_next()
        boxes = [words.get_charbox(place + number) for number in range(count)]
        right = left + 12 + (132 if "×" in text else 264)
        assert left + 12 < boxes[0][0] and boxes[-1][2] <= right + 0.1
    document.close()


def test_a_box_with_much_in_it_has_several_labels(tiny_read: Project) -> None:
    pieces = ("Card", "Know your rights", "Data flow", "Brochure", "Poster", "Letter kit")
    box = tuple(item(tag, piece) for tag in LANGUAGES for piece in pieces)
    listed = region(tiny_read, box)
    placed = [label for page in labels_for(listed) for label in page]
    shown = [
        one for label in placed for group in label.groups for line in group.lines for one in line
    ]
    assert shown == list(box)
    assert [label.part for label in placed] == list(range(1, len(placed) + 1))
    assert {label.parts for label in placed} == {len(placed)}
    text = " ".join(page_texts(labels_pdf(listed)))
    assert f"Label 1 of {len(placed)}" in text
    assert text.count("Ship to") == 1


@given(
    counts=st.lists(st.integers(1, 60), min_size=1, max_size=22),
    stock=st.sampled_from(sorted(STOCKS)),
)
def test_nothing_in_a_box_is_left_off_its_labels(
    counts: list[int], stock: str, tiny_read: Project
) -> None:
    tags = list(LANGUAGES)
    box = tuple(
        item(tags[number], f"Letter {place}")
        for number, many in enumerate(counts)
        for place in range(many)
    )
    placed = [label for page in labels_for(region(tiny_read, box, stock=stock)) for label in page]
    shown = [
        one for label in placed for group in label.groups for line in group.lines for one in line
    ]
    assert shown == list(box)


@pytest.mark.parametrize(
    "name", ["O'Brien & <b>Sons</b>", "A place with a name as long as this one is"]
)
def test_a_regions_name_is_printed_as_it_is(tiny_read: Project, name: str) -> None:
    (text,) = page_texts(labels_pdf(replace(region(tiny_read, (item("es"),)), region=name)))
    assert f"{name} Box 1 of 1" in text


def test_the_same_labels_are_the_same_bytes(tiny_read: Project) -> None:
    listed = region(tiny_read, (item("es"), item("ar")))
    assert labels_pdf(listed) == labels_pdf(listed)
