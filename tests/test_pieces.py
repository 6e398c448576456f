"""piece.toml: sizes, pages, slots and editions, and folders that stay inside the project."""

from pathlib import Path

import pytest
from project_kit import change, write

from printkit.errors import Problems
from printkit.pieces import Piece, load_pieces


def pieces_of(root: Path) -> tuple[dict[str, Piece], list[str]]:
    problems = Problems()
    return load_pieces(root, problems=problems), list(map(str, problems))


def test_good_pieces_are_read_in_their_own_order(tiny: Path) -> None:
    pieces, problems = pieces_of(tiny)
    assert problems == []
    assert list(pieces) == ["leaf", "handbill", "finder"]
    leaf = pieces["leaf"]
    assert (leaf.name, leaf.pages, leaf.by_region, leaf.tight) == ("Leaf", 2, False, 1)
    assert (leaf.trim.width_pt, leaf.trim.height_pt) == (306.0, 396.0)
    assert (leaf.languages, leaf.editions) == ("each", ("press", "copier", "screen"))
    assert pieces["finder"].languages == "mul"
    code = pieces["handbill"].slots["landing_code"]
    assert (code.name, code.kind, code.size.width_pt) == ("landing_code", "landing-code", 72.0)


def test_a_pieces_sources_are_its_own_files_and_the_shared_ones(tiny: Path) -> None:
    pieces, _ = pieces_of(tiny)
    names = [path.relative_to(tiny / "flyers").as_posix() for path in pieces["leaf"].sources]
    assert names[:3] == ["leaf/leaf.html", "leaf/piece.toml", "leaf/style.css"]
    assert "_shared/base.css" in names
    assert not any(name.startswith("handbill") for name in names)


def test_editions_and_panels_may_be_chosen(tiny: Path) -> None:
    change(
        tiny,
        "flyers/leaf/piece.toml",
        "tight = 1",
        'tight = 1\neditions = ["screen", "press"]\npanels = ["1in", "36pt"]'
        '\ntabs = ["2in", "4in"]',
    )
    pieces, problems = pieces_of(tiny)
    assert problems == []
    assert pieces["leaf"].editions == ("press", "screen")
    assert pieces["leaf"].panels_pt == (72.0, 36.0)
    assert pieces["leaf"].tabs_pt == (144.0, 288.0)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "Leaf"\n', "", "1: name is missing. Add name."),
        ("pages = 2", "pages = 0", "3: pages: 0 is out of range. Write a number from 1 to 64."),
        ("pages = 2", 'pages = "two"', '3: pages: "two" is not a whole number.'),
        ('"5.5in"', '"5.5"', "2: trim: '5.5' is not a length."),
        ('"5.5in"', '"500in"', "2: trim is not a width and a height. Write two lengths"),
        (', "5.5in"', "", "2: trim is not a width and a height. Write two lengths"),
        ('"5.5in"', '"0in"', "2: trim is not a width and a height."),
        ("tight = 1", "tite = 1", '5: "tite" is not a key that is known here. Did you mean'),
        ("tight = 1", "tight = 9", "5: tight: 9 is out of range. Write a number from 0 to 5."),
        (
            "tight = 1",
            'editions = ["riso"]',
            "5: editions: 'riso' is not an edition. Use press, copier or screen.",
        ),
        ("tight = 1", "editions = []", "5: editions is empty. Name press, copier or screen."),
        ("tight = 1", 'panels = ["wide"]', "5: panels: 'wide' is not a length."),
        (
            "tight = 1",
            'tabs = ["5in", "2in"]',
            "5: tabs is not a zone of the sheet's edge. Write where it begins and where it ends",
        ),
        (
            "tight = 1",
            'languages = "many"',
            '5: languages: "many" is not one of the words',
        ),
        (
            "order = 1",
            '[slots.help]\nkind = "help"\nsize = ["1in", "1in"]',
            "4: by_region is false, and there are slots that differ by region. Set by_region = "
            "true, or take the slots out.",
        ),
    ],
)
def test_one_thing_wrong_is_told_with_its_line(tiny: Path, old: str, new: str, told: str) -> None:
    change(tiny, "flyers/leaf/piece.toml", old, new)
    _, problems = pieces_of(tiny)
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"flyers/leaf/piece.toml:{told}"), problems


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'kind = "help"',
            'kind = "helps"',
            '17: kind: "helps" is not one of the words',
        ),
        ('["4.5in", "0.8in"]', '["4.5in"]', "16: size is not a width and a height."),
        ('kind = "help"', 'kind = "help"\nhigh = 2', '18: "high" is not a key that is known'),
        ("[slots.help]", '[slots."he lp"]', '15: "he lp" can\'t be the name of a slot.'),
        ("[slots.help]", "[slots.stamp]", "15: stamp is the slot that every sheet has."),
    ],
)
def test_a_wrong_slot_is_told_with_its_line(tiny: Path, old: str, new: str, told: str) -> None:
    change(tiny, "flyers/handbill/piece.toml", old, new)
    _, problems = pieces_of(tiny)
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"flyers/handbill/piece.toml:{told}"), problems


