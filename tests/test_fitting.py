"""Copy-fitting: each side takes the loosest setting that fits, and few are laid out often."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from building import jobs_of

from printkit import fitting
from printkit.fitting import fitted, fitted_sheet
from printkit.jobs import Job
from printkit.lengths import Size
from printkit.places import Place
from printkit.project import Project
from printkit.typeset import Draft, Layout, Overflow

SIDE = '<section data-tight="0"{} class="side">{}</section>'


def long_job(project: Project, likes: Mapping[int, str] | None = None, *, sides: int = 12) -> Job:
    """A piece of many sides, named a, b, c …, of which some are alike."""
    alike = {number: f' data-like="{like}"' for number, like in (likes or {}).items()}
    html = "\n".join(SIDE.format(alike.get(one, ""), chr(97 + one)) for one in range(sides))
    (job,) = jobs_of(project, pieces=["leaf"], languages=["en"], editions=["screen"])
    piece = replace(job.piece, pages=sides, tight=3)
    return replace(job, html=f"<body>{html}</body>", piece=piece)


def reader(needs: Mapping[str, int], seen: list[str]) -> Callable[[str], Layout]:
    """Lay out nothing, but say which sides are too full: those with less than they need."""

    def lay_out(html: str) -> Layout:
        sides = re.findall(r'data-tight="(\d)"[^>]*>(.*?)</section>', html)
        seen.append("".join(name for _, name in sides))
        full = [
            number
            for number, (level, name) in enumerate(sides, 1)
            if int(level) < needs.get(name, 0)
        ]
        return Layout(
            pdf=b"",
            sizes=(Size(width_pt=612, height_pt=792),) * len(sides),
            slots=(),
            codes=(),
            overflows=tuple(
                Overflow(
                    of="box",
                    text="too long",
                    side="bottom",
                    by_pt=9,
                    place=Place(page=number, x_pt=0, y_pt=0, width_pt=9, height_pt=9),
                )
                for number in full
            ),
            lost=(),
            fonts=frozenset(),
            log=(),
            refused=(),
        )

    return lay_out


def test_a_side_takes_the_loosest_setting_that_fits(tiny_read: Project) -> None:
    seen: list[str] = []
    _, levels = fitted(long_job(tiny_read), reader({"b": 1, "k": 2}, seen))
    assert levels == (0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0)
    assert seen == ["abcdefghijkl", "bk", "k", "abcdefghijkl"], "the few are tried alone"


def test_where_many_sides_are_too_full_all_are_laid_out_again(tiny_read: Project) -> None:
    seen: list[str] = []
    _, levels = fitted(long_job(tiny_read), reader(dict.fromkeys("abcdefgh", 1), seen))
    assert levels == (1,) * 8 + (0,) * 4
    assert seen == ["abcdefghijkl"] * 2


def test_sides_that_are_alike_are_fitted_as_the_first_of_them(tiny_read: Project) -> None:
    likes = dict.fromkeys(range(2, 12, 2), "front")
    seen: list[str] = []
    needs = {**dict.fromkeys("cegik", 1), "l": 1}
    _, levels = fitted(long_job(tiny_read, likes), reader(needs, seen))
    assert levels == (0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1)
    assert seen == ["abcdfhjl", "cl", "abcdefghijkl"]


def test_one_that_is_longer_than_its_like_is_tightened_by_itself(tiny_read: Project) -> None:
    likes = dict.fromkeys(range(2, 12, 2), "front")
    seen: list[str] = []
    _, levels = fitted(long_job(tiny_read, likes), reader({"g": 2}, seen))
    assert levels == (0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0)
    assert seen[-1] == "abcdefghijkl"


@pytest.mark.parametrize("need", [3, 9])
def test_a_side_that_fits_in_none_has_the_tightest(tiny_read: Project, need: int) -> None:
    _, levels = fitted(long_job(tiny_read, sides=2), reader({"a": need}, []))
    assert levels == (3, 0)


@pytest.mark.parametrize("write", [True, False])
def test_only_the_layout_that_fits_is_written(
    tiny_read: Project, monkeypatch: pytest.MonkeyPatch, write: bool
) -> None:
    seen: list[str] = []
    written: list[str] = []
    lay_out = reader({"a": 2}, seen)

    def draft(html: str, **settings: Any) -> Draft:
        layout = lay_out(html)

        def writing() -> Layout:
            written.append(html)
            return replace(layout, pdf=b"%PDF")

        return Draft(layout=layout, written=writing)

    monkeypatch.setattr(fitting, "draft", draft)
    job = long_job(tiny_read, sides=2)
    layout, levels = fitted_sheet(job, Path("profiles"), write=write)
    assert (levels, len(seen)) == ((2, 0), 3)
    assert layout.pdf == (b"%PDF" if write else b"")
    assert len(written) == write
    assert not written or 'data-tight="2"' in written[0]
