"""Read a company's file: what it sells, what is documented of it, and how people reach it."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from printkit.channels import MAILED, Channel, read_channel
from printkit.claims import Claim, Reply, plain_text, read_claim, read_reply
from printkit.errors import Problems, did_you_mean, listed, quoted
from printkit.pieces import REQUESTS
from printkit.reading import Table, read_toml
from printkit.states import STATES

KINDS = (
    "data broker",
    "analytics vendor",
    "software vendor",
    "service provider",
    "tool vendor",
)
SLUG = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
CHANNELS = ("post", "web", "email", "phone")
IDENTIFIERS = (
    "name",
    "other-names",
    "address",
    "past-addresses",
    "email",
    "phone",
    "plate",
    "advertising-id",
    "profile-address",
)
"""What may find a person's record; a letter asks for no more than its company needs."""
BIRTH_DATE = "date of birth"
NEVER = (
    "social security number",
    "driver's license or state ID number",
    "A-number",
    "country of birth",
    "immigration status",
    BIRTH_DATE,
)
"""What no letter asks for; a date of birth only where the company's own report needs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What the company itself declared to the state's registry of data brokers."""

    name: str
    """As it stands in the registry."""
    as_of: date
    source: str
    federal: bool
    """Sold or shared to the federal government in the past year."""
    law_enforcement: bool
    """Sold or shared to law enforcement, outside a subpoena or a court's order."""
    line: int


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
    registration: Registration | None
    post: Channel | None
    web: Channel | None
    email: Channel | None
    phone: Channel | None
    requests: tuple[str, ...]
    """What it can be sent, by any channel, of REQUESTS."""
    identifiers: tuple[str, ...]
    """What finds a record there, of IDENTIFIERS."""
    never: tuple[str, ...]
    """What it is never given, whatever it asks for."""
    states: tuple[str, ...]
    """Whose law the requests rest on, by two letters."""
    note: str
    """For organizers, in English; it is never printed."""
    file: str
    states_line: int

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Every way to it that is known, post first."""
        ways = (self.post, self.web, self.email, self.phone)
        return tuple(channel for channel in ways if channel is not None)

    def gets(self, request: str) -> bool:
        """Return whether it gets a letter with a request: it takes it, and its address is known."""
        return self.post is not None and self.post.grade in MAILED and request in self.requests

    @property
    def texts(self) -> tuple[str, ...]:
        """Every English text of it that is printed and so is translated."""
        words = [claim.text for claim in self.claims]
        if words or any(map(self.gets, self.requests)):
            words.insert(0, self.sells)
        return (*words, self.reply.text) if self.reply else tuple(words)


def load_brokers(root: Path, *, problems: Problems) -> dict[str, Broker]:
    """Return the companies of letters/brokers by slug, in the alphabet's order of their names."""
    brokers = {}
    for path in sorted((root / "letters" / "brokers").glob("*.toml")):
        table = read_toml(path, root=root, problems=problems)
        if table is not None:
            _check_slug(path.stem, table)
            brokers[path.stem] = _broker(path.stem, table)
    return dict(sorted(brokers.items(), key=lambda item: (item[1].name.casefold(), item[0])))


def _broker(slug: str, table: Table) -> Broker:
    before = len(table.problems)
    name = table.text("name")
    ways = {kind: read_channel(table, kind) for kind in CHANNELS}
    asks_birth_date = table.flag("report_needs_birth_date", False)
    broker = Broker(
        slug=slug,
        name=name,
        legal_name=table.text("legal_name"),
        product=table.text("product", ""),
        kind=table.choice("kind", KINDS),
        drop_reaches=table.flag("drop_reaches"),
        sells=plain_text(table, "sells"),
        claims=tuple(read_claim(row) for row in table.tables("claims")),
        reply=read_reply(table.table("reply")) if "reply" in table else None,
        registration=_registration(table),
        **ways,
        requests=_words(table, "requests", REQUESTS),
        identifiers=_words(table, "identifiers", IDENTIFIERS),
        never=tuple(one for one in NEVER if one != BIRTH_DATE or not asks_birth_date),
        states=_words(table, "states", tuple(STATES), ("CA",)),
        note=table.text("note", ""),
        file=table.file,
        states_line=table.line_of("states"),
    )
    table.finish()
    if len(table.problems) == before:  # else what was not read would be told of as missing
        _check_whole(table, broker)
        if broker.requests:
            _check_requests(table, broker)
    return broker


def _check_slug(slug: str, table: Table) -> None:
    """Hold a file's name to what names of letters can be made of."""
    if re.fullmatch(SLUG, slug) is None:
        table.problem(
            f"{quoted(slug)} can't be the name of a company's file.",
            "Use small letters, digits and hyphens, such as acme-records.",
        )


def _check_whole(table: Table, broker: Broker) -> None:
    """Tell what in a company's file contradicts the rest of it."""
    if broker.reply is not None and not broker.claims:
        table.problem("[reply] answers no claim.", "Add [[claims]], or take [reply] out.", "reply")
    if broker.drop_reaches and broker.registration is None:
        table.problem(
            "DROP reaches registered companies only, and [registry] is missing.",
            "Add [registry], or write drop_reaches = false.",
            "drop_reaches",
        )
    if broker.registration is not None and not broker.drop_reaches:
        table.problem(
            "The company is in the state's registry, so DROP reaches it.",
            "Write drop_reaches = true, or take [registry] out.",
            "drop_reaches",
        )


def _check_requests(table: Table, broker: Broker) -> None:
    """Tell what a company that gets requests lacks."""
    if not broker.channels:
        table.problem(
            "requests: there is no channel to send them by.",
            "Add [post], [web], [email] or [phone], or write requests = [].",
            "requests",
        )
    if REQUESTS[0] not in broker.requests:
        table.problem(
            f"requests: {REQUESTS[0]} is missing, and it comes first.",
            f"Add {quoted(REQUESTS[0])}.",
            "requests",
        )
    if not broker.identifiers:
        table.problem(
            "identifiers is missing: a request must say whose records it is about.",
            f"Add identifiers, of {listed(IDENTIFIERS)}.",
            "requests",
        )


def _words(
    table: Table, key: str, known: tuple[str, ...], default: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return a list of known words, in the order in which they are known, each once."""
    words = table.texts(key, default)
    for place, word in enumerate(words):
        if word not in known:
            table.problem(
                f"{key}: {quoted(word)} is not known here.", did_you_mean(word, known), key
            )
        elif word in words[:place]:
            table.problem(f"{key}: {quoted(word)} stands twice.", "Take one out.", key)
    return tuple(word for word in known if word in words)


def _registration(table: Table) -> Registration | None:
    if "registry" not in table:
        return None
    row = table.table("registry")
    return Registration(
        name=row.text("name"),
        as_of=row.date("as_of"),
        source=row.text("source"),
        federal=row.flag("federal"),
        law_enforcement=row.flag("law_enforcement"),
        line=row.line,
    )
