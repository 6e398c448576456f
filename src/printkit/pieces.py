"""Read a piece: its folder's piece.toml, its size, its slots, and how it is imposed and folded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from printkit.errors import Problems, quoted
from printkit.lengths import Size, points
from printkit.reading import Table, escapes, label, read_toml

KINDS = ("flyers", "letters")
"""The folders of pieces."""
SLOT_LINK = "https://slot.invalid/"
"""Links to this address and a slot's name lead, once stamped, to what the slot's code says."""
SLOT_KINDS = ("landing-code", "landing-address", "help", "event")
"""What can differ by region: a code, its address, local help, a meeting's place and time."""
EDITION_NAMES = ("press", "copier", "screen")
REQUESTS = ("opt-out", "know", "limit", "delete")
"""What a letter can ask of a company (Civ. Code 1798.120, 1798.110, 1798.121, 1798.105)."""
MANY_LANGUAGES = "mul"
"""ISO 639's tag for a sheet in many languages."""
STAMP = "stamp"
"""The slot that every sheet has: the region's name, where it has one, and the sheet's code."""
LARGEST_PT = points("48in")
TABS = (0.30, 0.82)
"""Where the tabs begin and end on the outer edge, in parts of the sheet's height."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A box of fixed size whose content differs by region."""

    name: str
    kind: str
    size: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One designed thing."""

    slug: str
    """The folder's name; orders and file names use it."""
    name: str
    """The English name in the footer."""
    trim: Size
    pages: int
    by_region: bool
    """Whether something on it (a slot, the region's name) differs by region."""
    languages: str
    """"each" for one sheet a language, or "mul" for one sheet in all of them."""
    tight: int
    """How many tighter settings its styles have for long texts: [data-tight="1"] and so on."""
    editions: tuple[str, ...]
    panels_pt: tuple[float, ...]
    """Widths of folded panels on the inside, in reading order; empty where nothing is folded."""
    tabs_pt: tuple[float, float]
    """Between which heights, from the trim's top, the languages' tabs stand on the edge."""
    slots: Mapping[str, Slot]
    order: int
    """Its place in lists."""
    folder: Path
    shared: tuple[Path, ...]
    """The folders of what all pieces of its kind share, the nearest first."""
    file: str
    letter: str = ""
    """Which request it makes of a company; nothing for what is no letter."""
    company_pages: int = 0
    """How many of its pages each company adds, in a kit of letters."""
    companies: tuple[str, ...] = ()
    """The companies that its letters are for."""

    @property
    def design(self) -> str:
        """The folder's name: letters to many companies share one design."""
        return self.folder.name

    @property
    def sources(self) -> tuple[Path, ...]:
        """Every file of the piece and of what it shares, in a fixed order."""
        return tuple(
            path
            for folder in (self.folder, *self.shared)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        )


def piece_folders(root: Path) -> list[Path]:
    """Return the folders that hold a piece each, whether it can be read or not."""
    return [
        child
        for kind in KINDS
        if (root / kind).is_dir()
        for child in sorted((root / kind).iterdir())
        if (child.is_dir() or child.is_symlink()) and child.name not in ("_shared", "brokers")
    ]


def load_pieces(root: Path, *, problems: Problems) -> dict[str, Piece]:
    """Return all pieces of flyers/ and letters/ by slug, in their own order."""
    pieces: dict[str, Piece] = {}
    if not (root / KINDS[0]).is_dir():
        problems.add("The folder is missing.", f"Put {KINDS[0]}/ back.", KINDS[0])
    for kind in KINDS:
        _refuse_links(root / kind / "_shared", root=root, problems=problems)
    for folder in piece_folders(root):
        # Letters look as flyers do where they have no styles of their own.
        shared = (folder.parent / "_shared", root / KINDS[0] / "_shared")
        piece = _load_piece(folder, tuple(dict.fromkeys(shared)), root=root, problems=problems)
        if piece is not None and piece.slug in pieces:
            problems.add(
                f"There are two pieces called {piece.slug}.", "Rename one folder.", piece.file
            )
        elif piece is not None:
            pieces[piece.slug] = piece
    return dict(sorted(pieces.items(), key=lambda item: (item[1].order, item[0])))


def _load_piece(
    folder: Path, shared: tuple[Path, ...], *, root: Path, problems: Problems
) -> Piece | None:
    if escapes(folder, root):
        problems.add(
            "This folder leads out of the project.",
            "Put the folder itself here.",
            label(folder, root),
        )
        return None
    _check_folder(folder, root=root, problems=problems)
    table = read_toml(folder / "piece.toml", root=root, problems=problems)
    return None if table is None else _piece(folder, shared, table)


