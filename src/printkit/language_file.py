"""Read po/languages.toml: languages that a project adds to the table, without any code."""

import re
from dataclasses import replace
from pathlib import Path

from babel import Locale, UnknownLocaleError

from printkit.errors import Problems, listed, quoted
from printkit.languages import SCRIPTS, TABLED, Language, know, like_script
from printkit.plurals import WrongPlural, parse_plural
from printkit.reading import Table, read_toml

FILE = "po/languages.toml"
TAG = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?"
"""BCP 47 as catalogs are named by it: a language, perhaps a script, perhaps a country."""
TAG_FORM = 'a tag such as "so", "zh-Hant" or "pt-BR"'
MOST = 200
"""Languages in one file; each sheet's styles name all of them."""


def load_languages(root: Path, *, problems: Problems) -> None:
    """Make the project's own languages known; without a file there are none."""
    know(read_languages(root, problems=problems).values())


def read_languages(root: Path, *, problems: Problems) -> dict[str, Language]:
    """Return the languages of po/languages.toml by tag, in the file's order."""
    path = root / FILE
    if not path.exists():
        return {}
    table = read_toml(path, root=root, problems=problems)
    found: dict[str, Language] = {}
    tags = table.keys() if table is not None else ()
    if table is not None and len(tags) > MOST:
        table.problem(f"There are over {MOST} languages here.", "Take out what is not used.")
        return {}
    for tag in tags:
        assert table is not None  # it has keys
        row = table.table(tag)
        read = _language(tag, row, root)
        row.finish()
        if read is not None:
            found[tag] = replace(read, tab=len(TABLED) + len(found))
    return found


def _language(tag: str, row: Table, root: Path) -> Language | None:
    before = len(row.problems)
    if tag in TABLED:
        row.problem(f"{tag} is in printkit's own table.", "Take these lines out.")
    elif re.fullmatch(TAG, tag) is None:
        row.problem("This is no language's tag.", f"Write {TAG_FORM}.")
    script = row.text("script", pattern="[A-Z][a-z]{3}", form='a script\'s code such as "Latn"')
    direction = row.choice("direction", ("ltr", "rtl"))
    height = row.number("line_height", 0.0, low=1.0, high=3.0)
    families = row.texts("fonts", ())
    words = {key: row.text(key) for key in ("english", "autonym", "plural_forms")}
    babel = row.text("babel", "en")
    _check(row, plural_forms=words["plural_forms"], babel=babel)
    _check_fonts(row, root, script, families)
    if len(row.problems) > before:
        return None
    one = like_script(tag, script=script, babel=babel, families=families, **words)
    return replace(
        one,
        direction="rtl" if direction == "rtl" else "ltr",
        line_height=height or one.line_height,
        dense_line_height=height or one.dense_line_height,
    )


def fonts_missing(root: Path, families: tuple[str, ...]) -> tuple[str, ...]:
    """Return the families of which a project has not both weights."""
    return tuple(
        family
        for family in families
        if not all(
            (root / "fonts" / f"{family.replace(' ', '')}-{weight}.ttf").is_file()
            for weight in ("Regular", "Bold")
        )
    )


def _check_fonts(row: Table, root: Path, script: str, families: tuple[str, ...]) -> None:
    if script and script not in SCRIPTS and not families:
        row.problem(
            f"script: no font that is shipped draws {quoted(script)}.",
            f"Add fonts, and name them here; without, use {listed(SCRIPTS)}.",
            "script",
        )
    for family in fonts_missing(root, families):
        row.problem(f"fonts: fonts/ has no {quoted(family)}.", "Add its two files there.", "fonts")


def _check(row: Table, *, plural_forms: str, babel: str) -> None:
    try:
        if plural_forms:
            parse_plural(plural_forms)
    except WrongPlural as wrong:
        row.problem(str(wrong), "Copy the line from another catalog.", "plural_forms")
    try:
        Locale.parse(babel)
    except (UnknownLocaleError, ValueError):
        row.problem(
            "babel: CLDR has no such locale.",
            'Write one for dates and numbers, such as "es_MX"; "en" prints them as English does.',
            "babel",
        )
