"""Whether two PDFs hold the same objects, whatever their numbers and however they are packed."""

from typing import Any

import pikepdf

_TOLD_BY_STREAMS = {"/Length", "/Filter", "/DecodeParms"}
_TOLD_BY_FILES = {"/Size", "/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms", "/ID"}
"""What a table that is a stream says of itself in the trailer; and the file's own name."""


def differences(one: pikepdf.Pdf, other: pikepdf.Pdf) -> list[str]:
    """Return where two PDFs differ, walking both from their trailers."""
    found: list[str] = []
    seen: dict[tuple[int, int], tuple[int, int]] = {}
    back: dict[tuple[int, int], tuple[int, int]] = {}
    waiting: list[tuple[str, Any, Any]] = [("", one.trailer, other.trailer)]
    while waiting:
        path, left, right = waiting.pop()
        pair = _numbers(left), _numbers(right)
        if pair != ((0, 0), (0, 0)):
            if seen.get(pair[0]) == pair[1]:
                continue
            if pair[0] in seen or pair[1] in back or (0, 0) in pair:
                found.append(f"{path}: not the same object as elsewhere")
                continue
            seen[pair[0]], back[pair[1]] = pair[1], pair[0]
        waiting += _compared(path, left, right, found)
    return found


def _numbers(value: Any) -> tuple[int, int]:
    return value.objgen if isinstance(value, pikepdf.Object) else (0, 0)


def _compared(path: str, left: Any, right: Any, found: list[str]) -> list[tuple[str, Any, Any]]:
    """Note where two values differ in themselves; return the pairs of what is in them."""
    if type(left) is not type(right) or _kind(left) != _kind(right):
        found.append(f"{path}: {left!r} is not {right!r}")
        return []
    if isinstance(left, pikepdf.Dictionary | pikepdf.Stream):
        return _entries(path, left, right, found)
    if isinstance(left, pikepdf.Array):
        if len(left) != len(right):
            found.append(f"{path}: {len(left)} and {len(right)} items")
        items = zip(left.as_list(), right.as_list(), strict=False)
        return [(f"{path}[{number}]", *pair) for number, pair in enumerate(items)]
    if isinstance(left, pikepdf.String):
        left, right = bytes(left), bytes(right)
    if left != right:
        found.append(f"{path}: {left!r} is not {right!r}")
    return []


def _kind(value: Any) -> str:
    return str(value._type_code) if isinstance(value, pikepdf.Object) else ""


def _entries(path: str, left: Any, right: Any, found: list[str]) -> list[tuple[str, Any, Any]]:
    told = set() if path else _TOLD_BY_FILES
    if isinstance(left, pikepdf.Stream):
        told = _TOLD_BY_STREAMS
        if left.read_bytes() != right.read_bytes():
            found.append(f"{path}: the streams differ")
    keys, others = set(left.keys()) - told, set(right.keys()) - told
    found += [f"{path}{key}: only in one" for key in keys ^ others]
    return [(path + key, left[key], right[key]) for key in sorted(keys & others)]
