"""Paper: what a piece is printed on where its shop does not say, and what copies of it weigh."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal

from printkit.lengths import Size
from printkit.shops import Shop, Stock

TEXT = Stock(name="Text", pounds=Decimal(80), kind="text")
STOCKS: Mapping[str, Stock] = {
    "card": Stock(name="Cover", pounds=Decimal(100), kind="cover"),
    "poster": Stock(name="Text", pounds=Decimal(100), kind="text"),
    "kit": Stock(name="Text", pounds=Decimal(60), kind="text"),
}
"""Usual stocks by the piece's slug; all other pieces are on TEXT."""
CARTON_POUNDS = Decimal(35)
"""What a carton may weigh: one state's contract for envelopes (State of Iowa, 443200524614)."""
MG_A_POUND = Decimal("453592.37")
_SQUARE_METRES = Decimal("0.0254") ** 2 / (72 * 72)
"""In a square point."""


def stock_of(piece: str, trim: Size, shop: Shop | None = None) -> Stock:
    """Return what a piece is printed on: the shop's stock for its size, else the usual one."""
    own = shop.format_of(trim) if shop is not None else None
    if own is not None and own.stock is not None:
        return own.stock
    return STOCKS.get(piece, TEXT)


def copy_mg(trim: Size, pages: int, stock: Stock) -> int:
    """Return what one copy weighs, in milligrams, rounded up; two pages stand on one leaf."""
    area = Decimal(repr(trim.width_pt)) * Decimal(repr(trim.height_pt)) * _SQUARE_METRES
    leaves = (pages + 1) // 2
    exact = area * stock.gsm * 1000 * leaves
    return max(1, int(exact.to_integral_value(rounding=ROUND_CEILING)))


def carton_mg(shop: Shop | None = None) -> int:
    """Return what a full carton may weigh, in milligrams: as its shop says, else CARTON_POUNDS."""
    return int((shop.carton_pounds if shop is not None else CARTON_POUNDS) * MG_A_POUND)
