"""Write the template of printkit's own messages: every sentence that the code gives to `say`."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from printkit.facts import KIND_WORDS
from printkit.po.write import references, strings

SOURCE = Path(__file__).resolve().parent.parent / "src" / "printkit"
POT = SOURCE / "locale" / "printkit.pot"
HEADER = """\
# Messages of printkit's checks: for translators, in plain words.
# Licensed under CC BY 4.0.
msgid ""
msgstr ""
"Project-Id-Version: printkit\\n"
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
WORDS = {
    **dict.fromkeys(KIND_WORDS.values(), "facts.py"),
    **dict.fromkeys(("address", "phone number"), "phrases.py"),
}
"""What is said inside another sentence, and where."""


def said() -> dict[str, list[str]]:
    """Return each sentence of the code with the files that say it, in the order of the files."""
    found: dict[str, list[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for text in _sentences(path):
            files = found.setdefault(text, [])
            name = path.relative_to(SOURCE).as_posix()
            if name not in files:
                files.append(name)
    return found | {word: [file] for word, file in WORDS.items()}


def _sentences(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id == "say" and node.args:
            yield from (
                part.value
                for part in ast.walk(node.args[0])
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )


def pot() -> str:
    """Return the template as gettext writes it."""
    entries = [HEADER]
    for text, files in said().items():
        lines = [*references(files), *strings("msgid", text), 'msgstr ""']
        entries.append("\n".join(lines) + "\n")
    return "\n".join(entries)


if __name__ == "__main__":
    POT.write_text(pot(), encoding="utf-8")
    sys.stdout.write(f"{len(said())} messages.\n")
