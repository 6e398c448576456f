"""Lets pictures that say nothing be artifacts in a tagged PDF, as PDF/UA wants them."""

import contextlib
from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags
from weasyprint.pdf.stream import Stream

_SVG = "{http://www.w3.org/2000/svg}svg"


@contextlib.contextmanager
def silent_pictures() -> Iterator[None]:
    """Leave pictures with an empty alt, and drawings hidden from readers, out of the tags.

    WeasyPrint tags every picture as a figure, and complains of figures without words.
    """
    mark, build = Stream.marked, tags._build_box_tree

    @contextlib.contextmanager
    def marked(stream: Any, box: Any, tag: str) -> Iterator[None]:
        with stream.artifact() if _is_silent(box) else mark(stream, box, tag):
            yield

    def build_box_tree(box: Any, *rest: Any) -> Iterator[Any]:
        return iter(()) if _is_silent(box) else build(box, *rest)

    Stream.marked, tags._build_box_tree = marked, build_box_tree
    try:
        yield
    finally:
        Stream.marked, tags._build_box_tree = mark, build


def _is_silent(box: Any) -> bool:
    box = getattr(box, "_box", box)
    element = box.element
    if not isinstance(box, boxes.ReplacedBox) or element is None:
        return False
    if element.tag == _SVG or element.tag == "svg":
        return bool(element.get("aria-hidden") == "true")
    return bool(element.tag == "img" and element.get("alt") == "")
