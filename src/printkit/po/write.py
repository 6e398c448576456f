"""PO text as gettext writes it: quoted, wrapped at 77, the same bytes for the same messages."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from icu4py.breakers import LineBreaker

from printkit.entries import quote
from printkit.errors import Problems
from printkit.marks import mark_of
from printkit.phrases import names_in
from printkit.po.extract import Extracted, merged

WIDTH = 79
"""Columns of a line with its quotation marks: 77 for the text, as gettext and Weblate wrap."""


def write_pot(
    extracted: Sequence[Extracted],
    *,
    name: str,
    version: str,
    version_date: datetime.date,
    facts: Mapping[str, str],
    problems: Problems,
    rooms: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Return the template of all catalogs.

    facts says what each {name} prints as, rooms where the message of each digest stands. The date
    is the version's: a clock would change the file at every run.
    """
    blocks = [_header(name, version, version_date)]
    for message, files in merged(extracted, problems):
        digest = mark_of("", (message.msgctxt, message.msgid)).removeprefix(":")
        room = (rooms or {}).get(digest, ())
        blocks.append("\n".join(_entry(message, files, facts, room)))
    return "\n\n".join(blocks) + "\n"


def _header(name: str, version: str, day: datetime.date) -> str:
    fields = (
        f"Project-Id-Version: {name} {version}",
        "Report-Msgid-Bugs-To: ",
        f"POT-Creation-Date: {day.isoformat()} 00:00+0000",
        "PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator: FULL NAME <EMAIL@ADDRESS>",
        "Language-Team: LANGUAGE <LL@li.org>",
        "Language: ",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        "Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;",
    )
    lines = [f'"{quote(field)}\\n"' for field in fields]
    return "\n".join((f"# {name}", "#, fuzzy", 'msgid ""', 'msgstr ""', *lines))


def _entry(
    message: Extracted, files: Iterable[str], facts: Mapping[str, str], room: Sequence[str]
) -> Iterator[str]:
    names = sorted(names_in(message.msgid) | names_in(message.msgid_plural or ""))
    printed = (f"{{{one}}} prints as {facts[one]}" for one in names if one in facts)
    yield from (f"#. {' '.join(note.split())}" for note in (*message.notes, *room, *printed))
    yield from references(files)
    if names:
        yield "#, python-brace-format"
    if message.msgctxt is not None:
        yield from strings("msgctxt", message.msgctxt)
    yield from strings("msgid", message.msgid)
    if message.msgid_plural is None:
        yield 'msgstr ""'
    else:
        yield from strings("msgid_plural", message.msgid_plural)
        yield from ('msgstr[0] ""', 'msgstr[1] ""')


def references(files: Iterable[str]) -> Iterator[str]:
    """Yield the `#:` lines for the files that a message is in."""
    line = "#:"
    for file in files:
        if line != "#:" and len(line) + 1 + len(file) > WIDTH:
            yield line
            line = "#:"
        line += f" {file}"
    if line != "#:":
        yield line


def strings(keyword: str, text: str) -> Iterator[str]:
    """Yield a keyword and its text, on one line where it fits and holds no line break."""
    whole = f'{keyword} "{quote(text)}"'
    if len(whole) <= WIDTH and "\n" not in text[:-1]:
        yield whole
        return
    yield f'{keyword} ""'
    for paragraph in re.findall(r"[^\n]*\n|[^\n]+", text):
        yield from (f'"{line}"' for line in _wrapped(paragraph))


def _wrapped(text: str) -> Iterator[str]:
    """Yield the escaped text in lines that end where Unicode lets a line end."""
    line = ""
    for start, end in LineBreaker(text, "en").segments():
        word = quote(text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le"))
        if line and len(line + word) + 2 > WIDTH:
            yield line
            line = ""
        line += word
    if line:
        yield line
