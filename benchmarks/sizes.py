"""Bytes: what the printing condition's profile costs a file, and how large press files are."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pikepdf

from benchmarks.clock import medians
from benchmarks.figures import Figure
from benchmarks.material import Bench, flyers
from printkit.editions import Sheet, edition_for
from printkit.fitting import fitted, page_settings
from printkit.pieces import STAMP
from printkit.stamp import Base, Words, prepare, stamp
from printkit.stamp.base import saved
from printkit.typeset import typeset

RUNS = 31


def measure(bench: Bench) -> Iterator[Figure]:
    """Yield what the profile costs, and the size of every flyer's press file beside it."""
    base = _base(bench)
    bare = _without_profile(base)
    contents = {STAMP: Words(lines=("Made up · 000000",))}
    with_it, without = medians(RUNS, lambda: stamp(base, contents), lambda: stamp(bare, contents))
    yield Figure(
        what="the profile in a file: what stamping takes longer for it",
        value=max(0.0, with_it.own_s - without.own_s) * 1000,
        unit="ms",
        goal=2,
    )
    sizes = {key: _sizes(path.read_bytes()) for key, path in flyers(bench).items()}
    most = max(len(profiles) for _, profiles in sizes.values())
    yield Figure(what="profiles in a file", value=most, unit="", goal=1)
    held = max(sum(profiles) for _, profiles in sizes.values())
    yield Figure(what="the profile, compressed, once a file", value=held / 1000, unit="KB")
    for (piece, language), (size, profiles) in sorted(sizes.items()):
        yield Figure(
            what=f"{piece}, {language}: the file besides its profile",
            value=(size - sum(profiles)) / 1000,
            unit="KB",
            goal=400,
        )


def _base(bench: Bench) -> Base:
    """Return the base of a sheet without slots but its footer's."""
    job, shop = bench.job("card", "en"), bench.shop()
    settings = page_settings(job, shop.profiles)
    layout, _ = fitted(job, lambda html: typeset(html, **settings))
    sheet = Sheet(
        title=job.title,
        language=job.language,
        created=shop.created,
        profiles=shop.profiles,
        fonts=shop.fonts,
    )
    return prepare(layout, edition=edition_for(job.edition, shop.standard), sheet=sheet)


def _without_profile(base: Base) -> Base:
    """Return a base whose profile is empty; every object keeps its number."""
    with pikepdf.open(io.BytesIO(base.pdf)) as pdf:
        pdf.Root.OutputIntents[0].DestOutputProfile.write(b"")
        return replace(base, pdf=saved(pdf, base.version))


def _sizes(data: bytes) -> tuple[int, list[int]]:
    """Return a file's size, and the sizes of the different profiles in it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        profiles = {
            intent.DestOutputProfile.objgen: int(intent.DestOutputProfile.Length)
            for intent in pdf.Root.OutputIntents
        }
        others = [
            int(one.Length)
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream)
            and one.objgen not in profiles
            and one.get("/N") is not None
            and "/Alternate" in one
        ]
    return len(data), [*profiles.values(), *others]
