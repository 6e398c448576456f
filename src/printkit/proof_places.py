"""Proofs to read, a PDF a language, and a picture of each message's place with an index of them."""

import io
import json
import re
import tempfile
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from printkit.editions import EDITIONS
from printkit.entries import Key
from printkit.executors import executor_for
from printkit.fit import keys_by_digest, measured_jobs
from printkit.jobs import Job
from printkit.languages import LANGUAGES
from printkit.pieces import MANY_LANGUAGES
from printkit.places import Place
from printkit.placing import beside, swap_in, write_whole
from printkit.project import SOURCE, Project
from printkit.proof_book import Side, book_html, bound, sides_of
from printkit.rooms import Room, measure, numbers_of
from printkit.typeset import typeset

EDITION = "screen"
SCALE = 2.0
"""Pixels a point, so that small print can be read."""
AROUND_PT = 40.0
"""How much of its surroundings a place is shown with."""
OUTLINE = "#b3261e"
INDEX = "index.json"
SLUG = 40
Progress = Callable[[str, int, int], None]


def draw_places(
    project: Project,
    languages: Collection[str],
    *,
    pieces: Collection[str] = (),
    out: Path,
    progress: Progress,
) -> list[Path]:
    """Write each language's proof to read and a folder of its messages' places; return the PDFs."""
    wanted = [tag for tag in LANGUAGES if tag in languages]
    if not wanted:
        return []
    written = []
    out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="printkit-proof-") as scratch,
        executor_for(1, fonts=project.fonts, scratch=Path(scratch)),
    ):
        jobs = [
            job
            for job in measured_jobs(project, wanted, (EDITION,))
            if not pieces or job.piece.slug in pieces
        ]
        english = [
            room
            for job in jobs
            if job.language == SOURCE
            for room in measure(job, project.profiles).rooms
        ]
        for done, language in enumerate(wanted):
            progress("proofs to read", done, len(wanted))
            own = [job for job in jobs if job.language in (language, MANY_LANGUAGES)]
            written += _draw(project, language, own, english, out)
    return written


def _draw(
    project: Project, language: str, jobs: Sequence[Job], english: Sequence[Room], out: Path
) -> list[Path]:
    measured = [(job, measure(job, project.profiles, write=True)) for job in jobs]
    numbers = numbers_of([*english, *(room for _, sheet in measured for room in sheet.rooms)])
    sides = sides_of(measured, language)
    if not sides:
        return []
    keys = keys_by_digest(project)
    html = book_html(
        sides, language, keys=keys, numbers=numbers, catalog=project.catalogs.get(language)
    )
    layout = typeset(
        html,
        roots=(project.root / "flyers",),
        paint=EDITIONS[EDITION].paint(project.profiles),
        safe_pt=0,
    )
    write_whole(out / f"{language}.pdf", bound(layout, sides))
    _write_pictures(sides, numbers, keys, out / language)
    return [out / f"{language}.pdf"]


def _write_pictures(
    sides: Sequence[Side],
    numbers: Mapping[tuple[str, str], int],
    keys: Mapping[str, Key],
    place: Path,
) -> None:
    with beside(place) as staging:
        fresh = staging / "places"
        fresh.mkdir()
        index = []
        for side in sides:
            for room, picture in _pictures(side):
                key = keys.get(room.digest, (None, ""))
                name = picture_name(side, numbers[room.piece, room.digest], key[1])
                if not (fresh / name).exists():
                    (fresh / name).write_bytes(picture)
                    context = {"msgctxt": key[0]} if key[0] is not None else {}
                    index.append({"picture": name, **context, "msgid": key[1]})
        words = json.dumps(index, ensure_ascii=False, indent=1) + "\n"
        (fresh / INDEX).write_text(words, encoding="utf-8")
        swap_in([(fresh, place)], aside=staging)


def picture_name(side: Side, number: int, msgid: str) -> str:
    """Return a picture's name: piece, page, number, and the beginning of the message."""
    plain = unicodedata.normalize("NFKD", re.sub(r"</?\w+>", "", msgid))
    slug = re.sub("[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower())
    return f"{side.piece}-{side.page}-{number:02d}-{slug.strip('-')[:SLUG].strip('-')}.png"


def _pictures(side: Side) -> Iterator[tuple[Room, bytes]]:
    """Yield each message of a side with its place, outlined, and some of what is around it."""
    document = pypdfium2.PdfDocument(side.pdf)
    try:
        page = document[side.page - 1].render(scale=SCALE).to_pil().convert("RGB")
    finally:
        document.close()
    for room in side.rooms:
        out = io.BytesIO()
        _cut_out(page, room.place).save(out, "PNG", optimize=True)
        yield room, out.getvalue()


def _cut_out(page: Image.Image, place: Place) -> Image.Image:
    """Return a place outlined, with some of what is around it."""
    x, y = place.x_pt * SCALE, place.y_pt * SCALE
    right, bottom = x + place.width_pt * SCALE, y + place.height_pt * SCALE
    gap, around = 2 * SCALE, AROUND_PT * SCALE
    marked = page.copy()
    edges = (x - gap, y - gap, right + gap, bottom + gap)
    ImageDraw.Draw(marked).rectangle(edges, outline=OUTLINE, width=3)
    return marked.crop(
        (
            round(max(0, x - around)),
            round(max(0, y - around)),
            round(min(page.width, right + around)),
            round(min(page.height, bottom + around)),
        )
    )
