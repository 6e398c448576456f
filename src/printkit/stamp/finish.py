"""A master and slot contents to a finished PDF: the shared head, and a tail of a few objects."""

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf

from printkit.inks import OVERPRINT
from printkit.latin import Weight
from printkit.stamp.contents import (
    Code,
    Content,
    Form,
    Words,
    alt_of,
    code_operators,
    digest_of,
    document_of,
    match,
    page_operators,
    words_operators,
)
from printkit.stamp.deflate import deflated
from printkit.stamp.master import Master, Page
from printkit.stamp.objects import as_object, joined, pack
from printkit.stamp.parted import Gap, Room
from printkit.stamp.slug import slug_operators, slug_words
from printkit.stamp.tables import Place, ended

_NOTHING = b"<< >>"
_OVERPRINT = b"/ExtGState << /K %s >> " % pikepdf.Dictionary(OVERPRINT).unparse()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A sheet's file."""

    head: bytes
    """The master's own: the same object for all its sheets."""
    tail: bytes
    sha256: str
    """Of the whole file."""
    drawn: Mapping[str, bytes]
    """The operators of each slot's form, as the tail holds them compressed."""

    @property
    def pdf(self) -> bytes:
        """The whole file."""
        return self.head + self.tail

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.head) + len(self.tail)


def finish(master: Master, contents: Mapping[str, Content], *, slug: str = "") -> Finished:
    """Return a master's sheet with each slot filled: what `stamp` makes, with no PDF opened.

    A form's page is one of those that the master was made with; its PDF may be left out. Raises
    UserError with the names of slots without a content and contents without a slot.
    """
    match(master.slots, contents)
    tail = _Tail(master)
    drawn = {name: _filled(tail, name, contents[name]) for name in master.slots}
    for number, room in enumerate(master.slugs, start=1):
        _fill_slug(tail, room, slug and slug_words(slug, number, of=len(master.slugs)))
    document = document_of(master.digest, contents, slug, pages=master.pages_digest)
    tail.describe(document)
    written = tail.written()
    whole = _sum_of(master.head).copy()
    whole.update(written)
    end = tail.end(len(written), whole.copy().digest()[:16])
    whole.update(end)
    return Finished(head=master.head, tail=written + end, sha256=whole.hexdigest(), drawn=drawn)


def _filled(tail: "_Tail", name: str, content: Content) -> bytes:
    """Fill a slot, and let its figures and links tell what it holds; return its operators."""
    master, slot = tail.master, tail.master.slots[name]
    size, resources = slot.room.size, _NOTHING
    if isinstance(content, Code):
        operators = code_operators(content, size=size, space=master.space)
    elif isinstance(content, Words):
        face = master.faces[content.weight]
        operators = words_operators(content, size=size, space=master.space, face=face)
        resources = tail.of_words(content.weight)
    else:
        page = _page_of(master, content)
        operators = page_operators(page.left_pt, page.top_pt, size=size)
        resources = b"<< /XObject << /Content %d 0 R >> >>" % tail.bring(page.form)
    tail.draw(slot.room, operators, resources)
    for gap in slot.figures:
        tail.tell(gap, alt_of(content) or slot.alt)
    for gap in slot.links:
        tail.tell(gap, content.url if isinstance(content, Code) else None)
    return operators


def _page_of(master: Master, content: Form) -> Page:
    """Return a form's page; ValueError for one that the master was not made with."""
    if content.pdf and digest_of(content.pdf) != master.pages_digest:
        raise ValueError("The form's PDF is not the one that the master was made with.")
    if not 1 <= content.page <= len(master.pages):
        raise ValueError(f"The master has {len(master.pages)} pages, and no page {content.page}.")
    return master.pages[content.page - 1]


def _fill_slug(tail: "_Tail", room: Room, words: str) -> None:
    """Write a page's slug; without words it stays empty."""
    if not words:
        tail.draw(room, b"", _NOTHING)
        return
    master = tail.master
    face = master.faces["Regular"]
    operators = slug_operators(words, room.size.width_pt, space=master.space, face=face)
    tail.draw(room, operators, tail.of_words("Regular"))


class _Tail:
    """The objects of one sheet that its head lacks, and their numbers."""

    def __init__(self, master: Master) -> None:
        self.master = master
        self._loose: list[tuple[int, bytes]] = []
        self._streams: list[tuple[int, bytes, bytes]] = []
        self._numbers: dict[int, int] = {}
        self._places: dict[int, Place] = {}

    def bring(self, key: int) -> int:
        """Let the sheet hold one of the extras and what it needs; return its number."""
        for one in self.master.brought[key]:
            self._numbers.setdefault(one, self.master.free + len(self._numbers))
        return self._numbers[key]

    def of_words(self, weight: Weight) -> bytes:
        """Return the resources of words in a weight: their font F, and black's state K."""
        state = _OVERPRINT if self.master.space == "DeviceCMYK" else b""
        return b"<< %s/Font << /F %d 0 R >> >>" % (state, self.bring(self.master.fonts[weight]))

    def draw(self, room: Room, operators: bytes, resources: bytes) -> None:
        """Draw in a form."""
        data = deflated(operators)
        form = b"<< %s /Filter /FlateDecode /Length %d /Resources %s >>"
        self._streams.append((room.number, form % (room.entries, len(data), resources), data))

    def tell(self, gap: Gap, words: str | None) -> None:
        """Fill a gap with words, or leave it as the base has it."""
        if words is None:
            self._loose.append((gap.number, gap.plain))
        else:
            self._loose.append((gap.number, pikepdf.String(words).unparse().join(gap.around)))

    def describe(self, document: str) -> None:
        """Write the XMP of the file with this digest."""
        packet = document.encode().join(self.master.packet)
        form = b"<< /Length %d /Subtype /XML /Type /Metadata >>" % len(packet)
        self._streams.append((self.master.metadata, form, packet))

    def written(self) -> bytes:
        """Return all of these objects as they stand after the head."""
        for key, number in self._numbers.items():
            extra = self.master.extras[key]
            text = joined(extra.written, self._numbers)
            if extra.stream is None:
                self._loose.append((number, text))
            else:
                self._streams.append((number, text, extra.stream))
        if self.master.table.is_packed and self._loose:
            number = self.master.free + len(self._numbers)
            for index, (one, _) in enumerate(self._loose):
                self._places[one] = -number, index
            self._streams.append((number, *pack(self._loose)))
            self._loose = []
        parts, at = [], len(self.master.head)
        loose = [(number, text, None) for number, text in self._loose]
        for number, text, stream in (*self._streams, *loose):
            self._places[number] = at, 0
            parts.append(as_object(number, text, stream))
            at += len(parts[-1])
        return b"".join(parts)

    def end(self, length: int, identifier: bytes) -> bytes:
        """Return what stands after so many bytes of objects."""
        name = identifier.hex().encode()
        return ended(
            self.master.table,
            [self._places[number] for number in sorted(self._places)],
            at=len(self.master.head) + length,
            trailer=b"/ID [<%s> <%s>] %s" % (name, name, self.master.trailer),
        )


@functools.lru_cache(maxsize=8)
def _sum_of(head: bytes) -> "hashlib._Hash":
    """Return the running sum of a head, for its sheets to go on with copies of it."""
    return hashlib.sha256(head)
