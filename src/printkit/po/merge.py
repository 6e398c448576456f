"""A catalog brought up to date with the POT, every untouched entry byte for byte as it was."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from printkit.entries import Entry, Key, scan
from printkit.errors import Problem, UserError
from printkit.plurals import GERMANIC, WrongPlural, parse_plural

Identity = tuple[Key, str | None]
"""A message and its plural: where either changes, the translation is for another text."""

_DATE = re.compile(r'"POT-Creation-Date: .*"\r?')
_PLURAL = re.compile(r"^Plural-Forms:(.*)$", re.MULTILINE)
_FROM_POT = ("#.", "#:", "#,", "#=")
"""Comments that the POT decides; all others are the translator's."""


@dataclass(slots=True, kw_only=True)
class _Block:
    """An entry, its lines, and the blank lines above it."""

    entry: Entry
    gap: list[str] = field(default_factory=lambda: [""])
    lines: list[str]

    @property
    def identity(self) -> Identity:
        return (self.entry.key, self.entry.msgid_plural)

    @property
    def comments(self) -> list[str]:
        return [line for line in self.lines if line[:2] != "#~" and line[:1] == "#"]

    @property
    def strings(self) -> list[str]:
        """The lines from the first keyword on."""
        return [line for line in self.lines if line[:2] == "#~" or line[:1] != "#"]


def merge(pot: str, po_text: str) -> str:
    """Return a catalog's text with the POT's new messages and without those that are gone.

    New messages stand where the POT has them. Gone ones become obsolete at the end, and come
    back from there; nothing is guessed for a message that changed. Raise UserError where either
    text is no whole PO file.
    """
    # A file of mixed line ends keeps each; then the new lines have the plain one.
    newline = "\r\n" if 0 < po_text.count("\n") == po_text.count("\r\n") else "\n"
    mark = "\ufeff" if po_text.startswith("\ufeff") else ""
    template, _ = _blocks(pot.replace("\r\n", "\n"), "POT")
    blocks, tail = _blocks(po_text.replace(newline, "\n"), "catalog")
    wanted = {block.identity: block for block in template if not block.entry.is_header}
    forms = _forms(blocks[0].entry)
    _date_header(blocks[0], template[0])
    kept, gone, old = _sorted_out(blocks, wanted)
    for block in kept:
        _refresh(block, wanted.get(block.identity))
    _add_new(kept, old, wanted, forms)
    end = [*old.values(), *(_obsolete(block) for block in gone)]
    lines = [line for block in (*kept, *end) for line in (*block.gap, *block.lines)]
    return mark + newline.join((*lines, *tail))


def _blocks(text: str, name: str) -> tuple[list[_Block], list[str]]:
    """Return a PO file's entries with the lines between, and the lines after the last."""
    text = text.removeprefix("\ufeff")
    entries, faults = scan(text)
    problems = [Problem(what=one.what, fix=one.fix, file=name, line=one.line) for one in faults]
    if not faults and not (entries and entries[0].is_header):
        fix = 'Put the entry msgid "" first.'
        problems.append(Problem(what="The header is missing.", fix=fix, file=name, line=1))
    if problems:
        raise UserError(*problems)
    lines = text.split("\n")
    blocks = []
    at = 0
    for entry in entries:
        own = lines[entry.start : entry.end]
        blocks.append(_Block(entry=entry, gap=lines[at : entry.start], lines=own))
        at = entry.end
    return blocks, lines[at:]


def _sorted_out(
    blocks: Iterable[_Block], wanted: dict[Identity, _Block]
) -> tuple[list[_Block], list[_Block], dict[Identity, _Block]]:
    """Return the entries that stay, those that are gone, and those that were obsolete before."""
    kept: list[_Block] = []
    gone: list[_Block] = []
    old: dict[Identity, _Block] = {}
    for block in blocks:
        if block.entry.obsolete:
            old[block.identity] = block
        elif block.entry.is_header or block.identity in wanted:
            kept.append(block)
        elif any((block.entry.msgstr, *block.entry.plurals)):
            gone.append(block)
    for block in gone:
        old.pop(block.identity, None)
    return kept, gone, old


