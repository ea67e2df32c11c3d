"""Cuts the last layer of a network in an ONNX file to some of its classes.

An ONNX file is a Protocol Buffers message, whose encoding is simple enough to be edited in place
of being decoded (https://protobuf.dev/programming-guides/encoding/): all but the last layer's
weights and the shapes behind it is copied as it stands. The numbers of the fields are those of
https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

_Bytes: TypeAlias = bytes | memoryview
_Change: TypeAlias = Callable[[memoryview], _Bytes]

_VARINT, _EIGHT_BYTES, _LENGTH, _FOUR_BYTES = 0, 1, 2, 5  # the wire types in use

_MODEL_GRAPH, _MODEL_METADATA = 7, 14
_GRAPH_INITIALIZER, _GRAPH_OUTPUT, _GRAPH_VALUE_INFO = 5, 12, 13
_TENSOR_DIMS, _TENSOR_DATA_TYPE, _TENSOR_RAW_DATA = 1, 2, 9
_ENTRY_KEY, _ENTRY_VALUE = 1, 2
# ValueInfoProto.type, TypeProto.tensor_type, Tensor.shape, TensorShapeProto.dim, .dim_value
_SHAPE = (2, 1, 2)
_DIMS, _DIM_VALUE = 1, 1

_FLOAT = 1  # TensorProto.DataType


def read_metadata(model: bytes) -> dict[str, str]:
    """What the makers of an ONNX file wrote beside the network.

    Raises:
        ValueError: this is no ONNX file.
    """
    metadata = {}
    for entry in _values(memoryview(model), _MODEL_METADATA):
        key, value = (b"".join(_values(entry, field)) for field in (_ENTRY_KEY, _ENTRY_VALUE))
        metadata[key.decode()] = value.decode()
    return metadata


def keep_classes(model: bytes, classes: NDArray[np.intp]) -> bytes:
    """Cuts the last layer of a classifier to some of its classes.

    A softmax behind the layer is then one over those classes alone.

    Args:
        model: an ONNX file whose last layer is a product with one H×C matrix and a sum with one
            vector of C numbers, both of 32 bits and with the weights in the file itself.
        classes: the classes to keep, 0 to C - 1, in the order that the output shall have.

    Returns:
        An ONNX file that gives for each of ``classes`` what the whole network gives before the
        softmax.

    Raises:
        ValueError: the file is none, or its last layer is another.
        IndexError: a class is not among the network's.
    """
    whole = memoryview(model)
    graph = _only(_values(whole, _MODEL_GRAPH), "graph")
    count = _class_count(graph)
    layer = [
        shape for shape in map(_tensor_shape, _values(graph, _GRAPH_INITIALIZER)) if count in shape
    ]
    if sorted(map(len, layer)) != [1, 2] or any(shape[-1] != count for shape in layer):
        raise ValueError(f"the weights over its {count} classes have the shapes {layer}")

    def cut_tensor(tensor: memoryview) -> _Bytes:
        return _cut(tensor, classes) if count in _tensor_shape(tensor) else tensor

    def cut_dimension(value: memoryview) -> _Bytes:
        return _encode(len(classes)) if _decode(value) == count else value

    cut_shape = _inside((*_SHAPE, _DIMS, _DIM_VALUE), cut_dimension)
    cut_graph = _rewrite(
        graph,
        {
            _GRAPH_INITIALIZER: cut_tensor,
            _GRAPH_OUTPUT: cut_shape,
            _GRAPH_VALUE_INFO: cut_shape,
        },
    )
    return _rewrite(whole, {_MODEL_GRAPH: lambda _: cut_graph})


def _class_count(graph: memoryview) -> int:
    """The length of the last axis of the only output."""
    message = _only(_values(graph, _GRAPH_OUTPUT), "output")
    for field in _SHAPE:
        message = _only(_values(message, field), "shape of the output")
    *_, last = chain([memoryview(b"")], _values(message, _DIMS))
    return _decode(_only(_values(last, _DIM_VALUE), "number of classes"))


def _tensor_shape(tensor: memoryview) -> tuple[int, ...]:
    # A repeated number is a field each, or one field that holds all.
    return tuple(number for value in _values(tensor, _TENSOR_DIMS) for number in _decode_all(value))


def _cut(tensor: memoryview, classes: NDArray[np.intp]) -> bytes:
    """Keeps some columns of a tensor."""
    shape = _tensor_shape(tensor)
    data_type = _decode(_only(_values(tensor, _TENSOR_DATA_TYPE), "type of the weights"))
    data = _only(_values(tensor, _TENSOR_RAW_DATA), "data of the weights")
    if data_type != _FLOAT or len(data) != 4 * math.prod(shape):
        raise ValueError(f"the weights {shape} are not numbers of 32 bits")
    kept = np.frombuffer(data, "<f4").reshape(shape)[..., classes]
    dims = b"".join(_tag(_TENSOR_DIMS, _VARINT) + _encode(length) for length in kept.shape)
    others = [field.whole for field in _fields(tensor) if field.number != _TENSOR_DIMS]
    return dims + _rewrite(
        memoryview(b"".join(others)), {_TENSOR_RAW_DATA: lambda _: kept.tobytes()}
    )


@dataclass(frozen=True, slots=True)
class _Field:
    number: int
    wire_type: int
    value: memoryview
    """Without the tag and the length."""
    whole: memoryview


def _fields(message: memoryview) -> Iterator[_Field]:
    start = 0
    while start < len(message):
        tag, at = _read_varint(message, start)
        number, wire_type = tag >> 3, tag & 7
        if wire_type == _VARINT:
            _, end = _read_varint(message, at)
        elif wire_type == _LENGTH:
            length, at = _read_varint(message, at)
            end = at + length
        elif wire_type in (_FOUR_BYTES, _EIGHT_BYTES):
            end = at + (4 if wire_type == _FOUR_BYTES else 8)
        else:
            raise ValueError(f"wire type {wire_type} at byte {start}: this is no ONNX file")
        if end > len(message):
            raise ValueError("the file ends too early")
        yield _Field(number, wire_type, message[at:end], message[start:end])
        start = end


def _values(message: memoryview, number: int) -> Iterator[memoryview]:
    return (field.value for field in _fields(message) if field.number == number)


def _only(values: Iterator[memoryview], name: str) -> memoryview:
    found = list(values)
    if len(found) != 1:
        raise ValueError(f"it has {len(found)} entries, not one, for the {name}")
    return found[0]


def _rewrite(message: memoryview, changes: Mapping[int, _Change]) -> bytes:
    """Changes the values of some fields and copies the others as they stand."""
    parts: list[_Bytes] = []
    for field in _fields(message):
        change = changes.get(field.number)
        if change is None:
            parts.append(field.whole)
            continue
        value = change(field.value)
        parts.append(_tag(field.number, field.wire_type))
        if field.wire_type == _LENGTH:
            parts.append(_encode(len(value)))
        parts.append(value)
    return b"".join(parts)


def _inside(path: tuple[int, ...], change: _Change) -> _Change:
    """Makes a change of a message out of one of a value in it, which a path of fields leads to."""
    for number in reversed(path):
        change = _changing(number, change)
    return change


def _changing(number: int, change: _Change) -> _Change:
    return lambda message: _rewrite(message, {number: change})


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


def _decode(value: memoryview) -> int:
    return _read_varint(value, 0)[0]


def _decode_all(value: memoryview) -> Iterator[int]:
    at = 0
    while at < len(value):
        number, at = _read_varint(value, at)
        yield number


def _encode(number: int) -> bytes:
    digits = bytearray()
    while number > 127:
        digits.append(number & 127 | 128)
        number >>= 7
    digits.append(number)
    return bytes(digits)


def _tag(number: int, wire_type: int) -> bytes:
    return _encode(number << 3 | wire_type)
