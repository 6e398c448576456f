"""What to know of an imposition before it is printed: each remark a rule with its reason."""

from collections.abc import Iterable, Iterator, Sequence

from printkit.findings import Finding, Rule, Severity, finding
from printkit.impose.carried import Carried, claim_of
from printkit.impose.marks import has_slug, has_ticks
from printkit.impose.schemes import Seat, blanks_of
from printkit.impose.sheets import Work
from printkit.impose.sources import SAME_PT
from printkit.lengths import inches

BLEED = Rule(
    code="impose-bleed",
    severity=Severity.WARN,
    rule="Each page that is cut has an eighth of an inch of bleed on every side that is cut.",
    because="The knife wanders; where colour ends at the trim it leaves a white edge (print shops' "
    "guides). A page whose edges are white needs none.",
)
KEPT = Rule(
    code="impose-bleed-kept",
    severity=Severity.WARN,
    rule="Gutters and the sheet's edges leave an eighth of an inch of the bleed that pages have.",
    because="Bleed reaches halfway into a gutter, so that neighbours do not print over each other, "
    "and no farther than the paper.",
)
CREEP = Rule(
    code="impose-creep",
    severity=Severity.WARN,
    rule="The innermost sheet of a booklet moves in by no more than its bleed.",
    because="Beyond it the outer edge of the inner pages comes out white.",
)
BLANKS = Rule(
    code="impose-blanks",
    severity=Severity.NOTE,
    rule="The pages fill the sheets.",
    because="A booklet's pages are a multiple of four, and a pile's leaves a multiple of the "
    "stacks; what is missing stays blank.",
)
DROPPED = Rule(
    code="impose-annotations",
    severity=Severity.NOTE,
    rule="No page has notes, links or form fields.",
    because="They lie on a page and are no part of it; a sheet to be printed may have none "
    "(PDF/X-4, ISO 15930-7), so that what was typed into a form is missing too.",
)
MARKS = Rule(
    code="impose-marks",
    severity=Severity.NOTE,
    rule="The sheet has room for marks and a slug on all sides.",
    because="Whoever cuts needs ticks or measures, and sheets without a slug are mixed up.",
)
CLAIM = Rule(
    code="impose-claim",
    severity=Severity.NOTE,
    rule="Sheets claim the standard that their files claim.",
    because="A claim is kept where it stays true: PDF/X of files that agree on one condition.",
)
RULES = (BLEED, KEPT, CREEP, BLANKS, DROPPED, MARKS, CLAIM)

BLEED_PT = 9.0
_NEAR = SAME_PT


def remarks(work: Work, files: Sequence[Carried]) -> list[Finding]:
    """Return what to know of an imposition, the worst first."""
    return [
        *_bleed_is_there(work),
        *_bleed_is_kept(work),
        *_creep_is_within_bleed(work),
        *_pages_fill_sheets(work),
        *_nothing_lies_on_pages(work),
        *_marks_have_room(work),
        *_claim_is_kept(files),
    ]


def _bleed_is_there(work: Work) -> Iterator[Finding]:
    """Hold each side of a page that is cut to its bleed; one finding a file."""
    short: dict[str, dict[int, float]] = {}
    for seat in _seats(work):
        assert seat.page is not None  # blanks are left out
        page = work.pages[seat.page - 1]
        least = min(_cut_edges(work, seat))
        if least < BLEED_PT - _NEAR:
            short.setdefault(page.file, {})[page.number] = least
    for file, pages in short.items():
        least = min(pages.values())
        many = "Page" if len(pages) == 1 else "Pages"
        has = "has" if len(pages) == 1 else "have"
        bleed = "no bleed" if least < _NEAR else f"{inches(least):.2g} in of bleed"
        yield finding(
            BLEED,
            f"{many} {_numbers(pages)} {has} {bleed}.",
            "If colour or pictures run to the edge there, make the file with 0.125 in of it.",
            file=file,
        )


def _cut_edges(work: Work, seat: Seat) -> Iterator[float]:
    """Yield the bleed of a page on the edges of its cell that are cut, in points."""
    assert seat.page is not None  # blanks are left out
    left, bottom, right, top = work.pages[seat.page - 1].bleed
    if seat.turned:
        left, bottom, right, top = right, top, left, bottom
    count = len(work.ground.block.widths)
    yield from (bottom, top)
    if seat.column % count == 0:
        yield left
    if seat.column % count == count - 1:
        yield right


