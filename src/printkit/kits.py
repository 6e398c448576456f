"""Letters as pieces: one for each company that gets it, and kits that hold several companies'."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from printkit.brokers import Broker
from printkit.pieces import Piece


def letters_of(
    pieces: Mapping[str, Piece], brokers: Mapping[str, Broker], kit: Iterable[str]
) -> dict[str, Piece]:
    """Return the pieces, each letter's design become a piece for each company that gets it.

    Such a piece is named for both, as in opt-out-venntel. A kit has the companies that `kit`
    names, in that order, and as many pages more as they take.
    """
    return {
        piece.slug: piece
        for design in pieces.values()
        for piece in _pieces_of(design, brokers, tuple(kit))
    }


def _pieces_of(
    design: Piece, brokers: Mapping[str, Broker], kit: tuple[str, ...]
) -> Iterator[Piece]:
    if design.letter:
        for slug, broker in brokers.items():
            if broker.gets(design.letter):
                yield replace(
                    design,
                    slug=f"{design.slug}-{slug}",
                    name=f"{design.name}: {broker.name}",
                    companies=(slug,),
                )
    elif design.company_pages:
        companies = tuple(slug for slug in kit if slug in brokers)
        pages = design.pages + design.company_pages * len(companies)
        yield replace(design, companies=companies, pages=pages)
    else:
        yield design
