from printkit.errors import Problems
from printkit.values import Row, Table


def row(**values: str) -> Row:
    return Row(values=values, file="a.csv", line=4, problems=Problems())


def test_a_default_may_be_of_another_type() -> None:
    assert row(copies="5").integer("copies", None) == 5
    assert row().integer("copies", None) is None


def test_own_problems_carry_the_place() -> None:
    table = Table(values={"a": 1}, file="a.toml", problems=Problems(), lines={(): 1, ("a",): 3})
    table.problem("All wrong.", "Mend it.")
    table.problem("Wrong.", "Mend it.", "a")
    assert [str(problem) for problem in table.problems] == [
        "a.toml:1: All wrong. Mend it.",
        "a.toml:3: Wrong. Mend it.",
    ]


def test_keys_in_the_files_order() -> None:
    assert list(row(b="1", a="2")) == ["b", "a"]
    assert row(b="1", a="2").keys() == ("b", "a")
    assert "a" not in row(b="1")
