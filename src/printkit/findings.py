"""What is wrong with a sheet: code, severity, place, what it is, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a finding matters."""

    FAIL = "FAIL"
    """The sheet is withheld."""
    WARN = "WARN"
    """The sheet is made, and someone should look at it."""
    NOTE = "NOTE"
    """Worth knowing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a check holds a sheet to, as `printkit explain CODE` prints it."""

    code: str
    """Lower case with hyphens; never used again for another rule."""
    severity: Severity
    rule: str
    """The rule, as a sentence that is true of a good sheet."""
    because: str
    """Why the rule is there, with its source where it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that one check found."""

    code: str
    severity: Severity
    what: str
    fix: str
    piece: str | None = None
    language: str | None = None
    edition: str | None = None
    region: str | None = None
    page: int | None = None
    """Counted from 1."""
    place: tuple[float, float, float, float] | None = None
    """x, y, width, height in inches from the trim's top left corner."""
    file: str | None = None
    """Relative to the project's root, with forward slashes."""
    line: int | None = None
    msgid: str | None = None
    """The message of a catalog that the finding is about."""
    stands: str | None = None
    """Where on the sheet the message stands, in words."""

    def __str__(self) -> str:
        """Return one line: severity, sheet, place, what is wrong, what to do, code."""
        sheet = " ".join(
            part for part in (self.piece, self.language, self.edition, self.region) if part
        )
        where = [sheet] if sheet else []
        if self.file is not None:
            where.append(self.file if self.line is None else f"{self.file}:{self.line}")
        if self.stands is not None:
            where.append(self.stands)
        if self.page is not None:
            where.append(f"page {self.page}")
        if self.place is not None:
            where.append(f"{self.place[0]:.1f} in across, {self.place[1]:.1f} in down")
        head = f"{self.severity} {', '.join(where)}".rstrip()
        return f"{head}: {self.what} {self.fix}".rstrip() + f" ({self.code})"

    def as_dict(self) -> dict[str, Any]:
        """Return what is known, ready for JSON."""
        known: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None:
                known[field.name] = list(value) if isinstance(value, tuple) else value
        known["severity"] = str(self.severity)
        return known


def fails(findings: Iterable[Finding]) -> bool:
    """Return whether one of the findings withholds a sheet."""
    return any(found.severity is Severity.FAIL for found in findings)


def finding(rule: Rule, what: str, fix: str, **where: Any) -> Finding:
    """Return a finding that carries its rule's code and severity."""
    return Finding(code=rule.code, severity=rule.severity, what=what, fix=fix, **where)
