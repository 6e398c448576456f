"""The shipped campaign itself: whole, in every language, sourced, and easy to read."""

import re
from datetime import date
from pathlib import Path

import pytest

from printkit.brokers import Broker
from printkit.catalogs import Catalog
from printkit.checking import check_project
from printkit.claims import AGENCIES
from printkit.compose import compose
from printkit.errors import Problems
from printkit.findings import Finding, Severity
from printkit.languages import LANGUAGES
from printkit.po.gather import project_pot
from printkit.po.merge import merge
from printkit.project import Project
from printkit.room_notes import english_notes
from printkit.wording import addresses, phones

TRANSLATED = [tag for tag in LANGUAGES if tag != "en"]
NOT_IN_DROP = {
    "motorola-vigilant",
    "drn",
    "giant-oak",
    "corelogic-cotality",
    "palantir",
    "flock-safety",
    "shadowdragon",
    "oracle",
    "radaris",
}
"""Not in the state's registry of 2026: DROP does not reach them."""
NEVER_SAID = (
    "guarantee",
    "erase",
    "you are safe",
    "keep you safe",
    "no one can",
    "no ID",
    "anonym",
)
"""Texts say what is handed over and to whom, and promise no safety."""
HIGHEST_GRADE = 6.0
HIGHEST_GRADE_OF_ONE = 12.0
"""One sentence of names such as "federal immigration and border agencies" counts high."""
SHORT = 8
"""Words; the formula says nothing of headlines."""


@pytest.fixture(scope="module")
def found(shipped: Project) -> list[Finding]:
    return check_project(shipped, ())


def text_of(root: Path, name: str) -> str:
    return (root / name).read_bytes().decode()


# Catalogs --------------------------------------------------------------------------------------


def test_the_project_is_whole(shipped: Project) -> None:
    assert list(shipped.campaign.languages) == list(LANGUAGES)
    assert list(shipped.catalogs) == TRANSLATED
    by_themselves = [slug for slug, piece in shipped.pieces.items() if not piece.letter]
    assert by_themselves == [
        "card",
        "know-your-rights",
        "data-flow",
        "brochure",
        "poster",
        "language-finder",
        "volunteer",
        "kit",
        "follow-up",
        "agent",
        "tracker",
    ]
    assert len([one for one in shipped.regions.values() if one.kind == "county"]) == 58
    assert len([one for one in shipped.regions.values() if one.kind == "census-region"]) == 10


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_message_is_translated(shipped: Project, tag: str) -> None:
    catalog, pot = shipped.catalogs[tag], shipped.pot
    assert pot is not None
    assert catalog.messages.keys() == pot.messages.keys()
    left = [message.msgid for message in catalog.messages.values() if not message.is_translated]
    assert left == []
    assert [message.msgid for message in catalog.messages.values() if message.fuzzy] == []


@pytest.mark.slow
def test_the_pot_is_what_the_templates_and_the_layout_say_now(shipped: Project) -> None:
    problems = Problems()
    text = project_pot(
        shipped.root,
        shipped.campaign,
        shipped.pieces.values(),
        shipped.brokers.values(),
        problems=problems,
        rooms=english_notes(shipped),
    )
    assert list(map(str, problems)) == []
    assert text_of(shipped.root, "po/campaign.pot") == text, "run printkit po extract"


@pytest.mark.parametrize("tag", TRANSLATED)
def test_each_catalog_is_up_to_date_with_the_pot(shipped: Project, tag: str) -> None:
    before = text_of(shipped.root, f"po/{tag}.po")
    assert merge(text_of(shipped.root, "po/campaign.pot"), before) == before


@pytest.mark.slow
def test_nothing_fails_the_checks(found: list[Finding]) -> None:
    assert [str(one) for one in found if one.severity is Severity.FAIL] == []
    told = [one.code for one in found if one.severity is Severity.WARN]
    assert told == ["landing-placeholder", *["address-unconfirmed"] * 6]


def test_nobody_has_signed_anything_off_yet(shipped: Project) -> None:
    assert shipped.drafts == frozenset(LANGUAGES)
    assert shipped.campaign.landing_is_placeholder


# Orders ----------------------------------------------------------------------------------------

LETTERS_IN_THE_KIT = {"opt-out", "know", "limit", "delete", "follow-up", "agent", "tracker"}
"""Designs that nobody orders by themselves as shipped: the kit holds what most people need."""


