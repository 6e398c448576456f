"""What can go wrong between a build and its workers, each in words for whoever runs them."""

import re
from collections.abc import Iterable, Mapping

from printkit.errands import Tools
from printkit.errors import Problem, Problems, UserError, listed, quoted

SETTING_UP = "scripts/setup.sh --dask"
_NEXT = re.compile(r", (?=[A-Za-z])")
STAYED = "Nothing was replaced."


def no_dask() -> UserError:
    """Return that this machine lacks the extra packages."""
    return _error("Dask is not installed here.", f"Run: {SETTING_UP}")


def no_scheduler(address: str) -> UserError:
    """Return that nothing answers where the scheduler should be."""
    return _error(
        f"No Dask scheduler answers at {quoted(address)}.",
        'Look at the address that "dask scheduler" tells when it starts, such as'
        " tcp://192.168.1.20:8786, and whether a firewall lets this machine through.",
    )


def no_workers(address: str) -> UserError:
    """Return that a scheduler has nobody to hand a job to."""
    return _error(
        f"The scheduler at {quoted(address)} has no workers.",
        f"Start some on each machine: dask worker {address} --nworkers auto --nthreads 1",
    )


def not_as_here(here: Tools, there: Mapping[str, Tools | None]) -> UserError:
    """Return why sheets of some workers would not be the same as this machine's.

    `there` has the tools of each worker by its address, None where they can't be told.
    """
    problems = Problems()
    for worker, tools in there.items():
        if tools is None:
            problems.add(
                f"The worker {worker} has no printkit, or another version of it.",
                "Start it from a checkout of the same version as here, once"
                f" {SETTING_UP} has run there: .venv/bin/dask worker …",
            )
            continue
        for what, fix in _differences(here, tools):
            problems.add(f"The worker {worker} {what}.", fix)
    return UserError(*problems)


def _differences(here: Tools, there: Tools) -> Iterable[tuple[str, str]]:
    if there.missing:
        yield f"can't load {listed(there.missing)}", f"Run {SETTING_UP} there, which installs it."
        return
    if there.threads != 1:
        yield (
            f"would run {there.threads} jobs at once in one process, which has one set of fonts",
            "Start it with: --nworkers auto --nthreads 1",
        )
    ours, theirs = _NEXT.split(here.told), _NEXT.split(there.told)
    differ = [f"{one} instead of {other}" for one, other in _pairs(theirs, ours)]
    if differ:
        yield (
            f"has {listed(differ)}, so its sheets would not be the same as those made here",
            f"Run {SETTING_UP} there too, on the same release of the same system.",
        )
    elif here.code != there.code:
        yield (
            "runs another state of printkit's code",
            "Check out the same commit there and here, and start the worker again.",
        )


def _pairs(theirs: list[str], ours: list[str]) -> Iterable[tuple[str, str]]:
    """Return what differs of two lists of names with versions."""
    known = dict(one.partition(" ")[::2] for one in theirs)
    for told in ours:
        name, _, version = told.partition(" ")
        if known.get(name) != version:
            yield f"{name} {known.get(name, '(none)')}", version


def killed(job: str) -> UserError:
    """Return that a job ended every worker that it was given to."""
    return _error(
        f"The job {quoted(job)} stopped worker after worker, perhaps for want of memory.",
        f"Give workers more (dask worker --memory-limit), or make it here. {STAYED}",
    )


def gone(address: str) -> UserError:
    """Return that the scheduler no longer knows of what it was given."""
    return _error(
        f"The scheduler at {quoted(address)} stopped, or let the jobs go.",
        f"Start it and its workers again, then build again. {STAYED}",
    )


def silent(address: str, seconds: int) -> UserError:
    """Return that no worker is left, and none came."""
    return _error(
        f"For {seconds} seconds no worker was to be had from the scheduler at {quoted(address)}.",
        f"Start workers again, then build again. {STAYED}",
    )


def changed_since(name: str) -> UserError:
    """Return that a file is no longer what it was when the build began."""
    return _error(f"{quoted(name)} has changed since the build began.", f"Build again. {STAYED}")


def damaged(worker: str, names: Iterable[str]) -> UserError:
    """Return that files did not arrive as they were sent."""
    return _error(
        f"What arrived at the worker {worker} is not what was sent: {listed(names, 3)}.",
        f"Look at its network and its disk, or leave it out. {STAYED}",
    )


def _error(what: str, fix: str) -> UserError:
    return UserError(Problem(what=what, fix=fix))
