"""Read a print shop's table: what it prints, on what stock, in which lots, at which prices."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from printkit.errors import Problem, Problems, UserError, did_you_mean, quoted
from printkit.lengths import Size, points
from printkit.reading import Table, label, read_toml

FOLDER = "shops"
EDITIONS = ("press", "copier")
STANDARDS = ("pdf/x-4", "pdf/x-1a")
GSM = {"text": Decimal("1.48"), "cover": Decimal("2.708")}
"""Grams a square metre in a pound of basis weight (apiprintproductions.com, paper weight)."""
CONTACT = ("person", "email", "phone", "address", "account")
NAME_FIELDS = ("region", "language", "english", "piece", "version", "trim", "copies", "code")
NAMES = "{region}_{language}-{english}_{piece}_v{version}_{trim}_q{copies}_{code}"
MOST_COPIES = 100_000_000
SAME_PT = 0.3
"""Two trims are one within this: a tenth of a millimetre."""
MOST_PROOFS = 25
PER = (100, 1000)
"""How many copies a price may be for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """A paper of the shop, by its name there."""

    name: str
    pounds: Decimal
    """Basis weight."""
    kind: str
    """"text" or "cover": which basis the weight is of."""
    finish: str = ""

    @property
    def gsm(self) -> Decimal:
        """Grams a square metre."""
        return self.pounds * GSM[self.kind]

    @property
    def words(self) -> str:
        """The stock as the shop reads it, such as "Gloss, 100 lb cover (271 gsm)"."""
        told = f"{self.name}, {self.pounds:f} lb {self.kind} ({self.gsm:.0f} gsm)"
        return f"{told}, {self.finish}" if self.finish else told


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What some copies cost: for one piece, or for one size."""

    piece: str | None
    trim: Size | None
    setup: Decimal
    """For each file."""
    each: Decimal
    """For `per` copies; a part of them costs its part."""
    per: int

    def of(self, copies: int) -> Decimal:
        """Return what a file's copies cost, to the cent, halves upwards."""
        exact = self.setup + self.each * copies / self.per
        return exact.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One size that the shop prints, with what it is printed on."""

    trim: Size
    stock: Stock | None
    lots: tuple[int, ...]
    """Rising quantities; above the last, its multiples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A print shop, as its file tells of it."""

    slug: str
    """The file's name."""
    name: str
    edition: str
    standard: str
    condition: str | None
    """The printing condition whose profile its files must hold; None where any will do."""
    lots: tuple[int, ...]
    spares_percent: Decimal
    overs_percent: Decimal
    unders_percent: Decimal
    formats: tuple[Format, ...]
    prices: tuple[Price, ...]
    currency: str
    carton_pounds: Decimal
    names: str
    """The pattern of file names."""
    proof_copies: int
    union_label: bool
    contact: Mapping[str, str] = field(default_factory=dict)
    file: str = ""

    def format_of(self, trim: Size) -> Format | None:
        """Return the format for a trim, turned or not; None where the shop can't print it."""
        return next((one for one in self.formats if _same(one.trim, trim)), None)

    def price_of(self, piece: str, trim: Size) -> Price | None:
        """Return a piece's price, else its size's; None where the table has neither."""
        for price in self.prices:
            if price.piece == piece:
                return price
        sizes = (one for one in self.prices if one.trim is not None and _same(one.trim, trim))
        return next(sizes, None)


def _same(one: Size, other: Size) -> bool:
    """Return whether two sizes are one, however they are turned."""
    a, b = sorted((one.width_pt, one.height_pt)), sorted((other.width_pt, other.height_pt))
    return all(abs(x - y) <= SAME_PT for x, y in zip(a, b, strict=True))


def shop_names(root: Path) -> tuple[str, ...]:
    """Return the shops of a project by their files' names."""
    return tuple(sorted(path.stem for path in (root / FOLDER).glob("*.toml")))


def load_shop(root: Path, name: str, *, pieces: Collection[str] | None = None) -> Shop:
    """Return a shop of shops/ by its file's name; raises UserError with every problem in it.

    With `pieces`, its prices may be for these and no others.
    """
    path = root / FOLDER / f"{name}.toml"
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}", name) is None or not path.is_file():
        known = shop_names(root)
        fix = did_you_mean(name, known) or f"Write {FOLDER}/NAME.toml first."
        raise UserError(Problem(what=f"--shop: there is no shop {quoted(name)}.", fix=fix))
    problems = Problems()
    table = read_toml(path, root=root, problems=problems)
    shop = None if table is None else _shop(table, name, label(path, root), pieces)
    problems.raise_if_any()
    assert shop is not None  # a file that can't be read is a problem
    return shop


def _shop(table: Table, slug: str, file: str, pieces: Collection[str] | None) -> Shop:
    stocks = _stocks(table)
    lots = _lots(table, ())
    shop = Shop(
        slug=slug,
        name=table.text("name"),
        edition=table.choice("edition", EDITIONS, "press"),
        standard=table.choice("standard", STANDARDS, "pdf/x-4"),
        condition=table.text("condition", None),
        lots=lots,
        spares_percent=_decimal(table, "spares_percent", high=100),
        overs_percent=_decimal(table, "overs_percent", high=100),
        unders_percent=_decimal(table, "unders_percent", high=100),
        formats=tuple(_format(one, stocks, lots) for one in _some(table, "formats")),
        prices=tuple(_price(one, pieces) for one in table.tables("prices")),
        currency=table.text("currency", "USD", pattern=r"[A-Z]{3}", form='three capitals: "USD"'),
        carton_pounds=_decimal(table, "carton_pounds", low=1, high=2000),
        names=_names(table),
        proof_copies=table.integer("proof_copies", MOST_PROOFS, low=1, high=MOST_PROOFS),
        union_label=table.flag("union_label", False),
        contact=_contact(table.table("contact", required=False)),
        file=file,
    )
    table.finish()
    _refuse_doubles(table, shop)
    return shop


