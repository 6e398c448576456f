"""Press one job: lay out, do the edition's work, stamp each region's sheet, and judge it all."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from printkit import judge
from printkit.compose import TEXT_SLOTS, languages_spoken, sheet_language
from printkit.editions import Edition, Sheet, edition_for, folds_of, opaque
from printkit.findings import Finding, fails
from printkit.fitting import fitted, page_settings
from printkit.jobs import Job, Target
from printkit.languages import Language, know
from printkit.parts import inks_part, target_parts
from printkit.pieces import MANY_LANGUAGES, STAMP, Slot
from printkit.stamp import Base, Code, Content, Form, Words, prepare, stamp
from printkit.styles import slot_head
from printkit.typeset import Layout, SlotPage, SlotSheets, typeset, typeset_slots

STAMP_PT = 7.5
ADDRESS_PT = (8.0, 13.0)
"""The campaign's own address, by the height of its slot."""
LEAST_ADDRESS_PT = 7.0
"""Smaller than this no address is set, however long."""
CODE_LENGTH = 6
CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
"""Base 32 without the letters that look like digits (Crockford's alphabet)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """What every job needs of the campaign: where its fonts and profiles are, and its version."""

    fonts: Path
    profiles: Path
    """The folder of colour profiles, or the print shop's own profile."""
    store: Path
    """Where finished sheets are written."""
    version: str
    created: date
    languages: tuple[Language, ...] = ()
    """The project's own, beside the table's, which a worker starts with."""
    standard: str = "pdf/x-4"
    """Of press files: "pdf/x-4" or "pdf/x-1a"."""


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
    sheets: int = 1
    """How many printed sheets one copy takes: more than 1 for a poster in tiles."""
    flip: str | None = None
    """The edge to turn sheets on when printing both sides, where it matters."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Short digests of what it is made of, by the part's name; empty where it was withheld."""

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
    slot_findings: Mapping[int, tuple[Finding, ...]]
    """By slot page, from 0."""


def press(job: Job, shop: Shop) -> tuple[Made, ...]:
    """Return every sheet of a job; a FAIL withholds the sheets that it touches, and no others."""
    know(shop.languages)
    try:
        return _pressed(job, shop)
    except OSError:
        raise  # a full disk is no sheet's fault
    except Exception as error:  # a bad sheet is a finding, whatever it did
        found = (*job.findings, *judge.not_made(job, error))
        return tuple(_withheld(job, target, found) for target in job.targets)


def _pressed(job: Job, shop: Shop) -> tuple[Made, ...]:
    shared = list(job.findings)
    if not fails(shared):
        layout, wrong_layout = _lay_out(job, shop)
        slots, slot_findings, wrong_slots = _lay_out_slots(job, shop)
        shared += wrong_layout + wrong_slots
    if fails(shared):
        return tuple(_withheld(job, target, shared) for target in job.targets)
    base = prepare(layout, edition=_edition(job, shop), sheet=_sheet_facts(job, shop))
    laid = _Laid(layout=layout, base=base, slots=slots, slot_findings=slot_findings)
    sheets: list[Made] = []
    proved = False
    for target in job.targets:
        code = sheet_code(job, base, target)
        slug = slug_of(job, target, version=shop.version, code=code)
        found, finished = _stamped(job, laid, target, code, slug)
        if finished and not proved:
            # What one sheet shows of the base is true of all of them.
            shared += judge.judge_base(job, layout, base, finished)
            proved = True
        if finished:
            found += judge.judge_sheet(
                job, layout, base, target, finished, code=code, version=shop.version
            )
        findings = (*shared, *found)
        sheets.append(
            _sheet(job, shop, laid, target, code=code, finished=finished, findings=findings)
        )
    return tuple(sheets)


def _lay_out(job: Job, shop: Shop) -> tuple[Layout, list[Finding]]:
    """Lay the sheet out once for all its regions, and judge the layout."""
    settings = page_settings(job, shop.profiles)
    layout, _ = fitted(job, lambda html: typeset(html, **settings))
    return layout, judge.judge_layout(job, layout)


def _lay_out_slots(
    job: Job, shop: Shop
) -> tuple[SlotSheets | None, dict[int, tuple[Finding, ...]], list[Finding]]:
    """Lay the words of all regions' slots out in one pass; findings by page, and of them all."""
    if not job.text_pages:
        return None, {}, []
    language = sheet_language(job.language)
    slots = typeset_slots(
        [
            SlotPage(html=page.html, width_pt=page.size.width_pt, height_pt=page.size.height_pt)
            for page in job.text_pages
        ],
        head=slot_head(job.piece, languages_spoken(job.html)),
        language=language.tag,
        direction=language.direction,
        css_class=f"{job.edition} {job.piece.design}",
        roots=_roots(job),
        paint=_edition(job, shop).paint(shop.profiles),
    )
    if _edition(job, shop).claim == "PDF/X-1a:2003":
        slots = replace(slots, pdf=opaque(slots.pdf))
    return slots, *judge.judge_slots(job, slots)


def _edition(job: Job, shop: Shop) -> Edition:
    return edition_for(job.edition, shop.standard)


def _roots(job: Job) -> tuple[Path, ...]:
    return job.piece.folder, *job.piece.shared


