"""Lines of text measured once: the same words, in the same style, in the same width."""

import contextlib
import copy
from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from weasyprint.layout import inline, preferred

MOST_KEPT = 20_000
"""About a kilobyte each; a brochure asks for a thousand different ones."""
STYLE = (
    "direction",
    "font_family",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphens",
    "lang",
    "letter_spacing",
    "overflow_wrap",
    "tab_size",
    "text_decoration_line",
    "white_space",
    "word_break",
    "word_spacing",
)
"""All of a style that WeasyPrint looks at as it splits a line; a test reads its code for that."""
_of_style = itemgetter(*STYLE)

_kept: dict[Any, tuple[Any, ...]] = {}


def forget_lines() -> None:
    """Forget every line, since the fonts are no longer the same."""
    _kept.clear()


@contextlib.contextmanager
def kept_lines() -> Iterator[None]:
    """Let WeasyPrint take lines that it has split before.

    It asks for each line five times and more: for the narrowest and the widest that a column can
    be, for every box around it that bends, and again when the sheet is tried in another setting.
    """
    own = inline.split_first_line

    def split(
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> tuple[Any, ...]:
        asked = text, style, context, max_width, justification_spacing, is_line_start, minimum
        told = max_width, justification_spacing, is_line_start, minimum
        key = text, told, _of_style(style), style.font_config
        try:
            found = _kept.get(key)
        except TypeError:  # lines over and under text are a set
            return tuple(own(*asked))
        if found is None:
            if style["hyphens"] == "auto":
                return tuple(own(*asked))
            if len(_kept) >= MOST_KEPT:
                _kept.clear()
            found = _kept[key] = own(*asked)
        # Drawing wakes a line's layout up, and may write three dots into it.
        return copy.copy(found[0]), *found[1:]

    inline.split_first_line = preferred.split_first_line = split
    try:
        yield
    finally:
        inline.split_first_line = preferred.split_first_line = own
