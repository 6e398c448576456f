"""The profile's recipe: it takes the very sources, and knows its profile from another."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_profile", ROOT / "scripts/make_profile.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_only_the_moment_of_making_may_differ(script: ModuleType) -> None:
    shipped = script.PROFILE.read_bytes()
    later = shipped[:24] + bytes(12) + shipped[36:]
    assert script.is_same(later, shipped)
    assert not script.is_same(shipped[:200] + b"x" + shipped[201:], shipped)


def test_the_profiles_page_gives_the_recipe_as_it_is_run(script: ModuleType) -> None:
    page = (ROOT / "profiles/README.md").read_text(encoding="utf-8")
    given = " ".join(page.replace("\\\n", " ").split())
    assert "colprof -v -qm -bm -al -kz -l300 -L98 -S sRGB.icc -cmt -dpp" in given
    assert " ".join(script.RECIPE[1:11]) in given
    assert script.WORDS in given
    for digest in script.SOURCES.values():
        assert digest in page


def test_sources_that_are_missing_or_others_are_told(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main(["--source", str(tmp_path)]) == 2
    assert "TR006.ti3 is missing. Run: apt-get install icc-profiles-free" in capsys.readouterr().err
    (tmp_path / "TR006.ti3").write_text("CTI3")
    assert script.main(["--source", str(tmp_path)]) == 2
    assert "is another edition than the profile was made from" in capsys.readouterr().err


def test_a_program_that_is_missing_or_fails_is_told(script: ModuleType) -> None:
    with pytest.raises(script.ProfileError, match="Run: apt-get install argyll"):
        script.rebuilt({}, program="no-such-colprof")
    with pytest.raises(script.ProfileError, match="false failed"):
        script.rebuilt({}, program="false")


@pytest.mark.slow
def test_the_recipe_makes_the_profile_that_is_here(script: ModuleType) -> None:
    if shutil.which("colprof") is None or not script.SOURCE.is_dir():
        pytest.skip("needs ArgyllCMS: apt-get install argyll icc-profiles-free")
    assert script.main([]) == 0
