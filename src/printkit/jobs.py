"""What must exist: the union of the orders, as jobs to lay out and targets to stamp."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from printkit.compose import TEXT_SLOTS, compose, compose_slot, languages_spoken
from printkit.envelope import Mailing
from printkit.errors import Problems, UserError
from printkit.findings import Finding
from printkit.languages import LANGUAGES
from printkit.lengths import Size
from printkit.parts import sheet_parts
from printkit.pieces import MANY_LANGUAGES, Piece
from printkit.project import Project
from printkit.regions import Order, Region
from printkit.styles import sheet_css

STYLES = "/* styles */"
"""Stands in a composed sheet until its styles are put in its place."""
PageCss = Callable[[Size], str]
"""From a trim to the CSS of an edition's pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A piece in a language and an edition, and who orders it: what comes to one job or to more."""

    piece: Piece
    language: str
    edition: str
    orders: tuple[Order, ...]
    """All orders of the piece in the language."""
    wanted: tuple[Order, ...]
    """Those of them that are selected."""
    css: str
    """Of the edition's pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What of the orders is wanted now; an empty set is all."""

    regions: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    pieces: frozenset[str] = frozenset()
    editions: frozenset[str] = frozenset()

    @property
    def is_partial(self) -> bool:
        """Whether a region's batch would not be whole."""
        return bool(self.languages or self.pieces or self.editions)

    def takes(self, order: Order) -> bool:
        """Return whether an order is wanted."""
        wanted = (
            (self.regions, order.region),
            (self.languages, order.language),
            (self.pieces, order.piece),
        )
        return all(not chosen or value in chosen for chosen, value in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotText:
    """The words that one slot holds for one target."""

    slot: str
    page: int
    """Which of the job's slot pages, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One sheet to be made from a layout."""

    region: str | None
    """None where the sheet is the same for all regions."""
    label: str
    """The region's name as the footer prints it, or nothing."""
    landing_url: str
    texts: tuple[SlotText, ...]
    orders: tuple[Order, ...]
    """Who gets it, and how many copies."""
    is_first: bool = False
    """Whether it is the first of all that are ordered of its layout, selected or not."""

    @property
    def landing_shown(self) -> str:
        """The campaign's own address as it is printed, short enough to be typed."""
        return self.landing_url.removeprefix("https://")

    def opens(self, code: str) -> str:
        """Return what the sheet's QR code opens: the printed address and the code at its foot.

        The code is a digest of all else on the sheet, the printed address included, so that it
        can stand in this one without changing itself. It is the sheet's, never a copy's.
        """
        return f"{self.landing_url}/{code.lower()}" if self.landing_url and code else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """Words that are laid out once for all targets that show them."""

    slot: str
    html: str
    size: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One layout, and every sheet that is made from it; pickles, and needs no catalog any more."""

    piece: Piece
    language: str
    edition: str
    html: str
    title: str
    draft: bool
    text_pages: tuple[TextPage, ...]
    targets: tuple[Target, ...]
    findings: tuple[Finding, ...]
    """What composing found, told of every sheet of the job."""
    mailing: Mailing | None = None
    """How its letters are mailed; None where it is no letter."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Short digests of what all its sheets are made of, by the part's name."""

    @property
    def name(self) -> str:
        """The job as progress and messages name it."""
        return f"{self.piece.slug} {self.language} {self.edition}"


Composer = Callable[[Project, Need], Iterable["Job"]]
"""Composes what is needed: `composed`, or what remembers its results."""


def jobs_for(
    project: Project,
    selection: Selection,
    *,
    page_css: Mapping[str, PageCss],
    composer: Composer | None = None,
) -> Iterator[Job]:
    """Yield the jobs for the orders selected, pieces in their order, languages in theirs.

    Raises UserError in the end, with what is wrong in any template.
    """
    problems = Problems()
    for need in needs(project, selection, page_css=page_css):
        try:
            jobs = tuple((composer or composed)(project, need))
        except UserError as error:
            problems.take(error)
            continue
        yield from jobs
    problems.raise_if_any()


def needs(
    project: Project, selection: Selection, *, page_css: Mapping[str, PageCss]
) -> Iterator[Need]:
    """Yield what the orders selected need, pieces in their order, languages in theirs."""
    ordered: dict[tuple[str, str], list[Order]] = {}
    for order in project.orders:
        ordered.setdefault((order.piece, order.language), []).append(order)
    for slug, piece in project.pieces.items():
        for language in (*LANGUAGES, MANY_LANGUAGES):
            orders = tuple(ordered.get((slug, language), ()))
            wanted = tuple(order for order in orders if selection.takes(order))
            for edition in piece.editions if wanted else ():
                if not selection.editions or edition in selection.editions:
                    yield Need(
                        piece=piece,
                        language=language,
                        edition=edition,
                        orders=orders,
                        wanted=wanted,
                        css=page_css[edition](piece.trim),
                    )


def first_orders(project: Project, selection: Selection) -> Project:
    """Return the project with one order of each piece and language: enough to look at them."""
    first: dict[tuple[str, str], Order] = {}
    for order in project.orders:
        if selection.takes(order):
            first.setdefault((order.piece, order.language), order)
    return replace(project, orders=tuple(first.values()))


def composed(project: Project, need: Need) -> Iterator[Job]:
    """Yield one job; in the screen edition one for each distinct wording of the slots."""
    piece, language, edition = need.piece, need.language, need.edition
    targets, pages, findings = _needed(project, need)
    for texts, members in _by_layout(targets, edition).items():
        local = {text.slot: pages[text.page].html for text in texts}
        document = compose(project, piece, language, edition=edition, page_css=STYLES, local=local)
        # Only now is it known which languages the sheet speaks.
        styles = sheet_css(piece, need.css, languages_spoken(document.html))
        on_screen = edition == "screen"
        html = document.html.replace(STYLES, styles, 1)
        yield Job(
            piece=piece,
            language=language,
            edition=edition,
            html=html,
            title=document.title,
            draft=document.draft,
            text_pages=() if on_screen else tuple(pages),
            targets=tuple(replace(one, texts=()) if on_screen else one for one in members),
            findings=tuple(dict.fromkeys((*document.findings, *findings))),
            mailing=_mailing(project, piece),
            parts=_parts(project, piece, html),
        )


def _needed(project: Project, need: Need) -> tuple[list[Target], list[TextPage], list[Finding]]:
    """Return the targets wanted, the words of all regions' slots, and what is wrong with them."""
    if not need.piece.by_region:
        return [_shared(need.wanted)], [], []
    # Slots hold the words of all orders: a sheet's fonts are cut to them, and its bytes must not
    # depend on which other regions are made with it.
    targets, pages, findings = _targets(project, need)
    wanted = frozenset(need.wanted)
    told = _firsts_told(targets, need.edition)
    return [target for target in told if target.orders[0] in wanted], pages, findings


def _by_layout(targets: Iterable[Target], edition: str) -> dict[tuple[SlotText, ...], list[Target]]:
    """Return targets by the slots' words that stand in their layout."""
    groups: dict[tuple[SlotText, ...], list[Target]] = {}
    for target in targets:
        groups.setdefault(_shared_words(target, edition), []).append(target)
    return groups


def _shared_words(target: Target, edition: str) -> tuple[SlotText, ...]:
    """Return which slots' words stand in a target's layout: on screen, where they are text."""
    return target.texts if edition == "screen" else ()


def _firsts_told(targets: Iterable[Target], edition: str) -> Iterator[Target]:
    """Yield targets, the first of each layout told that it is."""
    seen = set()
    for target in targets:
        words = _shared_words(target, edition)
        yield replace(target, is_first=words not in seen)
        seen.add(words)


def _parts(project: Project, piece: Piece, html: str) -> dict[str, str]:
    campaign = project.campaign
    facts = campaign.facts.values()
    return sheet_parts(piece, html, facts, version=campaign.version, fonts=project.fonts)


def _mailing(project: Project, piece: Piece) -> Mailing | None:
    """Return how a piece's letters are mailed, and where to."""
    posts = {slug: project.brokers[slug].post for slug in piece.companies}
    addresses = {slug: post.lines for slug, post in posts.items() if post is not None}
    envelope = project.campaign.envelope
    return Mailing(envelope=envelope, addresses=addresses) if posts else None


def _targets(project: Project, need: Need) -> tuple[list[Target], list[TextPage], list[Finding]]:
    """Return every region's target, the words of its slots, and what is wrong with them."""
    numbers: dict[tuple[str, str], int] = {}
    pages: list[TextPage] = []
    findings: list[Finding] = []
    targets = []
    piece, language = need.piece, need.language
    for order in need.orders:
        region = project.regions[order.region]
        texts = []
        for slot in piece.slots.values():
            if slot.kind not in TEXT_SLOTS:
                continue
            html, found = compose_slot(project, piece, language, slot, region, edition=need.edition)
            findings.extend(found)
            if (slot.name, html) not in numbers:
                numbers[slot.name, html] = len(pages)
                pages.append(TextPage(slot=slot.name, html=html, size=slot.size))
            texts.append(SlotText(slot=slot.name, page=numbers[slot.name, html]))
        targets.append(_target(project, region, language, tuple(texts), order))
    return targets, pages, findings


def _shared(orders: tuple[Order, ...]) -> Target:
    """Return the one target of a piece that is the same for all regions."""
    return Target(region=None, label="", landing_url="", texts=(), orders=orders)


def _target(
    project: Project, region: Region, language: str, texts: tuple[SlotText, ...], order: Order
) -> Target:
    return Target(
        region=region.slug,
        label=region.full_name,
        landing_url=project.campaign.landing(region.slug, language),
        texts=texts,
        orders=(order,),
    )
