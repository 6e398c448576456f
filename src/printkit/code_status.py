"""What a code at a sheet's foot stands for: current, superseded or unknown, and its orders."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from printkit.built import Built, Sheet, load_built
from printkit.changes import Change, change_between
from printkit.errors import Problems, UserError, listed, quoted
from printkit.languages import LANGUAGES
from printkit.ledger import Entry, Ledger
from printkit.outputs import manifest

CODE_LENGTH = 6
NEAREST = 3
"""How many codes are named in place of one that nobody knows."""
MOST_SLIPS = 2
"""More than these, and codes are not alike."""
ALIKE = ("0DQ", "8B3", "5S6", "2Z7", "1T7", "VYW", "CG6", "MNH", "4A9", "EF", "KX", "PR")
"""Letters and digits that are taken for one another on paper."""
_READ_AS = str.maketrans("OIL", "011")
"""What is no digit in the codes' alphabet, though it looks like one (Crockford's base 32)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a code stands for, from a build or, where that is gone, from the ledger."""

    code: str
    piece: str
    language: str
    edition: str
    version: str
    regions: tuple[str, ...]
    parts: Mapping[str, str]
    draft: bool

    @property
    def words(self) -> str:
        """The sheet in words."""
        where = listed(self.regions, 3)
        return f"{self.piece}, {language_words(self.language)}, {where}, {self.edition}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How one code stands."""

    code: str
    state: Literal["current", "superseded", "unknown"]
    sheets: tuple[Known, ...] = ()
    """What it stands for; more than one where two sheets share a code by chance."""
    successor: str | None = None
    """The code that took its place; None where nothing did, or nothing is known."""
    version: str = ""
    """The successor's."""
    change: Change | None = None
    orders: tuple[Entry, ...] = ()
    nearest: tuple[Known, ...] = ()
    unsure: str = ""
    """Why it may be otherwise, as a sentence."""

    @property
    def is_good(self) -> bool:
        """Whether copies may be handed out."""
        if self.state == "unknown" or any(sheet.draft for sheet in self.sheets):
            return False
        return self.state == "current" or (self.change is not None and not self.change.matters)


def language_words(tag: str) -> str:
    """Return a language as people name it, such as "Spanish (es)"."""
    if tag == "mul":
        return "many languages"
    return f"{LANGUAGES[tag].english} ({tag})" if tag in LANGUAGES else tag


def code_of(text: str) -> str | None:
    """Return the code in what was typed: a code, a footer, a file's name, or an address."""
    words = re.findall(r"[0-9A-Z]+", re.sub(r"\.pdf$", "", text.strip(), flags=re.I).upper())
    if not words:
        return None
    last = words[-1] if len(words[-1]) == CODE_LENGTH else "".join(words)
    return last.translate(_READ_AS) if len(last) == CODE_LENGTH else None


def codes_of(texts: Iterable[str]) -> list[str]:
    """Return the codes in what was typed, each once; raise UserError for all that is none."""
    problems, codes = Problems(), []
    for text in texts:
        code = code_of(text)
        if code is None:
            fix = "Write the six letters and digits at the sheet's foot, such as 7KQ2MX."
            problems.add(f"{quoted(text)} is no code.", fix)
        else:
            codes.append(code)
    problems.raise_if_any()
    return list(dict.fromkeys(codes))


def builds_in(folders: Iterable[Path], *, problems: Problems) -> list[Built]:
    """Return the builds that lie in some folders, or are one; what can't be read is a problem."""
    found = []
    for folder in folders:
        places = [folder] if (folder / manifest.NAME).is_file() else sorted(folder.glob("*"))
        for place in places:
            if (place / manifest.NAME).is_file():
                try:
                    found.append(load_built(place))
                except UserError as error:
                    problems.take(error)
    return found


