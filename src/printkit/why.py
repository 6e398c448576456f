"""Why a sheet was made anew, and whether it would be now: its parts then, before and now."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from printkit.changes import NOTHING, change_between
from printkit.errors import Problem, UserError, quoted
from printkit.jobs import Selection
from printkit.kept import Sheet, Sheets
from printkit.keys import sheet_key, tool_digest
from printkit.laid import Shop, key_of
from printkit.languages import LANGUAGES
from printkit.parts import target_parts
from printkit.pressing import jobs_of
from printkit.project import Project

_TOOLS = "printkit, or something that it is built on, is another"


def sheets_named(sheets: Sheets, name: str) -> list[tuple[str, Sheet]]:
    """Return the sheets that a file's name or the code at a foot means, with their keys.

    Raises UserError where there is none.
    """
    file = PurePosixPath(name.replace("\\", "/")).name
    found = [
        (key, sheet)
        for key, sheet in sheets.items()
        if name.strip().upper() == sheet.made.code
        or file in (PurePosixPath(sheet.path).name, sheet.made.file)
    ]
    if not found:
        problem = Problem(
            what=f"No sheet that was built here goes by {quoted(name)}.",
            fix="Name its file as it lies in the build, or the six letters at its foot; or build"
            " first.",
        )
        raise UserError(problem)
    return found


def reasons(project: Project, shop: Shop, key: str, sheet: Sheet) -> Iterator[str]:
    """Yield in a few lines what a sheet is, why it was made, and what is to be said of it now."""
    made = sheet.made
    language = LANGUAGES.get(made.language)
    region = project.regions.get(sheet.region or "")
    spoken = f"{language.english} ({made.language})" if language else made.language
    where = region.full_name if region else sheet.region or "the same for all regions"
    yield f"{made.piece}, {spoken}, {made.edition}, {where}: {made.code}"
    yield f"When it was last made: {_then(project, sheet)}."
    yield f"Now: {_now(project, shop, key, sheet)}."


def _then(project: Project, sheet: Sheet) -> str:
    if sheet.before is None:
        return "no earlier one was known here"
    version = project.campaign.version
    change = change_between(sheet.before, sheet.made.parts, versions=(version, version))
    if change.words == NOTHING or "version" in change.words:
        return "its text and design were as before; " + _TOOLS.replace(" is ", " was ")
    return f"{change.words} had changed"


def _now(project: Project, shop: Shop, key: str, sheet: Sheet) -> str:
    """Return whether a sheet is as it would be made, and what would make it another."""
    made = sheet.made
    wanted = Selection(
        languages=frozenset({made.language}),
        pieces=frozenset({made.piece}),
        editions=frozenset({made.edition}),
    )
    for job in jobs_of(project, wanted) if made.piece in project.pieces else ():
        for target in job.targets:
            if target.region != sheet.region:
                continue
            if sheet_key(key_of(job, shop), job, target) == key:
                return "it is as it would be made"
            texts = [job.text_pages[text.page].html for text in target.texts]
            version = shop.version
            told = {"label": target.label, "landing": target.landing_url, "version": version}
            parts = target_parts(job.parts, texts, **told)
            known = {name: part for name, part in made.parts.items() if name != "press"}
            change = change_between(known, parts, versions=(version, version))
            if change.words != NOTHING and "version" not in change.words:
                return f"it would be made anew: {change.words} has changed"
            if sheet.tools != tool_digest():
                return f"it would be made anew: {_TOOLS}"
            return "it would be made anew: what is known or asked of it has changed, not its looks"
    return "nobody orders it any more"
