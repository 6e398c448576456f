"""Loading and saving a catalog changes no byte of it, whoever wrote it; the rest is refused."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.entries import quote, scan
from printkit.po.merge import merge

ROOT = Path(__file__).resolve().parent.parent
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
POEDIT = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: x\\n"\n"X-Generator: Poedit 3.5\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"X-Poedit-Basepath: ..\\n"\n\n'
    '#. translators: a note\n#: a.html:1 a.html:22\n#, python-brace-format\nmsgid ""\n'
    '"A text of which the lines end where the editor of its translator thought best, "\n'
    '"at 79 or at 120"\nmsgstr ""\n"Un texte\\n"\n" {x}"\n'
)
KEPT = {
    "nothing but a header": HEADER,
    "no line end": HEADER + '\nmsgid "a"\nmsgstr "b"',
    "poedit": POEDIT,
    "windows": POEDIT.replace("\n", "\r\n"),
    "byte order mark": "\ufeff" + POEDIT,
    "some windows lines": POEDIT.replace("\n", "\r\n", 5),
    "sticky flags": HEADER + '\n#, fuzzy\n#= no-wrap, range: 0..2\nmsgid "a"\nmsgstr "b"\n',
    "previous texts": HEADER
    + '\n#, fuzzy\n#| msgctxt "x"\n#| msgid ""\n#| "older"\nmsgid "old"\nmsgstr "b"\n',
    "obsolete previous texts": HEADER
    + '\n#, fuzzy\n#~| msgid "older"\n#~ msgid "a"\n#~ msgstr "b"\n',
    "obsolete ones in the middle": HEADER
    + '\n#~ msgid "a"\n#~ msgstr "b"\n\n#: x\nmsgid "c"\nmsgstr "d"\n'
    + '\n#~ msgid "e"\n#~ msgstr "f"\n',
    "obsolete ones twice": HEADER
    + '\n#~ msgid "a"\n#~ msgstr "b"\n\n#~ msgid "a"\n#~ msgstr "c"\n',
    "odd spaces": HEADER
    + '\n\n\n#  mine\n#   : x\n#:  a.c:1   b.c:2\nmsgid  "a"\n  msgstr\t"b"\n\n\n',
    "no blank lines": HEADER
    + 'msgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n#~ msgid "e"\n#~ msgstr ""\n',
    "plurals": HEADER
    + '\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\n"c"\nmsgstr[1] "d"\nmsgstr[2] ""\n',
    "a last comment": HEADER + "\n# The end.\n",
}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("round_trip", ROOT / "scripts/round_trip.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_no_byte_changes(text: str) -> None:
    assert merge(text, text) == text


@pytest.mark.parametrize("path", sorted((ROOT / "po").glob("*.po")), ids=lambda path: path.stem)
def test_no_byte_of_a_shipped_catalog_changes(path: Path, script: ModuleType) -> None:
    assert script.round_trip(path) == ()


PRINTED = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)


@given(st.lists(st.tuples(PRINTED.filter(bool), PRINTED), unique_by=lambda pair: pair[0]))
def test_no_byte_of_any_catalog_changes(pairs: list[tuple[str, str]]) -> None:
    text = HEADER + "".join(
        f'\nmsgid "{quote(msgid)}"\nmsgstr "{quote(msgstr)}"\n' for msgid, msgstr in pairs
    )
    assert scan(text)[1] == []
    assert merge(text, text) == text


def test_the_script_counts_and_names_what_is_refused(
    tmp_path: Path, script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "deep/er/good.po").write_text(POEDIT, encoding="utf-8")
    (tmp_path / "cut.po").write_text(POEDIT + '\nmsgid "a', encoding="utf-8")
    (tmp_path / "old.po").write_bytes(POEDIT.encode() + b"\n# caf\xe9\n")
    (tmp_path / "folder.po").mkdir()

    assert script.main([str(tmp_path)]) == 0

    told = capsys.readouterr().out
    assert f"{tmp_path}/cut.po:18: The quotation mark is not closed.\n" in told
    assert f"{tmp_path}/old.po:18: A character here is not UTF-8.\n" in told
    assert "3 files: 1 byte for byte, 2 refused with a line\n" in told


def test_the_script_says_which_file_would_change(
    tmp_path: Path, script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "good.po").write_text(POEDIT, encoding="utf-8")
    monkeypatch.setattr(script, "merge", lambda pot, text: text.rstrip())
    assert script.main([str(tmp_path)]) == 1
