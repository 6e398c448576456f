"""What is documented of a company: claims with their sources, and what the company answers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from printkit.errors import listed, quoted
from printkit.reading import Table

AGENCIES = ("ICE", "CBP")
CONFIDENCES = ("medium-high", "high")
"""Below this no claim is printed (the campaign's own rule)."""
DATE = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
DATE_FORM = 'a date such as "2021-04" or "2021-04-30"'
UNDATED = "undated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One documented flow to ICE or CBP, as it is printed, and its source."""

    text: str
    facts: Mapping[str, tuple[str, str]]
    """What a {name} in the text prints as: kind and words."""
    to: tuple[str, ...]
    date: str
    publisher: str
    url: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the company itself says, with where it says so."""

    text: str
    url: str
    date: str


def read_claim(row: Table) -> Claim:
    """Return one claim, each thing wrong with it told."""
    claim = Claim(
        text=row.text("text"),
        facts=_claim_facts(row),
        to=row.texts("to"),
        date=row.text("date", pattern=DATE, form=DATE_FORM),
        publisher=row.text("publisher"),
        url=_address(row, "url"),
        confidence=row.choice("confidence", CONFIDENCES),
    )
    unknown = [agency for agency in claim.to if agency not in AGENCIES]
    if unknown or not claim.to:
        row.problem("to: names no agency that is known here.", f"Use {listed(AGENCIES)}.", "to")
    return claim


def _claim_facts(row: Table) -> dict[str, tuple[str, str]]:
    table = row.table("facts", required=False)
    facts = {}
    for name in table.keys():
        fact = table.table(name)
        facts[name] = (
            fact.choice("kind", ("amount", "number", "name", "date")),
            fact.text("value"),
        )
    named = _named(row.text("text"))
    for name in sorted(named - facts.keys()):
        row.problem(f"{quoted('{' + name + '}')} has no fact.", f"Add {name} to facts.", "text")
    for name in sorted(facts.keys() - named):
        row.problem(
            f"{quoted(name)} is a fact that the text does not name.",
            f"Put {{{name}}} into the text, or take the fact out.",
            "facts",
        )
    return facts


def _named(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def plain_text(table: Table, key: str) -> str:
    """Return a text that names no facts, since only a claim has them."""
    text = table.text(key)
    for name in sorted(_named(text)):
        table.problem(
            f"{key}: {quoted('{' + name + '}')} has no fact here.", "Write the words out.", key
        )
    return text


def read_reply(row: Table) -> Reply:
    """Return what the company says, each thing wrong with it told."""
    form = f'{DATE_FORM}, or "{UNDATED}"'
    return Reply(
        text=plain_text(row, "text"),
        url=_address(row, "url"),
        date=row.text("date", pattern=f"{DATE}|{UNDATED}", form=form),
    )


def _address(row: Table, key: str) -> str:
    return row.text(
        key, pattern=r"https://[^\s\"<>]+", form="an address that a reader can open, with https://"
    )
