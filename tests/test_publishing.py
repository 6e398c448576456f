"""What is published: a page and ZIPs that anybody can read, print, check, and put anywhere."""

import base64
import hashlib
import html.parser
import io
import re
import shutil
import urllib.parse
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, browser, skip_without_browser
from building import built as build_tiny
from building import contents_of, manifest_of, silent
from fontTools.ttLib import TTFont
from project_kit import change, sign_off
from typer.testing import CliRunner

from printkit.built import load_built
from printkit.cli import app
from printkit.errors import UserError
from printkit.languages import LANGUAGES
from printkit.project import Project, load_project
from printkit.publishing import Published, publish, told
from printkit.webfonts import cut_down, font_for, licence_of

pytestmark = pytest.mark.usefixtures("own_fonts")


@pytest.fixture(scope="module")
def folder(tiny_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished build of the tiny project."""
    return build_tiny(tiny_once, tmp_path_factory.mktemp("publishing") / "1.0").out


@pytest.fixture(scope="module")
def site(tiny_read: Project, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build, published."""
    return published(tiny_read, folder, tmp_path_factory.mktemp("site") / "www").out


def published(project: Project, folder: Path, out: Path) -> Published:
    return publish(project, load_built(folder), out=out, progress=silent)


class Page(html.parser.HTMLParser):
    """The elements of a page, with their attributes, and its text."""

    def __init__(self, site: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.source = (site / "index.html").read_text(encoding="utf-8")
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


# The page --------------------------------------------------------------------------------------


def test_each_language_stands_under_its_own_name_in_its_own_direction(site: Path) -> None:
    sections = [one for one in Page(site).all("section") if one["id"] != "regions"]
    assert [(one["id"], one["lang"], one["dir"]) for one in sections] == [
        ("en", "en", "ltr"),
        ("es", "es", "ltr"),
        ("ar", "ar", "rtl"),
        ("mul", "mul", "ltr"),
    ]
    text = Page(site).text
    assert "español Spanish DRAFT Borrador" in text
    assert "العربية Arabic DRAFT" in text
    assert "Guarde lo que es suyo Leaf · PDF, " in text
    assert " · 2 pages · 4.25 × 5.5 in · v1.0 · DRAFT" in text


def test_every_link_and_picture_leads_to_a_file_beside_the_page(site: Path) -> None:
    page = Page(site)
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    addresses = [one["href"] for tag in ("a", "link") for one in page.all(tag)]
    addresses += [one["src"] for one in page.all("img")]
    assert len(addresses) > 15
    for address in addresses:
        assert address is not None
        if address.startswith("#"):
            assert address[1:] in ids
        elif address != "data:,":
            assert "://" not in address and not address.startswith(("/", "."))
            assert (site / urllib.parse.unquote(address)).is_file()


def test_the_page_runs_nothing_and_asks_nobody(site: Path) -> None:
    source = Page(site).source
    assert "://" not in source and "@import" not in source
    assert set(re.findall(r"url\(.{10}", source)) == {'url("data:font'}
    assert {"script", "iframe", "form", "object"}.isdisjoint(tag for tag, _ in Page(site).elements)


def test_letters_that_a_machine_may_lack_come_with_the_page_and_their_licence(site: Path) -> None:
    source = Page(site).source
    assert re.findall(r'font-family: "own ([^"]+)"; font-weight', source) == ["ar"]
    (font,) = re.findall(r"base64,([^\"]+)", source)
    with TTFont(io.BytesIO(base64.b64decode(font))) as cut:
        letters = set(cut.getBestCmap())
        assert {ord(letter) for letter in "العربية"} <= letters
        assert len(letters) < 60 and "GSUB" in cut
    licences = (site / "FONT-LICENSES.txt").read_text(encoding="utf-8")
    assert licences.count("SIL OPEN FONT LICENSE Version 1.1") == 1


def test_each_language_of_the_table_has_its_font_and_licence(project: Path) -> None:
    for language in LANGUAGES.values():
        font = font_for(language, project / "fonts")
        assert (font is None) == (language.script in ("Latn", "Cyrl"))
        if font is not None:
            assert font.is_file() and licence_of(font).is_file()
            assert len(cut_down(font, language.autonym)) < 40_000


def test_pictures_are_small_and_told_in_words(site: Path) -> None:
    for one in Page(site).all("img"):
        assert one["alt"] and one["lang"] == "en"
        path = site / str(one["src"])
        data = path.read_bytes()
        size = tuple(int.from_bytes(data[place : place + 4], "big") for place in (16, 20))
        assert (str(size[0]), str(size[1])) == (one["width"], one["height"])
        assert len(data) < 20_000


def test_the_widest_regions_sheet_stands_for_a_language(site: Path, folder: Path) -> None:
    """Arabic's handbill is the state's; Spanish has three counties', so the first one's."""
    wanted = {
        (one["language"], one["piece"]): one["digest"].lower()
        for one in reversed(manifest_of(folder)["sheets"])
        if one["edition"] == "screen"
    }
    names = {path.name for path in (site / "screen").rglob("*.pdf")}
    assert names == {
        f"{language}_{tag}_{piece}_v1.0_{wanted[tag, piece]}.pdf"
        for language, tag, piece in (
            ("English", "en", "leaf"),
            ("Spanish", "es", "leaf"),
            ("Spanish", "es", "handbill"),
            ("Arabic", "ar", "leaf"),
            ("Arabic", "ar", "handbill"),
            ("Many-languages", "mul", "finder"),
        )
    }


def test_signed_off_sheets_are_no_drafts(tiny: Path, tmp_path: Path) -> None:
    change(tiny, "campaign.toml", 'name = "Tiny campaign"', 'name = "Ours & <b>yours</b>"')
    sign_off(tiny, "en", "es", "ar")
    made = build_tiny(tiny, tmp_path / "1.0", regions=["kern"]).out
    page = Page(published(load_project(tiny), made, tmp_path / "www").out)
    assert page.all("p").count({"class": "draft"}) == 0
    assert "DRAFT" not in page.text.split("How to print")[0]
    assert "Ours & <b>yours</b>" in page.text


# The ZIPs --------------------------------------------------------------------------------------


def test_a_languages_zip_holds_its_office_files_and_what_to_do(site: Path) -> None:
    with zipfile.ZipFile(site / "print" / "Spanish_es_v1.0.zip") as archive:
        names = archive.namelist()
        text = archive.read("README.txt").decode()
        assert all(archive.read(name).startswith(b"%PDF") for name in names if "_es_" in name)
    leaf, handbill = sorted(names[1:], reverse=True)
    assert re.fullmatch(r"Spanish_es_leaf_v1\.0_[a-z0-9]{6}\.pdf", leaf)
    assert re.fullmatch(r"Spanish_es_handbill_v1\.0_[a-z0-9]{6}\.pdf", handbill)
    assert text.startswith("Spanish: Tiny campaign, version 1.0\r\n")
    assert "DRAFT: no native reader" in text
    assert f"- Leaf: {leaf}\r\n  4 to a sheet, to be cut at the ticks; print both sides" in text
    assert f"- Handbill: {handbill}\r\n  2 to a sheet, to be cut at the ticks.\r\n" in text
    assert "Keep no list of who takes a sheet." in text


def test_a_regions_zip_holds_all_its_languages(site: Path) -> None:
    with zipfile.ZipFile(site / "print" / "alameda_v1.0.zip") as archive:
        kinds = ["_".join(name.split("_")[1:3]) for name in archive.namelist() if "_" in name]
    assert kinds == ["en_leaf", "mul_finder", "es_handbill", "es_leaf"]


def test_published_files_are_the_builds_own(site: Path, folder: Path) -> None:
    sums = {one["sha256"] for one in manifest_of(folder)["sheets"]}
    for path in (site / "screen").rglob("*.pdf"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in sums
    for path in (site / "print").glob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".pdf"):
                    assert hashlib.sha256(archive.read(name)).hexdigest() in sums


# The folder ------------------------------------------------------------------------------------


def test_the_sums_name_every_file(site: Path) -> None:
    lines = (site / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    told = {line[66:]: line[:64] for line in lines}
    files = contents_of(site)
    del files["SHA256SUMS"]
    assert told == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", name) for name in told)


def test_the_same_build_publishes_the_same_bytes(
    tiny_read: Project, folder: Path, site: Path, tmp_path: Path
) -> None:
    again = published(tiny_read, folder, tmp_path / "www")
    assert contents_of(again.out) == contents_of(site)
    # In the place of the first, and by more hands.
    parallel = publish(tiny_read, load_built(folder), out=again.out, workers=2, progress=silent)
    assert contents_of(parallel.out) == contents_of(site)


def test_a_folder_of_somebody_elses_is_left_alone(
    tiny_read: Project, folder: Path, tmp_path: Path
) -> None:
    place = tmp_path / "www"
    place.mkdir()
    (place / "blog.html").write_text("mine")
    with pytest.raises(UserError, match="printkit did not make it"):
        published(tiny_read, folder, place)
    assert contents_of(place) == {"blog.html": b"mine"}


def test_nothing_is_left_where_publishing_fails(
    tiny_read: Project, folder: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "1.0"))
    broken = next((other / "fresno" / "screen").glob("*leaf*"))
    broken.unlink()
    broken.write_bytes(b"no PDF")
    with pytest.raises(UserError, match="what the build made"):
        publish(
            tiny_read,
            load_built(other, verify=True),
            out=tmp_path / "www",
            progress=silent,
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.0"]


def test_the_command(tiny_once: Path, folder: Path, tmp_path: Path) -> None:
    arguments = ["publish", str(tmp_path / "www"), "--build", str(folder)]
    result = CliRunner().invoke(app, [*arguments, "--project", str(tiny_once)])
    assert result.exit_code == 0
    assert "4 languages, 4 regions, " in result.output
    assert "Keep no logs of visits." in result.output
    assert (tmp_path / "www" / "index.html").is_file()
    result = CliRunner().invoke(app, ["publish", "x", "--build", str(tmp_path)])
    assert "There is no build" in str(result.exception)


def test_what_is_told_of_drafts() -> None:
    done: dict[str, Any] = {"out": Path("www"), "languages": 1, "regions": 0, "bytes": 10}
    assert len(list(told(Published(**done, drafts=False)))) == 2
    assert "do not hand them out" in list(told(Published(**done, drafts=True)))[1]


# In a browser ----------------------------------------------------------------------------------

TAB, ENTER = "\ue004", "\ue007"
SIZES = {"telephone": (320, 640), "desk": (1280, 900)}


@pytest.fixture(scope="module")
def opened(site: Path) -> Iterator[Browser]:
    skip_without_browser()
    with browser() as begun:
        begun.open((site / "index.html").as_uri())
        yield begun


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_against_the_page(opened: Browser, size: str) -> None:
    opened.resize(*SIZES[size])
    assert opened.violations() == []


@pytest.mark.slow
def test_axe_would_find_something(opened: Browser, site: Path) -> None:
    opened.run("document.querySelector('img').removeAttribute('alt')")
    assert [one.split(":")[0] for one in opened.violations()] == ["image-alt"]
    opened.open((site / "index.html").as_uri())


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_nothing_runs_over_the_edge(opened: Browser, size: str) -> None:
    opened.resize(*SIZES[size])
    wide = opened.run("return document.documentElement.scrollWidth")
    assert wide <= SIZES[size][0]
    small = opened.run(
        "return [...document.querySelectorAll('nav a')].filter("
        "one => one.getBoundingClientRect().height < 44).length"
    )
    assert small == 0


@pytest.mark.slow
def test_arabic_begins_at_the_right(opened: Browser) -> None:
    opened.resize(*SIZES["desk"])
    right = opened.run(
        "const card = document.querySelector('#ar li').getBoundingClientRect();"
        "const all = document.querySelector('#ar').getBoundingClientRect();"
        "return Math.abs(all.right - card.right)"
    )
    assert right < 2
    assert (
        opened.run("return getComputedStyle(document.querySelector('#ar h2')).direction") == "rtl"
    )


@pytest.mark.slow
def test_every_link_is_reached_by_keyboard_and_shows_its_focus(opened: Browser, site: Path) -> None:
    opened.resize(*SIZES["desk"])
    opened.open((site / "index.html").as_uri())
    many = opened.run("return document.querySelectorAll('a').length")
    reached = set()
    for _ in range(many):
        opened.press(TAB)
        address, outline = opened.run(
            "const at = document.activeElement;"
            "return [at.getAttribute('href'), getComputedStyle(at).outlineStyle]"
        )
        reached.add(address)
        assert outline == "solid"
    assert reached == {one["href"] for one in Page(site).all("a")}


@pytest.mark.slow
def test_the_first_key_leads_past_the_languages(opened: Browser, site: Path) -> None:
    opened.open((site / "index.html").as_uri())
    opened.press(TAB)
    opened.press(ENTER)
    assert opened.run("return document.activeElement.id") == "sheets"


@pytest.mark.slow
def test_from_a_stick_every_picture_shows_and_nothing_else_is_loaded(
    opened: Browser, site: Path
) -> None:
    opened.resize(1280, 20_000)  # pictures further down wait until they are seen
    opened.open((site / "index.html").as_uri())
    assert opened.wait_for(
        "return [...document.images].every(one => one.complete && one.naturalWidth > 0)"
    )
    loaded = opened.run("return performance.getEntriesByType('resource').map(one => one.name)")
    assert all(name.startswith(("file:", "data:")) for name in loaded)