def _add_new(
    kept: list[_Block],
    old: dict[Identity, _Block],
    wanted: dict[Identity, _Block],
    forms: int,
) -> None:
    """Put each message that the catalog lacks after the one that the POT has before it."""
    present = {block.identity for block in kept}
    at = {block.identity: block for block in kept}
    before = kept[0]
    for identity, template in wanted.items():
        if identity not in present:
            revived = old.pop(identity, None)
            block = _revived(revived, template) if revived else _untranslated(template, forms)
            kept.insert(_index(kept, before) + 1, block)
            at[identity] = block
        before = at[identity]


def _index(blocks: list[_Block], wanted: _Block) -> int:
    return next(at for at, block in enumerate(blocks) if block is wanted)


def _forms(header: Entry) -> int:
    found = _PLURAL.search(header.msgstr or "")
    try:
        return parse_plural(found[1]).forms if found else GERMANIC.forms
    except WrongPlural:
        return GERMANIC.forms


def _date_header(header: _Block, template: _Block) -> None:
    """Take the POT's date, if both headers have one."""
    date = next((line for line in template.lines if _DATE.fullmatch(line)), "")
    if date and date not in (line.strip() for line in header.lines):
        header.lines = [date if _DATE.fullmatch(line) else line for line in header.lines]


def _refresh(block: _Block, template: _Block | None) -> None:
    """Take the POT's notes, references and flags, if they say anything new."""
    if template is None or _says(block) == _says(template):
        return
    block.lines = _with_comments(block.comments, template, block.entry, block.strings)


def _says(block: _Block) -> tuple[list[str], list[str], set[str]]:
    """Return what the POT decides about an entry, however it is wrapped."""
    notes = [line[2:].strip() for line in block.comments if line.startswith("#.")]
    files = [file for line in block.comments if line.startswith("#:") for file in line[2:].split()]
    return notes, files, set(block.entry.flags) - {"fuzzy"}


def _with_comments(
    comments: list[str], template: _Block, entry: Entry, strings: list[str]
) -> list[str]:
    """Return an entry's lines: its translator's comments, the POT's, and its strings."""
    flags = [flag for flag in entry.flags if flag == "fuzzy"][:1]
    flags += [flag for flag in template.entry.flags if flag != "fuzzy"]
    return [
        *(line for line in comments if not line.startswith((*_FROM_POT, "#|"))),
        *(line for line in template.comments if line.startswith(("#.", "#:"))),
        *([f"#, {', '.join(flags)}"] if flags else []),
        *(line for line in comments if line.startswith("#|")),
        *strings,
    ]


def _untranslated(template: _Block, forms: int) -> _Block:
    strings = [line for line in template.strings if not line.startswith("msgstr")]
    if template.entry.msgid_plural is None:
        strings.append('msgstr ""')
    else:
        strings += [f'msgstr[{form}] ""' for form in range(forms)]
    empty = Entry(start=0, end=0)
    return _Block(entry=empty, lines=_with_comments([], template, empty, strings))


def _revived(block: _Block, template: _Block) -> _Block:
    """Return an obsolete entry as a current one: its source is in use again."""
    strings = [line[2:].strip() for line in block.strings if not line.startswith("#~|")]
    lines = _with_comments(block.comments, template, block.entry, strings)
    return _Block(entry=block.entry, lines=lines)


def _obsolete(block: _Block) -> _Block:
    """Return an entry as gettext keeps it for later: commented out, without its places."""
    fuzzy = ["#, fuzzy"] if "fuzzy" in block.entry.flags else []
    own = [line for line in block.comments if not line.startswith((*_FROM_POT, "#|"))]
    previous = [f"#~{line[1:]}" for line in block.comments if line.startswith("#|")]
    strings = [f"#~ {line}" for line in block.strings if line.strip()]
    return _Block(entry=block.entry, lines=[*own, *fuzzy, *previous, *strings])
