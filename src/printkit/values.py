"""Typed values of one table or row; what does not fit becomes a problem, with its place."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, Final, TypeVar

from printkit.convert import (
    WrongValue,
    choice_of,
    length_of,
    sane,
    shown,
    text_of,
    whole_fix,
    within,
)
from printkit.errors import Problems, did_you_mean, quoted
from printkit.toml_lines import Path

D = TypeVar("D")
T = TypeVar("T")


class Required(Enum):
    """Stands where a default would: the key must be there."""

    REQUIRED = "required"


REQUIRED: Final = Required.REQUIRED
NO_DATE = datetime.date(2000, 1, 1)
"""What a wrong date reads as; the problem told about it stops the run."""


class Values:
    """What stands in one place of one file, asked for key by key."""

    def __init__(
        self, *, values: Mapping[str, Any], file: str, line: int, problems: Problems
    ) -> None:
        self.file = file
        self.line = line
        self._values = values
        self.problems = problems
        self._asked: set[str] = set()

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def keys(self) -> tuple[str, ...]:
        """Return the keys that are there, in the file's order."""
        return tuple(self._values)

    def line_of(self, key: str) -> int:
        """Return the line where a key stands, or where it should."""
        return self.line

    def problem(self, what: str, fix: str, key: str | None = None) -> None:
        """Add a problem with this place, or with the place of one of its keys."""
        line = self.line if key is None else self.line_of(key)
        self.problems.add(what, fix, self.file, line)

    def text(
        self,
        key: str,
        default: D | Required = REQUIRED,
        *,
        pattern: str | None = None,
        form: str = "",
        blank: bool = False,
    ) -> str | D:
        """Return a text that is not blank; `form` says in words what the pattern asks for.

        With `blank`, an empty text is as good as none.
        """
        if blank and self._values.get(key) == "":
            self._asked.add(key)
            return "" if isinstance(default, Required) else default
        return self._take(key, default, lambda raw: text_of(raw, pattern, form), "")

    def integer(
        self,
        key: str,
        default: D | Required = REQUIRED,
        *,
        low: int | None = None,
        high: int | None = None,
    ) -> int | D:
        """Return a whole number from low to high, both allowed."""
        return self._take(key, default, lambda raw: int(within(self._whole(raw), low, high)), 0)

    def number(
        self,
        key: str,
        default: D | Required = REQUIRED,
        *,
        low: float | None = None,
        high: float | None = None,
    ) -> float | D:
        """Return a number from low to high, both allowed."""
        return self._take(
            key, default, lambda raw: float(within(self._decimal(raw), low, high)), 0.0
        )

    def flag(self, key: str, default: D | Required = REQUIRED) -> bool | D:
        """Return true or false."""
        return self._take(key, default, self._yes_or_no, False)

    def length(self, key: str, default: D | Required = REQUIRED) -> float | D:
        """Return a length such as "0.125in" in points; a default is in points too."""
        return self._take(key, default, length_of, 0.0)

    def choice(self, key: str, allowed: Sequence[str], default: D | Required = REQUIRED) -> str | D:
        """Return one of the words allowed."""
        return self._take(key, default, lambda raw: choice_of(raw, allowed), [*allowed, ""][0])

    def texts(self, key: str, default: D | Required = REQUIRED) -> tuple[str, ...] | D:
        """Return a list of texts."""
        nothing: tuple[str, ...] = ()
        return self._take(key, default, self._texts, nothing)

    def integers(
        self,
        key: str,
        default: D | Required = REQUIRED,
        *,
        low: int | None = None,
        high: int | None = None,
    ) -> tuple[int, ...] | D:
        """Return a list of whole numbers from low to high, both allowed."""

        def convert(raw: Any) -> tuple[int, ...]:
            if isinstance(raw, list):
                return tuple(int(within(self._whole(item), low, high)) for item in raw)
            raise WrongValue(f"{shown(raw)} is not a list.", "Write a list, such as [100, 250].")

        nothing: tuple[int, ...] = ()
        return self._take(key, default, convert, nothing)

    def date(self, key: str, default: D | Required = REQUIRED) -> datetime.date | D:
        """Return a day, such as 2026-07-01."""
        return self._take(key, default, self._day, NO_DATE)

    def _take(
        self, key: str, default: D | Required, convert: Callable[[Any], T], nothing: T
    ) -> T | D:
        """Return the value converted; else the default, or `nothing` and a problem."""
        self._asked.add(key)
        raw = self._values.get(key)
        other = nothing if isinstance(default, Required) else default
        if raw is None:
            if isinstance(default, Required):
                self._missing(key)
            return other
        try:
            return convert(raw)
        except WrongValue as wrong:
            self.problem(f"{key}: {wrong.what}", wrong.fix, key)
            return other

    def _missing(self, key: str) -> None:
        self.problem(f"{key} is missing.", f"Add {key}.", key)

    def _whole(self, raw: Any) -> int:
        if isinstance(raw, int) and not isinstance(raw, bool):
            return sane(raw)
        raise WrongValue(f"{shown(raw)} is not a whole number.", whole_fix(str(raw)))

    def _decimal(self, raw: Any) -> float:
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return sane(raw) if isinstance(raw, int) else raw
        raise WrongValue(f"{shown(raw)} is not a number.", "Write a number, such as 0.5.")

    def _yes_or_no(self, raw: Any) -> bool:
        if isinstance(raw, bool):
            return raw
        raise WrongValue(f"{shown(raw)} is neither true nor false.", "Write true or false.")

    def _texts(self, raw: Any) -> tuple[str, ...]:
        if isinstance(raw, list):
            return tuple(text_of(item, None, "") for item in raw)
        raise WrongValue(f"{shown(raw)} is not a list.", 'Write a list, such as ["a", "b"].')

    def _day(self, raw: Any) -> datetime.date:
        if isinstance(raw, datetime.date) and not isinstance(raw, datetime.datetime):
            return raw
        raise WrongValue(
            f"{shown(raw)} is not a day.", "Write year-month-day without quotes: 2026-07-01."
        )


