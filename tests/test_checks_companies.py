"""Before ordered letters go out, addresses are confirmed and young: a warning, and no release."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from project_kit import sign_off
from test_channels import ASKED, CONFIRMED, POST, WAYS
from test_companies import with_letters

from printkit.checking import RULES as ALL_RULES
from printkit.checks.companies import RULES, check_companies, companies_ordered
from printkit.errors import UserError
from printkit.findings import Severity
from printkit.jobs import Selection
from printkit.project import Project, load_project
from printkit.release import released

TODAY = date(2026, 7, 20)


def with_ordered_letter(root: Path, text: str, *, as_of: date | None = None) -> Project:
    """Return a tiny project in which a piece is a letter to acme."""
    project = load_project(with_letters(root, text), as_of=as_of)
    leaf = replace(project.pieces["leaf"], companies=("acme",))
    return replace(project, pieces={**project.pieces, "leaf": leaf})


def test_a_confirmed_young_address_has_nothing_to_tell(tiny: Path) -> None:
    project = with_ordered_letter(tiny, ASKED + POST + CONFIRMED + WAYS)
    assert [broker.slug for broker in companies_ordered(project)] == ["acme"]
    assert check_companies(project) == []


def test_a_letter_that_nobody_ordered_is_nobodys_worry(tiny: Path) -> None:
    project = load_project(with_letters(tiny, ASKED + POST + WAYS))
    assert check_companies(project) == []
    leaf = replace(project.pieces["leaf"], companies=("acme",))
    project = replace(project, pieces={**project.pieces, "leaf": leaf})
    assert check_companies(project, ["handbill"]) == []
    assert len(check_companies(project, ["leaf"])) == 1


def test_an_unconfirmed_address_warns_once_a_company(tiny: Path) -> None:
    project = with_ordered_letter(tiny, ASKED + POST + WAYS)
    assert sum(order.piece == "leaf" for order in project.orders) > 1
    assert list(map(str, check_companies(project))) == [
        "WARN letters/brokers/acme.toml:25: Acme Records: the postal address of 2026-06-01 is "
        "graded B, and nobody has confirmed it. Ask the company, then add [post.confirmed] with "
        "by, on and how. (address-unconfirmed)"
    ]


def test_what_has_grown_old_warns_once_a_company(tiny: Path) -> None:
    text = ASKED + POST + CONFIRMED + WAYS
    project = with_ordered_letter(tiny, text, as_of=date(2026, 10, 2))
    assert list(map(str, check_companies(project))) == [
        "WARN letters/brokers/acme.toml:37: Acme Records: last looked up more than 100 days ago: "
        "web address (2026-06-20), e-mail address (2026-06-20), phone number (2026-06-20). Look it "
        "up again, and correct its lines, source and as_of. (address-old)"
    ]


def test_a_release_refuses_what_a_build_warns_of(tiny: Path) -> None:
    project = with_ordered_letter(tiny, ASKED + POST + WAYS)
    sign_off(tiny, "en", "es", "ar")
    project = replace(project, drafts=frozenset(), signoffs=load_project(tiny).signoffs)
    with pytest.raises(UserError) as caught:
        released(project, Selection(), today=TODAY)
    assert str(caught.value) == (
        "letters/brokers/acme.toml:25: Acme Records: the postal address of 2026-06-01 is "
        "graded B, and nobody has confirmed it. Ask the company, then add [post.confirmed] with "
        "by, on and how."
    )
    released(project, Selection(pieces=frozenset({"handbill"})), today=TODAY)


def test_the_rules_can_be_explained() -> None:
    for rule in RULES:
        assert ALL_RULES[rule.code] is rule
        assert rule.severity is Severity.WARN
