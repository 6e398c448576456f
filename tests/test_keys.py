"""Keys: the same for the same work in every process, and others for anything that shows."""

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit import keys
from printkit.editions import EDITIONS
from printkit.jobs import Job, Selection, TextPage, jobs_for
from printkit.keys import digest_of, job_key, sheet_key, tool_digest, tools_told
from printkit.project import Project

SOURCES = Path(keys.__file__).parent.parent
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sized:
    width: float
    name: str = ""


@given(PLAIN, PLAIN)
def test_digests_are_equal_where_the_values_are(one: object, other: object) -> None:
    same = repr(one) == repr(other)  # True is no 1
    assert (digest_of(one) == digest_of(other)) == same


def test_what_stands_apart_is_told_apart() -> None:
    told = [
        digest_of("ab", "c"),
        digest_of("a", "bc"),
        digest_of(("a", "bc")),
        digest_of(b"a", "bc"),
        digest_of({"a": "bc"}),
        digest_of(Sized(width=1.0)),
        digest_of(Sized(width=1.0, name="wide")),
        digest_of(Sized(width=2.0)),
    ]
    assert len(set(told)) == len(told)
    assert digest_of(frozenset({"b", "a"})) == digest_of(frozenset({"a", "b"}))


def test_a_path_is_no_plain_value() -> None:
    with pytest.raises(TypeError, match="Path can't stand in a key"):
        digest_of(Path("flyers"))


def test_keys_do_not_change_with_the_process(tiny_read: Project, job: Job) -> None:
    script = (
        "from printkit.keys import digest_of, tool_digest;"
        "print(digest_of(frozenset({'a', 'b', 'c'}), {'x': 1.5}), tool_digest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONPATH": str(SOURCES), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert told == {f"{digest_of(frozenset({'a', 'b', 'c'}), {'x': 1.5})} {tool_digest()}\n"}


@pytest.fixture
def job(tiny_read: Project) -> Job:
    css = {name: edition.css for name, edition in EDITIONS.items()}
    wanted = Selection(pieces=frozenset({"leaf"}), editions=frozenset({"press"}))
    return next(iter(jobs_for(tiny_read, wanted, page_css=css)))


def key_of(project: Project, job: Job, standard: str = "pdf/x-4") -> str:
    profile = next(project.profiles.glob("*.icc"))
    return job_key(job, fonts=project.fonts, profile=profile, asked=("1.0", standard))


def test_a_jobs_key_tells_what_is_seen_and_nothing_of_places(
    tiny_read: Project, job: Job, tmp_path: Path
) -> None:
    key = key_of(tiny_read, job)
    moved = tmp_path / job.piece.folder.name
    moved.symlink_to(job.piece.folder)
    elsewhere = replace(job, piece=replace(job.piece, folder=moved))
    fewer = replace(job, targets=job.targets[:1])
    assert {key_of(tiny_read, elsewhere), key_of(tiny_read, fewer)} == {key}
    others = [
        replace(job, html=job.html + " "),
        replace(job, language="es"),
        replace(job, edition="copier"),
        replace(job, title="Another"),
        replace(job, draft=not job.draft),
        replace(job, piece=replace(job.piece, tight=job.piece.tight + 1)),
        replace(job, text_pages=(TextPage(slot="help", html="", size=job.piece.trim),)),
    ]
    told = [key, key_of(tiny_read, job, "pdf/x-1a"), *(key_of(tiny_read, one) for one in others)]
    assert len(set(told)) == len(told)


def test_a_sheets_key_tells_its_place_and_not_its_copies(job: Job) -> None:
    target = job.targets[0]
    key = sheet_key("key", job, target)
    more = replace(target, orders=(replace(target.orders[0], copies=7),))
    assert sheet_key("key", job, more) == key
    assert sheet_key("key", job, replace(target, label="Elsewhere")) != key
    assert sheet_key("other", job, target) != key
    assert sheet_key("key", replace(job, parts={"words": "1"}), target) != key


def test_tools_tell_their_versions() -> None:
    assert "weasyprint " in tools_told() and "pango-1.0 " in tools_told()
