"""Draw sheets as `printkit impose` sets them out, from press files of real pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image

from printkit.impose import asked_for, set_out
from printkit.latin import footer_face

SCALE = 0.34
"""Pixels a point: a sheet of 12 × 18 in is as high as a hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imposed:
    """One imposition to be shown."""

    piece: str
    languages: tuple[str, ...]
    scheme: str
    sheet: str = "12x18in"
    up: str | None = None
    creep: str | None = None


IMPOSED: dict[str, tuple[Imposed, ...]] = {
    "impose-n-up": (Imposed(piece="card", languages=("es",), scheme="n-up"),),
    "impose-cut-and-stack": (
        Imposed(
            piece="card",
            languages=("en", "es", "zh-Hant", "vi", "ru", "hi"),
            scheme="cut-and-stack",
        ),
    ),
    "impose-tri-fold": tuple(
        Imposed(
            piece="brochure",
            languages=(language,),
            scheme="tri-fold",
            sheet="13x19in",
            up="1x2",
        )
        for language in ("es", "ar")
    ),
    "impose-saddle-stitch": (
        Imposed(
            piece="know-your-rights",
            languages=("en", "es", "zh-Hant", "vi"),
            scheme="saddle-stitch",
            up="1x2",
            creep="0.1mm",
        ),
    ),
    "impose-work-and-turn": (Imposed(piece="card", languages=("es",), scheme="work-and-turn"),),
}
"""What docs/imposition.md shows, by the names of its pictures."""


def drawn(shown: Imposed, files: Sequence[Path], fonts: Path) -> list[Image.Image]:
    """Return every side of an imposition's sheets, in the order of printing."""
    asked = asked_for(scheme=shown.scheme, sheet=shown.sheet, up=shown.up, creep=shown.creep)
    document = pypdfium2.PdfDocument(set_out(files, asked, face=footer_face(fonts)).pdf)
    try:
        return [page.render(scale=SCALE).to_pil().convert("RGB") for page in document]
    finally:
        document.close()
