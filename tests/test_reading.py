import datetime
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.errors import Problems
from printkit.reading import Row, Table, escapes, read_csv, read_text, read_toml

GOOD = '''# A piece
name = "card"
title."short one" = "Card"
about = """
first = 1
[not.a.table]
"""
pages = 2
share = 0.5
by_region = true
trim = "4.25in"
kind = "flyer"
tags = [
  "a", # ]
  "b",
]
day = 2026-07-01

[facts.drop_url]
value = "x"

[[panel]]
name = "front"

[[panel]]
name = "back"
[[panel.note]]
text = "n"
'''


def toml(root: Path, text: str | bytes) -> tuple[Table | None, Problems]:
    problems = Problems()
    path = root / "piece.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_toml(path, root=root, problems=problems), problems


def table(root: Path, text: str) -> tuple[Table, Problems]:
    read, problems = toml(root, text)
    assert read is not None, list(map(str, problems))
    return read, problems


def rows(root: Path, text: str | bytes) -> tuple[list[Row], list[str]]:
    problems = Problems()
    path = root / "orders.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    read = read_csv(path, ("region", "copies"), root=root, problems=problems, optional=("note",))
    return read, told(problems)


def told(problems: Problems) -> list[str]:
    return [str(problem) for problem in problems]


def test_toml_gives_typed_values_and_no_problem(tmp_path: Path) -> None:
    read, problems = table(tmp_path, GOOD)
    assert read.text("name") == "card"
    assert read.table("title").text("short one") == "Card"
    assert read.text("about").startswith("first = 1\n")
    assert read.integer("pages", low=1, high=2) == 2
    assert read.number("share") == 0.5
    assert read.flag("by_region") is True
    assert read.length("trim") == 306
    assert read.choice("kind", ("letter", "flyer")) == "flyer"
    assert read.texts("tags") == ("a", "b")
    assert read.date("day") == datetime.date(2026, 7, 1)
    facts = read.table("facts")
    assert facts.keys() == ("drop_url",)
    assert facts.table("drop_url").text("value") == "x"
    panels = read.tables("panel")
    assert [panel.text("name") for panel in panels] == ["front", "back"]
    assert panels[1].tables("note")[0].text("text") == "n"
    read.finish()
    assert told(problems) == []


def test_toml_knows_the_line_of_each_key(tmp_path: Path) -> None:
    read, _ = table(tmp_path, GOOD)
    assert read.line_of("name") == 2
    assert read.line_of("title") == 3
    assert read.table("title").line_of("short one") == 3
    assert read.line_of("pages") == 8
    assert read.line_of("day") == 17
    assert read.table("facts").table("drop_url").line_of("value") == 20
    front, back = read.tables("panel")
    assert (front.line, front.line_of("name"), back.line, back.line_of("name")) == (22, 23, 25, 26)
    assert back.tables("note")[0].line_of("text") == 28
    assert back.line_of("not there") == 25


def test_lines_of_inline_tables_and_dotted_headers(tmp_path: Path) -> None:
    read, _ = table(tmp_path, "x = 'a=b'\nsizes = [\n {w = 1},\n {w = 2},\n]\n[ a . 'b.c' ]\nd=1\n")
    assert [size.line_of("w") for size in read.tables("sizes")] == [2, 2]
    assert read.table("a").table("b.c").line_of("d") == 7


def test_defaults_stand_in_for_what_is_not_there(tmp_path: Path) -> None:
    read, problems = table(tmp_path, "")
    assert read.text("a", default=None) is None
    assert read.integer("b", default=3) == 3
    assert read.tables("c") == []
    assert read.table("d", required=False).text("e", default="x") == "x"
    assert "a" not in read
    assert told(problems) == []


