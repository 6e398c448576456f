"""The commands about what is kept between runs: each parses, calls, and lets report speak."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from printkit.errors import UserError
from printkit.options import Format, Formatted

if TYPE_CHECKING:
    from printkit.cache import Cache

# Commands import what they need themselves, so that help and mistakes cost no time.

cache_app = typer.Typer(
    help="What is kept between runs, so that builds are fast.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@cache_app.command("size")
def cache_size(format: Formatted = Format.TEXT) -> None:
    """Tell where the cache lies, and how much it holds."""
    from printkit import report
    from printkit.cache_words import IS_OFF, size_json, size_lines

    with report.told_as_json(format is Format.JSON):
        cache = _cache()
    held = cache.size() if cache else ()
    if format is Format.JSON:
        report.print_json(size_json(cache.folder if cache else None, held))
    else:
        report.lines(size_lines(cache.folder, held) if cache else [IS_OFF])


@cache_app.command("clean")
def cache_clean(
    keep: Annotated[
        str, typer.Option("--keep", help="How much may stay, such as 5GB; all goes if left out.")
    ] = "0",
    format: Formatted = Format.TEXT,
) -> None:
    """Take out what was not used for longest; nothing is lost but time."""
    from printkit import report
    from printkit.cache import Cleaned
    from printkit.cache_words import IS_OFF, bytes_of, cleaned_json, cleaned_line

    with report.told_as_json(format is Format.JSON):
        most = bytes_of(keep)
        cache = _cache()
    cleaned = cache.clean(most) if cache else Cleaned(entries=0, freed=0, left=0)
    if format is Format.JSON:
        report.print_json(cleaned_json(cleaned))
    else:
        report.lines([cleaned_line(cleaned) if cache else IS_OFF])


def _cache() -> "Cache | None":
    """Return the cache, whether or not its folder is there yet; None where it is off."""
    from printkit.cache import Cache
    from printkit.cache_place import place_of, refusal

    problem = refusal(os.environ)
    if problem is not None:
        raise UserError(problem)
    folder = place_of(os.environ)
    return None if folder is None else Cache(folder=folder)
