from __future__ import annotations

import math

import numpy as np
import onnxruntime as ort  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from notetext.engines.local.onnx_slicing import keep_classes, read_metadata
from notetext.engines.local.weights import GENERAL

CLASSES = np.array([0, 16_351, *range(3, 16_000, 50)])


@pytest.fixture(scope="module")
def whole() -> bytes:
    return GENERAL.find().read()


@pytest.fixture(scope="module")
def sliced(whole: bytes) -> bytes:
    return keep_classes(whole, CLASSES)


def session(model: bytes) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(model, options)


def message(*fields: tuple[int, bytes | int]) -> bytes:
    """A Protocol Buffers message of texts and numbers, all short."""
    return b"".join(
        bytes([number << 3, value])
        if isinstance(value, int)
        else bytes([number << 3 | 2, len(value)]) + value
        for number, value in fields
    )


def tensor(*shape: int, data_type: int = 1, length: int = 0) -> tuple[int, bytes]:
    """An initializer of a graph."""
    dims = [(1, dim) for dim in shape]
    data = bytes(length or 4 * math.prod(shape))
    return 5, message(*dims, (2, data_type), (8, b"w"), (9, data))


def classifier(*initializers: tuple[int, bytes], classes: int = 3) -> bytes:
    """An ONNX file with a graph of initializers and an output of N by a number of classes."""
    dims = message((1, message((2, b"N"))), (1, message((1, classes))))
    output = message((1, b"out"), (2, message((1, message((1, 1), (2, dims))))))
    return message((1, 10), (7, message(*initializers, (12, output))))


def test_the_kept_classes_share_the_whole_probability(whole: bytes, sliced: bytes) -> None:
    batch = np.random.default_rng(1).uniform(-1, 1, (2, 3, 48, 160)).astype(np.float32)
    (all_classes,) = session(whole).run(None, {"x": batch})
    (kept,) = session(sliced).run(None, {"x": batch})
    expected = all_classes[:, :, CLASSES].astype(np.float64)
    expected /= expected.sum(axis=2, keepdims=True)
    np.testing.assert_allclose(kept, expected, rtol=1e-3, atol=1e-7)


def test_the_output_declares_its_new_shape(sliced: bytes) -> None:
    assert session(sliced).get_outputs()[0].shape[-1] == len(CLASSES)


def test_all_but_the_last_layer_stays(whole: bytes, sliced: bytes) -> None:
    # Of each class a column of 120 numbers of 16 bits, and one of 32 that is added.
    lost = (16_352 - len(CLASSES)) * (120 * 2 + 4)
    assert 0 <= len(whole) - len(sliced) - lost < 32  # shorter numbers in the shapes
    assert read_metadata(sliced) == read_metadata(whole)


def test_metadata_agree_with_those_of_onnx_runtime(whole: bytes) -> None:
    assert read_metadata(whole) == session(whole).get_modelmeta().custom_metadata_map


def test_a_class_that_the_network_lacks_is_refused(whole: bytes) -> None:
    with pytest.raises(IndexError):
        keep_classes(whole, np.array([0, 16_352]))


def test_a_small_layer_is_cut() -> None:
    model = classifier(tensor(2, 3), tensor(3), tensor(2, 2))
    assert keep_classes(model, np.array([0, 2])) == classifier(
        tensor(2, 2), tensor(2), tensor(2, 2), classes=2
    )


def test_a_layer_that_is_stored_in_16_bits_is_cut() -> None:
    model = classifier(tensor(2, 3, data_type=10, length=12), tensor(3))
    assert keep_classes(model, np.array([0, 2])) == classifier(
        tensor(2, 2, data_type=10, length=8), tensor(2), classes=2
    )


@pytest.mark.parametrize(
    ("model", "complaint"),
    [
        (b"no network at all", "no ONNX file|too early"),
        (b"", "0 entries.*graph"),
        (classifier(), r"3 classes have the shapes \[\]"),
        (classifier(tensor(2, 3)), r"\[\(2, 3\)\]"),
        (classifier(tensor(3, 2), tensor(3)), r"\[\(3, 2\), \(3,\)\]"),
        (classifier(tensor(2, 3), tensor(2, 3), tensor(3)), "shapes"),
        (classifier(tensor(2, 3, data_type=11), tensor(3)), "not numbers of 32 or 16 bits"),
        (classifier(tensor(2, 3, length=12), tensor(3)), "not numbers of 32 or 16 bits"),
    ],
)
def test_another_network_is_refused(model: bytes, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        keep_classes(model, np.array([0, 1]))


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        read_metadata(data)
        keep_classes(data, np.array([0]))
    except (ValueError, IndexError):
        pass


@given(st.data())
def test_a_file_cut_short_is_refused(data: st.DataObject) -> None:
    model = classifier(tensor(2, 3), tensor(3))
    end = data.draw(st.integers(0, len(model) - 1))
    with pytest.raises(ValueError, match=r"entries|too early|no end"):
        keep_classes(model[:end], np.array([0, 2]))


def test_the_order_of_classes_is_the_callers(whole: bytes) -> None:
    batch = np.zeros((1, 3, 48, 64), np.float32)
    order = np.array([0, 70, 30])
    outputs: list[NDArray[np.float32]] = [
        session(keep_classes(whole, classes)).run(None, {"x": batch})[0]
        for classes in (order, np.sort(order))
    ]
    np.testing.assert_allclose(outputs[0], outputs[1][:, :, [0, 2, 1]], rtol=1e-5)
