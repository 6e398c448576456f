"""What a build came to, in plain values: told when it ends, and again where nothing has changed."""

from dataclasses import dataclass
from pathlib import Path

from printkit.findings import Finding, fails


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a build came to."""

    out: Path
    sheets: int
    """Finished; those withheld are not among them."""
    anew: int
    """Of these, made anew; the others were as they would be made now."""
    withheld: int
    files: int
    regions: tuple[str, ...]
    """By slug."""
    copies: int
    languages: frozenset[str]
    drafts: frozenset[str]
    """Languages of sheets that bear the word DRAFT."""
    findings: tuple[Finding, ...]
    """Everything found, each once."""

    @property
    def exit_code(self) -> int:
        """1 where something failed, else 0."""
        return int(fails(self.findings))
