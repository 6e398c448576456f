"""The companies' files held to the campaign, every contradiction told at once with its line."""

from datetime import date
from pathlib import Path

import pytest
from project_kit import BROKER, change, write
from test_channels import ASKED, CONFIRMED, POST, WAYS

from printkit.brokers import load_brokers
from printkit.companies import doubts_of
from printkit.errors import Problems, UserError
from printkit.project import Project, load_project

LETTERS = """
[letters]
state = "CA"
address_days = 100
kit = ["acme"]
"""
ACME = "letters/brokers/acme.toml"


def with_letters(root: Path, text: str = ASKED + POST + WAYS, letters: str = LETTERS) -> Path:
    """Give a tiny project a company that gets letters, and a kit."""
    write(root, ACME, text)
    campaign = (root / "campaign.toml").read_text(encoding="utf-8")
    write(root, "campaign.toml", campaign + letters)
    return root


def told(root: Path, as_of: date | None = None) -> list[str]:
    with pytest.raises(UserError) as caught:
        load_project(root, as_of=as_of)
    return str(caught.value).splitlines()


def read(root: Path) -> Project:
    return load_project(root)


def test_a_company_and_a_kit_that_go_together_are_read(tiny: Path) -> None:
    project = read(with_letters(tiny))
    settings = project.campaign.letters
    assert (settings.state, settings.address_days, settings.kit) == ("CA", 100, ("acme",))
    assert project.brokers["acme"].gets("opt-out")


def test_a_campaign_may_do_without_letters(tiny_read: Project) -> None:
    settings = tiny_read.campaign.letters
    assert (settings.state, settings.address_days, settings.kit) == ("CA", 180, ())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'kit = ["acme"]',
            'kit = ["acne"]',
            'campaign.toml:31: kit: there is no company "acne". Did you mean "acme"?',
        ),
        (
            'kit = ["acme"]',
            'kit = ["acme", "acme"]',
            'campaign.toml:31: kit: "acme" stands twice. Take one out.',
        ),
        (
            'state = "CA"',
            'state = "NV"',
            "campaign.toml:29: state: no region of the project lies in NV. Write the regions' own: "
            "CA.",
        ),
        ('state = "CA"', 'state = "Cal"', 'campaign.toml:29: state: "Cal" is not one of the words'),
        ("address_days = 100", "address_days = 0", "campaign.toml:30: address_days: "),
        ("address_days", "adress_days", 'campaign.toml:30: "adress_days" is not a key that is'),
    ],
)
def test_a_setting_of_letters_that_is_wrong_is_told_with_its_line(
    tiny: Path, old: str, new: str, expected: str
) -> None:
    assert LETTERS.count(old) == 1
    lines = told(with_letters(tiny, letters=LETTERS.replace(old, new)))
    assert [line for line in lines if line.startswith(expected)], lines
    assert len(lines) == 1, lines


def test_a_kit_holds_only_companies_that_get_its_letter(tiny: Path) -> None:
    assert told(with_letters(tiny, ASKED + WAYS)) == [
        'campaign.toml:31: kit: "acme" gets no opt-out letter. Take it out of the kit, or give '
        'letters/brokers/acme.toml a [post] and "opt-out" in requests.'
    ]


def test_a_file_that_is_broken_is_told_of_once(tiny: Path) -> None:
    lines = told(with_letters(tiny, "name = "))
    assert [line.split(": ")[0] for line in lines] == ["letters/brokers/acme.toml:1"]


def test_a_company_that_no_regions_law_applies_to_is_told(tiny: Path) -> None:
    text = ASKED.replace("requests", 'states = ["NV", "OR"]\nrequests')
    lines = told(with_letters(tiny, text + POST))
    assert lines == [
        "letters/brokers/acme.toml:6: states: no region's law applies: the requests rest on the "
        "law of NV, OR, and the project's regions lie in CA. Write a state of a region, such as "
        '"CA", or requests = [].'
    ]


def test_one_state_of_several_is_enough(tiny: Path) -> None:
    read(with_letters(tiny, ASKED.replace("requests", 'states = ["NV", "CA"]\nrequests') + POST))


def test_a_day_that_is_still_to_come_is_told_once_for_each_company(tiny: Path) -> None:
    with_letters(tiny, ASKED + POST + WAYS)
    assert told(tiny, date(2026, 6, 10)) == [
        "letters/brokers/acme.toml:32: [web] as_of: 2026-06-20 is after 2026-06-10, the day at "
        "which facts are judged. Correct the day; or look the campaign's facts up again, and set "
        "as_of to today."
    ]
    change(tiny, ACME, "as_of = 2026-06-01\nkind", "as_of = 2062-06-01\nkind")
    assert told(tiny)[0].startswith(f"{ACME}:25: [post] as_of: 2062-06-01 is after 2026-07-01, ")


def test_a_confirmation_that_is_still_to_come_is_told(tiny: Path) -> None:
    later = CONFIRMED.replace("2026-06-25", "2026-07-02")
    line = told(with_letters(tiny, ASKED + POST + later))[0]
    assert line.startswith(f"{ACME}:25: [post.confirmed] on: 2026-07-02 is after 2026-07-01, ")


