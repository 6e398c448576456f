"""The screen edition: each link is one stop in its own element, and prints."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import NumberTree

from printkit.editions.edition import Sheet
from printkit.editions.screen import finish, mix
from printkit.inks import Paint
from printkit.styles import language_css
from printkit.typeset import typeset

URL = "https://example.org/"
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='20' height='20'%3E"
    "%3Crect width='20' height='20'/%3E%3C/svg%3E"
)
WITHIN = (
    f'<a href="{URL}" style="display:inline-block">'
    f'<div><img src="{PICTURE}" alt="A code"></div></a>'
)
WORDS = f'<p>Read <a href="{URL}">the law</a> first.</p>'


def finished(body: str, tmp_path: Path) -> pikepdf.Pdf:
    html = (
        f'<!doctype html><html lang="en"><head><title>t</title><style>{language_css()}</style>'
        f"</head><body>{body}</body></html>"
    )
    paint = Paint(space="DeviceRGB", mix=mix)
    layout = typeset(html, roots=(tmp_path,), paint=paint, variant="pdf/ua-1")
    pdf = pikepdf.open(io.BytesIO(layout.pdf))
    day, here = date(2026, 1, 1), tmp_path
    finish(pdf, Sheet(title="t", language="en", created=day, profiles=here, fonts=here))
    return pdf


def below(element: Any) -> list[Any]:
    found = []
    for one in element.get("/K", ()):
        if isinstance(one, pikepdf.Dictionary):
            found += [(element, one), *below(one)]
    return found


@pytest.mark.parametrize("body", [WITHIN, WORDS, WITHIN + WORDS])
def test_each_link_is_one_stop_in_its_own_element(
    body: str, own_fonts: Path, tmp_path: Path
) -> None:
    with finished(body, tmp_path) as pdf:
        stops = pdf.pages[0].obj.Annots
        assert len(stops) == body.count("<a ")
        parents = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        referred = [
            (holder, one.Obj.objgen)
            for holder, one in below(pdf.Root.StructTreeRoot)
            if one.get("/Type") == "/OBJR"
        ]
        assert {number for _, number in referred} == {stop.objgen for stop in stops}
        assert {str(holder.S) for holder, _ in referred} == {"/Link"}
        for stop in stops:
            assert parents[int(stop.StructParent)].S == "/Link"
            assert int(stop.F) == 4
            assert str(stop.Contents) == URL
