"""The screen edition's form: one field a name, a widget wherever it stands, and no way out."""

import io
import itertools
from dataclasses import replace

import pikepdf
import pytest
from forms import (
    NAME,
    TIPS,
    fields_of,
    filled_by_pypdf,
    form,
    form_layout,
    pixels,
    printed,
    values_of,
    widgets_of,
)
from sheets import PROJECT, opened, sheet

from printkit.editions import EDITIONS
from printkit.errors import UserError
from printkit.places import Place
from printkit.stamp import prepare
from printkit.stamp.fields import size_for
from printkit.stamp.wide import LETTERS, wide_face
from printkit.typeset import FieldPlace, Layout

pytestmark = pytest.mark.usefixtures("own_fonts")


def test_a_name_is_one_field_wherever_it_stands() -> None:
    with opened(form()) as pdf:
        fields = fields_of(pdf)
        assert {name: len(field.Kids) for name, field in fields.items()} == {
            "name": 4,
            "street": 2,
            "moved": 2,
        }
        assert {name: str(field.TU) for name, field in fields.items()} == dict(
            zip(("name", "street", "moved"), TIPS["en"], strict=True)
        )
        assert [int(fields[name].MaxLen) for name in ("name", "street")] == [60, 30]
        assert [str(field.FT) for field in fields.values()] == ["/Tx", "/Tx", "/Btn"]
        for page in pdf.pages:
            for widget in widgets_of(page):
                assert widget.Parent.Kids.as_list().count(widget) == 1
                assert page.obj == widget.P
                assert widget.F == 4, "printed, and not hidden"


def test_nothing_typed_can_leave_the_file() -> None:
    with opened(form()) as pdf:
        assert set(pdf.Root.AcroForm.keys()) == {"/Fields", "/DR", "/DA"}
        assert not {"/AA", "/OpenAction", "/Names"} & set(pdf.Root.keys())
        for field in fields_of(pdf).values():
            assert not {"/AA", "/A", "/CO"} & set(field.keys())
            for widget in field.Kids.as_list():
                assert not {"/AA", "/A"} & set(widget.keys())
        for obj in pdf.objects:
            told = obj.unparse(resolved=True)
            assert not any(word in told for word in (b"/JavaScript", b"/SubmitForm", b"/XFA"))
            assert b"/NeedAppearances" not in told and b"/Sig " not in told


def test_every_widget_stands_in_the_structure() -> None:
    with opened(form()) as pdf:
        tree = pdf.Root.StructTreeRoot.ParentTree.Nums.as_list()
        owners = {int(key): owner for key, owner in zip(tree[::2], tree[1::2], strict=True)}
        assert len(owners) == len(tree) / 2, "no key twice"
        for page in pdf.pages:
            assert page.obj.Tabs == "/S"
            for widget in widgets_of(page):
                element = owners[int(widget.StructParent)]
                assert element.S == "/Form"
                assert element.K.Type == "/OBJR" and element.K.Obj == widget
                assert element.K.Pg == page.obj
                assert str(element.Alt) == str(widget.Parent.TU)
                assert element in element.P.K.as_list()
        assert not any(b"(field:" in obj.unparse(resolved=True) for obj in pdf.objects), (
            "no placeholder is left"
        )


def test_marks_and_structure_agree_without_the_pictures() -> None:
    with opened(form()) as pdf:
        tree = pdf.Root.StructTreeRoot.ParentTree.Nums.as_list()
        owners = dict(zip(map(int, tree[::2]), tree[1::2], strict=True))
        for page in pdf.pages:
            marks = [
                int(one.operands[1].MCID)
                for one in pikepdf.parse_content_stream(page)
                if str(one.operator) == "BDC"
            ]
            owned = owners[int(page.obj.StructParents)].as_list()
            assert marks == [number for number, owner in enumerate(owned) if owner is not None]
            assert len(marks) < len(owned), "the pictures' numbers are nobody's"


def test_tabs_go_as_one_reads() -> None:
    with opened(form()) as pdf:
        for page in pdf.pages:
            told = [
                str(note.Parent.T) if note.Subtype == "/Widget" else "a link"
                for note in page.obj.Annots.as_list()
            ]
            assert told == ["name", "street", "moved", "a link", "name"]


