"""Read a company's file: what it sells, what is documented of it, and whether DROP reaches it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from printkit.errors import Problems, listed, quoted
from printkit.reading import Table, read_toml

AGENCIES = ("ICE", "CBP")
CONFIDENCES = ("medium-high", "high")
"""Below this no claim is printed (the campaign's own rule)."""
DATE = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
DATE_FORM = 'a date such as "2021-04" or "2021-04-30"'
UNDATED = "undated"
KINDS = (
    "data broker",
    "analytics vendor",
    "software vendor",
    "service provider",
    "tool vendor",
)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Broker:
    """One company."""

    slug: str
    name: str
    legal_name: str
    product: str
    kind: str
    drop_reaches: bool
    sells: str
    claims: tuple[Claim, ...]
    reply: Reply | None
    file: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Every English text of it that is printed and so is translated."""
        words = [self.sells, *(claim.text for claim in self.claims)]
        return (*words, self.reply.text) if self.reply else tuple(words)


def load_brokers(root: Path, *, problems: Problems) -> dict[str, Broker]:
    """Return the companies of letters/brokers by slug, in the alphabet's order of their names."""
    brokers = {}
    for path in sorted((root / "letters" / "brokers").glob("*.toml")):
        table = read_toml(path, root=root, problems=problems)
        if table is not None:
            brokers[path.stem] = _broker(path.stem, table)
    return dict(sorted(brokers.items(), key=lambda item: (item[1].name.casefold(), item[0])))


def _broker(slug: str, table: Table) -> Broker:
    name = table.text("name")
    reply = table.table("reply", required=False) if "reply" in table else None
    broker = Broker(
        slug=slug,
        name=name,
        legal_name=table.text("legal_name"),
        product=table.text("product", ""),
        kind=table.choice("kind", KINDS),
        drop_reaches=table.flag("drop_reaches"),
        sells=_plain(table, "sells"),
        claims=tuple(_claim(row) for row in table.tables("claims")),
        reply=_reply(reply) if reply is not None else None,
        file=table.file,
    )
    table.finish()
    if not broker.claims and "claims" not in table:
        table.problem(
            "claims is missing: nothing documented is told of this company.",
            "Add [[claims]] with its source, or take the file out.",
        )
    return broker


def _claim(row: Table) -> Claim:
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


def _plain(table: Table, key: str) -> str:
    """Return a text that names no facts, since only a claim has them."""
    text = table.text(key)
    for name in sorted(_named(text)):
        table.problem(
            f"{key}: {quoted('{' + name + '}')} has no fact here.", "Write the words out.", key
        )
    return text


def _reply(row: Table) -> Reply:
    form = f'{DATE_FORM}, or "{UNDATED}"'
    return Reply(
        text=_plain(row, "text"),
        url=_address(row, "url"),
        date=row.text("date", pattern=f"{DATE}|{UNDATED}", form=form),
    )


def _address(row: Table, key: str) -> str:
    return row.text(
        key, pattern=r"https://[^\s\"<>]+", form="an address that a reader can open, with https://"
    )
