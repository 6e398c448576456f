"""What sheets take over from their files: the printing condition, the claim, layers, title, day."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.editions import Claim
from printkit.editions.metadata import PRODUCER, describe
from printkit.errors import Problem, UserError
from printkit.impose.forms import copied, unpacked
from printkit.impose.schemes import Binding
from printkit.impose.sources import HOSTILE, Source
from printkit.languages import LANGUAGES

_CLAIM = re.compile(rb"GTS_PDFXVersion\s*(?:>|=\s*[\"'])\s*(PDF/X-[\w:]{1,10})")
_DAY = re.compile(r"D?:?(\d{4})-?(\d\d)-?(\d\d)")
_KEPT: dict[str, Claim] = {"PDF/X-4": "PDF/X-4", "PDF/X-1a:2003": "PDF/X-1a:2003"}
_OLD_CLAIM = re.compile(r"PDF/X-[13]a?(:\d{4})?")
"""Other claims for the press, which stand in Info alone."""
_RIGHT_TO_LEFT = {"Arab", "Hebr", "Thaa", "Nkoo", "Syrc", "Adlm", "Rohg", "Aran"}
_MORE_RIGHT_TO_LEFT = {"he", "yi", "ps", "sd", "ug", "ckb", "dv", "syr", "prs"}
"""Languages that the table may lack."""
_MOST_METADATA = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a file says of itself that concerns its sheets."""

    name: str
    intents: tuple[str, ...]
    """The printing conditions, in words that are equal where the conditions are."""
    condition: str
    """The first condition's name, for people."""
    inks: int
    """Of the profile: 4 for CMYK; 0 where no profile says."""
    claim: str
    """Such as "PDF/X-4"; empty if it claims nothing."""
    trapped: str
    title: str
    created: date | None
    language: str


def carried_of(source: Source) -> Carried:
    """Read what a file says of itself; UserError where that cannot be read."""
    try:
        return _carried_of(source)
    except HOSTILE:
        raise UserError(
            Problem(
                what=f"{source.name}: what it says of itself cannot be read.",
                fix="Make the file anew.",
            )
        ) from None


def one_condition(files: Sequence[Carried]) -> None:
    """Hold files that share sheets to one printing condition; UserError with what they have."""
    first = files[0]
    for other in files[1:]:
        if other.intents != first.intents:
            both = f"{first.name} is made for {first.condition or 'no named condition'}"
            raise UserError(
                Problem(
                    what=f"{both} and {other.name} for {other.condition or 'no named condition'}.",
                    fix="A sheet is printed under one condition: impose them apart, or make both "
                    "for the same one.",
                )
            )


def claim_of(files: Sequence[Carried]) -> str:
    """Return the claim that all files make and sheets can keep, or nothing."""
    claims = {one.claim for one in files}
    claim = files[0].claim
    kept = claim in _KEPT or _OLD_CLAIM.fullmatch(claim) is not None
    return claim if len(claims) == 1 and kept and files[0].intents else ""


def is_cmyk(files: Sequence[Carried]) -> bool:
    """Return whether marks are the black of four inks, and not a gray's."""
    return files[0].inks == 4 or (not files[0].inks and bool(files[0].intents))


def binding_of(files: Sequence[Carried], *, folded: bool) -> Binding:
    """Return the edge on which what is read in the files' language is bound.

    Where nothing is folded the first file's will do; otherwise raises UserError where the files
    are read in two directions.
    """
    found: list[Binding] = ["right" if _reads_leftward(one.language) else "left" for one in files]
    if folded and len(set(found)) > 1:
        raise UserError(
            Problem(
                what="Some files are read from the left and some from the right.",
                fix="Say which edge is bound: --binding left or --binding right.",
            )
        )
    return found[0]


def carry(
    out: pikepdf.Pdf,
    sources: Sequence[Source],
    files: Sequence[Carried],
    *,
    title: str,
    document: str,
) -> None:
    """Write into a PDF of sheets what it takes over; `document` is the digest that names it."""
    if files[0].intents:
        out.Root.OutputIntents = copied(out, sources[0].pdf, sources[0].pdf.Root.OutputIntents)
    _carry_layers(out, sources)
    days = [one.created for one in files if one.created]
    claim = claim_of(files) if days else ""
    if days:
        kept = _KEPT.get(claim)
        describe(out, title=title, created=max(days), claim=kept, document=document)
    else:
        info = Dictionary(Title=pikepdf.String(title), Producer=pikepdf.String(PRODUCER))
        out.trailer.Info = out.make_indirect(info)
    if claim:
        _carry_old_claim(out, sources[0])
    if claim and files[0].trapped == "/True":
        _say_trapped(out)
    languages = {one.language for one in files}
    if len(languages) == 1 and files[0].language:
        out.Root.Lang = pikepdf.String(files[0].language)


