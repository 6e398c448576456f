"""A build with nothing to do: told again at once, and never where anything is not as it was."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from printkit import records
from printkit.cache import Cache
from printkit.findings import Finding, Severity
from printkit.records import Asked, about_to_read, note, unchanged
from printkit.summaries import Summary


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("campaign.toml", "po/es.po", "build/1.0/a.pdf", "build/1.0/MANIFEST.json"):
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "project"


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    (tmp_path / "cache").mkdir(mode=0o700)
    return Cache(folder=tmp_path / "cache")


def summary(root: Path) -> Summary:
    found = Finding(code="text-lost", severity=Severity.FAIL, what="It is lost.", fix="Mend it.")
    return Summary(
        out=root / "build" / "1.0",
        sheets=1,
        anew=1,
        withheld=0,
        files=1,
        regions=("fresno",),
        copies=7,
        languages=frozenset({"es"}),
        drafts=frozenset(),
        findings=(found,),
    )


def noted(cache: Cache, root: Path) -> Asked:
    asked = Asked(root=root, options=("[]", "False"))
    note(cache, asked, about_to_read(asked), summary(root), ["a.pdf", "MANIFEST.json"], {})
    return asked


def again(cache: Cache | None, asked: Asked, *, verify: bool = False) -> Summary | None:
    return unchanged(cache, asked, about_to_read(asked), verify=verify)


def test_what_was_told_is_told_again_and_nothing_of_it_as_made_anew(
    cache: Cache, root: Path
) -> None:
    asked = noted(cache, root)
    told = again(cache, asked)
    assert told == replace(summary(root), anew=0)
    assert told is not None and told.exit_code == 1
    assert again(cache, asked, verify=True) == told


@pytest.mark.parametrize("name", ["po/es.po", "build/1.0/a.pdf", "build/1.0/MANIFEST.json"])
def test_a_file_read_or_made_that_is_not_as_it_was_is_seen(
    cache: Cache, root: Path, name: str
) -> None:
    asked = noted(cache, root)
    (root / name).write_text("other")
    assert again(cache, asked) is None
    noted(cache, root)
    assert again(cache, asked) is not None
    (root / name).unlink()
    assert again(cache, asked) is None


@pytest.mark.parametrize("name", ["po/es.po", "build/1.0/a.pdf"])
def test_a_change_that_hides_its_time_is_seen_by_verifying(
    cache: Cache, root: Path, name: str
) -> None:
    asked = noted(cache, root)
    status = (root / name).stat()
    with (root / name).open("r+") as file:
        file.write("X")
    os.utime(root / name, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert again(cache, asked) is not None
    assert again(cache, asked, verify=True) is None


def test_a_new_file_other_options_and_another_printkit_are_seen(
    cache: Cache, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = noted(cache, root)
    assert again(cache, replace(asked, options=("['kern']", "False"))) is None
    (root / "po" / "vi.po").write_text("")
    assert again(cache, asked) is None
    (root / "po" / "vi.po").unlink()
    assert again(cache, asked) is not None
    monkeypatch.setattr(records, "_tools", lambda: "another")
    assert again(cache, asked) is None


def test_a_shops_profile_counts_though_it_lies_elsewhere(
    cache: Cache, root: Path, tmp_path: Path
) -> None:
    profile = tmp_path / "shop.icc"
    profile.write_text("inks")
    asked = Asked(root=root, options=(), profile=profile)
    note(cache, asked, about_to_read(asked), summary(root), ["a.pdf"], {})
    assert again(cache, asked, verify=True) is not None
    profile.write_text("other inks")
    assert again(cache, asked) is None


def test_without_a_cache_and_with_a_broken_record_everything_is_asked_again(
    cache: Cache, root: Path
) -> None:
    asked = noted(cache, root)
    assert again(None, asked) is None
    cache.put(records.KIND, asked.key, b"no pickle")
    assert again(cache, asked) is None
    note(None, asked, about_to_read(asked), summary(root), [], {})
