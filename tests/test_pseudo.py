"""Pseudo-languages keep what a translation must keep, fit every piece, and can never be shipped."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from building import pressed
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from printkit import languages
from printkit.checks.catalog import check_catalog
from printkit.checks.glyphs import catalog_glyphs
from printkit.cli import app
from printkit.compose import printed_facts
from printkit.errors import UserError
from printkit.findings import Severity
from printkit.phrases import names_in, tags_in, wrongs
from printkit.pieces import MANY_LANGUAGES
from printkit.project import Project
from printkit.pseudo import (
    PSEUDO,
    accented,
    pseudo_catalog,
    pseudo_languages,
    right_to_left,
    unspaced,
    with_pseudo,
)
from printkit.selecting import selection_for

VOICES = (accented, right_to_left, unspaced)
SENTENCE = "<b>Call {hotline}</b> within 45 days, or 50 600."


@pytest.fixture(autouse=True)
def known_again() -> Iterator[None]:
    """Leave the table of languages as it was."""
    before = languages.own_languages()
    yield
    languages.know(before)


def test_what_they_look_like() -> None:
    assert accented("Place") == "[Þļààçéé öñé]"
    assert right_to_left("Place") == "[بلاكع]"
    assert accented(SENTENCE) == "[<b>Çààļļ {hotline}</b> ŵîîţĥîîñ 45 ðààýş, ööŕ 50 600. öñé ţŵö]"
    signs = unspaced(SENTENCE)
    assert "45" in signs and signs.endswith("50 600。]")
    assert signs.count(" ") == 1


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("text", [SENTENCE, "Place", "{drop_url}", "Ask <site>us</site>!"])
def test_each_keeps_names_and_tags_and_nothing_is_refused(voice: object, text: str) -> None:
    assert callable(voice)
    said = voice(text)
    assert (names_in(said), tags_in(said)) == (names_in(text), tags_in(text))
    assert list(wrongs(said, text, None, kinds={})) == []
    assert said[0] + said[-1] == "[]"


@given(st.text(st.sampled_from("abcdeiou ,.ABC"), min_size=1, max_size=200).filter(str.strip))
def test_longer_by_the_class_of_its_length(text: str) -> None:
    least = 1.0 if len(text) <= 10 else 0.8 if len(text) <= 20 else 0.6 if len(text) <= 30 else 0.3
    assert len(accented(text)) >= round(len(text) * (1 + least))
    assert len(accented(text)) <= 2 * len(text) + 3


def test_a_whole_catalog_passes_the_checks(shipped: Project, own_fonts: Path) -> None:
    pot = shipped.pot
    assert pot is not None
    rows = pseudo_languages(PSEUDO)
    languages.know((*languages.own_languages(), *rows))
    facts = printed_facts(shipped.campaign)
    grown = 0.0
    for row in rows:
        catalog = pseudo_catalog(pot, row)
        assert set(catalog.messages) == set(pot.messages)
        found = [*check_catalog(catalog, pot, row, facts), *catalog_glyphs(catalog, own_fonts)]
        assert [str(one) for one in found if one.severity is Severity.FAIL] == []
        if row.tag == "en-XA":
            printed = sum(len(message.msgstr) for message in catalog.messages.values())
            grown = printed / sum(len(message.msgid) for message in pot.messages.values())
    assert 1.35 < grown < 1.45


def test_only_those_asked_for_are_known_and_ordered_once_a_piece(tiny_read: Project) -> None:
    assert with_pseudo(tiny_read, ["es"]) is tiny_read
    project = with_pseudo(tiny_read, ["es", "en-XA"])
    assert project.campaign.languages == ("en", "es", "ar", "en-XA")
    assert [order.piece for order in project.orders if order.language == "en-XA"] == [
        "leaf",
        "handbill",
    ]
    assert project.is_draft("en-XA")


@pytest.mark.parametrize("command", ["build", "check"])
def test_they_cannot_be_built_nor_released_nor_signed_off(tiny: Path, command: str) -> None:
    told = '--language: "en-XA" is not a language of this project.'
    result = CliRunner().invoke(app, [command, "--language", "en-XA", "--project", str(tiny)])
    assert isinstance(result.exception, UserError)
    assert told in str(result.exception)
    result = CliRunner().invoke(
        app, ["po", "signoff", "en-XA", "--reviewer", "x", "--project", str(tiny)]
    )
    assert '"en-XA" is not a language of this project.' in str(result.exception)


def test_no_project_on_disk_names_them(project: Path) -> None:
    for path in (*(project / "po").glob("*"), *(project / "regions").glob("*.csv")):
        text = path.read_text(encoding="utf-8")
        assert not [tag for tag in PSEUDO if tag in text], path.name


@pytest.mark.slow
def test_a_proof_can_be_drawn_of_them(tiny: Path, tmp_path: Path) -> None:
    words = (
        "proof",
        "--language",
        "ar-XB",
        "--piece",
        "leaf",
        "--edition",
        "screen",
        "--jobs",
        "1",
    )
    result = CliRunner().invoke(app, [*words, "--project", str(tiny), "--out", str(tmp_path)])
    assert result.exit_code == 0, (result.output, result.exception)
    assert list(tmp_path.rglob("*ar-XB*"))


@pytest.mark.slow
@pytest.mark.parametrize("tag", PSEUDO)
def test_every_piece_holds_them(shipped: Project, tmp_path: Path, tag: str) -> None:
    """A template that is too tight for a translation shows here first: no sheet is withheld."""
    project = with_pseudo(shipped, [tag])
    made = pressed(project, tmp_path, languages=[tag], editions=["screen"])
    ordered = {order.piece for order in shipped.orders}  # single letters are in the kit too
    alone = {slug for slug in ordered if project.pieces[slug].languages != MANY_LANGUAGES}
    assert {sheet.piece for sheet, _ in made} == alone
    assert selection_for(project, languages=[tag]).languages == {tag}
