import pytest

from printkit.convert import WrongValue, sane, shown, whole_fix, within


@pytest.mark.parametrize(
    "dressed",
    ["1,000", "1 000", "1\u00a0000", "1\u202f000", "1'000", "1000.0", "1,000.00", "1000 "],
)
def test_numbers_as_people_write_them_are_undressed(dressed: str) -> None:
    assert whole_fix(dressed) == "Write 1000, with digits only."


@pytest.mark.parametrize("other", ["1,5", "1.5", "1.000", "1e3", "many", "10,00", ""])
def test_what_could_mean_two_numbers_is_not_guessed(other: str) -> None:
    assert whole_fix(other) == "Write a whole number with digits only, such as 1000."


def test_within_names_the_bounds() -> None:
    assert within(5, 5, 5) == 5
    with pytest.raises(WrongValue, match="6,000 is out of range") as caught:
        within(6000, 1, 5000)
    assert caught.value.fix == "Write a number from 1 to 5,000."


def test_huge_numbers_are_refused_before_they_are_printed() -> None:
    assert sane(2**62) == 2**62
    with pytest.raises(WrongValue, match="far too big"):
        sane(10**5000)
    with pytest.raises(WrongValue, match="far too big"):
        shown(-(10**5000))


def test_values_are_shown_as_their_file_writes_them() -> None:
    assert [shown(value) for value in (True, [1], {"a": 1}, "x", 0.5)] == [
        "true",
        "A list",
        "A table",
        '"x"',
        "0.5",
    ]
