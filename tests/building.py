"""Small builds for tests: of the tiny project, or of a few of the shipped sheets."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from printkit.build import Outcome, build
from printkit.editions import EDITIONS
from printkit.executors import executor_for
from printkit.jobs import Job, jobs_for
from printkit.press import Made, Shop
from printkit.pressing import press_all, shop_for
from printkit.project import Project, load_project
from printkit.selecting import selection_for

PAGE_CSS = {name: edition.css for name, edition in EDITIONS.items()}


def silent(what: str, done: int, total: int) -> None:
    """Watch no progress."""


def built(root: Path, out: Path | None = None, **names: Iterable[str]) -> Outcome:
    """Build what some names select of a project, in this process."""
    project = load_project(root)
    selection = selection_for(project, **names)
    return build(project, selection, out=out, workers=1, progress=silent)


def pressed(project: Project, folder: Path, **names: Iterable[str]) -> list[tuple[Made, Path]]:
    """Make sheets without their batches; return each with its file."""
    shop = shop_for(project, folder / "sheets")
    with executor_for(1, fonts=project.fonts, scratch=folder / "scratch") as executor:
        made = press_all(
            project, selection_for(project, **names), shop, executor, workers=1, progress=silent
        )
    assert [str(found) for one in made for found in one.findings if one.is_withheld] == []
    return [(one, shop.store / str(one.file)) for one in made]


def jobs_of(project: Project, **names: Iterable[str]) -> list[Job]:
    """Return the jobs that some names select."""
    return list(jobs_for(project, selection_for(project, **names), page_css=PAGE_CSS))


def shop_in(folder: Path, project: Project) -> Shop:
    """Return a shop with a store of its own."""
    shop = shop_for(project, folder / "sheets")
    shop.store.mkdir(parents=True, exist_ok=True)
    return shop


def manifest_of(folder: Path) -> dict[str, Any]:
    """Return the manifest in a folder."""
    content = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def contents_of(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder by its name from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
