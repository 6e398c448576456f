"""Gettext catalogs: read by polib, after a pass that refuses what polib would swallow."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polib

from printkit.entries import Entry, Key, scan
from printkit.errors import Problem, Problems, UserError, quoted
from printkit.plurals import GERMANIC, PluralRule, WrongPlural, parse_plural
from printkit.reading import label, read_text

LIMIT = 10_000_000
"""Bytes; the largest catalogs in free software have about five million."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a catalog and its translation."""

    msgid: str
    msgctxt: str | None = None
    msgstr: str = ""
    """Empty where it is untranslated, and where there are plural forms."""
    msgid_plural: str | None = None
    plurals: tuple[str, ...] = ()
    """The plural forms in the header's order."""
    fuzzy: bool = False
    line: int = 0
    """Where msgid stands, counted from 1."""
    references: tuple[str, ...] = ()
    """The files that the message is used in."""
    notes: tuple[str, ...] = ()
    """What the templates tell the translator."""
    remarks: tuple[str, ...] = ()
    """What translators wrote above the message."""
    flags: tuple[str, ...] = ()
    """Such as c-format; fuzzy is among them."""
    previous: str | None = None
    """The msgid that the translation was made for, where an update found a likeness."""

    @property
    def key(self) -> Key:
        """What gettext knows the message by."""
        return (self.msgctxt, self.msgid)

    @property
    def translations(self) -> tuple[str, ...]:
        """The msgstr, or all of them where there are plural forms."""
        return self.plurals if self.msgid_plural is not None else (self.msgstr,)

    @property
    def is_translated(self) -> bool:
        """Whether every form has a text, checked or not."""
        return bool(self.translations) and all(text.strip() for text in self.translations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """A PO file that can be trusted to be whole, though not yet to say the right thing."""

    language: str
    """BCP 47; empty for the template."""
    file: str
    """Relative to the project's root, with forward slashes."""
    messages: Mapping[Key, Message]
    """In the file's order, without obsolete ones."""
    plural_rule: PluralRule = GERMANIC
    """The header's own, whatever CLDR says."""
    header: Mapping[str, str]
    obsolete: tuple[int, ...] = ()
    """The lines of entries that an update put out of use."""


def load_catalog(path: Path, *, root: Path, language: str, problems: Problems) -> Catalog | None:
    """Return a language's catalog, or None and every problem that kept it from being read."""
    return _load(path, root=root, language=language, problems=problems)


def load_pot(path: Path, *, root: Path, problems: Problems) -> Catalog | None:
    """Return the template of all catalogs, or None and a problem."""
    return _load(path, root=root, language="", problems=problems)


def _load(path: Path, *, root: Path, language: str, problems: Problems) -> Catalog | None:
    text = read_text(path, root=root, problems=problems, limit=LIMIT)
    if text is None:
        return None
    catalog, found = _parsed(text, label(path, root), language)
    problems.take(UserError(*found))
    return catalog


@lru_cache(maxsize=64)
def _parsed(text: str, file: str, language: str) -> tuple[Catalog | None, tuple[Problem, ...]]:
    """Return a text's catalog, or why there is none; the same text is read once a process."""
    problems = Problems()
    entries, faults = scan(text)
    for fault in faults:
        problems.add(fault.what, fault.fix, file, fault.line)
    if faults:
        return None, tuple(problems)
    current = [entry for entry in entries if not entry.obsolete]
    _refuse_duplicates(current, file, problems)
    header = _header(current, file, problems)
    plural_rule = _plural_rule(header, current, language, file, problems)
    messages = _messages(text, current, file, problems) if not problems else {}
    if problems:
        return None, tuple(problems)
    catalog = Catalog(
        language=language,
        file=file,
        messages=messages,
        plural_rule=plural_rule,
        header=header,
        obsolete=tuple(entry.msgid_line for entry in entries if entry.obsolete),
    )
    return catalog, ()


def _refuse_duplicates(entries: list[Entry], file: str, problems: Problems) -> None:
    first: dict[Key, int] = {}
    for entry in entries:
        line = first.setdefault(entry.key, entry.msgid_line)
        if line != entry.msgid_line:
            context = f" in the context {quoted(entry.msgctxt)}" if entry.msgctxt else ""
            problems.add(
                f"{quoted(entry.msgid)}{context} stands here again; it is first in line {line}.",
                "Keep the better translation and remove the other entry.",
                file,
                entry.msgid_line,
            )


def _header(entries: list[Entry], file: str, problems: Problems) -> dict[str, str]:
    """Return the header's fields; a catalog has one, first, and says that it is UTF-8."""
    if not entries or not entries[0].is_header:
        problems.add(
            'The header is missing: the first entry must be msgid "".',
            "Copy the first entry of another catalog of the project.",
            file,
            1,
        )
        return {}
    fields: dict[str, str] = {}
    for line in (entries[0].msgstr or "").split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip(), value.strip())
    charset = re.search(r"charset=([^\s;]*)", fields.get("Content-Type", ""))
    if charset is None or charset[1].lower() not in ("utf-8", "utf8"):
        problems.add(
            f"The header's Content-Type is {quoted(fields.get('Content-Type', ''))}.",
            'Write "Content-Type: text/plain; charset=UTF-8\\n" and save the file as UTF-8.',
            file,
            entries[0].msgid_line,
        )
    return fields


