"""Packs of a finished build: every copy in a box, labels and lists by region, no folder lost."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from building import built as build_tiny
from building import contents_of, silent
from hypothesis import given
from hypothesis import strategies as st
from project_kit import change
from typer.testing import CliRunner

from printkit.built import Built, Sheet, load_built
from printkit.checks.words import page_texts
from printkit.cli import app
from printkit.errors import UserError
from printkit.packs import BOXES, Packed, boxes_csv, pack, packs_for, told
from printkit.project import Project, load_project
from printkit.shops import load_shop

pytestmark = pytest.mark.usefixtures("own_fonts")


@pytest.fixture(scope="module")
def folder(tiny_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished build of the tiny project."""
    return build_tiny(tiny_once, tmp_path_factory.mktemp("packs") / "1.0").out


def sheet(region: str, language: str, piece: str, copies: int, **changes: Any) -> Sheet:
    told: dict[str, Any] = {
        "file": f"{region}/press/{piece}-{language}.pdf",
        "sha256": "0" * 64,
        "bytes": 1,
        "pages": 2,
        "edition": "press",
        "trim": (4.25, 5.5),
        "version": "1.0",
        "digest": "AB12CD",
        "url": None,
        "draft": False,
        "counts": {},
        "failures": (),
        "parts": {},
    }
    given = {"region": region, "language": language, "piece": piece, "copies": copies}
    return Sheet(**(told | given | changes))


def build_of(folder: Path, *sheets: Sheet) -> Built:
    return Built(folder=folder, version="1.0", sheets=sheets)


def packed(project: Project, folder: Path, out: Path, **changes: Any) -> Packed:
    usual = {"shop": None, "stock": "avery-5164", "regions": (), "workers": 1}
    return pack(project, load_built(folder), out=out, progress=silent, **(usual | changes))


# What is packed --------------------------------------------------------------------------------

ORDERED = st.dictionaries(
    st.tuples(
        st.sampled_from(["fresno", "kern"]),
        st.sampled_from(["en", "es", "ar"]),
        st.sampled_from(["leaf", "handbill"]),
    ),
    st.integers(0, 30_000),
    min_size=1,
)


@given(ordered=ORDERED)
def test_copies_packed_are_the_copies_of_the_batch(
    ordered: dict[tuple[str, str, str], int], tiny_read: Project, folder: Path
) -> None:
    sheets = [
        sheet(*row, copies, edition=edition)
        for row, copies in ordered.items()
        for edition in ("press", "copier", "screen")
    ]
    packs, missing = packs_for(tiny_read, build_of(folder, *sheets))
    assert missing == ()
    for one in packs:
        batch = sum(copies for (region, _, _), copies in ordered.items() if region == one.region)
        assert one.copies == batch
        assert [box.number for box in one.boxes] == list(range(1, len(one.boxes) + 1))
        lines = csv.DictReader(io.StringIO(boxes_csv([one])))
        assert sum(int(line["copies"]) for line in lines) == batch


def test_rows_are_in_the_builds_own_order(tiny_read: Project, folder: Path) -> None:
    rows = [("kern", "es", "leaf"), ("fresno", "es", "handbill"), ("fresno", "en", "leaf")]
    packs, _ = packs_for(tiny_read, build_of(folder, *[sheet(*row, 100) for row in rows]))
    found = [
        (one.region, line.sheet.language, line.sheet.piece) for one in packs for line in one.lines
    ]
    assert found == rows


def test_what_was_withheld_is_in_no_box_and_told(tiny_read: Project, folder: Path) -> None:
    gone = {"file": None, "sha256": "", "digest": "", "pages": 0}
    sheets = [
        sheet("fresno", "es", "leaf", 100, **gone),
        sheet("fresno", "es", "leaf", 100, edition="copier", **gone),
        sheet("fresno", "ar", "leaf", 50, **gone),
        sheet("fresno", "ar", "leaf", 50, edition="copier"),
    ]
    (one,), missing = packs_for(tiny_read, build_of(folder, *sheets))
    assert one.copies == 50
    assert missing == ("Fresno County: Leaf in Spanish (es)",)
    words = list(told(Packed(out=folder, packs=(one,), missing=missing)))
    assert words[0] == ("Not made, so in no box: Fresno County: Leaf in Spanish (es).", "FAIL")
    assert words[1][0] == "1 region: 1 box, 50 copies."


def test_an_office_file_in_tiles_weighs_what_the_piece_does(
    tiny_read: Project, folder: Path
) -> None:
    weights = [
        packs_for(tiny_read, build_of(folder, sheet("fresno", "es", "leaf", 1, **one)))[0][0]
        .boxes[0]
        .weight_mg
        for one in ({}, {"edition": "copier", "pages": 8})
    ]
    assert weights[0] == weights[1]


