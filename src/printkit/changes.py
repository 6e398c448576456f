"""What changed between two states of a sheet, in words, and whether the old may be handed out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from printkit.parts import FACT

UNKNOWN = "what, nobody can tell, since one of the two is from an older printkit"
NOTHING = "nothing that shows"
_READ = {
    "words": "its text",
    "facts": "its facts",
    "place": "what it says of its region",
}
"""Parts that a reader goes by: old copies tell people something else."""
_SEEN = {
    "style": "its design",
    "fonts": "its fonts",
    "press": "the profile or the standard that it is printed by",
}
"""Parts that change a sheet's looks alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What makes a sheet differ from an older one."""

    what: tuple[str, ...]
    """In words, what matters most first."""
    matters: bool
    """Whether old copies say something else, so that they should not be handed out."""

    @property
    def words(self) -> str:
        """What changed, as a part of a sentence."""
        *first, last = self.what
        return f"{', '.join(first)} and {last}" if first else last


def change_between(
    old: Mapping[str, str],
    new: Mapping[str, str],
    *,
    versions: tuple[str, str],
    drafts: tuple[bool, bool] = (False, False),
) -> Change:
    """Return what changed between the parts of two sheets, the older one first.

    What is not known counts as something that matters: a sheet too many is recycled rather than
    one with a wrong number handed out.
    """
    if not old or not new:
        return Change(what=(UNKNOWN,), matters=True)
    names = [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    read = list(_read(names))
    if drafts == (True, False):
        read.append("its DRAFT mark")
    seen = [words for name, words in _SEEN.items() if name in names]
    if "layout" in names and not read and "style" not in names:
        seen.insert(0, _SEEN["style"])  # other words bring other tags with them
    if versions[0] != versions[1] and not read and not seen:
        seen.append("its version's number")
    return Change(what=(*read, *seen) or (NOTHING,), matters=bool(read))


def _read(names: list[str]) -> Iterator[str]:
    if "words" in names:
        yield _READ["words"]
    yield from (f"the fact {name.removeprefix(FACT)}" for name in names if name.startswith(FACT))
    yield from (_READ[name] for name in ("facts", "place") if name in names)