@pytest.mark.parametrize("edition", ["press", "copier"])
def test_on_paper_nothing_is_left_of_the_pictures(edition: str) -> None:
    blank = form_layout(edition)
    with opened(form(edition)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert not any(
            word in obj.unparse(resolved=True)
            for obj in pdf.objects
            for word in (b"/Widget", b"field:")
        )
        streams = [
            obj
            for obj in pdf.objects
            if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Form"
        ]
        for stream in (*streams, *pdf.pages):
            operators = [str(one.operator) for one in pikepdf.parse_content_stream(stream)]
            assert ("q", "Q") not in itertools.pairwise(operators)
    plain = prepare(
        replace(blank, fields=()), edition=EDITIONS[edition], sheet=sheet()
    ).pdf  # the pictures, left where they were
    assert pixels(plain, 1) == pixels(form(edition), 1)


def test_an_empty_form_prints_clean() -> None:
    kept = prepare(replace(form_layout(), fields=()), edition=EDITIONS["screen"], sheet=sheet())
    for page in (1, 2):
        assert pixels(form(), page) == pixels(kept.pdf, page)
        assert printed(form(), page).split() == printed(kept.pdf, page).split()


def test_letters_stand_on_the_ruled_line() -> None:
    with opened(form()) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            places = [one for one in form_layout().fields if one.place.page == number]
            for one, widget in zip(places, widgets_of(page), strict=True):
                left, foot, right, top = (float(edge) for edge in widget.Rect.as_list())
                place = one.place
                assert (left, right) == pytest.approx(
                    (place.x_pt, place.x_pt + place.width_pt), abs=0.1
                )
                assert foot == pytest.approx(396 - place.y_pt - place.height_pt, abs=0.1)
                high = 11 * 1.45 if one.kind == "text" else 9
                assert top - foot <= high + 0.1


def test_a_page_that_does_not_begin_at_nought_has_its_fields_in_place() -> None:
    layout = form_layout()
    with opened(layout.pdf) as pdf:
        for page in pdf.pages:
            page.obj.MediaBox = pikepdf.Array([-10, -20, 316, 416])
        moved = replace(layout, pdf=saved(pdf))
    there, here = (
        prepare(one, edition=EDITIONS["screen"], sheet=sheet()).pdf for one in (moved, layout)
    )
    with opened(there) as one, opened(here) as other:
        assert [w.Rect.as_list()[0] for w in widgets_of(one.pages[0])] == [
            w.Rect.as_list()[0] for w in widgets_of(other.pages[0])
        ], "measured from the trim, which has not moved"


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("width", "most", "size"),
    [(240, 60, 10.7), (240, 30, 11), (60, 10, 10.2), (60, 60, 8), (20, 60, 8)],
)
def test_letters_are_small_only_where_the_line_is_short(
    width: float, most: int, size: float
) -> None:
    place = Place(page=1, x_pt=0, y_pt=0, width_pt=width, height_pt=23)
    one = FieldPlace(name="name", number=0, tip="Name", kind="text", most=most, place=place)
    assert size_for(one) == size


def test_right_to_left_sheets_are_told_in_their_language_and_typed_for_the_clerk() -> None:
    with opened(form(language="ar")) as pdf:
        assert [str(field.TU) for field in fields_of(pdf).values()] == list(TIPS["ar"])
        assert {int(field.Q) for field in fields_of(pdf).values() if "/Q" in field} == {0}
        forms = [
            obj
            for obj in pdf.objects
            if isinstance(obj, pikepdf.Dictionary) and obj.get("/S") == "/Form"
        ]
        assert {str(element.Lang) for element in forms} == {"ar"}, "though a part is in English"
        assert len(forms) == 8
    assert NAME in printed(filled_by_pypdf(form(language="ar"), {"name": NAME}), 2)


def test_the_face_has_every_letter_that_is_typed() -> None:
    face = wide_face(PROJECT / "fonts")
    assert "".join(sorted(set(LETTERS))) == LETTERS
    assert all(
        letter in LETTERS for letter in "Nguyễn Đặng Ünal Škvorecký Łucja Þór Özgür Țepeș O’Neil"
    )
    for start in range(1, len(LETTERS), 25):
        typed = LETTERS[start : start + 25]
        if not any("\u0300" <= letter <= "\u036f" for letter in typed):
            assert typed.strip() in printed(filled_by_pypdf(form(), {"name": typed.strip()}), 2)
    assert 0 not in {face.advances[LETTERS.index(letter)] for letter in "aệŁ€"}


def test_the_form_adds_little_to_a_file() -> None:
    few = len(form())
    without = prepare(replace(form_layout(), fields=()), edition=EDITIONS["screen"], sheet=sheet())
    assert few - len(without.pdf) < 25_000
    many = len(form(pages=24)) - len(
        prepare(
            replace(form_layout(pages=24), fields=()), edition=EDITIONS["screen"], sheet=sheet()
        ).pdf
    )
    assert many < 60_000


def test_the_same_form_is_the_same_bytes() -> None:
    again = prepare(form_layout(), edition=EDITIONS["screen"], sheet=sheet())
    assert again.pdf == prepare(form_layout(), edition=EDITIONS["screen"], sheet=sheet()).pdf


def changed(field: int, /, **changes: object) -> Layout:
    layout = form_layout()
    places = list(layout.fields)
    places[field] = replace(places[field], **changes)  # type: ignore[arg-type]
    return replace(layout, fields=tuple(places))


@pytest.mark.parametrize(
    ("layout", "words"),
    [
        (
            lambda: changed(1, name="moved"),
            'The blank "moved" is a line in one place and a box to tick in another.'
            " Give one of them another name.",
        ),
        (
            lambda: changed(1, tip=" "),
            'The blank "street" does not say what to write there.'
            " Give it a few words for who hears the form read aloud.",
        ),
        (
            lambda: changed(1, number=0),
            'The blank "name" stands in a part that is repeated on every page.'
            " Put it where the sheet has it once.\n"
            'The blank "street" stands in a part that is repeated on every page.'
            " Put it where the sheet has it once.",
        ),
    ],
    ids=("kinds", "tip", "repeated"),
)
def test_what_no_form_can_be_made_of_is_told(layout: object, words: str) -> None:
    with pytest.raises(UserError) as caught:
        prepare(layout(), edition=EDITIONS["screen"], sheet=sheet())  # type: ignore[operator]
    assert str(caught.value) == words


def test_lines_of_one_name_take_what_the_shortest_takes() -> None:
    base = prepare(changed(3, most=20), edition=EDITIONS["screen"], sheet=sheet())
    with opened(base.pdf) as pdf:
        assert fields_of(pdf)["name"].MaxLen == 20
    assert values_of(base.pdf)["name"] == ""
