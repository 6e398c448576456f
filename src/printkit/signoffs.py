"""Read po/signoffs.toml: which messages a native reader has approved, word for word."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from printkit.errors import Problems, did_you_mean, quoted
from printkit.languages import LANGUAGES
from printkit.reading import read_toml

DIGEST = r"[0-9a-f]{16}"


def message_digest(msgctxt: str | None, msgid: str, *translations: str) -> str:
    """Return what a sign-off names a message's exact words by: 16 hexadecimal digits."""
    words = "\x04".join((msgctxt or "", msgid, *translations))
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
                f"language: {quoted(tag)} is not in the language table.",
                did_you_mean(tag, LANGUAGES),
                "language",
            )
        entry.text("reviewer")
        entry.date("date")
        digests = entry.texts("messages")
        for digest in digests:
            if re.fullmatch(DIGEST, digest) is None:
                entry.problem(
                    f"messages: {quoted(digest)} is not a message's digest.",
                    "Copy the sixteen hexadecimal digits again.",
                    "messages",
                )
        approved.setdefault(tag, set()).update(digests)
    if table is not None:
        table.finish()
    return {tag: frozenset(digests) for tag, digests in approved.items()}
