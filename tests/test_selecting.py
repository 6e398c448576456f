"""Names on the command line mean a selection; every wrong one is told at once."""

from pathlib import Path

import pytest
from project_kit import change

from printkit.errors import UserError
from printkit.jobs import Selection
from printkit.project import Project, load_project
from printkit.selecting import refuse_unordered, selection_for


@pytest.fixture(scope="module")
def small(tiny_once: Path) -> Project:
    return load_project(tiny_once)


def test_no_names_mean_everything(small: Project) -> None:
    assert selection_for(small) == Selection()


@pytest.mark.parametrize("word", ["fresno", "Fresno", "06019", "6019", "fresno county"])
def test_a_region_goes_by_slug_code_or_name(small: Project, word: str) -> None:
    assert selection_for(small, regions=[word]).regions == {"fresno"}


def test_names_of_all_kinds(small: Project) -> None:
    selection = selection_for(
        small, languages=["es", "mul"], pieces=["leaf"], editions=["screen", "screen"]
    )
    assert selection == Selection(
        languages=frozenset({"es", "mul"}),
        pieces=frozenset({"leaf"}),
        editions=frozenset({"screen"}),
    )
    assert selection.is_partial
    assert not selection_for(small, regions=["fresno"]).is_partial


def test_every_wrong_name_is_told_at_once(small: Project) -> None:
    with pytest.raises(UserError) as caught:
        selection_for(
            small,
            regions=["fresnoo", "atlantis"],
            languages=["sp", "ES"],
            pieces=["leef"],
            editions=["pres"],
        )
    assert str(caught.value).splitlines() == [
        '--region: There is no region "fresnoo". Did you mean "fresno"?',
        '--region: There is no region "atlantis". Use one of: California, Kern, Fresno, Alameda.',
        '--language: "ES" is not a language of this project. Did you mean "es"?',
        '--language: "sp" is not a language of this project. Use one of: en, es, ar, mul.',
        '--piece: "leef" is not a piece of this project. Did you mean "leaf"?',
        '--edition: "pres" is not an edition of this project. Did you mean "press"?',
    ]


def test_control_characters_in_a_name_are_shown_not_sent(small: Project) -> None:
    with pytest.raises(UserError) as caught:
        selection_for(small, pieces=["\x1b[2J"])
    assert "\x1b" not in str(caught.value)


def test_what_is_ordered_passes(small: Project) -> None:
    refuse_unordered(small, Selection())
    refuse_unordered(small, selection_for(small, regions=["kern"], pieces=["handbill"]))


@pytest.mark.parametrize(
    "names",
    [{"regions": ["kern"], "pieces": ["leaf"]}, {"languages": ["ar"], "pieces": ["finder"]}],
)
def test_what_nobody_ordered_is_told(small: Project, names: dict[str, list[str]]) -> None:
    with pytest.raises(UserError) as caught:
        refuse_unordered(small, selection_for(small, **names))
    assert str(caught.value) == (
        "No order asks for that. Look into regions/orders.csv, or name less at once."
    )


def test_an_edition_that_the_piece_does_not_have_is_not_ordered(tiny: Path) -> None:
    change(tiny, "flyers/finder/piece.toml", "order = 3", 'order = 3\neditions = ["press"]')
    project = load_project(tiny)
    refuse_unordered(project, selection_for(project, pieces=["finder"], editions=["press"]))
    with pytest.raises(UserError, match="No order asks for that"):
        refuse_unordered(project, selection_for(project, pieces=["finder"], editions=["screen"]))
