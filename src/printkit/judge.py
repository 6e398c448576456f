"""Judge one job: its layout, what is stamped into it, and each finished sheet."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from printkit.checks import code as code_checks
from printkit.checks.layout import (
    OVERFLOWS,
    engine_findings,
    layout_findings,
    overflow_finding,
)
from printkit.checks.mail import mail_findings
from printkit.checks.words import page_texts, words_findings
from printkit.compose import languages_spoken, sheet_language
from printkit.errors import UserError, listed, quoted
from printkit.findings import Finding, Rule, Severity, finding
from printkit.impose import imposed
from printkit.jobs import Job, Target
from printkit.lengths import inches
from printkit.pieces import MANY_LANGUAGES
from printkit.places import Place
from printkit.preflight import preflight, preflight_stamped
from printkit.stamp import Base, Content, Words
from printkit.typeset import Layout, SlotSheets

MADE = Rule(
    code="sheet-made",
    severity=Severity.FAIL,
    rule="A sheet can be laid out, finished and judged to the end.",
    because="A broken picture, or a mistake of printkit's own, costs one sheet and not the run.",
)
LETTERS = Rule(
    code="stamp-letters",
    severity=Severity.FAIL,
    rule="A region's name and address are written in Western letters.",
    because="What differs by region is drawn in one small face, so that thousands of sheets need "
    "no layout; volunteers of every language read it.",
)
RULES = (MADE, LETTERS)


def where(job: Job) -> dict[str, Any]:
    """Return what a finding says of the job it is about."""
    return {"piece": job.piece.slug, "language": job.language, "edition": job.edition}


def slots_asked(html: str) -> tuple[str, ...]:
    """Return the names of the slots that a document asks for, each once."""
    return tuple(dict.fromkeys(re.findall(r'data-slot="([^"]+)"', html)))


def full_pages(job: Job, layout: Layout) -> frozenset[int]:
    """Return the pages that do not hold what they should; every page where it can't be told."""
    laid_out = {slot.name for slot in layout.slots}
    whole = not layout.lost and laid_out.issuperset(slots_asked(job.html))
    full = frozenset(overflow.place.page for overflow in layout.overflows)
    # What is lost was mostly lost where a box runs over; if not, the next try tells.
    if layout.pages == job.piece.pages and (whole or full):
        return full
    return frozenset(range(1, max(layout.pages, job.piece.pages) + 1))


def judge_layout(job: Job, layout: Layout) -> list[Finding]:
    """Return what is wrong with the layout that all regions' sheets share."""
    return layout_findings(
        layout,
        pages=job.piece.pages,
        languages=languages_spoken(job.html),
        slots=slots_asked(job.html),
        **where(job),
    )


def judge_slots(
    job: Job, slots: SlotSheets
) -> tuple[dict[int, tuple[Finding, ...]], list[Finding]]:
    """Return what is wrong with each slot page's words, by its number, and with them all."""
    spoken = {job.language} if job.language != MANY_LANGUAGES else set(languages_spoken(job.html))
    findings = engine_findings(
        slots.lost, slots.fonts, slots.log, slots.refused, languages=spoken | {"en"}, **where(job)
    )
    by_page = {
        number: tuple(overflow_finding(overflow, **where(job)) for overflow in overflows)
        for number, overflows in enumerate(slots.overflows)
    }
    return by_page, findings


def judge_contents(
    job: Job, layout: Layout, base: Base, contents: Mapping[str, Content]
) -> list[Finding]:
    """Return what can't be stamped as it is: letters without a glyph, lines wider than the box."""
    places = {slot.name: slot.place for slot in layout.slots}
    found = []
    for name, content in contents.items():
        if isinstance(content, Words):
            for line in content.lines:
                found += _judge_line(job, base, name, line, content, places[name])
    return found


def judge_base(job: Job, layout: Layout, base: Base, finished: bytes) -> list[Finding]:
    """Return what one finished sheet shows of the base that all sheets of its job share."""
    places = [(code.url, code.place) for code in layout.codes]
    return [
        *_codes_decode(job, base, finished, places),
        *preflight(finished, trim=job.piece.trim, **where(job)),
        *mail_findings(finished, layout, job.mailing, job.piece.companies, **where(job)),
    ]


def judge_forms(job: Job, base: frozenset[str], finished: bytes) -> list[Finding]:
    """Return what is wrong with the inks and letters that a stamp adds to a base.

    `base` is what the base's pages use. True of all sheets that show the same words in their slots.
    """
    return preflight_stamped(finished, base, **where(job))


