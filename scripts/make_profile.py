"""Rebuild profiles/TR006.icc from its measurements, and tell whether it is the one that is here.

    python3 scripts/make_profile.py [--source /usr/share/color/icc] [--write]

The profile is committed, so nobody needs this to build; it shows where it came from. It needs
ArgyllCMS and the measurements: apt-get install argyll icc-profiles-free. It takes a minute or two.
Status 0: the same but for the moment it was made; 1: another one; 2: something is missing.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROFILE = ROOT / "profiles" / "TR006.icc"
SOURCE = Path("/usr/share/color/icc")
SOURCES = {
    "TR006.ti3": "6f78251a2e632ce937d71eae83f4db6e5b56d259ebb55e895969a109748c2717",
    "sRGB.icc": "2a92d4bae450b76d8b0aa42193df974d75f62738ecebf74f01c5e75b12a95796",
}
"""The measurements, and the space whose colours are mapped into the inks, with their SHA-256."""
WORDS = (
    "zlib licence; made from TR006.ti3 characterisation data (icc-profiles-free) with ArgyllCMS"
    " colprof"
)
RECIPE = (
    *("colprof", "-qm", "-bm", "-al"),  # medium quality, both ways, as tables of Lab
    *("-kz", "-l300", "-L98"),  # the least black; 300 % of ink and 98 % of black at most
    *("-S", "sRGB.icc", "-cmt", "-dpp"),  # map sRGB's gamut; seen on a monitor, printed as a print
    *("-D", "printkit TR006 coated", "-C", WORDS, "TR006"),
)
MOMENT = slice(24, 36)
"""Where a profile's header holds the moment it was made (ICC.1, the header)."""


class ProfileError(Exception):
    """Why the profile could not be rebuilt, and what to do about it."""


def sources_in(folder: Path) -> dict[str, bytes]:
    """Return the files that the profile is made from, once they are the very ones."""
    found = {}
    for name, digest in SOURCES.items():
        path = folder / name
        if not path.is_file():
            raise ProfileError(f"{path} is missing. Run: apt-get install icc-profiles-free")
        found[name] = path.read_bytes()
        if hashlib.sha256(found[name]).hexdigest() != digest:
            raise ProfileError(
                f"{path} is another edition than the profile was made from. Take it from Debian's"
                " icc-profiles-free 2.0.1."
            )
    return found


def rebuilt(sources: dict[str, bytes], *, program: str = RECIPE[0]) -> bytes:
    """Return the profile that ArgyllCMS computes from the sources."""
    found = shutil.which(program)
    if found is None:
        raise ProfileError(f"{program} is not on this machine. Run: apt-get install argyll")
    with tempfile.TemporaryDirectory(prefix="printkit-profile-") as folder:
        for name, data in sources.items():
            (Path(folder) / name).write_bytes(data)
        done = subprocess.run(
            [found, *RECIPE[1:]], cwd=folder, capture_output=True, text=True, check=False
        )
        made = Path(folder) / PROFILE.name
        if done.returncode or not made.is_file():
            raise ProfileError(f"{program} failed: {(done.stderr or done.stdout).strip()[-400:]}")
        return made.read_bytes()


def is_same(one: bytes, other: bytes) -> bool:
    """Tell whether two profiles are the same, whenever each was made."""
    return _timeless(one) == _timeless(other)


def _timeless(profile: bytes) -> bytes:
    return profile[: MOMENT.start] + profile[MOMENT.stop :]


def main(arguments: list[str] | None = None) -> int:
    """Rebuild, compare, and with --write put the new one in place; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--source", type=Path, default=SOURCE, help="where TR006.ti3 lies")
    parser.add_argument("--write", action="store_true", help="put another profile in place")
    asked = parser.parse_args(arguments)
    try:
        made = rebuilt(sources_in(asked.source))
    except ProfileError as error:
        print(error, file=sys.stderr)
        return 2
    if is_same(made, PROFILE.read_bytes()):
        print(f"{PROFILE.name} is what its recipe makes.")
        return 0
    print(f"The recipe makes another {PROFILE.name}: {hashlib.sha256(made).hexdigest()}")
    if not asked.write:
        return 1
    PROFILE.write_bytes(made)
    print("It was put in place. Correct its sum in profiles/README.md.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
