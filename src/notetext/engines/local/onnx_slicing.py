"""Cuts the last layer of a network in an ONNX file to some of its classes.

All but that layer's weights and the shapes behind it is copied as it stands. The numbers of the
fields are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

from __future__ import annotations

import math
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.protobuf import (
    VARINT,
    Bytes,
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

_MODEL_GRAPH, _MODEL_METADATA = 7, 14
_GRAPH_INITIALIZER, _GRAPH_OUTPUT, _GRAPH_VALUE_INFO = 5, 12, 13
_TENSOR_DIMS, _TENSOR_DATA_TYPE, _TENSOR_RAW_DATA = 1, 2, 9
_ENTRY_KEY, _ENTRY_VALUE = 1, 2
# ValueInfoProto.type, TypeProto.tensor_type, Tensor.shape, TensorShapeProto.dim, .dim_value
_SHAPE = (2, 1, 2)
_DIMS, _DIM_VALUE = 1, 1

_BYTES = {1: 4, 10: 2}
"""How many a number takes, by TensorProto.DataType: of 32 bits, or of 16."""


def read_metadata(model: bytes) -> dict[str, str]:
    """What the makers of an ONNX file wrote beside the network.

    Raises:
        ValueError: this is no ONNX file.
    """
    metadata = {}
    for entry in values_of(memoryview(model), _MODEL_METADATA):
        key, value = (b"".join(values_of(entry, field)) for field in (_ENTRY_KEY, _ENTRY_VALUE))
        metadata[key.decode()] = value.decode()
    return metadata


def keep_classes(model: bytes, classes: NDArray[np.intp]) -> bytes:
    """Cuts the last layer of a classifier to some of its classes.

    A softmax behind the layer is then one over those classes alone.

    Args:
        model: an ONNX file whose last layer is a product with one H×C matrix and a sum with one
            vector of C numbers, of 32 or 16 bits and with the weights in the file itself.
        classes: the classes to keep, 0 to C - 1, in the order that the output shall have.

    Returns:
        An ONNX file that gives for each of ``classes`` what the whole network gives before the
        softmax.

    Raises:
        ValueError: the file is none, or its last layer is another.
        IndexError: a class is not among the network's.
    """
    whole = memoryview(model)
    graph = only(values_of(whole, _MODEL_GRAPH), "graph")
    count = _class_count(graph)
    layer = [
        shape
        for shape in map(_tensor_shape, values_of(graph, _GRAPH_INITIALIZER))
        if count in shape
    ]
    if sorted(map(len, layer)) != [1, 2] or any(shape[-1] != count for shape in layer):
        raise ValueError(f"the weights over its {count} classes have the shapes {layer}")

    def cut_tensor(tensor: memoryview) -> Bytes:
        return _cut(tensor, classes) if count in _tensor_shape(tensor) else tensor

    def cut_dimension(value: memoryview) -> Bytes:
        return encode(len(classes)) if decode(value) == count else value

    cut_told_shape = inside((*_SHAPE, _DIMS, _DIM_VALUE), cut_dimension)

    def cut_shape(message: memoryview) -> Bytes:
        # Of some hundred shapes in a file few have the number in them at all.
        return cut_told_shape(message) if encode(count) in bytes(message) else message

    cut_graph = rewrite(
        graph,
        {
            _GRAPH_INITIALIZER: cut_tensor,
            _GRAPH_OUTPUT: cut_shape,
            _GRAPH_VALUE_INFO: cut_shape,
        },
    )
    return rewrite(whole, {_MODEL_GRAPH: lambda _: cut_graph})


def _class_count(graph: memoryview) -> int:
    """The length of the last axis of the only output."""
    message = only(values_of(graph, _GRAPH_OUTPUT), "output")
    for field in _SHAPE:
        message = only(values_of(message, field), "shape of the output")
    *_, last = chain([memoryview(b"")], values_of(message, _DIMS))
    return decode(only(values_of(last, _DIM_VALUE), "number of classes"))


def _tensor_shape(tensor: memoryview) -> tuple[int, ...]:
    # A repeated number is a field each, or one field that holds all.
    return tuple(
        number for value in values_of(tensor, _TENSOR_DIMS) for number in decode_all(value)
    )


def _cut(tensor: memoryview, classes: NDArray[np.intp]) -> bytes:
    """Keeps some columns of a tensor."""
    shape = _tensor_shape(tensor)
    data_type = decode(only(values_of(tensor, _TENSOR_DATA_TYPE), "type of the weights"))
    data = only(values_of(tensor, _TENSOR_RAW_DATA), "data of the weights")
    size = _BYTES.get(data_type, 0)
    if not size or len(data) != size * math.prod(shape):
        raise ValueError(f"the weights {shape} are not numbers of 32 or 16 bits")
    kept = np.frombuffer(data, f"V{size}").reshape(shape)[..., classes]
    dims = b"".join(tag(_TENSOR_DIMS, VARINT) + encode(length) for length in kept.shape)
    others = [field.whole for field in fields(tensor) if field.number != _TENSOR_DIMS]
    return dims + rewrite(
        memoryview(b"".join(others)), {_TENSOR_RAW_DATA: lambda _: kept.tobytes()}
    )
