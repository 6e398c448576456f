"""Letters as pieces: one for each company that gets it, and kits of several companies."""

from dataclasses import replace
from pathlib import Path

import pytest

from printkit.errors import Problems
from printkit.kits import letters_of
from printkit.pieces import Piece, load_pieces
from printkit.project import Project, load_project

SHIPPED = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(SHIPPED)


@pytest.fixture(scope="module")
def designs() -> dict[str, Piece]:
    return load_pieces(SHIPPED, problems=Problems())


def test_a_letter_is_a_piece_for_each_company_that_gets_it(
    project: Project, designs: dict[str, Piece]
) -> None:
    pieces = letters_of(designs, project.brokers, ())
    venntel = pieces["opt-out-venntel"]
    assert (venntel.companies, venntel.design) == (("venntel",), "opt-out")
    assert venntel.name == "Opt-out letter: Venntel"
    assert "opt-out" not in pieces
    letters = {slug for slug in pieces if slug.startswith("opt-out-")}
    assert letters == {
        f"opt-out-{slug}" for slug, one in project.brokers.items() if one.gets("opt-out")
    }


@pytest.mark.parametrize(
    "slug", ["palantir", "flock-safety", "giant-oak", "drn", "motorola-vigilant"]
)
def test_who_would_refuse_a_letter_or_has_no_sure_address_gets_none(
    project: Project, slug: str
) -> None:
    assert not [piece for piece in project.pieces.values() if slug in piece.companies]


def test_a_kit_has_its_companies_in_their_order_and_two_pages_for_each(
    project: Project, designs: dict[str, Piece]
) -> None:
    pieces = letters_of(designs, project.brokers, ("venntel", "acxiom"))
    assert pieces["kit"].companies == ("venntel", "acxiom")
    assert pieces["kit"].pages == designs["kit"].pages + 4
    assert project.pieces["kit"].companies == project.campaign.letters.kit


def test_flyers_stay_as_they_are(project: Project, designs: dict[str, Piece]) -> None:
    assert letters_of(designs, {}, ())["card"] is designs["card"]


def test_a_company_that_gets_no_such_request_has_no_such_letter(
    project: Project, designs: dict[str, Piece]
) -> None:
    brokers = dict(project.brokers)
    brokers["venntel"] = replace(brokers["venntel"], requests=("opt-out",))
    pieces = letters_of(designs, brokers, ())
    assert "opt-out-venntel" in pieces
    assert "know-venntel" not in pieces
