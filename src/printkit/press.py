"""Press one job: lay out, do the edition's work, stamp each region's sheet, and judge it all."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from printkit.checks import code as code_checks
from printkit.checks.layout import engine_findings, layout_findings, overflow_finding
from printkit.checks.words import page_texts, words_findings
from printkit.compose import TEXT_SLOTS, languages_spoken, sheet_language
from printkit.editions import EDITIONS, Sheet
from printkit.findings import Finding, Severity
from printkit.impose import CLEAR_PT, imposed, imposition_for
from printkit.inks import Paint
from printkit.jobs import Job, Target
from printkit.pieces import MANY_LANGUAGES, STAMP
from printkit.places import Place
from printkit.preflight import preflight
from printkit.stamp import Base, Code, Content, Form, Words, prepare, stamp
from printkit.styles import slot_head
from printkit.typeset import SAFE_PT, Layout, SlotPage, SlotSheets, typeset, typeset_slots

STAMP_PT = 7.5
CODE_LENGTH = 6
CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
"""Base 32 without the letters that look like digits (Crockford's alphabet)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """What every job needs of the campaign: where its fonts and profiles are, and its version."""

    fonts: Path
    profiles: Path
    store: Path
    """Where finished sheets are written."""
    version: str
    created: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One sheet, finished or withheld."""

    piece: str
    language: str
    edition: str
    target: Target
    trim: tuple[float, float]
    """Width and height in inches."""
    draft: bool
    findings: tuple[Finding, ...]
    code: str = ""
    file: str | None = None
    """Its name in the store; None where it was withheld."""
    sha256: str = ""
    bytes: int = 0
    pages: int = 0
    up: int = 1
    """How many copies one printed sheet holds."""

    @property
    def is_withheld(self) -> bool:
        """Whether a FAIL keeps it back."""
        return self.file is None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """A job after its layout: the base, and what its slots' words came to."""

    layout: Layout
    base: Base
    slots: SlotSheets | None
    findings: tuple[Finding, ...]
    slot_findings: Mapping[int, tuple[Finding, ...]]
    """By slot page, from 0."""


def press(job: Job, shop: Shop) -> tuple[Made, ...]:
    """Return every sheet of a job; a FAIL withholds the sheets that it touches, and no others."""
    findings = job.findings
    if not _fails(findings):
        layout, found = _lay_out(job, shop)
        slots, slot_findings, slots_found = _lay_out_slots(job, shop)
        findings = tuple(dict.fromkeys((*findings, *found, *slots_found)))
    if _fails(findings):
        return tuple(_withheld(job, target, findings) for target in job.targets)
    laid = _Laid(
        layout=layout,
        base=prepare(layout, edition=EDITIONS[job.edition], sheet=_sheet_facts(job, shop)),
        slots=slots,
        findings=findings,
        slot_findings=slot_findings,
    )
    return tuple(
        _sheet(job, shop, laid, target, first=number == 0)
        for number, target in enumerate(job.targets)
    )


def _lay_out(job: Job, shop: Shop) -> tuple[Layout, list[Finding]]:
    """Lay the sheet out once for all its regions, and judge the layout."""
    edition = EDITIONS[job.edition]
    layout = _fitted(job, edition.paint(shop.profiles), edition.variant)
    findings = layout_findings(
        layout,
        pages=job.piece.pages,
        languages=languages_spoken(job.html),
        slots=_slots_asked(job.html),
        **_where(job),
    )
    return layout, findings


def _lay_out_slots(
    job: Job, shop: Shop
) -> tuple[SlotSheets | None, dict[int, tuple[Finding, ...]], list[Finding]]:
    """Lay the words of all regions' slots out in one pass; findings by page, and of them all."""
    if not job.text_pages:
        return None, {}, []
    language, where = sheet_language(job.language), _where(job)
    slots = typeset_slots(
        [
            SlotPage(html=page.html, width_pt=page.size.width_pt, height_pt=page.size.height_pt)
            for page in job.text_pages
        ],
        head=slot_head(job.piece),
        language=language.tag,
        direction=language.direction,
        css_class=f"{job.edition} {job.piece.slug}",
        roots=_roots(job),
        paint=EDITIONS[job.edition].paint(shop.profiles),
    )
    spoken = {job.language} if job.language != MANY_LANGUAGES else set(languages_spoken(job.html))
    findings = engine_findings(
        slots.lost, slots.fonts, slots.log, slots.refused, languages=spoken | {"en"}, **where
    )
    by_page = {
        number: tuple(overflow_finding(overflow, **where) for overflow in overflows)
        for number, overflows in enumerate(slots.overflows)
    }
    return slots, by_page, findings


def _safe_pt(job: Job) -> float:
    """Return how far text keeps from the trim: an office machine leaves a wider edge white."""
    if not EDITIONS[job.edition].imposes or imposition_for(job.piece.trim).tiled:
        return SAFE_PT
    return CLEAR_PT


def _slots_asked(html: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(r'data-slot="([^"]+)"', html)))


