"""Styles that no stylesheet can hold: each language's fonts, the sheet's size, a slot's head."""

from collections.abc import Collection

from printkit.languages import LANGUAGES
from printkit.lengths import inches
from printkit.pieces import Piece

WHOLE_LETTERS = 'font-feature-settings:"ccmp" 0'
"""Noto Sans takes a Vietnamese "ị" apart; then "vị" is copied, searched and spoken as "vi"."""


def language_css(languages: Collection[str] = tuple(LANGUAGES)) -> str:
    """Return these languages' fonts and line heights; a heading's lines stand closer."""
    rules = []
    for language in LANGUAGES.values():
        if language.tag not in languages:
            continue  # a rule that fits nothing still costs each element a look
        families = ",".join(f'"{family}"' for family in language.families)
        dense = ",".join(f'"{family}"' for family in language.dense_families)
        tight = max(1.15, language.line_height * 0.87)
        tag = language.tag
        whole = f":lang({tag}){{{WHOLE_LETTERS}}}" if tag == "vi" else ""
        rules.append(
            f":lang({tag}){{font-family:{families};line-height:{language.line_height:g}}}"
            f"h1:lang({tag}),h2:lang({tag}),h3:lang({tag}){{line-height:{tight:.2f}}}"
            f".dense:lang({tag}),.dense :lang({tag})"
            f"{{font-family:{dense};line-height:{language.dense_line_height:g}}}{whole}"
        )
    return "\n".join(rules)


def sheet_css(piece: Piece, page_css: str, languages: Collection[str]) -> str:
    """Return the styles that depend on the piece's size, the edition and the languages."""
    width, height = (f"{inches(side):g}in" for side in (piece.trim.width_pt, piece.trim.height_pt))
    return f"{page_css}\n.side{{width:{width};height:{height}}}\n{language_css(languages)}"


def slot_head(piece: Piece, languages: Collection[str]) -> str:
    """Return the styles of a slot's page: those of the sheet it stands on, but for its size."""
    kind = piece.shared[-1].parent.name  # the styles of all pieces lie with the flyers
    up = ".." if piece.folder.parent.name == kind else f"../../{kind}"
    links = "".join(
        f'<link rel="stylesheet" href="{path}">' for path in (f"{up}/_shared/base.css", "style.css")
    )
    return f"<style>{language_css(languages)}</style>{links}"
