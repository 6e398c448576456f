"""A language that was begun by a command builds; a fuzzy text prints in English, under a mark."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from project_kit import change

from printkit.build import Outcome, build
from printkit.entries import quote, scan
from printkit.jobs import Selection
from printkit.languages import know
from printkit.po.gather import begin_language, update_catalogs
from printkit.po.start import Given
from printkit.project import load_project


@pytest.fixture(autouse=True)
def none_left() -> Iterator[None]:
    """Leave the table as it is for other tests."""
    yield
    know(())


def translate(path: Path, before: str) -> None:
    """Fill each empty msgstr with the English and something of the language's own before it."""
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    for entry in reversed(scan(text)[0]):
        if not entry.is_header and entry.msgstr == "":
            lines[entry.end - 1] = f'msgstr "{before} {quote(entry.msgid or "")}"'
    path.write_text("\n".join(lines), encoding="utf-8")


def built(root: Path, out: Path, *languages: str, workers: int = 1) -> Outcome:
    return build(
        load_project(root),
        Selection(languages=frozenset(languages), editions=frozenset({"screen"})),
        out=out,
        workers=workers,
        progress=lambda what, done, total: None,
    )


def words_of(folder: Path, name: str) -> str:
    (path,) = folder.rglob(name)
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_new_languages_build_in_workers_too(tiny: Path, tmp_path: Path) -> None:
    list(begin_language(tiny, "so", Given()))
    list(begin_language(tiny, "sm", Given(autonym="Gagana Samoa")))
    list(begin_language(tiny, "mix", Given(english="Mixtec", autonym="Tu'un Savi")))
    for tag, before in (("so", "Soomaali"), ("sm", "Fa’asāmoa"), ("mix", "Ñuꞌu tu̱ʼun")):
        translate(tiny / f"po/{tag}.po", before)
    change(tiny, "campaign.toml", '"es", "ar"]', '"es", "ar", "so", "sm", "mix"]')
    change(
        tiny,
        "regions/orders.csv",
        "kern,",
        "".join(f"kern,{tag},handbill,9,\n" for tag in ("so", "sm", "mix")) + "kern,",
    )

    outcome = built(tiny, tmp_path / "out", "so", "sm", "mix", workers=2)

    assert [str(one) for one in outcome.all_findings] == []
    assert {sheet.language for sheet in outcome.made} == {"so", "sm", "mix"}
    told = words_of(tmp_path / "out", "*_mix_handbill_*.pdf")
    assert "Tu'un Savi" in told and "Ñuꞌu" in told and "Ask for help" in told
    assert "DRAFT" in told and "Mixtec · Tu'un Savi · mix" in told


def test_a_fuzzy_text_prints_in_english_under_a_mark_and_is_told(
    tiny: Path, tmp_path: Path
) -> None:
    change(
        tiny,
        "po/campaign.pot",
        'msgid "<b>Nobody</b> has to do it alone."',
        'msgid "<b>Nobody</b> has to do this alone."',
    )
    change(tiny, "flyers/handbill/template.html", "has to do it alone.", "has to do this alone.")
    list(update_catalogs(tiny))

    outcome = built(tiny, tmp_path / "out", "es")

    found = outcome.all_findings[0]
    assert {one.code for one in outcome.all_findings} == {"message-fuzzy"}
    assert found.file == "po/es.po" and found.line
    assert "is marked fuzzy, so the English prints." in found.what
    told = words_of(tmp_path / "out" / "kern", "*_es_handbill_*.pdf")
    assert "Nobody has to do this alone." in told and "Nadie" not in told
    assert "Pida ayuda" in told and "DRAFT" in told
