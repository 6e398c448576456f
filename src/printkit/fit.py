"""How each message fits its place in the real layout: by how much not, and how close to full."""

import functools
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from printkit.editions import EDITIONS
from printkit.entries import Key
from printkit.errors import listed, quoted
from printkit.executors import executor_for, run_all
from printkit.findings import Finding, Rule, Severity, finding
from printkit.jobs import Job, Selection, first_orders, jobs_for
from printkit.languages import Language, know, own_languages
from printkit.marks import mark_of
from printkit.pieces import MANY_LANGUAGES, Piece
from printkit.project import SOURCE, Project
from printkit.rooms import Measured, Room, measure, numbers_of, side_of

FITS = Rule(
    code="message-fits",
    severity=Severity.FAIL,
    rule="Every message fits its place on every sheet, if need be in the tightest setting.",
    because="Only the layout knows what fits: letters differ in width, and a limit in letters "
    "is wrong for the next language.",
)
RULES = (FITS,)
NO_WORDS = "No shorter text can help: give its box more room in the piece's style.css."
SHOWN = 48
"""Letters of a message by which it is named."""
SETTING_LINES = 3
"""About how many lines a side gains by a tighter setting: only for which room to name first."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """One message at one place, and how it fits there."""

    room: Room
    number: int
    """On the proof of its piece."""
    msgid: str
    where: str
    """In words: the piece, its side, and the number."""
    editions: tuple[str, ...]
    """The editions that are laid out alike."""
    file: str | None
    line: int | None
    grown: int
    """How many lines more than the English it takes."""

    @property
    def rank(self) -> tuple[float, ...]:
        """Its place in a list with the tightest room first."""
        room = self.room
        lines = room.stands.spare_pt / room.stands.line_pt
        return -room.over_mm, lines + SETTING_LINES * (room.tightest - room.level), -self.grown

    def as_dict(self) -> dict[str, Any]:
        """Return all of it, ready for JSON."""
        room = self.room
        return {
            "msgid": self.msgid,
            "language": room.language,
            "piece": room.piece,
            "editions": list(self.editions),
            "page": room.stands.page,
            "number": self.number,
            "place": list(room.place.inches),
            "lines": room.lines,
            "letters": room.letters,
            "font_pt": room.stands.font_pt,
            "over_mm": room.over_mm,
            "lines_over": room.lines_over,
            "letters_over": room.letters_over,
            "left_mm": room.left_mm,
            "setting": room.level + 1,
            "settings": room.tightest + 1,
            **({"file": self.file, "line": self.line} if self.file else {}),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitness:
    """What a measuring came to."""

    fits: tuple[Fit, ...]
    """The tightest first."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What a worker measures, and what it must know of the project."""

    profiles: Path
    languages: tuple[Language, ...]

    def __call__(self, job: Job) -> tuple[Job, Measured]:
        know(self.languages)
        return replace(job, html=""), measure(job, self.profiles)


def editions_measured(piece: Piece) -> dict[str, tuple[str, ...]]:
    """Return the editions to lay out, each with those that it stands for.

    Screen and press differ in what is added around the trim, unless the styles tell them apart;
    on screen, what slots say stands in the text.
    """
    styles = " ".join(
        path.read_text(encoding="utf-8")
        for path in piece.sources
        if path.suffix == ".css" and path.parent == piece.folder
    )
    alike = {"press", "screen"} <= set(piece.editions)
    if alike and ".press" not in styles and ".screen" not in styles:
        rest = (one for one in piece.editions if one not in ("press", "screen"))
        return {"screen": ("press", "screen"), **{one: (one,) for one in rest}}
    return {one: (one,) for one in piece.editions}


def measured_jobs(
    project: Project, languages: Collection[str], editions: Collection[str] = ()
) -> Iterator[Job]:
    """Yield marked jobs for the languages and for English, one region standing for all."""
    css = {name: edition.css for name, edition in EDITIONS.items()}
    wanted = {*languages, SOURCE, MANY_LANGUAGES}
    selection = Selection(languages=frozenset(wanted))
    marked = replace(first_orders(project, selection), marked=True)
    for slug, piece in project.pieces.items():
        chosen = editions or editions_measured(piece)
        one = Selection(pieces=frozenset({slug}), editions=frozenset(chosen))
        yield from jobs_for(marked, one, page_css=css)


