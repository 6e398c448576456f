"""Marks around each printed message, so that a layout can tell where it came to stand.

Only composing for measuring marks messages; what is printed bears no marks.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from printkit.entries import Key
from printkit.messages import Said, Speech

# Private characters, since a message may stand in an attribute, where no tag can.
_START, _MIDDLE, _END = "\ue0f0", "\ue0f1", "\ue0f2"
_PLAIN = re.compile(r"(<title>.*?</title>|<[^<>]*>)", re.DOTALL)
_MARK = re.compile(f"{_START}([^{_MIDDLE}]*){_MIDDLE}|{_END}")


def mark_of(language: str, key: Key) -> str:
    """Return the name that a message bears on a marked sheet: its language, and a digest."""
    context, msgid = key
    words = f"{context or ''}\0{msgid}"
    return f"{language}:{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def marks_in(html: str) -> tuple[str, ...]:
    """Return the marks of a document in the order of its text, each once."""
    return tuple(dict.fromkeys(re.findall(r'<data data-message="([^"]+)">', html)))


class MarkedSpeech(Speech):
    """A voice that marks where each of its messages begins and ends."""

    def _say(self, key: Key, many: str | None, n: int, facts: Mapping[str, Any]) -> Said:
        said = super()._say(key, many, n, facts)
        mark = mark_of(self.language.tag, key)
        marked = Said(Markup("{}{}{}{}{}").format(_START, mark, _MIDDLE, said, _END))
        marked.english = said.english
        return marked


def as_elements(html: str) -> str:
    """Turn the marks in a document's text into elements, and drop those in its tags and title."""
    parts = _PLAIN.split(html)
    return "".join(
        _MARK.sub("" if place % 2 else _element, part) for place, part in enumerate(parts)
    )


def _element(mark: re.Match[str]) -> str:
    # An element that no style sheet speaks of: inline, and without a look of its own.
    return f'<data data-message="{mark[1]}">' if mark[1] is not None else "</data>"
