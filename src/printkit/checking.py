"""Everything that can be judged without making a sheet, and the table of all rules."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from printkit import planning
from printkit.checks import catalog, companies, data, glyphs, terms
from printkit.compose import printed_facts
from printkit.editions import EDITIONS
from printkit.errors import Problems
from printkit.findings import Finding, Rule
from printkit.jobs import Selection, jobs_for
from printkit.languages import LANGUAGES
from printkit.project import Project
from printkit.regions import load_speakers
from printkit.rules import all_rules

RULES: Mapping[str, Rule] = all_rules()
"""Every rule by its code, as `printkit explain` prints it."""


def check_project(project: Project, languages: Collection[str]) -> list[Finding]:
    """Return what data, catalogs and templates show; no languages given means all of them."""
    _read_planning(project)
    wanted = [tag for tag in project.catalogs if not languages or tag in languages]
    facts = printed_facts(project.campaign)
    found = [*data.check_data(project.campaign), *companies.check_companies(project)]
    glossary = _glossary(project)
    for tag in wanted:
        read = project.catalogs[tag]
        if project.pot is not None:
            found += catalog.check_catalog(read, project.pot, LANGUAGES[tag], facts, glossary)
        found += glyphs.catalog_glyphs(read, project.fonts)
    found += _composed(project, languages)
    return _once(found)


def _once(found: Iterable[Finding]) -> list[Finding]:
    """Return findings without those that only say again, with less, what one before them says."""
    first: dict[Finding, Finding] = {}
    for one in found:
        first.setdefault(replace(one, msgid=None, stands=None), one)
    return list(first.values())


def _glossary(project: Project) -> tuple[terms.Term, ...]:
    problems = Problems()
    found = terms.load_terms(
        project.root / "po" / "glossary.csv", root=project.root, problems=problems
    )
    problems.raise_if_any()
    return found


def _read_planning(project: Project) -> None:
    """Read what orders are planned by, or raise UserError with every problem in it."""
    planning.load_rates(project.campaign.planning)
    problems = Problems()
    speakers = project.root / "regions" / "speakers.csv"
    if speakers.exists():
        load_speakers(speakers, root=project.root, problems=problems, regions=project.regions)
    problems.raise_if_any()


def _composed(project: Project, languages: Collection[str]) -> list[Finding]:
    """Compose every sheet once, so that templates and catalogs meet."""
    css = {name: edition.css for name, edition in EDITIONS.items()}
    found: list[Finding] = []
    for slug, piece in project.pieces.items():
        selection = Selection(
            languages=frozenset(languages),
            pieces=frozenset({slug}),
            editions=frozenset(piece.editions[:1]),  # the words are the same in all of them
        )
        for job in jobs_for(project, selection, page_css=css):
            found += job.findings
    return found