def _roots(job: Job) -> tuple[Path, ...]:
    return job.piece.folder, job.piece.shared


def _fitted(job: Job, paint: Paint, variant: str | None) -> Layout:
    """Return the loosest of the piece's settings in which its text fits, else the tightest."""
    for tight in range(job.piece.tight + 1):
        html = job.html.replace('data-tight="0"', f'data-tight="{tight}"', 1)
        layout = typeset(
            html, roots=_roots(job), paint=paint, variant=variant, safe_pt=_safe_pt(job)
        )
        slots = {slot.name for slot in layout.slots}
        whole = not layout.lost and slots.issuperset(_slots_asked(html))
        if whole and not layout.overflows and layout.pages == job.piece.pages:
            break
    return layout


def _sheet_facts(job: Job, shop: Shop) -> Sheet:
    return Sheet(
        title=job.title,
        language="en" if job.language == MANY_LANGUAGES else job.language,
        created=shop.created,
        profiles=shop.profiles,
        fonts=shop.fonts,
    )


def _sheet(job: Job, shop: Shop, laid: _Laid, target: Target, *, first: bool) -> Made:
    """Stamp one target, judge it, and write it beside its name before it takes it."""
    where = _where(job) | {"region": target.region}
    findings = [replace(found, region=target.region) for found in laid.findings]
    for text in target.texts:
        findings += [
            replace(found, region=target.region) for found in laid.slot_findings.get(text.page, ())
        ]
    code = sheet_code(job, laid.base, target)
    finished = stamp(laid.base, _contents(job, laid, target, code))
    findings += _judge(job, shop, laid, target, finished, code=code, first=first, where=where)
    if _fails(findings):
        return _withheld(job, target, tuple(findings))
    name = f"{job.piece.slug}_{job.language}_{job.edition}_{target.region or 'all'}.pdf"
    _write(shop.store / name, finished)
    texts_pages = laid.base.imposition
    return Made(
        piece=job.piece.slug,
        language=job.language,
        edition=job.edition,
        target=target,
        trim=_trim(job),
        draft=job.draft,
        findings=tuple(findings),
        code=code,
        file=name,
        sha256=hashlib.sha256(finished).hexdigest(),
        bytes=len(finished),
        pages=_pages(laid),
        up=texts_pages.up if texts_pages is not None else 1,
    )


def sheet_code(job: Job, base: Base, target: Target) -> str:
    """Return the short code that tells a sheet from every other: a digest of all but itself."""
    digest = hashlib.sha256(base.digest.encode())
    told = [target.region or "", target.label, target.landing_url]
    told += [job.text_pages[text.page].html for text in target.texts]
    for words in told:
        digest.update(b"\0" + words.encode())
    return base64.b32encode(digest.digest()).decode().translate(CROCKFORD)[:CODE_LENGTH]


