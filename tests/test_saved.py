"""A save is seen however an editor writes it, and an editor's own files are not."""

from collections.abc import Callable
from pathlib import Path

from project_kit import write

from printkit.saved import changed_files, next_save, snapshot


def then(*steps: Callable[[], object]) -> Callable[[float], None]:
    """Return a pause in which the next step happens."""
    waiting = list(steps)

    def pause(seconds: float) -> None:
        assert 0 < seconds < 1
        if waiting:
            waiting.pop(0)()

    return pause


def nothing() -> None:
    """Let a moment pass."""


def test_a_file_written_anew_is_seen(tiny: Path) -> None:
    seen = snapshot(tiny)
    files, now = next_save(tiny, seen, then(nothing, lambda: write(tiny, "po/es.po", "other")))
    assert files == ("po/es.po",)
    assert now == snapshot(tiny) != seen


def test_a_file_renamed_into_place_is_seen_with_the_same_size_and_time(tiny: Path) -> None:
    seen = snapshot(tiny)
    catalog, other = tiny / "po/es.po", tiny / "po/.es.po.swp"
    other.write_bytes(catalog.read_bytes()[::-1])

    def renamed() -> None:
        import os

        state = catalog.stat()
        os.utime(other, ns=(state.st_atime_ns, state.st_mtime_ns))
        other.replace(catalog)

    assert next_save(tiny, seen, then(renamed))[0] == ("po/es.po",)


def test_a_file_that_is_away_for_a_moment_was_not_taken_away(tiny: Path) -> None:
    seen = snapshot(tiny)
    catalog = tiny / "po/es.po"
    text = catalog.read_text(encoding="utf-8")
    pause = then(catalog.unlink, lambda: write(tiny, "po/es.po", text + "# more\n"))
    files, now = next_save(tiny, seen, pause)
    assert files == ("po/es.po",)
    assert now["po/es.po"][1] == len((text + "# more\n").encode())


def test_what_is_new_and_what_is_gone_is_told_in_order() -> None:
    one, two = (1, 1, 1), (2, 1, 1)
    before = {"po/b.po": one, "po/c.po": one, "po/d.po": one}
    after = {"po/a.po": one, "po/b.po": two, "po/c.po": one}
    assert changed_files(before, after) == ("po/a.po", "po/b.po", "po/d.po")


def test_an_editors_own_files_and_links_to_folders_are_left_out(tiny: Path) -> None:
    seen = snapshot(tiny)
    for name in ("po/.es.po.swp", "po/es.po~", "po/.git/config", "build/es.pdf"):
        write(tiny, name, "x")
    (tiny / "flyers/loop").symlink_to(tiny / "flyers", target_is_directory=True)
    assert snapshot(tiny) == seen
