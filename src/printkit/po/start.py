"""Begin a language: its row from CLDR and from what is given, and its catalog from the POT."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from printkit.errors import Problem, Problems, UserError, listed, quoted
from printkit.language_file import FILE, TAG, TAG_FORM, fonts_missing, read_languages
from printkit.languages import LANGUAGES, SCRIPTS, TABLED, Language, like_script
from printkit.plurals import WrongPlural, parse_plural
from printkit.po.cldr import RIGHT_TO_LEFT, Known, known
from printkit.po.merge import merge

NOT_ONE = "nplurals=2; plural=(n != 1);"
"""The plural rule where nobody knows one: as in English."""
HEAD = """\
# Languages of this project that printkit's own table lacks, one below the other: a catalog
# po/TAG.po and the tag in campaign.toml belong to each. `printkit po new TAG` writes here.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person says of a language, over what CLDR knows."""

    autonym: str | None = None
    english: str | None = None
    script: str | None = None
    direction: str | None = None
    font: str | None = None
    plural_forms: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A language that was begun, and is not written yet."""

    language: Language
    catalog: str
    """The text of its PO file."""
    languages: str | None
    """The text of po/languages.toml with its row; None where it needs none."""
    told: tuple[str, ...]
    """What a person should know of the row, as sentences."""


def start(tag: str, given: Given, *, root: Path, pot: str) -> Started:
    """Return a new language of a project; raise UserError with all that is not known of it."""
    _refuse_tag(tag, root)
    problems = Problems()
    own = read_languages(root, problems=problems)
    problems.raise_if_any()
    told: list[str] = []
    text = None
    language = own.get(tag) or (LANGUAGES[tag] if tag in TABLED else None)
    if language is None:
        language = _language(tag, given, known(tag), root)
        told = _told(language, given, known(tag))
        path = root / FILE
        before = path.read_text(encoding="utf-8-sig") if path.exists() else HEAD
        text = f"{before.rstrip()}\n\n{_row(language)}"
    else:
        _refuse_options(tag, given, own)
    catalog = merge(pot, _header(language, pot))
    return Started(language=language, catalog=catalog, languages=text, told=tuple(told))


def _refuse_tag(tag: str, root: Path) -> None:
    """Refuse what can't be the name of a new catalog; the tag becomes part of a file's name."""
    if re.fullmatch(TAG, tag) is None:
        what, fix = f"{quoted(tag)} is no language's tag.", f"Write {TAG_FORM}."
    elif tag == "en":
        what = "English is the source and has no catalog."
        fix = "Name the language to translate into."
    elif (root / "po" / f"{tag}.po").exists():
        what = f"po/{tag}.po is there already, and stays as it is."
        fix = "Bring it up to date with printkit po update."
    else:
        return
    raise UserError(Problem(what=what, fix=fix))


def _refuse_options(tag: str, given: Given, own: Mapping[str, Language]) -> None:
    if any(getattr(given, one.name) for one in fields(given)):
        where = FILE if tag in own else "printkit's own table"
        what = f"{where} says already what {tag} is."
        fix = f"Leave the options out{', or change its row there' if tag in own else ''}."
        raise UserError(Problem(what=what, fix=fix))


def _language(tag: str, given: Given, cldr: Known, root: Path) -> Language:
    """Return the language's row, or raise UserError with everything that must be given."""
    problems = Problems()
    script = given.script or cldr.script
    words = {"autonym": given.autonym or cldr.autonym, "english": given.english or cldr.english}
    for name, value in words.items():
        if not value:
            what = "own name" if name == "autonym" else "English name"
            problems.add(f"CLDR has no {what} for {tag}.", f'Give it: --{name} "…".')
    if script is None:
        problems.add(f"CLDR does not know the script of {tag}.", 'Give it: --script "Latn".')
    elif script not in SCRIPTS and given.font is None:
        problems.add(
            f"No font in fonts/ draws the script {quoted(script)}.",
            f'Add one (fonts/README.md) and give it: --font "Noto Sans …"; '
            f"or give another script: --script, {listed(SCRIPTS)}.",
        )
    for family in fonts_missing(root, (given.font,) if given.font else ()):
        problems.add(f"fonts/ has no {quoted(family)}.", "Add its Regular and its Bold there.")
    direction = given.direction or ("rtl" if script in RIGHT_TO_LEFT else "ltr")
    if direction not in ("ltr", "rtl"):
        problems.add(f"{quoted(direction)} is no direction.", "Give ltr or rtl.")
    plural_forms = _plural_forms(given, cldr, problems)
    problems.raise_if_any()
    row = like_script(
        tag,
        script=script or "Latn",
        english=words["english"] or "",
        autonym=words["autonym"] or "",
        babel=cldr.locale or "en",
        plural_forms=plural_forms,
        families=(given.font,) if given.font else (),
    )
    return replace(row, direction="rtl" if direction == "rtl" else "ltr")


def _plural_forms(given: Given, cldr: Known, problems: Problems) -> str:
    plural_forms = given.plural_forms or cldr.plural_forms or NOT_ONE
    try:
        parse_plural(plural_forms)
    except WrongPlural as wrong:
        problems.add(str(wrong), f'Write it so: --plural "{NOT_ONE}".')
    return plural_forms


def _told(language: Language, given: Given, cldr: Known) -> list[str]:
    told = []
    if cldr.locale is None:
        told.append(
            f"CLDR has no dates and numbers of {language.english}: they print as in English."
        )
    if given.plural_forms is None and cldr.plural_forms is None:
        told.append(
            f"Nobody knows a plural rule of {language.english} here: the catalog has English's. "
            "Change Plural-Forms in both files if it has another."
        )
    return told


def _row(language: Language) -> str:
    """Return the language's lines of po/languages.toml."""
    lines = [
        f"[{language.tag}]",
        f"english = {_toml(language.english)}",
        f"autonym = {_toml(language.autonym)}",
        f"script = {_toml(language.script)}",
        f"direction = {_toml(language.direction)}",
        f"babel = {_toml(language.babel)}",
        f"plural_forms = {_toml(language.plural_forms)}",
        f"fonts = [{', '.join(map(_toml, language.families))}]",
        f"line_height = {language.line_height}",
    ]
    return "\n".join(lines) + "\n"


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _header(language: Language, pot: str) -> str:
    """Return the first entry of a catalog; what it says of the project, the POT says."""
    said = dict(re.findall(r'^"([\w-]+): (.*)\\n"$', pot.split("\n\n")[0], re.MULTILINE))
    project = said.get("Project-Id-Version", "")
    name = re.sub(r" \S+$", "", project)
    values = {
        "Project-Id-Version": project,
        "Report-Msgid-Bugs-To": said.get("Report-Msgid-Bugs-To", ""),
        "POT-Creation-Date": said.get("POT-Creation-Date", ""),
        "PO-Revision-Date": said.get("POT-Creation-Date", ""),
        "Last-Translator": "",
        "Language-Team": language.english,
        "Language": language.tag.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": language.plural_forms,
    }
    lines = [f'"{field}: {value}\\n"' for field, value in values.items()]
    comments = (
        f"# {name}, in {language.english}.",
        "# Draft: no native reader has signed it off (po/signoffs.toml).",
    )
    return "\n".join((*comments, 'msgid ""', 'msgstr ""', *lines)) + "\n"
