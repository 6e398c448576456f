"""A language begins with what CLDR knows of it, and asks for the rest; nothing needs code."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from project_kit import change, write

from printkit.catalogs import load_catalog
from printkit.errors import Problems, UserError
from printkit.language_file import FILE, read_languages
from printkit.languages import LANGUAGES, Language, know
from printkit.po.gather import begin_language, update_catalogs
from printkit.po.start import Given
from printkit.project import load_project


@pytest.fixture(autouse=True)
def none_left() -> Iterator[None]:
    """Leave the table as it is for other tests."""
    yield
    know(())


def begin(root: Path, tag: str, **given: str) -> str:
    return "\n".join(begin_language(root, tag, Given(**given)))


def row(root: Path, tag: str) -> Language:
    problems = Problems()
    found = read_languages(root, problems=problems)
    problems.raise_if_any()
    return found[tag]


def test_a_language_that_cldr_knows_needs_no_options(tiny: Path) -> None:
    told = begin(tiny, "so")
    assert told == (
        "po/languages.toml: Somali (Soomaali) is set in Noto Sans.\n"
        "po/so.po: written, to be translated.\n"
        'Next: add "so" to languages in campaign.toml, and order copies.'
    )
    somali = row(tiny, "so")
    assert (somali.script, somali.direction, somali.babel) == ("Latn", "ltr", "so")
    assert somali.plural_forms == LANGUAGES["es"].plural_forms


def test_the_catalog_has_every_message_and_says_whose_it_is(tiny: Path) -> None:
    begin(tiny, "my")
    problems = Problems()
    catalog = load_catalog(tiny / "po/my.po", root=tiny, language="my", problems=problems)
    pot = load_catalog(tiny / "po/campaign.pot", root=tiny, language="", problems=problems)
    assert catalog is not None and pot is not None
    assert list(catalog.messages) == list(pot.messages)
    assert not any(message.is_translated for message in catalog.messages.values())
    assert catalog.header["Language"] == "my"
    assert catalog.header["Language-Team"] == "Burmese"
    assert catalog.header["Last-Translator"] == ""
    assert catalog.plural_rule.forms == 1
    text = (tiny / "po/my.po").read_text(encoding="utf-8")
    assert text.startswith("# Tiny campaign, in Burmese.\n# Draft: no native reader")
    assert ("po/my.po", False) in list(update_catalogs(tiny))


def test_what_cldr_lacks_is_asked_for_all_at_once(tiny: Path) -> None:
    with pytest.raises(UserError) as caught:
        begin(tiny, "mix")
    assert str(caught.value) == (
        'CLDR has no own name for mix. Give it: --autonym "…".\n'
        'CLDR has no English name for mix. Give it: --english "…".'
    )
    assert not (tiny / FILE).exists()
    assert not (tiny / "po/mix.po").exists()


@pytest.mark.parametrize(
    ("tag", "english", "autonym"),
    [("mix", "Mixtec", "Tu'un Savi"), ("zap", "Zapotec", "Diidxazá"), ("ium", "Mien", "Mienh")],
)
def test_a_language_that_cldr_lacks_works_with_what_is_given(
    tag: str, english: str, autonym: str, tiny: Path
) -> None:
    told = begin(tiny, tag, english=english, autonym=autonym)
    assert f"CLDR has no dates and numbers of {english}: they print as in English." in told
    assert f"Nobody knows a plural rule of {english} here" in told
    one = row(tiny, tag)
    assert (one.autonym, one.script, one.babel) == (autonym, "Latn", "en")


def test_hmong_is_in_the_table_and_needs_no_row(tiny: Path) -> None:
    assert begin(tiny, "hmn").startswith("po/hmn.po: written")
    assert not (tiny / FILE).exists()


def test_a_campaign_with_new_languages_is_read_whole(tiny: Path) -> None:
    for tag in ("so", "he"):
        begin(tiny, tag)
    begin(tiny, "sm", autonym="Gagana Samoa", plural_forms="nplurals=1; plural=0;")
    change(tiny, "campaign.toml", '"es", "ar"]', '"es", "ar", "sm", "he", "so"]')
    project = load_project(tiny)
    assert project.campaign.languages == ("en", "es", "ar", "so", "he", "sm")
    assert project.drafts >= {"so", "he", "sm"}
    assert LANGUAGES["he"].families == ("Noto Sans", "Noto Sans Hebrew")
    assert LANGUAGES["he"].direction == "rtl"


@pytest.mark.parametrize(
    ("tag", "rule"),
    [
        ("fr", "nplurals=2; plural=(n > 1);"),
        ("ht", "nplurals=2; plural=(n > 1);"),
        ("be", LANGUAGES["ru"].plural_forms),
        ("yue", "nplurals=1; plural=0;"),
        ("ps", "nplurals=2; plural=(n != 1);"),
    ],
)
def test_plural_rules_are_those_that_translators_use(tag: str, rule: str, tiny: Path) -> None:
    begin(tiny, tag)
    assert row(tiny, tag).plural_forms == rule


def test_what_a_file_says_already_stays(tiny: Path) -> None:
    write(tiny, FILE, "# Ours.\n")
    begin(tiny, "so")
    begin(tiny, "ti")
    text = (tiny / FILE).read_text(encoding="utf-8")
    assert text.startswith('# Ours.\n\n[so]\nenglish = "Somali"\n')
    assert text.count("\n\n[") == 2


@pytest.mark.parametrize(
    ("tag", "given", "words"),
    [
        ("es", {}, "po/es.po is there already, and stays as it is. Bring it up to date with"),
        ("en", {}, "English is the source and has no catalog."),
        ("../es", {}, '"../es" is no language\'s tag. Write a tag such as'),
        ("Somali", {}, '"Somali" is no language\'s tag.'),
        ("chr", {}, 'No font in fonts/ draws the script "Cher". Add one'),
        ("chr", {"font": "Lato"}, 'fonts/ has no "Lato". Add its Regular and its Bold there.'),
        ("so", {"direction": "up"}, '"up" is no direction. Give ltr or rtl.'),
        ("so", {"plural_forms": "n"}, 'Plural-Forms is "n", which is not'),
        ("ru", {"autonym": "x"}, "printkit's own table says already what ru is. Leave the options"),
    ],
)
def test_what_cannot_be_is_told(tag: str, given: dict[str, str], words: str, tiny: Path) -> None:
    before = sorted(path.name for path in (tiny / "po").iterdir())
    with pytest.raises(UserError) as caught:
        begin(tiny, tag, **given)
    assert str(caught.value).startswith(words)
    assert sorted(path.name for path in (tiny / "po").iterdir()) == before
