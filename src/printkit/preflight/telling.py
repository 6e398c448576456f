"""A verdict in plain words: by file, then by page, the worst first, the same thing once."""

from collections.abc import Iterable, Iterator, Sequence

from printkit.findings import Finding, Severity
from printkit.preflight.verdicts import Verdict

MOST = 100
"""Kinds of findings of one file that are told in words; JSON holds them all."""

Line = tuple[str, Severity | None]
"""What is told, and how bad it is."""


def verdict_lines(verdict: Verdict) -> Iterator[Line]:
    """Yield what there is to say of a file."""
    yield _head(verdict), None
    groups = _alike(verdict.findings)
    page: int | None = -1
    for group in groups[:MOST]:
        first = group[0]
        if first.page != page:
            page = first.page
            yield ("  The whole file:" if page is None else f"  Page {page}:"), None
        yield f"    {_words(group)}", first.severity
    if len(groups) > MOST:
        yield f"    And {len(groups) - MOST:,} kinds more, which --format json holds.", None
    yield f"  {_sum(verdict)}", None


def total(verdicts: Sequence[Verdict]) -> str:
    """Return what several files came to, in a sentence."""
    failed = sum(any(one.severity is Severity.FAIL for one in v.findings) for v in verdicts)
    clean = sum(not v.findings for v in verdicts)
    return f"{_count(len(verdicts), 'file')}: {clean:,} without a fault, {failed:,} with a FAIL."


def _head(verdict: Verdict) -> str:
    if not verdict.profile:
        return f"{verdict.file}:"
    pages = _count(verdict.pages, "page")
    return f"{verdict.file}: {pages}, judged as {verdict.profile}. {verdict.because}"


def _alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return findings that say the same, together, where the first of them stands."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        groups.setdefault((one.severity, one.code, one.what, one.fix), []).append(one)
    return list(groups.values())


def _words(group: Sequence[Finding]) -> str:
    first = group[0]
    where = ""
    if first.place is not None:
        x, y, width, height = first.place
        where = f" at {x:.2f}, {y:.2f} in ({width:.2f} × {height:.2f} in)"
    others = {one.page for one in group} - {first.page}
    more = f" So on {_count(len(others), 'more page')}." if others else ""
    return f"{first.severity}{where}: {first.what} {first.fix}{more} ({first.code})"


def _sum(verdict: Verdict) -> str:
    if not verdict.profile:
        return "It was not judged."
    counts = [
        f"{number:,} {severity}"
        for severity in Severity
        if (number := sum(one.severity is severity for one in verdict.findings))
    ]
    found = f"{', '.join(counts)}." if counts else "No fault found."
    asked = f"{_count(len(verdict.asked), 'rule')} asked"
    if not verdict.undecided:
        return f"{found} {asked}."
    needed: dict[str, list[str]] = {}
    for code, what in verdict.undecided:
        needed.setdefault(what, []).append(code)
    told = "; ".join(f"{', '.join(codes)} needs {what}" for what, codes in needed.items())
    many = len(verdict.undecided)
    return f"{found} {asked}, {many} could not be decided from the file alone: {told}."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
