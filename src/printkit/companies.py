"""The companies' files held to the campaign: its kit, its state, its regions and its day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from printkit.brokers import Broker
from printkit.campaign import Campaign
from printkit.channels import Channel
from printkit.errors import Problems, did_you_mean, listed, quoted
from printkit.pieces import REQUESTS
from printkit.regions import Region
from printkit.states import state_of_fips

FOLDER = "letters/brokers"
NAMES = {
    "post": "postal address",
    "web": "web address",
    "email": "e-mail address",
    "phone": "phone number",
}
"""What each channel is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One thing known of a company that somebody should verify again."""

    company: str
    """The slug."""
    name: str
    kind: str
    """A channel's, or "registry"."""
    what: str
    """That in words, such as "postal address"."""
    grade: str
    checked: date
    age: int
    """Days at the day asked for."""
    unconfirmed: bool
    """Whether the company must be asked; else it only has grown old."""
    file: str
    line: int


def doubts_of(broker: Broker, *, day: date, most_days: int) -> tuple[Doubt, ...]:
    """Return what is to be verified of the ways to a company, the oldest first."""
    found = [
        Doubt(
            company=broker.slug,
            name=broker.name,
            kind=channel.kind,
            what=NAMES[channel.kind],
            grade=channel.grade,
            checked=channel.checked,
            age=channel.age(day),
            unconfirmed=channel.is_unconfirmed,
            file=channel.file,
            line=channel.line,
        )
        for channel in broker.channels
        if channel.is_unconfirmed or channel.age(day) > most_days
    ]
    return tuple(sorted(found, key=lambda doubt: -doubt.age))


def check_companies(
    root: Path,
    brokers: Mapping[str, Broker],
    campaign: Campaign,
    regions: Mapping[str, Region],
    *,
    problems: Problems,
) -> None:
    """Tell what the companies' files and the campaign say against each other.

    A file with a problem of its own is passed over, since what it lacks may only be not readable.
    """
    broken = {problem.file for problem in problems}
    whole = {slug: one for slug, one in brokers.items() if one.file not in broken}
    _check_kit(root, whole, broken, campaign, problems)
    states = _states_of(regions)
    if states and campaign.letters.state not in states:
        problems.add(
            f"state: no region of the project lies in {campaign.letters.state}.",
            f"Write the regions' own: {listed(states)}.",
            campaign.file,
            campaign.letters.state_line,
        )
    for broker in whole.values():
        if states:
            _check_states(broker, states, problems)
        _check_days(broker, campaign.as_of, problems)


def _check_kit(
    root: Path,
    brokers: Mapping[str, Broker],
    broken: set[str | None],
    campaign: Campaign,
    problems: Problems,
) -> None:
    for slug in campaign.letters.kit:
        file = f"{FOLDER}/{slug}.toml"
        broker = brokers.get(slug)
        if broker is None and file not in broken:
            problems.add(
                f"kit: there is no company {quoted(slug)}.",
                did_you_mean(slug, brokers) or f"Add {FOLDER}/…, or take it out.",
                campaign.file,
                campaign.letters.line,
            )
        elif broker is not None and not broker.gets(REQUESTS[0]):
            problems.add(
                f"kit: {quoted(slug)} gets no {REQUESTS[0]} letter.",
                f"Take it out of the kit, or give {file} a [post] and {quoted(REQUESTS[0])} in "
                "requests.",
                campaign.file,
                campaign.letters.line,
            )


def _states_of(regions: Mapping[str, Region]) -> tuple[str, ...]:
    """Return the states in which the project's regions lie."""
    found = (state_of_fips(region.fips) for region in regions.values() if region.fips)
    return tuple(dict.fromkeys(state for state in found if state))


def _check_states(broker: Broker, states: tuple[str, ...], problems: Problems) -> None:
    if broker.requests and not set(broker.states) & set(states):
        named = listed(broker.states) or "no state"
        problems.add(
            f"states: no region's law applies: the requests rest on the law of {named}, and the "
            f"project's regions lie in {listed(states)}.",
            f"Write a state of a region, such as {quoted(states[0])}, or requests = [].",
            broker.file,
            broker.states_line,
        )


def _check_days(broker: Broker, as_of: date, problems: Problems) -> None:
    """Tell of the latest day that is still to come, which may be a slip, or as_of is too early."""
    what, day, line = max(_days_of(broker), key=lambda one: one[1], default=("", as_of, 0))
    if day > as_of:
        problems.add(
            f"{what}: {day.isoformat()} is after {as_of.isoformat()}, the day at which facts are "
            "judged.",
            "Correct the day; or look the campaign's facts up again, and set as_of to today.",
            broker.file,
            line,
        )


def _days_of(broker: Broker) -> Iterator[tuple[str, date, int]]:
    """Yield each day that a company's file gives for when something was known: what, day, line."""
    for channel in broker.channels:
        yield f"[{channel.kind}] as_of", channel.as_of, channel.line
        yield from _confirmed(channel)
    if broker.registration is not None:
        yield "[registry] as_of", broker.registration.as_of, broker.registration.line


def _confirmed(channel: Channel) -> Iterator[tuple[str, date, int]]:
    if channel.confirmed is not None:
        yield f"[{channel.kind}.confirmed] on", channel.confirmed.on, channel.line
