"""Sheets of the build before that are as they would be made now, and need not be made again."""

import contextlib
import os
import pickle
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from printkit.batches import Batch
from printkit.cache import Cache
from printkit.inputs import State, state_of, sums
from printkit.jobs import Job, Target
from printkit.keys import digest_of, sheet_key, tool_digest
from printkit.laid import Shop, key_of
from printkit.press import Made

KIND = "sheets"
"""Of its entries in the cache: one for each place that builds are put."""
_NOBODY = Target(region=None, label="", landing_url="", texts=(), orders=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A finished sheet of a build."""

    path: str
    """Below the build's place; of those that share it, one."""
    state: State
    """Of its file, as the build left it: what tells that nobody has touched it since."""
    made: Made
    """What was told of it; without its target, whose orders may be others now."""
    region: str | None
    """None where it is the same for all regions."""
    tools: str
    """The digest of the printkit that made it."""
    before: Mapping[str, str] | None
    """The parts of the sheet that it took the place of; None where none is known."""

    @property
    def name(self) -> "Name":
        """What it is, whatever it says."""
        return self.made.piece, self.made.language, self.made.edition, self.region


Sheets = Mapping[str, Sheet]
"""The sheets of the build in one place, by their keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A job, and what of it there is already."""

    job: Job
    """With the targets that are still to be made."""
    targets: tuple[Target, ...]
    """All of them."""
    keys: tuple[str, ...]
    """Of all its sheets, in the order of its targets."""
    made: tuple[Made | None, ...]
    """In the same order; None for what is still to be made."""


Name = tuple[str, str, str, str | None]
"""A sheet's piece, language, edition and region."""


def read_sheets(cache: Cache | None, place: Path) -> Sheets:
    """Return the sheets of the build in a place, as far as they are known."""
    data = cache.get(KIND, digest_of(str(place))) if cache is not None else None
    if data is None:
        return {}
    with contextlib.suppress(Exception):  # an older printkit's: as good as none
        found = pickle.loads(data)
        if isinstance(found, dict) and all(isinstance(one, Sheet) for one in found.values()):
            return found
    return {}


def write_sheets(
    cache: Cache | None,
    place: Path,
    before: Sheets,
    batches: Iterable[Batch],
    keys: Mapping[Name, str],
) -> None:
    """Note the sheets of a build that stands in its place now.

    `before` are those known of it; of regions that were not built again, they stay. `keys` are
    those of the sheets made.
    """
    if cache is None:
        return
    found: dict[str, Sheet] = {}
    built = set()
    older = {sheet.name: sheet for sheet in before.values()}
    for batch in batches:
        built.add(batch.region.slug)
        for line in batch.lines:
            made = line.made
            key = keys.get((made.piece, made.language, made.edition, made.target.region))
            path = f"{batch.region.slug}/{line.file}"
            if key is None or line.file is None or key in found:
                continue
            if (state := state_of(f"{place}/{path}")) is not None:
                found[key] = _noted(made, path, state, before.get(key), older)
    for key, sheet in before.items():
        if sheet.path.partition("/")[0] not in built:
            found.setdefault(key, sheet)
    cache.put(KIND, digest_of(str(place)), pickle.dumps(found, protocol=5))


def _noted(
    made: Made, path: str, state: State, same: Sheet | None, older: Mapping[Name, Sheet]
) -> Sheet:
    """Return a sheet with what it took the place of: of one taken over, what that one did."""
    sheet = Sheet(
        path=path,
        state=state,
        made=replace(made, target=_NOBODY),
        region=made.target.region,
        tools=tool_digest(),
        before=None,
    )
    if same is not None:
        return replace(sheet, tools=same.tools, before=same.before)
    replaced = older.get(sheet.name)
    return replace(sheet, before=replaced.made.parts if replaced is not None else None)


def share_of(job: Job, shop: Shop, sheets: Sheets, place: Path, *, verify: bool = False) -> Share:
    """Return what of a job is there already, its files put into the store.

    With `verify` a file is read, and taken only if it holds what was made.
    """
    key = key_of(job, shop)
    keys = tuple(sheet_key(key, job, target) for target in job.targets)
    made = tuple(
        _taken(sheets[one], target, place, shop.store, verify=verify) if one in sheets else None
        for one, target in zip(keys, job.targets, strict=True)
    )
    missing = tuple(target for target, one in zip(job.targets, made, strict=True) if one is None)
    return Share(job=replace(job, targets=missing), targets=job.targets, keys=keys, made=made)


def keys_of(shares: Iterable[Share]) -> dict[Name, str]:
    """Return the key of every sheet of some jobs, by its name."""
    return {
        (share.job.piece.slug, share.job.language, share.job.edition, target.region): key
        for share in shares
        for key, target in zip(share.keys, share.targets, strict=True)
    }


def _taken(sheet: Sheet, target: Target, place: Path, store: Path, *, verify: bool) -> Made | None:
    """Take a file over as it stands in its place; None where it is not what was made."""
    source = place / sheet.path
    if state_of(source) != sheet.state or sheet.made.file is None:
        return None
    if verify and sums(place, [sheet.path])[sheet.path] != sheet.made.sha256:
        return None
    try:
        _linked(source, store / sheet.made.file)
    except OSError:
        return None
    return replace(sheet.made, target=target)


def _linked(source: Path, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    try:
        os.link(source, path, follow_symlinks=False)
    except OSError:  # a disk without hard links
        shutil.copyfile(source, path, follow_symlinks=False)
