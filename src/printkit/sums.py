"""SHA256SUMS: what a folder holds, so that anybody can see that it is whole, and whose it is."""

import hashlib
from pathlib import Path

from printkit.errors import Problem, UserError, listed, quoted

NAME = "SHA256SUMS"


def write_sums(folder: Path) -> None:
    """Write the sums of all files under a folder, as `sha256sum --check` reads them."""
    lines = []
    for path in _files(folder):
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        lines.append(f"{digest}  {path.relative_to(folder).as_posix()}\n")
    (folder / NAME).write_text("".join(lines), encoding="utf-8")


def refuse_foreign(place: Path, *, option: str) -> None:
    """Raise UserError where a folder holds anything that its own sums do not name.

    An empty folder, and one that is not there, are free. `option` is how the folder was named.
    """
    if not place.exists() or (place.is_dir() and not any(place.iterdir())):
        return
    what = f"{option}: {quoted(place, 200)} is there already, and printkit did not make it."
    fix = "Name another folder, or move this one away."
    try:
        text = (place / NAME).read_text(encoding="utf-8")
    except (OSError, ValueError):
        raise UserError(Problem(what=what, fix=fix)) from None
    known = {line[66:] for line in text.splitlines()}
    others = [
        name for path in _files(place) if (name := path.relative_to(place).as_posix()) not in known
    ]
    if others:
        what = f"{option}: {quoted(place, 200)} holds what printkit did not put there: "
        raise UserError(Problem(what=f"{what}{listed(others, 5)}.", fix="Move it away first."))


def _files(folder: Path) -> list[Path]:
    """Return every file under a folder but its sums, in the order of their names."""
    found = (path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    return sorted(
        (path for path in found if path != folder / NAME),
        key=lambda path: path.relative_to(folder).as_posix(),
    )
