"""The envelope of letters: its window, how a sheet is folded for it, and what it shows of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from printkit.lengths import inches
from printkit.places import Place
from printkit.reading import Table

PAGE_WIDTH_PT, PAGE_HEIGHT_PT = 612.0, 792.0
"""Letters are on US Letter."""
ADDRESS_PT = 9.0
LINE_PT = 11.0
ADDRESS_LINES = 4
LEAST_WIDTH_PT = 234.0
"""48 letters of 9 pt Noto Sans, the longest line that an address may have."""
READ_SIDE_PT, READ_BOTTOM_PT, READ_TOP_PT = 36.0, 45.0, 198.0
"""Where the post's machines read an address: from the envelope's sides and its bottom edge
(USPS, DMM 202.2.1)."""
BARCODE_WIDTH_PT, BARCODE_HEIGHT_PT = 342.0, 45.0
"""The lower right corner, where the post prints its barcode (USPS, Publication 28, A1)."""
MAILED_PT = (252.0, 441.0, 360.0, 828.0)
"""The least and the greatest height, and the least and the greatest width, of a letter (USPS)."""
MAILED_RATIO = (1.3, 2.5)
"""Of width to height."""
_HAIR = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """An envelope with a window, and the fold that brings an address behind it; all in points.

    As it is, a #10 with the window that most makers cut. A letter is folded in Z, its first panel
    outwards. That panel is a little less high than the envelope, and higher than the other two:
    with three equal ones the letter could slip so far that no four lines would show at every time.
    """

    width_pt: float = 684.0
    height_pt: float = 297.0
    window_width_pt: float = 324.0
    window_height_pt: float = 81.0
    window_left_pt: float = 63.0
    """From the envelope's left edge to the window's."""
    window_bottom_pt: float = 36.0
    """From the envelope's bottom edge to the window's."""
    clear_pt: float = 9.0
    """What stays empty between the address and the window's edges, wherever the letter slips."""
    first_panel_pt: float = 279.0
    """From the sheet's top edge to its first fold."""

    @property
    def panels_pt(self) -> tuple[float, float, float]:
        """The heights of the three panels, from the sheet's top."""
        other = (PAGE_HEIGHT_PT - self.first_panel_pt) / 2
        return self.first_panel_pt, other, other

    @property
    def folds_pt(self) -> tuple[float, float]:
        """Where the sheet is folded, from its top edge."""
        first, second, _ = self.panels_pt
        return first, first + second

    @property
    def play_pt(self) -> tuple[float, float]:
        """How far the folded letter can slip in its envelope, across and up."""
        return self.width_pt - PAGE_WIDTH_PT, self.height_pt - max(self.panels_pt)

    @property
    def address_style(self) -> str:
        """The box for an address as a style attribute writes it, from the sheet's corner."""
        box = address_box(self)
        lengths = (box.x_pt, box.y_pt, box.width_pt, box.height_pt)
        names = ("left", "top", "width", "height")
        return ";".join(
            f"{name}:{inches(pt):.6g}in" for name, pt in zip(names, lengths, strict=True)
        )

    @property
    def folds(self) -> tuple[str, ...]:
        """The folds as style sheets write lengths, from the sheet's top."""
        return tuple(f"{inches(fold):.6g}in" for fold in self.folds_pt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """How letters are mailed: the envelope, and what it must show of each."""

    envelope: Envelope
    addresses: Mapping[str, tuple[str, ...]]
    """The lines of each company's address, by its slug."""


def sights(envelope: Envelope) -> tuple[Place, ...]:
    """Return what the window shows of a sheet's first page, at each extreme of the letter's play.

    Between the extremes it shows what lies in `around` of them.
    """
    left, bottom = envelope.window_left_pt, envelope.window_bottom_pt
    right, top = left + envelope.window_width_pt, bottom + envelope.window_height_pt
    return _on_page(envelope, left, right, bottom, top)


def barcode_zones(envelope: Envelope) -> tuple[Place, ...]:
    """Return what of a first page lies behind the barcode, at each extreme of the play."""
    left = envelope.width_pt - BARCODE_WIDTH_PT
    return _on_page(envelope, left, envelope.width_pt, 0.0, BARCODE_HEIGHT_PT)


def address_box(envelope: Envelope, page: int = 1) -> Place:
    """Return where an address can be read whole, wherever the letter slips.

    It keeps clear of the window's edges at every extreme of the play, and stays where the post's
    machines read. Its width or height is below zero where there is no such place.
    """
    seen, clear = sights(envelope), envelope.clear_pt
    across, up = envelope.play_pt
    first = envelope.first_panel_pt
    left = max(READ_SIDE_PT, *(sight.x_pt + clear for sight in seen))
    top = max(first + up - READ_TOP_PT, *(sight.y_pt + clear for sight in seen))
    right = min(
        envelope.width_pt - across - READ_SIDE_PT,
        *(sight.x_pt + sight.width_pt - clear for sight in seen),
    )
    bottom = min(first - READ_BOTTOM_PT, *(sight.y_pt + sight.height_pt - clear for sight in seen))
    return Place(page=page, x_pt=left, y_pt=top, width_pt=right - left, height_pt=bottom - top)


def around(places: Iterable[Place], page: int = 1) -> Place:
    """Return the least rectangle that holds places of one page."""
    known = tuple(places)
    left = min(place.x_pt for place in known)
    top = min(place.y_pt for place in known)
    right = max(place.x_pt + place.width_pt for place in known)
    bottom = max(place.y_pt + place.height_pt for place in known)
    return Place(page=page, x_pt=left, y_pt=top, width_pt=right - left, height_pt=bottom - top)


def read_envelope(table: Table) -> Envelope:
    """Return the envelope of a campaign's settings, and a problem for each that can't be."""
    usual = Envelope()
    before = len(table.problems)
    envelope = Envelope(
        width_pt=table.length("width", usual.width_pt),
        height_pt=table.length("height", usual.height_pt),
        window_width_pt=table.length("window_width", usual.window_width_pt),
        window_height_pt=table.length("window_height", usual.window_height_pt),
        window_left_pt=table.length("window_left", usual.window_left_pt),
        window_bottom_pt=table.length("window_bottom", usual.window_bottom_pt),
        clear_pt=table.length("clear", usual.clear_pt),
        first_panel_pt=table.length("first_panel", usual.first_panel_pt),
    )
    table.finish()
    for check in (_check_mailed, _check_panels, _check_window, _check_address):
        # Each can only be judged of an envelope that passes those before it.
        if len(table.problems) == before:
            check(table, envelope)
    return envelope


def _check_mailed(table: Table, envelope: Envelope) -> None:
    """Hold the envelope to what the post carries as a letter, and to the width of the sheet."""
    low, high, narrow, wide = MAILED_PT
    width, height = envelope.width_pt, envelope.height_pt
    least, most = MAILED_RATIO
    inside = low <= height <= high and narrow <= width <= wide
    if not inside or not least <= width / height <= most:
        table.problem(
            f"An envelope of {_inches(height)} × {_inches(width)} in is no letter to the post.",
            "Write a height of 3.5 to 6.125 in and a width of 5 to 11.5 in, 1.3 to 2.5 times it.",
            "height" if "height" in table else "width",
        )
    elif width < PAGE_WIDTH_PT:
        table.problem(
            f"width: a sheet of US Letter is {_inches(PAGE_WIDTH_PT - width)} in wider than the "
            "envelope.",
            'Write the width of an envelope that takes it; a #10 has "9.5in".',
            "width",
        )


def _check_panels(table: Table, envelope: Envelope) -> None:
    over = max(envelope.panels_pt) - envelope.height_pt
    if over <= _HAIR and min(envelope.panels_pt) > 0:
        return
    panels = ", ".join(_inches(panel) for panel in envelope.panels_pt)
    least = PAGE_HEIGHT_PT - 2 * envelope.height_pt
    fix = (
        f"Write {_inches(max(least, 0))} to {_inches(envelope.height_pt)} in; the rest of the "
        "sheet is folded in half."
        if least <= envelope.height_pt
        else "Write a height of 3.667 in or more: a sheet is folded in three."
    )
    table.problem(
        f"first_panel: panels of {panels} in do not go into an envelope "
        f"{_inches(envelope.height_pt)} in high.",
        fix,
        "first_panel" if "first_panel" in table else "height",
    )


def _check_window(table: Table, envelope: Envelope) -> None:
    right = envelope.window_left_pt + envelope.window_width_pt - envelope.width_pt
    top = envelope.window_bottom_pt + envelope.window_height_pt - envelope.height_pt
    if right > _HAIR:
        table.problem(
            f"window_left: the window reaches {_inches(right)} in beyond the envelope's "
            "right edge.",
            "Measure from the envelope's left edge to the window's, and the window's width.",
            "window_left" if "window_left" in table else "window_width",
        )
    if top > _HAIR:
        table.problem(
            f"window_bottom: the window reaches {_inches(top)} in beyond the envelope's top edge.",
            "Measure from the envelope's bottom edge to the window's, and the window's height.",
            "window_bottom" if "window_bottom" in table else "window_height",
        )


def _check_address(table: Table, envelope: Envelope) -> None:
    box = address_box(envelope)
    low = ADDRESS_LINES * LINE_PT - box.height_pt
    narrow = LEAST_WIDTH_PT - box.width_pt
    across, up = (_inches(play) for play in envelope.play_pt)
    if low > _HAIR:
        table.problem(
            f"An address of {ADDRESS_LINES} lines does not show at every time: the letter slips "
            f"{up} in up and down, and {_inches(low)} in of height are missing.",
            "Take a higher window or a lower envelope, or move the first fold.",
            "first_panel" if "first_panel" in table else "window_height",
        )
    if narrow > _HAIR:
        table.problem(
            f"A line of an address does not show at every time: the letter slips {across} in to "
            f"the side, and {_inches(narrow)} in of width are missing.",
            "Take a wider window, or an envelope that is less wide.",
            "window_width" if "window_width" in table else "width",
        )


def _on_page(
    envelope: Envelope, left: float, right: float, bottom: float, top: float
) -> tuple[Place, ...]:
    """Return what of the first panel lies behind a part of the envelope, at each extreme.

    The folded letter stands on its first fold, which the play lifts; its left edge moves likewise.
    """
    first = envelope.first_panel_pt
    return tuple(
        _within_panel(left - slip, right - slip, first + lift - top, first + lift - bottom, first)
        for slip in (0.0, envelope.play_pt[0])
        for lift in (0.0, envelope.play_pt[1])
    )


def _within_panel(left: float, right: float, top: float, bottom: float, panel: float) -> Place:
    x, y = max(left, 0.0), max(top, 0.0)
    width, height = min(right, PAGE_WIDTH_PT) - x, min(bottom, panel) - y
    return Place(page=1, x_pt=x, y_pt=y, width_pt=max(width, 0.0), height_pt=max(height, 0.0))


def _inches(points: float) -> str:
    return f"{inches(points):.4g}"
