"""The room of each message on a sheet: where it stands, what it takes, and what is left."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from printkit import judge
from printkit.findings import Finding, Severity
from printkit.fitting import fitted_sheet
from printkit.jobs import Job
from printkit.pieces import Piece
from printkit.places import Place
from printkit.typeset import MessagePlace

LEADING_PT = 1.5
"""A line's own space may leave its box so far, above and below: no ink stands in it."""
MM_PER_PT = 25.4 / 72
_SIDES = ("front", "back")
_FOLDED = ("outside", "inside")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One place of a message on a sheet."""

    language: str
    digest: str
    """Which message it is, as marks name it."""
    piece: str
    edition: str
    level: int
    """The side's setting: 0 is the loosest."""
    tightest: int
    """The piece's last setting."""
    stands: MessagePlace

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        return len(self.stands.lines)

    @property
    def letters(self) -> int:
        """How many letters it has, spaces too."""
        return sum(self.stands.letters) + self.lines - 1

    @property
    def over_mm(self) -> float:
        """By how much its column is too high, or itself too wide; 0 where it fits."""
        down = -self.stands.spare_pt if self.stands.spare_pt < -LEADING_PT else 0.0
        return round(max(down, self.stands.beyond_pt) * MM_PER_PT, 1)

    @property
    def lines_over(self) -> int:
        """How many of its lines its column is too high by."""
        spare = self.stands.spare_pt
        return math.ceil(-spare / self.stands.line_pt - 0.1) if spare < -LEADING_PT else 0

    @property
    def letters_over(self) -> int:
        """About how many letters to drop, so that it fits; 0 too where no dropping can help."""
        if not self.over_mm or self.lines_over >= self.lines:
            return 0
        *_, last = self.stands.letters
        whole = max(1, self.lines_over)
        per_line = self.letters / self.lines
        if self.lines_over:
            # The last line goes with the letters that it holds, each one more with a line's.
            return math.ceil((last if self.lines > 1 else 0) + (whole - 1) * per_line) or 1
        widest = max(place.width_pt for place in self.stands.lines)
        return max(1, math.ceil(self.stands.beyond_pt / widest * per_line))

    @property
    def left_mm(self) -> float:
        """How much higher its column could be in the side's setting."""
        return round(max(0.0, self.stands.spare_pt) * MM_PER_PT, 1)

    @property
    def place(self) -> Place:
        """The rectangle around all its lines on the page that it begins on."""
        lines = [one for one in self.stands.lines if one.page == self.stands.page]
        left, top = min(one.x_pt for one in lines), min(one.y_pt for one in lines)
        return Place(
            page=self.stands.page,
            x_pt=left,
            y_pt=top,
            width_pt=max(one.x_pt + one.width_pt for one in lines) - left,
            height_pt=max(one.y_pt + one.height_pt for one in lines) - top,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A marked sheet, measured."""

    rooms: tuple[Room, ...]
    full: tuple[Finding, ...]
    """What does not fit even in the tightest setting, as a build would tell it."""
    pdf: bytes


def measure(job: Job, profiles: Path, *, write: bool = False) -> Measured:
    """Return the rooms of a marked job's messages, in the order of the sheet."""
    layout, levels = fitted_sheet(job, profiles, write=write)
    rooms = []
    for place in layout.messages:
        language, _, digest = place.mark.partition(":")
        rooms.append(
            Room(
                language=language,
                digest=digest,
                piece=job.piece.slug,
                edition=job.edition,
                level=levels[place.page - 1] if place.page <= len(levels) else 0,
                tightest=job.piece.tight,
                stands=place,
            )
        )
    wrong = (one for one in judge.judge_layout(job, layout) if one.severity is Severity.FAIL)
    return Measured(rooms=tuple(rooms), full=tuple(wrong), pdf=layout.pdf)


def numbers_of(rooms: Iterable[Room]) -> dict[tuple[str, str], int]:
    """Return each message's number on the proof, by piece and digest: in the order of the sheet.

    English rooms come first, so that a number is the same in every language.
    """
    numbers: dict[tuple[str, str], int] = {}
    highest: dict[str, int] = {}
    for room in sorted(rooms, key=lambda room: (room.language != "en", room.edition != "screen")):
        key = room.piece, room.digest
        if key not in numbers:
            highest[room.piece] = numbers[key] = highest.get(room.piece, 0) + 1
    return numbers


def side_of(piece: Piece, page: int) -> str:
    """Return what a page is called: the front or the back, or a folded sheet's outside."""
    if piece.pages == 1:
        return ""
    names = _FOLDED if piece.panels_pt else _SIDES
    return names[page - 1] if page <= len(names) else f"page {page}"
