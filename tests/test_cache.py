"""The cache gives back what was put or nothing, whoever else is at it, and whatever breaks."""

import errno
import fcntl
import itertools
import os
import pickle
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit import cache as caching
from printkit.cache import Cache, Held, open_cache

SOURCES = Path(__file__).resolve().parent.parent / "src"
DATA = bytes(range(256)) * 40
ROOT = os.geteuid() == 0


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """A cache that is empty."""
    found = open_cache({"PRINTKIT_CACHE": str(tmp_path / "cache")})
    assert found is not None
    return found


def entries(cache: Cache) -> list[Path]:
    return sorted(one for one in cache.folder.iterdir() if one.name != "CACHEDIR.TAG")


def run(program: str, cache: Cache, *words: object) -> subprocess.Popen[str]:
    """Start a program of another process, which has the same cache."""
    head = "import os, signal, sys\nfrom pathlib import Path\nfrom printkit.cache import Cache\n"
    head += "cache = Cache(folder=Path(sys.argv[1]))\n"
    return subprocess.Popen(
        [sys.executable, "-c", head + program, str(cache.folder), *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        text=True,
        stdout=subprocess.PIPE,
    )


# What is put is got ----------------------------------------------------------------------------


def test_what_was_put_is_got_and_nothing_else(cache: Cache) -> None:
    assert cache.get("laid", "a") is None
    assert cache.put("laid", "a", DATA)
    assert cache.put("laid", "b", b"")

    assert cache.get("laid", "a") == DATA
    assert cache.get("laid", "b") == b""
    assert cache.get("fonts", "a") is None
    assert cache.put("laid", "a", b"newer") and cache.get("laid", "a") == b"newer"
    assert len(entries(cache)) == 2


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("laid", "laid-a", "x2")),
            st.text(st.characters(), max_size=3),
            st.binary(max_size=9),
        )
    )
)
def test_it_is_a_table_by_kind_and_key(
    tmp_path_factory: pytest.TempPathFactory, puts: list[tuple[str, str, bytes]]
) -> None:
    cache, model = Cache(folder=tmp_path_factory.mktemp("cache")), {}
    for kind, key, data in puts:
        assert cache.put(kind, key, data)
        model[kind, key] = data
    assert all(cache.get(*place) == data for place, data in model.items())
    assert sum(one.entries for one in cache.size()) == len(model)


def test_it_travels_to_workers(cache: Cache) -> None:
    cache.put("laid", "a", DATA)
    assert pickle.loads(pickle.dumps(cache)).get("laid", "a") == DATA


@pytest.mark.parametrize("kind", ["../laid", "a/b", "", ".laid", "Laid", "laid\n"])
def test_a_kind_is_a_small_word(cache: Cache, kind: str) -> None:
    with pytest.raises(ValueError, match="is no kind of entry"):
        cache.put(kind, "a", DATA)


def test_files_are_the_users_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        cache = open_cache({"XDG_CACHE_HOME": str(tmp_path / "new" / "caches")})
        assert cache is not None and cache.put("laid", "a", DATA)
    finally:
        os.umask(before)

    for folder in (tmp_path / "new", tmp_path / "new/caches", cache.folder):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert [one.stat().st_mode & 0o777 for one in cache.folder.iterdir()] == [0o600, 0o600]


def test_an_entry_that_is_too_large_is_not_kept(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caching, "LARGEST", 100)
    assert cache.put("laid", "a", bytes(100)) and not cache.put("laid", "b", bytes(101))
    monkeypatch.setattr(caching, "LARGEST", 99)
    assert cache.get("laid", "a") is None


