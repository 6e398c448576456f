"""Small streams: whole again after unpacking, whatever they hold, and no longer than zlib's own."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.stamp.deflate import Level, bare, deflated

DATA = st.binary(max_size=300) | st.builds(
    lambda part, times: part * times, st.binary(min_size=1, max_size=40), st.integers(1, 400)
)
"""Short and patternless, or long and repeating: both sides of what fits the small window."""


@given(DATA, st.sampled_from((6, 9)))
def test_what_is_deflated_comes_back(data: bytes, level: Level) -> None:
    assert zlib.decompress(deflated(data, level)) == data
    assert zlib.decompress(bare(data, level), -zlib.MAX_WBITS) == data


@pytest.mark.parametrize("length", [0, 1, 200, 3000, 7929, 7930, 7931, 20_000])
@pytest.mark.parametrize("level", [6, 9])
def test_it_says_what_zlib_says_and_is_hardly_longer(length: int, level: Level) -> None:
    data = b"".join(b"%d %d 3 1 re " % (number % 97, number % 89) for number in range(2000))[
        :length
    ]
    ours, plain = deflated(data, level), zlib.compress(data, level)
    assert ours[:2] == plain[:2] and ours[-4:] == plain[-4:]
    assert len(ours) <= len(plain) * 1.02 + 8
