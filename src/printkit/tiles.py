"""Read tiles.csv: the square that stands for each county in pictures, near where it lies."""

from collections.abc import Mapping
from dataclasses import dataclass

from printkit.errors import Problems, did_you_mean, quoted
from printkit.project import Project
from printkit.reading import read_csv
from printkit.regions import Region

FILE = "tiles.csv"
COLUMNS = ("region", "short", "column", "row")
MOST = 40
"""Columns, and rows."""
WIDTH = 6
"""Counties in a row where the file does not place them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A county's square."""

    short: str
    """What stands in it; up to four letters."""
    column: int
    row: int


def load_tiles(project: Project) -> dict[str, Tile]:
    """Return each county's square, or raise UserError with every problem in the file.

    Counties that the file does not place stand below the others, by name.
    """
    path = project.root / "regions" / FILE
    counties = {slug: one for slug, one in project.regions.items() if one.kind == "county"}
    tiles: dict[str, Tile] = {}
    problems = Problems()
    rows = read_csv(path, COLUMNS, root=project.root, problems=problems) if path.exists() else []
    for row in rows:
        slug = row.text("region")
        tile = Tile(
            short=row.text("short", pattern=r"\w{1,4}", form="one to four letters"),
            column=row.integer("column", low=1, high=MOST),
            row=row.integer("row", low=1, high=MOST),
        )
        if slug and slug not in counties:
            row.problem(f"There is no county {quoted(slug)}.", did_you_mean(slug, counties))
        places = {(other.column, other.row): name for name, other in tiles.items()}
        taken = places.get((tile.column, tile.row))
        if slug in tiles or taken is not None:
            what = f"{quoted(slug)} stands on the square of {quoted(taken or slug)}."
            row.problem(what, "Give each county one square of its own.")
        tiles[slug] = tile
    problems.raise_if_any()
    return tiles | _below(tiles, counties)


def _below(tiles: Mapping[str, Tile], counties: Mapping[str, Region]) -> dict[str, Tile]:
    first = max((tile.row for tile in tiles.values()), default=0) + 1
    left = sorted(counties.keys() - tiles.keys())
    return {
        slug: Tile(
            short=counties[slug].name[:3].upper(),
            column=1 + place % WIDTH,
            row=first + place // WIDTH,
        )
        for place, slug in enumerate(left)
    }
