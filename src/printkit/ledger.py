"""The ledger of orders: which sheets were ordered, when, where and how many; lines are only added.

It is plain text, a JSON object a line, so that it can be read, searched and kept in git without
printkit. Nothing in it is about people.
"""

import datetime
import fcntl
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from printkit.built import Sheet
from printkit.errors import Problem, UserError, quoted
from printkit.placing import uninterrupted

PLACE = "orders/ledger.jsonl"
"""Under the project's folder."""
MOST_BYTES = 500_000_000
_TEXTS = ("shop", "version", "code", "sha256", "piece", "language", "region", "edition")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Copies of one sheet for one region, ordered once."""

    on: datetime.date
    """The day of the order, as it was given; never the clock's."""
    shop: str
    version: str
    """Of the run that the sheet is from."""
    code: str
    """At the sheet's foot."""
    sha256: str
    """Of the sheet's file."""
    piece: str
    language: str
    region: str
    edition: str
    copies: int
    """With lots and spares; fewer than none where an order was taken back."""
    price: Decimal | None = None
    """Of all these copies; None where nobody knows it."""
    currency: str = "USD"
    """Of the price."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """What the sheet was made of, for when its build is gone."""

    @property
    def once(self) -> tuple[object, ...]:
        """What two entries have in common where the same order was written down twice."""
        return self.on, self.shop, self.code, self.sha256, self.region, self.edition, self.copies


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What was read of a ledger."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    """Lines that can't be read, such as one that a full disk cut off; they stay as they are."""


def ordered_sheet(
    sheet: Sheet, *, on: datetime.date, shop: str, copies: int | None = None
) -> Entry:
    """Return the entry for a sheet of a build; `copies` where they are not those ordered."""
    return Entry(
        on=on,
        shop=shop,
        version=sheet.version,
        code=sheet.digest,
        sha256=sheet.sha256,
        piece=sheet.piece,
        language=sheet.language,
        region=sheet.region,
        edition=sheet.edition,
        copies=sheet.copies if copies is None else copies,
        parts=sheet.parts,
    )


def load_ledger(path: Path) -> Ledger:
    """Return what a ledger holds, none where there is no file; raise UserError where no file is."""
    if not path.exists():
        return Ledger(entries=(), problems=())
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        what = f"{quoted(path, 200)} is no ledger."
        raise UserError(Problem(what=what, fix="Move it away; orders are written down there."))
    return _read(path.read_bytes(), path.name)


def append(path: Path, entries: Sequence[Entry], *, again: bool = False) -> None:
    """Add entries at the end: all of them, or none, whoever else writes at the same time.

    Raises UserError where some are there already, unless they were ordered `again`. A last line
    that was cut off is kept, and ended first.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # given up when the file is closed, even by a crash
        size = os.fstat(handle).st_size
        before = os.pread(handle, size, 0) if size else b""
        if not again:
            _refuse_twice(_read(before, path.name), entries)
        text = "".join(as_line(entry) + "\n" for entry in entries)
        cut_off = bool(before) and not before.endswith(b"\n")
        with uninterrupted():
            _write(handle, b"\n" * cut_off + text.encode(), size)
    finally:
        os.close(handle)


def as_line(entry: Entry) -> str:
    """Return an entry as its line, without the line's end; the same text for the same entry."""
    told: dict[str, Any] = {"on": entry.on.isoformat(), "shop": entry.shop}
    told |= {name: getattr(entry, name) for name in _TEXTS[1:]}
    told["copies"] = entry.copies
    if entry.price is not None:
        told |= {"price": str(entry.price), "currency": entry.currency}
    if entry.parts:
        told["parts"] = dict(sorted(entry.parts.items()))
    return json.dumps(told, ensure_ascii=True)  # line ends of other scripts end no line of ours


def _write(handle: int, data: bytes, size: int) -> None:
    """Write bytes at the end; where the disk has no room for all of them, leave none."""
    try:
        while data:
            data = data[os.write(handle, data) :]
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, size)
        raise


def _refuse_twice(ledger: Ledger, entries: Iterable[Entry]) -> None:
    known = {entry.once for entry in ledger.entries}
    twice = [entry for entry in entries if entry.once in known]
    if twice:
        first = twice[0]
        what = f"{len(twice):,} of these orders {'is' if len(twice) == 1 else 'are'} in the ledger"
        raise UserError(
            Problem(
                what=f"{what} already, such as {first.copies:,} copies of {first.code} at"
                f" {quoted(first.shop)} on {first.on.isoformat()}.",
                fix="If they were ordered a second time, add --again.",
            )
        )


def _read(data: bytes, file: str) -> Ledger:
    entries, problems = [], []
    lines = data.split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        entry = _entry(line)
        if entry is None:
            cut_off = number == len(lines)
            what = "The last line was cut off" if cut_off else "This line is no entry"
            fix = "It is kept, and not counted; add what was ordered again, if it is missing."
            problems.append(Problem(what=f"{what}.", fix=fix, file=file, line=number))
        else:
            entries.append(entry)
    return Ledger(entries=tuple(entries), problems=tuple(problems))


def _entry(line: bytes) -> Entry | None:
    """Return a line's entry, or None where it is none."""
    try:
        told = json.loads(line)
        texts = {name: told[name] for name in _TEXTS}
        copies, parts = told["copies"], told.get("parts", {})
        day = datetime.date.fromisoformat(told["on"])
        price = Decimal(told["price"]) if "price" in told else None
        whole = all(isinstance(one, str) and one.isprintable() for one in texts.values())
        if not whole or type(copies) is not int or abs(copies) >= 10**12:
            return None
        if price is not None and not (price.is_finite() and abs(price) < 10**12):
            return None
        currency = str(told.get("currency", "USD"))
        known = {str(name): one for name, one in parts.items() if isinstance(one, str)}
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation, RecursionError):
        return None
    return Entry(**texts, on=day, copies=copies, price=price, currency=currency, parts=known)
