"""Notes for translators: where a message stands, and the room that the English layout leaves."""

import math
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from printkit.executors import executor_for
from printkit.fit import measured_jobs
from printkit.lengths import inches
from printkit.pieces import Piece
from printkit.project import SOURCE, Project
from printkit.rooms import Room, measure, numbers_of, side_of

EDITION = "screen"
"""It holds the words of slots too, and is laid out as the press edition is."""
FILLED = 0.92
"""How much of a line words fill, where it ends at a space."""
MOST = 2.0
"""An empty sheet is no reason to write more than twice as much."""
STEPS = ((60, 5), (200, 10), (math.inf, 20))
"""Letters are told in steps, so that a small change of style changes no catalog."""


def english_notes(project: Project) -> dict[str, tuple[str, ...]]:
    """Lay the English sheets out, and return the notes of each message by its digest."""
    rooms: list[Room] = []
    with (
        tempfile.TemporaryDirectory(prefix="printkit-rooms-") as scratch,
        executor_for(1, fonts=project.fonts, scratch=Path(scratch)),
    ):
        for job in measured_jobs(project, (), (EDITION,)):
            rooms += measure(job, project.profiles).rooms
    return notes_of([room for room in rooms if room.language == SOURCE], project.pieces)


def notes_of(rooms: Iterable[Room], pieces: Mapping[str, Piece]) -> dict[str, tuple[str, ...]]:
    """Return each message's notes: a line for each piece that it stands on, and its room."""
    every = list(rooms)
    numbers = numbers_of(every)
    heights: dict[object, float] = {}
    for room in every:
        height = room.lines * room.stands.line_pt
        heights[_box(room)] = heights.get(_box(room), 0.0) + height
    places: dict[str, dict[str, Room]] = {}
    for room in every:
        places.setdefault(room.digest, {}).setdefault(room.piece, room)
    notes = {}
    for digest, found in places.items():
        told = [_where(room, pieces[slug], numbers[slug, digest]) for slug, room in found.items()]
        capacities = {slug: _capacity(room, heights[_box(room)]) for slug, room in found.items()}
        least = min(capacities, key=lambda slug: capacities[slug])
        on = f" (on {pieces[least].name})" if len(capacities) > 1 else ""
        notes[digest] = (*told, _room(found[least], *capacities[least], on))
    return notes


def _box(room: Room) -> object:
    return room.piece, room.stands.box


def _where(room: Room, piece: Piece, number: int) -> str:
    """Return where a message stands, in words."""
    parts = (piece.name, side_of(piece, room.stands.page), room.stands.role)
    return f"{', '.join(part for part in parts if part)}, no. {number} on the proof"


def _capacity(room: Room, height_pt: float) -> tuple[int, int]:
    """Return about how many letters and lines a message may have, all around it growing alike."""
    stands = room.stands
    grows = min(MOST, 1 + max(0.0, stands.spare_pt) / height_pt)
    lines = max(room.lines, math.floor(room.lines * grows + 0.2))
    letter_pt = sum(line.width_pt for line in stands.lines) / max(1, sum(stands.letters))
    per_line = stands.width_pt / letter_pt * (FILLED if lines > 1 else 1)
    return _stepped(lines * per_line, room.letters), lines


def _stepped(letters: float, least: int) -> int:
    """Return a number of letters in steps, and never fewer than the English has."""
    step = next(step for most, step in STEPS if max(letters, least) < most)
    return max(math.floor(letters / step), math.ceil(least / step)) * step


def _room(room: Room, letters: int, lines: int, on: str) -> str:
    width = round(inches(room.stands.width_pt) * 2) / 2 or 0.5
    many = "1 line" if lines == 1 else f"{lines} lines"
    return f"Room: {many}, {width:g} in wide, about {letters} English letters{on}"
