"""Boxes: rows of an order packed in bundles, first fit in their order, within a carton's limit."""

from collections.abc import Sequence
from dataclasses import dataclass

from printkit.errors import Problem, UserError

BUNDLES = (100, 50, 25, 10, 5, 1)
"""Copies that are banded together; a row takes the largest that hands can lift well."""
SHARE = 4
"""A bundle weighs no more than this part of a full carton, unless it is one copy."""
MOST_BOXES = 20_000
"""Of one region: more is a slip in an order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """So many copies of one sheet, to be packed."""

    name: str
    """For messages, such as "Card in Spanish"."""
    copies: int
    copy_mg: int
    """What one weighs, in milligrams."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What a box holds of one row."""

    row: int
    """Its place among the rows, from 0."""
    bundle: int
    """Copies in each full bundle."""
    bundles: int
    """How many are full."""
    loose: int
    """Copies in the row's last bundle, where it is not full and lies in this box."""

    @property
    def copies(self) -> int:
        """How many copies they come to."""
        return self.bundle * self.bundles + self.loose

    @property
    def words(self) -> str:
        """The count as labels show it: "34 × 100 + 50"."""
        parts = [f"{self.bundles} × {self.bundle}"] if self.bundles else []
        return " + ".join([*parts, *([f"1 × {self.loose}"] if self.loose else [])])


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One carton."""

    number: int
    """From 1."""
    weight_mg: int
    """Of the paper in it; the carton's own weight is not known."""
    portions: tuple[Portion, ...]
    """In the rows' order, each row once."""


class _Filling:
    """A box while it is filled: its weight, and full bundles and loose copies by row."""

    def __init__(self) -> None:
        self.weight_mg = 0
        self.held: dict[int, tuple[int, int]] = {}

    def add(self, row: int, *, bundles: int = 0, loose: int = 0, mg: int) -> None:
        """Put bundles of a row in, which weigh so much together."""
        had_bundles, had_loose = self.held.get(row, (0, 0))
        self.held[row] = had_bundles + bundles, had_loose + loose
        self.weight_mg += mg


def bundle_of(copy_mg: int, limit_mg: int) -> int:
    """Return how many copies of a weight make a bundle."""
    return next((size for size in BUNDLES if size * copy_mg * SHARE <= limit_mg), 1)


def boxes_for(rows: Sequence[Row], limit_mg: int) -> tuple[Box, ...]:
    """Return the boxes that rows fill: each bundle whole, in the first box that has room for it.

    Raises UserError with every row of which a single copy is too heavy, or where there would be
    more than MOST_BOXES.
    """
    _refuse_heavy(rows, limit_mg)
    filling: list[_Filling] = []
    for place, row in enumerate(rows):
        bundle = bundle_of(row.copy_mg, limit_mg)
        full, loose = divmod(row.copies, bundle)
        _place(filling, place, full, bundle * row.copy_mg, limit_mg)
        if loose:
            mg = loose * row.copy_mg
            _first(filling, mg, limit_mg).add(place, loose=loose, mg=mg)
    return tuple(
        Box(
            number=number,
            weight_mg=box.weight_mg,
            portions=tuple(
                Portion(
                    row=place,
                    bundle=bundle_of(rows[place].copy_mg, limit_mg),
                    bundles=bundles,
                    loose=loose,
                )
                for place, (bundles, loose) in sorted(box.held.items())
            ),
        )
        for number, box in enumerate(filling, 1)
    )


def _place(filling: list[_Filling], row: int, bundles: int, mg: int, limit_mg: int) -> None:
    """Put full bundles of a weight in: as many as go into each box, from the first on."""
    for box in filling:
        fits = min(bundles, (limit_mg - box.weight_mg) // mg)
        if fits:
            box.add(row, bundles=fits, mg=fits * mg)
            bundles -= fits
    while bundles:
        fits = min(bundles, limit_mg // mg)
        _new(filling).add(row, bundles=fits, mg=fits * mg)
        bundles -= fits


def _first(filling: list[_Filling], mg: int, limit_mg: int) -> _Filling:
    room = (box for box in filling if box.weight_mg + mg <= limit_mg)
    return next(room, None) or _new(filling)


def _new(filling: list[_Filling]) -> _Filling:
    if len(filling) >= MOST_BOXES:
        what = f"One region's copies fill more than {MOST_BOXES:,} boxes."
        raise UserError(Problem(what=what, fix="Look for a slip in regions/orders.csv."))
    filling.append(_Filling())
    return filling[-1]


def _refuse_heavy(rows: Sequence[Row], limit_mg: int) -> None:
    heavy = [
        Problem(
            what=f"One copy is heavier than a full carton may be: {row.name}.",
            fix="Raise carton_pounds in the shop's file, or leave the piece out.",
        )
        for row in rows
        if row.copy_mg > limit_mg
    ]
    if heavy:
        raise UserError(*dict.fromkeys(heavy))
