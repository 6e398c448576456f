"""A picture of a plan: a map of squares for each language, so that a gap is seen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from printkit.languages import LANGUAGES
from printkit.project import Project
from printkit.proposing import Plan
from printkit.tiles import Tile

SHADES = (
    (100, "#0d5c63", "#fff", "100 and more"),
    (20, "#6fa3a6", "#000", "20 to 99"),
    (5, "#b5d0d1", "#000", "5 to 19"),
    (0, "#e3eeee", "#000", "less than 5"),
)
"""From how many copies for 1,000 people: the square's fill, its letters, and the legend's words.

Lightness alone tells them apart, for eyes and printers that see no colour; the number is in
the square besides."""
GAP, NONE = "url(#gap)", "#fff"
WIDTH, HEIGHT, SPACE = 40, 28, 40
"""Of a square, and between maps, in pixels."""
TOP, LINE, MARGIN = 96, 18, 24
IN_A_ROW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """What a county gets in a language."""

    copies: int
    claim: int
    readers: int | None

    @property
    def gap(self) -> bool:
        """Whether a count asks for copies, and none are planned."""
        return self.claim > 0 and not self.copies

    @property
    def rate(self) -> float | None:
        """Copies for 1,000 people, where people are counted and any copies planned."""
        if not self.copies or not self.readers:
            return None
        return 1000 * self.copies / self.readers

    @property
    def words(self) -> str:
        """The number in the square."""
        if self.gap:
            return "0"
        if self.rate is None:
            return "?" if self.copies else "–"
        rounded = int(self.rate + 0.5)
        if rounded >= 1000:
            return f"{min(int(self.rate / 1000 + 0.5), 999)}k"
        return str(rounded) if rounded else "<1"

    @property
    def told(self) -> str:
        """The numbers behind it."""
        people = "nobody was counted" if self.readers is None else f"{self.readers:,} people"
        return f"{self.copies:,} copies, {people}"


_Cells = Mapping[tuple[str, str], _Cell]
"""By region and language."""


def picture(plan: Plan, project: Project, tiles: Mapping[str, Tile]) -> str:
    """Return the picture as SVG; the same plan gives the same bytes."""
    cells = _cells(plan)
    counted = [tag for tag in project.campaign.languages if _on_map(tag, cells, tiles)]
    desk = [
        (region, tag)
        for region, tag in cells
        if region not in tiles and tag in LANGUAGES and _wanted(cells[region, tag])
    ]
    deep = max((tile.row for tile in tiles.values()), default=1) * HEIGHT + 2 * LINE
    across = max((tile.column for tile in tiles.values()), default=1) * WIDTH + SPACE
    rows = -(-len(counted) // IN_A_ROW)
    wide = max(MARGIN * 2 + across * min(len(counted) or 1, IN_A_ROW), 900)
    bottom = TOP + rows * (deep + LINE) + LINE
    high = bottom + LINE * (len(desk) + 3)
    body = [*_head(plan, cells, wide, high), *_legend()]
    for number, tag in enumerate(counted):
        x, y = MARGIN + across * (number % IN_A_ROW), TOP + (deep + LINE) * (number // IN_A_ROW)
        body += _map(tag, cells, tiles, project, x, y)
    body += _desk(desk, cells, plan, project, bottom)
    return "\n".join([*body, "</svg>", ""])


def _cells(plan: Plan) -> dict[tuple[str, str], _Cell]:
    copies: dict[tuple[str, str], int] = {}
    claims: dict[tuple[str, str], int] = {}
    for row in plan.shares.rows:
        place = row.key[:2]
        copies[place] = copies.get(place, 0) + row.copies
        claims[place] = claims.get(place, 0) + row.claim
    return {
        place: _Cell(
            copies=copies.get(place, 0),
            claim=claims.get(place, 0),
            readers=plan.readers.get(place),
        )
        for place in sorted({*copies, *plan.readers})
    }


def _wanted(cell: _Cell) -> bool:
    return cell.copies > 0 or cell.claim > 0


def _on_map(tag: str, cells: _Cells, tiles: Mapping[str, Tile]) -> bool:
    return any(_wanted(cell) for slug in tiles if (cell := cells.get((slug, tag))) is not None)


def _head(
    plan: Plan,
    cells: _Cells,
    wide: int,
    high: int,
) -> Iterator[str]:
    """Yield the head: its words say what the maps show, for whoever does not see them."""
    gaps = [(tag, slug) for slug, tag in cells if tag in LANGUAGES and cells[slug, tag].gap]
    told = "; ".join(
        f"{LANGUAGES[tag].english}: {', '.join(slug for one, slug in gaps if one == tag)}"
        for tag in dict.fromkeys(tag for tag, _ in gaps)
    )
    budget = plan.wish.budget.words
    title = f"Planned copies for 1,000 people, by language and county, of a budget of {budget}"
    seen = f"Gaps, where a count asks for copies and none are planned: {told or 'none'}."
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" role="img" aria-labelledby="title desc" lang="en" '
        'font-family="Noto Sans, sans-serif" font-size="11">'
    )
    yield f'<title id="title">{escape(title)}</title>'
    yield f'<desc id="desc">{escape(seen)}</desc>'
    yield (
        '<defs><pattern id="gap" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" fill="#fff"/>'
        '<path d="M-1 1 1-1M0 6 6 0M5 7 7 5" stroke="#777" stroke-width="1"/></pattern></defs>'
    )
    yield f'<rect width="{wide}" height="{high}" fill="#fff"/>'
    yield f'<text x="{MARGIN}" y="30" font-size="17" font-weight="bold">{escape(title)}</text>'
    people = "English: all people. Others: those who speak English less than “very well”."
    yield f'<text x="{MARGIN}" y="50">{people} All pieces together.</text>'


def _legend() -> Iterator[str]:
    samples = [(fill, ink, "12", words) for _, fill, ink, words in reversed(SHADES)]
    told = [
        (GAP, "#000", "0", "a gap: counted, none planned"),
        (NONE, "#000", "–", "too few to order"),
        (NONE, "#000", "?", "ordered without a count"),
    ]
    x = MARGIN
    for fill, ink, text, words in [*((f, i, "", w) for f, i, _, w in samples), *told]:
        yield _square(x, 60, 26, 18, fill, ink)
        yield f'<text x="{x + 13}" y="73" text-anchor="middle" fill="{ink}">{text}</text>'
        yield f'<text x="{x + 31}" y="73">{words}</text>'
        x += 48 + int(6.2 * len(words))


def _map(
    tag: str, cells: _Cells, tiles: Mapping[str, Tile], project: Project, x: int, y: int
) -> Iterator[str]:
    language = LANGUAGES[tag].english
    planned = sum(cells[slug, tag].copies for slug in tiles if (slug, tag) in cells)
    yield f'<g transform="translate({x} {y})">'
    yield f'<text y="12" font-size="14" font-weight="bold">{escape(language)} ({tag})</text>'
    yield f'<text y="27">{planned:,} copies in the counties</text>'
    for slug, tile in tiles.items():
        cell = cells.get((slug, tag), _Cell(copies=0, claim=0, readers=None))
        left, top = (tile.column - 1) * WIDTH, 2 * LINE + (tile.row - 1) * HEIGHT
        fill, ink = _shade(cell)
        name = project.regions[slug].full_name
        yield f"<g><title>{escape(name)}, {escape(language)}: {cell.told}</title>"
        yield _square(left, top, WIDTH - 2, HEIGHT - 2, fill, ink)
        middle = left + WIDTH // 2 - 1
        if cell.gap:  # its words stand on white, and the hatching around them
            yield f'<rect x="{left + 7}" y="{top + 2}" width="24" height="22" fill="#fff"/>'
        words = f'<text x="{middle}" text-anchor="middle" fill="{ink}"'
        yield f'{words} y="{top + 10}" font-size="9">{escape(tile.short)}</text>'
        yield f'{words} y="{top + 22}" font-weight="bold">{escape(cell.words)}</text></g>'
    yield "</g>"


def _shade(cell: _Cell) -> tuple[str, str]:
    if cell.gap:
        return GAP, "#000"
    if cell.rate is None:
        return NONE, "#000"
    return next((fill, ink) for least, fill, ink, _ in SHADES if cell.rate >= least)


def _square(x: int, y: int, wide: int, high: int, fill: str, ink: str) -> str:
    edge = "#777" if ink == "#000" else fill
    return f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" fill="{fill}" stroke="{edge}"/>'


def _desk(
    desk: Sequence[tuple[str, str]], cells: _Cells, plan: Plan, project: Project, y: int
) -> Iterator[str]:
    """Yield a line for each language that is ordered for a wider region."""
    if not desk:
        return
    head = "For wider regions, since no county has a count: counties draw from there"
    yield f'<text x="{MARGIN}" y="{y}" font-size="14" font-weight="bold">{head}</text>'
    for number, (region, tag) in enumerate(desk, start=1):
        cell = cells[region, tag]
        name = project.regions[region].full_name
        rate = f"; {cell.words} for 1,000 of {cell.readers:,} people" if cell.readers else ""
        law_in = [one.region for one in plan.questions if one.law and tag in one.languages]
        asked = [project.regions[slug].full_name for slug in law_in]
        law = f"; the law asks for it in {', '.join(asked)}: ask there" if asked else ""
        told = f"{LANGUAGES[tag].english} ({tag}), {name}: {cell.copies:,} copies{rate}{law}"
        told += "; a gap" if cell.gap else ""
        yield f'<text x="{MARGIN}" y="{y + number * LINE}">{escape(told)}</text>'
