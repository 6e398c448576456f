"""Sign-offs made and withdrawn: only what has no FAIL, nothing fuzzy, nothing left out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from printkit.checks.catalog import check_catalog
from printkit.checks.glyphs import catalog_glyphs
from printkit.checks.terms import Term, load_terms
from printkit.compose import printed_facts
from printkit.errors import Problem, Problems, UserError, did_you_mean, quoted
from printkit.findings import Finding, Severity
from printkit.languages import LANGUAGES
from printkit.phrases import FUZZY
from printkit.project import Project
from printkit.signoffs import FILE, LEGAL, Signoff, digests_of, handle_fault

AHEAD = timedelta(days=1)
"""How far a reader's day may be ahead of the clock: somewhere on earth it is tomorrow."""


def signed(
    project: Project, language: str, *, reviewer: str, day: date, today: date
) -> Mapping[str, Signoff]:
    """Return the approvals with a language's words of now among them, or raise what is against it.

    A second approval takes the place of the first.
    """
    _refuse_unknown(project, language)
    problems = Problems()
    fault = handle_fault(reviewer)
    if fault is not None:
        problems.add(f"--reviewer: {fault}", "Write a handle, such as maria-reads.")
    if day > today + AHEAD:
        problems.add(
            f"--date: {day.isoformat()} is still to come.", "Write the day of the reading."
        )
    for found in catalog_findings(project, language):
        if found.severity is Severity.FAIL or found.code == FUZZY.code:
            problems.add(found.what, found.fix, found.file, found.line)
    digests = digests_of(language, project.pot, project.catalogs.get(language))
    if not digests:
        problems.add(
            f"There is no message to sign off as {language}.",
            "Write the template of all catalogs first: printkit po extract.",
        )
    problems.raise_if_any()
    signoff = Signoff(
        language=language,
        reviewer=reviewer,
        date=day,
        messages={key: digest for key, digest in digests.items() if digest is not None},
    )
    return {**project.signoffs, language: signoff}


def withdrawn(project: Project, language: str) -> Mapping[str, Signoff]:
    """Return the approvals without a language's, or raise if it has none."""
    if language not in project.signoffs:
        raise UserError(
            Problem(
                what=f"Nobody has signed off {quoted(language)}, so there is nothing to withdraw.",
                fix=did_you_mean(language, project.signoffs),
                file=FILE,
            )
        )
    return {tag: one for tag, one in project.signoffs.items() if tag != language}


def catalog_findings(project: Project, language: str) -> list[Finding]:
    """Return what is wrong with a language's catalog; English and the law have none."""
    catalog = project.catalogs.get(language)
    if catalog is None or project.pot is None:
        return []
    facts = printed_facts(project.campaign)
    return [
        *check_catalog(catalog, project.pot, LANGUAGES[language], facts, _glossary(project)),
        *(replace(one, language=language) for one in catalog_glyphs(catalog, project.fonts)),
    ]


def _glossary(project: Project) -> tuple[Term, ...]:
    problems = Problems()
    path = project.root / "po" / "glossary.csv"
    found = load_terms(path, root=project.root, problems=problems)
    problems.raise_if_any()
    return found


def _refuse_unknown(project: Project, language: str) -> None:
    known = (*project.campaign.languages, LEGAL)
    if language not in known:
        raise UserError(
            Problem(
                what=f"{quoted(language)} is not a language of this project.",
                fix=did_you_mean(language, known),
            )
        )
