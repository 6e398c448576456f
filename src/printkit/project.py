"""Read the whole project once, cross-check it, and tell every error at once."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from printkit import fonts
from printkit.brokers import Broker, load_brokers
from printkit.campaign import Campaign, load_campaign
from printkit.catalogs import Catalog, load_catalog, load_pot
from printkit.companies import check_companies
from printkit.entries import Key
from printkit.errors import Problem, Problems, UserError, did_you_mean, quoted
from printkit.kits import letters_of
from printkit.languages import LANGUAGES
from printkit.pieces import MANY_LANGUAGES, Piece, load_pieces, piece_folders
from printkit.profiles import verify_profile
from printkit.reading import label
from printkit.regions import Order, Region, load_orders, load_regions
from printkit.signoffs import SOURCE, Signoff, digests_of, is_unsigned, load_signoffs, unsigned

__all__ = ["SOURCE", "Project", "find_root", "load_project"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Everything that was read; nothing later opens a source file but the pieces' own."""

    root: Path
    campaign: Campaign
    pieces: Mapping[str, Piece]
    regions: Mapping[str, Region]
    orders: tuple[Order, ...]
    brokers: Mapping[str, Broker]
    catalogs: Mapping[str, Catalog]
    """By language; English has none."""
    pot: Catalog | None
    drafts: frozenset[str]
    """Languages of which some message has no native reader's sign-off."""
    signoffs: Mapping[str, Signoff]
    """By language, and under "legal" a lawyer's."""
    marked: bool = False
    """Whether each message bears a mark: for measuring where it stands, and never printed."""

    @property
    def fonts(self) -> Path:
        """The folder of the only fonts there are."""
        return self.root / fonts.FOLDER

    @property
    def profiles(self) -> Path:
        """The folder of colour profiles."""
        return self.root / "profiles"

    def is_draft(self, language: str) -> bool:
        """Return whether a sheet in a language is a draft; one in all is while any is."""
        if language == MANY_LANGUAGES:
            return bool(self.drafts)
        return language in self.drafts

    def unsigned(self, language: str) -> tuple[Key, ...]:
        """Return the messages whose words of today nobody approved; "legal" works too."""
        digests = digests_of(language, self.pot, self.catalogs.get(language))
        return unsigned(self.signoffs.get(language), digests)


def find_root(start: Path) -> Path:
    """Return the nearest folder with a campaign.toml, upwards from start."""
    for folder in (start, *start.parents):
        if (folder / "campaign.toml").is_file():
            return folder
    raise UserError(
        Problem(
            what="There is no campaign.toml here or in a folder above.",
            fix="Change into the project's folder, or name it with --project FOLDER.",
        )
    )


def load_project(root: Path, *, as_of: datetime.date | None = None) -> Project:
    """Return the project, or raise UserError with every problem in it."""
    problems = Problems()
    _verify_files(root, problems)
    campaign = load_campaign(root, problems=problems, as_of=as_of)
    languages = (campaign.languages if campaign else ()) or _languages_there(root)
    brokers = load_brokers(root, problems=problems)
    designs = load_pieces(root, problems=problems)
    pieces = letters_of(designs, brokers, campaign.letters.kit if campaign else ())
    unread = _not_read(root, designs, brokers)
    regions, orders = _regions_and_orders(root, languages, pieces, unread, problems)
    if campaign is not None:
        check_companies(root, brokers, campaign, regions, problems=problems)
    catalogs, pot = _load_catalogs(root, languages, problems)
    signoffs = load_signoffs(root, problems=problems)
    problems.raise_if_any()
    assert campaign is not None  # a campaign that can't be read is a problem
    return Project(
        root=root,
        campaign=campaign,
        pieces=pieces,
        regions=regions,
        orders=orders,
        brokers=brokers,
        catalogs=catalogs,
        pot=pot,
        drafts=_drafts(languages, catalogs, pot, signoffs),
        signoffs=signoffs,
    )


