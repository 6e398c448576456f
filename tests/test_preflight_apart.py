"""The command outlives every file: one that stops, hangs or fills its judge costs itself alone."""

import io
import json
import os
import re
import zlib
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from preflight.makings import made
from typer.testing import CliRunner

from printkit.cli import app
from printkit.errors import Problems
from printkit.lengths import Size
from printkit.ordered import expected_from, told_beside
from printkit.preflight.annotate import annotated
from printkit.preflight.apart import Answer, Order, judge_apart
from printkit.preflight.limits import Expected, Limits, load_limits
from printkit.preflight.telling import verdict_lines
from printkit.preflight.verdicts import judge_file


def raw(*objects: bytes) -> bytes:
    """Return a PDF of objects numbered from 1, without a table of them."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, one) for n, one in enumerate(objects, 1))
    return b"%PDF-1.6\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d %s>>stream\n%s\nendstream" % (len(data), entries, data)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<<%s>>>>"


def deep_tree(levels: int) -> bytes:
    kids = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 3) for n in range(levels)]
    return raw(CATALOG, *kids, b"<</Type/Page/MediaBox[0 0 9 9]>>")


def zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()
    return raw(CATALOG, PAGES, PAGE % b"", stream(data, b"/Filter/FlateDecode"))


HOSTILE = {
    "nothing": b"",
    "no pages": raw(b"<</Type/Catalog>>"),
    "no catalog": raw(b"[1 2 3]"),
    "looping tree": raw(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    "deep tree": deep_tree(10_000),
    "deep array": raw(CATALOG, PAGES, PAGE % b"/X " + b"[" * 10_000 + b"]" * 10_000),
    "deep content": raw(CATALOG, PAGES, PAGE % b"", stream(b"[" * 50_000 + b"q " * 50_000)),
    "forged count": raw(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", PAGE % b""),
    "forged length": raw(CATALOG, PAGES, PAGE % b"", b"<</Length 99999999>>stream\nq\nendstream"),
    "wrong types": raw(
        b"<</Type/Catalog/Pages 2 0 R/Metadata 7/OutputIntents<<>>/Lang[]/Names 3/AcroForm(x)"
        b"/StructTreeRoot 5/MarkInfo[]/ViewerPreferences true/Outlines 1.5/OCProperties/X>>",
        PAGES,
        b"<</Type/Page/Parent 2 0 R/MediaBox[(a)/b null true]/TrimBox 7/BleedBox[1 2]/Rotate(x)"
        b"/UserUnit/Z/Annots<<>>/Contents 5/Resources[1]/Group 3/AA 1/Tabs 2/StructParents(q)>>",
    ),
    "looping forms": raw(
        CATALOG, PAGES, PAGE % b"/XObject<</A 5 0 R>>", stream(b"/A Do /A Do"),
        stream(b"/A Do /A Do", b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>"),
    ),
    "looping parents": raw(CATALOG, PAGES, b"<</Type/Page/Parent 3 0 R/Contents 4 0 R>>"),
    "huge picture": raw(
        CATALOG, PAGES, PAGE % b"/XObject<</I 5 0 R>>", stream(b"/I Do"),
        stream(b"x", b"/Subtype/Image/Width 2000000000/Height 2000000000/BitsPerComponent 8"
                     b"/ColorSpace/DeviceRGB"),
    ),
    "huge numbers": raw(
        CATALOG, PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s %s]>>" % (b"9" * 400, b"9" * 40)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("profile", ["press", "copier", "screen", None])
def test_hostile_files_get_a_verdict(name: str, profile: str | None) -> None:
    verdict = judge_file(HOSTILE[name], file="a.pdf", profile=profile)
    assert verdict.findings and verdict.file == "a.pdf"


def answers(root: Path, files: dict[str, bytes], seconds: float = 20) -> list[Answer]:
    orders = []
    for name, data in files.items():
        (root / name).write_bytes(data)
        orders.append(Order(path=root / name, file=name, expected=Expected(), annotate=True))
    return list(judge_apart(orders, seconds=seconds))


@pytest.mark.slow
def test_a_bad_file_between_good_ones_costs_itself_alone(tmp_path: Path) -> None:
    files = {"a.pdf": made("press"), "b.pdf": zeros(900), "c.pdf": b"%PDF", "d.pdf": made("press")}
    first, filled, broken, last = answers(tmp_path, files)
    assert first.verdict.findings == last.verdict.findings == ()
    assert {one.code for one in filled.verdict.findings} & {"pdf-judged", "pdf-whole", "pdf-opens"}
    assert [one.code for one in broken.verdict.findings] == ["pdf-opens"]


@pytest.mark.slow
def test_a_file_that_hangs_is_given_up_and_the_next_is_judged(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    orders = [
        Order(path=tmp_path / "pipe.pdf", file="pipe.pdf", expected=Expected()),
        Order(path=tmp_path / "a.pdf", file="a.pdf", expected=Expected()),
    ]
    (tmp_path / "a.pdf").write_bytes(made("press"))
    hung, good = judge_apart(orders, seconds=0.5)
    (found,) = hung.verdict.findings
    assert found.code == "pdf-judged"
    assert found.what == "The file cannot be read: it was given up after 0.5 seconds."
    assert good.verdict.findings == () and good.verdict.pages == 2


def test_findings_are_drawn_on_their_pages_behind_a_list() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([99, 99, 135, 117]))
        pdf.pages[1].obj.Annots = Array([note])

    data = made("press", change)
    verdict = judge_file(data, file="a.pdf", profile="press")
    (found,) = verdict.findings
    assert found.place == (0.875, 4.375, 0.5, 0.25) and found.page == 2
    with pikepdf.open(io.BytesIO(annotated(data, verdict))) as pdf:
        words = pdf.pages[0].Contents.read_bytes()
        drawn = [one.read_bytes() for one in pdf.pages[2].Resources.XObject.values()]
        assert len(pdf.pages) == 3 and "/XObject" not in pdf.pages[1].Resources
    assert b"1 FAIL, 0 WARN, 0 NOTE" in words and b"(annotations-outside)" not in words
    assert re.search(rb"1  FAIL page 2: An annotation.*\\\(annotations-outside\\\)", words, re.S)
    assert b"99.00 99.00 36.00 18.00 re S" in drawn[0] and b"(1) Tj" in drawn[0]


def test_a_verdict_is_told_in_plain_words() -> None:
    verdict = judge_file(made("press"), file="a.pdf")
    head, last = (line for line, _ in verdict_lines(verdict))
    assert head == "a.pdf: 2 pages, judged as press. The file says that it is PDF/X-4."
    assert re.match(r"  No fault found. \d+ rules asked, \d could not be decided from the", last)
    assert "trim-size needs the size ordered (--trim)" in last

    def turn(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Rotate, page.obj.UserUnit = 90, 2

    lines = [line for line, _ in verdict_lines(judge_file(made("press", turn), file="a.pdf"))]
    assert lines[1] == "  Page 1:"
    assert lines[2].startswith("    FAIL: The page has a unit of its own.")
    assert lines[3].startswith("    WARN: The page is turned by 90 degrees.")
    assert lines[3].endswith("So on 1 more page. (page-upright)")
    assert lines[4].startswith("  2 FAIL, 2 WARN. ")


@pytest.mark.parametrize(
    ("change", "profile", "because"),
    [
        ("press", "press", "The file says that it is PDF/X-4."),
        ("screen", "screen", "The file says that it is PDF/UA."),
        ("copier", "press", "Nothing in the file tells what it is for."),
    ],
)
def test_a_profile_is_guessed_and_the_guess_is_told(
    change: str, profile: str, because: str
) -> None:
    verdict = judge_file(made(change), file="a.pdf")
    assert (verdict.profile, verdict.because) == (profile, because)


def test_a_shop_changes_limits(tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    file.write_text('ink_percent = 280\nbleed_in = 0.25\nspots = ["PANTONE 185 C"]\n')
    limits = load_limits(file, Limits())
    assert (limits.ink_percent, limits.spots, limits.safety_in) == (280, ("PANTONE 185 C",), 0.125)
    found = judge_file(made("press"), file="a.pdf", profile="press", limits=limits).findings
    assert found[0].what == "The bleed is 0.125 in, and should be 0.250 in."


def test_what_was_ordered_is_read_from_words() -> None:
    problems = Problems()
    expected = expected_from(
        trim="8.5 x 11in", bleed="3mm", folds=["3.6875in"], urls=["https://example.org"],
        standard="PDF/X-1a", stitched=True, problems=problems,
    )  # fmt: skip
    assert expected.trim == Size(width_pt=612, height_pt=792)
    assert (expected.standard, expected.folds_pt) == ("PDF/X-1a", (265.5,))
    expected_from(
        trim="wide", bleed="3", folds=[], urls=[], standard="pdf/a", stitched=False,
        problems=problems,
    )  # fmt: skip
    told = [str(problem).split(" ", 1)[0] for problem in problems]
    assert told == ["--standard:", "--trim:", "--bleed:"]


def test_the_manifest_beside_a_file_tells_what_was_ordered(tmp_path: Path) -> None:
    sheet = {
        "file": "fresno/press/a.pdf", "region": "fresno", "edition": "press",
        "trim": "4.25x5.5in", "url": "https://example.org/ca",
    }  # fmt: skip
    (tmp_path / "MANIFEST.json").write_text(json.dumps({"sheets": [sheet]}))
    edition, told = told_beside(tmp_path / "fresno" / "press" / "a.pdf", Expected())
    assert (edition, told.urls) == ("press", ("https://example.org/ca",))
    assert told.trim == Size(width_pt=306, height_pt=396)
    assert told_beside(tmp_path / "b.pdf", Expected()) == (None, Expected())


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["preflight", *map(str, words)])
    return done.exit_code, done.output


@pytest.mark.slow
def test_the_command_judges_each_file_and_ends_with_its_worst(tmp_path: Path) -> None:
    good, cut = tmp_path / "good.pdf", tmp_path / "cut.pdf"
    good.write_bytes(made("press"))
    cut.write_bytes(made("press")[:300])
    code, told = run(good, "--trim", "4.25x5.5in")
    assert code == 0 and "No fault found." in told
    code, told = run(good, cut)
    assert code == 1 and "2 files: 1 without a fault, 1 with a FAIL." in told
    code, told = run(good, "--format", "json", "--profile", "copier")
    (one,) = json.loads(told)["files"]
    assert code == 1 and one["profile"] == "copier" and one["counts"]["FAIL"] > 0
    drawn = tmp_path / "drawn.pdf"
    assert run(good, "--annotate", drawn, "--trim", "4x6in")[0] == 1
    with pikepdf.open(drawn) as pdf:
        assert len(pdf.pages) == 3


def test_the_command_refuses_what_is_no_file_or_option(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["preflight", str(tmp_path), "none.pdf", "--trim", "x"])
    words = str(done.exception)
    assert "is not a plain file" in words and "is not there" in words and "--trim" in words


def test_a_manifests_address_holds_codes_of_its_own_site_alone(tmp_path: Path) -> None:
    sheet = {"file": "a.pdf", "region": "fresno", "edition": "copier", "url": "https://a.test/b"}
    (tmp_path / "MANIFEST.json").write_text(json.dumps({"sheets": [sheet]}))
    _, told = told_beside(tmp_path / "a.pdf", Expected())
    assert told.trim == Size(width_pt=612, height_pt=792)
    assert told.forbids("https://a.test/old") and not told.forbids("https://state.test")
    _, asked = told_beside(tmp_path / "a.pdf", Expected(urls=("https://b.test",)))
    assert (asked.other_codes, asked.urls) == (False, ("https://b.test",))
