"""What is new takes the place of what was there, all of it or nothing."""

import os
import signal
import threading
from pathlib import Path

import pytest

from printkit.placing import beside, swap_in, uninterrupted, write_whole


def folder_with(path: Path, words: str) -> Path:
    path.mkdir(parents=True)
    (path / "sheet.pdf").write_text(words)
    return path


def test_new_folders_and_files_take_their_places(tmp_path: Path) -> None:
    place = folder_with(tmp_path / "build", "old")
    (place / "LIST").write_text("old")
    aside = tmp_path / "aside"
    new = folder_with(aside / "new", "new")
    (aside / "LIST").write_text("new")
    swap_in([(aside / "LIST", place / "LIST")], aside=aside)
    assert (place / "LIST").read_text() == "new"
    assert (place / "sheet.pdf").read_text() == "old"
    swap_in([(new, place)], aside=aside)
    assert sorted(path.name for path in place.iterdir()) == ["sheet.pdf"]
    assert (place / "sheet.pdf").read_text() == "new"


def test_where_one_cannot_be_placed_all_is_as_before(tmp_path: Path) -> None:
    first = folder_with(tmp_path / "build" / "fresno", "old")
    second = folder_with(tmp_path / "build" / "kern", "old")
    aside = tmp_path / "aside"
    new = folder_with(aside / "fresno", "new")
    with pytest.raises(FileNotFoundError):
        swap_in([(new, first), (aside / "missing", second)], aside=aside)
    assert (first / "sheet.pdf").read_text() == "old"
    assert (second / "sheet.pdf").read_text() == "old"
    assert (new / "sheet.pdf").read_text() == "new"


def test_the_folder_beside_is_on_the_same_disk_and_leaves_nothing(tmp_path: Path) -> None:
    place = tmp_path / "not" / "there" / "yet"
    with beside(place) as staging:
        assert staging.parent == place.parent
        folder_with(staging / "batches", "half made")
    assert list(tmp_path.iterdir()) == []


def test_after_an_error_nothing_is_left_either(tmp_path: Path) -> None:
    kept = folder_with(tmp_path / "build", "old")

    def stopped() -> None:
        with beside(kept) as staging:
            folder_with(staging / "batches", "half made")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


def test_folders_that_came_to_hold_something_stay(tmp_path: Path) -> None:
    place = tmp_path / "build" / "1.0"
    with beside(place) as staging:
        swap_in([(folder_with(staging / "batches", "new"), place)], aside=staging)
    assert [path.name for path in (tmp_path / "build").iterdir()] == ["1.0"]


def test_a_very_long_name_still_has_a_folder_beside_it(tmp_path: Path) -> None:
    with beside(tmp_path / ("x" * 250)) as staging:
        assert len(staging.name) < 100


def test_ctrl_c_waits_until_the_last_move_is_done(tmp_path: Path) -> None:
    with uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)


def test_other_threads_are_never_interrupted_and_may_swap(tmp_path: Path) -> None:
    new = folder_with(tmp_path / "new", "new")
    thread = threading.Thread(
        target=swap_in, args=([(new, tmp_path / "place")],), kwargs={"aside": tmp_path}
    )
    thread.start()
    thread.join()
    assert (tmp_path / "place" / "sheet.pdf").read_text() == "new"


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    write_whole(tmp_path / "es.png", b"old")
    write_whole(tmp_path / "es.png", b"new")
    assert (tmp_path / "es.png").read_bytes() == b"new"
    (tmp_path / "vi.png").mkdir()
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path / "vi.png", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["es.png", "vi.png"]
