"""Stamping: one more region's sheet, stamped and judged, beside a plain render of the sheet."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from benchmarks.clock import medians
from benchmarks.figures import Figure, Rival
from benchmarks.material import LANGUAGES, Bench
from printkit.jobs import Job
from printkit.press import press

PIECE = "know-your-rights"
REGIONS, RUNS = 26, 3


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield what a region's sheet takes, once its base is there."""
    for language in LANGUAGES:
        job = bench.job(PIECE, language)
        yield _one(bench, replace(job, targets=job.targets[:REGIONS]), language)


def _one(bench: Bench, job: Job, language: str) -> Figure:
    shop, fonts = bench.shop(), FontConfiguration()
    first = replace(job, targets=job.targets[:1])
    withheld = [one for one in press(first, shop) if one.is_withheld]
    assert not withheld, withheld  # a sheet that is not stamped takes no time
    again = itertools.count()
    many, one, plain = medians(
        RUNS,
        lambda: press(_as_new(job, next(again)), shop),
        lambda: press(_as_new(first, next(again)), shop),
        lambda: _plain(job, fonts),
    )
    each = (many.own_s - one.own_s) / (len(job.targets) - 1)
    rivals = (
        Rival(name="a whole plain WeasyPrint render", value=plain.own_s * 1000),
        Rival(name="the base and the first region", value=one.own_s * 1000),
    )
    return Figure(
        what=f"one more region's sheet, stamped and judged ({PIECE} {language})",
        value=each * 1000,
        unit="ms",
        rivals=rivals,
    )


def _as_new(job: Job, run: int) -> Job:
    """Return a job for regions of another name, whose codes nobody has drawn before."""
    return replace(
        job, targets=tuple(replace(one, label=f"{one.label} {run}") for one in job.targets)
    )


def _plain(job: Job, fonts: FontConfiguration) -> bytes:
    """Return the sheet's HTML as WeasyPrint alone makes it: no inks, no profile, no check."""
    address = job.piece.folder.resolve().as_uri() + "/"
    pdf = HTML(string=job.html, base_url=address).write_pdf(font_config=fonts)
    assert isinstance(pdf, bytes)
    return pdf
