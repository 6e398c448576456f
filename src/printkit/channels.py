"""A company's channels: post, web, e-mail and phone, each with its source, day and grade."""

import re
from dataclasses import dataclass
from datetime import date

from printkit.errors import listed, quoted
from printkit.reading import Table
from printkit.states import STATES, states_of_zip

GRADES = ("A", "B+", "B", "C", "D")
"""A: the company names it for privacy requests, this year. B+: it did so, longer ago. B: registered
with the state, not said to be for requests. C: old or unconfirmed. D: no letter would arrive."""
MAILED = ("A", "B+", "B")
"""Grades at which an address gets a letter."""
UNCONFIRMED = ("B+", "B")
"""Grades at which somebody must confirm an address before a release."""
MOST_LINES = 4
MOST_LETTERS = 48
"""Of 9 pt Noto Sans in 3.25 inches, which is what shows in a window envelope."""
CITY = re.compile(r"([A-Z][A-Za-z.' -]+), ([A-Z]{2}) ([0-9]{5})(-[0-9]{4})?")
FORMS = {
    "web": ("url", r"https://[^\s\"<>#;,]+(#[\w-]+)?", "one address, with https://"),
    "email": (
        "address",
        r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}",
        'one e-mail address, such as "privacy@company.com"',
    ),
    "phone": (
        "number",
        r"1-[2-9][0-9]{2}-[2-9][0-9]{2}-[0-9]{4}",
        'one number, such as "1-800-555-0100"',
    ),
}
"""Of each channel of one line: its key, its pattern, and that in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """That somebody asked the company, and was told that the address is right."""

    by: str
    """A handle; it is never printed."""
    on: date
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way to a company."""

    kind: str
    """post, web, email or phone."""
    lines: tuple[str, ...]
    """As an envelope shows them; of anything but post, one."""
    source: str
    as_of: date
    grade: str
    """One of GRADES."""
    confirmed: Confirmation | None
    note: str
    """What kind of address it is, in words; it is never printed."""
    file: str
    line: int

    @property
    def checked(self) -> date:
        """The day it was last known to be right."""
        return max(self.as_of, self.confirmed.on) if self.confirmed else self.as_of

    def age(self, day: date) -> int:
        """Return how many days ago it was last known to be right."""
        return (day - self.checked).days

    @property
    def is_unconfirmed(self) -> bool:
        """Whether somebody must ask the company before it is printed for good."""
        return self.kind == "post" and self.grade in UNCONFIRMED and self.confirmed is None


def read_channel(table: Table, kind: str) -> Channel | None:
    """Return a company's channel of one kind, or None where its file has none."""
    if kind not in table:
        return None
    row = table.table(kind)
    lines = _post_lines(row) if kind == "post" else _one_line(row, kind)
    channel = Channel(
        kind=kind,
        lines=lines,
        source=row.text("source"),
        as_of=row.date("as_of"),
        grade=row.choice("grade", GRADES),
        confirmed=_confirmation(row),
        note=row.text("kind", ""),
        file=row.file,
        line=row.line,
    )
    if kind == "post" and channel.grade not in MAILED:
        row.problem(
            f"An address graded {channel.grade} gets no letter.",
            "Take [post] out, and tell in note where it stands.",
            "grade",
        )
    return channel


def _confirmation(row: Table) -> Confirmation | None:
    if "confirmed" not in row:
        return None
    told = row.table("confirmed")
    return Confirmation(by=told.text("by"), on=told.date("on"), how=told.text("how"))


def _one_line(row: Table, kind: str) -> tuple[str, ...]:
    key, pattern, form = FORMS[kind]
    return (row.text(key, pattern=pattern, form=form),)


def _post_lines(row: Table) -> tuple[str, ...]:
    """Return an address as it stands on an envelope, each fault in it told."""
    before = len(row.problems)
    lines = row.texts("lines")
    if len(row.problems) > before:
        return lines
    if not 3 <= len(lines) <= MOST_LINES:
        row.problem(
            f"lines: an address of {len(lines)} lines.",
            f"Write 3 to {MOST_LINES}: the company first, the city last.",
            "lines",
        )
    for line in lines:
        if len(line) > MOST_LETTERS:
            row.problem(
                f"lines: {quoted(line)} has {len(line)} letters; a window envelope shows "
                f"{MOST_LETTERS}.",
                "Shorten it, or put a part of it in the line below.",
                "lines",
            )
        elif not line.isascii() or line != line.strip():
            row.problem(
                f"lines: {quoted(line)} has letters or spaces that a sorting machine can't read.",
                "Write plain Western letters, and no space around them.",
                "lines",
            )
    _check_city(row, lines[-1] if lines else "")
    return lines


def _check_city(row: Table, line: str) -> None:
    """Hold the last line of an address to its form, and its ZIP code to its state."""
    match = CITY.fullmatch(line)
    if match is None:
        row.problem(
            f"lines: {quoted(line)} is not a city, a state and a ZIP code.",
            'Write the last line as "Los Angeles, CA 90012".',
            "lines",
        )
        return
    state, zip_code = match[2], match[3]
    if state not in STATES:
        row.problem(
            f"lines: {quoted(state)} is no state's two letters.",
            'Write them as in "Los Angeles, CA 90012".',
            "lines",
        )
    elif state not in states_of_zip(zip_code):
        there = states_of_zip(zip_code)
        place = f"not in {state} but in {listed(there)}" if there else "in no state"
        row.problem(
            f"lines: the ZIP code {zip_code} is {place}.",
            "Look the address up again; without a right one, take [post] out.",
            "lines",
        )
