"""What CLDR knows of a language, by Babel: its names, script, direction and plural rule."""

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.messages.plurals import PLURALS
from babel.plural import PluralRule, to_gettext

from printkit.languages import LANGUAGES, TABLED
from printkit.plurals import TRIED, WrongPlural, parse_plural

SCRIPT_NAMES = {"Hani": "Hant", "Hira": "Jpan", "Kana": "Jpan", "Hang": "Kore"}
"""Scripts by the name under which the table has their fonts."""
RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Syrc", "Thaa"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What CLDR knows; None for what it does not."""

    english: str | None
    autonym: str | None
    script: str | None
    locale: str | None
    """What Babel calls it, if it has dates and numbers of it and not a neighbour's."""
    plural_forms: str | None


def known(tag: str) -> Known:
    """Return what CLDR knows of a language by its BCP 47 tag."""
    locale = _locale(tag)
    names = Locale("en")
    base = tag.split("-")[0]
    if locale is None:
        return Known(
            english=names.languages.get(base) if base == tag else None,
            autonym=None,
            script=_script(tag),
            locale=None,
            plural_forms=None,
        )
    return Known(
        english=locale.get_display_name("en"),
        autonym=_own_name(tag, locale),
        script=_script(tag),
        locale=str(locale),
        plural_forms=_plural_forms(locale),
    )


def _locale(tag: str) -> Locale | None:
    try:
        found = Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
    return found if found.language == tag.split("-")[0] else None


def _own_name(tag: str, locale: Locale) -> str | None:
    own: dict[str, str] = dict(locale.languages)
    return own.get(tag.replace("-", "_")) or own.get(locale.language)


def _script(tag: str) -> str | None:
    likely = get_global("likely_subtags")
    for part in tag.split("-")[1:]:
        if len(part) == 4:
            return SCRIPT_NAMES.get(part, part)
    whole: str | None = likely.get(tag.replace("-", "_")) or likely.get(tag.split("-")[0])
    if whole is None:
        return None
    script = whole.split("_")[1]
    return SCRIPT_NAMES.get(script, script)


def _plural_forms(locale: Locale) -> str | None:
    """Return the rule as gettext's translators write it, or as CLDR has it for whole numbers."""
    usual = PLURALS.get(str(locale)) or PLURALS.get(locale.language)
    if usual is not None:
        return _as_written_here(f"nplurals={usual[0]}; plural={usual[1]};")
    rules = dict(locale.plural_form.rules)
    for left_out in ((), ("many",)):
        # French and its like have a form for whole millions, which no catalog has.
        kept = {name: rule for name, rule in rules.items() if name not in left_out}
        found = _as_written_here(to_gettext(PluralRule(kept)))
        if found is not None:
            return found
    return None


def _as_written_here(header: str) -> str | None:
    """Return a rule as a language of the table has it, where one does the same; None if wrong."""
    try:
        rule = parse_plural(header)
    except WrongPlural:
        return None
    forms = [rule.index(n) for n in TRIED]
    for tag in TABLED:
        other = parse_plural(LANGUAGES[tag].plural_forms)
        if other.forms == rule.forms and [other.index(n) for n in TRIED] == forms:
            return LANGUAGES[tag].plural_forms
    return header
