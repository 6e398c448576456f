"""A catalog is read whole or not at all, and what keeps it out is told with its line."""

import os
import pickle
from pathlib import Path

import pytest

from printkit.catalogs import Catalog, load_catalog, load_pot
from printkit.errors import Problems

HEADER = r"""msgid ""
msgstr ""
"Language: es\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

"""
GOOD = (
    HEADER
    + r"""#. Front panel.
#. Room: 1 line.
#: flyers/card/template.html flyers/brochure/template.html
#, python-brace-format
msgctxt "headline"
msgid "Call {hotline}."
msgstr "Llame al "
"{hotline}.\t\\"

#= fuzzy, no-wrap
msgid "Stop"
msgstr "Pare"

msgid "{n} page"
msgid_plural "{n} pages"
msgstr[0] "{n} página"
msgstr[1] "{n} páginas"

msgid "New"
msgstr ""

#~ msgid "Stop"
#~ msgstr "Alto"
"""
)


def load(tmp_path: Path, text: str | bytes) -> tuple[Catalog | None, list[str]]:
    path = tmp_path / "po" / "es.po"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    problems = Problems()
    catalog = load_catalog(path, root=tmp_path, language="es", problems=problems)
    return catalog, [str(problem) for problem in problems]


def test_a_good_catalog_is_read_with_lines_flags_and_notes(tmp_path: Path) -> None:
    catalog, problems = load(tmp_path, GOOD)
    assert problems == []
    assert catalog is not None
    call, stop, pages, new = catalog.messages.values()
    assert call.key == ("headline", "Call {hotline}.")
    assert call.msgstr == "Llame al {hotline}.\t\\"
    assert call.notes == ("Front panel.", "Room: 1 line.")
    assert call.references == ("flyers/card/template.html", "flyers/brochure/template.html")
    assert (call.fuzzy, call.line) == (False, 12)
    assert (stop.fuzzy, stop.msgstr) == (True, "Pare")
    assert pages.translations == ("{n} página", "{n} páginas")
    assert (new.is_translated, pages.is_translated) == (False, True)
    assert catalog.header["Language"] == "es"
    assert catalog.file == "po/es.po"
    assert pickle.loads(pickle.dumps(catalog)) == catalog


def test_the_headers_own_plural_rule_wins_over_the_languages(tmp_path: Path) -> None:
    catalog, _ = load(tmp_path, GOOD)
    assert catalog is not None
    assert [catalog.plural_rule.index(n) for n in (0, 1, 2)] == [0, 0, 1]


def test_a_template_needs_no_plural_rule(tmp_path: Path) -> None:
    path = tmp_path / "campaign.pot"
    path.write_text(GOOD.replace("nplurals=2; plural=(n > 1)", "nplurals=INTEGER; plural=X"))
    problems = Problems()
    catalog = load_pot(path, root=tmp_path, problems=problems)
    assert catalog is not None
    assert list(problems) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            'msgid "New"',
            'msgid "Stop"',
            'po/es.po:25: "Stop" stands here again; it is first in line 17. '
            "Keep the better translation and remove the other entry.",
        ),
        (
            'msgid "New"',
            'msgctxt "headline"\nmsgid "Call {hotline}."',
            'po/es.po:26: "Call {hotline}." in the context "headline" stands here again; '
            "it is first in line 12. Keep the better translation and remove the other entry.",
        ),
        ('msgid "New"', 'msgid ""', 'po/es.po:25: "" stands here again; it is first in line 1.'),
        (
            "charset=UTF-8",
            "charset=latin-1",
            'po/es.po:1: The header\'s Content-Type is "text/plain; charset=latin-1". '
            'Write "Content-Type: text/plain; charset=UTF-8\\n" and save the file as UTF-8.',
        ),
        ("Content-Type: text/plain; charset=UTF-8", "X: y", "The header's Content-Type is"),
        ("Plural-Forms", "X-Plural", "po/es.po:1: The header has no Plural-Forms. Copy"),
        (
            "plural=(n > 1)",
            "plural=n",
            "po/es.po:1: In the header, Plural-Forms gives form 2 for n = 2, but nplurals is 2. ",
        ),
        ("(n > 1)", '__import__(\\"os\\")', "In the header, Plural-Forms cannot be read"),
        (HEADER, "", "po/es.po:1: The header is missing"),
        ('msgstr "Pare"', 'msgstr "Pare', "po/es.po:18: The quotation mark is not closed."),
    ],
)
def test_one_thing_wrong_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert old in GOOD
    catalog, problems = load(tmp_path, GOOD.replace(old, new, 1))
    assert catalog is None
    assert any(problem in one for one in problems), problems


def test_a_line_that_other_programs_refuse_is_told(tmp_path: Path) -> None:
    catalog, problems = load(tmp_path, GOOD.replace("#. Front", '#." Front'))
    assert catalog is None
    assert problems == [
        "po/es.po:7: Not every program can read this line. Look at the marks that it begins with, "
        "or let a PO editor save the file again."
    ]


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("UTF-8", "ascii").replace("(n > 1)", "n").replace('"New"', '"Stop"')
    _, problems = load(tmp_path, text)
    assert len(problems) == 3


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "The header is missing"),
        (b"\x00\x01\x02", "not a text file"),
        (GOOD.encode("utf-16"), "UTF-16"),
        (GOOD.encode("latin-1"), "not UTF-8"),
        (b"/etc/passwd", "This line belongs to no message"),
        (b"\x7fELF" * 50, "This line belongs to no message"),
        (GOOD.encode() + b"#\n" * 5_000_001, "po/es.po"),
    ],
    ids=["empty", "binary", "utf-16", "latin-1", "a path", "elf", "huge"],
)
def test_other_files_are_refused(tmp_path: Path, data: bytes, problem: str) -> None:
    catalog, problems = load(tmp_path, data)
    assert catalog is None
    assert any(problem in one for one in problems), problems


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.po").mkdir()
    os.mkfifo(tmp_path / "pipe.po")
    for name in ("missing.po", "folder.po", "pipe.po"):
        problems = Problems()
        path = tmp_path / name
        assert load_catalog(path, root=tmp_path, language="es", problems=problems) is None
        assert [problem.file for problem in problems] == [name]


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    plain, _ = load(tmp_path, GOOD)
    theirs, problems = load(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert problems == []
    assert theirs == plain
