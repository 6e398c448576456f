"""What an order holds: each press file once, what is needed of it, its lots and its price."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from printkit.built import Sheet
from printkit.languages import Language
from printkit.lengths import Size, inches
from printkit.shops import Shop, Stock

DRAFT = "DRAFT"
MISSING_PRICE = "price missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The copies of one file that go to one place."""

    region: str
    """The region's slug; empty for a proof run, which goes to whoever ordered it."""
    name: str
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One file of the order, however many regions share it."""

    sheet: Sheet
    """The file's first sheet in the build; its region is only the first that gets it."""
    spoken: Language
    source: Path
    """Where the build has the file."""
    file: str
    """What it is called in the order's folder."""
    piece_name: str
    trim: Size
    bleed_pt: float
    stock: Stock | None
    """None where the shop's table names none."""
    panels_pt: tuple[float, ...]
    """Widths of folded panels on the inside, in reading order; empty where nothing is folded."""
    ink: str
    shares: tuple[Share, ...]
    copies: int
    """As ordered: in lots, with spares."""
    price: Decimal | None
    """Of the copies, with setup; None where the shop's table has no price for it."""

    @property
    def tag(self) -> str:
        """The language's, or "mul"."""
        return self.sheet.language

    @property
    def code(self) -> str:
        """What stands at the sheet's foot."""
        return self.sheet.digest

    @property
    def need(self) -> int:
        """Copies that go to regions."""
        return sum(share.copies for share in self.shares)

    @property
    def spares(self) -> int:
        """Copies beyond what is needed: the percentage asked for, and what fills the lot."""
        return self.copies - self.need

    @property
    def sides(self) -> str:
        """How the paper is printed, as long as it is one sheet."""
        return {1: "one side", 2: "both sides"}.get(self.sheet.pages, f"{self.sheet.pages} pages")

    @property
    def fold(self) -> str:
        """In words, with the widths of panels; empty where nothing is folded."""
        return fold_words(self.panels_pt)

    @property
    def language(self) -> str:
        """English name, autonym and code, for who can't read the script."""
        names = dict.fromkeys(filter(None, (self.spoken.english, self.spoken.autonym)))
        return f"{' · '.join(names)} ({self.tag})"

    @property
    def ship_to(self) -> str:
        """Every place and its copies."""
        return "; ".join(f"{share.name}: {share.copies}" for share in self.shares)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A sheet that was ordered and that failed, so that it is not in the order."""

    piece_name: str
    tag: str
    english: str
    regions: tuple[str, ...]
    copies: int
    why: str

    @property
    def words(self) -> str:
        """What is missing, where it would have gone, and why."""
        places = ", ".join(self.regions[:MOST_PLACES])
        if len(self.regions) > MOST_PLACES:
            places += f" and {len(self.regions) - MOST_PLACES} more"
        what = f"{self.piece_name} in {self.english} ({self.tag})"
        return f"{what}, {self.copies:,} copies for {places}: {self.why}"


MOST_PLACES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopOrder:
    """Everything that one shop is asked to print."""

    campaign: str
    version: str
    created: date
    """The day of the campaign's version; an order has no clock."""
    shop: Shop
    lines: tuple[Line, ...]
    """Pieces in their order, languages in theirs, then as the build has them."""
    missing: tuple[Missing, ...]
    places: tuple[tuple[str, str], ...]
    """Slug and name of each place that gets something, in the order of the orders."""
    is_proof: bool
    """A proof run: a few copies of each, to look at and not to hand out."""

    @property
    def name(self) -> str:
        """What its folder is called."""
        return f"{self.shop.slug}-{DRAFT}" if self.is_proof else self.shop.slug

    @property
    def need(self) -> int:
        """Copies that go to regions."""
        return sum(line.need for line in self.lines)

    @property
    def copies(self) -> int:
        """Copies ordered."""
        return sum(line.copies for line in self.lines)

    @property
    def unpriced(self) -> int:
        """Lines for which the shop's table has no price."""
        return sum(line.price is None for line in self.lines)

    @property
    def price(self) -> Decimal:
        """What the lines with a price cost together."""
        return sum((line.price for line in self.lines if line.price is not None), Decimal("0.00"))

    @property
    def price_words(self) -> str:
        """The sum, and what it lacks."""
        if self.unpriced == len(self.lines):
            return MISSING_PRICE
        told = f"{self.price:,} {self.shop.currency}"
        lacking = f"{self.unpriced} of {counted(len(self.lines), 'file')}: {MISSING_PRICE}"
        return f"{told}, without {lacking}" if self.unpriced else told


def fold_words(panels_pt: tuple[float, ...]) -> str:
    """Return how a sheet is folded, such as "C-fold, panels 3.6875 / 3.6875 / 3.625 in"."""
    if not panels_pt:
        return ""
    widths = " / ".join(f"{inches(width):.6g}" for width in panels_pt)
    return f"{fold_kind(panels_pt)}, panels {widths} in, mirrored overleaf"


def fold_kind(panels_pt: tuple[float, ...]) -> str:
    """Return what printers call a fold of such panels: "half fold", "C-fold", "Z-fold"."""
    if len(panels_pt) == 2:
        return "half fold"
    if len(panels_pt) == 3:
        # The panel that is folded in is the narrower one; three equal ones make a Z.
        return "Z-fold" if len({round(width, 1) for width in panels_pt}) == 1 else "C-fold"
    return f"{len(panels_pt)} panels"


def trim_words(trim: Size) -> str:
    """Return a trim as tables have it, such as "4.25 x 5.5 in"."""
    return f"{inches(trim.width_pt):.6g} x {inches(trim.height_pt):.6g} in"


def counted(number: int, noun: str) -> str:
    """Return "1 file" or "1,200 files"; "1 copy" or "1,200 copies"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun.replace('copy', 'copie')}s"
