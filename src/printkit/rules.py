"""The table of all rules: modules are read one after the other, until the rule is there."""

import functools
import importlib
from collections.abc import Mapping

from printkit.findings import Rule

MODULES = (
    "checks.layout",
    "checks.words",
    "checks.data",
    "checks.code",
    "checks.glyphs",
    "checks.mail_folds",
    "checks.mail",
    "messages",
    "checks.catalog",
    "checks.companies",
    "impose",
    "preflight",
    "release",
    "fit",
    "judge",
)
"""Those that hold a sheet to something, each with its RULES; the quickest to load come first."""


@functools.cache
def all_rules() -> Mapping[str, Rule]:
    """Return every rule by its code; of two that hold sheets to the same, the first one's."""
    return {rule.code: rule for name in reversed(MODULES) for rule in _rules(name)}


def rule_of(code: str) -> Rule | None:
    """Return the rule of a code, or nothing where there is none."""
    rules = (rule for name in MODULES for rule in _rules(name))
    return next((rule for rule in rules if rule.code == code), None)


def _rules(name: str) -> tuple[Rule, ...]:
    found: tuple[Rule, ...] = importlib.import_module(f"printkit.{name}").RULES
    return found
