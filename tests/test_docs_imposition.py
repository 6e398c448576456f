"""The page about imposition: each command in it makes sheets of files of the sizes it names."""

import shlex
from pathlib import Path

import pytest
from imposing import Paper, numbered
from typer.testing import CliRunner

from printkit.cli import app
from printkit.errors import UserError
from printkit.impose import SCHEMES, asked_for

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/imposition.md").read_text(encoding="utf-8")
COMMANDS = [
    line.strip().removeprefix(".venv/bin/")
    for line in PAGE.splitlines()
    if line.startswith("    .venv/bin/printkit impose ")
]
CARD = Paper(width=306, height=396)
WIDE, NARROW = Paper(width=265.5, height=612), Paper(width=261, height=612)
FILES: dict[str, tuple[int, Paper | list[Paper]]] = {
    "card.pdf": (2, CARD),
    "card-en.pdf": (2, CARD),
    "card-es.pdf": (2, CARD),
    "card-vi.pdf": (2, CARD),
    "brochure.pdf": (2, Paper(width=792, height=612)),
    "panels.pdf": (6, [WIDE, WIDE, WIDE, NARROW, NARROW, WIDE]),
    "book.pdf": (8, Paper(width=396, height=612)),
}


@pytest.mark.parametrize("words", COMMANDS)
def test_each_command_of_the_page_makes_sheets(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = shlex.split(words)[1:]
    for name in arguments:
        if name.endswith(".pdf"):
            numbered(tmp_path / name, *FILES[name])

    result = CliRunner().invoke(app, [*arguments, "--project", str(ROOT)])

    assert result.exit_code == 0, result.output
    assert "WARN" not in result.output
    scheme = arguments[arguments.index("--scheme") + 1]
    assert (tmp_path / f"{Path(arguments[1]).stem}_{scheme}.pdf").is_file()


def test_every_scheme_has_its_command_and_its_picture() -> None:
    for scheme in SCHEMES:
        assert any(f"--scheme {scheme} " in command for command in COMMANDS)
        assert f"pictures/impose-{scheme}.png" in PAGE


def test_every_option_and_every_paper_is_told() -> None:
    table = [line for line in PAGE.splitlines() if line.startswith("| `--")]
    shown = {line.split("`")[1] for line in table} | {"--scheme", "--creep", "--paper-thickness"}
    result = CliRunner().invoke(app, ["impose", "--help"], env={"COLUMNS": "200"})
    options = {word.strip(",") for word in result.output.split() if word.startswith("--")}

    assert options - {"--help", "--project"} == shown
    for paper in table[0].split("`")[3::2]:
        try:
            asked_for(scheme="n-up", sheet=paper)
        except UserError as error:
            pytest.fail(str(error))
