"""Other people's programs take our catalogs as they are: gettext's and translate-toolkit's."""

import shutil
import subprocess
from pathlib import Path

import pytest
from project_kit import change

from printkit.entries import scan
from printkit.po.gather import begin_language, update_catalogs
from printkit.po.merge import merge
from printkit.po.start import Given

ROOT = Path(__file__).resolve().parent.parent
CATALOGS = sorted((ROOT / "po").glob("*.po"))
POT = ROOT / "po" / "campaign.pot"


def run(program: str, *arguments: str | Path) -> str:
    """What a program says, or a skip where the machine lacks it."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not on this machine: install gettext, and translate-toolkit")
    done = subprocess.run(
        [found, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.stem)
def test_msgfmt_has_nothing_to_say(path: Path) -> None:
    assert run("msgfmt", "--check", "-o", "/dev/null", path) == ""


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.stem)
def test_msgcat_and_msgmerge_read_the_same_messages(path: Path) -> None:
    own = {entry.key: entry.msgstr for entry in scan(path.read_text(encoding="utf-8"))[0]}
    for told in (run("msgcat", path), run("msgmerge", "--quiet", path, POT)):
        entries, faults = scan(told)
        assert faults == []
        read = {entry.key: entry.msgstr for entry in entries}
        read[None, ""] = own[None, ""]
        assert read == own


def test_pocount_counts_every_message() -> None:
    for path in CATALOGS:
        assert "Total" in run("pocount", path)


def test_pofilter_reads_every_catalog(tmp_path: Path) -> None:
    run("pofilter", "--progress=none", "-t", "isfuzzy", ROOT / "po", tmp_path / "out")


def test_what_an_update_and_a_beginning_write_is_taken_too(tiny: Path) -> None:
    change(tiny, "po/campaign.pot", 'msgid "Keep what is yours"', 'msgid "Keep what is all yours"')
    change(tiny, "po/campaign.pot", 'msgid "Records about people"', 'msgid "Places"')
    list(update_catalogs(tiny))
    list(begin_language(tiny, "mix", Given(english="Mixtec", autonym="Tu'un Savi")))
    text = (tiny / "po/es.po").read_text(encoding="utf-8")
    assert '#| msgid "Keep what is yours"' in text and '#~ msgid "Records about people"' in text
    for path in sorted((tiny / "po").glob("*.po")):
        assert run("msgfmt", "--check", "-o", "/dev/null", path) == ""
        merged = run("msgmerge", "--quiet", "--previous", path, tiny / "po/campaign.pot")
        assert merge(merged, merged) == merged
