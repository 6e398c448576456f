"""Labels of boxes: region, box n of N, what is in it; on sheets of labels, or one to a page."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import pikepdf

from printkit.lengths import Size
from printkit.outputs.office_paper import office_paper

NAME = "LABELS.pdf"
INSET_PT = 9.0
"""What stays empty along each label's edges: labels are cut, and machines feed, not quite true."""
HEAD_PT, SHIP_PT, LANGUAGE_PT, ITEM_PT, FOOT_PT = 40.0, 52.0, 14.0, 10.0, 11.0
"""Heights of a label's parts: head, ship-to lines, a language, a line of pieces, foot."""
ACROSS = 2
"""Pieces in a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelStock:
    """Labels as they are sold: how they lie on their sheet."""

    words: str
    page: Size
    label: Size
    columns: int
    rows: int
    left_pt: float
    """From the page's left edge to the first label's."""
    top_pt: float
    across_pt: float
    """From one label's left edge to the next one's."""
    down_pt: float
    source: str
    """Where the measures were read."""

    def corner(self, place: int) -> tuple[float, float]:
        """Return a label's left and top on its page, in points; places count from 0, by rows."""
        row, column = divmod(place, self.columns)
        return self.left_pt + column * self.across_pt, self.top_pt + row * self.down_pt


STOCKS: Mapping[str, LabelStock] = {
    "avery-5164": LabelStock(
        words="Avery 5164, 6 on a US Letter sheet",
        page=Size(width_pt=612, height_pt=792),
        label=Size(width_pt=288, height_pt=240),
        columns=2,
        rows=3,
        left_pt=0.15625 * 72,
        top_pt=36,
        across_pt=4.1875 * 72,
        down_pt=240,
        source="gLabels' and CiviCRM's tables of Avery 5164: 4 x 3 1/3 in, the first label 5/32 in "
        "from the left and 1/2 in from the top, the next one 4 3/16 in to the right",
    ),
    "4x6": LabelStock(
        words="4 × 6 in, one to a page, for label printers",
        page=Size(width_pt=288, height_pt=432),
        label=Size(width_pt=288, height_pt=432),
        columns=1,
        rows=1,
        left_pt=0,
        top_pt=0,
        across_pt=288,
        down_pt=432,
        source="its own size: the page is the label",
    ),
}
"""By the names that the command line knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a box holds of one sheet."""

    english: str
    autonym: str
    tag: str
    direction: str
    draft: bool
    piece: str
    count: str
    """By bundles, such as "34 × 100 + 1 × 50"."""
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Everything that a region's labels print; pickles, so that workers lay them out."""

    stock: str
    """One of STOCKS."""
    campaign: str
    version: str
    created: date
    region: str
    boxes: tuple[tuple[Item, ...], ...]
    """What each holds, in the order's line order."""
    fonts: Path
    profiles: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One language on a label."""

    item: Item
    """The first of its pieces, for the language's names."""
    lines: tuple[tuple[Item, ...], ...]
    continued: bool
    """Whether it began on the label before."""

    @property
    def draft(self) -> bool:
        """Whether some sheet in it is a draft."""
        return any(one.draft for line in self.lines for one in line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One label; a box with much in it has several."""

    box: int
    boxes: int
    part: int
    parts: int
    draft: bool
    copies: int
    """In the whole box."""
    groups: tuple[Group, ...]
    left_pt: float
    top_pt: float


def labels_for(listed: Labels) -> list[list[Label]]:
    """Return a region's labels by page, each where it stands."""
    stock = STOCKS[listed.stock]
    each = stock.columns * stock.rows
    every = [
        (number, items, part, parts)
        for number, items in enumerate(listed.boxes, 1)
        for parts in [_parts(items, stock.label.height_pt - 2 * INSET_PT)]
        for part in range(len(parts))
    ]
    placed = []
    for place, (number, items, part, parts) in enumerate(every):
        left, top = stock.corner(place % each)
        label = Label(
            box=number,
            boxes=len(listed.boxes),
            part=part + 1,
            parts=len(parts),
            draft=any(item.draft for item in items),
            copies=sum(item.copies for item in items),
            groups=tuple(parts[part]),
            left_pt=left,
            top_pt=top,
        )
        placed.append(label)
    return [placed[first : first + each] for first in range(0, len(placed), each)]


def _parts(items: Sequence[Item], height_pt: float) -> list[list[Group]]:
    """Deal what a box holds out on as many labels as it takes; the first one has the ship-to."""
    room = height_pt - HEAD_PT - FOOT_PT
    parts: list[list[Group]] = [[]]
    left = room - SHIP_PT
    for _, found in groupby(items, key=lambda item: item.tag):
        lines = list(_lines(tuple(found)))
        continued = False
        while lines:
            fits = int((left - LANGUAGE_PT) // ITEM_PT)
            if fits < min(2, len(lines)):
                parts.append([])
                left = room
                continue
            taken, lines = lines[:fits], lines[fits:]
            parts[-1].append(Group(item=taken[0][0], lines=tuple(taken), continued=continued))
            left -= LANGUAGE_PT + ITEM_PT * len(taken)
            continued = True
    return parts


def _lines(items: tuple[Item, ...]) -> Iterator[tuple[Item, ...]]:
    for first in range(0, len(items), ACROSS):
        yield items[first : first + ACROSS]


def labels_pdf(listed: Labels) -> bytes:
    """Return a region's labels as a PDF that is printed at its own size."""
    stock = STOCKS[listed.stock]
    pdf = office_paper(
        "labels.html",
        title=f"Labels: {listed.region}",
        size=stock.page,
        languages=(item.tag for box in listed.boxes for item in box),
        created=listed.created,
        fonts=listed.fonts,
        profiles=listed.profiles,
        listed=listed,
        stock=stock,
        inset=INSET_PT,
        heights={"head": HEAD_PT, "ship": SHIP_PT, "language": LANGUAGE_PT, "item": ITEM_PT},
        pages=labels_for(listed),
    )
    return _at_its_size(pdf)


def _at_its_size(pdf: bytes) -> bytes:
    """Ask printers not to scale: labels that grow or shrink miss their places."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.Root.ViewerPreferences.PrintScaling = pikepdf.Name("/None")
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
        return out.getvalue()
