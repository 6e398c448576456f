"""The command for prefilled letters: parses, asks for a passphrase, calls, lets report speak."""

from pathlib import Path
from typing import Annotated

import typer

from printkit.errors import Problem, UserError
from printkit.options import AsOf, Jobs, Out, ProjectFolder, folder_named, loaded_project

# Commands import what they need themselves, so that help and mistakes cost no time.


def letters(
    people: Annotated[Path, typer.Option("--people", help="The people's file, a CSV table.")],
    language: Annotated[
        str, typer.Option("--language", "-l", help="For those whose row names none, such as es.")
    ] = "en",
    companies: Annotated[
        list[str] | None,
        typer.Option("--companies", help="In place of the kit's; a,b or repeated."),
    ] = None,
    edition: Annotated[str, typer.Option("--edition", "-e", help="copier or press.")] = "copier",
    out: Out = None,
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help="Protect each file with a passphrase (AES-256).")
    ] = False,
    passphrase_file: Annotated[
        Path | None,
        typer.Option("--passphrase-file", help="Whose first line is the passphrase; else asked."),
    ] = None,
    jobs: Jobs = 0,
    project: ProjectFolder = None,
    as_of: AsOf = None,
) -> None:
    """Fill in a kit of letters for each person of a table; nobody else can read them."""
    from printkit import report
    from printkit.executors import default_workers
    from printkit.letters import Wish, write_letters

    loaded = loaded_project(project, as_of)
    wish = Wish(
        people=people,
        language=language,
        companies=tuple(
            name.strip() for text in companies or () for name in text.split(",") if name.strip()
        ),
        edition=edition,
        out=folder_named(out),
        passphrase=_passphrase(passphrase_file) if _locks(encrypt, passphrase_file) else "",
        workers=jobs or default_workers(),
    )
    with report.progress_bars(quiet=False) as progress:
        written = write_letters(loaded, wish, progress)
    report.letters(written, root=loaded.root)
    raise typer.Exit(written.exit_code)


def _locks(encrypt: bool, file: Path | None) -> bool:
    if file is not None and not encrypt:
        what = "--passphrase-file is given, and --encrypt is not."
        raise UserError(Problem(what=what, fix="Add --encrypt, or take the file out."))
    return encrypt


def _passphrase(file: Path | None) -> str:
    """Return the passphrase of a file, or the one typed twice, which the terminal does not show."""
    from printkit.privacy import passphrase_in, passphrase_of

    if file is not None:
        return passphrase_in(file)
    return passphrase_of(
        typer.prompt("Passphrase", hide_input=True, confirmation_prompt=True, err=True)
    )
