"""QR symbols as whole numbers: the very modules that qrcode makes, worked out all at once.

A symbol's modules, row by row, are the bits of one number. Encoding is linear: a symbol is its
codewords, laid in their places, XOR a frame (the finders and the mask) that is the same for every
address. Places, frames and the remainders of Reed and Solomon are asked of qrcode once a version.
"""

import functools
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, zip_longest
from operator import itemgetter

from qrcode import QRCode, util
from qrcode.base import RSBlock, rs_blocks
from qrcode.constants import ERROR_CORRECT_M

MASKS = range(8)
_LEVEL = ERROR_CORRECT_M
_SHORTEST_SPLIT = 20
"""Fewer digits or capitals than this are not worth a segment of their own: qrcode's default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """A QR symbol, without its quiet zone."""

    side: int
    """In modules."""
    modules: int
    """One bit a module, 1 for dark, row by row: the top left one is the highest of side * side."""


@functools.lru_cache(maxsize=128)
def symbol_of(url: str) -> Symbol:
    """Return an address's symbol at level M, in the version and the mask that qrcode chooses."""
    version, words = _data_words(url)
    laid = _laid(version, words)
    side = _side(version)
    tried = [lost_points(laid ^ _frame(version, mask, True), side) for mask in MASKS]
    return Symbol(side=side, modules=laid ^ _frame(version, tried.index(min(tried)), False))


def masked(url: str, mask: int) -> Symbol:
    """Return an address's symbol in a mask of one's own choice."""
    version, words = _data_words(url)
    modules = _laid(version, words) ^ _frame(version, mask, False)
    return Symbol(side=_side(version), modules=modules)


def lost_points(modules: int, side: int) -> int:
    """Return the penalty by which masks are compared: ISO/IEC 18004, 7.8.3, as qrcode reads it.

    None of its four rules minds that a symbol stands on its head, as it does when it is shifted to
    the right to lay each module on the next.
    """
    across, down = _lines(side)
    alike_across, lost_across = _lost_in_lines(modules, across)
    alike_down, lost_down = _lost_in_lines(modules, down)
    blocks = alike_across & alike_across >> side & alike_down
    percent = float(modules.bit_count()) / side**2 * 100
    return lost_across + lost_down + 3 * blocks.bit_count() + int(abs(percent - 50) / 5) * 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """One of the two ways to read a symbol: by its rows or by its columns."""

    step: int
    """How many bits the next module of a line is away."""
    all: int
    """Every module."""
    pairs: int
    """The modules that another one follows in their line."""
    elevens: int
    """The modules that ten others follow in their line."""


def _lost_in_lines(modules: int, lines: _Lines) -> tuple[int, int]:
    """Return which modules are followed by one alike, and the points lost by runs and finders."""
    step = lines.step
    alike = (modules ^ modules >> step ^ lines.all) & lines.pairs
    threes = alike & alike >> step
    fives = threes & threes >> 2 * step
    # A run of n alike costs n - 2: it holds n - 4 runs of five, and it has one end.
    lost = fives.bit_count() + 2 * (fives & ~(fives >> step)).bit_count()
    light = modules ^ lines.all
    dark_in_twos = modules & modules >> 2 * step
    finders = dark_in_twos & dark_in_twos >> 4 * step & modules >> 3 * step
    finders &= (light & light >> 4 * step) >> step
    light_twos = light & light >> step
    light_fours = light_twos & light_twos >> 2 * step
    before = finders & light_fours >> 7 * step & lines.elevens
    after = light_fours & finders >> 4 * step & lines.elevens
    return alike, lost + 40 * (before.bit_count() + after.bit_count())


@functools.cache
def _lines(side: int) -> tuple[_Lines, _Lines]:
    every = (1 << side * side) - 1

    def first_columns(count: int) -> int:
        return sum((1 << count) - 1 << row * side for row in range(side))

    def first_rows(count: int) -> int:
        return (1 << count * side) - 1

    return tuple(  # type: ignore[return-value]
        _Lines(step=step, all=every, pairs=first(side - 1), elevens=first(side - 10))
        for step, first in ((1, first_columns), (side, first_rows))
    )


class _Bits(util.BitBuffer):
    """Bits written one behind the other, as one number: qrcode writes its segments into it."""

    def __init__(self) -> None:
        super().__init__()
        self.value = 0

    def put(self, num: int, length: int) -> None:
        self.value = self.value << length | num
        self.length += length


