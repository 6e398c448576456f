"""What a layout tells: where slots and codes stand, what sticks out, what was lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from printkit.lengths import Size
from printkit.places import Place

Side = Literal["top", "right", "bottom", "left"]

ALT_MARK = "slot:"
"""While a base is made, a slot's figure bears this and the slot's name for its words."""
FIELD_MARK = "field:"
"""While a base is made, a field's figure bears this and the field's number, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPlace:
    """An empty box that a region's content is stamped into."""

    name: str
    alt: str
    """The template's words for who cannot see the box, until the content brings its own."""
    place: Place
    size: Size
    """The box's own width and height, as they are before it is turned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePlace:
    """A code that the template itself drew."""

    url: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPlace:
    """A line to write on, or a box to tick: by pen on paper, by typing on screen."""

    name: str
    """Fields of one name hold one value, wherever they stand."""
    number: int
    """In the order of the document, from 0."""
    tip: str
    """What to write there, in the reader's language."""
    kind: Literal["text", "box"]
    most: int
    """Characters that it takes; 0 for a box."""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowPlace:
    """An address that is to be read through an envelope's window."""

    company: str
    place: Place
    """The box that was kept for it; the lines stand in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overflow:
    """Something that sticks out of the box that was to hold it."""

    of: Literal["box", "safe area"]
    """What it sticks out of: a box of fixed size, or the sheet's safe area."""
    text: str
    """The beginning of the text that does not fit."""
    side: Side
    by_pt: float
    place: Place
    """Where the box, or the line outside the safe area, stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePlace:
    """Where one marked message stands, and the room that it has there."""

    mark: str
    """Its language and digest, as the sheet was marked."""
    lines: tuple[Place, ...]
    """A rectangle for each line."""
    letters: tuple[int, ...]
    """How many letters each line holds; marks over and under letters are not counted."""
    role: str
    """"headline", "heading" or "list item" where it is one."""
    width_pt: float
    """What a line may take."""
    line_pt: float
    """The height of a line."""
    font_pt: float
    box: Place
    """The nearest box around it that cannot grow."""
    spare_pt: float
    """How much higher its text could be in that box; negative where it is too high."""
    beyond_pt: float
    """How far its widest line leaves what a line may take, or the sheet's safe area."""

    @property
    def page(self) -> int:
        """The page that it begins on."""
        return self.lines[0].page


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A document laid out: its PDF, and the map of it."""

    pdf: bytes
    """Nothing where only the map was asked for."""
    sizes: tuple[Size, ...]
    """The trim of each page."""
    slots: tuple[SlotPlace, ...]
    codes: tuple[CodePlace, ...]
    overflows: tuple[Overflow, ...]
    lost: tuple[str, ...]
    """Texts that were given and are not, or not wholly, laid out."""
    fonts: frozenset[str]
    """The families that the PDF draws with."""
    log: tuple[str, ...]
    """WeasyPrint's warnings."""
    refused: tuple[str, ...]
    """Addresses asked for that are no file of the piece."""
    fields: tuple[FieldPlace, ...] = ()
    """Where people write, in the order of the document."""
    windows: tuple[WindowPlace, ...] = ()
    """The addresses of letters, in the order of their pages."""
    messages: tuple[MessagePlace, ...] = ()
    """Where the messages of a marked document stand."""

    @property
    def pages(self) -> int:
        """How many pages the document came to."""
        return len(self.sizes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document laid out and not yet written, which is half of the work; it does not pickle."""

    layout: Layout
    """The map alone; no fonts are told."""
    written: Callable[[], Layout]
    """Write the PDF, and return it with the map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPage:
    """The content of one slot, to be laid out in the slot's size."""

    html: str
    """A fragment: what stands inside the slot."""
    width_pt: float
    height_pt: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotSheets:
    """Many slots' contents laid out: one PDF with a page for each, in the order given."""

    pdf: bytes
    overflows: tuple[tuple[Overflow, ...], ...]
    """For each page."""
    lost: tuple[str, ...]
    fonts: frozenset[str]
    log: tuple[str, ...]
    refused: tuple[str, ...]
