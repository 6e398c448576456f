"""One file's verdict: every rule of its profile asked, and what could not be decided told too."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from printkit.errors import quoted
from printkit.findings import Finding, Rule, Severity
from printkit.preflight import art, boxes, claims, forbidden, sheets, tagging, tags, typefaces
from printkit.preflight.documents import Document, Locked, Unreadable, opened
from printkit.preflight.limits import (
    Asked,
    Edition,
    Expected,
    Limits,
    Profile,
    profile_named,
)

OPENS = Rule(
    code="pdf-opens",
    severity=Severity.FAIL,
    rule="The file is a PDF that can be opened and has pages.",
    because="What this program cannot open, a shop's may open as something else, or not at all.",
)
UNLOCKED = Rule(
    code="pdf-unlocked",
    severity=Severity.FAIL,
    rule="The file is not encrypted and asks for no password.",
    because="A shop cannot impose a locked file, nor a screen reader always read it aloud "
    "(ISO 15930-7).",
)
WHOLE = Rule(
    code="pdf-whole",
    severity=Severity.WARN,
    rule="The file can be read as it stands, without repair.",
    because="Programs repair a damaged file in different ways, and print different things.",
)
JUDGED = Rule(
    code="pdf-judged",
    severity=Severity.FAIL,
    rule="Every rule of the profile could be asked, within half a minute and a gigabyte.",
    because="A file that stops the judge may stop the shop's machine; nothing is known of it.",
)
RULES = (OPENS, UNLOCKED, WHOLE, JUDGED)

MOST_ALIKE = 10
"""Findings of one rule on one page; the rest are counted."""

Check = Callable[[Document, Asked], Iterable[Finding]]
Room = tuple[Check, Mapping[Edition, tuple[Rule, ...]]]
"""A module's check, and which of its rules each edition is asked."""


_BOXES = (boxes.BLEED, boxes.NESTED, boxes.UNIT)
ROOMS: tuple[Room, ...] = (
    (
        boxes.check,
        {
            "press": boxes.RULES,
            "copier": (boxes.TRIM, *_BOXES, boxes.UPRIGHT),
            "screen": (boxes.TRIM, *_BOXES),
        },
    ),
    (claims.check, {"press": claims.RULES}),
    (forbidden.check, {"press": forbidden.RULES}),
    (
        typefaces.check,
        {
            "press": typefaces.RULES,
            "copier": (typefaces.EMBEDDED,),
            "screen": (typefaces.EMBEDDED,),
        },
    ),
    (sheets.check, {"press": sheets.RULES}),
    (tags.check, {"screen": tags.RULES}),
    (tagging.check, {"screen": tagging.RULES}),
    (art.check, art.ASKED),
)
"""Everything that judges a file."""


_NEEDS: dict[str, tuple[Callable[[Expected], bool], str]] = {
    "trim-size": (lambda told: told.trim is None, "the size ordered (--trim)"),
    "fold-panels": (lambda told: not told.folds_pt, "where it is folded (--fold)"),
    "fold-safe": (lambda told: not told.folds_pt, "where it is folded (--fold)"),
    "pages-by-four": (lambda told: not told.stitched, "whether it is stitched (--stitched)"),
    "code-url": (lambda told: not told.urls, "where its codes lead (--url)"),
}
"""Rules that need an order, by code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a file came to."""

    file: str
    """As it was named."""
    profile: str
    """By name; nothing where the file could not be opened to guess it."""
    because: str
    """Why this profile."""
    pages: int
    asked: tuple[str, ...]
    """Codes of the rules asked."""
    undecided: tuple[tuple[str, str], ...]
    """Codes of those that need an order, each with what was not told."""
    findings: tuple[Finding, ...]
    """The worst first, then by page."""

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict, ready for JSON."""
        counts = Counter(str(found.severity) for found in self.findings)
        return {
            "file": self.file,
            "profile": self.profile,
            "because": self.because,
            "pages": self.pages,
            "rules_asked": list(self.asked),
            "undecided": dict(self.undecided),
            "counts": {severity.value: counts[severity.value] for severity in Severity},
            "findings": [found.as_dict() for found in self.findings],
        }


def judge_file(
    source: bytes | Path,
    *,
    file: str,
    profile: str | None = None,
    because: str = "It was asked for.",
    limits: Limits | None = None,
    expected: Expected | None = None,
) -> Verdict:
    """Return a file's verdict; without a profile, the one that the file itself suggests."""
    try:
        document = opened(source)
    except Unreadable as error:
        return not_judged(file, UNLOCKED if isinstance(error, Locked) else OPENS, str(error))
    if profile is None:
        profile, because = guessed(document)
    held_to = profile_named(profile)
    asked = Asked(
        edition=held_to.edition,
        limits=limits or held_to.limits,
        expected=expected or Expected(),
        where={"file": file},
    )
    rules = rules_asked(held_to, asked.expected)
    missing = {code: needs(code, asked) for code in rules}
    return Verdict(
        file=file,
        profile=profile,
        because=because,
        pages=len(document.leaves),
        asked=tuple(code for code in rules if not missing[code]),
        undecided=tuple((code, told) for code, told in missing.items() if told),
        findings=tuple(
            found for found in ranked(judged(document, asked)) if found.code not in held_to.without
        ),
    )


