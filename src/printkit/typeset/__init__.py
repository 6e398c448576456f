"""HTML to a base PDF and the map of its layout; the only importer of WeasyPrint."""

from collections.abc import Sequence
from pathlib import Path

from printkit.fonts import found_by_name
from printkit.inks import Paint
from printkit.places import SAFE_PT, Place
from printkit.typeset.layout import (
    CodePlace,
    Draft,
    FieldPlace,
    Layout,
    MessagePlace,
    Overflow,
    SlotPage,
    SlotPlace,
    SlotSheets,
    WindowPlace,
)

__all__ = [
    "CodePlace",
    "Draft",
    "FieldPlace",
    "Layout",
    "MessagePlace",
    "Overflow",
    "Place",
    "SlotPage",
    "SlotPlace",
    "SlotSheets",
    "WindowPlace",
    "draft",
    "typeset",
    "typeset_slots",
]


def typeset(
    html: str,
    *,
    roots: tuple[Path, ...],
    paint: Paint,
    variant: str | None = None,
    safe_pt: float = SAFE_PT,
    base: Path | None = None,
    write: bool = True,
) -> Layout:
    """Lay out a whole HTML document once, and return its PDF and where everything came to stand.

    Without `write` there is no PDF, which is most of the work, and no fonts are told. Only files
    under `roots` are read; relative addresses start at `base`, or at the first root.
    """
    drafted = draft(html, roots=roots, paint=paint, variant=variant, safe_pt=safe_pt, base=base)
    return drafted.written() if write else drafted.layout


def draft(
    html: str,
    *,
    roots: tuple[Path, ...],
    paint: Paint,
    variant: str | None = None,
    safe_pt: float = SAFE_PT,
    base: Path | None = None,
) -> Draft:
    """Lay out a whole HTML document, and return where everything stands before it is written."""
    # Imported here, since WeasyPrint reads the fonts' configuration as it is imported.
    with found_by_name():
        from printkit.typeset.render import render

    return render(
        html, roots=roots, paint=paint, variant=variant, safe_pt=safe_pt, base=base or roots[0]
    )


def typeset_slots(
    pages: Sequence[SlotPage],
    *,
    head: str,
    language: str,
    direction: str,
    css_class: str,
    roots: tuple[Path, ...],
    paint: Paint,
    base: Path | None = None,
) -> SlotSheets:
    """Lay out the contents of many slots in one pass: a page of its slot's size for each.

    `head` is the HTML of the styles; `css_class` goes on the root, as in the sheet itself.
    """
    with found_by_name():
        from printkit.typeset.slot_pages import render_slots

    return render_slots(
        pages,
        head=head,
        root=f'<html lang="{language}" dir="{direction}" class="{css_class}">',
        roots=roots,
        paint=paint,
        base=base or roots[0],
    )
