"""The operators of a content stream, with their operands as Python values, read fast."""

import re
from binascii import unhexlify
from collections.abc import Iterator
from typing import Any

Operation = tuple[bytes, list[Any]]
"""An operator and its operands: numbers, names (str), strings (bytes), lists, dicts, None."""

MOST_OPERATIONS = 1_000_000
"""In one stream; what follows is not read."""
_MOST_OPERANDS = 4_096
_DEEPEST = 40

_WHITE = rb"[\x00\t\n\x0c\r ]"
_PLAIN = re.compile(
    _WHITE
    + rb"*+((?:[-+]?[0-9.]+"
    + _WHITE
    + rb"++)*+)([A-Za-z'\"][A-Za-z0-9*]{0,2})(?=[\x00\t\n\x0c\r /\[<(]|$)"
)
"""An operator whose operands are numbers alone: nearly all of them."""
_SHOWN = re.compile(
    _WHITE
    + rb"*+\[((?:<(?:[0-9A-Fa-f]{2})*+>|[-+]?[0-9]++(?:\.[0-9]*+)?+|"
    + _WHITE
    + rb"++)*+)\]"
    + _WHITE
    + rb"*+TJ\b"
)
"""A line of text in hexadecimal codes, as most programs write it."""
_CODES = re.compile(rb"<([^>]*)>")
_TOKEN = re.compile(
    _WHITE + rb"*+(?:"
    rb"([-+]*[0-9]*\.?[0-9]+(?:\.(?![0-9]))?|[-+]*[0-9]+\.)(?=[^0-9A-Za-z.]|$)"  # 1: a number
    rb"|/([^\x00\t\n\x0c\r ()<>\[\]{}/%]*)"  # 2: a name
    rb"|<([0-9A-Fa-f\x00\t\n\x0c\r ]*)>"  # 3: codes
    rb"|(\()"  # 4: a string begins
    rb"|(\[|<<)|(\]|>>)"  # 5, 6: a list or dictionary begins, ends
    rb"|%[^\r\n]*()"  # 7: a remark
    rb"|([^\x00\t\n\x0c\r ()<>\[\]{}/%]+)"  # 8: an operator, or a number badly written
    rb"|([\x21-\xff]))"  # 9: anything else
)
_IN_STRING = re.compile(rb"[()\\]")
_ENDS_IMAGE = re.compile(rb"[\x00\t\n\x0c\r ]EI(?=[\x00\t\n\x0c\r ]|$)")
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|[\x00-\xff])")
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_WORDS: dict[bytes, Any] = {b"true": True, b"false": False, b"null": None}
_ENDS = {b"[": b"]", b"<<": b">>"}
_NOTHING = object()


def operations(data: bytes) -> Iterator[Operation]:
    """Yield the operations of a content stream; what is no operation is passed over.

    An inline image is ("BI", [its dictionary, its bytes]). Of a TJ in hexadecimal codes the
    strings come as one, and the moves behind it: where on the line each stood is not kept.
    """
    at, end, count = 0, len(data), 0
    plain, shown = _PLAIN.match, _SHOWN.match
    while at < end and count < MOST_OPERATIONS:
        count += 1
        if (match := plain(data, at)) is not None and match[2] not in _WORDS:
            at = match.end()
            if match[2] == b"BI":
                image, at = _inline_image(data, at)
                yield b"BI", image
                continue
            numbers = match[1].split()
            try:
                yield match[2], [float(number) for number in numbers]
            except ValueError:
                yield match[2], [_number(number) for number in numbers]
        elif (match := shown(data, at)) is not None:
            at = match.end()
            yield b"TJ", [_parts(match[1])]
        else:
            operator, operands, at = _any_operation(data, at)
            if operator == b"BI":
                operands, at = _inline_image(data, at)
            if operator:
                yield operator, operands


def _parts(text: bytes) -> list[Any]:
    """Return all codes of a line of text as one string, and the moves between them behind it."""
    moves = _CODES.sub(b" ", text).split()
    return [unhexlify(b"".join(_CODES.findall(text))), *map(float, moves)]


