"""The entries of a PO file as they stand in its text: lines, comments, flags and strings."""

import re
from dataclasses import dataclass, field

from printkit.errors import quoted

Key = tuple[str | None, str]
"""msgctxt and msgid: what gettext knows a message by."""

MOST_FAULTS = 20
"""Told at once; a file with more is no PO file, or has slipped by a line."""

LONGEST = 100_000
"""Characters of one text; a whole brochure has a tenth."""

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d{1,3})\])?\s*(\".*)")
_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"')
_OPEN_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+\\?')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {
    "\\": "\\",
    '"': '"',
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "v": "\v",
}


@dataclass(slots=True, kw_only=True)
class Entry:
    """One entry: a message, its translation and its comments, with their lines."""

    start: int
    """The first line, comments included, from 0."""
    end: int
    """One past the last line."""
    obsolete: bool = False
    flags: tuple[str, ...] = ()
    """From `#,` and `#=` lines both."""
    msgctxt: str | None = None
    msgid: str | None = None
    msgid_plural: str | None = None
    msgstr: str | None = None
    plurals: list[str] = field(default_factory=list)
    msgid_line: int = 0
    """Counted from 1; for people."""

    @property
    def key(self) -> Key:
        """What gettext knows the message by."""
        return (self.msgctxt, self.msgid or "")

    @property
    def is_whole(self) -> bool:
        """Whether the entry has come to its translation, so that what follows is another's."""
        return self.msgstr is not None or bool(self.plurals)

    @property
    def is_header(self) -> bool:
        """Whether this is the entry that describes the file."""
        return self.msgid == "" and self.msgctxt is None and not self.obsolete


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A line that is not as gettext writes it."""

    line: int
    """Counted from 1."""
    what: str
    fix: str


def scan(text: str) -> tuple[list[Entry], list[Fault]]:
    """Return a PO file's entries, and every fault of its form."""
    scanner = _Scanner()
    lines = text.removeprefix("\ufeff").split("\n")
    for number, line in enumerate(lines):
        scanner.read(number, line.strip(" \t\r"))
        if len(scanner.faults) >= MOST_FAULTS:
            break
    else:
        scanner.close(len(lines) - 1)
    return scanner.entries, scanner.faults


def unquote(string: str) -> str:
    """Return what the inside of a quoted string means; raise KeyError at an unknown escape."""
    if "\\" not in string:
        return string
    return _ESCAPE.sub(lambda found: _ESCAPES[found[1]], string)


def quote(text: str) -> str:
    """Return text as the inside of a quoted string, with what gettext escapes escaped."""
    for letter, character in _ESCAPES.items():
        text = text.replace(character, "\\" + letter)
    return text


