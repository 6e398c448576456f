"""What the build before left is taken over where it is as it would be made now, and only there."""

import os
from pathlib import Path

import pytest
from building import contents_of, silent
from project_kit import change

from printkit.build import Outcome, build
from printkit.cache import Cache
from printkit.kept import KIND, read_sheets
from printkit.keys import digest_of
from printkit.project import load_project
from printkit.selecting import selection_for

pytestmark = pytest.mark.slow


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    (tmp_path / "cache").mkdir(mode=0o700)
    return Cache(folder=tmp_path / "cache")


def built(
    root: Path, cache: Cache | None, out: Path | None = None, *, verify: bool = False, **names: str
) -> Outcome:
    project = load_project(root)
    wanted = {kind: [name] for kind, name in names.items()}
    selection = selection_for(project, **{"editions": ["press"], **wanted})
    return build(
        project, selection, out=out, workers=1, progress=silent, cache=cache, verify=verify
    )


def anew(outcome: Outcome) -> int:
    return outcome.summary.anew


def test_a_changed_text_makes_only_the_sheets_that_show_it_anew(
    tiny: Path, tmp_path: Path, cache: Cache
) -> None:
    first = built(tiny, cache)
    assert first.taken_over == 0 and anew(first) == len(first.made)
    assert anew(built(tiny, cache)) == 0
    change(tiny, "po/es.po", "Guarde lo que es suyo", "Guarde lo suyo")
    after = built(tiny, cache)
    showing = [sheet for sheet in after.made if sheet.piece == "leaf" and sheet.language == "es"]
    assert 0 < anew(after) < len(after.made)
    assert anew(after) >= len(showing) > 0
    fresh = built(tiny, None, tmp_path / "fresh")
    assert contents_of(after.out) == contents_of(fresh.out)


def test_copies_that_change_make_no_sheet_anew_and_are_counted(tiny: Path, cache: Cache) -> None:
    built(tiny, cache)
    path = tiny / "regions" / "orders.csv"
    head, first, *rest = path.read_text().splitlines()
    region, language, piece, copies, note = first.split(",", 4)
    more = ",".join((region, language, piece, str(int(copies) + 11), note))
    path.write_text("\n".join([head, more, *rest]) + "\n")
    after = built(tiny, cache)
    assert anew(after) == 0
    assert any(f"_q{int(copies) + 11}_" in name for name in after.files)


@pytest.mark.parametrize("how", ["gone", "longer", "hidden"])
def test_a_file_that_is_not_what_was_made_is_made_anew(tiny: Path, cache: Cache, how: str) -> None:
    first = built(tiny, cache)
    before = contents_of(first.out)
    path = next(iter(sorted(first.out.rglob("press/*leaf*.pdf"))))
    status = path.stat()
    if how == "gone":
        path.unlink()
    elif how == "longer":
        path.write_bytes(path.read_bytes() + b"%")
    else:
        with path.open("r+b") as file:
            file.seek(200)
            file.write(b"\0")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    after = built(tiny, cache, verify=how == "hidden")
    assert anew(after) >= 1
    assert contents_of(after.out) == before


def test_layouts_are_kept_for_other_places_and_give_the_same_bytes(
    tiny: Path, tmp_path: Path, cache: Cache
) -> None:
    first = built(tiny, cache)
    second = built(tiny, cache, tmp_path / "second")
    assert second.taken_over == 0
    assert contents_of(second.out) == contents_of(first.out)


def test_one_region_made_again_leaves_the_others_known(tiny: Path, cache: Cache) -> None:
    project = load_project(tiny)
    whole = selection_for(project)
    for selection in (whole, selection_for(project, regions=["kern"])):
        outcome = build(project, selection, out=None, workers=1, progress=silent, cache=cache)
        assert outcome.exit_code == 0
    after = build(project, whole, out=None, workers=1, progress=silent, cache=cache)
    assert anew(after) == 0


def test_a_broken_note_of_what_there_is_costs_time_and_nothing_else(
    tiny: Path, cache: Cache
) -> None:
    first = built(tiny, cache)
    before = contents_of(first.out)
    cache.put(KIND, digest_of(str(first.out)), b"no pickle")
    assert read_sheets(cache, first.out) == {}
    after = built(tiny, cache)
    assert anew(after) == len(after.made)
    assert contents_of(after.out) == before
