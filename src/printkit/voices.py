"""Printkit's own messages in a reader's language, read from the catalogs that it ships."""

import gettext
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from printkit.catalogs import load_catalog
from printkit.errors import Problems
from printkit.findings import Finding
from printkit.said import told

LOCALE = Path(__file__).parent / "locale"


class _Voice(gettext.NullTranslations):
    """A shipped catalog; what it lacks, or holds as fuzzy, is said in English."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__()
        self._texts = texts

    def gettext(self, message: str) -> str:
        return self._texts.get(message, message)


def spoken() -> list[str]:
    """Return the languages that printkit can speak, beside English."""
    return sorted(path.stem for path in LOCALE.glob("*.po"))


@cache
def voice(language: str) -> gettext.NullTranslations:
    """Return printkit's messages in a language such as es-MX, or es, or else English."""
    tag = language.split(".")[0].split("@")[0].replace("_", "-")
    for name in (tag, tag.split("-")[0]):
        if name in spoken():
            return _Voice(_texts(LOCALE / f"{name}.po"))
    return gettext.NullTranslations()


def in_words(found: Iterable[Finding], language: str) -> list[Finding]:
    """Return findings told in a language, as far as printkit's catalog of it goes."""
    say = voice(language).gettext
    return [replace(one, what=told(one.what, say), fix=told(one.fix, say)) for one in found]


def _texts(path: Path) -> dict[str, str]:
    problems = Problems()
    catalog = load_catalog(path, root=LOCALE, language=path.stem, problems=problems)
    problems.raise_if_any()
    assert catalog is not None  # a catalog that can't be read is a problem
    return {
        message.msgid: message.msgstr
        for message in catalog.messages.values()
        if message.msgstr and not message.fuzzy
    }
