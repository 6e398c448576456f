"""Jobs on a real scheduler and its workers: the same bytes, whoever is killed on the way."""

import functools
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from building import contents_of, shop_in, silent
from dask_kit import TESTS, Cluster

from printkit import carried_files, cluster, errands
from printkit.cluster import ClusterExecutor, cluster_for
from printkit.errors import Problem, UserError
from printkit.executors import executor_for, run_all
from printkit.fonts import visible_fonts
from printkit.jobs import Selection
from printkit.press import Made
from printkit.pressing import press_all
from printkit.project import Project

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow

ONE_LANGUAGE = Selection(languages=frozenset({"es"}))


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler with two workers, which tests leave as they are."""
    started = Cluster(tmp_path_factory.mktemp("two"))
    try:
        started.add_worker()
        started.add_worker()
        started.wait_for(2)
        yield started
    finally:
        started.close()


@pytest.fixture
def lone(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler of the test's own that forgives no failure; it starts without workers."""
    started = Cluster(tmp_path / "lone", DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
    try:
        yield started
    finally:
        started.close()


def pressed_there(
    address: str, project: Project, folder: Path, selection: Selection, progress: Any = silent
) -> tuple[list[Made], dict[str, bytes]]:
    shop = shop_in(folder, project)
    with cluster_for(address, project, store=shop.store) as executor:
        made = press_all(
            project, selection, shop, executor, workers=executor.workers, progress=progress
        )
    return made, contents_of(shop.store)


def pressed_here(
    project: Project, folder: Path, selection: Selection
) -> tuple[list[Made], dict[str, bytes]]:
    shop = shop_in(folder, project)
    with executor_for(1, fonts=project.fonts, scratch=folder / "scratch") as executor:
        made = press_all(project, selection, shop, executor, workers=1, progress=silent)
    return made, contents_of(shop.store)


def ready(cluster_of: Cluster, project: Project, folder: Path) -> Any:
    folder.mkdir(exist_ok=True)
    return cluster_for(cluster_of.address, project, store=folder)


def run(executor: ClusterExecutor, function: Any, items: Any) -> dict[int, Any]:
    return dict(run_all(executor, function, items, workers=executor.workers))


def tasks_known(dask_scheduler: Any) -> int:
    return len(dask_scheduler.tasks)


def tasks_left(cluster_of: Cluster) -> int:
    """Return how many jobs and results a scheduler still knows of, once it had time to forget."""
    with cluster_of.client() as client:
        for _ in range(50):
            if (left := int(client.run_on_scheduler(tasks_known))) == 0:
                return 0
            time.sleep(0.1)
    return left


def problem_of(caught: pytest.ExceptionInfo[UserError]) -> Problem:
    (problem,) = caught.value.problems
    return problem


# --- What workers are asked to do in these tests ------------------------------


def square(number: int) -> int:
    return number * number


def fonts_seen(number: int) -> set[str]:
    time.sleep(0.1)
    return {path.name for path in visible_fonts()}


def asleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def written(number: int, store: Path) -> str:
    (store / f"{number}.pdf").write_bytes(b"as before" * 1000 + bytes([number]))
    return f"{store.name}"


def broken(number: int) -> int:
    raise ValueError(f"{number} is broken")


def no_room(number: int) -> int:
    raise OSError(28, "No space left on device")


class Deadly:
    """A job that ends whatever process runs it."""

    name = "leaf es press"


def deadly(job: Deadly) -> None:
    os._exit(1)


# --- The good -------------------------------------------------------------------


def test_two_workers_make_what_one_process_makes(
    two: Cluster, tiny_read: Project, tmp_path: Path
) -> None:
    there = pressed_there(two.address, tiny_read, tmp_path / "there", Selection())
    assert there == pressed_here(tiny_read, tmp_path / "here", Selection())
    assert len(there[1]) == len(there[0]) > 10
    assert tasks_left(two) == 0


def test_a_worker_killed_in_the_middle_changes_no_byte(tmp_path: Path, tiny_read: Project) -> None:
    started = Cluster(tmp_path / "cluster")
    try:
        victim = started.add_worker()
        started.add_worker()
        started.wait_for(2)
        done_when_killed: list[tuple[int, int]] = []

        def progress(what: str, done: int, total: int) -> None:
            if done == 3 and not done_when_killed:
                victim.send_signal(signal.SIGKILL)
                done_when_killed.append((done, total))

        selection = Selection(editions=frozenset({"press"}))
        there = pressed_there(
            started.address, tiny_read, tmp_path / "there", selection, progress=progress
        )
        assert victim.wait() == -signal.SIGKILL
    finally:
        started.close()
    ((done, total),) = done_when_killed
    assert done < total - 2
    assert there == pressed_here(tiny_read, tmp_path / "here", selection)


def test_files_are_asked_for_once_a_worker(
    two: Cluster, tiny_read: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    def counting(loads: Any, wanted: Any) -> Any:
        for parcel in carried_files.parcels(loads, wanted):
            sent.extend(parcel)
            yield parcel

    monkeypatch.setattr(cluster, "parcels", counting)
    with ready(two, tiny_read, tmp_path / "first"):
        pass
    assert len(sent) == len(set(sent))
    sent.clear()
    with ready(two, tiny_read, tmp_path / "second") as executor:
        seen = run(executor, fonts_seen, range(6))
    assert sent == []
    own = {path.name for path in tiny_read.fonts.glob("*.ttf")}
    assert list(seen.values()) == [own] * 6


def test_a_worker_that_comes_later_fetches_what_it_lacks(
    lone: Cluster, tiny_read: Project, tmp_path: Path
) -> None:
    first = lone.add_worker()
    lone.wait_for(1)
    with ready(lone, tiny_read, tmp_path / "store") as executor:
        lone.add_worker()
        lone.wait_for(2)
        first.terminate()  # politely: it gives what it has back
        first.wait()
        assert run(executor, square, range(5)) == {number: number**2 for number in range(5)}


def test_what_is_written_comes_home(two: Cluster, tiny_read: Project, tmp_path: Path) -> None:
    store = tmp_path / "store"
    with ready(two, tiny_read, store) as executor:
        told = run(executor, functools.partial(written, store=store), range(3))
    assert all(name.startswith("store-") for name in told.values())
    assert contents_of(store) == {
        f"{number}.pdf": b"as before" * 1000 + bytes([number]) for number in range(3)
    }


def test_another_projects_fonts_can_follow_on_the_same_worker(
    two: Cluster, tiny: Path, tiny_read: Project, tmp_path: Path
) -> None:
    from printkit.project import load_project

    fonts = tiny / "fonts"
    real = fonts.resolve()
    if fonts.is_symlink():
        fonts.unlink()
        shutil.copytree(real, fonts)
    sums = (fonts / "SHA256SUMS").read_text(encoding="utf-8").splitlines(keepends=True)
    gone = "NotoSansSC-Bold.ttf"
    (fonts / gone).unlink()
    (fonts / "SHA256SUMS").write_text("".join(one for one in sums if gone not in one))
    fewer = load_project(tiny)
    for project in (tiny_read, fewer, tiny_read):
        with ready(two, project, tmp_path / "store") as executor:
            (seen,) = run(executor, fonts_seen, [0]).values()
            assert seen == {path.name for path in project.fonts.glob("*.ttf")}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "printkit.cli", "build", *arguments]


def test_the_command_builds_the_same_folder_there_and_here(two: Cluster, tiny: Path) -> None:
    chosen = ("--project", str(tiny), "--edition", "copier", "--language", "ar")
    environment = os.environ | {"PYTHONPATH": str(TESTS.parent / "src"), "PRINTKIT_CACHE": "off"}
    folders = []
    for how in (("--executor", "dask", "--scheduler", two.address), ("--jobs", "1")):
        folder = tiny.parent / how[1]
        done = subprocess.run(
            command(*chosen, *how, "--out", str(folder)),
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        folders.append(contents_of(folder))
    assert folders[0] == folders[1]
    assert any(name.endswith("PACKING-LIST.pdf") for name in folders[0])


def test_ctrl_c_ends_the_command_and_calls_its_jobs_back(two: Cluster, tiny: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(TESTS.parent / "src"), "PRINTKIT_CACHE": "off"}
    running = subprocess.Popen(
        command("--project", str(tiny), "--executor", "dask", "--scheduler", two.address),
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    with two.client() as client:
        for _ in range(300):
            if client.run_on_scheduler(tasks_known):
                break
            time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert (running.returncode, said.splitlines()[-1]) == (130, "Stopped. Nothing was replaced.")
    assert not any((tiny / "build").glob("*"))
    assert tasks_left(two) == 0


# --- One thing wrong ------------------------------------------------------------


def test_a_scheduler_that_is_not_there_is_told(
    tiny_read: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ANSWERS_S", 1)
    for address in ("tcp://127.0.0.1:9", "no such thing", "udp://127.0.0.1:9"):
        with (
            pytest.raises(UserError) as caught,
            cluster_for(address, tiny_read, store=tmp_path),
        ):
            pass
        assert problem_of(caught).what == f'No Dask scheduler answers at "{address}".'


def test_what_listens_and_is_no_scheduler_is_told(
    tiny_read: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ANSWERS_S", 1)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        address = f"tcp://127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(UserError) as caught, cluster_for(address, tiny_read, store=tmp_path):
            pass
    assert problem_of(caught).what == f'No Dask scheduler answers at "{address}".'


def test_a_scheduler_without_workers_is_told(
    lone: Cluster, tiny_read: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ANSWERS_S", 1)
    with pytest.raises(UserError) as caught, ready(lone, tiny_read, tmp_path / "store"):
        pass
    assert problem_of(caught).what == f'The scheduler at "{lone.address}" has no workers.'
    assert f"dask worker {lone.address}" in problem_of(caught).fix


def test_workers_that_would_make_other_bytes_are_refused_each_with_its_reason(
    lone: Cluster, tiny_read: Project, tmp_path: Path
) -> None:
    other, none = tmp_path / "other", tmp_path / "none"
    shutil.copytree(TESTS.parent / "src/printkit", other / "printkit")
    with (other / "printkit/press.py").open("a", encoding="utf-8") as file:
        file.write("\n# Changed.\n")
    (none / "printkit").mkdir(parents=True)
    (none / "printkit/__init__.py").write_text('__version__ = "0.9"\n')
    lone.add_worker(PYTHONPATH=str(other))
    lone.add_worker(PYTHONPATH=str(none))
    lone.add_worker("--nthreads", "2")
    lone.wait_for(3)
    with pytest.raises(UserError) as caught, ready(lone, tiny_read, tmp_path / "store"):
        pass
    told = sorted(
        problem.what.split(" ", 3)[3] + " " + problem.fix for problem in caught.value.problems
    )
    assert told == [
        "has no printkit, or another version of it. Start it from a checkout of the same version"
        " as here, once scripts/setup.sh --dask has run there: .venv/bin/dask worker …",
        "runs another state of printkit's code. Check out the same commit there and here, and"
        " start the worker again.",
        "would run 2 jobs at once in one process, which has one set of fonts. Start it with:"
        " --nworkers auto --nthreads 1",
    ]


def test_a_wrong_worker_that_comes_later_is_refused_too(
    lone: Cluster, tiny_read: Project, tmp_path: Path
) -> None:
    first = lone.add_worker()
    lone.wait_for(1)
    with ready(lone, tiny_read, tmp_path / "store") as executor:
        lone.add_worker("--nthreads", "3")
        lone.wait_for(2)
        first.terminate()
        first.wait()
        with pytest.raises(UserError) as caught:
            run(executor, square, [1])
    assert "would run 3 jobs at once in one process" in problem_of(caught).what


def test_a_wrong_byte_is_refused_and_told(
    lone: Cluster, tiny_read: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaging(loads: Any, wanted: Any) -> Any:
        for parcel in carried_files.parcels(loads, wanted):
            yield {digest: data[:-1] + b"?" for digest, data in parcel.items()}

    monkeypatch.setattr(cluster, "parcels", damaging)
    lone.add_worker()
    lone.wait_for(1)
    with pytest.raises(UserError) as caught, ready(lone, tiny_read, tmp_path / "store"):
        pass
    assert "is not what was sent: fonts/SHA256SUMS" in problem_of(caught).what


def test_what_a_worker_loses_from_its_disk_it_is_brought_again(
    lone: Cluster, tiny_read: Project, tmp_path: Path
) -> None:
    lone.add_worker()
    lone.wait_for(1)
    with ready(lone, tiny_read, tmp_path / "store") as executor:
        kept = [
            path
            for path in (tmp_path / "lone/worker-0").rglob("*")
            if path.is_file() and len(path.name) == 64
        ]
        assert len(kept) > 40
        kept[0].write_bytes(b"damaged")
        kept[1].unlink()
        assert run(executor, square, [3]) == {0: 9}


def test_a_job_that_kills_its_workers_is_named(
    lone: Cluster, tiny_read: Project, tmp_path: Path
) -> None:
    lone.add_worker()
    lone.add_worker()
    lone.wait_for(2)
    with (
        ready(lone, tiny_read, tmp_path / "store") as executor,
        pytest.raises(UserError) as caught,
    ):
        run(executor, deadly, [Deadly()])
    assert problem_of(caught).what == (
        'The job "leaf es press" stopped worker after worker, perhaps for want of memory.'
    )


def test_a_job_fails_there_as_it_does_here(
    two: Cluster, tiny_read: Project, tmp_path: Path
) -> None:
    with ready(two, tiny_read, tmp_path / "store") as executor:
        with pytest.raises(ValueError, match="7 is broken"):
            run(executor, broken, [7])
        with pytest.raises(UserError) as caught:
            run(executor, no_room, [7])
        assert "can't read or write its files: No space left on device." in problem_of(caught).what
    assert tasks_left(two) == 0


def test_when_the_last_worker_is_gone_the_build_ends_with_words(
    lone: Cluster, tiny_read: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ALONE_S", 2)
    monkeypatch.setattr(cluster, "LOOK_AGAIN_S", 1)
    worker = lone.add_worker()
    lone.wait_for(1)
    with ready(lone, tiny_read, tmp_path / "store") as executor:
        worker.terminate()
        worker.wait()
        with pytest.raises(UserError) as caught:
            run(executor, square, [1])
    assert problem_of(caught).what == (
        f'For 2 seconds no worker was to be had from the scheduler at "{lone.address}".'
    )


def test_when_the_scheduler_is_killed_the_build_ends_with_words(
    lone: Cluster, tiny_read: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ALONE_S", 2)
    monkeypatch.setattr(cluster, "LOOK_AGAIN_S", 1)
    lone.add_worker()
    lone.wait_for(1)
    with ready(lone, tiny_read, tmp_path / "store") as executor:
        future = executor.submit(asleep, 30)
        lone.scheduler.kill()
        with pytest.raises(UserError) as caught:
            future.result(timeout=60)
    assert "Start it" in problem_of(caught).fix or "Start workers" in problem_of(caught).fix


def test_what_is_out_is_called_back_when_a_build_stops(
    two: Cluster, tiny_read: Project, tmp_path: Path
) -> None:
    def interrupted() -> None:
        with ready(two, tiny_read, tmp_path / "store") as executor:
            for _ in range(6):
                executor.submit(asleep, 0.5)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert tasks_left(two) == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--scheduler", "tcp://127.0.0.1:9"], "--scheduler is for Dask. Add: --executor dask"),
        (["--executor", "dask"], "--executor dask needs the address of its scheduler."),
        (
            ["--executor", "dask", "--scheduler", "tcp://127.0.0.1:9", "--jobs", "2"],
            "--jobs counts this machine's workers, and with Dask there are none.",
        ),
    ],
)
def test_options_that_do_not_fit_together_are_told(
    options: list[str], words: str, tiny_once: Path
) -> None:
    from typer.testing import CliRunner

    from printkit.cli import app

    done = CliRunner().invoke(app, ["build", "--project", str(tiny_once), *options])
    assert isinstance(done.exception, UserError)
    assert words in str(done.exception)


def test_without_dask_the_set_up_is_told(
    tiny_read: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(UserError) as caught,
        cluster_for("tcp://127.0.0.1:9", tiny_read, store=tmp_path),
    ):
        pass
    assert str(problem_of(caught)) == ("Dask is not installed here. Run: scripts/setup.sh --dask")


def test_the_worker_says_what_its_machine_lacks() -> None:
    here = errands.tools_here()
    assert here.threads == 1 and here.missing == () and "weasyprint 70.0" in here.told
