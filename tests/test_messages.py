"""Messages print what the source allows, in any language, whatever a catalog holds."""

from collections.abc import Mapping
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from printkit.catalogs import Catalog, Message
from printkit.facts import Fact, Tag
from printkit.findings import Severity
from printkit.languages import LANGUAGES
from printkit.messages import RULES, Outcome, Speech
from printkit.plurals import PluralRule, parse_plural
from printkit.text import without_breaks

CALL = "Call {hotline} or see <site>our page</site>."
SITE = Tag("a", {"href": "https://privacy.ca.gov/drop"})
FACTS = {
    "hotline": Fact(text="410-555-0100", kind="phone"),
    "drop": Fact(text="privacy.ca.gov/drop", kind="url"),
}
SOURCE = (
    'Call <span class="fact phone">410-555-0100</span> or see '
    '<a href="https://privacy.ca.gov/drop">our page</a>.'
)


def speech(tag: str, *messages: Message, draft: bool = True) -> Speech:
    language = LANGUAGES[tag]
    catalog = Catalog(
        language=tag,
        file=f"po/{tag}.po",
        messages={message.key: message for message in messages},
        plural_rule=parse_plural(language.plural_forms),
        header={},
    )
    return Speech(language=language, catalog=catalog, facts=FACTS, draft=draft)


def translated(tag: str, msgstr: str, msgid: str = CALL) -> Speech:
    return speech(tag, Message(msgid=msgid, msgstr=msgstr, line=212))


def test_english_needs_no_catalog() -> None:
    english = Speech(language=LANGUAGES["en"], facts=FACTS)
    assert english.gettext(CALL, site=SITE) == SOURCE
    assert english.findings == []
    assert english.used == {(None, CALL): Outcome.SOURCE}


def test_a_translation_places_facts_and_tags() -> None:
    spanish = translated("es", "Vea <site>nuestra página</site> o llame al {hotline}.")
    assert spanish.gettext(CALL, site=SITE) == (
        'Vea <a href="https://privacy.ca.gov/drop">nuestra página</a> o llame al '
        '<span class="fact phone">410-555-0100</span>.'
    )
    assert spanish.findings == []
    assert spanish.used == {(None, CALL): Outcome.TRANSLATED}


def test_facts_and_latin_words_are_isolated_in_right_to_left_text() -> None:
    msgid = "DROP stops AT&T. Call {hotline}."
    arabic = translated("ar", "يوقف DROP شركة AT&T. اتصل {hotline}.", msgid)
    assert arabic.gettext(msgid) == (
        'يوقف <bdi dir="ltr">DROP</bdi> شركة <bdi dir="ltr">AT&amp;T</bdi>. اتصل '
        '<bdi dir="ltr" class="fact phone">410-555-0100</bdi>.'
    )
    assert arabic.findings == []


@pytest.mark.parametrize(
    ("words", "runs"),
    [
        ("ICE و CBP", ["ICE", "CBP"]),
        ("Thomson Reuters، LexisNexis.", ["Thomson Reuters", "LexisNexis"]),
        ("افتح privacy.ca.gov/drop الآن", ["privacy.ca.gov/drop"]),
        ("DROP. ICE", ["DROP", "ICE"]),
        ("خلال 45 يوما أو 15-45", []),
        ("رقم 410-555-0100", ["410-555-0100"]),
    ],
)
def test_what_counts_as_a_latin_run(words: str, runs: list[str]) -> None:
    printed = translated("ar", words, words).gettext(words)
    assert printed.count("<bdi") == len(runs)
    for run in runs:
        assert f'<bdi dir="ltr">{run}</bdi>' in printed


def test_line_break_marks_stand_in_words_and_beside_facts_only() -> None:
    msgid = "Open {drop} <b>now</b>"
    thai = translated("th", "เปิด{drop}เพื่อ<b>ขอให้หยุด</b>ขายข้อมูล", msgid)
    printed = thai.gettext(msgid)
    assert thai.findings == []
    assert '\u200b<span class="fact url">privacy.ca.gov/drop</span>\u200bเ' in printed
    assert "</b>\u200bขาย" in printed
    assert without_breaks(printed) == (
        'เปิด<span class="fact url">privacy.ca.gov/drop</span>เพื่อ<b>ขอให้หยุด</b>ขายข้อมูล'
    )


def test_korean_particles_stay_with_their_fact() -> None:
    korean = translated("ko", "{drop}에서", "At {drop}")
    assert korean.gettext("At {drop}") == (
        '<span class="fact url">privacy.ca.gov/drop</span>\u2060에\u2060서'
    )


