"""The whole project: read once, cross-checked, every problem at once and none twice."""

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from project_kit import ORDERS, change, write

from printkit.errors import UserError
from printkit.project import find_root, load_project

SPOIL = Callable[[Path], object]


def told(root: Path) -> list[str]:
    """What the project's user is told; nothing of a good one."""
    try:
        load_project(root)
    except UserError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_a_good_project_is_read_whole(tiny_once: Path) -> None:
    project = load_project(tiny_once)
    assert list(project.pieces) == ["leaf", "handbill", "finder"]
    assert list(project.catalogs) == ["es", "ar"]
    assert list(project.regions) == ["alameda", "fresno", "kern", "california"]
    assert len(project.orders) == 9
    assert project.brokers["acme"].name == "Acme Records"
    assert project.pot is not None
    assert project.pot.messages.keys() == project.catalogs["es"].messages.keys()
    assert project.fonts == tiny_once / "fonts"


def test_the_day_may_be_given(tiny_once: Path) -> None:
    day = datetime.date(2030, 1, 1)
    assert load_project(tiny_once, as_of=day).campaign.as_of == day


def test_the_root_is_found_from_within(tiny_once: Path, tmp_path: Path) -> None:
    assert find_root(tiny_once / "flyers" / "leaf") == tiny_once
    assert find_root(tiny_once) == tiny_once
    with pytest.raises(UserError) as caught:
        find_root(tmp_path)
    assert str(caught.value) == (
        "There is no campaign.toml here or in a folder above. Change into the project's folder, "
        "or name it with --project FOLDER."
    )


ORDERS_WRONG = {
    "kern,es,handbill,3,": "handbill in es for kern is ordered on line 8 already. Put the copies",
    "kern,xx,handbill,3,": 'language: "xx" is not one of the words allowed. Use one of: en, es,',
    "kern,vi,handbill,3,": 'language: "vi" is not one of the words allowed. Use one of: en, es,',
    "kenr,es,handbill,3,": 'There is no region "kenr". Did you mean "kern"?',
    "kern,es,hanbill,3,": 'piece: "hanbill" is not one of the words allowed. Did you mean "hand',
    "kern,ar,handbill,-3,": "copies: -3 is out of range. Write a number from 1 to 5,000,000.",
    "kern,ar,handbill,0,": "copies: 0 orders nothing. Take the row out, or write how many.",
    "kern,ar,handbill,99999999,": "copies: 99,999,999 is out of range. Write a number from 1 to",
    "kern,ar,handbill,1e3,": 'copies: "1e3" is not a whole number. Write a whole number with',
    'kern,ar,handbill,"1,000",': 'copies: "1,000" is not a whole number. Write 1000, with digits',
    "kern,ar,handbill,,": "copies is blank. Fill in copies.",
    "kern,ar,finder,3,": 'finder is one sheet in all languages. Write "mul" as its language.',
    "kern,mul,leaf,3,": 'leaf is made in one language a sheet. Write a language such as "es".',
}


@pytest.mark.parametrize("row", ORDERS_WRONG)
def test_a_wrong_order_is_told_with_its_line(tiny: Path, row: str) -> None:
    write(tiny, "regions/orders.csv", f"{ORDERS}{row}\n")
    problems = told(tiny)
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"regions/orders.csv:11: {ORDERS_WRONG[row]}"), problems


def test_all_wrong_orders_are_told_at_once(tiny: Path) -> None:
    write(tiny, "regions/orders.csv", ORDERS + "\n".join(ORDERS_WRONG))
    lines = {problem.split(": ")[0] for problem in told(tiny)}
    assert lines == {f"regions/orders.csv:{line}" for line in range(11, 11 + len(ORDERS_WRONG))}


def linked(name: str) -> SPOIL:
    """Put a link that leads out of the project in a file's place."""

    def spoil(root: Path) -> None:
        outside = root.parent / "outside"
        shutil.move(root / name, outside)
        (root / name).symlink_to(outside)

    return spoil


def removed(name: str) -> SPOIL:
    return lambda root: (root / name).unlink()


def changed(name: str, old: str, new: str) -> SPOIL:
    return lambda root: change(root, name, old, new)


def fonts_without(root: Path, name: str) -> None:
    """Put a folder of links in the place of the fonts' folder, and leave one out."""
    shipped = (root / "fonts").resolve()
    (root / "fonts").unlink()
    (root / "fonts").mkdir()
    for path in shipped.iterdir():
        if path.name != name:
            (root / "fonts" / path.name).symlink_to(path)


def broken_profile(root: Path) -> None:
    (root / "profiles").unlink()
    write(root, "profiles/TR006.icc", "no profile")


