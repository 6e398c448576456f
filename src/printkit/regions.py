"""Read regions, the orders they place, and the counts of speakers that orders are planned by."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from printkit.errors import Problem, Problems, UserError, did_you_mean, quoted
from printkit.reading import Row, read_csv

KINDS = ("county", "census-region", "state")
MOST_COPIES = 5_000_000
"""More copies than this of one sheet for one region is a slip of the hand."""

_LOCAL = ("help_name", "help_phone", "help_note", "event_place", "event_time")
_SLUG = r"[a-z][a-z0-9]{0,30}(-[a-z0-9]{1,20}){0,5}"
_PHONE = r"[+(]?[0-9][0-9() .-]{1,20}( ?(x|ext\.?) ?[0-9]{1,6})?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A forum or a table to which a region's sheets may invite."""

    place: str
    time: str
    """As it is to be printed, day and hour; never read as a date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A place that orders sheets: a county, one of the ten Census-2020 regions, or the state."""

    slug: str
    """Such as "san-luis-obispo": in orders, in folders, in landing addresses."""
    fips: str | None
    """Five digits for a county, two for the state."""
    name: str
    kind: str
    """One of KINDS."""
    counties: tuple[str, ...]
    """Slugs of the counties it covers; a county covers itself."""
    population: int
    """2020 Census; of all its counties."""
    help: str | None
    """Who helps here: organization, phone, note, one a line; None until somebody fills it in."""
    event: Event | None

    @property
    def full_name(self) -> str:
        """The name as it stands alone, such as "Fresno County"."""
        return f"{self.name} County" if self.kind == "county" else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """So many copies of one piece in one language for one region."""

    region: str
    """The region's slug."""
    language: str
    piece: str
    copies: int
    line: int
    """In orders.csv."""
    note: str = ""
    """What the organizer, or a plan, wrote beside it; never printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRow:
    """One published count of the people in a region who speak a language or a group of them."""

    region: str
    """The region's slug."""
    source: str
    period: str
    """Years, such as "2013-2017"."""
    measure: str
    """Who is counted."""
    label: str
    """The language's or the group's name as the source prints it."""
    languages: tuple[str, ...]
    """The language; two for Chinese, which has two scripts; candidates only for a group."""
    exact: bool
    """False for a group of languages, whose number is never divided among them."""
    speakers: int | None
    lep: int | None
    """Of them, those who speak English less than "very well"."""
    covered: bool
    """Whether Section 203 of the Voting Rights Act asks for the language here."""


def load_regions(folder: Path, *, root: Path, problems: Problems) -> dict[str, Region]:
    """Return every region by its slug: counties in the file's order, then the wider ones."""
    of_counties = ("slug", "fips", "name", "pop_2020", "census_region", *_LOCAL)
    rows = read_csv(folder / "counties.csv", of_counties, root=root, problems=problems)
    regions: dict[str, Region] = {}
    members: dict[str, list[Region]] = {}
    for row in rows:
        county = _region(row, "county", ())
        _add(county, row, regions)
        members.setdefault(row.text("census_region", ""), []).append(county)
    everything = list(regions.values())
    of_desks = ("slug", "fips", "name", "kind", *_LOCAL)
    for row in read_csv(folder / "desks.csv", of_desks, root=root, problems=problems):
        kind = row.choice("kind", KINDS[1:])
        inside = everything if kind == "state" else members.pop(row.text("name"), [])
        if rows and not inside:
            row.problem(
                f"No county of counties.csv is in {quoted(row.text('name'))}.",
                "Write the name as it stands in the column census_region, or take the row out.",
            )
        _add(_region(row, kind, inside), row, regions)
    return regions


def region_named(regions: Mapping[str, Region], word: str) -> Region | None:
    """Return the region that a slug, a FIPS code or a name means, in capitals or not."""
    plain = " ".join(word.split()).casefold()
    if plain in regions:
        return regions[plain]
    code = plain.zfill(5) if len(plain) > 2 else plain.zfill(2)
    # Counties come first, so that "Orange County" is the county and not the region.
    for region in regions.values():
        names = (region.name.casefold(), region.full_name.casefold())
        if plain in names or region.fips == code:
            return region
    return None


def find_region(regions: Mapping[str, Region], word: str) -> Region:
    """Return the region that a word means, or raise UserError with the nearest one."""
    region = region_named(regions, word)
    if region is None:
        raise UserError(
            Problem(what=f"There is no region {quoted(word)}.", fix=_near(word, regions))
        )
    return region


def is_phone(text: str) -> bool:
    """Return whether a text is a phone number, to be kept on one line."""
    return re.fullmatch(_PHONE, text) is not None