def test_backups_leave_it_out(cache: Cache) -> None:
    tag = (cache.folder / "CACHEDIR.TAG").read_bytes()
    assert tag.startswith(b"Signature: 8a477f597d28d172789f06886806bc55\n")
    tar = shutil.which("tar")
    if tar is None or b"GNU" not in subprocess.check_output([tar, "--version"]):
        pytest.skip("This tar knows nothing of the tag.")
    cache.put("laid", "a", DATA)
    place = ("-C", str(cache.folder.parent), cache.folder.name)
    words = [tar, "--exclude-caches", "-cf", "-", *place]
    packed = subprocess.run(words, capture_output=True, check=True)
    assert b"CACHEDIR.TAG" in packed.stdout and b"laid-" not in packed.stdout


def test_importing_it_brings_nothing_heavy() -> None:
    program = "import sys, printkit.cache; print(*{name.split('.')[0] for name in sys.modules})"
    told = subprocess.check_output(
        [sys.executable, "-S", "-c", program], env={"PYTHONPATH": str(SOURCES)}, text=True
    )
    outside = {"typer", "rich", "weasyprint", "pikepdf", "babel", "jinja2", "tempfile", "pickle"}
    assert not outside & set(told.split())


@pytest.mark.parametrize(
    "module", ["people", "people_cells", "letters", "privacy", "stamp/typed", "cli_letters"]
)
def test_what_touches_peoples_data_knows_no_cache(module: str) -> None:
    source = SOURCES / "printkit" / f"{module}.py"
    assert "printkit.cache" not in source.read_text(encoding="utf-8")


# Broken entries --------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [0, 16, 17, 48, 49, 5000, -1])
def test_a_flipped_bit_is_noticed_and_the_entry_made_anew(cache: Cache, place: int) -> None:
    cache.put("laid", "a", DATA)
    (entry,) = entries(cache)
    broken = bytearray(entry.read_bytes())
    broken[place] ^= 1
    entry.write_bytes(broken)

    assert cache.get("laid", "a") is None
    assert entries(cache) == []
    assert cache.put("laid", "a", DATA) and cache.get("laid", "a") == DATA


@pytest.mark.parametrize("length", [0, 1, 17, 48, 49, 5000, len(DATA) + 48])
def test_a_part_of_an_entry_is_noticed(cache: Cache, length: int) -> None:
    cache.put("laid", "a", DATA)
    (entry,) = entries(cache)
    os.truncate(entry, length)

    assert cache.get("laid", "a") is None
    assert entries(cache) == []


def test_what_follows_an_entry_is_noticed(cache: Cache) -> None:
    cache.put("laid", "a", DATA)
    (entry,) = entries(cache)
    entry.write_bytes(entry.read_bytes() + b"\n")
    assert cache.get("laid", "a") is None and entries(cache) == []


def test_an_entry_in_anothers_place_is_noticed(cache: Cache) -> None:
    cache.put("laid", "a", DATA)
    (first,) = entries(cache)
    cache.put("laid", "b", b"another")
    (second,) = set(entries(cache)) - {first}
    shutil.copyfile(first, second)

    assert cache.get("laid", "b") is None
    assert cache.get("laid", "a") == DATA


def test_a_file_that_can_not_be_read_is_as_if_it_were_not_there(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.put("laid", "a", DATA)

    def worn_out(file: int, length: int) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "read", worn_out)
    assert cache.get("laid", "a") is None
    assert entries(cache) == []


