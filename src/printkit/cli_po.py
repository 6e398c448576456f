"""The translators' commands: each parses, calls, and lets report speak."""

import typer

from printkit.errors import Problems
from printkit.options import ProjectFolder, root_named

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

    root = root_named(project)
    problems = Problems()
    campaign = load_campaign(root, problems=problems)
    problems.raise_if_any()
    assert campaign is not None  # a campaign that can't be read is a problem
    changed = extract_pot(root, campaign)
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
