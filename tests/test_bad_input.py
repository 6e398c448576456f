"""Bad input: told with its place, in words, without a traceback; the good sheets are made."""

import random
import shutil
from pathlib import Path

import pytest
from building import contents_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project_kit import change, make_project, write

from printkit.editions import EDITIONS
from printkit.errors import UserError
from printkit.findings import Severity
from printkit.jobs import Selection, jobs_for
from printkit.po.gather import update_catalogs
from printkit.press import Made, press
from printkit.pressing import shop_for
from printkit.project import load_project

CSS = {name: edition.css for name, edition in EDITIONS.items()}
PIXEL = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{}</svg>"


def made_of(root: Path) -> dict[str, Made]:
    """Press the Spanish sheets for the screen, and return each piece's first."""
    project = load_project(root)
    selection = Selection(
        languages=frozenset({"es"}), editions=frozenset({"screen"}), regions=frozenset({"kern"})
    )
    # Kern orders no leaf of its own: take the leaf of another county along.
    both = [
        *jobs_for(project, selection, page_css=CSS),
        *jobs_for(
            project,
            Selection(
                languages=frozenset({"es"}),
                pieces=frozenset({"leaf"}),
                editions=frozenset({"screen"}),
            ),
            page_css=CSS,
        ),
    ]
    shop = shop_for(project, root / "sheets")
    shop.store.mkdir()
    return {job.piece.slug: press(job, shop)[0] for job in both}


IMAGE = '<p><img src="{}" alt="" style="width:9pt;height:9pt"></p>'
ONLY_A_SHEET = {
    "art that is not there": (
        IMAGE.format("art/none.svg"),
        "layout-warning",
        "Failed to load image at 'art/none.svg'",
    ),
    "art that is no picture": (
        IMAGE.format("style.css"),
        "layout-warning",
        "Failed to load image at 'style.css'",
    ),
    "a file of the machine": (
        IMAGE.format("file:///etc/passwd"),
        "address-outside",
        'It asks for "file:///etc/passwd".',
    ),
    "a file above the piece": (
        IMAGE.format("../../campaign.toml"),
        "address-outside",
        'It asks for "../../campaign.toml".',
    ),
    "an address": (
        IMAGE.format("https://evil.test/pixel.png"),
        "address-outside",
        'It asks for "https://evil.test/pixel.png".',
    ),
    "an address in a style": (
        '<p style="background:url(//evil.test/a.png)">x</p>',
        "address-outside",
        "evil.test/a.png",
    ),
    "a stylesheet from elsewhere": (
        "<style>@import url(https://evil.test/a.css);</style>",
        "address-outside",
        'It asks for "https://evil.test/a.css".',
    ),
    "a font from elsewhere": (
        "<style>@font-face{font-family:X;src:url(file:///etc/passwd)}p{font-family:X}</style>",
        "address-outside",
        "file:///etc/passwd",
    ),
    "a style that is none": (
        '<p style="colr: red">x</p>',
        "layout-warning",
        "The layout engine says: Ignored `colr: red`",
    ),
    "a box that is too small": (
        '<p class="fit" style="height:10pt;width:30pt">One two three four five six seven</p>',
        "text-overflows",
        '"One two three',
    ),
    "a letter that its language's font lacks": (
        "<p>ឯកជនភាព</p>",
        "fonts-foreign",
        "Something is drawn with Noto Sans Khmer.",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ONLY_A_SHEET)
def test_where_only_a_sheet_suffers_it_is_withheld_and_the_rest_made(
    tiny: Path, own_fonts: Path, name: str
) -> None:
    body, code, words = ONLY_A_SHEET[name]
    change(tiny, "flyers/leaf/leaf.html", '{{ parts.drop_code("1.2in") }}', body)
    made = made_of(tiny)
    fails = [one for one in made["leaf"].findings if one.severity is Severity.FAIL]
    assert made["leaf"].is_withheld
    assert any(one.code == code and words in one.what for one in fails), list(map(str, fails))
    assert all(one.fix and one.piece == "leaf" and one.language == "es" for one in fails)
    assert str(tiny) not in str(fails), "the machine's folders are nobody's business"
    assert not made["handbill"].is_withheld
    assert list(contents_of(tiny / "sheets")) == [made["handbill"].file]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("art", "words"),
    [
        (PIXEL.format("<image href='file:///etc/passwd' width='9' height='9'/>"), "/etc/passwd"),
        ("<svg xmlns='http://www.w3.org/2000/svg'><path", ""),
        ("", ""),
    ],
)
def test_hostile_or_broken_art_is_withheld(
    tiny: Path, own_fonts: Path, art: str, words: str
) -> None:
    write(tiny, "flyers/leaf/art.svg", art)
    change(tiny, "flyers/leaf/leaf.html", '{{ parts.drop_code("1.2in") }}', IMAGE.format("art.svg"))
    made = made_of(tiny)
    fails = [one for one in made["leaf"].findings if one.severity is Severity.FAIL]
    assert made["leaf"].is_withheld
    assert any(
        one.code in ("address-outside", "layout-warning") and words in one.what for one in fails
    ), list(map(str, fails))


