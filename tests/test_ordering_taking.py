"""An order holds each file once, in lots with spares; what can't be ordered is told by name."""

import csv
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ordering_kit import EVERYBODY, SHOP, build_small, make_order_kit, ordered
from project_kit import change, make_project, sign_off, write

from printkit.built import Built, load_built
from printkit.errors import UserError
from printkit.jobs import Selection
from printkit.lots import in_lots
from printkit.ordering import order_for
from printkit.ordering.lines import fold_words
from printkit.ordering.tables import places_csv, xlsx_bytes
from printkit.project import Project, load_project
from printkit.shops import Shop, load_shop

HOW = (
    "Let a native reader read it, and record that: printkit po signoff es --reviewer HANDLE; "
    "then build again. To look at it on paper, order a few: --proof-run."
)


def refused(root: Path, **names: Any) -> list[str]:
    with pytest.raises(UserError) as caught:
        ordered(root, **names)
    return str(caught.value).splitlines()


def test_a_file_that_regions_share_is_one_line(tiny: Path) -> None:
    make_order_kit(tiny)
    order = ordered(tiny)
    leaf = next(line for line in order.lines if (line.sheet.piece, line.tag) == ("leaf", "es"))
    assert leaf.ship_to == "Alameda County: 150; Fresno County: 50"
    assert (leaf.need, leaf.spares, leaf.copies) == (200, 50, 250)  # 10 % spares, then the lot
    assert leaf.stock is not None and leaf.stock.words == "Gloss, 100 lb text (148 gsm)"
    assert leaf.language == "Spanish · español (es)"
    assert (leaf.sides, leaf.ink, leaf.fold) == ("both sides", "CMYK 4/4", "")
    assert leaf.file == f"regions_es-Spanish_leaf_v1.0_4.25x5.5_q250_{leaf.code.lower()}.pdf"
    assert leaf.price == Decimal("45.00")


def test_lines_are_pieces_in_their_order_and_places_those_of_the_orders(tiny: Path) -> None:
    make_order_kit(tiny)
    order = ordered(tiny)
    assert [(line.sheet.piece, line.tag) for line in order.lines] == [
        ("leaf", "en"), ("leaf", "es"), ("leaf", "ar"),
        ("handbill", "es"), ("handbill", "es"), ("handbill", "es"), ("handbill", "ar"),
        ("finder", "mul"),
    ]  # fmt: skip
    assert [slug for slug, _ in order.places] == ["alameda", "fresno", "kern", "california"]
    assert (order.need, order.copies) == (1005, 2400)
    assert order.price_words == "120.00 USD, without 5 of 8 files: price missing"


def test_what_was_asked_for_is_ordered_and_nothing_else(tiny: Path) -> None:
    make_order_kit(tiny)
    order = ordered(tiny, regions=["fresno"], languages=["es"], pieces=["leaf"])
    assert [line.ship_to for line in order.lines] == ["Fresno County: 50"]
    assert order.lines[0].file.startswith("06019_es-Spanish_leaf_v1.0_4.25x5.5_q100_")


def test_a_language_that_nobody_signed_off_is_refused_by_name(tiny: Path) -> None:
    make_order_kit(tiny, signed=("en", "ar", "legal"))
    assert refused(tiny) == [
        f"po/signoffs.toml: Spanish (es) is not signed off: its sheets are drafts. {HOW}",
        "po/signoffs.toml: The sheet in many languages speaks Spanish, not signed off. Have these "
        "signed off first; then build again. To look at it on paper, order a few: --proof-run.",
    ]
    assert len(ordered(tiny, languages=["ar"]).lines) == 2


def test_sheets_built_before_the_sign_off_are_refused(tiny: Path) -> None:
    make_order_kit(tiny, signed=("en", "ar", "legal"))
    sign_off(tiny, *EVERYBODY)
    assert refused(tiny, languages=["es"]) == [
        "Spanish (es) was signed off after its sheets were built as drafts. "
        "Build again: printkit build."
    ]


def test_a_proof_run_is_few_copies_marked_draft(tiny: Path) -> None:
    make_order_kit(tiny, signed=())
    order = ordered(tiny, is_proof=True)
    assert order.is_proof and order.name == "corner-DRAFT"
    assert {line.copies for line in order.lines} == {5, 25}
    assert all(line.file.startswith("DRAFT_") and line.spares == 0 for line in order.lines)
    assert [name for _, name in order.places] == ["whoever ordered this proof run"]


def test_a_campaign_that_is_not_ready_is_refused(tiny: Path) -> None:
    make_order_kit(tiny, signed=("en", "es", "ar"))
    change(tiny, "campaign.toml", "https://tiny.test", "https://www.example.org")
    told = refused(tiny)
    assert any("a placeholder" in line for line in told)
    assert any("No lawyer has signed off" in line for line in told) or len(told) == 1


def test_a_size_that_the_shop_does_not_print_is_told_with_its_pieces(tiny: Path) -> None:
    make_order_kit(tiny, shop=SHOP.replace('"5.5in", "8.5in"', '"6in", "9in"'))
    assert refused(tiny) == [
        "shops/corner.toml: Corner press does not print 5.5 x 8.5 in: Handbill. Add the size as "
        "[[formats]] if the shop has it, or leave the piece out with --piece."
    ]
    assert len(ordered(tiny, pieces=["leaf", "finder"]).lines) == 4


