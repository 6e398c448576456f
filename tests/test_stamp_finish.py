"""Finishing: sheets made without opening a PDF are, object for object, what stamping makes."""

import functools
import hashlib
import io
import logging
import pickle
import shutil
import subprocess
import time
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import cast

import pikepdf
import pypdf
import pypdfium2 as pdfium
import pytest
from graphs import differences
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import CARD, CONTENTS, PROJECT, URL, base_of, layout_of, opened, sheet, text_of

from printkit.editions import EDITIONS, opaque
from printkit.editions.press import OPAQUE
from printkit.errors import UserError
from printkit.languages import LANGUAGES
from printkit.latin import Weight
from printkit.lengths import Size
from printkit.preflight import preflight
from printkit.preflight.boxes import LETTER
from printkit.preflight.limits import Edition
from printkit.stamp import (
    Base,
    Code,
    Content,
    Form,
    Master,
    Words,
    finish,
    footer_face,
    master_of,
    prepare,
    stamp,
)
from printkit.typeset import SlotPage, typeset_slots

pytestmark = pytest.mark.usefixtures("own_fonts")
SLUG = "fresno_es_card_v1 · Card · Spanish (es) · Fresno · version 1 · AB12CD"
KINDS = (*EDITIONS, "pdf/x-1a")
HOSTILE = "(\\) >> endobj <script> 1 0 R \u202e &amp; ]]> \x00\r\n xmp.did: þÿ"
LETTERS = st.sampled_from("Ab9 ñ€·()\\<>/%é")
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@functools.cache
def made_for(kind: str) -> tuple[Base, bytes, Master]:
    """A base, pages with the name of every language, and the master of both."""
    edition = OPAQUE if kind == "pdf/x-1a" else EDITIONS[kind]
    base = prepare(layout_of(edition.name), edition=edition, sheet=sheet())
    pages = typeset_slots(
        [
            SlotPage(
                html=f'<p lang="{one.tag}" dir="{one.direction}"'
                f' style="font-family: {one.families[0]}">{escape(one.autonym)}</p>',
                width_pt=180,
                height_pt=20,
            )
            for one in LANGUAGES.values()
        ],
        head="<style>p { margin: 0; font-size: 8pt }</style>",
        language="en",
        direction="ltr",
        css_class=edition.name,
        roots=(PROJECT / "tests",),
        paint=edition.paint(PROJECT / "profiles"),
    ).pdf
    pages = opaque(pages) if kind == "pdf/x-1a" else pages
    return base, pages, master_of(base, pages)


def same(kind: str, contents: dict[str, Content], slug: str = SLUG) -> tuple[bytes, bytes]:
    """Return a sheet finished and stamped, once nothing tells their objects apart."""
    base, _, master = made_for(kind)
    made, slow = finish(master, contents, slug=slug).pdf, stamp(base, contents, slug=slug)
    with opened(made) as one, opened(slow) as other:
        assert one.check_pdf_syntax() == []
        assert differences(one, other) == []
    return made, slow


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("slug", ["", SLUG, SLUG * 3])
def test_a_finished_sheet_is_object_for_object_the_stamped_one(kind: str, slug: str) -> None:
    bold = Words(lines=("example.org",), weight="Bold", align="center")
    same(kind, CONTENTS, slug)
    same(kind, {"code": bold, "foot": Code(url=URL)}, slug)


@pytest.mark.parametrize("kind", KINDS)
def test_pages_of_every_script_go_into_slots(kind: str) -> None:
    _, pages, _ = made_for(kind)
    last = len(LANGUAGES)
    for page in range(1, last, 6):
        form = Form(pdf=pages, page=page, alt="A page")
        same(kind, {"code": form, "foot": replace(form, page=last)})
    same(kind, {"code": Form(pdf=pages, page=2), "foot": Form(pdf=pages, page=2)})


@pytest.mark.parametrize(
    "size", [Size(width_pt=360, height_pt=576), Size(width_pt=792, height_pt=1224)]
)
def test_imposed_sheets_are_finished_alike(size: Size) -> None:
    base = base_of("copier", size=size)
    with (
        opened(finish(master_of(base, None), CONTENTS).pdf) as one,
        opened(stamp(base, CONTENTS)) as other,
    ):
        assert differences(one, other) == []
        assert len(one.pages) == len(other.pages)


