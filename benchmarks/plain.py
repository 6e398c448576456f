"""A loop of plain WeasyPrint renders: each file set whole, with its slots' words in place.

python -m benchmarks.plain PROJECT OUT LANGUAGE…
"""

import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from printkit.compose import TEXT_SLOTS
from printkit.editions import EDITIONS
from printkit.fitting import fitted, page_settings
from printkit.fonts import isolate
from printkit.jobs import Job, Selection, Target, jobs_for
from printkit.pieces import STAMP
from printkit.project import load_project
from printkit.qr import qr_svg
from printkit.typeset import Layout, typeset

CODE = "0AB1CD"
"""Stands for a sheet's own, which only its base can tell."""
_SLOT = re.compile(
    r'<img class="slot \S+" data-slot="(\w+)" alt="[^"]*" style="(width:[\d.]+pt;height:[\d.]+pt)">'
)
SIZES = {"landing-address": ("center", 8.0), STAMP: ("right", 7.5)}
"""How lines of Western text are set, and in how many points."""


def whole_html(job: Job, html: str, target: Target) -> str:
    """Return one region's sheet as one document: everything that is stamped stands in its place."""
    texts = {text.slot: job.text_pages[text.page].html for text in target.texts}

    def content(found: re.Match[str]) -> str:
        name, box = found[1], found[2]
        kind = STAMP if name == STAMP else job.piece.slots[name].kind
        if kind == "landing-code":
            return f'<div class="slot qr" style="{box}">{qr_svg(target.opens(CODE))}</div>'
        if kind in TEXT_SLOTS:
            return f'<div class="slot" style="{box}">{texts[name]}</div>'
        align, size = SIZES[kind]
        words = f"{target.label} · {CODE}" if kind == STAMP else target.landing_shown
        style = f"{box};text-align:{align};font-size:{size}pt;line-height:1.1;white-space:nowrap"
        return f'<span class="slot" dir="ltr" lang="en" style="{style}">{words}</span>'

    return _SLOT.sub(content, html)


def fitted_html(job: Job, profiles: Path) -> str:
    """Return a sheet's HTML at the settings that its text needs: the loop gets it for nothing."""
    tried: list[str] = []
    settings = page_settings(job, profiles)

    def tried_out(html: str) -> Layout:
        tried.append(html)
        return typeset(html, **settings, write=False)

    fitted(job, tried_out)
    return tried[-1]


def rendered(project: Path, out: Path, tongues: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Render one region's file of each piece and language, after another that is not counted.

    Yields what each took: the first of each warms the fonts up, as 57 of 58 find them.
    """
    loaded = load_project(project)
    isolate(loaded.fonts, out / "fontconfig")
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    wanted = Selection(languages=frozenset((*tongues, "mul")), editions=frozenset(["press"]))
    css = {name: edition.css for name, edition in EDITIONS.items()}
    for job in jobs_for(loaded, wanted, page_css=css):
        html = fitted_html(job, loaded.profiles)
        address = job.piece.folder.resolve().as_uri() + "/"
        for number, target in enumerate(job.targets[:2]):
            text = whole_html(job, html, target)
            assert "data-slot" not in text, job.name
            begun, own = time.perf_counter(), time.process_time()
            path = out / f"{job.piece.slug}_{job.language}_{number}.pdf"
            HTML(string=text, base_url=address).write_pdf(path, font_config=fonts)
            wall_s, own_s = time.perf_counter() - begun, time.process_time() - own
            size = path.stat().st_size
        yield {
            "piece": job.piece.slug,
            "language": job.language,
            "wall_s": wall_s,
            "own_s": own_s,
            "bytes": size,
        }


if __name__ == "__main__":
    project, out, *tongues = sys.argv[1:]
    print(json.dumps(list(rendered(Path(project), Path(out), tongues))))
