"""Latin words in right-to-left text: each run of them is kept in its own order."""

import re

from markupsafe import escape

from printkit.languages import Language

_LATIN = "A-Za-z\u00c0-\u024f"
_LATIN_RUN = re.compile(
    # A word and what follows it, or figures that stand with letters or signs in one word.
    rf"[{_LATIN}][{_LATIN}0-9]*(?:(?:[./@_&'’-]\u2060?|://| & | )[{_LATIN}0-9]+)*"
    rf"|[0-9]+(?:[./@_&-]?[{_LATIN}0-9]+)*"
)
_LETTER = re.compile(f"[{_LATIN}]")


def isolated(text: str, language: Language) -> str:
    """Return words escaped; in right-to-left text, each run of Latin ones is isolated."""
    if language.direction == "ltr":
        return str(escape(text))
    printed: list[str] = []
    at = 0
    for run in _LATIN_RUN.finditer(text):
        # A number alone, or two with a sign between, keep the order of the sentence.
        if len(re.split("[^0-9]", run[0])) < 3 and not _LETTER.search(run[0]):
            continue
        printed += (escape(text[at : run.start()]), f'<bdi dir="ltr">{escape(run[0])}</bdi>')
        at = run.end()
    return "".join((*printed, escape(text[at:])))
