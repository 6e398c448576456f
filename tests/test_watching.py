"""What a save changes is drawn at once, the page that shows it first; what is wrong is told."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from project_kit import change, write

from printkit.errors import UserError
from printkit.jobs import Selection
from printkit.project import load_project
from printkit.watch_words import lines_of
from printkit.watching import Drawn, Event, Judged, Ready, Saved, Settled, draw_pages, watch

LEAF = Selection(languages=frozenset({"es"}), pieces=frozenset({"leaf"}))
SOURCES = Path(__file__).parents[1] / "src"
HEADLINE = 'msgid "Keep what is yours"\nmsgstr "'


class Over(Exception):
    """Ends a test's watching."""


def watched(root: Path, wanted: Selection, *saves: Callable[[], object]) -> list[Event]:
    """Return what is told from the start until all that the saves change is drawn."""
    waiting = iter(saves)

    def pause(seconds: float) -> None:
        if seconds < 0.03:
            return  # a file keeps still
        try:
            next(waiting)()
        except StopIteration:
            raise Over from None

    told: list[Event] = []
    with closing(watch(load_project(root), wanted, out=root / "watch", pause=pause)) as events:
        try:
            told.extend(_each(events))
        except Over as over:
            told += over.args[0]
    return told


def _each(events: Iterator[Event]) -> Iterator[Event]:
    seen: list[Event] = []
    try:
        for event in events:
            seen.append(event)
    except Over:
        raise Over(seen) from None
    yield from seen


def pages(events: list[Event]) -> list[str]:
    """Return the names of the pictures that were drawn, in their order."""
    return [event.path.name for event in events if isinstance(event, Drawn)]


def since_save(events: list[Event]) -> list[Event]:
    """Return what was told after the last save."""
    last = max(place for place, event in enumerate(events) if isinstance(event, Saved))
    return events[last:]


def test_what_was_asked_for_is_drawn_at_the_start(tiny: Path) -> None:
    events = watched(tiny, LEAF)
    assert pages(events) == ["es_leaf_1.png", "es_leaf_2.png"]
    assert events[-1] == Ready(sheets=1)
    with Image.open(tiny / "watch/es_leaf_1.png") as picture:
        assert picture.size == (490, 634)
        # What differs by region is left light, as paper is.
        assert picture.getpixel((380, 585)) == (228, 228, 228)


def test_a_saved_message_draws_the_page_that_shows_it(tiny: Path) -> None:
    events = watched(tiny, LEAF, lambda: change(tiny, "po/es.po", HEADLINE, HEADLINE + "Hoy "))
    saved, drawn, judged, settled = since_save(events)
    assert saved == Saved(files=("po/es.po",))
    assert isinstance(drawn, Drawn)
    assert (drawn.page, drawn.path.name) == (1, "es_leaf_1.png")
    assert isinstance(judged, Judged)
    assert [fit.msgid for fit in judged.changed] == ["Keep what is yours"]
    assert (judged.findings, judged.mended) == ((), 0)
    assert settled == Settled(pages=1)


def test_english_overleaf_is_drawn_when_the_template_changes(tiny: Path) -> None:
    row = "{{ parts.drop_code"
    events = watched(tiny, LEAF, lambda: change(tiny, "flyers/leaf/leaf.html", row, "<hr>" + row))
    assert pages(since_save(events)) == ["es_leaf_1.png", "es_leaf_2.png"]


def test_a_changed_style_is_seen(tiny: Path) -> None:
    style = tiny / "flyers/leaf/style.css"
    events = watched(tiny, LEAF, lambda: style.write_text("p { color: #b3261e }"))
    assert pages(since_save(events)) == ["es_leaf_1.png", "es_leaf_2.png"]


def test_a_message_of_another_sheet_changes_nothing(tiny: Path) -> None:
    words = 'msgid "Place"\nmsgstr "'
    events = watched(tiny, LEAF, lambda: change(tiny, "po/es.po", words, words + "El "))
    assert since_save(events)[1:] == [Settled(pages=0)]


def test_a_wrong_file_is_told_by_its_line_and_watching_goes_on(tiny: Path) -> None:
    text = (tiny / "po/es.po").read_text(encoding="utf-8")
    end = text.index('"\n', text.index(HEADLINE) + len(HEADLINE))
    line = text[:end].count("\n") + 1
    events = watched(
        tiny,
        LEAF,
        lambda: write(tiny, "po/es.po", text[:end] + text[end + 1 :]),
        lambda: write(tiny, "po/es.po", text),
    )
    (broken,) = (event for event in events if isinstance(event, UserError))
    assert [(one.file, one.line) for one in broken.problems] == [("po/es.po", line)]
    assert since_save(events)[1:] == [Settled(pages=0)]


