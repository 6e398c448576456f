"""The translators' commands: each parses, calls, and lets report speak."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from printkit.errors import Problem, Problems, UserError
from printkit.options import (
    Jobs,
    ProjectFolder,
    day_named,
    folder_named,
    loaded_project,
    root_named,
    today,
)

if TYPE_CHECKING:
    from printkit.po.status import Tightness
    from printkit.project import Project

# Commands import what they need themselves, so that help and mistakes cost no time.

po_app = typer.Typer(
    help="Catalogs: their template and their updates.", no_args_is_help=True, rich_markup_mode=None
)


@po_app.command("extract")
def po_extract(project: ProjectFolder = None) -> None:
    """Write po/campaign.pot from the templates and the companies' files."""
    from printkit import report
    from printkit.campaign import load_campaign
    from printkit.po.gather import extract_pot
    from printkit.room_notes import english_notes

    root = root_named(project)
    problems = Problems()
    campaign = load_campaign(root, problems=problems)
    problems.raise_if_any()
    assert campaign is not None  # a campaign that can't be read is a problem
    changed = extract_pot(root, campaign, lambda: english_notes(loaded_project(root, None)))
    words = "written" if changed else "unchanged"
    report.out().print(f"po/campaign.pot: {words}.")


@po_app.command("update")
def po_update(project: ProjectFolder = None) -> None:
    """Bring every catalog up to the template; what a translator wrote stays as it is."""
    from printkit import report
    from printkit.po.gather import update_catalogs

    root = root_named(project)
    for file, changed in update_catalogs(root):
        report.out().print(f"{file}: {'updated' if changed else 'unchanged'}.")


@po_app.command("legal")
def po_legal(project: ProjectFolder = None) -> None:
    """Write docs/legal-review.md: each sentence of law with its sources, for a lawyer."""
    from printkit import report
    from printkit.placing import write_whole
    from printkit.po.legal import FILE, legal_review

    root = root_named(project)
    page = legal_review(loaded_project(root, None))
    write_whole(root / FILE, page.encode())
    report.out().print(f"{FILE}: written.")


@po_app.command("new")
def po_new(
    tag: Annotated[str, typer.Argument(help="The language's tag, such as so or zh-Hant.")],
    autonym: Annotated[str | None, typer.Option(help="The language's name for itself.")] = None,
    english: Annotated[str | None, typer.Option(help="Its English name.")] = None,
    script: Annotated[str | None, typer.Option(help="Its script's code, such as Latn.")] = None,
    direction: Annotated[str | None, typer.Option(help="ltr or rtl.")] = None,
    font: Annotated[str | None, typer.Option(help="A font of fonts/ to set it in.")] = None,
    plural: Annotated[str | None, typer.Option(help="Its gettext Plural-Forms.")] = None,
    project: ProjectFolder = None,
) -> None:
    """Begin a language: its catalog, and its row where printkit's table has none."""
    from printkit import report
    from printkit.po.gather import begin_language
    from printkit.po.start import Given

    given = Given(
        autonym=autonym,
        english=english,
        script=script,
        direction=direction,
        font=font,
        plural_forms=plural,
    )
    for line in begin_language(root_named(project), tag, given):
        report.out().print(line)


@po_app.command("signoff")
def po_signoff(
    signer: Annotated[
        str, typer.Argument(metavar="LANG", help='A language such as es, or "legal".')
    ],
    reviewer: Annotated[
        str | None, typer.Option("--reviewer", help="The reader's handle; it is never printed.")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", help="The day of the reading, if it is not today.")
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take the language's sign-off back.")
    ] = False,
    project: ProjectFolder = None,
) -> None:
    """Record that a reader approves a language's words, exactly as they are now."""
    from printkit import report
    from printkit.placing import write_whole
    from printkit.po.signing import signed, withdrawn
    from printkit.signoffs import FILE, signoffs_text

    loaded = loaded_project(project, None)
    if withdraw:
        signoffs = withdrawn(loaded, signer)
        told = f"{FILE}: the sign-off of {signer} is withdrawn."
    elif reviewer is None:
        what = "A sign-off names who has read the words."
        raise UserError(Problem(what=what, fix="Add --reviewer and a handle."))
    else:
        now = today()
        day = day_named(date, "--date") or now
        signoffs = signed(loaded, signer, reviewer=reviewer, day=day, today=now)
        count = len(signoffs[signer].messages)
        told = f"{FILE}: {signer} is signed off, {count} messages, by {reviewer}."
    write_whole(loaded.root / FILE, signoffs_text(signoffs).encode())
    report.out().print(told)


class StatusFormat(StrEnum):
    """How the languages' standing is told."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def _measured(project: "Project", jobs: int, *, quiet: bool) -> dict[str, "Tightness"]:
    """Lay every sheet out, and return how the languages fit."""
    from printkit import report
    from printkit.executors import default_workers
    from printkit.fit import check_fit
    from printkit.fit_words import tightest_of
    from printkit.po.status import Tightness

    with report.progress_bars(quiet=quiet) as progress:
        fitness = check_fit(project, (), workers=jobs or default_workers(), progress=progress)
    return {
        language: Tightness(over=over, tightest=lines)
        for language, (over, lines) in tightest_of(fitness).items()
    }


@po_app.command("status")
def po_status(
    format: Annotated[
        StatusFormat, typer.Option("--format", help="text, json, or html for a page.")
    ] = StatusFormat.TEXT,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The file to write, if not the terminal.")
    ] = None,
    fit: Annotated[
        bool, typer.Option("--fit", help="Lay every sheet out, and tell the tightest places.")
    ] = False,
    jobs: Jobs = 0,
    project: ProjectFolder = None,
) -> None:
    """Tell how each language stands: translated, findings, fit, signed off or changed since."""
    from printkit import report
    from printkit.placing import write_whole
    from printkit.po.status import as_json, as_lines, standings
    from printkit.po.status_page import status_page

    loaded = loaded_project(project, None)
    found = standings(loaded, _measured(loaded, jobs, quiet=out is None) if fit else None)
    if format is StatusFormat.JSON:
        text = json.dumps({"languages": as_json(found)}, ensure_ascii=False, indent=1) + "\n"
    elif format is StatusFormat.HTML:
        text = status_page(found, campaign=loaded.campaign.name)
    else:
        text = "\n".join(as_lines(found)) + "\n"
    if out is None:
        report.out().print(text, end="")
        return
    place = folder_named(out)
    assert place is not None  # it was named
    place.parent.mkdir(parents=True, exist_ok=True)
    write_whole(place, text.encode())
    report.files([place], root=loaded.root)
