"""The press's colour profile is there, and whole."""

from pathlib import Path

import pytest

from printkit.errors import UserError
from printkit.profiles import PROFILE, verify_profile


def test_the_shipped_profile_is_whole(project: Path) -> None:
    verify_profile(project / "profiles")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (None, "The file is missing, or can't be read."),
        (b"", "This is not a whole ICC profile."),
        (b"\0\0\0\x80" + b"x" * 124, "This is not a whole ICC profile."),
    ],
)
def test_anything_else_is_told(tmp_path: Path, data: bytes | None, what: str) -> None:
    folder = tmp_path / "profiles"
    folder.mkdir()
    if data is not None:
        (folder / PROFILE).write_bytes(data)
    with pytest.raises(UserError) as caught:
        verify_profile(folder)
    assert str(caught.value) == (
        f"profiles/TR006.icc: {what} Bring the folder back: git checkout -- profiles"
    )


def test_a_profile_cut_off_is_told(project: Path, tmp_path: Path) -> None:
    data = (project / "profiles" / PROFILE).read_bytes()
    (tmp_path / PROFILE).write_bytes(data[:-1])
    with pytest.raises(UserError, match="This is not a whole ICC profile"):
        verify_profile(tmp_path)
