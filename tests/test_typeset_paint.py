"""Paint in four inks: black overprints, white and colours never do, through saved states."""

import re

import pikepdf
import pytest
from sheets import CARD, CONTENTS, PROJECT, base_of, opened, sheet

from printkit.editions import EDITIONS
from printkit.stamp import prepare, stamp
from printkit.typeset import typeset

pytestmark = pytest.mark.usefixtures("own_fonts")
Mark = tuple[str, tuple[float, ...], bool, object]
"""Text, fill or stroke; its inks; whether it overprints; the overprint mode."""
_TEXTS, _FILLS, _STROKES = {"Tj", "TJ"}, {"f", "f*", "B", "B*"}, {"S", "s", "B", "B*"}


def marks_of(pdf: pikepdf.Pdf) -> list[Mark]:
    """Return every mark of a file's pages, as a machine that overprints sees it."""
    found: list[Mark] = []
    for page in pdf.pages:
        _walk(page, page.obj.Resources, {"fill": (), "line": (), "op": False, "OP": False}, found)
    return found


def _walk(
    content: pikepdf.Object | pikepdf.Page,
    resources: pikepdf.Object,
    state: dict[str, object],
    found: list[Mark],
) -> None:
    stack = []
    for instruction in pikepdf.parse_content_stream(content):
        operands, word = list(instruction.operands), str(instruction.operator)
        if word == "q":
            stack.append(dict(state))
        elif word == "Q":
            state = stack.pop()
        elif word in ("k", "K", "scn", "SCN"):
            state["fill" if word.islower() else "line"] = tuple(float(part) for part in operands)
        elif word == "gs":
            changed = resources.ExtGState[str(operands[0])]
            if "/OP" in changed:
                state["OP"] = state["op"] = bool(changed.OP)
            if "/op" in changed:
                state["op"] = bool(changed.op)
            state["OPM"] = changed.get("/OPM", state.get("OPM"))
        elif word == "Do":
            form = resources.XObject[str(operands[0])]
            if form.Subtype == "/Form":
                _walk(form, form.get("/Resources", resources), dict(state), found)
        for kind, words, ink, flag in (
            ("text", _TEXTS, "fill", "op"),
            ("fill", _FILLS, "fill", "op"),
            ("stroke", _STROKES, "line", "OP"),
        ):
            if word in words:
                inks = state[ink]
                assert isinstance(inks, tuple)
                found.append((kind, inks, bool(state[flag]), state.get("OPM")))


def told(obj: pikepdf.Object) -> bytes:
    """Return an object's own words, a stream's without its data."""
    if isinstance(obj, pikepdf.Stream):
        return pikepdf.Dictionary(dict(obj.items())).unparse()
    return obj.unparse(resolved=True)


BLACK: tuple[float, ...] = (0, 0, 0, 1)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_black_overprints_and_nothing_else_does(language: str) -> None:
    with opened(stamp(base_of("press", language), CONTENTS, slug="a slug")) as pdf:
        marks = marks_of(pdf)
    texts = [mark for mark in marks if mark[0] == "text"]
    assert {mark[1] for mark in texts} == {BLACK, (0, 0, 0, 0)}
    for _, inks, overprints, mode in texts:
        assert overprints == (inks == BLACK)
        assert not overprints or mode == 1
    assert [mark for mark in marks if mark[1] != BLACK and mark[2]] == []


DRAWN = """<p style="color:#000">black <b style="color:#fff">white</b> black</p>
<p style="background:#000;color:#fff">white on black<i style="color:#0d5c63"> deep</i></p>
<div style="opacity:0.5"><p style="color:#fff">white</p><p>black</p></div>
<svg width="40" height="20"><g fill="#fff" stroke="#000"><rect x="1" y="1" width="9" height="9"/>
<rect x="15" y="1" width="9" height="9" fill="#000" stroke="#fff"/>
<path d="M0 15h30" stroke="#0d5c63"/><rect width="4" height="4" fill="#000" stroke="none"/></g>
</svg>
<p style="text-decoration:underline">lined</p><p style="color:device-cmyk(0 0 0 1)">ink</p>
<p style="color:device-cmyk(0 0 0 0)">no ink</p><p style="border:1pt solid #fff">edge</p>"""


def test_white_never_overprints_wherever_it_stands() -> None:
    edition = EDITIONS["press"]
    layout = typeset(
        f'<html lang="en"><style>{edition.css(CARD)}</style>{DRAWN}',
        roots=(PROJECT / "tests",),
        paint=edition.paint(PROJECT / "profiles"),
    )
    with opened(prepare(layout, edition=edition, sheet=sheet()).pdf) as pdf:
        marks = [mark for mark in marks_of(pdf) if mark[1] != (1, 1, 1, 1)]
    assert {(0, 0, 0, 0), BLACK} <= {mark[1] for mark in marks}
    assert [mark for mark in marks if mark[1] != BLACK and mark[2]] == []
    assert [mark for mark in marks if mark[0] == "text" and mark[1] == BLACK and not mark[2]] == []


def test_a_gradient_runs_from_ink_to_ink() -> None:
    edition = EDITIONS["press"]
    layout = typeset(
        f'<html lang="en"><style>{edition.css(CARD)}</style>'
        '<p style="background: linear-gradient(#0d5c63, #fff)">x</p>',
        roots=(PROJECT / "tests",),
        paint=edition.paint(PROJECT / "profiles"),
    )
    with opened(prepare(layout, edition=edition, sheet=sheet()).pdf) as pdf:
        words = b" ".join(told(obj) for obj in pdf.objects)
    assert b"/C0 [ 0.9 0.4 0.45 0.15 ] /C1 [ 0 0 0 0 ]" in words


@pytest.mark.parametrize("name", ["copier", "screen"])
def test_other_editions_know_no_overprint(name: str) -> None:
    with opened(stamp(base_of(name), CONTENTS)) as pdf:
        assert not any(re.search(rb"/OPM?\b|/op\b", told(obj)) for obj in pdf.objects)


def test_weasyprint_paints_as_ever_afterwards() -> None:
    edition = EDITIONS["screen"]
    base_of("press")
    layout = typeset(
        f'<html lang="en"><style>{edition.css(CARD)}</style>{DRAWN}',
        roots=(PROJECT / "tests",),
        paint=edition.paint(PROJECT / "profiles"),
    )
    with opened(prepare(layout, edition=edition, sheet=sheet()).pdf) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    assert b"1 1 1 rg" in content
    assert b"/o1 gs" not in content
