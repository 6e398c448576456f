"""The functions of a PDF, worked out: tint transforms, and the colours along a shading."""

import math
import re
from collections.abc import Callable, Sequence
from typing import Any

import pikepdf

from printkit.preflight.geometry import number

Function = Callable[[Sequence[float]], tuple[float, ...]]
"""Numbers to numbers; it never raises but ValueError, where a file's function makes no sense."""

_DEEPEST = 8
_MOST_SAMPLES = 1_000_000
_MOST_STEPS = 10_000
_LARGEST = 1e15
"""Whole numbers beyond are not kept whole, so that none can fill the memory."""
_WORD = re.compile(rb"[{}]|[^\s{}]+")


def function_of(made: Any, depth: int = 0) -> Function | None:
    """Return a function of a PDF, or of a list of them one for each number; None if it is none."""
    if depth > _DEEPEST:
        return None
    if isinstance(made, pikepdf.Array):
        parts = [function_of(one, depth + 1) for one in list(made)[:32]]
        whole = [part for part in parts if part is not None]
        if len(whole) != len(parts):
            return None
        return lambda given: tuple(number for part in whole for number in part(given))
    if not isinstance(made, pikepdf.Dictionary | pikepdf.Stream):
        return None
    maker = _MAKERS.get(int(number(made.get("/FunctionType"), -1)))
    try:
        return _within(made, maker(made, depth)) if maker is not None else None
    except (ValueError, TypeError, IndexError, pikepdf.PdfError):
        return None


def _within(made: pikepdf.Object, inner: Function) -> Function:
    """Hold what goes in to the domain, and what comes out to the range."""
    domain, range_ = _pairs(made, "/Domain"), _pairs(made, "/Range")

    def held(given: Sequence[float]) -> tuple[float, ...]:
        try:
            found = inner(_held(given, domain))
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise ValueError("the function cannot be worked out") from error
        return _held(found[-len(range_) :], range_)

    return held