@pytest.mark.parametrize("kind", KINDS)
def test_text_picture_and_verdict_are_the_same(kind: str) -> None:
    _, pages, _ = made_for(kind)
    fast, slow = same(kind, CONTENTS | {"foot": Form(pdf=pages, page=3, alt="Words")})
    for page in (1, 2):
        assert text_of(fast, page) == text_of(slow, page)
        one, other = (pdfium.PdfDocument(pdf)[page - 1].render().to_pil() for pdf in (fast, slow))
        assert one.tobytes() == other.tobytes()
    edition = "press" if kind == "pdf/x-1a" else kind
    trim = LETTER if edition == "copier" else CARD
    verdicts = [preflight(pdf, edition=cast(Edition, edition), trim=trim) for pdf in (fast, slow)]
    assert verdicts[0] == verdicts[1]


def test_what_differs_is_told() -> None:
    base, _, master = made_for("screen")
    other = CONTENTS | {"code": Code(url="https://example.org/", alt="Code to example.org")}
    with opened(finish(master, CONTENTS).pdf) as one, opened(stamp(base, other)) as changed:
        told = " ".join(differences(one, changed))
    assert "/Root/Metadata: the streams differ" in told
    assert "/A/URI: b'https://example.org/ca/fresno/es/v1' is not b'https://example.org/'" in told


