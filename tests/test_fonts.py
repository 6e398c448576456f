"""The project's fonts are the ones summed, and the only ones that can be seen."""

import ctypes.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from printkit import fonts
from printkit.errors import Problems, UserError


@pytest.fixture
def folder(tmp_path: Path, project: Path) -> Path:
    """A small folder of fonts with right sums."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    lines = []
    for name in ("NotoSans-Regular.ttf", "NotoSansLao-Bold.ttf"):
        (folder / name).write_bytes((project / "fonts" / name).read_bytes())
        lines.append(f"{fonts._digest(folder / name)}  {name}\n")
    (folder / "SHA256SUMS").write_text("".join(lines))
    return folder


def told(folder: Path) -> list[str]:
    with pytest.raises(UserError) as caught:
        fonts.verify_fonts(folder)
    return str(caught.value).splitlines()


def test_the_shipped_fonts_are_the_ones_summed(project: Path) -> None:
    fonts.verify_fonts(project / "fonts")


def test_good_folder_passes(folder: Path) -> None:
    fonts.verify_fonts(folder)


def test_every_missing_changed_and_foreign_file_is_told_at_once(folder: Path) -> None:
    (folder / "NotoSans-Regular.ttf").unlink()
    (folder / "NotoSansLao-Bold.ttf").write_bytes(b"changed")
    (folder / "Comic.ttf").write_bytes(b"foreign")
    restore = "Bring the folder back: git checkout -- fonts"
    assert told(folder) == [
        f"fonts/SHA256SUMS: NotoSans-Regular.ttf is missing. {restore}",
        f"fonts/NotoSansLao-Bold.ttf: The file has changed. {restore}",
        "fonts/Comic.ttf: This font is not in the list of the project's fonts. "
        "Remove it, or add its sum to fonts/SHA256SUMS.",
    ]


def test_broken_lists_are_told(folder: Path) -> None:
    (folder / "SHA256SUMS").write_text("nonsense\n")
    assert told(folder)[0].startswith("fonts/SHA256SUMS:1: This line holds no sum.")
    (folder / "SHA256SUMS").unlink()
    assert told(folder)[0].startswith("fonts/SHA256SUMS: The list of the fonts' sums cannot")
    assert told(folder / "nowhere")[0].startswith("nowhere/SHA256SUMS: The list")


def test_only_the_projects_fonts_are_seen(own_fonts: Path) -> None:
    seen = set(fonts.visible_fonts())
    assert seen == {path.resolve() for path in own_fonts.glob("*.ttf")}
    assert len(seen) == 40


def test_every_family_has_both_weights(own_fonts: Path) -> None:
    for family in fonts.FAMILIES:
        for weight in ("Regular", "Bold"):
            assert fonts.font_file(own_fonts, family, weight).is_file()


def test_foreign_fonts_are_refused(folder: Path, project: Path) -> None:
    problems = Problems()
    foreign = (project / "fonts" / "NotoSansThaiLooped-Bold.ttf").resolve()
    fonts._prove_isolated(folder, [*folder.glob("*.ttf"), foreign], problems)
    assert [str(problem) for problem in problems] == [
        "The machine's own fonts show through: NotoSansThaiLooped-Bold.ttf. Unset FONTCONFIG_FILE "
        "and FONTCONFIG_PATH and try again; sheets are set in the project's fonts only."
    ]


def test_unreadable_fonts_are_told(folder: Path) -> None:
    problems = Problems()
    fonts._prove_isolated(folder, [folder / "NotoSans-Regular.ttf"], problems)
    assert [problem.what for problem in problems] == [
        "Fonts of the project cannot be read: NotoSansLao-Bold.ttf."
    ]


def test_a_missing_library_is_told_with_the_command(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "library", lambda name: None)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(UserError, match="sudo apt-get install libpango") as caught:
        fonts.isolate(folder, tmp_path)
    assert "harfbuzz-subset" in str(caught.value)
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(UserError, match="brew install pango"):
        fonts.isolate(folder, tmp_path)


def test_fonts_that_are_refused_are_not_left_to_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "visible_fonts", lambda: [tmp_path / "Foreign.ttf"])
    before = os.environ.get(fonts.CHOSEN)
    with (
        pytest.raises(UserError, match=r"show through: Foreign\.ttf"),
        fonts.isolated(tmp_path, tmp_path / "scratch"),
    ):
        pytest.fail("it went on")
    assert os.environ.get(fonts.CHOSEN) == before


def test_isolating_holds_in_a_process_of_its_own(folder: Path, tmp_path: Path) -> None:
    """A folder whose name needs escaping in XML, and an environment that points elsewhere."""
    odd = folder.rename(tmp_path / "fonts & <more>")
    code = (
        "import sys; from pathlib import Path; from printkit import fonts\n"
        "fonts.isolate(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "print(len(fonts.visible_fonts()))"
    )
    environment = {**os.environ, "FONTCONFIG_PATH": "/nowhere", "FONTCONFIG_FILE": "nowhere"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(odd), str(tmp_path / "scratch")],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "2"


def test_libraries_found_by_name_are_not_searched_for() -> None:
    search = ctypes.util.find_library
    with fonts.found_by_name():
        if sys.platform == "linux":
            assert ctypes.util.find_library("pango-1.0") is None
    assert ctypes.util.find_library is search


def test_a_library_of_another_name_is_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fonts._LIBRARIES, "pango-1.0", ("libno-such.so.0", "libno-such.dylib"))
    fonts.library.cache_clear()
    fonts._names_are_enough.cache_clear()
    try:
        assert fonts.library("pango-1.0") is not None
        with fonts.found_by_name():
            assert ctypes.util.find_library("pango-1.0") is not None
    finally:
        fonts.library.cache_clear()
        fonts._names_are_enough.cache_clear()