def test_every_piece_and_every_language_is_ordered(shipped: Project) -> None:
    kept_for_asking = {
        slug for slug, piece in shipped.pieces.items() if piece.design in LETTERS_IN_THE_KIT
    }
    assert {order.piece for order in shipped.orders} == set(shipped.pieces) - kept_for_asking
    assert {order.language for order in shipped.orders} == {*LANGUAGES, "mul"}


@pytest.mark.parametrize(
    "piece", ["card", "know-your-rights", "data-flow", "brochure", "poster", "volunteer", "kit"]
)
def test_every_piece_is_ordered_in_every_language(shipped: Project, piece: str) -> None:
    ordered = {order.language for order in shipped.orders if order.piece == piece}
    assert ordered == set(LANGUAGES)


def test_every_county_orders_in_english_spanish_and_all_languages_at_once(
    shipped: Project,
) -> None:
    for region in shipped.regions.values():
        if region.kind == "county":
            mine = {order.language for order in shipped.orders if order.region == region.slug}
            assert {"en", "es", "mul"} <= mine, region.slug


# Facts and claims ------------------------------------------------------------------------------


def brokers_of(project: Project) -> list[Broker]:
    return list(project.brokers.values())


def test_each_claim_has_an_open_source_a_day_and_good_grounds(shipped: Project) -> None:
    claims = [(broker, claim) for broker in brokers_of(shipped) for claim in broker.claims]
    assert len(claims) >= 10
    for broker, claim in claims:
        assert claim.confidence in ("medium-high", "high"), broker.slug
        assert claim.url.startswith("https://"), broker.slug
        assert set(claim.to) <= set(AGENCIES), broker.slug
        assert set(claim.to) & set(re.findall(r"\w+", claim.text)) or "DHS" in claim.text
        day = date.fromisoformat((claim.date + "-01-01")[:10])
        assert date(2005, 1, 1) <= day <= shipped.campaign.as_of, broker.slug
        assert claim.publisher, broker.slug


def test_each_company_says_rightly_whether_drop_reaches_it(shipped: Project) -> None:
    unreached = {broker.slug for broker in brokers_of(shipped) if not broker.drop_reaches}
    assert unreached == NOT_IN_DROP
    assert len(shipped.brokers) == 31


def test_the_sheet_of_sources_shows_each_company_with_a_claim_and_no_other(
    shipped: Project,
) -> None:
    sheet = compose(shipped, shipped.pieces["data-flow"], "en", edition="screen", page_css="")
    shown = re.findall(r'<h3 dir="ltr" lang="en">(.*?)</h3>', sheet.html)
    assert sorted(shown) == sorted(one.name for one in brokers_of(shipped) if one.claims)
    assert len(shown) == 11


def test_no_letter_goes_where_none_would_arrive(shipped: Project) -> None:
    for slug in ("palantir", "flock-safety", "giant-oak"):
        assert shipped.brokers[slug].claims and shipped.brokers[slug].requests == ()
    for broker in brokers_of(shipped):
        assert broker.gets("opt-out") == (broker.post is not None), broker.slug
        assert "610 Opperman" not in " ".join(broker.post.lines if broker.post else ())
    assert {slug for slug in NOT_IN_DROP if shipped.brokers[slug].post} == set()
    assert shipped.brokers["clearview-ai"].post is None, "its ZIP code is not in Texas"


def test_beside_each_address_stand_a_page_and_a_number(shipped: Project) -> None:
    """Mail is a way that a business may offer, and need not."""
    for broker in brokers_of(shipped):
        if broker.post:
            assert broker.web and broker.phone, broker.slug


def test_each_fact_of_a_company_has_a_source_and_a_day_that_has_come(shipped: Project) -> None:
    for broker in brokers_of(shipped):
        told = [(way.source, way.as_of) for way in broker.channels]
        if broker.registration:
            told.append((broker.registration.source, broker.registration.as_of))
        for source, as_of in told:
            assert "not known" not in source, broker.slug
            assert as_of <= shipped.campaign.as_of, broker.slug


def test_letters_ask_for_no_more_than_finds_the_record(shipped: Project) -> None:
    asked = {broker.slug: broker.identifiers for broker in brokers_of(shipped) if broker.requests}
    with_plate = {slug for slug, words in asked.items() if "plate" in words}
    assert with_plate == {"thomson-reuters-west", "motorola-vigilant"}
    with_id = {slug for slug, words in asked.items() if "advertising-id" in words}
    assert with_id == {"babel-street", "venntel", "unacast-gravy", "penlink-cobwebs"}
    for broker in brokers_of(shipped):
        assert ("date of birth" in broker.never) == (broker.slug != "lexisnexis-risk")


