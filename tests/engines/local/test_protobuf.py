from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.local.protobuf import (
    LENGTH,
    VARINT,
    decode,
    decode_all,
    encode,
    fields,
    inside,
    only,
    rewrite,
    tag,
    values_of,
)

# The examples of https://protobuf.dev/programming-guides/encoding/
NUMBER = bytes.fromhex("089601")  # field 1 is 150
TEXT = bytes.fromhex("120774657374696e67")  # field 2 is "testing"
NESTED = bytes.fromhex("1a03089601")  # field 3 is a message whose field 1 is 150


def view(*parts: bytes) -> memoryview:
    return memoryview(b"".join(parts))


@given(st.integers(0, 2**63 - 1))
def test_a_number_survives_its_encoding(number: int) -> None:
    assert decode(view(encode(number))) == number


@given(st.lists(st.integers(0, 2**32)))
def test_numbers_may_stand_side_by_side(numbers: list[int]) -> None:
    assert list(decode_all(view(*map(encode, numbers)))) == numbers


def test_fields_are_found_by_their_number() -> None:
    message = view(NUMBER, TEXT, NUMBER)
    assert [decode(value) for value in values_of(message, 1)] == [150, 150]
    assert bytes(only(values_of(message, 2), "text")) == b"testing"
    with pytest.raises(ValueError, match="2 entries, not one, for the number"):
        only(values_of(message, 1), "number")


def test_fields_of_fixed_length_are_passed_over() -> None:
    fixed = tag(4, 5) + bytes(4) + tag(5, 1) + bytes(8)
    assert [field.number for field in fields(view(fixed, TEXT))] == [4, 5, 2]


@given(st.permutations([NUMBER, TEXT, NESTED]))
def test_what_is_not_changed_is_copied(parts: list[bytes]) -> None:
    message = view(*parts)
    assert rewrite(message, {}) == message
    assert rewrite(message, {field: lambda value: value for field in (1, 2, 3)}) == message


def test_a_value_deep_inside_is_changed_with_the_lengths_around_it() -> None:
    changed = inside((3, 1), lambda _: encode(1))(view(NUMBER, NESTED, TEXT))
    assert changed == NUMBER + tag(3, LENGTH) + encode(2) + tag(1, VARINT) + encode(1) + TEXT


@pytest.mark.parametrize(
    ("message", "complaint"),
    [
        (TEXT[:-1], "too early"),
        (NUMBER[:-1], "no end"),
        (b"\xff" * 11, "no end"),
        (tag(1, 3), "wire type 3 at byte 0"),
    ],
)
def test_a_broken_message_is_refused(message: bytes, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        list(fields(view(message)))
