"""The press's colour profile: there, and whole, before anything is painted with it."""

from pathlib import Path

from printkit.errors import Problem, UserError

PROFILE = "TR006.icc"
_SIGNATURE = slice(36, 40)
"""Where a profile says that it is one (ICC.1, the header)."""


def verify_profile(folder: Path) -> None:
    """Raise UserError when the profile is missing, or is not a whole ICC profile."""
    try:
        data = (folder / PROFILE).read_bytes()
        what = "This is not a whole ICC profile."
    except OSError:
        data, what = b"", "The file is missing, or can't be read."
    if data[_SIGNATURE] != b"acsp" or int.from_bytes(data[:4]) != len(data):
        raise UserError(
            Problem(
                what=what,
                fix=f"Bring the folder back: git checkout -- {folder.name}",
                file=f"{folder.name}/{PROFILE}",
            )
        )
