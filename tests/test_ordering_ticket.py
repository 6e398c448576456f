"""The job ticket is what CIP4's schema of XJDF asks for, and says what the order says.

The rules below are the schema's (2.2.31) for the elements that a ticket has. The schema itself is
not shipped; with PRINTKIT_XJDF_SCHEMA set to a copy of it, the tickets are held to that too.
"""

import os
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ordering_kit import make_order_kit, ordered

from printkit.ordering import ShopOrder
from printkit.ordering.lines import Missing
from printkit.ordering.ticket import NAMESPACE, ticket

X = f"{{{NAMESPACE}}}"
SCHEMA = os.environ.get("PRINTKIT_XJDF_SCHEMA", "")
C_FOLD, Z_FOLD, HALF = (265.5, 265.5, 261.0), (264.0, 264.0, 264.0), (198.0, 198.0)
FOUR = (198.0, 198.0, 198.0, 198.0)

TOKEN = r"[\w.:-]+"
FLOAT = r"-?\d+(\.\d+)?(e[+-]?\d+)?"
WHOLE = r"-?\d{1,9}"
ANY = r"[\s\S]*"


def listed(one: str, count: str) -> str:
    return f"{one}( {one}){{{count}}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What an element of the ticket may hold."""

    children: tuple[str, ...] = ()
    """In this order; "?" after a name says at most one, "*" any number; without, just one."""
    needs: Mapping[str, str] = field(default_factory=dict)
    may: Mapping[str, str] = field(default_factory=dict)
    text: bool = False


RULES = {
    "XJDF": Rule(
        children=("AuditPool?", "Comment*", "ProductList?", "ResourceSet*"),
        needs={"JobID": TOKEN, "Types": listed(TOKEN, "0,")},
        may={"Version": r"2\.[012]", "DescriptiveName": ANY},
    ),
    "AuditPool": Rule(children=("AuditCreated*",)),
    "AuditCreated": Rule(children=("Header",)),
    "Header": Rule(
        needs={"DeviceID": TOKEN, "Time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"},
        may={"AgentName": ANY},
    ),
    "Comment": Rule(text=True),
    "ProductList": Rule(children=("Product", "Product*")),
    "Product": Rule(
        children=("Comment*", "Intent*"),
        may={
            "ID": r"[A-Za-z_][\w.-]*",
            "IsRoot": "true|false",
            "Amount": WHOLE,
            "DescriptiveName": ANY,
            "ExternalID": TOKEN,
        },
    ),
    "Intent": Rule(
        children=("(Layout|Color|Media|Folding)Intent?",),
        needs={"Name": TOKEN},
    ),
    "LayoutIntent": Rule(
        may={
            "Bleed": FLOAT,
            "Dimensions": listed(FLOAT, "1"),
            "FinishedDimensions": listed(FLOAT, "2"),
            "Pages": WHOLE,
            "Sides": "OneSided|OneSidedBack|TwoSidedHeadTo(Foot|Head)",
        }
    ),
    "ColorIntent": Rule(children=("SurfaceColor?", "SurfaceColor?")),
    "SurfaceColor": Rule(needs={"Surface": "Front|Back"}, may={"ColorsUsed": listed(TOKEN, "0,")}),
    "MediaIntent": Rule(needs={"MediaType": "Paper"}, may={"MediaQuality": ANY, "Weight": FLOAT}),
    "FoldingIntent": Rule(may={"FoldCatalog": r"F\d+-(\d+|X)"}),
    "ResourceSet": Rule(children=("Resource*",), needs={"Name": TOKEN}, may={"Usage": "Input"}),
    "Resource": Rule(
        children=("Comment*", "Part*", "(NodeInfo|RunList)?"), may={"DescriptiveName": ANY}
    ),
    "NodeInfo": Rule(),
    "Part": Rule(may={"Product": TOKEN}),
    "RunList": Rule(children=("FileSpec?",), may={"NPage": WHOLE}),
    "FileSpec": Rule(may={"URL": r"[!#-;=?-Z_a-z~]+", "MimeType": ANY}),
}


def faults(element: ET.Element) -> list[str]:
    """Return what the schema would say against an element and all in it."""
    name = element.tag.removeprefix(X)
    if name not in RULES:
        return [f"{name} is not known"]
    rule = RULES[name]
    found = [f"{name} lacks {needed}" for needed in rule.needs if needed not in element.attrib]
    for key, value in element.attrib.items():
        allowed = {**rule.may, **rule.needs}.get(key)
        if allowed is None:
            found.append(f"{name} has no {key}")
        elif not re.fullmatch(allowed, value, re.ASCII):
            found.append(f"{name}: {key} is {value!r}")
    inside = "".join(f"<{child.tag.removeprefix(X)}>" for child in element)
    # "A*" becomes (<A>)*, "(A|B)?" becomes (<(A|B)>)?
    wanted = "".join(
        f"(<{one.rstrip('?*')}>){one[len(one.rstrip('?*')) :]}" for one in rule.children
    )
    if not re.fullmatch(wanted, inside):
        found.append(f"{name} holds {inside or 'nothing'}")
    if (element.text or "").strip() and not rule.text:
        found.append(f"{name} has text")
    return found + [fault for child in element for fault in faults(child)]


