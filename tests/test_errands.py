"""Errands: paths are the worker's own while a call is there, and others never travel."""

import functools
import pickle
from pathlib import Path

import pytest

from printkit.errands import (
    CACHE,
    LIBRARIES,
    STORE,
    packed_call,
    tools_here,
    unpacked_call,
    wrong_with,
)


def test_paths_become_the_other_machines(tmp_path: Path) -> None:
    here = {"project": tmp_path, STORE: tmp_path / "build/sheets", CACHE: Path("/cache")}
    there = {"project": Path("/w/1"), STORE: Path("/w/2"), CACHE: Path("/w/3")}
    call = (functools.partial(print, tmp_path / "flyers/leaf"), [here[STORE], tmp_path, Path("x")])
    data = packed_call((call, Path("/cache/a")), here)
    assert str(tmp_path).encode() not in data
    (function, paths), cached = unpacked_call(data, there)
    assert function.args == (Path("/w/1/flyers/leaf"),)
    assert paths == [Path("/w/2"), Path("/w/1"), Path("x")]
    assert cached == Path("/w/3/a")


def test_a_path_that_lies_elsewhere_does_not_travel(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="can't travel"):
        packed_call([Path("/etc/hostname")], {"project": tmp_path})


def test_tools_are_compared_whole() -> None:
    from dataclasses import replace

    here = tools_here()
    assert pickle.loads(pickle.dumps(here)) == here
    assert not wrong_with(here, here)
    for other in (
        replace(here, code="0"),
        replace(here, told="python 2.7"),
        replace(here, threads=2),
        replace(here, missing=LIBRARIES),
    ):
        assert wrong_with(here, other)