def load_orders(
    path: Path,
    *,
    root: Path,
    problems: Problems,
    regions: Mapping[str, Region],
    languages: Collection[str],
    pieces: Collection[str],
) -> tuple[Order, ...]:
    """Return the orders of a file; what is unknown, doubled or absurd is a problem."""
    orders: dict[tuple[str, str, str], Order] = {}
    columns = ("region", "language", "piece", "copies")
    for row in read_csv(path, columns, root=root, problems=problems, optional=("note",)):
        before = len(problems)
        word = row.text("region")
        region = region_named(regions, word)
        if word and region is None:
            row.problem(f"There is no region {quoted(word)}.", _near(word, regions))
        order = Order(
            region=region.slug if region else "",
            language=row.choice("language", tuple(languages)),
            piece=row.choice("piece", tuple(pieces)),
            copies=_copies(row),
            line=row.line,
            note=row.text("note", ""),
        )
        if len(problems) > before:
            continue
        key = (order.region, order.language, order.piece)
        if key in orders:
            row.problem(
                f"{order.piece} in {order.language} for {order.region} is ordered on line "
                f"{orders[key].line} already.",
                "Put the copies together in one row.",
            )
        else:
            orders[key] = order
    return tuple(orders.values())


def load_speakers(
    path: Path, *, root: Path, problems: Problems, regions: Mapping[str, Region]
) -> tuple[SpeakerRow, ...]:
    """Return the published counts of a file, for counties or for the state."""
    columns = ("fips", "county", "source", "period", "measure", "language_key", "language_label")
    numbers = ("speakers", "lep", "vacit", "vacit_lep", "vacit_lep_moe", "sect203_covered")
    rows = read_csv(path, (*columns, "bcp47", "precision", *numbers), root=root, problems=problems)
    return tuple(_speakers(row, regions) for row in rows)


def _region(row: Row, kind: str, inside: Iterable[Region]) -> Region:
    slug = row.text(
        "slug", pattern=_SLUG, form='small letters, digits and hyphens, such as "san-luis-obispo"'
    )
    counties = tuple(inside)
    fips = _fips(row) if kind == "county" or "fips" in row else None
    if kind == "county":
        population = row.integer("pop_2020", low=0, high=100_000_000)
    else:
        population = sum(county.population for county in counties)
    return Region(
        slug=slug,
        fips=fips,
        name=row.text("name"),
        kind=kind,
        counties=tuple(county.slug for county in counties) or (slug,),
        population=population,
        help=_help(row),
        event=_event(row),
    )


def _add(region: Region, row: Row, regions: dict[str, Region]) -> None:
    """Add a region, unless a row above bears its slug, its FIPS code or its name."""
    taken = set()
    for other in regions.values():
        if other.kind == region.kind and other.name == region.name:
            taken.add("name")
        if region.fips is not None and other.fips == region.fips:
            taken.add("fips")
    if region.slug in regions:
        taken.add("slug")
    for key in sorted(taken):
        row.problem(
            f"{key}: {quoted(row.text(key))} stands in a row above already.",
            f"Give each region its own {key}.",
        )
    if not taken:
        regions[region.slug] = region


def _fips(row: Row) -> str:
    # Spreadsheets take the zero off "06019".
    form = "the Census code, such as 06019"
    code = row.text("fips", pattern=r"[0-9]{1,2}|[0-9]{4,5}", form=form)
    return code.zfill(5) if len(code) > 2 else code.zfill(2)


def _help(row: Row) -> str | None:
    name = row.text("help_name", "")
    phone = row.text("help_phone", "", pattern=_PHONE, form="a phone number, such as 559-555-0100")
    note = row.text("help_note", "")
    if not name and (phone or note):
        row.problem(
            "help_name is blank, and there is a phone number or a note.",
            "Fill in who helps, or clear the other help cells.",
        )
    return "\n".join(part for part in (name, phone, note) if part) or None


def _event(row: Row) -> Event | None:
    place, time = row.text("event_place", ""), row.text("event_time", "")
    if bool(place) != bool(time):
        row.problem(
            "An event has a place and a time, and one of them is blank.",
            "Fill in event_place and event_time, or clear both.",
        )
    return Event(place=place, time=time) if place and time else None


def _copies(row: Row) -> int:
    if row.integer("copies", -1) == 0:
        row.problem("copies: 0 orders nothing.", "Take the row out, or write how many.", "copies")
        return 0
    return row.integer("copies", low=1, high=MOST_COPIES)


def _speakers(row: Row, regions: Mapping[str, Region]) -> SpeakerRow:
    code = _fips(row)
    region = next((region for region in regions.values() if region.fips == code), None)
    if region is None and code:
        row.problem(
            f"fips: {quoted(code)} is no region's code.",
            "Add the county to counties.csv, or take the row out.",
        )
    return SpeakerRow(
        region=region.slug if region else "",
        source=row.text("source"),
        period=row.text("period"),
        measure=row.text("measure"),
        label=row.text("language_label"),
        languages=row.texts("bcp47", ()),
        exact=row.choice("precision", ("exact", "group")) == "exact",
        speakers=row.integer("speakers", None, low=0),
        lep=row.integer("lep", None, low=0),
        covered=row.flag("sect203_covered", False),
    )


def _near(word: str, regions: Mapping[str, Region]) -> str:
    """Return what a mistyped region may mean: the nearest slug or name."""
    names = {region.name: region.slug for region in reversed(list(regions.values()))}
    by_slug = did_you_mean("-".join(word.split()), regions)
    by_name = did_you_mean(word, names)
    return by_slug if by_slug.startswith("Did") else by_name
