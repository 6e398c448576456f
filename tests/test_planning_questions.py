"""Where only a group is known, a plan asks, and divides nothing."""

from test_planning import RATES, REGIONS, people

from printkit.planning import questions_for

LANGUAGES = ("en", "es", "ru", "uk", "km")


def test_a_group_is_asked_about_with_the_campaigns_languages_in_it() -> None:
    rows = [
        people("kern", "ru", "uk", "pl", lep=1500, exact=False),
        people("alpine", "ru", "uk", lep=99, exact=False),
        people("kern", "de", lep=5000, exact=False),
        people("california", "ru", "uk", lep=5000, exact=False),
        people("kern", "es", lep=5000),
    ]
    (asked,) = questions_for(REGIONS, rows, RATES, languages=LANGUAGES)
    assert asked.words == (
        "Which of these is read here: Russian, Ukrainian? Of the whole group, 1,500 people: "
        '"ru+uk+pl" (ACS, 2013-2017, group).'
    )


def test_what_the_law_asks_for_without_a_count_comes_first() -> None:
    rows = [
        people("kern", "ru", "uk", lep=1500, exact=False),
        people("alpine", "km", covered=True),
        people("kern", "th", covered=True),
    ]
    asked = questions_for(REGIONS, rows, RATES, languages=LANGUAGES)
    assert [(one.region, one.law) for one in asked] == [("alpine", True), ("kern", False)]
    assert asked[0].words == (
        "How many read km? The law asks for it here, and no count tells (ACS, 2013-2017)."
    )


def test_the_order_of_the_rows_changes_nothing() -> None:
    rows = [people(where, "ru", lep=900, exact=False) for where in ("kern", "alpine")]
    assert questions_for(REGIONS, rows, RATES, languages=LANGUAGES) == questions_for(
        REGIONS, rows[::-1], RATES, languages=LANGUAGES
    )
