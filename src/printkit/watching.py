"""Watching: what a saved file changes is laid out anew at once, the page that shows it first."""

import contextlib
import datetime
import hashlib
import io
import tempfile
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2
from PIL import ImageDraw

from printkit.editions import EDITIONS
from printkit.errors import Problems, UserError
from printkit.executors import executor_for, run_all
from printkit.findings import Finding
from printkit.fit import Fit, fitness
from printkit.jobs import Job, Selection, first_orders, jobs_for
from printkit.languages import LANGUAGES
from printkit.marks import mark_of
from printkit.parts import style_sums
from printkit.pieces import MANY_LANGUAGES, Piece
from printkit.places import Place
from printkit.placing import write_whole
from printkit.project import Project, load_project
from printkit.proof_book import blanked
from printkit.rooms import Measured, Room, measure
from printkit.saved import next_save, snapshot

EDITION = "screen"
"""What is drawn where a piece has it: the sheet as it is, without marks around it."""
SCALE = 1.6
"""Pixels a point: a page fills a screen, and body text can be read."""
OUTLINE = "#b3261e"
AROUND_PT = 1.5
MOST_AT_ONCE = 24
"""Sheets that are drawn at the start; of more, only what changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """Everything was read, and from now on what is saved is drawn."""

    sheets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """Files that were saved, added or taken away, from the project's folder."""

    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One page, drawn."""

    piece: Piece
    language: str
    page: int
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is said of a sheet that was drawn."""

    changed: tuple[Fit, ...]
    """How each message fits that has changed."""
    findings: tuple[Finding, ...]
    """Those that were not there before."""
    mended: int
    """How many that were there are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """All that a save changes is drawn."""

    pages: int


Event = Ready | Saved | Drawn | Judged | Settled | UserError
Lays = Callable[[Job], Measured]


@dataclass(slots=True)
class _Sheet:
    """What is known of a sheet since it was last drawn."""

    made_of: str = ""
    findings: frozenset[Finding] = frozenset()
    pictures: dict[int, str] = field(default_factory=dict)


def watch(
    project: Project,
    wanted: Selection,
    *,
    out: Path,
    pause: Callable[[float], None],
    as_of: datetime.date | None = None,
) -> Generator[Event, None, None]:
    """Yield what happens, for ever: draw what is wanted, then what each save changes.

    Wrong files are told of, and what was drawn stays. `pause` waits for some seconds.
    """
    root = project.root
    seen = snapshot(root)
    with _laying(project) as lays:
        desk = Desk(project, wanted, out=out, lays=lays)
        yield from desk.begin()
        while True:
            files, seen = next_save(root, seen, pause)
            yield Saved(files=files)
            try:
                yield from _until_saved(desk.redraw(load_project(root, as_of=as_of), files), root)
            except UserError as error:
                yield error


def draw_pages(project: Project, wanted: Selection, *, out: Path) -> Iterator[Path]:
    """Draw each page of what is wanted, if it is not too much, and yield each picture at once."""
    with _laying(project) as lays:
        for event in Desk(project, wanted, out=out, lays=lays).begin():
            if isinstance(event, UserError):
                raise event
            if isinstance(event, Drawn):
                yield event.path


@contextlib.contextmanager
def _laying(project: Project) -> Iterator[Lays]:
    """Give what lays a sheet out in this process, in the project's fonts."""
    with (
        tempfile.TemporaryDirectory(prefix="printkit-pages-") as scratch,
        executor_for(1, fonts=project.fonts, scratch=Path(scratch)) as executor,
    ):
        task = _Lay(profiles=project.profiles)
        yield lambda job: next(
            measured for _, measured in run_all(executor, task, [job], workers=1)
        )


def _until_saved(events: Iterable[Event], root: Path) -> Iterator[Event]:
    """Yield events until the next save, which makes the rest of them stale."""
    before = snapshot(root)
    for event in events:
        yield event
        if isinstance(event, Judged) and snapshot(root) != before:
            return


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lay:
    profiles: Path

    def __call__(self, job: Job) -> Measured:
        return measure(job, self.profiles, write=True)