def told(order: ShopOrder) -> ET.Element:
    """Return an order's ticket, read again, with its names and references looked at."""
    root = ET.fromstring(ticket(order))
    names = [product.attrib["ID"] for product in root.iter(f"{X}Product")]
    assert len(set(names)) == len(names)
    assert [part.attrib["Product"] for part in root.iter(f"{X}Part")] == names
    for intent in root.iter(f"{X}Intent"):
        assert [child.tag for child in intent] == [f"{X}{intent.attrib['Name']}"]
    return root


def intent(product: ET.Element, name: str) -> dict[str, str]:
    """Return what one of a product's intents says."""
    found = product.find(f"{X}Intent/{X}{name}")
    assert found is not None
    return dict(found.attrib)


def folded(order: ShopOrder, panels_pt: tuple[float, ...]) -> ShopOrder:
    return replace(order, lines=tuple(replace(line, panels_pt=panels_pt) for line in order.lines))


@pytest.fixture(scope="module")
def order(tiny_once: Path, tmp_path_factory: pytest.TempPathFactory) -> ShopOrder:
    """An order of the tiny project: eight files, read and left as it is."""
    root = tmp_path_factory.mktemp("ticket") / "project"
    shutil.copytree(tiny_once, root, symlinks=True)
    make_order_kit(root)
    return ordered(root)


@pytest.fixture(scope="module")
def orders(order: ShopOrder) -> dict[str, ShopOrder]:
    """The same order in every form that a ticket can have."""
    lost = Missing(
        piece_name="Leaf",
        tag="es",
        english="Spanish",
        regions=("Kern",),
        copies=5,
        why="It failed.",
    )
    copier = [replace(line, sheet=replace(line.sheet, edition="copier")) for line in order.lines]
    long = [replace(line, sheet=replace(line.sheet, pages=4), stock=None) for line in order.lines]
    return {
        "plain": order,
        "proof": replace(order, is_proof=True),
        "lacking": replace(order, missing=(lost,)),
        "empty": replace(order, lines=(), missing=(lost,)),
        "copier": replace(order, lines=tuple(copier)),
        "long": replace(order, lines=tuple(long)),
        **{f"folded {panels}": folded(order, panels) for panels in (C_FOLD, Z_FOLD, HALF, FOUR)},
    }


def test_every_form_of_ticket_keeps_the_schemas_rules(orders: dict[str, ShopOrder]) -> None:
    assert {name: faults(told(order)) for name, order in orders.items()} == {
        name: [] for name in orders
    }


def test_the_ticket_says_what_the_order_says(order: ShopOrder) -> None:
    root = told(order)
    assert root.attrib["JobID"] == "Tiny-campaign-1.0-corner" and root.attrib["Types"] == "Product"
    header = root.find(f"{X}AuditPool/{X}AuditCreated/{X}Header")
    assert header is not None and header.attrib["Time"] == "2026-07-01T00:00:00Z"
    products = root.findall(f"{X}ProductList/{X}Product")
    assert [(int(one.attrib["Amount"]), one.attrib["ExternalID"]) for one in products] == [
        (line.copies, line.code) for line in order.lines
    ]
    assert intent(products[0], "MediaIntent")["Weight"] == "148.00"
    assert intent(products[0], "LayoutIntent") == {
        "Dimensions": "306 396",
        "FinishedDimensions": "306 396 0",
        "Bleed": "9",
        "Sides": "TwoSidedHeadToHead",
        "Pages": "2",
    }
    inks = [dict(one.attrib) for one in products[0].iter(f"{X}SurfaceColor")]
    used = "Cyan Magenta Yellow Black"
    assert inks == [{"Surface": side, "ColorsUsed": used} for side in ("Front", "Back")]
    files = [spec.attrib["URL"] for spec in root.iter(f"{X}FileSpec")]
    assert files == [f"files/{line.file}" for line in order.lines]


def test_a_sheet_of_one_side_is_printed_in_front(order: ShopOrder) -> None:
    single = next(n for n, line in enumerate(order.lines) if line.sheet.pages == 1)
    product = told(order).findall(f"{X}ProductList/{X}Product")[single]
    assert intent(product, "LayoutIntent")["Sides"] == "OneSided"
    assert [one.attrib["Surface"] for one in product.iter(f"{X}SurfaceColor")] == ["Front"]


