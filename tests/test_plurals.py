"""Plural rules give C's answers, and nothing but a plural rule gets through."""

import pickle
from gettext import c2py

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from printkit.languages import LANGUAGES
from printkit.plurals import GERMANIC, TRIED, WrongPlural, parse_plural


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_tables_rules_are_as_gettexts_own_reader_has_them(tag: str) -> None:
    rule = parse_plural(LANGUAGES[tag].plural_forms)
    theirs = c2py(rule.expression)
    assert [rule.index(n) for n in TRIED] == [int(theirs(n)) for n in TRIED]
    assert pickle.loads(pickle.dumps(rule)) == rule


def test_english_is_the_default() -> None:
    assert [GERMANIC.index(n) for n in (0, 1, 2)] == [1, 0, 1]
    assert parse_plural("nplurals=2; plural=(n != 1);").tree == GERMANIC.tree


def test_c_divides_toward_zero_and_only_where_it_must() -> None:
    assert parse_plural("nplurals=1; plural=n && 5 / n > 9;").index(0) == 0
    assert parse_plural("nplurals=2; plural=(0 - 7) / 2 == 0 - 3;").index(1) == 1
    assert parse_plural("nplurals=2; plural=!!!n;").index(0) == 1


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("", 'Plural-Forms is "", which is not "nplurals=…; plural=…;".'),
        ("nplurals=INTEGER; plural=EXPRESSION;", "which is not"),
        ("nplurals=2; plural=" + "(" * 200 + "n" + ")" * 200, "nested too deep"),
        ("nplurals=2; plural=" + "n?" * 100 + "1" + ":0" * 100, "nested too deep"),
        ("nplurals=2; plural=" + "n" * 2000, "which is not"),
        ("nplurals=0; plural=0;", "asks for 0 forms; a language has 1 to 10."),
        ("nplurals=999999999; plural=0;", "asks for 999999999 forms"),
        ("nplurals=2; plural=n;", "gives form 2 for n = 2, but nplurals is 2."),
        ("nplurals=2; plural=0-1;", "gives form -1 for n = 0"),
        ("nplurals=2; plural=5/n;", "divides by zero for n = 0."),
        ("nplurals=2; plural=n**n;", "cannot be read"),
        ("nplurals=2; plural=" + "n+" * 280 + "n", "gives form 281 for n = 1,"),
        ("nplurals=2; plural=n ? 1;", "cannot be read"),
        ("nplurals=2; plural=;", "cannot be read"),
        ("nplurals=2; plural=n 1;", "cannot be read"),
        ("nplurals=2; plural=99999999999999999999;", "cannot be read"),
        ('nplurals=2; plural=__import__("os").system("true");', "cannot be read"),
    ],
)
def test_what_is_no_plural_rule_is_told_so(header: str, words: str) -> None:
    with pytest.raises(WrongPlural) as caught:
        parse_plural(header)
    assert words in str(caught.value)


@given(st.text("n0123456789%&|=!<>?:()+-*/ ", max_size=60))
@example("!" * 500 + "n")
def test_any_expression_is_a_rule_or_is_refused(expression: str) -> None:
    try:
        rule = parse_plural(f"nplurals=3; plural={expression};")
    except WrongPlural:
        return
    assert all(0 <= rule.index(n) < 3 for n in TRIED)
