"""What changed is told in words, and old copies are handed out only where that harms nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.changes import Change, change_between

SAME = ("1.0", "1.0")
BASE = {"words": "1", "layout": "1", "style": "1", "fonts": "1", "press": "1", "fact hotline": "1"}
NAMES = st.sampled_from([*BASE, "place", "facts", "fact drop_url", "another"])
PARTS = st.dictionaries(NAMES, st.sampled_from("12"))


@pytest.mark.parametrize(
    ("changed", "words", "matters"),
    [
        ({"words": "2"}, "its text", True),
        ({"words": "2", "layout": "2"}, "its text", True),
        ({"fact hotline": "2"}, "the fact hotline", True),
        ({"words": "2", "fact hotline": "2"}, "its text and the fact hotline", True),
        ({"facts": "2"}, "its facts", True),
        ({"place": "2"}, "what it says of its region", True),
        ({"style": "2"}, "its design", False),
        ({"layout": "2"}, "its design", False),
        ({"layout": "2", "style": "2", "fonts": "2"}, "its design and its fonts", False),
        ({"press": "2"}, "the profile or the standard that it is printed by", False),
        ({"place": "2", "style": "2"}, "what it says of its region and its design", True),
        ({}, "nothing that shows", False),
    ],
)
def test_what_changed_in_words(changed: dict[str, str], words: str, matters: bool) -> None:
    change = change_between(BASE, BASE | changed, versions=SAME)
    assert (change.words, change.matters) == (words, matters)


def test_a_version_alone_is_a_number() -> None:
    change = change_between(BASE, BASE, versions=("1.0", "1.1"))
    assert change == Change(what=("its version's number",), matters=False)


def test_a_draft_is_not_handed_out_once_it_was_read() -> None:
    change = change_between(BASE, BASE | {"layout": "2"}, versions=SAME, drafts=(True, False))
    assert change == Change(what=("its DRAFT mark",), matters=True)


def test_what_older_printkits_made_is_not_guessed() -> None:
    change = change_between({}, BASE, versions=("1.0", "1.1"))
    assert change.matters and change.words.startswith("what, nobody can tell")


@given(PARTS, PARTS)
def test_text_facts_and_places_always_matter_and_looks_never_do(
    old: dict[str, str], new: dict[str, str]
) -> None:
    change = change_between(old, new, versions=SAME)
    differ = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    told = {name for name in differ if name in ("words", "facts", "place") or name[:5] == "fact "}
    assert change.matters == (bool(told) or not old or not new)
    assert change.what and change == change_between(old, new, versions=SAME)
