"""The straight line: whole batches, the same bytes every time, and nothing lost on the way."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from building import built, contents_of, manifest_of, silent
from project_kit import change, sign_off, write

from printkit import build as building
from printkit import listing, pressing
from printkit.build import build, default_out
from printkit.errors import UserError
from printkit.jobs import Selection
from printkit.project import load_project

SOURCES = Path(__file__).resolve().parent.parent / "src"
LATER = """\
import datetime, time
_time = time.time
time.time = lambda: _time() + 400 * 86400
class _Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(days=400)
    utcnow = today = now
datetime.datetime = _Later
"""
"""Read by Python as it starts: the clock goes 400 days ahead."""


def command(root: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
    """Start printkit as a person would, in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "printkit.cli", "build", "--project", str(root), *words],
        env={**os.environ, "PYTHONPATH": str(SOURCES), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # The test's own runner may have been started with Ctrl-C switched off.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


@pytest.fixture(scope="module")
def whole(tiny_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that the tiny project orders."""
    outcome = built(tiny_once, tmp_path_factory.mktemp("whole") / "out")
    assert outcome.exit_code == 0
    assert outcome.withheld == ()
    return outcome.out


@pytest.mark.slow
def test_every_order_has_its_files(whole: Path) -> None:
    assert sorted(path.name for path in whole.iterdir()) == [
        "MANIFEST.json",
        "alameda",
        "california",
        "fresno",
        "kern",
    ]
    sheets = manifest_of(whole)["sheets"]
    assert len(sheets) == 9 * 3
    assert all((whole / sheet["file"]).stat().st_size == sheet["bytes"] for sheet in sheets)
    copies = {(one["region"], one["language"], one["piece"]): one["copies"] for one in sheets}
    assert sum(copies.values()) == 100 + 150 + 200 + 5 + 50 + 300 + 100 + 50 + 50
    files = {path for path in whole.rglob("*.pdf") if path.name != "PACKING-LIST.pdf"}
    assert files == {whole / sheet["file"] for sheet in sheets}


@pytest.mark.slow
def test_each_region_has_its_packing_list_and_its_own_manifest(whole: Path) -> None:
    for region in ("alameda", "california", "fresno", "kern"):
        assert (whole / region / "PACKING-LIST.pdf").read_bytes().startswith(b"%PDF-")
        sheets = manifest_of(whole / region)["sheets"]
        assert {sheet["region"] for sheet in sheets} == {region}
        assert all((whole / region / sheet["file"]).is_file() for sheet in sheets)


@pytest.mark.slow
def test_a_shared_sheet_is_stored_once(whole: Path) -> None:
    leaves = [path.stat().st_ino for path in whole.rglob("press/*_es_leaf_*.pdf")]
    assert len(leaves) == 2
    assert len(set(leaves)) == 1


@pytest.mark.slow
def test_the_same_bytes_on_any_day_in_any_folder_with_any_hashes_and_workers(
    tiny: Path, tmp_path: Path
) -> None:
    write(tmp_path, "later/sitecustomize.py", LATER)
    narrow = ("--region", "fresno", "--region", "california")
    here = command(tiny, *narrow, "--jobs", "1", "--out", str(tmp_path / "a"), PYTHONHASHSEED="1")
    there = command(
        tiny,
        *narrow,
        "--jobs",
        "2",
        "--out",
        str(tmp_path / "elsewhere" / "b"),
        PYTHONHASHSEED="2",
        TZ="Pacific/Kiritimati",
        LC_ALL="C",
        PYTHONPATH=os.pathsep.join((str(tmp_path / "later"), str(SOURCES))),
    )
    for run in (here, there):
        told = run.communicate(timeout=120)
        assert run.returncode == 0, told
    first, second = contents_of(tmp_path / "a"), contents_of(tmp_path / "elsewhere" / "b")
    assert list(first) == list(second)
    assert [name for name in first if first[name] != second[name]] == []
    assert len(first) == 4 * 3 + 2 * 2 + 1
    assert not any(str(tmp_path).encode() in data for data in first.values())


def test_thousands_of_regions_a_few_at_a_time_come_to_the_same(
    whole: Path, tiny_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pressing, "AT_ONCE", 1)
    monkeypatch.setattr(listing, "AT_ONCE", 1)
    told: list[tuple[str, int, int]] = []
    build(
        load_project(tiny_once),
        Selection(),
        out=tmp_path / "out",
        workers=1,
        progress=lambda what, done, total: told.append((what, done, total)),
    )
    assert contents_of(tmp_path / "out") == contents_of(whole)
    sheets = [(done, total) for what, done, total in told if what == "Sheets"]
    assert sheets[-1][0] == sheets[-1][1] == max(total for _, total in sheets)


def test_a_bad_sheet_is_withheld_and_the_others_are_made(tiny: Path, tmp_path: Path) -> None:
    change(tiny, "po/ar.po", "اتصل بالرقم {hotline}", "اتصل بالرقم")
    outcome = built(tiny, tmp_path / "out", pieces=["leaf"], editions=["press"])
    assert outcome.exit_code == 1
    assert [(sheet.language, sheet.edition) for sheet in outcome.withheld] == [("ar", "press")]
    sheets = {
        (sheet["region"], sheet["language"]): sheet for sheet in manifest_of(outcome.out)["sheets"]
    }
    assert len(sheets) == 4
    withheld = sheets.pop(("california", "ar"))
    assert (withheld["file"], withheld["sha256"], withheld["copies"]) == (None, None, 50)
    (found,) = withheld["findings"]
    assert (found["code"], found["severity"]) == ("message-names", "FAIL")
    assert found["file"] == "po/ar.po"
    assert all((outcome.out / sheet["file"]).is_file() for sheet in sheets.values())
    assert not (outcome.out / "california" / "press").exists()
    assert (outcome.out / "california" / "PACKING-LIST.pdf").is_file()


def test_parts_go_beside_whole_batches(tiny: Path) -> None:
    project = load_project(tiny)
    assert default_out(project, Selection(regions=frozenset({"fresno"}))).name == "1.0"
    for part in (
        Selection(languages=frozenset({"es"})),
        Selection(pieces=frozenset({"leaf"})),
        Selection(editions=frozenset({"press"})),
    ):
        assert default_out(project, part) == tiny / "build" / "1.0-part"
    outcome = built(tiny, regions=["fresno"], pieces=["leaf"], editions=["copier"])
    assert outcome.out == tiny / "build" / "1.0-part"
    assert [path.name for path in (tiny / "build").iterdir()] == ["1.0-part"]


@pytest.mark.slow
def test_a_region_made_again_replaces_its_batch_and_no_other(tiny: Path) -> None:
    out = built(tiny, regions=["fresno", "kern"]).out
    before = contents_of(out)
    built(tiny, regions=["fresno"])
    assert contents_of(out) == before, "nothing had changed"
    change(tiny, "regions/orders.csv", "fresno,es,handbill,300,a note", "fresno,es,handbill,400,")
    built(tiny, regions=["fresno"])
    after = contents_of(out)
    kern = {name for name in before if name.startswith("kern/")}
    assert {name for name in before if after.get(name) == before[name]} >= kern
    copies = {
        (sheet["region"], sheet["piece"]): sheet["copies"]
        for sheet in manifest_of(out)["sheets"]
        if sheet["edition"] == "press"
    }
    assert copies == {
        ("fresno", "leaf"): 50,
        ("fresno", "handbill"): 400,
        ("kern", "handbill"): 100,
    }
    assert any("_q400_" in name for name in after)
    assert not any("_q300_" in name for name in after), "the old file is gone"


@pytest.mark.slow
def test_the_whole_replaces_the_whole(tiny: Path) -> None:
    out = built(tiny, regions=["kern"]).out
    (out / "kern" / "stale.txt").write_text("old")
    orders = "region,language,piece,copies\nfresno,es,leaf,50\n"
    write(tiny, "regions/orders.csv", orders)
    built(tiny)
    assert sorted(path.name for path in out.iterdir()) == ["MANIFEST.json", "fresno"]


@pytest.mark.parametrize("name", ["thesis.txt", "MANIFEST.json"])
def test_a_folder_that_no_build_made_is_refused_before_any_work(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delattr(building, "press_jobs")
    foreign = tmp_path / "mine"
    foreign.mkdir()
    (foreign / name).write_text("of years of work")
    with pytest.raises(UserError) as caught:
        built(tiny, foreign)
    assert str(caught.value).endswith(
        '" is there already, and no build made it. '
        "Name another folder with --out, or move this one away."
    )
    assert contents_of(tmp_path / "mine") == {name: b"of years of work"}


def test_a_file_in_the_place_is_refused_and_an_empty_folder_taken(
    tiny: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match="is there already, and no build made it"):
        built(tiny, tmp_path / "file")
    (tmp_path / "empty").mkdir()
    outcome = built(
        tiny, tmp_path / "empty", regions=["fresno"], pieces=["leaf"], editions=["copier"]
    )
    assert (tmp_path / "empty" / "MANIFEST.json").is_file()
    assert outcome.out == tmp_path / "empty"


def test_what_was_built_stays_whole_when_a_later_build_fails(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = built(tiny, regions=["fresno"], pieces=["leaf"], editions=["press"]).out
    before = contents_of(tiny / "build")

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(building, "write_files", full)
    with pytest.raises(OSError, match="No space left"):
        built(tiny, regions=["fresno"], pieces=["leaf"], editions=["press"])
    assert contents_of(tiny / "build") == before
    assert [path.name for path in out.parent.iterdir()] == ["1.0-part"]


def test_a_failed_first_build_leaves_no_folder(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "batches_for", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        built(tiny, regions=["fresno"], pieces=["leaf"], editions=["press"])
    assert not (tiny / "build").exists()


def test_a_release_withholds_what_would_bear_the_word_draft(tiny: Path, tmp_path: Path) -> None:
    sign_off(tiny, "en", "ar")
    project = load_project(tiny)
    selection = Selection(
        languages=frozenset({"en", "ar"}),
        pieces=frozenset({"leaf"}),
        editions=frozenset({"copier"}),
    )
    outcome = build(
        project, selection, out=tmp_path / "out", workers=1, progress=silent, release=True
    )
    assert outcome.exit_code == 1
    assert {sheet.language: sheet.is_withheld for sheet in outcome.made} == {
        "en": True,
        "ar": False,
    }


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_in_the_middle_leaves_what_was_there_and_nothing_else(
    tiny: Path, workers: str
) -> None:
    built(tiny, regions=["kern"], editions=["copier"])
    before = contents_of(tiny / "build")
    run = command(tiny, "--jobs", workers)
    wait_for(lambda: any((tiny / "build").glob(".1.0.partial-*/sheets/*/*.pdf")))
    begun = time.monotonic()
    os.killpg(run.pid, signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert time.monotonic() - begun < 20
    assert (run.returncode, out, err) == (130, "", "Stopped. Nothing was replaced.\n")
    assert contents_of(tiny / "build") == before
    assert [path.name for path in (tiny / "build").iterdir()] == ["1.0-part"]


@pytest.mark.slow
def test_a_polite_kill_cleans_up_too(tiny: Path) -> None:
    run = command(tiny, "--jobs", "2", "--out", str(tiny / "deep" / "out"))
    wait_for(lambda: any((tiny / "deep").glob(".out.partial-*/sheets/*/*.pdf")))
    run.terminate()
    _, err = run.communicate(timeout=60)
    assert run.returncode == 128 + signal.SIGTERM
    assert "Traceback" not in err
    assert not (tiny / "deep").exists()


def wait_for(happened: Callable[[], bool]) -> None:
    """Wait until something has happened, a minute at most."""
    until = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.02)
