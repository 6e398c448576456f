"""Files that travel: the same where they arrive, and refused where they are not."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from building import contents_of
from hypothesis import given, settings
from hypothesis import strategies as st

from printkit.carried_files import (
    CHUNK,
    Damaged,
    Load,
    fonts_load,
    keep,
    lacking,
    laid_out,
    packed,
    parcels,
    pieces_load,
    profile_load,
    unpack,
)
from printkit.project import Project


def brought(root: Path, load: Load, folder: Path) -> Path:
    for parcel in parcels([(root, load)], lacking(folder, [load])):
        assert keep(folder, parcel) == []
    return laid_out(folder, load)


def test_fonts_profiles_and_pieces_lie_there_as_they_lie_here(
    tiny_read: Project, tmp_path: Path
) -> None:
    fonts = brought(tiny_read.fonts, fonts_load(tiny_read.fonts), tmp_path)
    assert contents_of(fonts).items() <= contents_of(tiny_read.fonts).items()
    assert {path.name for path in fonts.glob("*.ttf")} == {
        path.name for path in tiny_read.fonts.glob("*.ttf")
    }
    pieces = pieces_load(tiny_read.root, tiny_read.pieces.values())
    assert brought(tiny_read.root, pieces, tmp_path).name == "project"
    for piece in tiny_read.pieces.values():
        place = laid_out(tmp_path, pieces) / piece.folder.relative_to(tiny_read.root)
        assert contents_of(place) == contents_of(piece.folder)
    profile = tiny_read.profiles / "TR006.icc"
    assert brought(profile, profile_load(profile), tmp_path).read_bytes() == profile.read_bytes()


def test_a_load_is_the_same_wherever_the_project_lies(tiny: Path, tiny_read: Project) -> None:
    from printkit.project import load_project

    other = load_project(tiny)
    assert pieces_load(other.root, other.pieces.values()) == pieces_load(
        tiny_read.root, tiny_read.pieces.values()
    )


def test_a_link_stays_a_link_so_that_it_leads_where_it_led(tmp_path: Path, tiny: Path) -> None:
    from printkit.project import load_project

    (tiny / "flyers/leaf/near.css").symlink_to("style.css")
    (tiny / "flyers/leaf/far.css").symlink_to((tiny / "campaign.toml").resolve())
    project = load_project(tiny)
    load = pieces_load(project.root, project.pieces.values())
    assert set(load.links) == {
        ("flyers/leaf/near.css", "style.css"),
        ("flyers/leaf/far.css", "../../campaign.toml"),
    }
    leaf = brought(project.root, load, tmp_path / "there") / "flyers/leaf"
    assert (leaf / "near.css").read_bytes() == (leaf / "style.css").read_bytes()
    assert not (leaf / "far.css").exists()


def test_large_files_travel_in_several_messages(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.icc").write_bytes(bytes([number]) * (CHUNK // 2 + 1))
    load = profile_load(tmp_path)
    wanted = [digest for _, digest in load.files]
    assert [len(parcel) for parcel in parcels([(tmp_path, load)], wanted)] == [1, 1, 1]


def test_a_file_that_changed_since_does_not_leave(tmp_path: Path) -> None:
    path = tmp_path / "shop.icc"
    path.write_bytes(b"as it was")
    load = profile_load(path)
    path.write_bytes(b"as it is")
    with pytest.raises(Damaged):
        list(parcels([(path, load)], [load.files[0][1]]))


def test_a_wrong_byte_is_not_kept(tmp_path: Path) -> None:
    digest = "0" * 64
    assert keep(tmp_path, {digest: b"something else"}) == [digest]
    assert list(tmp_path.iterdir()) == []


def test_what_the_disk_made_of_a_file_is_seen_and_asked_for_again(tmp_path: Path) -> None:
    path = tmp_path / "shop.icc"
    path.write_bytes(b"whole")
    load, there = profile_load(path), tmp_path / "there"
    (digest,) = (digest for _, digest in load.files)
    keep(there, {digest: b"whole"})
    (there / digest).write_bytes(b"wh0le")
    with pytest.raises(Damaged):
        laid_out(there, load)
    assert lacking(there, [load]) == [digest]
    assert brought(path, load, there).read_bytes() == b"whole"


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=50), st.lists(st.binary(max_size=50), max_size=5))
def test_what_comes_back_is_what_was_written(head: bytes, tails: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        there, home = Path(folder, "there"), Path(folder, "home")
        there.mkdir()
        home.mkdir()
        for number, tail in enumerate(tails):
            (there / f"job-{number % 2}").mkdir(exist_ok=True)
            (there / f"job-{number % 2}" / f"{number}.pdf").write_bytes(head + tail)
        files = packed(there)
        unpack(files, home)
        assert contents_of(home) == contents_of(there)
        assert sum(len(file.rest) for file in files) <= len(head) + sum(map(len, tails))


def test_what_comes_back_damaged_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"a sheet")
    (file,) = packed(tmp_path)
    with pytest.raises(Damaged):
        unpack([replace(file, rest=b"a sheep")], tmp_path)


@pytest.mark.parametrize("name", ["../a.pdf", "job/../../a.pdf", "/tmp/a.pdf", "", ".", "job//a"])
def test_what_would_lead_out_of_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.pdf").write_bytes(b"a sheet")
    (file,) = packed(tmp_path)
    with pytest.raises(Damaged):
        unpack([replace(file, name=name)], tmp_path / "home")
    assert not (tmp_path / "home").exists()
