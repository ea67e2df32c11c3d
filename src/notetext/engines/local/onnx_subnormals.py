"""Takes numbers next to nothing out of the weights of a network in an ONNX file.

A processor takes about a hundred times as long to multiply with a subnormal number (below 1.2e-38
in 32 bits) as with another one. A tenth of the detector's weights are subnormal, left over from a
training that drove them to zero: without them it needs a third of the time, for the same result.
To have the processor itself take them for zero would change how the caller's threads calculate.
"""

from __future__ import annotations

import numpy as np

from notetext.engines.local.protobuf import Bytes, decode, only, rewrite, values_of

_MODEL_GRAPH, _GRAPH_INITIALIZER = 7, 5
_TENSOR_DATA_TYPE, _TENSOR_RAW_DATA = 2, 9
_FLOAT = 1  # TensorProto.DataType

_LEAST_WEIGHT = 1e-30
"""Products with a weight below it are subnormal or near it, and lost in any sum."""


def without_subnormals(model: bytes) -> bytes:
    """Sets the weights of a network to zero that are too small to count.

    Args:
        model: an ONNX file. Weights that are not 32-bit numbers in its raw data stay.

    Raises:
        ValueError: this is no ONNX file.
    """
    return rewrite(
        memoryview(model),
        {_MODEL_GRAPH: lambda graph: rewrite(graph, {_GRAPH_INITIALIZER: _flushed})},
    )


def _flushed(tensor: memoryview) -> Bytes:
    data_type = decode(only(values_of(tensor, _TENSOR_DATA_TYPE), "type of the weights"))
    if data_type != _FLOAT:
        return tensor
    return rewrite(tensor, {_TENSOR_RAW_DATA: _without_tiny_numbers})


def _without_tiny_numbers(data: memoryview) -> Bytes:
    weights = np.frombuffer(data, "<f4")
    tiny = np.abs(weights) < _LEAST_WEIGHT
    return np.where(tiny, np.float32(0), weights).tobytes() if tiny.any() else data