def _bleed_is_kept(work: Work) -> Iterator[Finding]:
    ground = work.ground
    wanted = min(ground.bleed, BLEED_PT) - _NEAR
    several = ground.grid.columns * ground.grid.rows > 1
    if several and ground.gutter / 2 < wanted:
        yield finding(
            KEPT,
            f"Gutters of {inches(ground.gutter):.3g} in leave {inches(ground.gutter / 2):.3g} in "
            "of bleed on each side of a cut.",
            "Cut with care, or give --gutter 0.25in.",
        )
    kept = min(ground.trims[0] - ground.bleeds[0], ground.trims[1] - ground.bleeds[1])
    if kept < wanted:
        yield finding(
            KEPT,
            f"The sheet's edge leaves {inches(max(kept, 0)):.3g} in of bleed.",
            "Take a larger sheet, or fewer pieces with --up.",
        )


def _creep_is_within_bleed(work: Work) -> Iterator[Finding]:
    steps = max((abs(seat.creep) for seat in _seats(work)), default=0)
    most = steps * work.creep_pt
    if most > work.ground.bleed + _NEAR:
        yield finding(
            CREEP,
            f"The innermost sheet moves in by {inches(most):.3g} in, and the bleed is "
            f"{inches(work.ground.bleed):.3g} in.",
            "Stitch fewer sheets, take thinner paper, or keep the outer edges white.",
        )


def _pages_fill_sheets(work: Work) -> Iterator[Finding]:
    shown = {seat.page for seat in _seats(work)}
    blanks = blanks_of(work.sheets)
    if blanks and shown:
        booklet = work.scheme == "saddle-stitch"
        copies = work.ground.grid.columns * work.ground.grid.rows if booklet else 1
        count = blanks // copies
        are = "page is" if count == 1 else "pages are"
        fix = (
            "They are the last of the booklet: add pages, or leave them for notes."
            if booklet
            else "Throw the blank pieces away, or give pages that fill the sheets."
        )
        yield finding(BLANKS, f"{count} {are} blank.", fix)


def _nothing_lies_on_pages(work: Work) -> Iterator[Finding]:
    pages = [page for page in work.pages if page.annotated]
    for file in dict.fromkeys(page.file for page in pages):
        numbers = [page.number for page in pages if page.file == file]
        many = "Page" if len(numbers) == 1 else "Pages"
        yield finding(
            DROPPED,
            f"{many} {_numbers(numbers)}: notes, links and form fields are left out.",
            "If they are to be printed, print the file to a new PDF first.",
            file=file,
        )


def _marks_have_room(work: Work) -> Iterator[Finding]:
    beside, above = has_ticks(work.ground)
    missing = [
        words
        for words, there in (
            ("ticks beside the pages", beside),
            ("ticks above and below them", above),
            ("the slug", has_slug(work.ground)),
        )
        if not there
    ]
    if missing:
        told = ", ".join(missing[:-1]) + " and " + missing[-1] if missing[1:] else missing[0]
        yield finding(
            MARKS,
            f"The sheet has no room for {told}.",
            "Cut by the measures, or take a larger sheet.",
        )
    elif work.face is None:
        yield finding(
            MARKS,
            "The sheets have no slug: there are no fonts to write it in.",
            "Run this in the project's folder, or name it with --project.",
        )


def _claim_is_kept(files: Sequence[Carried]) -> Iterator[Finding]:
    claims = {one.claim for one in files if one.claim}
    kept = claim_of(files)
    for claim in sorted(claims - {kept}):
        yield finding(
            CLAIM,
            f"The sheets do not claim {claim}, as a file of theirs does.",
            "Give files that make the same claim, with a date and a printing condition.",
        )


def _seats(work: Work) -> Iterator[Seat]:
    """Yield every cell that holds a page."""
    for sheet in work.sheets:
        for side in sheet:
            yield from (seat for seat in side.seats if seat.page is not None)


def _numbers(pages: Iterable[int]) -> str:
    """Return page numbers as "1, 3-5"."""
    spans: list[list[int]] = []
    for number in sorted(set(pages)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    told = [str(a) if a == b else f"{a}-{b}" for a, b in spans[:12]]
    return ", ".join(told) + (" and more" if len(spans) > 12 else "")