def _any_operation(data: bytes, at: int) -> tuple[bytes, list[Any], int]:
    """Read one operation of whatever operands; the operator is empty at the end."""
    operands: list[Any] = []
    while (match := _TOKEN.match(data, at)) is not None:
        at = match.end()
        if match.lastindex == 8 and match[8] not in _WORDS:
            if (number := _bad_number(match[8])) is None:
                return match[8], operands, at
            operands.append(number)
            continue
        value, at = _value(data, match, 0)
        if value is not _NOTHING:
            operands.append(value)
        if len(operands) > _MOST_OPERANDS:
            operands.clear()
    return b"", operands, len(data)


def _value(data: bytes, match: "re.Match[bytes]", depth: int) -> tuple[Any, int]:
    """Return the value that a token is or begins, and where it ends."""
    at = match.end()
    kind = match.lastindex
    if kind == 1:
        return _number(match[1]), at
    if kind == 2:
        return _name(match[2]), at
    if kind == 3:
        return _codes(match[3]), at
    if kind == 4:
        return _string(data, at)
    if kind == 5:
        return _collection(data, at, match[5], depth + 1)
    if kind == 8:
        return _WORDS.get(match[8], _NOTHING), at
    return _NOTHING, at


def _collection(data: bytes, at: int, begin: bytes, depth: int) -> tuple[Any, int]:
    """Read a list or a dictionary, up to its end."""
    values: list[Any] = []
    while (match := _TOKEN.match(data, at)) is not None:
        at = match.end()
        if match.lastindex == 6:
            if match[6] == _ENDS[begin] or depth > _DEEPEST:
                break
            continue
        if depth > _DEEPEST and match.lastindex == 5:
            continue
        value, at = _value(data, match, depth)
        if value is not _NOTHING:
            values.append(value)
    if begin == b"[":
        return values, at
    pairs = zip(values[::2], values[1::2], strict=False)
    return {key: value for key, value in pairs if isinstance(key, str)}, at


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    """Read a string in parentheses from behind the first of them."""
    start, open_, escaped = at, 1, False
    while (match := _IN_STRING.search(data, at)) is not None:
        at = match.end()
        mark = match[0]
        if mark == b"\\":
            at, escaped = at + 1, True
            continue
        open_ += 1 if mark == b"(" else -1
        if not open_:
            text = data[start : at - 1]
            return (_ESCAPED.sub(_unescaped, text) if escaped else text), at
    return data[start:], len(data)


def _unescaped(match: "re.Match[bytes]") -> bytes:
    mark: bytes = match[1]
    if mark.isdigit():
        return bytes([int(mark, 8) & 255])
    return b"" if mark in (b"\n", b"\r", b"\r\n") else _LETTERS.get(mark, mark)


def _inline_image(data: bytes, at: int) -> tuple[list[Any], int]:
    """Read an inline image from behind its BI: its dictionary, its bytes, and the end."""
    values: list[Any] = []
    while (match := _TOKEN.match(data, at)) is not None:
        at = match.end()
        if match.lastindex == 8 and match[8] == b"ID":
            break
        value, at = _value(data, match, 0)
        if value is not _NOTHING and len(values) < _MOST_OPERANDS:
            values.append(value)
    begin = at + 1
    pairs = zip(values[::2], values[1::2], strict=False)
    named = {key: value for key, value in pairs if isinstance(key, str)}
    for end in _ENDS_IMAGE.finditer(data, at):
        after = data[end.end() : end.end() + 12]
        if all(byte in b"\t\n\r\x0c" or 32 <= byte < 127 for byte in after):
            return [named, data[begin : end.start()]], end.end()
    return [named, data[begin:]], len(data)


def _number(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return _bad_number(text) or 0.0


def _bad_number(text: bytes) -> float | None:
    """Return what readers make of a number that is badly written, such as --5 or 1.2.3."""
    if not text[:1] or text[:1] not in b"+-.0123456789":
        return None
    match = re.match(rb"[-+]*([0-9]*\.?[0-9]*)", text)
    if match is None or not match[1].strip(b"."):
        return 0.0 if not text.strip(b"+-.") else None
    return -float(match[1]) if text.startswith(b"-") else float(match[1])


def _codes(text: bytes) -> bytes:
    digits = text.translate(None, b"\x00\t\n\x0c\r ")
    return unhexlify(digits + b"0" if len(digits) % 2 else digits)


def _name(text: bytes) -> str:
    if b"#" in text:
        text = _HEX_IN_NAME.sub(lambda match: bytes([int(match[1], 16)]), text)
    return "/" + text.decode("utf-8", "replace")
