"""Read TOML and CSV into typed values, and tell every error with its file and line."""

import csv
import io
import os
import re
import stat
import tomllib
from collections.abc import Sequence
from pathlib import Path

from printkit.errors import Problems, did_you_mean, listed, quoted
from printkit.toml_lines import lines_of
from printkit.values import REQUIRED, Row, Table

__all__ = ["REQUIRED", "Row", "Table", "escapes", "label", "read_csv", "read_text", "read_toml"]

LIMIT = 2_000_000
"""Bytes; far more than any settings file or table here needs."""
MOST_DOTS = 200
"""In a line of TOML: tomllib's memory grows with the square of the names in "a.b.c.d"."""
SEPARATORS = (",", ";", "\t")
"""What spreadsheets write between cells, by country and by menu."""
_DECLARED = re.compile(r'"?sep=[,;\t]"?[,;\t ]*(?:\n|$)', re.IGNORECASE)
"""A first line with which some spreadsheets tell each other the separator; it names no column."""


def label(path: Path, root: Path) -> str:
    """Return how a path is named to the user: from the project's root, with forward slashes."""
    try:
        # normpath and not resolve: a link is named by its own place, not by its target's.
        top = os.path.normpath(root.absolute())
        inside = Path(os.path.normpath(path.absolute())).relative_to(top)
    except ValueError:
        inside = path
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for character in inside.as_posix()
    )


def escapes(path: Path, root: Path) -> bool:
    """Return whether a path leads out of root once links are followed."""
    try:
        return not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return True


def read_text(path: Path, *, root: Path, problems: Problems, limit: int = LIMIT) -> str | None:
    """Return a UTF-8 file's text with plain line ends, or None and a problem."""
    file = label(path, root)
    data = _read_bytes(path, root=root, problems=problems, limit=limit)
    if data is None:
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.add("This file is UTF-16, not UTF-8.", "Save it again as UTF-8.", file)
        return None
    zero = data.find(b"\0")
    if zero >= 0:
        line = data.count(b"\n", 0, zero) + 1
        problems.add("This is not a text file.", "Put the text file back.", file, line)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.add(
            "A character here is not UTF-8.",
            'Save the file again as UTF-8 (in a spreadsheet: "CSV UTF-8").',
            file,
            line,
        )
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_toml(path: Path, *, root: Path, problems: Problems) -> Table | None:
    """Return a TOML file's top table, or None and a problem."""
    text = read_text(path, root=root, problems=problems)
    if text is None:
        return None
    file = label(path, root)
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > MOST_DOTS:
            problems.add(
                f"There are more than {MOST_DOTS} dots in one line.",
                "Break the line, or take dots out.",
                file,
                number,
            )
            return None
    try:
        values = tomllib.loads(text)
        lines = lines_of(text)
    except RecursionError:
        problems.add("Brackets are nested too deep.", "Take most of them out.", file)
        return None
    except ValueError as error:
        _add_syntax_problem(str(error), text, file, problems)
        return None
    return Table(values=values, file=file, problems=problems, lines=lines)


def read_csv(
    path: Path,
    columns: Sequence[str],
    *,
    root: Path,
    problems: Problems,
    optional: Sequence[str] = (),
) -> list[Row]:
    """Return a CSV file's rows; a file whose columns are wrong gives problems and no rows."""
    text = read_text(path, root=root, problems=problems)
    if text is None:
        return []
    file = label(path, root)
    records = _records(text, [*columns, *optional], file, problems)
    if not records:
        if text.strip():
            return []
        problems.add("The file is empty.", f"Its first line is: {','.join(columns)}.", file)
        return []
    header_line, header = records[0]
    header = [name.strip().casefold() for name in header]
    if not _header_fits(header, columns, optional, file, header_line, problems):
        return []
    rows = []
    for line, cells in records[1:]:
        # Spreadsheets leave blank cells out at the end of a row, though not in every row.
        given = [cell.strip() for cell in cells]
        left_out = header[len(cells) :]
        if all(name in optional for name in left_out):
            given += [""] * len(left_out)
        row = _row(header, given, file, line, problems)
        if row is not None:
            rows.append(row)
    return rows