def test_a_disk_that_is_only_to_be_read_still_gives(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.put("laid", "a", DATA)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    for name in ("utime", "unlink", "replace"):
        monkeypatch.setattr(os, name, refuse)
    assert cache.get("laid", "a") == DATA
    assert not cache.put("laid", "b", DATA)
    assert cache.clean(0).left == cache.size()[0].size


# Full disks, killed runs -----------------------------------------------------------------------


def test_a_full_disk_costs_the_entry_and_nothing_else(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    cache.put("laid", "a", b"before")
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        assert not cache.put("laid", "a", DATA)
        assert not cache.put("laid", "b", DATA)
    assert cache.get("laid", "a") == b"before"
    assert len(entries(cache)) == 1


def test_a_disk_that_takes_only_a_part_of_the_bytes(cache: Cache) -> None:
    """The system itself refuses the rest: its files may have 5,000 bytes."""
    program = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
print(cache.put("laid", "a", bytes(9000)), cache.get("laid", "a"), cache.put("laid", "b", b"b"))
"""
    child = run(program, cache)
    assert child.communicate(timeout=60)[0] == "False None True\n"
    assert len(entries(cache)) == 1 and cache.get("laid", "b") == b"b"


def test_no_more_files_may_be_open(cache: Cache) -> None:
    cache.put("laid", "a", DATA)
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = os.dup(0)
    os.close(lowest)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (lowest + 1, limits[1]))
        assert cache.get("laid", "a") is None
        assert not cache.put("laid", "a", b"newer")
        assert cache.size() == ()
        resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, limits[1]))
        assert cache.get("laid", "a") is None
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert cache.get("laid", "a") == DATA


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB, where this user may have one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    words = ["-t", "tmpfs", "-o", "size=64k,mode=700", "none", str(place)]
    if mount is None or subprocess.run([mount, *words], capture_output=True).returncode:
        pytest.skip("This user may mount no disk.")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_tiny_disk_that_is_full(tiny_disk: Path) -> None:
    cache = open_cache({"PRINTKIT_CACHE": str(tiny_disk / "cache")})
    assert cache is not None
    kept = [cache.put("laid", str(number), bytes([number]) * 9000) for number in range(20)]

    assert 2 < sum(kept) < 8
    for number, was_kept in enumerate(kept):
        assert cache.get("laid", str(number)) == (bytes([number]) * 9000 if was_kept else None)
    assert cache.clean(0).entries == sum(kept)
    assert cache.put("laid", "again", DATA) and cache.get("laid", "again") == DATA


KILLED = """
import fcntl
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
{place} = die
cache.put("laid", "a", bytes(9000))
"""


@pytest.mark.parametrize(("place", "size"), [("os.replace", 9049), ("fcntl.flock", 0)])
def test_a_run_that_is_killed_while_it_writes(cache: Cache, place: str, size: int) -> None:
    cache.put("laid", "a", b"before")
    child = run(KILLED.format(place=place), cache)
    child.communicate(timeout=60)

    assert child.returncode == -signal.SIGKILL
    assert cache.get("laid", "a") == b"before"
    assert cache.size()[0] == Held(kind="", entries=1, size=size)
    assert cache.put("laid", "a", DATA) and cache.get("laid", "a") == DATA
    cleaned = cache.clean(10**9)
    assert (cleaned.entries, cleaned.freed) == (0, size)
    assert [one.kind for one in cache.size()] == ["laid"]
    assert cache.get("laid", "a") == DATA


def test_ctrl_c_while_it_writes_leaves_nothing(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        cache.put("laid", "a", DATA)
    assert entries(cache) == []


def test_a_folder_that_is_lost(cache: Cache) -> None:
    cache.put("laid", "a", DATA)
    shutil.rmtree(cache.folder)

    assert cache.get("laid", "a") is None
    assert not cache.put("laid", "a", DATA)
    assert cache.size() == () and cache.clean(0).entries == 0
    assert not cache.folder.exists()


# Cleaning --------------------------------------------------------------------------------------


def used_at(cache: Cache, key: str, second: int) -> None:
    """Put an entry that was used at a second long ago, and that is 1,000 bytes large."""
    before = set(entries(cache))
    cache.put("laid", key, bytes(1000 - 49))
    (entry,) = set(entries(cache)) - before
    os.utime(entry, (second, second))


def test_what_was_not_used_for_longest_goes_first(cache: Cache) -> None:
    for second, key in enumerate("dbacfe"):
        used_at(cache, key, second)
    cache.get("laid", "d")  # the oldest, which is used now

    cleaned = cache.clean(3999)
    assert (cleaned.entries, cleaned.freed, cleaned.left) == (3, 3000, 3000)
    assert [key for key in "abcdef" if cache.get("laid", key)] == ["d", "e", "f"]


@pytest.mark.parametrize(("keep", "stay"), [(0, 0), (999, 0), (1000, 1), (3000, 3), (10**15, 3)])
def test_what_stays_is_no_more_than_was_asked_for(cache: Cache, keep: int, stay: int) -> None:
    for second, key in enumerate("abc"):
        used_at(cache, key, second)
    assert cache.clean(keep).left == sum(one.size for one in cache.size()) == 1000 * stay


def test_other_files_are_left_alone(cache: Cache) -> None:
    for name in ("letter.txt", "laid-0123", f".laid-{'0' * 64}", f"laid-{'0' * 64}.{'0' * 16}"):
        (cache.folder / name).write_text("mine")
    before = sorted(cache.folder.iterdir())

    assert cache.size() == () and cache.clean(0).entries == 0
    assert sorted(cache.folder.iterdir()) == before


def test_cleaning_leaves_what_a_run_writes_just_now(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, cleaned = os.replace, []

    def clean_first(*names: str, **folders: Any) -> None:
        cleaned.append(cache.clean(0))
        rename(*names, **folders)

    monkeypatch.setattr(os, "replace", clean_first)
    assert cache.put("laid", "a", DATA) and cache.get("laid", "a") == DATA
    assert [one.freed for one in cleaned] == [0]


def test_on_a_disk_without_locks_cleaning_costs_a_run_its_entry_at_most(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.replace

    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    def clean_first(*names: str, **folders: Any) -> None:
        cache.clean(0)
        rename(*names, **folders)

    monkeypatch.setattr(fcntl, "flock", no_locks)
    assert cache.put("laid", "a", DATA) and cache.get("laid", "a") == DATA
    monkeypatch.setattr(os, "replace", clean_first)
    assert not cache.put("laid", "b", DATA)
    assert entries(cache) == []


def test_an_entry_that_is_cleaned_while_it_is_read_is_still_read(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.put("laid", "a", DATA)
    reading = os.read

    def clean_first(file: int, length: int) -> bytes:
        cache.clean(0)
        return reading(file, length)

    monkeypatch.setattr(os, "read", clean_first)
    assert cache.get("laid", "a") == DATA
    assert cache.get("laid", "a") is None


# Many at once ----------------------------------------------------------------------------------

BUSY = """
me = bytes([int(sys.argv[2])])
for number in range(int(sys.argv[3])):
    key = str(number % 5)
    cache.put("laid", key, me * (20000 + 100 * number))
    data = cache.get("laid", key)
    if data is not None and (len(set(data)) != 1 or len(data) % 100):
        print("torn", len(data))
    if me == b"2" and number % 3 == 0:
        cache.clean(50000)
"""


def test_processes_at_once_see_whole_entries_or_none(cache: Cache) -> None:
    children = [run(BUSY, cache, ord(me), 60) for me in "123"]
    seen = 0
    while any(child.poll() is None for child in children):
        for number in range(5):
            data = cache.get("laid", str(number))
            assert data is None or (len(set(data)) == 1 and len(data) % 100 == 0)
            seen += data is not None
        time.sleep(0.002)

    assert [child.communicate()[0] for child in children] == ["", "", ""]
    assert [child.returncode for child in children] == [0, 0, 0]
    assert seen and all(one.kind for one in cache.size())
    cache.clean(0)
    assert entries(cache) == []


def test_many_runs_make_the_folder_at_once(tmp_path: Path) -> None:
    place = tmp_path / "not" / "yet" / "there"
    program = "from printkit.cache import open_cache\nsys.stdin.readline()\n"
    program += f"print(open_cache({{'PRINTKIT_CACHE': {str(place)!r}}}).put('laid', 'a', b'a'))"
    children = [run(program, Cache(folder=place)) for _ in range(3)]

    assert [child.communicate("\n", timeout=60)[0] for child in children] == ["True\n"] * 3
    names = [one.name.split("-")[0] for one in place.iterdir()]
    assert sorted(names) == ["CACHEDIR.TAG", "laid"]


# Hostile folders -------------------------------------------------------------------------------


def test_an_entry_that_is_a_link_is_neither_followed_nor_written_through(
    cache: Cache, tmp_path: Path
) -> None:
    cache.put("laid", "a", DATA)
    (entry,) = entries(cache)
    secret = tmp_path / "secret"
    entry.rename(secret)
    whole = secret.read_bytes()
    entry.symlink_to(secret)

    assert cache.get("laid", "a") is None
    assert cache.put("laid", "a", b"newer") and cache.get("laid", "a") == b"newer"
    entry.unlink()
    entry.symlink_to(secret)
    assert cache.clean(0).entries == 1
    assert entries(cache) == [] and secret.read_bytes() == whole


def test_a_pipe_in_an_entrys_place_makes_nobody_wait(cache: Cache) -> None:
    cache.put("laid", "a", DATA)
    (entry,) = entries(cache)
    entry.unlink()
    os.mkfifo(entry)
    assert cache.get("laid", "a") is None
    assert cache.put("laid", "a", DATA) and cache.get("laid", "a") == DATA


def test_a_folder_in_an_entrys_place(cache: Cache) -> None:
    cache.put("laid", "a", DATA)
    (entry,) = entries(cache)
    entry.unlink()
    entry.mkdir()
    (entry / "mine").write_text("mine")

    assert cache.get("laid", "a") is None and not cache.put("laid", "a", DATA)
    assert cache.clean(0).entries == 0 and (entry / "mine").exists()


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o720, 0o702])
def test_a_folder_that_others_may_write_into_by_now_is_not_used(cache: Cache, mode: int) -> None:
    cache.put("laid", "a", DATA)
    cache.folder.chmod(mode)
    assert cache.get("laid", "a") is None and not cache.put("laid", "b", DATA)
    assert cache.size() == () and cache.clean(0).entries == 0


def test_an_entry_that_others_may_write_is_not_read(cache: Cache) -> None:
    cache.put("laid", "a", DATA)
    entries(cache)[0].chmod(0o666)
    assert cache.get("laid", "a") is None and entries(cache) == []


def test_a_folder_that_is_somebody_elses_is_not_used(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.put("laid", "a", DATA)
    monkeypatch.setattr(os, "geteuid", lambda: cache.folder.stat().st_uid + 1)
    assert cache.get("laid", "a") is None and not cache.put("laid", "b", DATA)


@pytest.mark.skipif(not ROOT, reason="Only root can give files away.")
def test_files_that_were_given_away_are_not_used(cache: Cache) -> None:
    cache.put("laid", "a", DATA)
    os.chown(entries(cache)[0], 65534, 65534)
    assert cache.get("laid", "a") is None and entries(cache) == []
    cache.put("laid", "a", DATA)
    os.chown(cache.folder, 65534, 65534)
    assert cache.get("laid", "a") is None


def test_another_folder_put_in_its_place_is_not_used(cache: Cache, tmp_path: Path) -> None:
    """As somebody does who may write into the folder above it."""
    planted = tmp_path / "planted"
    cache.put("laid", "a", DATA)
    cache.folder.rename(planted)
    cache.folder.symlink_to(planted)
    assert cache.get("laid", "a") is None and not cache.put("laid", "b", DATA)


def test_every_way_of_breaking_a_folder_keeps_quiet(cache: Cache, tmp_path: Path) -> None:
    """Whatever stands there, nothing is raised, and nothing is got that was not put."""
    shutil.rmtree(cache.folder)
    breaks: tuple[Callable[[], object], ...] = (
        lambda: cache.folder.write_text("a file"),
        lambda: os.mkfifo(cache.folder),
        lambda: cache.folder.symlink_to(cache.folder),
        lambda: cache.folder.symlink_to(tmp_path / "nothing"),
    )
    for break_it, key in itertools.product(breaks, ("a", "b")):
        break_it()
        assert cache.get("laid", key) is None and not cache.put("laid", key, DATA)
        assert cache.size() == () and cache.clean(0).freed == 0
        cache.folder.unlink()
