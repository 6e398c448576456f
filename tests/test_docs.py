"""The documentation says what is so: commands run, links lead somewhere, tables match the code."""

import ast
import csv
import functools
import importlib.util
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer
from project_kit import write
from typer.testing import CliRunner

import printkit
from printkit.brokers import CHANNELS
from printkit.build import build
from printkit.channels import FORMS
from printkit.checking import RULES
from printkit.cli import app
from printkit.findings import Severity
from printkit.jobs import Selection
from printkit.pieces import EDITION_NAMES, MANY_LANGUAGES
from printkit.planning import Rates
from printkit.project import Project, load_project
from printkit.pseudo import PSEUDO
from printkit.regions import find_region

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "printkit"
DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")])
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCS]
COMMAND = re.compile(r"(?:\.venv/bin/)?printkit(?: .*)?|make(?: .*)?")
CHEAP = ("check", "explain")
LARGEST_PICTURE = 200_000

# The words of a document -----------------------------------------------------------------------


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def spans(text: str) -> list[str]:
    """Everything that stands in backticks in running text."""
    return re.findall(r"`([^`\n]+)`", without_code(text))


def commands(name: str) -> Iterator[str]:
    """Commands of our own that a document tells its reader to type."""
    text = read(name)
    lines = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    for words in dict.fromkeys([*lines, *spans(text)]):
        if COMMAND.fullmatch(words):
            yield words


def rows(text: str, heading: str) -> list[list[str]]:
    """The cells of each row of the tables under a heading, the tables' own heads left out."""
    section = re.search(
        rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,3}} |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert section, f"There is no heading {heading!r}."
    table = [line for line in section[2].splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table]
    ruled = [number for number, line in enumerate(table) if re.fullmatch(r"[|\-: ]+", line)]
    heads = {*ruled, *(number - 1 for number in ruled)}
    return [row for number, row in enumerate(cells) if number not in heads]


@functools.cache
def shipped() -> Project:
    return load_project(ROOT)


ALL_COMMANDS = [(name, words) for name in NAMES for words in commands(name)]

# Commands --------------------------------------------------------------------------------------


def parsed(arguments: list[str]) -> tuple[str, dict[str, Any]]:
    """A command's name and its options as the real command line parses them."""
    command: Any = typer.main.get_command(app)
    path = "printkit"
    arguments = [word for word in arguments if word not in ("--help", "-h")]
    while hasattr(command, "commands") and arguments and not arguments[0].startswith("-"):
        word = arguments.pop(0)
        assert word in command.commands, f"{path} has no command {word!r}."
        command, path = command.commands[word], f"{path} {word}"
    if not arguments:
        return path.removeprefix("printkit").strip(), {}
    return path.removeprefix("printkit").strip(), command.make_context(path, arguments).params


def each(named: str | list[str] | None) -> list[str]:
    """The values of an option, whether it can be given once or many times."""
    return [named] if isinstance(named, str) else named or []


def hold_printkit(arguments: list[str]) -> None:
    """Parse a printkit command, and find each value it names in the project."""
    name, options = parsed(arguments)
    project = shipped()
    for region in options.get("region") or ():
        assert find_region(project.regions, region)
    for language in each(options.get("language")):
        known = (*project.campaign.languages, MANY_LANGUAGES)
        assert language in ((*known, *PSEUDO) if name == "proof" else known)
    for piece in options.get("piece") or ():
        assert piece in project.pieces
    for edition in each(options.get("edition")):
        assert edition in EDITION_NAMES
    if name == "explain" and not options.get("code", "CODE").isupper():
        assert options["code"] in RULES


def hold_make(arguments: list[str]) -> None:
    """Find a make command's targets and settings in the Makefile."""
    makefile = read("Makefile")
    targets = [word for word in arguments if "=" not in word]
    for target in targets:
        assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), target
    for setting, _, value in (word.partition("=") for word in arguments if "=" in word):
        assert re.search(rf"\b{setting}\b", makefile), setting
        if setting == "ARGS" and targets != ["bench"]:  # whose own tests hold its options
            hold_printkit([targets[0] if targets else "build", *shlex.split(value)])


