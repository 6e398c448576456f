"""What a sheet is made of, each part as a short digest, so that manifests tell what changed.

The code at a sheet's foot says that something differs; the parts say what, in builds that may be
years apart and on other machines.
"""

import functools
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from printkit.campaign import CampaignFact
from printkit.compose import languages_spoken
from printkit.fonts import SUMS, font_file
from printkit.languages import LANGUAGES
from printkit.pieces import Piece
from printkit.profiles import profile_in

FACT = "fact "
"""Before the name of a fact of campaign.toml; all other facts are one part, "facts"."""
DIGITS = 8
"""Hexadecimal digits of a digest: it tells a part from the same part of another sheet."""
_TAG = re.compile(r"(<[^<>]*>)")
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
_ADDRESS = re.compile(r' (?:data-code|href)="(https?:[^"]*)"')
_ASIDES = {"svg": "skip", "title": "skip", "style": "style"}
"""Elements whose text is none of the sheet's words: a code's modules stand for its address."""
_BREAK = "\N{ZERO WIDTH SPACE}"


def sheet_parts(
    piece: Piece, html: str, facts: Iterable[CampaignFact], *, version: str, fonts: Path
) -> dict[str, str]:
    """Return the digests of what all sheets of a job share, by the part's name.

    The version and a DRAFT mark are left out: a manifest tells of both by themselves.
    """
    read = _Reader(html)
    known: dict[str, list[CampaignFact]] = {}
    for fact in facts:
        for shown in {fact.shown, fact.value}:
            known.setdefault(shown, []).append(fact)
    named = {fact.name: fact for text in read.facts for fact in known.get(text, ())}
    others = sorted({text for text in read.facts if text not in known})
    parts = {
        "words": _words(read.words, version),
        "layout": _digest(read.tags),
        "style": _digest([*read.style, *style_sums((piece.folder, *piece.shared))]),
        "fonts": _digest(_font_sums(fonts, languages_spoken(html))),
        **{FACT + name: _digest([one.value, one.shown]) for name, one in sorted(named.items())},
    }
    if others:
        parts["facts"] = _digest(others)
    return parts | _place(read.place)


def target_parts(
    shared: Mapping[str, str], texts: Sequence[str], *, label: str, landing: str, version: str
) -> dict[str, str]:
    """Return the digests of one region's sheet: what it shares, and what it says of its region.

    `texts` are its slots' words, in HTML; `landing` is the address that it prints.
    """
    parts = dict(shared)
    slots = [_Reader(text, in_slot=True) for text in texts]
    if slots:
        words = _words([word for slot in slots for word in slot.words], version)
        parts["words"] = _digest([parts.get("words", ""), words])
    told = [label, landing.removesuffix(f"/{version}"), parts.pop("place", "")]
    return parts | _place([*told, *(fact for slot in slots for fact in slot.place)])


def inks_part(profiles: Path, standard: str) -> dict[str, str]:
    """Return the digest of what a press edition is made for: its profile and its standard."""
    return {"press": _digest([standard, file_sum(profile_in(profiles))])}


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag taken apart; most of a sheet's tags stand on it, and on its like, many times."""

    name: str
    kind: str
    ends: bool
    opens: bool
    """Whether it begins an element that has an end."""
    addresses: tuple[str, ...]
    kept: str
    """The tag without its addresses."""


@functools.lru_cache(maxsize=20_000)
def _tag_of(tag: str) -> _Tag:
    found = _NAME.match(tag)
    name = found[1].lower() if found else ""
    ends = tag.startswith("</")
    return _Tag(
        name=name,
        kind=_kind(tag, name),
        ends=ends,
        opens=bool(name) and not ends and not tag.endswith("/>"),
        addresses=tuple(map(unescape, _ADDRESS.findall(tag))),
        kept=_ADDRESS.sub("", tag),
    )


