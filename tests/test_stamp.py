"""Stamping: what differs by region goes into its slots, everywhere, and nothing else changes."""

import os
import pickle
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from sheets import CONTENTS, PROJECT, TEXTS, URL, base_of, layout_of, opened, sheet, text_of

from printkit.editions import EDITIONS
from printkit.errors import UserError
from printkit.lengths import Size
from printkit.stamp import Code, Content, Form, Words, footer_face, prepare, stamp
from printkit.typeset import Layout, SlotPage, typeset_slots

pytestmark = pytest.mark.usefixtures("own_fonts")
OTHER = "https://example.org/ca/kern/es/v1"


def codes(pdf: bytes, page: int = 1) -> list[str]:
    image = pdfium.PdfDocument(pdf)[page - 1].render(scale=2).to_pil()
    return [code.text for code in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("name", EDITIONS)
def test_one_base_makes_many_files(name: str) -> None:
    base = base_of(name)
    for url in (URL, OTHER):
        pdf = stamp(base, CONTENTS | {"code": Code(url=url)})
        assert set(codes(pdf)) == {url}
        assert set(codes(pdf, 2)) == {url}, "the same slot on another page"
        assert "Fresno · card · v1 · ab12cd" in text_of(pdf, 2)


@pytest.mark.parametrize("name", EDITIONS)
def test_a_page_of_another_pdf_fills_a_slot(name: str) -> None:
    text, family, direction = TEXTS["zh-Hant"]
    sheets = typeset_slots(
        [SlotPage(html=f"<p>{word}</p>", width_pt=180, height_pt=10) for word in ("A", text)],
        head=f'<style>p {{ margin: 0; font: 8pt/10pt "{family}" }}</style>',
        language="zh-Hant",
        direction=direction,
        css_class=name,
        roots=(PROJECT / "tests",),
        paint=EDITIONS[name].paint(PROJECT / "profiles"),
    )
    base = base_of(name)
    pdf = stamp(base, CONTENTS | {"foot": Form(pdf=sheets.pdf, page=2, alt=text)})
    place = next(slot.place for slot in layout_of(name).slots if slot.name == "foot")
    assert text in text_of(pdf)
    assert text_of(pdf).count("Fresno") == 0
    if name == "screen":
        page = pdfium.PdfDocument(pdf)[0].get_textpage()
        top = 396 - place.y_pt
        inside = page.get_text_bounded(
            left=place.x_pt - 1, right=place.x_pt + 180, top=top + 2, bottom=top - 12
        )
        assert inside.strip() == text


def test_slots_and_contents_match_by_name() -> None:
    contents = dict(CONTENTS)
    contents["cod"] = contents.pop("code")
    with pytest.raises(UserError) as caught:
        stamp(base_of("press"), contents)
    assert str(caught.value) == (
        'Nothing was given for the slot "code". Give it a content.\n'
        'The template has no slot "cod". Did you mean "code"?'
    )


def resized(layout: Layout, number: int) -> Layout:
    slots = list(layout.slots)
    slots[number] = replace(slots[number], size=Size(width_pt=72, height_pt=36))
    return replace(layout, slots=tuple(slots))


def test_a_slot_has_one_size_everywhere() -> None:
    layout = layout_of("press")
    again = next(n for n, slot in enumerate(layout.slots) if n and slot.name == "code")
    with pytest.raises(UserError, match='The slot "code" is 1'):
        prepare(resized(layout, again), edition=EDITIONS["press"], sheet=sheet())


def test_a_slot_that_is_not_drawn_is_told() -> None:
    layout = layout_of("press")
    extra = replace(layout.slots[0], name="help")
    with pytest.raises(UserError, match='The slot "help" is not drawn on any page'):
        prepare(
            replace(layout, slots=(*layout.slots, extra)),
            edition=EDITIONS["press"],
            sheet=sheet(),
        )


def figures(pdf: pikepdf.Pdf) -> list[str]:
    return [
        str(obj.Alt)
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/S") == "/Figure"
    ]


def test_screen_figures_speak_the_contents_words() -> None:
    with opened(stamp(base_of("screen"), CONTENTS)) as pdf:
        assert (
            sorted(figures(pdf))
            == ["Code to example.org"] * 2 + ["Fresno · card · v1 · ab12cd"] * 2
        )
    with opened(stamp(base_of("screen"), CONTENTS | {"code": Code(url=URL)})) as pdf:
        assert "Code" in figures(pdf), "the template's words, where the content brings none"


def test_screen_links_lead_where_the_code_leads() -> None:
    with opened(stamp(base_of("screen"), CONTENTS)) as pdf:
        links = [note for page in pdf.pages for note in page.Annots.as_list()]
        assert {str(link.A.URI) for link in links} == {URL}
        assert {str(link.Contents) for link in links} == {URL}
        numbers = [int(link.StructParent) for link in links]
        assert len(set(numbers)) == len(numbers) >= 2


def test_marked_content_survives_stamping() -> None:
    with opened(stamp(base_of("screen", "km"), CONTENTS)) as pdf:
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums.as_list()
        for number, page in enumerate(pdf.pages):
            marks = [
                instruction
                for instruction in pikepdf.parse_content_stream(page)
                if str(instruction.operator) == "BDC"
            ]
            elements = parents[2 * number + 1].as_list()
            assert len(elements) == len(marks)
            assert all(element.Type == "/StructElem" for element in elements)


def test_no_placeholder_is_left() -> None:
    for name in EDITIONS:
        with opened(stamp(base_of(name), CONTENTS)) as pdf:
            for obj in pdf.objects:
                assert not (isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image")
                assert b"slot.invalid" not in obj.unparse(resolved=True)
                assert b"(slot:" not in obj.unparse(resolved=True)


@pytest.mark.parametrize(
    ("align", "direction", "left"),
    [
        ("start", "ltr", True),
        ("end", "ltr", False),
        ("start", "rtl", False),
        ("end", "rtl", True),
    ],
)
def test_words_stand_where_readers_begin(align: str, direction: str, left: bool) -> None:
    words = Words(lines=("Left", "or right"), size_pt=4, align=align, direction=direction)  # type: ignore[arg-type]
    data = stamp(base_of("screen"), CONTENTS | {"foot": words})
    page = pdfium.PdfDocument(data)[0].get_textpage()
    slot = next(slot.place for slot in layout_of("screen").slots if slot.name == "foot")
    found = page.search("Left").get_next()
    assert found is not None
    x, *_ = page.get_charbox(found[0])
    assert (x < slot.x_pt + 20) == left
    face = footer_face(PROJECT / "fonts")
    if not left:
        assert x == pytest.approx(slot.x_pt + 180 - face.width("Left", 4), abs=1)


def test_the_footer_face_measures_as_the_font_does() -> None:
    face = footer_face(PROJECT / "fonts")
    assert face.width("iii", 10) < face.width("mmm", 10)
    assert face.width("", 10) == 0
    assert footer_face(PROJECT / "fonts", "Bold").width("card", 10) > face.width("card", 10)
    assert face.lacks("Ñandú · “2026” – é") == ""
    assert face.lacks("Tiếng Việt Việt") == "ếệ"
    with pytest.raises(ValueError, match="The face of footers has no ế ệ"):
        face.width("Tiếng Việt", 10)


def test_titles_and_identifiers_are_the_files_own() -> None:
    base = base_of("press")
    one = stamp(base, CONTENTS, title="Card, Spanish, Fresno")
    two = stamp(base, CONTENTS | {"code": Code(url=OTHER)}, title="Card, Spanish, Kern")
    with opened(one) as first, opened(two) as second:
        assert str(first.docinfo["/Title"]) == "Card, Spanish, Fresno"
        assert first.trailer.ID[0] != second.trailer.ID[0]
        packet, other = (pdf.Root.Metadata.read_bytes() for pdf in (first, second))
    assert b"Card, Spanish, Kern" in other
    assert packet.split(b"xmp.did:")[1][:32] not in other


def test_the_profile_and_the_face_are_each_held_once() -> None:
    with opened(stamp(base_of("press"), CONTENTS)) as pdf:
        profiles = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Stream) and "/N" in obj]
        assert len([obj for obj in profiles if obj.get("/Type") != "/ObjStm"]) == 1
    press = len(stamp(base_of("press"), CONTENTS))
    assert press < 270_000
    assert len(stamp(base_of("screen"), CONTENTS)) < 50_000


