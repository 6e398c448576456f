"""What a PDF for the screen owes to who cannot see it: title, language, tags, links, bookmarks."""

import re
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary

from printkit.errors import quoted
from printkit.findings import Finding, Rule, Severity
from printkit.preflight.documents import Document
from printkit.preflight.leaves import annotations
from printkit.preflight.limits import Asked
from printkit.preflight.objects import box_of, entry, name_of, text_of
from printkit.preflight.structure import Element, elements, numbers_of

CLAIM = Rule(
    code="ua-claim",
    severity=Severity.FAIL,
    rule="A file for the screen says that it keeps PDF/UA-1.",
    because="Programs trust the tags of a file that says so (ISO 14289-1, 5).",
)
TITLE = Rule(
    code="ua-title",
    severity=Severity.FAIL,
    rule="The file has a title, and asks that the window shows it and not the file's name.",
    because="The title is the first thing that a screen reader says (ISO 14289-1, 7.1).",
)
LANGUAGE = Rule(
    code="ua-language",
    severity=Severity.FAIL,
    rule="The file names its language, and parts in another one name theirs.",
    because="A screen reader reads in the voice of that language (ISO 14289-1, 7.2).",
)
TAGGED = Rule(
    code="ua-tagged",
    severity=Severity.FAIL,
    rule="The file is tagged: it says so, has a structure tree with a tree of parents, and every "
    "tag stands for one of the standard's.",
    because="Without tags a reader hears the words in the order of painting "
    "(ISO 14289-1, 7.1; ISO 32000-1, 14.7).",
)
PAGES = Rule(
    code="ua-pages-tagged",
    severity=Severity.FAIL,
    rule="Every page's content is in the structure tree.",
    because="What is not in the tree is not read aloud (ISO 14289-1, 7.1).",
)
ALTERNATE = Rule(
    code="ua-alternate",
    severity=Severity.FAIL,
    rule="Every figure and formula has an alternate text.",
    because="It stands for the picture where the picture is not seen (ISO 14289-1, 7.3, 7.7).",
)
HEADINGS = Rule(
    code="ua-headings",
    severity=Severity.WARN,
    rule="Headings go down by one level at a time, from the first.",
    because="People leap from heading to heading, and miss a level that is not there "
    "(ISO 14289-1, 7.4.2).",
)
TABS = Rule(
    code="ua-tab-order",
    severity=Severity.FAIL,
    rule="On a page with links or fields, the tab key follows the structure.",
    because="Else it leaps about the page (ISO 14289-1, 7.18.3).",
)
LINKS = Rule(
    code="ua-links",
    severity=Severity.FAIL,
    rule="Every link says in words where it leads, and stands in the structure tree.",
    because="A screen reader says these words (ISO 14289-1, 7.18.5).",
)
BOOKMARKS = Rule(
    code="ua-bookmarks",
    severity=Severity.WARN,
    rule="A file of more than 20 pages has bookmarks.",
    because="They are how people find their way in a kit (ISO 14289-1, 7.17; WCAG 2.4.5).",
)
RULES = (
    CLAIM, TITLE, LANGUAGE, TAGGED, PAGES, ALTERNATE, HEADINGS, TABS, LINKS, BOOKMARKS,
)  # fmt: skip

