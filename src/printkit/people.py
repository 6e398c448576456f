"""Read people.csv: whose letters to fill in; what is wrong is told by line, never by its words.

People's data is told to nobody: no problem quotes a cell, no value shows itself in a traceback,
and the file is read line by line, so that a long one takes no more memory than a short one.
"""

import csv
import datetime
import re
import stat
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from printkit.errors import Problem, Problems, UserError, did_you_mean, listed, quoted
from printkit.people_cells import CELLS, NEVER, WrongCell, hidden, printed, printed_day
from printkit.reading import SEPARATORS, label

LIMIT = 500_000_000
"""Bytes: of some millions of people."""
PAST = 5
"""How many earlier addresses there are columns for."""
MOST_TOLD = 500
"""Problems; more than this nobody mends by hand."""
LATEST_DAYS = 366
"""How long after the campaign's day a letter may be dated."""
_CHUNK = 1 << 16
_ADDRESS = ("street", "city", "state", "zip")
_ONCE = ("name", "other_names", *_ADDRESS)
_REACHED = ("email", "phone", "plate", "advertising_id")
COLUMNS: tuple[str, ...] = (
    *_ONCE,
    *(f"past_{part}_{number}" for number in range(1, PAST + 1) for part in _ADDRESS),
    *_REACHED,
    "language",
    "date",
)
"""The columns of people.csv; only `name` must be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One row: what to write into the blanks of one person's letters."""

    row: int
    """The first below the names of the columns is 1."""
    line: int
    """In the file, where the row begins."""
    language: str | None
    """None where the row names none."""
    values: Mapping[str, str] = field(repr=False)
    """By the names of blanks, as it is printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What rows are held to."""

    languages: Collection[str]
    """Those that a person can ask for."""
    as_of: datetime.date
    """The campaign's day: no letter is dated before it."""
    lacks: Callable[[str], str]
    """Which letters of a text the face of the blanks has not."""


def people_in(
    path: Path, *, root: Path, rules: Rules, problems: Problems
) -> Iterator[Person | None]:
    """Yield the people of a CSV file; a row that is wrong gives problems, and None for a person.

    UserError where the file as a whole can't be read, or its columns are wrong. Files of
    spreadsheets are taken as they are: semicolons or tabs, a mark before the first letter, any
    line ends.
    """
    file = label(path, root)
    records = _records(path, file)
    line, header = next(records, (1, []))
    names = _columns(header, file, line)
    for row, (line, cells) in enumerate(records, start=1):
        if not any(cell.strip() for cell in cells):
            continue
        wrong: list[tuple[str, str]] = []
        person = _person(names, cells, row=row, line=line, rules=rules, wrong=wrong)
        for what, fix in wrong:
            if len(problems) < MOST_TOLD:
                problems.add(what, fix, file, line)
        yield None if wrong else person


def _lines(path: Path, file: str) -> Iterator[str]:
    """Yield a text file's lines, each with a plain line end."""
    rest, number, first = b"", 1, True
    with path.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            data, rest = rest + chunk, b""
            if first and data.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise _stop("This file is UTF-16, not UTF-8.", _UTF8_FIX, file)
            data, first = data.removeprefix(b"\xef\xbb\xbf") if first else data, False
            # A line end may be cut between its two halves.
            cut = max(data.rfind(b"\n"), data[:-1].rfind(b"\r")) + 1
            data, rest = data[:cut], data[cut:]
            for text in _decoded(data, number, file):
                number += 1
                yield text
            if len(rest) > csv.field_size_limit():
                raise _stop("This line is too long for a table.", _QUOTES_FIX, file, number)
        yield from _decoded(rest, number, file)


def _decoded(data: bytes, number: int, file: str) -> Iterator[str]:
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for place, line in enumerate(data.splitlines(keepends=True) if data else ()):
        if b"\0" in line:
            raise _stop("This is not a text file.", _UTF8_FIX, file, number + place)
        try:
            yield line.decode()
        except UnicodeDecodeError:
            what = "A character here is not UTF-8."
            raise _stop(what, _UTF8_FIX, file, number + place) from None


