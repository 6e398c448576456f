"""The command that sets PDFs out on a printer's sheets: it parses, calls, and lets report speak."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from printkit.errors import Problem, UserError, quoted
from printkit.options import ProjectFolder, folder_named, root_named

if TYPE_CHECKING:
    from printkit.latin import Face

# Commands import what they need themselves, so that help and mistakes cost no time.


def impose(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="PDFs, in order.")],
    scheme: Annotated[
        str,
        typer.Option(
            "--scheme", help="n-up, cut-and-stack, tri-fold, saddle-stitch or work-and-turn."
        ),
    ],
    sheet: Annotated[
        str, typer.Option("--sheet", help="The paper: 12x18in, letter, a4 and so on.")
    ],
    up: Annotated[
        str | None, typer.Option("--up", help="Pieces across and down, such as 2x2.")
    ] = None,
    gutter: Annotated[
        str | None, typer.Option("--gutter", help="Between pieces; both bleeds, if left out.")
    ] = None,
    creep: Annotated[
        str | None,
        typer.Option("--creep", help="How far each sheet of a booklet moves in, such as 0.1mm."),
    ] = None,
    paper_thickness: Annotated[
        str | None, typer.Option("--paper-thickness", help="The paper's, to work creep out from.")
    ] = None,
    binding: Annotated[
        str | None, typer.Option("--binding", help="left or right; else by the file's language.")
    ] = None,
    flip: Annotated[
        str | None, typer.Option("--flip", help="Turn over the long or the short edge.")
    ] = None,
    trim: Annotated[
        str | None, typer.Option("--trim", help="The size of pages that do not tell theirs.")
    ] = None,
    one_sided: Annotated[
        bool, typer.Option("--one-sided", help="Each page is a front; backs stay bare.")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The PDF to write.")] = None,
    project: ProjectFolder = None,
) -> None:
    """Set finished PDFs out on sheets to be printed, cut, folded or stitched."""
    from printkit import report
    from printkit.impose import asked_for, set_out
    from printkit.placing import write_whole

    asked = asked_for(
        scheme=scheme,
        sheet=sheet,
        up=up,
        gutter=gutter,
        creep=creep,
        paper_thickness=paper_thickness,
        binding=binding,
        trim=trim,
        flip=flip,
        one_sided=one_sided,
    )
    place = _place(files, scheme, out)
    done = set_out(files, asked, face=_face(project))
    place.parent.mkdir(parents=True, exist_ok=True)
    write_whole(place, done.pdf)
    report.findings(done.findings)
    report.files([place], root=Path.cwd())
    report.lines(done.lines)


def _place(files: list[Path], scheme: str, out: Path | None) -> Path:
    """Return the file to write: the one named, or one called after the first file."""
    name = f"{files[0].stem}_{scheme}.pdf"
    place = folder_named(out or Path(name))
    assert place is not None  # it was named
    if place.is_dir():
        place = place / name
    if any(place == file.resolve() for file in files):
        what = f"--out: {quoted(place.name)} is one of the files to set out."
        raise UserError(Problem(what=what, fix="Name another file to write."))
    return place


def _face(project: Path | None) -> "Face | None":
    """Return the face of slugs from the project's fonts; None outside of any project."""
    from printkit.latin import footer_face

    try:
        fonts = root_named(project) / "fonts"
    except UserError:
        if project is not None:
            raise
        return None
    return footer_face(fonts) if (fonts / "NotoSans-Regular.ttf").is_file() else None
