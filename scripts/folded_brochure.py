"""Draw the brochure as it is held: closed, its cover opened, and opened wholly."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from PIL import Image, ImageEnhance

PANELS_IN = (3.6875, 3.6875, 3.625)
"""Inside, in reading order; flyers/brochure/piece.toml holds the same widths."""
SHEET_IN = 11.0
GAP, MARGIN = 80, 60
"""Pixels between the steps and around them, before the picture is halved."""
DESK, EDGE = "#e6e4df", "#a8a49a"


def folded(outside: Image.Image, inside: Image.Image, *, right_to_left: bool) -> Image.Image:
    """Return the three steps of opening it, in the direction in which the language reads."""
    inner = _cut(inside, PANELS_IN, right_to_left=right_to_left)
    # The outside is seen from behind: what is first inside has the cover on its other side.
    flap, _, cover = _cut(outside, PANELS_IN[::-1], right_to_left=right_to_left)
    first, middle, last = inner
    steps = [
        _side_by_side([_turned(cover, 0.97, far=0.97)], right_to_left),
        _side_by_side([_turned(first, 0.62, near=1.08), flap], right_to_left),
        _side_by_side(
            [_turned(first, 0.9, near=1.05), middle, _turned(last, 0.9, far=1.05)], right_to_left
        ),
    ]
    return _on_desk(steps[::-1] if right_to_left else steps)


def _cut(side: Image.Image, widths: Sequence[float], *, right_to_left: bool) -> list[Image.Image]:
    """Cut a side at its folds; return its panels in reading order."""
    across = widths[::-1] if right_to_left else widths
    edges = [round(edge / SHEET_IN * side.width) for edge in accumulate(across, initial=0)]
    panels = [side.crop((left, 0, right, side.height)) for left, right in pairwise(edges)]
    return panels[::-1] if right_to_left else panels


def _turned(panel: Image.Image, width: float, *, near: float = 1, far: float = 1) -> "_Panel":
    """Return a panel turned away: narrower, and higher at the edge where reading begins or ends."""
    return _Panel(panel, width, near, far)


class _Panel:
    """A panel as it is seen, its beginning and its end each at its own height."""

    def __init__(self, picture: Image.Image, width: float, near: float, far: float) -> None:
        self.picture, self.width, self.near, self.far = picture, width, near, far

    def drawn(self, *, right_to_left: bool) -> Image.Image:
        """Return the panel, clear where there is none of it."""
        left, right = (self.far, self.near) if right_to_left else (self.near, self.far)
        width = round(self.picture.width * self.width)
        turned = self.picture.resize((width, self.picture.height), Image.Resampling.LANCZOS)
        if self.width < 1:
            turned = ImageEnhance.Brightness(turned).enhance(0.86 + 0.12 * self.width)
        height = round(self.picture.height * max(left, right))
        drawn = Image.new("RGBA", (width, height))
        for x in range(width):
            part = left + (right - left) * x / width
            column = turned.crop((x, 0, x + 1, turned.height))
            column = column.resize((1, round(turned.height * part)), Image.Resampling.BILINEAR)
            drawn.paste(column, (x, (height - column.height) // 2))
        return drawn


def _side_by_side(panels: Sequence[Image.Image | _Panel], right_to_left: bool) -> Image.Image:
    """Set panels beside each other in the direction of reading, their middles on a line."""
    drawn = [
        (panel if isinstance(panel, _Panel) else _Panel(panel, 1, 1, 1)).drawn(
            right_to_left=right_to_left
        )
        for panel in (reversed(panels) if right_to_left else panels)
    ]
    whole = Image.new("RGBA", (sum(one.width for one in drawn), max(one.height for one in drawn)))
    left = 0
    for one in drawn:
        whole.paste(one, (left, (whole.height - one.height) // 2))
        left += one.width
        if left < whole.width:
            _fold(whole, left)
    return whole


def _fold(whole: Image.Image, x: int) -> None:
    """Draw a fold: a thin line where two panels meet."""
    for y in range(whole.height):
        if whole.getpixel((x, y))[3]:  # type: ignore[index]  # RGBA has four parts
            whole.putpixel((x, y), (0xA8, 0xA4, 0x9A, 255))


def _on_desk(steps: Sequence[Image.Image]) -> Image.Image:
    """Set the steps in a row, each on its own shadow."""
    width = sum(step.width for step in steps) + GAP * (len(steps) - 1) + 2 * MARGIN
    height = max(step.height for step in steps) + 2 * MARGIN
    desk = Image.new("RGB", (width, height), DESK)
    left = MARGIN
    for step in steps:
        top = (height - step.height) // 2
        shape = step.getchannel("A")
        desk.paste(Image.new("RGB", step.size, EDGE), (left + 8, top + 10), shape)
        desk.paste(step, (left, top), shape)
        left += step.width + GAP
    return desk.resize((width // 2, height // 2), Image.Resampling.LANCZOS)
