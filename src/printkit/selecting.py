"""What was asked for by name, as a selection of the orders; every wrong name told at once."""

from collections.abc import Collection, Iterable

from printkit.errors import Problem, Problems, UserError, did_you_mean, quoted
from printkit.jobs import Selection
from printkit.pieces import EDITION_NAMES, MANY_LANGUAGES
from printkit.project import Project
from printkit.regions import find_region


def selection_for(
    project: Project,
    *,
    regions: Iterable[str] = (),
    languages: Iterable[str] = (),
    pieces: Iterable[str] = (),
    editions: Iterable[str] = (),
) -> Selection:
    """Return the selection that some names mean; no name of a kind means all of it."""
    problems = Problems()
    known = (*project.campaign.languages, MANY_LANGUAGES)
    selection = Selection(
        regions=_regions(project, regions, problems),
        languages=_named("a language", languages, known, problems),
        pieces=_named("a piece", pieces, project.pieces, problems),
        editions=_named("an edition", editions, EDITION_NAMES, problems),
    )
    problems.raise_if_any()
    return selection


def refuse_unordered(project: Project, selection: Selection) -> None:
    """Raise UserError where no order asks for anything that is selected."""
    asked = selection.editions or frozenset(EDITION_NAMES)
    if not any(
        selection.takes(order) and asked.intersection(project.pieces[order.piece].editions)
        for order in project.orders
    ):
        raise UserError(
            Problem(
                what="No order asks for that.",
                fix="Look into regions/orders.csv, or name less at once.",
            )
        )


def _regions(project: Project, words: Iterable[str], problems: Problems) -> frozenset[str]:
    slugs = set()
    for word in words:
        try:
            slugs.add(find_region(project.regions, word).slug)
        except UserError as error:
            for problem in error.problems:
                problems.add(f"--region: {problem.what}", problem.fix)
    return frozenset(slugs)


def _named(
    noun: str, words: Iterable[str], known: Collection[str], problems: Problems
) -> frozenset[str]:
    option, asked = noun.split()[-1], frozenset(words)
    for word in sorted(asked):
        if word not in known:
            problems.add(
                f"--{option}: {quoted(word)} is not {noun} of this project.",
                did_you_mean(word, known),
            )
    return asked
