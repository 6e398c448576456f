"""One job pressed: every sheet right, or withheld with a reason; one bad sheet costs no other."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
import zxingcpp
from building import jobs_of, shop_in
from project_kit import change, sign_off

from printkit import fitting, judge
from printkit import press as pressing
from printkit.findings import Finding
from printkit.jobs import Job
from printkit.lengths import Size
from printkit.press import Made, Shop, press
from printkit.project import Project, load_project
from printkit.qr import side_in_modules
from printkit.stamp import Code, Content, Finished, Master
from printkit.stamp import finish as real_finish
from printkit.typeset import Draft, draft

pytestmark = pytest.mark.usefixtures("own_fonts")


@pytest.fixture(scope="module")
def small(tiny_once: Path) -> Project:
    return load_project(tiny_once)


@pytest.fixture
def shop(tmp_path: Path, small: Project) -> Shop:
    return shop_in(tmp_path, small)


@pytest.fixture(scope="module")
def handbill(small: Project) -> Job:
    """Three regions' handbills in Spanish, for the press."""
    (job,) = jobs_of(small, pieces=["handbill"], languages=["es"], editions=["press"])
    assert [target.region for target in job.targets] == ["alameda", "fresno", "kern"]
    return job


def told(made: Made) -> list[str]:
    return [f"{found.code}: {found.what}" for found in made.findings]


def test_each_region_gets_its_sheet(handbill: Job, shop: Shop) -> None:
    sheets = press(handbill, shop)
    assert [told(sheet) for sheet in sheets] == [[], [], []]
    assert [sheet.target.region for sheet in sheets] == ["alameda", "fresno", "kern"]
    assert len({sheet.code for sheet in sheets}) == 3
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{6}", sheet.code) for sheet in sheets)
    for sheet in sheets:
        data = (shop.store / str(sheet.file)).read_bytes()
        assert sheet.sha256 == hashlib.sha256(data).hexdigest()
        assert sheet.bytes == len(data)
        assert (sheet.pages, sheet.trim, sheet.draft) == (1, (5.5, 8.5), True)
        assert not sheet.is_withheld


def test_the_same_job_gives_the_same_bytes(handbill: Job, shop: Shop) -> None:
    assert press(handbill, shop) == press(handbill, shop)


@pytest.mark.parametrize(
    ("piece", "up", "flip"),
    [("leaf", 4, "long edge"), ("handbill", 2, None), ("finder", 1, None)],
)
def test_the_copier_edition_says_how_it_goes_onto_paper(
    small: Project, shop: Shop, piece: str, up: int, flip: str | None
) -> None:
    job = jobs_of(small, pieces=[piece], editions=["copier"])[0]
    made = press(job, shop)[0]
    assert told(made) == []
    assert (made.up, made.flip, made.sheets) == (up, flip, 1)


def test_what_the_base_proves_wrong_withholds_every_sheet(handbill: Job, shop: Shop) -> None:
    wrong = replace(handbill, piece=replace(handbill.piece, trim=Size(width_pt=400, height_pt=612)))
    sheets = press(wrong, shop)
    assert all(sheet.is_withheld for sheet in sheets)
    assert {found.code for sheet in sheets for found in sheet.findings} == {"trim-size"}
    assert [sheet.findings[0].region for sheet in sheets] == ["alameda", "fresno", "kern"]
    assert list(shop.store.iterdir()) == []


def test_a_templates_code_that_does_not_decode_withholds_every_sheet(
    small: Project, shop: Shop
) -> None:
    (job,) = jobs_of(small, pieces=["leaf"], languages=["ar"], editions=["press"])
    erased = re.sub(r"<path[^>]*>", "", job.html, count=1)
    (sheet,) = press(replace(job, html=erased), shop)
    assert told(sheet) == [
        'code-decodes: No code can be read where one should lead to "https://privacy.ca.gov/drop/".'
    ]
    assert sheet.is_withheld


