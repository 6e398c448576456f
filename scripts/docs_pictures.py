"""Make the pictures of the documentation from sheets that are built for it.

    .venv/bin/python scripts/docs_pictures.py [NAME ...] [--out FOLDER]

Names are those of docs/pictures/ without .png; none means all. A picture of a sheet shows its pages
side by side, as the screen edition cuts them; a composition has a function of its own. To add one:
write a function from Pages to a picture, and its line in COMPOSITIONS.
"""

import argparse
import itertools
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
from folded_brochure import folded
from imposed_sheets import IMPOSED, drawn
from packed_boxes import labels_drawn, ringed
from PIL import Image, ImageDraw, ImageFont

from printkit.entries import scan
from printkit.executors import default_workers, executor_for
from printkit.findings import Severity
from printkit.fonts import font_file
from printkit.jobs import Selection
from printkit.languages import LANGUAGES
from printkit.press import Made
from printkit.pressing import press_all, shop_for
from printkit.project import Project, load_project

ROOT = Path(__file__).resolve().parent.parent
EDITION = "screen"
"""Its pages are the trim: what a reader holds, without bleed and marks."""

GAP, MARGIN = 18, 22
"""Pixels between pages, and around them all."""
DESK, RIM = "#e6e4df", "#c4c1ba"
COLOURS = 48
"""Of a picture's palette: two inks on paper need few, and a file stays small."""

Key = tuple[str, str]
"""A piece and a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Finished sheets to draw from."""

    files: Mapping[Key, Path]

    def draw(self, piece: str, language: str, *, scale: float) -> list[Image.Image]:
        """Return a sheet's pages, so many pixels a point, each with a rim."""
        document = pypdfium2.PdfDocument(self.files[piece, language])
        try:
            return [_rimmed(page.render(scale=scale).to_pil().convert("RGB")) for page in document]
        finally:
            document.close()


Draw = Callable[[Pages], Image.Image]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A picture of several sheets."""

    draw: Draw
    needs: tuple[Key, ...]
    edition: str = EDITION


def sheet(piece: str, language: str, *, scale: float) -> Composition:
    """Return the picture of one sheet, its pages side by side."""

    def draw(pages: Pages) -> Image.Image:
        return on_desk([pages.draw(piece, language, scale=scale)])

    return Composition(draw=draw, needs=((piece, language),))


FRONTS = ("es", "zh-Hant", "ar", "km", "hi", "ru")
"""Six scripts: Latin, Chinese, Arabic, Khmer, Devanagari, Cyrillic."""
UNFOLDED = ("ar", "es")


def fronts(pages: Pages) -> Image.Image:
    """Draw the flyer's front in six scripts."""
    drawn = [pages.draw("know-your-rights", tag, scale=0.66)[0] for tag in FRONTS]
    return on_desk([drawn])


