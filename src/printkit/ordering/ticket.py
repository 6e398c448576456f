"""The job ticket: the order as XJDF 2.2, for shops whose systems read one.

Written from CIP4's published schema, since no library for it is sound enough to depend on: a
product for each file, with its amount, its paper and its size, and a run list with each file.
"""

import re
import xml.etree.ElementTree as ET
from datetime import date

from printkit.lengths import inches
from printkit.ordering.lines import DRAFT, Line, ShopOrder

NAME = "order.xjdf"
NAMESPACE = "http://www.CIP4.org/JDFSchema_2_0"
VERSION = "2.2"
SIDES = {1: "OneSided", 2: "TwoSidedHeadToHead"}
"""By the pages of one sheet of paper; more pages than two are no single sheet."""


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
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def job_id(order: ShopOrder) -> str:
    """Return a name for the job, of characters that an NMTOKEN may have."""
    words = f"{order.campaign} {order.version} {order.name}"
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
            "ExternalID": line.code,
        },
    )
    for told in _comments(line):
        ET.SubElement(product, "Comment").text = told
    size = f"{line.trim.width_pt:g} {line.trim.height_pt:g}"
    layout = {"Dimensions": size}
    if line.sheet.pages in SIDES:
        layout["Sides"] = SIDES[line.sheet.pages]
    if not line.fold:
        layout["FinishedDimensions"] = f"{size} 0"
    _intent(product, "LayoutIntent", layout)
    if line.stock:
        media = {"MediaType": "Paper", "MediaQuality": line.stock.words}
        _intent(product, "MediaIntent", {**media, "Weight": f"{line.stock.gsm:.2f}"})


def _comments(line: Line) -> list[str]:
    told = [f"Ink: {line.ink}.", f"Ship to: {line.ship_to}. Spares: {line.spares}."]
    if line.bleed_pt:
        told.insert(0, f"Bleed: {inches(line.bleed_pt):g} in on each side.")
    if line.fold:
        told.insert(0, f"Fold: {line.fold}.")
    return told


def _intent(product: ET.Element, name: str, values: dict[str, str]) -> None:
    ET.SubElement(ET.SubElement(product, "Intent", Name=name), name, values)


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
        ET.SubElement(pages, "FileSpec", URL=f"files/{line.file}")
