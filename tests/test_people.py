"""people.csv: what is read, what is refused, and that no problem repeats anybody's words."""

import datetime
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from printkit.errors import Problems, UserError
from printkit.people import COLUMNS, MOST_TOLD, Person, Rules, people_in
from printkit.people_cells import NEVER
from printkit.stamp.typed import lacking

RULES = Rules(languages=("en", "es"), as_of=datetime.date(2026, 7, 1), lacks=lacking)
WHOLE = (
    "name,other_names,street,city,state,zip,past_street_1,past_city_1,past_state_1,past_zip_1,"
    "email,phone,plate,advertising_id,language,date\n"
    "Example Person,Example Q. Person,1 Example Street,Sacramento,ca,95814,2 Example Street,"
    "Reno,NV,89501,person@example.org,410-555-0100,8abc123 CA,"
    "01234567-89ab-cdef-0123-456789abcdef,es,2026-07-20\n"
)


def read(folder: Path, text: str | bytes) -> tuple[list[Person | None], list[str]]:
    """Return the people of a file's text, and what is told of it."""
    path = folder / "people.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    problems = Problems()
    try:
        people = list(people_in(path, root=folder, rules=RULES, problems=problems))
    except UserError as error:
        return [], [str(problem) for problem in error.problems]
    return people, [str(problem) for problem in problems]


def names(people: Iterable[Person | None]) -> list[str | None]:
    return [person.values["name"] if person else None for person in people]


def test_a_whole_row_is_read_as_it_is_printed(tmp_path: Path) -> None:
    people, told = read(tmp_path, WHOLE)

    assert told == []
    (person,) = people
    assert person is not None
    assert (person.row, person.line, person.language) == (1, 2, "es")
    assert person.values == {
        "name": "Example Person",
        "other_names": "Example Q. Person",
        "street": "1 Example Street",
        "city": "Sacramento, CA 95814",
        "past_street_1": "2 Example Street",
        "past_city_1": "Reno, NV 89501",
        "email": "person@example.org",
        "phone": "410-555-0100",
        "plate": "8ABC123 CA",
        "advertising_id": "01234567-89ab-cdef-0123-456789abcdef",
        "date": "July 20, 2026",
    }


def test_a_person_does_not_show_in_a_traceback(tmp_path: Path) -> None:
    (person,), _ = read(tmp_path, WHOLE)

    assert repr(person) == "Person(row=1, line=2, language='es')"


def test_only_a_name_is_needed(tmp_path: Path) -> None:
    people, told = read(tmp_path, "name\nExample Person\nNguyễn Ví Dụ\n")

    assert told == []
    assert names(people) == ["Example Person", "Nguyễn Ví Dụ"]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfname;street\r\nExample Person;1 Example Street\r\n",
        b"name\tstreet\nExample Person\t1 Example Street",
        b'\n"Name",STREET,\rExample   Person,"1 Example\rStreet",\r',
    ],
    ids=["semicolons", "tabs", "old line ends"],
)
def test_spreadsheets_files_are_taken_as_they_are(data: bytes, tmp_path: Path) -> None:
    people, told = read(tmp_path, data)

    assert told == []
    (person,) = people
    assert person is not None
    assert person.values == {"name": "Example Person", "street": "1 Example Street"}


def test_rows_keep_their_numbers_past_blank_ones_and_lines_past_long_cells(tmp_path: Path) -> None:
    people, _ = read(tmp_path, 'name,street\n"A",\n,\n"B","1\nStreet"\nC,\n')

    assert [(p.row, p.line) for p in people if p] == [(1, 2), (3, 4), (4, 6)]


@pytest.mark.parametrize(
    ("columns", "cells", "expected"),
    [
        (
            "name,email",
            ",a@example.org",
            "name is blank. Write the name, as on a letter or a bill.",
        ),
        ("name", "x" * 400, "name: This is longer than 120 characters. Write it shorter."),
        (
            "name",
            "李小龙",
            "name: This holds letters that are not Latin. Write the name in Latin letters, as on a "
            "letter or a bill.",
        ),
        (
            "name,street",
            "A,شارع",
            "street: This holds letters that are not Latin. Write it in Latin letters, as on a "
            "letter or a bill.",
        ),
        (
            "name",
            "A\u202eB",
            "name: This holds a character that cannot be seen. Type it again.",
        ),
        (
            "name,date",
            "A,2026-06-30",
            "date: The day lies in the past. Write the day on which the letters are signed, or "
            "leave it blank.",
        ),
        (
            "name,date",
            "A,2062-07-01",
            "date: The day lies more than a year off. Write the day on which the letters are "
            "signed, or leave it blank.",
        ),
        (
            "name,date",
            "A,7/20/2026",
            "date: This is not a day. Write year-month-day, such as 2026-12-01.",
        ),
        (
            "name,state",
            "A,California",
            "state: This is not a state. Write its two letters, such as CA.",
        ),
        (
            "name,zip",
            "A,2134",
            "zip: This is not a ZIP code. Write five digits; a spreadsheet drops a 0 at the "
            "beginning unless the cell is text.",
        ),
        (
            "name,state,zip",
            "A,CA,10001",
            "zip: This ZIP code lies in another state. Correct the state or the ZIP code.",
        ),
        (
            "name,email",
            "A,a at b",
            "email: This is not an e-mail address. Write one, or leave the cell blank.",
        ),
        (
            "name,phone",
            "A,call me",
            "phone: This is not a phone number. Write one number, such as 410-555-0100, or leave "
            "the cell blank.",
        ),
        (
            "name,advertising_id",
            "A,123",
            "advertising_id: This is not an advertising ID. Write it as the phone shows it: 32 "
            "digits and letters a to f, or leave it blank.",
        ),
        (
            "name,language",
            "A,de",
            "language: This is not a language of the campaign. Use one of: en, es.",
        ),
        (
            "name,other_names",
            "A,123-45-6789",
            "other_names: This looks like a Social Security number or an A-number. Take it out: no "
            "letter may carry one.",
        ),
        (
            "name",
            "A,B",
            'A cell stands in no column. Put "quotes" around a cell that holds a separator, and '
            'write "" for one inside it.',
        ),
        (
            "name,street,email",
            "A",
            "The row has 1 cells, and there are 3 columns. Add the cells that are missing, blank "
            "ones too.",
        ),
    ],
)
def test_a_wrong_row_is_told_by_its_line_and_the_others_are_read(
    columns: str, cells: str, expected: str, tmp_path: Path
) -> None:
    blanks = "," * columns.count(",")
    text = f"{columns}\nExample Person{blanks}\n{cells}\nAnother Person{blanks}\n"

    people, told = read(tmp_path, text)

    assert told == [f"people.csv:3: {expected}"]
    assert names(people) == ["Example Person", None, "Another Person"]


