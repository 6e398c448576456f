"""Right-to-left sheets: what is typed reads in order, and the brochure folds the other way."""

import itertools
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from building import jobs_of, pressed
from markupsafe import Markup
from PIL import Image, ImageChops, ImageStat
from sheets import PROJECT

from printkit.editions import EDITIONS
from printkit.press import Made
from printkit.project import Project
from printkit.regions import Event
from printkit.typeset import typeset

pytestmark = pytest.mark.slow
REGIONS = {"ar": "fresno", "fa": "california", "ur": "california", "es": "fresno"}
"""Who orders the language."""
HELP = ("Centro La Familia", "(559) 555-0100 ext. 7", "Mon-Fri 9:00-17:00, $0")
EVENT = ("Room 2, 15 (rear) Main St.", "2026-12-05, 5:00-7:30 pm")
SCALE = 6
"""Pixels a point, for looking at letters."""


@pytest.fixture(scope="module")
def helped(shipped: Project) -> Project:
    """The shipped campaign, its regions with a helper whose number is hard to set."""
    regions = {
        slug: replace(region, help="\n".join(HELP))
        for slug, region in shipped.regions.items()
        if slug in REGIONS.values()
    }
    return replace(shipped, regions={**shipped.regions, **regions})


Sheet = tuple[Made, Path]


@pytest.fixture(scope="module")
def sheets(
    helped: Project, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str, str], Sheet]:
    """Finished sheets by piece, language and edition."""
    folder = tmp_path_factory.mktemp("sheets")
    wanted = [
        ("ar", ["know-your-rights", "brochure"], "screen"),
        ("ar", ["data-flow", "know-your-rights", "brochure"], "press"),
        ("fa", ["know-your-rights", "brochure"], "press"),
        ("ur", ["know-your-rights", "brochure"], "press"),
        ("es", ["brochure"], "screen"),
    ]
    found: dict[tuple[str, str, str], Sheet] = {}
    for tag, pieces, edition in wanted:
        made = pressed(
            helped,
            folder / f"{tag}-{edition}",
            languages=[tag],
            pieces=pieces,
            editions=[edition],
            regions=[REGIONS[tag]],
        )
        found |= {(one.piece, tag, edition): (one, path) for one, path in made}
    return found


def typed(project: Project, made: Made) -> list[str]:
    """Return what people type or call, as the sheet's own HTML gives it: each of its facts."""
    (job,) = jobs_of(
        project,
        pieces=[made.piece],
        languages=[made.language],
        editions=[made.edition],
        regions=[REGIONS[made.language]],
    )
    (target,) = job.targets
    slots = "".join(job.text_pages[text.page].html for text in target.texts)
    marked = re.findall(r'<bdi dir="ltr" class="fact [^"]*">(.*?)</bdi>', job.html + slots)
    words = [Markup(words).striptags() for words in marked]
    if made.target.landing_url and made.piece != "language-finder":
        words.append(made.target.landing_shown)
    return words


def bare(text: str) -> str:
    """Return a text without spaces and marks that nobody types."""
    return re.sub(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069]+", "", text)


