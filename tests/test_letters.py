"""Prefilled letters: the right words on the right lines, and nobody's data anywhere else."""

import io
import os
import re
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2 as pdfium
import pytest
from building import silent
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project_kit import write
from test_channels import ASKED, CONFIRMED, POST, WAYS
from test_companies import with_letters
from typer.testing import CliRunner

from printkit import letters as letters_run
from printkit.cli import app
from printkit.errors import Problems, UserError
from printkit.letters import Wish, Written, write_letters
from printkit.people import COLUMNS, Rules, people_in
from printkit.places import Place
from printkit.privacy import encrypted, passphrase_in, passphrase_of, write_private
from printkit.project import Project, load_project
from printkit.stamp.typed import Fillable, fillable, filled, lacking, too_long
from printkit.stamp.wide import LETTERS, wide_face
from printkit.typeset.layout import FieldPlace

SECRET = "Zquvexample Xylophonsky"
"""A name that stands nowhere else on this disk."""
KIT = {
    "letters/kit/piece.toml": """\
name = "Kit"
trim = ["8.5in", "11in"]
pages = 1
company_pages = 1
by_region = false
order = 9
""",
    "letters/kit/template.html": """\
{% extends "base.html" %}
{% import "parts.html" as parts with context %}
{% block title %}{{ _("Ask for help") }}{% endblock %}
{% block body %}
<section class="side"><div class="content fit">
{{ parts.draft_mark() }}<p>{{ _("Ask for help") }}</p>
{{ line("phone", "Phone"|safe) }}</div>{{ parts.footer() }}</section>
{% for company in companies %}
<section class="side">
<div class="window fit" data-window="{{ company.slug }}" style="{{ envelope.address_style }}"
 lang="en" dir="ltr">{% for row in company.post_lines %}<p>{{ row }}</p>{% endfor %}</div>
{% for fold in envelope.folds %}<b class="fold start" style="top:{{ fold }}"></b>
<b class="fold end" style="top:{{ fold }}"></b>{% endfor %}
<div class="content letter fit">{{ parts.draft_mark() }}
{{ line("name", "Name"|safe) }}
{{ line("street", "Street"|safe) }}
{{ line("city", "City"|safe) }}
{{ line("date", "Date"|safe, most=20) }}</div>
{{ parts.footer() }}</section>
{% endfor %}
{% endblock %}
""",
    "letters/kit/style.css": """\
.window { position: absolute; font-size: 9pt; line-height: 11pt; }
.window p { line-height: 11pt; }
.content { top: 1in; left: 0.6in; right: 0.6in; height: 8in; }
.letter { top: 4in; height: 5in; }
.fold { position: absolute; width: 0.16in; height: 0; border-top: 0.5pt solid #000; }
.fold.start { left: 0.27in; }
.fold.end { right: 0.27in; }
.footer { left: 0.6in; right: 0.6in; bottom: 0.35in; }
.line { display: block; width: 4in; height: 0.4in; border-bottom: 0.75pt solid #000; }
""",
}
PEOPLE = f"""\
name,street,city,state,zip,phone,language,date
{SECRET},1 Example Street,Sacramento,CA,95814,410-555-0100,,2026-07-20
Nguyễn Ví Dụ,,,,,,en,
"""


def make_kit(root: Path) -> Path:
    """Give a tiny project two companies that get letters, and a kit of them."""
    text = ASKED + POST + CONFIRMED + WAYS
    with_letters(root, text)
    campaign = (root / "campaign.toml").read_text(encoding="utf-8")
    write(root, "campaign.toml", campaign.replace('kit = ["acme"]', 'kit = ["acme", "best"]'))
    write(root, "letters/brokers/best.toml", text.replace("Acme", "Best"))
    for name, words in KIT.items():
        write(root, name, words)
    return root


@pytest.fixture
def kit(tiny: Path) -> Path:
    return make_kit(tiny)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "table" / "people.csv"
    path.parent.mkdir()
    write_private(path, PEOPLE.encode())
    return path


def made(root: Path, people: Path, **changes: Any) -> Written:
    wish = Wish(people=people, language="en", out=people.parent / "letters")
    return write_letters(load_project(root), replace(wish, **changes), silent)