def test_everything_wrong_with_all_rows_is_told_at_once(tmp_path: Path) -> None:
    _, told = read(tmp_path, "name,zip,email\n,1,x\nA,95814,\nB,x,y\n")

    assert [line.split(": ")[0:2] for line in told] == [
        ["people.csv:2", "zip"],
        ["people.csv:2", "email"],
        ["people.csv:2", "name is blank. Write the name, as on a letter or a bill."],
        ["people.csv:4", "zip"],
        ["people.csv:4", "email"],
    ]


def test_so_many_are_told_and_all_are_counted(tmp_path: Path) -> None:
    people, told = read(tmp_path, "name,zip\n" + "A,x\n" * (MOST_TOLD + 10))

    assert len(told) == MOST_TOLD
    assert people == [None] * (MOST_TOLD + 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", "people.csv:1: The first line has no column that is known here."),
        (b"street\nx\n", "people.csv:1: The column name is missing."),
        (b"name,emial\nA,b\n", 'people.csv:1: "emial" is not a column that is known here. Did you'),
        (b"name,name\nA,b\n", "people.csv:1: The column name stands twice. Take one out."),
        ("name\nÄ\n".encode("latin-1"), "people.csv:2: A character here is not UTF-8."),
        ("name\nA\n".encode("utf-16"), "people.csv: This file is UTF-16, not UTF-8."),
        (b"name\nA\0\n", "people.csv:2: This is not a text file."),
        (b'name,street\nA,b\nB,"c\n', "people.csv:3: A quotation mark is not closed"),
        (b"name\n" + b"x" * 300_000, "people.csv:2: This line is too long for a table."),
    ],
)
def test_a_file_that_can_not_be_read_is_told(text: bytes, expected: str, tmp_path: Path) -> None:
    people, told = read(tmp_path, text)

    assert people == []
    assert len(told) == 1
    assert told[0].startswith(expected)


def test_a_file_that_is_none_is_told_and_never_opened(tmp_path: Path) -> None:
    problems = Problems()
    for path in (tmp_path, tmp_path / "no.csv"):
        with pytest.raises(UserError):
            next(people_in(path, root=tmp_path, rules=RULES, problems=problems))


def test_a_first_line_that_may_be_a_person_is_not_repeated(tmp_path: Path) -> None:
    _, told = read(tmp_path, "Example Person,1 Example Street\n")

    assert told == [
        "people.csv:1: The first line has no column that is known here. The first line names the "
        "columns: name, street, city …"
    ]


@pytest.mark.parametrize(
    "column",
    [
        "ssn",
        "SSN#",
        "Social Security Number",
        "driver's license",
        "License",
        "A-Number",
        "a number",
        "Alien Registration Number",
        "DOB",
        "Date of birth",
        "date_of_birth",
        "country of birth",
        "Immigration Status",
        "visa",
        "Fecha de nacimiento",
        "Estatus migratorio",
        "Número de seguro social",
        "passport no.",
    ],
)
def test_what_must_never_be_asked_is_refused_with_the_reason(column: str, tmp_path: Path) -> None:
    people, told = read(tmp_path, f"name,{column}\nExample Person,x\n")

    assert people == []
    assert len(told) == 1
    assert told[0].startswith("people.csv:1: No letter may carry ")
    assert told[0].endswith("Take the column out of the file.")


def test_no_column_that_is_read_is_one_that_must_never_be_asked() -> None:
    assert not {column.replace("_", "") for column in COLUMNS} & NEVER.keys()


SECRET = st.text(min_size=6, max_size=40).filter(lambda text: "Zq" in text) | st.builds(
    "{}Zq{}".format,
    st.text(max_size=20),
    st.text(st.characters(min_codepoint=33), min_size=4, max_size=20),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    column=st.sampled_from([name for name in COLUMNS if name != "name"]),
    value=SECRET,
    quote=st.booleans(),
)
def test_no_problem_ever_repeats_a_cell(
    column: str, value: str, quote: bool, tmp_path: Path
) -> None:
    cell = '"' + value.replace('"', '""') + '"' if quote else value
    text = f"name,{column}\n{cell},{cell}\n"

    _, told = read(tmp_path, text.encode(errors="surrogatepass"))

    assert "Zq" not in "".join(told)
