"""Press one job: lay out, do the edition's work, stamp each region's sheet, and judge it all."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from printkit import judge
from printkit.compose import TEXT_SLOTS, sheet_language
from printkit.findings import Finding, fails
from printkit.jobs import Job, SlotText, Target
from printkit.keys import sheet_key
from printkit.laid import Laid, Shop, keep, lay_out
from printkit.languages import know
from printkit.parts import inks_part, target_parts
from printkit.pieces import MANY_LANGUAGES, STAMP, Slot
from printkit.stamp import Base, Code, Content, Finished, Form, Words, finish

__all__ = ["Made", "Shop", "press", "sheet_code", "slug_of"]

STAMP_PT = 7.5
ADDRESS_PT = (8.0, 13.0)
"""The campaign's own address, by the height of its slot."""
LEAST_ADDRESS_PT = 7.0
"""Smaller than this no address is set, however long."""
CODE_LENGTH = 6
ONE_IN = 100
"""Of a job's sheets, one in so many is rendered and read whole, beside the first."""
CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
"""Base 32 without the letters that look like digits (Crockford's alphabet)."""


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
    """Its path below the store; None where it was withheld."""
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
    rendered: bool = False
    """Whether its finished pages were rendered and read, and not only what was stamped into it."""

    @property
    def is_withheld(self) -> bool:
        """Whether a FAIL keeps it back."""
        return self.file is None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stamped:
    """One region's sheet on its way: stamped, then judged."""

    target: Target
    code: str
    finished: Finished | None
    """None where its content can't be stamped."""
    found: tuple[Finding, ...]
    rendered: bool
    """Whether it is of the sample that is rendered and read whole."""


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
    shared = job.findings
    if not fails(shared):
        laid = lay_out(job, shop)
        shared += laid.findings
    if fails(shared):
        return tuple(_withheld(job, target, shared) for target in job.targets)
    sheets: list[Made] = []
    forms: dict[tuple[SlotText, ...], list[Finding]] = {}
    for target in job.targets:
        stamped = _stamped(job, shop, laid, target)
        if stamped.finished is not None:
            whole = stamped.finished.pdf if laid.proved is None or stamped.rendered else b""
            if laid.proved is None:
                laid = _proved(job, shop, laid, whole)
            if target.texts not in forms:
                forms[target.texts] = judge.judge_forms(job, laid.shown, stamped.finished.pdf)
            stamped = _judged(job, shop, laid, stamped, whole, forms[target.texts])
        sheets.append(_sheet(job, shop, laid, stamped, shared))
    return tuple(sheets)


def _proved(job: Job, shop: Shop, laid: Laid, finished: bytes) -> Laid:
    """Prove by one sheet what is true of all of a job's, and keep the layout with its proof."""
    assert laid.base is not None
    found = judge.judge_base(job, laid.layout, laid.base, finished)
    proved = replace(laid, proved=tuple(found))
    keep(proved, shop.cache)
    return proved


def is_sampled(key: str, target: Target) -> bool:
    """Return whether a sheet is one of those whose finished pages are rendered and read whole.

    What all regions share is, and the first region's sheet, and of the others one in some: which,
    the key of the sheet tells, so that it is the same whatever else is made.
    """
    return target.region is None or target.is_first or int(key[:8], 16) % ONE_IN == 0


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


def _stamped(job: Job, shop: Shop, laid: Laid, target: Target) -> _Stamped:
    """Return one region's sheet, or why its content can't be stamped."""
    assert laid.base is not None and laid.master is not None  # else a FAIL ended the job
    code = sheet_code(job, laid.base, target)
    contents = _contents(job, laid.base, target, code)
    found = judge.judge_contents(job, laid.layout, laid.base, contents)
    for text in target.texts:
        found += laid.slot_findings.get(text.page, ())
    finished = None
    if not fails(found):
        slug = slug_of(job, target, version=shop.version, code=code)
        finished = finish(laid.master, contents, slug=slug)
    rendered = is_sampled(sheet_key(laid.key, job, target), target)
    return _Stamped(
        target=target, code=code, finished=finished, found=tuple(found), rendered=rendered
    )


def _judged(
    job: Job, shop: Shop, laid: Laid, sheet: _Stamped, whole: bytes, forms: Iterable[Finding]
) -> _Stamped:
    """Judge what a sheet shows beyond what the base proves: on its pages, or by what is new."""
    assert laid.base is not None and sheet.finished is not None
    target, code = sheet.target, sheet.code
    if whole:
        found = judge.judge_sheet(
            job, laid.layout, laid.base, target, whole, code=code, version=shop.version
        )
    else:
        found = judge.judge_stamp(job, laid.layout, target, sheet.finished.drawn, code=code)
    return replace(sheet, found=(*sheet.found, *forms, *found))


def _sheet(
    job: Job, shop: Shop, laid: Laid, stamped: _Stamped, shared: tuple[Finding, ...]
) -> Made:
    """Put a finished sheet into the store, unless a FAIL withholds it."""
    target, finished = stamped.target, stamped.finished
    findings = (*shared, *(laid.proved or ()), *stamped.found)
    sheet = _withheld(job, target, findings)
    if fails(findings) or finished is None or laid.base is None:
        return sheet
    # A folder a job: workers that fill one folder together wait for each other at each file.
    name = f"{job.piece.slug}_{job.language}_{job.edition}/{target.region or 'all'}.pdf"
    (shop.store / name).parent.mkdir(exist_ok=True)
    with (shop.store / name).open("wb", buffering=0) as file:
        file.writelines((finished.head, finished.tail))
    imposition = laid.base.imposition
    tiles = len(imposition.cells) if imposition is not None and imposition.tiled else 1
    return replace(
        sheet,
        code=stamped.code,
        file=name,
        sha256=finished.sha256,
        bytes=finished.size,
        pages=laid.layout.pages * tiles,
        up=imposition.up if imposition is not None else 1,
        sheets=tiles,
        flip=imposition.flip if imposition is not None and laid.layout.pages > 1 else None,
        parts=_parts(job, shop, target),
        rendered=stamped.rendered,
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


def _contents(job: Job, base: Base, target: Target, code: str) -> dict[str, Content]:
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
            contents[slot.name] = _address(slot, target, base)
        elif slot.kind in TEXT_SLOTS and slot.name in pages:
            contents[slot.name] = Form(pdf=b"", page=pages[slot.name] + 1, alt=slot.kind)
    return {name: content for name, content in contents.items() if name in base.slots}


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
