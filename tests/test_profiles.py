"""The press's colour profile is there, and whole; a shop's own is one of a press."""

from pathlib import Path

import pytest

from printkit.errors import UserError
from printkit.profiles import PROFILE, condition_of, profile_in, shops_profile, verify_profile


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


def a_profile(project: Path, *, at: int = 0, to: bytes = b"") -> bytes:
    """Return the shipped profile with some bytes changed."""
    data = (project / "profiles" / PROFILE).read_bytes()
    return data[:at] + to + data[at + len(to) :]


def test_a_shops_own_profile_is_taken(project: Path, tmp_path: Path) -> None:
    own = tmp_path / "shop.icc"
    own.write_bytes(a_profile(project))
    assert shops_profile(own) == own.resolve()
    assert profile_in(own) == own
    assert profile_in(project / "profiles") == project / "profiles" / PROFILE
    assert condition_of(own) == "printkit TR006 coated"


@pytest.mark.parametrize(
    ("at", "to", "what"),
    [
        (36, b"ACSP", "this is not a whole ICC profile"),
        (0, b"\0\0\1\0", "this is not a whole ICC profile"),
        (12, b"mntr", 'this is the profile of another kind of device ("mntr", not a printer)'),
        (16, b"RGB ", 'this profile\'s colours are "RGB", not the four inks CMYK'),
        (128, b"\0" * 4, "this profile holds no whole tables from colours to inks and back"),
    ],
)
def test_a_shops_profile_that_is_none_is_told(
    project: Path, tmp_path: Path, at: int, to: bytes, what: str
) -> None:
    own = tmp_path / "shop.icc"
    own.write_bytes(a_profile(project, at=at, to=to))
    with pytest.raises(UserError) as caught:
        shops_profile(own)
    assert str(caught.value) == (
        f'--profile: "{own}": {what}. '
        "Ask the shop for the ICC profile (.icc) of its press and paper."
    )


def test_a_shops_profile_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="the file is missing, or can't be read"):
        shops_profile(tmp_path / "none.icc")
    with pytest.raises(UserError, match=r"can't be read|not a whole"):
        shops_profile(tmp_path)
