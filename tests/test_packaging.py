"""What is pinned, which files carry sums and licences, and what git keeps out or leaves alone."""

import hashlib
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# --- What is pinned -----------------------------------------------------------


def pins(name: str) -> dict[str, str]:
    """Package to version, of a requirements file that holds nothing but pins with sums."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for entry in re.split(r"\n(?=\S)", text.strip()):
        pin = re.fullmatch(
            r"([a-z0-9-]+)==([\w.]+)(?: ; [^\\]+)? \\\n"
            r"(?:    --hash=sha256:[0-9a-f]{64} \\\n)*    --hash=sha256:[0-9a-f]{64}",
            entry,
        )
        assert pin, f"{name}: not a pin with sums: {entry.splitlines()[0]}"
        assert pin[1] not in found, f"{name}: {pin[1]} is pinned twice"
        found[pin[1]] = pin[2]
    return found


def bare(requirement: str) -> str:
    """The name in a requirement."""
    return re.split(r"[=<>!~;\[ ]", requirement)[0]


def test_requirements_hold_only_pins_with_sums_and_cover_what_is_declared() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, run, dev = declared["project"], pins("requirements.txt"), pins("requirements-dev.txt")
    assert {bare(name) for name in project["dependencies"]} <= run.keys()
    assert {bare(name) for name in project["optional-dependencies"]["dev"]} <= dev.keys()
    dask = pins("requirements-dask.txt")
    assert {bare(name) for name in project["optional-dependencies"]["dask"]} <= dask.keys()
    bench = pins("requirements-bench.txt")
    assert {bare(name) for name in project["optional-dependencies"]["bench"]} <= bench.keys()
    for other, more in ((run, dask), (run, dev), (dask, dev), (run, bench)):
        shared = other.keys() & more.keys()
        assert {name: other[name] for name in shared} == {name: more[name] for name in shared}
    assert [f"flit-core=={run['flit-core']}"] == declared["build-system"]["requires"]


@pytest.mark.parametrize(
    "name",
    [
        "requirements.txt",
        "requirements-bench.txt",
        "requirements-dask.txt",
        "requirements-dev.txt",
        "pyproject.toml",
    ],
)
def test_no_address_of_a_registry_is_written_down(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--?(extra-)?index|--find-links|--trusted-host|file:", text)


# --- Fonts, licences, what git leaves alone -----------------------------------


def test_every_font_is_there_and_has_its_sum() -> None:
    fonts = ROOT / "fonts"
    lines = (fonts / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    there = {path.name for path in fonts.iterdir()} - {"SHA256SUMS", "README.md"}
    assert there == sums.keys()
    assert len([name for name in sums if name.endswith(".ttf")]) == 40
    for name, digest in sums.items():
        assert hashlib.sha256((fonts / name).read_bytes()).hexdigest() == digest, name


def test_every_family_has_its_licence() -> None:
    def plain(name: str) -> str:
        return name.lower().replace("-", "")

    families = {path.name.rpartition("-")[0] for path in (ROOT / "fonts").glob("*.ttf")}
    licences = {path.stem.removeprefix("OFL-") for path in (ROOT / "fonts").glob("OFL-*.txt")}
    assert {plain(name) for name in families} == {plain(name) for name in licences}


def test_the_profile_is_the_one_described() -> None:
    digest = hashlib.sha256((ROOT / "profiles/TR006.icc").read_bytes()).hexdigest()
    assert digest in (ROOT / "profiles/README.md").read_text(encoding="utf-8")


def test_the_licences_are_there_and_a_table_says_what_is_under_which() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")
    text = (ROOT / "LICENSES/CC-BY-4.0.txt").read_text(encoding="utf-8")
    assert text.startswith("Attribution 4.0 International\n")
    table = (ROOT / "LICENSES/README.md").read_text(encoding="utf-8")
    for folder in ("src/", "flyers/", "letters/", "po/", "fonts/", "profiles/", "regions/"):
        assert f"`{folder}`" in table, folder


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    # A hook's or a rebase's own settings would point git at another tree.
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(["git", *arguments], cwd=ROOT, env=env, capture_output=True, text=True)


@pytest.mark.parametrize(
    "path", ["people.csv", "letters/people-fresno.csv", "build/fresno/order.csv", ".venv/x"]
)
def test_people_and_what_is_built_never_enter_git(path: str) -> None:
    assert git("check-ignore", "--no-index", "--quiet", path).returncode == 0


@pytest.mark.parametrize("path", ["src/printkit/build.py", "regions/orders.csv", "po/es.po"])
def test_sources_are_not_ignored(path: str) -> None:
    assert git("check-ignore", "--no-index", "--quiet", path).returncode == 1


@pytest.mark.parametrize(
    "path", ["fonts/NotoSans-Bold.ttf", "fonts/OFL-noto-sans.txt", "profiles/TR006.icc", "po/es.po"]
)
def test_git_changes_no_byte_of_what_has_a_sum(path: str) -> None:
    assert git("check-attr", "text", path).stdout.endswith(": text: unset\n")
