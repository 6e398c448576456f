"""The commands that pack a build and publish it: each parses, calls, and lets report speak."""

from pathlib import Path
from typing import Annotated

import typer

from printkit.options import Jobs, Out, ProjectFolder, Regions, folder_named, loaded_project

# Commands import what they need themselves, so that help and mistakes cost no time.


def packs(
    region: Regions = None,
    shop: Annotated[
        str | None, typer.Option("--shop", help="A shop of shops/: its paper and its cartons.")
    ] = None,
    label: Annotated[
        str, typer.Option("--label", help="avery-5164 (6 a sheet) or 4x6 (one to a page).")
    ] = "avery-5164",
    build: Annotated[
        Path | None, typer.Option("--build", help="The build's folder, if it is not the usual one.")
    ] = None,
    jobs: Jobs = 0,
    out: Out = None,
    project: ProjectFolder = None,
) -> None:
    """Deal a build's copies out to boxes, with labels and packing lists."""
    from printkit import packs as packing
    from printkit import report, selecting
    from printkit.build import default_out
    from printkit.built import load_built
    from printkit.executors import default_workers
    from printkit.shops import load_shop

    packing.refuse_stock(label)
    loaded = loaded_project(project, None)
    asked = selecting.selection_for(loaded, regions=region or ())
    built = load_built(
        folder_named(build, "--build") or default_out(loaded, selecting.selection_for(loaded))
    )
    usual = built.folder.with_name(f"{built.folder.name}-packs")
    with report.progress_bars(quiet=False) as progress:
        packed = packing.pack(
            loaded,
            built,
            shop=load_shop(loaded.root, shop) if shop is not None else None,
            stock=label,
            regions=asked.regions,
            out=folder_named(out) or usual,
            workers=jobs or default_workers(),
            progress=progress,
        )
    report.styled(packing.told(packed))
    report.files([packed.out], root=loaded.root)
    raise typer.Exit(int(bool(packed.missing)))


def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write.")],
    build: Annotated[
        Path | None, typer.Option("--build", help="The build's folder, if it is not the usual one.")
    ] = None,
    jobs: Jobs = 0,
    project: ProjectFolder = None,
) -> None:
    """Put a build into a folder to read and print from, on the web or a USB stick."""
    from printkit import publishing, report, selecting
    from printkit.build import default_out
    from printkit.built import load_built
    from printkit.executors import default_workers

    loaded = loaded_project(project, None)
    place = folder_named(folder, "DIR")
    assert place is not None  # it was named
    whole = default_out(loaded, selecting.selection_for(loaded))
    built = load_built(folder_named(build, "--build") or whole, verify=True)
    with report.progress_bars(quiet=False) as progress:
        published = publishing.publish(
            loaded, built, out=place, workers=jobs or default_workers(), progress=progress
        )
    report.lines(publishing.told(published))
    report.files([place], root=loaded.root)