def unfolded(pages: Pages) -> Image.Image:
    """Draw the brochure laid flat, outside and inside: from the right, and from the left."""
    return on_desk([pages.draw("brochure", tag, scale=0.9) for tag in UNFOLDED])


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a catalog, to be shown beside what it prints."""

    msgid: str
    page: int
    top: float
    height: float
    """The part of the page that is shown, from its top, in pages."""


ENTRIES = {
    "entry-headline": Entry(msgid="Companies sell facts about you", page=0, top=0.0, height=0.197),
    "entry-fact": Entry(
        msgid="<b>Open DROP.</b> Scan the code or type {drop_url}.",
        page=1,
        top=0.2,
        height=0.172,
    ),
}
"""Entries of the Spanish flyer that docs/translating.md shows."""
ENTRY_PX = 17
WHITE, INK, FAINT, MARK = "#ffffff", "#000000", "#5a5a5a", "#fbeed5"


def entry(chosen: Entry) -> Composition:
    """Return the picture of an entry, and below it what it prints."""

    def draw(pages: Pages) -> Image.Image:
        page = pages.draw("know-your-rights", "es", scale=1.7)[chosen.page]
        top = round(page.height * chosen.top)
        part = page.crop((0, top, page.width, top + round(page.height * chosen.height)))
        return on_desk([[_written(entry_lines(chosen.msgid), part.width)], [_rimmed(part)]])

    return Composition(draw=draw, needs=(("know-your-rights", "es"),))


def entry_lines(msgid: str) -> list[str]:
    """Return an entry of the Spanish catalog as it stands in the file."""
    text = (ROOT / "po" / "es.po").read_text(encoding="utf-8")
    found = next(one for one in scan(text)[0] if one.key == (None, msgid))
    return [line for line in text.split("\n")[found.start : found.end] if line]


def _written(lines: Sequence[str], width: int) -> Image.Image:
    """Draw lines as an editor shows them: what to fill in on a tint, the notes faint."""
    fonts = {
        weight: ImageFont.truetype(str(font_file(ROOT / "fonts", "Noto Sans", weight)), ENTRY_PX)
        for weight in ("Regular", "Bold")
    }
    high = round(ENTRY_PX * 1.6)
    card = Image.new("RGB", (width, high * len(lines) + ENTRY_PX), WHITE)
    pen = ImageDraw.Draw(card)
    to_fill_in = False
    for number, line in enumerate(lines):
        to_fill_in = to_fill_in or line.startswith("msgstr")
        y = ENTRY_PX // 2 + number * high
        if to_fill_in:
            pen.rectangle((0, y, width, y + high), fill=MARK)
        ink = FAINT if line.startswith("#") else INK
        pen.text((12, y + 1), line, fill=ink, font=fonts["Bold" if to_fill_in else "Regular"])
    return _rimmed(card)


def folded_brochure(language: str) -> Composition:
    """Return the picture of the brochure as it is held and opened."""

    def draw(pages: Pages) -> Image.Image:
        outside, inside = pages.draw("brochure", language, scale=1.4)
        return folded(outside, inside, right_to_left=LANGUAGES[language].direction == "rtl")

    return Composition(draw=draw, needs=(("brochure", language),))


def imposed(name: str) -> Composition:
    """Return the picture of impositions, each side of each sheet."""
    shown = IMPOSED[name]

    def draw(pages: Pages) -> Image.Image:
        sides = [
            drawn(one, [pages.files[one.piece, tag] for tag in one.languages], ROOT / "fonts")
            for one in shown
        ]
        return on_desk([[_rimmed(side) for side in itertools.chain(*sides)]])

    needs = tuple((one.piece, tag) for one in shown for tag in one.languages)
    return Composition(draw=draw, needs=needs, edition="press")


def letter(pages: Pages) -> Image.Image:
    """Both sides of the kit's first letter in Spanish."""
    return on_desk([[_rimmed(page) for page in pages.draw("kit", "es", scale=1.05)[2:4]]])


POINTED_AT = ("es", "ar", "zh-Hant", "km")
"""Languages whose cards docs/handing-out.md shows beside the page to point at."""


def find_the_language(pages: Pages) -> Image.Image:
    """Draw the page to point at, and cards with rings around what names their language."""
    card = load_project(ROOT).pieces["card"]
    cards = [
        ringed(pages.draw("card", tag, scale=0.95)[0], card, tag, scale=0.95) for tag in POINTED_AT
    ]
    (finder,) = pages.draw("language-finder", "mul", scale=1.0)
    two = on_desk([cards[:2], cards[2:]])
    return on_desk([[finder, two.crop((MARGIN, MARGIN, two.width - MARGIN, two.height - MARGIN))]])


def labels(pages: Pages) -> Image.Image:
    """Draw the labels of a county's boxes."""
    return on_desk([[_rimmed(labels_drawn(load_project(ROOT), scale=1.25))]])


def compositions() -> dict[str, Composition]:
    """Return every picture by its name."""
    return {
        "fronts": Composition(
            draw=fronts, needs=tuple(("know-your-rights", tag) for tag in FRONTS)
        ),
        **{name: entry(chosen) for name, chosen in ENTRIES.items()},
        "unfolded": Composition(draw=unfolded, needs=tuple(("brochure", tag) for tag in UNFOLDED)),
        "letter": Composition(draw=letter, needs=(("kit", "es"),)),
        "labels": Composition(draw=labels, needs=()),
        "find-the-language": Composition(
            draw=find_the_language,
            needs=(("language-finder", "mul"), *(("card", tag) for tag in POINTED_AT)),
        ),
        **{f"brochure-folded-{tag}": folded_brochure(tag) for tag in UNFOLDED},
        **{name: imposed(name) for name in IMPOSED},
        **{
            f"{piece}-{language}": sheet(piece, language, scale=scale)
            for piece, scale, languages in SHEETS
            for language in languages
        },
    }


