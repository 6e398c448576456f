"""How each company stands: grades, ages, what it can be sent, and what to verify, oldest first."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from printkit.brokers import CHANNELS, Broker
from printkit.channels import Channel
from printkit.companies import Doubt, doubts_of
from printkit.pieces import REQUESTS
from printkit.project import Project

WIDTH = 100
"""Of a line, in letters."""
HEADS = ("company", "DROP", *CHANNELS, "claim", "requests")
LEGEND = (
    "DROP: whether it reaches the company, and how many days ago the registry was read.",
    "post, web, email, phone: the grade, and how many days ago it was looked up; * is confirmed.",
    "claim: how many days old the oldest one is. - is what is not known or not there.",
)


def to_verify(project: Project) -> tuple[Doubt, ...]:
    """Return what is to be verified again of the companies that get requests, the oldest first."""
    campaign = project.campaign
    found = [
        doubt
        for broker in project.brokers.values()
        for doubt in _doubts(broker, campaign.as_of, campaign.letters.address_days)
    ]
    return tuple(sorted(found, key=lambda doubt: (-doubt.age, doubt.company)))


def _doubts(broker: Broker, day: date, most_days: int) -> Iterator[Doubt]:
    if broker.requests:  # of the others nothing is printed that could lead to them
        yield from doubts_of(broker, day=day, most_days=most_days)
    registered = broker.registration
    if registered is not None and (day - registered.as_of).days > most_days:
        yield Doubt(
            company=broker.slug,
            name=broker.name,
            kind="registry",
            what="entry in the state's registry",
            grade="",
            checked=registered.as_of,
            age=(day - registered.as_of).days,
            unconfirmed=False,
            file=broker.file,
            line=registered.line,
        )


def as_lines(project: Project) -> list[str]:
    """Return the standing as lines for a terminal: a table, what to verify, and what to do next."""
    day = project.campaign.as_of
    table = [HEADS, *(_cells(broker, day) for broker in project.brokers.values())]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [_row(cells, widths) for cells in table]
    doubts = to_verify(project)
    if doubts:
        lines += ["", f"To verify again, as of {day.isoformat()}, oldest first, age in days:"]
        lines += _doubt_lines(doubts)
    return [*lines, "", *LEGEND, "", *_closing(doubts, day)]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _cells(broker: Broker, day: date) -> tuple[str, ...]:
    ways = (getattr(broker, kind) for kind in CHANNELS)
    return (
        _cut(broker.slug, 28),
        _drop(broker, day),
        *(_way(way, day) for way in ways),
        str(max((_claim_age(claim.date, day) for claim in broker.claims), default="-")),
        "all four" if broker.requests == REQUESTS else ", ".join(broker.requests) or "none",
    )


def _drop(broker: Broker, day: date) -> str:
    if broker.registration is None:
        return "yes" if broker.drop_reaches else "no"
    return f"yes {(day - broker.registration.as_of).days}"


def _way(way: Channel | None, day: date) -> str:
    if way is None:
        return "-"
    return f"{way.grade}{'*' if way.confirmed else ''} {way.age(day)}"


def _claim_age(told: str, day: date) -> int:
    """Return a claim's age in days, from the first day that a month or a year can mean."""
    return (day - date.fromisoformat((told + "-01-01")[:10])).days


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _doubt_lines(doubts: Sequence[Doubt]) -> Iterator[str]:
    """Yield a line for each company: the oldest's age, what to confirm, and what to look up."""
    for company in dict.fromkeys(doubt.company for doubt in doubts):
        mine = [doubt for doubt in doubts if doubt.company == company]
        asked = [f"confirm {one.kind} ({one.grade})" for one in mine if one.unconfirmed]
        old = ", ".join(one.kind for one in mine if not one.unconfirmed)
        todo = "; ".join([*asked, *([f"look up {old}"] if old else [])])
        yield _cut(f"{mine[0].age:>7}  {_cut(company, 28)}: {todo}", WIDTH)


def _closing(doubts: Sequence[Doubt], day: date) -> list[str]:
    """Return what to do next, in a line or two."""
    if not doubts:
        return [f"Nothing is to be verified again on {day.isoformat()}."]
    first = doubts[0]
    place = f"{first.file}:{first.line}"
    if first.unconfirmed:
        return [
            f"Next: ask {_cut(first.name, 40)} whether the {first.what} takes requests.",
            f"Then add [post.confirmed] with by, on and how at {place}.",
        ]
    return [
        f"Next: look up the {first.what} of {_cut(first.name, 40)} again.",
        f"Then correct it, its source and its as_of at {place}.",
    ]


def as_json(project: Project) -> dict[str, Any]:
    """Return the standing for machines: every fact with its day, its source and its age in days."""
    day = project.campaign.as_of
    return {
        "as_of": day.isoformat(),
        "companies": [_company(broker, day) for broker in project.brokers.values()],
        "to_verify": [
            {
                "company": doubt.company,
                "what": doubt.what,
                "grade": doubt.grade,
                "checked": doubt.checked.isoformat(),
                "age_days": doubt.age,
                "confirm": doubt.unconfirmed,
                "file": doubt.file,
                "line": doubt.line,
            }
            for doubt in to_verify(project)
        ],
    }


def _company(broker: Broker, day: date) -> dict[str, Any]:
    return {
        "company": broker.slug,
        "name": broker.name,
        "file": broker.file,
        "drop_reaches": broker.drop_reaches,
        "registry": _registry(broker, day),
        "channels": {way.kind: _channel(way, day) for way in broker.channels},
        "claims": list(_claims(broker, day)),
        "requests": list(broker.requests),
        "letters": [request for request in broker.requests if broker.gets(request)],
    }


def _registry(broker: Broker, day: date) -> dict[str, Any] | None:
    found = broker.registration
    if found is None:
        return None
    return {
        "name": found.name,
        "as_of": found.as_of.isoformat(),
        "age_days": (day - found.as_of).days,
        "source": found.source,
        "federal": found.federal,
        "law_enforcement": found.law_enforcement,
    }


def _channel(way: Channel, day: date) -> dict[str, Any]:
    return {
        "lines": list(way.lines),
        "grade": way.grade,
        "as_of": way.as_of.isoformat(),
        "confirmed": way.confirmed.on.isoformat() if way.confirmed else None,
        "age_days": way.age(day),
        "source": way.source,
    }


def _claims(broker: Broker, day: date) -> Iterable[dict[str, Any]]:
    for claim in broker.claims:
        yield {"date": claim.date, "age_days": _claim_age(claim.date, day), "url": claim.url}