@pytest.mark.parametrize(("name", "words"), ALL_COMMANDS)
def test_every_command_in_the_documentation_is_a_real_one(name: str, words: str) -> None:
    first, *arguments = shlex.split(words)
    if first == "make":
        hold_make(arguments)
    else:
        hold_printkit(arguments)


def test_the_documentation_names_the_two_commands_and_how_to_look_around() -> None:
    told = {words.removeprefix(".venv/bin/") for _, words in ALL_COMMANDS}

    assert {"make", "make test", "printkit check", "printkit build --help"} <= told


@pytest.mark.parametrize("words", ["printkit bild", "printkit build --regoin fresno"])
def test_a_command_that_is_none_would_be_noticed(words: str) -> None:
    with pytest.raises(BaseException, match=r"no command|No such option"):
        hold_printkit(words.split()[1:])


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    sorted(
        {
            words.removeprefix(".venv/bin/")
            for _, words in ALL_COMMANDS
            if "printkit" in words
            and ("--help" in words or words.split()[1:2] in ([one] for one in CHEAP))
            and "CODE" not in words
            and "--fit" not in words  # lays every sheet out
            and "FILE" not in words  # stands for the reader's own
        }
    ),
)
def test_cheap_commands_of_the_documentation_run(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)

    result = CliRunner().invoke(app, shlex.split(words)[1:])

    assert result.exit_code == 0, result.output


# Links and pictures ----------------------------------------------------------------------------


def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub and GitLab make them."""
    heads = re.findall(r"^#+ (.+)$", without_code(path.read_text(encoding="utf-8")), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", head.lower()) for head in heads]
    return {head.replace(" ", "-") for head in plain}


@pytest.mark.parametrize("name", NAMES)
def test_every_relative_link_and_picture_is_there(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(read(name))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        path = (ROOT / name).parent / file if file else ROOT / name
        assert path.exists(), f"{name}: {target} is missing."
        if anchor:
            assert anchor in anchors(path), f"{name}: {target} names no heading."


@pytest.mark.parametrize("name", NAMES)
def test_every_path_in_backticks_is_there(name: str) -> None:
    stand_in = re.compile(r"xx|…|[A-Z]{4,}$|flyers/note|^build/|^\.venv")
    for words in spans(read(name)):
        top = words.split("/")[0]
        is_path = "/" in words and " " not in words and (ROOT / top).is_dir()
        if is_path and not stand_in.search(words):
            places = ROOT / words, SOURCE / words, SOURCE / f"{words}.py"
            assert any(place.exists() for place in places), f"{name}: {words} is missing."


@functools.cache
def pictures_script() -> ModuleType:
    sys.path.append(str(ROOT / "scripts"))  # where a script finds the modules beside it
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "scripts/docs_pictures.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_each_picture_is_made_by_the_script_shown_and_small() -> None:
    made = set(pictures_script().compositions())
    there = {path.stem for path in (ROOT / "docs/pictures").glob("*.png")}
    shown = {
        Path(target).stem
        for name in NAMES
        for target in re.findall(r"!\[.+?\]\((.+?)\)", read(name))
    }
    large = [
        path.name
        for path in (ROOT / "docs/pictures").iterdir()
        if path.stat().st_size > LARGEST_PICTURE
    ]

    assert made == there == shown
    assert large == []


def test_the_readme_shows_three_pictures() -> None:
    assert len(re.findall(r"!\[.{10,}?\]\(docs/pictures/.+?\.png\)", read("README.md"))) == 3


def test_rows_of_pictures_stand_apart_on_the_desk() -> None:
    script = pictures_script()
    page = script.Image.new("RGB", (30, 40), "#ffffff")

    desk = script.on_desk([[page, page], [page]])

    assert desk.size == (
        2 * 30 + script.GAP + 2 * script.MARGIN,
        2 * 40 + script.GAP + 2 * script.MARGIN,
    )
    assert desk.getpixel((script.MARGIN, script.MARGIN)) == (255, 255, 255)
    assert desk.getpixel((script.MARGIN + 31, script.MARGIN)) != (255, 255, 255)


# ARCHITECTURE.md -------------------------------------------------------------------------------


def first_sentences() -> dict[str, str]:
    """The first paragraph of each module's docstring, by the name of its row."""
    told = {}
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).with_suffix("").as_posix()
        if name == "__init__":
            continue
        words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        told[name.replace("__init__", "")] = " ".join(words.split("\n\n")[0].split())
    return told


