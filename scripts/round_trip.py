"""Load and save every PO file below some folders, and tell which ones lose a byte: none should.

    python scripts/round_trip.py /usr/share ~/src

A file that cannot be read must be refused with its line. Nothing is written. Exit code 1: some
file would be changed, or was refused without saying where.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from printkit.errors import Problem, Problems, UserError
from printkit.po.merge import merge
from printkit.reading import read_text

LIMIT = 10_000_000
"""Bytes, as for any catalog that is read."""


def round_trip(path: Path) -> tuple[Problem, ...] | None:
    """Load a catalog and save it again, brought up to itself.

    Return its problems, which are none where no byte changed, and None where one did.
    """
    problems = Problems()
    if read_text(path, root=path.parent, problems=problems, limit=LIMIT) is None:
        return tuple(problems)
    data = path.read_bytes()
    text = data.decode()
    try:
        return () if merge(text, text).encode() == data else None
    except UserError as error:
        return error.problems


def catalogs(folder: Path) -> Iterator[Path]:
    """Yield the PO files of a folder and of all below it; links are not followed."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if Path(place, name) != Path("/proc"))
        paths = (Path(place, name) for name in sorted(names) if name.endswith(".po"))
        yield from (path for path in paths if path.is_file() and not path.is_symlink())


def main(folders: list[str]) -> int:
    """Print what became of every file, and return the exit code."""
    counted: Counter[str] = Counter()
    wrong = []
    for path in (path for folder in folders for path in catalogs(Path(folder))):
        found = round_trip(path)
        counted["read"] += 1
        if found is None:
            counted["changed"] += 1
            wrong.append(f"{path}: a byte changed.")
        elif found:
            counted["refused"] += 1
            first = found[0]
            print(f"{path}:{first.line}: {first.what}")
            if any(one.line is None for one in found):
                wrong.append(f"{path}: refused without a line.")
    same = counted["read"] - counted["changed"] - counted["refused"]
    print(
        f"{counted['read']} files: {same} byte for byte, {counted['refused']} refused with a line"
    )
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["/"]))
