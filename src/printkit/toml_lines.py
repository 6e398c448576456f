"""On which line each key of a TOML text stands, which tomllib does not tell."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Keys from the top, such as ("piece", 0, "trim"); a number counts [[tables]]."""

DEEPEST = 20
"""Names in a row whose lines are kept; a file that nests deeper is a prank."""

_TOKEN = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?"{3,5}'
    r"|'''[\s\S]*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}=.,\n]"
    r"|[^\s\[\]{}=.,#\"']+"
)


def lines_of(text: str) -> dict[Path, int]:
    """Return the line of every key and header of a text that tomllib has accepted."""
    tokens = _Tokens(text)
    found: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    here: Path = ()
    for token, line in tokens:
        if token == "[":
            array = tokens.skip("[")
            here = _header(tokens.names_until("]"), array=array, counts=counts)
            if array:
                tokens.skip("]")
            _record(found, here, line)
        elif token != "\n" and not token.startswith("#"):
            names = [_plain(token), *tokens.names_until("=")]
            _record(found, (*here, *names), line)
            tokens.skip_value()
    return found


@dataclass(slots=True)
class _Tokens:
    """A text's tokens with their lines, taken one after the other."""

    text: str
    position: int = 0
    line: int = 1

    def __iter__(self) -> Iterator[tuple[str, int]]:
        while (token := self.take()) is not None:
            yield token

    def take(self) -> tuple[str, int] | None:
        match = _TOKEN.search(self.text, self.position)
        if match is None:
            return None
        line = self.line
        self.line += match[0].count("\n")
        self.position = match.end()
        return match[0], line

    def skip(self, token: str) -> bool:
        """Step over this very character, if it is the next one."""
        if self.text.startswith(token, self.position):
            self.position += len(token)
            return True
        return False

    def names_until(self, end: str) -> list[str]:
        names: list[str] = []
        for token, _ in self:
            if token == end:
                break
            if token != "." and len(names) < DEEPEST:
                names.append(_plain(token))
        return names

    def skip_value(self) -> None:
        depth = 0
        for token, _ in self:
            depth += (token in "[{") - (token in "]}")
            if token == "\n" and depth == 0:
                break


def _plain(token: str) -> str:
    """Return a key without its quotes."""
    if token[0] not in "\"'":
        return token
    return str(tomllib.loads(f"key = {token}")["key"])


def _header(names: list[str], *, array: bool, counts: dict[Path, int]) -> Path:
    path: Path = ()
    for depth, name in enumerate(names, start=1):
        path = (*path, name)
        if array and depth == len(names):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _record(found: dict[Path, int], path: Path, line: int) -> None:
    """Note the line of a key, and of the tables it opens on its way ("a" in "a.b")."""
    for length in range(1, len(path) + 1):
        found.setdefault(path[:length], line)