def _contents(job: Job, laid: _Laid, target: Target, code: str) -> dict[str, Content]:
    direction = sheet_language(job.language).direction
    footer = f"{target.label} · {code}" if target.label else code
    contents: dict[str, Content] = {
        STAMP: Words(lines=(footer,), size_pt=STAMP_PT, align="end", direction="ltr")
    }
    shown = target.landing_url.removeprefix("https://")
    texts = {text.slot: text.page for text in target.texts}
    for slot in job.piece.slots.values():
        if slot.kind == "landing-code":
            contents[slot.name] = Code(url=target.landing_url, alt=f"QR: {shown}")
        elif slot.kind == "landing-address":
            size = min(13.0, max(8.0, slot.size.height_pt * 0.85))
            contents[slot.name] = Words(
                lines=(shown,), size_pt=size, align="center", direction=direction, weight="Bold"
            )
        elif slot.kind in TEXT_SLOTS and laid.slots is not None:
            contents[slot.name] = Form(pdf=laid.slots.pdf, page=texts[slot.name] + 1, alt=slot.kind)
    return {name: content for name, content in contents.items() if name in laid.base.slots}


def _judge(
    job: Job,
    shop: Shop,
    laid: _Laid,
    target: Target,
    finished: bytes,
    *,
    code: str,
    first: bool,
    where: Mapping[str, Any],
) -> list[Finding]:
    """Return what is wrong with a finished sheet; what the base proves is proved once."""
    found = code_checks.codes_decode(finished, _expected_codes(laid, target, first=first), **where)
    footer = [f"v{shop.version}", job.piece.name, code, sheet_language(job.language).english]
    addresses = [target.landing_url.removeprefix("https://")] if _has_landing(job) else []
    found += words_findings(
        page_texts(finished),
        draft=job.draft,
        footer=[*footer, target.label] if target.label else footer,
        addresses=addresses,
        tiled=laid.base.imposition is not None and laid.base.imposition.tiled,
        **where,
    )
    if first:
        found += preflight(finished, trim=job.piece.trim, **where)
    return found


def _has_landing(job: Job) -> bool:
    return any(slot.kind == "landing-address" for slot in job.piece.slots.values())


def _expected_codes(laid: _Laid, target: Target, *, first: bool) -> list[code_checks.ExpectedCode]:
    """Return the codes to decode: the template's own on the first sheet, the region's on each."""
    slots = {slot.name: slot for slot in laid.layout.slots}
    places: list[tuple[str, Place]] = []
    if first:
        places += [(code.url, code.place) for code in laid.layout.codes]
    if "landing_code" in slots:
        places.append((target.landing_url, slots["landing_code"].place))
    expected = []
    for url, place in places:
        on_sheets = imposed(laid.base.imposition, place) if laid.base.imposition else (place,)
        expected += [code_checks.ExpectedCode(url=url, place=one) for one in on_sheets[:1]]
    return expected


def _pages(laid: _Laid) -> int:
    imposition = laid.base.imposition
    tiles = len(imposition.cells) if imposition is not None and imposition.tiled else 1
    return laid.layout.pages * tiles


def _trim(job: Job) -> tuple[float, float]:
    trim = job.piece.trim
    return round(trim.width_pt / 72, 4), round(trim.height_pt / 72, 4)


def _where(job: Job) -> dict[str, Any]:
    return {"piece": job.piece.slug, "language": job.language, "edition": job.edition}


def _withheld(job: Job, target: Target, findings: tuple[Finding, ...]) -> Made:
    return Made(
        piece=job.piece.slug,
        language=job.language,
        edition=job.edition,
        target=target,
        trim=_trim(job),
        draft=job.draft,
        findings=tuple(replace(found, region=target.region) for found in findings),
    )


def _fails(findings: Any) -> bool:
    return any(found.severity is Severity.FAIL for found in findings)


def _write(path: Path, data: bytes) -> None:
    beside = path.with_suffix(".partial")
    beside.write_bytes(data)
    beside.replace(path)
