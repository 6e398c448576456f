"""Symbols are qrcode's own, module for module, in the mask that it would choose."""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qrcode import QRCode, util

from printkit.symbols import MASKS, Symbol, lost_points, masked, symbol_of

SITE = "https://example.org/ca/fresno/zh-Hant/v1"
ADDRESSES = st.one_of(
    st.text("abcdefghij0123456789-._~:/?#%", max_size=110).map(lambda tail: SITE + tail),
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 $%*+-./:", min_size=1, max_size=150),
    st.from_regex(r"[a-z]{0,30}[0-9]{15,40}[A-Z]{15,40}[a-z0-9]{0,40}", fullmatch=True),
    st.text(min_size=1, max_size=50).filter(lambda text: text.isprintable()),
)


def by_qrcode(url: str, mask: int | None = None) -> Symbol:
    code: QRCode[Any] = QRCode(error_correction=0, border=0, mask_pattern=mask)
    code.add_data(url)
    code.make()
    return symbol_from(code.get_matrix())


def symbol_from(rows: Sequence[Sequence[bool | None]]) -> Symbol:
    modules = int("".join("01"[bool(module)] for row in rows for module in row), 2)
    return Symbol(side=len(rows), modules=modules)


@settings(max_examples=60, deadline=None)
@given(ADDRESSES)
def test_symbols_are_those_of_qrcode(url: str) -> None:
    assert symbol_of(url) == by_qrcode(url)


@settings(max_examples=25, deadline=None)
@given(ADDRESSES)
def test_symbols_are_those_of_qrcode_in_every_mask(url: str) -> None:
    assert [masked(url, mask) for mask in MASKS] == [by_qrcode(url, mask) for mask in MASKS]


def test_symbols_are_those_of_qrcode_at_every_length_that_is_printed() -> None:
    letters = random.Random(18004)
    for length in range(1, 151):
        url = "".join(letters.choices("abcdefghijklmnopqrstuvwxyz0123456789-/", k=length))
        assert symbol_of(url) == by_qrcode(url), url


@pytest.mark.parametrize("length", [180, 181, 213, 214, 666])
def test_long_addresses_take_the_version_that_qrcode_takes(length: int) -> None:
    url = SITE.ljust(length, "x")
    assert symbol_of(url) == by_qrcode(url)


@settings(max_examples=60, deadline=None)
@given(st.integers(11, 33), st.integers(0, 2**32), st.sampled_from([0.02, 0.2, 0.5, 0.8, 0.98]))
def test_the_penalty_is_that_of_qrcode(side: int, seed: int, dark: float) -> None:
    dice = random.Random(seed)
    rows: list[list[bool | None]] = [
        [dice.random() < dark for _ in range(side)] for _ in range(side)
    ]
    finder = [bit == "1" for bit in dice.choice(["10111010000", "00001011101"])]
    rows[dice.randrange(side)][side - 11 :] = finder
    for row, module in zip(rows, finder, strict=False):
        row[0] = module
    assert lost_points(symbol_from(rows).modules, side) == util.lost_point(rows)


def test_addresses_that_no_code_can_hold_are_refused() -> None:
    with pytest.raises(ValueError, match="A code needs an address to lead to"):
        symbol_of("")
    assert symbol_of("x" * 2331).side == 177
    with pytest.raises(ValueError, match="A code cannot hold an address of 2332 characters"):
        symbol_of("x" * 2332)
