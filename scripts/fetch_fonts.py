"""Rebuild fonts/ from pinned npm packages, every file checked against fonts/SHA256SUMS.

    python3 scripts/fetch_fonts.py [FOLDER]

The fonts are committed, so nobody needs this to build; it shows where they came from, and is how
a newer version comes in: change its pin, run with --write-sums, read the diff, look at the pages.
Needs npm. Nothing is written unless every file is right.
"""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

SCOPE = "@expo-google-fonts"
PINS = {
    "noto-sans": "0.4.2",
    "noto-sans-arabic": "0.4.3",
    "noto-nastaliq-urdu": "0.4.2",
    "noto-sans-armenian": "0.4.2",
    "noto-sans-bengali": "0.4.4",
    "noto-sans-devanagari": "0.4.1",
    "noto-sans-ethiopic": "0.4.2",
    "noto-sans-gujarati": "0.4.2",
    "noto-sans-gurmukhi": "0.4.1",
    "noto-sans-hebrew": "0.4.1",
    "noto-sans-lao": "0.4.2",
    "noto-sans-khmer": "0.4.3",
    "noto-sans-myanmar": "0.4.2",
    "noto-sans-tamil": "0.4.3",
    "noto-sans-telugu": "0.4.2",
    "noto-sans-thai-looped": "0.4.2",
    "noto-sans-tc": "0.4.3",
    "noto-sans-sc": "0.4.3",
    "noto-sans-jp": "0.4.3",
    "noto-sans-kr": "0.4.3",
}
FACE = re.compile(r"(\w+)_(?:400(Regular)|700(Bold))\.ttf")
LICENCE = "LICENSE_FONT"
FILES_A_PACKAGE = 3
"""Regular, Bold, and the licence."""


class FetchError(Exception):
    """Why the fonts could not be rebuilt, and what to do about it."""


def read_sums(path: Path) -> dict[str, str]:
    """File name to SHA-256, from a file in sha256sum's own format."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise FetchError(f"{path} is missing. Restore it: git checkout -- {path.name}") from None
    sums: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        row = re.fullmatch(r"([0-9a-f]{64})  ([\w.-]+)", line)
        if row is None:
            raise FetchError(f"{path}:{number}: not a line of sha256sum's: {line[:80]!r}")
        sums[row[2]] = row[1]
    return sums


def kept_name(member: str, package: str) -> str | None:
    """What a package's file is called in fonts/; None for the many that are not kept."""
    name = member.rpartition("/")[2]
    if name == LICENCE:
        return f"OFL-{package}.txt"
    face = FACE.fullmatch(name)
    return f"{face[1]}-{face[2] or face[3]}.ttf" if face else None


def pack(package: str, version: str, folder: Path) -> Path:
    """Download one package's tarball into the folder."""
    wanted = f"{SCOPE}/{package}@{version}"
    try:
        done = subprocess.run(
            ["npm", "pack", "--silent", wanted],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
            timeout=600,
        )
    except FileNotFoundError:
        raise FetchError("npm is not installed. Install Node.js, then run this again.") from None
    except subprocess.TimeoutExpired:
        raise FetchError(f"{wanted}: npm gave no answer in ten minutes. Try again later.") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip() or f"npm stopped with status {error.returncode}"
        raise FetchError(f"{wanted}: {said}") from None
    return folder / done.stdout.strip().splitlines()[-1]


def wanted_files(tarball: Path, package: str) -> Iterator[tuple[str, bytes]]:
    """The two faces and the licence of one tarball, under the names they have in fonts/."""
    found = 0
    with tarfile.open(tarball) as archive:
        for member in archive:
            name = kept_name(member.name, package)
            stream = archive.extractfile(member) if name else None
            if name and stream:
                found += 1
                yield name, stream.read()
    if found != FILES_A_PACKAGE:
        raise FetchError(
            f"{SCOPE}/{package}: {found} of the {FILES_A_PACKAGE} files wanted are in the package. "
            "Its layout has changed; mend kept_name() in this script."
        )


def fetch(folder: Path) -> dict[str, str]:
    """Put every font and licence into the folder; the sums of what came."""
    sums: dict[str, str] = {}
    for package, version in PINS.items():
        print(f"{package} {version}", flush=True)
        tarball = pack(package, version, folder)
        for name, data in wanted_files(tarball, package):
            sums[name] = hashlib.sha256(data).hexdigest()
            (folder / name).write_bytes(data)
        tarball.unlink()
    return sums


def compare(want: dict[str, str], got: dict[str, str]) -> None:
    """Raise with every difference between the sums wanted and those that came."""
    wrong = [f"{name}: missing" for name in sorted(want.keys() - got.keys())]
    wrong += [f"{name}: not in SHA256SUMS" for name in sorted(got.keys() - want.keys())]
    wrong += [
        f"{name}: SHA-256 is {got[name]}, SHA256SUMS says {want[name]}"
        for name in sorted(want.keys() & got.keys())
        if want[name] != got[name]
    ]
    if wrong:
        raise FetchError("\n".join([*wrong, "Nothing was written."]))


def rebuild(target: Path, sums_file: Path, *, write_sums: bool) -> int:
    """Fetch beside the target, check all, then move all into place; the number of files."""
    want = {} if write_sums else read_sums(sums_file)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".fonts-") as scratch:
        got = fetch(Path(scratch))
        if write_sums:
            lines = "".join(f"{got[name]}  {name}\n" for name in sorted(got))
            sums_file.write_text(lines, encoding="utf-8")
        else:
            compare(want, got)
        for name in got:
            shutil.move(Path(scratch) / name, target / name)
    return len(got)


def main() -> int:
    """Parse the command line, rebuild, and say how it went."""
    home = Path(__file__).resolve().parent.parent / "fonts"
    parser = argparse.ArgumentParser(description="Rebuild fonts/ from pinned npm packages.")
    parser.add_argument("folder", nargs="?", type=Path, default=home, help="where to (fonts/)")
    parser.add_argument("--sums", type=Path, default=home / "SHA256SUMS", help="what to check by")
    parser.add_argument(
        "--write-sums", action="store_true", help="after a change of pins: write the sums anew"
    )
    options = parser.parse_args()
    try:
        count = rebuild(options.folder, options.sums, write_sums=options.write_sums)
    except FetchError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{count} files in {options.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
