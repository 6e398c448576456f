"""Composing: what a sheet's HTML says, in which language, and what a catalog cannot change."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from project_kit import change, sign_off, write

from printkit.compose import (
    Composed,
    compose,
    compose_slot,
    languages_spoken,
    printed_facts,
    sheet_language,
)
from printkit.errors import UserError
from printkit.findings import Severity
from printkit.project import Project, load_project


def composed(of: Path | Project, piece: str, language: str, edition: str = "press") -> Composed:
    project = load_project(of) if isinstance(of, Path) else of
    return compose(project, project.pieces[piece], language, edition=edition, page_css="/* css */")


def test_a_sheet_speaks_its_language_and_english_overleaf(tiny_read: Project) -> None:
    sheet = composed(tiny_read, "leaf", "ar")
    assert sheet.title == "احتفظ بما هو لك"
    assert sheet.findings == ()
    assert re.findall(r'<section class="side" lang="(\w+)" dir="(\w+)">', sheet.html) == [
        ("ar", "rtl"),
        ("en", "ltr"),
    ]
    assert 'lang="ar" dir="rtl" class="press leaf">\n<head>' in sheet.html
    assert "<style>/* css */</style>" in sheet.html
    assert languages_spoken(sheet.html) == {"ar", "en"}


def test_the_english_sheets_back_is_spanish(tiny_read: Project) -> None:
    sheet = composed(tiny_read, "leaf", "en")
    assert languages_spoken(sheet.html) == {"en", "es"}
    both = sheet.html.replace("\N{NO-BREAK SPACE}", " ")
    assert both.index("Keep what is yours") < both.index("Guarde lo que es suyo")


def test_facts_stand_in_the_sentence_turned_the_right_way(tiny_read: Project) -> None:
    html = composed(tiny_read, "leaf", "ar").html
    assert '<bdi dir="ltr" class="fact phone">410-555-0100</bdi>' in html
    assert '<bdi dir="ltr" class="fact url">privacy.ca.gov/drop</bdi>' in html
    assert '<span class="fact phone">410-555-0100</span>' in html, "on the English side"


def test_a_code_holds_the_facts_value_and_its_words_stand_below(tiny_read: Project) -> None:
    html = composed(tiny_read, "leaf", "es").html
    assert re.findall('data-code="([^"]*)"', html) == ["https://privacy.ca.gov/drop/"] * 2
    assert html.count('<p class="address"><span class="fact url">privacy.ca.gov/drop</span>') == 2
    assert '<div class="qr" data-code="https://privacy.ca.gov/drop/" style="width:1.2in;' in html


def test_links_work_on_the_screen_and_are_not_printed(tiny_read: Project) -> None:
    screen = composed(tiny_read, "handbill", "es", "screen").html
    link = '<a class="link" href="https://slot.invalid/landing_code"><img class="slot landing_code"'
    assert link in screen
    drop = '<a class="link" href="https://privacy.ca.gov/drop/"><div class="qr"'
    assert drop in composed(tiny_read, "leaf", "es", "screen").html
    for edition in ("press", "copier"):
        for piece in ("leaf", "handbill"):
            assert "<a " not in composed(tiny_read, piece, "es", edition).html


def test_slots_are_boxes_of_their_size(tiny_read: Project) -> None:
    html = composed(tiny_read, "handbill", "es").html
    boxes = re.findall(r'data-slot="(\w+)" alt="([\w-]+)" style="([^"]+)"', html)
    assert boxes == [
        ("landing_code", "landing-code", "width:72pt;height:72pt"),
        ("landing_address", "landing-address", "width:172.8pt;height:9pt"),
        ("help", "help", "width:324pt;height:57.6pt"),
        ("stamp", "stamp", "width:172.8pt;height:9.5pt"),
    ]
    leaf = composed(tiny_read, "leaf", "es").html
    assert leaf.count('data-slot="stamp" alt="stamp" style="width:50.4pt;height:9.5pt"') == 2


def test_a_slots_words_may_stand_in_the_text_itself(tiny_read: Project) -> None:
    project = tiny_read
    sheet = compose(
        project,
        project.pieces["handbill"],
        "es",
        edition="screen",
        page_css="",
        local={"help": "<p>Here</p>"},
    )
    box = '<div class="slot fit" style="width:324pt;height:57.6pt"><p>Here</p></div>'
    assert box in sheet.html
    assert 'data-slot="help"' not in sheet.html


def test_a_sheet_in_many_languages_is_sorted_under_its_own_name(tiny_read: Project) -> None:
    sheet = composed(tiny_read, "finder", "mul")
    assert languages_spoken(sheet.html) == {"en", "es", "ar"}
    assert "هذه لغتي." in sheet.html
    assert "<b>mul</b>" in sheet.html
    assert sheet.title == "Find your language"
    assert sheet_language("mul").english == "Many languages"
    assert sheet_language("ar").english == "Arabic"


@pytest.mark.parametrize(
    ("signed", "language", "draft"),
    [
        ((), "en", True),
        (("es", "en"), "es", False),
        (("es", "en"), "en", False),
        (("es", "en"), "ar", True),
        (("ar",), "ar", True),  # its other side is English, which nobody has read
        (("en",), "en", True),  # and the English card's is Spanish
    ],
)
def test_a_sheet_is_a_draft_while_one_of_its_languages_is(
    tiny: Path, signed: tuple[str, ...], language: str, draft: bool
) -> None:
    sign_off(tiny, *signed)
    sheet = composed(tiny, "leaf", language)
    assert sheet.draft is draft
    marks = sheet.html.count('<b lang="en" dir="ltr">DRAFT</b>')
    assert marks == (2 if draft else 0), "on each side"


def test_the_draft_mark_is_in_the_readers_language_too(tiny_read: Project) -> None:
    html = composed(tiny_read, "leaf", "es").html
    assert '<span lang="es" dir="ltr">Borrador de traducción</span>' in html


def test_what_is_not_translated_prints_in_english_and_is_told(tiny: Path) -> None:
    line = change(tiny, "po/es.po", 'msgstr "Pida ayuda"', 'msgstr ""') - 1
    sheet = composed(tiny, "handbill", "es")
    assert '<span lang="en">Ask for help</span>' in sheet.html.replace("\N{NO-BREAK SPACE}", " ")
    assert list(map(str, sheet.findings)) == [
        f'FAIL es, po/es.po:{line}: "Ask for help" is not translated, so the English prints. '
        "Translate it. (message-untranslated)"
    ]


def test_a_regions_help_is_printed_as_text(tiny: Path) -> None:
    change(tiny, "regions/counties.csv", "Legal Aid", "<script>alert(1)</script> & Co")
    project = load_project(tiny)
    piece = project.pieces["handbill"]
    html, findings = compose_slot(
        project, piece, "es", piece.slots["help"], project.regions["fresno"], edition="press"
    )
    assert findings == ()
    assert "Ayuda cerca de usted" in html
    for words in (
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co</span>",
        '<span class="fact phone">559-555-0100</span>',
        "Spanish spoken</span>",
    ):
        assert words in html
    assert "<script" not in html


def test_where_no_helper_is_known_the_states_page_is_named(tiny_read: Project) -> None:
    project = tiny_read
    piece = project.pieces["handbill"]
    html, findings = compose_slot(
        project, piece, "es", piece.slots["help"], project.regions["kern"], edition="press"
    )
    assert findings == ()
    assert "¿Preguntas sobre DROP?" in html
    shown = re.sub("<[^>]*>", "", html)
    assert "privacy.ca.gov/\u200bdrop/\u200bhow-drop-works." in shown, "a long address may break"


def test_a_long_address_may_break_and_a_short_one_may_not(tiny_read: Project) -> None:
    facts = printed_facts(tiny_read.campaign)
    assert facts["drop_help_url"].breaks
    assert not facts["drop_url"].breaks
    assert not facts["hotline"].breaks


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'parts.drop_code("1.2in")',
            "slot('helps')",
            '8: The template can\'t be filled in: the slot "helps" is not in '
            "flyers/leaf/piece.toml. Mend this line",
        ),
        (
            'parts.drop_code("1.2in")',
            'code("drop", "1in")',
            '8: The template can\'t be filled in: campaign.toml has no fact "drop" of the kind',
        ),
        (
            'parts.drop_code("1.2in")',
            'code("drop_url", "wide")',
            "8: The template can't be filled in: ",
        ),
        (
            'parts.drop_code("1.2in")',
            'code("hotline", "1in")',
            '8: The template can\'t be filled in: campaign.toml has no fact "hotline" of the',
        ),
        (
            'parts.drop_code("1.2in")',
            'render_in("xx", "leaf.html")',
            '8: The template can\'t be filled in: "xx" is not in the language table.',
        ),
        ("{{ parts.footer() }}", "{{ foot }}", "10: The template can't be filled in: 'foot' is un"),
        ("{{ parts.footer() }}", "{{ parts.footer( }}", "10: The template can't be filled in: un"),
        ("parts.html", "pats.html", '1: The template "pats.html" is missing. Put it into'),
        ('"parts.html"', '"../../../etc/passwd"', '1: The template "../../../etc/passwd" is miss'),
    ],
)
def test_a_template_that_cannot_be_filled_in_is_told_with_its_line(
    tiny: Path, old: str, new: str, told: str
) -> None:
    change(tiny, "flyers/leaf/leaf.html", old, new)
    with pytest.raises(UserError) as caught:
        composed(tiny, "leaf", "es")
    assert str(caught.value).startswith(f"flyers/leaf/leaf.html:{told}"), str(caught.value)


def test_a_missing_shared_template_is_told(tiny: Path) -> None:
    (tiny / "flyers/_shared/base.html").unlink()
    with pytest.raises(UserError) as caught:
        composed(tiny, "leaf", "es")
    assert str(caught.value) == (
        'flyers/leaf/template.html:1: The template "base.html" is missing. Put it into the '
        "piece's folder or into _shared."
    )


# A hostile catalog -----------------------------------------------------------------------------

OPEN = "<b>Open DROP.</b> Scan the code or type {drop_url}."
HEADLINE = "Stop the sale of your data"
HOSTILE = {
    "<img src=file:///etc/passwd>": (HEADLINE, '"<img src=file:///etc/passwd>" is no tag of'),
    "{hotline.__class__}": (HEADLINE, '"{hotline.__class__}" is no name in braces.'),
    "{drop_url.__class__.__mro__}": (HEADLINE, '"{drop_url.__class__.__mro__}" is no name in'),
    "%(x)1000000000s": (HEADLINE, '"%(x)1000000000s" is a format code of another program.'),
    "{0:>1000000000}": (HEADLINE, '"{0:>1000000000}" is no name in braces.'),
    "{{ campaign.facts }}": (HEADLINE, '"{ campaign.facts }" is no name in braces.'),
    "<script>alert()</script>": (HEADLINE, "<script> is not in the source."),
    "<style>.draft{display:none}": (HEADLINE, "<style> is not in the source."),
    "Vea privacy.ca.gov.evil.test/drop": (HEADLINE, 'the address "privacy.ca.gov.evil.test/drop"'),
    "Vea https://evil.test": (HEADLINE, 'the address "https://evil.test" is not in the source.'),
    "Llame al 410-555-0199": (HEADLINE, 'the phone number "410-555-0199" is not in the source.'),
    "\u202eatad": (HEADLINE, "there is a stray U+202E (right-to-left override)."),
    "<b>Abra</b> evil.test/drop": (OPEN, "{drop_url} is missing."),
    "<b>Abra</b> {drop_url} o evil.test": (OPEN, 'the address "evil.test" is not in the source.'),
    "<b>Abra</b> {drop_help_url}": (OPEN, "{drop_help_url} is not in the source."),
    "<b data-code=x>Abra</b> {drop_url}": (OPEN, '"<b data-code=x>" is no tag of the source.'),
}
PIECES_WITH = {HEADLINE: "card", OPEN: "know-your-rights"}


def spoilt(project: Project, tag: str, msgid: str, msgstr: str) -> Project:
    """Return the project with one translation changed."""
    catalog = project.catalogs[tag]
    message = replace(catalog.messages[None, msgid], msgstr=msgstr)
    changed = replace(catalog, messages={**catalog.messages, (None, msgid): message})
    return replace(project, catalogs={**project.catalogs, tag: changed})


@pytest.mark.parametrize("tag", ["es", "ar", "km"])
@pytest.mark.parametrize("msgstr", HOSTILE)
def test_a_hostile_translation_is_neither_rendered_nor_scanned(
    shipped: Project, tag: str, msgstr: str
) -> None:
    msgid, told = HOSTILE[msgstr]
    piece = shipped.pieces[PIECES_WITH[msgid]]
    good = compose(shipped, piece, tag, edition="screen", page_css="")
    bad = compose(spoilt(shipped, tag, msgid, msgstr), piece, tag, edition="screen", page_css="")
    assert good.findings == ()
    assert any(told in found.what for found in bad.findings), bad.findings
    line = shipped.catalogs[tag].messages[None, msgid].line
    for found in bad.findings:
        assert found.severity is Severity.FAIL
        assert (found.language, found.file, found.line) == (tag, f"po/{tag}.po", line)
        assert found.what.startswith('In the translation of "')
    for attribute in ("data-code", "data-slot", "href", "src"):
        held = re.compile(rf'\b{attribute}="([^"]*)"')
        assert held.findall(bad.html) == held.findall(good.html)
    assert tags_of(bad.html) - tags_of(good.html) <= {"bdi", "span"}, "only the English in it"
    for words in ("evil.test", "passwd", "__class__", "1000000000", "410-555-0199", "alert"):
        assert words not in bad.html


def tags_of(html: str) -> set[str]:
    return set(re.findall(r"<([a-z][a-z0-9]*)", html))


def test_a_title_bears_no_markup(shipped: Project) -> None:
    project = spoilt(shipped, "es", HEADLINE, "a &amp; <b>b</b> </title><script>")
    sheet = compose(project, project.pieces["card"], "es", edition="screen", page_css="")
    assert sheet.title == HEADLINE
    assert sheet.findings


def test_escaped_markup_stays_text(shipped: Project) -> None:
    project = spoilt(shipped, "es", HEADLINE, "&lt;img src=x&gt; & Co.")
    sheet = compose(project, project.pieces["card"], "es", edition="screen", page_css="")
    assert "&amp;lt;img src=x&amp;gt; &amp; Co." in sheet.html
    assert sheet.title == "&lt;img src=x&gt; & Co."


def test_a_hostile_fact_is_text_too(tiny: Path) -> None:
    change(tiny, "campaign.toml", 'value = "410-555-0100"', 'value = "<img src=x>"')
    change(tiny, "campaign.toml", '"privacy.ca.gov/drop"\nsource', '"<b>x</b>"\nsource')
    html = composed(tiny, "leaf", "es").html
    assert "&lt;img src=x&gt;" in html
    assert "<img src=x>" not in html
    assert "<b>x</b>" not in html


def test_a_hostile_company_is_text_too(tiny: Path) -> None:
    write(tiny, "flyers/leaf/leaf.html", "{% for b in brokers %}{{ b.name }}{% endfor %}")
    change(tiny, "letters/brokers/acme.toml", '"Acme Records"', '"<img src=x>"')
    assert "&lt;img src=x&gt;&lt;img" not in composed(tiny, "leaf", "es").html
    assert "&lt;img src=x&gt;" in composed(tiny, "leaf", "es").html
