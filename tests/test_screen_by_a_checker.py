"""A free checker of PDF/UA-1 that is none of ours finds nothing wrong with screen editions."""

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from printkit.editions import EDITIONS
from printkit.jobs import Selection, jobs_for
from printkit.press import press
from printkit.pressing import shop_for
from printkit.project import Project, load_project
from printkit.regions import Order

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_fonts")]
PROJECT = Path(__file__).resolve().parent.parent
KNOWN = {"PAG-001"}
"""The kit's running heads are tagged: they tell a listener which letter follows."""
Check = Callable[[Path], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def checked() -> Check:
    """What the checker finds wrong with a file, by the rules of the standard alone."""
    own = PROJECT / ".ua-checker" / "bin" / "outloud"
    program = str(own) if own.exists() else shutil.which("outloud")
    if program is None:
        pytest.skip("outloud is not on this machine: scripts/ua_checker.sh installs it")

    def check(path: Path) -> list[dict[str, Any]]:
        report = path.with_suffix(".json")
        command = [program, "--layer", "conformance", "--no-info", "--json", str(report), str(path)]
        subprocess.run(command, capture_output=True, check=False, timeout=120)
        (result,) = json.loads(report.read_text(encoding="utf-8"))["results"]
        assert result["error"] is None
        assert result["stats"]["tagged"]
        return list(result["findings"])

    return check


@pytest.fixture(scope="module")
def whole() -> Project:
    return load_project(PROJECT)


def sheets_of(project: Project, piece: str, language: str, folder: Path) -> list[Path]:
    """Return the screen editions of a piece in a language."""
    region = project.orders[0].region
    order = Order(region=region, language=language, piece=piece, copies=1, line=1)
    ours = replace(project, orders=(order,))
    shop = shop_for(ours, folder)
    shop.store.mkdir(parents=True, exist_ok=True)
    css = {name: edition.css for name, edition in EDITIONS.items()}
    jobs = jobs_for(ours, Selection(editions=frozenset({"screen"})), page_css=css)
    return [shop.store / made.file for job in jobs for made in press(job, shop) if made.file]


def pairs() -> list[tuple[str, str]]:
    flyers = sorted(path.parent.name for path in PROJECT.glob("flyers/*/piece.toml"))
    of_all = [(piece, "mul") for piece in flyers if piece == "language-finder"]
    each = [(piece, "en") for piece in flyers if piece != "language-finder"]
    return [*of_all, *each, ("card", "ar"), ("brochure", "km"), *(("kit", tag) for tag in TAGS)]


TAGS = ("en", "ar", "km")


@pytest.mark.parametrize(("piece", "language"), pairs())
def test_a_checker_of_others_finds_nothing_wrong(
    piece: str, language: str, checked: Check, whole: Project, tmp_path: Path
) -> None:
    sheets = sheets_of(whole, piece, language, tmp_path)
    assert sheets
    for sheet in sheets:
        found = [one for one in checked(sheet) if one.get("rule", one.get("id")) not in KNOWN]
        assert found == []


def test_the_checker_does_find_faults(checked: Check, tmp_path: Path) -> None:
    """Else its silence would say nothing."""
    from preflight.makings import made

    path = tmp_path / "bad.pdf"
    path.write_bytes(made("screen", lambda pdf: pdf.Root.__delitem__("/Lang")))
    assert checked(path)