def judge_sheet(
    job: Job,
    layout: Layout,
    base: Base,
    target: Target,
    finished: bytes,
    *,
    code: str,
    version: str,
) -> list[Finding]:
    """Return what is wrong with a finished sheet beyond what the base proves, from its pages."""
    url = target.opens(code)
    places = [(url, slot.place) for slot in layout.slots if _kind(job, slot.name) == "code"]
    footer = [f"v{version}", job.piece.name, code, sheet_language(job.language).english]
    addresses = [_bare(code.url) for code in layout.codes]
    if any(_kind(job, slot.name) == "address" for slot in layout.slots):
        addresses.append(target.landing_shown)
    return [
        *_codes_decode(job, base, finished, places),
        *words_findings(
            page_texts(finished),
            draft=job.draft,
            footer=[*footer, target.label] if target.label else footer,
            addresses=addresses,
            tiled=base.imposition is not None and base.imposition.tiled,
            **where(job),
        ),
    ]


def judge_stamp(
    job: Job, layout: Layout, target: Target, drawn: Mapping[str, bytes], *, code: str
) -> list[Finding]:
    """Return what is wrong with what was stamped into a sheet, where a like one proved the rest.

    `drawn` holds each slot's operators as they are in the file: its code is decoded from these.
    """
    expected = [
        (slot.name, code_checks.ExpectedCode(url=target.opens(code), place=slot.place))
        for slot in layout.slots
        if _kind(job, slot.name) == "code"
    ]
    return [
        found
        for name, one in expected
        for found in code_checks.operators_decode(drawn.get(name, b""), one, **where(job))
    ]


def for_region(findings: Iterable[Finding], region: str | None) -> tuple[Finding, ...]:
    """Return findings as told of one region's sheet, each once."""
    return tuple(dict.fromkeys(replace(found, region=region) for found in findings))


def not_made(job: Job, error: Exception) -> tuple[Finding, ...]:
    """Return why a sheet could not be made at all, in words for whoever can mend it."""
    if isinstance(error, UserError):
        return tuple(
            finding(
                MADE, problem.what, problem.fix, file=problem.file, line=problem.line, **where(job)
            )
            for problem in error.problems
        )
    words = " ".join(str(error).split())
    return (
        finding(
            MADE,
            f"Making it stopped: {type(error).__name__} {quoted(words, 160)} in {_culprit(error)}.",
            "Mend the piece's template, styles or pictures; report it if they are right.",
            **where(job),
        ),
    )


def _culprit(error: Exception) -> str:
    """Return the last line of code that an error went through."""
    place = "?"
    trace = error.__traceback__
    while trace is not None:
        place = f"{trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _bare(url: str) -> str:
    """Return the part of an address that people type."""
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/")


def _kind(job: Job, name: str) -> str | None:
    """Return "code" or "address" for the slots that lead to the campaign's own page."""
    slot = job.piece.slots.get(name)
    return slot.kind.removeprefix("landing-") if slot is not None else None


def _judge_line(
    job: Job, base: Base, name: str, line: str, content: Words, place: Place
) -> list[Finding]:
    face, room = base.faces[content.weight], base.slots[name].size.width_pt
    here = where(job) | {"page": place.page, "place": place.inches}
    if lacking := face.lacks(line):
        what = f"{quoted(line)} holds {listed(map(quoted, lacking))}, which footers cannot show."
        return [finding(LETTERS, what, "Write it in Western letters.", **here)]
    over = face.width(line, content.size_pt) - room
    if over <= 0.5:
        return []
    what = f"{quoted(line)} is {inches(over):.2f} in wider than the slot {quoted(name)}."
    fix = f"Shorten it, or widen the slot in {job.piece.file}."
    return [finding(OVERFLOWS, what, fix, **here)]


def _codes_decode(
    job: Job, base: Base, finished: bytes, places: Iterable[tuple[str, Place]]
) -> list[Finding]:
    """Decode each code where it stands on the finished page: on one copy, where there are more."""
    found, expected = [], []
    for url, place in places:
        on_sheets = imposed(base.imposition, place) if base.imposition is not None else (place,)
        if on_sheets:
            expected.append(code_checks.ExpectedCode(url=url, place=on_sheets[0]))
        else:
            found.append(
                finding(
                    code_checks.DECODES,
                    f"The join of two tiles cuts through the code for {quoted(url)}.",
                    "Move the code off the middle of the sheet.",
                    **where(job) | {"page": place.page, "place": place.inches},
                )
            )
    return [*found, *code_checks.codes_decode(finished, expected, **where(job))]