class Table(Values):
    """A table of a TOML file, which knows the line of each of its keys."""

    def __init__(
        self,
        *,
        values: Mapping[str, Any],
        file: str,
        problems: Problems,
        lines: Mapping[Path, int],
        path: Path = (),
    ) -> None:
        super().__init__(values=values, file=file, line=_nearest(lines, path), problems=problems)
        self._lines = lines
        self._path = path
        self._children: list[Table] = []

    def line_of(self, key: str) -> int:
        return _nearest(self._lines, (*self._path, key))

    def table(self, key: str, *, required: bool = True) -> "Table":
        """Return the table under a key; an empty one where it is missing."""
        self._asked.add(key)
        raw = self._values.get(key)
        if isinstance(raw, dict):
            return self._child(raw, (*self._path, key), self.problems)
        if raw is not None:
            self.problem(f"{key} is not a table.", f"Write [{key}] and its keys below.", key)
        elif required:
            self.problem(f"[{key}] is missing.", f"Add the table [{key}].")
        # A table that is not there is told of once, and not again for each key in it.
        quiet = Problems() if required or raw is not None else self.problems
        return self._child({}, (*self._path, key), quiet)

    def tables(self, key: str) -> list["Table"]:
        """Return the [[tables]] under a key, none where there are none."""
        self._asked.add(key)
        raw = self._values.get(key, [])
        if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
            self.problem(
                f"{key} is not a list of tables.", f"Write [[{key}]] above each entry.", key
            )
            return []
        return [
            self._child(item, (*self._path, key, number), self.problems)
            for number, item in enumerate(raw)
        ]

    def finish(self) -> None:
        """Add a problem for each key that nobody asked for, in this table and those below."""
        for key in self._values:
            if key not in self._asked:
                self.problem(
                    f"{quoted(key)} is not a key that is known here.",
                    did_you_mean(key, sorted(self._asked)) or "Take it out.",
                    key,
                )
        for child in self._children:
            child.finish()

    def _child(self, values: Mapping[str, Any], path: Path, problems: Problems) -> "Table":
        child = Table(
            values=values, file=self.file, problems=problems, lines=self._lines, path=path
        )
        self._children.append(child)
        return child


class Row(Values):
    """A row of a CSV file: every cell is text, and a blank one is a missing one."""

    def _missing(self, key: str) -> None:
        self.problem(f"{key} is blank.", f"Fill in {key}.")

    def _whole(self, raw: Any) -> int:
        if re.fullmatch(r"-?[0-9]{1,15}", raw):
            return int(raw)
        raise WrongValue(f"{quoted(raw)} is not a whole number.", whole_fix(raw))

    def _decimal(self, raw: Any) -> float:
        if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", raw):
            return float(raw)
        raise WrongValue(f"{quoted(raw)} is not a number.", "Write a number, such as 0.5.")

    def _yes_or_no(self, raw: Any) -> bool:
        word = raw.casefold()
        if word in ("yes", "true", "no", "false"):
            return word in ("yes", "true")
        raise WrongValue(f"{quoted(raw)} is neither yes nor no.", "Write yes or no.")

    def _texts(self, raw: Any) -> tuple[str, ...]:
        return tuple(text_of(part.strip(), None, "") for part in raw.split(";") if part.strip())

    def _day(self, raw: Any) -> datetime.date:
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
                return datetime.date.fromisoformat(raw)
        except ValueError:
            pass
        raise WrongValue(f"{quoted(raw)} is not a day.", "Write year-month-day: 2026-07-01.")


def _nearest(lines: Mapping[Path, int], path: Path) -> int:
    """Return the line of a key, or of the nearest thing around it that has one."""
    return next(lines[short] for short in _shorter(path) if short in lines)


def _shorter(path: Path) -> Iterator[Path]:
    return (path[:length] for length in range(len(path), -1, -1))