LINK = "This file leads out of the project's folder. Put the file itself here."
WRONG: dict[str, tuple[SPOIL, str]] = {
    "campaign gone": (
        removed("campaign.toml"),
        "campaign.toml: The file is missing. Put the file there.",
    ),
    "campaign broken": (
        changed("campaign.toml", 'name = "Tiny', "name = “Tiny"),
        'campaign.toml:1: This is not TOML: Invalid value. Use "straight quotes", not curly',
    ),
    "campaign without languages": (
        changed("campaign.toml", '["en", "es", "ar"]', '["en", 7]'),
        "campaign.toml:6: languages: 7 is not a text. Put it in quotes.",
    ),
    "campaign linked": (linked("campaign.toml"), f"campaign.toml: {LINK}"),
    "counties gone": (
        removed("regions/counties.csv"),
        "regions/counties.csv: The file is missing.",
    ),
    "counties without a column": (
        changed("regions/counties.csv", ",pop_2020", ",people"),
        "regions/counties.csv:1: The column pop_2020 is missing. The first line names",
    ),
    "a county's number": (
        changed("regions/counties.csv", "1008654", "many"),
        'regions/counties.csv:3: pop_2020: "many" is not a whole number.',
    ),
    "desks gone": (removed("regions/desks.csv"), "regions/desks.csv: The file is missing."),
    "orders gone": (removed("regions/orders.csv"), "regions/orders.csv: The file is missing."),
    "orders linked": (linked("regions/orders.csv"), f"regions/orders.csv: {LINK}"),
    "an open quote": (
        changed("regions/orders.csv", "a note", '"a note'),
        "regions/orders.csv:7: A quotation mark is not closed, or stands inside a cell.",
    ),
    "flyers gone": (
        lambda root: shutil.rmtree(root / "flyers"),
        "flyers: The folder is missing. Put flyers/ back.",
    ),
    "a piece broken": (
        changed("flyers/leaf/piece.toml", "pages = 2", "pages ="),
        "flyers/leaf/piece.toml:3: This is not TOML: Invalid value.",
    ),
    "a template gone": (
        removed("flyers/leaf/template.html"),
        "flyers/leaf/template.html: The file is missing. Put it there.",
    ),
    "art linked": (
        linked("flyers/_shared/art/phone.svg"),
        f"flyers/_shared/art/phone.svg: {LINK}",
    ),
    "a catalog gone": (removed("po/es.po"), "po/es.po: The file is missing."),
    "a catalog cut off": (
        changed("po/es.po", 'msgstr "Pida ayuda"', 'msgstr "Pida ayuda'),
        "po/es.po:",
    ),
    "a catalog linked": (linked("po/es.po"), f"po/es.po: {LINK}"),
    "the template of catalogs gone": (
        removed("po/campaign.pot"),
        "po/campaign.pot: The file is missing.",
    ),
    "a catalog of no language": (
        lambda root: shutil.copy(root / "po/es.po", root / "po/zh-TW.po"),
        'po/zh-TW.po: "zh-TW" is not in the language table, so nothing reads this file.',
    ),
    "fonts gone": (
        removed("fonts"),
        "fonts/SHA256SUMS: The list of the fonts' sums cannot be read. Bring the folder back: "
        "git checkout -- fonts",
    ),
    "a font gone": (
        lambda root: fonts_without(root, "NotoSansLao-Bold.ttf"),
        "fonts/SHA256SUMS: NotoSansLao-Bold.ttf is missing. Bring the folder back",
    ),
    "profiles gone": (
        removed("profiles"),
        "profiles/TR006.icc: The file is missing, or can't be read. Bring the folder back: git "
        "checkout -- profiles",
    ),
    "a profile broken": (
        broken_profile,
        "profiles/TR006.icc: This is not a whole ICC profile. Bring the folder back",
    ),
    "a company's file broken": (
        changed("letters/brokers/acme.toml", '"data broker"', "broker"),
        "letters/brokers/acme.toml:3: This is not TOML: Invalid value.",
    ),
    "signoffs broken": (
        lambda root: write(root, "po/signoffs.toml", "signoff = 3"),
        "po/signoffs.toml:1: signoff is not a list of tables.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_one_thing_wrong_is_told_once(tiny: Path, name: str) -> None:
    spoil, words = WRONG[name]
    spoil(tiny)
    problems = told(tiny)
    assert problems, "nothing was told"
    assert problems[0].startswith(words), problems
    assert len(problems) <= 2, "one fault is told many times over"


def test_all_that_is_wrong_anywhere_is_told_at_once(tiny: Path) -> None:
    spoilt = [
        "a county's number",
        "a piece broken",
        "a catalog gone",
        "a company's file broken",
        "signoffs broken",
        "profiles gone",
        "art linked",
    ]
    for name in spoilt:
        WRONG[name][0](tiny)
    change(tiny, "campaign.toml", 'kind = "phone"', 'kind = "fax"')
    write(tiny, "regions/orders.csv", ORDERS + "nowhere,es,leaf,5,\n")
    problems = told(tiny)
    for words in [WRONG[name][1] for name in spoilt]:
        assert any(problem.startswith(words) for problem in problems), words
    assert any(problem.startswith("campaign.toml:23: kind") for problem in problems)
    assert any(problem.startswith("regions/orders.csv:11: There is no") for problem in problems)
    assert len(problems) == len(spoilt) + 2
