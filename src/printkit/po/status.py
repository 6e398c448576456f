"""How each language stands: translated, fuzzy, findings, signed off or stale by which messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from printkit.entries import Key
from printkit.findings import Finding, Severity
from printkit.languages import LANGUAGES
from printkit.po.signing import catalog_findings
from printkit.project import Project
from printkit.signoffs import LEGAL, SOURCE, Signoff, digests_of

NO_ROOMS = "How texts fit their places is told with --fit."
HEADS = ("language", "translated", "fuzzy", "FAIL", "WARN", "fit", "sign-off")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tightness:
    """How a language's texts fit their places."""

    over: int
    """Places that are too small for their text."""
    tightest: tuple[str, ...]
    """A line of words for each, the tightest first."""

    @property
    def told(self) -> str:
        """Whether all fit, in words."""
        return f"{self.over} too long" if self.over else "all fit"


Rooms = Mapping[str, Tightness]
"""By language, where they were measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one language stands."""

    language: str
    """BCP 47, or "legal" for the English sentences that a lawyer reads."""
    total: int
    """Messages that the pieces print."""
    translated: int
    """Those that print in the language, neither left out nor fuzzy."""
    fuzzy: int
    findings: tuple[Finding, ...]
    """What the checks of its catalog say."""
    signoff: Signoff | None
    unsigned: tuple[Key, ...]
    """The messages whose words of today nobody has approved."""
    rooms: Tightness | None = None
    """How it fits, where that was measured."""

    @property
    def name(self) -> str:
        """The language in English."""
        if self.language == LEGAL:
            return "Legal sentences (English)"
        return LANGUAGES[self.language].english

    @property
    def state(self) -> str:
        """One of "signed off", "stale" and "not signed off"."""
        if self.signoff is None:
            return "not signed off"
        return "stale" if self.unsigned else "signed off"

    @property
    def told(self) -> str:
        """The state in words, with its day."""
        if self.signoff is None:
            return self.state
        day = self.signoff.date.isoformat()
        if not self.unsigned:
            return f"signed off {day}"
        return f"stale: {len(self.unsigned)} changed since {day}"

    def count(self, severity: Severity) -> int:
        """Return how many findings are so severe."""
        return sum(found.severity is severity for found in self.findings)


def standings(project: Project, rooms: Rooms | None = None) -> tuple[Standing, ...]:
    """Return how each of a campaign's languages stands, in their order, and the law at the end."""
    tags = [*project.campaign.languages, LEGAL]
    found = [_standing(project, tag, rooms) for tag in tags]
    return tuple(one for one in found if one.total or one.language != LEGAL)


def _standing(project: Project, tag: str, rooms: Rooms | None) -> Standing:
    digests = digests_of(tag, project.pot, project.catalogs.get(tag))
    catalog = project.catalogs.get(tag)
    messages = catalog.messages if catalog is not None else {}
    return Standing(
        language=tag,
        total=len(digests),
        translated=sum(digest is not None for digest in digests.values()),
        fuzzy=sum(key in messages and messages[key].fuzzy for key in digests),
        findings=tuple(catalog_findings(project, tag)),
        signoff=project.signoffs.get(tag),
        unsigned=project.unsigned(tag),
        rooms=rooms.get(tag) if rooms is not None else None,
    )


def as_lines(found: Sequence[Standing]) -> list[str]:
    """Return a table for a terminal, and under it what has changed since it was signed off."""
    cells = [HEADS, *(_cells(one) for one in found)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(HEADS))]
    lines = []
    for row in cells:
        padded = [
            cell.rjust(width) if 0 < place < len(HEADS) - 1 else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(padded).rstrip())
    for one in found:
        if one.state == "stale":
            lines += [
                "",
                f"{one.language}, {one.told}:",
                *(f"  {name_of(k)}" for k in one.unsigned),
            ]
        if one.rooms is not None:
            places = [f"  {place}" for place in one.rooms.tightest]
            lines += ["", f"{one.language}, tightest:", *places]
    if all(one.rooms is None for one in found):
        lines += ["", NO_ROOMS]
    return lines


def _cells(one: Standing) -> tuple[str, ...]:
    return (
        one.language,
        f"{one.translated}/{one.total}",
        str(one.fuzzy),
        str(one.count(Severity.FAIL)),
        str(one.count(Severity.WARN)),
        one.rooms.told if one.rooms is not None else "-",
        one.told,
    )


def name_of(key: Key) -> str:
    """Return a message as people know it: its text, and its context where it has one."""
    context, msgid = key
    return msgid if context is None else f"{msgid} ({context})"


def as_json(found: Sequence[Standing]) -> list[dict[str, Any]]:
    """Return the same for machines; reviewers stay in their file."""
    return [_as_dict(one) for one in found]


def _as_dict(one: Standing) -> dict[str, Any]:
    told: dict[str, Any] = {
        "language": one.language,
        "total": one.total,
        "translated": one.translated,
        "fuzzy": one.fuzzy,
        "fail": one.count(Severity.FAIL),
        "warn": one.count(Severity.WARN),
        "state": one.state,
    }
    if one.language == SOURCE:
        told["source"] = True
    if one.signoff is not None:
        told["date"] = one.signoff.date.isoformat()
        told["changed"] = [
            {"msgid": msgid} if context is None else {"msgctxt": context, "msgid": msgid}
            for context, msgid in one.unsigned
        ]
    if one.rooms is not None:
        told["too_long"] = one.rooms.over
        told["tightest"] = list(one.rooms.tightest)
    return told
