"""Everything that judges what pages paint: each page is read once, and every rule looks at it."""

from collections.abc import Callable, Iterable, Iterator

from printkit.findings import Finding, Rule, Severity
from printkit.preflight import codes, contrast, images, ink, lettering, margins, sheets
from printkit.preflight.content import Reader, page_of
from printkit.preflight.documents import Document
from printkit.preflight.limits import Asked, Edition
from printkit.preflight.marking import Content, Wrong, any_within

READ = Rule(
    code="content-read",
    severity=Severity.FAIL,
    rule="What a page paints can be read to its end.",
    because="What takes this program too long, or is nested too deep, may stop the shop's too; "
    "nothing beyond is judged.",
)
SOUND = Rule(
    code="content-sound",
    severity=Severity.WARN,
    rule="Every operation of a page's content makes sense.",
    because="Programs pass over what makes no sense in different ways (ISO 32000-1, 7.8.2).",
)
EMPTY = Rule(
    code="page-empty",
    severity=Severity.WARN,
    rule="No page is empty.",
    because="An empty page is mostly one that lost its contents (GWG 2022 R5).",
)
_ALWAYS = (READ, SOUND)
RULES = (
    *_ALWAYS,
    EMPTY,
    *ink.RULES,
    *lettering.RULES,
    *images.RULES,
    *margins.RULES,
    *codes.RULES,
    *contrast.RULES,
)
ASKED: dict[Edition, tuple[Rule, ...]] = {
    "press": (
        *_ALWAYS,
        EMPTY,
        *ink.PRESS,
        *lettering.RULES,
        *images.RULES,
        *margins.PRESS,
        *codes.RULES,
    ),
    "copier": (*_ALWAYS, EMPTY, ink.GRAY, lettering.GLYPHS, lettering.SMALL, margins.CLEAR),
    "screen": (*_ALWAYS, lettering.GLYPHS, contrast.CONTRAST),
}
"""Which rules each edition is asked."""

Judge = Callable[[Content, Asked], Iterable[Wrong]]
JUDGES: dict[Edition, tuple[Judge, ...]] = {
    "press": (ink.press, lettering.press, margins.press, sheets.marks),
    "copier": (ink.copier, lettering.copier, margins.copier),
    "screen": (lettering.screen, contrast.screen),
}


def check(document: Document, asked: Asked) -> Iterator[Finding]:
    """Yield what is wrong with what a file's pages paint."""
    judges = [*JUDGES[asked.edition]]
    if asked.edition == "press":
        judges += [images.Pictures().press]
        for wrong in ink.blends(document.pdf):
            yield asked.finding(wrong.rule, wrong.what, wrong.fix)
    found_codes = codes.Codes()
    if asked.edition in ("press", "copier"):
        judges += [found_codes.judge]
    reader = Reader(document.pdf)
    for leaf in document.leaves:
        content = reader.content(page_of(leaf))
        wrongs = [*_as_content(content)]
        if asked.edition != "screen":
            wrongs += _emptiness(content)
        for judge in judges:
            wrongs += judge(content, asked)
        yield from told(wrongs, content, asked)
    for wrong in found_codes.missing(asked) if asked.edition != "screen" else ():
        yield asked.finding(wrong.rule, wrong.what, wrong.fix)


def told(wrongs: Iterable[Wrong], content: Content, asked: Asked) -> Iterator[Finding]:
    """Yield findings with their places; what would be said twice of a page is said once."""
    alike: dict[tuple[str, str], list[Wrong]] = {}
    for wrong in wrongs:
        alike.setdefault((wrong.rule.code, wrong.what), []).append(wrong)
    for first, *more in alike.values():
        what = first.what
        if more:
            are = "is 1 more" if len(more) == 1 else f"are {len(more):,} more"
            what = f"{what} There {are} like it on the page."
        place = content.page.place(first.box).inches if first.box is not None else None
        yield asked.finding(first.rule, what, first.fix, page=content.page.number, place=place)


def _as_content(content: Content) -> Iterator[Wrong]:
    for trouble in content.troubles:
        yield Wrong(rule=READ, what=f"The page is not judged whole. {trouble}",
                    fix="Export it again in a simpler way.")  # fmt: skip
    if content.senseless:
        count = content.senseless
        what = "1 operation of the page makes" if count == 1 else f"{count:,} operations make"
        fix = "Export it again, with another program if need be."
        yield Wrong(rule=SOUND, what=f"{what} no sense.", fix=fix)


def _emptiness(content: Content) -> Iterator[Wrong]:
    sheet = content.page.trim
    if not any(not mark.hidden and any_within(mark, sheet) for mark in content.marks):
        fix = "Put its contents back, or take it out of the order."
        yield Wrong(rule=EMPTY, what="The page is empty.", fix=fix)
