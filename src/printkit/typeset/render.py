"""One run of WeasyPrint: lay out once, walk the boxes, write the PDF in an edition's inks."""

import base64
import contextlib
import functools
import logging
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weasyprint import DEFAULT_OPTIONS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration

from printkit.inks import Paint
from printkit.lengths import Size
from printkit.typeset.artifacts import silent_pictures
from printkit.typeset.fetch import RootFetcher
from printkit.typeset.layout import ALT_MARK, FIELD_MARK, Layout
from printkit.typeset.letters import whole_words
from printkit.typeset.message_walk import MARK, MessageWalk
from printkit.typeset.paint import painted_with
from printkit.typeset.pictures import own_pictures
from printkit.typeset.walk import PT_PER_PX, Walk, lost_texts

MAX_SLOTS = 255
EMPTY_PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """What one run of WeasyPrint gave."""

    pdf: bytes
    pages: tuple[Any, ...]
    walk: Walk
    lost: tuple[str, ...]
    fonts: frozenset[str]
    log: tuple[str, ...]
    refused: tuple[str, ...]


def render(
    html: str,
    *,
    roots: tuple[Path, ...],
    paint: Paint,
    variant: str | None,
    safe_pt: float,
    base: Path,
    write: bool,
) -> Layout:
    """Lay out a sheet."""
    done = run(
        html, roots=roots, paint=paint, variant=variant, safe_pt=safe_pt, base=base, write=write
    )
    return Layout(
        pdf=done.pdf,
        sizes=tuple(
            Size(width_pt=page.width * PT_PER_PX, height_pt=page.height * PT_PER_PX)
            for page in done.pages
        ),
        slots=tuple(done.walk.slots),
        codes=tuple(done.walk.codes),
        fields=tuple(done.walk.fields),
        windows=tuple(done.walk.windows),
        overflows=tuple(done.walk.overflows),
        lost=done.lost,
        fonts=done.fonts,
        log=done.log,
        refused=done.refused,
        messages=done.walk.messages() if isinstance(done.walk, MessageWalk) else (),
    )


def run(
    html: str,
    *,
    roots: tuple[Path, ...],
    paint: Paint,
    variant: str | None,
    safe_pt: float,
    base: Path,
    write: bool = True,
) -> Rendering:
    """Parse, lay out, walk and write one document."""
    fetcher = RootFetcher(roots)
    options = {**DEFAULT_OPTIONS, "pdf_variant": variant}
    with _heard() as log, own_pictures(paint) as refused_pictures:
        source = HTML(string=html, base_url=base.resolve().as_uri() + "/", url_fetcher=fetcher)
        _give_slots_pictures(source.etree_element)
        _give_fields_pictures(source.etree_element)
        document, style_for = _laid_out(source, options)
        walk = (MessageWalk if MARK in html else Walk)(safe_pt=safe_pt)
        for page in document.pages:
            walk.over(page)
        lost = lost_texts(source.etree_element, style_for, walk.text)
        with painted_with(paint), silent_pictures(), whole_words():
            pdf = document.write_pdf(**options) if write else b""
    if write:
        refused_pictures.raise_if_any()
    return Rendering(
        pdf=pdf,
        pages=tuple(document.pages),
        walk=walk,
        lost=tuple(lost),
        fonts=frozenset(font.family for font in document.fonts.values()),
        log=tuple(_from_here(line, base) for line in log),
        refused=tuple(
            _from_here(url, base) for url in (*fetcher.refused, *_links_to_files(document))
        ),
    )


def slot_picture(number: int) -> str:
    """Return the picture that stands for a slot: one pixel, gray by the slot's number."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes((0, number)))
    chunks = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    )
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + chunks).decode()


def _give_slots_pictures(root: Any) -> None:
    """Let every slot's picture tell which slot it is, and the words of its figure too."""
    numbers: dict[str, int] = {}
    for element in root.iter("img"):
        name = element.get("data-slot")
        if name is None:
            continue
        number = numbers.setdefault(name, len(numbers))
        if number > MAX_SLOTS:
            raise ValueError(f"A sheet has at most {MAX_SLOTS + 1} slots.")
        element.set("src", slot_picture(number))
        element.set("data-alt", element.get("alt") or "")
        element.set("alt", ALT_MARK + name)


def _give_fields_pictures(root: Any) -> None:
    """Let every field be a picture of nothing whose figure tells the field's number."""
    fields = (element for element in root.iter("img") if element.get("data-field") is not None)
    for number, element in enumerate(fields):
        element.set("src", EMPTY_PICTURE)
        element.set("data-alt", element.get("alt") or "")
        element.set("alt", f"{FIELD_MARK}{number}")


def _laid_out(source: HTML, options: dict[str, Any]) -> tuple[Document, Any]:
    """Lay out a document; return with it the styles that its elements came to have."""
    kept = []

    class KeepingStyles(Document):  # type: ignore[misc]  # WeasyPrint comes without types
        @classmethod
        def _build_layout_context(cls, *args: Any) -> Any:
            context = super()._build_layout_context(*args)
            kept.append(context.style_for)
            return context

    document = KeepingStyles._render(
        source, _fonts(os.environ.get("FONTCONFIG_FILE")), None, None, options
    )
    return document, kept[0]


@functools.lru_cache(maxsize=1)
def _fonts(configuration: str | None) -> FontConfiguration:
    """Return the process's one font configuration: reading the fonts takes longer than a sheet."""
    return FontConfiguration()


@contextlib.contextmanager
def _heard() -> Iterator[list[str]]:
    """Collect what WeasyPrint warns of, instead of letting it be printed."""
    lines: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            line = record.getMessage()
            if line not in lines:
                lines.append(line)

    logger = logging.getLogger("weasyprint")
    listener = Listener(logging.WARNING)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield lines
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagate


def _from_here(words: str, base: Path) -> str:
    """Return words with the project's files named from the piece, wherever the project lies."""
    folder, up = base.resolve(), ""
    for _ in range(3):
        words = words.replace(f"{folder.as_uri()}/", up)
        folder, up = folder.parent, f"{up}../"
    return words


def _links_to_files(document: Document) -> Iterator[str]:
    """Yield links that would carry a path of this machine into the PDF."""
    for page in document.pages:
        for kind, target, *_ in page.links:
            if kind != "internal" and str(target).lower().startswith("file:"):
                yield str(target)
