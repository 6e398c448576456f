"""How to print and finish sheets, in plain words: paper, edge to turn, cuts, folds, order."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from printkit.impose.ground import edge_of
from printkit.impose.schemes import Binding, blanks_of
from printkit.impose.sheets import Work
from printkit.lengths import inches


def told(work: Work, binding: Binding) -> list[str]:
    """Return what to do, a line a step."""
    return [
        _paper(work),
        _printing(work),
        *(f"Cut {words}" for words in _cuts(work)),
        *_finishing(work, binding),
    ]


def _paper(work: Work) -> str:
    count, up = len(work.sheets), _copies(work)
    higher = work.ground.sheet.height_pt - work.ground.sheet.width_pt
    laid = "" if not higher else ", laid upright" if higher > 0 else ", laid wide"
    sheets = "1 sheet" if count == 1 else f"{count:,} sheets"
    copies = "one copy" if up == 1 else f"{up} copies"
    return f"Paper: {sheets} of {work.ground.sheet.words}{laid}, for {copies} of everything."


def _copies(work: Work) -> int:
    grid = work.ground.grid
    return 1 if work.scheme == "cut-and-stack" else grid.columns * grid.rows


def _printing(work: Work) -> str:
    size = 'Print at 100 % ("actual size")'
    edge = edge_of(work.ground)
    if work.scheme == "work-and-turn":
        return (
            f"{size} on one side. Then turn the pile over its {edge} edge and print the same side "
            "again."
        )
    if any(len(sheet) > 1 for sheet in work.sheets):
        return f"{size} on both sides, turned over the {edge} edge."
    return f"{size} on one side."


def _cuts(work: Work) -> Iterator[str]:
    """Yield where to cut; a booklet is cut into spreads only, and trimmed once it is stitched."""
    ground = work.ground
    across, down = ground.cuts()
    first = "apart first" if work.scheme == "saddle-stitch" else "along the ticks"
    if work.scheme == "saddle-stitch" and ground.grid.columns * ground.grid.rows == 1:
        return
    top = ground.sheet.height_pt
    wide = _measures(across, ground.sheet.width_pt)
    high = _measures([top - y for y in reversed(down)], top)
    parts = [f"{wide} from the left" if wide else "", f"{high} from the top" if high else ""]
    where = "; ".join(part for part in parts if part)
    if where:
        yield f"{first}: {where}."


def _measures(cuts: Sequence[float], whole: float) -> str:
    inner = [cut for cut in cuts if 0.05 < cut < whole - 0.05]
    return ", ".join(_inches(cut) for cut in inner) + (" in" if inner else "")


def _inches(length_pt: float) -> str:
    """Return a length in inches, as exact as a sixteenth of an inch is."""
    return f"{inches(length_pt):.4f}".rstrip("0").rstrip(".")


def _finishing(work: Work, binding: Binding) -> Iterator[str]:
    if work.scheme == "cut-and-stack":
        yield _piling(work, binding)
    if work.scheme == "tri-fold":
        yield _folding(work, binding)
    if work.scheme == "saddle-stitch":
        sheets = "the sheet" if len(work.sheets) == 1 else "the sheets together, sheet 1 outside"
        yield (
            f"Fold {sheets}, at the dashed ticks, and staple in the fold. It opens like a book "
            f"that is bound on the {binding}."
        )
        yield "Then trim the other three edges along the ticks."


def _folding(work: Work, binding: Binding) -> str:
    """Return how a tri-fold is folded, with measures for a sheet that has no ticks."""
    narrow, cover = ("right", "left") if binding == "left" else ("left", "right")
    folds = [_inches(fold) for fold in list(accumulate(work.panels[::-1]))[:-1]]
    return (
        f"Fold with the inside facing you, {' and '.join(folds)} in from its left edge: first the "
        f"narrow panel on the {narrow}, then the one on the {cover} over it. The cover is then on "
        f"top, and opens to the {cover}."
    )


def _piling(work: Work, binding: Binding) -> str:
    """Return how piles are put together."""
    start = "left" if binding == "left" else "right"
    other = "right" if binding == "left" else "left"
    blank = " The blank pieces are last." if blanks_of(work.sheets) else ""
    return (
        f"Keep the sheets in order while you cut. Then put the piles on each other, the top "
        f"{start} one uppermost, then the next to its {other}, row after row.{blank}"
    )