class _Reader:
    """Takes a document apart: its words, its facts, what it says of a region, its tags, its style.

    The text of a fact is no word, but its place among the words is.
    """

    def __init__(self, html: str, *, in_slot: bool = False) -> None:
        self.words: list[str] = []
        self.facts: list[str] = []
        self.place: list[str] = []
        self.tags: list[str] = []
        self.style: list[str] = []
        self._fact: list[str] = []
        self._within: list[tuple[str, str, str]] = [("slot", "", "slot")] if in_slot else []
        """What the text stands in: what it is, the tag's name, and what the innermost element
        that is more than plain comes to; plain elements too."""
        takes = {"fact": self._fact, "style": self.style, "skip": []}
        for number, part in enumerate(_TAG.split(html)):
            if number % 2:
                self._take_tag(_tag_of(part))
            elif part:
                takes.get(self._state(), self.words).append(part)

    def _state(self) -> str:
        return self._within[-1][2] if self._within else ""

    def _take_tag(self, tag: _Tag) -> None:
        state = self._state()
        hidden = state in ("fact", "skip")
        if not hidden and tag.addresses:
            self.facts += tag.addresses
        if tag.ends:
            if any(tag.name == other for _, other, _ in self._within):
                self._close(tag.name)
        elif tag.opens and (self._within or tag.kind):
            kind = "" if hidden or state == "style" else tag.kind
            self._within.append((kind, tag.name, kind or state))
        if not hidden and self._state() not in ("fact", "skip"):
            self.tags.append(tag.kept)

    def _close(self, name: str) -> None:
        """Leave the nearest element of a name, and those in it that nothing closed."""
        while self._within:
            kind, other, _ = self._within.pop()
            if kind == "fact":
                self._end_fact()
            if other == name:
                return

    def _end_fact(self) -> None:
        text = unescape("".join(self._fact)).replace(_BREAK, "")
        self._fact.clear()
        self.words.append("\0")
        local = any(kind == "slot" for kind, _, _ in self._within)
        (self.place if local else self.facts).append(text)


def _kind(tag: str, name: str) -> str:
    """Return what an element is by its start tag: a fact, a slot's words, none of the text."""
    if name in _ASIDES:
        return _ASIDES[name]
    classes = re.search(r' class="([^"]*)"', tag)
    first = classes[1].split(" ")[0] if classes else ""
    if name == "div" and first == "slot":
        return "slot"
    return {"fact": "fact", "draft": "skip"}.get(first, "") if name in ("span", "bdi") else ""


def _words(words: Iterable[str], version: str) -> str:
    text = " ".join("".join(words).split()).replace(f"· v{version}", "· v")
    return _digest([text])


def _place(told: Sequence[str]) -> dict[str, str]:
    return {"place": _digest(told)} if any(told) else {}


def _digest(told: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in told:
        digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:DIGITS]


def style_sums(folders: Iterable[Path]) -> list[str]:
    """Return the names and sums of the files that a layout may ask for: styles and pictures."""
    told = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix not in (".html", ".toml") and path.is_file():
                told += [path.relative_to(folder).as_posix(), file_sum(path)]
    return told


def file_sum(path: Path) -> str:
    """Return the SHA-256 of a file, read once while it stays as it is."""
    state = path.stat()
    return _sum(path, state.st_mtime_ns, state.st_size, state.st_ino)


@functools.lru_cache(maxsize=1024)
def _sum(path: Path, changed_ns: int, size: int, inode: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _font_sums(fonts: Path, languages: Iterable[str]) -> list[str]:
    """Return the lines of the fonts' sums for what some languages are set in."""
    names = {
        font_file(fonts, family, weight).name
        for tag in languages
        for family in (*LANGUAGES[tag].families, *LANGUAGES[tag].dense_families)
        for weight in ("Regular", "Bold")
    }
    lines = (fonts / SUMS).read_text(encoding="utf-8").splitlines()
    return sorted(line for line in lines if line.partition("  ")[2] in names)