def check_fit(
    project: Project, languages: Collection[str], *, workers: int, progress: Progress
) -> Fitness:
    """Lay out every piece in the languages, and return how each message fits, and what does not."""
    wanted = tuple(languages or project.campaign.languages)
    jobs = list(measured_jobs(project, wanted))
    done: dict[int, tuple[Job, Measured]] = {}
    task = _Task(profiles=project.profiles, languages=own_languages())
    with (
        tempfile.TemporaryDirectory(prefix="printkit-fit-") as scratch,
        executor_for(workers, fonts=project.fonts, scratch=Path(scratch)) as executor,
    ):
        for number, result in run_all(executor, task, jobs, workers=workers):
            done[number] = result
            progress("measuring", len(done), len(jobs))
    return fitness(project, [done[number] for number in sorted(done)], wanted)


def fitness(
    project: Project, measured: Sequence[tuple[Job, Measured]], languages: Collection[str]
) -> Fitness:
    """Return how the messages fit, from sheets that were measured."""
    rooms = [room for _, sheet in measured for room in sheet.rooms]
    numbers = numbers_of(rooms)
    english = {
        (room.piece, room.edition, room.digest): room.lines
        for room in rooms
        if room.language == SOURCE
    }
    fits = []
    for job, sheet in measured:
        for room in sheet.rooms:
            # A language's words on the back of another's sheet stand as on its own.
            if room.language in languages and job.language in (room.language, MANY_LANGUAGES):
                lines = english.get((room.piece, room.edition, room.digest), room.lines)
                number = numbers[room.piece, room.digest]
                fits.append(_fit(project, room, number, room.lines - lines))
    fits.sort(key=lambda one: one.rank)
    found = [*_overflows(fits), *_unexplained(measured, fits, languages)]
    return Fitness(fits=tuple(fits), findings=tuple(dict.fromkeys(found)))


def _fit(project: Project, room: Room, number: int, grown: int) -> Fit:
    piece = project.pieces[room.piece]
    key = keys_by_digest(project).get(room.digest, (None, ""))
    catalog = project.catalogs.get(room.language)
    message = catalog.messages.get(key) if catalog is not None else None
    side = side_of(piece, room.stands.page)
    return Fit(
        room=room,
        number=number,
        msgid=key[1],
        where=", ".join(part for part in (piece.name, side, f"no. {number}") if part),
        editions=editions_measured(piece).get(room.edition, (room.edition,)),
        file=catalog.file if catalog is not None and message is not None else None,
        line=message.line if message is not None else None,
        grown=grown,
    )


def keys_by_digest(project: Project) -> Mapping[str, Key]:
    """Return the project's messages by the digests that their marks bear."""
    return _digests(tuple(project.pot.messages)) if project.pot is not None else {}


@functools.lru_cache(maxsize=8)
def _digests(keys: tuple[Key, ...]) -> dict[str, Key]:
    return {mark_of("", key).removeprefix(":"): key for key in keys}


def _overflows(fits: Iterable[Fit]) -> Iterator[Finding]:
    """Yield what does not fit: a box once, told of the message that outgrew the English most."""
    boxes: dict[object, list[Fit]] = {}
    for fit in fits:
        room = fit.room
        if room.over_mm:
            wide = room.digest if not room.lines_over else ""
            key = room.language, room.piece, room.edition, room.stands.box, wide
            boxes.setdefault(key, []).append(fit)
    for members in boxes.values():
        worst = max(members, key=lambda one: (one.grown, one.room.letters))
        yield _overflow(worst, sorted({one.number for one in members} - {worst.number}))


def _overflow(fit: Fit, others: Sequence[int]) -> Finding:
    room = fit.room
    lines = f", {_count(room.lines_over, 'line')}" if room.lines_over else " across"
    long = f"The text is {room.over_mm:g} mm too long{lines}" + (
        ", even in the tightest setting." if room.tightest else "."
    )
    drop = f"Drop about {_count(room.letters_over, 'letter')} here"
    share = f", or share them with no. {listed(map(str, others))}" if others else ""
    return finding(
        FITS,
        f"{fit.where}, {quoted(fit.msgid, SHOWN)}: {long[0].lower()}{long[1:]}",
        f"{drop}{share}." if room.letters_over else NO_WORDS,
        piece=room.piece,
        language=room.language,
        edition=" and ".join(fit.editions),
        page=room.stands.page,
        place=room.place.inches,
        file=fit.file,
        line=fit.line,
    )


def _unexplained(
    measured: Iterable[tuple[Job, Measured]], fits: Iterable[Fit], languages: Collection[str]
) -> Iterator[Finding]:
    """Yield what a build would withhold a sheet for, where no message is found to be too long."""
    told = {
        (one.room.piece, one.room.language, one.room.edition) for one in fits if one.room.over_mm
    }
    for job, sheet in measured:
        asked = job.language in (*languages, MANY_LANGUAGES)
        if asked and (job.piece.slug, job.language, job.edition) not in told:
            yield from sheet.full


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
