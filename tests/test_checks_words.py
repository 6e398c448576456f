"""What a volunteer reads on a finished sheet: the draft mark, the footer, the addresses."""

from pathlib import Path

import pytest
from sheets import CONTENTS, base_of, layout_of

from printkit.checks.words import RULES, page_texts, words_findings
from printkit.findings import Finding
from printkit.stamp import stamp

FOOTER = ("Arabic", "Leaf", "v1.0", "x894j4")
GOOD = "DRAFT Arabic · العربية · ar Leaf · v1.0 Kern County · x894j4 tiny.test/kern/ar/1.0"


def findings_of(*texts: str, draft: bool = True, tiled: bool = False) -> list[Finding]:
    return words_findings(
        texts,
        draft=draft,
        footer=FOOTER,
        addresses=("tiny.test/kern/ar/1.0",),
        tiled=tiled,
        piece="leaf",
        language="ar",
    )


def test_good_sides_have_nothing_to_tell() -> None:
    assert findings_of(GOOD, GOOD) == []
    assert findings_of(GOOD.replace("DRAFT ", ""), draft=False) == []


def test_the_address_may_stand_on_one_side_only() -> None:
    assert findings_of(GOOD, GOOD.replace("tiny.test/kern/ar/1.0", "")) == []


@pytest.mark.parametrize("broken", ["tiny.test/ kern/ar/1.0", "tiny.test/\u200bkern/\u200bar/1.0"])
def test_a_long_address_may_be_broken_after_a_slash(broken: str) -> None:
    assert findings_of(GOOD.replace("tiny.test/kern/ar/1.0", broken)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "DRAFT ",
            "",
            "FAIL leaf ar, page 2: The word DRAFT is missing. Put the draft mark back. "
            "(draft-mark)",
        ),
        (
            "v1.0 ",
            "",
            'FAIL leaf ar, page 2: "v1.0" is missing. Put the footer back. (footer-words)',
        ),
        (
            "x894j4",
            "x894j5",
            'FAIL leaf ar, page 2: "x894j4" is missing. Put the footer back. (footer-words)',
        ),
    ],
)
def test_each_side_is_held_to_its_words(old: str, new: str, told: str) -> None:
    assert list(map(str, findings_of(GOOD, GOOD.replace(old, new)))) == [told]


@pytest.mark.parametrize(
    "printed",
    ["1.0/ar/kern/tiny.test", "tiny.test/kern/ar/1.", "tiny.test /kern/ar/1.0", ""],
)
def test_an_address_in_another_order_is_told(printed: str) -> None:
    (found,) = findings_of(GOOD.replace("tiny.test/kern/ar/1.0", printed))
    assert str(found) == (
        'FAIL leaf ar: The address "tiny.test/kern/ar/1.0" is not printed as it is typed. Print '
        "it under its code, as one fact. (address-words)"
    )


def test_tiles_are_read_as_one_side() -> None:
    half = len(GOOD) // 2
    assert findings_of(GOOD[:half], GOOD[half:]) != []
    left, right = "DRAFT Arabic Leaf", "v1.0 x894j4 tiny.test/kern/ar/1.0"
    assert findings_of(left, right, tiled=True) == []
    assert [found.page for found in findings_of(left, "v1.0", tiled=True)] == [1, None]


def test_nothing_to_read_lacks_everything() -> None:
    codes = [found.code for found in findings_of("")]
    assert codes == ["draft-mark", *["footer-words"] * 4, "address-words"]
    assert set(codes) == {rule.code for rule in RULES}


def test_each_pages_text_is_read_in_one_line(own_fonts: Path) -> None:
    texts = page_texts(layout_of("screen", "en").pdf)
    assert len(texts) == 2
    assert all("Your privacy, your choice" in text and "\n" not in text for text in texts)


def test_a_stamped_words_are_read(own_fonts: Path) -> None:
    texts = page_texts(stamp(base_of("press", "ar"), CONTENTS))
    assert all("Fresno · card · v1 · ab12cd" in text for text in texts)
