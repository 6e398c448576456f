"""Catalogs alone: each class of fault by its code, good text in peace, bad files in words."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from printkit.checking import RULES
from printkit.checks import catalog
from printkit.checks.files import check_files, language_of
from printkit.cli import app
from printkit.errors import UserError

CORPUS = Path(__file__).parent / "catalogs"
FAULTS = sorted([*CORPUS.glob("faults/*.po"), *CORPUS.glob("campaign/po/*.po")])
GOOD = sorted(CORPUS.glob("good/*.po"))
OWN = sorted((Path(__file__).parent.parent / "po").glob("*.po"))
MISNAMED = "es"
"""The one file of the corpus whose fault is its name."""
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


def code_of(path: Path) -> str:
    """Return what a file of the corpus is named after; a second word tells the variant."""
    return "catalog-language" if path.stem == MISNAMED else path.stem.split("--")[0]


@pytest.mark.parametrize("path", FAULTS, ids=lambda path: path.stem)
def test_a_fault_is_told_by_its_own_code_and_no_other(path: Path) -> None:
    found = check_files([path])
    assert {one.code for one in found} == {code_of(path)}
    for one in found:
        assert one.file == path.as_posix()
        assert one.what[-1] == one.fix[-1] == "."
        assert one.line is not None or one.code == "catalog-language"


def test_the_corpus_has_every_check_of_a_catalog_alone() -> None:
    elsewhere = {"catalog-stale", "message-source", "message-fits"}
    codes = {code for code in RULES if code.startswith(("catalog-", "message-"))}
    assert {rule.code for rule in catalog.RULES} <= codes
    assert codes - elsewhere - {code_of(path) for path in FAULTS} == set()


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_text_is_left_in_peace(path: Path) -> None:
    assert [str(one) for one in check_files([path])] == []


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_the_campaigns_catalogs_are_left_in_peace(path: Path) -> None:
    assert [str(one) for one in check_files([path])] == []


def test_a_finding_says_line_message_and_place(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    note = "#. A note.\n#. Card, front, no. 6 on the proof\n#. Room: 1 line\n"
    path.write_text(HEADER + note + 'msgid "Stop"\nmsgstr "Pare  ya"\n', encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(path), "--format", "json"])
    assert result.exit_code == 0
    assert json.loads(result.output) == [
        {
            "code": "catalog-spaces",
            "severity": "WARN",
            "what": 'In the translation of "Stop", there is a space at an end, a doubled one, or '
            "a soft hyphen.",
            "fix": "Take it out.",
            "language": "es",
            "file": path.as_posix(),
            "line": 10,
            "msgid": "Stop",
            "stands": "Card, front, no. 6 on the proof",
        }
    ]


def test_a_translator_is_told_in_their_own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    file = str(CORPUS / "faults" / "catalog-entities.po")
    spanish = "&nbsp; se imprime tal como está. Escriba el carácter mismo. (catalog-entities)"
    english = "&nbsp; prints as it stands. Type the character itself. (catalog-entities)"
    run = CliRunner()
    assert english in run.invoke(app, ["check", file]).output
    assert spanish in run.invoke(app, ["check", file, "--words", "es"]).output
    assert spanish in run.invoke(app, ["check", file], env={"LANGUAGE": "es_MX:en"}).output
    assert english in run.invoke(app, ["check", file, "--words", "en"]).output
    with pytest.raises(UserError, match=r'--words: there is no "xx". Use one of: en, es\.'):
        run.invoke(app, ["check", file, "--words", "xx"], catch_exceptions=False)


def test_the_exit_code_says_whether_something_fails() -> None:
    for name, code in (("catalog-spaces", 0), ("message-names", 1)):
        result = CliRunner().invoke(app, ["check", str(CORPUS / "faults" / f"{name}.po")])
        assert result.exit_code == code


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "This is not a text file."),
        (b"x" * 10_000_001, "The file is too big"),
        (b'msgid "a"\nmsgstr "b"\n', 'The header is missing: the first entry must be msgid "".'),
        (b'msgid ""\nmsgstr "', "The quotation mark is not closed."),
        (b"\xff\xfem\0s\0", "This file is UTF-16, not UTF-8."),
        (
            HEADER.replace("(n != 1)", "(" * 99 + "n" + ")" * 99).encode(),
            "Plural-Forms is nested too deep to be a plural rule.",
        ),
        (None, "can't be read"),
    ],
)
def test_a_file_that_is_no_catalog_gets_one_clear_error(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "es.po"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(UserError) as error:
        check_files([path, *GOOD[:1]])
    assert len(error.value.problems) == 1
    assert words in str(error.value) or content is None
    assert str(error.value).startswith(path.as_posix())


def test_a_file_is_named_after_its_language_by_its_place() -> None:
    places = {
        "po/es.po": "es",
        "zh-Hant.po": "zh-Hant",
        "locale/pt_BR/LC_MESSAGES/django.po": "pt-BR",
        "app.po": "und",
        "messages.po": "und",
    }
    assert {place: language_of(Path(place)) for place in places} == places


def test_only_what_prints_safely_can_be_allowed(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    body = 'msgid "Stop"\nmsgstr "Pare  ya"\n'
    for comment, codes in (
        ("# printkit: allow catalog-spaces because the gap is drawn in", []),
        ("#. printkit: allow catalog-spaces because the gap is drawn in", []),
        ("# printkit: allow catalog-spaces", ["catalog-spaces", "catalog-allow"]),
        ("# printkit: allow catalog-digits because", ["catalog-spaces", "catalog-allow"]),
    ):
        path.write_text(f"{HEADER}{comment}\n{body}", encoding="utf-8")
        assert [one.code for one in check_files([path])] == codes, comment