def test_each_module_has_a_row_with_its_own_first_sentence() -> None:
    text = read("ARCHITECTURE.md")
    table = [*rows(text, "The layers"), *rows(text, "The rooms")]
    told = {cells[1].strip("`"): cells[2].removesuffix(" |") for cells in table}

    assert told == first_sentences()


def test_rooms_stand_under_their_package() -> None:
    package = ""
    for first, room, _ in rows(read("ARCHITECTURE.md"), "The rooms"):
        package = first.strip("`") or package
        assert room.strip("`").startswith(package)


def test_each_dependency_says_how_it_earns_its_place() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    asked = {re.split(r"[=<>~! ]", one)[0] for one in project["dependencies"]}
    text = read("ARCHITECTURE.md")
    told = {cells[0].strip("`") for cells in rows(text, "What is depended on, and why")}

    assert told == asked
    extras = project["optional-dependencies"]
    for one in (*extras["dev"], *extras["dask"]):
        assert f"`{one}`" in text


def test_the_changelog_begins_with_the_current_version() -> None:
    heads = re.findall(r"^## (\S+) \((\d{4}-\d\d-\d\d)\)$", read("CHANGELOG.md"), re.MULTILINE)

    assert heads[0][0] == printkit.__version__


# Settings --------------------------------------------------------------------------------------

GETTERS = {
    "text",
    "integer",
    "number",
    "flag",
    "length",
    "choice",
    "texts",
    "date",
    "table",
    "tables",
}


