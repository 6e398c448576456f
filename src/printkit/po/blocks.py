"""The entries of a catalog with their own lines, and what an update makes of one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from printkit.entries import Entry, Key, scan
from printkit.errors import Problem, UserError

Identity = tuple[Key, str | None]
"""A message and its plural: where either changes, the translation is for another text."""

_FROM_POT = ("#.", "#:", "#,")
"""Comments that the POT decides; all others are the translator's and the editor's."""
_MSGSTR = re.compile(r"msgstr(\[\d+\])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """An entry, its lines, and the blank lines above it."""

    entry: Entry
    gap: list[str] = field(default_factory=lambda: [""])
    lines: list[str]

    @property
    def identity(self) -> Identity:
        """The message and its plural."""
        return (self.entry.key, self.entry.msgid_plural)

    @property
    def is_translated(self) -> bool:
        """Whether any form has a text."""
        return any((self.entry.msgstr, *self.entry.plurals))

    @property
    def is_fuzzy(self) -> bool:
        """Whether somebody must look at the translation before it may be printed."""
        return "fuzzy" in self.entry.flags

    @property
    def comments(self) -> list[str]:
        """The lines above the message; an obsolete entry's previous texts are among them."""
        return [
            f"#|{line[3:]}" if line[:3] == "#~|" else line
            for line in self.lines
            if line[:1] == "#" and (line[:2] != "#~" or line[:3] == "#~|")
        ]

    @property
    def strings(self) -> list[str]:
        """The lines from the first keyword on, as they are or were in a current entry."""
        own = [line for line in self.lines if line[:1] != "#" or line[:2] == "#~"]
        return [line[2:].strip() if line[:2] == "#~" else line for line in own if line[:3] != "#~|"]

    @property
    def translation(self) -> list[str]:
        """The lines from the first msgstr on."""
        lines = self.strings
        first = next(at for at, line in enumerate(lines) if _MSGSTR.match(line.strip()))
        return lines[first:]

    @property
    def source(self) -> list[str]:
        """The lines of msgctxt, msgid and msgid_plural."""
        lines = [line for line in self.strings if line.strip()]
        return lines[: len(lines) - len([line for line in self.translation if line.strip()])]


def blocks(text: str, name: str) -> tuple[list[Block], list[str]]:
    """Return a PO file's entries with the lines between, and the lines after the last.

    Raise UserError where the text is no whole PO file, which its problems call by the name given.
    """
    text = text.removeprefix("\ufeff")
    entries, faults = scan(text)
    problems = [Problem(what=one.what, fix=one.fix, file=name, line=one.line) for one in faults]
    if not faults and not (entries and entries[0].is_header):
        fix = 'Put the entry msgid "" first.'
        problems.append(Problem(what="The header is missing.", fix=fix, file=name, line=1))
    if problems:
        raise UserError(*problems)
    lines = text.split("\n")
    found = []
    at = 0
    for entry in entries:
        own = lines[entry.start : entry.end]
        found.append(Block(entry=entry, gap=lines[at : entry.start], lines=own))
        at = entry.end
    return found, lines[at:]


def refreshed(block: Block, template: Block) -> Block:
    """Return an entry with the POT's notes, places and flags; itself, if they say nothing new."""
    if _notes(block) == _notes(template) and _flags_agree(block, template):
        return block
    lines = _composed(block, template, block.strings, fuzzy=block.is_fuzzy)
    return replace(block, lines=lines)


def untranslated(template: Block, forms: int) -> Block:
    """Return the entry of a message that the catalog knows nothing of."""
    empty = Entry(start=0, end=0)
    strings = template.source + _empty(template, forms)
    return Block(entry=empty, lines=_composed(Block(entry=empty, lines=[]), template, strings))


def revived(block: Block, template: Block) -> Block:
    """Return an obsolete entry as a current one: its source is in use again."""
    lines = _composed(block, template, block.strings, fuzzy=block.is_fuzzy)
    return Block(entry=block.entry, lines=lines)