def test_each_fact_has_a_source_and_a_day_that_has_come(shipped: Project) -> None:
    for fact in shipped.campaign.facts.values():
        assert fact.source
        assert fact.checked <= shipped.campaign.as_of, fact.name


def test_codes_lead_to_the_states_own_page(shipped: Project) -> None:
    assert shipped.campaign.facts["drop_url"].value == "https://privacy.ca.gov/drop/"
    assert shipped.campaign.facts["drop_url"].shown == "privacy.ca.gov/drop"


@pytest.mark.parametrize("folder", ["flyers", "letters"])
def test_no_phone_number_is_typed_into_a_text(shipped: Project, folder: str) -> None:
    for path in sorted((shipped.root / folder).rglob("*")):
        if path.suffix in (".html", ".toml", ".css"):
            text = path.read_text(encoding="utf-8")
            if path.parent.name == "brokers":  # where a company's own number has its place
                text = re.sub(r'(?ms)^number = [^\n]*$|^note = """.*?"""$', "", text)
            assert phones(re.sub(r"https?://\S+", "", text)) == [], path.name


def test_no_message_holds_a_phone_number_or_an_address(shipped: Project) -> None:
    assert shipped.pot is not None
    catalogs: list[Catalog] = [shipped.pot, *shipped.catalogs.values()]
    for catalog in catalogs:
        for message in catalog.messages.values():
            for text in (message.msgid, *message.translations):
                assert phones(text) == [], f"{catalog.file}:{message.line}"
                assert addresses(text) == [], f"{catalog.file}:{message.line}"


# English ---------------------------------------------------------------------------------------


def english(project: Project) -> list[str]:
    """Return the English texts as they read, a word in each fact's place."""
    assert project.pot is not None
    texts = (message.msgid for message in project.pot.messages.values())
    return [re.sub(r"\{\w+\}", "five", re.sub(r"<[^>]*>", "", text)) for text in texts]


def syllables(word: str) -> int:
    """Return about how many syllables a word has: its groups of vowels, without a silent e.

    A final "e" and a final "ed" are silent, but for "le" as in "people", and "ted" and "ded".
    """
    plain = re.sub("[^a-z]", "", word.lower())
    count = len(re.findall("[aeiouy]+", plain))
    silent = re.search(r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouydt]ed$", plain)
    return max(1, count - (1 if silent else 0))


def grade(text: str) -> float:
    """Return the school year in which a text can be read, by the Flesch-Kincaid formula."""
    words = re.findall(r"[A-Za-z][A-Za-z’'-]*|\d[\d,.]*", text)
    sentences = [
        part for part in re.split(r"[.!?:](?=\s|$|”)", text) if re.search("[A-Za-z]", part)
    ]
    each = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(sentences) + 11.8 * each - 15.59


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("data", 2),
        ("people", 2),
        ("state", 1),
        ("named", 1),
        ("wanted", 2),
        ("California", 4),
        ("while", 1),
        ("agencies", 3),
        ("registered", 3),
        ("the", 1),
        ("free", 1),
    ],
)
def test_syllables_are_counted_about_right(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_english_reads_at_sixth_grade_or_below(shipped: Project) -> None:
    grades = {text: grade(text) for text in english(shipped) if len(text.split()) > SHORT}
    assert len(grades) > 20
    average = sum(grades.values()) / len(grades)
    assert average <= HIGHEST_GRADE, f"grade {average:.1f}"
    hard = {text: round(one, 1) for text, one in grades.items() if one > HIGHEST_GRADE_OF_ONE}
    assert hard == {}


def test_sentences_are_short(shipped: Project) -> None:
    for text in english(shipped):
        for sentence in re.split(r"(?<=[.!?])\s+", text):
            assert len(sentence.split()) <= 25, sentence


def test_the_english_promises_no_safety(shipped: Project) -> None:
    for text in english(shipped):
        for words in NEVER_SAID:
            assert words not in text, text


def test_every_kind_of_sheet_that_tells_of_rights_says_that_it_is_no_legal_advice(
    shipped: Project,
) -> None:
    assert shipped.pot is not None
    message = shipped.pot.messages[None, "This is not legal advice."]
    told = {place.split("/")[1] for place in message.references}
    assert told >= {"know-your-rights", "brochure"}
