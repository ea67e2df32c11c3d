"""Bodies that are packed, and no larger than they may be."""

from __future__ import annotations

import gzip

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.cloud.unpacking import Unpacking


def unpacked(packed: bytes, encoding: str, max_bytes: int, piece: int = 7) -> Unpacking:
    unpacking = Unpacking(encoding, max_bytes)
    for start in range(0, len(packed), piece):
        if unpacking.full:
            break
        unpacking.add(packed[start : start + piece])
    return unpacking


@given(st.binary(max_size=500), st.integers(0, 300), st.booleans())
def test_a_body_is_the_same_packed_or_not_as_far_as_it_may_go(
    body: bytes, max_bytes: int, packed: bool
) -> None:
    sent = gzip.compress(body) if packed else body
    unpacking = unpacked(sent, "gzip" if packed else "", max_bytes)
    assert unpacking.content() == body[: max_bytes + 1]
    assert unpacking.full == (len(body) > max_bytes)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    unpacking = Unpacking("gzip", 1000)
    unpacking.add(bomb)
    assert unpacking.full
    assert len(unpacking.content()) == 1001


def test_parts_follow_each_other() -> None:
    both = gzip.compress(b"Hel") + gzip.compress(b"lo")
    assert unpacked(both, "GZip", 100).content() == b"Hello"


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(b"Hello", mtime=0)[:-9], b"Hello", gzip.compress(b"Hello", mtime=0) + b"more"],
)
def test_what_is_not_packed_as_it_should_be_is_refused(packed: bytes) -> None:
    with pytest.raises(requests.exceptions.ContentDecodingError):
        unpacked(packed, "gzip", 100).content()


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "zstd"])
def test_no_packing_is_taken_that_was_not_asked_for(encoding: str) -> None:
    with pytest.raises(requests.exceptions.ContentDecodingError):
        Unpacking(encoding, 100)


def test_nothing_at_all_is_an_empty_body() -> None:
    assert unpacked(b"", "gzip", 100).content() == b""