def _plural_rule(
    header: Mapping[str, str], entries: list[Entry], language: str, file: str, problems: Problems
) -> PluralRule:
    """Return the header's rule; only a file without any plural may go without."""
    if not header or not language:
        return GERMANIC
    line = entries[0].msgid_line
    fix = "Copy the line from another catalog of the same language."
    given = header.get("Plural-Forms")
    if given is None:
        if any(entry.msgid_plural is not None for entry in entries):
            problems.add("The header has no Plural-Forms.", fix, file, line)
        return GERMANIC
    try:
        return parse_plural(given)
    except WrongPlural as wrong:
        problems.add(f"In the header, {wrong}", fix, file, line)
        return GERMANIC


def _messages(text: str, entries: list[Entry], file: str, problems: Problems) -> dict[Key, Message]:
    """Return polib's reading of the text, with the places and flags that polib loses."""
    theirs = _by_polib(text, file, problems)
    if theirs is None:
        return {}
    messages: dict[Key, Message] = {}
    for entry in entries:
        if entry.is_header:
            continue
        read = theirs.get(entry.key)
        if read is None or _reads_otherwise(read, entry):
            problems.add(
                "This entry can be read in two ways.",
                "Let a PO editor save the file again, then look at the entry.",
                file,
                entry.msgid_line,
            )
            continue
        messages[entry.key] = Message(
            msgid=read.msgid,
            msgctxt=read.msgctxt,
            msgstr="" if read.msgid_plural else read.msgstr,
            msgid_plural=read.msgid_plural or None,
            plurals=tuple(read.msgstr_plural[form] for form in sorted(read.msgstr_plural)),
            fuzzy="fuzzy" in entry.flags,
            line=entry.msgid_line,
            references=tuple(dict.fromkeys(place for place, _ in read.occurrences)),
            notes=tuple(read.comment.split("\n")) if read.comment else (),
            remarks=tuple(read.tcomment.split("\n")) if read.tcomment else (),
            flags=entry.flags,
            previous=read.previous_msgid or None,
        )
    return messages


def _by_polib(text: str, file: str, problems: Problems) -> dict[Key, polib.POEntry] | None:
    # polib takes a text that names a file for that file, and stops at "#=": neither gets through.
    plain = "\n".join("#" if line.startswith("#=") else line for line in text.split("\n"))
    try:
        entries = polib.pofile(plain)
    except (OSError, ValueError, LookupError) as error:
        place = re.search(r"line (\d+)", str(error))
        problems.add(
            "Not every program can read this line.",
            "Look at the marks that it begins with, or let a PO editor save the file again.",
            file,
            int(place[1]) if place else None,
        )
        return None
    return {(entry.msgctxt, entry.msgid): entry for entry in entries if not entry.obsolete}


def _reads_otherwise(read: polib.POEntry, entry: Entry) -> bool:
    plurals = [read.msgstr_plural[form] for form in sorted(read.msgstr_plural)]
    return (read.msgid_plural or None, plurals, "" if plurals else read.msgstr) != (
        entry.msgid_plural or None,
        entry.plurals,
        "" if plurals else entry.msgstr,
    )