def _records(path: Path, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the file's rows, blank ones too, each with the line that it begins on."""
    _refuse_other_than_files(path, file)
    lines = _lines(path, file)
    first, before = "", 0
    for first in lines:
        if first.strip():
            break
        before += 1
    separator = max(SEPARATORS, key=lambda mark: len(_names(first, mark) & set(COLUMNS)))
    reader = csv.reader(_first_and(first, lines), delimiter=separator, strict=True)
    start = before + 1
    try:
        for cells in reader:
            yield start, cells
            start = before + reader.line_num + 1
    except csv.Error:
        what = "A quotation mark is not closed, or stands inside a cell."
        raise _stop(what, _QUOTES_FIX, file, start) from None


def _first_and(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _refuse_other_than_files(path: Path, file: str) -> None:
    """Refuse what is no plain file before it is opened: a pipe would wait forever."""
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name is not a file's name"
        raise _stop(f"The file can't be read: {why}.", "Name the people's file.", file) from None
    if not stat.S_ISREG(status.st_mode):
        raise _stop("This is not a plain file.", "Name the people's file.", file)
    if status.st_size > LIMIT:
        raise _stop("The file is too big.", f"Keep it below {LIMIT // 1_000_000} MB.", file)


def _names(line: str, separator: str) -> set[str]:
    return {name.strip().strip('"').casefold() for name in line.split(separator)}


def _columns(header: Sequence[str], file: str, line: int) -> list[str]:
    """Return the names of the columns, "" for one without; UserError with all that is wrong."""
    problems = Problems()
    names = [hidden(name.strip().casefold()) for name in header]
    if not set(names) & set(COLUMNS) and not any(name in NEVER for name in map(_bare, names)):
        # This may be a person, and is not quoted.
        fix = f"The first line names the columns: {listed(('name', 'street', 'city'))} …"
        raise _stop("The first line has no column that is known here.", fix, file, line)
    if "name" not in names:
        problems.add("The column name is missing.", _columns_fix(), file, line)
    for place, name in enumerate(names):
        if reason := NEVER.get(_bare(name)):
            problems.add(f"No letter may carry {quoted(name)}. {reason}", _NEVER_FIX, file, line)
        elif name and name not in COLUMNS:
            what = f"{quoted(name)} is not a column that is known here."
            problems.add(what, did_you_mean(name, COLUMNS), file, line)
        elif name and name in names[:place]:
            problems.add(f"The column {name} stands twice.", "Take one out.", file, line)
    problems.raise_if_any()
    return names


def _person(
    names: Sequence[str],
    cells: Sequence[str],
    *,
    row: int,
    line: int,
    rules: Rules,
    wrong: list[tuple[str, str]],
) -> Person | None:
    """Return a row as a person; what is wrong with it is added in words."""
    named = len(names) if all(names) else names.index("")
    if any(
        cell.strip() for place, cell in enumerate(cells) if place >= len(names) or not names[place]
    ):
        wrong.append(("A cell stands in no column.", _QUOTES_FIX))
        return None
    if len(cells) < named:
        what = f"The row has {len(cells)} cells, and there are {named} columns."
        wrong.append((what, "Add the cells that are missing, blank ones too."))
        return None
    found = {}
    for name, cell in zip(names, cells, strict=False):
        try:
            if text := " ".join(unicodedata.normalize("NFC", cell).split()):
                found[name] = _cell(name, text, rules)
        except WrongCell as error:
            wrong.append((f"{name}: {error.what}", error.fix))
    if "name" not in found and not any(what.startswith("name:") for what, _ in wrong):
        wrong.append(("name is blank.", "Write the name, as on a letter or a bill."))
    language = found.pop("language", None)
    try:
        return Person(row=row, line=line, language=language, values=printed(found, PAST))
    except WrongCell as error:
        wrong.append((error.what, error.fix))
        return None


def _cell(name: str, text: str, rules: Rules) -> str:
    """Return a cell as it is printed, or WrongCell."""
    if name == "language":
        if text not in rules.languages:
            raise WrongCell("This is not a language of the campaign.", _one_of(rules.languages))
        return text
    if name == "date":
        return printed_day(text, rules.as_of, LATEST_DAYS)
    return CELLS[re.sub("^past_|_[0-9]$", "", name)](text, rules.lacks)


def _one_of(languages: Collection[str]) -> str:
    return f"Use one of: {listed(languages)}."


def _bare(name: str) -> str:
    return re.sub("[^a-z]", "", unicodedata.normalize("NFKD", name))


def _columns_fix() -> str:
    return f"The first line names the columns: {listed((*_ONCE, 'past_street_1', *_REACHED))} …"


def _stop(what: str, fix: str, file: str, line: int | None = None) -> UserError:
    return UserError(Problem(what=what, fix=fix, file=file, line=line))


_UTF8_FIX = 'Save the file again as UTF-8 (in a spreadsheet: "CSV UTF-8").'
_QUOTES_FIX = 'Put "quotes" around a cell that holds a separator, and write "" for one inside it.'
_NEVER_FIX = "Take the column out of the file."
