"""Catalogs of anybody's, alone: read without a campaign, and held to what every catalog is."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from printkit.catalogs import Catalog, load_catalog
from printkit.checks.cases import tongue_named
from printkit.checks.catalog import check_file
from printkit.checks.glyphs import catalog_glyphs
from printkit.checks.terms import load_terms
from printkit.errors import Problems
from printkit.findings import Finding
from printkit.languages import LANGUAGES

UNKNOWN = "und"
"""BCP 47's word for a language that nobody named."""


def check_files(paths: Iterable[Path]) -> list[Finding]:
    """Return what is wrong with catalogs; UserError tells every one that can't be read.

    A catalog in a campaign's po/ is held to the campaign's rules, glossary and fonts.
    """
    problems = Problems()
    found: list[Finding] = []
    for path in paths:
        home = path.resolve().parent.parent
        own = (home / "campaign.toml").is_file()
        catalog = _read(path, problems)
        if catalog is None:
            continue
        glossary = load_terms(home / "po" / "glossary.csv", root=home, problems=problems)
        found += check_file(catalog, own=own, glossary=glossary)
        if own and catalog.language in LANGUAGES and (home / "fonts").is_dir():
            found += catalog_glyphs(catalog, home / "fonts")
    problems.raise_if_any()
    return found


def _read(path: Path, problems: Problems) -> Catalog | None:
    """Return a catalog from any folder; what is told of it names the path as it was typed."""
    its_own = Problems()
    where = path.resolve()
    catalog = load_catalog(where, root=where.parent, language=language_of(path), problems=its_own)
    for problem in its_own:
        problems.add(problem.what, problem.fix, path.as_posix(), problem.line)
    return catalog and replace(catalog, file=path.as_posix())


def language_of(path: Path) -> str:
    """Return the language that a catalog's place names: es.po, or es/LC_MESSAGES/name.po."""
    folders = [path.parent.parent.name] if path.parent.name == "LC_MESSAGES" else []
    for name in (path.stem, *folders):
        if re.fullmatch(r"[a-z]{2,3}([-_@][A-Za-z0-9_@-]+)?", name) and tongue_named(name).script:
            return tongue_named(name).tag
    return UNKNOWN
