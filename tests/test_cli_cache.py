"""The commands about the cache, as people type them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from printkit.cache import Cache, open_cache
from printkit.cache_words import bytes_of
from printkit.cli import app
from printkit.errors import UserError


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["cache", *map(str, words)])


def wrong(*words: object) -> str:
    done = run(*words)
    assert isinstance(done.exception, UserError), done.output
    return str(done.exception)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user's cache would lie."""
    monkeypatch.setenv("PRINTKIT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def cache(place: Path) -> Cache:
    """A cache with two layouts and a font, of 1,000 bytes each."""
    found = open_cache({"PRINTKIT_CACHE": str(place)})
    assert found is not None
    for kind, key in (("laid", "a"), ("laid", "b"), ("fonts", "a")):
        assert found.put(kind, key, bytes(1000 - 49))
    return found


def test_what_it_holds(cache: Cache) -> None:
    done = run("size")
    assert (done.exit_code, done.output) == (
        0,
        f'"{cache.folder}": 3 entries, 3.0 KB.\n'
        "  fonts: 1 entry, 1.0 KB\n"
        "  laid: 2 entries, 2.0 KB\n",
    )
    assert json.loads(run("size", "--format", "json").output) == {
        "folder": str(cache.folder),
        "entries": 3,
        "bytes": 3000,
        "kinds": {"fonts": {"entries": 1, "bytes": 1000}, "laid": {"entries": 2, "bytes": 2000}},
    }


def test_what_killed_runs_left(cache: Cache) -> None:
    (cache.folder / f".laid-{'0' * 64}.{'0' * 16}").write_bytes(bytes(500))
    words = "  being written, or left by runs that were killed: 500 bytes\n"
    assert words in run("size").output
    assert json.loads(run("size", "--format", "json").output)["entries"] == 3
    assert run("clean", "--keep", "1GB").output == (
        "Taken out: 0 entries, 500 bytes. Left: 3.0 KB.\n"
    )


def test_it_is_made_smaller(cache: Cache) -> None:
    assert run("clean", "--keep", "2.5kB").output == "Taken out: 1 entry, 1.0 KB. Left: 2.0 KB.\n"
    told = json.loads(run("clean", "--keep", "1 KB", "--format", "json").output)
    assert told == {"entries": 1, "freed": 1000, "left": 1000}
    assert run("clean").output == "Taken out: 1 entry, 1.0 KB. Left: 0 bytes.\n"
    assert run("size").output == f'"{cache.folder}": empty.\n'


def test_asking_of_a_cache_that_is_not_there_makes_none(place: Path) -> None:
    assert run("size").output == f'"{place}": empty.\n'
    assert run("clean").exit_code == 0
    assert not place.exists()


def test_it_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINTKIT_CACHE", "off")
    assert run("size").output == "The cache is off: PRINTKIT_CACHE says so.\n"
    assert run("clean").output == "The cache is off: PRINTKIT_CACHE says so.\n"
    assert json.loads(run("size", "--format", "json").output)["folder"] is None
    assert json.loads(run("clean", "--format", "json").output)["freed"] == 0


def test_a_folder_that_is_not_fit_is_told(place: Path) -> None:
    place.mkdir()
    place.chmod(0o777)
    words = f'others on this machine may write into "{place}". Delete it: printkit makes it again'
    assert words in wrong("size") and words in wrong("clean")
    done = run("size", "--format", "json")
    (problem,) = json.loads(done.output)["problems"]
    assert done.exit_code == 2 and words in f"{problem['what']} {problem['fix']}"


def test_a_folder_name_moves_no_cursor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINTKIT_CACHE", str(tmp_path / "\x1b[2Jx"))
    assert "\x1b" not in run("size").output


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0", 0),
        ("0GB", 0),
        ("5GB", 5 * 10**9),
        ("5 gb", 5 * 10**9),
        ("5G", 5 * 10**9),
        (" 1.5MB ", 1_500_000),
        ("0.29KB", 290),
        ("2KiB", 2048),
        ("1gib", 1 << 30),
        ("12B", 12),
        ("1TB", 10**12),
        ("1TiB", 1 << 40),
    ],
)
def test_sizes_as_people_write_them(text: str, size: int) -> None:
    assert bytes_of(text) == size


@pytest.mark.parametrize("text", ["5", "", "GB", "-1GB", "5PB", "5 G B", "1e9B", "1,5GB", "٥GB"])
def test_what_is_no_size(text: str, cache: Cache) -> None:
    assert wrong("clean", f"--keep={text}") == (
        f'--keep: "{text}" is no size. Write a number with its unit: 500MB or 5GB; 0 keeps nothing.'
    )
    assert len(cache.size()) == 2


def test_it_needs_nothing_that_makes_sheets() -> None:
    program = (
        "import sys\nfrom typer.testing import CliRunner\nfrom printkit.cli import app\n"
        "assert CliRunner().invoke(app, ['cache', 'size']).exit_code == 0\n"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    told = subprocess.check_output([sys.executable, "-c", program], text=True)
    assert not {"weasyprint", "pikepdf", "babel", "jinja2", "PIL"} & set(told.split())


def test_tests_have_a_cache_of_their_own(own_cache: Path) -> None:
    assert f'"{own_cache}": ' in run("size").output