def test_every_wrong_value_is_told_at_once(tmp_path: Path) -> None:
    read, problems = table(
        tmp_path,
        'name = 7\npages = "1,000"\nshare = 3\nby_region = "yes"\ntrim = "4.25"\n'
        'kind = "flier"\ntags = "a"\nday = "July"\nempty = " "\nbell = "\\u0007"\n'
        'count = "12"\nlist = [1]\ncode = "X"\n',
    )
    assert read.text("name") == ""
    assert read.integer("pages") == 0
    assert read.number("share", low=0, high=1, default=0.25) == 0.25
    assert read.flag("by_region") is False
    assert read.length("trim") == 0.0
    assert read.choice("kind", ("letter", "flyer")) == "letter"
    assert read.texts("tags") == ()
    read.date("day")
    read.text("empty")
    read.text("bell")
    read.integer("count")
    read.texts("list")
    read.text("code", pattern="[a-z]+", form="small letters")
    read.text("gone")
    read.table("section").text("key")
    assert told(problems) == [
        "piece.toml:1: name: 7 is not a text. Put it in quotes.",
        'piece.toml:2: pages: "1,000" is not a whole number. Write 1000, with digits only.',
        "piece.toml:3: share: 3 is out of range. Write a number from 0 to 1.",
        'piece.toml:4: by_region: "yes" is neither true nor false. Write true or false.',
        'piece.toml:5: trim: "4.25" is not a length. A length is a number and its unit, in, mm, '
        'cm or pt, such as "0.125in" or "3mm".',
        'piece.toml:6: kind: "flier" is not one of the words allowed. Did you mean "flyer"? '
        "Allowed here: letter, flyer.",
        'piece.toml:7: tags: "a" is not a list. Write a list, such as ["a", "b"].',
        'piece.toml:8: day: "July" is not a day. Write year-month-day without quotes: 2026-07-01.',
        "piece.toml:9: empty: The text is empty. Fill it in, or take the key out.",
        'piece.toml:10: bell: "\\x07" holds a control character. Delete it and type the text '
        "again.",
        'piece.toml:11: count: "12" is not a whole number. Write 12 without quotes.',
        "piece.toml:12: list: 1 is not a text. Put it in quotes.",
        'piece.toml:13: code: "X" does not have the right form. Write small letters.',
        "piece.toml:1: gone is missing. Add gone.",
        "piece.toml:1: [section] is missing. Add the table [section].",
    ]


def test_numbers_that_python_can_not_print(tmp_path: Path) -> None:
    read, problems = table(tmp_path, f"a = 0x{'f' * 9000}\nb = inf\nc = nan\nd = -1\n")
    read.integer("a")
    read.text("a")
    read.number("a")
    read.number("b")
    read.number("c", high=1)
    read.integer("d", low=0)
    assert told(problems) == [
        "piece.toml:1: a: The number is far too big. Write a smaller number.",
        "piece.toml:2: b: inf is out of range. Write a number that is finite.",
        "piece.toml:3: c: nan is out of range. Write a number 1 or less.",
        "piece.toml:4: d: -1 is out of range. Write a number 0 or more.",
    ]


def test_unknown_keys_are_told_with_the_nearest_known(tmp_path: Path) -> None:
    read, problems = table(tmp_path, 'name = "a"\nbyregion = true\n[[panel]]\nfoldd = 1\n')
    read.text("name")
    read.flag("by_region", default=False)
    read.tables("panel")[0].integer("fold", default=0)
    read.finish()
    assert told(problems) == [
        'piece.toml:2: "byregion" is not a key that is known here. Did you mean "by_region"?',
        'piece.toml:4: "foldd" is not a key that is known here. Did you mean "fold"?',
    ]


def test_tables_of_the_wrong_kind(tmp_path: Path) -> None:
    read, problems = table(tmp_path, "panel = 3\nfacts = [1]\n")
    assert read.tables("panel") == []
    assert read.table("facts").text("x") == ""
    assert told(problems) == [
        "piece.toml:1: panel is not a list of tables. Write [[panel]] above each entry.",
        "piece.toml:2: facts is not a table. Write [facts] and its keys below.",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = 1\nb = “x”\n", 'piece.toml:2: This is not TOML: Invalid value. Use "straight'),
        ("a = 1\na = 2\n", "piece.toml:2: This is not TOML: Cannot overwrite a value. A key or"),
        ('a = """x\n', "The file stops too early: close the last quote or bracket."),
        ("a = [1,\n", "piece.toml"),
        ("a =\n", "piece.toml:1: This is not TOML: Invalid value. Text stands in"),
        ("a = " + "[" * 100_000, "piece.toml: Brackets are nested too deep."),
        ("a = " + "9" * 10_000, "piece.toml"),
        ("b = 1\n" + "a." * 200_000 + "b = 1", "piece.toml:2: There are more than 200 dots in one"),
    ],
)
def test_broken_toml_is_one_problem(tmp_path: Path, text: str, words: str) -> None:
    read, problems = toml(tmp_path, text)
    assert read is None
    (problem,) = told(problems)
    assert words in problem


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    read, problems = toml(tmp_path, b"\xef\xbb\xbfa = 1\r\nb = '''x\r\ny'''\r\nc = 3\r\n")
    assert read is not None
    assert read.text("b") == "x\ny"
    assert read.line_of("c") == 4
    assert told(problems) == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a = 1\nb = \0\n", "piece.toml:2: This is not a text file. Put the text file back."),
        (b"a = 1\nb = '\xe9'\n", "piece.toml:2: A character here is not UTF-8. Save the file"),
        ("a = 1".encode("utf-16"), "piece.toml: This file is UTF-16, not UTF-8. Save it again"),
        (b"#" * 2_000_001, "piece.toml: The file is too big: 2.0 MB. Keep it below 2 MB."),
    ],
)
def test_what_is_no_utf8_text_is_one_problem(tmp_path: Path, data: bytes, words: str) -> None:
    read, problems = toml(tmp_path, data)
    assert read is None
    (problem,) = told(problems)
    assert problem.startswith(words)


