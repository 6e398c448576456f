"""What the campaign's own data says of itself: placeholders, and facts that have grown old."""

from datetime import timedelta

from printkit.campaign import Campaign
from printkit.findings import Finding, Rule, Severity, finding

FACT_AGE = timedelta(days=180)

PLACEHOLDER = Rule(
    code="landing-placeholder",
    severity=Severity.WARN,
    rule="The campaign's own address is its own.",
    because="example.org belongs to nobody who can help a reader (RFC 2606). A build warns of it; "
    "a release refuses it.",
)
OLD_FACT = Rule(
    code="fact-old",
    severity=Severity.WARN,
    rule="Each fact was checked within 180 days of the campaign's as_of.",
    because="Phone numbers, addresses and deadlines change, and a sheet outlives them.",
)
RULES = (PLACEHOLDER, OLD_FACT)


def landing_is_chosen(campaign: Campaign) -> list[Finding]:
    """Return a warning while the landing address is a placeholder."""
    if not campaign.landing_is_placeholder:
        return []
    return [
        finding(
            PLACEHOLDER,
            f"The landing address is {campaign.landing_url}, a placeholder.",
            "Put your campaign's own address into landing_url.",
            file=campaign.file,
            line=campaign.landing_line,
        )
    ]


def facts_are_fresh(campaign: Campaign) -> list[Finding]:
    """Return a warning for each fact that was last checked too long ago."""
    return [
        finding(
            OLD_FACT,
            f"The fact {fact.name} was last checked on {fact.checked.isoformat()}.",
            f"Check it against its source ({fact.source}), and correct the date.",
            file=campaign.file,
            line=fact.line,
        )
        for fact in campaign.facts.values()
        if campaign.as_of - fact.checked > FACT_AGE
    ]


def check_data(campaign: Campaign) -> list[Finding]:
    """Return all that these checks find."""
    return [*landing_is_chosen(campaign), *facts_are_fresh(campaign)]
