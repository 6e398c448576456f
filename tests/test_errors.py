import pickle

import pytest

from printkit.errors import Problem, Problems, UserError, did_you_mean, listed, quoted


def test_problem_reads_as_one_line_with_its_place() -> None:
    problem = Problem(
        what="{hotline} is missing.",
        fix="Put {hotline} where the phone number belongs.",
        file="po/es.po",
        line=212,
    )
    assert str(problem) == (
        "po/es.po:212: {hotline} is missing. Put {hotline} where the phone number belongs."
    )


def test_problem_without_a_line_or_a_file() -> None:
    assert str(Problem(what="Gone.", fix="Put it back.", file="a.csv")) == (
        "a.csv: Gone. Put it back."
    )
    assert str(Problem(what="Nothing to do.", fix="")) == "Nothing to do."


def test_all_problems_are_told_at_once_in_order_and_each_once() -> None:
    problems = Problems()
    problems.raise_if_any()
    problems.add("First.", "Fix it.", "b.csv", 3)
    problems.add("Second.", "Fix it too.")
    problems.add("First.", "Fix it.", "b.csv", 3)
    assert len(problems) == 2
    with pytest.raises(UserError) as caught:
        problems.raise_if_any()
    assert str(caught.value) == "b.csv:3: First. Fix it.\nSecond. Fix it too."
    assert [problem.what for problem in problems] == ["First.", "Second."]


def test_a_user_error_crosses_to_another_process() -> None:
    error = UserError(Problem(what="First.", fix="Fix it."))
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_quoted_is_short_and_harmless_on_a_terminal() -> None:
    assert quoted("señal") == '"señal"'
    assert quoted("a\x1b[2Jb\n") == '"a\\x1b[2Jb\\n"'
    assert quoted("\u202egnp") == '"\\u202egnp"'
    assert quoted("x" * 100, limit=10) == '"' + "x" * 9 + '…"'


def test_did_you_mean() -> None:
    assert did_you_mean("Fresnoo", ["kern", "fresno"]) == 'Did you mean "fresno"?'
    assert did_you_mean("zzz", ["kern", "fresno"]) == "Use one of: kern, fresno."
    assert did_you_mean("zzz", []) == ""


def test_a_long_list_is_cut() -> None:
    assert listed("abcd", limit=2) == "a, b and 2 more"
    assert listed("ab", limit=2) == "a, b"


def test_problems_take_those_of_an_error() -> None:
    problems = Problems()
    problems.add("This is wrong.", "Mend it.")
    one = Problem(what="This is wrong.", fix="Mend it.")
    other = Problem(what="That is wrong.", fix="Mend it too.")
    problems.take(UserError(one, other))
    assert list(problems) == [one, other]
