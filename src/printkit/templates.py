"""A piece's templates, in a sandbox, and where in which of them something went wrong."""

import functools
import re
import unicodedata
from pathlib import Path, PurePath
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from printkit.errors import Problem, quoted
from printkit.reading import label

LEAST_WORDS = 3
MOST_COLUMNS = 12
"""Two words longer than this fill a line of a narrow headline by themselves."""
_TAGS = re.compile("(<[^<>]*>)")


class Sandbox(SandboxedEnvironment):
    """Jinja's sandbox, in which a path is no way to the machine's files either."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may ask for an attribute."""
        # Jinja goes by what an object is, never by what it holds: one answer for all of a type.
        asked = type(obj), attr
        safe = self._safe.get(asked)
        if safe is None:
            safe = not isinstance(obj, PurePath) and super().is_safe_attribute(obj, attr, value)
            self._safe[asked] = safe
        return safe


class _Compiled(jinja2.BytecodeCache):
    """Templates that pieces share are compiled once for all of them, in this process only."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


@functools.lru_cache(maxsize=64)
def environment(folder: Path, shared: tuple[Path, ...]) -> SandboxedEnvironment:
    """Return the templates of a piece and of what it shares; templates come from strangers."""
    made = Sandbox(
        loader=jinja2.FileSystemLoader([folder, *shared]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
    )
    made.filters["headline"] = headline
    return made


def headline(text: Markup) -> Markup:
    """Keep a headline's short last word with the one before it, so that it never stands alone."""
    words = text.striptags().split(" ")
    if len(words) < LEAST_WORDS or _columns(" ".join(words[-2:])) > MOST_COLUMNS:
        return text
    parts = _TAGS.split(str(text))
    for place in range(len(parts) - 1, -1, -2):  # every second part is a tag
        before, space, after = parts[place].rpartition(" ")
        if space:
            parts[place] = before + "\N{NO-BREAK SPACE}" + after
            break
    return Markup("".join(parts))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


class TemplateError(Exception):
    """What a template asks for and cannot have, in words."""


def template_problem(error: Exception, template: Path, root: Path) -> Problem:
    """Return where in which template it went wrong, in words for who writes templates."""
    file: str | None = str(template)
    line: int | None = None
    if isinstance(error, jinja2.TemplateSyntaxError):
        file, line = error.filename, error.lineno
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".html") and Path(name).is_relative_to(root):
            file, line = name, trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, jinja2.TemplateNotFound):
        return Problem(
            what=f"The template {quoted(str(error.name))} is missing.",
            fix="Put it into the piece's folder or into _shared.",
            file=label(Path(file or template), root),
            line=line,
        )
    words = re.sub(r"\s+", " ", str(error)).rstrip(". ") or type(error).__name__
    return Problem(
        what=f"The template can't be filled in: {words}.",
        fix="Mend this line of the template.",
        file=label(Path(file or template), root),
        line=line,
    )