def test_a_wrong_template_is_told_and_watching_goes_on(tiny: Path) -> None:
    wrong = "{% if %}"
    events = watched(
        tiny,
        LEAF,
        lambda: change(tiny, "flyers/leaf/leaf.html", "<section", wrong + "<section"),
        lambda: change(tiny, "flyers/leaf/leaf.html", wrong + "<section", "<section"),
    )
    (broken,) = (event for event in events if isinstance(event, UserError))
    assert [one.file for one in broken.problems] == ["flyers/leaf/leaf.html"]
    assert isinstance(events[-1], Settled)


def test_what_is_wrong_with_a_message_is_told_once_and_that_it_was_mended(tiny: Path) -> None:
    bad = HEADLINE + "{dato} "
    events = watched(
        tiny,
        LEAF,
        lambda: change(tiny, "po/es.po", HEADLINE, bad),
        lambda: change(tiny, "po/es.po", 'msgstr "Ayuda', 'msgstr "La ayuda'),
        lambda: change(tiny, "po/es.po", bad, HEADLINE),
    )
    judged = [event for event in events if isinstance(event, Judged)]
    assert [[one.code for one in event.findings] for event in judged[1:]] == [["message-names"], []]
    assert judged[-1].mended == 1


def test_without_names_only_what_changes_is_drawn_its_own_language_first(tiny: Path) -> None:
    words = 'msgid "Scan to open DROP"\nmsgstr "'
    events = watched(
        tiny, Selection(), lambda: change(tiny, "po/es.po", words, words + "Por favor ")
    )
    assert events[0] == Ready(sheets=6)
    assert pages(events)[:3] == ["es_leaf_1.png", "es_leaf_2.png", "en_leaf_2.png"]
    assert not [name for name in pages(events) if name.startswith("ar_")]


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (Ready(sheets=1), "Watching 1 sheet: save a file, and look into watch. Ctrl-C ends it."),
        (Saved(files=("po/es.po", "campaign.toml")), "po/es.po, campaign.toml: saved."),
        (Judged(changed=(), findings=(), mended=2), "  2 findings put right."),
        (Settled(pages=0), "  No page that is watched looks otherwise for it."),
    ],
)
def test_what_is_told(event: Event, told: str) -> None:
    root = Path("/project")
    assert list(lines_of(event, root=root, out=root / "watch", seconds=0.4)) == [told]


def test_a_page_is_told_with_its_side_and_a_message_with_its_room(tiny: Path) -> None:
    events = watched(tiny, LEAF, lambda: change(tiny, "po/es.po", HEADLINE, HEADLINE + "Hoy "))
    _, drawn, judged, _ = since_save(events)
    told = [*lines_of(drawn, root=tiny, out=tiny, seconds=0.44)]
    assert told == ["  Leaf, Spanish, front: watch/es_leaf_1.png (0.4 s)"]
    (told,) = [[*lines_of(judged, root=tiny, out=tiny, seconds=0.5)]]
    assert told[0].startswith('  "Keep what is yours": ')
    assert told[0].endswith(" mm left.")


def test_the_pages_of_a_proof_come_one_by_one(tiny: Path) -> None:
    drawn = draw_pages(load_project(tiny), LEAF, out=tiny / "pages")
    assert next(drawn).name == "es_leaf_1.png"
    assert [path.name for path in (tiny / "pages").iterdir()] == ["es_leaf_1.png"]
    assert [path.name for path in drawn] == ["es_leaf_2.png"]


def test_a_broken_template_stops_a_proofs_pages(tiny: Path) -> None:
    change(tiny, "flyers/leaf/leaf.html", "<section", "{% if %}<section")
    with pytest.raises(UserError, match=r"flyers/leaf/leaf\.html:"):
        list(draw_pages(load_project(tiny), LEAF, out=tiny / "pages"))


def test_ctrl_c_ends_the_command_politely(tiny: Path) -> None:
    command = [sys.executable, "-m", "printkit.cli", "watch", "-l", "es", "-p", "leaf"]
    with subprocess.Popen(
        command,
        cwd=tiny,
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as watching:
        assert watching.stdout is not None
        told = [watching.stdout.readline() for _ in range(3)]
        watching.send_signal(signal.SIGINT)
        rest, errors = watching.communicate(timeout=60)
    assert [line.split(" (")[0] for line in told] == [
        "  Leaf, Spanish, front: build/watch/es_leaf_1.png",
        "  Leaf, Spanish, back: build/watch/es_leaf_2.png",
        "Watching 1 sheet: save a file, and look into build/watch. Ctrl-C ends it.\n",
    ]
    assert rest == "\nStopped watching. The pictures stay where they are.\n"
    assert (errors, watching.returncode) == ("", 0)