def _read_bytes(path: Path, *, root: Path, problems: Problems, limit: int) -> bytes | None:
    """Return a regular file's bytes; anything else never gets opened."""
    file = label(path, root)
    try:
        status = path.stat()
        if escapes(path, root):
            problems.add(
                "This file leads out of the project's folder.", "Put the file itself here.", file
            )
        elif stat.S_ISDIR(status.st_mode):
            problems.add("This is a folder.", "Put a file in its place.", file)
        elif not stat.S_ISREG(status.st_mode):
            problems.add("This is not a plain file.", "Put a plain file in its place.", file)
        elif status.st_size > limit:
            size = f"{status.st_size / 1e6:,.1f} MB"
            problems.add(
                f"The file is too big: {size}.", f"Keep it below {limit / 1e6:g} MB.", file
            )
        else:
            with path.open("rb") as opened:
                return opened.read(limit)
    except (FileNotFoundError, NotADirectoryError):
        problems.add("The file is missing.", _missing_fix(path), file)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name is not a file's name"
        problems.add(f"The file can't be read: {why}.", "Make it a readable file.", file)
    return None


def _missing_fix(path: Path) -> str:
    try:
        siblings = sorted(child.name for child in path.parent.iterdir())
    except (OSError, ValueError):
        siblings = []
    hint = did_you_mean(path.name, siblings)
    return f"{hint} Else put the file there." if hint.startswith("Did") else "Put the file there."


def _add_syntax_problem(message: str, text: str, file: str, problems: Problems) -> None:
    """Turn tomllib's words into a place and a fix."""
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    lines = text.split("\n")
    line = min(int(place[1]), len(lines)) if place else len(lines)
    reason = re.sub(r" \(at [^)]*\)$", "", message)
    source = lines[line - 1]
    fix = 'Text stands in "straight quotes", a list in [brackets].'
    if re.search(r"[“”„‟«»]", source):
        fix = 'Use "straight quotes", not curly ones.'
    elif re.search(r"overwrite|twice|mutate|already|declare", reason, re.IGNORECASE):
        fix = "A key or a [table] may stand only once: take one out."
    elif place is None:
        fix = "The file stops too early: close the last quote or bracket."
    problems.add(f"This is not TOML: {reason}.", fix, file, line)


def _records(
    text: str, known: Sequence[str], file: str, problems: Problems
) -> list[tuple[int, list[str]]]:
    """Return the file's rows that are not blank, each with the line it starts on."""
    declared = _DECLARED.match(text)
    text = "\n" + text[declared.end() :] if declared else text
    first = next((line for line in text.split("\n") if line.strip()), "")
    separator = max(SEPARATORS, key=lambda mark: len(_names(first, mark) & set(known)))
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    records: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                records.append((start, cells))
            start = reader.line_num + 1
    except csv.Error:
        problems.add(
            "A quotation mark is not closed, or stands inside a cell.",
            'Put " at both ends of the cell, and write "" for one inside it.',
            file,
            start,
        )
        return []
    return records


def _names(line: str, separator: str) -> set[str]:
    return {name.strip().strip('"').casefold() for name in line.split(separator)}


def _header_fits(
    header: Sequence[str],
    columns: Sequence[str],
    optional: Sequence[str],
    file: str,
    line: int,
    problems: Problems,
) -> bool:
    """Add a problem for each column that is missing, doubled or unknown."""
    before = len(problems)
    known = [*columns, *optional]
    for name in columns:
        if name not in header:
            problems.add(
                f"The column {name} is missing.",
                f"The first line names the columns: {listed(known)}.",
                file,
                line,
            )
    for place, name in enumerate(header):
        if name and name not in known:
            problems.add(
                f"{quoted(name)} is not a column that is known here.",
                did_you_mean(name, known),
                file,
                line,
            )
        elif name and name in header[:place]:
            problems.add(f"The column {name} stands twice.", "Take one out.", file, line)
    return len(problems) == before


def _row(
    header: Sequence[str], cells: list[str], file: str, line: int, problems: Problems
) -> Row | None:
    """Return a row whose cells all have a column, or None and a problem."""
    extra = [
        cell
        for place, cell in enumerate(cells)
        if cell and (place >= len(header) or not header[place])
    ]
    if extra:
        problems.add(
            f"{quoted(extra[0])} stands in no column.",
            'Put "quotes" around a cell that holds the separator, or take it out.',
            file,
            line,
        )
        return None
    named = len(header) if all(header) else header.index("")
    if len(cells) < named:
        problems.add(
            f"The row has {len(cells)} cells, and there are {named} columns.",
            "Add the cells that are missing, blank ones too.",
            file,
            line,
        )
        return None
    values = {name: cell for name, cell in zip(header, cells, strict=False) if name and cell}
    return Row(values=values, file=file, line=line, problems=problems)
