"""Each county has a square of its own."""

from pathlib import Path

import pytest
from project_kit import write

from printkit.errors import UserError
from printkit.project import Project, load_project
from printkit.tiles import load_tiles


def test_every_county_of_the_campaign_has_a_square(shipped: Project) -> None:
    tiles = load_tiles(shipped)
    counties = {slug for slug, place in shipped.regions.items() if place.kind == "county"}

    assert tiles.keys() == counties
    assert len({(tile.column, tile.row) for tile in tiles.values()}) == len(counties) == 58
    assert len({tile.short for tile in tiles.values()}) == 58
    # North above south, and the coast to the left.
    assert tiles["del-norte"].row < tiles["fresno"].row < tiles["san-diego"].row
    assert tiles["san-francisco"].column < tiles["alpine"].column


def test_counties_without_a_place_stand_below(tiny: Path) -> None:
    write(tiny, "regions/tiles.csv", "region,short,column,row\nfresno,FRE,2,3\n")
    tiles = load_tiles(load_project(tiny))
    assert {slug: (tile.short, tile.column, tile.row) for slug, tile in tiles.items()} == {
        "fresno": ("FRE", 2, 3),
        "alameda": ("ALA", 1, 4),
        "kern": ("KER", 2, 4),
    }


def test_a_project_without_the_file_has_squares_too(tiny: Path) -> None:
    assert [tile.row for tile in load_tiles(load_project(tiny)).values()] == [1, 1, 1]


def test_what_is_wrong_is_told_at_once(tiny: Path) -> None:
    write(
        tiny,
        "regions/tiles.csv",
        "region,short,column,row\nfresno,FRE,2,3\nkern,K,2,3\nkren,<b>,0,x\n",
    )
    with pytest.raises(UserError) as told:
        load_tiles(load_project(tiny))
    assert [str(one)[:60] for one in told.value.problems] == [
        'regions/tiles.csv:3: "kern" stands on the square of "fresno"',
        'regions/tiles.csv:4: short: "<b>" does not have the right fo',
        "regions/tiles.csv:4: column: 0 is out of range. Write a numb",
        'regions/tiles.csv:4: row: "x" is not a whole number. Write a',
        'regions/tiles.csv:4: There is no county "kren". Did you mean',
    ]
