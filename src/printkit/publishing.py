"""Publishing: a build as a folder for any web server or USB stick, to read and to print at home."""

import base64
import shutil
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from printkit import sums
from printkit.built import Built
from printkit.compose import sheet_language
from printkit.errors import Problem, UserError
from printkit.executors import executor_for, run_all
from printkit.lengths import Size
from printkit.offers import File, Offer, languages_offered, named, plain, regions_offered
from printkit.outputs import instructions
from printkit.outputs.index_page import (
    FONT_LICENCES,
    NAME,
    Index,
    Section,
    Shown,
    Zipped,
    index_page,
)
from printkit.packs import refuse_unknown
from printkit.placing import beside, swap_in
from printkit.pressing import Progress
from printkit.project import Project
from printkit.thumbnails import Thumbnail, thumbnail
from printkit.webfonts import cut_down, font_for, licence_of
from printkit.zips import Archive, write_archive

_DRAFT = ("mark", "Draft translation")
"""The message of the translated mark, whose words every catalog has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What publishing came to."""

    out: Path
    languages: int
    regions: int
    bytes: int
    drafts: bool


def publish(
    project: Project, built: Built, *, out: Path, workers: int = 1, progress: Progress
) -> Published:
    """Write the page, its screen files and its ZIPs, and put them in place as a whole.

    The folder is replaced only where it holds nothing else. Raises UserError with all that is
    wrong.
    """
    sums.refuse_foreign(out, option="DIR")
    refuse_unknown(project, built)
    languages, regions = languages_offered(project, built), regions_offered(project, built)
    if not languages:
        what = "Every sheet of the build was withheld."
        raise UserError(Problem(what=what, fix="Put right what its manifest says under FAIL."))
    with beside(out) as staging:
        fresh = staging / "site"
        fresh.mkdir()
        with executor_for(workers, fonts=project.fonts, scratch=staging / "scratch") as executor:
            work = _Work(executor=executor, workers=workers, progress=progress)
            index = _write(project, built, (languages, regions), fresh, work)
        (fresh / NAME).write_text(index_page(index), encoding="utf-8")
        sums.write_sums(fresh)
        taken = sum(path.stat().st_size for path in fresh.rglob("*") if path.is_file())
        swap_in([(fresh, out)], aside=staging)
    return Published(
        out=out,
        languages=len(languages),
        regions=len(index.regions),
        bytes=taken,
        drafts=any(one.draft for one in index.sections),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """Who makes the pictures and the ZIPs."""

    executor: Executor
    workers: int
    progress: Progress


def _write(
    project: Project,
    built: Built,
    offered: tuple[tuple[Offer, ...], tuple[Offer, ...]],
    folder: Path,
    work: _Work,
) -> Index:
    """Write what the languages and the regions are offered, and return what the page shows."""
    languages, regions = offered
    zips = [_zip(one, named(one.slug), project, built, folder) for one in languages]
    zips += [_zip(one, one.slug, project, built, folder) for one in regions]
    small = _made(languages, [one for one in zips if one is not None], work)
    zipped = [
        _zipped(offer, one, folder) for offer, one in zip((*languages, *regions), zips, strict=True)
    ]
    sections = [
        _section(offer, one, small, project, folder)
        for offer, one in zip(languages, zipped, strict=False)
    ]
    if any(one.font for one in sections):
        text = _font_licences(languages, project)
        (folder / FONT_LICENCES).write_text(text, encoding="utf-8")
    return Index(
        campaign=project.campaign.name,
        version=built.version,
        day=project.campaign.version_date,
        sections=tuple(sections),
        regions=tuple(one for one in zipped[len(languages) :] if one is not None),
    )


def _made(
    languages: Iterable[Offer], archives: Sequence[Archive], work: _Work
) -> Mapping[str, Thumbnail]:
    """Write the ZIPs, and return a small picture of each screen file, by the file's sum."""
    files = {file.sheet.sha256: file.source for one in languages for file in one.readable}
    every, total = [*files], len(files) + len(archives)
    small = {}
    found = run_all(work.executor, thumbnail, files.values(), workers=work.workers)
    for done, (number, one) in enumerate(found, 1):
        small[every[number]] = one
        work.progress("Pages and ZIPs", done, total)
    written = run_all(work.executor, write_archive, archives, workers=work.workers)
    for done, _ in enumerate(written, len(files) + 1):
        work.progress("Pages and ZIPs", done, total)
    return small


def _section(
    offer: Offer,
    zipped: Zipped | None,
    small: Mapping[str, Thumbnail],
    project: Project,
    folder: Path,
) -> Section:
    language = sheet_language(offer.slug)
    sheets = tuple(_shown(file, small[file.sheet.sha256], folder) for file in offer.readable)
    catalog = project.catalogs.get(offer.slug)
    mark = catalog.messages.get(_DRAFT) if catalog is not None else None
    font = font_for(language, project.fonts)
    draft_words = mark.msgstr if mark is not None else ""
    shown = "".join((language.autonym, draft_words, *(sheet.title for sheet in sheets)))
    return Section(
        tag=language.tag,
        english=language.english,
        autonym=language.autonym,
        direction=language.direction,
        draft=offer.draft,
        draft_words=draft_words,
        zipped=zipped,
        sheets=sheets,
        font=base64.b64encode(cut_down(font, shown)).decode("ascii") if font is not None else "",
    )


def _font_licences(offers: Iterable[Offer], project: Project) -> str:
    """Return the licences of the fonts that the page bears, each once; no font goes without."""
    fonts = (font_for(sheet_language(offer.slug), project.fonts) for offer in offers)
    licences = dict.fromkeys(licence_of(font) for font in fonts if font is not None)
    return "\n\n".join(path.read_text(encoding="utf-8") for path in licences)


def _shown(file: File, small: Thumbnail, folder: Path) -> Shown:
    """Put a screen file and its picture into the folder."""
    place = folder / "screen" / file.sheet.language / file.name
    picture = folder / "pictures" / f"{plain(file.sheet.language)}_{file.sheet.piece}.png"
    for path in (place, picture):
        path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file.source, place)
    picture.write_bytes(small.png)
    width, height = file.sheet.trim
    return Shown(
        title=small.title or file.piece,
        piece=file.piece,
        link=place.relative_to(folder).as_posix(),
        picture=picture.relative_to(folder).as_posix(),
        width_px=small.width_px,
        height_px=small.height_px,
        pages=file.sheet.pages,
        size=Size(width_pt=width * 72, height_pt=height * 72).words,
        bytes=file.sheet.bytes,
        draft=file.sheet.draft,
    )