def by_pypdf(path: Path) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def by_poppler(path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine")
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    return done.stdout.decode()


SHEETS = [
    ("know-your-rights", "ar"),
    ("brochure", "ar"),
    ("data-flow", "ar"),
    ("know-your-rights", "fa"),
    ("brochure", "fa"),
    ("know-your-rights", "ur"),
    ("brochure", "ur"),
]


@pytest.mark.parametrize("reader", [by_pypdf, by_poppler])
@pytest.mark.parametrize(("piece", "tag"), SHEETS)
def test_every_address_amount_and_number_reads_in_order(
    helped: Project,
    sheets: dict[tuple[str, str, str], Sheet],
    piece: str,
    tag: str,
    reader: Callable[[Path], str],
) -> None:
    made, path = sheets[piece, tag, "press"]
    asked = typed(helped, made)
    if piece == "data-flow":
        assert sum(words.startswith("$") for words in asked) >= 5
    else:
        assert set(HELP) <= set(asked)
        assert {"privacy.ca.gov/drop", made.target.landing_shown} <= set(asked)
    text = bare(reader(path))
    assert [words for words in asked if bare(words) not in text] == []


def test_on_screen_too(helped: Project, sheets: dict[tuple[str, str, str], Sheet]) -> None:
    for piece in ("know-your-rights", "brochure"):
        made, path = sheets[piece, "ar", "screen"]
        text = bare(by_pypdf(path))
        assert [words for words in typed(helped, made) if bare(words) not in text] == []


Box = tuple[float, float, float, float]


def boxes_of(path: Path, words: str) -> list[tuple[int, list[Box]]]:
    """Return where a text stands: its page, and each letter's left, bottom, right and top."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(path)):
        textpage = page.get_textpage()
        search = textpage.search(words, match_case=True)
        while (hit := search.get_next()) is not None:
            start, count = hit
            found.append((number, [textpage.get_charbox(start + place) for place in range(count)]))
    return found


def lines_seen(path: Path) -> list[str]:
    """Return the lines of all pages as the eye reads them from left to right, without spaces."""
    lines = []
    for page in pypdfium2.PdfDocument(path):
        textpage = page.get_textpage()
        rows: dict[int, list[tuple[float, str]]] = {}
        for place in range(textpage.count_chars()):
            left, bottom, right, _ = textpage.get_charbox(place, loose=True)
            if right > left:
                letter = textpage.get_text_range(place, 1)
                rows.setdefault(round(bottom / 3), []).append((left, letter))
        lines += [bare("".join(letter for _, letter in sorted(row))) for row in rows.values()]
    return lines


@pytest.mark.parametrize("tag", ["ar", "fa", "ur"])
@pytest.mark.parametrize("piece", ["know-your-rights", "brochure"])
def test_letters_of_what_is_typed_stand_from_left_to_right(
    sheets: dict[tuple[str, str, str], Sheet], piece: str, tag: str
) -> None:
    made, path = sheets[piece, tag, "press"]
    lines = lines_seen(path)
    for words in ("privacy.ca.gov/drop", made.target.landing_shown, HELP[1], "Login.gov"):
        assert any(bare(words) in line for line in lines), words
        assert not any(bare(words)[::-1] in line for line in lines), words


def seen(path: Path, number: int, boxes: Iterable[Box]) -> Image.Image:
    """Return a picture of what stands in a row of boxes, cut to its ink."""
    page = pypdfium2.PdfDocument(path)[number]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    media = page.get_mediabox()
    crop = (
        min(lefts) - media[0] - 1,
        min(bottoms) - media[1] - 1,
        media[2] - max(rights) - 1,
        media[3] - max(tops) - 1,
    )
    return inked(page.render(scale=SCALE, crop=crop, grayscale=True).to_pil())


def inked(picture: Image.Image) -> Image.Image:
    """Return a picture's ink alone, dark on white, at a size of its own."""
    gray = ImageChops.invert(picture.convert("L"))
    box = gray.point(lambda value: 255 if value > 60 else 0).getbbox()
    assert box is not None
    return gray.crop(box).resize((600, 48))


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Return how alike two pictures are: 1 for the same, about 0 for strangers."""
    mean = ImageStat.Stat(ImageChops.difference(one, other)).mean[0]
    ink = (ImageStat.Stat(one).mean[0] + ImageStat.Stat(other).mean[0]) / 2
    return float(1 - mean / (ink or 1))


def set_alone(words: str, folder: Path) -> Image.Image:
    """Return a picture of a text set by itself, from left to right."""
    style = "@page{size:6in 1in;margin:0.3in}p{margin:0;font:bold 12pt 'Noto Sans'}"
    html = f'<!doctype html><html lang="en" dir="ltr"><style>{style}</style><p>{words}</p></html>'
    paint = EDITIONS["copier"].paint(PROJECT / "profiles")
    path = folder / "alone.pdf"
    path.write_bytes(typeset(html, roots=(folder,), paint=paint).pdf)
    page = pypdfium2.PdfDocument(path)[0]
    return inked(page.render(scale=SCALE, grayscale=True).to_pil())


@pytest.mark.parametrize("tag", ["ar", "fa", "ur"])
def test_addresses_look_as_they_do_from_left_to_right(
    sheets: dict[tuple[str, str, str], Sheet], own_fonts: Path, tmp_path: Path, tag: str
) -> None:
    made, path = sheets["know-your-rights", tag, "press"]
    for words in ("privacy.ca.gov/drop", made.target.landing_shown):
        right, wrong = (set_alone(one, tmp_path) for one in (words, words[::-1]))
        likest = max(likeness(seen(path, *place), right) for place in boxes_of(path, words))
        # The faces differ a little: the footer's has no kerning. Reversed, nothing is alike.
        assert likest > 0.6, words
        assert likeness(wrong, right) < 0.2, words


IN = 72.0


def letters(path: Path, number: int) -> list[Box]:
    """Return the boxes of a page's letters above the footer."""
    page = pypdfium2.PdfDocument(path)[number]
    textpage = page.get_textpage()
    boxes = [textpage.get_charbox(place) for place in range(textpage.count_chars())]
    return [box for box in boxes if box[2] > box[0] and box[1] > 0.85 * IN]


def panels(project: Project, tag: str, *, inside: bool) -> list[tuple[float, float]]:
    """Return the panels of one side of the brochure from left to right: its edges."""
    first, second, narrow = project.pieces["brochure"].panels_pt
    assert narrow < first == second, "the panel that is folded in is narrower"
    # Read from left to right the narrow panel is inside on the right, and its back on the left.
    widths = [first, second, narrow] if inside == (tag == "es") else [narrow, second, first]
    edges = [sum(widths[:count]) for count in range(4)]
    return list(itertools.pairwise(edges))


@pytest.mark.parametrize("tag", ["ar", "es"])
@pytest.mark.parametrize("inside", [False, True])
def test_no_letter_stands_on_a_fold(
    helped: Project, sheets: dict[tuple[str, str, str], Sheet], tag: str, inside: bool
) -> None:
    _, path = sheets["brochure", tag, "screen"]
    places = letters(path, int(inside))
    assert len(places) > 200
    for left, right in panels(helped, tag, inside=inside):
        held = [box for box in places if left < (box[0] + box[2]) / 2 < right]
        assert held
        # The tab's letters stand at the outer edge, and nothing near a fold.
        assert min(box[0] for box in held) > left + (0.2 * IN if left else 9)
        assert max(box[2] for box in held) < right - (0.2 * IN if right < 11 * IN else 9)


def test_the_folds_of_both_sides_are_the_same_folds(helped: Project) -> None:
    for tag in ("ar", "es"):
        outside = [right for _, right in panels(helped, tag, inside=False)[:2]]
        inside = [right for _, right in panels(helped, tag, inside=True)[:2]]
        assert sorted(11 * IN - fold for fold in outside) == inside


@pytest.mark.parametrize(("tag", "cover"), [("ar", 0), ("es", 2)])
def test_the_cover_is_on_the_side_where_the_language_begins(
    helped: Project, sheets: dict[tuple[str, str, str], Sheet], tag: str, cover: int
) -> None:
    _, path = sheets["brochure", tag, "screen"]
    page = pypdfium2.PdfDocument(path)[0]
    picture = page.render(scale=2).to_pil().convert("RGB")
    row = picture.crop((0, 8, picture.width, 9))
    deep = [x for x in range(row.width) if row.getpixel((x, 0)) == (0x0D, 0x5C, 0x63)]
    left, right = panels(helped, tag, inside=False)[cover]
    assert deep[0] / 2 == pytest.approx(left, abs=1)
    assert (deep[-1] + 1) / 2 == pytest.approx(right, abs=1)


@pytest.mark.parametrize("tag", ["ar", "es"])
def test_the_states_code_stands_in_the_middle_of_the_back(
    helped: Project, sheets: dict[tuple[str, str, str], Sheet], tag: str
) -> None:
    # A sixteenth of an inch tells on which side of it the narrow panel is.
    _, path = sheets["brochure", tag, "screen"]
    boxes = [box for number, box in boxes_of(path, "privacy.ca.gov/drop") if number == 0]
    left, right = panels(helped, tag, inside=False)[1]
    middle = (boxes[0][0][0] + boxes[0][-1][2]) / 2
    assert middle == pytest.approx((left + right) / 2, abs=1.5)


def test_inside_each_panel_begins_at_its_own_margin(
    helped: Project, sheets: dict[tuple[str, str, str], Sheet]
) -> None:
    margin = 0.36 * IN
    for tag in ("ar", "es"):
        _, path = sheets["brochure", tag, "screen"]
        places = letters(path, 1)
        for left, right in panels(helped, tag, inside=True):
            held = [box for box in places if left < (box[0] + box[2]) / 2 < right]
            begins = max(box[2] for box in held) if tag == "ar" else min(box[0] for box in held)
            expected = right - margin if tag == "ar" else left + margin
            assert begins == pytest.approx(expected, abs=3)


def test_a_meetings_place_and_time_read_in_order(helped: Project, tmp_path: Path) -> None:
    fresno = helped.regions["fresno"]
    assert fresno.event is None
    meeting = replace(fresno, event=Event(place=EVENT[0], time=EVENT[1]))
    project = replace(helped, regions={**helped.regions, "fresno": meeting})
    ((_, path),) = pressed(
        project,
        tmp_path,
        languages=["ar"],
        pieces=["poster"],
        editions=["press"],
        regions=["fresno"],
    )
    text, lines = bare(by_pypdf(path)), lines_seen(path)
    for words in EVENT:
        assert bare(words) in text
        assert any(bare(words) in line for line in lines)
