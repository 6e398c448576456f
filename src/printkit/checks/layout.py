"""What a layout shows of itself: text that sticks out or is lost, pages, fonts, warnings."""

from collections.abc import Collection, Iterable
from typing import Any

from printkit.errors import quoted
from printkit.findings import Finding, Rule, Severity, finding
from printkit.languages import LANGUAGES
from printkit.lengths import inches
from printkit.places import SAFE_PT
from printkit.typeset.layout import Layout, Overflow, SlotPlace

OVERFLOWS = Rule(
    code="text-overflows",
    severity=Severity.FAIL,
    rule="Everything stands inside the box that is meant to hold it.",
    because="A translation longer than its room runs over the next text or off the sheet, and "
    "whoever orders the sheet may not read the language.",
)
UNSAFE = Rule(
    code="safe-area",
    severity=Severity.FAIL,
    rule="Text keeps an eighth of an inch inside the trim, a quarter on sheets for copiers.",
    because="Cutting is exact to about an eighth of an inch (print shops' guides), and an office "
    "machine leaves about a quarter white at the paper's edge.",
)
LOST = Rule(
    code="text-lost",
    severity=Severity.FAIL,
    rule="All text that was composed is laid out.",
    because="A layout engine drops lines that do not fit without a word.",
)
PAGES = Rule(
    code="page-count",
    severity=Severity.FAIL,
    rule="A sheet has as many pages as its piece.toml says.",
    because="One page more is a blank back, or the end of a text on a sheet of its own.",
)
FONTS = Rule(
    code="fonts-foreign",
    severity=Severity.FAIL,
    rule="Only the fonts of the sheet's own languages are used.",
    because="A glyph that a language's fonts lack is drawn from another font without a word, and "
    "looks wrong to everyone who reads the language.",
)
WARNED = Rule(
    code="layout-warning",
    severity=Severity.FAIL,
    rule="The layout engine has nothing to say against a sheet.",
    because="It warns of a style or a picture that it left out, and goes on without it.",
)
REFUSED = Rule(
    code="address-outside",
    severity=Severity.FAIL,
    rule="A sheet asks only for files of its own piece and of what its kind shares.",
    because="Templates and art come from strangers: an address elsewhere could read the "
    "machine's files or tell somebody that the sheet was made.",
)
RULES = (OVERFLOWS, UNSAFE, LOST, PAGES, FONTS, WARNED, REFUSED)

ROUNDING_PT = 0.1

_SIDES = {"bottom": "below", "top": "above", "right": "to the right of", "left": "to the left of"}


def overflow_finding(overflow: Overflow, **where: Any) -> Finding:
    """Return what an overflow says to whoever can shorten the text."""
    by = f"{inches(overflow.by_pt):.2f} in"
    place: dict[str, Any] = {"page": overflow.place.page, "place": overflow.place.inches}
    if overflow.of == "box":
        what = f"{quoted(overflow.text, 40)} runs {by} {_SIDES[overflow.side]} its box."
        return finding(
            OVERFLOWS, what, "Shorten the text, or give the box more room.", **where | place
        )
    what = f"{quoted(overflow.text, 40)} stands {by} outside the safe area."
    return finding(UNSAFE, what, "Move it at least that far inward.", **where | place)


def layout_findings(
    layout: Layout, *, pages: int, languages: Collection[str], slots: Collection[str], **where: Any
) -> list[Finding]:
    """Return everything that is wrong with a layout; `languages` are those that it speaks."""
    found = [overflow_finding(overflow, **where) for overflow in layout.overflows]
    found += engine_findings(
        layout.lost, layout.fonts, layout.log, layout.refused, languages=languages, **where
    )
    if layout.pages != pages:
        found.append(
            finding(
                PAGES,
                f"It has {_pages(layout.pages)}, and its piece.toml says {pages}.",
                "Shorten the text, or correct pages.",
                **where,
            )
        )
    found += [finding_of_slot(slot, **where) for slot in layout.slots if leaves(slot, layout)]
    laid_out = {slot.name for slot in layout.slots}
    found += [
        finding(LOST, f"The slot {quoted(name)} was not laid out.", "Give it more room.", **where)
        for name in slots
        if name not in laid_out
    ]
    return found


def leaves(slot: SlotPlace, layout: Layout) -> bool:
    """Return whether a slot stands outside the safe area, where its content would be cut off."""
    place, trim = slot.place, layout.sizes[slot.place.page - 1]
    right = trim.width_pt - place.x_pt - place.width_pt
    bottom = trim.height_pt - place.y_pt - place.height_pt
    return min(place.x_pt, place.y_pt, right, bottom) < SAFE_PT - ROUNDING_PT


def finding_of_slot(slot: SlotPlace, **where: Any) -> Finding:
    """Return what is said of a slot that stands outside the safe area."""
    here: dict[str, Any] = {"page": slot.place.page, "place": slot.place.inches}
    what = f"The slot {quoted(slot.name)} stands outside the safe area."
    return finding(UNSAFE, what, "Move it inward, at least 0.125 in from the edge.", **where | here)


def engine_findings(
    lost: Iterable[str],
    fonts: Collection[str],
    log: Iterable[str],
    refused: Iterable[str],
    *,
    languages: Collection[str],
    **where: Any,
) -> list[Finding]:
    """Return what the layout engine dropped, borrowed, warned of, or was not allowed to read."""
    found = [
        finding(LOST, f"{quoted(text, 40)} was not laid out.", "Give it more room.", **where)
        for text in lost
    ]
    allowed = allowed_families(languages)
    found += [
        finding(
            FONTS,
            f"Something is drawn with {family}.",
            "Find the letter that the language's own font lacks, and change it.",
            **where,
        )
        for family in sorted(set(fonts) - allowed)
    ]
    found += [
        finding(
            REFUSED,
            f"It asks for {quoted(address)}.",
            "Put the file into the piece's folder, and name it from there.",
            **where,
        )
        for address in refused
    ]
    found += [
        finding(
            WARNED, f"The layout engine says: {line}", "Mend the template or its styles.", **where
        )
        for line in log
    ]
    return found


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"


def allowed_families(languages: Collection[str]) -> frozenset[str]:
    """Return the font families that a sheet in these languages may use."""
    families: set[str] = set()
    for tag in languages:
        families.update(LANGUAGES[tag].families, LANGUAGES[tag].dense_families)
    return frozenset(families)
