"""The POT is what gettext would write, and the same bytes every time."""

import datetime
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.catalogs import load_pot
from printkit.entries import scan
from printkit.errors import Problems
from printkit.po.extract import Extracted
from printkit.po.write import references, strings, write_pot

DAY = datetime.date(2026, 2, 1)
LONG = (
    "Call {hotline} today, or see <site>our page</site> for all the well-known "
    "companies/brokers that sell what they know."
)
EXTRACTED = (
    Extracted(
        msgctxt="headline",
        msgid=LONG,
        file="flyers/know-your-rights/template.html",
        notes=("Front panel.",),
    ),
    Extracted(msgid="{n} page", msgid_plural="{n} pages", file="flyers/card/template.html"),
    Extracted(msgctxt="headline", msgid=LONG, file="flyers/card/template.html"),
    Extracted(msgctxt="headline", msgid=LONG, file="flyers/brochure/template.html"),
)
POT = r"""# Data opt-out
#, fuzzy
msgid ""
msgstr ""
"Project-Id-Version: Data opt-out 2026-02\n"
"Report-Msgid-Bugs-To: \n"
"POT-Creation-Date: 2026-02-01 00:00+0000\n"
"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\n"
"Last-Translator: FULL NAME <EMAIL@ADDRESS>\n"
"Language-Team: LANGUAGE <LL@li.org>\n"
"Language: \n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\n"

#. Front panel.
#. {hotline} prints as 410-555-0100
#: flyers/know-your-rights/template.html flyers/card/template.html
#: flyers/brochure/template.html
#, python-brace-format
msgctxt "headline"
msgid ""
"Call {hotline} today, or see <site>our page</site> for all the well-known "
"companies/brokers that sell what they know."
msgstr ""

#: flyers/card/template.html
#, python-brace-format
msgid "{n} page"
msgid_plural "{n} pages"
msgstr[0] ""
msgstr[1] ""
"""


def pot(*extracted: Extracted) -> str:
    return write_pot(
        extracted,
        name="Data opt-out",
        version="2026-02",
        version_date=DAY,
        facts={"hotline": "410-555-0100"},
        problems=Problems(),
    )


def test_the_pot_is_what_gettext_would_write() -> None:
    assert pot(*EXTRACTED) == POT


def test_the_pot_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "campaign.pot"
    path.write_text(pot(*EXTRACTED))
    problems = Problems()
    catalog = load_pot(path, root=tmp_path, problems=problems)
    assert catalog is not None
    assert list(catalog.messages) == [("headline", LONG), (None, "{n} page")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("x" * 71, 1),
        ("x" * 72, 2),
        (("word " * 15).strip(), 2),
        ("one\n", 1),
        ("one\ntwo", 3),
    ],
)
def test_a_text_stands_on_one_line_where_it_fits(text: str, lines: int) -> None:
    written = list(strings("msgid", text))
    assert len(written) == lines
    assert all(len(line) <= 79 for line in written)


def test_references_are_wrapped_between_files() -> None:
    assert list(references(["a" * 40, "b" * 40])) == ["#: " + "a" * 40, "#: " + "b" * 40]
    assert list(references([])) == []


@given(st.text(max_size=300))
def test_what_is_written_reads_back(text: str) -> None:
    written = "\n".join((*strings("msgid", "k"), *strings("msgstr", text)))
    entries, faults = scan(written)
    assert faults == []
    assert entries[0].msgstr == text


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=300))
def test_polib_reads_what_is_written(text: str) -> None:
    written = pot(Extracted(msgid=text, file="a.html"))
    assert [entry.msgid for entry in polib.pofile(written)] == [text]
