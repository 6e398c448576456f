"""Piece, catalog and region to HTML: one document a sheet, one fragment a slot."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from printkit import blanks
from printkit.brokers import Broker
from printkit.campaign import Campaign, CampaignFact
from printkit.errors import UserError, quoted
from printkit.facts import Fact, fact_markup
from printkit.findings import Finding
from printkit.languages import LANGUAGES, Language
from printkit.lengths import inches, points
from printkit.marks import MarkedSpeech, as_elements
from printkit.messages import Speech
from printkit.pieces import MANY_LANGUAGES, SLOT_LINK, STAMP, Piece, Slot
from printkit.project import Project
from printkit.qr import qr_svg
from printkit.regions import Region, is_phone
from printkit.templates import TemplateError, environment, template_problem

STAMP_HEIGHT_PT = 9.5
TEXT_SLOTS = {"help": "help.html", "event": "event.html"}
"""Slots that hold words, by kind, and the shared template that writes them."""
BLANKS = {"line": blanks.line, "box": blanks.box}
"""What people fill in, as templates ask for it."""
_OF_BROKERS = frozenset(
    {
        "drop_reaches",
        "identifiers",
        "legal_name",
        "name",
        "product",
        "reply",
        "requests",
        "sells",
        "slug",
    }
)
"""What templates see of a company just as its file has it."""
LONG_ADDRESS = 24
"""Characters; a longer address may go on in the next line after a slash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A sheet in HTML."""

    html: str
    title: str
    draft: bool
    """Whether some language on it has no native reader's sign-off."""
    findings: tuple[Finding, ...]
    """What its catalog does not say, or says in a way that can't be printed."""


def sheet_language(tag: str) -> Language:
    """Return the language a sheet is sorted under; "mul" for a sheet in many."""
    if tag == MANY_LANGUAGES:
        return replace(LANGUAGES["en"], tag=tag, english="Many languages", autonym="")
    return LANGUAGES[tag]


def compose(
    project: Project,
    piece: Piece,
    language: str,
    *,
    edition: str,
    page_css: str,
    local: Mapping[str, str] | None = None,
) -> Composed:
    """Return a sheet's HTML; `local` holds slots' HTML where they stand in the text itself."""
    draft = project.is_draft(language)
    desk = _Desk(project, piece, language, edition, local or {}, page_css, draft)
    spoken = "en" if language == MANY_LANGUAGES else language
    html = desk.render(spoken, "template.html", {})
    if not draft and languages_spoken(html) & project.drafts:
        # A sheet is as good as the least of its languages: its other side may be a draft.
        draft = True
        desk = _Desk(project, piece, language, edition, local or {}, page_css, draft)
        html = desk.render(spoken, "template.html", {})
    if project.marked:
        html = as_elements(html)
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    return Composed(
        html=html,
        title=str(Markup(title[1]).striptags()) if title else piece.name,
        draft=draft,
        findings=desk.findings(),
    )


def languages_spoken(html: str) -> frozenset[str]:
    """Return the languages that a document says it holds."""
    return frozenset(tag for tag in re.findall(r'\blang="([\w-]+)"', html) if tag in LANGUAGES)


def compose_slot(
    project: Project, piece: Piece, language: str, slot: Slot, region: Region, *, edition: str
) -> tuple[str, tuple[Finding, ...]]:
    """Return the HTML of one region's slot, and what its catalog lacks."""
    desk = _Desk(project, piece, language, edition, {}, "", False)
    spoken = "en" if language == MANY_LANGUAGES else language
    html = desk.render(spoken, TEXT_SLOTS[slot.kind], {"region": region})
    return html, desk.findings()


