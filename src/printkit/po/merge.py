"""A catalog brought up to date with the POT, every untouched entry byte for byte as it was."""

import re
from collections.abc import Iterable
from dataclasses import replace

from printkit.entries import Entry
from printkit.plurals import GERMANIC, WrongPlural, parse_plural
from printkit.po.blocks import (
    Block,
    Identity,
    blocks,
    changed,
    obsolete,
    refreshed,
    revived,
    untranslated,
)
from printkit.po.similar import Index

_DATE = re.compile(r'"POT-Creation-Date: .*"\r?')
_PLURAL = re.compile(r"^Plural-Forms:(.*)$", re.MULTILINE)


def merge(pot: str, po_text: str) -> str:
    """Return a catalog's text with the POT's new messages and without those that are gone.

    New messages stand where the POT has them. One that is like another that has a translation
    takes that translation, marked fuzzy, with the text it was made for. Gone ones become obsolete
    at the end, and come back from there. Raise UserError where either text is no whole PO file.
    """
    # A file of mixed line ends keeps each; then the new lines have the plain one.
    newline = "\r\n" if 0 < po_text.count("\n") == po_text.count("\r\n") else "\n"
    mark = "\ufeff" if po_text.startswith("\ufeff") else ""
    template, _ = blocks(pot.replace("\r\n", "\n"), "POT")
    present, tail = blocks(po_text.replace(newline, "\n"), "catalog")
    wanted = {
        block.identity: block
        for block in template
        if not (block.entry.is_header or block.entry.obsolete)
    }
    forms = _forms(present[0].entry)
    present[0] = _dated(present[0], template[0])
    kept, gone, old = _sorted_out(present, wanted)
    new = _new(wanted, {block.identity for block in kept}, kept, gone, old, forms)
    stay = set(map(id, (*kept, *old)))
    current = _in_place([block for block in present if id(block) in stay], wanted, new)
    lines = [
        line for block in (*current, *map(obsolete, gone)) for line in (*block.gap, *block.lines)
    ]
    return mark + newline.join((*lines, *tail))


def _sorted_out(
    present: Iterable[Block], wanted: dict[Identity, Block]
) -> tuple[list[Block], list[Block], list[Block]]:
    """Return the entries that stay, those that are gone, and those that were obsolete before."""
    kept: list[Block] = []
    gone: list[Block] = []
    old: list[Block] = []
    for block in present:
        if block.entry.obsolete:
            old.append(block)
        elif block.entry.is_header or block.identity in wanted:
            kept.append(block)
        elif block.is_translated:
            gone.append(block)
    lately = {block.entry.key for block in gone}
    return kept, gone, [block for block in old if block.entry.key not in lately]


def _new(
    wanted: dict[Identity, Block],
    present: set[Identity],
    kept: list[Block],
    gone: list[Block],
    old: list[Block],
    forms: int,
) -> dict[Identity, Block]:
    """Return the entries of the messages that the catalog lacks.

    Those whose translation is used go out of `gone` and `old`: it stands in the new ones.
    """
    missing = [identity for identity in wanted if identity not in present]
    before = {block.identity: block for block in reversed(old) if block.is_translated}
    back = {identity: before[identity] for identity in missing if identity in before}
    known = [block for block in (*gone, *old, *kept[1:]) if block.is_translated]
    texts = [block.entry.msgid or "" for block in known] if missing else []
    index = Index(texts, favoured=len(gone))
    made: dict[Identity, Block] = {}
    used = list(back.values())
    for identity in missing:
        template = wanted[identity]
        if identity in back:
            made[identity] = revived(back[identity], template)
            continue
        at = index.nearest(template.entry.msgid or "")
        if at is None:
            made[identity] = untranslated(template, forms)
        else:
            made[identity] = changed(known[at], template, forms)
            used.append(known[at])
    spent = set(map(id, used))
    gone[:] = [block for block in gone if id(block) not in spent]
    # gettext allows no obsolete entry of a message that is in use.
    keys = {template.entry.key for template in map(wanted.__getitem__, missing)}
    old[:] = [block for block in old if id(block) not in spent and block.entry.key not in keys]
    return made


def _in_place(
    stay: list[Block], wanted: dict[Identity, Block], new: dict[Identity, Block]
) -> list[Block]:
    """Return the entries, each new one after the message that the POT has before it.

    Those that stay are where they were, obsolete ones too, and are brought up to date.
    """
    at = {block.identity: place for place, block in enumerate(stay) if not block.entry.obsolete}
    after: dict[int, list[Block]] = {}
    before = 0
    for identity in wanted:
        if identity in new:
            after.setdefault(before, []).append(new[identity])
        else:
            before = at[identity]
    fresh = [
        one
        if one.entry.obsolete or one.identity not in wanted
        else refreshed(one, wanted[one.identity])
        for one in stay
    ]
    return [block for place, one in enumerate(fresh) for block in (one, *after.get(place, ()))]


def _forms(header: Entry) -> int:
    found = _PLURAL.search(header.msgstr or "")
    try:
        return parse_plural(found[1]).forms if found else GERMANIC.forms
    except WrongPlural:
        return GERMANIC.forms


def _dated(header: Block, template: Block) -> Block:
    """Return the header with the POT's date, if both have one."""
    date = next((line for line in template.lines if _DATE.fullmatch(line)), "")
    if not date or date in (line.strip() for line in header.lines):
        return header
    lines = [date if _DATE.fullmatch(line) else line for line in header.lines]
    return replace(header, lines=lines)
