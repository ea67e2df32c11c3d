"""Reads and edits messages in the encoding of Protocol Buffers, without knowing their schemas.

The encoding is simple enough for it (https://protobuf.dev/programming-guides/encoding/): a message
is a row of fields, each with its number, and a field may hold a message in turn. What is not to
change is copied as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

Bytes: TypeAlias = bytes | memoryview
Change: TypeAlias = Callable[[memoryview], Bytes]
"""Makes the new value of a field out of the old one."""

VARINT, LENGTH = 0, 2
"""The wire types of a number and of what has a length: a message, a text, an array."""
_EIGHT_BYTES, _FOUR_BYTES = 1, 5


class Field(NamedTuple):
    """A part of a message.

    Attributes:
        number: which field of the schema it is.
        wire_type: how it is encoded.
        value: it alone, without its number and length.
        whole: it with them.
    """

    number: int
    wire_type: int
    value: memoryview
    whole: memoryview


def fields(message: memoryview) -> Iterator[Field]:
    """The fields of a message, in the order in which they stand.

    Raises:
        ValueError: what should be a message is none.
    """
    start = 0
    while start < len(message):
        key, at = _read_varint(message, start)
        number, wire_type = key >> 3, key & 7
        if wire_type == VARINT:
            _, end = _read_varint(message, at)
        elif wire_type == LENGTH:
            length, at = _read_varint(message, at)
            end = at + length
        elif wire_type in (_FOUR_BYTES, _EIGHT_BYTES):
            end = at + (4 if wire_type == _FOUR_BYTES else 8)
        else:
            raise ValueError(f"wire type {wire_type} at byte {start}: this is no ONNX file")
        if end > len(message):
            raise ValueError("the file ends too early")
        yield Field(number, wire_type, message[at:end], message[start:end])
        start = end


def values_of(message: memoryview, number: int) -> Iterator[memoryview]:
    """The values of all fields of a number."""
    return (field.value for field in fields(message) if field.number == number)


def only(values: Iterator[memoryview], name: str) -> memoryview:
    """The value of a field that must stand there once.

    Args:
        values: those of the field.
        name: what the value is, for the error.

    Raises:
        ValueError: there are none or several.
    """
    found = list(values)
    if len(found) != 1:
        raise ValueError(f"it has {len(found)} entries, not one, for the {name}")
    return found[0]


def rewrite(message: memoryview, changes: Mapping[int, Change]) -> bytes:
    """Changes the values of some fields and copies the others as they stand."""
    parts: list[Bytes] = []
    for field in fields(message):
        change = changes.get(field.number)
        if change is None:
            parts.append(field.whole)
            continue
        value = change(field.value)
        parts.append(tag(field.number, field.wire_type))
        if field.wire_type == LENGTH:
            parts.append(encode(len(value)))
        parts.append(value)
    return b"".join(parts)


def inside(path: tuple[int, ...], change: Change) -> Change:
    """Makes a change of a message out of one of a value in it, which a path of fields leads to."""
    for number in reversed(path):
        change = _changing(number, change)
    return change


def _changing(number: int, change: Change) -> Change:
    return lambda message: rewrite(message, {number: change})


def _read_varint(message: memoryview, at: int) -> tuple[int, int]:
    """A number in base 128, lowest digit first, and where it ends."""
    number = shift = 0
    while at < len(message) and shift < 70:
        byte = message[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at
    raise ValueError(f"a number at byte {at} has no end: this is no ONNX file")


def decode(value: memoryview) -> int:
    """The number that a value of the wire type `VARINT` stands for."""
    return _read_varint(value, 0)[0]


def decode_all(value: memoryview) -> Iterator[int]:
    """The numbers that stand one behind the other in a value."""
    at = 0
    while at < len(value):
        number, at = _read_varint(value, at)
        yield number


def encode(number: int) -> bytes:
    """The value, of the wire type `VARINT`, that stands for a number of at least 0.

    >>> from notetext.engines.local.protobuf import decode, encode
    >>> decode(memoryview(encode(18_710)))
    18710
    """
    digits = bytearray()
    while number > 127:
        digits.append(number & 127 | 128)
        number >>= 7
    digits.append(number)
    return bytes(digits)


def tag(number: int, wire_type: int) -> bytes:
    """What stands before a field's length and value."""
    return encode(number << 3 | wire_type)