def test_a_shops_carton_and_paper_count(tiny: Path, project: Path, folder: Path) -> None:
    shutil.copytree(project / "shops", tiny / "shops")
    ordered = build_of(folder, sheet("fresno", "es", "leaf", 10_000))
    loaded = load_project(tiny)
    (usual,), _ = packs_for(loaded, ordered, shop=load_shop(tiny, "example"))
    change(tiny, "shops/example.toml", "carton_pounds = 35", "carton_pounds = 17.5")
    (light,), _ = packs_for(loaded, ordered, shop=load_shop(tiny, "example"))
    assert len(light.boxes) >= 2 * len(usual.boxes) - 1
    assert light.copies == usual.copies == 10_000


def test_a_build_of_another_project_is_refused_with_all_that_is_unknown(
    tiny_read: Project, folder: Path
) -> None:
    sheets = [sheet("mars", "xx", "atlas", 5), sheet("fresno", "es", "atlas", 5)]
    with pytest.raises(UserError) as caught:
        packs_for(tiny_read, build_of(folder, *sheets))
    assert [problem.what for problem in caught.value.problems] == [
        'The build has a region "mars" that the project does not have.',
        'The build has a piece "atlas" that the project does not have.',
        'The build has a language "xx" that the project does not have.',
    ]


def test_nothing_to_pack_is_told(tiny_read: Project, folder: Path) -> None:
    with pytest.raises(UserError, match="holds nothing to be packed"):
        packs_for(tiny_read, build_of(folder))


# The folder ------------------------------------------------------------------------------------


def test_each_region_gets_labels_and_the_packing_list_of_its_batch(
    tiny_read: Project, folder: Path, tmp_path: Path
) -> None:
    done = packed(tiny_read, folder, tmp_path / "packs")
    manifest = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))
    ordered = {
        (one["region"], one["language"], one["piece"]): one["copies"] for one in manifest["sheets"]
    }
    assert sum(one.copies for one in done.packs) == sum(ordered.values())
    assert sorted(path.name for path in done.out.iterdir()) == [
        *(BOXES, "SHA256SUMS", "alameda", "california", "fresno", "kern")
    ]
    for name in ("alameda", "california", "fresno", "kern"):
        listed = (done.out / name / "PACKING-LIST.pdf").read_bytes()
        assert listed == (folder / name / "PACKING-LIST.pdf").read_bytes()
    (text,) = page_texts((done.out / "fresno" / "LABELS.pdf").read_bytes())
    assert "Fresno County Box 1 of 1" in text
    assert "1 × 50 Leaf" in text and "3 × 100 Handbill" in text
    assert "DRAFT: do not hand out" in text


def test_the_same_build_packs_to_the_same_bytes(
    tiny_read: Project, folder: Path, tmp_path: Path
) -> None:
    first, second = (
        contents_of(packed(tiny_read, folder, tmp_path / name, regions={"fresno"}).out)
        for name in ("1", "2")
    )
    assert first == second
    assert contents_of(packed(tiny_read, folder, tmp_path / "1", regions={"fresno"}).out) == first


def test_a_folder_of_somebody_elses_is_left_alone(
    tiny_read: Project, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "novel.txt").write_text("It was a dark")
    for place in (tmp_path / "mine", folder):
        before = contents_of(place)
        with pytest.raises(UserError, match="printkit did not make it"):
            packed(tiny_read, folder, place)
        assert contents_of(place) == before


def test_a_packing_list_that_is_gone_is_told(
    tiny_read: Project, folder: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "1.0"))
    (other / "kern" / "PACKING-LIST.pdf").unlink()
    with pytest.raises(UserError, match=r"kern/PACKING-LIST\.pdf is not in the build"):
        packed(tiny_read, other, tmp_path / "packs")
    assert not (tmp_path / "packs").exists()


# The command -----------------------------------------------------------------------------------


def command(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["packs", "--jobs", "1", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit | UserError)
    return result.exit_code, f"{result.output}{result.exception or ''}"


def test_the_command_packs_beside_the_build(tiny_once: Path, folder: Path) -> None:
    code, output = command("--project", tiny_once, "--build", folder, "--region", "kern")
    assert code == 0
    assert "1 region: 1 box, 100 copies." in output
    assert (folder.parent / "1.0-packs" / "kern" / "LABELS.pdf").is_file()


def test_what_is_asked_wrongly_is_told(tiny_once: Path, folder: Path, tmp_path: Path) -> None:
    where = ("--project", tiny_once, "--build", folder)
    _, output = command(*where, "--label", "avery-5160")
    assert 'there are no labels "avery-5160"' in output and "4 × 6 in" in output
    _, output = command(*where, "--shop", "nowhere")
    assert 'there is no shop "nowhere"' in output
    _, output = command("--project", tiny_once, "--build", tmp_path)
    assert "There is no build" in output
