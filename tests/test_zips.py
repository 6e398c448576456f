"""The same content makes the same ZIP, and every program can open it."""

import datetime
import os
import tempfile
import zipfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from printkit.zips import write_zip

DAY = datetime.date(2026, 7, 1)


def test_what_was_put_in_comes_out(tmp_path: Path) -> None:
    (tmp_path / "sheet.pdf").write_bytes(b"%PDF" * 700_000)
    write_zip(tmp_path / "x.zip", {"ś/sheet.pdf": tmp_path / "sheet.pdf", "READ": b"me"}, day=DAY)
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["READ", "ś/sheet.pdf"]
        assert archive.read("ś/sheet.pdf") == b"%PDF" * 700_000
        assert {one.date_time for one in archive.infolist()} == {(2026, 7, 1, 0, 0, 0)}
        assert {one.external_attr >> 16 for one in archive.infolist()} == {0o100644}


def test_neither_order_nor_a_files_own_day_changes_a_byte(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    write_zip(tmp_path / "1.zip", {"a": tmp_path / "a", "b": b"b"}, day=DAY)
    os.utime(tmp_path / "a", (1, 1))
    (tmp_path / "a").chmod(0o600)
    write_zip(tmp_path / "2.zip", {"b": b"b", "a": tmp_path / "a"}, day=DAY)
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


NAMES = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20)


@given(members=st.dictionaries(NAMES, st.binary(max_size=50), max_size=8))
def test_any_members(members: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "x.zip"
        write_zip(place, members, day=DAY)
        with zipfile.ZipFile(place) as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == members
