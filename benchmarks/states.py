"""Whole states: the campaign with every flyer by region, and ordered everywhere."""

import csv
import io
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.clock import ROOT
from benchmarks.material import FLYERS
from printkit.languages import LANGUAGES

FINDER = "language-finder"
COUNTIES = 58
FILES = COUNTIES * (22 * len(FLYERS) + 1)
"""6,438: five flyers in 22 languages and the finder in all of them, for each county."""
COPIED = ("flyers", "letters", "po", "regions", "profiles", "shops")
CARD_STYLE = """
/* The region's name takes a line of its own, below the language's. */
.footer { bottom: 0.16in; height: auto; }
.footer .row { position: static; width: auto; }
"""
LOCAL = ("help_name", "help_phone", "help_note", "event_place", "event_time")


def languages() -> tuple[str, ...]:
    """Return the campaign's languages."""
    text = (ROOT / "campaign.toml").read_text("utf-8")
    found = re.search(r"^languages = \[(.*)\]", text, re.MULTILINE)
    tags = re.findall(r'"([\w-]+)"', found[1]) if found else []
    assert set(tags) <= set(LANGUAGES), tags
    return tuple(tags)


def whole_state(folder: Path, *, tongues: Iterable[str] = (), regions: int = 0) -> Path:
    """Make a project in which every county orders every flyer in every language, and the finder.

    Fewer languages and regions where they are given.
    """
    _copy(folder)
    counties = _counties(folder)[: regions or None]
    pieces = [(piece, tag) for tag in tongues or languages() for piece in FLYERS]
    _order(folder, ((slug, *one) for slug in counties for one in (*pieces, (FINDER, "mul"))))
    return folder


def many_regions(folder: Path, count: int, tongues: Iterable[str], piece: str) -> Path:
    """Make a project of so many regions, most of them made up, that order one piece each."""
    _copy(folder)
    known = _counties(folder)
    with (folder / "regions" / "counties.csv").open("a", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        for number in range(count - len(known)):
            name, fips = f"Made-up {number + 1}", 10000 + number
            rows.writerow([_made_up(number), fips, name, 1000, "North Coast", *[""] * len(LOCAL)])
    slugs = [*known, *map(_made_up, range(count - len(known)))][:count]
    _order(folder, ((slug, piece, tag) for slug in slugs for tag in tongues))
    return folder


def _made_up(number: int) -> str:
    return f"made-up-{number + 1}"


def with_local_words(folder: Path) -> None:
    """Give every county of a project help and an event of its own, of people who do not exist."""
    path = folder / "regions" / "counties.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    for number, row in enumerate(rows):
        row["help_name"] = f"Example {row['name']}"
        row["help_phone"] = f"410-555-01{number % 100:02}"
        row["event_place"] = f"Example Hall, {row['name']}"
        row["event_time"] = f"July {number % 28 + 1}, 6 pm"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def edit(catalog: Path, number: int) -> str:
    """Change one message of a catalog, as a translator's editor would; return the new text.

    Each number makes another text, of letters only, since numbers must be the source's. The
    message is the first line under a sheet's headline, so that its first page shows the change.
    """
    text = catalog.read_text("utf-8")
    start = text.index('"You do not see it happen. ')
    head = text.index("msgstr", start)
    end = text.index("\n\n", head)
    words = "".join(re.findall(r'"(.*)"', text[head:end]))
    words = re.sub(r" [A-J]{3}$", "", words)
    fresh = f"{words} {''.join('ABCDEFGHIJ'[int(digit)] for digit in f'{number:03}')}"
    aside = catalog.with_suffix(".saving")
    aside.write_text(f'{text[:head]}msgstr "{fresh}"{text[end:]}', "utf-8")
    aside.replace(catalog)
    return fresh


def _copy(folder: Path) -> None:
    """Copy the shipped project, its pieces all by region; fonts are linked where they can be."""
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "campaign.toml", folder)
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(ROOT / "fonts", folder / "fonts", copy_function=_linked)
    for piece in FLYERS:
        table = folder / "flyers" / piece / "piece.toml"
        text = table.read_text("utf-8").replace("by_region = false", "by_region = true")
        table.write_text(text, "utf-8")
    with (folder / "flyers" / "card" / "style.css").open("a", encoding="utf-8") as style:
        style.write(CARD_STYLE)


def _linked(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:  # another disk, or one without links
        shutil.copy2(source, target)
    return target


def _counties(folder: Path) -> list[str]:
    text = (folder / "regions" / "counties.csv").read_text("utf-8")
    return [row["slug"] for row in csv.DictReader(io.StringIO(text))]


def _order(folder: Path, rows: Iterator[tuple[str, str, str]]) -> None:
    with (folder / "regions" / "orders.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("region", "language", "piece", "copies"))
        table.writerows((region, language, piece, 50) for region, piece, language in rows)
