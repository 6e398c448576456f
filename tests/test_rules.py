"""The table of all rules, and each found without reading the modules that are slow to load."""

import subprocess
import sys
from pathlib import Path

import pytest

from printkit import rules
from printkit.checking import RULES
from printkit.findings import Rule
from printkit.rules import MODULES, all_rules, rule_of

SOURCE = Path(rules.__file__).parent


def test_every_code_leads_to_its_rule() -> None:
    assert all_rules() == RULES
    assert all(rule_of(code) is rule for code, rule in RULES.items())
    assert all(isinstance(rule, Rule) for rule in RULES.values())


@pytest.mark.parametrize("code", ["", "text-overflow", "TEXT-OVERFLOWS"])
def test_no_other_code_has_one(code: str) -> None:
    assert rule_of(code) is None


def test_each_code_is_one_rules() -> None:
    found = [rule.code for name in MODULES for rule in rules._rules(name)]

    assert [code for code in RULES if found.count(code) > 1] == []


def test_a_rule_of_the_layout_is_told_without_what_makes_sheets() -> None:
    code = (
        "import sys; from printkit.rules import rule_of; assert rule_of('text-overflows');"
        "print(*{'pikepdf', 'weasyprint', 'fontTools.subset', 'printkit.press'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )

    assert done.stdout.split() == []
