"""Codes are read from the finished page and held to the address expected."""

from dataclasses import replace

import pytest
from sheets import CONTENTS, URL, base_of, layout_of

from printkit.checks.code import ExpectedCode, codes_decode
from printkit.editions import EDITIONS
from printkit.impose import imposed
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