def test_a_landing_code_that_leads_elsewhere_withholds_its_sheet_alone(
    handbill: Job, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths: list[str] = []

    def tampering(master: Master, contents: Mapping[str, Content], *, slug: str) -> Finished:
        code = contents["landing_code"]
        assert isinstance(code, Code)
        if "/kern/" in code.url:
            paths.append(code.url.rpartition("/")[2])
            code = replace(code, url=code.url.replace("tiny.test", "tiny.example"))
        return real_finish(master, {**contents, "landing_code": code}, slug=slug)

    monkeypatch.setattr(pressing, "finish", tampering)
    alameda, fresno, kern = press(handbill, shop)
    assert [alameda.is_withheld, fresno.is_withheld, kern.is_withheld] == [False, False, True]
    (path,) = paths
    assert told(kern) == [
        f'code-decodes: The code leads to "https://tiny.example/kern/es/1.0/{path}", '
        f'not to "https://tiny.test/kern/es/1.0/{path}".'
    ]
    assert kern.findings[0].region == "kern"


def test_an_address_that_is_too_long_is_told_and_not_cut_off(handbill: Job, shop: Shop) -> None:
    long = "https://data-broker-opt-out-campaign.san-bernardino.test/kern/es/1.0"
    *others, kern = handbill.targets
    sheets = press(replace(handbill, targets=(*others, replace(kern, landing_url=long))), shop)
    assert [sheet.is_withheld for sheet in sheets] == [False, False, True]
    (found,) = sheets[2].findings
    assert found.code == "text-overflows"
    assert re.search(r' is 0\.\d\d in wider than the slot "landing_address"\.$', found.what)
    assert found.fix == "Shorten it, or widen the slot in flyers/handbill/piece.toml."
    assert found.page == 1 and found.place is not None


def test_a_rather_long_address_is_set_smaller(handbill: Job, shop: Shop) -> None:
    longer = "https://opt-out-of-data.test/san-bernardino/es/1.0"
    first = replace(handbill.targets[0], landing_url=longer)
    (sheet,) = press(replace(handbill, targets=(first,)), shop)
    assert told(sheet) == []


def test_a_name_in_other_letters_is_told_and_costs_its_sheet_alone(
    handbill: Job, shop: Shop
) -> None:
    first, *others = handbill.targets
    named = replace(first, label="Łódź County")
    sheets = press(replace(handbill, targets=(named, *others)), shop)
    assert [sheet.is_withheld for sheet in sheets] == [True, False, False]
    (found,) = sheets[0].findings
    assert found.code == "stamp-letters"
    assert 'holds "Ł", "ź", which footers cannot show.' in found.what


def test_help_that_does_not_fit_costs_the_sheets_that_show_it(tiny: Path, shop: Shop) -> None:
    note = "Monday to Friday, from nine to five, at the counter on the second floor. " * 12
    change(tiny, "regions/counties.csv", "Spanish spoken", f'"{note}"')
    (job,) = jobs_of(load_project(tiny), pieces=["handbill"], languages=["es"], editions=["press"])
    alameda, fresno, kern = press(job, shop)
    assert [alameda.is_withheld, fresno.is_withheld, kern.is_withheld] == [False, True, False]
    assert {found.code for found in fresno.findings} == {"text-overflows"}


def test_on_screen_too(tiny: Path, shop: Shop) -> None:
    note = "Monday to Friday, from nine to five, at the counter on the second floor. " * 12
    change(tiny, "regions/counties.csv", "Spanish spoken", f'"{note}"')
    jobs = jobs_of(load_project(tiny), pieces=["handbill"], languages=["es"], editions=["screen"])
    sheets = [sheet for job in jobs for sheet in press(job, shop)]
    assert {sheet.target.region: sheet.is_withheld for sheet in sheets} == {
        "alameda": False,
        "fresno": True,
        "kern": False,
    }


def test_a_side_with_a_long_text_takes_a_tighter_setting_alone(
    tiny: Path, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "Guarde lo que es suyo, y no deje que lo vendan a quienes lo buscan. " * 2
    change(tiny, "po/es.po", "Guarde lo que es suyo", long)
    (job,) = jobs_of(load_project(tiny), pieces=["leaf"], languages=["es"], editions=["press"])
    html = job.html
    if "data-tight" not in html:
        html = html.replace("<section", '<section data-tight="0"')
    tried = []

    def watched(html: str, **settings: Any) -> Draft:
        tried.append("".join(re.findall(r'data-tight="(\d)" class', html)))
        return draft(html, **settings)

    monkeypatch.setattr(fitting, "draft", watched)
    (sheet,) = press(replace(job, html=html), shop)
    assert tried == ["00", "10"]
    assert told(sheet) == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("no such\n  picture"), 'Making it stopped: ValueError "no such picture" in '),
        (RuntimeError(), 'Making it stopped: RuntimeError "" in '),
    ],
)
def test_a_crash_costs_one_job_and_not_the_run(
    handbill: Job, shop: Shop, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def crashing(*args: object, **settings: object) -> None:
        raise error

    monkeypatch.setattr(fitting, "draft", crashing)
    sheets = press(handbill, shop)
    assert [sheet.findings[0].code for sheet in sheets] == ["sheet-made"] * 3
    assert sheets[0].findings[0].what.startswith(words)


def test_a_full_disk_is_no_sheets_fault(
    handbill: Job, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **settings: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fitting, "draft", full)
    with pytest.raises(OSError, match="No space left"):
        press(handbill, shop)


def test_a_size_that_no_copier_can_print_is_a_finding(small: Project, shop: Shop) -> None:
    (job, *_) = jobs_of(small, pieces=["leaf"], languages=["en"], editions=["copier"])
    huge = replace(job.piece, trim=Size(width_pt=2880, height_pt=2880))
    (sheet,) = press(replace(job, piece=huge), shop)
    assert told(sheet) == [
        "sheet-made: A sheet of 40 × 40 in does not go onto US Letter, even in four tiles."
    ]


def test_findings_of_composing_withhold_without_a_layout(
    handbill: Job, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(fitting, "draft")
    known = judge.not_made(handbill, ValueError("known before"))
    assert all(sheet.is_withheld for sheet in press(replace(handbill, findings=known), shop))


def test_a_code_changes_with_what_the_sheet_shows_and_with_nothing_else(
    handbill: Job, shop: Shop
) -> None:
    first = handbill.targets[0]

    def code(**changed: object) -> str:
        (sheet,) = press(replace(handbill, targets=(replace(first, **changed),)), shop)  # type: ignore[arg-type]
        return sheet.code

    known = code()
    assert code(orders=()) == known, "copies are no part of a sheet"
    others = {code(label="Kern County"), code(landing_url="https://tiny.test/kern/es/1.0")}
    assert len(others | {known}) == 3


def test_a_sheets_code_opens_a_path_that_ends_in_the_code_at_its_foot(
    handbill: Job, shop: Shop
) -> None:
    for sheet in press(handbill, shop):
        address = f"https://tiny.test/{sheet.target.region}/es/1.0"
        assert sheet.target.opens(sheet.code) == f"{address}/{sheet.code.lower()}"
        page = pdfium.PdfDocument(shop.store / str(sheet.file))[0]
        (found,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
        assert found.text == sheet.target.opens(sheet.code)
        assert sheet.target.landing_shown == address.removeprefix("https://"), "short, to be typed"


@pytest.mark.parametrize("region", ["california", "san-luis-obispo"])
@pytest.mark.parametrize(
    "site", ["https://example.org", "https://a-longer-name-of-a-site.org/drop"]
)
def test_a_longer_path_keeps_modules_large_enough(region: str, site: str) -> None:
    url = f"{site}/{region}/zh-Hant/1.10.2/ab12cd"
    smallest_slot_mm = 25.4
    assert smallest_slot_mm / side_in_modules(url) >= 0.4


def test_a_signed_off_sheet_bears_no_draft(tiny: Path, shop: Shop) -> None:
    sign_off(tiny, "en", "es")
    (job,) = jobs_of(load_project(tiny), pieces=["handbill"], languages=["es"], editions=["press"])
    sheets = press(job, shop)
    assert [sheet.draft for sheet in sheets] == [False] * 3
    assert [told(sheet) for sheet in sheets] == [[], [], []]


def test_findings_say_whose_sheet_they_are_about(handbill: Job) -> None:
    found: tuple[Finding, ...] = judge.for_region(
        judge.not_made(handbill, ValueError("x")), "fresno"
    )
    assert str(found[0]).startswith("FAIL handbill es press fresno: Making it stopped: ")