def test_what_is_no_file_is_one_problem_and_never_opened(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "folder.toml").mkdir()
    os.mkfifo(root / "pipe.toml")
    outside = tmp_path / "secret.toml"
    outside.write_text("a = 1")
    (root / "link.toml").symlink_to(outside)
    (root / "loop.toml").symlink_to(root / "loop.toml")
    (root / "huge.toml").touch()
    os.truncate(root / "huge.toml", 100_000_000)
    problems = Problems()
    for name in ("folder.toml", "pipe.toml", "link.toml", "loop.toml", "huge.toml", "hug.toml",
                 "folder.toml/a.toml", "a\0b.toml", "x" * 5000):  # fmt: skip
        assert read_text(root / name, root=root, problems=problems) is None
    words = told(problems)
    assert words[0] == "folder.toml: This is a folder. Put a file in its place."
    assert words[1] == "pipe.toml: This is not a plain file. Put a plain file in its place."
    assert words[2] == (
        "link.toml: This file leads out of the project's folder. Put the file itself here."
    )
    assert words[3].startswith("loop.toml: The file can't be read: ")
    assert words[4] == "huge.toml: The file is too big: 100.0 MB. Keep it below 2 MB."
    assert words[5] == (
        'hug.toml: The file is missing. Did you mean "huge.toml"? Else put the file there.'
    )
    assert words[6] == "folder.toml/a.toml: The file is missing. Put the file there."
    assert "can't be read" in words[7]
    assert "\0" not in words[7]
    assert len(words) == 9


def test_escapes_follows_links(tmp_path: Path) -> None:
    inside = tmp_path / "a"
    inside.mkdir()
    (inside / "out").symlink_to(tmp_path)
    assert not escapes(inside / "x" / ".." / "y", inside)
    assert escapes(inside / ".." / "b", inside)
    assert escapes(inside / "out" / "b", inside)


def test_csv_rows_carry_typed_values_and_lines(tmp_path: Path) -> None:
    read, problems = rows(tmp_path, 'region,copies,note\nfresno,50,"two\nlines"\n\nkern,100,\n')
    assert [(row.text("region"), row.integer("copies"), row.line) for row in read] == [
        ("fresno", 50, 2),
        ("kern", 100, 5),
    ]
    assert read[0].text("note") == "two\nlines"
    assert read[1].text("note", default=None) is None
    assert problems == []


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfregion;copies\r\nfresno;50\r\n",
        b"region\tcopies\nfresno\t50\n",
        b"Copies , Region,,\n\n50, fresno ,,\n,,,\n",
        b'"region";"copies"\r\n"fresno";"50"\r\n',
        b"region,copies\rfresno,50\r",
        b"sep=;\r\nregion;copies;note\r\nfresno;50\r\n",
        b'"sep=,"\nregion,copies,note\nfresno,50\n',
    ],
)
def test_what_spreadsheets_write_is_read_alike(tmp_path: Path, data: bytes) -> None:
    read, problems = rows(tmp_path, data)
    assert problems == []
    assert [(row.text("region"), row.integer("copies")) for row in read] == [("fresno", 50)]


def test_cells_as_people_write_them_get_a_kind_fix(tmp_path: Path) -> None:
    read, _ = rows(tmp_path, 'region,copies\na,"1,000"\nb,1000.0\nc,many\nd,-5\ne,\nf,1 000\n')
    problems = read[0].problems
    for row in read:
        row.integer("copies", low=0)
    assert told(problems) == [
        'orders.csv:2: copies: "1,000" is not a whole number. Write 1000, with digits only.',
        'orders.csv:3: copies: "1000.0" is not a whole number. Write 1000, with digits only.',
        'orders.csv:4: copies: "many" is not a whole number. '
        "Write a whole number with digits only, such as 1000.",
        "orders.csv:5: copies: -5 is out of range. Write a number 0 or more.",
        "orders.csv:6: copies is blank. Fill in copies.",
        'orders.csv:7: copies: "1 000" is not a whole number. Write 1000, with digits only.',
    ]