def keys_read(module: str) -> set[str]:
    """The keys that a module asks of its tables, found in its calls."""
    keys = set()
    for call in ast.walk(ast.parse((SOURCE / f"{module}.py").read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        own = isinstance(call.func, ast.Name) and call.func.id.startswith("_")
        getter = isinstance(call.func, ast.Attribute) and call.func.attr in GETTERS
        place = 1 if own else 0
        if (own or getter) and len(call.args) > place:
            key = call.args[place]
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                keys.add(key.value)
    return keys


def documented(heading: str) -> set[str]:
    table = rows(read("CONTRIBUTING.md"), heading)
    return {word for cells in table for word in re.findall(r"`([a-z_]+)`", cells[0])}


@pytest.mark.parametrize(
    ("heading", "module", "told_in_a_row"),
    [
        ("`campaign.toml`", "campaign", {"from"}),
        ("The envelope", "envelope", set()),
        ("`piece.toml`", "pieces", {"size", "kind"}),
    ],
)
def test_each_setting_is_documented(heading: str, module: str, told_in_a_row: set[str]) -> None:
    text = read("CONTRIBUTING.md").split(f"### {heading}")[1]

    assert documented(heading) == keys_read(module) - told_in_a_row
    for key in told_in_a_row:
        assert f"`{key}`" in text


def test_each_setting_of_a_company_is_documented() -> None:
    keys = set().union(*map(keys_read, ("brokers", "channels", "claims")))
    keys |= {*CHANNELS, *(key for key, _, _ in FORMS.values())}
    keys.add("sells")  # a plain text, which the module of claims reads

    assert documented("Companies' files") == keys


def test_no_setting_in_use_is_undocumented() -> None:
    campaign = tomllib.loads(read("campaign.toml"))
    pieces = [tomllib.loads(path.read_text()) for path in ROOT.glob("flyers/*/piece.toml")]
    known = {"kind", "size", *documented("`campaign.toml`"), *documented("`piece.toml`")}

    used = {*campaign, *(key for fact in campaign["facts"].values() for key in fact)}
    used |= {key for piece in pieces for key in piece}
    used |= {key for piece in pieces for slot in piece.get("slots", {}).values() for key in slot}

    assert used <= known


def test_the_readme_gives_each_number_of_the_rule_as_it_is_set() -> None:
    shipped_rule = tomllib.loads(read("campaign.toml"))["planning"]
    table = rows(read("README.md"), "How the shipped orders were worked out")
    told = {name: cells[1] for cells in table for name in re.findall(r"`([a-z_]+)`", cells[2])}

    assert set(told) == {one.name for one in fields(Rates)}
    for name in ("least_people", "people_a_copy", "english_people_a_copy", "lot"):
        assert told[name] == f"{shipped_rule[name]:,}"
    fixed = shipped_rule["fixed"]["poster"], shipped_rule["fixed_desk"]["poster"]
    assert told["fixed"] == "{}; {}".format(*fixed)
    assert told["each_region"] == str(shipped_rule["each_region"]["language-finder"])
    assert told["desk"] == "California" and shipped_rule["desk"] == "california"
    assert told["chinese_traditional_share"] == "half"
    assert shipped_rule["chinese_traditional_share"] == 0.5
    assert told["copies"] == "2 cards, ½ brochure, ¼ `data-flow`"
    assert shipped_rule["copies"] == {
        "card": 2,
        "know-your-rights": 1,
        "data-flow": 0.25,
        "brochure": 0.5,
    }


def test_the_readme_marks_the_chinese_share_as_the_organizers_choice() -> None:
    table = rows(read("README.md"), "How the shipped orders were worked out")
    (row,) = [cells for cells in table if "chinese_traditional_share" in cells[2]]

    assert "organizer's choice, not a published number" in row[0]


def test_the_readme_counts_pieces_languages_and_counties_right() -> None:
    project, text = shipped(), read("README.md")
    sizes = {cells[0].strip("`"): cells[1] for cells in rows(text, "printkit")}
    with (ROOT / "regions/counties.csv").open(newline="", encoding="utf-8") as file:
        counties = len(list(csv.DictReader(file)))

    assert f"{len(project.campaign.languages)} languages" in text
    assert f"all {counties} counties" in text
    ordered = {order.piece for order in project.orders}
    assert set(sizes) == ordered
    for piece in (project.pieces[slug] for slug in sizes):
        slug = piece.slug
        width, height = piece.trim.width_pt / 72, piece.trim.height_pt / 72
        assert sizes[slug].startswith(f"{width:g} × {height:g}")


# The flyer of CONTRIBUTING.md ------------------------------------------------------------------


def test_the_flyer_of_the_contributing_page_is_a_whole_piece(tiny: Path, tmp_path: Path) -> None:
    blocks = re.findall(
        r"`(flyers/note/[a-z.]+)`.*?```\w+\n(.*?)```", read("CONTRIBUTING.md"), re.DOTALL
    )
    assert [name for name, _ in blocks] == [
        f"flyers/note/{name}" for name in ("piece.toml", "template.html", "style.css")
    ]
    for name, text in blocks:
        write(tiny, name, text)
    orders = tiny / "regions/orders.csv"
    orders.write_text(
        orders.read_text(encoding="utf-8") + "alameda,en,note,100,\n", encoding="utf-8"
    )

    outcome = build(
        load_project(tiny),
        Selection(pieces=frozenset({"note"})),
        out=tmp_path / "out",
        workers=1,
        progress=lambda what, done, total: None,
    )

    assert [str(one) for one in outcome.all_findings if one.severity is Severity.FAIL] == []
    assert {sheet.edition for sheet in outcome.made} == set(EDITION_NAMES)