class _Scanner:
    """Takes the lines one by one; a comment or a keyword after a whole message begins the next."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.faults: list[Fault] = []
        self._entry: Entry | None = None
        self._string = ""
        """The keyword whose string a line of its own goes on with."""

    def read(self, number: int, line: str) -> None:
        if not line:
            return
        obsolete = line.startswith("#~")
        if obsolete:
            line = line[2:].strip(" \t")
        if obsolete and (line.startswith("|") or not line):
            line = "#" + line
        if line.startswith("#"):
            self._comment(number, line)
        elif keyword := _KEYWORD.fullmatch(line):
            self._keyword(number, keyword[1], keyword[2], obsolete=obsolete)
            self._add(number, keyword[3])
        elif line.startswith('"') and self._string:
            self._add(number, line)
        else:
            self._fault(
                number,
                f"This line belongs to no message: {quoted(line)}.",
                "Remove it, or put the missing keyword or quotation marks back.",
            )

    def close(self, last: int) -> None:
        if self._entry is not None and self._entry.msgid_line and not self._entry.is_whole:
            self._fault(
                last,
                "The file ends inside a message.",
                "It was cut off: get the whole file again.",
            )
        self._finish()

    def _comment(self, number: int, line: str) -> None:
        entry = self._entry
        if entry is not None and entry.is_whole:
            self._finish()
        elif entry is not None and entry.msgid_line:
            self._fault(
                number,
                "A comment stands inside a message.",
                "Move it above the message's first line.",
            )
        entry = self._open(number)
        entry.end = number + 1
        if line[1:2] in (",", "="):
            entry.flags += tuple(flag.strip() for flag in line[2:].split(",") if flag.strip())

    def _keyword(self, number: int, keyword: str, form: str | None, *, obsolete: bool) -> None:
        entry = self._entry
        if keyword in ("msgctxt", "msgid") and entry is not None:
            if entry.is_whole:
                self._finish()
            elif entry.msgid is not None:
                self._fault(
                    number,
                    "The message before this line has no msgstr.",
                    'Give it one, if only msgstr "".',
                )
                self._finish()
        entry = self._open(number)
        if not entry.msgid_line:
            entry.obsolete = obsolete
        if not self._follows(entry, keyword, form) or entry.obsolete != obsolete:
            self._fault(
                number,
                f"{keyword} stands in the wrong place.",
                "The order is: msgctxt, msgid, msgid_plural, msgstr.",
            )
        self._begin(entry, number, keyword, form)

    @staticmethod
    def _follows(entry: Entry, keyword: str, form: str | None) -> bool:
        """Return whether gettext's order allows this keyword now."""
        if (form is not None) != (keyword == "msgstr" and entry.msgid_plural is not None):
            return False
        if keyword == "msgctxt":
            return entry.msgctxt is None and entry.msgid is None
        if keyword == "msgid":
            return entry.msgid is None
        if entry.msgid is None or entry.msgstr is not None:
            return False
        if keyword == "msgid_plural":
            return entry.msgid_plural is None
        return form is None or int(form) == len(entry.plurals)

    def _begin(self, entry: Entry, number: int, keyword: str, form: str | None) -> None:
        self._string = keyword
        if form is not None:
            entry.plurals.append("")
            return
        if keyword == "msgid" or not entry.msgid_line:
            entry.msgid_line = number + 1
        setattr(entry, keyword, "")

    def _add(self, number: int, quoted_string: str) -> None:
        """Add the string on this line to the keyword it belongs to."""
        entry = self._entry
        assert entry is not None
        entry.end = number + 1
        found = _STRING.fullmatch(quoted_string)
        if found is None:
            self._broken_string(number, quoted_string)
            return
        try:
            text = unquote(found[1])
        except KeyError as error:
            self._fault(
                number,
                f"\\{error.args[0]} means nothing in a PO file.",
                "Type the character itself; a backslash is written \\\\.",
            )
            return
        if self._string == "msgstr" and entry.plurals:
            text = entry.plurals[-1] = entry.plurals[-1] + text
        else:
            text = (getattr(entry, self._string) or "") + text
            setattr(entry, self._string, text)
        if len(text) > LONGEST:
            self._fault(number, f"This text has over {LONGEST} characters.", "Shorten it.")

    def _broken_string(self, number: int, string: str) -> None:
        if _OPEN_STRING.fullmatch(string):
            self._fault(
                number,
                "The quotation mark is not closed.",
                'End the line with "; if the file was cut off here, get the whole file again.',
            )
        else:
            self._fault(
                number,
                f"There is text after the closing quotation mark: {quoted(string)}.",
                'Inside a text, write \\" for a quotation mark.',
            )

    def _open(self, number: int) -> Entry:
        if self._entry is None:
            self._entry = Entry(start=number, end=number + 1)
        return self._entry

    def _finish(self) -> None:
        if self._entry is not None and self._entry.msgid is not None:
            self.entries.append(self._entry)
        self._entry = None
        self._string = ""

    def _fault(self, number: int, what: str, fix: str) -> None:
        self.faults.append(Fault(line=number + 1, what=what, fix=fix))
