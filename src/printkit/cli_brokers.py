"""The commands about companies: each parses, calls, and lets report speak."""

import typer

from printkit.options import AsOf, Format, Formatted, ProjectFolder, loaded_project

# Commands import what they need themselves, so that help and mistakes cost no time.

brokers_app = typer.Typer(
    help="Companies: what is known of each, and how old it is.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@brokers_app.callback()
def _brokers() -> None:
    """Companies: what is known of each, and how old it is."""


@brokers_app.command("status")
def brokers_status(
    format: Formatted = Format.TEXT,
    project: ProjectFolder = None,
    as_of: AsOf = None,
) -> None:
    """Tell how each company stands: grades, ages, DROP, requests, and what to verify again."""
    from printkit import report
    from printkit.company_status import as_json, as_lines

    with report.told_as_json(format is Format.JSON):
        loaded = loaded_project(project, as_of)
    if format is Format.JSON:
        report.print_json(as_json(loaded))
    else:
        report.lines(as_lines(loaded))