def statuses(
    codes: Iterable[str], builds: Sequence[Built], ledger: Ledger, *, version: str
) -> list[Status]:
    """Return how codes stand; builds of `version`, the campaign's own, are the current ones."""
    known = _known(builds, ledger.entries)
    now = [built for built in builds if built.version == version]
    newest: dict[tuple[str, str, str, str], Sheet] = {}
    for built in sorted(now, key=lambda built: (built.folder.name != version, built.folder.name)):
        for sheet in built.sheets:
            if sheet.digest:
                newest.setdefault(sheet.key, sheet)
    current = {sheet.digest for built in now for sheet in built.sheets}
    return [_status(code, known, newest, current, ledger.entries, version) for code in codes]


def _known(builds: Iterable[Built], entries: Iterable[Entry]) -> dict[str, list[Known]]:
    """Return what codes stand for: the builds' sheets, then what only the ledger knows."""
    rows: dict[tuple[str, str, str, str], list[Sheet | Entry]] = {}
    for sheet in (one for built in builds for one in built.sheets if one.digest):
        rows.setdefault((sheet.digest, sheet.piece, sheet.language, sheet.edition), []).append(
            sheet
        )
    for entry in entries:
        rows.setdefault((entry.code, entry.piece, entry.language, entry.edition), []).append(entry)
    known: dict[str, list[Known]] = {}
    for (code, piece, language, edition), members in rows.items():
        first = members[0]
        known.setdefault(code, []).append(
            Known(
                code=code,
                piece=piece,
                language=language,
                edition=edition,
                version=first.version,
                regions=tuple(dict.fromkeys(one.region for one in members)),
                parts=first.parts,
                draft=isinstance(first, Sheet) and first.draft,
            )
        )
    return known


def _status(
    code: str,
    known: Mapping[str, list[Known]],
    newest: Mapping[tuple[str, str, str, str], Sheet],
    current: Collection[str],
    entries: Iterable[Entry],
    version: str,
) -> Status:
    sheets = tuple(known.get(code, ()))
    if not sheets:
        return Status(code=code, state="unknown", nearest=_nearest(code, known))
    orders = tuple(entry for entry in entries if entry.code == code)
    keys = [
        (region, sheet.language, sheet.piece, sheet.edition)
        for sheet in sheets
        for region in sheet.regions
    ]
    others = [newest[key] for key in keys if key in newest and newest[key].digest != code]
    told: dict[str, Any] = {"code": code, "sheets": sheets, "orders": orders}
    if code in current:
        unsure = "Another build of this version holds it otherwise: build again to be sure."
        return Status(state="current", unsure=unsure if others else "", **told)
    if not newest:
        unsure = f"There is no build of version {version} here: this goes by the version alone."
        state: Literal["current", "superseded"] = (
            "current" if sheets[0].version == version else "superseded"
        )
        return Status(state=state, unsure=unsure, **told)
    if not others:
        return Status(state="superseded", **told)
    new, old = others[0], sheets[0]
    change = change_between(
        old.parts,
        new.parts,
        versions=(old.version, new.version),
        drafts=(old.draft, new.draft),
    )
    return Status(
        state="superseded", successor=new.digest, version=new.version, change=change, **told
    )


def _nearest(code: str, known: Mapping[str, list[Known]]) -> tuple[Known, ...]:
    """Return what the codes that are most like one stand for, the most alike first."""
    ranked = sorted((distance(code, other), other) for other in known)[:NEAREST]
    most = min(MOST_SLIPS, ranked[0][0] + 0.5) if ranked else 0
    return tuple(known[other][0] for far, other in ranked if far <= most)


def distance(one: str, other: str) -> float:
    """Return how many slips of pen or eye make one code another; look-alikes count as half."""
    before = [float(place) for place in range(len(other) + 1)]
    for row, letter in enumerate(one, 1):
        line = [float(row)]
        for column, against in enumerate(other, 1):
            slip = before[column - 1] + _slip(letter, against)
            line.append(min(slip, before[column] + 1, line[column - 1] + 1))
        before = line
    return before[-1]


def _slip(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return 0.5 if any(one in group and other in group for group in ALIKE) else 1.0
