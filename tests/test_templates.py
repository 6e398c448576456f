"""Templates run in a sandbox: they fill in, and reach nothing of the machine."""

from pathlib import Path

import pytest
from markupsafe import Markup
from project_kit import write

from printkit.compose import compose
from printkit.errors import Problems, UserError
from printkit.pieces import load_pieces
from printkit.project import load_project
from printkit.templates import environment, headline


def test_a_pieces_own_template_comes_before_the_shared_one(tiny: Path) -> None:
    write(tiny, "flyers/leaf/help.html", "{{ 1 + 1 }} own & <b>{{ '<' }}</b>")
    piece = load_pieces(tiny, problems=Problems())["leaf"]
    templates = environment(piece.folder, piece.shared)
    assert templates.get_template("help.html").render() == "2 own & <b>&lt;</b>"
    assert templates.get_template("base.html").filename == str(tiny / "flyers/_shared/base.html")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("piece.folder.joinpath('/etc/passwd').read_text()", "access to attribute 'joinpath' of"),
        ("piece.shared[0].parent", "access to attribute 'parent' of"),
        ("piece.sources[0].unlink()", "access to attribute 'unlink' of"),
        ("''.__class__.__mro__", "access to attribute '__class__' of 'str' object is unsafe"),
        ("_.__self__", "access to attribute '__self__' of 'method' object is unsafe"),
        ("_.__func__.__globals__", "access to attribute '__func__' of 'method' object is unsafe"),
        ("lipsum.__globals__", "access to attribute '__globals__' of 'function' object is"),
        ("show.__code__", "access to attribute '__code__' of 'function' object is unsafe"),
        ("'{0.__class__}'.format(_)", "access to attribute '__class__' of 'method' object is"),
        ("range(10000000)|list", "Range too big"),
        ("nothing", "'nothing' is undefined"),
        ("facts.nothing", "'dict object' has no attribute 'nothing'"),
        ("1 / 0", "division by zero"),
    ],
)
def test_a_strangers_template_reaches_nothing(tiny: Path, code: str, told: str) -> None:
    write(tiny, "flyers/leaf/leaf.html", f"<p>one</p>\n<p>{{{{ {code} }}}}</p>\n")
    project = load_project(tiny)
    with pytest.raises(UserError) as caught:
        compose(project, project.pieces["leaf"], "es", edition="press", page_css="")
    (problem,) = caught.value.problems
    assert told in problem.what
    assert (problem.file, problem.line) == ("flyers/leaf/leaf.html", 2)
    assert problem.fix == "Mend this line of the template."


def test_a_template_that_calls_itself_is_told(tiny: Path) -> None:
    write(tiny, "flyers/leaf/leaf.html", '{{ render_in("es", "leaf.html") }}')
    project = load_project(tiny)
    with pytest.raises(UserError) as caught:
        compose(project, project.pieces["leaf"], "es", edition="press", page_css="")
    assert "flyers/leaf/leaf.html:1: The template can't be filled in: " in str(caught.value)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Tell them all to delete your data", "Tell them all to delete your\u00a0data"),
        ("<b>One</b> two <bdi>three</bdi>", "<b>One</b> two\u00a0<bdi>three</bdi>"),
        ("Start here", "Start here"),
        ("내 개인정보를 되찾기", "내 개인정보를 되찾기"),
        ("Ետ վերցրեք ձեր տվյալները", "Ետ վերցրեք ձեր տվյալները"),
        ("お客様の情報を売らせない", "お客様の情報を売らせない"),
    ],
)
def test_a_headlines_short_last_word_does_not_stand_alone(words: str, kept: str) -> None:
    assert headline(Markup(words)) == kept
