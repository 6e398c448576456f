"""What a user can put right: problems in plain words, with file and line, all told at once."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing in the user's files or options that must change first."""

    what: str
    """What is wrong, as a sentence."""
    fix: str
    """What to do about it, as a sentence."""
    file: str | None = None
    """Relative to the project's root, with forward slashes."""
    line: int | None = None
    """Counted from 1."""

    def __str__(self) -> str:
        """Return one line: place, what is wrong, what to do."""
        place = ""
        if self.file is not None:
            place = f"{self.file}: " if self.line is None else f"{self.file}:{self.line}: "
        return f"{place}{self.what} {self.fix}".rstrip()

    def as_dict(self) -> dict[str, str | int]:
        """Return what is known, ready for JSON."""
        return {name: value for name, value in asdict(self).items() if value is not None}


class UserError(Exception):
    """Stops a command because the user must fix something first (exit code 2)."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem found, in the order found."""
        return self.args

    def __str__(self) -> str:
        """Return the problems, one a line."""
        return "\n".join(str(problem) for problem in self.problems)


class Problems:
    """Collects problems, so that a user hears of all of them in one run."""

    def __init__(self) -> None:
        # A dict keeps the order and drops the same problem met twice.
        self._found: dict[Problem, None] = {}

    def add(self, what: str, fix: str, file: str | None = None, line: int | None = None) -> None:
        """Add one problem; the same one again changes nothing."""
        self._found[Problem(what=what, fix=fix, file=file, line=line)] = None

    def take(self, error: UserError) -> None:
        """Add every problem of an error."""
        for problem in error.problems:
            self._found[problem] = None

    def raise_if_any(self) -> None:
        """Raise UserError with all problems, if there are any."""
        if self._found:
            raise UserError(*self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(tuple(self._found))


def quoted(text: object, limit: int = 60) -> str:
    """Return a user's text in quotes, short and with no character that could move a cursor."""
    plain = "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in str(text)[: limit + 1]
    )
    return f'"{plain[: limit - 1]}…"' if len(plain) > limit else f'"{plain}"'


def listed(words: Iterable[str], limit: int = 30) -> str:
    """Return words as "a, b, c", cut off after `limit` of them."""
    all_words = list(words)
    more = len(all_words) - limit
    return ", ".join(all_words[:limit]) + (f" and {more} more" if more > 0 else "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "Did you mean "x"?" for the nearest known word, else the words there are."""
    choices = {choice.casefold(): choice for choice in known}
    near = difflib.get_close_matches(word[:100].casefold(), choices, n=1, cutoff=0.6)
    if near:
        return f'Did you mean "{choices[near[0]]}"?'
    return f"Use one of: {listed(choices.values())}." if choices else ""
