"""What an edition is: how it paints, what it adds around the trim, and what it does to a base."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import pikepdf

from printkit.inks import Paint, Space
from printkit.lengths import Size, inches

Claim = Literal["PDF/X-4", "PDF/X-1a:2003", "PDF/UA-1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What an edition must know of the sheet that it finishes."""

    title: str
    language: str
    """BCP 47."""
    created: date
    """The day of the campaign's version; never the day of the build."""
    profiles: Path
    """The folder of the ICC profiles, or the one profile to print with."""
    fonts: Path
    """The folder of the fonts."""
    folds: tuple[tuple[float, ...], ...] = ()
    """For each page where it is folded, in points from the trim's left edge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One way of publishing a piece."""

    name: str
    space: Space
    """The one colour space of everything it paints."""
    variant: str | None
    """WeasyPrint's name of the PDF variant, where its own tags and marks are wanted."""
    bleed_pt: float
    imposes: bool
    """Whether its pages are set out on US Letter."""
    claim: Claim | None
    """The standard that its files say they keep."""
    version: str
    """Of PDF."""
    paint: Callable[[Path], Paint]
    """From the folder of profiles, or the one profile to print with, to the paint."""
    finish: Callable[[pikepdf.Pdf, Sheet], None]
    """Does the edition's own work on a laid out, and perhaps imposed, PDF."""

    def css(self, size: Size) -> str:
        """Return the @page rule that gives a page its trim and the edition's bleed."""
        return f"@page{{size:{size.css};margin:0;bleed:{inches(self.bleed_pt):.6g}in}}"