def contents_of(draw: st.DrawFn) -> Content:
    alt = draw(ANY_TEXT)
    kind = draw(st.sampled_from(["code", "words", "page"]))
    if kind == "code":
        return Code(url=draw(ANY_TEXT.filter(bool)), alt=alt)
    if kind == "page":
        return Form(pdf=b"", page=draw(st.integers(1, len(LANGUAGES))), alt=alt)
    lines = draw(st.lists(st.text(LETTERS, max_size=30), min_size=1, max_size=3))
    weight: Weight = draw(st.sampled_from(["Regular", "Bold"]))
    return Words(lines=tuple(lines), weight=weight, alt=alt)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_contents_and_slug_are_finished_as_they_are_stamped(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    base, pages, master = made_for(kind)
    given_: dict[str, Content] = {
        name: data.draw(st.composite(contents_of)()) for name in base.slots
    }
    slug = data.draw(ANY_TEXT)
    whole = {
        name: replace(one, pdf=pages) if isinstance(one, Form) else one
        for name, one in given_.items()
    }
    made = finish(master, given_, slug=slug)
    with opened(made.pdf) as fast, opened(stamp(base, whole, slug=slug)) as slow:
        assert differences(fast, slow) == []


def test_odd_words_are_told_as_they_are() -> None:
    fast, _ = same("screen", {"code": Code(url=URL, alt=HOSTILE), "foot": CONTENTS["foot"]})
    with opened(fast) as pdf:
        told = {
            str(one.Alt)
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        }
    assert HOSTILE in told


@pytest.mark.parametrize("kind", KINDS)
def test_a_finished_file_has_one_section(kind: str) -> None:
    pdf = finish(made_for(kind)[2], CONTENTS, slug=SLUG).pdf
    assert pdf.count(b"startxref") == pdf.count(b"%%EOF") == pdf.count(b"%PDF-") == 1
    assert b"/Prev" not in pdf.rsplit(b"/ID", 1)[1]
    packs = pdf.count(b"/Type /ObjStm")
    assert (b"\nxref\n0 " in pdf) == (packs == 0) == (kind == "pdf/x-1a")
    with opened(pdf) as file:
        assert file.pdf_version == made_for(kind)[0].version
        unreached = [one for one in file.objects if one is None]
        assert unreached == [], "no number is left out"


def test_words_that_no_slot_shows_bring_no_fonts() -> None:
    _, _, master = made_for("copier")
    light = finish(master, CONTENTS | {"code": Code(url=URL)})
    page = finish(master, CONTENTS | {"code": Form(pdf=b"", page=1)})
    code = finish(master, {"code": Code(url=URL), "foot": Code(url=URL)})
    assert code.size < light.size - 10_000, "no face without Western words"
    assert light.size < page.size


def test_what_is_finished_tells_its_sum_and_what_it_draws() -> None:
    _, _, master = made_for("press")
    made, again = finish(master, CONTENTS, slug=SLUG), finish(master, CONTENTS, slug="another")
    assert made.sha256 == hashlib.sha256(made.pdf).hexdigest()
    assert made.size == len(made.pdf)
    assert made.head is again.head is master.head
    with opened(made.pdf) as pdf, opened(again.pdf) as other:
        streams = [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        assert set(made.drawn) == set(CONTENTS)
        assert all(operators in streams for operators in made.drawn.values())
        assert bytes(pdf.trailer.ID[0]) == bytes(pdf.trailer.ID[1]) != bytes(other.trailer.ID[0])
        assert len(bytes(pdf.trailer.ID[0])) == 16


def test_masters_pickle_and_are_the_same_each_time() -> None:
    base, pages, master = made_for("screen")
    again = pickle.loads(pickle.dumps(master))
    assert again == master == master_of(base, pages)
    assert finish(again, CONTENTS).pdf == finish(master, CONTENTS).pdf


def test_nothing_is_opened_to_finish(monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, master = made_for("press")
    monkeypatch.setattr(pikepdf, "open", None)
    monkeypatch.setattr(pikepdf.Pdf, "open", None)
    assert finish(master, CONTENTS | {"code": Form(pdf=b"", page=1)}, slug=SLUG).size


def test_what_a_master_lacks_is_told() -> None:
    _, _, master = made_for("press")
    with pytest.raises(UserError, match='Nothing was given for the slot "code"'):
        finish(master, {"foot": CONTENTS["foot"]})
    with pytest.raises(ValueError, match="not the one that the master was made with"):
        finish(master, CONTENTS | {"code": Form(pdf=b"%PDF", page=1)})
    with pytest.raises(ValueError, match=f"has {len(LANGUAGES)} pages, and no page 99"):
        finish(master, CONTENTS | {"code": Form(pdf=b"", page=99)})
    with pytest.raises(ValueError, match="The face of footers has no ế"):
        finish(master, CONTENTS | {"foot": Words(lines=("ế",))})


def test_a_line_of_the_face_is_any_letter_it_has() -> None:
    face = footer_face(PROJECT / "fonts")
    line = "".join(chr(code) for code in range(32, 256) if not face.lacks(chr(code)))
    same("screen", CONTENTS | {"foot": Words(lines=(line,), size_pt=1)}, line)


PROGRAMS = {
    "poppler": ("pdftotext", "{pdf}", "-"),
    "poppler's pages": ("pdftoppm", "-r", "20", "{pdf}", "{pdf}-page"),
    "mutool": ("mutool", "draw", "-q", "-r", "20", "-o", "{pdf}-%d.png", "{pdf}"),
    "Ghostscript": ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=nullpage", "{pdf}"),
    "qpdf": ("qpdf", "--check", "{pdf}"),
}
REPAIRS = ("repair", "error:", "warning:", "damaged", "rebuil", "reconstruct", "syntax error")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_open_a_finished_file_as_it_is(kind: str, program: str, tmp_path: Path) -> None:
    name, *words = PROGRAMS[program]
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on this machine")
    path = tmp_path / "sheet.pdf"
    contents = CONTENTS | {"foot": Form(pdf=b"", page=1)}
    path.write_bytes(finish(made_for(kind)[2], contents, slug=SLUG).pdf)
    command = [found, *(word.replace("{pdf}", str(path)) for word in words)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    said = done.stderr.decode(errors="replace").lower()
    said = said.replace("warning: icc support is not available", "")
    assert done.returncode == 0, said
    assert not [word for word in REPAIRS if word in said], said


@pytest.mark.parametrize("kind", KINDS)
def test_pypdf_reads_a_finished_file_strictly(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    made = finish(made_for(kind)[2], CONTENTS, slug=SLUG)
    with caplog.at_level(logging.WARNING):
        reader = pypdf.PdfReader(io.BytesIO(made.pdf), strict=True)
        assert [page.extract_text() != "" for page in reader.pages] == [True, True]
    assert caplog.records == []


def test_finishing_takes_less_than_stamping() -> None:
    base, _, master = made_for("screen")

    def taken(times: int, fast: bool) -> float:
        start = time.process_time()
        for _ in range(times):
            finish(master, CONTENTS) if fast else stamp(base, CONTENTS)
        return (time.process_time() - start) / times

    taken(2, True), taken(2, False)
    assert taken(50, True) < taken(5, False) / 3, "0.1 ms beside 2 ms when measured alone"