def _zip(offer: Offer, name: str, project: Project, built: Built, folder: Path) -> Archive | None:
    """Return the ZIP of an offer's office files, if it has any; its folder is there."""
    if not offer.printable:
        return None
    path = folder / "print" / f"{name}_v{plain(built.version)}.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = instructions.instructions(
        campaign=project.campaign.name,
        version=built.version,
        name=offer.name,
        files=[(file.piece, file.name, file.paper) for file in offer.printable],
        draft=any(file.sheet.draft for file in offer.printable),
    )
    content: dict[str, Path | bytes] = {file.name: file.source for file in offer.printable}
    content[instructions.NAME] = text.encode("utf-8")
    return Archive(path=path, members=content, day=project.campaign.version_date)


def _zipped(offer: Offer, archive: Archive | None, folder: Path) -> Zipped | None:
    """Return what the page says of a ZIP that was written."""
    if archive is None:
        return None
    return Zipped(
        name=offer.name,
        link=archive.path.relative_to(folder).as_posix(),
        files=len(offer.printable),
        bytes=archive.path.stat().st_size,
        draft=any(file.sheet.draft for file in offer.printable),
    )


def told(done: Published) -> Iterable[str]:
    """Tell what publishing came to."""
    size = f"{done.bytes / 1_000_000:,.0f} MB"
    yield f"{_many(done.languages, 'language')}, {_many(done.regions, 'region')}, {size}."
    if done.drafts:
        yield "Sheets that are drafts are marked so: look at them; do not hand them out."
    yield f"Open {NAME} in a browser, or put the folder on any web server. Keep no logs of visits."


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