def test_files_that_are_missing_are_told_all_at_once(tiny: Path) -> None:
    (tiny / "flyers/leaf/template.html").unlink()
    (tiny / "flyers/leaf/style.css").unlink()
    (tiny / "flyers/handbill/piece.toml").unlink()
    pieces, problems = pieces_of(tiny)
    assert "handbill" not in pieces
    assert sorted(problems) == [
        "flyers/handbill/piece.toml: The file is missing. Put the file there.",
        "flyers/leaf/style.css: The file is missing. Put it there.",
        "flyers/leaf/template.html: The file is missing. Put it there.",
    ]


def test_no_flyers_at_all_is_told(tmp_path: Path) -> None:
    assert pieces_of(tmp_path) == (
        {},
        ["flyers: The folder is missing. Put flyers/ back."],
    )


def test_two_pieces_of_one_name_are_told(tiny: Path) -> None:
    for name in ("piece.toml", "template.html", "style.css"):
        write(tiny, f"letters/leaf/{name}", (tiny / "flyers/leaf" / name).read_text())
    _, problems = pieces_of(tiny)
    assert problems == [
        "letters/leaf/piece.toml: There are two pieces called leaf. Rename one folder."
    ]


@pytest.mark.parametrize("name", ["flyers/leaf/art.svg", "flyers/_shared/art/art.svg"])
def test_a_link_out_of_the_project_is_refused(tiny: Path, tmp_path: Path, name: str) -> None:
    outside = write(tmp_path, "outside.svg", "<svg/>")
    (tiny / name).symlink_to(outside)
    _, problems = pieces_of(tiny)
    assert problems == [
        f"{name}: This file leads out of the project's folder. Put the file itself here."
    ]


def test_a_folder_that_leads_out_of_the_project_is_refused(tiny: Path, tmp_path: Path) -> None:
    (tiny / "flyers/leaf").rename(tmp_path / "leaf")
    (tiny / "flyers/leaf").symlink_to(tmp_path / "leaf")
    pieces, problems = pieces_of(tiny)
    assert "leaf" not in pieces
    assert problems == [
        "flyers/leaf: This folder leads out of the project. Put the folder itself here."
    ]


@pytest.mark.parametrize("name", ["Leaf", "my leaf", "leaf_2", "-leaf"])
def test_a_folders_name_is_fit_for_file_names(tiny: Path, name: str) -> None:
    (tiny / "flyers/leaf").rename(tiny / "flyers" / name)
    _, problems = pieces_of(tiny)
    assert len(problems) == 1, problems
    assert problems[0].startswith(f'flyers/{name}: "{name}" can\'t be the name of a piece. ')
