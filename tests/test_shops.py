"""A print shop's table is read whole, and all that is wrong in it is told at once, by line."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from project_kit import write

from printkit.errors import UserError
from printkit.lengths import Size
from printkit.shops import CONTACT, NAME_FIELDS, Shop, load_shop, shop_names

CARD = Size(width_pt=306, height_pt=396)
LETTER = Size(width_pt=612, height_pt=792)
SHOP = """\
name = "A shop"
lots = [50, 100, 500]
spares_percent = 2.5
overs_percent = 5
unders_percent = 0
carton_pounds = 35

[contact]
email = ""
phone = "410-555-0100"

[[stocks]]
name = "Gloss"
weight_lb = 100
kind = "cover"

[[formats]]
trim = ["4.25in", "5.5in"]
stock = "Gloss"
lots = [250, 1000]

[[formats]]
trim = ["8.5in", "11in"]

[[prices]]
piece = "leaf"
setup = 25
per_1000 = 80.5

[[prices]]
trim = ["11in", "8.5in"]
per_100 = 9.99
"""


def shop(root: Path, text: str = SHOP) -> Shop:
    write(root, "shops/corner.toml", text)
    return load_shop(root, "corner", pieces=("leaf", "poster"))


def wrong(root: Path, *changes: tuple[str, str]) -> list[str]:
    text = SHOP
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    with pytest.raises(UserError) as caught:
        shop(root, text)
    return str(caught.value).splitlines()


def test_a_shop_says_what_it_prints(tmp_path: Path) -> None:
    read = shop(tmp_path)
    assert (read.slug, read.name, read.edition, read.standard) == (
        "corner", "A shop", "press", "pdf/x-4",
    )  # fmt: skip
    assert read.spares_percent == Decimal("2.5")
    assert read.contact["phone"] == "410-555-0100" and read.contact["email"] == ""
    assert read.condition is None and not read.union_label
    assert shop_names(tmp_path) == ("corner",)


def test_a_size_has_its_own_lots_or_the_shops(tmp_path: Path) -> None:
    read = shop(tmp_path)
    card, letter = read.format_of(CARD), read.format_of(LETTER.turned)
    assert card is not None and card.lots == (250, 1000)
    assert card.stock is not None
    assert card.stock.words == "Gloss, 100 lb cover (271 gsm)"
    assert letter is not None and letter.lots == (50, 100, 500) and letter.stock is None
    assert read.format_of(Size(width_pt=792, height_pt=1224)) is None


def test_a_price_is_the_pieces_own_or_its_sizes(tmp_path: Path) -> None:
    read = shop(tmp_path)
    leaf, letter = read.price_of("leaf", CARD), read.price_of("other", LETTER)
    assert leaf is not None and leaf.of(1500) == Decimal("145.75")
    assert letter is not None and letter.of(150) == Decimal("14.99")  # 14.985, halves upwards
    assert read.price_of("other", CARD) is None


def test_the_shipped_example_has_no_price_and_invents_nobody(project: Path) -> None:
    read = load_shop(project, "example")
    assert read.prices == () and not any(read.contact.values())
    assert read.spares_percent == 0
    assert read.names == "{region}_{language}-{english}_{piece}_v{version}_{trim}_q{copies}_{code}"


def test_a_shop_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    shop(tmp_path)
    with pytest.raises(UserError) as caught:
        load_shop(tmp_path, "cornr")
    assert str(caught.value) == '--shop: there is no shop "cornr". Did you mean "corner"?'
    for hostile in ("../campaign", "corner/../corner", "", "a" * 300, ".corner"):
        with pytest.raises(UserError, match="there is no shop"):
            load_shop(tmp_path, hostile)


def test_everything_wrong_is_told_at_once_by_line(tmp_path: Path) -> None:
    lines = wrong(
        tmp_path,
        ("lots = [50, 100, 500]", "lots = [100, 50]"),
        ("spares_percent = 2.5", 'spares_percent = "2"'),
        ("weight_lb = 100", "weight_lb = 4000"),
        ('stock = "Gloss"', 'stock = "Glos"'),
        ('piece = "leaf"', 'piece = "leav"'),
        ("per_100 = 9.99", "per_100 = -1"),
        ('trim = ["8.5in", "11in"]', 'trim = ["5.5in", "4.25in"]'),
    )
    assert lines == [
        "shops/corner.toml:14: weight_lb: 4,000 is out of range. Write a number from 1 to 400.",
        "shops/corner.toml:2: lots do not rise. Write them from small to large: [100, 250].",
        'shops/corner.toml:3: spares_percent: "2" is not a number. Write a number, such as 0.5.',
        'shops/corner.toml:19: stock: "Glos" is not one of the shop\'s stocks. '
        'Did you mean "Gloss"?',
        'shops/corner.toml:26: piece: "leav" is not a piece of this project. Did you mean "leaf"?',
        "shops/corner.toml:32: per_100: -1 is out of range. Write a number from 0 to 1,000,000.",
        "shops/corner.toml:17: [[formats]]: 5.5 × 4.25 in stands twice. "
        "Keep one; a turned sheet is the same size.",
    ]


def test_a_price_needs_one_thing_and_one_number(tmp_path: Path) -> None:
    both = wrong(tmp_path, ("setup = 25", 'trim = ["8in", "9in"]\nper_100 = 1'))
    assert both == [
        "shops/corner.toml:25: A price is for a piece or for a size. "
        "Write piece or trim, one of the two.",
        "shops/corner.toml:29: A price is per 100 or per 1000. Take one of the two out.",
    ]
    assert wrong(tmp_path, ("per_100 = 9.99\n", ""))[0].endswith("per_100 is missing. Add per_100.")


def test_names_hold_known_fields_and_letters_that_every_machine_takes(tmp_path: Path) -> None:
    (unknown, odd, codeless) = wrong(
        tmp_path, ('name = "A shop"', 'name = "A"\nnames = "{plce}/é"')
    )
    assert unknown.startswith("shops/corner.toml:2: names: {plce} is nothing that a file is named")
    assert 'Did you mean "piece"?' in unknown
    assert "names holds a character that file names do without" in odd
    assert codeless.endswith("which alone tells two versions of a sheet apart. Add {code}.")


def test_sizes_and_lots_must_be_there(tmp_path: Path) -> None:
    text = SHOP[: SHOP.index("[[formats]]")]
    with pytest.raises(UserError, match="There is no size that the shop prints"):
        shop(tmp_path, text)
    told = wrong(tmp_path, ("lots = [50, 100, 500]\n", ""))
    assert told == [
        "shops/corner.toml:21: Neither the size nor the shop has lots. "
        "Write lots for the size, or above the first [[table]] for all of them."
    ]


def test_each_setting_is_documented(project: Path) -> None:
    text = (project / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.split("### Print shops")[1].split("\n## ")[0]
    told = {
        word
        for row in re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
        for word in re.findall(r"`([a-z_0-9]+)`", row)
    }
    source = (project / "src/printkit/shops.py").read_text(encoding="utf-8")
    getters = r"(?:text|texts|integers?|number|flag|choice|tables?|_decimal|_some)"
    asked = set(re.findall(getters + r'\((?:table, |one, )?"([a-z_]+)"', source))
    assert told == asked | {"per_100", "per_1000"}
    assert all(f"`{key}`" in section for key in CONTACT)
    assert all(f"`{{{key}}}`" in section for key in NAME_FIELDS)
