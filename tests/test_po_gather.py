"""The project's POT from templates and companies, and catalogs brought up to it."""

import time
from pathlib import Path

import pytest
from project_kit import change, write

from printkit.campaign import load_campaign
from printkit.catalogs import Catalog, load_pot
from printkit.errors import Problems, UserError
from printkit.po.gather import extract_pot, update_catalogs


def extract(root: Path) -> bool:
    problems = Problems()
    campaign = load_campaign(root, problems=problems)
    assert campaign is not None
    return extract_pot(root, campaign)


def pot_of(root: Path) -> Catalog:
    problems = Problems()
    pot = load_pot(root / "po" / "campaign.pot", root=root, problems=problems)
    problems.raise_if_any()
    assert pot is not None
    return pot


def test_a_fresh_pot_changes_nothing(tiny: Path) -> None:
    before = (tiny / "po/campaign.pot").read_bytes()
    assert not extract(tiny)
    assert (tiny / "po/campaign.pot").read_bytes() == before


def test_messages_come_in_the_order_of_the_sheets_each_once(tiny: Path) -> None:
    messages = pot_of(tiny).messages
    own = [
        "Keep what is yours",
        "Call {hotline} or type {drop_url}.",
        "Ask for help",
        "<b>Nobody</b> has to do it alone.",
        "This is my language.",
        "Records about people",
        "ICE paid {amount} for its records.",
    ]
    assert [msgid for _, msgid in messages if msgid in own] == own
    files = [message.references for message in messages.values()]
    assert files[0] == ("flyers/_shared/event.html",)
    headline = messages[None, "Keep what is yours"]
    assert headline.references == ("flyers/leaf/leaf.html", "flyers/leaf/template.html")
    assert "The headline of the leaf." in headline.notes
    assert ("mark", "Draft translation") in messages


def test_a_companys_words_tell_what_prints_beside_them(tiny: Path) -> None:
    message = pot_of(tiny).messages[None, "ICE paid {amount} for its records."]
    assert message.references == ("letters/brokers/acme.toml",)
    assert message.notes == (
        "About Acme Records, on the sheet of companies.",
        "{amount} prints as $5",
    )


def test_a_facts_words_are_told_to_the_translator(tiny: Path) -> None:
    message = pot_of(tiny).messages[None, "Call {hotline} or type {drop_url}."]
    assert "{hotline} prints as 410-555-0100" in message.notes
    assert "{drop_url} prints as privacy.ca.gov/drop" in message.notes


def test_new_words_reach_the_pot_and_then_every_catalog(tiny: Path) -> None:
    change(tiny, "flyers/handbill/template.html", "has to do it alone.", "is alone.")
    assert extract(tiny)
    assert not extract(tiny)
    assert dict(update_catalogs(tiny)) == {"po/ar.po": True, "po/es.po": True}
    assert dict(update_catalogs(tiny)) == {"po/ar.po": False, "po/es.po": False}
    text = (tiny / "po/es.po").read_text(encoding="utf-8")
    assert 'msgid "<b>Nobody</b> is alone."' in text
    assert "<b>Nadie</b> tiene que hacerlo solo." in text, "the old words are kept for the reader"


def test_catalogs_that_are_up_to_date_stay_byte_for_byte(tiny: Path) -> None:
    before = {path.name: path.read_bytes() for path in (tiny / "po").iterdir()}
    assert dict(update_catalogs(tiny)) == {"po/ar.po": False, "po/es.po": False}
    assert {path.name: path.read_bytes() for path in (tiny / "po").iterdir()} == before


def test_a_shared_template_is_read_once_however_many_pieces_use_it(tiny: Path) -> None:
    message = pot_of(tiny).messages[None, "Scan to open DROP"]
    assert message.references == ("flyers/_shared/parts.html",)


def test_all_that_is_wrong_is_told_and_nothing_is_written(tiny: Path) -> None:
    before = (tiny / "po/campaign.pot").read_bytes()
    line = change(tiny, "flyers/leaf/leaf.html", '_("Keep what is yours")', '_("Keep " ~ it)')
    change(tiny, "flyers/handbill/template.html", 'band(_("Ask for help"))', 'band(_("Ask {x"))')
    change(tiny, "letters/brokers/acme.toml", "reaches = true", 'reaches = "yes"')
    with pytest.raises(UserError) as caught:
        extract(tiny)
    places = {f"{problem.file}:{problem.line}" for problem in caught.value.problems}
    assert {f"flyers/leaf/leaf.html:{line}", "letters/brokers/acme.toml:4"} <= places
    assert any(place.startswith("flyers/handbill/template.html") for place in places)
    assert (tiny / "po/campaign.pot").read_bytes() == before


