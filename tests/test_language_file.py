"""A project's own languages are read from its file, follow the table's, and are told by line."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from project_kit import write

from printkit.errors import Problems
from printkit.language_file import FILE, load_languages, read_languages
from printkit.languages import LANGUAGES, SCRIPTS, TABLED, Language, know, own_languages

SOMALI = """\
[so]
english = "Somali"
autonym = "Soomaali"
script = "Latn"
direction = "ltr"
babel = "so"
plural_forms = "nplurals=2; plural=(n != 1);"
"""
FONTS = Path(__file__).parents[1] / "fonts"


@pytest.fixture(autouse=True)
def none_left() -> Iterator[None]:
    """Leave the table as it is for other tests."""
    yield
    know(())


def read(root: Path, text: str) -> tuple[dict[str, Language], list[str]]:
    write(root, FILE, text)
    problems = Problems()
    return read_languages(root, problems=problems), [str(one) for one in problems]


def test_without_a_file_there_are_the_tables_languages(tmp_path: Path) -> None:
    problems = Problems()
    load_languages(tmp_path, problems=problems)
    assert (tuple(LANGUAGES), own_languages(), len(problems)) == (TABLED, (), 0)


def test_a_language_follows_the_table_and_is_set_as_its_script_is(tmp_path: Path) -> None:
    found, told = read(tmp_path, SOMALI)
    assert told == []
    somali = found["so"]
    assert (somali.autonym, somali.babel, somali.families) == ("Soomaali", "so", ("Noto Sans",))
    assert (somali.tab, somali.line_height) == (len(TABLED), LANGUAGES["es"].line_height)
    assert pickle.loads(pickle.dumps(somali)) == somali


def test_fonts_and_line_height_may_be_given(tmp_path: Path) -> None:
    (tmp_path / "fonts").symlink_to(FONTS, target_is_directory=True)
    text = SOMALI + 'fonts = ["Noto Sans Arabic"]\nline_height = 1.7\n'
    found, told = read(tmp_path, text)
    assert told == []
    assert found["so"].families == ("Noto Sans Arabic", "Noto Sans")
    assert found["so"].families == found["so"].dense_families
    assert found["so"].line_height == found["so"].dense_line_height == 1.7


def test_languages_of_another_project_are_forgotten(tmp_path: Path) -> None:
    write(tmp_path, f"one/{FILE}", SOMALI)
    write(tmp_path, f"two/{FILE}", SOMALI.replace("[so]", "[mix]"))
    problems = Problems()
    load_languages(tmp_path / "one", problems=problems)
    load_languages(tmp_path / "two", problems=problems)
    assert tuple(LANGUAGES) == (*TABLED, "mix")
    assert [one.tag for one in own_languages()] == ["mix"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[so]", "[es]", f"{FILE}:1: es is in printkit's own table. Take these lines out."),
        ("[so]", "[SO]", f"{FILE}:1: This is no language's tag. Write a tag such as"),
        ('"Latn"', '"Cher"', f'{FILE}:4: script: no font that is shipped draws "Cher".'),
        ('"Latn"', '"latin"', f"{FILE}:4: script: "),
        ("babel", 'fonts = ["Lato"]\nbabel', f'{FILE}:6: fonts: fonts/ has no "Lato". Add its'),
        ('"ltr"', '"left"', f"{FILE}:5: direction: "),
        ('babel = "so"', 'babel = "mix"', f"{FILE}:6: babel: CLDR has no such locale. Write one"),
        ("nplurals=2", "nplurals=1", f"{FILE}:7: Plural-Forms gives form 1 for n = 0"),
        ('autonym = "Soomaali"', "", f"{FILE}:1: autonym is missing."),
        ("babel", "bable", f'{FILE}:6: "bable" is not a key'),
        ("[so]", "so", f"{FILE}:1: "),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    old: str, new: str, words: str, tmp_path: Path
) -> None:
    found, told = read(tmp_path, SOMALI.replace(old, new, 1))
    assert any(one.startswith(words) for one in told), told
    assert "so" not in found or "bable" in new


def test_a_thousand_languages_are_none(tmp_path: Path) -> None:
    names = (f"{a}{b}{c}" for a in "abcdefg" for b in "abcdefg" for c in "abcdefg")
    _, told = read(tmp_path, "".join(SOMALI.replace("so]", f"{name}]") for name in names))
    assert told == [f"{FILE}:1: There are over 200 languages here. Take out what is not used."]


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_has_its_fonts(script: str, tmp_path: Path) -> None:
    found, told = read(tmp_path, SOMALI.replace("Latn", script))
    assert told == []
    for family in found["so"].families:
        assert (FONTS / f"{family.replace(' ', '')}-Bold.ttf").is_file()
