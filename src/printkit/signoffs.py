"""Read po/signoffs.toml: which messages a native reader has approved, word for word."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from printkit.errors import Problems, quoted
from printkit.languages import LANGUAGES
from printkit.reading import read_toml


def message_digest(msgctxt: str | None, msgid: str, msgstr: str) -> str:
    """Return what a sign-off names a message's exact words by: 16 hexadecimal digits."""
    words = "\x04".join((msgctxt or "", msgid, msgstr))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def load_signoffs(root: Path, *, problems: Problems) -> Mapping[str, frozenset[str]]:
    """Return the digests approved by language; a file that is not there approves nothing."""
    path = root / "po" / "signoffs.toml"
    if not path.exists():
        return {}
    table = read_toml(path, root=root, problems=problems)
    approved: dict[str, set[str]] = {}
    for entry in table.tables("signoff") if table is not None else ():
        tag = entry.text("language")
        if tag and tag not in LANGUAGES:
            entry.problem(
                f"language: {quoted(tag)} is not in the language table.", "Correct it.", "language"
            )
        entry.text("reviewer")
        entry.date("date")
        approved.setdefault(tag, set()).update(entry.texts("messages"))
    if table is not None:
        table.finish()
    return {tag: frozenset(digests) for tag, digests in approved.items()}