def _held(given: Sequence[float], limits: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    held = [max(low, min(high, one)) for one, (low, high) in zip(given, limits, strict=False)]
    return (*held, *given[len(held) :])


def _sampled(made: pikepdf.Object, _: int) -> Function:
    """Type 0: between samples, along straight lines."""
    domain, range_ = _pairs(made, "/Domain"), _pairs(made, "/Range")
    sizes = [int(number(size)) for size in made["/Size"].as_list()]
    bits, outputs = int(number(made.get("/BitsPerSample"), 8)), len(range_)
    if bits not in (8, 16, 32) or not outputs or not 0 < math.prod(sizes) <= _MOST_SAMPLES:
        raise ValueError("samples of this kind are not read")
    encode = _pairs(made, "/Encode") or [(0.0, size - 1.0) for size in sizes]
    if len(sizes) > 4 or len(encode) < len(sizes) or len(domain) != len(sizes):
        raise ValueError("too many inputs, or too few")
    sample = _samples(made.read_bytes(), bits // 8, sizes, _pairs(made, "/Decode") or range_)

    def between(given: Sequence[float]) -> tuple[float, ...]:
        lows, shares = [], []
        for one, span, code, size in zip(given, domain, encode, sizes, strict=True):
            along = (one - span[0]) / ((span[1] - span[0]) or 1)
            at = max(0.0, min(size - 1.0, code[0] + along * (code[1] - code[0])))
            lows.append(min(int(at), max(size - 2, 0)))
            shares.append(at - lows[-1])
        total = [0.0] * outputs
        for corner in range(2 ** len(sizes)):
            ups = [corner >> axis & 1 for axis in range(len(sizes))]
            weight = math.prod(s if up else 1 - s for s, up in zip(shares, ups, strict=True))
            if weight:
                found = sample([low + up for low, up in zip(lows, ups, strict=True)])
                total = [sum_ + weight * one for sum_, one in zip(total, found, strict=True)]
        return tuple(total)

    return between


def _samples(
    data: bytes, wide: int, sizes: Sequence[int], decode: Sequence[tuple[float, float]]
) -> Callable[[Sequence[int]], list[float]]:
    """Return what looks a sample up by its place on each axis."""
    outputs, most = len(decode), float(2 ** (8 * wide) - 1)

    def sample(corner: Sequence[int]) -> list[float]:
        place, step = 0, 1
        for index, size in zip(corner, sizes, strict=True):
            place, step = place + index * step, step * size
        starts = range(place * outputs * wide, (place + 1) * outputs * wide, wide)
        raw = (int.from_bytes(data[start : start + wide], "big") / most for start in starts)
        return [low + one * (high - low) for one, (low, high) in zip(raw, decode, strict=True)]

    return sample


def _exponential(made: pikepdf.Object, _: int) -> Function:
    """Type 2: from one set of numbers to another, by a power."""
    starts = _numbers(made.get("/C0")) or [0.0]
    ends = _numbers(made.get("/C1")) or [1.0]
    power = number(made.get("/N"), 1)

    def along(given: Sequence[float]) -> tuple[float, ...]:
        share = max(given[0], 0.0) ** power if given[0] > 0 or power > 0 else 0.0
        return tuple(a + share * (b - a) for a, b in zip(starts, ends, strict=False))

    return along


def _stitched(made: pikepdf.Object, depth: int) -> Function:
    """Type 3: other functions, each for its stretch."""
    parts = [function_of(one, depth + 1) for one in made["/Functions"].as_list()[:256]]
    whole = [part for part in parts if part is not None]
    bounds, encode = _numbers(made.get("/Bounds")), _pairs(made, "/Encode")
    ((low, high),) = _pairs(made, "/Domain")[:1]
    if len(whole) != len(parts) or len(bounds) != len(whole) - 1 or len(encode) < len(whole):
        raise ValueError("the stretches do not meet")
    edges = [low, *bounds, high]

    def one_of(given: Sequence[float]) -> tuple[float, ...]:
        place = sum(1 for bound in bounds if given[0] >= bound)
        (start, end), (first, last) = edges[place : place + 2], encode[place]
        share = (given[0] - start) / ((end - start) or 1)
        return whole[place]([first + share * (last - first)])

    return one_of


def _calculated(made: pikepdf.Object, _: int) -> Function:
    """Type 4: a small program on a stack."""
    words = _WORD.findall(made.read_bytes()[:100_000])
    program, _end = _program(words, 1, 0)

    def run(given: Sequence[float]) -> tuple[float, ...]:
        stack: list[Any] = list(given)
        _run(program, stack, [_MOST_STEPS])
        return tuple(float(one) for one in stack)

    return run


def _program(words: Sequence[bytes], at: int, depth: int) -> tuple[list[Any], int]:
    program: list[Any] = []
    while at < len(words) and words[at] != b"}":
        if words[at] == b"{":
            if depth > _DEEPEST:
                raise ValueError("the program is too deep")
            inner, at = _program(words, at + 1, depth + 1)
            program.append(inner)
        else:
            word = words[at].decode("ascii", "replace")
            program.append(word if word in _STACK or word in _WORDS else float(word))
            at += 1
    return program, at + 1


def _run(program: Sequence[Any], stack: list[Any], left: list[int]) -> None:
    for place, step in enumerate(program):
        left[0] -= 1
        if left[0] < 0 or len(stack) > 200:
            raise ValueError("the program does not end")
        if step == "if":
            if stack.pop():
                _run(program[place - 1], stack, left)
        elif step == "ifelse":
            _run(program[place - 2 if stack.pop() else place - 1], stack, left)
        elif isinstance(step, float):
            stack.append(step)
        elif isinstance(step, str) and step in _STACK:
            _STACK[step](stack)
        elif isinstance(step, str):
            takes, work = _WORDS[step]
            taken = [stack.pop() for _ in range(takes)][::-1]
            result = work(*taken)
            stack.append(result if abs(result) < _LARGEST else float(result))


def _copy(stack: list[Any]) -> None:
    count = int(stack.pop())
    if count > 0:
        stack.extend(stack[-min(count, 100) :])


def _roll(stack: list[Any]) -> None:
    by, count = int(stack.pop()), int(stack.pop())
    if 0 < count <= len(stack):
        by %= count
        stack[-count:] = stack[-by:] + stack[-count:-by] if by else stack[-count:]


def _swap(stack: list[Any]) -> None:
    stack[-2:] = stack[-1], stack[-2]


_STACK: dict[str, Callable[[list[Any]], Any]] = {
    "pop": lambda stack: stack.pop(),
    "dup": lambda stack: stack.append(stack[-1]),
    "exch": _swap,
    "copy": _copy,
    "roll": _roll,
    "index": lambda stack: stack.append(stack[-1 - max(0, int(stack.pop()))]),
    "if": lambda stack: None,
    "ifelse": lambda stack: None,
}
_WORDS: dict[str, tuple[int, Callable[..., Any]]] = {
    "add": (2, lambda a, b: a + b),
    "sub": (2, lambda a, b: a - b),
    "mul": (2, lambda a, b: a * b),
    "div": (2, lambda a, b: a / b),
    "idiv": (2, lambda a, b: int(a / b)),
    "mod": (2, lambda a, b: math.fmod(a, b)),
    "neg": (1, lambda a: -a),
    "abs": (1, abs),
    "ceiling": (1, math.ceil),
    "floor": (1, math.floor),
    "round": (1, lambda a: math.floor(a + 0.5)),
    "truncate": (1, int),
    "cvi": (1, int),
    "cvr": (1, float),
    "sqrt": (1, lambda a: math.sqrt(max(a, 0))),
    "sin": (1, lambda a: math.sin(math.radians(a))),
    "cos": (1, lambda a: math.cos(math.radians(a))),
    "atan": (2, lambda a, b: math.degrees(math.atan2(a, b)) % 360),
    "exp": (2, lambda a, b: math.pow(a, b)),
    "ln": (1, math.log),
    "log": (1, math.log10),
    "eq": (2, lambda a, b: a == b),
    "ne": (2, lambda a, b: a != b),
    "gt": (2, lambda a, b: a > b),
    "ge": (2, lambda a, b: a >= b),
    "lt": (2, lambda a, b: a < b),
    "le": (2, lambda a, b: a <= b),
    "and": (2, lambda a, b: int(a) & int(b)),
    "or": (2, lambda a, b: int(a) | int(b)),
    "xor": (2, lambda a, b: int(a) ^ int(b)),
    "not": (1, lambda a: not a if isinstance(a, bool) else ~int(a)),
    "bitshift": (2, lambda a, b: int(a) << int(b) if 0 <= b < 32 else int(a) >> int(min(-b, 32))),
    "true": (0, lambda: True),
    "false": (0, lambda: False),
}
_MAKERS: dict[int, Callable[[Any, int], Function]] = {
    0: _sampled,
    2: _exponential,
    3: _stitched,
    4: _calculated,
}


def _numbers(values: Any) -> list[float]:
    return [number(one) for one in values] if isinstance(values, pikepdf.Array) else []


def _pairs(made: pikepdf.Object, key: str) -> list[tuple[float, float]]:
    values = _numbers(made.get(key))
    return list(zip(values[::2], values[1::2], strict=False))