class Desk:
    """The sheets that are watched, as they were last drawn."""

    def __init__(self, project: Project, wanted: Selection, *, out: Path, lays: Lays) -> None:
        self.project = project
        self._wanted = wanted
        self._out = out
        self._lays = lays
        self._sheets: dict[tuple[str, str], _Sheet] = {}

    def begin(self) -> Iterator[Event]:
        """Draw what was asked for by name, if it is not too much; else get ready to."""
        self._out.mkdir(parents=True, exist_ok=True)
        jobs: list[Job] = []
        try:
            jobs.extend(self._jobs(self.project, ()))
        except UserError as error:
            yield error
        if self._wanted.is_partial and len(jobs) <= MOST_AT_ONCE:
            for job in jobs:
                yield from self._draw(job, frozenset())
        else:
            for job in jobs:
                self._sheet(job).made_of = _made_of(job)
            if jobs:
                self._lays(jobs[0])  # the first layout takes twice as long as those that follow
        yield Ready(sheets=len(jobs))

    def redraw(self, project: Project, files: Collection[str]) -> Iterator[Event]:
        """Draw the sheets that are others by now, those of the files that were saved first."""
        before, self.project = self.project, project
        pages = 0
        for job in self._jobs(project, files):
            if self._sheet(job).made_of == _made_of(job):
                continue
            for event in self._draw(job, _changed_marks(before, project)):
                pages += isinstance(event, Drawn)
                yield event
        yield Settled(pages=pages)

    def _sheet(self, job: Job) -> _Sheet:
        return self._sheets.setdefault((job.piece.slug, job.language), _Sheet())

    def _jobs(self, project: Project, files: Collection[str]) -> Iterator[Job]:
        """Yield the sheets that are wanted, those first that the files belong to."""
        css = {name: edition.css for name, edition in EDITIONS.items()}
        marked = replace(first_orders(project, self._wanted), marked=True)
        saved = {Path(file).stem for file in files} | {Path(file).parent.name for file in files}
        languages = sorted((*LANGUAGES, MANY_LANGUAGES), key=lambda tag: tag not in saved)
        pieces = sorted(project.pieces.values(), key=lambda piece: piece.design not in saved)
        ordered = {(order.language, order.piece) for order in marked.orders}
        problems = Problems()
        for language in languages:
            for piece in pieces:
                if (language, piece.slug) not in ordered:
                    continue
                edition = EDITION if EDITION in piece.editions else piece.editions[0]
                one = Selection(
                    languages=frozenset({language}),
                    pieces=frozenset({piece.slug}),
                    editions=frozenset({edition}),
                )
                try:
                    yield from jobs_for(marked, one, page_css=css)
                except UserError as error:
                    problems.take(error)
        problems.raise_if_any()

    def _draw(self, job: Job, changed: Collection[str]) -> Iterator[Event]:
        """Draw the pages that look otherwise than before, those with changed messages first."""
        sheet = self._sheet(job)
        measured = self._lays(job)
        rooms = [room for room in measured.rooms if _mark(room) in changed]
        first = {room.stands.page for room in rooms}
        document = pypdfium2.PdfDocument(blanked(measured.pdf))
        try:
            for page in sorted(range(1, len(document) + 1), key=lambda page: page not in first):
                picture = document[page - 1].render(scale=SCALE).to_pil().convert("RGB")
                pen = ImageDraw.Draw(picture)
                for room in rooms:
                    if room.stands.page == page and job.edition == EDITION:
                        pen.rectangle(_frame(room.place), outline=OUTLINE, width=2)
                drawn = io.BytesIO()
                picture.save(drawn, "PNG", compress_level=1)
                digest = hashlib.sha256(drawn.getbuffer()).hexdigest()
                path = self._out / f"{job.language}_{job.piece.slug}_{page}.png"
                if sheet.pictures.get(page) != digest:
                    write_whole(path, drawn.getvalue())
                    sheet.pictures[page] = digest
                    yield Drawn(piece=job.piece, language=job.language, page=page, path=path)
        finally:
            document.close()
        yield self._judged(job, measured, sheet, changed)
        sheet.made_of = _made_of(job)

    def _judged(
        self, job: Job, measured: Measured, sheet: _Sheet, changed: Collection[str]
    ) -> Judged:
        fits = fitness(self.project, [(job, measured)], [job.language])
        found = dict.fromkeys((*job.findings, *fits.findings))
        before, sheet.findings = sheet.findings, frozenset(found)
        return Judged(
            changed=tuple(fit for fit in fits.fits if _mark(fit.room) in changed),
            findings=tuple(one for one in found if one not in before),
            mended=len(before - found.keys()),
        )


def _mark(room: Room) -> str:
    return f"{room.language}:{room.digest}"


def _frame(place: Place) -> tuple[float, float, float, float]:
    """Return a rectangle in pixels, a little around a place."""
    left, top = place.x_pt - AROUND_PT, place.y_pt - AROUND_PT
    right, bottom = (
        place.x_pt + place.width_pt + AROUND_PT,
        place.y_pt + place.height_pt + AROUND_PT,
    )
    return left * SCALE, top * SCALE, right * SCALE, bottom * SCALE


def _made_of(job: Job) -> str:
    """Return a digest of all that a sheet is laid out from."""
    told = (job.html, *style_sums((job.piece.folder, *job.piece.shared)))
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()


def _changed_marks(before: Project, after: Project) -> frozenset[str]:
    """Return the marks of the messages that are translated otherwise than before."""
    return frozenset(
        mark_of(language, key)
        for language, catalog in after.catalogs.items()
        if (old := before.catalogs.get(language)) is not catalog
        for key, message in catalog.messages.items()
        if old is None
        or (was := old.messages.get(key)) is None
        or (was.translations, was.fuzzy) != (message.translations, message.fuzzy)
    )
