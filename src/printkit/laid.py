"""A job laid out: what all its sheets share, made once, and kept for the next time."""

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from printkit import judge
from printkit.cache import Cache
from printkit.compose import languages_spoken, sheet_language
from printkit.editions import Edition, Sheet, edition_for, folds_of, opaque
from printkit.findings import Finding, fails
from printkit.fitting import fitted_sheet
from printkit.jobs import Job
from printkit.keys import job_key
from printkit.languages import Language
from printkit.pieces import MANY_LANGUAGES
from printkit.preflight import known
from printkit.profiles import profile_in
from printkit.stamp import Base, Master, master_of, prepare
from printkit.styles import slot_head
from printkit.typeset import Layout, SlotPage, SlotSheets, typeset_slots

KIND = "laid"
"""Of its entries in the cache."""


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
    cache: Cache | None = None
    """Where layouts are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """What all sheets of a job share; plain values, so that it can be kept and sent."""

    key: str
    """Of its job: the same key, the same bytes."""
    layout: Layout
    """Without its PDF."""
    findings: tuple[Finding, ...]
    """Of the layout and of the slots' words as a whole; after a FAIL there is nothing to stamp."""
    slot_findings: Mapping[int, tuple[Finding, ...]]
    """By slot page, from 0."""
    base: Base | None = None
    """Without its PDF."""
    master: Master | None = None
    shown: frozenset[str] = frozenset()
    """What the base's pages use, by digest: `preflight.known`."""
    proved: tuple[Finding, ...] | None = None
    """What one finished sheet showed of the base; None before one was judged."""


def lay_out(job: Job, shop: Shop) -> Laid:
    """Return a job laid out: as it was kept, or anew."""
    key = key_of(job, shop)
    return _kept(key, shop.cache) or _laid_out(job, shop, key)


def key_of(job: Job, shop: Shop) -> str:
    """Return the key of a job's layout in a shop."""
    return job_key(
        job,
        fonts=shop.fonts,
        profile=profile_in(shop.profiles),
        asked=(shop.version, shop.created, shop.languages, shop.standard),
    )


def keep(laid: Laid, cache: Cache | None) -> None:
    """Keep a job's layout once it is proved, for builds to come."""
    if cache is not None and laid.proved is not None:
        cache.put(KIND, laid.key, pickle.dumps(laid, protocol=5))


def _kept(key: str, cache: Cache | None) -> Laid | None:
    data = cache.get(KIND, key) if cache is not None else None
    if data is None:
        return None
    try:
        # The cache is the user's own folder, closed to others, and its sums were held.
        laid = pickle.loads(data)
    except Exception:
        return None
    return laid if isinstance(laid, Laid) and laid.key == key else None


def _laid_out(job: Job, shop: Shop, key: str) -> Laid:
    layout, found = _layout(job, shop)
    slots, slot_findings, wrong = _slots(job, shop)
    found += wrong
    told: dict[str, Any] = {"key": key, "findings": tuple(found), "slot_findings": slot_findings}
    if fails(found):
        return Laid(layout=replace(layout, pdf=b""), **told)
    base = prepare(layout, edition=edition_of(job, shop), sheet=_sheet_facts(job, shop))
    return Laid(
        layout=replace(layout, pdf=b""),
        base=replace(base, pdf=b""),
        master=master_of(base, slots.pdf if slots is not None else None),
        shown=known(base.pdf),
        **told,
    )


def _layout(job: Job, shop: Shop) -> tuple[Layout, list[Finding]]:
    """Lay the sheet out once for all its regions, and judge the layout."""
    layout, _ = fitted_sheet(job, shop.profiles)
    return layout, judge.judge_layout(job, layout)


def _slots(
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
        roots=(job.piece.folder, *job.piece.shared),
        paint=edition_of(job, shop).paint(shop.profiles),
    )
    if edition_of(job, shop).claim == "PDF/X-1a:2003":
        slots = replace(slots, pdf=opaque(slots.pdf))
    return slots, *judge.judge_slots(job, slots)


def edition_of(job: Job, shop: Shop) -> Edition:
    """Return a job's edition, in the standard that the shop asks for."""
    return edition_for(job.edition, shop.standard)


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
