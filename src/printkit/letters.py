"""Prefilled letters: each person of a file gets a kit, and nobody else gets to know of them."""

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path

from printkit.checks.companies import check_companies
from printkit.checks.data import check_data
from printkit.errors import Problem, Problems, UserError, quoted
from printkit.executors import executor_for, run_all
from printkit.findings import Finding, fails
from printkit.kit_sheets import KitSheet, kit_for, kit_jobs, lay_out, ordered
from printkit.people import MOST_TOLD, Person, Rules, people_in
from printkit.pieces import MANY_LANGUAGES
from printkit.placing import beside, swap_in
from printkit.press import Shop
from printkit.pressing import shop_for
from printkit.privacy import (
    encrypted,
    is_offered,
    is_open,
    private_folder,
    refuse_tracked,
    refuse_unignored,
    write_private,
)
from printkit.project import Project
from printkit.reading import label
from printkit.selecting import selection_for
from printkit.stamp.typed import Fillable, filled, lacking, too_long

BATCH = 32
"""People handed to a worker at once."""
WORTH_A_WORKER = 64
"""People; for fewer no process is started."""
_NAME = re.compile(r"letters_[0-9]{4,}\.pdf")

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What letters are asked for."""

    people: Path
    language: str
    """For those who name none."""
    companies: tuple[str, ...] = ()
    """By the names of their files; the campaign's kit where there are none."""
    edition: str = "copier"
    out: Path | None = None
    passphrase: str = field(default="", repr=False)
    """Nothing for files that open without one."""
    workers: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a run came to; nothing in it tells of anybody."""

    out: Path
    people: int
    """Whose letters were made."""
    letters: int
    """In each of their files."""
    wrong: int
    """People whose letters were not made."""
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    drafts: tuple[str, ...]
    """Languages that no reader has signed off."""
    unused: tuple[str, ...]
    """Columns of the file for which no letter has a line."""
    is_open: bool
    """Whether others on this machine can read the people's file."""
    is_offered: bool
    """Whether git would take the people's file up."""

    @property
    def exit_code(self) -> int:
        """1 where somebody's letters were not made, else 0."""
        return int(bool(self.wrong) or fails(self.findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scan:
    """What a first reading of the whole file found."""

    languages: Mapping[str, int]
    """How many people get each."""
    columns: frozenset[str]
    """Names of blanks that some person has something for."""
    wrong: int
    problems: tuple[Problem, ...]

    @property
    def people(self) -> int:
        return sum(self.languages.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """Some people who share a language."""

    sheet: Fillable
    people: tuple[Person, ...]


def write_letters(project: Project, wish: Wish, progress: Progress) -> Written:
    """Make a kit of letters for each person of a file, in a folder that only its owner opens.

    UserError where nothing can be made; what is wrong with some rows is in the result, and the
    others are made. Whatever goes wrong, nothing of anybody's data is told or left behind.
    """
    try:
        return _written(project, wish, progress)
    except (UserError, OSError):
        raise
    except Exception as error:  # its words could repeat somebody's
        raise UserError(
            Problem(
                what=f"printkit made a mistake of its own ({type(error).__name__}).",
                fix="Nothing was made. Tell its makers, and do not send them the file.",
            )
        ) from None


def _written(project: Project, wish: Wish, progress: Progress) -> Written:
    place = wish.out or project.root / "build" / "letters"
    refuse_tracked(wish.people)
    _refuse_foreign(place)
    refuse_unignored(place, _name(1))
    kit = kit_for(project, wish.companies, wish.edition)
    selection_for(project, languages=[wish.language])  # told if the campaign has none such
    scan = _scanned(project, wish)
    alone = ordered(project, kit, scan.languages, wish.edition)
    workers = max(1, min(wish.workers, 1 + scan.people // WORTH_A_WORKER))
    with beside(place) as staging:
        fresh = private_folder(staging / "letters")
        with executor_for(workers, fonts=project.fonts, scratch=staging / "scratch") as executor:
            shop = shop_for(project, private_folder(staging / "base"))
            sheets = _laid_out(alone, shop, executor, workers)
            batches = _batches(project, wish, sheets)
            fill = functools.partial(_fill, folder=fresh, passphrase=wish.passphrase)
            found = run_all(executor, fill, batches, workers=workers)
            made, long = _told(found, progress, scan.people)
        if made:
            swap_in([(fresh, place)], aside=staging)
    return _result(alone, wish, place, scan, sheets, made, long)


def _name(row: int) -> str:
    """Return the name of a person's file, which tells the row and nothing else."""
    return f"letters_{row:04d}.pdf"


def _refuse_foreign(place: Path) -> None:
    """Refuse to replace anything but earlier letters."""
    if not place.exists():
        return
    if not place.is_dir() or any(_NAME.fullmatch(one.name) is None for one in place.iterdir()):
        raise UserError(
            Problem(
                what=f"{quoted(place, 200)} is there already, and holds other things than letters.",
                fix="Name another folder with --out, or move this one away.",
            )
        )


def _people(project: Project, wish: Wish, problems: Problems) -> Iterator[Person | None]:
    """Yield the people of the file, each with a language."""
    rules = Rules(
        languages=tuple(tag for tag in project.campaign.languages if tag != MANY_LANGUAGES),
        as_of=project.campaign.as_of,
        lacks=lacking,
    )
    for person in people_in(wish.people, root=project.root, rules=rules, problems=problems):
        yield person and replace(person, language=person.language or wish.language)


def _scanned(project: Project, wish: Wish) -> _Scan:
    """Read the whole file once, so that a broken one is told before anything is made."""
    languages: Counter[str] = Counter()
    columns: set[str] = set()
    wrong, problems = 0, Problems()
    for person in _people(project, wish, problems):
        if person is None:
            wrong += 1
        else:
            languages[person.language or wish.language] += 1
            columns.update(person.values)
    if not languages and not wrong:
        what, fix = "There is nobody in this file.", "Write a row for each person."
        problems.add(what, fix, label(wish.people, project.root))
        problems.raise_if_any()
    return _Scan(
        languages=languages, columns=frozenset(columns), wrong=wrong, problems=tuple(problems)
    )


def _laid_out(alone: Project, shop: Shop, executor: Executor, workers: int) -> dict[str, KitSheet]:
    """Lay the kit out in every language that somebody gets it in."""
    work = functools.partial(lay_out, shop=shop)
    found = [sheet for _, sheet in run_all(executor, work, kit_jobs(alone), workers=workers)]
    return {sheet.language: sheet for sheet in found}


def _batches(project: Project, wish: Wish, sheets: Mapping[str, KitSheet]) -> Iterator[_Batch]:
    """Yield the people whose kit could be laid out, some at a time, however many there are."""
    waiting: dict[str, list[Person]] = {
        tag: [] for tag, one in sheets.items() if one.sheet is not None
    }
    for person in _people(project, wish, Problems()):
        some = waiting.get(person.language or "") if person else None
        if person is None or some is None:
            continue
        some.append(person)
        if len(some) == BATCH:
            yield _batch(sheets[person.language or ""], some)
            some.clear()
    for tag, some in waiting.items():
        if some:
            yield _batch(sheets[tag], some)


def _batch(laid: KitSheet, people: Sequence[Person]) -> _Batch:
    assert laid.sheet is not None  # else nobody waits for it
    return _Batch(sheet=laid.sheet, people=tuple(people))


def _fill(batch: _Batch, *, folder: Path, passphrase: str) -> tuple[int, list[tuple[int, str]]]:
    """Write some people's letters; return how many, and the line and blank of each that is long."""
    made, long = 0, []
    for person in batch.people:
        if names := too_long(batch.sheet, person.values):
            long += [(person.line, name) for name in names]
            continue
        pdf = filled(batch.sheet, person.values)
        write_private(folder / _name(person.row), encrypted(pdf, passphrase) if passphrase else pdf)
        made += 1
    return made, long


def _told(
    found: Iterable[tuple[int, tuple[int, list[tuple[int, str]]]]], progress: Progress, there: int
) -> tuple[int, list[tuple[int, str]]]:
    """Return how many people's letters were made, and what was too long, while it goes on."""
    made, long = 0, []
    progress("Letters", 0, there)
    for _, (more, wrong) in found:
        made += more
        long += wrong
        progress("Letters", made, there)
    return made, long


def _result(
    alone: Project,
    wish: Wish,
    place: Path,
    scan: _Scan,
    sheets: Mapping[str, KitSheet],
    made: int,
    long: Sequence[tuple[int, str]],
) -> Written:
    problems = [*scan.problems]
    for line, name in long[:MOST_TOLD]:
        what, fix = f"{name}: This does not go on its line.", "Write it shorter."
        file = label(wish.people, alone.root)
        problems.append(Problem(what=what, fix=fix, file=file, line=line))
    lines = {name for one in sheets.values() if one.sheet for name in one.sheet.names}
    return Written(
        out=place,
        people=made,
        letters=sum(len(kit.companies) for kit in alone.pieces.values()),
        wrong=scan.wrong + scan.people - made,
        problems=tuple(sorted(problems, key=lambda problem: problem.line or 0)),
        findings=(
            *check_data(alone.campaign),
            *check_companies(alone),
            *(found for one in sheets.values() for found in one.findings),
        ),
        drafts=tuple(tag for tag, one in sheets.items() if one.draft),
        unused=tuple(sorted(scan.columns - lines)) if lines else (),
        is_open=is_open(wish.people),
        is_offered=is_offered(wish.people),
    )