# Requests ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            '["opt-out", "know"]',
            '["opt-out", "now"]',
            'acme.toml:6: requests: "now" is not known here. Did you mean "know"?',
        ),
        (
            '["opt-out", "know"]',
            '["opt-out", "opt-out"]',
            'acme.toml:6: requests: "opt-out" stands twice. Take one out.',
        ),
        (
            '["opt-out", "know"]',
            '["know", "delete"]',
            'acme.toml:6: requests: opt-out is missing, and it comes first. Add "opt-out".',
        ),
        (
            '"name", "address"',
            '"name", "ssn"',
            'acme.toml:7: identifiers: "ssn" is not known here. Use one of: name, other-names,',
        ),
        (
            'identifiers = ["name", "address"]\n',
            "",
            "acme.toml:6: identifiers is missing: a request must say whose records it is about.",
        ),
        (
            POST,
            "",
            "acme.toml:6: requests: there is no channel to send them by. Add [post], [web], "
            "[email] or [phone], or write requests = [].",
        ),
    ],
)
def test_a_request_that_can_not_be_sent_is_told(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    text = ASKED + POST
    assert text.count(old) == 1
    write(tmp_path, ACME, text.replace(old, new))
    problems = Problems()
    load_brokers(tmp_path, problems=problems)
    (line,) = map(str, problems)
    assert line.startswith(f"letters/brokers/{expected}")


def test_a_files_name_must_do_for_a_letters_name(tmp_path: Path) -> None:
    write(tmp_path, "letters/brokers/Acme Records.toml", BROKER)
    problems = Problems()
    load_brokers(tmp_path, problems=problems)
    assert list(map(str, problems)) == [
        "letters/brokers/Acme Records.toml:1: \"Acme Records\" can't be the name of a company's "
        "file. Use small letters, digits and hyphens, such as acme-records."
    ]


def test_requests_and_identifiers_come_in_one_order(tmp_path: Path) -> None:
    text = ASKED.replace('"opt-out", "know"', '"limit", "opt-out"')
    write(tmp_path, ACME, text.replace('"name", "address"', '"plate", "name"') + POST)
    acme = load_brokers(tmp_path, problems=Problems())["acme"]
    assert acme.requests == ("opt-out", "limit")
    assert acme.identifiers == ("name", "plate")


def test_a_date_of_birth_is_never_asked_for_but_where_a_report_needs_it(tmp_path: Path) -> None:
    write(tmp_path, ACME, ASKED + POST)
    acme = load_brokers(tmp_path, problems=Problems())["acme"]
    assert {"date of birth", "social security number", "A-number"} <= set(acme.never)
    needs = "report_needs_birth_date = true\nrequests"
    write(tmp_path, ACME, ASKED.replace("requests", needs) + POST)
    acme = load_brokers(tmp_path, problems=Problems())["acme"]
    assert "date of birth" not in acme.never
    assert len(acme.never) == 5


def test_what_it_sells_is_translated_only_if_it_is_printed(tmp_path: Path) -> None:
    plain = BROKER[: BROKER.index("\n[[claims]]")] + BROKER[BROKER.index("\n[registry]") :]
    write(tmp_path, ACME, plain)
    assert load_brokers(tmp_path, problems=Problems())["acme"].texts == ()
    head = 'requests = ["opt-out"]\nidentifiers = ["name"]\n'
    write(tmp_path, ACME, plain.replace("\n[registry]", f"{head}\n[registry]") + POST)
    problems = Problems()
    assert load_brokers(tmp_path, problems=problems)["acme"].texts == ("Records about people",)
    assert list(problems) == []


# Doubts -----------------------------------------------------------------------------------------


def test_an_unconfirmed_address_and_all_that_is_old_are_in_doubt(tmp_path: Path) -> None:
    write(tmp_path, ACME, ASKED + POST + WAYS)
    acme = load_brokers(tmp_path, problems=Problems())["acme"]
    young = doubts_of(acme, day=date(2026, 7, 1), most_days=180)
    assert [(one.kind, one.age, one.unconfirmed) for one in young] == [("post", 30, True)]
    old = doubts_of(acme, day=date(2026, 7, 1), most_days=10)
    assert [(one.kind, one.age) for one in old] == [
        ("post", 30),
        ("web", 11),
        ("email", 11),
        ("phone", 11),
    ]
    assert doubts_of(acme, day=date(2026, 7, 1), most_days=11)[1:] == ()


def test_a_confirmed_address_is_in_doubt_again_when_it_has_grown_old(tmp_path: Path) -> None:
    write(tmp_path, ACME, ASKED + POST + CONFIRMED)
    acme = load_brokers(tmp_path, problems=Problems())["acme"]
    assert doubts_of(acme, day=date(2026, 7, 1), most_days=180) == ()
    (doubt,) = doubts_of(acme, day=date(2027, 7, 1), most_days=180)
    assert (doubt.what, doubt.unconfirmed, doubt.age) == ("postal address", False, 371)
