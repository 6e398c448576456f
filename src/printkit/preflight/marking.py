"""What a page's content comes to: marks, each with its place, its inks and how it is put down."""

from dataclasses import dataclass, field
from typing import Any, Literal

from printkit.findings import Rule
from printkit.places import Place
from printkit.preflight.colours import Inks, Space, ink_total, is_white, process_inks
from printkit.preflight.geometry import Box, Matrix, common

Kind = Literal["fill", "stroke", "text", "image", "shading"]
Hidden = Literal[
    "", "clipped", "off the page", "invisible text", "blank text", "no ink", "transparent",
    "white on nothing", "layer", "mask",
]  # fmt: skip
_BLACK = (0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paint:
    """A colour, and how it is put down."""

    space: Space
    components: tuple[float, ...] = ()
    alpha: float = 1.0
    blend: str = "Normal"
    soft: bool = False
    """Whether a soft mask is in force."""
    overprint: bool = False
    overprint_mode: int = 0
    inks: Inks | None = None
    """The four, each from 0 to 1; None where the file cannot tell (RGB, pictures, patterns)."""
    ink: float | None = None
    """All inks together, spots too: 1 for each in full."""
    white: bool = False
    """Whether the paper would stay as it is."""

    @property
    def count(self) -> int | None:
        """How many inks it takes; None where the file cannot tell."""
        if self.space.inks:
            used = zip(self.space.inks, self.components, strict=False)
            return sum(4 if ink == "All" else 1 for ink, share in used if share > 0.001)
        return None if self.inks is None else sum(1 for ink in self.inks if ink > 0.001)

    @property
    def black(self) -> bool:
        """Whether it is black ink in full, and no other."""
        if len(self.space.inks) > 1:
            return False
        return self.inks is not None and self.inks[:3] == _BLACK[:3] and self.inks[3] >= 0.999

    @property
    def clear(self) -> bool:
        """Whether what lies beneath shows through."""
        return self.alpha < 0.999 or self.soft or self.blend not in ("Normal", "Compatible")


def paint_of(space: Space, components: tuple[float, ...], **how: Any) -> Paint:
    """Return the paint of a colour in a space, with its inks worked out."""
    return Paint(
        space=space,
        components=components,
        inks=process_inks(space, components),
        ink=ink_total(space, components),
        white=is_white(space, components),
        **how,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a text mark says."""

    font: tuple[int, int]
    """The font's object and generation; (0, 0) where it stands in its resources alone."""
    name: str
    """The font's own name."""
    text: str
    """As far as the font tells; U+FFFD for each code that it does not."""
    missing: int = 0
    """How many of its codes the font answers with .notdef."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What an image mark shows."""

    width: int
    """In pixels."""
    height: int
    bits: int
    """A component."""
    ppi: tuple[float, float]
    """Pixels an inch as placed, across and down the picture."""
    mask: bool = False
    """Whether it is a stencil for the fill colour."""
    masked: Literal["", "soft", "hard"] = ""
    image: Any = field(default=None, repr=False, compare=False)
    """The picture's object, or (dictionary, bytes) of one that stands in the content."""
    matrix: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    """From the unit square to the page."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mark:
    """One thing that a page paints."""

    page: int
    """Counted from 1."""
    kind: Kind
    box: Box
    """In the page's own space, after clipping: what can show."""
    paint: Paint
    hidden: Hidden = ""
    """Why it does not show; empty where it does."""
    size_pt: float | None = None
    """Text: its height as placed. Strokes, and fills that are one rectangle: how thin."""
    under: Paint | None = None
    """Of text, lines, and what is white: the last area painted below it; None on bare paper."""
    parts: tuple[Box, ...] = ()
    """Of a path of several pieces, where each one lies, if they are not too many."""
    pieces: int = 1
    """How many pieces a path has."""
    shown: Shown | None = None
    picture: Picture | None = None

    @property
    def shows(self) -> bool:
        """Whether anybody could see it."""
        return not self.hidden

    @property
    def space(self) -> str:
        """The name of its colour space."""
        return self.paint.space.name

    @property
    def components(self) -> tuple[float, ...]:
        """Its colour's numbers."""
        return self.paint.components

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Where it lies, piece by piece."""
        return self.parts or (self.box,)

    def __str__(self) -> str:
        """Return it as findings tell it, such as "fill in DeviceRGB 1 0 0"."""
        numbers = " ".join(f"{number:.3g}" for number in self.components)
        return f"{self.kind} in {self.space} {numbers}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Page:
    """A page's number and boxes."""

    number: int
    """Counted from 1."""
    media: Box
    bleed: Box
    trim: Box
    rotation: int = 0
    obj: Any = field(default=None, repr=False)
    """The page's dictionary."""

    def place(self, box: Box) -> Place:
        """Return a rectangle as measured from the trim's top left corner."""
        return Place(
            page=self.number,
            x_pt=box[0] - self.trim[0],
            y_pt=self.trim[3] - box[3],
            width_pt=box[2] - box[0],
            height_pt=box[3] - box[1],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What one page paints."""

    page: Page
    marks: tuple[Mark, ...]
    """In the order in which they are painted; those that do not show too."""
    troubles: tuple[str, ...] = ()
    """Why it was not read to its end, a sentence each."""
    senseless: int = 0
    """Operations that make no sense and were passed over."""

    def shown(self) -> list[Mark]:
        """Return the marks that anybody could see, on the sheet or on what is cut off."""
        return [mark for mark in self.marks if not mark.hidden]

    def art(self) -> list[Mark]:
        """Return the marks that show within the bleed: not those that the shop cuts off."""
        return [mark for mark in self.shown() if any_within(mark, self.page.bleed)]


def any_within(mark: Mark, room: Box) -> bool:
    """Tell whether a part of a mark shows in a room."""
    if common(mark.box, room) is None:
        return False
    return not mark.parts or any(common(box, room) is not None for box in mark.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One thing that a rule finds on a page."""

    rule: Rule
    what: str
    fix: str
    box: Box | None = None
    """Where, in the page's own space."""
