"""The job ticket: the order as XJDF 2.2, for shops whose systems read one.

Written by CIP4's published schema (2.2.31), since no library for it is sound enough to depend on:
a product for each file, with its amount, size, inks, paper and fold, and a run list of the files.
"""

import re
import xml.etree.ElementTree as ET
from datetime import date
from urllib.parse import quote

from printkit.lengths import inches
from printkit.ordering.lines import DRAFT, Line, ShopOrder, fold_kind

NAME = "order.xjdf"
NAMESPACE = "http://www.CIP4.org/JDFSchema_2_0"
VERSION = "2.2"
SIDES = {1: "OneSided", 2: "TwoSidedHeadToHead"}
"""By the pages of one sheet of paper; more pages than two are no single sheet."""
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML file can hold, even written as a number."""
SURFACES = ("Front", "Back")
COLORS = {"press": "Cyan Magenta Yellow Black", "copier": "Black"}
"""The inks of each edition, by the names that separations have."""
FOLDS = {"half fold": "F4-1", "Z-fold": "F6-1", "C-fold": "F6-4"}
"""CIP4's fold catalog: the pages of the folded sheet, then the number of the scheme.

As printers' makers list them (Canon PRISMAsync, "Fold catalogue"). The catalog knows no widths, so
the comment with the panels is what counts. Folds of more panels have no one code.
"""


def ticket(order: ShopOrder) -> bytes:
    """Return the order's ticket: the same bytes for the same order."""
    root = ET.Element(
        "XJDF",
        {
            "xmlns": NAMESPACE,
            "Version": VERSION,
            "JobID": job_id(order),
            "Types": "Product",
            "DescriptiveName": _title(order),
        },
    )
    _audit(root, order.created)
    if order.is_proof:
        words = f"{DRAFT}: a proof run, to be looked at and not to be handed out."
        ET.SubElement(root, "Comment").text = words
    for missing in order.missing:
        ET.SubElement(root, "Comment").text = f"Not in this order: {missing.words}"
    if order.lines:
        products = ET.SubElement(root, "ProductList")
        for number, line in enumerate(order.lines, 1):
            _product(products, line, number)
    _node_info(root)
    if order.lines:
        _run_list(root, order.lines)
    ET.indent(root)
    text = NOT_XML.sub(" ", ET.tostring(root, encoding="unicode"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def job_id(order: ShopOrder) -> str:
    """Return a name for the job, of characters that an NMTOKEN may have."""
    return _token(f"{order.campaign} {order.version} {order.name}")


def _token(words: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", words).strip("-")


def _title(order: ShopOrder) -> str:
    draft = f"{DRAFT} " if order.is_proof else ""
    return f"{draft}{order.campaign}, version {order.version}"


def _audit(root: ET.Element, day: date) -> None:
    created = ET.SubElement(ET.SubElement(root, "AuditPool"), "AuditCreated")
    time = f"{day.isoformat()}T00:00:00Z"
    ET.SubElement(created, "Header", AgentName="printkit", DeviceID="printkit", Time=time)


def _product(products: ET.Element, line: Line, number: int) -> None:
    product = ET.SubElement(
        products,
        "Product",
        {
            "ID": f"P{number}",
            "IsRoot": "true",
            "Amount": str(line.copies),
            "DescriptiveName": f"{line.piece_name}, {line.language}",
            "ExternalID": _token(line.code) or f"P{number}",
        },
    )
    for told in _comments(line):
        ET.SubElement(product, "Comment").text = told
    _intent(product, "LayoutIntent", _layout(line))
    _colors(product, line)
    if line.stock:
        media = {"MediaType": "Paper", "MediaQuality": line.stock.words}
        _intent(product, "MediaIntent", {**media, "Weight": f"{line.stock.gsm:.2f}"})
    code = FOLDS.get(fold_kind(line.panels_pt))
    if code:
        _intent(product, "FoldingIntent", {"FoldCatalog": code})


def _layout(line: Line) -> dict[str, str]:
    """Return a sheet's sizes in points: flat, and as it is handed out."""
    width, height = line.trim.width_pt, line.trim.height_pt
    values = {"Dimensions": f"{width:g} {height:g}"}
    if line.bleed_pt:
        values["Bleed"] = f"{line.bleed_pt:g}"
    if line.sheet.pages in SIDES:
        values["Sides"] = SIDES[line.sheet.pages]
    if not line.panels_pt:
        values["Pages"] = str(line.sheet.pages)
    folded = max(line.panels_pt, default=width)
    return {**values, "FinishedDimensions": f"{folded:g} {height:g} 0"}


def _colors(product: ET.Element, line: Line) -> None:
    """Add the inks of each printed side, as long as it is one sheet of paper."""
    used = COLORS.get(line.sheet.edition)
    if used is None or line.sheet.pages not in SIDES:
        return
    colors = _intent(product, "ColorIntent", {})
    for surface in SURFACES[: line.sheet.pages]:
        ET.SubElement(colors, "SurfaceColor", Surface=surface, ColorsUsed=used)


def _comments(line: Line) -> list[str]:
    told = [f"Ink: {line.ink}.", f"Ship to: {line.ship_to}. Spares: {line.spares}."]
    if line.bleed_pt:
        told.insert(0, f"Bleed: {inches(line.bleed_pt):g} in on each side.")
    if line.fold:
        told.insert(0, f"Fold: {line.fold}.")
    return told


def _intent(product: ET.Element, name: str, values: dict[str, str]) -> ET.Element:
    return ET.SubElement(ET.SubElement(product, "Intent", Name=name), name, values)


def _node_info(root: ET.Element) -> None:
    resources = ET.SubElement(root, "ResourceSet", Name="NodeInfo", Usage="Input")
    ET.SubElement(ET.SubElement(resources, "Resource"), "NodeInfo")


def _run_list(root: ET.Element, lines: tuple[Line, ...]) -> None:
    """Add where each product's file lies, from the ticket's own folder."""
    resources = ET.SubElement(root, "ResourceSet", Name="RunList", Usage="Input")
    for number, line in enumerate(lines, 1):
        resource = ET.SubElement(resources, "Resource", DescriptiveName=line.file)
        ET.SubElement(resource, "Part", Product=f"P{number}")
        pages = ET.SubElement(resource, "RunList", NPage=str(line.sheet.pages))
        url = f"files/{quote(line.file)}"
        ET.SubElement(pages, "FileSpec", URL=url, MimeType="application/pdf")
