"""Sentences that printkit says, kept with their parts until a reader's language is known."""

import re
from collections.abc import Callable, Mapping

_NAME = re.compile(r"\{(\w+)\}")


class Said(str):
    """A sentence in English that remembers how it was put together."""

    template: str
    values: Mapping[str, object]

    def __new__(
        cls, text: str, template: str = "", values: Mapping[str, object] | None = None
    ) -> "Said":
        """Return the sentence; without a template it is a plain text."""
        said = super().__new__(cls, text)
        said.template = template or text
        said.values = dict(values or {})
        return said


def say(template: str, /, **values: object) -> Said:
    """Return a template with its {names} filled in; what it says, `told` can say otherwise."""
    return Said(_filled(template, values), template, values)


def told(text: str, translated: Callable[[str], str]) -> str:
    """Return a sentence in another language; a text that is no Said stays as it is.

    A translation that lost a {name}, or made one up, is not used.
    """
    if not isinstance(text, Said):
        return text
    values = {
        name: told(value, translated) if isinstance(value, str) else value
        for name, value in text.values.items()
    }
    template = translated(text.template)
    if set(_NAME.findall(template)) != set(_NAME.findall(text.template)):
        template = text.template
    return _filled(template, values)


def _filled(template: str, values: Mapping[str, object]) -> str:
    # One pass: a value that holds braces stays as it is, and no format code is ever followed.
    return _NAME.sub(lambda found: str(values.get(found[1], found[0])), template)
