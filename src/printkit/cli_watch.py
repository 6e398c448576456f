"""The command that draws what is saved: it parses, waits, and lets report speak."""

import contextlib
import time

from printkit.options import (
    AsOf,
    Format,
    Languages,
    Out,
    Pieces,
    ProjectFolder,
    Words,
    asked_words,
    day_named,
    folder_named,
    loaded_project,
)

# Commands import what they need themselves, so that help and mistakes cost no time.


def watch(
    language: Languages = None,
    piece: Pieces = None,
    out: Out = None,
    words: Words = None,
    project: ProjectFolder = None,
    as_of: AsOf = None,
) -> None:
    """Draw the pages that a saved catalog, template or style changes, until Ctrl-C."""
    from printkit import report, selecting, watching
    from printkit.voices import in_words
    from printkit.watch_words import STOPPED, lines_of

    told_in = asked_words(words, language, Format.TEXT)
    loaded = loaded_project(project, as_of)
    selection = selecting.selection_for(loaded, languages=language or (), pieces=piece or ())
    selecting.refuse_unordered(loaded, selection)
    place = folder_named(out) or loaded.root / "build" / "watch"
    events = watching.watch(loaded, selection, out=place, pause=time.sleep, as_of=day_named(as_of))
    with contextlib.suppress(KeyboardInterrupt), contextlib.closing(events):
        begun = time.monotonic()
        for event in events:
            if isinstance(event, watching.Saved):
                begun = time.monotonic()
            seconds = time.monotonic() - begun
            if isinstance(event, watching.Judged):
                report.findings(in_words(event.findings, told_in))
            report.lines(lines_of(event, root=loaded.root, out=place, seconds=seconds))
    report.lines(STOPPED)