# Any text file, damaged in any way -------------------------------------------------------------

TEXTS = (".toml", ".csv", ".po", ".pot", ".html", ".css")
DIRT = (
    *(b'"', b"'''", b"\\", b"\n", b"\r", b"\0", b"\xff", "é".encode(), b"\t", b","),
    *(b"{{", b"}}", b"{%", b"%}", b"{# NOTE: x #}", b"[[", b"]]", b"=", b"<b>", b"{", b"}"),
    *(b'msgid ""\n', b"#, fuzzy\n", b"#~ ", b"#| ", b"-1", b"1e999", b"nan", b"9" * 40),
)


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("damaged") / "project")


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), cuts=st.integers(1, 4))
def test_no_damage_makes_a_traceback(damaged: Path, seed: int, cuts: int) -> None:
    chance = random.Random(seed)
    inside = (damaged / name for name in ("flyers", "letters", "po", "regions"))
    files = sorted(path for top in inside for path in top.rglob("*") if path.suffix in TEXTS)
    path = chance.choice([damaged / "campaign.toml", *files])
    whole = path.read_bytes()
    data = bytearray(whole)
    for _ in range(cuts):
        at = chance.randrange(len(data) + 1)
        if chance.random() < 0.5:
            del data[at : at + chance.choice((1, 5, 50, 5000))]
        else:
            data[at:at] = chance.choice(DIRT)
    path.write_bytes(data)
    told = []
    try:
        project = load_project(damaged)
        list(jobs_for(project, Selection(editions=frozenset({"press"})), page_css=CSS))
        list(update_catalogs(damaged))
    except UserError as error:
        told = list(error.problems)
    finally:
        path.write_bytes(whole)
    for problem in told:
        assert problem.file and problem.what and problem.fix, problem
        assert str(damaged) not in str(problem)


def test_every_kind_of_fault_is_told_in_one_run(tiny: Path) -> None:
    write(tiny, "campaign.toml", (tiny / "campaign.toml").read_text() + "odd = 1\n[facts.x]\n")
    change(tiny, "flyers/leaf/piece.toml", '"5.5in"', '"5.5"')
    change(tiny, "regions/counties.csv", "06029", "what")
    change(tiny, "regions/orders.csv", "california,ar,leaf,50,", "california,ar,leaf,-50,")
    change(tiny, "letters/brokers/acme.toml", "https://news", "news")
    change(tiny, "po/es.po", 'msgstr "Pida ayuda"', 'msgstr "Pida ayuda" "')
    (tiny / "flyers/handbill/style.css").unlink()
    shutil.rmtree(tiny / "flyers/finder")
    with pytest.raises(UserError) as caught:
        load_project(tiny)
    files = [problem.file for problem in caught.value.problems]
    assert set(files) == {
        "campaign.toml",
        "flyers/leaf/piece.toml",
        "flyers/handbill/style.css",
        "regions/counties.csv",
        "regions/orders.csv",
        "letters/brokers/acme.toml",
        "po/es.po",
    }
    placed = [problem for problem in caught.value.problems if problem.line is None]
    assert [problem.file for problem in placed] == ["flyers/handbill/style.css"]
    assert str(caught.value).count("\n") == len(files) - 1, "one a line"
