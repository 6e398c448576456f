"""Why a sheet was made anew, told to whoever asks with a file or a code in hand."""

from pathlib import Path

import pytest
from building import silent
from project_kit import change

from printkit.build import Outcome, build
from printkit.cache import Cache
from printkit.errors import UserError
from printkit.kept import Sheets, read_sheets
from printkit.pressing import shop_for
from printkit.project import load_project
from printkit.selecting import selection_for
from printkit.why import reasons, sheets_named

pytestmark = pytest.mark.slow


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    (tmp_path / "cache").mkdir(mode=0o700)
    return Cache(folder=tmp_path / "cache")


def built(root: Path, cache: Cache) -> Outcome:
    project = load_project(root)
    selection = selection_for(project, editions=["copier"], languages=["es"], pieces=["leaf"])
    return build(project, selection, out=None, workers=1, progress=silent, cache=cache)


def told(root: Path, sheets: Sheets, name: str) -> list[str]:
    project = load_project(root)
    shop = shop_for(project, root)
    return [
        line for key, one in sheets_named(sheets, name) for line in reasons(project, shop, key, one)
    ]


def test_what_changed_before_and_since_is_told(tiny: Path, cache: Cache) -> None:
    first = built(tiny, cache)
    sheets = read_sheets(cache, first.out)
    (sheet,) = sheets.values()
    code = sheet.made.code
    assert told(tiny, sheets, code.lower()) == [
        f"leaf, Spanish (es), copier, the same for all regions: {code}",
        "When it was last made: no earlier one was known here.",
        "Now: it is as it would be made.",
    ]
    change(tiny, "po/es.po", "Guarde lo que es suyo", "Guarde lo suyo")
    assert told(tiny, sheets, sheet.path)[2] == "Now: it would be made anew: its text has changed."
    after = built(tiny, cache)
    sheets = read_sheets(cache, after.out)
    (sheet,) = sheets.values()
    assert told(tiny, sheets, f"build/1.0-part/{sheet.path}")[1:] == [
        "When it was last made: its text had changed.",
        "Now: it is as it would be made.",
    ]


def test_another_printkit_and_orders_that_ended_are_told(
    tiny: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = read_sheets(cache, built(tiny, cache).out)
    (sheet,) = sheets.values()
    with monkeypatch.context() as patch:
        patch.setattr("printkit.keys.tool_digest", lambda: "another")
        patch.setattr("printkit.why.tool_digest", lambda: "another")
        assert told(tiny, sheets, sheet.made.code)[2] == (
            "Now: it would be made anew: printkit, or something that it is built on, is another."
        )
    orders = tiny / "regions" / "orders.csv"
    kept = [line for line in orders.read_text().splitlines() if ",es,leaf," not in line]
    orders.write_text("\n".join(kept) + "\n")
    assert told(tiny, sheets, sheet.made.code)[2] == "Now: nobody orders it any more."


def test_a_name_that_nothing_goes_by_is_refused(tiny: Path, cache: Cache) -> None:
    with pytest.raises(UserError, match=r'No sheet that was built here goes by "leaf\.pdf"'):
        sheets_named({}, "leaf.pdf")