def _verify_files(root: Path, problems: Problems) -> None:
    for verify, folder in ((fonts.verify_fonts, fonts.FOLDER), (verify_profile, "profiles")):
        try:
            verify(root / folder)
        except UserError as error:
            problems.take(error)


def _not_read(
    root: Path, designs: Mapping[str, Piece], brokers: Mapping[str, Broker]
) -> tuple[str, ...]:
    """Return the pieces that are there and could not be read; their orders are not at fault."""
    unread = [folder.name for folder in piece_folders(root) if folder.name not in designs]
    for path in sorted((root / "letters" / "brokers").glob("*.toml")):
        if path.stem not in brokers:
            unread += [f"{design.slug}-{path.stem}" for design in designs.values() if design.letter]
    return tuple(unread)


def _languages_there(root: Path) -> tuple[str, ...]:
    """Return the languages that have catalogs, where campaign.toml cannot tell."""
    return tuple(tag for tag in LANGUAGES if tag == SOURCE or (root / "po" / f"{tag}.po").is_file())


def _regions_and_orders(
    root: Path,
    languages: tuple[str, ...],
    pieces: Mapping[str, Piece],
    unread: tuple[str, ...],
    problems: Problems,
) -> tuple[dict[str, Region], tuple[Order, ...]]:
    before = len(problems)
    regions = load_regions(root / "regions", root=root, problems=problems)
    broken = len(problems) > before
    kinds = {region.kind == "county" for region in regions.values()}
    # A piece that could not be read is told of once, and not again for each of its orders; so
    # is a whole file of regions.
    names = dict.fromkeys((*pieces, *unread))
    path = root / "regions" / "orders.csv"
    if path.is_file() and (not names or (broken and len(kinds) < 2)):
        return regions, ()
    orders = load_orders(
        path,
        root=root,
        problems=problems,
        regions=regions,
        languages=(*languages, MANY_LANGUAGES),
        pieces=tuple(names),
    )
    _check_languages_of_orders(orders, pieces, problems)
    return regions, orders


def _check_languages_of_orders(
    orders: tuple[Order, ...], pieces: Mapping[str, Piece], problems: Problems
) -> None:
    for order in orders:
        if order.piece not in pieces:
            continue
        many = pieces[order.piece].languages == MANY_LANGUAGES
        if many and order.language != MANY_LANGUAGES:
            problems.add(
                f"{order.piece} is one sheet in all languages.",
                f'Write "{MANY_LANGUAGES}" as its language.',
                "regions/orders.csv",
                order.line,
            )
        elif order.language == MANY_LANGUAGES and not many:
            problems.add(
                f"{order.piece} is made in one language a sheet.",
                'Write a language such as "es".',
                "regions/orders.csv",
                order.line,
            )


def _load_catalogs(
    root: Path, languages: tuple[str, ...], problems: Problems
) -> tuple[dict[str, Catalog], Catalog | None]:
    catalogs = {}
    for tag in languages:
        if tag == SOURCE:
            continue
        path = root / "po" / f"{tag}.po"
        catalog = load_catalog(path, root=root, language=tag, problems=problems)
        if catalog is not None:
            catalogs[tag] = catalog
    for path in sorted((root / "po").glob("*.po")):
        if path.stem not in LANGUAGES:
            problems.add(
                f"{quoted(path.stem)} is not in the language table, so nothing reads this file.",
                did_you_mean(path.stem, LANGUAGES),
                label(path, root),
            )
    return catalogs, load_pot(root / "po" / "campaign.pot", root=root, problems=problems)


def _drafts(
    languages: tuple[str, ...],
    catalogs: Mapping[str, Catalog],
    pot: Catalog | None,
    signoffs: Mapping[str, Signoff],
) -> frozenset[str]:
    """Return the languages in which some message's exact words are not approved."""
    return frozenset(
        tag for tag in languages if is_unsigned(signoffs.get(tag), tag, pot, catalogs.get(tag))
    )
