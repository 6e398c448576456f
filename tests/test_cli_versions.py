"""The commands about versions: status, diff and record, as people type them."""

import json
from pathlib import Path

import pytest
from building import built
from project_kit import SHIPPED, change, write
from test_built import entry, write_build
from typer.testing import CliRunner, Result

from printkit.built import load_built
from printkit.cli import app
from printkit.errors import UserError
from printkit.ledger import load_ledger


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def wrong(*words: object) -> str:
    done = run(*words)
    assert isinstance(done.exception, UserError), done.output
    return str(done.exception)


@pytest.fixture
def project(tiny: Path) -> Path:
    """The tiny project, with a build of its version."""
    copier = entry(edition="copier", digest="CC12CD")
    write_build(tiny / "build" / "1.0", entry(), entry(region="kern", digest="KK12CD"), copier)
    return tiny


def test_status_of_several_codes(project: Path) -> None:
    done = run("status", "AB12CD", "kk12cd", "--project", project)
    assert done.exit_code == 0, done.output
    assert done.output.count(": current.") == 2
    assert run("status", "AB12CD", "zzzzzz", "--project", project).exit_code == 1
    change(project, "campaign.toml", 'version = "1.0"', 'version = "1.1"')
    elsewhere = write_build(
        project / "elsewhere",
        entry(digest="XX34ZW", version="1.1", parts={"words": "2"}),
        version="1.1",
    )
    done = run("status", "ab12cd", "--project", project, "--build", elsewhere, "--format", "json")
    (told,) = json.loads(done.output)
    assert (done.exit_code, told["state"], told["successor"]) == (1, "superseded", "XX34ZW")


def test_status_tells_what_could_not_be_read(project: Path) -> None:
    write_build(project / "build" / "0.9", 3)
    write(project, "orders/ledger.jsonl", "{")
    done = run("status", "AB12CD", "--project", project)
    assert "MANIFEST.json: Sheet 1 is no table. Build again." in done.output
    assert "ledger.jsonl:1: The last line was cut off." in done.output
    assert "is no code." in wrong("status", "nonsense", "--project", project)


def test_what_was_ordered_is_written_down_and_told(project: Path) -> None:
    build = project / "build" / "1.0"
    done = run("record", build, "--shop", "example", "--project", project)
    assert done.output.splitlines() == [
        "2 sheets, 10,400 copies, ordered at example on 2026-07-01, the campaign's as_of; "
        "--on names another day.",
        "They are in orders/ledger.jsonl.",
    ]
    words = ["record", build, "--shop", "example", "--project", project]
    assert "2 of these orders are in the ledger already" in wrong(*words)
    done = run(*words, "--on", "2026-07-09", "--region", "kern", "--again")
    assert done.output.splitlines()[0] == (
        "1 sheet, 5,200 copies, ordered at example on 2026-07-09."
    )
    ledger = load_ledger(project / "orders" / "ledger.jsonl")
    assert [row.region for row in ledger.entries] == ["fresno", "kern", "kern"]
    assert all(row.parts == {"words": "0a1b2c3d"} for row in ledger.entries)
    assert (
        "Ordered: 5,200 copies for fresno" in run("status", "AB12CD", "--project", project).output
    )


def test_everything_wrong_with_what_was_ordered_is_told_at_once(project: Path) -> None:
    words = ["record", project / "build" / "1.0", "--project", project, "--shop"]
    told = wrong(*words, "example", "--region", "fresna", "--piece", "cart")
    assert told.splitlines() == [
        '--region: the build has no sheet of "fresna" to order. Did you mean "fresno"?',
        '--piece: the build has no sheet of "cart" to order. Did you mean "card"?',
    ]
    assert '--edition: copies are not made of "screen".' in wrong(
        *words, "a", "--edition", "screen"
    )
    assert '--shop: " " is no name.' in wrong(*words, " ")
    assert '--on: "soon" is not a day.' in wrong(*words, "a", "--on", "soon")
    assert not (project / "orders").exists()


def test_two_builds_are_compared_in_words_and_money(project: Path) -> None:
    changed = entry(digest="XX34ZW", parts={"words": "2"}, version="1.1")
    new = write_build(
        project / "1.1", changed, entry(region="kern", digest="KK12CD"), version="1.1"
    )
    old = project / "build" / "1.0"
    done = run("diff", old, new, "--project", project)
    assert done.exit_code == 0, done.output
    assert "  card, Spanish (es): 5,200 copies, for fresno. Changed: its text." in done.output
    assert "  card, Spanish (es): 5,200 copies, for kern." in done.output
    shop = (SHIPPED / "shops" / "example.toml").read_text()
    write(project, "shops/corner.toml", f'{shop}\n[[prices]]\npiece = "card"\nper_1000 = 50\n')
    done = run("diff", old, new, "--shop", "corner", "--project", project)
    assert "Order 5,200 copies, about $260.00. 5,200 old ones can still" in done.output
    done = run("diff", old / "MANIFEST.json", new, "--format", "json", "--project", project)
    told = json.loads(done.output)
    assert (told["order"], told["keep"], told["recycle"]) == (5200, 5200, 5200)
    assert told["groups"][0]["changed"] == ["its text"]


def test_builds_that_are_not_there_are_told_together(project: Path) -> None:
    told = wrong("diff", project / "a", project / "b")
    assert told.count("There is no build in") == 2
    done = run("diff", project / "a", project / "b", "--format", "json")
    assert done.exit_code == 2 and len(json.loads(done.output)["problems"]) == 2


@pytest.mark.slow
@pytest.mark.usefixtures("own_fonts")
def test_two_real_builds_tell_which_words_changed(tiny: Path) -> None:
    asked = {"pieces": ["handbill", "leaf"], "languages": ["es"], "editions": ["press"]}
    old = built(tiny, tiny / "build" / "1.0", **asked).out
    change(tiny, "campaign.toml", 'version = "1.0"', 'version = "1.1"')
    change(tiny, "po/es.po", "Guarde lo que es suyo", "Cuide lo que es suyo")
    change(tiny, "regions/counties.csv", "559-555-0100", "559-555-0199")
    new = built(tiny, tiny / "build" / "1.1", **asked).out
    assert load_built(new, verify=True).version == "1.1"
    told = run("diff", old, new, "--project", tiny).output
    assert "leaf, Spanish (es): 200 copies, for alameda, fresno. Changed: its text." in told
    place = "for fresno. Changed: what it says of its region."
    assert f"handbill, Spanish (es): 300 copies, {place}" in told
    same = "for alameda, kern. Changed: its version's number."
    assert f"handbill, Spanish (es): 300 copies, {same}" in told
    sheets = {(one.piece, one.region): one for one in load_built(old).sheets}
    fresno, kern = sheets["handbill", "fresno"], sheets["handbill", "kern"]
    assert fresno.url == f"https://tiny.test/fresno/es/1.0/{fresno.digest.lower()}"
    done = run("status", str(fresno.url), kern.digest, "--project", tiny, "--format", "json")
    first, second = json.loads(done.output)
    assert first["changed"] == ["what it says of its region"]
    assert (first["state"], second["state"]) == ("superseded", "superseded")
