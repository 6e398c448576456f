"""What a lawyer reads: each English sentence of law, with every fact it places and its source."""

import re
from collections.abc import Iterator

from printkit.campaign import CampaignFact
from printkit.catalogs import Message
from printkit.project import Project
from printkit.signoffs import LEGAL_NOTE, is_legal

FILE = "docs/legal-review.md"
RESTS = re.compile(r"Rests on ([\w, ]+)\.")
"""In a legal note: the facts that a sentence rests on beside those it places; or "no law"."""
_HEAD = """\
# For the lawyer who checks the texts

Each English sentence below says what the law does, or asks something of a company by law. They
stand in one place each, in the templates, and reach every language through the catalogs; what they
rest on stands in `campaign.toml`. This page is written from both:

    {command}

Read each sentence with its sources. Where it is wrong, say how it should read. Where it is right,
sign it off, all of them at once or by their words (a handle is enough, and is never printed):

    .venv/bin/printkit po signoff legal --reviewer HANDLE

A release is refused until each of these sentences, word for word, is signed off. Nothing here is
legal advice, and no lawyer has read it yet unless `po/signoffs.toml` says so.
"""


def legal_review(project: Project) -> str:
    """Return the page as Markdown, the sentences in the order of the catalogs' template."""
    messages = project.pot.messages.values() if project.pot is not None else ()
    legal = [message for message in messages if is_legal(message)]
    parts = [_HEAD.format(command=".venv/bin/printkit po legal")]
    for number, message in enumerate(legal, 1):
        parts.append("\n".join(_sentence(project, number, message)))
    return "\n".join(parts)


def _sentence(project: Project, number: int, message: Message) -> Iterator[str]:
    """Yield the lines of one sentence: as it prints, what it is, and what it rests on."""
    facts = _facts(project, message)
    text = re.sub(r"</?\w+>", "", message.msgid)
    for name, fact in facts.items():  # only those that it places stand in it
        text = text.replace("{" + name + "}", fact.shown)
    yield f"## {number}. {text}\n"
    note = next(note for note in message.notes if note.startswith(LEGAL_NOTE))
    yield f"- What it is: {RESTS.sub('', note.removeprefix(LEGAL_NOTE)).strip()}"
    for fact in facts.values():
        yield f"- Rests on {fact.shown}: {fact.source} (checked {fact.checked.isoformat()})"
    if not facts:
        yield "- Rests on no section of law: it asks, or it tells the reader something."
    yield ""


def _facts(project: Project, message: Message) -> dict[str, CampaignFact]:
    """Return the facts that a sentence places, and those that its note says it rests on."""
    names = re.findall(r"\{(\w+)\}", message.msgid)
    for note in message.notes:
        for told in RESTS.findall(note):
            names += told.split(", ")
    known = project.campaign.facts
    return {name: known[name] for name in dict.fromkeys(names) if name in known}
