"""PACKING-LIST.pdf: in English, for whoever opens the box: what is in it, and how many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jinja2

from printkit.batches import Batch
from printkit.compose import sheet_language
from printkit.editions import EDITIONS, Sheet
from printkit.lengths import Size
from printkit.pieces import Piece
from printkit.regions import Order
from printkit.stamp import prepare, stamp
from printkit.styles import language_css
from printkit.typeset import typeset

NAME = "PACKING-LIST.pdf"
LETTER = Size(width_pt=612, height_pt=792)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the list: one order."""

    english: str
    autonym: str
    tag: str
    direction: str
    piece: str
    copies: int
    codes: tuple[tuple[str, str], ...]
    """Edition and short code of each sheet that was made."""
    withheld: tuple[str, ...]
    """Editions that were not made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackingList:
    """Everything the list prints; pickles, so that lists are laid out by the workers."""

    campaign: str
    version: str
    created: date
    region: str
    rows: tuple[Row, ...]
    draft: bool
    fonts: Path
    profiles: Path


def packing_list_for(
    batch: Batch,
    *,
    campaign: str,
    version: str,
    created: date,
    pieces: Iterable[Piece],
    fonts: Path,
    profiles: Path,
) -> PackingList:
    """Return a batch's packing list, its rows in the order's line order."""
    names = {piece.slug: piece.name for piece in pieces}
    by_order: dict[Order, list[int]] = {}
    for number, line in enumerate(batch.lines):
        by_order.setdefault(line.order, []).append(number)
    rows = []
    for order, numbers in by_order.items():
        made = [batch.lines[number].made for number in numbers]
        language = sheet_language(order.language)
        rows.append(
            Row(
                english=language.english,
                autonym=language.autonym,
                tag=language.tag,
                direction=language.direction,
                piece=names.get(order.piece, order.piece),
                copies=order.copies,
                codes=tuple((one.edition, one.code) for one in made if not one.is_withheld),
                withheld=tuple(one.edition for one in made if one.is_withheld),
            )
        )
    return PackingList(
        campaign=campaign,
        version=version,
        created=created,
        region=batch.region.full_name,
        rows=tuple(rows),
        draft=any(line.made.draft for line in batch.lines),
        fonts=fonts,
        profiles=profiles,
    )


def packing_list_pdf(listed: PackingList) -> bytes:
    """Return the packing list as a PDF for any office printer."""
    edition = EDITIONS["screen"]
    folder = Path(__file__).parent
    template = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined
    ).get_template("packing_list.html")
    html = template.render(
        listed=listed,
        page_css=edition.css(LETTER).replace("margin:0", "margin:0.6in 0.6in 0.7in"),
        language_css=language_css(),
        total=sum(row.copies for row in listed.rows),
    )
    layout = typeset(
        html,
        roots=(folder,),
        paint=edition.paint(listed.profiles),
        variant=edition.variant,
        safe_pt=0,
    )
    sheet = Sheet(
        title=f"Packing list: {listed.region}",
        language="en",
        created=listed.created,
        profiles=listed.profiles,
        fonts=listed.fonts,
    )
    return stamp(prepare(layout, edition=edition, sheet=sheet), {})
