"""What the whole state is measured on: its projects, its edits, its rivals, its watch on memory."""

import csv
import importlib.util
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks import clock, plain, running, states, words
from benchmarks.__main__ import main
from benchmarks.material import FLYERS, Bench
from printkit.jobs import Job
from printkit.project import Project, load_project
from printkit.qr import qr_svg


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return states.whole_state(tmp_path_factory.mktemp("state") / "project")


@pytest.fixture(scope="module")
def project(state: Path) -> Project:
    return load_project(state)


@pytest.fixture
def job(project: Project, tmp_path: Path) -> Job:
    return Bench(project=project, folder=tmp_path).job("know-your-rights", "ar")


def test_the_whole_state_is_6438_sheets_each_by_region(project: Project) -> None:
    pieces = Counter(order.piece for order in project.orders)

    assert states.FILES == len(project.orders) == 6438
    assert pieces == {**dict.fromkeys(FLYERS, 58 * 22), states.FINDER: 58}
    assert all(project.pieces[piece].by_region for piece in pieces)


def test_the_shipped_project_stays_as_it_is(state: Path) -> None:
    shipped = clock.ROOT / "flyers" / "card" / "piece.toml"
    fonts = [path.name for path in (clock.ROOT / "fonts").iterdir()]

    assert "by_region = false" in shipped.read_text("utf-8")
    assert sorted(path.name for path in (state / "fonts").iterdir()) == sorted(fonts)


def test_thousands_of_regions_are_made_up_beside_the_known_ones(tmp_path: Path) -> None:
    folder = states.many_regions(tmp_path / "many", 5800, ["en", "es"], "know-your-rights")

    with (folder / "regions" / "orders.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * 5800
    assert rows[0]["region"] == "alameda" and rows[-1]["region"] == "made-up-5742"


def test_counties_get_words_of_their_own(tmp_path: Path) -> None:
    folder = states.whole_state(tmp_path / "local", tongues=["en"], regions=2)
    states.with_local_words(folder)

    regions = load_project(folder).regions
    assert regions["fresno"].help == "Example Fresno\n410-555-0109"
    assert {region.event is not None for region in regions.values() if region.fips} >= {True}


def test_an_edit_changes_one_message_and_no_two_are_alike(tmp_path: Path) -> None:
    catalog = tmp_path / "es.po"
    before = (clock.ROOT / "po" / "es.po").read_text("utf-8")
    catalog.write_text(before, "utf-8")

    told = [states.edit(catalog, number) for number in (1, 2)]
    after = catalog.read_text("utf-8").splitlines()

    assert [text[-4:] for text in told] == [" AAB", " AAC"]
    assert told[0][:-4] == told[1][:-4]
    changed = set(before.splitlines()) ^ set(after)
    assert changed < {*before.splitlines(), f'msgstr "{told[1]}"'}
    assert len(before.splitlines()) - len(after) <= 2


def test_the_loop_sets_the_same_words_that_are_stamped(job: Job) -> None:
    html = plain.whole_html(job, job.html, job.targets[0])

    assert "data-slot" in job.html and "data-slot" not in html
    assert "Alameda County · 0AB1CD" in html and "example.org/alameda/ar/1.0<" in html
    assert qr_svg("https://example.org/alameda/ar/1.0/0ab1cd") in html
    assert job.text_pages[0].html in html


def test_the_rivals_words_are_the_sheets(project: Project, job: Job) -> None:
    told = words.sheet_words(project, job, art="/art/")

    assert (told["tag"], told["lang"], told["direction"]) == ("ar", "ar", "rtl")
    assert len(told["journey"]) == 3 and len(told["sold"]) == 4 and len(told["steps"]) == 3
    assert [icon for icon, *_ in told["journey"]] == ["phone", "records", "agency"]
    first = told["steps"][0]
    assert first[0]["bold"] and not first[-1]["bold"]
    assert [run["text"] for run in first if run["whole"]] == ["privacy.ca.gov/drop"]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc")
def test_memory_is_that_of_all_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BETWEEN_S", 0.01)
    hold = "held = bytearray(60_000_000); import time; time.sleep(0.5)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"

    ran = running.run([sys.executable, "-c", code], running.environment(None))

    assert 60 < ran.peak_mb < 200
    assert ran.wall_s >= 0.5


def test_a_command_that_fails_ends_the_benchmark() -> None:
    with pytest.raises(SystemExit, match=r"ended with 3:\nwhy"):
        running.run(
            [sys.executable, "-c", "import sys; print('why'); sys.exit(3)"],
            running.environment(None),
        )


@pytest.mark.slow
def test_a_small_state_is_measured(tmp_path: Path) -> None:
    figures = small("state", tmp_path / "bench.json")

    assert figures["12 press files, all checks, cold, two workers"]["unit"] == "s"
    assert figures["files that it wrote all the same"]["value"] == 0
    assert figures["memory of all processes, two workers, cold"]["verdict"] == "reached"


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("typst") is None, reason="Typst is not installed")
def test_typst_sets_the_sheet_in_two_pages(state: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.typst_loop", state, tmp_path, "ar"]
    environment = running.environment(None)
    done = subprocess.run(
        list(map(str, command)), cwd=clock.ROOT, env=environment, check=True, capture_output=True
    )

    from pypdf import PdfReader

    assert len(json.loads(done.stdout)) == 58
    pdf = PdfReader(tmp_path / "know-your-rights_ar_57.pdf")
    assert len(pdf.pages) == 2
    assert [float(side) for side in pdf.pages[0].trimbox] == [9, 9, 405, 621]


def small(name: str, told: Path) -> Mapping[str, Any]:
    """The figures of a small run of one measure, by what they are of."""
    assert main(["--small", "--only", name, "--json", str(told)]) == 0
    return {one["what"]: one for one in json.loads(told.read_text("utf-8"))["figures"][name]}
