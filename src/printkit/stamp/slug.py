"""The slug: a line beside the sheet, outside the bleed, that says which file this is."""

from collections.abc import Sequence

import pikepdf

from printkit.inks import Space
from printkit.latin import Face
from printkit.stamp.contents import Faces, black_words

_SIZE_PT = 6.0
_BASELINE_PT = 4.5
_LOWER_PT, _UPPER_PT = 1.8, 8.2
"""In two lines, where one is not long enough."""
_PARTED = " · "


def fill_slugs(
    pdf: pikepdf.Pdf,
    slugs: Sequence[tuple[int, int]],
    text: str,
    *,
    space: Space,
    faces: Faces,
) -> None:
    """Write a text and the page's number into each page's slug; without a text leave them empty."""
    for number, slug in enumerate(slugs if text else (), start=1):
        form = pdf.get_object(slug)
        words = slug_words(text, number, of=len(slugs))
        face = faces.of["Regular"]
        form.write(slug_operators(words, float(form.BBox[2]), space=space, face=face))
        form.Resources = faces.resources("Regular", space)


def slug_words(text: str, number: int, *, of: int) -> str:
    """Return what a page's slug says."""
    return f"{text}{_PARTED}page {number} of {of}"


def slug_operators(words: str, width: float, *, space: Space, face: Face) -> bytes:
    """Return the operators that draw a slug in a width in points; its font is called F."""
    parts = [b"q", black_words(space), b"BT"]
    for line, size, baseline in slug_lines(words, width, face):
        shown = face.encoded(line).hex().encode()
        parts.append(b"/F %.2f Tf 1 0 0 1 0 %.2f Tm <%s> Tj" % (size, baseline, shown))
    return b"\n".join((*parts, b"ET Q"))


def slug_lines(text: str, width: float, face: Face) -> list[tuple[str, float, float]]:
    """Return the lines of a slug, with the size and the baseline of each in points.

    One line where it fits; else two, parted where the text is, as small as they must be. A letter
    that the face lacks becomes a question mark.
    """
    for letter in face.lacks(text):
        text = text.replace(letter, "?")
    if face.width(text, _SIZE_PT) <= width:
        return [(text, _SIZE_PT, _BASELINE_PT)]
    parts = text.split(_PARTED)
    splits = [
        (_PARTED.join(parts[:cut]), _PARTED.join(parts[cut:])) for cut in range(1, len(parts))
    ]
    first, second = min(
        splits or [(text, "")], key=lambda pair: max(face.width(line, 1) for line in pair)
    )
    widest = max(face.width(first, 1), face.width(second, 1))
    size = min(_SIZE_PT, width / widest)
    return [(first, size, _UPPER_PT), (second, size, _LOWER_PT)]
