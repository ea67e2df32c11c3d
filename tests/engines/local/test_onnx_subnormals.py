from __future__ import annotations

import numpy as np
import onnxruntime as ort  # type: ignore[import-untyped]
import pytest
from numpy.typing import NDArray

from notetext.engines.local.onnx_subnormals import without_subnormals
from notetext.engines.local.weights import DETECTION, GENERAL, NetworkFile


def outputs(model: bytes, size: tuple[int, int]) -> NDArray[np.float32]:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    batch = np.random.default_rng(1).uniform(-1, 1, (1, 3, *size)).astype(np.float32)
    (output,) = ort.InferenceSession(model, options).run(None, {"x": batch})
    return np.asarray(output, np.float32)


@pytest.mark.parametrize(
    ("file", "size"),
    [(DETECTION.find(), (96, 160)), (GENERAL.find(), (48, 160))],
    ids=["detection", "recognition"],
)
def test_a_network_gives_the_same_without_them(file: NetworkFile, size: tuple[int, int]) -> None:
    model = file.read()
    flushed = without_subnormals(model)
    assert flushed != model
    assert len(flushed) == len(model)
    np.testing.assert_allclose(outputs(flushed, size), outputs(model, size), rtol=0, atol=1e-6)


def model_of(*weights: float, data_type: int = 1) -> bytes:
    """An ONNX file with one array of weights."""
    data = np.array(weights, "<f4").tobytes()
    tensor = bytes([0x08, len(weights), 0x10, data_type, 0x4A, len(data)]) + data
    graph = bytes([0x2A, len(tensor)]) + tensor
    return bytes([0x08, 10, 0x3A, len(graph)]) + graph


def test_only_tiny_weights_become_zero() -> None:
    assert without_subnormals(model_of(1e-40, -1e-39, 1e-31, 1e-20, -0.5, 3)) == model_of(
        0, 0, 0, 1e-20, -0.5, 3
    )


def test_what_is_no_32_bit_number_stays() -> None:
    integers = model_of(1e-40, 1, data_type=6)
    assert without_subnormals(integers) == integers


def test_what_is_no_network_is_refused() -> None:
    with pytest.raises(ValueError, match=r"ONNX file|too early"):
        without_subnormals(b"no network")
