"""How each company stands: a table that fits a terminal, what to verify, and what to do next."""

import json
from datetime import date
from pathlib import Path

import pytest
from project_kit import write
from test_channels import ASKED, CONFIRMED, POST, WAYS
from test_companies import with_letters
from typer.testing import CliRunner

from printkit.cli import app
from printkit.company_status import WIDTH, as_json, as_lines, to_verify
from printkit.project import Project, load_project


def test_a_company_that_is_well_known_leaves_nothing_to_do(tiny: Path) -> None:
    lines = as_lines(load_project(with_letters(tiny, ASKED + POST + CONFIRMED + WAYS)))
    assert lines[0].split() == [
        "company",
        "DROP",
        "post",
        "web",
        "email",
        "phone",
        "claim",
        "requests",
    ]
    assert lines[1].split() == [
        *("acme", "yes", "30", "B*", "6", "A", "11", "B", "11", "B+", "11", "334"),
        *("opt-out,", "know"),
    ]
    assert lines[-1] == "Nothing is to be verified again on 2026-07-01."


def test_what_is_to_be_verified_is_told_oldest_first_with_what_to_do(tiny: Path) -> None:
    with_letters(tiny, ASKED + POST + WAYS)
    older = ASKED.replace("Acme", "Zeta") + POST.replace("2026-06-01", "2026-01-01")
    write(tiny, "letters/brokers/zeta.toml", older)
    lines = as_lines(load_project(tiny))
    place = lines.index("To verify again, as of 2026-07-01, oldest first, age in days:")
    assert lines[place + 1 : place + 3] == [
        "    181  zeta: confirm post (B)",
        "     30  acme: confirm post (B)",
    ]
    assert lines[-2:] == [
        "Next: ask Zeta Records whether the postal address takes requests.",
        "Then add [post.confirmed] with by, on and how at letters/brokers/zeta.toml:25.",
    ]


def test_what_only_grew_old_is_to_be_looked_up(tiny: Path) -> None:
    with_letters(tiny, ASKED + POST + CONFIRMED + WAYS)
    lines = as_lines(load_project(tiny, as_of=date(2027, 2, 1)))
    assert "    245  acme: look up registry, web, email, phone, post" in lines
    assert lines[-2:] == [
        "Next: look up the entry in the state's registry of Acme Records again.",
        "Then correct it, its source and its as_of at letters/brokers/acme.toml:18.",
    ]


def test_of_a_company_that_gets_no_request_nothing_is_verified(tiny: Path) -> None:
    text = ASKED.replace('["opt-out", "know"]', "[]") + POST
    project = load_project(with_letters(tiny, text, letters=""))
    assert to_verify(project) == ()
    assert as_lines(project)[1].endswith("none")


def test_machines_are_told_every_fact_with_its_age(tiny: Path) -> None:
    told = as_json(load_project(with_letters(tiny)))
    (acme,) = told["companies"]
    assert acme["letters"] == ["opt-out", "know"]
    assert acme["drop_reaches"] is True
    assert acme["registry"]["age_days"] == 30
    assert acme["claims"] == [{"date": "2025-08", "age_days": 334, "url": "https://news.test/acme"}]
    assert acme["channels"]["web"] == {
        "lines": ["https://acme.test/privacy#california"],
        "grade": "A",
        "as_of": "2026-06-20",
        "confirmed": None,
        "age_days": 11,
        "source": "acme.test",
    }
    assert told["to_verify"] == [
        {
            "company": "acme",
            "what": "postal address",
            "grade": "B",
            "checked": "2026-06-01",
            "age_days": 30,
            "confirm": True,
            "file": "letters/brokers/acme.toml",
            "line": 25,
        }
    ]


@pytest.mark.parametrize("day", ["2026-11-23", "2027-06-01"])
def test_the_shipped_companies_fit_a_terminal(project: Path, day: str) -> None:
    lines = as_lines(load_project(project, as_of=date.fromisoformat(day)))
    assert max(map(len, lines)) <= WIDTH
    assert not [line for line in lines if "…" in line]
    assert len(lines) > 31


def test_the_command_tells_people_and_machines(tiny: Path, shipped: Project) -> None:
    with_letters(tiny)
    words = ("brokers", "status", "--project", str(tiny))
    people = CliRunner().invoke(app, [*words, "--as-of", "2026-07-11"])
    assert people.exit_code == 0
    assert "     40  acme: confirm post (B)" in people.output
    machines = CliRunner().invoke(app, [*words, "--format", "json"])
    assert json.loads(machines.output)["as_of"] == "2026-07-01"
