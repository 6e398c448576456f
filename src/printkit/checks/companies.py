"""The addresses of the companies that ordered letters go to: confirmed, and not grown old."""

from collections.abc import Collection, Sequence

from printkit.brokers import Broker
from printkit.companies import Doubt, doubts_of
from printkit.findings import Finding, Rule, Severity, finding
from printkit.project import Project

UNCONFIRMED = Rule(
    code="address-unconfirmed",
    severity=Severity.WARN,
    rule="Somebody asked the company whether an address graded B or B+ takes requests.",
    because="A registered or an older address need not be the one where requests are read, and a "
    "letter to a wrong one starts no deadline. A build warns; a release refuses.",
)
OLD = Rule(
    code="address-old",
    severity=Severity.WARN,
    rule="What a letter says of its company was looked up within address_days of as_of.",
    because="Companies move and change their numbers, and a letter that comes back has cost its "
    "sender a stamp and weeks. A build warns; a release refuses.",
)
RULES = (UNCONFIRMED, OLD)


def companies_ordered(project: Project, pieces: Collection[str] = ()) -> tuple[Broker, ...]:
    """Return the companies to which ordered letters go; no pieces named means all of them."""
    ordered = {order.piece for order in project.orders if not pieces or order.piece in pieces}
    slugs = {slug for name in ordered for slug in project.pieces[name].companies}
    return tuple(broker for slug, broker in project.brokers.items() if slug in slugs)


def check_companies(project: Project, pieces: Collection[str] = ()) -> list[Finding]:
    """Return what is to be verified before ordered letters go out, once for each company."""
    campaign = project.campaign
    return [
        found
        for broker in companies_ordered(project, pieces)
        for found in _findings(
            doubts_of(broker, day=campaign.as_of, most_days=campaign.letters.address_days),
            campaign.letters.address_days,
        )
    ]


def _findings(doubts: Sequence[Doubt], most_days: int) -> list[Finding]:
    """Return one finding for an address to be confirmed, and one for all that has grown old."""
    found = [
        finding(
            UNCONFIRMED,
            f"{doubt.name}: the {doubt.what} of {doubt.checked.isoformat()} is graded "
            f"{doubt.grade}, and nobody has confirmed it.",
            "Ask the company, then add [post.confirmed] with by, on and how.",
            file=doubt.file,
            line=doubt.line,
        )
        for doubt in doubts
        if doubt.unconfirmed
    ]
    old = [doubt for doubt in doubts if not doubt.unconfirmed]
    if old:
        told = ", ".join(f"{doubt.what} ({doubt.checked.isoformat()})" for doubt in old)
        found.append(
            finding(
                OLD,
                f"{old[0].name}: last looked up more than {most_days} days ago: {told}.",
                "Look it up again, and correct its lines, source and as_of.",
                file=old[0].file,
                line=old[0].line,
            )
        )
    return found
