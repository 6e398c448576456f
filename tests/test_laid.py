"""A layout is made once, kept once it is proved, and never trusted where it may be another."""

import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from building import contents_of, jobs_of, shop_in

from printkit import fitting
from printkit.cache import Cache
from printkit.jobs import Job
from printkit.laid import KIND, Laid, keep, key_of, lay_out
from printkit.press import Shop, press
from printkit.project import load_project

pytestmark = pytest.mark.usefixtures("own_fonts")


@pytest.fixture
def shop(tiny_once: Path, tmp_path: Path) -> Shop:
    (tmp_path / "cache").mkdir(mode=0o700)
    made = shop_in(tmp_path, load_project(tiny_once))
    return replace(made, cache=Cache(folder=tmp_path / "cache"))


@pytest.fixture
def handbill(tiny_once: Path) -> Job:
    (job,) = jobs_of(
        load_project(tiny_once), pieces=["handbill"], languages=["es"], editions=["press"]
    )
    return job


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How often something was laid out."""
    times = []
    real = fitting.page_settings

    def counted(*args: Any) -> Any:
        times.append(1)
        return real(*args)

    monkeypatch.setattr(fitting, "page_settings", counted)
    return lambda: len(times)


def test_a_kept_layout_gives_the_same_sheets_without_laying_out(
    handbill: Job, shop: Shop, count: Callable[[], int]
) -> None:
    first = press(handbill, shop)
    files = contents_of(shop.store)
    shutil.rmtree(shop.store)
    shop.store.mkdir()
    assert press(handbill, shop) == first
    assert files and contents_of(shop.store) == files
    assert count() == 1


def test_a_layout_is_plain_values_and_holds_no_pdf_twice(handbill: Job, shop: Shop) -> None:
    press(handbill, shop)
    kept = lay_out(handbill, shop)
    assert kept.proved == () and kept.base is not None and kept.master is not None
    assert kept.layout.pdf == kept.base.pdf == b""
    assert pickle.loads(pickle.dumps(kept)) == kept


def test_other_words_are_laid_out_anew(handbill: Job, shop: Shop, count: Callable[[], int]) -> None:
    press(handbill, shop)
    press(replace(handbill, html=handbill.html.replace("</body>", "<!-- --></body>")), shop)
    press(handbill, replace(shop, version="2.0"))
    assert count() == 3


def test_a_layout_that_is_not_proved_is_not_kept(
    handbill: Job, shop: Shop, count: Callable[[], int]
) -> None:
    assert shop.cache is not None
    unproved = lay_out(handbill, shop)
    assert unproved.proved is None
    keep(unproved, shop.cache)
    assert lay_out(handbill, shop) == unproved
    assert count() == 2


@pytest.mark.parametrize("wrong", [b"no pickle", pickle.dumps("no layout"), b""])
def test_an_entry_that_is_no_layout_of_this_job_is_passed_over(
    handbill: Job, shop: Shop, count: Callable[[], int], wrong: bytes
) -> None:
    assert shop.cache is not None
    shop.cache.put(KIND, key_of(handbill, shop), wrong)
    assert isinstance(lay_out(handbill, shop), Laid)
    other = replace(lay_out(handbill, shop), key="another", proved=())
    shop.cache.put(KIND, key_of(handbill, shop), pickle.dumps(other))
    assert lay_out(handbill, shop).key == key_of(handbill, shop)
    assert count() == 3


def test_a_layout_that_fails_has_nothing_to_stamp(handbill: Job, shop: Shop) -> None:
    long = handbill.html.replace("</section>", "<p>" + "long " * 3000 + "</p></section>", 1)
    failed = lay_out(replace(handbill, html=long), shop)
    assert failed.master is None and failed.findings
    assert [sheet.is_withheld for sheet in press(replace(handbill, html=long), shop)] == [True] * 3
