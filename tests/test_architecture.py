"""The shape of the house: which module may know which, and how large each may grow."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "printkit"
FILES = sorted(
    path for path in SOURCE.rglob("*.py") if path.parent != SOURCE or "__" not in path.name
)
MOST_LINES = 310
LONGEST_FUNCTION = 32

# Who may import what comes from outside and is heavy, or speaks.
ONLY_IN = {
    "weasyprint": {"typeset"},
    "tinyhtml5": {"typeset"},
    "pydyf": {"typeset"},
    "typer": {
        "options",
        "cli_letters",
        "cli_packs",
        "cli_impose",
        "cli_order",
        "cli_plan",
        "cli_po",
        "cli_preflight",
        "cli_versions",
        "cli_brokers",
        "cli_build",
        "cli_cache",
        "cli",
    },
    "rich": {"report", "options", "cli"},
    "jinja2": {"templates", "compose", "po", "outputs"},
    "polib": {"catalogs"},
    "icu": {"text"},
    "qrcode": {"symbols"},
    "zxingcpp": {"checks", "preflight"},
    "tomllib": {"reading", "toml_lines"},
    "xlsxwriter": {"ordering"},
    "distributed": {"cluster", "errands"},
}
GROWS = {"Entry"}
"""Filled in line by line while a PO file is scanned, and read only from then on."""
CLOCKS = {"today", "now", "utcnow", "time", "gmtime", "localtime", "uuid4", "uuid1"}


def module_of(path: Path) -> str:
    """Return a module's name as the table has it: "typeset" for all of its rooms."""
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").as_posix().removesuffix("/__init__")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """Yield every module that a file imports, anywhere in it, by its whole name."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: imports are absolute"
            module = node.module or ""
            if module in ("printkit", "printkit.checks", "printkit.outputs", "printkit.po"):
                yield from ((f"{module}.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield module, node.lineno


def rows() -> list[str]:
    """Return the modules of the table of layers, from the ground up."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.split("## The layers", 1)[1].split("\n## ", 1)[0]
    return [name.rstrip("/") for name in re.findall(r"^\|[^|]*\| `([^`]+)` \|", section, re.M)]


def test_every_module_has_its_row() -> None:
    table = rows()
    assert len(table) == len(set(table))
    assert {module_of(path) for path in FILES} == set(table)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_go_up_the_layers_only(path: Path) -> None:
    table = {name: place for place, name in enumerate(rows())}
    own = module_of(path)
    wrong = []
    for name, line in imports_of(path):
        if not name.startswith("printkit."):
            continue
        other = name.split(".")[1]
        if other.startswith("__"):
            continue
        if other != own and table[other] >= table[own]:
            wrong.append(f"{name_of(path)}:{line} imports {other}, which stands below it")
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_what_comes_from_outside_comes_in_by_one_door(path: Path) -> None:
    own = module_of(path)
    wrong = [
        f"{name_of(path)}:{line} imports {name}"
        for name, line in imports_of(path)
        if own not in ONLY_IN.get(name.split(".")[0], {own})
    ]
    assert wrong == []


def test_the_doors_are_in_use() -> None:
    used: dict[str, set[str]] = {}
    for path in FILES:
        for name, _ in imports_of(path):
            used.setdefault(name.split(".")[0], set()).add(module_of(path))
    for name, doors in ONLY_IN.items():
        assert used.get(name, doors) <= doors
    assert used["weasyprint"] == {"typeset"}
    assert used["rich"] == {"report"}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_the_faces_print(path: Path) -> None:
    if module_of(path) in ("report", "cli"):
        return
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    wrong = [
        f"{name_of(path)}:{call.lineno} prints"
        for call in calls
        if (isinstance(call.func, ast.Name) and call.func.id in ("print", "input", "exit"))
        or ast.unparse(call.func).startswith(("sys.stdout", "sys.stderr", "sys.exit"))
    ]
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_sheet_knows_the_clock(path: Path) -> None:
    """Same input, same bytes: the day comes in from the command line."""
    if module_of(path) in ("report", "options", "cli"):
        return
    wrong = [
        f"{name_of(path)}:{node.lineno} asks {ast.unparse(node.func)}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and ast.unparse(node.func.value) in ("date", "datetime", "datetime.date", "time", "uuid")
    ]
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_modules_and_functions_stay_small(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, f"{name_of(path)} has {lines} lines: split it"
    long = [
        f"{name_of(path)}.{node.name} has {length} lines"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and (length := length_of(node)) > LONGEST_FUNCTION
    ]
    assert long == []


def length_of(function: ast.FunctionDef) -> int:
    """Return the lines of a function's own work, without its signature and its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_data_is_frozen_and_slotted(path: Path) -> None:
    """A private worksheet may change while it is filled in; what is handed on may not."""
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.ClassDef) or node.name.startswith("_") or node.name in GROWS:
            continue
        for mark in map(ast.unparse, node.decorator_list):
            if mark.startswith("dataclass"):
                assert "frozen=True" in mark and "slots=True" in mark, node.name


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_each_module_and_its_public_parts_say_what_they_are(path: Path) -> None:
    tree = tree_of(path)
    first = (ast.get_docstring(tree) or "").split("\n\n")[0]
    assert first.endswith("."), name_of(path)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{name_of(path)}.{node.name} has no docstring"


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "core"}
    assert not drawers & {path.stem for path in FILES}
