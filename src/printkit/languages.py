"""One table of languages: name, script, direction, fonts, line height, breaks, locale data."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from printkit.errors import Problem, UserError, did_you_mean, quoted

Breaks = Literal["none", "icu", "hangul", "danda"]

LATIN = "Noto Sans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What printkit must know of a language before it sets a word of it."""

    tag: str
    """BCP 47, as in `po/zh-Hant.po`."""
    english: str
    """The name in English, for volunteers."""
    autonym: str
    """The language's own name for itself, as CLDR writes it in a list."""
    script: str
    """ISO 15924, such as "Arab"; Chinese and Korean by their mixed codes."""
    direction: Literal["ltr", "rtl"]
    families: tuple[str, ...]
    """Font families for body text, first choice first; nothing else may draw a glyph."""
    line_height: float
    """In multiples of the font's size; never left to the font."""
    size_factor: float
    """What a size in points is multiplied by, so that scripts look equally large."""
    dense_families: tuple[str, ...]
    """Font families for tables of small lines."""
    dense_line_height: float
    dense_size_factor: float
    breaks: Breaks
    """Which marks `text.line_breaks` sets."""
    babel: str
    """Babel's locale for dates and numbers; "en" where CLDR lacks the language."""
    plural_forms: str
    """The gettext header for a new catalog; a catalog's own header wins over it."""
    tab: int
    """The language's place among the tabs on a sheet's edge, from 0."""


def language(tag: str) -> Language:
    """Return a language of the table, or raise UserError with the nearest tag."""
    try:
        return LANGUAGES[tag]
    except KeyError:
        raise UserError(
            Problem(what=f"There is no language {quoted(tag)}.", fix=did_you_mean(tag, LANGUAGES))
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Script:
    """How a script is set, measured on the fonts that the project ships."""

    family: str = LATIN
    after: tuple[str, ...] = ()
    """Families that follow; Noto Sans always stands in the chain."""
    latin_first: bool = False
    """For fonts whose Latin letters do not go with Noto Sans."""
    line_height: float = 1.35
    size_factor: float = 1.0
    direction: Literal["ltr", "rtl"] = "ltr"
    breaks: Breaks = "none"

    @property
    def families(self) -> tuple[str, ...]:
        """The chain, each family once."""
        if self.latin_first:
            return (LATIN, self.family, *self.after)
        return tuple(dict.fromkeys((self.family, LATIN, *self.after)))


_SCRIPTS = {
    "Latn": _Script(),
    "Cyrl": _Script(),
    "Armn": _Script(family="Noto Sans Armenian"),
    "Arab": _Script(family="Noto Sans Arabic", latin_first=True, line_height=1.6, direction="rtl"),
    "Deva": _Script(family="Noto Sans Devanagari", line_height=1.45, breaks="danda"),
    "Guru": _Script(family="Noto Sans Gurmukhi", line_height=1.45, breaks="danda"),
    "Thai": _Script(family="Noto Sans Thai Looped", line_height=1.6, breaks="icu"),
    "Beng": _Script(family="Noto Sans Bengali", line_height=1.45, breaks="danda"),
    "Gujr": _Script(family="Noto Sans Gujarati", line_height=1.45),
    "Taml": _Script(family="Noto Sans Tamil", line_height=1.45),
    "Telu": _Script(family="Noto Sans Telugu", line_height=1.6),
    "Hebr": _Script(family="Noto Sans Hebrew", latin_first=True, direction="rtl"),
    "Mymr": _Script(family="Noto Sans Myanmar", line_height=1.8, breaks="icu"),
    "Laoo": _Script(family="Noto Sans Lao", line_height=1.6, breaks="icu"),
    "Khmr": _Script(family="Noto Sans Khmer", line_height=1.7, breaks="icu"),
    "Ethi": _Script(family="Noto Sans Ethiopic", line_height=1.5),
    # The Taiwanese font lacks a few forms that the Japanese and the Chinese one have.
    "Hant": _Script(
        family="Noto Sans TC",
        after=("Noto Sans JP", "Noto Sans SC"),
        line_height=1.5,
        size_factor=0.97,
    ),
    "Hans": _Script(
        family="Noto Sans SC", after=("Noto Sans TC",), line_height=1.5, size_factor=0.97
    ),
    "Jpan": _Script(family="Noto Sans JP", line_height=1.5, size_factor=0.97),
    "Kore": _Script(family="Noto Sans KR", line_height=1.5, size_factor=0.97, breaks="hangul"),
}

_BODY = {
    # Vietnamese stacks two accents on a letter.
    "vi": _Script(line_height=1.4),
    "ur": _Script(family="Noto Nastaliq Urdu", latin_first=True, line_height=2.2, direction="rtl"),
}
"""Languages whose body text is set otherwise than their script's."""

_ONE = "nplurals=1; plural=0;"
_NOT_ONE = "nplurals=2; plural=(n != 1);"
_OVER_ONE = "nplurals=2; plural=(n > 1);"
_SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
_ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
)
_FILIPINO = (
    "nplurals=2; plural=(n != 1 && n != 2 && n != 3 && "
    "(n % 10 == 4 || n % 10 == 6 || n % 10 == 9));"
)