def test_a_copiers_sheet_takes_black_only(orders: dict[str, ShopOrder]) -> None:
    assert {
        one.attrib["ColorsUsed"] for one in told(orders["copier"]).iter(f"{X}SurfaceColor")
    } == {"Black"}


@pytest.mark.parametrize(
    ("panels", "code", "words"),
    [(C_FOLD, "F6-4", "C-fold"), (Z_FOLD, "F6-1", "Z-fold"), (HALF, "F4-1", "half fold")],
)
def test_a_fold_has_its_code_its_words_and_its_folded_size(
    order: ShopOrder, panels: tuple[float, ...], code: str, words: str
) -> None:
    product = next(told(folded(order, panels)).iter(f"{X}Product"))
    assert intent(product, "FoldingIntent") == {"FoldCatalog": code}
    layout = intent(product, "LayoutIntent")
    assert layout["FinishedDimensions"] == f"{max(panels):g} 396 0" and "Pages" not in layout
    comment = product.find(f"{X}Comment")
    assert comment is not None and (comment.text or "").startswith(f"Fold: {words}, panels ")


def test_a_fold_that_the_catalog_has_no_one_code_for_is_told_in_words(order: ShopOrder) -> None:
    product = next(told(folded(order, FOUR)).iter(f"{X}Product"))
    assert product.find(f"{X}Intent[@Name='FoldingIntent']") is None
    comment = product.find(f"{X}Comment")
    assert comment is not None and (comment.text or "").startswith("Fold: 4 panels, panels ")


WRONG: dict[str, tuple[str, Callable[[ET.Element], object], str]] = {
    "no job": (".", lambda one: one.attrib.pop("JobID"), "XJDF lacks JobID"),
    "a job of two words": (".", lambda one: one.set("JobID", "a b"), "XJDF: JobID is 'a b'"),
    "another version": (".", lambda one: one.set("Version", "2.9"), "XJDF: Version is '2.9'"),
    "no header": (
        ".//{*}AuditCreated", lambda one: one.remove(one[0]), "AuditCreated holds nothing"
    ),
    "no products": (
        "{*}ProductList", lambda one: one.clear(), "ProductList holds nothing"
    ),
    "half a copy": (
        ".//{*}Product", lambda one: one.set("Amount", "1.5"), "Product: Amount is '1.5'"
    ),
    "a comment at the end": (
        ".//{*}ColorIntent", lambda one: ET.SubElement(one, f"{X}Comment"),
        "ColorIntent holds <SurfaceColor><SurfaceColor><Comment>",
    ),
    "a size of one number": (
        ".//{*}LayoutIntent", lambda one: one.set("Dimensions", "306"),
        "LayoutIntent: Dimensions is '306'",
    ),
    "printed on both sides at once": (
        ".//{*}SurfaceColor", lambda one: one.set("Surface", "Both"),
        "SurfaceColor: Surface is 'Both'",
    ),
    "an older name": (
        ".//{*}MediaIntent", lambda one: one.set("StockBrand", "Gloss"),
        "MediaIntent has no StockBrand",
    ),
    "a fold in words": (
        ".//{*}FoldingIntent", lambda one: one.set("FoldCatalog", "C-fold"),
        "FoldingIntent: FoldCatalog is 'C-fold'",
    ),
    "an address with a space": (
        ".//{*}FileSpec", lambda one: one.set("URL", "files/a b.pdf"),
        "FileSpec: URL is 'files/a b.pdf'",
    ),
    "an unknown element": (
        ".//{*}Part", lambda one: setattr(one, "tag", f"{X}Piece"), "Piece is not known"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_one_thing_wrong_is_found(order: ShopOrder, name: str) -> None:
    """The rules bite: a ticket with one mistake breaks them."""
    path, spoil, fault = WRONG[name]
    root = told(folded(order, C_FOLD))
    element = root if path == "." else root.find(path)
    assert element is not None
    spoil(element)
    assert fault in faults(root)


@settings(deadline=None, max_examples=60)
@given(words=st.text(min_size=1, max_size=30), code=st.text(min_size=1, max_size=12))
def test_no_words_break_a_ticket(order: ShopOrder, words: str, code: str) -> None:
    line = order.lines[0]
    spoiled = replace(
        line,
        piece_name=words,
        file=f"{words}.pdf",
        sheet=replace(line.sheet, digest=code),
        shares=tuple(replace(share, name=words) for share in line.shares),
    )
    assert faults(told(replace(order, campaign=words, lines=(spoiled,)))) == []


@pytest.mark.skipif(not SCHEMA, reason="PRINTKIT_XJDF_SCHEMA names no copy of CIP4's schema")
def test_the_schema_itself_has_nothing_against_any_form(orders: dict[str, ShopOrder]) -> None:
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    for name, order in orders.items():
        schema.validate(etree.fromstring(ticket(order)))
        assert [f"{name}: {fault.line}: {fault.message}" for fault in schema.error_log] == []