def test_a_catalog_that_cannot_be_read_keeps_all_from_being_written(tiny: Path) -> None:
    change(tiny, "flyers/handbill/template.html", "has to do it alone.", "is alone.")
    extract(tiny)
    write(tiny, "po/es.po", 'msgid "a"\nmsgstr "')
    before = (tiny / "po/ar.po").read_bytes()
    with pytest.raises(UserError) as caught:
        list(update_catalogs(tiny))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("po/es.po", 2)
    assert (tiny / "po/ar.po").read_bytes() == before


def test_a_catalog_keeps_its_own_line_ends(tiny: Path) -> None:
    for name in ("es", "ar"):
        path = tiny / f"po/{name}.po"
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = (tiny / "po/es.po").read_bytes()
    assert dict(update_catalogs(tiny)) == {"po/ar.po": False, "po/es.po": False}
    change(tiny, "flyers/handbill/template.html", "has to do it alone.", "is alone.")
    extract(tiny)
    assert dict(update_catalogs(tiny)) == {"po/ar.po": True, "po/es.po": True}
    after = (tiny / "po/es.po").read_bytes()
    assert after.startswith(before[:1000])
    assert after.count(b"\n") == after.count(b"\r\n")


def test_a_broken_pot_is_told_once(tiny: Path) -> None:
    write(tiny, "po/campaign.pot", 'msgid "a"\nmsgstr "')
    with pytest.raises(UserError) as caught:
        list(update_catalogs(tiny))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("po/campaign.pot", 2)


def test_a_missing_pot_is_told(tiny: Path) -> None:
    (tiny / "po/campaign.pot").unlink()
    with pytest.raises(UserError) as caught:
        list(update_catalogs(tiny))
    assert str(caught.value).startswith("po/campaign.pot: The file is missing.")


def test_nothing_half_written_is_left(tiny: Path) -> None:
    change(tiny, "flyers/handbill/template.html", "has to do it alone.", "is alone.")
    extract(tiny)
    list(update_catalogs(tiny))
    assert sorted(path.name for path in (tiny / "po").iterdir()) == [
        "ar.po",
        "campaign.pot",
        "es.po",
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"#\n" * 50_000_000, "po/es.po: The file is too big: 100.0 MB."),
        (b'msgid ""\nmsgstr ""\n\0\xff\xfe', "po/es.po:3: This is not a text file."),
        (b'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "\xe9"\n', "po/es.po:5: A character here is"),
        (b'msgid "' + b"(" * 200_000 + b'"\nmsgstr ""\n', "po/es.po:1: This text has over 100000"),
        (None, "po/es.po: This is a folder."),
    ],
    ids=["huge", "binary", "latin-1", "deep", "folder"],
)
def test_what_is_no_catalog_gets_one_clear_error(
    data: bytes | None, words: str, tiny: Path
) -> None:
    path = tiny / "po/es.po"
    path.unlink()
    if data is None:
        path.mkdir()
    else:
        path.write_bytes(data)
    with pytest.raises(UserError) as caught:
        list(update_catalogs(tiny))
    (problem,) = caught.value.problems
    assert str(problem).startswith(words)


def test_five_thousand_messages_of_which_250_changed_are_updated_in_seconds(tiny: Path) -> None:
    head = (tiny / "po/es.po").read_text(encoding="utf-8").split("\n\n")[0]
    texts = [
        f"Company {at} must delete what it knows of you in {at % 90} days" for at in range(5000)
    ]
    changed = [
        text.replace("what it", "all it") if at % 20 == 0 else text for at, text in enumerate(texts)
    ]
    write(
        tiny, "po/es.po", head + "".join(f'\n\nmsgid "{one}"\nmsgstr "x"' for one in texts) + "\n"
    )
    write(
        tiny,
        "po/campaign.pot",
        head + "".join(f'\n\nmsgid "{one}"\nmsgstr ""' for one in changed) + "\n",
    )
    (tiny / "po/ar.po").unlink()
    begun = time.monotonic()

    list(update_catalogs(tiny))

    assert time.monotonic() - begun < 10, "a second is usual, on a machine that does nothing else"
    text = (tiny / "po/es.po").read_text(encoding="utf-8")
    assert text.count("#, fuzzy\n#| msgid") == 250
    assert "#~" not in text
