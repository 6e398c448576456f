"""The language table holds what it says, and names the nearest tag for a wrong one."""

import pickle
from pathlib import Path

import pytest
from babel import Locale

from printkit.errors import UserError
from printkit.languages import LANGUAGES, Language, language

FONTS = Path(__file__).parents[1] / "fonts"


def test_the_order_is_the_campaigns() -> None:
    assert " ".join(LANGUAGES) == (
        "en es zh-Hant zh-Hans vi tl ko hy fa ar ru uk pa hi ja km lo th hmn pt am ur"
    )
    assert [one.tab for one in LANGUAGES.values()] == list(range(22))
    assert "mul" not in LANGUAGES


def test_filipino_is_called_as_its_readers_call_it() -> None:
    assert LANGUAGES["tl"].english == "Filipino (Tagalog)"
    assert LANGUAGES["tl"].autonym == "Filipino"
    assert LANGUAGES["tl"].babel == "fil_PH"


def test_noto_sans_comes_first_in_arabic_script_only() -> None:
    first = {tag for tag, one in LANGUAGES.items() if one.families[0] == "Noto Sans"}
    assert {"ar", "fa", "ur"} <= first
    assert LANGUAGES["ar"].families == ("Noto Sans", "Noto Sans Arabic")
    assert LANGUAGES["th"].families == ("Noto Sans Thai Looped", "Noto Sans")
    assert LANGUAGES["zh-Hant"].families == (
        "Noto Sans TC",
        "Noto Sans",
        "Noto Sans JP",
        "Noto Sans SC",
    )


def test_urdu_is_nastaliq_but_for_dense_tables() -> None:
    urdu = LANGUAGES["ur"]
    assert (urdu.families[1], urdu.line_height) == ("Noto Nastaliq Urdu", 2.2)
    assert (urdu.dense_families[1], urdu.dense_line_height) == ("Noto Sans Arabic", 1.6)
    persian = LANGUAGES["fa"]
    assert (persian.dense_families, persian.dense_line_height) == (persian.families, 1.6)


@pytest.mark.parametrize("one", LANGUAGES.values(), ids=lambda one: one.tag)
def test_every_row_is_whole(one: Language) -> None:
    assert one.direction == ("rtl" if one.tag in ("fa", "ar", "ur") else "ltr")
    assert Locale.parse(one.babel)
    assert one.plural_forms.startswith("nplurals=")
    assert pickle.loads(pickle.dumps(one)) == one
    for family in (*one.families, *one.dense_families):
        for weight in ("Regular", "Bold"):
            assert (FONTS / f"{family.replace(' ', '')}-{weight}.ttf").is_file()


def test_hmong_says_that_its_dates_are_english() -> None:
    assert LANGUAGES["hmn"].babel == "en"


def test_a_wrong_tag_gets_the_nearest_one() -> None:
    with pytest.raises(UserError) as caught:
        language("zh-hant")
    assert str(caught.value) == 'There is no language "zh-hant". Did you mean "zh-Hant"?'
    with pytest.raises(UserError, match=r'There is no language "mul"\. Use one of: en, es, '):
        language("mul")