def test_bases_pickle() -> None:
    base = base_of("copier")
    again = pickle.loads(pickle.dumps(base))
    assert again == base
    assert stamp(again, CONTENTS) == stamp(base, CONTENTS)


SAME = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from printkit import fonts
fonts.isolate(Path(sys.argv[2]), Path(sys.argv[3]))
from sheets import CONTENTS, base_of
from printkit.editions import EDITIONS
from printkit.stamp import stamp
for name in EDITIONS:
    for language in ("ar", "km", "zh-Hant"):
        print(name, language, hashlib.sha256(stamp(base_of(name, language), CONTENTS)).hexdigest())
"""


@pytest.mark.slow
def test_same_input_gives_the_same_bytes_whatever_the_process(tmp_path: Path) -> None:
    outputs = set()
    for number in ("1", "4242"):
        scratch = tmp_path / number  # another place, too: no path may come through
        arguments = [str(PROJECT / "tests"), str(PROJECT / "fonts"), str(scratch)]
        done = subprocess.run(
            [sys.executable, "-c", SAME, *arguments],
            env={**os.environ, "PYTHONHASHSEED": number, "TZ": f"UTC{number[0]}"},
            capture_output=True,
            text=True,
            check=True,
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_stamping_takes_milliseconds() -> None:
    base = base_of("screen")
    contents: dict[str, Content] = dict(CONTENTS)
    stamp(base, contents)
    start = time.process_time()
    for _ in range(10):
        stamp(base, contents)
    assert (time.process_time() - start) / 10 < 0.05, "2 ms when measured alone"
