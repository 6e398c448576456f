"""What watching tells: what is drawn, how a changed message fits, and what is wrong, in words."""

from collections.abc import Iterator
from pathlib import Path

from printkit.compose import sheet_language
from printkit.errors import UserError, listed, quoted
from printkit.fit import SHOWN, Fit
from printkit.pieces import MANY_LANGUAGES
from printkit.rooms import side_of
from printkit.watching import Drawn, Event, Judged, Ready, Saved, Settled

MOST_FITS = 6
"""Changed messages that are told of by themselves; a new template changes all of them."""
STOPPED = ("", "Stopped watching. The pictures stay where they are.")


def lines_of(event: Event, *, root: Path, out: Path, seconds: float) -> Iterator[str]:
    """Yield what is told of an event that came some seconds after the save; findings are apart."""
    match event:
        case Ready():
            yield from _ready(event, _near(out, root))
        case Saved():
            yield f"{listed(event.files, 3)}: saved."
        case Drawn():
            yield f"  {_name(event)}: {_near(event.path, root)} ({seconds:.1f} s)"
        case Judged():
            yield from _fits(event.changed)
            if event.mended:
                yield f"  {_count(event.mended, 'finding')} put right."
        case Settled():
            if not event.pages:
                yield "  No page that is watched looks otherwise for it."
        case UserError():
            yield from (f"  {problem}" for problem in event.problems)
            yield "  Put it right and save again. The pictures stay as they were."


def _ready(ready: Ready, out: str) -> Iterator[str]:
    sheets = _count(ready.sheets, "sheet")
    yield f"Watching {sheets}: save a file, and look into {out}. Ctrl-C ends it."


def _name(drawn: Drawn) -> str:
    """Return which page of which sheet a picture shows."""
    many = drawn.language == MANY_LANGUAGES
    language = "" if many else sheet_language(drawn.language).english
    side = side_of(drawn.piece, drawn.page)
    return ", ".join(part for part in (drawn.piece.name, language, side) if part)


def _fits(fits: tuple[Fit, ...]) -> Iterator[str]:
    """Yield how changed messages fit their places, the tightest first."""
    for fit in fits[:MOST_FITS]:
        room = fit.room
        told = f"  {quoted(fit.msgid, SHOWN)}: {_count(room.lines, 'line')}"
        if room.over_mm:
            told += f", {room.over_mm:g} mm too long."
            if room.letters_over:
                told += f" Drop about {_count(room.letters_over, 'letter')}."
        else:
            told += f"; it fits, with {room.left_mm:g} mm left."
        if room.level:
            told += f" The page is set tighter, by {room.level} of {room.tightest} steps."
        yield told
    if len(fits) > MOST_FITS:
        yield f"  And {_count(len(fits) - MOST_FITS, 'message')} more, with more room."


def _near(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
