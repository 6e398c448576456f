"""The cells of people.csv: what each may hold, how it prints, and what must never be asked."""

import datetime
import re
from collections.abc import Callable, Mapping

from printkit.states import STATES

LONGEST = 120
"""Characters: twice what the longest line of a letter holds."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SECRET = re.compile(r"(?<![0-9-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9-])|\bA[ #-]{0,2}[0-9]{8,9}\b")
"""How Social Security numbers and A-numbers look."""
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"\+?[0-9(][0-9 ().\-–/]{5,24}( ?(x|ext\.?) ?[0-9]{1,6})?")
_PLATE = re.compile(r"[A-Z0-9][A-Z0-9 ·.,()-]{0,15}")
"""With its state, which may stand before or after it."""
_ADVERTISING_ID = re.compile("[0-9A-F]{8}(-?[0-9A-F]{4}){3}-?[0-9A-F]{12}")

_NUMBERS = "A company finds its records without it, and would learn it from the letter."
_BIRTH = "A company finds its records by names and addresses, and would learn it from the letter."
_STATUS = "It is nobody's business, finds no record, and is dangerous on paper."
_KINDS = (
    (
        _NUMBERS,
        "ssn ss social socialsecurity socialsecuritynumber socialsecurityno ssnumber ssno itin tin"
        " taxid taxpayerid segurosocial numerodesegurosocial nss",
    ),
    (
        _NUMBERS,
        "license licence licensenumber licencenumber licenseno driverlicense driverslicense"
        " driverlicence driverslicence driverlicensenumber driverslicensenumber driverid dl"
        " dlnumber dlno stateid stateidnumber idnumber idno idcard realid passport passportnumber"
        " passportno licencia licenciadeconducir licenciademanejo pasaporte matriculaconsular",
    ),
    (
        _STATUS,
        "anumber ano anum alien aliennumber alienno alienid alienregistrationnumber uscis"
        " uscisnumber uscisno numeroa numerodeextranjero receiptnumber",
    ),
    (
        _BIRTH,
        "dob dateofbirth birthdate birthday birth born yearofbirth birthyear age"
        " fechadenacimiento nacimiento edad",
    ),
    (
        _STATUS,
        "countryofbirth birthcountry placeofbirth birthplace countryoforigin"
        " nationality citizenship citizen paisdenacimiento lugardenacimiento nacionalidad"
        " ciudadania",
    ),
    (
        _STATUS,
        "immigrationstatus immigration immigrant migrationstatus status legalstatus visa visatype"
        " visastatus visanumber greencard residency daca tps asylum undocumented"
        " estatusmigratorio estadomigratorio estatus",
    ),
)
NEVER: Mapping[str, str] = {name: reason for reason, names in _KINDS for name in names.split()}
"""Columns that no letter may carry, by their letters alone, and why."""


class WrongCell(Exception):
    """A cell that can't be printed, in words that do not repeat it."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what, fix)
        self.what, self.fix = what, fix


def hidden(name: str) -> str:
    """Return the name of a column without what a spreadsheet leaves in it unseen."""
    return "".join(letter for letter in name if letter.isprintable()).replace(" ", "_")


def printed(found: Mapping[str, str], past: int) -> dict[str, str]:
    """Return cells by the names of blanks: city, state and ZIP share a line.

    WrongCell where a ZIP code lies in another state.
    """
    values = dict(found)
    for prefix, suffix in (("", ""), *(("past_", f"_{number}") for number in range(1, past + 1))):
        city, state, code = (
            values.pop(f"{prefix}{part}{suffix}", "") for part in ("city", "state", "zip")
        )
        if state and code and not _lies_in(code, state):
            what = f"{prefix}zip{suffix}: This ZIP code lies in another state."
            raise WrongCell(what, "Correct the state or the ZIP code.")
        end = f"{state} {code}".strip()
        if line := ", ".join(part for part in (city, end) if part):
            values[f"{prefix}city{suffix}"] = line
    return values


def printed_day(text: str, as_of: datetime.date, latest: int) -> str:
    """Return a day as letters in English write it; none before the campaign's day, or far off."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        raise WrongCell("This is not a day.", "Write year-month-day, such as 2026-12-01.")
    if not as_of <= day <= as_of + datetime.timedelta(days=latest):
        what = "The day lies in the past." if day < as_of else "The day lies more than a year off."
        raise WrongCell(what, "Write the day on which the letters are signed, or leave it blank.")
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _lies_in(code: str, state: str) -> bool:
    prefix = int(code[:3])
    return any(first <= prefix <= last for first, last in STATES[state].zips)


Lacks = Callable[[str], str]


def _words(text: str, lacks: Lacks) -> str:
    if len(text) > LONGEST:
        raise WrongCell(f"This is longer than {LONGEST} characters.", "Write it shorter.")
    if _SECRET.search(text):
        what = "This looks like a Social Security number or an A-number."
        raise WrongCell(what, "Take it out: no letter may carry one.")
    if not text.isprintable():
        raise WrongCell("This holds a character that cannot be seen.", "Type it again.")
    if lacks(text):
        what = "This holds letters that are not Latin."
        raise WrongCell(what, "Write it in Latin letters, as on a letter or a bill.")
    return text


def _name(text: str, lacks: Lacks) -> str:
    try:
        return _words(text, lacks)
    except WrongCell as error:
        fix = error.fix.replace("Write it in", "Write the name in")
        raise WrongCell(error.what, fix) from None


def _state(text: str, lacks: Lacks) -> str:
    if text.upper() not in STATES:
        raise WrongCell("This is not a state.", "Write its two letters, such as CA.")
    return text.upper()


def _zip(text: str, lacks: Lacks) -> str:
    if re.fullmatch("[0-9]{5}(-[0-9]{4})?", text) is None:
        fix = "Write five digits; a spreadsheet drops a 0 at the beginning unless the cell is text."
        raise WrongCell("This is not a ZIP code.", fix)
    return text


def _email(text: str, lacks: Lacks) -> str:
    if _EMAIL.fullmatch(text) is None:
        raise WrongCell("This is not an e-mail address.", "Write one, or leave the cell blank.")
    return _words(text, lacks)


def _phone(text: str, lacks: Lacks) -> str:
    if _PHONE.fullmatch(text) is None:
        fix = "Write one number, such as 410-555-0100, or leave the cell blank."
        raise WrongCell("This is not a phone number.", fix)
    return _words(text, lacks)


def _plate(text: str, lacks: Lacks) -> str:
    if _PLATE.fullmatch(text.upper()) is None:
        fix = "Write its letters and digits and its state, or leave the cell blank."
        raise WrongCell("This is not a license plate.", fix)
    return text.upper()


def _advertising_id(text: str, lacks: Lacks) -> str:
    if _ADVERTISING_ID.fullmatch(text.upper()) is None:
        fix = "Write it as the phone shows it: 32 digits and letters a to f, or leave it blank."
        raise WrongCell("This is not an advertising ID.", fix)
    return text


CELLS: Mapping[str, Callable[[str, Lacks], str]] = {
    "name": _name,
    "other_names": _name,
    "street": _words,
    "city": _words,
    "state": _state,
    "zip": _zip,
    "email": _email,
    "phone": _phone,
    "plate": _plate,
    "advertising_id": _advertising_id,
}
"""From a cell's text to what is printed, by the column; WrongCell where it can't be."""
