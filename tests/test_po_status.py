"""How languages stand: counts, findings, and what has changed since it was signed off."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from project_kit import change, sign_off
from typer.testing import CliRunner

from printkit.cli import app
from printkit.findings import Severity
from printkit.po.status import Standing, Tightness, as_json, as_lines, standings
from printkit.po.status_page import status_page
from printkit.project import Project, load_project


def by_language(project: Project) -> dict[str, Standing]:
    return {one.language: one for one in standings(project)}


def run(root: Path, *words: str) -> str:
    result = CliRunner().invoke(app, ["po", "status", *words, "--project", str(root)])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


@pytest.fixture
def stale(tiny: Path) -> Path:
    """A project with a language signed off, one stale, and one that nobody has read."""
    sign_off(tiny, "en", "ar")
    change(tiny, "po/ar.po", "اطلب المساعدة", "اطلب مساعدة")
    change(tiny, "po/es.po", '"Pida ayuda"', '""')
    change(tiny, "po/es.po", 'msgid "This is my', '#, fuzzy\nmsgid "This is my')
    return tiny


def test_languages_stand_as_they_are(stale: Path) -> None:
    found = by_language(load_project(stale))
    assert list(found) == ["en", "es", "ar"]
    english, spanish, arabic = found.values()
    assert english.state == "signed off" and english.told == "signed off 2026-06-30"
    assert english.translated == english.total == spanish.total
    assert (spanish.translated, spanish.fuzzy) == (spanish.total - 2, 1)
    assert spanish.count(Severity.FAIL) == 1
    assert spanish.told == "not signed off"
    assert arabic.told == "stale: 1 changed since 2026-06-30"
    assert arabic.unsigned == ((None, "Ask for help"),)


def test_a_table_names_the_messages_that_have_changed(stale: Path) -> None:
    total = len((load_project(stale).pot or pytest.fail("no POT")).messages)
    lines = run(stale).splitlines()
    assert lines[0] == "language  translated  fuzzy  FAIL  WARN  fit  sign-off"
    assert (
        lines[1] == f"en             {total}/{total}      0     0     0    -  signed off 2026-06-30"
    )
    at = lines.index("ar, stale: 1 changed since 2026-06-30:")
    assert lines[at + 1] == "  Ask for help"


def test_a_message_that_is_new_makes_a_language_stale_by_its_name(tiny: Path) -> None:
    sign_off(tiny, "en")
    change(tiny, "po/campaign.pot", '"Ask for help"', '"Ask for more help"')
    assert by_language(load_project(tiny))["en"].unsigned == ((None, "Ask for more help"),)


def test_machines_are_told_the_same_and_no_reviewer(stale: Path) -> None:
    told = json.loads(run(stale, "--format", "json"))["languages"]
    assert told == as_json(standings(load_project(stale)))
    assert told[2]["changed"] == [{"msgid": "Ask for help"}]
    assert (told[0]["state"], told[0]["date"]) == ("signed off", "2026-06-30")
    assert "a reader" not in json.dumps(told)


def test_the_law_has_a_row_where_some_message_is_marked(tiny: Path) -> None:
    change(tiny, "po/campaign.pot", "#. The headline of the leaf.", "#. Legal: the headline.")
    law = by_language(load_project(tiny))["legal"]
    assert (law.name, law.total, law.told) == ("Legal sentences (English)", 1, "not signed off")


def test_tightest_places_stand_where_they_were_measured(tiny_read: Project) -> None:
    place = 'card front: "Ask for help" has 0.01 in left'
    measured = standings(tiny_read, {"es": Tightness(over=1, tightest=(place,))})
    assert "es, tightest:" in as_lines(measured)
    assert f"  {place}" in as_lines(measured)
    told = as_json(measured)[1]
    assert (told["too_long"], told["tightest"]) == (1, [place])
    assert "1 too long" in as_lines(measured)[2]
    assert "has 0.01 in left" in status_page(measured, campaign="Tiny")
    unmeasured = standings(tiny_read)
    assert as_lines(unmeasured)[-1] == "How texts fit their places is told with --fit."
    assert "tightest" not in as_json(unmeasured)[1]


class Elements(HTMLParser):
    """Every element of a page, with its attributes; the open ones are closed in order."""

    VOID = ("meta",)

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_the_page_loads_nothing_and_reads_aloud_well(stale: Path, tmp_path: Path) -> None:
    place = tmp_path / "pages" / "status.html"
    run(stale, "--format", "html", "--out", str(place))
    page = place.read_text(encoding="utf-8")
    assert page == status_page(standings(load_project(stale)), campaign="Tiny campaign")
    elements = Elements(page)
    assert elements.of("html") == [{"lang": "en", "dir": "ltr"}]
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in elements.found}
    assert not re.search(r"https?:|url\(|@import|\ssrc=", page)
    assert {head["scope"] for head in elements.of("th")} == {"col", "row"}
    assert elements.of("caption") and len(elements.of("h1")) == 1
    assert {"lang": "ar", "dir": "rtl"} in elements.of("bdi")
    targets = {str(link["href"]).lstrip("#") for link in elements.of("a")}
    assert targets == {"es", "ar"} == {str(head["id"]) for head in elements.of("h2")}
    assert "<li><bdi>Ask for help</bdi></li>" in page
    assert "po/es.po:" in page


def test_words_of_catalogs_are_words_on_the_page(tiny: Path) -> None:
    change(tiny, "campaign.toml", '"Tiny campaign"', '"<script>alert(1)</script>"')
    assert "<script" not in run(tiny, "--format", "html")


@pytest.mark.slow
def test_fit_is_measured_on_the_sheets_themselves(tiny: Path) -> None:
    told = json.loads(run(tiny, "--format", "json", "--fit", "--jobs", "1"))["languages"]
    assert {one["language"]: one["too_long"] for one in told} == {"en": 0, "es": 0, "ar": 0}
    assert any("mm left" in place for place in told[1]["tightest"])
