"""Stamping: one more region's sheet, stamped and judged, beside a plain render of the sheet."""

import io
import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from benchmarks.clock import medians
from benchmarks.figures import Figure, Rival
from benchmarks.material import LANGUAGES, Bench
from printkit.jobs import Job
from printkit.laid import lay_out
from printkit.pieces import STAMP
from printkit.press import press
from printkit.stamp import Code, Form, Words, finish

PIECE = "know-your-rights"
REGIONS, RUNS = 26, 3


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield what a region's sheet takes, once its base is there."""
    for language in LANGUAGES:
        job = bench.job(PIECE, language)
        yield _one(bench, replace(job, targets=job.targets[:REGIONS]), language)
        yield _finished(bench, job, language)


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


def _finished(bench: Bench, job: Job, language: str) -> Figure:
    """Return what a file takes besides judging and writing it: its codes are all new."""
    master = lay_out(job, bench.shop()).master
    assert master is not None
    again = itertools.count()
    contents = [_contents(job, f"{number:06}") for number in range(REGIONS)]

    def finished() -> None:
        run = next(again)
        for one in contents:
            address = f"{one['landing_code'].url}{run}"
            finish(master, one | {"landing_code": replace(one["landing_code"], url=address)})

    whole = finish(master, contents[0]).pdf

    def saved() -> None:
        for _ in range(REGIONS):
            with pikepdf.open(io.BytesIO(whole)) as pdf:
                pdf.save(io.BytesIO())

    ours, theirs = medians(RUNS, finished, saved)
    return Figure(
        what=f"its bytes alone ({PIECE} {language})",
        value=ours.own_s / REGIONS * 1000,
        unit="ms",
        goal=1,
        rivals=(Rival(name="pikepdf: open and save it", value=theirs.own_s / REGIONS * 1000),),
    )


def _contents(job: Job, code: str) -> dict[str, Any]:
    """Return what one made-up region's slots hold."""
    target = job.targets[0]
    address = Words(lines=(target.landing_shown,), size_pt=8, align="center", weight="Bold")
    return {
        STAMP: Words(lines=(f"{target.label} · {code}",), size_pt=7.5, align="end"),
        "landing_code": Code(url=target.opens(code), alt="QR"),
        "landing_address": address,
        "help": Form(pdf=b"", page=1, alt="help"),
    }


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
