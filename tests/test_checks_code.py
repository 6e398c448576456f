"""Codes are read from the finished page and held to the address expected."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from sheets import CONTENTS, URL, base_of, layout_of

from printkit.checks.code import ExpectedCode, codes_decode, operators_decode, read_operators
from printkit.editions import EDITIONS
from printkit.impose import imposed
from printkit.inks import BLACK
from printkit.places import Place
from printkit.qr import qr_stream, side_in_modules
from printkit.stamp import Base, Code, stamp

pytestmark = pytest.mark.usefixtures("own_fonts")
OTHER = "https://example.org/ca/kern/es/v1"


def expected_of(name: str, base: Base) -> list[ExpectedCode]:
    places = [slot.place for slot in layout_of(name).slots if slot.name == "code"]
    if base.imposition is not None:
        places = [found for place in places for found in imposed(base.imposition, place)]
    return [ExpectedCode(url=URL, place=place) for place in places]


@pytest.mark.parametrize("name", EDITIONS)
def test_good_sheets_decode_in_every_edition(name: str) -> None:
    base = base_of(name)
    expected = expected_of(name, base)
    assert len(expected) == (8 if name == "copier" else 2)
    assert codes_decode(stamp(base, CONTENTS), expected) == []


def test_a_code_that_leads_elsewhere_is_told() -> None:
    base = base_of("press")
    expected = expected_of("press", base)
    (first, second) = codes_decode(stamp(base, CONTENTS | {"code": Code(url=OTHER)}), expected)
    assert first.what == f'The code leads to "{OTHER}", not to "{URL}".'
    assert (first.code, first.severity, first.page, second.page) == ("code-decodes", "FAIL", 1, 2)
    assert first.place == expected[0].place.inches


@pytest.mark.parametrize(
    "change",
    [
        {"x_pt": 216, "y_pt": 288},
        {"x_pt": 9000},
        {"y_pt": -9000},
        {"page": 3},
        {"page": 0},
    ],
)
def test_a_code_that_is_not_there_is_told(change: dict[str, object]) -> None:
    base = base_of("screen")
    (code, _) = expected_of("screen", base)
    moved = replace(code, place=replace(code.place, **change))  # type: ignore[arg-type]
    (found,) = codes_decode(stamp(base, CONTENTS), [moved], piece="card")
    assert found.piece == "card"
    assert found.what == f'No code can be read where one should lead to "{URL}".'
    assert "quiet zone" in found.fix


def test_an_address_must_be_the_same_to_the_letter() -> None:
    base = base_of("screen")
    (code, _) = expected_of("screen", base)
    (found,) = codes_decode(stamp(base, CONTENTS), [replace(code, url=URL + "/")])
    assert found.what.startswith("The code leads to")


DRAWN = qr_stream(URL)
SIDE = side_in_modules(URL)


def in_a_slot(operators: bytes) -> bytes:
    return b"q 79.2000 0 0 79.2000 0.0000 -3.6000 cm\n%s\nQ" % operators


def redrawn(change: Callable[[int, int, int], bytes]) -> bytes:
    """Return the code with each of its rectangles (x, y, width) drawn in another way."""
    return re.sub(
        rb"(\d+) (\d+) (\d+) 1 re\n", lambda found: change(*map(int, found.groups())), DRAWN
    )


@pytest.mark.parametrize("ink", BLACK.values())
def test_operators_are_read_in_every_ink_and_in_a_slot(ink: bytes) -> None:
    operators = qr_stream(URL, ink=ink)
    assert read_operators(operators) == read_operators(in_a_slot(operators)) == {URL}


@pytest.mark.parametrize("length", [1, 20, 60, 100, 150])
def test_operators_of_short_and_long_addresses_are_read(length: int) -> None:
    url = (URL + "?" + "abc123" * 30)[:length]
    assert read_operators(qr_stream(url, quiet=2)) == {url}


def test_operators_of_another_code_say_so() -> None:
    assert read_operators(in_a_slot(qr_stream(OTHER))) == {OTHER}


WRONG = {
    "mirrored left to right": redrawn(lambda x, y, w: b"%d %d %d 1 re\n" % (SIDE - x - w, y, w)),
    "mirrored top to bottom": redrawn(lambda x, y, w: b"%d %d %d 1 re\n" % (x, SIDE - 1 - y, w)),
    "mirrored at the diagonal": redrawn(
        lambda x, y, w: b"".join(
            b"%d %d 1 1 re\n" % (SIDE - 1 - y, SIDE - 1 - column) for column in range(x, x + w)
        )
    ),
    "moved up": redrawn(lambda x, y, w: b"%d %d %d 1 re\n" % (x, y + 5, w)),
    "moved out": redrawn(lambda x, y, w: b"%d %d %d 1 re\n" % (x + 5, y, w)),
    "cut at the left": redrawn(
        lambda x, y, w: b"" if x < SIDE // 2 else b"%d %d %d 1 re\n" % (x, y, w)
    ),
    "cut at the foot": redrawn(lambda x, y, w: b"" if y < 8 else b"%d %d %d 1 re\n" % (x, y, w)),
    "short of a module": DRAWN.replace(b"\n%d %d 7 1 re" % (SIDE - 11, SIDE - 5), b"", 1),
    "short of a row": redrawn(
        lambda x, y, w: b"" if y == SIDE // 2 else b"%d %d %d 1 re\n" % (x, y, w)
    ),
    "empty": redrawn(lambda *_: b""),
    "white": qr_stream(URL, ink=b"0 0 0 0 k"),
    "scaled by a negative": DRAWN.replace(b"%.8f 0 0" % (1 / SIDE), b"-%.8f 0 0" % (1 / SIDE)),
    "scaled to nothing": in_a_slot(DRAWN).replace(b"79.2000", b"0.0000"),
    "stretched": in_a_slot(DRAWN).replace(b"0 0 79.2000", b"0 0 60.0000"),
    "painted over": DRAWN + b"\n1 g 0 0 1 1 re f",
    "not painted": DRAWN.replace(b"f Q", b"n Q"),
    "cut off": DRAWN[:-100],
    "huge": DRAWN.replace(b"%.8f" % (1 / SIDE), b"0.00000001"),
    "of nothing": b"",
}


@pytest.mark.parametrize("operators", WRONG.values(), ids=WRONG.keys())
def test_operators_that_draw_no_whole_code_say_nothing(operators: bytes) -> None:
    assert operators != DRAWN
    assert read_operators(operators) == frozenset()


def test_operators_are_held_to_the_address_expected() -> None:
    place = Place(page=1, x_pt=36, y_pt=36, width_pt=72, height_pt=72)
    expected = ExpectedCode(url=URL, place=place)
    assert operators_decode(in_a_slot(DRAWN), expected) == []
    (elsewhere,) = operators_decode(in_a_slot(qr_stream(OTHER)), expected, piece="card")
    assert elsewhere.what == f'The code leads to "{OTHER}", not to "{URL}".'
    assert (elsewhere.piece, elsewhere.page, elsewhere.place) == ("card", 1, place.inches)
    (missing,) = operators_decode(b"", expected)
    assert missing.what == f'No code can be read where one should lead to "{URL}".'
