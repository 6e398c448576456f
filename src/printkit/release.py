"""What may be released: signed-off languages of a campaign of its own, and every reason why not."""

from dataclasses import replace
from datetime import date, timedelta

from printkit.checks.companies import check_companies
from printkit.errors import Problems, quoted
from printkit.findings import Rule, Severity, finding
from printkit.jobs import Job, Selection
from printkit.pieces import MANY_LANGUAGES
from printkit.po.gather import not_extracted
from printkit.project import SOURCE, Project
from printkit.signoffs import FILE, LEGAL

OLDEST = timedelta(days=30)
"""A release's facts were checked no longer ago than this."""
AHEAD = timedelta(days=1)
"""How far as_of may be ahead of the clock: somewhere on earth it is tomorrow."""
MOST_NAMED = 5
"""Messages that a refusal names; `printkit po status` names them all."""

DRAFT = Rule(
    code="release-draft",
    severity=Severity.FAIL,
    rule="A release holds no sheet of which any language is a draft.",
    because="A sheet's other side may be in a language that no native reader has signed off.",
)
RULES = (DRAFT,)


def released(project: Project, wanted: Selection, *, today: date) -> Selection:
    """Return what of a selection may be released, or raise UserError with every reason why not."""
    problems = Problems()
    _refuse_placeholder(project, problems)
    _refuse_old_facts(project, today, problems)
    _refuse_unread_law(project, problems)
    _refuse_unseen_texts(project, problems)
    for found in check_companies(project, wanted.pieces):
        problems.add(found.what, found.fix, found.file, found.line)
    signed = _signed_off(project)
    asked = wanted.languages or frozenset((*project.campaign.languages, MANY_LANGUAGES))
    if SOURCE in project.drafts or not asked & signed:
        drafts = [tag for tag in project.campaign.languages if tag in project.drafts]
        what = f"No native reader has signed off: {', '.join(drafts)}."
        problems.add(
            " ".join((what, *(words for tag in drafts if (words := stale_since(project, tag))))),
            "A release prints signed-off languages only, and English first: record each reader's "
            "approval here.",
            FILE,
        )
    problems.raise_if_any()
    return replace(wanted, languages=asked & signed)


def left_out(project: Project, wanted: Selection) -> tuple[str, ...]:
    """Return a line for each language that was signed off once and that a release leaves out."""
    tags = [tag for tag in project.campaign.languages if tag in project.drafts]
    asked = [tag for tag in tags if not wanted.languages or tag in wanted.languages]
    return tuple(words for tag in asked if (words := stale_since(project, tag)))


def stale_since(project: Project, tag: str) -> str:
    """Return which messages are others than those signed off; nothing if nobody signed any."""
    signoff, changed = project.signoffs.get(tag), project.unsigned(tag)
    if signoff is None or not changed:
        return ""
    named = ", ".join(quoted(msgid) for _, msgid in changed[:MOST_NAMED])
    more = f" and {len(changed) - MOST_NAMED} more" if len(changed) > MOST_NAMED else ""
    return f"{tag} was signed off on {signoff.date.isoformat()}; changed since: {named}{more}."


def without_drafts(job: Job) -> Job:
    """Return a job with a FAIL where its sheets would bear the word DRAFT."""
    if not job.draft:
        return job
    held = finding(
        DRAFT,
        "One of its languages is a draft.",
        "Let a native reader sign it off in po/signoffs.toml.",
        piece=job.piece.slug,
        language=job.language,
        edition=job.edition,
    )
    return replace(job, findings=(*job.findings, held))


def _signed_off(project: Project) -> frozenset[str]:
    """Return the languages that are no drafts; the sheet in all of them is one while any is."""
    tags = (*project.campaign.languages, MANY_LANGUAGES)
    return frozenset(tag for tag in tags if not project.is_draft(tag))


def refuse_unprintable(project: Project, problems: Problems) -> None:
    """Refuse a campaign whose codes lead nowhere, or whose legal sentences no lawyer has read."""
    _refuse_placeholder(project, problems)
    _refuse_unread_law(project, problems)


def _refuse_placeholder(project: Project, problems: Problems) -> None:
    campaign = project.campaign
    if campaign.landing_is_placeholder:
        problems.add(
            f"The landing address is {campaign.landing_url}, a placeholder.",
            "Put your campaign's own address into landing_url.",
            campaign.file,
            campaign.landing_line,
        )


def _refuse_unread_law(project: Project, problems: Problems) -> None:
    unread = project.unsigned(LEGAL)
    if unread:
        counted = f"{len(unread)}, {quoted(unread[0][1])} first"
        what = f"No lawyer has signed off the English legal sentences: {counted}."
        stale = stale_since(project, LEGAL)
        problems.add(
            f"{what} {stale}".rstrip(),
            "Let a lawyer read them, and record it: printkit po signoff legal --reviewer HANDLE.",
            FILE,
        )


def _refuse_unseen_texts(project: Project, problems: Problems) -> None:
    """Refuse texts that no reader can have read: sign-offs are judged over the POT."""
    unseen = not_extracted(project)
    if unseen:
        problems.add(
            f"Texts of the templates are not in the POT yet: {len(unseen)}, {quoted(unseen[0])} "
            "first.",
            "Run printkit po extract and printkit po update, and have them translated and read.",
            "po/campaign.pot",
        )


def _refuse_old_facts(project: Project, today: date, problems: Problems) -> None:
    as_of = project.campaign.as_of
    if today - as_of > OLDEST:
        what = f"as_of is {as_of.isoformat()}, more than {OLDEST.days} days ago."
    elif as_of - today > AHEAD:
        what = f"as_of is {as_of.isoformat()}, a day that is still to come."
    else:
        return
    problems.add(what, "Check the facts again, and set as_of to that day.", project.campaign.file)
