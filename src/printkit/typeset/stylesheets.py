"""Stylesheets parsed once a process: the same text at the same place is the same sheet."""

import contextlib
import functools
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import weasyprint.css
from weasyprint import CSS
from weasyprint.css import cssselect2, preprocess_stylesheet, tinycss2
from weasyprint.logger import LOGGER
from weasyprint.urls import select_source

MOST_KEPT = 64
"""A piece brings two sheets of its own, and one for each edition and language."""
_ALONE = re.compile(r"@(?!(?:media|page)\b)|\bvar\(|\\", re.IGNORECASE)
"""What reaches into its document, such as @import and @layer, or remembers what it told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parsed:
    matcher: Any
    page_rules: tuple[Any, ...]
    heard: tuple[tuple[int, str], ...]
    """What WeasyPrint said while it read the sheet, with its level."""


@contextlib.contextmanager
def kept_stylesheets() -> Iterator[None]:
    """Let WeasyPrint take stylesheets that it has parsed before, which is a sixth of a layout."""
    own = weasyprint.css.CSS
    weasyprint.css.CSS = _Sheet
    try:
        yield
    finally:
        weasyprint.css.CSS = own


class _Sheet(CSS):  # type: ignore[misc]  # WeasyPrint comes without types
    """A document's stylesheet, parsed anew or as it was kept."""

    def __init__(
        self,
        *,
        url: str | None = None,
        string: str | None = None,
        base_url: str | None = None,
        url_fetcher: Any = None,
        _check_mime_type: bool = False,
        **rest: Any,
    ) -> None:
        source = select_source(
            url=url,
            string=string,
            base_url=base_url,
            url_fetcher=url_fetcher,
            check_css_mime_type=_check_mime_type,
        )
        with source as (file, base, encoding, _):
            text = file.read()
        if isinstance(text, bytes):
            text, _ = tinycss2.bytes.decode_stylesheet_bytes(text, protocol_encoding=encoding)
        if "matcher" in rest or _ALONE.search(text):
            super().__init__(string=text, base_url=base, url_fetcher=url_fetcher, **rest)
            return
        parsed = _parsed(text, base, rest["media_type"])
        self.base_url, self.matcher, self.layers = base, parsed.matcher, rest["layers"]
        self.page_rules = rest["page_rules"]
        self.page_rules += parsed.page_rules
        for level, words in parsed.heard:
            LOGGER.log(level, "%s", words)


@functools.lru_cache(maxsize=MOST_KEPT)
def _parsed(text: str, base: str | None, medium: str) -> _Parsed:
    """Parse a sheet that no document's own fonts, layers or counters go into."""
    matcher, page_rules = cssselect2.Matcher(), list[Any]()
    with _overheard() as heard:
        preprocess_stylesheet(
            medium,
            base,
            tinycss2.parse_stylesheet(text),
            url_fetcher=None,
            matcher=matcher,
            page_rules=page_rules,
            layers=[],
            font_config=None,
            counter_style={},
            color_profiles={},
        )
    return _Parsed(matcher=matcher, page_rules=tuple(page_rules), heard=tuple(heard))


@contextlib.contextmanager
def _overheard() -> Iterator[list[tuple[int, str]]]:
    """Take down what WeasyPrint says, and keep it from whoever listens otherwise."""
    heard: list[tuple[int, str]] = []

    def note(record: logging.LogRecord) -> bool:
        heard.append((record.levelno, record.getMessage()))
        return False

    LOGGER.addFilter(note)
    try:
        yield heard
    finally:
        LOGGER.removeFilter(note)
