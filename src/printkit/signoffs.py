"""Read and write po/signoffs.toml: who approved which messages, word for word, and when."""

import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from printkit.catalogs import Catalog, Message
from printkit.entries import Key
from printkit.errors import Problems, did_you_mean, quoted
from printkit.languages import LANGUAGES
from printkit.reading import read_toml
from printkit.values import Table

FILE = "po/signoffs.toml"
SOURCE = "en"
"""Signed off like any language: it prints the msgids themselves."""
LEGAL = "legal"
"""In place of a language: the English sentences that say what the law does, read by a lawyer."""
LEGAL_NOTE = "Legal:"
"""How a template's note begins where its message is such a sentence."""
DIGEST = r"[0-9a-f]{16}"
LONGEST_HANDLE = 60

_CONTEXT_END = "\x04"
"""Between msgctxt and msgid, as gettext itself joins them."""
_HEAD = """\
# Readers' approvals, message by message: written by `printkit po signoff`, sorted, so that a
# change shows. A message whose words are others by now is named by `printkit po status`, and its
# language is a draft again. Reviewers are handles, and never printed.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signoff:
    """One reader's approval of one language's exact words."""

    language: str
    """BCP 47, or "legal"."""
    reviewer: str
    """A handle, never printed."""
    date: datetime.date
    messages: Mapping[Key, str]
    """The digest of each message's words as they were read."""


def message_digest(msgctxt: str | None, msgid: str, *translations: str) -> str:
    """Return what a sign-off names a message's exact words by: 16 hexadecimal digits."""
    words = _CONTEXT_END.join((msgctxt or "", msgid, *translations))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def signers() -> tuple[str, ...]:
    """Return what can be signed off, in the file's order; a project may have added languages."""
    return (*LANGUAGES, LEGAL)


def is_legal(message: Message) -> bool:
    """Return whether a template's note says that a lawyer must read a message."""
    return any(note.startswith(LEGAL_NOTE) for note in message.notes)


def digests_of(
    language: str, pot: Catalog | None, catalog: Catalog | None = None
) -> dict[Key, str | None]:
    """Return each message's digest as it would print now; None where it would fall back."""
    return dict(_digests(language, pot, catalog))


def _digests(
    language: str, pot: Catalog | None, catalog: Catalog | None
) -> Iterator[tuple[Key, str | None]]:
    for key, source in (pot.messages if pot is not None else {}).items():
        if language == LEGAL and not is_legal(source):
            continue
        if language in (SOURCE, LEGAL):
            words = tuple(filter(None, (source.msgid, source.msgid_plural)))
        else:
            words = _translation(catalog.messages.get(key) if catalog else None)
        yield key, message_digest(source.msgctxt, source.msgid, *words) if words else None


def is_unsigned(
    signoff: Signoff | None, language: str, pot: Catalog | None, catalog: Catalog | None
) -> bool:
    """Return whether a sign-off lacks some message's words of today; the first one settles it."""
    signed = signoff.messages if signoff is not None else {}
    return any(
        digest is None or signed.get(key) != digest
        for key, digest in _digests(language, pot, catalog)
    )


def _translation(message: Message | None) -> tuple[str, ...]:
    if message is None or message.fuzzy or not message.is_translated:
        return ()
    return message.translations


def unsigned(signoff: Signoff | None, digests: Mapping[Key, str | None]) -> tuple[Key, ...]:
    """Return the messages whose words of today a sign-off does not hold, in their order."""
    signed = signoff.messages if signoff is not None else {}
    return tuple(
        key for key, digest in digests.items() if digest is None or signed.get(key) != digest
    )


def handle_fault(handle: str) -> str | None:
    """Return what is wrong with a reviewer's handle; the file is public, so it names nobody."""
    if not handle.strip() or len(handle) > LONGEST_HANDLE or not handle.isprintable():
        return f"{quoted(handle)} is no handle of 1 to {LONGEST_HANDLE} characters on one line."
    if re.search(r"\S@\S", handle):
        return f"{quoted(handle)} looks like an e-mail address, and this file is public."
    return None


def load_signoffs(root: Path, *, problems: Problems) -> Mapping[str, Signoff]:
    """Return the approvals by language; a file that is not there approves nothing."""
    path = root / "po" / "signoffs.toml"
    if not path.exists():
        return {}
    table = read_toml(path, root=root, problems=problems)
    approved: dict[str, Signoff] = {}
    for entry in table.tables("signoff") if table is not None else ():
        signoff = _signoff(entry)
        if signoff.language in approved:
            what = f"language: {signoff.language} is signed off twice."
            entry.problem(what, "Keep the newer entry and take the other out.", "language")
        approved[signoff.language] = signoff
    if table is not None:
        table.finish()
    return approved


def _signoff(entry: Table) -> Signoff:
    language = entry.text("language")
    if language and language not in signers():
        what = f"language: {quoted(language)} is not in the language table."
        entry.problem(what, did_you_mean(language, signers()), "language")
    reviewer = entry.text("reviewer")
    fault = handle_fault(reviewer) if reviewer else None
    if fault is not None:
        entry.problem(f"reviewer: {fault}", "Write a handle.", "reviewer")
    day = entry.date("date")
    messages: dict[Key, str] = {}
    digests = entry.table("messages")
    for name in digests.keys():
        digest = digests.text(name)
        if digest and re.fullmatch(DIGEST, digest) is None:
            digests.problem(
                f"messages: {quoted(digest)} is not a message's digest.",
                "Sign the language off again.",
                name,
            )
        context, end, msgid = name.rpartition(_CONTEXT_END)
        messages[context if end else None, msgid] = digest
    return Signoff(language=language, reviewer=reviewer, date=day, messages=messages)


def signoffs_text(signoffs: Mapping[str, Signoff]) -> str:
    """Return the file that says so: the same bytes for the same approvals."""
    blocks = [_HEAD]
    for language in signers():
        if language in signoffs:
            blocks.append("\n".join(_lines(signoffs[language])) + "\n")
    return "\n".join(blocks)


def _lines(signoff: Signoff) -> list[str]:
    named = {_name(key): digest for key, digest in signoff.messages.items()}
    return [
        "[[signoff]]",
        f"language = {_quoted(signoff.language)}",
        f"reviewer = {_quoted(signoff.reviewer)}",
        f"date = {signoff.date.isoformat()}",
        "",
        "[signoff.messages]",
        *(f"{_quoted(name)} = {_quoted(named[name])}" for name in sorted(named)),
    ]


def _name(key: Key) -> str:
    context, msgid = key
    return msgid if context is None else f"{context}{_CONTEXT_END}{msgid}"


def _quoted(text: str) -> str:
    """Return a text as TOML writes it: JSON's escapes are TOML's, and DEL is one more."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