def judged(document: Document, asked: Asked) -> list[Finding]:
    """Return what every rule finds; a rule that stops is a finding, and the others are asked."""
    found = [*_as_a_file(document, asked)]
    for check, _ in ROOMS:
        alike: Counter[tuple[str, int | None]] = Counter()
        kept: list[Finding] = []
        try:
            for one in check(document, asked):
                alike[one.code, one.page] += 1
                if alike[one.code, one.page] <= MOST_ALIKE:
                    kept.append(one)
        except (MemoryError, RecursionError):
            kept.append(stopped(asked, "It is too deep or too large to be judged."))
        except Exception as error:  # what a hostile file makes a rule stumble over
            words = " ".join(str(error).split())
            why = f"A rule stopped: {type(error).__name__} {quoted(words, 120)}."
            kept.append(stopped(asked, why))
        found += [_with_more(one, alike, kept) for one in kept]
    return found


def _with_more(
    one: Finding, alike: Counter[tuple[str, int | None]], kept: list[Finding]
) -> Finding:
    """Return a finding; the last of many alike says how many more there are."""
    more = alike[one.code, one.page] - MOST_ALIKE
    last = [other for other in kept if (other.code, other.page) == (one.code, one.page)][-1]
    if more <= 0 or one is not last:
        return one
    return Finding(
        code=one.code,
        severity=one.severity,
        what=f"{one.what} There are {more:,} more like it on the page.",
        fix=one.fix,
        page=one.page,
        place=one.place,
        file=one.file,
        piece=one.piece,
        language=one.language,
        edition=one.edition,
        region=one.region,
    )


def stopped(asked: Asked, why: str) -> Finding:
    """Return the finding of a file that stopped the judge."""
    return asked.finding(JUDGED, why, "Export the file again, with another program if need be.")


def _as_a_file(document: Document, asked: Asked) -> Iterator[Finding]:
    if document.encrypted:
        what = "The file is encrypted."
        yield asked.finding(UNLOCKED, what, "Save it without a password and restrictions.")
    if document.broken:
        more = len(document.broken) - 1
        others = f" There are {more:,} more faults like it." if more else ""
        what = f"The file is damaged: {document.broken[0]}{others}"
        yield asked.finding(WHOLE, what, "Export it again.")


def not_judged(file: str, rule: Rule, why: str) -> Verdict:
    """Return the verdict of a file that could not be judged at all."""
    found = Finding(
        code=rule.code,
        severity=rule.severity,
        what=f"The file cannot be read: {why[0].lower()}{why[1:]}",
        fix="Export it again, without a password, and send that.",
        file=file,
    )
    return Verdict(
        file=file, profile="", because="", pages=0, asked=(), undecided=(), findings=(found,)
    )


def rules_asked(profile: Profile, expected: Expected) -> tuple[str, ...]:
    """Return the codes of the rules that a profile asks."""
    rules = [*RULES, *(rule for _, by in ROOMS for rule in by.get(profile.edition, ()))]
    leave_out = set(profile.without)
    if expected.trim is not None:
        leave_out.add(boxes.EQUAL.code)  # each page is held to the order instead
    return tuple(dict.fromkeys(rule.code for rule in rules if rule.code not in leave_out))


def needs(code: str, asked: Asked) -> str:
    """Return what an order would have to tell before a rule can be asked; nothing if it can."""
    if code == boxes.TRIM.code and asked.edition == "copier":
        return ""  # any paper that office machines hold is good
    lacks, words = _NEEDS.get(code, (lambda told: False, ""))
    return words if lacks(asked.expected) else ""


def guessed(document: Document) -> tuple[str, str]:
    """Return the profile that a file suggests, and why."""
    if claim := claims.claim_of(document):
        return "press", f"The file says that it is {claim}."
    if any(
        claims.profile_header(intent.get("/DestOutputProfile"))[16:20] == b"CMYK"
        for intent in claims.intents_of(document)
    ):
        return "press", "Its output intent is a press's."
    if tags.claims_ua(document):
        return "screen", "The file says that it is PDF/UA."
    return "press", "Nothing in the file tells what it is for."


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by page, of each page the worst first; those of the whole file come first."""
    order = list(Severity)
    return sorted(findings, key=lambda found: (found.page or 0, order.index(found.severity)))
