"""Printkit's own messages: the template holds all of them, and what is shipped is whole."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from printkit.checks.files import check_files
from printkit.findings import Finding, Severity
from printkit.said import say
from printkit.voices import LOCALE, in_words, spoken, voice


def own_pot() -> ModuleType:
    path = Path(__file__).parent.parent / "scripts" / "own_pot.py"
    spec = importlib.util.spec_from_file_location("own_pot", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_template_holds_every_sentence_of_the_checks() -> None:
    module = own_pot()
    assert module.POT.read_text(encoding="utf-8") == module.pot(), "run scripts/own_pot.py"


@pytest.mark.parametrize("language", spoken())
def test_a_shipped_language_is_whole_and_good(language: str) -> None:
    missing = [text for text in own_pot().said() if voice(language).gettext(text) == text]
    # A sentence of signs alone is the same in two languages.
    assert [text for text in missing if "{marks}" not in text] == []
    assert [str(one) for one in check_files([LOCALE / f"{language}.po"])] == []


def test_a_language_is_found_by_any_of_its_names_or_else_english() -> None:
    assert "es" in spoken()
    for name in ("es", "es_MX.UTF-8", "es-US"):
        assert voice(name).gettext("Delete it.") == "Bórrelo."
    for name in ("xx", "en", "", "../es"):
        assert voice(name).gettext("Delete it.") == "Delete it."


def test_findings_are_told_in_words() -> None:
    one = Finding(code="x", severity=Severity.WARN, what=say("{name} is missing.", name="{a}"),
                  fix="As it is.")  # fmt: skip
    assert [str(found) for found in in_words([one], "es")] == ["WARN: falta {a}. As it is. (x)"]
