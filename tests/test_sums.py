"""A folder's sums: as sha256sum reads them, and proof of who made the folder."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from printkit.errors import UserError
from printkit.sums import NAME, refuse_foreign, write_sums


def folder(tmp_path: Path) -> Path:
    place = tmp_path / "out"
    (place / "fresno").mkdir(parents=True)
    (place / "fresno" / "sheet é.pdf").write_bytes(b"a sheet")
    (place / "index.html").write_bytes(b"a page")
    return place


def refused(place: Path) -> str:
    with pytest.raises(UserError) as caught:
        refuse_foreign(place, option="--out")
    return str(caught.value)


def test_every_file_has_its_line(tmp_path: Path) -> None:
    place = folder(tmp_path)
    write_sums(place)
    lines = (place / NAME).read_text(encoding="utf-8").splitlines()
    assert lines == [
        f"{hashlib.sha256(b'a sheet').hexdigest()}  fresno/sheet é.pdf",
        f"{hashlib.sha256(b'a page').hexdigest()}  index.html",
    ]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not on this machine")
def test_another_program_checks_them(tmp_path: Path) -> None:
    place = folder(tmp_path)
    write_sums(place)
    command = ["sha256sum", "--check", "--strict", NAME]
    assert subprocess.run(command, cwd=place, capture_output=True).returncode == 0
    (place / "index.html").write_bytes(b"another page")
    assert subprocess.run(command, cwd=place, capture_output=True).returncode != 0


def test_ours_empty_ones_and_none_are_free(tmp_path: Path) -> None:
    refuse_foreign(tmp_path / "none", option="--out")
    (tmp_path / "empty").mkdir()
    refuse_foreign(tmp_path / "empty", option="--out")
    place = folder(tmp_path)
    write_sums(place)
    refuse_foreign(place, option="--out")


def test_what_others_made_is_refused(tmp_path: Path) -> None:
    place = folder(tmp_path)
    assert "is there already, and printkit did not make it" in refused(place)
    assert "is there already" in refused(place / "index.html")
    write_sums(place)
    (place / "fresno" / "notes.txt").write_text("mine")
    assert "holds what printkit did not put there: fresno/notes.txt" in refused(place)
    (place / "fresno" / "notes.txt").unlink()
    (place / "linked").symlink_to(tmp_path)
    assert "did not put there: linked" in refused(place)
    (place / "linked").unlink()
    (place / NAME).write_bytes(b"\xff")
    assert "is there already" in refused(place)
