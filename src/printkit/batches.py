"""Finished sheets and copy counts to one folder a region."""

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from printkit.pieces import EDITION_NAMES
from printkit.press import Made
from printkit.regions import Order, Region

PRINTED = ("press", "copier")
"""Editions of which copies are made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sheet in one region's batch."""

    order: Order
    made: Made
    file: str | None
    """Under the batch's folder; None where the sheet was withheld."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one region gets."""

    region: Region
    lines: tuple[Line, ...]
    """In the order's own line order, editions in theirs."""


def batches_for(
    made: Iterable[Made], regions: Mapping[str, Region], version: str
) -> tuple[Batch, ...]:
    """Return every region's batch, in the order of the orders."""
    lines: dict[str, list[Line]] = {}
    for sheet in made:
        for order in sheet.target.orders:
            file = None
            if not sheet.is_withheld:
                file = f"{sheet.edition}/{file_name(sheet, order, regions[order.region], version)}"
            lines.setdefault(order.region, []).append(Line(order=order, made=sheet, file=file))
    rank = {edition: place for place, edition in enumerate(EDITION_NAMES)}
    return tuple(
        Batch(
            region=regions[slug],
            lines=tuple(sorted(found, key=lambda line: (line.order.line, rank[line.made.edition]))),
        )
        for slug, found in sorted(
            lines.items(), key=lambda item: min(line.order.line for line in item[1])
        )
    )


def file_name(sheet: Made, order: Order, region: Region, version: str) -> str:
    """Return a name that a print shop can sort by: place, language, piece, version, size, count."""
    width, height = sheet.trim
    place = region.fips if region.kind == "county" and region.fips else region.slug
    parts = [place, order.language, sheet.piece, f"v{version}", f"{width:g}x{height:g}"]
    if sheet.edition in PRINTED:
        parts.append(f"q{order.copies}")
    return "_".join([*parts, sheet.code.lower()]) + ".pdf"


def write_files(batches: Sequence[Batch], store: Path, folder: Path) -> None:
    """Put every batch's files under folder; a sheet that many regions share is stored once."""
    for batch in batches:
        for line in batch.lines:
            if line.file is None or line.made.file is None:
                continue
            path = folder / batch.region.slug / line.file
            path.parent.mkdir(parents=True, exist_ok=True)
            _link(store / line.made.file, path)


def _link(source: Path, path: Path) -> None:
    try:
        os.link(source, path)
    except OSError:  # a disk without hard links
        shutil.copyfile(source, path)
