"""The cache lies where caches lie, or nowhere, and it is told why."""

import os
import stat
from pathlib import Path

import pytest

from printkit.cache import open_cache
from printkit.cache_place import place_of, refusal

Environment = dict[str, str]


def named(folder: Path) -> Environment:
    return {"PRINTKIT_CACHE": str(folder)}


def refused(environment: Environment) -> str:
    """Return the words for why there is no cache; and there is none."""
    problem = refusal(environment)
    assert problem is not None and open_cache(environment) is None
    return str(problem)


# Where it lies ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "platform", "place"),
    [
        ({"HOME": "/h"}, "linux", "/h/.cache/printkit"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Caches/printkit"),
        ({"HOME": "/h", "XDG_CACHE_HOME": "/x"}, "linux", "/x/printkit"),
        ({"HOME": "/h", "XDG_CACHE_HOME": "/x"}, "darwin", "/x/printkit"),
        ({"HOME": "/h", "XDG_CACHE_HOME": "relative"}, "linux", "/h/.cache/printkit"),
        ({"HOME": "/h", "XDG_CACHE_HOME": ""}, "linux", "/h/.cache/printkit"),
        ({"HOME": "/h", "PRINTKIT_CACHE": "/c/d/../e"}, "linux", "/c/e"),
        ({"HOME": "/h", "PRINTKIT_CACHE": " "}, "linux", "/h/.cache/printkit"),
        ({"HOME": "/h", "PRINTKIT_CACHE": "off"}, "linux", None),
        ({"HOME": "/h", "PRINTKIT_CACHE": "OFF"}, "linux", None),
        ({"HOME": "relative"}, "linux", None),
        ({}, "linux", None),
    ],
)
def test_where_it_lies(environment: Environment, platform: str, place: str | None) -> None:
    found = place_of(environment, platform)
    assert found == (None if place is None else Path(place))


def test_the_folder_is_made_and_kept(tmp_path: Path) -> None:
    first = open_cache({"HOME": str(tmp_path)})
    assert first is not None and first.put("laid", "a", b"a")
    again = open_cache({"HOME": str(tmp_path)})
    assert again == first and again.get("laid", "a") == b"a"


def test_off_is_off_without_a_word(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "PRINTKIT_CACHE": "off"}
    assert open_cache(environment) is None and refusal(environment) is None
    assert list(tmp_path.iterdir()) == []


def test_asking_makes_no_folder(tmp_path: Path) -> None:
    assert refusal({"HOME": str(tmp_path)}) is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_named_by_a_link_of_the_users_is_found(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "disk")
    cache = open_cache(named(tmp_path / "link"))
    assert cache is not None and cache.put("laid", "a", b"a")
    assert (tmp_path / "disk" / "CACHEDIR.TAG").exists()


def test_a_folder_that_a_killed_run_has_just_made_is_taken(tmp_path: Path) -> None:
    (tmp_path / f".CACHEDIR.TAG.{'0' * 16}").write_text("")
    (tmp_path / f".laid-{'0' * 64}.{'0' * 16}").write_text("")
    (tmp_path / f"laid-{'0' * 64}").write_text("")
    assert open_cache(named(tmp_path)) is not None


def test_a_folder_of_its_own_name_may_hold_other_things(tmp_path: Path) -> None:
    folder = tmp_path / ".cache" / "printkit"
    folder.mkdir(parents=True, mode=0o700)
    (folder / "fonts.conf").write_text("older")
    assert open_cache({"HOME": str(tmp_path)}) is not None


# Why there is none -----------------------------------------------------------------------------


def test_nothing_says_where() -> None:
    assert refused({}) == (
        "Nothing is kept between runs: nothing says where your files lie. "
        "Set HOME, or PRINTKIT_CACHE."
    )


@pytest.mark.parametrize("word", ["cache", "./cache", "~/cache", "no", "0"])
def test_what_is_no_whole_path(word: str) -> None:
    assert refused({"HOME": "/h", "PRINTKIT_CACHE": word}) == (
        f'PRINTKIT_CACHE: "{word}" is no whole path. Write the path from the root on, or "off".'
    )


def test_a_project_is_no_place_for_it(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "campaign.toml").write_text("")
    (tmp_path / "link").symlink_to(project / "build")

    for folder in (project, project / "build" / "cache", tmp_path / "link" / "cache"):
        assert "lies in a project, which may come from anybody." in refused(named(folder))
    assert not (project / "build").exists()


def test_others_may_write_into_it(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    folder.chmod(0o770)
    assert refused(named(folder)) == (
        f'Nothing is kept between runs: others on this machine may write into "{folder}". '
        "Delete it: printkit makes it again, for you alone."
    )
    folder.rmdir()
    assert open_cache(named(folder)) is not None
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_others_may_move_it(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    words = f'anybody on this machine may move what lies in "{shared}".'
    assert words in refused(named(shared / "a" / "b"))
    shared.chmod(0o1777)  # as /tmp is
    assert open_cache(named(shared / "a" / "b")) is not None


def test_it_is_somebody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    assert f'"{tmp_path}" is somebody else\'s. Name a folder of your own' in refused(
        named(tmp_path)
    )


def test_it_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert f'"{tmp_path / "file"}" is no folder.' in refused(named(tmp_path / "file"))
    assert "can't be made." in refused(named(tmp_path / "file" / "below"))


def test_a_folder_of_documents_stays_in_its_backups(tmp_path: Path) -> None:
    (tmp_path / "letter.odt").write_text("Dear all")
    assert f'"{tmp_path}" holds other things.' in refused(named(tmp_path))
    assert [one.name for one in tmp_path.iterdir()] == ["letter.odt"]


def test_a_folder_that_can_not_be_made() -> None:
    if not Path("/proc/self").exists():
        pytest.skip("There is no folder here in which even root makes nothing.")
    assert open_cache(named(Path("/proc/printkit/cache"))) is None


def test_a_name_that_is_too_long_or_a_circle(tmp_path: Path) -> None:
    assert "can't be used: File name too long." in refused(named(tmp_path / ("x" * 300)))
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    words = refused(named(tmp_path / "circle"))
    assert f'"{tmp_path / "circle"}" can\'t be used:' in words
