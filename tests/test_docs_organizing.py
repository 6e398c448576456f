"""The organizer's page, tried as a new user would: each command in turn, on a small project."""

import shlex
import shutil
from pathlib import Path

import pytest
from building import manifest_of
from project_kit import sign_off
from typer.testing import CliRunner

from printkit.cli import app

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/organizing.md").read_text(encoding="utf-8")
COMMANDS = [
    line.strip().removeprefix(".venv/bin/printkit ")
    for line in PAGE.splitlines()
    if line.startswith("    .venv/bin/printkit ")
]

pytestmark = pytest.mark.usefixtures("own_fonts")


def test_the_page_goes_from_the_budget_to_what_is_out_of_date() -> None:
    steps = [command.split()[0] for command in COMMANDS]
    assert list(dict.fromkeys(steps)) == ["plan", "build", "order", "packs", "publish", "status"]


def test_no_page_asks_for_people() -> None:
    volunteers = (ROOT / "docs/handing-out.md").read_text(encoding="utf-8")
    for text in (PAGE, volunteers):
        assert "DRAFT" in text
    assert "Keep no logs of visits" in PAGE
    assert "No names, addresses, phone numbers or passwords" in volunteers


def run(words: str) -> str:
    result = CliRunner().invoke(app, shlex.split(words))
    assert result.exit_code == 0, f"{words}: {result.output} {result.exception}"
    return result.output


@pytest.mark.slow
def test_a_plan_is_shown_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    before = (ROOT / "regions/orders.csv").read_bytes()
    (preview,) = (
        words for words in COMMANDS if words.startswith("plan") and "--write" not in words
    )
    assert "Nothing is changed yet" in run(preview)
    assert (ROOT / "regions/orders.csv").read_bytes() == before


@pytest.mark.slow
def test_every_later_command_works_in_its_turn(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "shops", tiny / "shops")
    sign_off(tiny, "en", "es", "ar")
    monkeypatch.chdir(tiny)
    for words in COMMANDS:
        if words.startswith("plan"):
            continue  # the small project has no counts to plan by
        if words.startswith("status"):
            codes = [one["digest"] for one in manifest_of(tiny / "build/1.0")["sheets"]]
            words = f"status {codes[0]}"
        told = run(words)
        if words.startswith("status"):
            assert "current" in told
    assert (tiny / "build/1.0-packs/fresno/LABELS.pdf").is_file()
    assert (tiny / "build/site/index.html").is_file()
