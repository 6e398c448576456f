"""Many slots' contents in one pass: one document, one page of the slot's own size for each."""

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf

from printkit.inks import Paint
from printkit.typeset.layout import SlotPage, SlotSheets
from printkit.typeset.render import laid_out

_ROOM_BELOW_PT = 1440.0
"""Pages are made taller than their slots, so that text that does not fit starts no new page."""


def render_slots(
    pages: Sequence[SlotPage],
    *,
    head: str,
    root: str,
    roots: tuple[Path, ...],
    paint: Paint,
    base: Path,
) -> SlotSheets:
    """Lay out each content on a page of its own, and cut the pages to the slots' sizes."""
    html = _document(pages, head=head, root=root)
    done = laid_out(html, roots=roots, paint=paint, variant=None, safe_pt=0, base=base)
    pdf, last = done.written(), len(done.document.pages)
    first = [done.walk.slot_pages[str(number)] for number in range(len(pages))]
    overflows = tuple(
        tuple(
            replace(overflow, place=replace(overflow.place, page=1))
            for overflow in done.walk.overflows
            if overflow.of == "box" and begins <= overflow.place.page < ends
        )
        for begins, ends in zip(first, [*first[1:], last + 1], strict=True)
    )
    return SlotSheets(
        pdf=_cut(pdf, pages, first),
        overflows=overflows,
        lost=done.lost,
        fonts=done.fonts,
        log=done.log,
        refused=done.refused,
    )


def _document(pages: Sequence[SlotPage], *, head: str, root: str) -> str:
    sizes = dict.fromkeys((page.width_pt, page.height_pt) for page in pages)
    names = {size: f"slot-{number}" for number, size in enumerate(sizes)}
    rules = "".join(
        f"@page {name}{{size:{width:.4f}pt {height + _ROOM_BELOW_PT:.4f}pt;margin:0;bleed:0}}"
        f".{name}{{page:{name};width:{width:.4f}pt;height:{height:.4f}pt;break-before:page}}"
        for (width, height), name in names.items()
    )
    bodies = "".join(
        f'<div class="slot-page fit {names[page.width_pt, page.height_pt]}"'
        f' data-slot-page="{number}">{page.html}</div>'
        for number, page in enumerate(pages)
    )
    # The rules come last, so that a sheet's own @page and body margins do not win.
    style = f"<style>html,body{{margin:0;padding:0;background:none}}{rules}</style>"
    return f"<!doctype html>{root}<head>{head}{style}</head><body>{bodies}</body></html>"


def _cut(pdf: bytes, pages: Sequence[SlotPage], first: Sequence[int]) -> bytes:
    """Keep one page for each slot, cut to the slot's size, which stands at the page's top."""
    with pikepdf.open(io.BytesIO(pdf)) as source:
        for number in reversed(range(len(source.pages))):
            if number + 1 not in first:
                del source.pages[number]
        for page, slot in zip(source.pages, pages, strict=True):
            box = [0, _ROOM_BELOW_PT, slot.width_pt, _ROOM_BELOW_PT + slot.height_pt]
            page.mediabox = page.trimbox = pikepdf.Array(box)
            for name in ("/BleedBox", "/CropBox", "/ArtBox"):
                if name in page.obj:
                    del page.obj[name]
        out = io.BytesIO()
        source.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return out.getvalue()