def _carried_of(source: Source) -> Carried:
    root, info = source.pdf.Root, source.pdf.trailer.get("/Info")
    info = info if isinstance(info, Dictionary) else Dictionary()
    known = _list(root.get("/OutputIntents"))
    packet = _packet(root.get("/Metadata"))
    claim = _CLAIM.search(packet)
    return Carried(
        name=source.name,
        intents=tuple(_condition(one) for one in known),
        condition=_plain(known[0].get("/OutputConditionIdentifier", "")) if known else "",
        inks=_inks(known),
        claim=claim[1].decode() if claim else _plain(info.get("/GTS_PDFXVersion", "")),
        trapped=str(info.get("/Trapped", "")),
        title=_plain(info.get("/Title", "")),
        created=_day(info.get("/CreationDate")) or _day(info.get("/ModDate")),
        language=_plain(root.get("/Lang", "")),
    )


def _packet(metadata: Any) -> bytes:
    if not isinstance(metadata, pikepdf.Stream):
        return b""
    return unpacked(metadata)[:_MOST_METADATA]


def _condition(intent: Dictionary) -> str:
    """Return a printing condition as words that are equal for equal conditions."""
    profile = intent.get("/DestOutputProfile")
    digest = ""
    if isinstance(profile, pikepdf.Stream):
        digest = hashlib.sha256(unpacked(profile)).hexdigest()
    name = _plain(intent.get("/OutputConditionIdentifier", ""))
    return f"{intent.get('/S', '')} {name} {digest}"


def _inks(intents: Iterable[Dictionary]) -> int:
    for intent in intents:
        profile = intent.get("/DestOutputProfile")
        if isinstance(profile, pikepdf.Stream):
            return int(profile.get("/N", 0))
    return 0


def _plain(value: Any) -> str:
    """Return a text of a file, short, with no character that could move a cursor."""
    if not isinstance(value, pikepdf.String | str):
        return ""
    return "".join(one for one in str(value)[:200] if one.isprintable())


def _day(value: Any) -> date | None:
    found = _DAY.match(_plain(value)) if value is not None else None
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _reads_leftward(tag: str) -> bool:
    """Return whether a language is read from the right."""
    parts = tag.replace("_", "-").split("-")
    first = parts[0].lower()
    for part in parts[1:]:
        if len(part) == 4 and part.isalpha():
            return part.title() in _RIGHT_TO_LEFT
    known = LANGUAGES.get(first)
    return known.direction == "rtl" if known else first in _MORE_RIGHT_TO_LEFT


def _carry_old_claim(out: pikepdf.Pdf, source: Source) -> None:
    """Keep what the claims before PDF/X-4 say in Info."""
    for key in ("/GTS_PDFXVersion", "/GTS_PDFXConformance"):
        if key in source.pdf.trailer.get("/Info", {}):
            out.trailer.Info[key] = pikepdf.String(_plain(source.pdf.trailer.Info[key]))
    out.trailer.Info.Trapped = Name("/False")


def _say_trapped(out: pikepdf.Pdf) -> None:
    """Say that traps are in the art already, in both places."""
    out.trailer.Info.Trapped = Name("/True")
    packet = out.Root.Metadata.read_bytes()
    said = b"<pdf:Trapped>False</pdf:Trapped>"
    out.Root.Metadata.write(packet.replace(said, said.replace(b"False", b"True")))


def _carry_layers(out: pikepdf.Pdf, sources: Sequence[Source]) -> None:
    """Keep layers as they are switched, so that what was hidden does not print."""
    layers, hidden, switched = Array(), Array(), Array()
    for source in sources:
        properties = source.pdf.Root.get("/OCProperties")
        if not isinstance(properties, Dictionary):
            continue
        here = copied(out, source.pdf, properties)
        default = here.get("/D")
        default = default if isinstance(default, Dictionary) else Dictionary()
        groups = _list(here.get("/OCGs"))
        shown = {one.objgen for one in _list(default.get("/ON"))}
        dark = {one.objgen for one in _list(default.get("/OFF"))}
        off_at_first = default.get("/BaseState") == Name.OFF
        layers.extend(groups)
        hidden.extend(
            one
            for one in groups
            if one.objgen in dark or (off_at_first and one.objgen not in shown)
        )
        switched.extend(_list(default.get("/AS")))
    if len(layers):
        default = Dictionary(Name=pikepdf.String("Layers"), OFF=hidden)
        if len(switched):
            default.AS = switched
        out.Root.OCProperties = Dictionary(OCGs=layers, D=default)


def _list(value: Any) -> list[Any]:
    """Return the dictionaries of an array, or none where it is no array."""
    if not isinstance(value, Array):
        return []
    return [one for one in value.as_list() if isinstance(one, Dictionary)]