def test_other_cells(tmp_path: Path) -> None:
    read, _ = rows(tmp_path, "region,copies\nes; vi;,2026-07-01\nyes,2026-13-01\n0.5,x\n")
    assert read[0].texts("region") == ("es", "vi")
    assert read[0].date("copies") == datetime.date(2026, 7, 1)
    assert read[1].flag("region") is True
    assert read[2].number("region") == 0.5
    read[1].date("copies")
    read[2].number("copies")
    read[2].flag("copies")
    assert told(read[0].problems) == [
        'orders.csv:3: copies: "2026-13-01" is not a day. Write year-month-day: 2026-07-01.',
        'orders.csv:4: copies: "x" is not a number. Write a number, such as 0.5.',
        'orders.csv:4: copies: "x" is neither yes nor no. Write yes or no.',
    ]


def test_wrong_columns_are_told_all_at_once(tmp_path: Path) -> None:
    read, problems = rows(tmp_path, "region,copy,region\nfresno,50,x\n")
    assert read == []
    assert problems == [
        "orders.csv:1: The column copies is missing. "
        "The first line names the columns: region, copies, note.",
        'orders.csv:1: "copy" is not a column that is known here. Did you mean "copies"?',
        "orders.csv:1: The column region stands twice. Take one out.",
    ]


def test_rows_too_short_and_too_long(tmp_path: Path) -> None:
    read, problems = rows(tmp_path, "region,copies\nfresno\nkern,1,000\nkings,5\n")
    assert [row.text("region") for row in read] == ["kings"]
    assert problems == [
        "orders.csv:2: The row has 1 cells, and there are 2 columns. "
        "Add the cells that are missing, blank ones too.",
        'orders.csv:3: "000" stands in no column. '
        'Put "quotes" around a cell that holds the separator, or take it out.',
    ]


def test_an_open_quote_is_one_problem(tmp_path: Path) -> None:
    _, problems = rows(tmp_path, 'region,copies\nkern,5\n"fresno,50\nkings,5\n')
    assert problems == [
        "orders.csv:3: A quotation mark is not closed, or stands inside a cell. "
        'Put " at both ends of the cell, and write "" for one inside it.'
    ]


def test_an_empty_table_is_told_its_first_line(tmp_path: Path) -> None:
    _, problems = rows(tmp_path, "\n\n")
    assert problems == ["orders.csv: The file is empty. Its first line is: region,copies."]


@given(st.binary(max_size=300))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    root = tmp_path_factory.getbasetemp()
    read, problems = toml(root, data)
    assert (read is None) == (len(problems) > 0)
    for row in rows(root, b"region,copies\n" + data)[0]:
        row.integer("copies")


KEYS = st.text("abc ._-\"'\\é#=[]", min_size=1, max_size=6)
VALUES = st.sampled_from(
    ["1", '"# ] }"', "'''\n[x]\n'''", '"""a\\"""\n"""', "[\n1, # ]\n]", "{b=1}"]
)


@given(st.lists(st.tuples(KEYS, VALUES), max_size=8, unique_by=lambda pair: pair[0]))
def test_lines_of_keys_are_where_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    text, expected = "[top]\n", {}
    for key, value in pairs:
        name = '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'
        expected[key] = text.count("\n") + 1
        text += f"{name} = {value} # comment\n"
    read, _ = table(tmp_path_factory.getbasetemp(), text)
    top = read.table("top")
    assert {key: top.line_of(key) for key in top.keys()} == expected


def test_blank_cells_may_be_left_out_at_the_end_where_their_columns_may_be(tmp_path: Path) -> None:
    """Spreadsheets do so from some row on, where the last column is blank for many rows."""
    read, problems = rows(tmp_path, "region,copies,note\nfresno,50,a\nkern,5\nkings\n")
    assert [row.text("region") for row in read] == ["fresno", "kern"]
    assert problems == [
        "orders.csv:4: The row has 1 cells, and there are 3 columns. "
        "Add the cells that are missing, blank ones too."
    ]


def test_a_line_that_declares_the_separator_counts_as_a_line(tmp_path: Path) -> None:
    read, _ = rows(tmp_path, "sep=;\nregion;copies\nfresno;50\n")
    assert [row.line for row in read] == [3]
