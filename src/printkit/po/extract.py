"""The messages of templates, with their notes, as the template of all catalogs (POT)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2 import nodes

from printkit.errors import Problems, quoted
from printkit.phrases import source_wrongs
from printkit.reading import label, read_text

ARGUMENTS = {"_": 1, "gettext": 1, "pgettext": 2, "ngettext": 2}
"""How many texts each function takes before the facts."""
REACH = 2
"""Lines below a note in which the message that it speaks of must begin."""

_NOTE = re.compile(r"[-+\s]*NOTE:\s*(.*?)[-+\s]*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """One place where a message is printed."""

    msgid: str
    file: str
    """Relative to the project's root, with forward slashes."""
    msgctxt: str | None = None
    msgid_plural: str | None = None
    line: int | None = None
    notes: tuple[str, ...] = ()
    """What the translator should know."""


def extract(
    path: Path, *, root: Path, environment: jinja2.Environment, problems: Problems
) -> list[Extracted]:
    """Return a Jinja template's messages in order; a template that does not parse has none.

    The environment must know every tag that the template uses.
    """
    source = read_text(path, root=root, problems=problems)
    if source is None:
        return []
    file = label(path, root)
    try:
        tree = environment.parse(source, filename=str(path))
        notes = _notes(source, environment)
    except jinja2.TemplateSyntaxError as error:
        what = f"The template can't be read: {str(error.message).rstrip('.')}."
        problems.add(what, "Mend this line of the template.", file, error.lineno)
        return []
    calls = sorted(_calls(tree), key=lambda call: call.lineno)
    found = [message for call in calls if (message := _message(call, file, problems)) is not None]
    return _with_notes(found, notes, file, problems)


def _calls(tree: nodes.Template) -> Iterator[nodes.Call]:
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in ARGUMENTS:
            yield call


def _message(call: nodes.Call, file: str, problems: Problems) -> Extracted | None:
    """Return what a call prints, or None where its text comes from a piece's own data."""
    assert isinstance(call.node, nodes.Name)
    function = call.node.name
    texts = call.args[: ARGUMENTS[function]]
    if texts and isinstance(texts[-1], nodes.Name | nodes.Getattr | nodes.Getitem):
        # Words that stand in TOML are extracted from there.
        return None
    literals = [text.value for text in texts if isinstance(text, nodes.Const)]
    strings = [text for text in literals if isinstance(text, str)]
    if len(strings) != ARGUMENTS[function]:
        problems.add(
            f"{function}() takes its text in quotation marks, all of it.",
            "Write the sentence as one text; put what changes in as {name}.",
            file,
            call.lineno,
        )
        return None
    msgctxt = strings.pop(0) if function == "pgettext" else None
    message = Extracted(
        msgid=strings[0],
        msgctxt=msgctxt,
        msgid_plural=strings[1] if function == "ngettext" else None,
        file=file,
        line=call.lineno,
    )
    return message if _is_fit(message, problems) else None


def _is_fit(message: Extracted, problems: Problems) -> bool:
    """Return whether a message can be translated as it stands."""
    before = len(problems)
    for text in (message.msgid, message.msgid_plural):
        if text is None:
            continue
        if not text.strip():
            what, fix = "A message is empty.", "Write the text, or take the call out."
            problems.add(what, fix, message.file, message.line)
        elif text != text.strip() or "\n" in text or "  " in text:
            problems.add(
                f"The message {quoted(text)} has spaces or line breaks that are no part of it.",
                'Leave them out; a long text may be written as "one " "two".',
                message.file,
                message.line,
            )
        for wrong in source_wrongs(text):
            what = f"In the message {quoted(text)}, {wrong.what}"
            problems.add(what, wrong.fix, message.file, message.line)
    return len(problems) == before


def _notes(source: str, environment: jinja2.Environment) -> list[tuple[int, str]]:
    """Return each note for translators and the line that it ends on."""
    notes = []
    for line, kind, text in environment.lex(source):
        found = _NOTE.fullmatch(text) if kind == "comment" else None
        if found is not None:
            notes.append((line + text.count("\n"), " ".join(found[1].split())))
    return notes


def _with_notes(
    found: list[Extracted], notes: list[tuple[int, str]], file: str, problems: Problems
) -> list[Extracted]:
    """Give each note to the first line of messages below it, and to no other."""
    by_line: dict[int, list[str]] = {}
    lines = sorted({message.line or 0 for message in found})
    for end, note in notes:
        below = [line for line in lines if end <= line <= end + REACH]
        if below:
            by_line.setdefault(below[0], []).append(note)
        else:
            problems.add(
                f"The note {quoted(note)} has no message below it.",
                "Put it on the line above the message.",
                file,
                end,
            )
    return [
        Extracted(
            msgid=message.msgid,
            msgctxt=message.msgctxt,
            msgid_plural=message.msgid_plural,
            file=message.file,
            line=message.line,
            notes=tuple(by_line.get(message.line or 0, ())[-1:]),
        )
        for message in found
    ]


def merged(extracted: Sequence[Extracted], problems: Problems) -> list[tuple[Extracted, list[str]]]:
    """Return each message once, in the order given, with all its notes and the files it is in."""
    first: dict[tuple[str | None, str], Extracted] = {}
    notes: dict[tuple[str | None, str], dict[str, None]] = {}
    files: dict[tuple[str | None, str], dict[str, None]] = {}
    for one in extracted:
        key = (one.msgctxt, one.msgid)
        known = first.setdefault(key, one)
        plurals = {known.msgid_plural, one.msgid_plural}
        if len(plurals - {None}) > 1:
            problems.add(
                f"{quoted(one.msgid)} has another plural in {known.file}:{known.line}.",
                "Write both alike, or give one of them a context.",
                one.file,
                one.line,
            )
        elif known.msgid_plural is None and one.msgid_plural is not None:
            first[key] = one
        notes.setdefault(key, {}).update(dict.fromkeys(one.notes))
        files.setdefault(key, {})[one.file] = None
    return [
        (
            Extracted(
                msgid=one.msgid,
                msgctxt=one.msgctxt,
                msgid_plural=one.msgid_plural,
                file=one.file,
                line=one.line,
                notes=tuple(notes[key]),
            ),
            list(files[key]),
        )
        for key, one in first.items()
    ]
