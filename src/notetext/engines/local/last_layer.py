"""Takes the recogniser's last layer off its ONNX file, so that it can be applied in part.

The last layer weighs 18,710 characters at every step, of which a text in a European language needs
some 140. Without it the network takes about 15 % less time, and gives 120 numbers a step rather
than 18,710.

An ONNX file is a protocol buffer (https://protobuf.dev/programming-guides/encoding): fields of a
number and a value, where a message is a field that holds fields. What is not taken off is copied
byte by byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# The numbers of fields in https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
_MODEL_GRAPH, _MODEL_METADATA = 7, 14
_GRAPH_NODE, _GRAPH_INITIALIZER, _GRAPH_OUTPUT = 1, 5, 12
_NODE_INPUT = 1
_TENSOR_DIMS, _TENSOR_NAME, _TENSOR_RAW_DATA = 1, 8, 9
_VALUE_NAME = 1
_ENTRY_KEY, _ENTRY_VALUE = 1, 2

_VARINT, _FIXED64, _LENGTH, _FIXED32 = 0, 1, 2, 5


@dataclass(frozen=True, slots=True)
class _Field:
    number: int
    value: bytes
    """Of a number as well, as it is encoded."""
    encoded: bytes


@dataclass(frozen=True, slots=True)
class Recognition:
    """A recogniser in two parts.

    Attributes:
        trunk: an ONNX file whose output are F features for each step.
        weights: F×C, of the last layer.
        biases: C, of the last layer.
        characters: what the classes stand for, as the file's metadata say.
    """

    trunk: bytes
    weights: NDArray[np.float32]
    biases: NDArray[np.float32]
    characters: str

    def log_probs(
        self, features: NDArray[np.float32], classes: NDArray[np.intp]
    ) -> NDArray[np.float32]:
        """Applies the last layer for some classes, as if there were no others.

        Args:
            features: …×T×F, the trunk's output.
            classes: which, of C.

        Returns:
            …×T×len(classes), natural logarithms of probabilities.
        """
        scores = features @ self.weights[:, classes] + self.biases[classes]
        scores -= scores.max(axis=-1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=-1, keepdims=True))
        return np.asarray(scores, np.float32)


def split(model: bytes) -> Recognition:
    """Splits a recogniser.

    Args:
        model: an ONNX file that ends in a matrix product, the addition of biases, and a softmax.

    Raises:
        ValueError: it ends otherwise.
    """
    fields = list(_fields(model))
    graph = list(_fields(_only(fields, _MODEL_GRAPH)))
    metadata = [list(_fields(field.value)) for field in fields if field.number == _MODEL_METADATA]
    tensors = {
        _only(list(_fields(field.value)), _TENSOR_NAME): list(_fields(field.value))
        for field in graph
        if field.number == _GRAPH_INITIALIZER
    }
    nodes = [field for field in graph if field.number == _GRAPH_NODE]
    tail = nodes[_last_product(nodes, tensors) :]
    product, addition = (_inputs(node) for node in tail[:2])
    features, weights = product
    biases = next((name for name in addition if name in tensors), b"")
    if not biases:
        raise ValueError("the recogniser's last layer is not followed by its biases")
    dropped = {id(node) for node in tail}
    output = _encode(_GRAPH_OUTPUT, _encode(_VALUE_NAME, features))
    kept = [
        field.encoded
        for field in graph
        if id(field) not in dropped
        and field.number != _GRAPH_OUTPUT
        and not (
            field.number == _GRAPH_INITIALIZER
            and _only(list(_fields(field.value)), _TENSOR_NAME) in {weights, biases}
        )
    ]
    trunk = _encode(_MODEL_GRAPH, b"".join([*kept, output]))
    others = [field.encoded for field in fields if field.number != _MODEL_GRAPH]
    characters = next(
        _only(entry, _ENTRY_VALUE) for entry in metadata if _only(entry, _ENTRY_KEY) == b"character"
    )
    return Recognition(
        trunk=b"".join([*others, trunk]),
        weights=_array(tensors[weights]),
        biases=_array(tensors[biases]),
        characters=characters.decode("utf-8"),
    )


def _last_product(nodes: list[_Field], tensors: dict[bytes, list[_Field]]) -> int:
    """Finds the node that multiplies by the last tensor of two axes."""
    for index in range(len(nodes) - 1, -1, -1):
        inputs = _inputs(nodes[index])
        if len(inputs) == 2 and inputs[1] in tensors and _array(tensors[inputs[1]]).ndim == 2:
            return index
    raise ValueError("the recogniser does not end in a matrix product")


def _inputs(node: _Field) -> list[bytes]:
    return [field.value for field in _fields(node.value) if field.number == _NODE_INPUT]


def _array(tensor: list[_Field]) -> NDArray[np.float32]:
    shape = [_number(field.value) for field in tensor if field.number == _TENSOR_DIMS]
    return np.frombuffer(_only(tensor, _TENSOR_RAW_DATA), "<f4").reshape(shape)


def _only(fields: Iterable[_Field], number: int) -> bytes:
    """The value of the field of a number; empty if there is none."""
    return next((field.value for field in fields if field.number == number), b"")


def _fields(message: bytes) -> Iterator[_Field]:
    position = 0
    while position < len(message):
        start = position
        tag, position = _varint(message, position)
        kind = tag & 7
        if kind == _LENGTH:
            size, position = _varint(message, position)
        elif kind == _VARINT:
            size = _varint(message, position)[1] - position
        elif kind in (_FIXED64, _FIXED32):
            size = 8 if kind == _FIXED64 else 4
        else:
            raise ValueError(f"this is no ONNX file: a field of the unknown kind {kind}")
        value = message[position : position + size]
        position += size
        yield _Field(tag >> 3, value, message[start:position])


def _varint(message: bytes, position: int) -> tuple[int, int]:
    """Reads a number of seven bits a byte; returns it and where it ends."""
    number = shift = 0
    while True:
        byte = message[position]
        position += 1
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return number, position


def _number(encoded: bytes) -> int:
    return _varint(encoded, 0)[0]


def _encode(number: int, value: bytes) -> bytes:
    return _encoded_number(number << 3 | _LENGTH) + _encoded_number(len(value)) + value


def _encoded_number(number: int) -> bytes:
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)
