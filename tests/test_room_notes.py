"""What a translator is told of a message's place and room, and that it stays as it is."""

from dataclasses import replace
from pathlib import Path

import pytest
from project_kit import change
from test_rooms import room, stands

from printkit.campaign import load_campaign
from printkit.errors import Problems
from printkit.fit import keys_by_digest
from printkit.pieces import Piece
from printkit.po.gather import extract_pot
from printkit.project import Project, load_project
from printkit.room_notes import english_notes, notes_of

KEY = "Call {hotline} or type {drop_url}."


def notes_by_msgid(project: Project) -> dict[str, tuple[str, ...]]:
    keys = keys_by_digest(project)
    return {keys[digest][1]: notes for digest, notes in english_notes(project).items()}


def extracted(root: Path) -> bool:
    problems = Problems()
    campaign = load_campaign(root, problems=problems)
    assert campaign is not None
    return extract_pot(root, campaign, lambda: english_notes(load_project(root)))


@pytest.fixture(scope="module")
def tiny_notes(tiny_read: Project) -> dict[str, tuple[str, ...]]:
    return notes_by_msgid(tiny_read)


def test_a_note_says_where_a_message_stands_and_how_much_room_it_has(
    tiny_notes: dict[str, tuple[str, ...]],
) -> None:
    assert tiny_notes["Keep what is yours"] == (
        "Leaf, front, headline, no. 1 on the proof",
        "Room: 2 lines, 3.5 in wide, about 45 English letters",
    )


def test_a_message_on_one_page_has_no_side(tiny_notes: dict[str, tuple[str, ...]]) -> None:
    assert tiny_notes["This is my language."][0] == "Finder, no. 1 on the proof"


def test_extraction_writes_the_notes_and_is_quiet_when_nothing_changed(tiny: Path) -> None:
    assert extracted(tiny)
    text = (tiny / "po/campaign.pot").read_text(encoding="utf-8")
    assert "#. Leaf, front, no. 2 on the proof\n#. Room: " in text
    assert text.index("#. Room: ") < text.index("#. {drop_url} prints as")
    assert not extracted(tiny)


def test_a_small_change_of_style_touches_no_note(
    tiny: Path, tiny_notes: dict[str, tuple[str, ...]]
) -> None:
    change(tiny, "flyers/leaf/style.css", "0.45in 0.5in 0.08in", "0.46in 0.5in 0.08in")
    assert notes_by_msgid(load_project(tiny)) == tiny_notes


def test_the_least_room_is_told_where_a_message_stands_on_several_pieces(
    tiny_read: Project,
) -> None:
    pieces: dict[str, Piece] = dict(tiny_read.pieces)
    wide = replace(room(), language="en", stands=stands(width_pt=400.0))
    small = replace(wide, piece="handbill", stands=stands(width_pt=120.0))
    told = notes_of([wide, small], pieces)["0"]
    assert told[:2] == ("Leaf, front, no. 1 on the proof", "Handbill, no. 1 on the proof")
    assert told[2].startswith("Room: 2 lines, 1.5 in wide, about ")
    assert told[2].endswith(" English letters (on Handbill)")


def test_no_room_is_smaller_than_the_english_text(tiny_read: Project) -> None:
    full = replace(room(spare_pt=0.0, width_pt=60.0), language="en")
    (told,) = notes_of([full], tiny_read.pieces).values()
    assert told[-1] == "Room: 2 lines, 1 in wide, about 30 English letters"
