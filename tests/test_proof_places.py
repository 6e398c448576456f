"""Proofs to read: numbers on the page, a table beside the English, and pictures of places."""

import json
import re
from pathlib import Path

import pypdfium2
import pytest
from building import silent
from PIL import Image
from project_kit import change

from printkit.project import load_project
from printkit.proof_places import INDEX, draw_places

KEY = "Call {hotline} or type {drop_url}."


def drawn(root: Path, out: Path, *languages: str, pieces: tuple[str, ...] = ()) -> list[str]:
    project = load_project(root)
    paths = draw_places(project, languages, pieces=pieces, out=out, progress=silent)
    return [path.name for path in paths]


def texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.fixture(scope="module")
def spanish(tiny_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("proofs")
    assert drawn(tiny_once, out, "es") == ["es.pdf"]
    return out


def test_each_page_is_followed_by_a_table_of_its_messages(spanish: Path) -> None:
    pages = texts(spanish / "es.pdf")
    assert len(pages) == 6, "the leaf's front, the handbill and the finder, each with its table"
    assert "Leaf, front · Spanish (español)" in pages[0]
    table = " ".join(pages[1].split())
    assert "No. English Translation 1 Keep what is yours Guarde lo que es suyo 2 Call" in table
    assert "Llame al {hotline} o escriba {drop_url}." in table
    assert "Does not fit" not in table


def test_the_sheet_itself_lies_under_the_numbers(spanish: Path) -> None:
    document = pypdfium2.PdfDocument(spanish / "es.pdf")
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    colours = {colour for _, colour in picture.getcolors(1 << 24) or []}
    assert (13, 92, 99) in colours, "the leaf's band"
    assert (179, 38, 30) in colours, "the numbers"


def test_each_sheet_lies_under_its_own_numbers(spanish: Path) -> None:
    front, _, handbill, _, finder, _ = texts(spanish / "es.pdf")
    assert "Leaf · v1.0" in front and "Handbill · v1.0" not in front
    assert "Handbill · v1.0" in handbill and "Finder · v1.0" in finder


def test_each_message_has_a_picture_of_its_place(spanish: Path) -> None:
    rows = json.loads((spanish / "es" / INDEX).read_text(encoding="utf-8"))
    named = {row["picture"] for row in rows}
    assert named | {INDEX} == {path.name for path in (spanish / "es").iterdir()}
    assert {"picture": "leaf-1-02-call-hotline-or-type-drop-url.png", "msgid": KEY} in rows
    assert any(row.get("msgctxt") == "mark" for row in rows)
    assert all(re.fullmatch(r"[a-z-]+-\d-\d\d-[a-z0-9-]{1,40}\.png", name) for name in named)
    with Image.open(spanish / "es/leaf-1-02-call-hotline-or-type-drop-url.png") as picture:
        assert 300 < picture.width <= 306 * 2
        assert picture.height < 396


def test_what_is_fuzzy_missing_or_too_long_is_marked(tiny: Path, tmp_path: Path) -> None:
    change(tiny, "flyers/leaf/style.css", "height: 4.7in", "height: 3.5in")
    change(tiny, "po/es.po", "o escriba", "o escriba" + " hoy mismo" * 48)
    change(tiny, "po/es.po", 'msgstr "Guarde lo que es suyo"', 'msgstr ""')
    change(tiny, "po/es.po", 'msgid "Ask for help"', '#, fuzzy\nmsgid "Ask for help"')
    drawn(tiny, tmp_path, "es", pieces=("leaf", "handbill"))
    told = " ".join(" ".join(texts(tmp_path / "es.pdf")).split())
    assert "Keep what is yours Not translated: the English prints." in told
    assert "Ask for help Fuzzy: the English prints until the mark is removed." in told
    assert re.search(r"Does not fit: [\d.]+ mm too long, drop about \d+ letters\.", told)


def test_old_pictures_give_way_to_new_ones(tiny_once: Path, tmp_path: Path) -> None:
    (tmp_path / "ar").mkdir()
    (tmp_path / "ar/old.png").write_bytes(b"old")
    drawn(tiny_once, tmp_path, "ar", pieces=("leaf",))
    assert not (tmp_path / "ar/old.png").exists()
    assert "Arabic (" in texts(tmp_path / "ar.pdf")[0]


def test_the_same_project_gives_the_same_bytes(
    spanish: Path, tiny_once: Path, tmp_path: Path
) -> None:
    drawn(tiny_once, tmp_path, "es")
    for name in ("es.pdf", f"es/{INDEX}"):
        assert (tmp_path / name).read_bytes() == (spanish / name).read_bytes()


def test_no_language_asked_for_is_no_proof_to_read(tiny_once: Path, tmp_path: Path) -> None:
    assert drawn(tiny_once, tmp_path) == []