def _sheet_facts(job: Job, shop: Shop) -> Sheet:
    return Sheet(
        title=job.title,
        language="en" if job.language == MANY_LANGUAGES else job.language,
        created=shop.created,
        profiles=shop.profiles,
        fonts=shop.fonts,
        folds=folds_of(
            job.piece.panels_pt,
            pages=job.piece.pages,
            mirrored=sheet_language(job.language).direction == "rtl",
        ),
    )


def slug_of(job: Job, target: Target, *, version: str, code: str) -> str:
    """Return what the paper beside a sheet says of it: its file, its names, its code.

    The file's name lacks the count of copies, which differs between those who share a sheet.
    """
    trim = job.piece.trim
    size = f"{trim.width_pt / 72:g}x{trim.height_pt / 72:g}"
    parts = [target.region or "", job.language, job.piece.slug, f"v{version}", size, code.lower()]
    language = "many languages" if job.language == MANY_LANGUAGES else _english(job.language)
    told = ["_".join(part for part in parts if part), job.piece.name, language, target.label]
    return " · ".join(part for part in (*told, f"version {version}", code) if part)


def _english(tag: str) -> str:
    return f"{sheet_language(tag).english} ({tag})"


def _stamped(
    job: Job, laid: _Laid, target: Target, code: str, slug: str
) -> tuple[list[Finding], bytes]:
    """Return one region's sheet, or nothing where its content can't be stamped, and why."""
    contents = _contents(job, laid, target, code)
    found = judge.judge_contents(job, laid.layout, laid.base, contents)
    for text in target.texts:
        found += laid.slot_findings.get(text.page, ())
    return found, b"" if fails(found) else stamp(laid.base, contents, slug=slug)


def _sheet(
    job: Job,
    shop: Shop,
    laid: _Laid,
    target: Target,
    *,
    code: str,
    finished: bytes,
    findings: tuple[Finding, ...],
) -> Made:
    """Put a finished sheet into the store, unless a FAIL withholds it."""
    sheet = _withheld(job, target, findings)
    if fails(findings):
        return sheet
    name = f"{job.piece.slug}_{job.language}_{job.edition}_{target.region or 'all'}.pdf"
    (shop.store / name).write_bytes(finished)
    imposition = laid.base.imposition
    tiles = len(imposition.cells) if imposition is not None and imposition.tiled else 1
    return replace(
        sheet,
        code=code,
        file=name,
        sha256=hashlib.sha256(finished).hexdigest(),
        bytes=len(finished),
        pages=laid.layout.pages * tiles,
        up=imposition.up if imposition is not None else 1,
        sheets=tiles,
        flip=imposition.flip if imposition is not None and laid.layout.pages > 1 else None,
        parts=_parts(job, shop, target),
    )


def _parts(job: Job, shop: Shop, target: Target) -> dict[str, str]:
    texts = [job.text_pages[text.page].html for text in target.texts]
    told = {"label": target.label, "landing": target.landing_url, "version": shop.version}
    inks = inks_part(shop.profiles, shop.standard) if job.edition == "press" else {}
    return target_parts(job.parts, texts, **told) | inks


def sheet_code(job: Job, base: Base, target: Target) -> str:
    """Return the short code that tells a sheet from every other: a digest of all but itself.

    It stands at the sheet's foot and at the end of what its QR code opens.
    """
    digest = hashlib.sha256(base.digest.encode())
    told = [target.region or "", target.label, target.landing_url]
    told += [job.text_pages[text.page].html for text in target.texts]
    for words in told:
        digest.update(b"\0" + words.encode())
    return base64.b32encode(digest.digest()).decode().translate(CROCKFORD)[:CODE_LENGTH]


def _contents(job: Job, laid: _Laid, target: Target, code: str) -> dict[str, Content]:
    """Return what goes into each slot of one region's sheet."""
    footer = f"{target.label} · {code}" if target.label else code
    contents: dict[str, Content] = {
        STAMP: Words(lines=(footer,), size_pt=STAMP_PT, align="end", direction="ltr")
    }
    pages = {text.slot: text.page for text in target.texts}
    for slot in job.piece.slots.values():
        if slot.kind == "landing-code":
            contents[slot.name] = Code(url=target.opens(code), alt=f"QR: {target.landing_shown}")
        elif slot.kind == "landing-address":
            contents[slot.name] = _address(slot, target, laid.base)
        elif slot.kind in TEXT_SLOTS and laid.slots is not None:
            contents[slot.name] = Form(pdf=laid.slots.pdf, page=pages[slot.name] + 1, alt=slot.kind)
    return {name: content for name, content in contents.items() if name in laid.base.slots}


def _address(slot: Slot, target: Target, base: Base) -> Words:
    """Return the campaign's address as large as its slot allows, within what can be read."""
    line, face = target.landing_shown, base.faces["Bold"]
    least, most = ADDRESS_PT
    size = min(max(slot.size.height_pt * 0.85, least), most)
    if not face.lacks(line):
        size = min(size, size * slot.size.width_pt / face.width(line, size))
    return Words(lines=(line,), size_pt=max(size, LEAST_ADDRESS_PT), align="center", weight="Bold")


def _withheld(job: Job, target: Target, findings: Iterable[Finding]) -> Made:
    trim = job.piece.trim
    return Made(
        piece=job.piece.slug,
        language=job.language,
        edition=job.edition,
        target=target,
        trim=(round(trim.width_pt / 72, 4), round(trim.height_pt / 72, 4)),
        draft=job.draft,
        findings=judge.for_region(findings, target.region),
    )