def _some(table: Table, key: str) -> list[Table]:
    found = table.tables(key)
    if not found:
        table.problem(
            f"There is no size that the shop prints: [[{key}]] is missing.",
            f'Write [[{key}]] with a trim for each, such as trim = ["8.5in", "11in"].',
        )
    return found


def _stocks(table: Table) -> dict[str, Stock]:
    stocks: dict[str, Stock] = {}
    for one in table.tables("stocks"):
        stock = Stock(
            name=one.text("name"),
            pounds=_decimal(one, "weight_lb", low=1, high=400),
            kind=one.choice("kind", tuple(GSM)),
            finish=one.text("finish", ""),
        )
        if stock.name in stocks:
            one.problem(f"name: {quoted(stock.name)} stands twice.", "Take one out.", "name")
        stocks.setdefault(stock.name, stock)
    return stocks


def _format(table: Table, stocks: Mapping[str, Stock], lots: tuple[int, ...]) -> Format:
    name = table.text("stock", None)
    if name is not None and name not in stocks:
        fix = did_you_mean(name, stocks) or "Write it as [[stocks]] first."
        table.problem(f"stock: {quoted(name)} is not one of the shop's stocks.", fix, "stock")
    own = _lots(table, lots)
    if not own:
        table.problem(
            "Neither the size nor the shop has lots.",
            "Write lots for the size, or above the first [[table]] for all of them.",
            "lots",
        )
    return Format(trim=_trim(table), stock=stocks.get(name or ""), lots=own)


def _trim(table: Table) -> Size:
    sides = []
    for text in table.texts("trim"):
        try:
            sides.append(points(text))
        except ValueError as error:
            table.problem(f"trim: {quoted(text)} is not a length.", str(error), "trim")
            return Size(width_pt=72, height_pt=72)
    if len(sides) == 2 and all(0 < side <= points("100in") for side in sides):
        return Size(width_pt=sides[0], height_pt=sides[1])
    fix = 'Write two lengths, such as ["8.5in", "11in"].'
    table.problem("trim is not a width and a height.", fix, "trim")
    return Size(width_pt=72, height_pt=72)


def _lots(table: Table, default: tuple[int, ...]) -> tuple[int, ...]:
    lots = table.integers("lots", default, low=1, high=MOST_COPIES)
    if "lots" in table and any(later <= earlier for earlier, later in pairwise((0, *lots))):
        table.problem("lots do not rise.", "Write them from small to large: [100, 250].", "lots")
    return lots


def _decimal(table: Table, key: str, *, low: float = 0, high: float) -> Decimal:
    """Return a number as it is written, so that money and percents add up."""
    return Decimal(f"{table.number(key, low=low, high=high):.15g}")


def _price(table: Table, pieces: Collection[str] | None) -> Price:
    piece = table.text("piece", None)
    if piece is not None and pieces is not None and piece not in pieces:
        what = f"piece: {quoted(piece)} is not a piece of this project."
        table.problem(what, did_you_mean(piece, pieces), "piece")
    trim = _trim(table) if "trim" in table else None
    if (piece is None) == (trim is None):
        table.problem(
            "A price is for a piece or for a size.", "Write piece or trim, one of the two."
        )
    per = next((number for number in PER if f"per_{number}" in table), PER[0])
    if f"per_{PER[0]}" in table and f"per_{PER[1]}" in table:
        table.problem("A price is per 100 or per 1000.", "Take one of the two out.", "per_1000")
        table.number(f"per_{PER[1]}")
    return Price(
        piece=piece,
        trim=trim,
        setup=_decimal(table, "setup", high=1_000_000) if "setup" in table else Decimal(0),
        each=_decimal(table, f"per_{per}", high=1_000_000),
        per=per,
    )


def _names(table: Table) -> str:
    """Return the pattern of file names; what it places must be known, the rest plain letters."""
    pattern = table.text("names", NAMES)
    for name in re.findall(r"\{([^{}]*)\}", pattern):
        if name not in NAME_FIELDS:
            what = f"names: {{{name}}} is nothing that a file is named by."
            table.problem(what, did_you_mean(name, NAME_FIELDS), "names")
    if re.fullmatch(r"[A-Za-z0-9_.-]*", re.sub(r"\{[^{}]*\}", "", pattern)) is None:
        table.problem(
            "names holds a character that file names do without.",
            "Use letters without accents, digits, _, - and . around the {fields}.",
            "names",
        )
    if "{code}" not in pattern:
        what = "names lacks {code}, which alone tells two versions of a sheet apart."
        table.problem(what, "Add {code}.", "names")
    return pattern


def _contact(table: Table) -> dict[str, str]:
    return {key: table.text(key, "", blank=True) for key in CONTACT}


def _refuse_doubles(table: Table, shop: Shop) -> None:
    priced = [price.trim for price in shop.prices if price.piece is None]
    sizes = {"formats": [one.trim for one in shop.formats], "prices": list(filter(None, priced))}
    for key, trims in sizes.items():
        for number, trim in enumerate(trims):
            if any(_same(trim, other) for other in trims[:number]):
                what = f"[[{key}]]: {trim.words} stands twice."
                table.problem(what, "Keep one; a turned sheet is the same size.", key)
    named = [price.piece for price in shop.prices if price.piece is not None]
    for piece in dict.fromkeys(piece for piece in named if named.count(piece) > 1):
        what = f"[[prices]]: {quoted(piece)} stands twice."
        table.problem(what, "Keep one price for each piece.", "prices")