SHEETS: tuple[tuple[str, float, tuple[str, ...]], ...] = (
    ("card", 1.5, ("es", "ar")),
    ("know-your-rights", 1.3, ("en", "km", "ur")),
    ("data-flow", 1.05, ("en", "zh-Hant")),
    ("brochure", 1.05, ("ru", "ar")),
    ("poster", 0.75, ("vi", "tl")),
    ("language-finder", 1.2, ("mul",)),
)
"""Pieces of which sheets are shown, pixels a point, and in which languages."""


def on_desk(rows: Sequence[Sequence[Image.Image]]) -> Image.Image:
    """Set pictures in rows on a desk, each row from the left."""
    widths = [sum(one.width for one in row) + GAP * (len(row) - 1) for row in rows]
    heights = [max(one.height for one in row) for row in rows]
    size = max(widths) + 2 * MARGIN, sum(heights) + GAP * (len(rows) - 1) + 2 * MARGIN
    desk = Image.new("RGB", size, DESK)
    tops = itertools.accumulate(heights[:-1], lambda top, high: top + high + GAP, initial=MARGIN)
    for row, top in zip(rows, tops, strict=True):
        left = MARGIN
        for one in row:
            desk.paste(one, (left, top))
            left += one.width + GAP
    return desk


def save(picture: Image.Image, path: Path) -> None:
    """Write a picture with a small palette."""
    few = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def press_sheets(
    project: Project, wanted: Iterable[Key], scratch: Path, *, edition: str = EDITION
) -> Pages:
    """Make the sheets wanted, one region's for each, or raise with what is wrong with them."""
    asked = frozenset(wanted)
    if not asked:
        return Pages(files={})
    first = {(order.piece, order.language): order for order in reversed(project.orders)}
    one_each = replace(project, orders=tuple(first[key] for key in sorted(asked)))
    shop = shop_for(project, scratch / "sheets")
    workers = min(default_workers(), len(asked))
    with executor_for(workers, fonts=project.fonts, scratch=scratch) as executor:
        made = press_all(
            one_each,
            Selection(editions=frozenset({edition})),
            shop,
            executor,
            workers=workers,
            progress=lambda what, done, total: None,
        )
    _refuse_withheld(made)
    return Pages(
        files={(one.piece, one.language): shop.store / one.file for one in made if one.file}
    )


def _refuse_withheld(made: Iterable[Made]) -> None:
    wrong = [
        str(found)
        for one in made
        if one.is_withheld
        for found in one.findings
        if found.severity is Severity.FAIL
    ]
    if wrong:
        raise SystemExit("\n".join([*dict.fromkeys(wrong), "No picture was changed."]))


def _rimmed(page: Image.Image) -> Image.Image:
    framed = Image.new("RGB", (page.width + 2, page.height + 2), RIM)
    framed.paste(page, (1, 1))
    return framed


def main() -> int:
    """Parse the command line, press what is needed, and draw."""
    known = compositions()
    parser = argparse.ArgumentParser(description="Make the pictures of the documentation.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="which pictures (all)")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures", help="where to")
    options = parser.parse_args()
    unknown = sorted(set(options.names) - set(known))
    if unknown:
        parser.error(f"no such picture: {', '.join(unknown)}. There are: {', '.join(known)}")
    chosen = {name: known[name] for name in options.names or known}
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="printkit-pictures-") as scratch:
        project = load_project(ROOT)
        for edition in sorted({one.edition for one in chosen.values()}):
            ours = {name: one for name, one in chosen.items() if one.edition == edition}
            needs = {key for one in ours.values() for key in one.needs}
            pages = press_sheets(project, needs, Path(scratch) / edition, edition=edition)
            for name, one in ours.items():
                save(one.draw(pages), options.out / f"{name}.png")
                print(options.out / f"{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
