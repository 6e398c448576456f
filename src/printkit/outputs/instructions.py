"""README.txt of a ZIP: in plain words, how its sheets are printed at home or in an office."""

from collections.abc import Iterable, Sequence

NAME = "README.txt"


def instructions(
    *, campaign: str, version: str, name: str, files: Sequence[tuple[str, str, str]], draft: bool
) -> str:
    """Return what to do, and a list of files, each as its piece, its name and its way onto paper.

    Lines end as every editor of every system shows them.
    """
    lines = [
        f"{name}: {campaign}, version {version}",
        "",
        *(_DRAFT if draft else ()),
        "How to print these sheets",
        "1. Use US Letter paper (8.5 x 11 in). Black ink is enough.",
        '2. Print at actual size (100 %). Do not choose "Fit to page".',
        "3. Look below how each file goes onto paper. Where it says both sides, print one sheet",
        "   first, and see that its back stands upright.",
        "4. Do not mix versions: the version and a code stand at the foot of each sheet.",
        "",
        "Files",
        *_listed(files),
        "",
        "Keep no list of who takes a sheet. Nobody has to give a name, a number or a status.",
    ]
    return "\r\n".join([*lines, ""])


_DRAFT = (
    "DRAFT: no native reader has signed off all of these texts. Look at the sheets that are",
    "marked DRAFT; do not hand them out.",
    "",
)


def _listed(files: Iterable[tuple[str, str, str]]) -> Iterable[str]:
    for piece, name, paper in files:
        yield f"- {piece}: {name}"
        yield f"  {(paper or 'one page to a sheet, one side').capitalize()}."