def _data_words(url: str) -> tuple[int, bytes]:
    """Return the least version that holds an address, and the data codewords that fill it."""
    if not url:
        raise ValueError("A code needs an address to lead to.")
    segments = list(util.optimal_data_chunks(url, minimum=_SHORTEST_SPLIT))
    capacity = util.BIT_LIMIT_TABLE[_LEVEL]
    version = 1
    while True:
        sizes = util.mode_sizes_for_version(version)
        bits = _Bits()
        for segment in segments:
            bits.put(segment.mode, 4)
            bits.put(len(segment), sizes[segment.mode])
            segment.write(bits)
        version = bisect_left(capacity, bits.length, version)
        if version == len(capacity):
            raise ValueError(f"A code cannot hold an address of {len(url)} characters.")
        if util.mode_sizes_for_version(version) == sizes:
            break
    bits.put(0, min(4, capacity[version] - bits.length))
    bits.put(0, -bits.length % 8)
    words = bits.value.to_bytes(bits.length // 8, "big")
    spare = capacity[version] // 8 - len(words)
    return version, words + (bytes((util.PAD0, util.PAD1)) * (spare + 1))[:spare]


def _laid(version: int, words: bytes) -> int:
    """Return data codewords and their checks laid in their places, all other modules 0."""
    blocks, checks, start = [], [], 0
    for block in rs_blocks(version, _LEVEL):
        blocks.append(words[start : start + block.data_count])
        checks.append(_checks(blocks[-1], block.total_count - block.data_count))
        start += block.data_count
    dealt = chain(*zip_longest(*blocks), *zip(*checks, strict=True))
    codewords = bytes(word for word in dealt if word is not None)
    # In front a 0 for the modules that hold no bit, and numbers below 256 stay bytes.
    bits = b"0" + format(int.from_bytes(codewords, "big"), f"0{8 * len(codewords)}b").encode()
    return int(bytes(_places(version)(bits)), 2)


def _checks(words: bytes, count: int) -> bytes:
    """Return a block's checks: the remainder of its words, by the generator of that many checks."""
    table, top, rest = _remainders(count), 8 * (count - 1), (1 << 8 * (count - 1)) - 1
    remainder = 0
    for word in words:
        remainder = (remainder & rest) << 8 ^ table[remainder >> top ^ word]
    return remainder.to_bytes(count, "big")


@functools.cache
def _remainders(count: int) -> tuple[int, ...]:
    """Return what each byte leaves when it is carried over: linear, so qrcode is asked by bit."""
    table = [0]
    for bit in range(8):
        buffer = util.BitBuffer()
        buffer.put(1 << bit, 8)
        alone = util.create_bytes(buffer, [RSBlock(1 + count, 1)])
        table += [left ^ int.from_bytes(bytes(alone[1:]), "big") for left in table]
    return tuple(table)


@functools.cache
def _places(version: int) -> Callable[[bytes], tuple[int, ...]]:
    """Return what picks each module's bit, 1 for the first, 0 for modules that hold none.

    A run tells one binary digit of the bits' numbers: each bit is set to that digit of its own.
    """
    count = 8 * sum(block.total_count for block in rs_blocks(version, _LEVEL))
    size = _side(version) ** 2
    picked = [0] * size
    for digit in range(count.bit_length()):
        bits = "".join("01"[number >> digit & 1] for number in range(1, count + 1))
        shown = _drawn(version, 0, False, int(bits, 2)) ^ _frame(version, 0, False)
        for module, bit in enumerate(format(shown, f"0{size}b")):
            picked[module] |= (bit == "1") << digit
    return itemgetter(*picked)


@functools.cache
def _frame(version: int, mask: int, trial: bool) -> int:
    """Return the modules that no address changes; in a trial, what tells the mask is light."""
    return _drawn(version, mask, trial, 0)


def _drawn(version: int, mask: int, trial: bool, codewords: int) -> int:
    """Return the modules that qrcode draws of codewords in a mask."""
    count = sum(block.total_count for block in rs_blocks(version, _LEVEL))
    code = QRCode(version=version, error_correction=_LEVEL, border=0)
    code.data_cache = list(codewords.to_bytes(count, "big"))
    code.makeImpl(trial, mask)
    return int("".join("1" if module else "0" for row in code.modules for module in row), 2)


def _side(version: int) -> int:
    return 17 + 4 * version