def _check_folder(folder: Path, *, root: Path, problems: Problems) -> None:
    if re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", folder.name) is None:
        problems.add(
            f"{quoted(folder.name)} can't be the name of a piece.",
            "Use small letters, digits and hyphens, such as data-flow.",
            label(folder, root),
        )
    for name in ("template.html", "style.css"):
        if not (folder / name).is_file():
            problems.add("The file is missing.", "Put it there.", label(folder / name, root))
    _refuse_links(folder, root=root, problems=problems)


def _piece(folder: Path, shared: tuple[Path, ...], table: Table) -> Piece:
    trim = _size(table, "trim")
    piece = Piece(
        slug=folder.name,
        name=table.text("name"),
        trim=trim,
        pages=table.integer("pages", low=1, high=64),
        by_region=table.flag("by_region"),
        languages=table.choice("languages", ("each", MANY_LANGUAGES), "each"),
        tight=table.integer("tight", 0, low=0, high=5),
        editions=_editions(table),
        panels_pt=_panels(table),
        tabs_pt=_tabs(table, trim),
        slots=_slots(table),
        order=table.integer("order", 100, low=0, high=999),
        folder=folder,
        shared=shared,
        file=table.file,
        letter=table.choice("letter", REQUESTS, ""),
        company_pages=table.integer("company_pages", 0, low=0, high=4),
    )
    table.finish()
    if piece.slots and not piece.by_region:
        table.problem(
            "by_region is false, and there are slots that differ by region.",
            "Set by_region = true, or take the slots out.",
            "by_region",
        )
    return piece


def _refuse_links(folder: Path, *, root: Path, problems: Problems) -> None:
    """Add a problem for each file whose link leads out of the project."""
    for path in (folder, *sorted(folder.rglob("*"))):
        if path.is_symlink() and escapes(path, root):
            problems.add(
                "This file leads out of the project's folder.",
                "Put the file itself here.",
                label(path, root),
            )


def _size(table: Table, key: str) -> Size:
    """Return a pair of lengths, such as ["4.25in", "5.5in"]."""
    sides = []
    for text in table.texts(key):
        try:
            sides.append(points(text))
        except ValueError as error:
            table.problem(f"{key}: {text!r} is not a length.", str(error), key)
            return Size(width_pt=72.0, height_pt=72.0)
    if len(sides) != 2 or not all(0 < side <= LARGEST_PT for side in sides):
        table.problem(
            f"{key} is not a width and a height.",
            'Write two lengths up to 48in, such as ["4.25in", "5.5in"].',
            key,
        )
        return Size(width_pt=72.0, height_pt=72.0)
    return Size(width_pt=sides[0], height_pt=sides[1])


def _tabs(table: Table, trim: Size) -> tuple[float, float]:
    """Return where the tabs stand: what piece.toml says, else below the head of the sheet."""
    if "tabs" not in table:
        return TABS[0] * trim.height_pt, TABS[1] * trim.height_pt
    zone = _size(table, "tabs")
    if zone.width_pt >= zone.height_pt or zone.height_pt >= trim.height_pt:
        table.problem(
            "tabs is not a zone of the sheet's edge.",
            'Write where it begins and where it ends, from the top, such as ["5in", "8in"].',
            "tabs",
        )
    return zone.width_pt, zone.height_pt


def _editions(table: Table) -> tuple[str, ...]:
    names = table.texts("editions", EDITION_NAMES)
    for name in names:
        if name not in EDITION_NAMES:
            table.problem(
                f"editions: {name!r} is not an edition.",
                "Use press, copier or screen.",
                "editions",
            )
    if not names:
        table.problem("editions is empty.", "Name press, copier or screen.", "editions")
    return tuple(name for name in EDITION_NAMES if name in names)


def _panels(table: Table) -> tuple[float, ...]:
    widths = []
    for text in table.texts("panels", ()):
        try:
            widths.append(points(text))
        except ValueError as error:
            table.problem(f"panels: {text!r} is not a length.", str(error), "panels")
    return tuple(widths)


def _slots(table: Table) -> dict[str, Slot]:
    slots = {}
    rows = table.table("slots", required=False)
    for name in rows.keys():
        row = rows.table(name)
        if name == STAMP:
            row.problem("stamp is the slot that every sheet has.", "Give this one another name.")
        elif re.fullmatch(r"[a-z][a-z0-9_]*", name) is None:
            row.problem(
                f"{quoted(name)} can't be the name of a slot.",
                "Use small letters, digits and _, such as landing_code.",
            )
        slots[name] = Slot(name=name, kind=row.choice("kind", SLOT_KINDS), size=_size(row, "size"))
    return slots
