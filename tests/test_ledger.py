"""The ledger keeps every order that was written down, whoever writes, and whatever is cut off."""

import datetime
import errno
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.errors import UserError
from printkit.ledger import Entry, append, as_line, load_ledger

DAY = datetime.date(2026, 7, 1)
ONE = Entry(
    on=DAY,
    shop="example",
    version="1.0",
    code="AB12CD",
    sha256="a" * 64,
    piece="card",
    language="es",
    region="fresno",
    edition="press",
    copies=5200,
    price=Decimal("312.50"),
    parts={"words": "0a1b2c3d"},
)
WORDS = st.text(min_size=1, max_size=8).filter(str.isprintable)
ENTRIES = st.builds(
    Entry,
    on=st.dates(),
    shop=WORDS,
    version=WORDS,
    code=WORDS,
    sha256=WORDS,
    piece=WORDS,
    language=WORDS,
    region=WORDS,
    edition=WORDS,
    copies=st.integers(-(10**6), 10**6),
    price=st.none() | st.decimals(0, 10**6, places=2),
    parts=st.dictionaries(WORDS, WORDS, max_size=2),
)


def test_what_is_written_down_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "orders" / "ledger.jsonl"
    assert load_ledger(path).entries == ()
    append(path, [ONE])
    append(path, [replace(ONE, region="kern", price=None, parts={})])
    ledger = load_ledger(path)
    assert [entry.region for entry in ledger.entries] == ["fresno", "kern"]
    assert ledger.entries[0] == ONE and ledger.problems == ()
    assert path.read_text().splitlines()[0] == (
        '{"on": "2026-07-01", "shop": "example", "version": "1.0", "code": "AB12CD", '
        f'"sha256": "{"a" * 64}", "piece": "card", "language": "es", "region": "fresno", '
        '"edition": "press", "copies": 5200, "price": "312.50", "currency": "USD", '
        '"parts": {"words": "0a1b2c3d"}}'
    )


@given(st.lists(st.lists(ENTRIES, max_size=3), max_size=4))
def test_nothing_that_was_written_is_ever_changed_or_lost(
    tmp_path_factory: pytest.TempPathFactory, orders: list[list[Entry]]
) -> None:
    path = tmp_path_factory.mktemp("orders") / "ledger.jsonl"
    before = b""
    for order in orders:
        append(path, order, again=True)
        assert path.read_bytes().startswith(before)
        before = path.read_bytes()
    ledger = load_ledger(path)
    assert list(ledger.entries) == [entry for order in orders for entry in order]
    assert ledger.problems == ()


@given(st.binary(max_size=60), st.integers(0, 400))
def test_whatever_was_cut_off_or_broken_is_kept_and_told(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, length: int
) -> None:
    path = tmp_path_factory.mktemp("orders") / "ledger.jsonl"
    broken = as_line(ONE).encode()[:length] if length % 2 else noise
    path.write_bytes(as_line(ONE).encode() + b"\n" + broken)
    append(path, [replace(ONE, region="kern")])
    assert path.read_bytes().startswith(as_line(ONE).encode() + b"\n" + broken)
    ledger = load_ledger(path)
    assert ledger.entries[0] == ONE and ledger.entries[-1].region == "kern"
    lines = [line for line in broken.split(b"\n") if line.strip()]
    assert len(ledger.entries) + len(ledger.problems) == 2 + len(lines)


def test_a_line_that_was_cut_off_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text(as_line(ONE) + "\n" + as_line(ONE)[:40])
    (problem,) = load_ledger(path).problems
    assert str(problem) == (
        "ledger.jsonl:2: The last line was cut off. It is kept, and not counted; add what was "
        "ordered again, if it is missing."
    )
    append(path, [replace(ONE, copies=1)])
    (problem,) = load_ledger(path).problems
    assert str(problem).startswith("ledger.jsonl:2: This line is no entry.")


def test_the_same_order_is_not_written_down_twice_by_mistake(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    append(path, [ONE])
    with pytest.raises(UserError) as caught:
        append(path, [ONE, replace(ONE, region="kern")])
    assert str(caught.value) == (
        '1 of these orders is in the ledger already, such as 5,200 copies of AB12CD at "example" '
        "on 2026-07-01. If they were ordered a second time, add --again."
    )
    assert len(load_ledger(path).entries) == 1, "all of an order, or nothing of it"
    append(path, [ONE], again=True)
    assert len(load_ledger(path).entries) == 2


def test_a_full_disk_leaves_nothing_of_an_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.jsonl"
    append(path, [ONE])
    before, real = path.read_bytes(), os.write

    def full(handle: int, data: bytes) -> int:
        if len(data) < 400:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data[:100])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        append(path, [replace(ONE, region=name) for name in ("kern", "kings")])
    assert path.read_bytes() == before


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is no ledger"):
        load_ledger(tmp_path)


@pytest.mark.slow
def test_two_who_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    script = (
        "import sys; from pathlib import Path; from dataclasses import replace\n"
        "from test_ledger import ONE, append\n"
        "for number in range(60):\n"
        "    rows = [replace(ONE, shop=sys.argv[1], copies=number * 9 + row) for row in range(9)]\n"
        f"    append(Path({str(path)!r}), rows)\n"
    )
    folders = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", script, name], env=os.environ | {"PYTHONPATH": folders}
        )
        for name in ("one", "two", "three")
    ]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    ledger = load_ledger(path)
    assert ledger.problems == () and len(ledger.entries) == 3 * 60 * 9
    for name in ("one", "two", "three"):
        mine = [entry.copies for entry in ledger.entries if entry.shop == name]
        assert mine == list(range(540))
    for first in range(0, len(ledger.entries), 9):
        assert len({entry.shop for entry in ledger.entries[first : first + 9]}) == 1, "orders whole"