MOST_WITHOUT_BOOKMARKS = 20
_TAG = "Export it again as a tagged PDF (PDF/UA)."
_STANDARD = frozenset(
    re.findall(
        r"\w+",
        """
        Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private H H1 H2 H3
        H4 H5 H6 P L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference
        BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form
        """,
    )
)
"""The structure types of PDF 1.7 (ISO 32000-1, 14.8.4)."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")

Wrong = tuple[Rule, str, str, dict[str, Any]]


def claims_ua(document: Document) -> bool:
    """Tell whether a file says that it keeps PDF/UA-1."""
    return bool(re.search(r":part\s*(?:=\s*[\"']|>)\s*1\b", _ua_part(document.xmp)))


def _ua_part(xmp: str) -> str:
    return xmp if "http://www.aiim.org/pdfua/ns/id/" in xmp else ""


def check(document: Document, asked: Asked) -> Iterator[Finding]:
    """Yield what a file for the screen owes; other editions are asked nothing."""
    if asked.edition != "screen":
        return
    tree = tuple(elements(document))
    wrongs = [
        *_says_what_it_is(document),
        *_is_tagged(document, tree),
        *_pages_are_tagged(document),
        *_parts_name_languages(tree),
        *_figures_speak(tree),
        *_headings_go_down(tree),
        *_links_speak(document, tree),
    ]
    bookmarks = isinstance(entry(document.root.get("/Outlines"), "/First"), Dictionary)
    if len(document.leaves) > MOST_WITHOUT_BOOKMARKS and not bookmarks:
        what = f"The file has {len(document.leaves)} pages and no bookmarks."
        wrongs.append((BOOKMARKS, what, "Make a bookmark of each heading.", {}))
    for rule, what, fix, place in wrongs:
        yield asked.finding(rule, what, fix, **place)


def _says_what_it_is(document: Document) -> Iterator[Wrong]:
    root = document.root
    if not claims_ua(document):
        yield CLAIM, "The file does not say that it is PDF/UA-1.", _TAG, {}
    if not re.search(r"<(?:\w+:)?title\b[^>]*>\s*(?:<[^>]*>\s*)*[^<\s]", document.xmp):
        yield TITLE, "The metadata has no title.", "Give the document a title.", {}
    if entry(root.get("/ViewerPreferences"), "/DisplayDocTitle") is not True:
        what = "The file does not ask that the window shows its title."
        yield TITLE, what, "Set DisplayDocTitle, in the settings of how it opens.", {}
    language = text_of(root.get("/Lang"))
    if not _LANGUAGE.fullmatch(language):
        said = f"says {quoted(language)}" if language else "does not say"
        yield LANGUAGE, f"The file {said} as its language.", "Name it by its tag, such as es.", {}


def _is_tagged(document: Document, tree: tuple[Element, ...]) -> Iterator[Wrong]:
    marked = document.root.get("/MarkInfo")
    top = document.root.get("/StructTreeRoot")
    if entry(marked, "/Marked") is not True:
        yield TAGGED, "The file does not say that it is tagged.", _TAG, {}
    if entry(marked, "/Suspects") is True:
        yield TAGGED, "The file says that its tags are suspect.", _TAG, {}
    if not isinstance(top, Dictionary) or not tree:
        yield TAGGED, "The file has no structure tree.", _TAG, {}
        return
    if not isinstance(top.get("/ParentTree"), Dictionary):
        yield TAGGED, "The structure tree has no tree of parents.", _TAG, {}
    unknown = sorted({one.role for one in tree} - _STANDARD)
    if unknown:
        what = f"The tag {quoted(unknown[0])} stands for none of the standard's."
        yield TAGGED, what, "Map it to a standard tag.", {}


def _pages_are_tagged(document: Document) -> Iterator[Wrong]:
    parents = numbers_of(entry(document.root.get("/StructTreeRoot"), "/ParentTree"))
    for leaf in document.leaves:
        number: Any = leaf.obj.get("/StructParents")
        if leaf.obj.get("/Contents") is None:
            continue
        if not isinstance(number, int) or not isinstance(parents.get(number), (Array, Dictionary)):
            what = "The page's content is not in the structure tree."
            yield PAGES, what, _TAG, {"page": leaf.number}


def _parts_name_languages(tree: tuple[Element, ...]) -> Iterator[Wrong]:
    for one in tree:
        language = one.obj.get("/Lang")
        if language is not None and not _LANGUAGE.fullmatch(text_of(language)):
            what = f"A part of the file says {quoted(text_of(language))} as its language."
            place = {"page": one.page} if one.page else {}
            yield LANGUAGE, what, "Name it by its tag, such as es.", place


def _figures_speak(tree: tuple[Element, ...]) -> Iterator[Wrong]:
    for one in tree:
        spoken = text_of(one.obj.get("/Alt")) or text_of(one.obj.get("/ActualText"))
        if one.role in ("Figure", "Formula") and not spoken:
            words = "picture" if one.role == "Figure" else "formula"
            what = f"A {words} has no alternate text."
            fix = "Say in words what it shows, or mark it as decoration (an artifact)."
            yield ALTERNATE, what, fix, {"page": one.page} if one.page else {}


def _headings_go_down(tree: tuple[Element, ...]) -> Iterator[Wrong]:
    level = 0
    for one in tree:
        if re.fullmatch(r"H[1-6]", one.role):
            found = int(one.role[1])
            if found > level + 1:
                after = f"after a heading {level}" if level else "as the first"
                what = f"A heading {found} stands {after}."
                place = {"page": one.page} if one.page else {}
                yield HEADINGS, what, f"Make it a heading {level + 1}.", place
            level = found


def _links_speak(document: Document, tree: tuple[Element, ...]) -> Iterator[Wrong]:
    in_tree = {number for one in tree for number in one.annotations}
    parents = numbers_of(entry(document.root.get("/StructTreeRoot"), "/ParentTree"))
    for leaf in document.leaves:
        shown = [one for one in annotations(leaf) if name_of(one.get("/Subtype")) != "/Popup"]
        if shown and name_of(leaf.obj.get("/Tabs")) != "/S":
            what = "The tab key does not follow the structure."
            yield (
                TABS,
                what,
                "Set the page's tab order to that of the structure.",
                {"page": leaf.number},
            )
        for one in shown:
            if name_of(one.get("/Subtype")) != "/Link":
                continue
            box = box_of(one.get("/Rect"))
            place = {"page": leaf.number, **({"place": leaf.place(box)} if box else {})}
            if not text_of(one.get("/Contents")):
                yield LINKS, "A link does not say where it leads.", "Give it a text.", place
            if one.objgen not in in_tree or one.get("/StructParent") not in parents:
                yield LINKS, "A link is not in the structure tree.", _TAG, place
