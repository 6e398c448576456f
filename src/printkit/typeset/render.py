"""One run of WeasyPrint: lay out once, walk the boxes, write the PDF in an edition's inks."""

import base64
import contextlib
import functools
import logging
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weasyprint import DEFAULT_OPTIONS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration

from printkit.errors import Problems
from printkit.fonts import CHOSEN
from printkit.inks import Paint
from printkit.lengths import Size
from printkit.typeset.arrays import open_arrays
from printkit.typeset.artifacts import silent_pictures
from printkit.typeset.fetch import RootFetcher
from printkit.typeset.layout import ALT_MARK, FIELD_MARK, Draft, Layout
from printkit.typeset.letters import whole_words
from printkit.typeset.lines import forget_lines, kept_lines
from printkit.typeset.message_walk import MARK, MessageWalk
from printkit.typeset.paint import painted_with
from printkit.typeset.pictures import own_pictures
from printkit.typeset.stylesheets import kept_stylesheets
from printkit.typeset.walk import PT_PER_PX, Walk, lost_texts

MAX_SLOTS = 255
EMPTY_PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """A document that WeasyPrint laid out, walked over, and ready to be written."""

    document: Document
    walk: Walk
    lost: tuple[str, ...]
    paint: Paint
    base: Path
    options: Mapping[str, Any]
    fetcher: RootFetcher
    pictures: Problems
    """What is wrong with pictures; writing raises it."""
    heard: list[str]
    """What WeasyPrint warned of so far."""

    @property
    def log(self) -> tuple[str, ...]:
        """WeasyPrint's warnings."""
        return tuple(_from_here(line, self.base) for line in self.heard)

    @property
    def refused(self) -> tuple[str, ...]:
        """The addresses asked for that are no file of the piece."""
        links = _links_to_files(self.document)
        return tuple(_from_here(url, self.base) for url in (*self.fetcher.refused, *links))

    @property
    def fonts(self) -> frozenset[str]:
        """The families drawn with, once the PDF is written."""
        return frozenset(font.family for font in self.document.fonts.values())

    def written(self) -> bytes:
        """Write the PDF in the edition's inks; raise UserError where a picture can't be."""
        with (
            _heard(self.heard),
            own_pictures(self.paint, self.pictures),
            painted_with(self.paint),
            silent_pictures(),
            whole_words(),
            open_arrays(),
        ):
            pdf = bytes(self.document.write_pdf(**self.options))
        self.pictures.raise_if_any()
        return pdf


def render(
    html: str,
    *,
    roots: tuple[Path, ...],
    paint: Paint,
    variant: str | None,
    safe_pt: float,
    base: Path,
) -> Draft:
    """Lay out a sheet."""
    done = laid_out(html, roots=roots, paint=paint, variant=variant, safe_pt=safe_pt, base=base)

    def written() -> Layout:
        pdf = done.written()
        return _map(done, pdf)

    return Draft(layout=_map(done, b""), written=written)


def _map(done: Rendering, pdf: bytes) -> Layout:
    return Layout(
        pdf=pdf,
        sizes=tuple(
            Size(width_pt=page.width * PT_PER_PX, height_pt=page.height * PT_PER_PX)
            for page in done.document.pages
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


def laid_out(
    html: str,
    *,
    roots: tuple[Path, ...],
    paint: Paint,
    variant: str | None,
    safe_pt: float,
    base: Path,
) -> Rendering:
    """Parse, lay out and walk one document."""
    fetcher, pictures, heard = RootFetcher(roots), Problems(), list[str]()
    options = {**DEFAULT_OPTIONS, "pdf_variant": variant}
    with _heard(heard), own_pictures(paint, pictures), kept_stylesheets(), kept_lines():
        source = HTML(string=html, base_url=base.resolve().as_uri() + "/", url_fetcher=fetcher)
        _give_slots_pictures(source.etree_element)
        _give_fields_pictures(source.etree_element)
        document, style_for = _with_styles(source, options)
        walk = (MessageWalk if MARK in html else Walk)(safe_pt=safe_pt)
        for page in document.pages:
            walk.over(page)
        lost = lost_texts(source.etree_element, style_for, walk.text)
    return Rendering(
        document=document,
        walk=walk,
        lost=tuple(lost),
        paint=paint,
        base=base,
        options=options,
        fetcher=fetcher,
        pictures=pictures,
        heard=heard,
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


def _with_styles(source: HTML, options: dict[str, Any]) -> tuple[Document, Any]:
    """Lay out a document; return with it the styles that its elements came to have."""
    kept = []

    class KeepingStyles(Document):  # type: ignore[misc]  # WeasyPrint comes without types
        @classmethod
        def _build_layout_context(cls, *args: Any) -> Any:
            context = super()._build_layout_context(*args)
            kept.append(context.style_for)
            return context

    document = KeepingStyles._render(source, _fonts(os.environ.get(CHOSEN)), None, None, options)
    return document, kept[0]


class _Fonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint comes without types
    """A font configuration that tells when a style sheet brings a font of its own."""

    def add_font_face(self, *given: Any) -> None:
        forget_lines()
        super().add_font_face(*given)


@functools.lru_cache(maxsize=1)
def _fonts(configuration: str | None) -> FontConfiguration:
    """Return the process's one font configuration: reading the fonts takes longer than a sheet."""
    return _Fonts()


@contextlib.contextmanager
def _heard(lines: list[str]) -> Iterator[None]:
    """Collect what WeasyPrint warns of, instead of letting it be printed."""

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
        yield
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
