"""The states of what a build reads: every file that counts, and nothing else."""

import os
from pathlib import Path

import pytest

from printkit.inputs import changed, state_of, states, sums


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("campaign.toml", "po/es.po", "flyers/leaf/art/a.svg", "build/1.0/a.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def test_every_file_of_the_project_that_is_read_is_told_and_what_was_built_is_not(
    root: Path,
) -> None:
    found = states(root)
    assert list(found) == ["campaign.toml", "flyers/leaf/art/a.svg", "po/es.po"]
    assert found["po/es.po"] == state_of(root / "po" / "es.po")
    assert states(root) == found


def test_a_file_saved_anew_touched_or_replaced_has_another_state(root: Path) -> None:
    before = states(root)
    path = root / "po" / "es.po"
    path.write_text("longer than it was")
    os.utime(root / "campaign.toml", ns=(1, 1))
    art = root / "flyers/leaf/art/a.svg"
    status = art.stat()
    other = art.with_name("b.svg")
    other.write_bytes(art.read_bytes())
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(art)  # the same size and time, another file
    (root / "po" / "vi.po").write_text("")
    assert changed(before, states(root)) == (
        "campaign.toml",
        "flyers/leaf/art/a.svg",
        "po/es.po",
        "po/vi.po",
    )


def test_what_is_gone_has_no_state_and_no_sum(root: Path) -> None:
    (root / "po" / "es.po").unlink()
    assert state_of(root / "po" / "es.po") is None
    assert sums(root, ["po/es.po"]) == {"po/es.po": ""}
    assert states(root / "nowhere") == {}


def test_pythons_own_files_and_folders_behind_links_are_no_inputs(root: Path) -> None:
    before = states(root)
    (root / "po" / "__pycache__").mkdir()
    (root / "po" / "__pycache__" / "a.pyc").write_text("")
    (root / "flyers" / "loop").symlink_to(root / "flyers", target_is_directory=True)
    assert set(changed(before, states(root))) <= {"flyers/loop"}
