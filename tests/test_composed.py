"""Composed jobs are taken over only where everything that they were composed from is the same."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from project_kit import change

from printkit import composed as keeping
from printkit import jobs as composing
from printkit.cache import Cache
from printkit.composed import KIND, compositions
from printkit.inputs import states
from printkit.jobs import Job, Selection, needs
from printkit.pressing import PAGE_CSS, jobs_of
from printkit.project import Project, load_project


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    (tmp_path / "cache").mkdir(mode=0o700)
    return Cache(folder=tmp_path / "cache")


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """What was composed since it was last asked."""
    seen: list[str] = []
    real = composing.composed

    def counted(project: Project, need: composing.Need) -> object:
        seen.append(f"{need.piece.slug} {need.language} {need.edition}")
        return real(project, need)

    def since() -> list[str]:
        told = list(seen)
        seen.clear()
        return told

    monkeypatch.setattr(composing, "composed", counted)
    return since


def jobs(root: Path, cache: Cache | None, selection: Selection | None = None) -> list[Job]:
    read = states(root)
    project = load_project(root)
    kept = compositions(cache, project, read)
    return list(jobs_of(project, selection or Selection(), kept=kept))


def test_jobs_taken_over_are_those_that_would_be_composed(
    tiny: Path, cache: Cache, count: Callable[[], list[str]]
) -> None:
    fresh = jobs(tiny, None)
    count()
    assert jobs(tiny, cache) == fresh
    project = load_project(tiny)
    wanted = list(needs(project, Selection(), page_css=PAGE_CSS))
    assert len(count()) == len(wanted)
    assert jobs(tiny, cache) == fresh
    assert count() == []


def test_a_changed_catalog_composes_what_reads_it_and_nothing_else(
    tiny: Path, cache: Cache, count: Callable[[], list[str]]
) -> None:
    jobs(tiny, cache)
    count()
    change(tiny, "po/es.po", "Guarde lo que es suyo", "Guarde lo suyo")
    after = jobs(tiny, cache)
    again = count()
    # The English leaf bears Spanish overleaf; the Arabic one does not.
    assert {name for name in again if name.startswith("leaf ")} == {
        f"leaf {tag} {edition}" for tag in ("en", "es") for edition in ("press", "copier", "screen")
    }
    assert not any(" ar " in name for name in again)
    assert after == jobs(tiny, None)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("flyers/leaf/template.html", "overleaf=false) }}", "overleaf=false) }}<i></i>"),
        ("campaign.toml", "version_date = 2026", "version_date = 2025"),
    ],
)
def test_any_other_file_composes_everything_anew(
    tiny: Path, cache: Cache, count: Callable[[], list[str]], file: str, old: str, new: str
) -> None:
    jobs(tiny, cache)
    everything = count()
    change(tiny, file, old, new)
    jobs(tiny, cache)
    assert count() == everything


def test_other_orders_and_other_wishes_are_other_jobs(
    tiny: Path, cache: Cache, count: Callable[[], list[str]]
) -> None:
    jobs(tiny, cache)
    count()
    some = Selection(regions=frozenset({"kern"}))
    assert jobs(tiny, cache, some) == jobs(tiny, None, some)
    orders = tiny / "regions" / "orders.csv"
    lines = orders.read_text().splitlines()
    orders.write_text("\n".join(lines[:-1]) + "\n")
    assert jobs(tiny, cache) == jobs(tiny, None)


def test_what_a_sheet_in_all_languages_says_follows_every_catalog(shipped: Project) -> None:
    # The law that keeps the rest honest: a job is the same whatever catalogs it did not ask for.
    wanted = Selection(editions=frozenset({"press"}), languages=frozenset({"es", "mul"}))
    for need in needs(shipped, wanted, page_css=PAGE_CSS):
        seen = keeping._Seen(shipped.catalogs)
        first = list(composing.composed(replace(shipped, catalogs=seen), need))
        asked = {tag: shipped.catalogs[tag] for tag in seen.asked if tag in shipped.catalogs}
        assert list(composing.composed(replace(shipped, catalogs=asked), need)) == first
        assert len(asked) == (len(shipped.catalogs) if need.language == "mul" else 1)


def test_without_a_cache_or_with_files_that_change_meanwhile_nothing_is_remembered(
    tiny: Path, cache: Cache
) -> None:
    read = states(tiny)
    project = load_project(tiny)
    assert compositions(None, project, read) is None
    assert compositions(cache, project, None) is None
    assert compositions(cache, project, read) is not None
    change(tiny, "po/es.po", "Guarde lo que es suyo", "Guarde lo suyo")
    assert compositions(cache, project, read) is None


def test_an_entry_that_is_no_jobs_is_passed_over(tiny: Path, cache: Cache) -> None:
    fresh = jobs(tiny, cache)
    for entry in cache.folder.glob(f"{KIND}-*"):
        cache.put(KIND, entry.name.removeprefix(f"{KIND}-"), b"no pickle")
    assert jobs(tiny, cache) == fresh
