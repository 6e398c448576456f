"""From a finished build to an order: what a shop can print, and every reason why not."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from printkit.built import Built, Sheet
from printkit.compose import sheet_language
from printkit.editions import EDITIONS
from printkit.errors import Problems, listed
from printkit.jobs import Selection
from printkit.languages import LANGUAGES
from printkit.lengths import Size
from printkit.lots import in_lots, with_spares
from printkit.ordering.claims import refuse_other_claims
from printkit.ordering.lines import DRAFT, Line, Missing, Share, ShopOrder
from printkit.ordering.refusals import (
    is_selected,
    refuse_doubles,
    refuse_stale,
    refuse_trims,
    refuse_unsigned,
)
from printkit.pieces import MANY_LANGUAGES
from printkit.project import Project
from printkit.release import refuse_unprintable
from printkit.shops import Format, Shop

PROOFS_TO = "whoever ordered this proof run"
INKS = {"press": ("CMYK", 4), "copier": ("black", 1)}
"""What each edition is printed in, and how many inks that is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taking:
    """What lines are made from."""

    project: Project
    built: Built
    shop: Shop
    is_proof: bool


def order_for(
    project: Project, built: Built, shop: Shop, selection: Selection, *, is_proof: bool = False
) -> ShopOrder:
    """Return what a shop is asked to print of a build.

    Raises UserError with every reason why it can't be ordered: languages that nobody signed off,
    sizes that the shop does not print, a build that is not of these orders.
    """
    taking = _Taking(project=project, built=built, shop=shop, is_proof=is_proof)
    sheets = [
        sheet
        for sheet in built.sheets
        if sheet.edition == shop.edition
        and is_selected(selection, sheet.region, sheet.language, sheet.piece)
        and _is_known(project, sheet)
    ]
    problems = Problems()
    refuse_stale(project, built, shop, selection, problems)
    if not is_proof:
        refuse_unprintable(project, problems)
        refuse_unsigned(project, sheets, problems)
    refuse_trims(project, shop, sheets, problems)
    refuse_other_claims(project, built, shop, sheets, problems)
    problems.raise_if_any()
    lines = tuple(_line(taking, group) for group in _files(project, sheets))
    refuse_doubles(lines, problems)
    problems.raise_if_any()
    return ShopOrder(
        campaign=project.campaign.name,
        version=built.version,
        created=project.campaign.version_date,
        shop=shop,
        lines=lines,
        missing=tuple(_missing(project, sheets)),
        places=_places(lines, sheets),
        is_proof=is_proof,
    )


def _is_known(project: Project, sheet: Sheet) -> bool:
    """Return whether a sheet is of this project; what is not is told as nobody's order."""
    tags = (*project.campaign.languages, MANY_LANGUAGES)
    return (
        sheet.piece in project.pieces and sheet.region in project.regions and sheet.language in tags
    )


def _places(lines: Iterable[Line], sheets: Iterable[Sheet]) -> tuple[tuple[str, str], ...]:
    """Return the places of some lines in the order of the build, which is that of the orders."""
    names = {share.region: share.name for line in lines for share in line.shares}
    ordered = dict.fromkeys(sheet.region for sheet in sheets if sheet.region in names)
    return tuple((slug, names[slug]) for slug in ordered or names)


def _files(project: Project, sheets: Iterable[Sheet]) -> list[list[Sheet]]:
    """Return the sheets of each file together, pieces in their order, languages in theirs."""
    pieces = {slug: place for place, slug in enumerate(project.pieces)}
    tags = {tag: place for place, tag in enumerate([*LANGUAGES, MANY_LANGUAGES])}
    files: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        if not sheet.is_withheld:
            files.setdefault(sheet.sha256, []).append(sheet)
    return sorted(
        files.values(), key=lambda group: (pieces[group[0].piece], tags[group[0].language])
    )


def _line(taking: _Taking, group: Sequence[Sheet]) -> Line:
    first, shop = group[0], taking.shop
    piece = taking.project.pieces[first.piece]
    trim = Size(width_pt=first.trim[0] * 72, height_pt=first.trim[1] * 72)
    format, price = shop.format_of(trim), shop.price_of(first.piece, trim)
    assert format is not None  # sizes that the shop lacks are refused
    shares = _shares(taking, group)
    copies = _copies(taking, sum(share.copies for share in shares), format)
    ink, inks = INKS[first.edition]
    return Line(
        sheet=first,
        spoken=sheet_language(first.language),
        source=taking.built.folder / str(first.file),
        file=_file_name(taking, group, copies),
        piece_name=piece.name,
        trim=trim,
        bleed_pt=EDITIONS[first.edition].bleed_pt,
        stock=format.stock,
        panels_pt=piece.panels_pt,
        ink=f"{ink} {inks}/{inks if first.pages > 1 else 0}",
        shares=shares,
        copies=copies,
        price=price.of(copies) if price is not None else None,
    )


def _copies(taking: _Taking, need: int, format: Format) -> int:
    """Return how many are printed of what is needed; a proof run has neither spares nor lots."""
    if taking.is_proof:
        return need
    return in_lots(with_spares(need, taking.shop.spares_percent), format.lots)


def _shares(taking: _Taking, group: Iterable[Sheet]) -> tuple[Share, ...]:
    """Return where a file's copies go; a proof run's go to one place."""
    copies: dict[str, int] = {}
    for sheet in group:
        copies[sheet.region] = copies.get(sheet.region, 0) + sheet.copies
    if taking.is_proof:
        few = min(sum(copies.values()), taking.shop.proof_copies)
        return (Share(region="", name=PROOFS_TO, copies=few),)
    regions = taking.project.regions
    return tuple(
        Share(region=slug, name=regions[slug].full_name, copies=many)
        for slug, many in copies.items()
    )


def _file_name(taking: _Taking, group: Sequence[Sheet], copies: int) -> str:
    """Return the file's name by the shop's pattern; a proof run's begins with DRAFT."""
    first = group[0]
    region = taking.project.regions[first.region]
    place = region.fips if region.kind == "county" and region.fips else region.slug
    english = sheet_language(first.language).english
    name = taking.shop.names.format_map(
        {
            "region": place if len({sheet.region for sheet in group}) == 1 else "regions",
            "language": first.language,
            "english": "".join(letter for letter in english.title() if _is_plain(letter)),
            "piece": first.piece,
            "version": _safe(first.version),
            "trim": f"{first.trim[0]:g}x{first.trim[1]:g}",
            "copies": copies,
            "code": _safe(first.digest.lower()),
        }
    )
    return f"{DRAFT}_{name}.pdf" if taking.is_proof else f"{name}.pdf"


def _safe(words: str) -> str:
    """Return words without what means something in a path."""
    return re.sub(r"[^A-Za-z0-9._-]", "-", words)


def _is_plain(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _missing(project: Project, sheets: Iterable[Sheet]) -> Iterable[Missing]:
    """Yield what failed, regions that miss the same for the same reason together."""
    groups: dict[tuple[str, str, str], list[Sheet]] = {}
    for sheet in sheets:
        if sheet.is_withheld:
            why = listed(dict.fromkeys(sheet.failures), 2) or "it was withheld"
            groups.setdefault((sheet.piece, sheet.language, why), []).append(sheet)
    for (piece, tag, why), group in groups.items():
        yield Missing(
            piece_name=project.pieces[piece].name,
            tag=tag,
            english=sheet_language(tag).english,
            regions=tuple(project.regions[sheet.region].full_name for sheet in group),
            copies=sum(sheet.copies for sheet in group),
            why=why,
        )