class _Desk:
    """One sheet on the desk: what its templates may ask for, in each language they speak."""

    def __init__(
        self,
        project: Project,
        piece: Piece,
        language: str,
        edition: str,
        local: Mapping[str, str],
        page_css: str,
        draft: bool,
    ) -> None:
        self.project = project
        self.piece = piece
        self.sheet = sheet_language(language)
        self.edition = edition
        self.local = local
        self.page_css = page_css
        self.draft = draft
        self.facts = printed_facts(project.campaign)
        self.speeches: dict[str, Speech] = {}

    def findings(self) -> tuple[Finding, ...]:
        """Return what the catalogs lack, each once."""
        return tuple(found for speech in self.speeches.values() for found in speech.findings)

    def render(self, tag: str, template: str, extra: Mapping[str, Any]) -> str:
        """Return one template's HTML in one language."""
        try:
            loaded = environment(self.piece.folder, self.piece.shared).get_template(template)
            return loaded.render(self._context(tag) | dict(extra))
        except UserError:
            raise
        except Exception as error:  # whatever a stranger's template does is a problem with a place
            folders = (self.piece.folder, *self.piece.shared)
            paths = [folder / template for folder in folders if (folder / template).is_file()]
            path = (paths or [self.piece.folder / template])[0]
            raise UserError(template_problem(error, path, self.project.root)) from error

    def speech(self, tag: str) -> Speech:
        """Return the voice of a language on this sheet."""
        if tag not in self.speeches:
            voice = MarkedSpeech if self.project.marked else Speech
            self.speeches[tag] = voice(
                language=LANGUAGES[tag],
                catalog=self.project.catalogs.get(tag),
                facts=self.facts,
                draft=tag in self.project.drafts,
            )
        return self.speeches[tag]

    def _context(self, tag: str) -> dict[str, Any]:
        speech, language = self.speech(tag), LANGUAGES[tag]

        def show(fact: Fact) -> Markup:
            return fact_markup(fact, direction=language.direction)

        return {
            "_": speech.gettext,
            "gettext": speech.gettext,
            "pgettext": speech.pgettext,
            "ngettext": speech.ngettext,
            "language": language,
            "sheet": self.sheet,
            "piece": self.piece,
            "campaign": self.project.campaign,
            "brokers": [_BrokerView(broker) for broker in self.project.brokers.values()],
            "companies": [_BrokerView(self.project.brokers[slug]) for slug in self.piece.companies],
            "envelope": self.project.campaign.envelope,
            **BLANKS,
            "edition": self.edition,
            "draft": self.draft,
            "facts": self.facts,
            "show": show,
            "local": lambda text: show(Fact(text=text, kind="phone" if is_phone(text) else "name")),
            "address": lambda url: show(Fact(text=_bare(url), kind="url", breaks=True)),
            "shared": self._shared,
            "own": lambda path: path,
            "page_css": Markup(self.page_css),
            "tab_top": self._tab_top(),
            "code": self._code,
            "slot": self._slot,
            "render_in": self._render_in,
        }

    def _shared(self, path: str) -> str:
        """Return the way from the piece to a file that pieces share, from the nearest folder."""
        folders = [folder for folder in self.piece.shared if (folder / path).is_file()]
        folder = (folders or self.piece.shared)[0]
        return Path(os.path.relpath(folder / path, self.piece.folder)).as_posix()

    def _tab_top(self) -> str:
        first, last = self.piece.tabs_pt
        place = first + (last - first) * self.sheet.tab / max(1, len(LANGUAGES) - 1)
        return f"{inches(place):.3f}in"

    def _render_in(self, tag: str, template: str, **extra: Any) -> Markup:
        if tag not in LANGUAGES:
            raise TemplateError(f"{quoted(tag)} is not in the language table")
        return Markup(self.render(tag, template, extra))

    def _code(self, name: str, size: str) -> Markup:
        """Return a fact's address as a code of a given width, a link where links work."""
        fact = self.project.campaign.facts.get(name)
        if fact is None or fact.kind != "url":
            raise TemplateError(f"campaign.toml has no fact {quoted(name)} of the kind url")
        points(size)  # a wrong length is the template's error, told with its line
        box = Markup(
            '<div class="qr" data-code="{0}" style="width:{1};height:{1}">{2}</div>'
        ).format(fact.value, size, Markup(qr_svg(fact.value, title=f"QR: {fact.shown}")))
        return self._linked(box, fact.value)

    def _linked(self, box: Markup, url: str) -> Markup:
        if self.edition != "screen":
            return box
        return Markup('<a class="link" href="{}">{}</a>').format(url, box)

    def _slot(self, name: str) -> Markup:
        """Return the empty box for what differs by region, or the words themselves on screen."""
        if name == STAMP:
            width = 2.4 if self.piece.by_region else 0.7
            return _box(name, points(f"{width}in"), STAMP_HEIGHT_PT, "")
        slot = self.piece.slots.get(name)
        if slot is None:
            raise TemplateError(f"the slot {quoted(name)} is not in {self.piece.file}")
        if name in self.local:
            return Markup('<div class="slot fit" style="width:{}pt;height:{}pt">{}</div>').format(
                f"{slot.size.width_pt:g}", f"{slot.size.height_pt:g}", Markup(self.local[name])
            )
        box = _box(name, slot.size.width_pt, slot.size.height_pt, slot.kind)
        return self._linked(box, SLOT_LINK + name) if slot.kind == "landing-code" else box


def _box(name: str, width_pt: float, height_pt: float, alt: str) -> Markup:
    return Markup(
        '<img class="slot {0}" data-slot="{0}" alt="{1}" style="width:{2}pt;height:{3}pt">'
    ).format(name, alt or name, f"{width_pt:g}", f"{height_pt:g}")


def _bare(url: str) -> str:
    """Return an address as people type it."""
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/")


def printed_facts(campaign: Campaign) -> dict[str, Fact]:
    """Return the campaign's facts as messages place them."""
    return {name: _fact(fact) for name, fact in campaign.facts.items()}


@lru_cache(maxsize=1024)
def _fact(fact: CampaignFact) -> Fact:
    long = fact.kind == "url" and len(fact.shown) > LONG_ADDRESS
    return Fact(text=fact.shown, kind=fact.kind, breaks=long)  # type: ignore[arg-type]  # as read


class _BrokerView:
    """A company as templates see it: its claims' facts ready to be placed."""

    def __init__(self, broker: Broker) -> None:
        # All of them are looked at for every sheet, and few are asked for anything.
        self._broker = broker

    def __getattr__(self, name: str) -> Any:
        if name in _OF_BROKERS:
            return getattr(self._broker, name)
        if name in ("web", "email", "phone"):
            way = getattr(self._broker, name)
            return way.lines[0] if way else ""
        raise AttributeError(name)

    @property
    def post_lines(self) -> tuple[str, ...]:
        return self._broker.post.lines if self._broker.post else ()

    @property
    def claims(self) -> list[dict[str, Any]]:
        return [
            {
                "text": claim.text,
                "facts": {
                    name: Fact(text=words, kind=kind)  # type: ignore[arg-type]  # as read
                    for name, (kind, words) in claim.facts.items()
                },
                "publisher": claim.publisher,
                "date": claim.date,
                "url": claim.url,
            }
            for claim in self._broker.claims
        ]
