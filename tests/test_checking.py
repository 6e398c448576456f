"""What can be judged without making a sheet, and that every rule can be explained."""

from pathlib import Path

import pytest
from project_kit import change, write

from printkit import findings
from printkit.checking import RULES, check_project
from printkit.errors import UserError
from printkit.findings import Finding, Severity
from printkit.project import load_project


def found(root: Path, *languages: str) -> list[Finding]:
    return check_project(load_project(root), languages)


def test_a_good_project_has_nothing_to_tell(tiny_once: Path) -> None:
    assert found(tiny_once) == []


def test_every_rule_has_one_code_and_its_reason() -> None:
    assert len(RULES) > 30
    for code, rule in RULES.items():
        assert code == rule.code
        assert rule.severity in Severity
        assert rule.rule.endswith(".") and rule.because.endswith(".")
        assert rule.rule != rule.because


def test_every_rule_that_the_sources_name_is_in_the_table() -> None:
    folder = Path(findings.__file__).parent
    named = {
        line.split('"')[1]
        for path in folder.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith('    code="')
    }
    assert named == set(RULES)


def test_catalogs_data_and_glyphs_are_judged(tiny: Path) -> None:
    change(tiny, "campaign.toml", "https://tiny.test", "https://example.org")
    change(tiny, "po/es.po", "Llame al {hotline}", "Llame al 1-800-555-0199 {hotline}")
    change(tiny, "po/ar.po", "اطلب المساعدة", "اطلب 你 المساعدة")
    codes = {(one.language, one.code) for one in found(tiny)}
    assert {(None, "landing-placeholder"), ("es", "message-facts")} <= codes
    assert ("ar", "glyph-missing") in codes


def test_only_the_languages_asked_for_are_judged(tiny: Path) -> None:
    change(tiny, "po/es.po", "Llame al {hotline} o escriba", "Escriba")
    assert {one.language for one in found(tiny)} == {"es"}
    assert found(tiny, "ar") == []
    assert {one.language for one in found(tiny, "es")} == {"es"}


def test_the_same_thing_is_told_once(tiny: Path) -> None:
    change(tiny, "po/es.po", "Llame al {hotline} o escriba", "Escriba")
    told = [(one.code, one.what, one.line) for one in found(tiny)]
    assert len(told) == len(set(told))


def test_a_broken_template_is_told_with_its_line(tiny: Path) -> None:
    line = change(tiny, "flyers/leaf/leaf.html", "drop_code(", "drop_kode(")
    with pytest.raises(UserError) as caught:
        found(tiny)
    assert f"flyers/leaf/leaf.html:{line}: " in str(caught.value)
    assert "drop_kode" in str(caught.value)


def test_a_piece_without_a_press_edition_is_judged_too(tiny: Path) -> None:
    change(tiny, "flyers/leaf/piece.toml", "order = 1", 'order = 1\neditions = ["screen"]')
    change(tiny, "flyers/leaf/leaf.html", "drop_code(", "drop_kode(")
    with pytest.raises(UserError, match="drop_kode"):
        found(tiny)


def test_what_orders_are_planned_by_is_read(tiny: Path) -> None:
    write(tiny, "regions/speakers.csv", "fips,county\n06019,Fresno\n")
    with pytest.raises(UserError) as caught:
        found(tiny)
    assert "regions/speakers.csv" in str(caught.value)


@pytest.mark.slow
def test_the_shipped_project_tells_of_its_placeholder_and_of_unconfirmed_addresses(
    project: Path,
) -> None:
    told = {one.code for one in found(project) if one.severity is not Severity.NOTE}
    assert told == {"landing-placeholder", "address-unconfirmed"}
