"""What a person reads: progress on a terminal, findings grouped, and what a build came to."""

import contextlib
import json
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sized
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from printkit.errors import UserError
from printkit.findings import Finding, Rule, Severity
from printkit.pieces import MANY_LANGUAGES

if TYPE_CHECKING:  # only their names: what makes sheets is slow to import
    from printkit.letters import Written
    from printkit.summaries import Summary

MOST_FINDINGS = 40
"""More than this nobody reads on a screen; the manifests hold them all."""
STYLES = {Severity.FAIL: "bold red", Severity.WARN: "yellow", Severity.NOTE: ""}
"""How each severity looks, the worst first."""

ProgressTo = Callable[[str, int, int], None]


def out() -> Console:
    """Return the console for results; plain text where it is no terminal."""
    return _console(stderr=False)


def err() -> Console:
    """Return the console for problems and progress."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    # Names and texts are printed as they are: "[x]" is no style and ":x:" no picture.
    return Console(stderr=stderr, soft_wrap=True, highlight=False, markup=False, emoji=False)


@contextlib.contextmanager
def progress_bars(*, quiet: bool) -> Iterator[ProgressTo]:
    """Give a function that shows how far the work is; silent where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    columns = (
        TextColumn("{task.description:14}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err(), transient=True) as bars:
        tasks = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield show


def problems(error: UserError) -> None:
    """Tell every problem, one a line."""
    console = err()
    for problem in error.problems:
        console.print(str(problem))
    many = _count(len(error.problems), "thing")
    console.print(f"{many} to put right first. Nothing was changed.", style="bold")


def left_out(languages: Iterable[str]) -> None:
    """Tell which languages a release leaves out, though they were signed off once."""
    for words in languages:
        err().print(f"Left out: {words}")


def findings(found: Iterable[Finding]) -> None:
    """Tell findings, the worst first; the same words about many sheets are told once."""
    console = out()
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for one in found:
        groups.setdefault((one.severity, one.what, one.code), []).append(one)
    order = list(STYLES)
    ranked = sorted(groups.values(), key=lambda group: order.index(group[0].severity))
    for group in ranked[:MOST_FINDINGS]:
        more = f" And {len(group) - 1:,} more like it." if len(group) > 1 else ""
        console.print(str(group[0]) + more, style=STYLES[group[0].severity])
    if len(ranked) > MOST_FINDINGS:
        console.print(f"{len(ranked) - MOST_FINDINGS} more kinds; the manifests hold them all.")


def file_findings(found: Collection[Finding], *, files: int) -> None:
    """Tell what is wrong with catalogs, line by line as the files have it, and what it came to."""
    console = out()
    for one in found:
        console.print(str(one), style=STYLES[one.severity])
    failed = sum(one.severity is Severity.FAIL for one in found)
    words = f"{_count(len(found), 'finding')}, {failed:,} of them FAIL."
    console.print(f"{_count(files, 'catalog')}: {words}", style="bold")


def checked(found: Collection[Finding], languages: Sized, pieces: Sized) -> None:
    """Tell what a check came to, in a line."""
    what = f"{_count(len(languages), 'language')}, {_count(len(pieces), 'piece')}"
    failed = sum(one.severity is Severity.FAIL for one in found)
    if not found:
        words = "nothing to say against them."
    else:
        words = f"{_count(len(found), 'finding')}, {failed:,} of them FAIL."
    out().print(f"{what}: {words}", style="bold")


def explanation(rule: Rule) -> None:
    """Tell what a check holds a sheet to, and why."""
    console = out()
    console.print(f"{rule.code} ({rule.severity})", style="bold")
    console.print(f"Rule: {rule.rule}\nBecause: {rule.because}")


def files(paths: Iterable[Path], *, root: Path) -> None:
    """Tell which files were written, one a line."""
    for path in paths:
        out().print(_near(path, root))


def lines(told: Iterable[str]) -> None:
    """Tell lines as they are."""
    for line in told:
        out().print(line)


def styled(told: Iterable[tuple[str, Severity | None]]) -> None:
    """Tell lines, each as bad as it looks."""
    for line, severity in told:
        out().print(line, style=STYLES[severity] if severity else None)


def summary(told: "Summary", *, seconds: float, root: Path) -> None:
    """Tell what a build came to, in a few lines."""
    console = out()
    findings(told.findings)
    console.print(f"{_made(told)}, in {_seconds(seconds)} s.", style="bold")
    if told.withheld:
        console.print(
            f"{_count(told.withheld, 'sheet')} withheld: see FAIL above.",
            style=STYLES[Severity.FAIL],
        )
    if told.drafts:
        console.print(
            "Every sheet in a language that no native reader has signed off is marked DRAFT: "
            f"{_languages(told.drafts)}. Look at them; do not hand them out."
        )
    if told.sheets > told.anew > 0:
        are = "was" if told.anew == 1 else "were"
        others = "The others are as they were."
        console.print(f"{_count(told.anew, 'sheet')} {are} made anew. {others}")
    elif told.sheets and not told.anew:
        console.print("Nothing has changed since they were made.")
    console.print(
        f"They are in {_near(told.out, root)}: a folder a region, each with its packing list."
    )


def letters(written: "Written", *, root: Path) -> None:
    """Tell what prefilled letters came to, and of nobody whose they are."""
    console = out()
    findings(written.findings)
    for problem in written.problems:
        console.print(str(problem), style=STYLES[Severity.FAIL])
    made = f"{_count(written.people, 'person')}, {_count(written.letters, 'letter')} each."
    console.print(made.replace("persons", "people"), style="bold")
    if written.wrong:
        console.print(f"Not made, see above: {written.wrong:,}.", style=STYLES[Severity.FAIL])
    for words in _letter_notes(written):
        console.print(words)
    if written.people:
        console.print(
            f"They are in {_near(written.out, root)}: letters_0001.pdf is for the first row below "
            "the names of the columns. They hold people's names and addresses: delete them, and "
            "the people's file, once they are printed."
        )


def _letter_notes(written: "Written") -> Iterator[str]:
    if written.drafts:
        yield (
            "Marked DRAFT, since no native reader has signed them off: "
            f"{', '.join(written.drafts)}. Look at them; do not hand them out."
        )
    if written.unused:
        yield f"No letter has a line for: {', '.join(written.unused)}."
    if written.is_open:
        yield "Others on this machine can read the people's file: chmod 600 keeps it to you."
    if written.is_offered:
        yield "git would take up the people's file: move it out of the repository."


def as_json(told: "Summary", *, root: Path) -> dict[str, Any]:
    """Return what a build came to, for machines."""
    return {
        "out": _near(told.out, root),
        "sheets": told.sheets,
        "made_anew": told.anew,
        "withheld": told.withheld,
        "regions": list(told.regions),
        "findings": [found.as_dict() for found in told.findings],
    }


@contextlib.contextmanager
def told_as_json(asked: bool) -> Iterator[None]:
    """Tell problems as JSON where JSON is asked for, and end with the exit code for them."""
    try:
        yield
    except UserError as error:
        if not asked:
            raise
        print_json({"problems": [problem.as_dict() for problem in error.problems]})
        raise SystemExit(2) from None


def print_json(value: Any) -> None:
    """Print a value for machines, and nothing else."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _made(told: "Summary") -> str:
    return (
        f"{_count(told.sheets, 'sheet')} in {_languages(told.languages)}, "
        f"{_count(told.files, 'file')} for {_count(len(told.regions), 'region')}, "
        f"{told.copies:,} copies ordered"
    )


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}" if seconds < 10 else f"{seconds:.0f}"


def _languages(tags: Iterable[str]) -> str:
    """Return "22 languages"; a sheet in many is none of its own, unless it is alone."""
    found = set(tags)
    if found == {MANY_LANGUAGES}:
        return "many languages"
    return _count(len(found - {MANY_LANGUAGES}), "language") if found else ""


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _near(path: Path, root: Path) -> str:
    try:
        return str(path.relative_to(root))
    except ValueError:
        return str(path)