def test_a_build_of_other_orders_is_told_by_the_orders_lines(tiny: Path) -> None:
    make_order_kit(tiny)
    line = change(tiny, "regions/orders.csv", "fresno,es,handbill,300", "fresno,es,handbill,400")
    change(tiny, "regions/orders.csv", "kern,es,handbill,100,\n", "kern,ar,handbill,100,\n")
    told = refused(tiny)
    assert all(one.endswith(" Build again: printkit build.") for one in told)
    assert [one.removesuffix(" Build again: printkit build.") for one in told] == [
        f"regions/orders.csv:{line}: fresno es handbill: 400 copies here, 300 in the build.",
        f"regions/orders.csv:{line + 1}: kern ar handbill is not in the build.",
        "regions/orders.csv: kern es handbill is in the build, and nobody orders it.",
    ]


def test_a_build_of_another_version_or_standard_is_refused(tiny: Path) -> None:
    make_order_kit(tiny)
    text = (tiny / "shops/corner.toml").read_text(encoding="utf-8")
    write(tiny, "shops/corner.toml", text.replace("x-1a", 'x-4"\ncondition = "FOGRA51'))
    x4, other = refused(tiny)
    assert x4 == (
        "shops/corner.toml: The build's press files are PDF/X-1a:2003, and Corner press takes "
        "PDF/X-4. Build again: printkit build --standard pdf/x-4."
    )
    assert 'made for "CGATS TR 006", and Corner press prints "FOGRA51"' in other


def test_sheets_that_failed_are_named_and_not_ordered(tiny: Path) -> None:
    make_order_kit(tiny)

    def fail(entry: dict[str, Any]) -> None:
        if (entry["piece"], entry["language"]) == ("handbill", "es"):
            found = {"severity": "FAIL", "what": "A line runs out of its box."}
            entry |= {"file": None, "sha256": None, "bytes": 0, "digest": None, "findings": [found]}

    build_small(tiny, fail)
    order = ordered(tiny)
    assert len(order.lines) == 5
    assert [missing.words for missing in order.missing] == [
        "Handbill in Spanish (es), 600 copies for Alameda County, Fresno County, Kern County: "
        "A line runs out of its box."
    ]


def test_a_manifest_that_somebody_wrote_leads_nowhere_else(tiny: Path) -> None:
    make_order_kit(tiny)

    def climb(entry: dict[str, Any]) -> None:
        entry["digest"] = "../../../ETC"
        if entry["region"] == "kern":
            entry["language"] = "xx"

    build_small(tiny, climb)
    assert refused(tiny) == [
        "regions/orders.csv:8: kern es handbill is not in the build. Build again: printkit build.",
        "regions/orders.csv: kern xx handbill is in the build, and nobody orders it. "
        "Build again: printkit build.",
    ]
    order = ordered(tiny, regions=["alameda"])
    assert all(
        "/" not in line.file and line.file.endswith("..-..-..-etc.pdf") for line in order.lines
    )


def test_two_files_of_one_name_are_refused(tiny: Path) -> None:
    make_order_kit(tiny, shop=SHOP.replace("spares", 'names = "{code}"\nspares', 1))
    build_small(tiny, lambda entry: entry.update(digest="SAME"))
    told = refused(tiny)
    assert len(told) == 1 and told[0].startswith('Two files would be called "same.pdf".')


def test_a_copy_shop_gets_the_copier_files(tiny: Path) -> None:
    make_order_kit(tiny, shop=SHOP.replace("spares", 'edition = "copier"\nspares', 1))
    line = ordered(tiny).lines[0]
    assert (line.sheet.edition, line.ink, line.bleed_pt) == ("copier", "black 1/1", 0)


def test_folds_are_told_with_their_panels() -> None:
    assert fold_words(()) == ""
    assert fold_words((265.5, 265.5, 261)) == (
        "C-fold, panels 3.6875 / 3.6875 / 3.625 in, mirrored overleaf"
    )
    assert fold_words((198.0, 198.0)).startswith("half fold, panels 2.75 / 2.75 in")
    assert fold_words((264.0, 264.0, 264.0)).startswith("Z-fold")


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Shop, Built]:
    """A project that is signed off and built, read once."""
    root = make_project(tmp_path_factory.mktemp("ready") / "project")
    out = make_order_kit(root)
    project = load_project(root)
    return project, load_shop(root, "corner"), load_built(out)


@settings(max_examples=40, deadline=None)
@given(copies=st.lists(st.integers(1, 20_000), min_size=9, max_size=9))
def test_copies_ordered_are_those_packed_and_spares(
    ready: tuple[Project, Shop, Built], copies: list[int]
) -> None:
    project, shop, built = ready
    orders = [
        replace(order, copies=many) for order, many in zip(project.orders, copies, strict=True)
    ]
    many_of = {(order.region, order.language, order.piece): order.copies for order in orders}
    sheets = [
        replace(sheet, copies=many_of[sheet.region, sheet.language, sheet.piece])
        for sheet in built.sheets
    ]
    order = order_for(
        replace(project, orders=tuple(orders)),
        replace(built, sheets=tuple(sheets)),
        shop,
        Selection(),
    )
    assert order.need == sum(copies)
    for line in order.lines:
        assert line.copies == sum(share.copies for share in line.shares) + line.spares
        lots = (250, 1000) if line.sheet.piece == "handbill" else (50, 100, 250, 500)
        assert line.copies == in_lots(-(-line.need * 11 // 10), lots)
    assert order.copies == order.need + sum(line.spares for line in order.lines)
    *_, total = csv.reader(io.StringIO(places_csv(order).decode("utf-8-sig")))
    assert int(total[-1]) == order.copies
    assert xlsx_bytes(order) == xlsx_bytes(order)
