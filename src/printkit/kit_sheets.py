"""A kit of letters laid out and judged once in a language, to be filled in for many people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from printkit.checks.glyphs import catalog_glyphs
from printkit.compose import languages_spoken
from printkit.editions import EDITIONS
from printkit.errors import Problem, Problems, UserError, did_you_mean, quoted
from printkit.findings import Finding
from printkit.fitting import fitted_sheet
from printkit.impose import imposed, imposition_for
from printkit.jobs import Job, Selection, jobs_for
from printkit.pieces import Piece
from printkit.places import Place
from printkit.press import Shop, press
from printkit.project import Project
from printkit.regions import Order
from printkit.stamp.typed import Fillable, fillable
from printkit.stamp.wide import wide_face
from printkit.typeset import FieldPlace

ON_PAPER = ("copier", "press")
"""The editions that can be filled in beforehand; on screen the reader types."""
REQUEST = "opt-out"
"""What the letters of a kit ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitSheet:
    """A language's kit, unless a FAIL withholds it."""

    language: str
    draft: bool
    findings: tuple[Finding, ...]
    sheet: Fillable | None


def kit_for(project: Project, companies: tuple[str, ...], edition: str) -> Piece:
    """Return the project's kit, with other companies where some are named; or UserError."""
    kit = next((piece for piece in project.pieces.values() if piece.company_pages), None)
    if kit is None:
        fix = "Put it into letters/, with company_pages in its piece.toml."
        raise UserError(Problem(what="This project has no kit of letters.", fix=fix))
    problems = Problems()
    made = [name for name in ON_PAPER if name in kit.editions]
    if edition not in made:
        what = f"--edition: {quoted(edition)} can't be filled in beforehand."
        problems.add(what, did_you_mean(edition, made))
    mailed = [slug for slug, broker in project.brokers.items() if broker.gets(REQUEST)]
    for slug in companies:
        if slug not in mailed:
            what = f"--companies: no letter goes to {quoted(slug)}."
            problems.add(what, did_you_mean(slug, mailed))
    problems.raise_if_any()
    chosen = tuple(dict.fromkeys(companies)) or kit.companies
    more = kit.company_pages * (len(chosen) - len(kit.companies))
    return replace(kit, companies=chosen, pages=kit.pages + more)


def ordered(project: Project, kit: Piece, languages: Iterable[str], edition: str) -> Project:
    """Return the project as if a kit were all that is ordered, in some languages."""
    region = next(iter(project.regions))
    orders = tuple(
        Order(region=region, language=tag, piece=kit.slug, copies=1, line=0) for tag in languages
    )
    pieces = {kit.slug: replace(kit, editions=(edition,))}
    return replace(project, pieces=pieces, orders=orders)


def kit_jobs(project: Project) -> list[Job]:
    """Return the jobs of a project in which nothing but a kit is ordered."""
    css = {name: EDITIONS[name].css for name in ON_PAPER}
    return [
        replace(job, findings=(*job.findings, *_missing_glyphs(project, job)))
        for job in jobs_for(project, Selection(), page_css=css)
    ]


def lay_out(job: Job, shop: Shop) -> KitSheet:
    """Press a kit as for an order, judge it, and make it ready to be filled in."""
    made = press(job, shop)[0]
    if made.file is None:
        sheet = None
    else:
        # Pressing tells where nothing stands: a second layout does, and writes no PDF.
        layout, _ = fitted_sheet(job, shop.profiles, write=False)
        sheet = fillable(
            (shop.store / made.file).read_bytes(),
            _on_sheets(job, layout.fields),
            space=EDITIONS[job.edition].space,
            face=wide_face(shop.fonts),
        )
    return KitSheet(language=job.language, draft=made.draft, findings=made.findings, sheet=sheet)


def _on_sheets(job: Job, fields: Iterable[FieldPlace]) -> Iterator[tuple[FieldPlace, Place]]:
    """Yield fields with their places on the edition's sheets, once for each copy there."""
    for one in fields:
        if EDITIONS[job.edition].imposes:
            for place in imposed(imposition_for(job.piece.trim), one.place):
                yield one, place
        else:
            yield one, one.place


def _missing_glyphs(project: Project, job: Job) -> list[Finding]:
    catalogs = [project.catalogs.get(tag) for tag in sorted(languages_spoken(job.html))]
    return [found for one in catalogs if one for found in catalog_glyphs(one, project.fonts)]
