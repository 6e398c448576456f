"""A whole catalog is judged without setting it: quiet on the good, plain on one thing wrong."""

from collections.abc import Mapping

import pytest

from printkit.catalogs import Catalog, Message
from printkit.checks.catalog import CHECKS, RULES, check_catalog
from printkit.facts import Fact
from printkit.languages import LANGUAGES
from printkit.plurals import parse_plural

CALL = "Call {hotline} in 45 days."
PAGES = Message(msgid="{n} page", msgid_plural="{n} pages", plurals=("", ""))
FACTS = {"hotline": Fact(text="410-555-0100", kind="phone")}


def catalog(tag: str, *messages: Message, header: Mapping[str, str] | None = None) -> Catalog:
    return Catalog(
        language=tag,
        file=f"po/{tag}.po",
        messages={message.key: message for message in messages},
        plural_rule=parse_plural(LANGUAGES[tag].plural_forms),
        header=header if header is not None else {"Language": tag.replace("-", "_")},
    )


def told(tag: str, msgstr: str, msgid: str = CALL, **more: object) -> list[str]:
    pot = catalog("en", Message(msgid=msgid))
    fuzzy = bool(more.get("fuzzy"))
    ours = catalog(tag, Message(msgid=msgid, msgstr=msgstr, line=5, fuzzy=fuzzy))
    return [str(found) for found in check_catalog(ours, pot, LANGUAGES[tag], FACTS)]


@pytest.mark.parametrize(
    ("tag", "msgstr"),
    [
        ("es", "Llame al {hotline} en 45 días."),
        ("ar", "اتصل {hotline} خلال 45 يوماً."),
        ("ja", "45日以内に{hotline}へ電話してください。"),
        ("ko", "45일 안에 {hotline}에 전화하세요."),
        ("ru", "Позвоните {hotline} в течение 45 дней."),
        ("hi", "45 दिनों में {hotline} पर फ़ोन करें।"),
    ],
)
def test_good_translations_are_left_in_peace(tag: str, msgstr: str) -> None:
    assert told(tag, msgstr) == []


@pytest.mark.parametrize(
    ("tag", "msgid", "msgstr", "words"),
    [
        (
            "es",
            CALL,
            "",
            'FAIL es, po/es.po:5: "Call {hotline} in 45 days." is not translated. Translate it. '
            "(message-untranslated)",
        ),
        (
            "es",
            CALL,
            "En 45 días.",
            'FAIL es, po/es.po:5: In the translation of "Call {hotline} in 45 days.", {hotline} is '
            "missing. Put {hotline} where the phone number belongs. (message-names)",
        ),
        ("es", CALL, "{hotline} 45 <img src=x>", "(message-tags)"),
        ("es", CALL, "{hotline} 45 \u202e", "(message-unsafe)"),
        ("es", CALL, "{hotline} 45 54", "(message-facts)"),
        (
            "es",
            CALL,
            "{hotline} pronto",
            "the source's number 45 is missing. Put it in, or look whether the words say the "
            "same. (catalog-digits)",
        ),
        ("fa", CALL, "{hotline} ۴۵ روز", "there are the digits ۴۵. Write them as 0-9."),
        (
            "es",
            "Stop the sale",
            "Stop the sale",
            "the words are the English ones. Translate it. (catalog-half-untranslated)",
        ),
        ("ru", "Stop the sale", "Stop", "there is no word in the script of Russian."),
        ("zh-Hant", "Stop", "Stop", "there is no word in the script of Chinese (Traditional)."),
        ("vi", "Stop", "Du\u031b\u0300ng", "letters and accents stand apart (not NFC)."),
        ("es", "Stop", "Pare ", "(catalog-spaces)"),
        ("es", "Stop", "Pa\u00adre", "(catalog-spaces)"),
        (
            "ru",
            "Stop",
            "Cтоп",
            'the translation of "Stop", "Cтоп" has Latin letters among others: C.',
        ),
        ("es", "Stop", "Pare&nbsp;ya", "&nbsp; prints as it stands. Type the character itself."),
        ("es", CALL, "{hotline} {hotline} 45", "{hotline} stands more often than in the source."),
    ],
)
def test_one_thing_wrong(tag: str, msgid: str, msgstr: str, words: str) -> None:
    found = told(tag, msgstr, msgid)
    assert len(found) == 1, found
    assert words in found[0]


def test_names_and_codes_may_stay_latin() -> None:
    for name in ("DROP", "ICE / CBP", "LexisNexis", "{hotline}"):
        assert told("ru", name, name) == []
    assert told("es", "Internet", "Internet") == []


def test_fuzzy_is_told_and_judged_all_the_same() -> None:
    found = told("es", "Llame en 45 días.", fuzzy=True)
    assert "is marked fuzzy." in found[0]
    assert "{hotline} is missing." in found[1]


def test_a_message_that_is_missing_or_gone_is_told() -> None:
    pot = catalog("en", Message(msgid="Stop"))
    ours = catalog("es", Message(msgid="Halt", msgstr="Alto", line=9))
    assert [str(found) for found in check_catalog(ours, pot, LANGUAGES["es"])] == [
        'FAIL es, po/es.po: "Stop" is not in the catalog. Update it from the POT, then translate '
        "it. (message-untranslated)",
        'WARN es, po/es.po:9: "Halt" is printed nowhere. Update the catalog from the POT. '
        "(catalog-stale)",
    ]


def test_plural_forms_are_counted_by_the_header() -> None:
    forms = ("{n} страница", "{n} страницы", "{n} страниц")
    for plurals, count in ((forms, 0), (forms[:2], 1), ((*forms[:2], ""), 1)):
        pages = Message(msgid="{n} page", msgid_plural="{n} pages", plurals=plurals, line=5)
        found = check_catalog(catalog("ru", pages), catalog("en", PAGES), LANGUAGES["ru"])
        assert sum(one.code == "message-plurals" for one in found) == count
        if count:
            assert "Fill in 3 forms, as the header says." in str(found[0])


@pytest.mark.parametrize(
    ("tag", "given", "right"),
    [
        ("es", "es", True),
        ("es", "es_MX", True),
        ("es", "fr", False),
        ("es", "", False),
        ("zh-Hant", "zh_Hant", True),
        ("zh-Hant", "zh_TW", True),
        ("zh-Hant", "zh_Hans", False),
        ("zh-Hans", "zh_TW", False),
        ("tl", "fil_PH", True),
        ("hmn", "mww", True),
    ],
)
def test_the_header_names_the_files_language(tag: str, given: str, right: bool) -> None:
    found = check_catalog(catalog(tag, header={"Language": given}), catalog("en"), LANGUAGES[tag])
    assert (found == []) is right
    if not right:
        assert found[0].what == f'The header\'s Language is "{given}".'


def test_every_check_says_what_it_holds_and_every_rule_why() -> None:
    assert all(check.__doc__ for check in CHECKS)
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert all(rule.because.endswith(".") and rule.rule.endswith(".") for rule in RULES)
