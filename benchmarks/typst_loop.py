"""A loop of Typst: one compiler kept warm, a file for each region, of the sheet "Know your rights".

python -m benchmarks.typst_loop PROJECT OUT LANGUAGE
"""

import json
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.plain import CODE
from benchmarks.words import sheet_words, slot_words
from printkit.editions import EDITIONS
from printkit.jobs import Job, Selection, Target, jobs_for
from printkit.project import load_project
from printkit.qr import qr_svg

PIECE = "know-your-rights"
LAYOUT = Path(__file__).parent / "layouts" / f"{PIECE}.typ"
ART = "/flyers/_shared/art/"


def told(job: Job, target: Target, words: str) -> dict[str, str]:
    """Return what a region's file is made of, as Typst is given it."""
    (text,) = target.texts
    return {
        "words": words,
        "stamp": f"{target.label} · {CODE}",
        "address": target.landing_shown,
        "modules": qr_svg(target.opens(CODE)),
        "help": json.dumps(slot_words(job.text_pages[text.page].html), ensure_ascii=False),
    }


def compiled(project: Path, out: Path, language: str) -> Iterator[dict[str, Any]]:
    """Make every region's file with one compiler; yield what each took, the first one too.

    What a file is made of is ready before; making it so is not counted.
    """
    import typst

    loaded = load_project(project)
    wanted = Selection(
        languages=frozenset([language]), pieces=frozenset([PIECE]), editions=frozenset(["press"])
    )
    css = {name: edition.css for name, edition in EDITIONS.items()}
    (job,) = jobs_for(loaded, wanted, page_css=css)
    layout, words = project / LAYOUT.name, project / f"{PIECE}-{language}.json"
    shutil.copy(LAYOUT, layout)
    words.write_text(json.dumps(sheet_words(loaded, job, art=ART), ensure_ascii=False), "utf-8")
    inputs = [told(job, target, words.name) for target in job.targets]
    begun, own = time.perf_counter(), time.process_time()
    compiler = typst.Compiler(
        str(layout), root=str(project), font_paths=[str(loaded.fonts)], ignore_system_fonts=True
    )
    for number, one in enumerate(inputs):
        path = out / f"{PIECE}_{language}_{number}.pdf"
        compiler.compile(output=str(path), format="pdf", sys_inputs=one, pdf_tags=False)
        now, own_now = time.perf_counter(), time.process_time()
        yield {"wall_s": now - begun, "own_s": own_now - own, "bytes": path.stat().st_size}
        begun, own = now, own_now


if __name__ == "__main__":
    project, out, language = sys.argv[1:]
    print(json.dumps(list(compiled(Path(project), Path(out), language))))
