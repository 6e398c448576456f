"""The press's colour profile, shipped or the shop's own: there, whole, and one of four inks."""

import functools
import io
from pathlib import Path

from PIL import ImageCms

from printkit.errors import Problem, UserError, quoted

PROFILE = "TR006.icc"
_SIGNATURE = slice(36, 40)
"""Where a profile says that it is one (ICC.1, the header)."""
_CLASS, _SPACE = slice(12, 16), slice(16, 20)
_MOST_BYTES = 30_000_000
_ASK = "Ask the shop for the ICC profile (.icc) of its press and paper."


def verify_profile(folder: Path) -> None:
    """Raise UserError when the profile is missing, or is not a whole ICC profile."""
    try:
        data = (folder / PROFILE).read_bytes()
        what = "This is not a whole ICC profile."
    except OSError:
        data, what = b"", "The file is missing, or can't be read."
    if not _is_whole(data):
        raise UserError(
            Problem(
                what=what,
                fix=f"Bring the folder back: git checkout -- {folder.name}",
                file=f"{folder.name}/{PROFILE}",
            )
        )


def profile_in(profiles: Path) -> Path:
    """Return the profile to print with: a shop's own file as it is, else the shipped one."""
    return profiles / PROFILE if profiles.is_dir() else profiles


def shops_profile(path: Path) -> Path:
    """Return the whole path of a shop's own profile.

    Raises UserError where it is not the profile of a press with four inks.
    """
    what = ""
    try:
        data = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
        what = _what_is_wrong(data)
    except OSError:
        what = "the file is missing, or can't be read"
    if what:
        raise UserError(Problem(what=f"--profile: {quoted(path, 200)}: {what}.", fix=_ASK))
    return path.resolve()


@functools.lru_cache(maxsize=4)
def condition_of(profile: Path) -> str:
    """Return what a profile calls the printing condition that it describes."""
    words = ImageCms.getProfileDescription(str(profile))
    printable = "".join(letter if letter.isprintable() else " " for letter in words)
    return " ".join(printable.split()) or profile.stem


def _is_whole(data: bytes) -> bool:
    return data[_SIGNATURE] == b"acsp" and int.from_bytes(data[:4]) == len(data)


def _what_is_wrong(data: bytes) -> str:
    """Return why these bytes are no press's profile, or nothing."""
    if not _is_whole(data):
        return "this is not a whole ICC profile"
    kind, space = data[_CLASS].decode("latin-1").strip(), data[_SPACE].decode("latin-1").strip()
    if kind != "prtr":
        return f"this is the profile of another kind of device ({quoted(kind)}, not a printer)"
    if space != "CMYK":
        return f"this profile's colours are {quoted(space)}, not the four inks CMYK"
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(data))
        ImageCms.buildTransform(ImageCms.createProfile("sRGB"), opened, "RGB", "CMYK")
        ImageCms.buildTransform(opened, ImageCms.createProfile("sRGB"), "CMYK", "RGB")
    except (ImageCms.PyCMSError, OSError):
        return "this profile holds no whole tables from colours to inks and back"
    return ""