def changed(block: Block, template: Block, forms: int) -> Block:
    """Return a message with the translation of another that it is like, to be looked at.

    What that translation was made for stands above it: where it was fuzzy already, the text that
    it was fuzzy to.
    """
    previous = [line for line in block.comments if line.startswith("#|")]
    if not (block.is_fuzzy and previous):
        previous = [f"#| {line.strip()}" for line in block.source]
    own = [line for line in block.comments if not line.startswith("#|")]
    strings = template.source + _translation_for(block, template, forms)
    lines = _composed(Block(entry=block.entry, lines=own), template, strings, previous, fuzzy=True)
    return Block(entry=block.entry, lines=lines)


def obsolete(block: Block) -> Block:
    """Return an entry as gettext keeps it for later: commented out, without its places."""
    fuzzy = ["#, fuzzy"] if block.is_fuzzy else []
    own = [line for line in block.comments if not line.startswith((*_FROM_POT, "#|", "#="))]
    previous = [f"#~{line[1:]}" for line in block.comments if line.startswith("#|")]
    strings = [f"#~ {line}" for line in block.strings if line.strip()]
    return Block(entry=block.entry, lines=[*own, *fuzzy, *previous, *strings])


def _notes(block: Block) -> tuple[list[str], list[str]]:
    """Return the words of the POT's notes, and its references, however they are wrapped."""
    told = [line[2:] for line in block.comments if line.startswith("#.")]
    notes = " ".join(told).split()
    files = [file for line in block.comments if line.startswith("#:") for file in line[2:].split()]
    return notes, files


def _flags_agree(block: Block, template: Block) -> bool:
    own, wanted = set(block.entry.flags), set(template.entry.flags)
    return wanted - {"fuzzy"} <= own and _formats(own) <= wanted


def _formats(flags: Iterable[str]) -> set[str]:
    """Return the flags that only the source can know: what a message's marks mean."""
    return {flag for flag in flags if flag.endswith("-format")}


def _composed(
    block: Block,
    template: Block,
    strings: list[str],
    previous: Iterable[str] | None = None,
    *,
    fuzzy: bool = False,
) -> list[str]:
    """Return an entry's lines: its translator's comments, the POT's, and its strings."""
    kept = [line for line in block.comments if line.startswith("#=")]
    sticky = {flag.strip() for line in kept for flag in line[2:].split(",")}
    wanted = [flag for flag in template.entry.flags if flag != "fuzzy"]
    extra = [flag for flag in block.entry.flags if flag not in _formats(block.entry.flags)]
    flags = dict.fromkeys(["fuzzy"] * fuzzy + wanted + extra)
    told = [flag for flag in flags if flag not in sticky and (flag != "fuzzy" or fuzzy)]
    if previous is None:
        previous = [line for line in block.comments if line.startswith("#|")]
    own = [line for line in block.comments if not line.startswith((*_FROM_POT, "#|", "#="))]
    return [
        *own,
        *(line for line in template.comments if line.startswith(("#.", "#:"))),
        *([f"#, {', '.join(told)}"] if told else []),
        *kept,
        *previous,
        *strings,
    ]


def _empty(template: Block, forms: int) -> list[str]:
    if template.entry.msgid_plural is None:
        return ['msgstr ""']
    return [f'msgstr[{form}] ""' for form in range(forms)]


def _translation_for(block: Block, template: Block, forms: int) -> list[str]:
    """Return a translation's lines in the number of forms that a message takes."""
    lines = [line for line in block.translation if line.strip()]
    many = template.entry.msgid_plural is not None
    if not many and not block.entry.plurals:
        return lines
    starts = [at for at, line in enumerate(lines) if _MSGSTR.match(line.strip())]
    texts = [lines[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    if not many:
        return _as_form(texts[0], "msgstr")
    if not block.entry.plurals:
        texts *= forms
    texts = [*texts[:forms], *(['""'] for _ in range(forms - len(texts)))]
    return [line for form, own in enumerate(texts) for line in _as_form(own, f"msgstr[{form}]")]


def _as_form(lines: list[str], keyword: str) -> list[str]:
    first = _MSGSTR.sub("", lines[0].strip(), count=1).strip()
    return [f"{keyword} {first}", *lines[1:]]
