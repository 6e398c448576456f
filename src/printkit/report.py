"""What a person reads: progress on a terminal, findings grouped, and what a build came to."""

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from printkit.build import Outcome
from printkit.errors import UserError
from printkit.findings import Finding, Severity

MOST_FINDINGS = 40
"""More than this nobody reads on a screen; the manifests hold them all."""

ProgressTo = Callable[[str, int, int], None]


def out() -> Console:
    """Return the console for results; plain text where it is no terminal."""
    return Console(soft_wrap=True, highlight=False)


def err() -> Console:
    """Return the console for problems and progress."""
    return Console(stderr=True, soft_wrap=True, highlight=False)


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
        console.print(str(problem), markup=False)
    count = len(error.problems)
    console.print(
        f"{count} {'thing' if count == 1 else 'things'} to put right first. Nothing was changed.",
        style="bold",
    )


def findings(found: Iterable[Finding]) -> None:
    """Tell findings, the worst first; the same words about many sheets are told once."""
    console = out()
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for one in found:
        groups.setdefault((one.severity, one.what, one.code), []).append(one)
    order = [Severity.FAIL, Severity.WARN, Severity.NOTE]
    ranked = sorted(groups.values(), key=lambda group: order.index(group[0].severity))
    for group in ranked[:MOST_FINDINGS]:
        more = f" And so on {len(group) - 1} more." if len(group) > 1 else ""
        style = {"FAIL": "bold red", "WARN": "yellow"}.get(group[0].severity, "")
        console.print(str(group[0]) + more, style=style, markup=False)
    if len(ranked) > MOST_FINDINGS:
        console.print(f"{len(ranked) - MOST_FINDINGS} more kinds; the manifests hold them all.")


def summary(outcome: Outcome, *, seconds: float, root: Path) -> None:
    """Tell what a build came to, in a few lines."""
    console = out()
    findings(outcome.all_findings)
    made = [sheet for sheet in outcome.made if not sheet.is_withheld]
    files = sum(1 for batch in outcome.batches for line in batch.lines if line.file)
    orders = {line.order for batch in outcome.batches for line in batch.lines}
    copies = sum(order.copies for order in orders)
    languages = {sheet.language for sheet in outcome.made} - {"mul"}
    console.print(
        f"{_count(len(made), 'sheet')} in {_count(len(languages), 'language')}, "
        f"{_count(files, 'file')} for {_count(len(outcome.batches), 'region')}, "
        f"{copies:,} copies ordered, in {seconds:.0f} s.",
        style="bold",
    )
    if outcome.withheld:
        console.print(
            f"{_count(len(outcome.withheld), 'sheet')} withheld: see FAIL above. "
            "The others were made.",
            style="bold red",
        )
    drafts = {sheet.language for sheet in outcome.made if sheet.draft}
    if drafts:
        console.print(
            "Every sheet in a language that no native reader has signed off is marked DRAFT: "
            f"{_count(len(drafts), 'language')}. Look at them; do not hand them out."
        )
    console.print(
        f"They are in {_near(outcome.out, root)}: a folder a region, each with its packing list."
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _near(path: Path, root: Path) -> str:
    try:
        return str(path.relative_to(root))
    except ValueError:
        return str(path)
