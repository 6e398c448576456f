"""Composed jobs, kept: only what reads a catalog that has changed is composed again."""

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from printkit import jobs as composing
from printkit.cache import Cache
from printkit.catalogs import Catalog
from printkit.findings import Finding
from printkit.inputs import State, states, sums
from printkit.jobs import Job, Need
from printkit.keys import digest_of, tool_digest
from printkit.project import Project

KIND, GLYPHS = "composed", "glyphs"
"""Of its entries in the cache: jobs, and what the fonts cannot draw of a catalog."""
_ORDERS = "regions/orders.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compositions:
    """What was composed before, as far as the files that it was composed from are the same."""

    cache: Cache
    catalogs: Mapping[str, str]
    """The SHA-256 of each catalog, by language."""
    others: str
    """The digest of everything else that composing reads, but the orders."""

    def composed(self, project: Project, need: Need) -> tuple[Job, ...]:
        """Return the jobs that a need comes to: as they were kept, or composed."""
        # A job holds paths of its piece's files, and the orders as they stand.
        wanted = [order.line for order in need.wanted]
        key = digest_of(self.others, str(project.root), need, repr(need.orders), wanted)
        data = self.cache.get(KIND, key)
        if data is not None and (kept := self._fresh(data)) is not None:
            return kept
        seen = _Seen(project.catalogs)
        jobs = tuple(composing.composed(replace(project, catalogs=seen), need))
        read = {tag: self.catalogs.get(tag, "") for tag in seen.asked}
        self.cache.put(KIND, key, pickle.dumps((read, jobs), protocol=5))
        return jobs

    def glyphs(self, tag: str) -> tuple[Finding, ...] | None:
        """Return what was found that fonts cannot draw of a language's catalog, if it was asked."""
        data = self.cache.get(GLYPHS, self._glyphs_key(tag))
        try:
            found = pickle.loads(data) if data is not None else None
        except Exception:
            return None
        return found if isinstance(found, tuple) else None

    def keep_glyphs(self, tag: str, found: tuple[Finding, ...]) -> None:
        """Keep what was found of a catalog."""
        self.cache.put(GLYPHS, self._glyphs_key(tag), pickle.dumps(found, protocol=5))

    def _glyphs_key(self, tag: str) -> str:
        return digest_of(self.others, tag, self.catalogs.get(tag, ""))

    def _fresh(self, data: bytes) -> tuple[Job, ...] | None:
        """Return kept jobs, if every catalog that they were composed from is as it was."""
        try:
            read, jobs = pickle.loads(data)
            fresh = all(self.catalogs.get(tag, "") == known for tag, known in read.items())
        except Exception:
            return None  # an older printkit's
        return jobs if fresh else None


def compositions(
    cache: Cache | None, project: Project, read: Mapping[str, State | None] | None
) -> Compositions | None:
    """Return what may be remembered for a project; `read` are its files' states before it was read.

    None without a cache, and where a file changed while it was read: nobody can tell then what
    the project holds of it.
    """
    if cache is None or read is None:
        return None
    own = [name for name in read if not Path(name).is_absolute()]
    known = sums(project.root, own)
    if states(project.root) != {name: read[name] for name in own}:
        return None
    catalogs = {tag: known.pop(f"po/{tag}.po", "") for tag in project.catalogs}
    known.pop(_ORDERS, None)
    others = digest_of(tool_digest(), known, project.campaign.as_of)
    return Compositions(cache=cache, catalogs=catalogs, others=others)


class _Seen(Mapping[str, Catalog]):
    """A project's catalogs, and which of them were asked for."""

    def __init__(self, catalogs: Mapping[str, Catalog]) -> None:
        self._catalogs = catalogs
        self.asked: set[str] = set()

    def __getitem__(self, tag: str) -> Catalog:
        self.asked.add(tag)
        return self._catalogs[tag]

    def __iter__(self) -> Iterator[str]:
        self.asked.update(self._catalogs)
        return iter(self._catalogs)

    def __len__(self) -> int:
        return len(self._catalogs)
