"""Whatever is given to imposition, it ends in sheets or in a sentence, never in a traceback."""

import random
import re
import tracemalloc
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from imposing import numbered, press_like
from pikepdf import Array, Dictionary, Name

from printkit.errors import UserError
from printkit.impose import asked_for, set_out


def outcome(path: Path, scheme: str = "n-up") -> str:
    """The words of what is refused, or "made"."""
    try:
        set_out([path], asked_for(scheme=scheme, sheet="12x18in"), face=None)
    except UserError as error:
        return str(error)
    return "made"


@pytest.fixture
def one(tmp_path: Path) -> Path:
    return numbered(tmp_path / "one.pdf", 1)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"hello", b"\x00" * 5000, b"%PDF-1.7\n" * 9])
def test_what_is_no_pdf(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(data)

    assert outcome(path) == (
        "bad.pdf cannot be read: it is no PDF, or a damaged one. Make it anew."
    )


def test_what_is_not_there_or_no_file_is_told_all_at_once(tmp_path: Path, one: Path) -> None:
    with pytest.raises(UserError) as caught:
        set_out(
            [tmp_path / "none.pdf", one, tmp_path],
            asked_for(scheme="n-up", sheet="letter"),
            face=None,
        )
    assert str(caught.value).splitlines() == [
        "none.pdf cannot be read: No such file or directory. Name a PDF file.",
        f"{tmp_path.name} is no file. Name a PDF file.",
    ]


@pytest.mark.parametrize(
    ("user", "allow", "told"),
    [
        ("secret", True, "one.pdf is locked with a password. Give a file without one."),
        (
            "",
            False,
            "one.pdf forbids that its pages are put together. Ask its maker for one that may.",
        ),
        ("", True, "made"),
    ],
)
def test_locked_files(one: Path, user: str, allow: bool, told: str) -> None:
    rights = pikepdf.Permissions(modify_assembly=allow, modify_other=allow)
    with pikepdf.open(one, allow_overwriting_input=True) as pdf:
        pdf.save(one, encryption=pikepdf.Encryption(owner="owner", user=user, allow=rights))

    assert outcome(one) == told


def change(path: Path, **values: object) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for key, value in values.items():
            pdf.pages[0].obj[f"/{key}"] = value
        pdf.save(path)


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("Rotate", 45, "it is turned by 45 degrees. Turn it by quarters."),
        ("UserUnit", 0, "its unit is none that prints. Make the file anew."),
        ("UserUnit", Name.X, " cannot be read. Make the file anew."),
        ("TrimBox", Array([0, 0, 3, 3]), "a trim of 0.04167 × 0.04167 in cannot be printed."),
        ("TrimBox", Array([0, 0]), "made"),
        ("BleedBox", Array([-500, -500, 900, 900]), "made"),
        ("CropBox", Array([5, 5, 5, 5]), "made"),
        ("Contents", Array([1, Name.X]), "made"),
        ("Contents", 7, "made"),
        ("Resources", 7, "made"),
        ("Group", 7, "made"),
        ("Annots", 7, "made"),
    ],
)
def test_pages_of_wrong_types(one: Path, key: str, value: object, told: str) -> None:
    change(one, **{key: value})

    assert told in outcome(one)


@pytest.mark.slow
def test_content_that_unpacks_without_end_is_not_unpacked(one: Path) -> None:
    with pikepdf.open(one, allow_overwriting_input=True) as pdf:
        bomb = pdf.make_stream(b" " * 300_000_000)
        pdf.pages[0].obj.Contents = Array([bomb, bomb])
        pdf.save(one, compress_streams=True)
    assert one.stat().st_size < 2_000_000

    tracemalloc.start()
    told = outcome(one)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert told == "one.pdf, page 1: what it draws cannot be read. Make the file anew."
    assert most < 500_000_000


def test_trees_that_loop_and_nest(one: Path) -> None:
    with pikepdf.open(one, allow_overwriting_input=True) as pdf:
        form = pdf.make_stream(b"/Me Do", Type=Name.XObject, Subtype=Name.Form)
        form.Resources = Dictionary(XObject=Dictionary(Me=form))
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Me=form))
        nested = Array([])
        for _ in range(400):
            nested = Array([nested])
        pdf.Root.OutputIntents = nested
        pdf.Root.OCProperties = Dictionary(OCGs=Array([1]), D=7)
        pdf.save(one)
    assert outcome(one) == "made"

    data = one.read_bytes()
    one.write_bytes(re.sub(rb"/Kids \[[^\]]*\]", b"/Kids [ 1 0 R 2 0 R ]", data))
    assert outcome(one)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A press file whose objects stand open, and a path to break it at."""
    folder = tmp_path_factory.mktemp("broken")
    with pikepdf.open(press_like(folder / "press.pdf")) as pdf:
        pdf.save(
            folder / "open.pdf",
            qdf=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
        )
    return folder / "broken.pdf", (folder / "open.pdf").read_bytes()


WRONG = (b"null", b"[ ]", b"<< >>", b"-1", b"99999999999", b"(x)", b"/Name", b"1 0 R", b"3 0 R")
TOKEN = re.compile(rb"(?<=[ \[])(?:\d+ 0 R|-?\d+(?:\.\d+)?|/[A-Z]\w+|\[[^\]]{0,60}\])(?=[ \n\]])")


@given(st.integers(min_value=0))
def test_files_broken_anywhere(plain: tuple[Path, bytes], seed: int) -> None:
    path, data = plain
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        found = list(TOKEN.finditer(data))
        if found and chance.random() < 0.7:
            token = chance.choice(found)
            data = data[: token.start()] + chance.choice(WRONG) + data[token.end() :]
        else:
            data = data[: chance.randrange(1, len(data))] if chance.random() < 0.3 else data
    path.write_bytes(data)

    assert outcome(path, chance.choice(["n-up", "saddle-stitch", "cut-and-stack"]))