# Tag, English name, autonym (CLDR 48.2; Hmong's from Wikimedia's language data), script,
# Babel locale, plural rule (Weblate's language data 2026.11).
_ROWS = (
    ("en", "English", "English", "Latn", "en", _NOT_ONE),
    ("es", "Spanish", "español", "Latn", "es", _NOT_ONE),
    ("zh-Hant", "Chinese (Traditional)", "繁體中文", "Hant", "zh_Hant", _ONE),
    ("zh-Hans", "Chinese (Simplified)", "简体中文", "Hans", "zh_Hans", _ONE),
    ("vi", "Vietnamese", "Tiếng Việt", "Latn", "vi", _ONE),
    ("tl", "Filipino (Tagalog)", "Filipino", "Latn", "fil_PH", _FILIPINO),
    ("ko", "Korean", "한국어", "Kore", "ko", _ONE),
    ("hy", "Armenian (Eastern)", "հայերեն", "Armn", "hy", _OVER_ONE),
    ("fa", "Persian (Farsi)", "فارسی", "Arab", "fa", _OVER_ONE),
    ("ar", "Arabic", "العربية", "Arab", "ar", _ARABIC),
    ("ru", "Russian", "русский", "Cyrl", "ru", _SLAVIC),
    ("uk", "Ukrainian", "українська", "Cyrl", "uk", _SLAVIC),
    ("pa", "Punjabi (Gurmukhi)", "ਪੰਜਾਬੀ", "Guru", "pa", _OVER_ONE),
    ("hi", "Hindi", "हिन्दी", "Deva", "hi", _OVER_ONE),
    ("ja", "Japanese", "日本語", "Jpan", "ja", _ONE),
    ("km", "Khmer (Cambodian)", "ខ្មែរ", "Khmr", "km", _ONE),
    ("lo", "Lao", "ລາວ", "Laoo", "lo", _ONE),
    ("th", "Thai", "ไทย", "Thai", "th", _ONE),
    # CLDR has no Hmong: dates and numbers print as in English, by decision and not by chance.
    ("hmn", "Hmong", "Hmoob", "Latn", "en", _NOT_ONE),
    ("pt", "Portuguese", "português", "Latn", "pt", _OVER_ONE),
    ("am", "Amharic", "አማርኛ", "Ethi", "am", _OVER_ONE),
    ("ur", "Urdu", "اردو", "Arab", "ur", _NOT_ONE),
)


def _language(tab: int, row: tuple[str, str, str, str, str, str]) -> Language:
    tag, english, autonym, script, babel, plural_forms = row
    body = _BODY.get(tag, _SCRIPTS[script])
    dense = _SCRIPTS["Arab"] if tag == "ur" else body
    return Language(
        tag=tag,
        english=english,
        autonym=autonym,
        script=script,
        direction=body.direction,
        families=body.families,
        line_height=body.line_height,
        size_factor=body.size_factor,
        dense_families=dense.families,
        dense_line_height=dense.line_height,
        # Naskh letters are smaller than Nastaliq's at the same size.
        dense_size_factor=1.1 if tag == "ur" else dense.size_factor,
        breaks=body.breaks,
        babel=babel,
        plural_forms=plural_forms,
        tab=tab,
    )


LANGUAGES: dict[str, Language] = {row[0]: _language(tab, row) for tab, row in enumerate(_ROWS)}
"""The languages, in the order of every list and of the tabs; "mul" is none.

The table's own come first; a project's own, from its po/languages.toml, follow them.
"""

SCRIPTS = tuple(_SCRIPTS)
"""The scripts that the shipped fonts draw."""
TABLED = tuple(LANGUAGES)
"""The languages that need no row in a project's file."""


def like_script(
    tag: str,
    *,
    script: str,
    english: str,
    autonym: str,
    babel: str,
    plural_forms: str,
    families: tuple[str, ...] = (),
) -> Language:
    """Return a language that is set as its script is; its tab follows the table's.

    A script that is not in the table is set as Latin is, but for the families given.
    """
    known = script if script in SCRIPTS else "Latn"
    one = _language(len(TABLED), (tag, english, autonym, known, babel, plural_forms))
    chain = tuple(dict.fromkeys((*families, LATIN))) if families else one.families
    return replace(one, script=script, families=chain, dense_families=chain)


def know(own: Iterable[Language]) -> None:
    """Put a project's own languages after the table's, in place of any project's before."""
    for tag in tuple(LANGUAGES)[len(TABLED) :]:
        del LANGUAGES[tag]
    LANGUAGES.update({one.tag: one for one in own})


def own_languages() -> tuple[Language, ...]:
    """Return the languages that the project brought itself."""
    return tuple(LANGUAGES.values())[len(TABLED) :]
