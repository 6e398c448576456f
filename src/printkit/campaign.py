"""Read campaign.toml: the campaign's name and version, its languages, and the facts it prints."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from printkit.envelope import Envelope, read_envelope
from printkit.errors import Problems, did_you_mean, quoted
from printkit.language_file import load_languages
from printkit.languages import LANGUAGES
from printkit.reading import Table, read_toml
from printkit.states import STATES

FACT_KINDS = ("url", "phone", "amount", "date", "name", "number", "code")
ADDRESS_DAYS = 180
PLACEHOLDER_HOSTS = ("example.org", "example.com", "example.net")
"""Hosts that stand for "not chosen yet" (RFC 2606): a build warns of them, a release refuses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFact:
    """Something true that texts name as {name}, with where it was read and when."""

    name: str
    kind: str
    value: str
    """What a code or a link holds; for dated facts the value in force at `as_of`."""
    shown: str
    """What is printed."""
    source: str
    checked: datetime.date
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSettings:
    """How the letters to companies are made."""

    state: str = "CA"
    """The state whose law the letters rest on, by its two letters."""
    address_days: int = ADDRESS_DAYS
    """How old a company's address may be at as_of before it is looked up again."""
    kit: tuple[str, ...] = ()
    """The companies of the kit, by the names of their files, in the kit's order."""
    line: int = 0
    """Of `kit`, or where it should stand."""
    state_line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """What every piece shares."""

    name: str
    version: str
    version_date: datetime.date
    """The date inside the PDFs; never the clock's."""
    as_of: datetime.date
    """The day at which ages of facts and dated rules are judged."""
    landing_url: str
    """The campaign's own site, without a slash at its end."""
    languages: tuple[str, ...]
    facts: Mapping[str, CampaignFact]
    planning: Table | None
    """The table [planning], read by the planner."""
    letters: LetterSettings
    envelope: Envelope
    """What letters are mailed in."""
    file: str
    landing_line: int

    @property
    def landing_is_placeholder(self) -> bool:
        """Whether nobody has put the campaign's own address in yet."""
        host = re.split("[:/]", self.landing_url.removeprefix("https://"))[0]
        return any(host == name or host.endswith("." + name) for name in PLACEHOLDER_HOSTS)

    def landing(self, region: str, language: str) -> str:
        """Return the campaign's own address as a sheet prints it: region, language, version."""
        return f"{self.landing_url}/{region}/{language}/{self.version}"


def load_campaign(
    root: Path, *, problems: Problems, as_of: datetime.date | None = None
) -> Campaign | None:
    """Return the campaign, or None and problems; `as_of` overrides the file's day.

    The project's own languages are made known first, since the campaign may name them.
    """
    load_languages(root, problems=problems)
    table = read_toml(root / "campaign.toml", root=root, problems=problems)
    if table is None:
        return None
    day = table.date("as_of")
    campaign = Campaign(
        name=table.text("name"),
        version=table.text(
            "version", pattern=r"[0-9A-Za-z][0-9A-Za-z.]{0,15}", form='a version such as "1.0"'
        ),
        version_date=table.date("version_date"),
        as_of=as_of or day,
        landing_url=_landing(table),
        languages=_languages(table),
        facts=_facts(table.table("facts"), as_of or day),
        planning=table.table("planning", required=False) if "planning" in table else None,
        letters=_letters(table.table("letters", required=False)),
        envelope=read_envelope(table.table("envelope", required=False)),
        file=table.file,
        landing_line=table.line_of("landing_url"),
    )
    _finish(table)
    return campaign


def _finish(table: Table) -> None:
    # The planner reads [planning] itself and tells of its unknown keys.
    known = {"name", "version", "version_date", "as_of", "landing_url", "languages", "facts"}
    for key in table.keys():
        if key not in known | {"planning", "letters", "envelope"}:
            table.problem(
                f"{quoted(key)} is not a key that is known here.",
                did_you_mean(key, known) or "Take it out.",
                key,
            )


def _landing(table: Table) -> str:
    address = table.text(
        "landing_url",
        pattern=r"https://[a-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~-]+)*/?",
        form='an address such as "https://your-site.org", with https and no ? or #',
    )
    return address.rstrip("/")


def _languages(table: Table) -> tuple[str, ...]:
    tags = table.texts("languages")
    for place, tag in enumerate(tags):
        if tag not in LANGUAGES:
            table.problem(
                f"languages: {quoted(tag)} is not in the language table.",
                did_you_mean(tag, LANGUAGES),
                "languages",
            )
        elif tag in tags[:place]:
            table.problem(f"languages: {tag} stands twice.", "Take one out.", "languages")
    known = [tag for tag in LANGUAGES if tag in tags]
    if "en" not in tags:
        table.problem(
            "languages: en is missing.", "English is the source: put it back.", "languages"
        )
    return tuple(known)


def _letters(table: Table) -> LetterSettings:
    """Return the settings of letters; a campaign without letters may leave the table out."""
    kit = table.texts("kit", ())
    for place, slug in enumerate(kit):
        if slug in kit[:place]:
            table.problem(f"kit: {quoted(slug)} stands twice.", "Take one out.", "kit")
    settings = LetterSettings(
        state=table.choice("state", tuple(STATES), "CA"),
        address_days=table.integer("address_days", ADDRESS_DAYS, low=1, high=3650),
        kit=kit,
        line=table.line_of("kit"),
        state_line=table.line_of("state"),
    )
    table.finish()
    return settings


def _facts(table: Table, as_of: datetime.date) -> dict[str, CampaignFact]:
    facts = {}
    for name in table.keys():
        row = table.table(name)
        if re.fullmatch(r"[a-z][a-z0-9_]*", name) is None:
            row.problem(
                f"{quoted(name)} can't be the name of a fact.",
                "Use small letters, digits and _, such as drop_url.",
            )
        before = len(row.problems)
        kind = row.choice("kind", FACT_KINDS)
        is_url = kind == "url" and len(row.problems) == before
        value = _dated_value(row, as_of) if "dated" in row else row.text("value")
        if is_url and value and not value.startswith("https://"):
            row.problem("value: an address starts with https://.", "Write it whole.", "value")
        facts[name] = CampaignFact(
            name=name,
            kind=kind,
            value=value,
            shown=row.text("shown", value or "?"),
            source=row.text("source"),
            checked=row.date("checked"),
            line=row.line,
        )
        row.finish()
    return facts


def _dated_value(row: Table, as_of: datetime.date) -> str:
    """Return the value whose day has come last at as_of."""
    values = sorted((entry.date("from"), entry.text("value")) for entry in row.tables("dated"))
    in_force = [value for start, value in values if start <= as_of]
    if not in_force:
        row.problem(
            f"No value is in force on {as_of.isoformat()}.",
            "Add an entry to dated that starts on that day or before.",
            "dated",
        )
        return "?"
    return in_force[-1]