def everything_under(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield each thing below some folders with its bytes; a name is data too."""
    for folder in folders:
        for path in folder.rglob("*"):
            content = b""
            if path.is_file() and not path.is_symlink() and os.access(path, os.R_OK):
                content = path.read_bytes()
            yield path, content


def leaks(word: str, *folders: Path, but: Path) -> list[str]:
    """Return where a word stands below some folders, in any of the forms that PDFs have."""
    forms = [word.encode(), word.encode("utf-16-be"), word.encode("utf-16-be").hex().encode()]
    return [
        str(path)
        for path, content in everything_under(*folders)
        if but not in (path, *path.parents)
        and (word in path.name or any(form in content for form in forms))
    ]


def words_in(page: Any, place: Place) -> str:
    """Return what a viewer reads in a rectangle of a page."""
    height = page.get_height()
    top, left = height - place.y_pt, place.x_pt
    text = page.get_textpage().get_text_bounded(
        left=left, right=left + place.width_pt, top=top, bottom=top - place.height_pt
    )
    return str(text).strip()


@pytest.mark.slow
def test_every_letter_bears_the_name_on_its_line_and_no_other_file_does(
    kit: Path, people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields: dict[str, list[Place]] = {}
    ready = getattr(letters_run, "lay_out")  # noqa: B009  # put in the place of the run's own

    def spy(job: Any, shop: Any) -> Any:
        from printkit import kit_sheets

        def seen(pdf: bytes, placed: Any, **more: Any) -> Fillable:
            placed = list(placed)
            for one, place in placed:
                fields.setdefault(one.name, []).append(place)
            return fillable(pdf, placed, **more)

        with monkeypatch.context() as patch:
            patch.setattr(kit_sheets, "fillable", seen)
            return ready(job, shop)

    monkeypatch.setattr(letters_run, "lay_out", spy)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    written = made(kit, people)

    assert (written.people, written.letters, written.wrong) == (2, 2, 0), written.findings
    assert (written.problems, written.drafts, written.unused) == ((), ("en",), ())
    assert [place.page for place in fields["name"]] == [2, 3]
    document = pdfium.PdfDocument(written.out / "letters_0001.pdf")
    expected = {
        "name": SECRET,
        "street": "1 Example Street",
        "city": "Sacramento, CA 95814",
        "phone": "410-555-0100",
        "date": "July 20, 2026",
    }
    assert fields.keys() == expected.keys()
    for name, places in fields.items():
        assert [words_in(document[place.page - 1], place) for place in places] == [
            expected[name]
        ] * len(places)
    document.close()
    document = pdfium.PdfDocument(written.out / "letters_0002.pdf")
    assert words_in(document[1], fields["name"][0]) == "Nguyễn Ví Dụ"
    assert words_in(document[1], fields["street"][0]) == ""
    document.close()

    assert {path.name for path in people.parent.iterdir()} == {"people.csv", "letters"}
    assert leaks(SECRET, tmp_path, but=people.parent) == []
    assert leaks(SECRET, people.parent, but=people) == [str(written.out / "letters_0001.pdf")]


@pytest.mark.slow
def test_letters_are_private_and_the_same_again_and_say_nothing_of_themselves(
    kit: Path, people: Path
) -> None:
    before = os.umask(0)
    try:
        out = made(kit, people).out
        first = (out / "letters_0001.pdf").read_bytes()
        again = made(kit, people).out
    finally:
        os.umask(before)

    assert stat.S_IMODE(again.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in again.iterdir()} == {0o600}
    assert (again / "letters_0001.pdf").read_bytes() == first
    with pikepdf.open(io.BytesIO(first)) as pdf:
        told = repr(pdf.docinfo) + pdf.Root.Metadata.read_bytes().decode()
    assert SECRET not in told
    assert pypdf.PdfReader(io.BytesIO(first), strict=True).metadata


@pytest.mark.slow
def test_wrong_rows_are_told_by_line_and_the_others_are_made(kit: Path, people: Path) -> None:
    text = f"name,date,plate\n{SECRET},2026-06-30,\n{'W' * 58},,8ABC123\nExample Person,,\n"
    people.write_text(text, encoding="utf-8")

    written = made(kit, people)

    assert [problem.line for problem in written.problems] == [2, 3]
    assert "does not go on its line" in written.problems[1].what
    assert SECRET not in repr(written)
    assert (written.people, written.wrong, written.exit_code) == (1, 2, 1)
    assert written.unused == ("plate",)
    assert [path.name for path in written.out.iterdir()] == ["letters_0003.pdf"]


@pytest.mark.slow
def test_chosen_companies_take_the_place_of_the_kits(kit: Path, people: Path) -> None:
    written = made(kit, people, companies=("best",))

    text = "".join(
        page.extract_text() for page in pypdf.PdfReader(written.out / "letters_0001.pdf").pages
    )
    assert written.letters == 1
    assert "Best Records Inc." in text and "Acme" not in text


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"companies": ("bets",)}, '--companies: no letter goes to "bets". Did you mean "best"?'),
        (
            {"edition": "screen"},
            '--edition: "screen" can\'t be filled in beforehand. Use one of: copier, press.',
        ),
        ({"language": "se"}, '--language: "se" is not a language of this project.'),
    ],
)
def test_what_can_not_be_had_is_told_first(
    kit: Path, people: Path, changes: dict[str, Any], expected: str
) -> None:
    with pytest.raises(UserError) as caught:
        made(kit, people, **changes)

    assert str(caught.value).startswith(expected)
    assert {path.name for path in people.parent.iterdir()} == {"people.csv"}


def test_a_project_without_a_kit_and_a_file_without_people_are_told(
    tiny: Path, people: Path
) -> None:
    with pytest.raises(UserError, match="This project has no kit of letters"):
        made(tiny, people)
    make_kit(tiny)
    people.write_text("name\n", encoding="utf-8")
    with pytest.raises(UserError, match="There is nobody in this file"):
        made(tiny, people)


def test_a_folder_with_other_things_is_left_alone(kit: Path, people: Path) -> None:
    write(people.parent, "letters/mine.txt", "mine")

    with pytest.raises(UserError, match="is there already, and holds other things than letters"):
        made(kit, people)

    assert (people.parent / "letters/mine.txt").read_text() == "mine"


def test_a_mistake_of_our_own_repeats_nobodys_name(
    kit: Path, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise KeyError(SECRET)

    monkeypatch.setattr(letters_run, "people_in", broken)

    with pytest.raises(UserError) as caught:
        made(kit, people)

    assert "a mistake of its own (KeyError)" in str(caught.value)
    assert SECRET not in str(caught.value)
    assert caught.value.__suppress_context__


# Git -------------------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> None:
    settings = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *settings, *words], cwd=folder, check=True, capture_output=True)


def test_a_file_that_git_keeps_is_refused(kit: Path, people: Path) -> None:
    git(people.parent, "init", "-q")
    git(people.parent, "add", "-f", "people.csv")

    with pytest.raises(UserError, match=r"git keeps .*, and with it the people's data"):
        made(kit, people)


def test_a_folder_that_git_would_take_up_is_refused(kit: Path, people: Path) -> None:
    git(people.parent, "init", "-q")

    with pytest.raises(UserError, match="git would take up the letters in"):
        made(kit, people)


@pytest.mark.slow
def test_a_file_that_git_could_take_up_is_told(kit: Path, people: Path, tmp_path: Path) -> None:
    git(people.parent, "init", "-q")

    written = made(kit, people, out=tmp_path / "elsewhere")

    assert written.is_offered and not written.is_open


def test_this_repository_takes_up_neither_people_nor_letters(project: Path) -> None:
    rules = (project / ".gitignore").read_text(encoding="utf-8").splitlines()

    assert {"people*.csv", "letters_[0-9]*.pdf"} <= set(rules)


# The passphrase --------------------------------------------------------------------------------

PASSPHRASE = "correct horse ñandú"


@pytest.fixture
def blank_page(project: Path) -> Fillable:
    """A page with two lines of one name and one of another."""
    with pikepdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page(page_size=(612, 792))
            pdf.pages[-1].trimbox = pikepdf.Array([10, 10, 602, 782])
        pdf.docinfo["/Title"] = "Letters"
        out = io.BytesIO()
        pdf.save(out, force_version="1.7", deterministic_id=True)
    fields = [
        field("name", Place(page=1, x_pt=50, y_pt=100, width_pt=200, height_pt=24)),
        field("name", Place(page=2, x_pt=60, y_pt=200, width_pt=200, height_pt=24)),
        field("city", Place(page=2, x_pt=60, y_pt=240, width_pt=100, height_pt=24)),
    ]
    return fillable(
        out.getvalue(),
        [(one, one.place) for one in fields],
        space="DeviceGray",
        face=wide_face(project / "fonts"),
    )


def field(name: str, place: Place) -> FieldPlace:
    return FieldPlace(name=name, number=0, tip="", kind="text", most=40, place=place)


def test_blanks_of_one_name_and_size_share_a_form(blank_page: Fillable) -> None:
    assert [blank.name for blank in blank_page.blanks] == ["name", "city"]
    assert blank_page.names == {"name", "city"}


def test_a_filled_sheet_is_what_its_reader_sees(blank_page: Fillable) -> None:
    pdf = filled(blank_page, {"name": "Example Person", "city": "Đà Nẵng"})

    document = pdfium.PdfDocument(pdf)
    first = Place(page=1, x_pt=60, y_pt=110, width_pt=200, height_pt=24)
    assert words_in(document[0], first) == "Example Person"
    assert words_in(document[1], replace(first, x_pt=70, y_pt=210)) == "Example Person"
    assert words_in(document[1], replace(first, x_pt=70, y_pt=250, width_pt=100)) == "Đà Nẵng"
    document.close()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.get_warnings() == []
        assert opened.check_pdf_syntax() == []
    assert pdf.startswith(blank_page.pdf)
    assert filled(blank_page, {"name": "Example Person", "city": "Đà Nẵng"}) == pdf
    assert filled(blank_page, {}) == blank_page.pdf


def test_filling_changes_the_blanks_and_nothing_else(blank_page: Fillable) -> None:
    pdf = filled(blank_page, {"name": "Example Person", "city": "Reno"})

    with (
        pikepdf.open(io.BytesIO(blank_page.pdf)) as before,
        pikepdf.open(io.BytesIO(pdf)) as after,
    ):
        changed = {
            number
            for number in range(1, blank_page.size)
            if shape(before, number) != shape(after, number)
        }
        assert changed - tables(before) == {blank.number for blank in blank_page.blanks}
        assert before.trailer.Root.objgen == after.trailer.Root.objgen
        assert before.trailer.ID[0] == after.trailer.ID[0] != after.trailer.ID[1]


def shape(pdf: pikepdf.Pdf, number: int) -> tuple[bytes, bytes]:
    one = pdf.get_object(number, 0)
    return one.unparse(), one.read_raw_bytes() if isinstance(one, pikepdf.Stream) else b""


def tables(pdf: pikepdf.Pdf) -> set[int]:
    """Return the objects that only say where others stand."""
    kinds = ("/XRef", "/ObjStm")
    found = (one for one in pdf.objects if isinstance(one, pikepdf.Stream))
    return {one.objgen[0] for one in found if one.get("/Type") in kinds}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from(LETTERS), min_size=1, max_size=40))
def test_whatever_can_be_typed_is_in_the_file_as_it_was_typed(
    text: str, blank_page: Fillable
) -> None:
    assert lacking(text) == ""

    with pikepdf.open(io.BytesIO(filled(blank_page, {"name": text}))) as pdf:
        stream = pdf.get_object(blank_page.blanks[0].number, 0).read_bytes()
        match = re.search(rb"<([0-9a-f]*)> Tj", stream)

    assert match
    assert bytes.fromhex(match[1].decode()).decode("utf-16-be") == text


@pytest.mark.parametrize(
    "command",
    [
        ("qpdf", "--check"),
        ("mutool", "draw", "-o", "/dev/null"),
        ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=nullpage"),
        ("pdftotext",),
    ],
    ids=lambda command: command[0],
)
def test_other_programs_open_it_without_repair(
    command: tuple[str, ...], blank_page: Fillable, tmp_path: Path
) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not here")
    path = tmp_path / "letters.pdf"
    path.write_bytes(filled(blank_page, {"name": "Example Person"}))

    done = subprocess.run([*command, path.name], cwd=tmp_path, capture_output=True, check=True)

    told = (done.stdout + done.stderr).decode().lower()
    assert not re.search("repair|rebuil|reconstruct|damaged|error:|trailer", told), told


def test_a_long_text_gets_smaller_and_one_that_does_not_go_on_its_line_is_told(
    blank_page: Fillable,
) -> None:
    def size(text: str) -> float:
        match = re.search(rb"/F ([0-9.]+) Tf", filled(blank_page, {"city": text})[-900:])
        assert match
        return float(match[1])

    assert size("Reno") == pytest.approx(11)
    assert 7 <= size("San Buenaventura, CA 93001") < 11
    assert too_long(blank_page, {"city": "W" * 30, "name": "x" * 41}) == ("name", "city")
    assert too_long(blank_page, {"city": "Reno", "name": "x" * 40}) == ()


def test_an_encrypted_file_opens_with_its_passphrase_only(blank_page: Fillable) -> None:
    pdf = filled(blank_page, {"name": SECRET})

    locked = encrypted(pdf, PASSPHRASE)

    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked))
    with pikepdf.open(io.BytesIO(locked), password=PASSPHRASE) as opened:
        assert (opened.encryption.R, opened.encryption.bits) == (6, 256)
        assert len(opened.pages) == 2
    with pytest.raises(pdfium.PdfiumError, match="assword"):
        pdfium.PdfDocument(locked)
    document = pdfium.PdfDocument(locked, password=PASSPHRASE)
    assert SECRET in document[0].get_textpage().get_text_bounded()
    document.close()
    assert SECRET.encode("utf-16-be").hex().encode() not in locked


def test_pypdf_opens_an_encrypted_file_too(blank_page: Fillable) -> None:
    pytest.importorskip("cryptography", reason="pypdf decrypts AES with it")
    reader = pypdf.PdfReader(io.BytesIO(encrypted(blank_page.pdf, PASSPHRASE)))

    assert reader.decrypt("a wrong passphrase") == pypdf.PasswordType.NOT_DECRYPTED
    assert reader.decrypt(PASSPHRASE) != pypdf.PasswordType.NOT_DECRYPTED
    assert len(reader.pages) == 2


@pytest.mark.parametrize("text", ["", "brief", "eleven char", "with a\x07bell in it", "x" * 128])
def test_a_weak_passphrase_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(UserError) as caught:
        passphrase_of(text)

    assert not text or text not in str(caught.value)


def test_a_passphrase_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "passphrase"
    write_private(path, f"\ufeff{PASSPHRASE}\r\nanother line\n".encode())

    assert passphrase_in(path) == PASSPHRASE

    path.chmod(0o640)
    with pytest.raises(UserError, match=r"can be read by others .* chmod 600 passphrase"):
        passphrase_in(path)
    for other in (tmp_path, tmp_path / "none"):
        with pytest.raises(UserError, match="--passphrase-file"):
            passphrase_in(other)


def test_a_private_file_takes_no_name_that_is_taken(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(FileExistsError):
        write_private(tmp_path / "link", b"x")

    assert not (tmp_path / "elsewhere").exists()


# The command -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_command_tells_what_it_made_and_of_nobody(kit: Path, people: Path) -> None:
    people.chmod(0o644)
    secret = people.parent / "passphrase"
    write_private(secret, PASSPHRASE.encode())
    out = people.parent / "letters"
    words = ["letters", "--people", str(people), "--language", "en", "--project", str(kit)]
    words += ["--out", str(out), "--jobs", "1", "--companies", "acme,best"]

    result = CliRunner().invoke(app, [*words, "--encrypt", "--passphrase-file", str(secret)])

    assert result.exit_code == 0, result.output
    assert "2 people, 2 letters each." in result.output
    assert "Marked DRAFT, since no native reader has signed them off: en." in result.output
    assert "chmod 600" in result.output
    assert SECRET not in result.output
    with pikepdf.open(out / "letters_0001.pdf", password=PASSPHRASE) as opened:
        assert len(opened.pages) == 3


def test_the_passphrase_is_asked_for_twice(kit: Path, people: Path) -> None:
    words = ["letters", "--people", str(people), "--project", str(kit), "--encrypt"]

    result = CliRunner().invoke(app, words, input="too short\ntoo short\n")

    assert isinstance(result.exception, UserError)
    assert "The passphrase is shorter than 12 characters." in str(result.exception)
    assert "too short" not in result.output


def test_a_passphrase_file_without_encrypt_is_refused(kit: Path, people: Path) -> None:
    words = ["letters", "--people", str(people), "--project", str(kit), "--passphrase-file", "x"]

    result = CliRunner().invoke(app, words)

    assert "--passphrase-file is given, and --encrypt is not." in str(result.exception)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_leaves_nothing_of_anybody(
    kit: Path, people: Path, tmp_path: Path, workers: int
) -> None:
    rows = "".join(f"{SECRET} {number},\n" for number in range(20_000))
    people.write_text("name,street\n" + rows, encoding="utf-8")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    command = [
        sys.executable,
        "-c",
        "from printkit.cli import main; main()",
        "letters",
        "--people",
        str(people),
    ]
    command += ["--project", str(kit), "--jobs", str(workers)]
    command += ["--out", str(people.parent / "letters")]
    running = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | {"TMPDIR": str(temporary)},
        start_new_session=True,
    )
    try:
        _wait_for_letters(people.parent, running)
        os.killpg(running.pid, signal.SIGINT)
        told, _ = running.communicate(timeout=60)
    finally:
        running.kill()

    assert running.returncode == 130, told
    assert SECRET.encode() not in told
    assert {path.name for path in people.parent.iterdir()} == {"people.csv"}
    assert leaks(SECRET, tmp_path, but=people) == []


def _wait_for_letters(folder: Path, running: subprocess.Popen[bytes]) -> None:
    """Wait until some letters are written, beside their place."""
    for _ in range(600):
        if list(folder.glob(".letters.partial-*/letters/letters_*.pdf")):
            return
        assert running.poll() is None, running.communicate()
        time.sleep(0.05)
    raise AssertionError("No letter was written.")


# The page about letters ------------------------------------------------------------------------


def test_the_example_is_read_without_a_word(project: Path, shipped: Project) -> None:
    rules = Rules(languages=shipped.campaign.languages, as_of=shipped.campaign.as_of, lacks=lacking)
    problems = Problems()
    path = project / "docs/people-example.csv"

    people = list(people_in(path, root=project, rules=rules, problems=problems))

    assert list(problems) == []
    assert len(people) == 3 and all(people)


def test_the_page_tells_of_every_column(project: Path) -> None:
    text = (project / "docs/letters.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`([a-z_0-9]+)`", text))

    assert {name for name in COLUMNS if not re.search("_[2-9]$", name)} <= told


@pytest.mark.slow
def test_the_pages_commands_run_on_the_example(
    kit: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (project / "docs/letters.md").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    monkeypatch.chdir(kit)
    shutil.copytree(project / "docs", kit / "docs")
    for line in lines:
        words = shlex.split(line.replace("venntel,thomson-reuters-west", "acme,best"))
        if words[0] != ".venv/bin/printkit":
            subprocess.run(words, check=True)
            continue
        result = CliRunner().invoke(app, words[1:], input=f"{PASSPHRASE}\n{PASSPHRASE}\n")
        assert result.exit_code == 0, result.output
        assert "3 people, 2 letters each." in result.output
        assert "Others on this machine" not in result.output

    assert len(lines) == 5
    assert len(list((kit / "build/letters").iterdir())) == 3


def test_the_companies_that_the_page_names_get_letters(project: Path, shipped: Project) -> None:
    text = (project / "docs/letters.md").read_text(encoding="utf-8")
    match = re.search("--companies ([a-z,-]+)", text)

    assert match
    assert all(shipped.brokers[slug].gets("opt-out") for slug in match[1].split(","))


def test_letters_of_a_shipped_project_can_be_asked_for(shipped: Project) -> None:
    kits = [piece.slug for piece in shipped.pieces.values() if piece.company_pages]

    assert kits == ["kit"]