def test_a_context_and_plain_values() -> None:
    spanish = speech("es", Message(msgctxt="note", msgid="By {who}: {n}", msgstr="De {who}: {n}"))
    assert spanish.pgettext("note", "By {who}: {n}", who="<Ana>", n=1234) == (
        'De <span class="fact name">&lt;Ana&gt;</span>: <span class="fact number">1.234</span>'
    )
    assert spanish.gettext("{x}", x=Markup("<b>x</b>")) == '<span lang="en"><b>x</b></span>'


def test_plurals_go_by_the_catalogs_own_rule() -> None:
    forms = ("{n} страница", "{n} страницы", "{n} страниц")
    pages = Message(msgid="{n} page", msgid_plural="{n} pages", plurals=forms)
    russian = speech("ru", pages)
    endings = [str(russian.ngettext("{n} page", "{n} pages", n)).split()[-1] for n in (1, 3, 5)]
    assert endings == ["страница", "страницы", "страниц"]
    assert russian.findings == []
    english = Speech(language=LANGUAGES["en"])
    assert english.ngettext("{n} page", "{n} pages", 1).endswith(" page")
    assert english.ngettext("{n} page", "{n} pages", 0).endswith(" pages")


def test_a_missing_plural_form_prints_english_and_fails() -> None:
    pages = Message(msgid="{n} page", msgid_plural="{n} pages", plurals=("{n} страница",), line=9)
    russian = speech("ru", pages)
    assert russian.ngettext("{n} page", "{n} pages", 5) == (
        '<span lang="en"><span class="fact number">5</span> pages</span>'
    )
    assert [str(found) for found in russian.findings] == [
        'FAIL ru, po/ru.po:9: The translation of "{n} page" has not the plural forms it needs. '
        "Update the catalog, then fill in every msgstr[…] that its header asks for. "
        "(message-plurals)"
    ]


def test_an_untranslated_message_prints_english_and_fails() -> None:
    spanish = speech("es", Message(msgid=CALL, line=7))
    assert spanish.gettext(CALL, site=SITE) == f'<span lang="en">{SOURCE}</span>'
    spanish.gettext("Stop")
    spanish.gettext("Stop")
    assert [str(found) for found in spanish.findings] == [
        'FAIL es, po/es.po:7: "Call {hotline} or see <site>our page</site>." is not translated, '
        "so the English prints. Translate it. (message-untranslated)",
        'FAIL es, po/es.po: "Stop" is not translated, so the English prints. '
        "Update the catalog and translate it. (message-untranslated)",
    ]


def test_english_in_a_right_to_left_sheet_is_isolated() -> None:
    persian = Speech(language=LANGUAGES["fa"], facts=FACTS)
    assert persian.gettext("Call {hotline}.") == (
        '<bdi dir="ltr" lang="en">Call <span class="fact phone">410-555-0100</span>.</bdi>'
    )


def test_a_fuzzy_message_prints_english_and_warns_and_fails_a_release() -> None:
    stop = Message(msgid="Stop", msgstr="Pare", fuzzy=True, line=3)
    spanish = speech("es", stop)
    assert spanish.gettext("Stop") == '<span lang="en">Stop</span>'
    assert [str(found) for found in spanish.findings] == [
        'WARN es, po/es.po:3: The translation of "Stop" is marked fuzzy, so the English prints. '
        "Compare the two; if the translation is right, remove the mark. (message-fuzzy)"
    ]
    assert spanish.used == {(None, "Stop"): Outcome.FUZZY}
    release = speech("es", stop, draft=False)
    release.gettext("Stop")
    assert [found.severity for found in release.findings] == [Severity.FAIL]


