"""The campaign's glossary: the words that its translators agreed on, and whether they are kept."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from printkit.checks.cases import Case, Told
from printkit.errors import Problems, quoted
from printkit.findings import Rule, Severity
from printkit.reading import read_text
from printkit.said import say

GLOSSARY = Rule(
    code="catalog-glossary",
    severity=Severity.WARN,
    rule="A term of the glossary that is written alike in every language stays as it is.",
    because="DROP or ICE is what a reader will find on the other page and on the phone; endings "
    "and word order of other terms are the translator's.",
)
RULES = (GLOSSARY,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term that keeps its spelling in a language."""

    term: str
    language: str


def load_terms(path: Path, *, root: Path, problems: Problems) -> tuple[Term, ...]:
    """Return the terms of a glossary that are written alike; none where there is no glossary."""
    if not path.exists():
        return ()
    text = read_text(path, root=root, problems=problems, limit=2_000_000) or ""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    return tuple(
        Term(term=row["term"], language=row.get("language") or "")
        for row in rows
        if row.get("term") and row["term"] == row.get("translation")
    )


def keeps_its_terms(case: Case, glossary: Sequence[Term]) -> Told:
    """The translation has each term of its source that the glossary keeps as it is."""
    for one in glossary:
        if one.language != case.tongue.tag or one.term in case.text:
            continue
        if all(re.search(rf"(?<!\w){re.escape(one.term)}(?!\w)", text) for text in case.sources):
            what = say("the term {term} is missing.", term=quoted(one.term))
            yield GLOSSARY, what, say("Write {term}, as the glossary does.", term=one.term)
