"""Whole PDF files onto sheets: read, plan, draw, and what to tell whoever prints them."""

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from printkit.errors import Problem, Problems, UserError
from printkit.findings import Finding
from printkit.impose.asked import Asked
from printkit.impose.carried import Carried, binding_of, carried_of, carry, is_cmyk, one_condition
from printkit.impose.ground import Block, Ground, Wanted, ground_for
from printkit.impose.remarks import remarks
from printkit.impose.schemes import (
    FLAT,
    FOLDED,
    PANELS,
    Binding,
    panel_strips,
    panels_of,
    sheets_for,
)
from printkit.impose.sheets import Work, draw
from printkit.impose.sources import (
    HOSTILE,
    SAME_PT,
    Source,
    SourcePage,
    read_sources,
    same_size,
)
from printkit.impose.told import told
from printkit.latin import Face
from printkit.lengths import inches

MOST_BLEED_PT = 36.0
"""A box farther out than half an inch is no bleed but the paper."""
_NARROWER_PT = 4.5
"""What the panel that is folded in lacks of the others: 1/16 in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOut:
    """A finished imposition."""

    pdf: bytes
    findings: list[Finding]
    lines: list[str]
    """How to print it, a line a step."""


def set_out(paths: Sequence[Path], asked: Asked, *, face: Face | None) -> SetOut:
    """Return files set out on sheets as asked, with what to know of them.

    The same files and options give the same bytes. Raises UserError with what must change first:
    in a file, in the options, or between the two.
    """
    sources = read_sources(paths, trim=asked.trim)
    files = [carried_of(source) for source in sources]
    one_condition(files)
    binding = asked.binding or binding_of(files, folded=asked.scheme in FOLDED)
    work = _planned(sources, files, asked, binding, face)
    return SetOut(
        pdf=_written(sources, files, work, asked),
        findings=remarks(work, files),
        lines=told(work, binding),
    )


def _planned(
    sources: Sequence[Source],
    files: Sequence[Carried],
    asked: Asked,
    binding: Binding,
    face: Face | None,
) -> Work:
    pages = tuple(page for source in sources for page in source.pages)
    block, panels = _block_of(pages, asked, binding)
    ground = _ground(pages, block, asked)
    sheets = sheets_for(
        asked.scheme,
        [len(source.pages) for source in sources],
        ground.grid,
        binding=binding,
        one_sided=asked.one_sided,
    )
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    return Work(
        ground=ground,
        sheets=sheets,
        pages=pages,
        panels=panels,
        creep_pt=asked.creep_pt,
        cmyk=is_cmyk(files),
        file=f"{sources[0].name}{more}",
        scheme=asked.scheme,
        digest=_digest(sources),
        face=face,
    )


def _ground(pages: Sequence[SourcePage], block: Block, asked: Asked) -> Ground:
    bleed = min(max(max(page.bleed) for page in pages), MOST_BLEED_PT)
    wanted = Wanted(
        sheet=asked.sheet,
        block=block,
        gutter=2 * bleed if asked.gutter_pt is None else asked.gutter_pt,
        bleed=bleed,
        up=asked.up or ((1, 1) if asked.scheme in FOLDED else None),
        flip=asked.flip,
        halved=asked.scheme == "work-and-turn",
    )
    return ground_for(wanted)


def _block_of(
    pages: Sequence[SourcePage], asked: Asked, binding: Binding
) -> tuple[Block, tuple[float, ...]]:
    """Return what stays in one piece, and the widths between which it is folded."""
    first = pages[0].trim
    if asked.scheme == "tri-fold" and len(pages) == PANELS:
        _hold_panels(pages)
        outside, _ = panel_strips(binding)
        widths = tuple(pages[number - 1].trim.width_pt for number in outside)
        return Block(widths=widths, height=first.height_pt), widths
    _hold_trims(pages)
    if asked.scheme == "tri-fold" and len(pages) == FLAT:
        inside = panels_of(first.width_pt)
        outside_widths = inside[::-1] if binding == "left" else inside
        return Block(widths=(first.width_pt,), height=first.height_pt), outside_widths
    if asked.scheme == "saddle-stitch":
        spread = (first.width_pt, first.width_pt)
        return Block(widths=spread, height=first.height_pt), spread
    return Block(widths=(first.width_pt,), height=first.height_pt), ()


def _hold_trims(pages: Sequence[SourcePage]) -> None:
    """Hold all pages to one trim; UserError with the first of each file that has another."""
    problems, first = Problems(), pages[0]
    for page in pages:
        if not same_size(page.trim, first.trim):
            problems.add(
                f"{page.file}, page {page.number}, is {page.trim.words}, and {first.file}, page "
                f"{first.number}, is {first.trim.words}.",
                "A sheet is cut into equal pieces: impose each size for itself.",
            )
            if len(problems) == 10:
                break
    problems.raise_if_any()


def _hold_panels(pages: Sequence[SourcePage]) -> None:
    """Hold panels to the widths that fold: those folded in are narrower."""
    problems, cover = Problems(), pages[0].trim
    names = ("cover", "inside", "inside", "inside that is folded in", "flap", "back")
    for number, page in enumerate(pages, start=1):
        wide = cover.width_pt - (_NARROWER_PT if number in (4, 5) else 0)
        high = page.trim.height_pt - cover.height_pt
        if abs(page.trim.width_pt - wide) > SAME_PT or abs(high) > SAME_PT:
            problems.add(
                f"{page.file}, page {page.number} ({names[number - 1]}), is {page.trim.words}.",
                f"Make it {inches(wide):.4f} × {inches(cover.height_pt):.4g} in: the panel that is "
                "folded in is 1/16 in narrower than the others.",
            )
    problems.raise_if_any()


def _written(
    sources: Sequence[Source], files: Sequence[Carried], work: Work, asked: Asked
) -> bytes:
    """Return the PDF of sheets."""
    title = f"{files[0].title or sources[0].name}: {work.scheme}"
    document = hashlib.sha256(f"{work.digest} {asked!r}".encode()).hexdigest()[:32]
    try:
        with pikepdf.new() as out:
            draw(out, work)
            carry(out, sources, files, title=title, document=document)
            return _saved(out, [source.pdf.pdf_version for source in sources])
    except HOSTILE:
        raise UserError(
            Problem(
                what=f"{work.file}: a part of it is damaged, and cannot be put on a sheet.",
                fix="Make the file anew.",
            )
        ) from None


def _saved(pdf: pikepdf.Pdf, versions: Sequence[str]) -> bytes:
    known = [version for version in versions if re.fullmatch(r"1\.[3-7]|2\.0", version)]
    version = max(known, default="1.7")
    packed = version >= "1.5"
    modes = pikepdf.ObjectStreamMode
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=modes.generate if packed else modes.disable,
        force_version=version,
    )
    return out.getvalue()


def _digest(sources: Sequence[Source]) -> str:
    """Return the digest of what was given: the file's own, or one of all of them in order."""
    if len(sources) == 1:
        return sources[0].digest
    return hashlib.sha256(" ".join(source.digest for source in sources).encode()).hexdigest()