GOOD = "Llame al {hotline} o vea <site>la página</site>."
HOSTILE = {
    "image": GOOD + "<img src=file:///etc/passwd>",
    "attribute access": GOOD.replace("{hotline}", "{hotline.__class__}"),
    "index": GOOD + "{0}",
    "conversion": GOOD + "{hotline!r}",
    "width": GOOD + "{hotline:>1000000000}",
    "format bomb": GOOD + "%(x)1000000000s",
    "script": GOOD + "<script>alert(1)</script>",
    "tag with an attribute": GOOD.replace("<site>", "<site onclick=alert(1)>"),
    "other link": GOOD.replace("site>", "a>"),
    "changed address": GOOD + " privacy.ca.gov.evil.example/drop",
    "e-mail": GOOD + " help@evil.example",
    "phone": GOOD + " 410-555-0199",
    "digits": GOOD + " 999",
    "override": GOOD + "\u202e",
    "control": GOOD + "\x1b",
    "template code": GOOD + "{{ hotline }}{% include 'x' %}",
    "lost fact": "Vea <site>la página</site>.",
    "unclosed": GOOD.replace("</site>", ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_translation_prints_the_source_and_is_named(name: str) -> None:
    spanish = translated("es", HOSTILE[name])
    assert spanish.gettext(CALL, site=SITE) == f'<span lang="en">{SOURCE}</span>'
    assert spanish.used == {(None, CALL): Outcome.REFUSED}
    assert spanish.findings
    for found in spanish.findings:
        assert found.severity is Severity.FAIL
        assert (found.file, found.line, found.language) == ("po/es.po", 212, "es")
        assert found.what.startswith(
            'In the translation of "Call {hotline} or see <site>our page</site>.", '
        )
        assert found.fix.endswith(".")


def test_a_lost_fact_is_told_in_plain_words() -> None:
    spanish = translated("es", HOSTILE["lost fact"])
    spanish.gettext(CALL, site=SITE)
    assert [str(found) for found in spanish.findings] == [
        'FAIL es, po/es.po:212: In the translation of "Call {hotline} or see <site>our '
        'page</site>.", {hotline} is missing. Put {hotline} where the phone number belongs. '
        "(message-names)"
    ]


def test_entities_and_signs_print_as_typed() -> None:
    assert translated("es", "&amp; &lt;b&gt; 1 < 2", "and 1 < 2").gettext("and 1 < 2") == (
        "&amp;amp; &amp;lt;b&amp;gt; 1 &lt; 2"
    )


def test_what_a_template_forgets_is_a_finding_too() -> None:
    english = Speech(language=LANGUAGES["en"])
    assert english.gettext("<site>Go</site> to {place}") == "Go to {place}"
    assert [found.what for found in english.findings] == [
        'The message "<site>Go</site> to {place}" uses <site>, and the template does not give it.',
        'The message "<site>Go</site> to {place}" asks for {place}, and nothing gives it.',
    ]
    assert english.gettext("<a href=x>Go") == "&lt;a href=x&gt;Go"
    assert english.findings[-1].code == "message-source"


def test_rules_have_codes_of_their_own() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES) == 8


class Elements(HTMLParser):
    """Collects what a browser would see, and the words between."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, Mapping[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


ALLOWED = {"a": {"href"}, "b": set(), "span": {"class", "lang"}, "bdi": {"class", "dir", "lang"}}
PIECES = st.sampled_from(
    [
        "{hotline}", "{drop}", "<b>", "</b>", "<site>", "</site>", "<img src=x>", "<", ">", "&lt;",
        "&", '"', "'", "{", "}", "{0}", "{hotline.x}", "%(x)9s", "ICE", "العربية", "ไทย", "한국",
        "<!--", "-->", "<![CDATA[", "<?x?>", "</script>", "\u200b", "<bdi>", " ", "a", "45",
    ]
)  # fmt: skip
ANY_TRANSLATION = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=15).map("".join))
ONE_FORM = PluralRule(forms=1, expression="0", tree=("number", 0))


@given(msgstr=ANY_TRANSLATION, tag=st.sampled_from(["es", "ar", "th", "ko", "hi"]))
@example(msgstr="<b>{hotline}</b><site></site><img src=x>", tag="ar")
@example(msgstr="<b>{hotline} AT&T</b><site></site>", tag="ar")
def test_no_translation_makes_an_element_of_its_own(msgstr: str, tag: str) -> None:
    msgid = "<b>Call</b> {hotline} or see <site>our page</site> 45."
    speaking = translated(tag, msgstr, msgid)
    seen = Elements()
    seen.feed(str(speaking.gettext(msgid, site=SITE)))
    seen.close()
    for element, attributes in seen.seen:
        assert set(attributes) <= ALLOWED[element]
        assert attributes.get("href", SITE.attributes["href"]) == SITE.attributes["href"]
    printed = without_breaks(seen.words)
    if speaking.findings:
        assert printed == "Call 410-555-0100 or see our page 45."
    else:
        plain = msgstr.replace("{hotline}", "410-555-0100")
        for end in ("<b>", "</b>", "<site>", "</site>"):
            plain = plain.replace(end, "")
        assert printed == without_breaks(plain)


@pytest.mark.parametrize("tag", ["ar", "fa", "ur"])
def test_an_a_number_stays_one_run_in_right_to_left_text(tag: str) -> None:
    printed = translated(tag, "رقم A-number هنا", "Your A-number here").gettext(
        "Your A-number here"
    )
    assert '<bdi dir="ltr">A-\u2060number</bdi>' in printed
