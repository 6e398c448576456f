"""A changed text finds the one it was, soon, and a new one finds none."""

import random
import time

import pytest

from printkit.po.similar import Index

TEXTS = [
    "Call {hotline} today, before your data is sold.",
    "Data brokers must delete your data within 45 days.",
    "Scan to open DROP",
    "Ask for help",
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call {hotline} now, before your data is sold.", 0),
        ("Data brokers must delete your data within 90 days.", 1),
        ("scan to  open drop", 2),
        ("Ask for help!", 3),
        ("Nothing of the kind was ever here", None),
        ("Scan", None),
        ("", None),
    ],
)
def test_a_changed_text_finds_the_one_it_was(text: str, found: int | None) -> None:
    assert Index(TEXTS).nearest(text) == found


def test_the_same_text_comes_before_a_similar_one() -> None:
    assert Index(["Ask for help.", "Ask for help", "Go"]).nearest("Go") == 2
    assert Index(["Ask for help.", "Ask for help"], favoured=1).nearest("Ask for help") == 1


def test_a_text_that_has_gone_is_likelier_than_one_that_stayed() -> None:
    gone, stayed = "Delete the profile of a group", "Delete the profile of a guess"
    assert Index([gone, stayed]).nearest("Delete the profile of a guest") == 1
    assert Index([gone, stayed], favoured=1).nearest("Delete the profile of a guest") == 0
    assert Index([gone], favoured=1).nearest("Something else altogether") is None


def test_nothing_is_like_nothing() -> None:
    assert Index([]).nearest("Ask for help") is None


def test_five_thousand_texts_are_searched_for_250_in_seconds() -> None:
    chance = random.Random(5)
    words = ["".join(chance.choices("abcdefghij", k=chance.randint(2, 9))) for _ in range(2000)]
    texts = [" ".join(chance.choices(words, k=chance.randint(3, 20))) for _ in range(5000)]
    changed = {at: f"{texts[at]} {chance.choice(words)}" for at in chance.sample(range(5000), 250)}
    begun = time.monotonic()

    index = Index(texts)
    right = sum(index.nearest(text) == at for at, text in changed.items())

    assert right == 250
    assert time.monotonic() - begun < 10, "a tenth of this is usual"
